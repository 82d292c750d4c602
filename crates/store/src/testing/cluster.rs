//! A private PostgreSQL server, shared by all test processes of one user.
//!
//! Each process holds a shared lock on `users.lock` while it lives; the kernel lets go of it even when the process is
//! killed. A small watcher stops the server once nobody has held the lock for a while.

use std::fs::{File, OpenOptions, create_dir_all, remove_dir_all};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use sqlx::{Connection as _, Executor as _, PgConnection};

/// Stops the server when six looks in a row, five seconds apart, found nobody.
const WATCHER: &str = r#"
idle=0
while sleep 5; do
    [ -d "$1/data" ] || exit 0
    if flock -n -x "$1/users.lock" true; then idle=$((idle + 1)); else idle=0; fi
    if [ "$idle" -ge 6 ]; then
        flock -n -x "$1/users.lock" sh -c '"$2/pg_ctl" -D "$1/data" -m immediate -w stop; rm -rf "$1/data"' sh "$1" "$2" && exit 0
        idle=0
    fi
done
"#;

struct Held {
    socket: PathBuf,
    _user: File,
}

/// The folder of the server's socket; starts the server if it is not running.
#[expect(clippy::expect_used, reason = "a test without a database cannot go on")]
pub(super) fn socket() -> PathBuf {
    static HELD: OnceLock<Held> = OnceLock::new();
    HELD.get_or_init(|| start().expect("a private PostgreSQL server (is PostgreSQL installed?)"))
        .socket
        .clone()
}

/// Who the server runs as: it refuses to run as root.
struct Account {
    uid: u32,
    gid: u32,
}

fn account() -> io::Result<Option<Account>> {
    let own = std::fs::metadata("/proc/self")?.uid();
    if own != 0 {
        return Ok(None);
    }
    let passwd = std::fs::read_to_string("/etc/passwd")?;
    let found = passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next()? == "postgres").then_some(())?;
        let uid = fields.nth(1)?.parse().ok()?;
        Some(Account { uid, gid: fields.next()?.parse().ok()? })
    });
    found
        .map(Some)
        .ok_or_else(|| io::Error::other("there is no account called postgres to run the server as"))
}

/// The programs of the newest PostgreSQL installed.
fn programs() -> io::Result<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|version| {
            let number = version.file_name().to_str()?.parse().ok()?;
            let programs = version.path().join("bin");
            programs.join("initdb").exists().then_some((number, programs))
        })
        .collect();
    found.sort();
    if let Some((_, newest)) = found.pop() {
        return Ok(newest);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
        .ok_or_else(|| io::Error::other("PostgreSQL is not installed"))
}

fn run(account: Option<&Account>, folder: &Path, program: &Path, arguments: &[&str]) -> io::Result<bool> {
    let log = OpenOptions::new().create(true).append(true).open(folder.join("start.log"))?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .process_group(0);
    // A server must not be led astray by the settings of whoever runs the tests.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("PG")) {
            command.env_remove(name);
        }
    }
    if let Some(account) = account {
        command.gid(account.gid).uid(account.uid);
    }
    Ok(command.status()?.success())
}

fn lock_file(folder: &Path, name: &str) -> io::Result<File> {
    let file = OpenOptions::new().create(true).append(true).read(true).open(folder.join(name))?;
    // The watcher runs under another account when the tests run as root. Another process may have set this already.
    let _ = file.set_permissions(std::fs::Permissions::from_mode(0o666));
    Ok(file)
}

fn start() -> io::Result<Held> {
    let account = account()?;
    let uid = account.as_ref().map_or(std::fs::metadata("/proc/self")?.uid(), |a| a.uid);
    let folder = std::env::temp_dir().join(format!("kinfold-postgres-{uid}"));
    create_dir_all(&folder)?;
    if let Some(account) = &account {
        chown(&folder, Some(account.uid), Some(account.gid))?;
    }
    if std::fs::metadata(&folder)?.uid() != uid {
        return Err(io::Error::other(format!("{} belongs to somebody else", folder.display())));
    }
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))?;

    // First say that the server is needed, so that the watcher leaves it alone; then one process at a time looks
    // whether it runs.
    let user = lock_file(&folder, "users.lock")?;
    user.lock_shared()?;
    let starting = lock_file(&folder, "start.lock")?;
    starting.lock()?;

    let programs = programs()?;
    let pg_ctl = programs.join("pg_ctl");
    let data = folder.join("data");
    let at = data.display().to_string();
    if !run(account.as_ref(), &folder, &pg_ctl, &["-D", &at, "status"])? {
        if data.exists() {
            remove_dir_all(&data)?;
        }
        let _ = std::fs::remove_file(folder.join("start.log"));
        let made = run(
            account.as_ref(),
            &folder,
            &programs.join("initdb"),
            &["-D", &at, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        )?;
        // Nothing here outlives the tests, so the server need not wait for the disk.
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories={} -c fsync=off -c full_page_writes=off \
             -c max_connections=300 -c shared_buffers=64MB -c log_min_messages=fatal",
            folder.display()
        );
        let log = folder.join("server.log").display().to_string();
        let started = made
            && run(
                account.as_ref(),
                &folder,
                &pg_ctl,
                &["-D", &at, "-o", &options, "-l", &log, "-w", "start"],
            )?;
        if !started {
            let why = std::fs::read_to_string(folder.join("start.log")).unwrap_or_default();
            return Err(io::Error::other(format!("PostgreSQL does not start: {why}")));
        }
        watch(account.as_ref(), &folder, &programs)?;
    }
    Ok(Held { socket: folder, _user: user })
}

fn watch(account: Option<&Account>, folder: &Path, programs: &Path) -> io::Result<()> {
    let mut command = Command::new("sh");
    command
        .args(["-c", WATCHER, "sh"])
        .args([folder, programs])
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0);
    if let Some(account) = account {
        command.gid(account.gid).uid(account.uid);
    }
    command.spawn().map(drop)
}

/// The address of a database of the server.
pub(super) fn url(socket: &Path, name: &str) -> String {
    format!("postgres://postgres@localhost/{name}?host={}", socket.display())
}

/// Makes an empty database.
pub(super) async fn create_database(socket: &Path, name: &str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(&url(socket, "postgres")).await?;
    #[expect(
        clippy::disallowed_methods,
        reason = "the name is made of letters and digits by the caller, and no placeholder can stand here"
    )]
    let text = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE template0"));
    connection.execute(text).await?;
    connection.close().await
}

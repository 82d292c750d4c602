//! A running Kinfold of a test's own: the real program, a database of its own, and a way in over HTTP.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(dead_code, reason = "each test file uses a part")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// The program under test.
pub fn kinfold() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kinfold"));
    // Whatever the person who runs the tests has set.
    for name in [
        "KINFOLD_DB",
        "KINFOLD_KEY_FILE",
        "KINFOLD_LISTEN",
        "KINFOLD_ADDRESS",
        "KINFOLD_LOG",
        "KINFOLD_LOG_FORMAT",
    ] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn run(folder: &Path, args: &[&str]) -> Output {
    kinfold().args(args).current_dir(folder).output().expect("the program starts")
}

/// What it said, both ways.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A server that is killed when the test lets go of it.
pub struct Server {
    pub child: Child,
    pub at: SocketAddr,
}

impl Server {
    /// Starts `kinfold` with these arguments and `--listen 127.0.0.1:0`, and returns once it listens.
    pub fn start(folder: &Path, args: &[&str]) -> Self {
        let mut child = kinfold()
            .args(args)
            .args(["--listen", "127.0.0.1:0"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let at = loop {
            match lines.next() {
                Some(Ok(line)) => {
                    if let Some(address) = line.strip_prefix("listening on http://") {
                        break address.parse().expect("an address");
                    }
                }
                _ => {
                    let mut why = String::new();
                    let _ = child.stderr.take().expect("a pipe").read_to_string(&mut why);
                    panic!("the server ended before it listened:\n{why}");
                }
            }
        };
        // Nobody reads what it says from here on; a full pipe must not hold it up.
        let mut errors = child.stderr.take().expect("a pipe");
        std::thread::spawn(move || std::io::copy(&mut errors, &mut std::io::sink()));
        std::thread::spawn(move || for _ in lines {});
        Self { child, at }
    }

    /// As `kill -9`.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// An answer of the server.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// The value of a cookie that the answer sets.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.head.lines().find_map(|line| {
            let (header, value) = line.split_once(':')?;
            let value = header.eq_ignore_ascii_case("set-cookie").then(|| value.trim())?;
            Some(value.strip_prefix(name)?.strip_prefix('=')?.split(';').next()?.to_owned())
        })
    }

    /// The value of a hidden field of its first form that has it.
    pub fn field(&self, name: &str) -> Option<String> {
        let rest = self.body.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
        Some(rest.split('"').next()?.to_owned())
    }
}

/// Sends one request; an error when the connection breaks before the whole answer is there.
pub fn ask(
    at: SocketAddr,
    method: &str,
    path: &str,
    cookies: &str,
    form: &[(&str, &str)],
) -> std::io::Result<Answer> {
    let body: Vec<String> = form.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let body = body.join("&");
    let mut stream = TcpStream::connect_timeout(&at, Duration::from_secs(5))?;
    // A server that is killed closes the connection; one that hangs must not hang the test.
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {at}\r\ncookie: {cookies}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let broken = || std::io::Error::other("half an answer");
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(broken)?;
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(broken)?;
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// Signs in by both steps, as a person of the invented council does; gives the session's cookie.
pub fn sign_in(at: SocketAddr, email: &str) -> String {
    let first = ask(at, "POST", "/sign-in", "", &[("email", email), ("password", "fernshire-demo")])
        .expect("an answer");
    assert_eq!(first.status, 303, "{}", first.body);
    let half = format!("kinfold_step={}", first.cookie("kinfold_step").expect("a cookie of the first step"));
    let page = ask(at, "GET", "/sign-in/code", &half, &[]).expect("an answer");
    let code = page
        .body
        .split("The code now is <strong>")
        .nth(1)
        .expect("the code")
        .split('<')
        .next()
        .expect("the code");
    let second = ask(at, "POST", "/sign-in/code", &half, &[("code", code)]).expect("an answer");
    assert_eq!(second.status, 303, "{}", second.body);
    format!("kinfold_session={}", second.cookie("kinfold_session").expect("a session"))
}

/// The e-mail address of the invented council's account for a role.
pub fn account(file: &Path, role: &str) -> String {
    let text = std::fs::read_to_string(file).expect("the accounts");
    let list: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let found = list.as_array().expect("a list").iter().find(|a| a["role"] == role).expect("the role");
    found["email"].as_str().expect("an address").to_owned()
}

/// The ids of the children that a page leads to.
pub fn children_on(page: &str) -> Vec<uuid::Uuid> {
    let mut ids: Vec<uuid::Uuid> =
        page.split("href=\"/children/").skip(1).filter_map(|rest| rest.get(..36)?.parse().ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

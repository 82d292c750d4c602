//! The key file: 64 bytes that drafts and second-step secrets are sealed with and checkpoints are signed by. It lies
//! beside the database or where the operator says, never in it, so that a stolen database alone opens nothing.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use kinfold_casework::Keys;

/// Where the key file of a database lies: where `--key` says, or beside an SQLite database as `<file>.key`.
///
/// # Errors
/// For PostgreSQL without `--key`: there is no folder beside it.
pub(crate) fn path(db: &str, given: Option<&Path>) -> Result<PathBuf> {
    if let Some(path) = given {
        return Ok(path.to_owned());
    }
    match sqlite_path(db) {
        Some(file) => {
            let mut name = file.into_os_string();
            name.push(".key");
            Ok(PathBuf::from(name))
        }
        None => bail!(
            "say where the key file is with --key FILE (or KINFOLD_KEY_FILE): only an SQLite database has one beside it"
        ),
    }
}

/// The file of an SQLite address.
pub(crate) fn sqlite_path(db: &str) -> Option<PathBuf> {
    let rest = db.strip_prefix("sqlite:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let path = rest.split_once('?').map_or(rest, |(path, _)| path);
    (!path.is_empty()).then(|| PathBuf::from(path))
}

/// Reads a key file.
///
/// # Errors
/// When there is none, it cannot be read, is not a key, or others on the machine may read it.
pub(crate) fn read(path: &Path) -> Result<Keys> {
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => anyhow::anyhow!(
            "there is no key file at {}; restore it from where its copy is kept, or say where it is with --key FILE. \
             Without it nobody can sign in",
            path.display()
        ),
        _ => anyhow::anyhow!("the key file {} cannot be read: {error}", path.display()),
    })?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path)?.permissions().mode();
        if mode & 0o077 != 0 {
            bail!("others on this machine may read the key file {}; run `chmod 600 {0}`", path.display());
        }
    }
    Keys::from_bytes(&bytes).with_context(|| format!("{} is not a key file", path.display()))
}

/// Makes a key file that only its owner may read. Never writes over one.
///
/// # Errors
/// When there is a file already or it cannot be written.
pub(crate) fn make(path: &Path) -> Result<Keys> {
    let keys = Keys::generate();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => anyhow::anyhow!(
            "there is a key file at {} already, and it is never written over: whatever it sealed would be lost. \
             Move it away if it belongs to nothing",
            path.display()
        ),
        _ => anyhow::anyhow!("the key file {} cannot be written: {error}", path.display()),
    })?;
    file.write_all(&keys.to_bytes())?;
    file.sync_all()?;
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_lies_beside_an_sqlite_file_and_nowhere_by_itself_for_postgresql() {
        assert_eq!(path("sqlite:data/a.db", None).unwrap(), PathBuf::from("data/a.db.key"));
        assert_eq!(path("sqlite:///x/a.db?mode=ro", None).unwrap(), PathBuf::from("/x/a.db.key"));
        assert!(path("postgres://h/d", None).is_err());
        assert_eq!(path("postgres://h/d", Some(Path::new("k"))).unwrap(), PathBuf::from("k"));
    }

    #[test]
    fn a_key_is_made_once_read_back_and_refused_when_others_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.key");
        assert!(read(&file).unwrap_err().to_string().contains("no key file"));
        let keys = make(&file).unwrap();
        assert_eq!(read(&file).unwrap().to_bytes(), keys.to_bytes());
        assert!(make(&file).unwrap_err().to_string().contains("never written over"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
            assert!(read(&file).unwrap_err().to_string().contains("chmod 600"));
        }
    }
}

//! Every child's timeline out of an SQLite file, on several connections at once.
//!
//! The driver of everything else hands each row from a thread of its own to whoever asked, as a copy. Here that took
//! more time than the reading, so this one reading has a driver that lends what it reads, on the thread that uses it.
//! Both are linked to the same SQLite, which its locks need.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use uuid::Uuid;

use super::sqlite::PATIENCE;
use crate::folds::{Fold, FoldReader, HELPING};
use crate::{Error, Result};

const LAST: &str = "SELECT coalesce(max(rowid), 0) FROM child_fold";
/// In the order in which they lie in the file, which a disk reads several times sooner than in the order of the children.
/// The duties stand last in their row, so that SQLite reads no further than the timeline.
const FOLDS: &str =
    "SELECT child, digest, timeline FROM child_fold WHERE rowid BETWEEN ?1 AND ?2 ORDER BY rowid";

struct Reader {
    file: PathBuf,
    /// The place of the last child.
    last: i64,
    /// Up to which place children have been handed out.
    handed: Arc<AtomicI64>,
}

/// Readers of the children that there are now.
pub(super) fn readers(file: &Path, count: usize) -> Result<Vec<Box<dyn FoldReader>>> {
    let connection = open(file)?;
    let last = connection.query_row(LAST, (), |row| row.get(0)).map_err(from_driver)?;
    let handed = Arc::new(AtomicI64::new(0));
    let reader = |_| Reader { file: file.to_owned(), last, handed: Arc::clone(&handed) };
    Ok((0..count).map(reader).map(|reader| Box::new(reader) as Box<dyn FoldReader>).collect())
}

fn open(file: &Path) -> Result<Connection> {
    let how = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, how).map_err(from_driver)?;
    connection.busy_timeout(PATIENCE).map_err(from_driver)?;
    Ok(connection)
}

impl Reader {
    /// The first and the last place of the next helping.
    fn helping(&self) -> Option<(i64, i64)> {
        let before = self.handed.fetch_add(HELPING, Ordering::Relaxed);
        (before < self.last).then(|| (before + 1, self.last.min(before + HELPING)))
    }
}

impl FoldReader for Reader {
    fn read(self: Box<Self>, look: &mut dyn FnMut(Fold<'_>) -> ControlFlow<()>) -> Result<()> {
        let connection = open(&self.file)?;
        let mut folds = connection.prepare(FOLDS).map_err(from_driver)?;
        while let Some((first, last)) = self.helping() {
            let mut rows = folds.query((first, last)).map_err(from_driver)?;
            while let Some(row) = rows.next().map_err(from_driver)? {
                let id = Uuid::from_bytes(row.get(0).map_err(from_driver)?);
                let digest = row.get(1).map_err(from_driver)?;
                let timeline = row.get_ref(2).map_err(from_driver)?;
                let timeline = timeline.as_blob().map_err(|e| Error::Corrupt(format!("a timeline: {e}")))?;
                if look(Fold { id, digest, timeline }).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// What this driver's error means here.
fn from_driver(error: rusqlite::Error) -> Error {
    use rusqlite::Error as E;
    match (error.sqlite_error_code(), &error) {
        (
            Some(
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen,
            ),
            _,
        ) => Error::Unavailable(error.to_string()),
        (Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase), _)
        | (
            None,
            E::FromSqlConversionFailure(..) | E::InvalidColumnType(..) | E::IntegralValueOutOfRange(..),
        ) => Error::Corrupt(error.to_string()),
        _ => Error::Driver(error.to_string()),
    }
}

//! Every child's timeline out of an SQLite file, on several connections at once.
//!
//! The driver of everything else hands each row from a thread of its own to whoever asked, as a copy. Here that took
//! more time than the reading, so this one reading has a driver that lends what it reads, on the thread that uses it.
//! Both are linked to the same SQLite, which its locks need.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use uuid::Uuid;

use super::sqlite::PATIENCE;
use crate::folds::{Fold, FoldReader, HELPING};
use crate::{Error, Result, days};

const IDS: &str = "SELECT id FROM child ORDER BY id";
/// The timeline stands before the duties in its row, so that SQLite reads no further than it.
const FOLDS: &str =
    "SELECT c.id, f.timeline, c.duties_digest, c.next_change FROM child c JOIN child_fold f ON f.child = c.id
    WHERE c.id BETWEEN ?1 AND ?2 ORDER BY c.id";

struct Reader {
    file: PathBuf,
    ids: Arc<[Uuid]>,
    /// How many children have been handed out.
    handed: Arc<AtomicUsize>,
}

/// Readers of the children that there are now.
pub(super) fn readers(file: &Path, count: usize) -> Result<Vec<Box<dyn FoldReader>>> {
    let connection = open(file)?;
    let mut ids = connection.prepare(IDS).map_err(from_driver)?;
    let ids = ids.query_map((), |row| row.get(0).map(Uuid::from_bytes)).map_err(from_driver)?;
    let ids: Arc<[Uuid]> = ids.collect::<Result<_, _>>().map_err(from_driver)?;
    let handed = Arc::new(AtomicUsize::new(0));
    let reader = |_| Reader { file: file.to_owned(), ids: Arc::clone(&ids), handed: Arc::clone(&handed) };
    Ok((0..count).map(reader).map(|reader| Box::new(reader) as Box<dyn FoldReader>).collect())
}

fn open(file: &Path) -> Result<Connection> {
    let how = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, how).map_err(from_driver)?;
    connection.busy_timeout(PATIENCE).map_err(from_driver)?;
    Ok(connection)
}

impl Reader {
    /// The first and the last child of the next helping.
    fn helping(&self) -> Option<(Uuid, Uuid)> {
        let from = self.handed.fetch_add(HELPING, Ordering::Relaxed);
        let helping = self.ids.get(from..)?;
        let last = helping.get(HELPING - 1).or(helping.last())?;
        Some((*helping.first()?, *last))
    }
}

impl FoldReader for Reader {
    fn read(self: Box<Self>, look: &mut dyn FnMut(Fold<'_>) -> ControlFlow<()>) -> Result<()> {
        let connection = open(&self.file)?;
        let mut folds = connection.prepare(FOLDS).map_err(from_driver)?;
        while let Some((first, last)) = self.helping() {
            let mut rows = folds.query((first.as_bytes(), last.as_bytes())).map_err(from_driver)?;
            while let Some(row) = rows.next().map_err(from_driver)? {
                let id = Uuid::from_bytes(row.get(0).map_err(from_driver)?);
                let timeline = row.get_ref(1).map_err(from_driver)?;
                let timeline = timeline.as_blob().map_err(|e| Error::Corrupt(format!("a timeline: {e}")))?;
                let duties_digest = row.get(2).map_err(from_driver)?;
                let next_change: Option<i64> = row.get(3).map_err(from_driver)?;
                let next_change = next_change.map(days::of_number).transpose()?;
                if look(Fold { id, timeline, duties_digest, next_change }).is_break() {
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

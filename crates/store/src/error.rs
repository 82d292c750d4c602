//! What can go wrong in the store. A thing that is not there is `Ok(None)`, never an error.

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else changed the thing first. Read it again, keep both texts, and let the person choose.
    #[error("{what} has been changed by somebody else since it was read (it is now at version {current})")]
    Conflict {
        /// What was being changed: "child", "person", "draft"…
        what: &'static str,
        /// The version it has now.
        current: i64,
    },
    /// A value that must be unique is already taken: an e-mail address, an entry's id, an import key.
    #[error("{what} is already in use")]
    Duplicate {
        /// The table and column or constraint, as the database names it.
        what: String,
    },
    /// A row points at something that does not exist.
    #[error("the change refers to something that does not exist ({what})")]
    Dangling {
        /// The constraint, as the database names it.
        what: String,
    },
    /// The database refuses: an append-only table may not be changed, or a check failed.
    #[error("the database refused the change: {0}")]
    Refused(String),
    /// The database cannot be reached or is busy. Trying again later may succeed.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// A stored value makes no sense. `kinfold verify` says more; restore from a backup if it persists.
    #[error("the database holds something that cannot be read: {0}")]
    Corrupt(String),
    /// The address given for the database cannot be used.
    #[error("{0}")]
    Address(String),
    /// A backup cannot be written or read.
    #[error("{0}")]
    Backup(String),
    /// A write was tried on a unit opened for reading.
    #[error("this unit was opened for reading; open one with Store::write")]
    ReadOnly,
    /// Anything else the driver says.
    #[error("the database failed: {0}")]
    Driver(String),
}

/// The store's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a driver's error means here.
pub(crate) fn from_driver(error: sqlx::Error) -> Error {
    use sqlx::error::ErrorKind;
    match &error {
        sqlx::Error::Database(db) => {
            let code = db.code().unwrap_or_default().into_owned();
            let what = || db.constraint().map_or_else(|| db.message().to_owned(), str::to_owned);
            match db.kind() {
                ErrorKind::UniqueViolation => Error::Duplicate { what: what() },
                ErrorKind::ForeignKeyViolation => Error::Dangling { what: what() },
                ErrorKind::NotNullViolation | ErrorKind::CheckViolation => {
                    Error::Refused(db.message().to_owned())
                }
                _ => match code.as_str() {
                    // SQLite: READONLY. PostgreSQL: read_only_sql_transaction.
                    "8" | "25006" => Error::ReadOnly,
                    // SQLite: a trigger's RAISE(ABORT). PostgreSQL: RAISE EXCEPTION.
                    "1811" | "P0001" => Error::Refused(db.message().to_owned()),
                    // SQLite: BUSY, LOCKED, BUSY_SNAPSHOT, FULL, IOERR, CANTOPEN. PostgreSQL: serialisation, deadlock,
                    // connection trouble, no more room or connections, shutting down.
                    "5" | "6" | "261" | "517" | "13" | "10" | "14" | "40001" | "40P01" => {
                        Error::Unavailable(db.message().to_owned())
                    }
                    // SQLite: CORRUPT, NOTADB.
                    "11" | "26" => Error::Corrupt(db.message().to_owned()),
                    c if c.len() == 5
                        && (c.starts_with("08") || c.starts_with("53") || c.starts_with("57P")) =>
                    {
                        Error::Unavailable(db.message().to_owned())
                    }
                    _ => Error::Driver(db.message().to_owned()),
                },
            }
        }
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Error::Unavailable(error.to_string()),
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Error::Corrupt(error.to_string()),
        _ => Error::Driver(error.to_string()),
    }
}

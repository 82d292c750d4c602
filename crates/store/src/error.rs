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

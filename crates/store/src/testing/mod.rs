//! Databases for tests: SQLite in a temporary folder, and a private PostgreSQL that starts when it is first asked for.
//!
//! ```no_run
//! # async fn f() {
//! for database in kinfold_store::testing::both().await {
//!     let unit = database.store.write().await;
//! }
//! # }
//! ```

mod cluster;

use tempfile::TempDir;

use crate::{Open, Store};

/// An empty database for one test.
#[derive(Debug)]
pub struct TestDatabase {
    /// "SQLite" or "PostgreSQL", for messages.
    pub name: &'static str,
    /// Its address.
    pub url: String,
    /// The open store.
    pub store: Store,
    /// The folder of the file, removed at the end.
    pub folder: Option<TempDir>,
}

/// An empty SQLite database.
///
/// # Panics
/// When the machine gives no temporary folder.
#[expect(clippy::expect_used, reason = "a test without a database cannot go on")]
pub async fn sqlite() -> TestDatabase {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("kinfold.db").display());
    let store = Store::open(&url, Open { create: true }).await.expect("SQLite opens");
    TestDatabase { name: "SQLite", url, store, folder: Some(folder) }
}

/// An empty PostgreSQL database on the private server.
///
/// # Panics
/// When PostgreSQL is not installed or does not start.
#[expect(clippy::expect_used, reason = "a test without a database cannot go on")]
pub async fn postgres() -> TestDatabase {
    let url = postgres_url().await;
    let store = Store::open(&url, Open::default()).await.expect("PostgreSQL opens");
    TestDatabase { name: "PostgreSQL", url, store, folder: None }
}

/// One empty database of each kind: a story that passes on both is one story.
pub async fn both() -> [TestDatabase; 2] {
    [sqlite().await, postgres().await]
}

/// The address of a new, empty database on the private PostgreSQL server.
///
/// The server is shared by every test of this user that runs at the time, and stops by itself half a minute after the
/// last of them has ended, however it ended.
///
/// # Panics
/// When PostgreSQL is not installed or does not start.
#[expect(clippy::expect_used, reason = "a test without a database cannot go on")]
pub async fn postgres_url() -> String {
    let socket = tokio::task::spawn_blocking(cluster::socket).await.expect("the server is started");
    let name = format!("t{}", uuid::Uuid::now_v7().simple());
    cluster::create_database(&socket, &name).await.expect("a new database");
    cluster::url(&socket, &name)
}

//! `kinfold restore`: a new database from a backup, all of it or nothing.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use kinfold_store::{Open, Store};

use super::upkeep::count;
use crate::council::Database;
use crate::key_file;

/// Fill a new database from a backup
#[derive(Debug, Args)]
pub(crate) struct Restore {
    #[command(flatten)]
    database: Database,
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Restore {
    pub async fn run(self) -> Result<()> {
        if !self.file.is_file() {
            bail!("there is no backup at {}", self.file.display());
        }
        let sqlite = key_file::sqlite_path(&self.database.db);
        if let Some(file) = &sqlite
            && file.exists()
        {
            bail!(
                "there is a database at {} already, and it is never written over; restore into a new one",
                file.display()
            );
        }
        let store = self.database.store(Open { create: true }).await?;
        let filled = self.fill(&store).await;
        store.close().await;
        if filled.is_err()
            && let Some(file) = &sqlite
        {
            // It was not there before, and half a council must not be taken for one.
            for suffix in ["", "-wal", "-shm"] {
                let mut name = file.as_os_str().to_owned();
                name.push(suffix);
                let _ = std::fs::remove_file(PathBuf::from(name));
            }
        }
        let rows = filled?;
        println!(
            "{} restored. Put the key file of the old database in place{}, then run `kinfold verify`.",
            count(rows, "row"),
            key_file::path(&self.database.db, self.database.key.as_deref())
                .map_or_else(|_| String::new(), |key| format!(" as {}", key.display()))
        );
        Ok(())
    }

    async fn fill(&self, store: &Store) -> Result<u64> {
        let summary = store.restore(&self.file).await.context("nothing was restored")?;
        store.tidy().await?;
        Ok(summary.rows())
    }
}

//! `kinfold backup`: everything in one file, while people go on working.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use kinfold_store::Open;

use super::upkeep::count;
use crate::council::Database;

/// Write everything to one file that either kind of database can be restored from
#[derive(Debug, Args)]
pub(crate) struct Backup {
    #[command(flatten)]
    database: Database,
    /// The file to write; it must not be there yet
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Backup {
    pub async fn run(self) -> Result<()> {
        let store = self.database.store(Open::default()).await?;
        let summary = store.backup(&self.file).await?;
        store.close().await;
        println!(
            "{} in {}. The key file is not in it: keep a copy of that apart.",
            count(summary.rows(), "row"),
            self.file.display()
        );
        Ok(())
    }
}

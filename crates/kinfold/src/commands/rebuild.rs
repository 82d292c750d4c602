//! `kinfold rebuild`: everything derived, made again from the entries alone.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use kinfold_casework::Cost;

use super::upkeep::{count, counter};
use crate::council::Database;

/// Make timelines, duties and lists again from the entries and the log alone
#[derive(Debug, Args)]
pub(crate) struct Rebuild {
    #[command(flatten)]
    database: Database,
    /// The council's own guidance, on top of the national
    #[arg(long, value_name = "FOLDER")]
    guidance: Option<PathBuf>,
}

impl Rebuild {
    pub async fn run(self) -> Result<()> {
        let council = self.database.open(self.guidance.as_deref(), Cost::Real).await?;
        let bar = counter("rebuilding");
        let done = council.casework.rebuild(|done| bar.set_message(count(done, "chronology"))).await?;
        bar.finish_and_clear();
        council.store.tidy().await?;
        council.store.close().await;
        println!("{} rebuilt, {} of them changed by it", count(done.looked_at, "chronology"), done.changed);
        for refused in &done.refused {
            println!("NOT rebuilt: record {refused}");
        }
        if !done.refused.is_empty() {
            bail!(
                "{} could not be rebuilt, and what is stored of them was left as it was: compare their entries with a backup",
                count(done.refused.len(), "record")
            );
        }
        Ok(())
    }
}

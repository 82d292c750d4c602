//! `kinfold verify`: proves that the log is whole and that everything derived is what the entries give. Works beside a
//! running server and writes nothing.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Args;
use kinfold_access::log::PublicKey;
use kinfold_casework::Cost;

use super::upkeep::{count, counter};
use crate::council::Database;

/// Prove that the log is whole and that everything derived is what the entries give
#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    database: Database,
    /// The council's own guidance, on top of the national
    #[arg(long, value_name = "FOLDER")]
    guidance: Option<PathBuf>,
    /// A public key that checkpoints may be signed with, in base64 [default: the one of the key file]
    #[arg(long, value_name = "KEY")]
    public_key: Vec<String>,
    /// A checkpoint kept elsewhere, as `kinfold checkpoint` printed it: the log must still hold it
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
}

impl Verify {
    pub async fn run(self) -> Result<ExitCode> {
        let council = self.database.open(self.guidance.as_deref(), Cost::Real).await?;
        let mut keys = Vec::new();
        for text in &self.public_key {
            keys.push(text.parse::<PublicKey>().with_context(|| format!("“{text}”"))?);
        }
        if keys.is_empty() {
            keys.push(council.casework.public_key());
        }
        let mut kept = Vec::new();
        for file in &self.checkpoint {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            kept.push(text.parse().with_context(|| format!("{}", file.display()))?);
        }
        let bar = counter("reading the log");
        let found = council
            .casework
            .verify(&keys, &kept, |lines, records| {
                bar.set_message(format!("{}, {}", count(lines, "log line"), count(records, "chronology")));
            })
            .await?;
        bar.finish_and_clear();
        council.store.close().await;
        let log = &found.log;
        println!(
            "The log: {}, {}; {} since the last checkpoint.",
            count(log.lines, "line"),
            count(log.checkpoints, "checkpoint"),
            count(log.unsealed, "line")
        );
        println!(
            "The records: {} with {} derived afresh and compared.",
            count(found.chronologies, "chronology"),
            count(found.entries, "entry")
        );
        if found.waiting > 0 {
            println!(
                "{} of them change by the date and wait for the server's next round, so only their entries were read.",
                found.waiting
            );
        }
        for fault in &log.faults {
            println!("FAULT in the log: {fault}");
        }
        if found.unlisted > 0 {
            println!(
                "FAULT in the log: {} not listed under the record or the person they belong to",
                count(found.unlisted, "line")
            );
        }
        for difference in &found.differences {
            println!("FAULT in record {difference}");
        }
        if found.is_sound() {
            println!("Everything is as it should be.");
            return Ok(ExitCode::SUCCESS);
        }
        if !found.differences.is_empty() || found.unlisted > 0 {
            println!(
                "`kinfold rebuild` makes the records' projections again from their entries, and the log's lists from its lines."
            );
        }
        if !log.is_whole() {
            println!("Keep this database as it is and compare it with a backup: the log cannot be repaired.");
        }
        Ok(ExitCode::FAILURE)
    }
}

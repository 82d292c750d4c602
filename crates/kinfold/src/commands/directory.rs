//! `kinfold directory`: the directory of services, brought in from a file, taken back, and written to a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use kinfold_casework::Cost;
use kinfold_casework::board::ExportedCell;
use kinfold_casework::directory::{Counts, WrongRow};
use kinfold_exchange::sheet::{Cell, Sheet};
use uuid::Uuid;

use super::upkeep::count;
use crate::council::{Council, Database};

/// Bring in or write out the directory of services
#[derive(Debug, Args)]
pub(crate) struct Directory {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Import(Import),
    Export(Export),
}

/// Bring entries in from a spreadsheet (CSV) or from Open Referral UK (JSON)
#[derive(Debug, Args)]
struct Import {
    #[command(flatten)]
    database: Database,
    /// The file
    #[arg(value_name = "FILE", required_unless_present = "undo", conflicts_with = "undo")]
    from: Option<PathBuf>,
    /// Say what would be brought in, and write nothing
    #[arg(long, conflicts_with = "undo")]
    dry_run: bool,
    /// Take back everything that an import brought in, by the id it printed
    #[arg(long, value_name = "RUN")]
    undo: Option<Uuid>,
}

/// Write the directory to a file
#[derive(Debug, Args)]
struct Export {
    #[command(flatten)]
    database: Database,
    /// The file; never one that is there
    #[arg(value_name = "FILE")]
    to: PathBuf,
    /// What kind: json is Open Referral UK with what anybody may see, csv the whole with hidden addresses
    #[arg(long, value_enum, default_value_t = Kind::Json)]
    format: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Json,
    Csv,
}

impl Directory {
    pub async fn run(self) -> Result<ExitCode> {
        let (database, what) = match &self.what {
            What::Import(args) => (args.database.clone(), &self.what),
            What::Export(args) => (args.database.clone(), &self.what),
        };
        // A file that cannot be read or written is told before a database is opened.
        let bytes = match what {
            What::Import(Import { from: Some(from), .. }) => {
                Some(fs::read(from).with_context(|| format!("{} cannot be read", from.display()))?)
            }
            What::Export(args) if args.to.exists() => bail!("{} is there already", args.to.display()),
            _ => None,
        };
        let council = database.open(None, Cost::Real).await?;
        let done = match what {
            What::Import(args) => match (args.undo, bytes) {
                (Some(run), _) => undo(&council, run).await,
                (None, Some(bytes)) => args.import(&council, &bytes).await,
                (None, None) => bail!("say which file"),
            },
            What::Export(args) => args.export(&council).await,
        };
        council.store.close().await;
        done
    }
}

/// What a use case refused, in its words.
fn in_words(error: kinfold_casework::Error) -> anyhow::Error {
    match error {
        kinfold_casework::Error::Invalid(problems) => {
            anyhow::anyhow!(problems.into_iter().map(|p| p.message).collect::<Vec<_>>().join(" "))
        }
        error => error.into(),
    }
}

impl Import {
    async fn import(&self, council: &Council, bytes: &[u8]) -> Result<ExitCode> {
        let name = self
            .from
            .as_deref()
            .and_then(Path::file_name)
            .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let file = council.casework.read_directory_file(&name, bytes).map_err(in_words)?;
        if self.dry_run {
            let plan = council.casework.plan_directory(&file).await.map_err(in_words)?;
            told(&plan.wrong);
            println!("{}", counted(&plan.counts));
            println!("Nothing was written: this was a dry run.");
            return Ok(ExitCode::SUCCESS);
        }
        let done = council.casework.import_directory(None, &file).await.map_err(in_words)?;
        told(&done.plan.wrong);
        println!("{}", counted(&done.plan.counts));
        println!("This import is {}; `kinfold directory import --undo {0}` takes it back.", done.run);
        Ok(ExitCode::SUCCESS)
    }
}

fn told(wrong: &[WrongRow]) {
    for row in wrong {
        let kind = if row.note { "note: " } else { "" };
        let text = if row.text.is_empty() { String::new() } else { format!(" ({})", row.text) };
        println!("{kind}{}{text}: {}", row.place, row.why);
    }
}

fn counted(counts: &Counts) -> String {
    format!(
        "{} new, {} changed, {} the same, {} kept as they are here, {} not used",
        counts.new, counts.changed, counts.same, counts.kept, counts.wrong
    )
}

async fn undo(council: &Council, run: Uuid) -> Result<ExitCode> {
    let (undone, kept) = council.casework.undo_directory(None, run).await.map_err(|error| match error {
        kinfold_casework::Error::Absent => anyhow::anyhow!("there was no import {run}"),
        error => in_words(error),
    })?;
    println!("{} as before, {kept} kept because somebody has worked on them since", count(undone, "entry"));
    Ok(ExitCode::SUCCESS)
}

impl Export {
    async fn export(&self, council: &Council) -> Result<ExitCode> {
        let bytes = match self.format {
            Kind::Json => {
                let feed = council.casework.open_referral(1, u32::MAX, true).await?;
                serde_json::to_vec_pretty(&feed)?
            }
            Kind::Csv => {
                let table = council.casework.directory_table(true).await?;
                let cell = |cell: ExportedCell| match cell {
                    ExportedCell::Text(text) => Cell::Text(text),
                    ExportedCell::Number(n) => Cell::Number(n),
                    ExportedCell::Tenths(n) => Cell::Tenths(n),
                    ExportedCell::Day(day) => Cell::Day(day),
                    ExportedCell::Empty => Cell::Empty,
                };
                let rows = table.rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
                Sheet { name: table.name, columns: table.columns, rows }.to_csv()?
            }
        };
        fs::write(&self.to, bytes).with_context(|| format!("{} cannot be written", self.to.display()))?;
        println!("{} is written.", self.to.display());
        Ok(ExitCode::SUCCESS)
    }
}

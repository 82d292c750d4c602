//! `kinfold import ssda903`: the statutory return, from files into chronologies; first without writing, if asked, and
//! undone as a whole, if wanted.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use kinfold_casework::Cost;
use kinfold_casework::imports::{Counts, Progress};
use kinfold_census::{Level, Limits, RowError, SourceFile};
use uuid::Uuid;

use super::upkeep::count;
use crate::council::{Council, Database};

/// Bring in records kept elsewhere
#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Ssda903(Ssda903),
}

/// Bring in the statutory return on children looked after: one year or several, CSV or XML
#[derive(Debug, Args)]
struct Ssda903 {
    #[command(flatten)]
    database: Database,
    /// The folder with the return's files, or one file
    #[arg(value_name = "FOLDER", required_unless_present = "undo", conflicts_with = "undo")]
    from: Option<PathBuf>,
    /// Say what would be brought in, and write nothing
    #[arg(long, conflicts_with = "undo")]
    dry_run: bool,
    /// The collection year, where neither folders nor dates tell it: 2026 for 1 April 2025 to 31 March 2026
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1992..=2100))]
    year: Option<i16>,
    /// The team that new children are given to, by its id
    #[arg(long, value_name = "ID")]
    team: Option<Uuid>,
    /// Also list what was understood although it was not plain
    #[arg(long)]
    notes: bool,
    /// Withdraw everything that an import brought in, by the id it printed
    #[arg(long, value_name = "RUN")]
    undo: Option<Uuid>,
}

/// Files that a return can consist of.
const KINDS: [&str; 4] = ["csv", "xml", "txt", "tsv"];

impl Import {
    pub async fn run(self) -> Result<ExitCode> {
        let What::Ssda903(args) = self.what;
        let files = match &args.from {
            Some(from) => read_files(from)?,
            None => Vec::new(),
        };
        let council = args.database.open(None, Cost::Real).await?;
        let done = match (&args.undo, &args.from) {
            (Some(run), _) => undo(&council, *run).await,
            (None, Some(from)) => args.import(&council, from, files).await,
            (None, None) => bail!("say which folder"),
        };
        council.store.close().await;
        done
    }
}

impl Ssda903 {
    async fn import(&self, council: &Council, from: &Path, files: Vec<SourceFile>) -> Result<ExitCode> {
        let name = from
            .file_name()
            .map_or_else(|| from.display().to_string(), |name| name.to_string_lossy().into_owned());
        let casework = &council.casework;
        let read = tokio::task::block_in_place(|| casework.read_return(&name, &files, self.year));
        if read.children() == 0 {
            self.list(&read.problems);
            bail!("there is no child in {}: nothing was brought in", from.display());
        }
        let years: Vec<String> = read.years.iter().map(ToString::to_string).collect();
        println!(
            "{} used, of {}: {} in {}",
            count(read.files.len(), "file"),
            years.join(", "),
            count(read.entries(), "fact"),
            count(read.children(), "child record")
        );
        if self.dry_run {
            let plan = casework.plan_import(&read).await?;
            self.list(&plan.problems);
            print!("{}", table(&plan.counts));
            println!("Nothing was written: this was a dry run.");
            return Ok(ExitCode::SUCCESS);
        }
        let bar = bar("bringing in");
        let run = casework.run_import(None, &read, self.team, |at| advance(&bar, at)).await?;
        bar.finish_and_clear();
        self.list(&run.problems);
        print!("{}", table(&run.counts));
        if run.counts.changes_something() {
            council.store.tidy().await?;
        }
        println!("This import is {}; `kinfold import ssda903 --undo {0}` takes it back.", run.id);
        Ok(ExitCode::SUCCESS)
    }

    /// Errors, and notes if asked for.
    fn list(&self, problems: &[RowError]) {
        let (errors, notes): (Vec<_>, Vec<_>) = problems.iter().partition(|p| p.level == Level::Error);
        for problem in &errors {
            println!("{problem}");
        }
        if self.notes {
            for note in &notes {
                println!("note: {note}");
            }
        } else if !notes.is_empty() {
            println!("{} not listed (--notes lists them)", count(notes.len(), "note"));
        }
    }
}

async fn undo(council: &Council, run: Uuid) -> Result<ExitCode> {
    let bar = bar("taking back");
    let undone = council.casework.undo_import(None, run, |at| advance(&bar, at)).await;
    bar.finish_and_clear();
    let undone = undone.map_err(|error| match error {
        kinfold_casework::Error::Absent => anyhow::anyhow!("there was no import {run}"),
        kinfold_casework::Error::Invalid(problems) => {
            anyhow::anyhow!(problems.into_iter().map(|p| p.message).collect::<Vec<_>>().join(" "))
        }
        error => error.into(),
    })?;
    println!(
        "{} withdrawn, {} set back to what an earlier import said, {} kept because work was built on them; {} out of sight again",
        count(undone.withdrawn, "entry"),
        undone.set_back,
        undone.kept,
        count(undone.hidden, "child record")
    );
    Ok(ExitCode::SUCCESS)
}

fn bar(what: &str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {pos}/{len} children") {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    bar
}

fn advance(bar: &ProgressBar, at: Progress) {
    bar.set_length(at.total as u64);
    bar.set_position(at.done as u64);
}

fn table(counts: &Counts) -> String {
    let mut out = String::new();
    let mut line = |name: &str, number: usize| out.push_str(&format!("{name:<44}{number:>9}\n"));
    line("children", counts.children);
    line("  new", counts.children_new);
    line("  known, with something new", counts.children_changed);
    line("  known, nothing new", counts.children_same);
    line("  left out", counts.children_left_out);
    line("facts added", counts.entries_new);
    line("facts put right", counts.entries_changed);
    line("facts known already", counts.entries_same);
    line("facts corrected by hand, kept", counts.entries_kept);
    line("facts no longer told, kept", counts.entries_gone);
    line("facts refused", counts.entries_refused);
    line("errors", counts.errors);
    line("notes", counts.notes);
    out
}

/// Every file of a return below a folder, or the one file.
pub(crate) fn read_files(from: &Path) -> Result<Vec<SourceFile>> {
    let mut paths = Vec::new();
    if from.is_file() {
        paths.push(from.to_owned());
    } else if from.is_dir() {
        collect(from, &mut paths).with_context(|| format!("the folder {} cannot be read", from.display()))?;
        paths.sort();
    } else {
        bail!("there is nothing at {}", from.display());
    }
    if paths.is_empty() {
        bail!("there is no return in {}: no file in it or below it ends in .csv or .xml", from.display());
    }
    let limits = Limits::default();
    let mut files = Vec::with_capacity(paths.len());
    let mut all = 0;
    for path in paths {
        // Names tell the year, so they are kept from the folder that was given on.
        let base = from.parent().unwrap_or(from);
        let name = path.strip_prefix(base).unwrap_or(&path).to_string_lossy().into_owned();
        let file = File::open(&path).and_then(|file| {
            // What says of itself that it is too large need not be read to find out.
            if file.metadata()?.len() > limits.file_bytes as u64 {
                return Ok(SourceFile::too_large(name));
            }
            SourceFile::from_reader(name, file, &limits)
        });
        let file = file.with_context(|| format!("{} cannot be read", path.display()))?;
        // Before the next is taken into memory: a folder of many large files is no return either.
        all += file.len();
        if all > limits.all_bytes {
            bail!(
                "the files in {} together are larger than {} MB, which no return is: check the folder",
                from.display(),
                limits.all_bytes >> 20
            );
        }
        files.push(file);
    }
    Ok(files)
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for item in std::fs::read_dir(folder)? {
        let item = item?;
        let path = item.path();
        // Links are not followed: a return is files, and a link could lead in a circle.
        let kind = item.file_type()?;
        if kind.is_dir() {
            collect(&path, into)?;
        } else if kind.is_file()
            && path.extension().is_some_and(|ext| KINDS.iter().any(|kind| ext.eq_ignore_ascii_case(kind)))
        {
            into.push(path);
        }
    }
    Ok(())
}

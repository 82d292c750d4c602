//! `kinfold census conformance`: published cases of rules, run against the rules.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use kinfold_census::check::conformance::{Outcome, judge};
use rayon::prelude::*;

/// Run published cases of rules: a line for each version of a rule, and 1 if any fails
#[derive(Debug, Args)]
pub(super) struct Conformance {
    /// The folder with the cases, a JSON file for each version of a rule
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

/// No file of cases is nearly as large.
const LARGEST: u64 = 64 << 20;

impl Conformance {
    pub(super) fn run(self) -> Result<ExitCode> {
        let mut files = Vec::new();
        collect(&self.folder, &mut files)
            .with_context(|| format!("the folder {} cannot be read", self.folder.display()))?;
        files.sort();
        if files.is_empty() {
            bail!("there is no case in {}: no file in it or below it ends in .json", self.folder.display());
        }
        let judged: Vec<(String, Option<Outcome>)> = files.par_iter().map(|file| line(file)).collect();
        let (mut passed, mut failed, mut diverge) = (0, 0, 0);
        let mut out = BufWriter::new(std::io::stdout().lock());
        for (line, outcome) in judged {
            match outcome {
                Some(Outcome::Pass) => passed += 1,
                Some(Outcome::Diverges(_)) => diverge += 1,
                Some(Outcome::Fail(_) | Outcome::NoSuchRule) | None => failed += 1,
            }
            writeln!(out, "{line}")?;
        }
        writeln!(out, "{passed} passed, {failed} failed, {diverge} diverge")?;
        out.flush()?;
        Ok(if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

/// What became of a file of cases; a file that cannot be read is a failure too.
fn line(file: &Path) -> (String, Option<Outcome>) {
    let text = std::fs::metadata(file).and_then(|about| {
        if about.len() > LARGEST {
            return Err(std::io::Error::other("it is too large to be a file of cases"));
        }
        std::fs::read_to_string(file)
    });
    let verdict = text.map_err(|e| e.to_string()).and_then(|text| judge(&text).map_err(|e| e.to_string()));
    match verdict {
        Ok(verdict) => (verdict.to_string(), Some(verdict.outcome)),
        Err(why) => (format!("fail      {}: it cannot be read: {why}", file.display()), None),
    }
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for item in std::fs::read_dir(folder)? {
        let item = item?;
        let (path, kind) = (item.path(), item.file_type()?);
        // Links are not followed: one could lead in a circle.
        if kind.is_dir() {
            collect(&path, into)?;
        } else if kind.is_file() && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")) {
            into.push(path);
        }
    }
    Ok(())
}

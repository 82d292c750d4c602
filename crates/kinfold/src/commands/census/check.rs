//! `kinfold census check`: what the rules of the collection find in a return.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use kinfold_census::check::{self, Returns, Rule};
use kinfold_census::{ReadOptions, Return, RowError, YearReturn, rules};

use super::outcome::Outcome;
use super::{csv, html, json, text};
use crate::commands::import::read_files;
use crate::commands::upkeep::counter;
use crate::lists::Lists;

/// List what the rules of the collection find in a return: 0 nothing found, 1 something found, 2 not all could be read
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The folder with the return's files, CSV or XML, of one year or several; or one file
    #[arg(value_name = "FOLDER")]
    from: PathBuf,
    /// The collection year to check: 2026 for 1 April 2025 to 31 March 2026 [default: the latest there is]
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1992..=2100))]
    year: Option<i16>,
    /// The return of the year before, where it is not in the same folder
    #[arg(long, value_name = "FOLDER")]
    previous: Option<PathBuf>,
    #[command(flatten)]
    lists: Lists,
    /// How to write what was found
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Ask only these rules
    #[arg(long = "rule", value_name = "CODE", num_args = 1.., value_delimiter = ',')]
    rules: Vec<String>,
    /// Also list what was understood although it was not plain
    #[arg(long)]
    notes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, by rule
    Text,
    /// A JSON object on each line
    Json,
    /// A spreadsheet with a row for each finding
    Csv,
    /// A page for a browser
    Html,
}

/// What was read of one folder.
type Read = (Vec<YearReturn>, Vec<RowError>);

/// The returns that are checked.
struct Found {
    this: YearReturn,
    last: Option<YearReturn>,
    /// The years before last, for rules that ask what ever happened to a child.
    earlier: Vec<YearReturn>,
    problems: Vec<RowError>,
}

impl Check {
    pub(super) fn run(self) -> Result<ExitCode> {
        let asked = chosen(&self.rules)?;
        let at = counter("reading");
        let (lists, returns) = rayon::join(|| self.lists.open(), || self.returns());
        let (lists, Found { this, last, earlier, problems }) = (lists?, returns?);
        at.set_message("asking the rules");
        let supplied = lists.supplied(None);
        let mut outcome = Outcome {
            year: this.year,
            files: this.files.clone(),
            last_year: last.as_ref().map(|last| last.year),
            last_files: last.as_ref().map(|last| last.files.clone()).unwrap_or_default(),
            earlier: earlier.iter().map(|year| year.year).collect(),
            problems,
            notes: self.notes,
            report: check::Report::default(),
        };
        let returns = Returns::with_history(this, last, earlier, &supplied);
        outcome.report = check::check_rules(&asked, &returns, &supplied);
        if outcome.report.run.is_empty() && outcome.report.not_run.is_empty() {
            bail!(
                "none of these rules is asked in the collection that ends in {}, so nothing was checked; the rules of 2023 (2022-23) and later are known",
                outcome.year
            );
        }
        at.finish_and_clear();
        let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
        match self.format {
            Format::Text => text::write(&outcome, &mut out),
            Format::Json => json::write(&outcome, &mut out),
            Format::Csv => csv::write(&outcome, &mut out),
            Format::Html => html::write(&outcome, &mut out),
        }?;
        out.flush()?;
        Ok(outcome.status())
    }

    /// The year to check, the years before where there are such, and what could not be read of them.
    fn returns(&self) -> Result<Found> {
        let (mut years, mut problems) = read(&self.from, self.year)?;
        let this = take_this(&mut years, self.year, &self.from, &problems)?;
        let before = this.year - 1;
        let last = match &self.previous {
            None => take(&mut years, before),
            Some(previous) => {
                let (mut given, of_given) = read(previous, Some(before))?;
                problems.extend(of_given);
                let Some(last) = take(&mut given, before) else {
                    bail!(
                        "{} is to be the return of {before}, the year before {}, but {}{}",
                        previous.display(),
                        this.year,
                        found(&given),
                        first(&problems)
                    );
                };
                years.extend(given);
                Some(last)
            }
        };
        let (earlier, later): (Vec<_>, Vec<_>) = years.into_iter().partition(|year| year.year < before);
        // What is wrong with years that are not checked would only be in the way.
        let unasked =
            |problem: &RowError| earlier.iter().chain(&later).any(|year| year.files.contains(&problem.file));
        problems.retain(|problem| !unasked(problem));
        Ok(Found { this, last, earlier, problems })
    }
}

fn read(from: &Path, year: Option<i16>) -> Result<Read> {
    // A folder given as `.` or `..` has a name all the same, and names tell the year.
    let from = from.canonicalize().with_context(|| format!("{} cannot be read", from.display()))?;
    let files = read_files(&from)?;
    Ok(Return::read(&files, &ReadOptions { year, ..ReadOptions::default() }))
}

fn take(years: &mut Vec<YearReturn>, year: i16) -> Option<YearReturn> {
    years.iter().position(|y| y.year == year).map(|at| years.remove(at))
}

fn take_this(
    years: &mut Vec<YearReturn>,
    wanted: Option<i16>,
    from: &Path,
    problems: &[RowError],
) -> Result<YearReturn> {
    let found = match wanted {
        Some(year) => take(years, year),
        None => years.pop(),
    };
    match (found, wanted) {
        (Some(year), _) => Ok(year),
        (None, Some(year)) => {
            bail!(
                "{} has no return of {year} in it: {}{}",
                from.display(),
                self::found(years),
                first(problems)
            )
        }
        (None, None) => bail!("{} has no return in it{}", from.display(), first(problems)),
    }
}

/// The years that there are, in words.
fn found(years: &[YearReturn]) -> String {
    match years {
        [] => "no return could be read there".to_owned(),
        years => {
            let years: Vec<String> = years.iter().map(|y| y.year.to_string()).collect();
            format!("there is {}", years.join(", "))
        }
    }
}

/// What was wrong with the files, when that is all that there is to say.
fn first(problems: &[RowError]) -> String {
    const SHOWN: usize = 10;
    let shown: Vec<String> = problems.iter().take(SHOWN).map(|p| format!("\n{p}")).collect();
    let more = problems.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!("\n({more} more)") } else { String::new() };
    shown.concat() + &more
}

/// The rules to ask: all, or those named.
fn chosen(codes: &[String]) -> Result<Vec<&'static Rule>> {
    if codes.is_empty() {
        return Ok(rules::ALL.iter().map(|entry| entry.rule).collect());
    }
    for code in codes {
        if rules::find(code).is_none() {
            bail!("there is no rule {code}; `kinfold census rules` lists them");
        }
    }
    let named = |code: &str| codes.iter().any(|c| c.eq_ignore_ascii_case(code));
    Ok(rules::ALL.iter().map(|entry| entry.rule).filter(|rule| named(rule.code)).collect())
}

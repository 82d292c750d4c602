//! `kinfold guidance`: check a folder of guidance, list what is in force, show what a folder would change.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use kinfold_casework::{Clock as _, SystemClock, clock};
use kinfold_guidance::{ChangeKind, Guidance, Headed, Layer, Library, Mistakes};

use super::upkeep::count;
use crate::council::{local_layer, read_guidance};
use crate::table::table;

/// Check guidance, list it, compare it
#[derive(Debug, Args)]
pub(crate) struct GuidanceArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check a council's own folder on top of the national guidance: every mistake with file and line
    Check {
        /// The folder
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    /// List the rules, frameworks, surveys and action plans in force on a day
    List {
        /// The council's own guidance, on top of the national
        #[arg(long, value_name = "FOLDER")]
        guidance: Option<PathBuf>,
        /// The day [default: today]
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<Date>,
    },
    /// Show what changes from one folder to another; `national` is the guidance that comes with Kinfold
    Diff {
        /// Before
        #[arg(value_name = "FOLDER")]
        before: PathBuf,
        /// After
        #[arg(value_name = "FOLDER")]
        after: PathBuf,
    },
}

impl GuidanceArgs {
    pub fn run(self) -> Result<ExitCode> {
        match self.what {
            What::Check { folder } => check(&folder),
            What::List { guidance, on } => {
                let on = on.unwrap_or_else(|| clock::day(SystemClock.now()));
                println!("{}", list(&read_guidance(guidance.as_deref())?, on));
                Ok(ExitCode::SUCCESS)
            }
            What::Diff { before, after } => {
                print!("{}", diff(&named(&before)?, &named(&after)?));
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

fn check(folder: &Path) -> Result<ExitCode> {
    let layer = local_layer(folder)?;
    let files = layer.files.len();
    if files == 0 {
        bail!(
            "there is no guidance in {}: it has no .toml or .csv file under rules/, codes/ or beside them",
            folder.display()
        );
    }
    match Guidance::load(&[Layer::national(), layer]) {
        Ok(guidance) => {
            // A definition is read without mistakes and may still count something else than its example says.
            let wrong = Mistakes(kinfold_measures::check_examples(&guidance));
            if !wrong.0.is_empty() {
                println!("{wrong}\n{}.", count(wrong.0.len(), "mistake"));
                return Ok(ExitCode::FAILURE);
            }
            println!(
                "{} read, no mistakes; {}, {}, {} and {} in all.",
                count(files, "file"),
                count(guidance.ids().len(), "rule"),
                count(guidance.frameworks.ids().len(), "framework"),
                count(guidance.surveys.ids().len(), "survey"),
                count(guidance.plans.ids().len(), "action plan")
            );
            Ok(ExitCode::SUCCESS)
        }
        Err(mistakes) => {
            println!("{mistakes}\n{}.", count(mistakes.0.len(), "mistake"));
            Ok(ExitCode::FAILURE)
        }
    }
}

fn list(guidance: &Guidance, on: Date) -> String {
    let mut rows: Vec<Vec<String>> = guidance
        .ids()
        .into_iter()
        .filter_map(|id| guidance.rule_on(id, on))
        .map(|rule| {
            vec![
                rule.id.to_string(),
                rule.version.to_string(),
                rule.title.to_string(),
                rule.owner.role.to_string(),
                rule.source.cite.clone(),
                rule.origin.layer.to_string(),
            ]
        })
        .collect();
    rows.sort();
    let rules = count(rows.len(), "rule");
    let mut others = offered(&guidance.frameworks, on);
    others.extend(offered(&guidance.surveys, on));
    others.extend(offered(&guidance.plans, on));
    others.extend(offered(&guidance.needs, on));
    format!(
        "{}\n\n{}\n\n{rules} in force on {on}",
        table(&["Rule", "v", "Title", "Owner", "Source", "Layer"], &rows),
        table(&["Framework, survey, plan, profile", "v", "Title", "Source", "Layer"], &others)
    )
}

/// What may be begun on a day, by id; the folder tells a framework from a survey and a plan.
fn offered<T: Headed>(library: &Library<T>, on: Date) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = library
        .offered(on)
        .into_iter()
        .map(|item| {
            let head = item.head();
            vec![
                format!("{}/{}", T::FOLDER, head.id),
                head.version.to_string(),
                head.title.to_string(),
                head.source.cite.clone(),
                head.origin.layer.to_string(),
            ]
        })
        .collect();
    rows.sort();
    rows
}

fn named(folder: &Path) -> Result<Guidance> {
    read_guidance((folder != Path::new("national")).then_some(folder))
}

fn diff(before: &Guidance, after: &Guidance) -> String {
    let changes = before.diff(after);
    if changes.is_empty() {
        return "no difference\n".to_owned();
    }
    let mut out = String::new();
    for change in changes {
        let kind = match change.kind {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::NewVersion => "new version",
            ChangeKind::Changed => "changed without a new version",
            ChangeKind::Supersedes => "takes the place of a national one",
            ChangeKind::Other => "differs",
        };
        let version = change.version.map_or_else(String::new, |v| format!(" version {v}"));
        out.push_str(&format!("{}{version} ({}): {kind}\n", change.id, change.layer));
        for line in change.lines {
            out.push_str(&format!("    {line}\n"));
        }
    }
    out
}

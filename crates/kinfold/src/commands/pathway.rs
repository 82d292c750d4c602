//! `kinfold pathway explain`: a chronology in, the duties with their workings out; no database.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_pathway::{Explained, Explanation, Rules, explain};
use kinfold_record::Chronology;

use super::upkeep::count;
use crate::council::read_guidance;

/// Work out what is due for a chronology
#[derive(Debug, Args)]
pub(crate) struct Pathway {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Explain every duty of a chronology on a day: its date, its sum and its law
    Explain(Explain),
}

#[derive(Debug, Args)]
struct Explain {
    /// The chronology as JSON (docs/reference/events.md describes it)
    #[arg(long, value_name = "FILE")]
    chronology: PathBuf,
    /// The day
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Date,
    /// As known at this moment: an instant (2026-03-01T09:00:00Z), or a day for its end in England
    #[arg(long, value_name = "TIME", value_parser = instant)]
    known_at: Option<Timestamp>,
    /// Print JSON (docs/reference/pathway.md describes it)
    #[arg(long)]
    json: bool,
    /// The council's own guidance, on top of the national
    #[arg(long, value_name = "FOLDER")]
    guidance: Option<PathBuf>,
}

fn instant(text: &str) -> Result<Timestamp, String> {
    if let Ok(day) = text.parse::<Date>()
        && text.len() == 10
    {
        return Ok(kinfold_casework::chronology::end_of(day));
    }
    text.parse()
        .map_err(|_| "give an instant such as 2026-03-01T09:00:00Z, or a day such as 2026-03-01".to_owned())
}

impl Pathway {
    pub fn run(self) -> Result<()> {
        let What::Explain(args) = self.what;
        let file = args.chronology.display().to_string();
        let text =
            std::fs::read_to_string(&args.chronology).with_context(|| format!("{file} cannot be read"))?;
        let chronology =
            Chronology::from_json(&text).with_context(|| format!("{file} is not a chronology"))?;
        let guidance = read_guidance(args.guidance.as_deref())?;
        let explanation = explain(&chronology, &Rules::compile(&guidance), args.on, args.known_at);
        if args.json {
            println!("{}", serde_json::to_string_pretty(&explanation)?);
        } else {
            print!("{}", in_words(&explanation));
        }
        Ok(())
    }
}

fn in_words(explanation: &Explanation) -> String {
    let mut out = format!("On {}", long(explanation.on));
    if let Some(at) = explanation.known_at {
        out.push_str(&format!(", as known at {at}"));
    }
    out.push_str("\n\n");
    if explanation.duties.is_empty() {
        out.push_str("Nothing is owed, and nothing was.\n");
    }
    for duty in &explanation.duties {
        out.push_str(&one(duty));
    }
    for category in &explanation.categories {
        let until = category.end.map_or_else(|| "on".to_owned(), |end| format!("until {}", long(end)));
        out.push_str(&format!("{} from {} {until}\n", category.category.as_str(), long(category.start)));
        for line in &category.working {
            out.push_str(&format!("    {line}\n"));
        }
    }
    if !explanation.history.is_empty() {
        out.push_str(&format!(
            "{} before these (--json lists them).\n",
            count(explanation.history.len(), "closed duty")
        ));
    }
    if let Some(day) = explanation.next_change {
        out.push_str(&format!("With nobody doing anything this next changes on {}.\n", long(day)));
    }
    for warning in &explanation.warnings {
        out.push_str(&format!("Note: {warning}\n"));
    }
    out
}

fn one(duty: &Explained) -> String {
    let status = duty.status.replace('_', " ");
    let mut out = format!("{} — {status}, by {}\n", duty.title, long(duty.due_on));
    for line in &duty.working {
        out.push_str(&format!("    {line}\n"));
    }
    for step in &duty.handoffs {
        let done = match (step.done_on, step.expected_on, step.stuck) {
            (Some(on), ..) => format!("done on {}", long(on)),
            (None, Some(by), true) => format!("STUCK, expected by {}", long(by)),
            (None, Some(by), false) => format!("expected by {}", long(by)),
            (None, None, _) => "not done".to_owned(),
        };
        out.push_str(&format!("    · {}: {done} ({})\n", step.title, step.owner));
    }
    let fallback = duty.fallback.as_ref().map_or_else(String::new, |role| format!(", else {role}"));
    out.push_str(&format!(
        "    Owner: {}{fallback}. {} ({} version {})\n\n",
        duty.owner, duty.source, duty.rule, duty.version
    ));
    out
}

fn long(day: Date) -> String {
    day.strftime("%a %-d %B %Y").to_string()
}

//! The explanation of a child's duties: the stable contract of `kinfold pathway explain --json`
//! (`docs/reference/pathway.md`).

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_guidance::Category;
use kinfold_record::{Chronology, EntryId, Strand, Timeline};
use serde::Serialize;

use crate::category::categories;
use crate::chain::{duties, history};
use crate::duty::{Duty, EndReason, State};
use crate::rules::Rules;
use crate::working::working_lines;

/// A hand-off of an explained duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedHandoff {
    /// Name of the step.
    pub step: String,
    /// What a person reads.
    pub title: String,
    /// Role whose step it is.
    pub owner: String,
    /// The day it was done.
    pub done_on: Option<Date>,
    /// The entry that shows it.
    pub entry: Option<EntryId>,
    /// The day it is expected by.
    pub expected_on: Option<Date>,
    /// The source that says by when; `None`: common practice, which a council may set otherwise.
    pub cite: Option<String>,
    /// Whether the duty is stuck here.
    pub stuck: bool,
}

/// A rung of the ladder of an explained duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedRung {
    /// The first day on which this role is told, if the duty is still open.
    pub on: Date,
    /// The role.
    pub role: String,
}

/// One duty with everything a person needs to see why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// Rule id.
    pub rule: String,
    /// Version of the rule.
    pub version: u16,
    /// Occurrence key.
    pub occurrence: String,
    /// "First review".
    pub title: String,
    /// Strand of the ribbon.
    pub strand: Strand,
    /// `late`, `due`, `due_soon`, `not_yet`, `met`, `met_late`, `excused` or `ended`.
    pub status: &'static str,
    /// The day it is counted from.
    pub anchor_on: Date,
    /// The first day it is asked for.
    pub opens_on: Date,
    /// The last day in time.
    pub due_on: Date,
    /// The last instant in time, for duties in hours.
    pub due_at: Option<Timestamp>,
    /// Role that owns it.
    pub owner: String,
    /// Role that has it when nobody holds the first.
    pub fallback: Option<String>,
    /// The day it was met.
    pub met_on: Option<Date>,
    /// Days late when it was met.
    pub days_late: Option<i32>,
    /// The day it was excused.
    pub excused_on: Option<Date>,
    /// Code of the excuse, or kind of the event that excuses.
    pub excuse: Option<String>,
    /// The day it ended otherwise.
    pub ended_on: Option<Date>,
    /// Why, as a code.
    pub end_reason: Option<EndReason>,
    /// The entry that met or excused it.
    pub entry: Option<EntryId>,
    /// The sum in plain lines.
    pub working: Vec<String>,
    /// Bank holidays passed over in the sum.
    pub bank_holidays: Vec<Date>,
    /// The law.
    pub source: String,
    /// Where to read it.
    pub url: Option<String>,
    /// `A`, `B`, `L` or `M`.
    pub confidence: &'static str,
    /// `national` or `local:<name>`.
    pub layer: String,
    /// First day the version of the rule is in force.
    pub effective_from: Date,
    /// First day it no longer is.
    pub effective_to: Option<Date>,
    /// Hand-offs in order.
    pub handoffs: Vec<ExplainedHandoff>,
    /// Who is told when, if it stays open.
    pub ladder: Vec<ExplainedRung>,
}

/// A time in a leaving-care category, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedCategory {
    /// Which.
    pub category: Category,
    /// First day.
    pub start: Date,
    /// First day no longer in it.
    pub end: Option<Date>,
    /// The sum.
    pub working: Vec<String>,
}

/// What is owed for one chronology on one day, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The day.
    pub on: Date,
    /// As known at this instant; everything recorded when absent.
    pub known_at: Option<Timestamp>,
    /// Open duties by due date, then the latest closed one of each rule.
    pub duties: Vec<Explained>,
    /// Every closed occasion before, oldest first.
    pub history: Vec<Explained>,
    /// Leaving-care categories.
    pub categories: Vec<ExplainedCategory>,
    /// The next day on which this changes with nobody doing anything.
    pub next_change: Option<Date>,
    /// What to know about the figures: the calendar's horizon, doubtful entries.
    pub warnings: Vec<String>,
}

/// Explains a chronology on a day, as known at an instant.
pub fn explain(chronology: &Chronology, rules: &Rules, on: Date, known_at: Option<Timestamp>) -> Explanation {
    let timeline = Timeline::fold(chronology, known_at);
    let found = duties(&timeline, rules, on);
    let shown = |d: &Duty| found.duties.iter().any(|o| o.rule == d.rule && o.occurrence == d.occurrence);
    let earlier = history(&timeline, rules, on).into_iter().filter(|d| !shown(d));
    let mut warnings: Vec<String> = rules.calendar.horizon_warning(on).into_iter().collect();
    warnings.extend(timeline.problems.iter().map(|p| format!("Entry {}: {}", p.entry, p.message)));
    Explanation {
        on,
        known_at,
        history: earlier.filter_map(|d| explained(&d, rules, on)).collect(),
        duties: found.duties.iter().filter_map(|d| explained(d, rules, on)).collect(),
        categories: categories(&timeline, rules, on)
            .into_iter()
            .map(|c| ExplainedCategory {
                category: c.category,
                start: c.start,
                end: c.end,
                working: c.lines(&timeline),
            })
            .collect(),
        next_change: found.next_change,
        warnings,
    }
}

/// One duty explained; `None` when its rule is not among these.
fn explained(duty: &Duty, rules: &Rules, on: Date) -> Option<Explained> {
    let rule = rules.rule_of(duty)?;
    let mut out = Explained {
        rule: rule.id.to_string(),
        version: rule.version,
        occurrence: duty.occurrence.to_string(),
        title: rule.title.to_string(),
        strand: rule.strand,
        status: duty.standing(on, None).as_str(),
        anchor_on: duty.anchor_on(),
        opens_on: duty.opens_on,
        due_on: duty.due_on,
        due_at: duty.due_at,
        owner: rule.owner.role.to_string(),
        fallback: rule.owner.fallback.as_ref().map(ToString::to_string),
        met_on: None,
        days_late: None,
        excused_on: None,
        excuse: None,
        ended_on: None,
        end_reason: None,
        entry: None,
        working: working_lines(duty, rules),
        bank_holidays: rules.bank_holidays(duty),
        source: rule.source.cite.clone(),
        url: rule.source.url.clone(),
        confidence: rule.confidence.as_str(),
        layer: rule.origin.layer.to_string(),
        effective_from: rule.effective_from,
        effective_to: rule.effective_to,
        handoffs: Vec::new(),
        ladder: Vec::new(),
    };
    match &duty.state {
        State::Open => {}
        State::Met { on, entry, days_late } => {
            (out.met_on, out.entry, out.days_late) = (Some(*on), *entry, Some(*days_late));
        }
        State::Excused { on, reason, entry } => {
            (out.excused_on, out.entry, out.excuse) = (Some(*on), Some(*entry), Some(reason.to_string()));
        }
        State::Ended { on, reason } => (out.ended_on, out.end_reason) = (Some(*on), Some(*reason)),
    }
    let stuck = duty.stuck_at(on);
    out.handoffs = rule
        .handoffs
        .iter()
        .zip(&duty.handoffs)
        .enumerate()
        .map(|(i, (h, state))| ExplainedHandoff {
            step: h.step.to_string(),
            title: h.title.clone(),
            owner: h.owner.to_string(),
            done_on: state.done.map(|(on, _)| on),
            entry: state.done.map(|(_, entry)| entry),
            expected_on: state.expected_on,
            cite: h.cite.clone(),
            stuck: stuck == Some(i),
        })
        .collect();
    out.ladder = rules
        .ladder(duty)
        .into_iter()
        .map(|(on, role)| ExplainedRung { on, role: role.to_string() })
        .collect();
    Some(out)
}

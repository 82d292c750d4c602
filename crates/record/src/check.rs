//! Whether a new entry can be true beside the ones that stand. What cannot have happened is refused; what is only
//! unlikely is recorded with a question. Codes are checked against their lists elsewhere (`casework`).

mod care;
mod facts;
mod health;
mod joined;
mod texts;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Entry, EntryId, Event, Timeline};

/// How wrong something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth a look; recorded all the same.
    Doubtful,
    /// Cannot have happened; refused.
    Impossible,
}

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The entry.
    pub entry: EntryId,
    /// How wrong.
    pub severity: Severity,
    /// In plain words, without names.
    pub message: String,
}

/// What is wrong with adding `entry` on the day `today` to this timeline, which must be without the entry and without
/// the one it replaces. The worst comes first.
pub fn check(timeline: &Timeline, entry: &Entry, today: Date) -> Vec<Problem> {
    let mut check = Check { t: timeline, e: entry, on: entry.happened_on, today, out: Vec::new() };
    check.dates();
    check.texts();
    check.care();
    check.home();
    check.safety();
    check.facts();
    check.health();
    check.joined();
    check.out.sort_by_key(|p| std::cmp::Reverse(p.severity));
    check.out
}

struct Check<'a> {
    t: &'a Timeline,
    e: &'a Entry,
    on: Date,
    today: Date,
    out: Vec<Problem>,
}

impl Check<'_> {
    fn say(&mut self, severity: Severity, message: impl Into<String>) {
        self.out.push(Problem { entry: self.e.id, severity, message: message.into() });
    }

    fn impossible(&mut self, when: bool, message: &str) {
        if when {
            self.say(Severity::Impossible, message);
        }
    }

    fn doubtful(&mut self, when: bool, message: &str) {
        if when {
            self.say(Severity::Doubtful, message);
        }
    }

    /// The first day on which nobody is looked after any more: the eighteenth birthday.
    fn eighteen(&self) -> Option<Date> {
        self.t.birthday(18)
    }

    /// Whether the child was looked after on the day of the entry, a day of a few hours in care included.
    fn looked_after(&self) -> bool {
        let on = self.on;
        self.t.care.iter().any(|p| p.start == on || p.start < on && p.end.is_none_or(|end| on < end))
    }

    fn dates(&mut self) {
        let on = self.on;
        self.impossible(on > self.today, "The date is in the future. Record it when it has happened.");
        self.impossible(
            self.t.born.is_some_and(|born| on < born),
            "The date is before the child was born. Check this date and the date of birth.",
        );
        let ends = match &self.e.event {
            Event::LegalStatusChanged { expires_on, .. } | Event::LibertyOrderStarted { expires_on } => {
                *expires_on
            }
            Event::ProceedingsIssued { extended_to } => *extended_to,
            Event::Restricted { review_on, .. } => *review_on,
            Event::AsylumStatus { ends_on, .. } => *ends_on,
            _ => None,
        };
        self.impossible(ends.is_some_and(|ends| ends < on), "It ends before it starts. Check both dates.");
        let too_long = matches!(self.e.event, Event::AsylumStatus { .. })
            && ends.zip(self.eighteen()).is_some_and(|(a, b)| a > b);
        self.doubtful(
            too_long,
            "Unaccompanied status ends on the 18th birthday at the latest. Check the end date.",
        );
        let lives = matches!(
            self.e.event,
            Event::CareStarted { .. }
                | Event::PlacementStarted { .. }
                | Event::WentMissing { .. }
                | Event::Visit { seen: true, .. }
        );
        self.impossible(
            lives && self.t.died.is_some_and(|died| died < on),
            "The record says that the child had died by then. Check this date and the date of death.",
        );
    }
}

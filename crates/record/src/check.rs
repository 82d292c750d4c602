//! Whether a new entry can be true beside the ones that stand.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Entry, EntryId, Timeline};

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

/// What is wrong with adding `entry` to this timeline on the day `today`.
pub fn check(timeline: &Timeline, entry: &Entry, today: Date) -> Vec<Problem> {
    let mut out = Vec::new();
    let mut say = |severity, message: &str| {
        out.push(Problem { entry: entry.id, severity, message: message.to_owned() });
    };
    if entry.happened_on > today {
        say(Severity::Impossible, "The date is in the future. Record it when it has happened.");
    }
    if timeline.born.is_some_and(|born| entry.happened_on < born) {
        say(Severity::Impossible, "The date is before the child was born.");
    }
    out
}

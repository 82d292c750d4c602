//! What a duty is, and how it stands on a day.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use kinfold_guidance::Rule;
use kinfold_record::{EntryId, EventKind};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

/// Which occasion of a rule: the entry it is counted from, the day, or both. The same facts give the same key however
/// often duties are worked out again. As text: `<entry>`, `<entry>@<date>` or `@<date>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Occurrence {
    /// The entry the occasion is counted from.
    pub entry: Option<EntryId>,
    /// The day it starts, where the entry alone does not say.
    pub on: Option<Date>,
}

impl fmt::Display for Occurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(entry) = self.entry {
            write!(f, "{entry}")?;
        }
        if let Some(on) = self.on {
            write!(f, "@{on}")?;
        }
        Ok(())
    }
}

impl FromStr for Occurrence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("\"{text}\" is not an occurrence: expected an entry's id, @ and a date, or both");
        let (entry, on) = match text.split_once('@') {
            Some((entry, on)) => (entry, Some(on.parse().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let entry = if entry.is_empty() { None } else { Some(entry.parse().map_err(|_| wrong())?) };
        if entry.is_none() && on.is_none() {
            return Err(wrong());
        }
        Ok(Self { entry, on })
    }
}

/// An occasion where only a program reads it.
#[derive(Serialize, Deserialize)]
struct Parts {
    entry: Option<EntryId>,
    #[serde(with = "kinfold_record::packed::maybe")]
    on: Option<Date>,
}

impl Serialize for Occurrence {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            s.collect_str(self)
        } else {
            Parts { entry: self.entry, on: self.on }.serialize(s)
        }
    }
}

impl<'de> Deserialize<'de> for Occurrence {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            return String::deserialize(d)?.parse().map_err(D::Error::custom);
        }
        let Parts { entry, on } = Parts::deserialize(d)?;
        Ok(Self { entry, on })
    }
}

/// Why a duty ended without being met or excused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The child stopped being looked after.
    CareCeased,
    /// The child moved home.
    MovedHome,
    /// The legal status changed.
    LegalStatusChanged,
    /// The child reached an age.
    Turned(u8),
    /// The child died.
    Died,
    /// The leaving-care category changed.
    CategoryChanged,
    /// The next occasion came before this one was met.
    Missed,
    /// It was not met for so long that it is no longer asked for.
    Lapsed,
    /// What the rule asks for no longer holds.
    NoLongerHolds,
}

/// What became of a duty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Still to be done.
    Open,
    /// Done.
    Met {
        /// The day.
        #[serde(with = "kinfold_record::packed")]
        on: Date,
        /// The entry that shows it; `None` when a limit was met because what it limits ended.
        entry: Option<EntryId>,
        /// Days after the due date; 0 in time.
        days_late: i32,
    },
    /// Not required on this occasion.
    Excused {
        /// The day.
        #[serde(with = "kinfold_record::packed")]
        on: Date,
        /// Code of the excuse list, or the kind of the event that excuses.
        reason: SmolStr,
        /// The entry that says so.
        entry: EntryId,
    },
    /// No longer owed.
    Ended {
        /// The day.
        #[serde(with = "kinfold_record::packed")]
        on: Date,
        /// Why.
        reason: EndReason,
    },
}

/// How a duty stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Past its due date.
    Late,
    /// Due today.
    Due,
    /// Due soon: opened, and not yet due.
    DueSoon,
    /// Not yet asked for.
    NotYet,
    /// Done in time.
    Met,
    /// Done after its due date.
    MetLate,
    /// Excused.
    Excused,
    /// No longer owed.
    Ended,
}

impl Standing {
    /// Stable word for JSON, columns and filters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Due => "due",
            Self::DueSoon => "due_soon",
            Self::NotYet => "not_yet",
            Self::Met => "met",
            Self::MetLate => "met_late",
            Self::Excused => "excused",
            Self::Ended => "ended",
        }
    }

    /// What a person reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::Late => "Late",
            Self::Due => "Due today",
            Self::DueSoon => "Due soon",
            Self::NotYet => "Not due yet",
            Self::Met => "Done",
            Self::MetLate => "Done late",
            Self::Excused => "Excused",
            Self::Ended => "Ended",
        }
    }

    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Late | Self::Due | Self::DueSoon | Self::NotYet)
    }
}

/// How far a hand-off is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HandoffState {
    /// The day it was done, and the entry that shows it.
    pub done: Option<(Date, EntryId)>,
    /// The day it is expected by.
    #[serde(with = "kinfold_record::packed::maybe")]
    pub expected_on: Option<Date>,
}

/// The figures a due date was worked out with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Working {
    /// The day counted from.
    #[serde(with = "kinfold_record::packed")]
    pub from: Date,
    /// The time counted from, for duties in hours.
    pub from_at: Option<Time>,
    /// The kind of the last event, when it is counted from one.
    pub from_event: Option<EventKind>,
    /// 0 for the first occasion of a chain, then 1, 2…
    pub ordinal: u16,
    /// Which `[[due]]` (first occasion) or `[[then]]` was taken, from 0.
    pub alternative: u8,
    /// The date before anything brought it forward.
    #[serde(with = "kinfold_record::packed")]
    pub uncapped: Date,
    /// Which cap brought it forward, from 0.
    pub cap: Option<u8>,
}

/// Something that must happen, once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Duty {
    /// The rule.
    pub rule: SmolStr,
    /// The version of the rule that produced it.
    pub version: u16,
    /// Which occasion.
    pub occurrence: Occurrence,
    /// The first day it is asked for.
    #[serde(with = "kinfold_record::packed")]
    pub opens_on: Date,
    /// The last day in time.
    #[serde(with = "kinfold_record::packed")]
    pub due_on: Date,
    /// The last instant in time, for duties in hours whose start has a time.
    pub due_at: Option<Timestamp>,
    /// The day it stops being asked for if nobody meets it.
    #[serde(with = "kinfold_record::packed::maybe")]
    pub lapses_on: Option<Date>,
    /// What became of it.
    pub state: State,
    /// Its hand-offs, in the order of the rule.
    pub handoffs: Vec<HandoffState>,
    /// How the date was worked out.
    pub working: Working,
}

impl Duty {
    /// The day it is counted from.
    pub fn anchor_on(&self) -> Date {
        self.working.from
    }

    /// How it stands on a day, and at an instant of it where hours matter.
    pub fn standing(&self, on: Date, at: Option<Timestamp>) -> Standing {
        match self.state {
            State::Met { days_late: 0, .. } => Standing::Met,
            State::Met { .. } => Standing::MetLate,
            State::Excused { .. } => Standing::Excused,
            State::Ended { .. } => Standing::Ended,
            State::Open => match (self.due_at, at) {
                (Some(due), Some(now)) if now > due => Standing::Late,
                _ if on > self.due_on => Standing::Late,
                _ if on == self.due_on => Standing::Due,
                _ if on >= self.opens_on => Standing::DueSoon,
                _ => Standing::NotYet,
            },
        }
    }

    /// Whether it is open and late on a day.
    pub fn is_late(&self, on: Date, at: Option<Timestamp>) -> bool {
        self.standing(on, at) == Standing::Late
    }

    /// Position in the rule of the hand-off the duty now waits for: the first not done after the last one done.
    pub fn waiting_for(&self) -> Option<usize> {
        if self.state != State::Open || self.handoffs.is_empty() {
            return None;
        }
        let next = self.handoffs.iter().rposition(|h| h.done.is_some()).map_or(0, |i| i + 1);
        (next < self.handoffs.len()).then_some(next)
    }

    /// Position in the rule of the hand-off at which the duty is stuck: waited for, and past its expected day.
    pub fn stuck_at(&self, on: Date) -> Option<usize> {
        self.waiting_for().filter(|i| {
            self.handoffs.get(*i).and_then(|h| h.expected_on).is_some_and(|expected| expected < on)
        })
    }

    /// Whether it belongs to this version of this rule.
    pub fn belongs_to(&self, rule: &Rule) -> bool {
        self.rule == rule.id && self.version == rule.version
    }
}

/// What is owed on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duties {
    /// Open duties, soonest due first; then the latest met, excused or ended one of each rule.
    pub duties: Vec<Duty>,
    /// The earliest later day on which this answer changes with nobody doing anything. Lateness does not count: it
    /// follows from the dates.
    #[serde(with = "kinfold_record::packed::maybe")]
    pub next_change: Option<Date>,
}

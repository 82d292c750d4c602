//! What may be asked of a child, and what may be added up.

use kinfold_record::SpellKind;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::period::Period;
use crate::rule::EventFilter;

/// A stretch of days that ends with the last day measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// The year measured.
    Year,
    /// So far back from the last day.
    Last(Period),
    /// The last school term that had ended.
    LatestTerm,
    /// From the beginning.
    Ever,
    /// Only the last day.
    End,
}

/// A day on which something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// The last day measured.
    End,
    /// The first day of the year measured.
    Start,
    /// The day before the school year began that the last day lies in (31 August).
    SchoolYear,
    /// The birthday in the year measured.
    Birthday,
}

/// When a child must have been looked after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InCare {
    /// On the last day.
    End,
    /// On any day of the year.
    Year,
    /// Every day of the year, in one period of care.
    AllYear,
    /// On the birthday in the year.
    Birthday,
}

/// Something that is true of a child or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// All of these.
    All(Vec<Ask>),
    /// Any of these.
    Any(Vec<Ask>),
    /// Not all of these together.
    Not(Vec<Ask>),
    /// Looked after then.
    LookedAfter(InCare),
    /// Looked after on the last day and without a break for so long before it.
    LookedAfterFor(Period),
    /// Looked after for so many days in all since an age, and still at an age: who is a care leaver.
    WasLookedAfter(WasLookedAfter),
    /// Age in completed years.
    Age {
        /// At least.
        from: Option<u16>,
        /// Younger than.
        under: Option<u16>,
        /// On which day.
        on: Moment,
    },
    /// A legal status that held.
    LegalStatus(Held),
    /// A kind of home the child lived in.
    Placement(Held),
    /// Something held on the last day.
    Holds(SpellKind),
    /// Died on or before the last day.
    Died(bool),
    /// Something happened.
    Happened {
        /// What, each with what must hold of it.
        events: Vec<EventFilter>,
        /// When.
        within: Within,
        /// Whether the last entry of these kinds must be such a one, instead of any.
        latest: bool,
    },
    /// Lived in at least so many homes.
    Homes {
        /// How many.
        at_least: u16,
        /// When.
        within: Within,
    },
    /// Has lived in the same home for so long; adopters and the home before them count together.
    SameHomeFor(Period),
    /// Every occasion that fell due in the year was in time.
    InTime(InTime),
    /// Went missing.
    Missing(Missing),
    /// Stopped being looked after for one of these reasons.
    CareEnded {
        /// SSDA903 reasons.
        reasons: Vec<SmolStr>,
        /// When.
        within: Within,
    },
    /// Reached a milestone by the last day.
    Reached(Milestone),
    /// Took less than so long from one milestone to another.
    Took {
        /// From.
        from: Milestone,
        /// To; while it is not reached, to the last day.
        to: Milestone,
        /// Less than this.
        under: Period,
    },
}

/// Codes that held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Which.
    pub codes: Vec<SmolStr>,
    /// When.
    pub within: Within,
}

/// See [`Ask::WasLookedAfter`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WasLookedAfter {
    /// In all at least so many days.
    pub days: u16,
    /// Counted from this birthday.
    pub from_age: u16,
    /// And looked after on this birthday or later.
    pub until_age: u16,
    /// Days under these legal statuses do not count.
    pub except: Vec<SmolStr>,
}

/// Occasions that follow each other in a period of care.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InTime {
    /// What counts as one.
    pub events: Vec<EventFilter>,
    /// How long after the start of care the first, after the first the second, and so on; the last goes on.
    pub intervals: Vec<Period>,
}

/// Times missing that ran on a day of the stretch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Categories.
    pub categories: Vec<SmolStr>,
    /// When.
    pub within: Within,
}

/// A day in the last period of care that began by the last day measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// Came into care.
    CareStarted,
    /// Stopped being looked after.
    CareEnded,
    /// The first day of one of these legal statuses.
    LegalStatus(Vec<SmolStr>),
    /// The first day in one of these kinds of home.
    Placement {
        /// Kinds of home.
        codes: Vec<SmolStr>,
        /// Kinds that go on with the home before (adoption by the foster carers): there the day on which the child came
        /// to that home counts.
        came_home: Vec<SmolStr>,
    },
    /// The first such event.
    Event(EventFilter),
}

/// A number of a child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// What a field of the latest such entry that has it says.
    Field {
        /// Which entries.
        event: EventFilter,
        /// Position of the field.
        field: u8,
        /// When.
        within: Within,
    },
    /// How many homes.
    Homes(Within),
    /// How many times missing.
    Missing(Missing),
    /// How many such entries.
    Events {
        /// Which.
        event: EventFilter,
        /// When.
        within: Within,
    },
    /// Days from one milestone to another; children who have not reached both have none.
    Days {
        /// From.
        from: Milestone,
        /// To.
        to: Milestone,
        /// Fewer count as so many.
        at_least: Option<i32>,
    },
}

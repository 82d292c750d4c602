//! Conditions: what may be asked about a child's state on a day.

use kinfold_record::SpellKind;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::period::Period;
use crate::rule::EventFilter;
use crate::vocabulary::Category;

/// Under which regime a child is looked after (CPPCR 2010 reg 48).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// The ordinary duties.
    Full,
    /// A series of short breaks: legal status V3 or V4, or placement basis `short_break`.
    ShortBreak,
}

/// Since when something is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// Since this period of care started.
    CarePeriod,
    /// Since the present home started; being away for a time does not end it.
    Placement,
    /// Since the child came to the present carers.
    Stay,
    /// Since the duty's start.
    Anchor,
    /// At any time.
    Ever,
}

/// The time in which something is looked for, up to and including the day asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// From a turn of the child's life.
    Since(Since),
    /// In the last so many days, weeks, months.
    InLast(Period),
}

/// Something that holds, or does not, on a day. Lists mean any of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// All of them hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// In a period of care, or not.
    LookedAfter(bool),
    /// Looked after under this regime.
    Regime(Regime),
    /// Completed years, from (inclusive) and under (exclusive).
    Age {
        /// At least this old.
        from: Option<i32>,
        /// Younger than this.
        under: Option<i32>,
    },
    /// Legal status code.
    LegalStatus(Vec<SmolStr>),
    /// SSDA903 placement type of where the child is that day, T0 to T4 included.
    PlacementType(Vec<SmolStr>),
    /// SSDA903 placement type of the home, or while the child is away for a time, of the home they are away from.
    HomeType(Vec<SmolStr>),
    /// Basis of the home; while the child is away for a time on no basis of its own, of the home they are away from.
    Basis(Vec<SmolStr>),
    /// Location of the placement.
    Location(Vec<SmolStr>),
    /// In any home, or in none.
    Placed(bool),
    /// With the present carers at least this long, absences and moves made together with them included.
    PlacementFor(Period),
    /// Looked after without a break at least this long.
    CareFor(Period),
    /// One of these spells holds.
    Spell(Vec<SpellKind>),
    /// In one of these leaving-care categories.
    Category(Vec<Category>),
    /// Remanded.
    Remand(bool),
    /// Missing or away.
    Missing(bool),
    /// The present home was a planned move (not recorded counts as not planned).
    Planned(bool),
    /// This happened in the window.
    Happened {
        /// Any of these.
        events: Vec<EventFilter>,
        /// When.
        window: Window,
        /// Only before the day asked about, not on it.
        before: bool,
    },
    /// At least so many days under these statuses or in these placements, in the time up to the day.
    DaysUsed {
        /// Legal statuses that count.
        legal_status: Vec<SmolStr>,
        /// Placement types that count.
        placement_type: Vec<SmolStr>,
        /// How many days.
        from: u16,
        /// In how long.
        within: Period,
    },
}

impl Condition {
    /// Calls `visit` on this condition and everything inside it.
    pub fn walk(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        match self {
            Self::All(list) | Self::Any(list) => list.iter().for_each(|c| c.walk(visit)),
            Self::Not(inner) => inner.walk(visit),
            _ => {}
        }
    }

    /// As [`Self::walk`], and `visit` may change what it sees.
    pub fn walk_mut(&mut self, visit: &mut impl FnMut(&mut Self)) {
        visit(self);
        match self {
            Self::All(list) | Self::Any(list) => list.iter_mut().for_each(|c| c.walk_mut(visit)),
            Self::Not(inner) => inner.walk_mut(visit),
            _ => {}
        }
    }
}

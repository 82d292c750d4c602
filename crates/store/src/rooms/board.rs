//! The pathway board: how the duties stand, counted, and the lists behind the counts.

use async_trait::async_trait;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use crate::{ChildFilter, DutyLine, Page, Paged, Result, Scope};

/// How a duty stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// Open, not yet in view (`opens_on` is later than the day).
    Upcoming,
    /// Open, in view, and its last day is not past.
    Due,
    /// Open, and its last day or instant is past.
    Late,
    /// Met on time.
    Met,
    /// Met late.
    MetLate,
    /// Excused.
    Excused,
    /// Ended with what it belonged to.
    Ended,
}

impl Standing {
    /// Every standing, in the order of the board.
    pub const ALL: [Self; 7] =
        [Self::Late, Self::Due, Self::Upcoming, Self::Met, Self::MetLate, Self::Excused, Self::Ended];

    /// The name in statements and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Due => "due",
            Self::Late => "late",
            Self::Met => "met",
            Self::MetLate => "met_late",
            Self::Excused => "excused",
            Self::Ended => "ended",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|x| x.as_str() == s)
    }
}

/// What the board counts. Every field narrows.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardFilter {
    /// The instant at which lateness in hours is judged; its civil day is the scope's `today`.
    pub now: Timestamp,
    /// Narrows the children.
    pub children: ChildFilter,
    /// One rule.
    pub rule: Option<String>,
    /// One strand.
    pub strand: Option<String>,
    /// One standing.
    pub standing: Option<Standing>,
    /// One role that owns.
    pub owner_role: Option<String>,
    /// One owner.
    pub owner_person: Option<Uuid>,
    /// One team that the duty falls to (the child's own team is in `children.teams`).
    pub team: Option<Uuid>,
    /// Stuck at this hand-off.
    pub stuck_step: Option<String>,
    /// Open, and due on or before this day.
    pub due_by: Option<civil::Date>,
    /// Leaves out duties closed before this day; open ones stay.
    pub closed_from: Option<civil::Date>,
}

impl BoardFilter {
    /// Every duty.
    pub fn at(now: Timestamp) -> Self {
        Self {
            now,
            children: ChildFilter::default(),
            rule: None,
            strand: None,
            standing: None,
            owner_role: None,
            owner_person: None,
            team: None,
            stuck_step: None,
            due_by: None,
            closed_from: None,
        }
    }
}

/// A count of the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardCell {
    /// The rule.
    pub rule: String,
    /// How the duties stand.
    pub standing: Standing,
    /// At which hand-off they are stuck.
    pub stuck_step: Option<String>,
    /// How many duties.
    pub duties: i64,
    /// How many children.
    pub children: i64,
}

/// The board.
#[async_trait]
pub trait Board: Send {
    /// Counts by rule, standing and hand-off, over the duties of children in scope. Cells of nothing are absent.
    async fn board(&mut self, scope: &Scope, filter: &BoardFilter) -> Result<Vec<BoardCell>>;
    /// The duties behind the counts: open ones first by due day, then closed ones by closing day, newest first.
    async fn board_list(
        &mut self,
        scope: &Scope,
        filter: &BoardFilter,
        page: Page,
    ) -> Result<Paged<DutyLine>>;
}

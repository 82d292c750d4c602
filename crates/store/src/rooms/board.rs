//! The pathway board: how the duties stand, counted, and the lists behind the counts.

use async_trait::async_trait;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use crate::{ChildFilter, DutyLine, DutyRow, Page, Paged, Result, Scope};

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

/// In which order a list behind the board comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BoardOrder {
    /// Open duties by due day, then closed ones by closing day, newest first.
    #[default]
    Urgent,
    /// The latest due day first.
    DueLast,
    /// By the child's sorting name, then by due day.
    Child,
    /// By the title of the duty, then by due day.
    Duty,
    /// Those that nobody owns first, then by due day.
    Unowned,
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
    /// These rules; empty for any.
    pub rules: Vec<String>,
    /// Leaves out these rules.
    pub without_rules: Vec<String>,
    /// One strand.
    pub strand: Option<String>,
    /// One standing.
    pub standing: Option<Standing>,
    /// Any of these standings; empty for any.
    pub standings: Vec<Standing>,
    /// One role that owns.
    pub owner_role: Option<String>,
    /// One owner.
    pub owner_person: Option<Uuid>,
    /// One team that the duty falls to (the child's own team is in `children.teams`).
    pub team: Option<Uuid>,
    /// Stuck at this hand-off.
    pub stuck_step: Option<String>,
    /// Owned by nobody.
    pub unowned: bool,
    /// Stuck at any hand-off, or at none.
    pub stuck: Option<bool>,
    /// Open, and due on or before this day.
    pub due_by: Option<civil::Date>,
    /// Leaves out duties closed before this day; open ones stay.
    pub closed_from: Option<civil::Date>,
    /// The order of the list.
    pub order: BoardOrder,
}

impl BoardFilter {
    /// Every duty.
    pub fn at(now: Timestamp) -> Self {
        Self {
            now,
            children: ChildFilter::default(),
            rule: None,
            rules: Vec::new(),
            without_rules: Vec::new(),
            strand: None,
            standing: None,
            standings: Vec::new(),
            owner_role: None,
            owner_person: None,
            team: None,
            stuck_step: None,
            unowned: false,
            stuck: None,
            due_by: None,
            closed_from: None,
            order: BoardOrder::Urgent,
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
}

/// The board.
#[async_trait]
pub trait Board: Send {
    /// Counts by rule, standing and hand-off, in that order, over the duties of children in scope. Cells of nothing are
    /// absent.
    async fn board(&mut self, scope: &Scope, filter: &BoardFilter) -> Result<Vec<BoardCell>>;
    /// The same for each team that holds cases, children whom no team holds first, as `None`.
    async fn board_by_team(
        &mut self,
        scope: &Scope,
        filter: &BoardFilter,
    ) -> Result<Vec<(Option<Uuid>, BoardCell)>>;
    /// The duties behind the counts, in the filter's order.
    async fn board_list(
        &mut self,
        scope: &Scope,
        filter: &BoardFilter,
        page: Page,
    ) -> Result<Paged<DutyLine>>;
    /// Open duties that are stuck at a hand-off, in order of child, rule and occurrence; whoever may see them: for those
    /// who must be told, not for lists.
    async fn stuck_duties(&mut self, page: Page) -> Result<Vec<DutyRow>>;
}

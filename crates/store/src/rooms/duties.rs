//! The duties: what is owed to whom, by whom and by when. Derived, and written in the same unit as the entries.

use async_trait::async_trait;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use crate::{Page, Paged, Result, Scope};

/// Where a duty stands for ever or for now, as the pathway says; lateness is a matter of the day, not of this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DutyState {
    /// Owed.
    Open,
    /// Done.
    Met,
    /// Not owed, for a coded reason.
    Excused,
    /// No longer owed because what it belonged to has ended.
    Ended,
}

impl DutyState {
    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Met => "met",
            Self::Excused => "excused",
            Self::Ended => "ended",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        [Self::Open, Self::Met, Self::Excused, Self::Ended].into_iter().find(|x| x.as_str() == s)
    }
}

/// A duty.
#[derive(Debug, Clone, PartialEq)]
pub struct DutyRow {
    /// To whom it is owed.
    pub child: Uuid,
    /// The rule's id.
    pub rule: String,
    /// The version of the rule that produced it.
    pub rule_version: String,
    /// Which occurrence of the rule; unique with child and rule.
    pub occurrence: String,
    /// What it is, for lists.
    pub title: String,
    /// The strand it belongs to.
    pub strand: String,
    /// Where it stands.
    pub state: DutyState,
    /// When it comes into view.
    pub opens_on: civil::Date,
    /// The last day on which it is on time.
    pub due_on: civil::Date,
    /// The last instant, where hours matter.
    pub due_at: Option<Timestamp>,
    /// When it was met, excused or ended.
    pub closed_on: Option<civil::Date>,
    /// How many days late it was met; 0 when on time, `None` while open or when not met.
    pub days_late: Option<i64>,
    /// The role that owns it.
    pub owner_role: String,
    /// Who owns it, once found.
    pub owner_person: Option<Uuid>,
    /// The team it falls to.
    pub team: Option<Uuid>,
    /// How far it has climbed its ladder. Kept by the store: [`Duties::replace_duties`] writes it only for new rows.
    pub rung: i64,
    /// When it climbed last. Kept by the store like `rung`.
    pub escalated_at: Option<Timestamp>,
    /// At which hand-off it is stuck.
    pub stuck_step: Option<String>,
}

/// How many rows a replacement touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DutyChanges {
    /// New duties.
    pub inserted: usize,
    /// Duties that differed.
    pub updated: usize,
    /// Duties that are derived no more.
    pub deleted: usize,
}

/// A duty in a list, with the child it is owed to.
#[derive(Debug, Clone, PartialEq)]
pub struct DutyLine {
    /// The duty.
    pub duty: DutyRow,
    /// The child's name.
    pub child_name: String,
    /// The child's short public number.
    pub child_reference: String,
    /// Whether the child is restricted.
    pub restricted: bool,
}

/// Whose duties a worklist shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worklist {
    /// Duties a person owns.
    Person(Uuid),
    /// Duties that fall to a team, whoever owns them.
    Team(Uuid),
    /// Duties of a team that nobody owns.
    Unowned(Uuid),
}

/// Duties.
#[async_trait]
pub trait Duties: Send {
    /// Makes the duties of a child exactly `rows`, writing only what differs.
    async fn replace_duties(&mut self, child: Uuid, rows: &[DutyRow]) -> Result<DutyChanges>;
    /// Adds duties to children that have none yet (bulk).
    async fn insert_duties(&mut self, rows: &[DutyRow]) -> Result<()>;
    /// The duties of a child by due day.
    async fn duties_of(&mut self, child: Uuid) -> Result<Vec<DutyRow>>;
    /// One duty.
    async fn duty(&mut self, child: Uuid, rule: &str, occurrence: &str) -> Result<Option<DutyRow>>;
    /// Open duties that have come into view by `scope.today`, earliest due first, and how many there are. Children
    /// that `scope` restricts are left out; a worklist reaches beyond the scope's teams and circle, because owning
    /// a duty is itself a reason to see it.
    async fn worklist(&mut self, scope: &Scope, whose: Worklist, page: Page) -> Result<Paged<DutyLine>>;
    /// Open duties that are late at `now` (`today` is its civil day), longest late first; whoever may see
    /// them: for the ladder, not for people. Climbing does not take a duty off this list.
    async fn late_duties(&mut self, today: civil::Date, now: Timestamp, page: Page) -> Result<Vec<DutyRow>>;
    /// Moves a duty up its ladder; `false` when it is not open or is there already.
    async fn escalate(
        &mut self,
        child: Uuid,
        rule: &str,
        occurrence: &str,
        rung: i64,
        at: Timestamp,
    ) -> Result<bool>;
    /// Every duty in order of child, rule and occurrence after the child given, for whole children: at most `children` of
    /// them. For `verify` and `rebuild`.
    async fn duties_after(&mut self, child: Option<Uuid>, children: i64) -> Result<Vec<DutyRow>>;
}

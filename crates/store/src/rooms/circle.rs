//! The circle round a child, the named readers of a restricted one, and the glass that may be broken.

use async_trait::async_trait;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use crate::{Page, Paged, Result};

/// A place in a child's circle; derived from the chronology.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CircleMemberRow {
    /// The child.
    pub child: Uuid,
    /// Who.
    pub person: Uuid,
    /// The role in the circle (`guidance/codes/circle_role.csv`).
    pub role: String,
    /// Whether they are the key worker.
    pub key_worker: bool,
    /// The first day.
    pub from_on: civil::Date,
    /// The day it stops (not included).
    pub to_on: Option<civil::Date>,
}

/// Somebody who may know of a restricted child.
#[derive(Debug, Clone, PartialEq)]
pub struct RestrictedReaderRow {
    /// The child.
    pub child: Uuid,
    /// Who.
    pub person: Uuid,
    /// The first day.
    pub from_on: civil::Date,
    /// The day it stops (not included).
    pub to_on: Option<civil::Date>,
    /// Who named them.
    pub granted_by: Option<Uuid>,
}

/// Access taken in an emergency, with its reason and its review.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakGlassRow {
    /// This one.
    pub id: Uuid,
    /// Who took it.
    pub person: Uuid,
    /// To which child.
    pub child: Uuid,
    /// Why, in their words.
    pub reason: String,
    /// From when.
    pub from_at: Timestamp,
    /// Until when.
    pub until_at: Timestamp,
    /// Who reviewed it.
    pub reviewed_by: Option<Uuid>,
    /// When it was reviewed.
    pub reviewed_at: Option<Timestamp>,
    /// What the review found: "justified", "not_justified"…
    pub outcome: Option<String>,
}

/// Everything that ties a person to a child at one moment, for deciding about that one child.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// Whether the child is restricted.
    pub restricted: bool,
    /// The team that holds the case.
    pub team: Option<Uuid>,
    /// The places the person holds in the circle that day.
    pub circle: Vec<CircleMemberRow>,
    /// Whether the person is a named reader that day.
    pub reader: bool,
    /// Until when the glass is broken for them.
    pub break_glass_until: Option<Timestamp>,
}

/// Circles, named readers, break-glass.
#[async_trait]
pub trait Circle: Send {
    /// The circle of a child through time; on one day when `on` is given. Key workers first, then by role and day.
    async fn circle_of(&mut self, child: Uuid, on: Option<civil::Date>) -> Result<Vec<CircleMemberRow>>;
    /// The places a person holds on a day.
    async fn places_of(&mut self, person: Uuid, on: civil::Date) -> Result<Vec<CircleMemberRow>>;
    /// Makes the circle of a child exactly `rows`; answers whether anything changed (and then bumps the epoch).
    async fn replace_circle(&mut self, child: Uuid, rows: &[CircleMemberRow]) -> Result<bool>;
    /// Adds places to children that have none yet (bulk).
    async fn insert_circle(&mut self, rows: &[CircleMemberRow]) -> Result<()>;
    /// What ties a person to a child; `None` when there is no such child.
    async fn tie(
        &mut self,
        child: Uuid,
        person: Uuid,
        on: civil::Date,
        now: Timestamp,
    ) -> Result<Option<Tie>>;

    /// The named readers of a child, current first.
    async fn restricted_readers(&mut self, child: Uuid) -> Result<Vec<RestrictedReaderRow>>;
    /// Names a reader.
    async fn add_restricted_reader(&mut self, row: &RestrictedReaderRow) -> Result<()>;
    /// Ends a naming on a day; `false` when there was none running.
    async fn end_restricted_reader(&mut self, child: Uuid, person: Uuid, to_on: civil::Date) -> Result<bool>;

    /// Breaks the glass.
    async fn insert_break_glass(&mut self, row: &BreakGlassRow) -> Result<()>;
    /// The break-glasses of a person that are running.
    async fn break_glass_of(&mut self, person: Uuid, now: Timestamp) -> Result<Vec<BreakGlassRow>>;
    /// Break-glasses, newest first: all, or those that wait for review.
    async fn break_glasses(&mut self, unreviewed_only: bool, page: Page) -> Result<Paged<BreakGlassRow>>;
    /// Keeps a review; `false` when there is no such break-glass or it was reviewed already.
    async fn review_break_glass(&mut self, id: Uuid, by: Uuid, at: Timestamp, outcome: &str) -> Result<bool>;
    /// Ends a break-glass before its time.
    async fn end_break_glass(&mut self, id: Uuid, at: Timestamp) -> Result<bool>;
}

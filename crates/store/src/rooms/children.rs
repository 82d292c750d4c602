//! The children, with the columns that lists, searches and boards are made from.

use async_trait::async_trait;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use crate::{Page, Paged, Result, Scope, SubjectKind};

/// The part of a child's row that is derived from the chronology and can be rebuilt from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// The name lists show.
    pub name: String,
    /// What lists are sorted by: "surname forename", lower case, without accents.
    pub sort_name: String,
    /// Date of birth, or expected date for an unborn child.
    pub born: Option<civil::Date>,
    /// Whether the child is looked after on the day of the fold.
    pub looked_after: bool,
    /// "eligible", "relevant", "former_relevant"…; `None` when the leaving care Act does not apply.
    pub leaver_category: Option<String>,
    /// The code of the legal status (SSDA903).
    pub legal_status: Option<String>,
    /// The code of the placement type (SSDA903).
    pub placement_type: Option<String>,
    /// "in" or "out" of the authority's area, as the placement says.
    pub location: Option<String>,
    /// When the period of care that runs now began.
    pub in_care_since: Option<civil::Date>,
    /// The key worker on the day of the fold.
    pub key_worker: Option<Uuid>,
    /// The first later day on which the derived columns or the duties may change by themselves.
    pub next_change: Option<civil::Date>,
    /// How many entries the chronology has.
    pub entries: i64,
    /// A digest of `duties` and `next_change`, made by whoever wrote them: equal when they are. 0: not known yet.
    pub digest: i64,
    /// Which form `timeline` and `duties` have; a reader that knows another one rebuilds.
    pub projection_version: i64,
    /// The folded timeline, in a form only its writer knows.
    pub timeline: Vec<u8>,
    /// The derived duties with their workings, in a form only its writer knows.
    pub duties: Vec<u8>,
}

/// A subject of a chronology: a child, or a carer's household or home about which duties are owed.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildRow {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub subject: SubjectKind,
    /// The short public number; unique.
    pub reference: String,
    /// The team that holds the case.
    pub team: Option<Uuid>,
    /// Grows by one with each append. New rows: 0.
    pub version: i64,
    /// Whether only named readers may know of it.
    pub restricted: bool,
    /// When it was opened.
    pub created_at: Timestamp,
    /// What is derived.
    pub projection: Projection,
}

/// A child and the access epoch, read in one statement.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildGlance {
    /// The child.
    pub child: ChildRow,
    /// The access epoch in the same snapshot.
    pub access_epoch: i64,
}

/// A child in a list: [`ChildRow`] without the two large values.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildLine {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub subject: SubjectKind,
    /// The short public number.
    pub reference: String,
    /// The team that holds the case.
    pub team: Option<Uuid>,
    /// Whether only named readers may know of it.
    pub restricted: bool,
    /// The name.
    pub name: String,
    /// Date of birth.
    pub born: Option<civil::Date>,
    /// Whether looked after.
    pub looked_after: bool,
    /// The leaving-care category.
    pub leaver_category: Option<String>,
    /// The legal status.
    pub legal_status: Option<String>,
    /// The placement type.
    pub placement_type: Option<String>,
    /// "in" or "out" of area.
    pub location: Option<String>,
    /// When the present period of care began.
    pub in_care_since: Option<civil::Date>,
    /// The key worker.
    pub key_worker: Option<Uuid>,
}

/// Which children to list or count; every field narrows, `None` does not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChildFilter {
    /// Held by one of these teams; empty for any.
    pub teams: Vec<Uuid>,
    /// Looked after, or not.
    pub looked_after: Option<bool>,
    /// In this leaving-care category.
    pub leaver_category: Option<String>,
    /// With this legal status.
    pub legal_status: Option<String>,
    /// In this type of placement.
    pub placement_type: Option<String>,
    /// "in" or "out" of area.
    pub location: Option<String>,
    /// At one of these locations; empty for any.
    pub locations: Vec<String>,
    /// Held by no team.
    pub without_team: bool,
    /// With this key worker.
    pub key_worker: Option<Uuid>,
    /// Born on or after this day (ages become dates in the caller, who knows the day).
    pub born_from: Option<civil::Date>,
    /// Born before this day.
    pub born_before: Option<civil::Date>,
    /// In whose circle this person stands on the scope's day.
    pub circle_of: Option<Uuid>,
}

/// What a search term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermKind {
    /// A part of a name or alias, lower case without accents.
    Name,
    /// The phonetic code of a part of a name.
    Phonetic,
    /// Three letters of a name.
    Trigram,
    /// A date of birth, ISO.
    Dob,
    /// An NHS number, digits only.
    Nhs,
    /// A unique pupil number.
    Upn,
    /// A local identifier: the council's own number, the short reference.
    Local,
}

/// A search term of a child.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term {
    /// What it is.
    pub kind: TermKind,
    /// The term, normalised by the caller.
    pub term: String,
}

/// One way in which a word of a search may match.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// What to look among.
    pub kind: TermKind,
    /// What to look for, normalised as the terms are.
    pub term: String,
    /// Whether terms that only begin so match too.
    pub prefix: bool,
    /// How much a match counts.
    pub weight: i64,
}

/// A search: for each word the ways it may match, the best of which counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Search {
    /// The words. At most 16, each with at most 16 probes; more are ignored.
    pub words: Vec<Vec<Probe>>,
    /// How many of the words must match; 0 means all.
    pub at_least: usize,
}

/// A child found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The child.
    pub child: ChildLine,
    /// The sum of the weights that matched.
    pub score: i64,
}

/// A child's derived state, for recomputing many.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectionLine {
    /// The child.
    pub id: Uuid,
    /// What it is.
    pub subject: SubjectKind,
    /// The team that holds the case.
    pub team: Option<Uuid>,
    /// The version the projection belongs to.
    pub version: i64,
    /// The folded timeline.
    pub timeline: Vec<u8>,
    /// As in [`Projection::duties`].
    pub duties: Vec<u8>,
    /// The form it has.
    pub projection_version: i64,
}

/// What recomputing a child's duties needs.
#[derive(Debug, Clone, PartialEq)]
pub struct FoldLine {
    /// The child.
    pub id: Uuid,
    /// As in [`Projection::digest`].
    pub digest: i64,
    /// The folded timeline.
    pub timeline: Vec<u8>,
}

/// The children.
#[async_trait]
pub trait Children: Send {
    /// A child and the access epoch, in one statement.
    async fn child_row(&mut self, id: Uuid) -> Result<Option<ChildGlance>>;
    /// The child with this short public number.
    async fn child_by_reference(&mut self, reference: &str) -> Result<Option<ChildRow>>;
    /// Takes `count` numbers for short public references; answers the first.
    async fn take_references(&mut self, count: i64) -> Result<i64>;
    /// Opens children.
    async fn insert_children(&mut self, rows: &[ChildRow]) -> Result<()>;
    /// Replaces what is derived for one child, and nothing else.
    async fn save_projection(&mut self, child: Uuid, projection: &Projection) -> Result<()>;
    /// Restricts a child to named readers, or lifts it; the version does not change.
    async fn set_restricted(&mut self, child: Uuid, restricted: bool) -> Result<()>;
    /// Moves a child to a team.
    async fn set_team(&mut self, child: Uuid, team: Option<Uuid>) -> Result<()>;
    /// Children in scope, by name.
    async fn children(&mut self, scope: &Scope, filter: &ChildFilter, page: Page)
    -> Result<Paged<ChildLine>>;
    /// Those of `ids` that are in scope, in no order.
    async fn children_among(&mut self, scope: &Scope, ids: &[Uuid]) -> Result<Vec<ChildLine>>;
    /// Children in scope that match, best first, then by name.
    async fn search(&mut self, scope: &Scope, search: &Search, limit: i64) -> Result<Vec<Found>>;
    /// Replaces the search terms of a child.
    async fn replace_terms(&mut self, child: Uuid, terms: &[Term]) -> Result<()>;
    /// Adds search terms to children that have none yet (bulk).
    async fn insert_terms(&mut self, rows: &[(Uuid, Term)]) -> Result<()>;
    /// Children whose derived columns may change by themselves on or before `today`, at most `limit`.
    async fn children_to_refresh(&mut self, today: civil::Date, limit: i64) -> Result<Vec<Uuid>>;
    /// Every child's timeline, in id order after `after`, at most `limit`: call again with the last id.
    async fn all_projections(&mut self, after: Option<Uuid>, limit: i64) -> Result<Vec<ProjectionLine>>;
    /// As [`Self::all_projections`], with the digest of the duties in place of the duties: a third less to read.
    async fn all_folds(&mut self, after: Option<Uuid>, limit: i64) -> Result<Vec<FoldLine>>;
    /// Every child's id alone, paged as [`Self::all_projections`].
    async fn all_children(&mut self, after: Option<Uuid>, limit: i64) -> Result<Vec<Uuid>>;
    /// How many children there are, of every kind and whoever may see them. Never shown to people.
    async fn count_children(&mut self) -> Result<i64>;
}

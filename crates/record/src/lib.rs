//! The ground floor: what a child's record *is*.
//!
//! A record is a [`Chronology`]: an append-only list of [`Entry`]s, each saying what happened, when, when we knew
//! and who said so. Everything else is derived: [`Timeline::fold`] turns a chronology into periods of care, legal
//! statuses, placements and the rest, *as known at* an instant. Nothing here reads a clock, a file or a database.

pub mod calendar;
mod check;
mod chronology;
mod entry;
pub mod event;
mod facts;
mod field;
mod file;
mod fold;
pub mod identifiers;
mod ids;
pub mod limits;
pub mod packed;
mod timeline;

pub use check::{Problem, Severity, check};
pub use chronology::{Chronology, ChronologyError};
pub use entry::{Entry, Sensitivity};
pub use event::{Event, EventKind, Strand};
pub use facts::Facts;
pub use field::{Fact, FactValue, FieldKind, FieldSpec};
pub use file::FileError;
pub use ids::{ChildId, EntryId, PersonId};
pub use timeline::{
    Happening, Identity, LegalStatus, Membership, MissingEpisode, PeriodOfCare, Placement, PlacementTerms,
    Spell, SpellKind, Subject, Timeline,
};

//! The only door to the store. A use case checks access, does its work and writes its line in the log in one
//! transaction; a read is a use case too. A page cannot skip any of it, because it has no store.

pub mod access_log;
pub mod accounts;
pub mod actor;
pub mod audit_tree;
pub mod authority;
pub mod board;
pub mod break_glass;
pub mod bulk;
pub mod carers;
pub mod census_entry;
pub mod census_return;
pub mod child;
pub mod children_admin;
pub mod chronology;
pub mod circle;
pub mod circle_by_reference;
pub mod clock;
pub mod directory;
pub mod drafts;
pub mod duties;
mod error;
pub mod escalation;
pub mod feeds;
mod fhir;
pub mod forms;
pub mod founding;
pub mod guidance_book;
pub mod health;
mod house;
pub mod imports;
pub mod me;
pub mod measure;
pub mod measures;
pub mod needs;
pub mod notices;
pub mod outbox;
pub mod own_account;
mod owners;
mod pen;
mod porter;
mod project;
pub mod record;
mod refresh;
pub mod restrict;
pub mod reviews;
pub mod search;
pub mod secrets;
pub mod sending;
pub mod shelf;
pub mod sign_in;
pub mod surveys;
pub mod teams;
mod terms;
mod veil;
pub mod verify;
pub mod work;

pub use actor::Actor;
pub use bulk::NewChronology;
pub use child::{ChildHandle, ChildPage};
pub use clock::{Clock, FixedClock, SystemClock};
pub use error::{Error, FieldProblem, Result};
pub use fhir::FhirTaken;
pub use house::{Book, Casework, Settings};
pub use kinfold_access::{Action, ActionSet, Purpose, Role};
pub use kinfold_fhir::intake::CONFIRMED as FHIR_CONFIRMED;
pub use kinfold_store::Error as StoreError;
pub use record::{NewEntry, Recorded};
pub use refresh::{Rebuilt, Refreshed};
pub use secrets::{Cost, Keys};
pub use veil::WITHHELD;

/// Rows of lists as the store gives them: plain data that pages may show once a use case has handed them over.
pub mod rows {
    pub use kinfold_store::{
        AgencyRow, AuditRow, BoardCell, BoardFilter, BreakGlassRow, ChildFilter, ChildLine, DutyLine,
        DutyRow, DutyState, Found, GuidanceLayerRow, ImportRunRow, NoticeRow, Page, Paged, PersonRow,
        RoleGrantRow, Standing, TeamRow,
    };
}

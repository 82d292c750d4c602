//! What should happen: the rules, code lists, calendar and school terms under `guidance/`, read into checked, typed
//! values. A mistake in a file is a precise message with file and line, before anything starts.
//!
//! The national layer is embedded in the program; a council's own folder of the same shape may be layered on top.
//! Every item knows its layer, file, line and the hash of its content.

pub mod action_plan;
mod board;
mod canonical;
mod carers;
mod check;
mod codes;
mod condition;
mod condition_read;
mod diff;
mod event_read;
pub mod form;
pub mod framework;
pub mod inspection;
mod layer;
mod library;
mod load;
mod lock;
pub mod measure;
mod mistake;
pub mod needs;
pub mod outline;
mod period;
mod rule;
mod rule_read;
mod starts_read;
pub mod survey;
mod table;
mod terms;
mod vocabulary;

pub use action_plan::{ActionPlan, ActionStatus};
pub use board::{Board, BoardGroup};
pub use carers::{Area, CarerWords, Number, Undertaking};
pub use codes::{Code, CodeList, Codes};
pub use condition::{Condition, Regime, Since, Window};
pub use diff::{Change, ChangeKind};
pub use form::{Form, Forms};
pub use framework::Framework;
pub use inspection::Inspection;
pub use layer::{Layer, LayerName, SourceFile};
pub use library::{Head, Headed, Library};
pub use load::Guidance;
pub use lock::{forms_lock_file, library_lock_file, lock_file, read_lock};
pub use measure::{Measure, Measures};
pub use mistake::{Mistake, Mistakes};
pub use needs::NeedsProfile;
pub use outline::{Outline, PaperKind};
pub use period::{Period, Unit};
pub use rule::{
    Anchor, Approver, By, Cap, Confidence, Due, Edge, Ending, EventFilter, Every, ExcuseTerms, Handoff,
    LookBack, MetBy, Origin, Owner, Rule, Rung, Source, Starts, Supersedes, Test, Then, When, WhenAt,
};
pub use survey::{Survey, SurveySection};
pub use terms::Term;
pub use vocabulary::{Category, ROLES, spell_kind, spell_kind_name};

//! The carer's space: the undertaking they sign before they read anything, what they need to know about the child, who
//! decides what, their diary, their own log and their questions; and beside it the pages of those who answer them.
//!
//! Everything stands in the chronology. A carer's own notes and questions lie in a compartment
//! ([`kinfold_record::Sensitivity::Carer`]) that opens to those who answer for the home; the carer reads their own because
//! they wrote them. A note becomes part of the record for others when it is taken in, in the carer's own words.

mod ask;
mod decisions;
mod desk;
mod diary;
mod facts;
mod home;
mod known;
mod log;
mod signed;
mod space;

pub use ask::Asking;
pub use decisions::{Decision, DecisionArea, DecisionsPage};
pub use desk::{CarersPage, Looking, NotePage, QuestionPage};
pub use diary::{Coming, DiaryLine, DiaryPage};
pub use facts::{Answer, CarerFacts, Known, LogNote, LogState, Question, ReplyState};
pub use home::{CarerChild, CarerHome};
pub use known::{KnowPage, Teller};
pub use log::{LONGEST_NOTE, LogPage, NewNote};
pub use signed::{Signer, UndertakingPage};

pub(crate) use signed::unsigned;

use kinfold_record::{Event, Sensitivity};

/// Whether an event is made only in the carer's space and beside it, never in the forms for recording; what lies in the
/// compartment is never altered either.
pub(crate) fn made_here(event: &Event) -> bool {
    never_altered(event) || matches!(event, Event::UndertakingSigned { .. } | Event::CarerNote { .. })
}

/// What is said when somebody wants to alter a carer's words.
pub(crate) const UNALTERED: &str = "A carer’s own words are never altered. If they should not stand in the record, withdraw the entry and say why.";

/// Whether an event is a carer's own words or the answer to them.
pub(crate) fn never_altered(event: &Event) -> bool {
    event.kind().compartment() == Some(Sensitivity::Carer)
}

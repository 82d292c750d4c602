//! The child's own space: who their people are, what happens next, what they say and what they are answered, what was
//! decided, and who looked. Everything here is read by the young person whose record it is; what they said is also read
//! and answered by those whom they chose (`desk`).
//!
//! What is shown is only what the record holds as everyday: nothing about anybody else, no address, no family member. The
//! words are chosen by the pages; here are the facts.

mod desk;
mod files;
mod looked;
mod parts;
mod people;
mod said;
mod say;
mod sdq;
mod send;
mod space;
mod told;

pub use desk::{VoiceLine, VoicePage, VoicesPage};
pub use files::{LARGEST_OWN_FILE, OwnFile};
pub use looked::{OwnLookLine, OwnLooks};
pub use parts::{ClosedPart, PartsPage};
pub use people::OwnPerson;
pub use said::{Answer, Said, SaidState};
pub use say::{SayPage, Saying};
pub use sdq::{AskedSdq, LastSdq, OwnSdq};
pub use send::{Sending, Sent};
pub use space::{Next, NextThing, OwnHome};
pub use told::{OwnDecision, OwnHealth, OwnPlan, OwnReview, OwnThing, OwnThings, Promise};

pub(crate) use parts::something_closed;

use kinfold_record::{Entry, Event, PersonId};

/// Whether this is something the child said, or a reply to it: it is made in the child's own space and beside it, never in
/// the forms for recording, and never altered.
pub(crate) fn is_voice(event: &Event) -> bool {
    matches!(event, Event::VoiceSaid { .. } | Event::VoiceReplied { .. })
}

/// Whether the child chose this person to read the entry.
pub(crate) fn chosen(entry: &Entry, person: PersonId) -> bool {
    match &entry.event {
        Event::VoiceSaid { readers, .. } | Event::VoiceReplied { readers, .. } => {
            readers.as_ref().is_some_and(|readers| readers.contains(&person))
        }
        _ => false,
    }
}

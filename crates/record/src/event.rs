//! Every kind of thing that can be recorded. The list (`kinds.rs`) is append-only, like the entries: a kind or a field
//! that has landed is never renamed or removed, because stored JSON is read for ever (golden files prove it).
//!
//! To add a kind: add it there, its codes under `guidance/codes/`, a golden file under `tests/golden/`, and what it
//! means for the timeline in `fold.rs` (if it changes a period rather than only happening).

mod compartment;
mod kinds;
mod make;
mod strand;

pub use kinds::{Event, EventKind};
pub use strand::Strand;

impl EventKind {
    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == s)
    }

    /// Position of a field by name, as [`Fact::field`] holds it.
    pub fn field(self, name: &str) -> Option<u8> {
        self.fields().iter().position(|f| f.name == name).and_then(|i| u8::try_from(i).ok())
    }
}

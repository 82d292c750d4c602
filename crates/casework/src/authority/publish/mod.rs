//! What the authority publishes: annual reports, its strategy, its pledge, its local offer. A draft begins with an outline
//! and the record, is edited as text, and is given out in versions that never change.

mod change;
mod draft;
mod promises;
pub mod publication;
mod read;

pub(super) use change::document;
pub use change::{NewPromise, NewPublication, NewSection};
pub use promises::Judging;
pub use read::{
    OutlineLine, PublicationLine, PublicationPage, PublicationsPage, PublishedLine, PublishedPage,
};

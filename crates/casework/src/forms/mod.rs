//! Forms about a child: started, filled in section by section by those the form asks, by somebody outside through a
//! link, and submitted as a document that never changes, with what the answers become in the record.
//!
//! Answers are kept per section, encrypted, and never part of the record before the form is submitted. Whoever fills a
//! section sees it while the form is open; once it is submitted, a section is read by those the form names who also have
//! the right to facts of its sensitivity.

mod desk;
mod document;
mod foresee;
mod kept;
mod links;
mod list;
mod mail;
mod outside;
mod outside_write;
mod own;
mod place;
mod save;
mod start;
mod submit;
mod uploads;
mod whole;

pub use desk::{FormDesk, LinkLine, LinkStanding, SectionDesk};
pub use document::{DocumentLine, DocumentPage};
pub use kept::Kept;
pub use links::Asked;
pub use list::{FormsPage, OpenLine};
pub use outside::{Opened as OutsideOpened, OutsideDesk};
pub use outside_write::Sent as OutsideSent;
pub use save::{Changes, Saved, mark};
pub use submit::Submitted;
pub use uploads::{Download, LARGEST_FILE, NewFile};

pub(crate) use desk::{may_see, roles};
pub(crate) use document::ReadDocument;
pub(crate) use document::readable;
pub(crate) use links::{Invited, checked, morning};
pub(crate) use mail::{code_letter, from_hex, is_form_mail};
pub(crate) use outside::{CODE_AGAIN, CODE_GOOD, PROVED, TRIES, code_allowed, hidden, use_allowed};
pub(crate) use own::is_the_childs;

//! Copies for people outside: what exactly somebody gets is looked at before it goes, what is sensitive in it is released by
//! a second person, and it is read by a link with an end, after a code that went to the address it was sent to.

mod body;
mod desk;
mod draft;
mod letters;
mod outside;
mod release;
mod send;

pub use body::{LeftOutOf, SentBody, SentSection};
pub use desk::{CopyLine, CopyStanding, CopyView, SendingPage};
pub use draft::{Preview, What};
pub use outside::CopyOpened;

pub(crate) use letters::is_copy_mail;

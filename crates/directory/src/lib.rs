//! A directory of services as Open Referral UK: the UK profile of the Human Services Data Specification 3.0. Reading
//! what another directory gives out, and writing ours. `docs/reference/open-referral.md` says what is read and written.
//!
//! Pure: it maps what it is given. Nothing here decides what may be public.

mod model;
mod node;
mod page;
mod read;
mod write;

pub use model::{
    Address, Area, Contact, Cost, Language, Organization, Phone, Place, PlaceKind, Schedule, Service, Status,
    Term,
};
pub use page::{PageOf, VERSION, about, page};
pub use read::{Feed, NotAFeed, Wrong, read};
pub use write::{listed, service};

//! Fernshire: a council that does not exist, with children, families, carers, workers, schools and five years of
//! believable history, as plain data. The same day, seed and size always give the same council.
//!
//! [`council()`] makes one for the demo and for tests; [`bulk()`] streams any number of children for measuring. Entries
//! come in the order they were recorded, and each can be true beside the ones before it.

mod adopters;
mod bulk;
mod carers;
mod council;
mod crew;
mod demo;
mod diary;
mod dice;
mod family;
mod names;
mod places;
mod surveys;
mod tale;
mod turns;
mod words;
mod workforce;
mod years;

pub use bulk::{Bulk, bulk};
pub use council::{Council, council};
pub use surveys::{AskedSchool, SERVICES, asked_schools, school_answers};
pub use tale::InventedChild;
pub use workforce::{Agency, Person, RoleHeld, Team, TeamMembership};

/// The council's name.
pub const AUTHORITY: &str = "Fernshire County Council";

/// Its code in statistics: of the form of a county's, and no county has it.
pub const AUTHORITY_CODE: &str = "E10000099";

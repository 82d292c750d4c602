//! The directory: agencies and services, who answers for each entry and when it was last checked, whom to tell where; public
//! pages read it too. Every change is an entry that is only added, so that an import can be taken back and a history read.
//!
//! Nothing here is ever made from a child's record. What must not be found (a refuge, a children's home) is marked so, and
//! leaves this house without its address or not at all ([`listing::Listing::public`]).

mod cells;
mod change;
mod csv_in;
mod csv_out;
mod desk;
mod import;
mod invented;
pub mod listing;
mod oruk;
mod public;
mod remind;
mod shelf;
mod staged;
mod undo;

pub use cells::{COLUMNS, Cells};
pub use change::NewListing;
pub use desk::{DirectoryPage, ListedLine, ListedPage, Showing};
pub use import::{Counts, Imported, Incoming, Plan, ReadFile, RunEvent, RunLine, WrongRow};
pub use public::{Found, PublicListing, Sought};

pub use staged::Staged;

pub(crate) use shelf::Shelf;
pub(crate) use staged::Desk;

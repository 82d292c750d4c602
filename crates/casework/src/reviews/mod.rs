//! Reviews: who is asked and heard, what is missing before the day, what is decided in the meeting and who does it, the
//! record and its copies, and the reviewing officer's dispute. All of it stands in the chronology; what is read here is
//! made from its entries.

mod act;
mod before;
mod call;
mod change;
mod copies;
mod dispute;
mod draft;
mod facts;
mod fold;
mod invented;
mod meeting;
mod mine;
mod page;
mod parts;
mod seen;
mod year;

pub use act::{may_answer, owner_of};
pub use before::Before;
pub use call::{Calling, Invitee, Leaving, MovedTo, Wishes};
pub use copies::{CopyPage, CopyState};
pub use dispute::Step;
pub(crate) use draft::{homes_in, plain_text};
pub use invented::InventedPart;
pub(crate) use parts::part_of_form;

pub use facts::{ActionFact, Copy, Dispute, Held, LeftOut, Part, PartStanding, Review, ReviewFacts, Wished};
pub use meeting::{Decided, Finish};
pub use mine::MyReview;
pub use page::{PartLine, ReviewPage, ReviewsPage};
pub use seen::PartSeen;

pub use year::{ReviewYear, YearLine, YearList};

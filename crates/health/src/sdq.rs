//! The strengths and difficulties questionnaire: scoring by item number.
//!
//! The wording of the items belongs to its authors and is not here: an authority enters the numbers of a paper form, or
//! brings its licensed text. Items 1 to 25 are answered 0 (not true), 1 (somewhat) or 2 (certainly).

mod bands;
mod change;
mod items;
mod score;

pub use bands::{Band, Confidence, Scheme, band};
pub use change::{Change, Scored, changes};
pub use items::{Answers, Form, Informant, Mistyped, NoForm, Scale};
pub use score::{NotForReturn, Scores, Unscored, score};

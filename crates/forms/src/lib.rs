//! The forms engine: answers to the questions of a form, what is asked next, what is wrong, and what the answers become
//! in the record.
//!
//! Pure: a form comes from `guidance`, the day and what is known about the child are parameters, and whoever uses this
//! keeps the answers. Nothing here draws a page, and nothing here decides access.
//!
//! - [`Answers`] are what was filled in so far, as stored JSON that is read for ever.
//! - A [`Step`] is one page of the way through a form.

mod answer;
mod step;

pub use answer::{Address, Answer, AnsweredPerson, Answers, Key, Row, Upload};
pub use step::Step;

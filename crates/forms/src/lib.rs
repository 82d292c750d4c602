//! The forms engine: answers to the questions of a form, what is asked next, what is wrong, and what the answers become
//! in the record.
//!
//! Pure: a form comes from `guidance`, the day and what is known about the child are parameters, and whoever uses this
//! keeps the answers. Nothing here draws a page, and nothing here decides access.
//!
//! - [`Answers`] are what was filled in so far, as stored JSON that is read for ever; [`posted`] reads what a page sent
//!   into them.
//! - A [`Sheet`] is a form with its answers on a day: what is asked, [`Sheet::tasks`], [`Sheet::check_all`],
//!   [`Sheet::scores`], [`Sheet::becomes`], [`Sheet::freeze`].
//! - A [`Step`] is one page of the way through a form; [`Sheet::next`] leads from one to another.
//! - [`Frozen`] is the document: what was asked and answered, in words, for ever.

mod answer;
mod becomes;
mod check;
mod eval;
mod facts;
mod frozen;
mod offered;
pub mod posted;
mod prefill;
pub mod rich;
mod score;
mod sheet;
mod step;
mod task;
mod value;
pub mod words;
mod wrong;

pub use answer::{Address, Answer, AnsweredPerson, Answers, Key, Row, Upload};
pub use becomes::NewEntry;
pub use check::{Problem, Severity};
pub use facts::Facts;
pub use frozen::{CheckLine, Filled, Frozen, FrozenQuestion, FrozenSection};
pub use score::{Banded, Scored};
pub use sheet::{Sheet, is_offered};
pub use step::Step;
pub use task::{Handed, Task, TaskState};
pub use value::Value;

//! What must happen, for whom, by when and why: one pure function from a timeline, the rules and a day to duties.
//!
//! [`Rules::compile`] once; then [`duties`] for every child. Nothing here reads a clock, a file or a database. Each
//! duty carries the figures its date was worked out with; [`working_lines`] says them in words.

mod anchor;
pub mod category;
mod chain;
#[cfg(test)]
mod day_by_day;
mod due;
mod duty;
mod explain;
mod gate;
mod holds;
mod homes;
mod matchers;
mod never;
mod next;
mod recur;
mod rules;
mod search;
mod turns;
mod view;
mod working;

pub use chain::{duties, history};
pub use duty::{Duties, Duty, EndReason, HandoffState, Occurrence, Standing, State, Working};
pub use explain::{Explained, ExplainedCategory, ExplainedHandoff, ExplainedRung, Explanation, explain};
pub use rules::Rules;
pub use working::{long_date, short_date, working_lines};

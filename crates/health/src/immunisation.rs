//! Immunisations: what a child was given, what is missing, what is next.
//!
//! The schedule is data (`guidance/immunisation/*.toml`), because it changes every few years and each change follows the
//! children it was made for. Where the history is not known, nothing is ever called missing: it is *not known*, and
//! a clinician works out what to give.

mod mistake;
mod read;
mod report;
mod schedule;
mod span;

pub use mistake::{Mistake, Mistakes};
pub use read::read;
pub use report::{Dose, History, Known, Report, Row, State, report};
pub use schedule::{Confidence, Schedule, Series, Sex, Slot, in_force};
pub use span::Age;

//! Figures over many children: the indicators defined under `guidance/measures/`, counted from timelines, with the
//! children behind each figure.
//!
//! [`Counter::figures`] takes timelines and years and gives a [`Figure`] for every measure in force in each year:
//! denominator, numerator, exclusions and every split. [`publish`] hides what could point to a child; [`trend`] and
//! [`Table`] lay figures out for charts and files; [`check_examples`] works the examples of the definitions.
//! Nothing here reads a clock, a file or a database.

mod amount;
mod ask;
mod chain;
mod example;
mod figure;
mod groups;
mod home;
mod publish;
mod span;
mod table;
mod tally;
mod trend;
mod view;

pub use example::{Outcome, check_examples, work};
pub use figure::{Counted, Excluded, Figure, Sum};
pub use groups::{MOST_SPLITS, NOT_KNOWN};
pub use publish::{Public, PublicFigure, SMALLEST, publish};
pub use span::Span;
pub use table::{Audience, Cell, Table};
pub use tally::{Counter, Detail, Tally};
pub use trend::{Point, Trend, trend};

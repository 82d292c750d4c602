//! The arithmetic of a child's health: growth against the UK-WHO reference, immunisations against the schedule, and
//! the scoring of the strengths and difficulties questionnaire.
//!
//! Pure: dates and reference data are parameters. Nothing here decides about a child; it says what a figure means, or
//! why it cannot be said.

pub mod growth;
pub mod immunisation;
pub mod sdq;

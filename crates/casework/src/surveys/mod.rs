//! Surveys: a round of one is opened, people without an account are invited by a link that works once, and the results are
//! shown question by question with small numbers hidden.
//!
//! Where a survey promises that nobody can tell who answered what, nothing that is kept could: an answer has no recipient, no
//! time and a random id, all answers of a round lie in one encrypted box, mixed, and an invitation says only whether it was
//! used. Results are shown once the round is closed, so that nobody can see what changed with one more answer.

mod answers;
mod change;
mod desk;
mod invented;
mod letters;
mod out;
mod outside;
mod recipients;
mod results;
pub mod round;
mod single;
mod texts;

pub use desk::{NewRound, RoundLine, RoundPage, SurveyChoice, SurveysPage};
pub use outside::{SurveyAnswered, SurveyOpened};
pub use recipients::{MOST as MOST_RECIPIENTS, Recipient, Recipients, WrongLine, read as read_recipients};

pub(crate) use recipients::{is_email, line_of, with_plain_ends};
pub use results::{Choices, Chosen, Counted, Earlier, Outcome, Results, Texts};
pub use single::SinglePage;
pub use texts::{Cleared, TextsPage};

pub(crate) use letters::is_survey_mail;

//! Surveys: rounds and what they came to, for those who work here; and the page on which somebody answers who has no account.

mod answer;
mod list;
mod open;
mod out;
mod round;
mod single;
mod texts;

use kinfold_casework::surveys::round::Round;
use kinfold_look::Markup;
use kinfold_look::state::State;

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [
        list::routes(),
        open::routes(),
        round::routes(),
        single::routes(),
        texts::routes(),
        out::routes(),
        answer::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether a round can be answered.
fn standing(round: &Round, today: jiff::civil::Date) -> Markup {
    if round.is_open(today) { State::OnTime.saying("Open") } else { State::Ended.saying("Closed") }
}

/// A share in tenths of a per cent, as it is read.
fn share(tenths: Option<i64>) -> String {
    tenths.map_or_else(|| "hidden".to_owned(), |n| format!("{}.{}%", n / 10, n % 10))
}

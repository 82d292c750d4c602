//! Making the statutory return (SSDA903): what will be sent, what its rules find, signing it off, taking it away.

mod children;
mod files;
mod own;
mod part;
mod rule;
mod year;
mod years;

use kinfold_casework::census_return::collection;
use kinfold_look::date;

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    let strands =
        [years::routes(), year::routes(), children::routes(), own::routes(), rule::routes(), files::routes()];
    strands.into_iter().flatten().collect()
}

/// A collection in words: "2025-26".
fn collection_words(year: i16) -> String {
    collection(year)
}

/// A number and what it counts.
fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A moment as people write it.
fn moment(at: jiff::Timestamp) -> String {
    date::long_with_time(kinfold_casework::chronology::recorded_words(at))
}

//! Parts that the commands for operators share.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A line that counts upwards, shown only on a terminal.
pub(crate) fn counter(what: &str) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// "1 row", "2 rows".
pub(crate) fn count(number: impl TryInto<u64>, what: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    let plural = match what.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{what}s"),
    };
    format!("{number} {}", if number == 1 { what } else { &plural })
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn one_is_one_and_many_are_many() {
        assert_eq!(count(1_u64, "entry"), "1 entry");
        assert_eq!(count(2_u64, "entry"), "2 entries");
        assert_eq!(count(0_i64, "chronology"), "0 chronologies");
        assert_eq!(count(3_usize, "row"), "3 rows");
    }
}

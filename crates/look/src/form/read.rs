//! Reading what was typed: dates, times, required text. Every mistake becomes an error that says what to do.

use super::{FormState, id_of};
use jiff::civil::{Date, Time};

/// Whether an answer must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Required {
    /// It must.
    Yes,
    /// It may be left empty.
    No,
}

impl FormState {
    /// Text without the space around it. Missing though required: the error `message`. `None` when there is nothing to use.
    pub fn read_text(&mut self, name: &str, required: Required, message: &str) -> Option<String> {
        let text = self.value(name).trim();
        if !text.is_empty() {
            return Some(text.to_owned());
        }
        if required == Required::Yes {
            self.error(name, message);
        }
        None
    }

    /// Text of at most `max` characters; what is too long is refused, never cut.
    pub fn read_text_to(
        &mut self,
        name: &str,
        max: usize,
        required: Required,
        message: &str,
    ) -> Option<String> {
        let text = self.read_text(name, required, message)?;
        let length = text.chars().count();
        if length > max {
            self.error(name, format!("Shorten this to {max} characters or fewer. It has {length}"));
            return None;
        }
        Some(text)
    }

    /// The date in the three fields `name-day`, `name-month`, `name-year`. `what` names it in errors, with a capital: "Date of
    /// the visit". Months may be typed as words ("Dec"). A year must have four figures, so that nobody is born in the year 14.
    pub fn read_date(&mut self, name: &str, what: &str, required: Required) -> Option<Date> {
        let part = |suffix: &str| self.value(&format!("{name}-{suffix}")).trim().to_owned();
        let (day, month, year) = (part("day"), part("month"), part("year"));
        let missing: Vec<&str> = [("day", &day), ("month", &month), ("year", &year)]
            .into_iter()
            .filter_map(|(word, typed)| typed.is_empty().then_some(word))
            .collect();
        let id = id_of(name);
        match missing.as_slice() {
            [_, _, _] => {
                if required == Required::Yes {
                    self.error_at(name, format!("{id}-day"), format!("Enter the {}", lower_first(what)));
                }
                return None;
            }
            [] => {}
            [first, rest @ ..] => {
                let words =
                    rest.iter().fold((*first).to_owned(), |words, word| format!("{words} and {word}"));
                let message = format!("{what} must include a {words}");
                self.error_at(name, format!("{id}-{first}"), message);
                return None;
            }
        }
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            let message = format!("Year of the {} must have 4 figures, like 2026", lower_first(what));
            self.error_at(name, format!("{id}-year"), message);
            return None;
        }
        let date = year.parse().ok().zip(month_number(&month)).zip(day.parse().ok());
        let date = date.and_then(|((year, month), day)| Date::new(year, month, day).ok());
        if date.is_none() {
            self.error_at(name, format!("{id}-day"), format!("{what} must be a real date, like 27 3 2026"));
        }
        date
    }

    /// The time in the two fields `name-hour` (0 to 23) and `name-minute`. An empty minute means on the hour.
    pub fn read_time(&mut self, name: &str, what: &str, required: Required) -> Option<Time> {
        let hour = self.value(&format!("{name}-hour")).trim().to_owned();
        let minute = self.value(&format!("{name}-minute")).trim().to_owned();
        let id = id_of(name);
        if hour.is_empty() && minute.is_empty() {
            if required == Required::Yes {
                self.error_at(name, format!("{id}-hour"), format!("Enter the {}", lower_first(what)));
            }
            return None;
        }
        let minute = if minute.is_empty() { "0" } else { &minute };
        let time = hour
            .parse()
            .ok()
            .zip(minute.parse().ok())
            .and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
        if time.is_none() {
            self.error_at(name, format!("{id}-hour"), format!("{what} must be a real time, like 15 30"));
        }
        time
    }

    /// One of the values offered; anything else is treated as no answer, so that a made-up value never passes.
    pub fn read_choice(
        &mut self,
        name: &str,
        offered: &[&str],
        required: Required,
        message: &str,
    ) -> Option<String> {
        let value = self.value(name);
        if offered.contains(&value) {
            return Some(value.to_owned());
        }
        if required == Required::Yes || !value.is_empty() {
            self.error(name, message);
        }
        None
    }
}

/// A month as a number or as a word of at least three letters.
fn month_number(typed: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if let Ok(number) = typed.parse::<i8>() {
        return Some(number);
    }
    let typed = typed.to_lowercase();
    if typed.len() < 3 {
        return None;
    }
    (1..).zip(MONTHS).find_map(|(number, month)| month.starts_with(&typed).then_some(number))
}

fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn typed(day: &str, month: &str, year: &str) -> FormState {
        FormState::from_pairs([("visit-day", day), ("visit-month", month), ("visit-year", year)])
    }

    fn read(day: &str, month: &str, year: &str) -> (Option<Date>, Vec<String>) {
        let mut state = typed(day, month, year);
        let date = state.read_date("visit", "Date of the visit", Required::Yes);
        (date, state.errors().iter().map(|e| format!("{} {}", e.target, e.message)).collect())
    }

    #[test]
    fn real_dates_are_read_also_with_month_words_and_spaces() {
        assert_eq!(read("1", "12", "2026"), (Some(date(2026, 12, 1)), vec![]));
        assert_eq!(read(" 01 ", "Dec", "2026"), (Some(date(2026, 12, 1)), vec![]));
    }

    #[test]
    fn each_mistake_is_named_once_at_the_right_part() {
        assert_eq!(read("", "", "").1, ["visit-day Enter the date of the visit"]);
        assert_eq!(read("1", "", "").1, ["visit-month Date of the visit must include a month and year"]);
        assert_eq!(
            read("31", "2", "2026").1,
            ["visit-day Date of the visit must be a real date, like 27 3 2026"]
        );
        assert_eq!(
            read("1", "2", "26").1,
            ["visit-year Year of the date of the visit must have 4 figures, like 2026"]
        );
        assert_eq!(read("1", "2", "+026").0, None);
        assert_eq!(read("x", "y", "2026").0, None);
        assert_eq!(read("1", "ma", "2026").0, None, "two letters could be March or May");
    }

    #[test]
    fn an_empty_date_may_be_allowed() {
        let mut state = typed("", "", "");
        assert_eq!(state.read_date("visit", "Date of the visit", Required::No), None);
        assert!(!state.has_errors());
    }

    #[test]
    fn times_are_read_and_impossible_ones_refused() {
        let mut state = FormState::from_pairs([
            ("at-hour", "15"),
            ("at-minute", ""),
            ("to-hour", "25"),
            ("to-minute", "10"),
        ]);
        assert_eq!(state.read_time("at", "Time", Required::Yes), Time::new(15, 0, 0, 0).ok());
        assert_eq!(state.read_time("to", "End", Required::Yes), None);
        assert_eq!(state.errors()[0].message, "End must be a real time, like 15 30");
    }

    #[test]
    fn text_too_long_is_refused_not_cut() {
        let mut state = FormState::from_pairs([("why", "åäö åäö")]);
        assert_eq!(state.read_text_to("why", 7, Required::Yes, ""), Some("åäö åäö".into()));
        assert_eq!(state.read_text_to("why", 6, Required::Yes, ""), None);
        assert_eq!(state.value("why"), "åäö åäö");
    }

    #[test]
    fn a_made_up_choice_does_not_pass_even_when_none_is_needed() {
        let mut state = FormState::from_pairs([("seen", "maybe")]);
        assert_eq!(state.read_choice("seen", &["yes", "no"], Required::No, "Choose yes or no"), None);
        assert!(state.has_errors());
    }
}

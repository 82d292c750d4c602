//! Dates, times and ages in words. Nothing here knows what day it is: the day to count from is always handed in.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SpanRound, Unit};
use maud::{Markup, html};

/// "Tue 1 December 2026": for headings, sums and anything that is acted upon.
#[must_use]
pub fn long(date: Date) -> String {
    date.strftime("%a %-d %B %Y").to_string()
}

/// "1 Dec 2026": for tables and lists.
#[must_use]
pub fn short(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// "December 2026".
#[must_use]
pub fn month(date: Date) -> String {
    date.strftime("%B %Y").to_string()
}

/// "3:15pm", with "midday" and "midnight" in words because 12am and 12pm are misread.
#[must_use]
pub fn time(time: Time) -> String {
    match (time.hour(), time.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "midday".to_owned(),
        (hour, minute) => {
            let half = if hour < 12 { "am" } else { "pm" };
            let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
            if minute == 0 { format!("{hour}{half}") } else { format!("{hour}:{minute:02}{half}") }
        }
    }
}

/// "Tue 1 December 2026 at 3:15pm".
#[must_use]
pub fn long_with_time(at: DateTime) -> String {
    format!("{} at {}", long(at.date()), time(at.time()))
}

/// A long date as a `<time>` element that is not broken over two lines.
#[must_use]
pub fn long_element(date: Date) -> Markup {
    html! { time.kf-nowrap datetime=(date.to_string()) { (long(date)) } }
}

/// A short date as a `<time>` element that is not broken over two lines.
#[must_use]
pub fn short_element(date: Date) -> Markup {
    html! { time.kf-nowrap datetime=(date.to_string()) { (short(date)) } }
}

/// A date that may not be known. "Not known" is a value here, never a blank.
#[must_use]
pub fn short_or_unknown(date: Option<Date>) -> Markup {
    match date {
        Some(date) => short_element(date),
        None => unknown(),
    }
}

/// "Not known", marked as a value.
#[must_use]
pub fn unknown() -> Markup {
    html! { span.kf-unknown { "Not known" } }
}

/// What days are being counted, so that "3 days" is never ambiguous.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// Every day of the calendar.
    Calendar,
    /// Working days of the calendar the rule names.
    Working,
}

impl Days {
    const fn unit(self, one: bool) -> &'static str {
        match (self, one) {
            (Self::Calendar, true) => "day",
            (Self::Calendar, false) => "days",
            (Self::Working, true) => "working day",
            (Self::Working, false) => "working days",
        }
    }
}

/// How far off a date is, in words. `ahead` is days from today to the date: negative when it has passed.
///
/// "3 working days late", "due today", "due tomorrow", "due in 10 working days". A next *working* day is not called tomorrow.
#[must_use]
pub fn due_words(ahead: i64, days: Days) -> String {
    match (ahead, days) {
        (0, _) => "due today".to_owned(),
        (1, Days::Calendar) => "due tomorrow".to_owned(),
        (n, _) if n > 0 => format!("due in {n} {}", days.unit(n == 1)),
        (n, _) => {
            let late = n.unsigned_abs();
            format!("{late} {} late", days.unit(late == 1))
        }
    }
}

/// "3 days ago", "yesterday", "today", "tomorrow", "in 3 days", counted in calendar days.
#[must_use]
pub fn relative(date: Date, today: Date) -> String {
    let days = (date - today).get_days();
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        n if n > 0 => format!("in {n} days"),
        n => format!("{} days ago", n.unsigned_abs()),
    }
}

/// Whole years of age on a day; `None` when the day comes before birth. A person born on 29 February is a year older on 1 March.
#[must_use]
pub fn age_years(birth: Date, on: Date) -> Option<i16> {
    if on < birth {
        return None;
    }
    let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
    Some(on.year() - birth.year() - i16::from(!had_birthday))
}

/// Age in the words used of children: weeks to 8 weeks, months to 2 years, years and months to 5, then years.
/// "not yet born" before birth.
#[must_use]
pub fn age_words(birth: Date, on: Date) -> String {
    let Some(years) = age_years(birth, on) else { return "not yet born".to_owned() };
    let total_months = {
        let months =
            i32::from(on.year() - birth.year()) * 12 + i32::from(on.month()) - i32::from(birth.month());
        months - i32::from(on.day() < birth.day())
    };
    let days = (on - birth).get_days();
    if days < 56 {
        let weeks = days / 7;
        return if weeks == 0 { plural(days, "day") } else { plural(weeks, "week") };
    }
    if years < 2 {
        return plural(total_months, "month");
    }
    if years < 5 && total_months % 12 != 0 {
        return format!("{}, {}", plural(i32::from(years), "year"), plural(total_months % 12, "month"));
    }
    plural(i32::from(years), "year")
}

/// How long a stretch lasted, roughly, in words: "12 days", "7 weeks", "5 months", "3 years, 2 months". Both ends are dates at
/// which something was so; a stretch that ends the day it starts lasts "1 day".
#[must_use]
pub fn lasted(from: Date, to: Date) -> String {
    let days = (to - from).get_days().max(1);
    if days < 28 {
        return plural(days, "day");
    }
    if days < 84 {
        return plural(days / 7, "week");
    }
    let months = from
        .until((Unit::Month, to))
        .and_then(|span| {
            span.round(SpanRound::new().smallest(Unit::Month).relative(from).mode(jiff::RoundMode::Trunc))
        })
        .map_or(days / 30, |span| span.get_months());
    match (months / 12, months % 12) {
        (0, months) => plural(months, "month"),
        (years, 0) => plural(years, "year"),
        (years, months) => format!("{}, {}", plural(years, "year"), plural(months, "month")),
    }
}

fn plural(n: i32, unit: &str) -> String {
    if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time as clock};

    #[test]
    fn dates_read_as_people_say_them() {
        assert_eq!(long(date(2026, 12, 1)), "Tue 1 December 2026");
        assert_eq!(short(date(2026, 12, 1)), "1 Dec 2026");
        assert_eq!(long_with_time(date(2026, 12, 1).at(15, 15, 0, 0)), "Tue 1 December 2026 at 3:15pm");
    }

    #[test]
    fn noon_and_midnight_are_words() {
        assert_eq!(time(clock(12, 0, 0, 0)), "midday");
        assert_eq!(time(clock(0, 0, 0, 0)), "midnight");
        assert_eq!(time(clock(12, 5, 0, 0)), "12:05pm");
        assert_eq!(time(clock(0, 5, 0, 0)), "12:05am");
        assert_eq!(time(clock(9, 0, 0, 0)), "9am");
    }

    #[test]
    fn lateness_counts_in_the_days_of_the_rule() {
        assert_eq!(due_words(-3, Days::Working), "3 working days late");
        assert_eq!(due_words(-1, Days::Calendar), "1 day late");
        assert_eq!(due_words(0, Days::Working), "due today");
        assert_eq!(due_words(1, Days::Calendar), "due tomorrow");
        assert_eq!(due_words(1, Days::Working), "due in 1 working day");
        assert_eq!(due_words(10, Days::Working), "due in 10 working days");
    }

    #[test]
    fn age_turns_on_the_birthday() {
        let birth = date(2015, 6, 10);
        assert_eq!(age_years(birth, date(2026, 6, 9)), Some(10));
        assert_eq!(age_years(birth, date(2026, 6, 10)), Some(11));
        assert_eq!(age_years(birth, date(2015, 6, 9)), None);
        assert_eq!(age_years(date(2012, 2, 29), date(2026, 2, 28)), Some(13));
        assert_eq!(age_years(date(2012, 2, 29), date(2026, 3, 1)), Some(14));
    }

    #[test]
    fn age_is_told_more_finely_when_small() {
        assert_eq!(age_words(date(2026, 12, 1), date(2026, 12, 4)), "3 days");
        assert_eq!(age_words(date(2026, 11, 1), date(2026, 12, 1)), "4 weeks");
        assert_eq!(age_words(date(2025, 11, 15), date(2026, 12, 1)), "12 months");
        assert_eq!(age_words(date(2022, 9, 1), date(2026, 12, 1)), "4 years, 3 months");
        assert_eq!(age_words(date(2010, 9, 1), date(2026, 12, 1)), "16 years");
        assert_eq!(age_words(date(2027, 1, 1), date(2026, 12, 1)), "not yet born");
    }

    #[test]
    fn a_stretch_is_told_roughly() {
        assert_eq!(lasted(date(2026, 12, 1), date(2026, 12, 1)), "1 day");
        assert_eq!(lasted(date(2026, 11, 1), date(2026, 12, 20)), "7 weeks");
        assert_eq!(lasted(date(2023, 10, 1), date(2026, 12, 20)), "3 years, 2 months");
        assert_eq!(lasted(date(2026, 1, 15), date(2026, 12, 14)), "10 months");
    }
}

//! Sums with days. A comparison with a day that is missing is never true, as in the rules of the collection.

use jiff::Span;
use jiff::civil::Date;

/// Sums with a day. Past the ends of the calendar the last day there is stands in.
pub trait Days: Copy {
    /// So many days later (earlier when negative).
    fn plus_days(self, days: i32) -> Date;
    /// So many months later; the last of the month when there is no such day.
    fn plus_months(self, months: i32) -> Date;
    /// So many years later: the birthday, for a date of birth. Of 29 February it is 28 February in ordinary years.
    fn plus_years(self, years: i32) -> Date;
    /// Days until another day; negative when it is earlier.
    fn days_until(self, other: Date) -> i32;
    /// For a date of birth: completed years on a day; negative before birth.
    fn age_on(self, day: Date) -> i32;
}

impl Days for Date {
    fn plus_days(self, days: i32) -> Date {
        self.saturating_add(Span::new().days(days))
    }

    fn plus_months(self, months: i32) -> Date {
        self.saturating_add(Span::new().months(months))
    }

    fn plus_years(self, years: i32) -> Date {
        self.plus_months(years.saturating_mul(12))
    }

    fn days_until(self, other: Date) -> i32 {
        // Days alone have one unit, so the span cannot need a calendar; the widest span fits an i32.
        self.until(other).map_or(0, |span| span.get_days())
    }

    fn age_on(self, day: Date) -> i32 {
        let years = i32::from(day.year()) - i32::from(self.year());
        if day < self.plus_years(years) { years - 1 } else { years }
    }
}

/// Whether both days are there and the first is earlier.
pub fn before(a: impl Into<Option<Date>>, b: impl Into<Option<Date>>) -> bool {
    matches!((a.into(), b.into()), (Some(a), Some(b)) if a < b)
}

/// Whether both days are there and the first is later.
pub fn after(a: impl Into<Option<Date>>, b: impl Into<Option<Date>>) -> bool {
    before(b, a)
}

/// Whether both days are there and the same.
pub fn same(a: impl Into<Option<Date>>, b: impl Into<Option<Date>>) -> bool {
    matches!((a.into(), b.into()), (Some(a), Some(b)) if a == b)
}

/// Whether both days are there and the first is not later.
pub fn on_or_before(a: impl Into<Option<Date>>, b: impl Into<Option<Date>>) -> bool {
    matches!((a.into(), b.into()), (Some(a), Some(b)) if a <= b)
}

/// Whether both days are there and the first is not earlier.
pub fn on_or_after(a: impl Into<Option<Date>>, b: impl Into<Option<Date>>) -> bool {
    on_or_before(b, a)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_birthday_and_an_age() {
        let born = date(2012, 2, 29);
        assert_eq!(born.plus_years(5), date(2017, 2, 28));
        assert_eq!(born.age_on(date(2017, 2, 27)), 4);
        assert_eq!(born.age_on(date(2017, 2, 28)), 5);
        assert_eq!(born.age_on(date(2011, 2, 27)), -2);
    }

    #[test]
    fn days_are_counted_across_months() {
        assert_eq!(date(2025, 1, 31).days_until(date(2025, 3, 1)), 29);
        assert_eq!(date(2025, 1, 31).plus_months(1), date(2025, 2, 28));
        assert_eq!(date(2025, 3, 1).plus_days(-1), date(2025, 2, 28));
    }

    #[test]
    fn a_missing_day_is_neither_before_nor_after() {
        let day = date(2025, 1, 1);
        assert!(!before(None, day) && !after(None, day) && !same(None, None) && !on_or_before(day, None));
        assert!(before(day, date(2025, 1, 2)) && on_or_after(day, day));
    }
}

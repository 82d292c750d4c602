//! The days measured.

use jiff::civil::{Date, date};
use kinfold_guidance::{Period, Unit};
use kinfold_record::calendar::add_months;
use serde::{Deserialize, Serialize};

/// Twelve months, both ends included. What is asked "on the last day" is asked as at [`Span::to`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Span {
    /// The year that ends on 31 March of this one, as returns count; `None` outside the years 1 to 9999.
    pub fn year(ending: i16) -> Option<Self> {
        Some(Self { from: Date::new(ending.checked_sub(1)?, 4, 1).ok()?, to: Date::new(ending, 3, 31).ok()? })
    }

    /// The twelve months that end with a day, for a figure as at that day.
    pub fn ending(to: Date) -> Self {
        Self::back(to, Period { count: 12, unit: Unit::Months })
    }

    /// So long a stretch that ends with a day: a year to 31 March starts on 1 April.
    pub(crate) fn back(to: Date, period: Period) -> Self {
        let next = to.tomorrow().unwrap_or(to);
        Self { from: before(next, period).min(to), to }
    }

    pub(crate) fn ever(to: Date) -> Self {
        Self { from: date(1, 1, 1), to }
    }

    /// Whether a day lies in it.
    pub(crate) fn holds(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether something half-open ran on a day of it, or began in it.
    pub(crate) fn meets(self, start: Date, end: Option<Date>) -> bool {
        start <= self.to && (start >= self.from || end.is_none_or(|end| end > self.from))
    }
}

/// A day so long before another. Only days, weeks, months and years come here: the definitions are checked.
fn before(day: Date, period: Period) -> Date {
    let count = i32::from(period.count);
    match period.unit {
        Unit::Months => add_months(day, -count),
        Unit::Years => add_months(day, -12 * count),
        Unit::Weeks => add_days(day, -7 * count),
        Unit::Days | Unit::Hours | Unit::WorkingDays => add_days(day, -count),
    }
}

/// A day so long after another; working days are counted elsewhere.
pub(crate) fn after(day: Date, period: Period) -> Date {
    let count = i32::from(period.count);
    match period.unit {
        Unit::Months => add_months(day, count),
        Unit::Years => add_months(day, 12 * count),
        Unit::Weeks => add_days(day, 7 * count),
        Unit::Days | Unit::Hours | Unit::WorkingDays => add_days(day, count),
    }
}

fn add_days(day: Date, days: i32) -> Date {
    let far = if days < 0 { Date::MIN } else { Date::MAX };
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(far)
}

/// Whole days from one day to a later one; negative when it is earlier.
pub(crate) fn days_between(a: Date, b: Date) -> i64 {
    (b - a).get_days().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_ends_in_march_and_any_day_has_twelve_months_before_it() {
        assert_eq!(Span::year(2026), Some(Span { from: date(2025, 4, 1), to: date(2026, 3, 31) }));
        assert_eq!(Span::ending(date(2026, 3, 31)), Span { from: date(2025, 4, 1), to: date(2026, 3, 31) });
        assert_eq!(Span::ending(date(2026, 11, 21)).from, date(2025, 11, 22));
        assert_eq!(
            Span::back(date(2026, 3, 31), Period { count: 30, unit: Unit::Months }).from,
            date(2023, 10, 1)
        );
        assert_eq!(
            Span::back(date(2026, 3, 31), Period { count: 4, unit: Unit::Weeks }).from,
            date(2026, 3, 4)
        );
    }

    #[test]
    fn what_begins_and_ends_on_one_day_is_in_the_year_of_that_day() {
        let year = Span { from: date(2025, 4, 1), to: date(2026, 3, 31) };
        assert!(year.meets(date(2025, 4, 1), Some(date(2025, 4, 1))));
        assert!(!year.meets(date(2025, 3, 31), Some(date(2025, 4, 1))), "it was over when the year began");
        assert!(year.meets(date(2025, 3, 31), Some(date(2025, 4, 2))));
        assert!(!year.meets(date(2026, 4, 1), None));
    }
}

//! How old a child is for the purposes of growth, and the allowance for having been born early.

use jiff::civil::Date;
use jiff::{Span, SpanRelativeTo, Unit};
use thiserror::Error;

/// Days in a year, as the LMS references count them.
const YEAR: f64 = 365.25;
/// Days of a pregnancy at term.
const TERM: i32 = 280;

/// How long the pregnancy had lasted at birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gestation {
    days: i32,
}

/// A gestation that cannot be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GestationError {
    /// Fewer than 22 or more than 44 weeks.
    #[error(
        "A gestation of {0} weeks cannot be right: write 22 to 44 weeks, or leave it empty when it is not known."
    )]
    Weeks(u8),
    /// More than six days beside the weeks.
    #[error("Days beside the weeks of gestation go from 0 to 6; {0} were given.")]
    Days(u8),
}

/// Until when an age is corrected for having been born early. A child born from 37 weeks on is not corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// Born at term, or the gestation is not known.
    None,
    /// Born from 32 weeks and before 37: to the first birthday.
    ToOneYear,
    /// Born before 32 weeks: to the second birthday.
    ToTwoYears,
}

impl Gestation {
    /// From completed weeks (22 to 44) and days beside them (0 to 6).
    ///
    /// # Errors
    /// When either cannot be right.
    pub fn new(weeks: u8, days: u8) -> Result<Self, GestationError> {
        // 44 weeks and some days are still 44 completed weeks.
        if !(22..=44).contains(&weeks) {
            return Err(GestationError::Weeks(weeks));
        }
        if days > 6 {
            return Err(GestationError::Days(days));
        }
        Ok(Self { days: i32::from(weeks) * 7 + i32::from(days) })
    }

    /// Completed weeks.
    pub fn weeks(self) -> i32 {
        self.days / 7
    }

    /// Days beside the weeks.
    pub fn days(self) -> i32 {
        self.days % 7
    }

    /// Until when clinics correct the age of a child born at this gestation.
    pub fn correction(self) -> Correction {
        match self.weeks() {
            ..32 => Correction::ToTwoYears,
            32..37 => Correction::ToOneYear,
            _ => Correction::None,
        }
    }

    /// The age in years counted from the day the child was due instead of the day of birth. It is negative before that
    /// day. Children born after 40 weeks come out older.
    pub fn corrected_age(self, born: Date, on: Date) -> f64 {
        f64::from(days_between(born, on) - (TERM - self.days)) / YEAR
    }
}

impl Correction {
    /// Whether the corrected age is the one to read at this age in years since birth.
    pub fn applies(self, age: f64) -> bool {
        match self {
            Self::None => false,
            Self::ToOneYear => age < 1.0,
            Self::ToTwoYears => age < 2.0,
        }
    }
}

/// The age in years since birth: days divided by 365.25. Negative before birth.
pub fn decimal_age(born: Date, on: Date) -> f64 {
    f64::from(days_between(born, on)) / YEAR
}

fn days_between(born: Date, on: Date) -> i32 {
    // Every pair of dates that jiff can hold is less than eight million days apart.
    let span: Span = on.since(born).unwrap_or_default();
    span.total((Unit::Day, SpanRelativeTo::days_are_24_hours())).map_or(0, |days| days as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_age_is_days_over_a_mean_year() {
        assert_eq!(decimal_age(date(2012, 1, 28), date(2013, 4, 26)), 454.0 / 365.25);
        assert_eq!(decimal_age(date(2020, 2, 29), date(2020, 2, 29)), 0.0);
        assert_eq!(decimal_age(date(2020, 3, 1), date(2020, 2, 29)), -1.0 / 365.25);
        assert_eq!(decimal_age(Date::MIN, Date::MAX), f64::from(days_between(Date::MIN, Date::MAX)) / YEAR);
    }

    #[test]
    fn a_corrected_age_counts_from_the_day_the_child_was_due() {
        let early = Gestation::new(28, 3).unwrap();
        // 280 - 199 = 81 days early.
        assert_eq!(early.corrected_age(date(2026, 1, 1), date(2026, 4, 1)), 9.0 / YEAR);
        let late = Gestation::new(41, 2).unwrap();
        assert_eq!(late.corrected_age(date(2012, 1, 28), date(2013, 4, 26)), 463.0 / YEAR);
        assert_eq!((late.weeks(), late.days()), (41, 2));
    }

    #[test]
    fn correction_ends_by_how_early_the_child_was() {
        let ends = |weeks, days| Gestation::new(weeks, days).unwrap().correction();
        assert_eq!(ends(31, 6), Correction::ToTwoYears);
        assert_eq!(ends(32, 0), Correction::ToOneYear);
        assert_eq!(ends(36, 6), Correction::ToOneYear);
        assert_eq!(ends(37, 0), Correction::None);
        assert!(Correction::ToOneYear.applies(0.999) && !Correction::ToOneYear.applies(1.0));
        assert!(Correction::ToTwoYears.applies(1.999) && !Correction::ToTwoYears.applies(2.0));
    }

    #[test]
    fn an_impossible_gestation_is_refused() {
        assert_eq!(Gestation::new(21, 6), Err(GestationError::Weeks(21)));
        assert_eq!(Gestation::new(45, 0), Err(GestationError::Weeks(45)));
        assert_eq!(Gestation::new(30, 7), Err(GestationError::Days(7)));
        assert!(Gestation::new(22, 0).is_ok() && Gestation::new(44, 6).is_ok());
    }
}

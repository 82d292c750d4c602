//! Days as both databases keep them: numbered from 1 January 1970.

use jiff::civil::Date;

use crate::{Error, Result};

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// The number of a day.
pub(crate) fn to_number(day: Date) -> i64 {
    EPOCH.duration_until(day).as_hours() / 24
}

/// The day of a number.
pub(crate) fn of_number(number: i64) -> Result<Date> {
    number
        .checked_mul(24)
        .and_then(|hours| EPOCH.checked_add(jiff::SignedDuration::from_hours(hours)).ok())
        .ok_or_else(|| Error::Corrupt(format!("day {number} is out of range")))
}

//! Lengths of time as the law gives them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The unit a length of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Hours from an instant.
    Hours,
    /// Calendar days.
    Days,
    /// Working days in England and Wales.
    WorkingDays,
    /// Seven calendar days.
    Weeks,
    /// To the corresponding date, clipped to the end of the month.
    Months,
    /// Twelve months.
    Years,
}

impl Unit {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Hours => ("hour", "hours"),
            Self::Days => ("day", "days"),
            Self::WorkingDays => ("working day", "working days"),
            Self::Weeks => ("week", "weeks"),
            Self::Months => ("month", "months"),
            Self::Years => ("year", "years"),
        }
    }
}

/// A length of time: "20 working days", "3 months", "72 hours". Stored and shown as those words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Period {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
}

impl Period {
    /// A rough length in hours, only for comparing one period with another.
    pub(crate) fn rough_hours(self) -> u32 {
        let hours = match self.unit {
            Unit::Hours => 1,
            Unit::Days => 24,
            Unit::WorkingDays => 34,
            Unit::Weeks => 168,
            Unit::Months => 730,
            Unit::Years => 8766,
        };
        u32::from(self.count) * hours
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, many) = self.unit.words();
        write!(f, "{} {}", self.count, if self.count == 1 { one } else { many })
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "\"{text}\" is not a length of time: write a number and hours, days, working days, weeks, months or years"
            )
        };
        let (count, unit) = text.split_once(' ').ok_or_else(wrong)?;
        let count = count.parse().map_err(|_| wrong())?;
        let unit = [Unit::Hours, Unit::Days, Unit::WorkingDays, Unit::Weeks, Unit::Months, Unit::Years]
            .into_iter()
            .find(|u| u.words().0 == unit || u.words().1 == unit)
            .ok_or_else(wrong)?;
        Ok(Self { count, unit })
    }
}

//! Ages and lengths of time as a schedule writes them: “8 weeks”, “3 years 4 months”.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;

/// A length of time in years, months, weeks and days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Age {
    years: u8,
    months: u8,
    weeks: u8,
    days: u8,
}

impl Age {
    /// The day that lies so much after another. Twelve months after 29 February is 28 February.
    pub fn after(self, day: Date) -> Date {
        let span = Span::new()
            .years(i32::from(self.years))
            .months(i32::from(self.months))
            .weeks(i32::from(self.weeks))
            .days(i32::from(self.days));
        day.saturating_add(span)
    }
}

impl FromStr for Age {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("“{text}” is not a length of time: write “8 weeks”, “1 year” or “3 years 4 months”");
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut age = Self::default();
        let mut largest = 4;
        for pair in words.chunks(2) {
            let [number, unit] = pair else { return Err(wrong()) };
            let number: u8 = number.parse().ok().filter(|n| *n > 0).ok_or_else(wrong)?;
            let (rank, place) = match unit.strip_suffix('s').unwrap_or(unit) {
                "year" => (3, &mut age.years),
                "month" => (2, &mut age.months),
                "week" => (1, &mut age.weeks),
                "day" => (0, &mut age.days),
                _ => return Err(wrong()),
            };
            // Each unit once, the longest first.
            if rank >= largest {
                return Err(wrong());
            }
            largest = rank;
            *place = number;
        }
        if largest == 4 { Err(wrong()) } else { Ok(age) }
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(self.years, "year"), (self.months, "month"), (self.weeks, "week"), (self.days, "day")];
        let said = parts.into_iter().filter(|(number, _)| *number > 0);
        let said: Vec<String> = said
            .map(|(number, unit)| format!("{number} {unit}{}", if number == 1 { "" } else { "s" }))
            .collect();
        f.write_str(&said.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn lengths_of_time_are_read_and_written() {
        for text in ["8 weeks", "1 year", "18 months", "3 years 4 months", "1 day"] {
            assert_eq!(text.parse::<Age>().unwrap().to_string(), text);
        }
        for wrong in [
            "",
            "8",
            "weeks",
            "eight weeks",
            "0 weeks",
            "4 months 3 years",
            "1 year 1 year",
            "999 days",
            "8 moons",
        ] {
            assert!(wrong.parse::<Age>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_day_is_reached_by_the_calendar() {
        let after = |text: &str, day| text.parse::<Age>().unwrap().after(day);
        assert_eq!(after("3 years 4 months", date(2022, 9, 1)), date(2026, 1, 1));
        assert_eq!(after("1 year", date(2024, 2, 29)), date(2025, 2, 28));
        assert_eq!(after("12 weeks", date(2025, 4, 8)), date(2025, 7, 1));
        assert_eq!(after("255 years", date(9999, 1, 1)), Date::MAX);
    }
}

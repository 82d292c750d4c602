//! Working days in England and Wales (CPPCR 2010 reg 2(1)): every day except Saturday, Sunday, Christmas Day, Good
//! Friday and the bank holidays. The holidays are given (`guidance/calendar.toml`); nothing here knows them.

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, ToSpan};
use serde::Deserialize;
use thiserror::Error;

/// The longest calendar accepted, so that a mistyped year cannot ask for gigabytes.
const LONGEST_IN_DAYS: i32 = 366 * 200;

/// Why a list of holidays is not a calendar.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CalendarError {
    /// It ends before it begins.
    #[error("the calendar ends on {to}, before it begins on {from}: give `to` a later date than `from`")]
    Backwards {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// It covers more than two hundred years.
    #[error("the calendar runs from {from} to {to}, more than 200 years: look for a mistyped year")]
    TooLong {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// A holiday is before the first or after the last day.
    #[error("{name} on {on} is outside the calendar ({from} to {to}): change its date, or the calendar's")]
    Outside {
        /// The holiday's date.
        on: Date,
        /// Its name.
        name: String,
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// Two holidays have the same date.
    #[error("{on} is given twice, as {first} and as {second}: keep one")]
    Twice {
        /// The date.
        on: Date,
        /// Name of the one.
        first: String,
        /// Name of the other.
        second: String,
    },
}

/// `guidance/calendar.toml` as it is written; [`Calendar::try_from`] checks it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// First day covered.
    pub from: Date,
    /// Last day covered.
    pub to: Date,
    /// The holidays, in any order.
    #[serde(default)]
    pub holiday: Vec<Holiday>,
}

/// One bank holiday.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day it is kept.
    pub on: Date,
    /// What a person reads.
    pub name: String,
}

/// Whether the day counted from is itself the first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountFrom {
    /// The day counted from is day 0: "within 10 working days of".
    Exclusive,
    /// The day counted from is day 1 if it is a working day: "10 working days beginning with".
    Inclusive,
}

/// Where a count of working days arrived, and what it passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The last of the days counted.
    pub date: Date,
    /// The bank holidays passed over, oldest first; not the weekends.
    pub skipped: Vec<(Date, String)>,
    /// Whether part of the count lies outside the calendar, where bank holidays are not known and only weekends
    /// were passed over.
    pub beyond_horizon: bool,
}

/// Which days are working days, and how to count them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// First day covered.
    pub from: Date,
    /// Last day covered.
    pub horizon: Date,
    /// The holidays, oldest first.
    pub holidays: Vec<(Date, String)>,
    /// For each day from `from` on, how many working days there are up to and including it. The engine counts
    /// millions of times, so a count is two look-ups.
    rank: Vec<u32>,
    /// The working days, oldest first.
    days: Vec<Date>,
}

impl TryFrom<CalendarFile> for Calendar {
    type Error = CalendarError;

    fn try_from(file: CalendarFile) -> Result<Self, CalendarError> {
        Self::new(file.from, file.to, file.holiday.into_iter().map(|h| (h.on, h.name)).collect())
    }
}

impl Calendar {
    /// A calendar from its first to its last day covered, with its holidays in any order.
    ///
    /// # Errors
    /// When it ends before it begins, covers more than 200 years, or a holiday is outside it or given twice.
    pub fn new(from: Date, horizon: Date, mut holidays: Vec<(Date, String)>) -> Result<Self, CalendarError> {
        if horizon < from {
            return Err(CalendarError::Backwards { from, to: horizon });
        }
        if days_between(from, horizon) > LONGEST_IN_DAYS {
            return Err(CalendarError::TooLong { from, to: horizon });
        }
        holidays.sort();
        for pair in holidays.windows(2) {
            if let [(on, first), (again, second)] = pair
                && on == again
            {
                return Err(CalendarError::Twice { on: *on, first: first.clone(), second: second.clone() });
            }
        }
        if let Some((on, name)) = holidays.iter().find(|(on, _)| *on < from || *on > horizon) {
            return Err(CalendarError::Outside { on: *on, name: name.clone(), from, to: horizon });
        }
        let mut rank = Vec::new();
        let mut days = Vec::new();
        let mut count = 0;
        let mut next = holidays.iter().map(|(on, _)| *on).peekable();
        let mut day = from;
        while day <= horizon {
            let holiday = next.next_if_eq(&day).is_some();
            if !holiday && !is_weekend(day) {
                count += 1;
                days.push(day);
            }
            rank.push(count);
            let Ok(tomorrow) = day.tomorrow() else { break };
            day = tomorrow;
        }
        Ok(Self { from, horizon, holidays, rank, days })
    }

    /// Whether a day is a working day. Outside the calendar only weekends are known not to be.
    pub fn is_working_day(&self, day: Date) -> bool {
        !is_weekend(day) && self.holidays.binary_search_by_key(&day, |(on, _)| *on).is_err()
    }

    /// The name of the bank holiday on a day, if it is one.
    pub fn holiday(&self, day: Date) -> Option<&str> {
        let at = self.holidays.binary_search_by_key(&day, |(on, _)| *on).ok()?;
        self.holidays.get(at).map(|(_, name)| name.as_str())
    }

    /// The `n`th working day from a day, with the bank holidays passed over on the way. No days from a day is that
    /// day, working or not.
    pub fn add_working_days(&self, from: Date, n: u32, count_from: CountFrom) -> Counted {
        let date = self.add_working_days_date(from, n, count_from);
        let first = match count_from {
            _ if n == 0 => date,
            CountFrom::Inclusive => from,
            CountFrom::Exclusive => from.saturating_add(1.day()),
        };
        let start = self.holidays.partition_point(|(on, _)| *on < first);
        let skipped = self
            .holidays
            .iter()
            .skip(start)
            .take_while(|(on, _)| *on < date)
            .filter(|(on, _)| !is_weekend(*on))
            .cloned()
            .collect();
        Counted { date, skipped, beyond_horizon: date > self.horizon || from < self.from }
    }

    /// [`Self::add_working_days`] without what was passed over: no allocation, two look-ups within the calendar.
    pub fn add_working_days_date(&self, from: Date, n: u32, count_from: CountFrom) -> Date {
        if n == 0 {
            return from;
        }
        let day_before = match count_from {
            CountFrom::Exclusive => from,
            CountFrom::Inclusive => from.yesterday().unwrap_or(from),
        };
        let counted = match self.offset(day_before) {
            Some(at) => self.rank.get(at).copied(),
            None if days_between(self.from, day_before) == -1 => Some(0),
            None => None,
        };
        let Some(counted) = counted else { return self.step(day_before, n) };
        let wanted = usize::try_from(counted).unwrap_or(usize::MAX).saturating_add(n as usize - 1);
        match self.days.get(wanted) {
            Some(date) => *date,
            // Past the horizon: what is left of the count after the last working day that is known.
            None => self.step(self.horizon, n - (self.rank.last().copied().unwrap_or(0) - counted)),
        }
    }

    /// How many working days lie after `a`, up to and including `b`; negative when `b` is before `a`. The reverse of
    /// [`Self::add_working_days`] counting exclusively.
    pub fn working_days_between(&self, a: Date, b: Date) -> i32 {
        if b < a {
            return -self.working_days_between(b, a);
        }
        match (self.offset(a), self.offset(b)) {
            (Some(a), Some(b)) => {
                let up_to = |at: usize| self.rank.get(at).copied().unwrap_or(0);
                i32::try_from(up_to(b) - up_to(a)).unwrap_or(i32::MAX)
            }
            _ => {
                let mut count = 0;
                let mut day = a;
                while day < b {
                    let Ok(tomorrow) = day.tomorrow() else { break };
                    day = tomorrow;
                    count += i32::from(self.is_working_day(day));
                }
                count
            }
        }
    }

    /// A warning for the people who keep the calendar, when fewer than twelve months of it remain.
    pub fn horizon_warning(&self, today: Date) -> Option<String> {
        (self.horizon < today.saturating_add(12.months())).then(|| {
            format!(
                "The calendar of bank holidays ends on {}. After that day only weekends are counted, so dates may be \
                 too early. Add the holidays announced since to calendar.toml.",
                self.horizon
            )
        })
    }

    /// Position of a day in the calendar, if it covers the day.
    fn offset(&self, day: Date) -> Option<usize> {
        usize::try_from(days_between(self.from, day)).ok().filter(|at| *at < self.rank.len())
    }

    /// The `n`th working day after a day, one day at a time.
    fn step(&self, mut day: Date, mut n: u32) -> Date {
        while n > 0 {
            let Ok(tomorrow) = day.tomorrow() else { break };
            day = tomorrow;
            n -= u32::from(self.is_working_day(day));
        }
        day
    }
}

/// The same day of the month, `n` months on; the last day of a shorter month (the corresponding date rule).
pub fn add_months(from: Date, n: i32) -> Date {
    // As jiff adds a span of months, without making one: duties are worked out for every child at once.
    let months = i32::from(from.year()) * 12 + i32::from(from.month()) - 1 + n;
    let (year, month) = (i16::try_from(months.div_euclid(12)), i8::try_from(months.rem_euclid(12) + 1));
    let first = year.ok().zip(month.ok()).and_then(|(year, month)| Date::new(year, month, 1).ok());
    let same_day = first
        .and_then(|first| Date::new(first.year(), first.month(), from.day().min(first.days_in_month())).ok());
    same_day.unwrap_or(if n < 0 { Date::MIN } else { Date::MAX })
}

/// The day `n` days on, or back when `n` is negative.
pub fn add_days(from: Date, n: i32) -> Date {
    from.saturating_add(SignedDuration::from_hours(i64::from(n) * 24))
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Calendar days from `a` to `b`; negative when `b` is before `a`.
fn days_between(a: Date, b: Date) -> i32 {
    i32::try_from(b.duration_since(a).as_hours() / 24).unwrap_or(i32::MAX)
}

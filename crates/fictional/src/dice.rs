//! Chance that repeats: every draw follows from the seed, so one seed gives one council for ever.

use jiff::civil::{Date, Time, Weekday};
use jiff::{Span, Timestamp};
use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};
use uuid::{Builder, Uuid};

/// A stream of draws. The generator's output is fixed by its authors, and the sampling below is our own, because the
/// sampling of a general library may change between releases and would change every invented child with it.
#[derive(Debug, Clone)]
pub struct Dice(Xoshiro256PlusPlus);

impl Dice {
    /// The stream for one thing (a family, a carer, a team) of a council. Streams do not touch each other: adding a
    /// family leaves the others as they were.
    pub fn new(seed: u64, of: &str, number: usize) -> Self {
        // FNV-1a over the parts: short, stable, and good enough to part the streams.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed.rotate_left(32);
        for byte in of.bytes().chain(number.to_le_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(Xoshiro256PlusPlus::seed_from_u64(hash ^ seed))
    }

    /// A number below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * (n as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = usize::try_from(high.saturating_sub(low)).unwrap_or(0) + 1;
        low + i32::try_from(self.below(width)).unwrap_or(0)
    }

    /// True this often in a thousand.
    pub fn often(&mut self, in_thousand: usize) -> bool {
        self.below(1000) < in_thousand
    }

    /// One of these.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// One of these, by weight.
    pub fn weighted<T: Copy>(&mut self, of: &[(T, usize)]) -> T {
        let total = of.iter().map(|(_, w)| w).sum();
        let mut at = self.below(total);
        for (value, weight) in of {
            if at < *weight {
                return *value;
            }
            at -= weight;
        }
        of[of.len() - 1].0
    }

    /// A day in `[from, to)`; `from` when there is none.
    pub fn day(&mut self, from: Date, to: Date) -> Date {
        plus(from, self.between(0, (days(from, to) - 1).max(0)))
    }

    /// A working hour and minute.
    pub fn office_hour(&mut self) -> Time {
        Time::constant(0, 0, 0, 0) + Span::new().minutes(self.between(8 * 60 + 40, 18 * 60 + 20))
    }

    /// A UUID version 7 made at this instant.
    pub fn id(&mut self, at: Timestamp) -> Uuid {
        let mut random = [0_u8; 10];
        self.0.fill_bytes(&mut random);
        Builder::from_unix_timestamp_millis(u64::try_from(at.as_millisecond()).unwrap_or(0), &random)
            .into_uuid()
    }
}

/// So many days later (earlier when negative). Stays put at the ends of the calendar, which no life here reaches.
pub fn plus(on: Date, days: i32) -> Date {
    on.checked_add(Span::new().days(days)).unwrap_or(on)
}

/// So many months later, on the corresponding day.
pub fn months(on: Date, months: i32) -> Date {
    on.checked_add(Span::new().months(months)).unwrap_or(on)
}

/// Days from one day to another.
pub fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// This day, or the Friday before when it falls on a weekend.
pub fn weekday(on: Date) -> Date {
    match on.weekday() {
        Weekday::Saturday => plus(on, -1),
        Weekday::Sunday => plus(on, -2),
        _ => on,
    }
}

/// So many weekdays later. Bank holidays only move a statutory date further away, so what is on time here is on time
/// by the statutory calendar too.
pub fn weekdays_after(on: Date, count: i32) -> Date {
    let mut at = on;
    let mut left = count;
    while left > 0 {
        at = plus(at, 1);
        if !matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    at
}

/// A birthday, as the record counts it: 29 February is kept on 1 March in common years.
pub fn birthday(born: Date, age: i32) -> Date {
    let year = i16::try_from(i32::from(born.year()) + age).unwrap_or(born.year());
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).unwrap_or(born)
}

/// Completed years on a day.
pub fn age(born: Date, on: Date) -> i32 {
    let years = i32::from(on.year()) - i32::from(born.year());
    if on < birthday(born, years) { years - 1 } else { years }
}

//! A number as a person writes it: exact, with up to four places. Binary fractions would not read back as they were
//! written, and what was written in a form is kept for ever.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How many parts one is divided into.
const PARTS: i64 = 10_000;
/// Largest whole number held. Sums of a table's worth of these stay far inside `i64`.
const LARGEST: i64 = 1_000_000_000;

/// A decimal number with up to four places. Stored as text: `"12.5"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Decimal(i64);

impl Decimal {
    /// A whole number; beyond a thousand million, that.
    pub fn whole(n: i64) -> Self {
        Self(n.clamp(-LARGEST, LARGEST) * PARTS)
    }

    /// The whole number it is, when it is one.
    pub fn to_whole(self) -> Option<i64> {
        (self.0 % PARTS == 0).then_some(self.0 / PARTS)
    }

    /// The nearest whole number; halves go up, as published scoring rules ask.
    pub fn round_half_up(self) -> Self {
        Self((self.0 + PARTS / 2).div_euclid(PARTS) * PARTS)
    }

    /// How many places after the point are used.
    pub fn places(self) -> u8 {
        (0..4).find(|p| self.0 % 10_i64.pow(4 - u32::from(*p)) == 0).unwrap_or(4)
    }

    /// This times a fraction, to four places (halves up). Nothing when the divisor is 0 or the result is too large.
    pub fn scaled(self, times: i64, over: i64) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(times) * 2;
        let over = i128::from(over) * 2;
        let half = over.checked_div(2)?;
        Self::within((product + half).checked_div_euclid(over)?)
    }

    /// The product, to four places (halves up), when it is not too large.
    pub fn times(self, other: Self) -> Option<Self> {
        self.scaled(other.0, PARTS)
    }

    fn within(parts: i128) -> Option<Self> {
        let parts = i64::try_from(parts).ok()?;
        (parts.abs() <= LARGEST * PARTS).then_some(Self(parts))
    }

    /// The sum, when it is not too large.
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::within(i128::from(self.0) + i128::from(other.0))
    }

    /// The difference, when it is not too large.
    pub fn minus(self, other: Self) -> Option<Self> {
        Self::within(i128::from(self.0) - i128::from(other.0))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.abs() / PARTS, self.0.abs() % PARTS);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let part = format!("{part:04}");
        write!(f, "{sign}{whole}.{}", part.trim_end_matches('0'))
    }
}

impl FromStr for Decimal {
    type Err = &'static str;

    /// "12", "12.5", "-0.25", "1,250.5". No exponents, at most four places.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const NOT: &str = "not a number like 12 or 12.5";
        let text = text.trim();
        let (negative, text) = match text.strip_prefix('-').or_else(|| text.strip_prefix('\u{2212}')) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let whole = without_thousands(whole).ok_or(NOT)?;
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || !digits(&whole) || !digits(part) {
            return Err(NOT);
        }
        let part = part.trim_end_matches('0');
        if part.len() > 4 {
            return Err("a number with more than four places");
        }
        let whole: i64 =
            if whole.is_empty() { 0 } else { whole.parse().map_err(|_| "too large a number")? };
        if whole >= LARGEST {
            return Err("too large a number");
        }
        let part: i64 = format!("{part:0<4}").parse().map_err(|_| NOT)?;
        let parts = whole * PARTS + part;
        Ok(Self(if negative { -parts } else { parts }))
    }
}

/// "1,250" is a thousand and a quarter; "12,5" is not a number here, and guessing would make 125 of it.
fn without_thousands(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (1..=3).contains(&first.len()) && rest.iter().all(|g| g.len() == 3);
    grouped.then(|| format!("{first}{}", rest.concat()))
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn it_is_written_as_it_was_read() {
        for text in ["0", "12", "12.5", "-0.25", "999999999.9999", "0.0001"] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
        }
        for (typed, kept) in
            [("1,250.50", "1250.5"), (" 7. ", "7"), (".5", "0.5"), ("\u{2212}3", "-3"), ("-0", "0")]
        {
            assert_eq!(typed.parse::<Decimal>().unwrap().to_string(), kept);
        }
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in
            ["", "-", ".", "12,5", "1,25", "1e9", "0.00001", "1000000000", "12 kg", "٣", "--1", "1.2.3"]
        {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn halves_go_up() {
        let round = |text: &str| text.parse::<Decimal>().unwrap().round_half_up().to_string();
        assert_eq!([round("2.5"), round("2.4999"), round("-2.5"), round("6.6667")], ["3", "2", "-2", "7"]);
        let four = Decimal::whole(4);
        assert_eq!(four.scaled(5, 3).unwrap().to_string(), "6.6667");
        assert_eq!(four.scaled(1, 0), None);
        assert_eq!(Decimal::whole(2).scaled(5, 4).unwrap().round_half_up(), Decimal::whole(3));
    }

    #[test]
    fn places_are_counted() {
        let places = |text: &str| text.parse::<Decimal>().unwrap().places();
        assert_eq!(
            [places("3"), places("3.5"), places("3.25"), places("0.0001"), places("10")],
            [0, 1, 2, 4, 0]
        );
    }
}

//! How a day is written into bytes. As text for people (JSON), where stored entries and golden files have it; as one
//! small number where only a program reads: a timeline has hundreds of days, and reading each from text took as long
//! as everything else in it.
//!
//! Use as `#[serde(with = "kinfold_record::packed")]`, or [`maybe`] for a day that may be missing.

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(crate) mod happenings;

/// Year, month and day side by side: 5 bits for the day, 4 for the month, the rest for the year. In the order of days.
fn pack(day: Date) -> i32 {
    i32::from(day.year()) << 9 | i32::from(day.month()) << 5 | i32::from(day.day())
}

fn unpack(packed: i32) -> Option<Date> {
    let day = i8::try_from(packed & 0x1f).ok()?;
    let month = i8::try_from(packed >> 5 & 0xf).ok()?;
    Date::new(i16::try_from(packed >> 9).ok()?, month, day).ok()
}

/// Writes a day.
///
/// # Errors
/// As the serializer.
pub fn serialize<S: Serializer>(day: &Date, s: S) -> Result<S::Ok, S::Error> {
    if s.is_human_readable() { day.serialize(s) } else { pack(*day).serialize(s) }
}

/// Reads a day.
///
/// # Errors
/// When it is no day of the calendar.
pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Date, D::Error> {
    if d.is_human_readable() {
        return Date::deserialize(d);
    }
    unpack(i32::deserialize(d)?).ok_or_else(|| D::Error::custom("not a day of the calendar"))
}

/// A day or none.
pub mod maybe {
    use super::{Date, Deserialize, Deserializer, Serialize, Serializer, pack, unpack};
    use serde::de::Error as _;

    /// Writes a day or none.
    ///
    /// # Errors
    /// As the serializer.
    pub fn serialize<S: Serializer>(day: &Option<Date>, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() { day.serialize(s) } else { day.map(pack).serialize(s) }
    }

    /// Reads a day or none.
    ///
    /// # Errors
    /// When it is no day of the calendar.
    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Date>, D::Error> {
        if d.is_human_readable() {
            return Option::deserialize(d);
        }
        Option::<i32>::deserialize(d)?
            .map(|packed| unpack(packed).ok_or_else(|| D::Error::custom("not a day of the calendar")))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;

    use super::{pack, unpack};

    #[test]
    fn every_day_of_five_centuries_comes_back_and_keeps_its_order() {
        let mut day = date(1800, 1, 1);
        let mut before = i32::MIN;
        while day < date(2300, 1, 1) {
            let packed = pack(day);
            assert_eq!(unpack(packed), Some(day));
            assert!(packed > before);
            before = packed;
            day = day.checked_add(1.day()).unwrap();
        }
        for day in [jiff::civil::Date::MIN, jiff::civil::Date::MAX, date(-1, 12, 31)] {
            assert_eq!(unpack(pack(day)), Some(day));
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for packed in [0, 2026 << 9, 2026 << 9 | 2 << 5 | 30, 2026 << 9 | 13 << 5 | 1, i32::MAX] {
            assert_eq!(unpack(packed), None, "{packed}");
        }
    }
}

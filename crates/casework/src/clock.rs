//! Where time and randomness come in: tests pass their own, so that every use case can be repeated exactly.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use rand::Rng;
use uuid::{ContextV7, Uuid};

/// What time it is.
pub trait Clock: Send + Sync {
    /// The instant, to the microsecond (PostgreSQL keeps no more).
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        truncate(Timestamp::now())
    }
}

/// A clock that a test or a demo sets.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// Starts at an instant.
    pub fn new(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.as_microsecond()))
    }

    /// Moves to an instant.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.as_microsecond(), Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// To the microsecond.
pub fn truncate(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// The time zone that statutory days are counted in. Shipped with the binary, so it is there on any machine.
pub fn england() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

/// An instant as a person in England reads it.
pub fn in_england(at: Timestamp) -> Zoned {
    at.to_zoned(england())
}

/// The civil day in England at an instant.
pub fn day(at: Timestamp) -> Date {
    in_england(at).date()
}

/// Where new ids come from. Entries recorded at one instant are read in the order of their ids, so what is made first within
/// a millisecond must also sort first.
#[derive(Debug, Default)]
pub struct Ids(Mutex<ContextV7>);

impl Ids {
    /// A new id (UUID version 7) that sorts after every other id made here.
    pub fn next(&self, at: Timestamp) -> Uuid {
        let seconds = u64::try_from(at.as_second()).unwrap_or(0);
        let nanos = u32::try_from(at.subsec_nanosecond()).unwrap_or(0);
        // Nothing that holds the lock can leave a counter that is worse than before.
        let context = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Uuid::new_v7(uuid::Timestamp::from_unix(&*context, seconds, nanos))
    }
}

/// Random bytes from the operating system's generator by way of the thread's.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_as_they_were_made_within_an_instant_and_when_the_clock_goes_back() {
        let ids = Ids::default();
        let at = Timestamp::from_second(1_790_000_000).unwrap();
        let back = Timestamp::from_second(1_789_999_999).unwrap();
        let made: Vec<Uuid> = (0..1000).map(|i| ids.next(if i % 10 == 9 { back } else { at })).collect();
        assert!(made.windows(2).all(|two| two[0] < two[1]));
        assert_eq!(made[0].get_timestamp().unwrap().to_unix().0, 1_790_000_000);
    }
}

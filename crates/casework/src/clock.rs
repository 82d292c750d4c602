//! Where time and randomness come in: tests pass their own, so that every use case can be repeated exactly.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use rand::Rng;
use uuid::Uuid;

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

/// A new id, ordered by time.
pub fn new_id(at: Timestamp) -> Uuid {
    let bytes: [u8; 10] = random();
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

/// Random bytes from the operating system's generator by way of the thread's.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

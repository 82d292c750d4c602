//! How the events of a timeline are written into bytes. As a list for people (JSON). Where only a program reads, side by
//! side in one run of bytes with every value at a known place: a timeline has hundreds of events, and so it is read about a
//! tenth sooner than when each of their fields is asked for in turn (`docs/performance.md`).
//!
//! For each event: the entry (16 bytes), the kind (2), the day (4), the sensitivity (1), whether there is a time of day
//! (1) and the time (hour, minute, second, and 4 for what is left of the second), how long its facts are (2), and the
//! facts. Numbers have their lowest byte first. Kinds and sensitivities are known by their place in the list of all.

use std::fmt;

use jiff::civil::Time;
use serde::de::Visitor;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::{pack, unpack};
use crate::{EntryId, EventKind, Facts, Happening, Sensitivity};

/// What most events take: used to make room for them all at once.
const USUAL: usize = 48;

/// Writes the events of a timeline.
///
/// # Errors
/// As the serializer; and when the facts of an event are too long, which no form of event allows.
pub(crate) fn serialize<S: Serializer>(events: &[Happening], s: S) -> Result<S::Ok, S::Error> {
    if s.is_human_readable() {
        return events.serialize(s);
    }
    let mut bytes = Vec::with_capacity(events.len() * USUAL);
    for event in events {
        bytes.extend_from_slice(event.entry.0.as_bytes());
        bytes.extend_from_slice(&(event.kind as u16).to_le_bytes());
        bytes.extend_from_slice(&pack(event.on).to_le_bytes());
        bytes.push(event.sensitivity as u8);
        bytes.push(u8::from(event.at.is_some()));
        if let Some(at) = event.at {
            let [hour, minute, second] = [at.hour(), at.minute(), at.second()].map(i8::cast_unsigned);
            bytes.extend_from_slice(&[hour, minute, second]);
            bytes.extend_from_slice(&at.subsec_nanosecond().to_le_bytes());
        }
        let facts = event.facts.bytes();
        let length = u16::try_from(facts.len()).map_err(|_| S::Error::custom("the facts are too long"))?;
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(facts);
    }
    s.serialize_bytes(&bytes)
}

/// Reads the events of a timeline.
///
/// # Errors
/// When the bytes are no events.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Happening>, D::Error> {
    if d.is_human_readable() { Vec::deserialize(d) } else { d.deserialize_bytes(Packed) }
}

struct Packed;

impl Visitor<'_> for Packed {
    type Value = Vec<Happening>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("packed events")
    }

    fn visit_bytes<E: serde::de::Error>(self, mut rest: &[u8]) -> Result<Vec<Happening>, E> {
        let mut events = Vec::with_capacity(rest.len() / USUAL);
        while !rest.is_empty() {
            events.push(event(&mut rest).ok_or_else(|| E::custom("not the events of a timeline"))?);
        }
        Ok(events)
    }
}

/// The next event, taken off the bytes.
fn event(rest: &mut &[u8]) -> Option<Happening> {
    // What every event has is taken off at once.
    let mut head: &[u8] = take::<24>(rest)?;
    let entry = EntryId(Uuid::from_bytes(*take(&mut head)?));
    let kind = *EventKind::ALL.get(usize::from(u16::from_le_bytes(*take(&mut head)?)))?;
    let on = unpack(i32::from_le_bytes(*take(&mut head)?))?;
    let [sensitivity, timed] = *take(&mut head)?;
    let sensitivity = *Sensitivity::ALL.get(usize::from(sensitivity))?;
    let at = match timed {
        0 => None,
        1 => Some(time(rest)?),
        _ => return None,
    };
    let length = u16::from_le_bytes(*take(rest)?);
    let (facts, after) = rest.split_at_checked(usize::from(length))?;
    *rest = after;
    Some(Happening { entry, kind, on, at, sensitivity, facts: Facts::of_bytes(facts) })
}

fn time(rest: &mut &[u8]) -> Option<Time> {
    let [hour, minute, second] = take::<3>(rest)?.map(u8::cast_signed);
    Time::new(hour, minute, second, i32::from_le_bytes(*take(rest)?)).ok()
}

fn take<'b, const N: usize>(rest: &mut &'b [u8]) -> Option<&'b [u8; N]> {
    let (taken, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::Fact;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Held {
        #[serde(with = "super")]
        events: Vec<Happening>,
        after: u8,
    }

    fn events() -> impl Strategy<Value = Vec<Happening>> {
        let fact = (0u8..40, ".{0,30}").prop_map(|(field, value)| Fact { field, value: value.into() });
        let kind = prop::sample::select(EventKind::ALL);
        let sensitivity = prop::sample::select(Sensitivity::ALL.to_vec());
        let at = prop::option::of((0i8..24, 0i8..60, 0i8..60, 0i32..1_000_000_000));
        let day = (1900i16..2200, 1i8..13, 1i8..29);
        let one = (any::<u128>(), kind, day, at, sensitivity, prop::collection::vec(fact, 0..6)).prop_map(
            |(entry, kind, (y, m, d), at, sensitivity, facts)| Happening {
                entry: EntryId(Uuid::from_u128(entry)),
                kind,
                on: date(y, m, d),
                at: at.map(|(h, m, s, n)| time(h, m, s, n)),
                sensitivity,
                facts: facts.into_iter().collect(),
            },
        );
        prop::collection::vec(one, 0..12)
    }

    proptest! {
        #[test]
        fn what_is_stored_is_read_back(events in events()) {
            let held = Held { events, after: 7 };
            let stored = postcard::to_stdvec(&held).unwrap();
            prop_assert_eq!(&postcard::from_bytes::<Held>(&stored).unwrap(), &held);
            let shown = serde_json::to_string(&held).unwrap();
            prop_assert_eq!(serde_json::from_str::<Held>(&shown).unwrap(), held);
        }

        /// A projection that was damaged is refused or gives other events, and never breaks the program.
        #[test]
        fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Packed.visit_bytes::<postcard::Error>(&bytes);
        }

        #[test]
        fn what_is_cut_off_is_refused(events in events(), off in 1usize..20) {
            let stored = postcard::to_stdvec(&Held { events: events.clone(), after: 7 }).unwrap();
            let bytes: &[u8] = postcard::from_bytes(&stored).unwrap();
            let left = bytes.len().saturating_sub(off);
            let found = Packed.visit_bytes::<postcard::Error>(&bytes[..left]);
            prop_assert!(events.is_empty() || found.is_err() || found.unwrap().len() < events.len());
        }
    }

    #[test]
    fn every_kind_and_sensitivity_stands_at_its_own_place() {
        for (at, kind) in EventKind::ALL.iter().enumerate() {
            assert_eq!(*kind as usize, at, "{kind:?}");
        }
        for (at, sensitivity) in Sensitivity::ALL.iter().enumerate() {
            assert_eq!(*sensitivity as usize, at, "{sensitivity:?}");
        }
    }
}

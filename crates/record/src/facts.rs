//! The comparable values of one event, packed into a few bytes: a timeline holds hundreds of them, and is read anew
//! for every page and every time duties are worked out.

use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smallvec::SmallVec;
use smol_str::SmolStr;

use crate::Fact;

/// The comparable values of an event, in the order of its fields: each is the field's position, the number of bytes of
/// its value, and the value. Most events need no memory of their own for them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Facts(SmallVec<[u8; 24]>);

impl Facts {
    /// The values as they are stored.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Values as they were stored.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self(SmallVec::from_slice(bytes))
    }

    /// Every value, as bytes, with the position of its field.
    #[inline]
    pub fn raw(&self) -> impl Iterator<Item = (u8, &[u8])> {
        let mut rest = self.0.as_slice();
        std::iter::from_fn(move || {
            let [field, length, after @ ..] = rest else { return None };
            let (value, next) = after.split_at_checked(usize::from(*length))?;
            rest = next;
            Some((*field, value))
        })
    }

    /// Every value with the position of its field in [`EventKind::fields`](crate::EventKind::fields).
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (u8, &str)> {
        self.raw().filter_map(|(field, value)| Some((field, std::str::from_utf8(value).ok()?)))
    }

    /// The first value of the field in this position, if any.
    #[inline]
    pub fn get(&self, field: u8) -> Option<&str> {
        self.raw().find(|(at, _)| *at == field).and_then(|(_, value)| std::str::from_utf8(value).ok())
    }

    /// Whether the field in this position has a value.
    #[inline]
    pub fn has(&self, field: u8) -> bool {
        self.raw().any(|(at, _)| at == field)
    }

    /// Whether the field in this position has one of these values.
    #[inline]
    pub fn is_any(&self, field: u8, values: &[SmolStr]) -> bool {
        self.raw().any(|(at, value)| at == field && values.iter().any(|wanted| wanted.as_bytes() == value))
    }
}

impl FromIterator<Fact> for Facts {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Self {
        let mut bytes = SmallVec::new();
        for fact in facts {
            // No code, date, number or identifier is nearly as long as a byte can say; nothing longer is compared.
            let Ok(length) = u8::try_from(fact.value.len()) else { continue };
            bytes.extend_from_slice(&[fact.field, length]);
            bytes.extend_from_slice(fact.value.as_bytes());
        }
        Self(bytes)
    }
}

impl fmt::Debug for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Pairs where a person or another program reads it, the bytes as they are where it is stored.
impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() { s.collect_seq(self.iter()) } else { s.serialize_bytes(&self.0) }
    }
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            let pairs = Vec::<(u8, SmolStr)>::deserialize(d)?;
            return Ok(pairs.into_iter().map(|(field, value)| Fact { field, value }).collect());
        }
        d.deserialize_bytes(Packed)
    }
}

struct Packed;

impl Visitor<'_> for Packed {
    type Value = Facts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("packed facts")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Facts, E> {
        Ok(Facts::of_bytes(bytes))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn facts() -> impl Strategy<Value = Vec<Fact>> {
        let fact = (0u8..40, ".{0,30}").prop_map(|(field, value)| Fact { field, value: value.into() });
        prop::collection::vec(fact, 0..6)
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_out_again(facts in facts()) {
            let packed: Facts = facts.iter().cloned().collect();
            let out: Vec<Fact> =
                packed.iter().map(|(field, value)| Fact { field, value: value.into() }).collect();
            prop_assert_eq!(out, facts.clone());
            for fact in &facts {
                prop_assert!(packed.has(fact.field));
                prop_assert!(packed.is_any(fact.field, std::slice::from_ref(&fact.value)));
            }
            prop_assert_eq!(packed.get(41), None);
        }

        /// Bytes of a projection that was damaged may be anything.
        #[test]
        fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let facts = Facts(SmallVec::from_slice(&bytes));
            let _ = facts.iter().count();
            let _ = facts.is_any(1, &["a".into()]);
        }

        #[test]
        fn what_is_stored_is_read_back(facts in facts()) {
            let packed: Facts = facts.into_iter().collect();
            let stored = postcard::to_stdvec(&packed).unwrap();
            prop_assert_eq!(&postcard::from_bytes::<Facts>(&stored).unwrap(), &packed);
            let shown = serde_json::to_string(&packed).unwrap();
            prop_assert_eq!(serde_json::from_str::<Facts>(&shown).unwrap(), packed);
        }
    }

    #[test]
    fn a_value_too_long_to_compare_is_left_out() {
        let packed: Facts =
            [Fact { field: 1, value: "a".repeat(256).into() }, Fact { field: 3, value: "c".into() }]
                .into_iter()
                .collect();
        assert_eq!(packed.iter().collect::<Vec<_>>(), [(3, "c")]);
    }
}

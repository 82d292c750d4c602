//! The comparable values of one event, packed into one short text: a timeline holds hundreds of them, and is read anew
//! for every page and every time duties are worked out.

use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, SmolStrBuilder};

use crate::Fact;

/// Ends a value. No code, date or number holds it.
const END: char = '\0';

/// The comparable values of an event, in the order of its fields: each is the field's position, its value and [`END`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(SmolStr);

impl Facts {
    /// Every value with the position of its field in [`EventKind::fields`](crate::EventKind::fields).
    pub fn iter(&self) -> impl Iterator<Item = (u8, &str)> {
        let mut rest = self.0.as_str();
        std::iter::from_fn(move || {
            let field = *rest.as_bytes().first()?;
            // From the second byte on: the first is the position, which may be 0.
            let length = rest.as_bytes().iter().skip(1).position(|byte| *byte == END as u8)?;
            let value = rest.get(1..=length)?;
            rest = rest.get(length + 2..)?;
            Some((field, value))
        })
    }

    /// The first value of the field in this position, if any.
    pub fn get(&self, field: u8) -> Option<&str> {
        self.iter().find(|(at, _)| *at == field).map(|(_, value)| value)
    }

    /// Whether the field in this position has a value.
    pub fn has(&self, field: u8) -> bool {
        self.get(field).is_some()
    }

    /// Whether the field in this position has one of these values.
    pub fn is_any(&self, field: u8, values: &[SmolStr]) -> bool {
        self.iter().any(|(at, value)| at == field && values.iter().any(|wanted| wanted == value))
    }
}

impl FromIterator<Fact> for Facts {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Self {
        let mut text = SmolStrBuilder::new();
        // A position is one byte of text, and so less than 128; no event has nearly as many fields.
        for fact in facts.into_iter().filter(|fact| fact.field.is_ascii() && !fact.value.contains(END)) {
            text.push(char::from(fact.field));
            text.push_str(&fact.value);
            text.push(END);
        }
        Self(text.finish())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn facts() -> impl Strategy<Value = Vec<Fact>> {
        let fact = (0u8..40, "[^\0]{0,30}").prop_map(|(field, value)| Fact { field, value: value.into() });
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
        fn any_text_can_be_read(text in ".{0,40}") {
            let _ = Facts(text.into()).iter().count();
        }
    }

    #[test]
    fn a_value_that_would_pass_for_two_is_left_out() {
        let packed: Facts =
            [Fact { field: 1, value: "a\0\u{2}b\0".into() }, Fact { field: 3, value: "c".into() }]
                .into_iter()
                .collect();
        assert_eq!(packed.iter().collect::<Vec<_>>(), [(3, "c")]);
    }
}

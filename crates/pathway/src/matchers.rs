//! Which filters of the rules an event fits, worked out once for each event.
//!
//! The rules ask the same few questions of the same events again and again: is this review one of a looked-after child,
//! was the child seen. Each filter is a bit; one look at an event's values gives the bits of every filter of its kind.

use kinfold_guidance::{EventFilter, Test};
use kinfold_record::{EventKind, Happening};
use smol_str::SmolStr;

/// One bit for each filter of a kind of event.
pub(crate) type Bits = u64;

/// The filters of every kind of event.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matchers {
    /// By kind of event; empty where no rule asks.
    kinds: Vec<Kind>,
}

/// The filters of one kind of event.
#[derive(Debug, Clone, Default)]
struct Kind {
    filters: Vec<Vec<Test>>,
    fields: Vec<Field>,
    /// Where the table of a field is, by the field; past the last for a field that no filter asks about.
    places: Vec<u8>,
    /// Filters with a test that no table of values answers, and those tests.
    odd: Vec<(Bits, Vec<Test>)>,
}

/// What the value of one field says of each filter. A filter that does not ask about the field has its bit everywhere.
#[derive(Debug, Clone)]
struct Field {
    field: u8,
    absent: Bits,
    values: Vec<(SmolStr, u64, Bits)>,
    other: Bits,
}

impl Matchers {
    /// Gives a filter its bit. One kind of event has room for 64: a filter beyond them is tested each time it is asked.
    pub fn add(&mut self, filter: &mut EventFilter) {
        let at = filter.event as usize;
        if self.kinds.len() <= at {
            self.kinds.resize_with(EventKind::ALL.len(), Kind::default);
        }
        let Some(kind) = self.kinds.get_mut(at) else { return };
        let known = kind.filters.iter().position(|tests| *tests == filter.tests);
        let bit = known.unwrap_or_else(|| {
            kind.filters.push(filter.tests.clone());
            kind.filters.len() - 1
        });
        filter.bit = u8::try_from(bit).ok().filter(|bit| u32::from(*bit) < Bits::BITS);
    }

    /// Makes the tables, after the last filter was added.
    pub fn finish(&mut self) {
        for kind in &mut self.kinds {
            kind.finish();
        }
    }

    /// The filters that an event fits by what it says alone; `before` answers the tests that look at earlier events.
    pub fn of(&self, h: &Happening, before: impl Fn(&Test) -> bool) -> Bits {
        self.kinds.get(h.kind as usize).map_or(0, |kind| kind.of(h, before))
    }
}

impl Kind {
    fn finish(&mut self) {
        let filters = std::mem::take(&mut self.filters);
        for (bit, tests) in filters.iter().enumerate().take(Bits::BITS as usize) {
            let bit: Bits = 1 << bit;
            let mut odd = Vec::new();
            for (i, test) in tests.iter().enumerate() {
                let earlier = tests.get(..i).unwrap_or(&[]);
                // Two tests of one field may be passed by two values of it.
                let again = earlier.iter().any(|t| t.field() == test.field());
                if again || matches!(test, Test::Between(..) | Test::Rose { .. }) {
                    odd.push(test.clone());
                } else {
                    self.field(test.field()).ask(bit, test);
                }
            }
            if !odd.is_empty() {
                self.odd.push((bit, odd));
            }
        }
        self.filters = filters;
        for (at, field) in (0u8..).zip(&self.fields) {
            let place = usize::from(field.field);
            if self.places.len() <= place {
                self.places.resize(place + 1, u8::MAX);
            }
            if let Some(slot) = self.places.get_mut(place) {
                *slot = at;
            }
        }
    }

    fn field(&mut self, field: u8) -> &mut Field {
        let at = self.fields.iter().position(|f| f.field == field).unwrap_or_else(|| {
            self.fields.push(Field { field, absent: Bits::MAX, values: Vec::new(), other: Bits::MAX });
            self.fields.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "found or put in just above")]
        &mut self.fields[at]
    }

    fn of(&self, h: &Happening, before: impl Fn(&Test) -> bool) -> Bits {
        let mut bits = match self.filters.len() {
            0 => return 0,
            n if n >= Bits::BITS as usize => Bits::MAX,
            n => (1 << n) - 1,
        };
        let mut absent: Bits = (1 << self.fields.len()) - 1;
        let mut facts = h.facts.raw().peekable();
        while let Some((field, value)) = facts.next() {
            let Some(at) = self.places.get(usize::from(field)).copied() else { continue };
            let Some(table) = self.fields.get(usize::from(at)) else { continue };
            absent &= !(1 << at);
            let mut some = table.of(value);
            // The values of one field follow one another: any of them will do.
            while let Some((_, value)) = facts.next_if(|(again, _)| *again == field) {
                some |= table.of(value);
            }
            bits &= some;
        }
        while absent != 0 {
            bits &= self.fields.get(absent.trailing_zeros() as usize).map_or(0, |f| f.absent);
            absent &= absent - 1;
        }
        for (bit, tests) in &self.odd {
            if bits & bit != 0 && !tests.iter().all(&before) {
                bits &= !bit;
            }
        }
        bits
    }
}

impl Field {
    /// Puts the test of one filter into the table.
    fn ask(&mut self, bit: Bits, test: &Test) {
        match test {
            Test::Is(_, codes) => {
                for code in codes {
                    if !self.values.iter().any(|(value, ..)| value == code) {
                        self.values.push((code.clone(), head(code.as_bytes()), self.other));
                    }
                }
                for (value, _, bits) in &mut self.values {
                    if !codes.contains(value) {
                        *bits &= !bit;
                    }
                }
                self.absent &= !bit;
                self.other &= !bit;
            }
            Test::Some(_) => self.absent &= !bit,
            Test::None(_) => {
                self.other &= !bit;
                self.values.iter_mut().for_each(|(.., bits)| *bits &= !bit);
            }
            Test::Between(..) | Test::Rose { .. } => {}
        }
    }

    fn of(&self, value: &[u8]) -> Bits {
        let start = head(value);
        let known = self.values.iter().find(|(code, head, _)| *head == start && code.as_bytes() == value);
        known.map_or(self.other, |(.., bits)| *bits)
    }
}

/// The first eight bytes of a value as a number: codes that differ mostly differ there, and numbers are compared at once.
fn head(value: &[u8]) -> u64 {
    match value.first_chunk() {
        Some(first) => u64::from_le_bytes(*first),
        None => {
            let mut first = [0; 8];
            first.iter_mut().zip(value).for_each(|(to, from)| *to = *from);
            u64::from_le_bytes(first)
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfold_record::{EntryId, Fact, Sensitivity};
    use proptest::prelude::*;

    use super::*;

    /// Values of which some begin with the same eight bytes, and one is empty.
    fn value() -> impl Strategy<Value = SmolStr> {
        prop::sample::select(vec!["", "a", "b", "7", "-3", "looked_after", "looked_at", "looked_a"])
            .prop_map(SmolStr::new_static)
    }

    fn test() -> impl Strategy<Value = Test> {
        let field = 0u8..4;
        prop_oneof![
            4 => (field.clone(), prop::collection::vec(value(), 0..4)).prop_map(|(f, v)| Test::Is(f, v)),
            1 => field.clone().prop_map(Test::Some),
            1 => field.clone().prop_map(Test::None),
            1 => (field, any::<Option<i8>>())
                .prop_map(|(f, from)| Test::Between(f, from.map(i32::from), Some(8))),
        ]
    }

    fn event() -> impl Strategy<Value = Happening> {
        prop::collection::vec((0u8..5, value()), 0..6).prop_map(|mut facts| {
            facts.sort_by_key(|(field, _)| *field);
            Happening {
                entry: EntryId(uuid::Uuid::nil()),
                kind: EventKind::Visit,
                on: date(2026, 11, 22),
                at: None,
                sensitivity: Sensitivity::Ordinary,
                facts: facts.into_iter().map(|(field, value)| Fact { field, value }).collect(),
            }
        })
    }

    proptest! {
        #[test]
        fn a_table_says_what_the_tests_say_one_by_one(
            filters in prop::collection::vec(prop::collection::vec(test(), 0..4), 1..70),
            events in prop::collection::vec(event(), 1..8),
        ) {
            let mut filters: Vec<EventFilter> = filters
                .into_iter()
                .map(|tests| EventFilter { event: EventKind::Visit, tests, bit: None })
                .collect();
            let mut matchers = Matchers::default();
            filters.iter_mut().for_each(|filter| matchers.add(filter));
            matchers.finish();
            for h in &events {
                let bits = matchers.of(h, |test| test.passes(h));
                for filter in &filters {
                    let Some(bit) = filter.bit else { continue };
                    let each = filter.tests.iter().all(|test| test.passes(h));
                    prop_assert_eq!(bits >> bit & 1 == 1, each, "{:?} of {:?}", filter, h);
                }
            }
        }
    }
}

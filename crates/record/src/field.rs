//! What each event holds, described once: forms, guidance files, the documentation and the rule engine all read
//! the same description.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, format_smolstr};

use crate::ids::PersonId;

/// The type of a field, and so how a form asks for it and what a guidance file may compare it with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Yes or no.
    Flag,
    /// One code of the named list in `guidance/codes/`.
    Code(&'static str),
    /// Several codes of the named list.
    Codes(&'static str),
    /// A whole number.
    Number,
    /// A civil date.
    Day,
    /// A short text on one line.
    Line,
    /// Free text, several lines.
    Text,
    /// A postal address or postcode: hidden wherever the recipient may not know it.
    Address,
    /// A person known to Kinfold.
    Person,
    /// People known to Kinfold.
    People,
    /// A short reference that joins entries to each other or to a document. Whoever makes the entry makes it up, once;
    /// a person never types one.
    Reference,
}

/// One field of one kind of event.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// Name in JSON and in guidance files.
    pub name: &'static str,
    /// The question a form asks.
    pub label: &'static str,
    /// Its type.
    pub kind: FieldKind,
    /// Whether an event without it is refused.
    pub required: bool,
}

/// A comparable value of an event: the field's position in [`EventKind::fields`](crate::EventKind::fields) and its
/// value as text (`yes`/`no` for flags, ISO dates, codes as they are). Free text, names and addresses are never facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Position in the kind's field list.
    pub field: u8,
    /// The value as text.
    pub value: SmolStr,
}

/// How a field's value becomes facts, and what text it holds.
pub trait FactValue {
    /// Appends this value's facts, if it has any that may be compared.
    fn facts(&self, field: u8, out: &mut Vec<Fact>);

    /// Shows this value's texts and codes, if it has any.
    fn strings<'a>(&'a self, _: &mut dyn FnMut(&'a str)) {}
}

impl FactValue for bool {
    fn facts(&self, field: u8, out: &mut Vec<Fact>) {
        out.push(Fact { field, value: SmolStr::new_static(if *self { "yes" } else { "no" }) });
    }
}
impl FactValue for SmolStr {
    fn facts(&self, field: u8, out: &mut Vec<Fact>) {
        out.push(Fact { field, value: self.clone() });
    }

    fn strings<'a>(&'a self, see: &mut dyn FnMut(&'a str)) {
        see(self);
    }
}
impl FactValue for i32 {
    fn facts(&self, field: u8, out: &mut Vec<Fact>) {
        out.push(Fact { field, value: format_smolstr!("{self}") });
    }
}
impl FactValue for Date {
    fn facts(&self, field: u8, out: &mut Vec<Fact>) {
        out.push(Fact { field, value: format_smolstr!("{self}") });
    }
}
impl FactValue for Vec<SmolStr> {
    fn facts(&self, field: u8, out: &mut Vec<Fact>) {
        out.extend(self.iter().map(|value| Fact { field, value: value.clone() }));
    }

    fn strings<'a>(&'a self, see: &mut dyn FnMut(&'a str)) {
        self.iter().for_each(|value| see(value));
    }
}
impl FactValue for String {
    fn facts(&self, _: u8, _: &mut Vec<Fact>) {}

    fn strings<'a>(&'a self, see: &mut dyn FnMut(&'a str)) {
        see(self);
    }
}
impl FactValue for PersonId {
    fn facts(&self, _: u8, _: &mut Vec<Fact>) {}
}
impl FactValue for Vec<PersonId> {
    fn facts(&self, _: u8, _: &mut Vec<Fact>) {}
}
impl<T: FactValue> FactValue for Option<T> {
    fn facts(&self, field: u8, out: &mut Vec<Fact>) {
        if let Some(value) = self {
            value.facts(field, out);
        }
    }

    fn strings<'a>(&'a self, see: &mut dyn FnMut(&'a str)) {
        if let Some(value) = self {
            value.strings(see);
        }
    }
}

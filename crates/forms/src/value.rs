//! Values of expressions.

use jiff::civil::Date;
use kinfold_guidance::form::{Compare, Decimal};
use smol_str::SmolStr;

use crate::answer::{Address, Answer, AnsweredPerson};

/// What an expression comes to, when it comes to anything.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A date.
    Date(Date),
    /// Yes or no.
    Flag(bool),
    /// A code.
    Code(SmolStr),
    /// Codes.
    Codes(Vec<SmolStr>),
    /// A person.
    Person(AnsweredPerson),
    /// An address.
    Address(Address),
    /// Something with so many parts: rows, files.
    Many(usize),
}

impl Value {
    /// What an answer stands for; nothing for a reason, for what was only typed, and for an empty answer.
    pub fn of(answer: &Answer) -> Option<Self> {
        if answer.is_empty() {
            return None;
        }
        Some(match answer {
            Answer::Text(text) | Answer::ChildWords(text) => Self::Text(text.clone()),
            Answer::Signature { name, .. } => Self::Text(name.clone()),
            Answer::Date(date) => Self::Date(*date),
            Answer::YesNo(flag) => Self::Flag(*flag),
            Answer::Choice(code) => Self::Code(code.clone()),
            Answer::Several(codes) => Self::Codes(codes.clone()),
            Answer::Number(number) => Self::Number(*number),
            Answer::Scale(n) => Self::Number(Decimal::whole(i64::from(*n))),
            Answer::Rows(rows) => Self::Many(rows.len()),
            Answer::Person(person) => Self::Person(person.clone()),
            Answer::Address(address) => Self::Address(address.clone()),
            Answer::Uploads(files) => Self::Many(files.len()),
            Answer::Items(items) => Self::Many(items.len()),
            Answer::NotGiven { .. } | Answer::Typed(_) => return None,
        })
    }

    /// Whether a comparison of two values holds.
    pub(crate) fn compare(&self, how: Compare, other: &Self) -> bool {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let order = match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.cmp(b),
            (Self::Date(a), Self::Date(b)) => a.cmp(b),
            (Self::Flag(a), Self::Flag(b)) => a.cmp(b),
            (a, b) => match a.text().zip(b.text()) {
                Some((a, b)) => a.cmp(b),
                None => return how == Compare::NotEqual,
            },
        };
        match how {
            Compare::Equal => order == Equal,
            Compare::NotEqual => order != Equal,
            Compare::Less => order == Less,
            Compare::AtMost => order != Greater,
            Compare::More => order == Greater,
            Compare::AtLeast => order != Less,
        }
    }

    /// A text or a code.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Code(code) => Some(code),
            _ => None,
        }
    }

    /// Whether it is, or holds, one of these.
    pub(crate) fn is_among(&self, list: &[Self]) -> bool {
        match self {
            Self::Codes(codes) => codes.iter().any(|c| list.iter().any(|v| v.text() == Some(c))),
            one => list.iter().any(|v| one.compare(Compare::Equal, v)),
        }
    }
}

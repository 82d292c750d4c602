//! Answers as they are stored: JSON that is read for ever (`tests/golden/answers.json` proves it).

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use kinfold_guidance::form::{Decimal, Kind, Question, Section};
use kinfold_record::PersonId;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

/// A question of a form, and in a section that repeats, which time round (from 0). As text `mood`, or `mood~2` for the
/// third time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Id of the question.
    pub question: SmolStr,
    /// Which time round; 0 in sections that do not repeat.
    pub time: u8,
}

impl Key {
    /// A question of a section that does not repeat.
    pub fn of(question: &str) -> Self {
        Self { question: SmolStr::new(question), time: 0 }
    }

    /// A question, the n-th time round (from 0).
    pub fn at(question: &str, time: u8) -> Self {
        Self { question: SmolStr::new(question), time }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time {
            0 => f.write_str(&self.question),
            time => write!(f, "{}~{time}", self.question),
        }
    }
}

impl FromStr for Key {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const NOT: &str = "not a question and which time round";
        let (question, time) = match text.split_once('~') {
            None => (text, 0),
            // One way to write a key: "mood~0", "mood~02" and "mood~+2" are none.
            Some((question, time)) => match time.parse::<u8>() {
                Ok(n) if n > 0 && n.to_string() == time => (question, n),
                _ => return Err(NOT),
            },
        };
        if question.is_empty() { Err(NOT) } else { Ok(Self::at(question, time)) }
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Text on one line or in paragraphs.
    Text(String),
    /// A date.
    Date(Date),
    /// Yes or no.
    YesNo(bool),
    /// A code.
    Choice(SmolStr),
    /// Codes, in the order of the form.
    Several(Vec<SmolStr>),
    /// A number.
    Number(Decimal),
    /// A number on a scale.
    Scale(i32),
    /// Rows of a table.
    Rows(Vec<Row>),
    /// A person.
    Person(AnsweredPerson),
    /// An address.
    Address(Address),
    /// Files.
    Uploads(Vec<Upload>),
    /// A name under a declaration. When, and by which account, the draft knows.
    Signature {
        /// The name as typed.
        name: String,
        /// The day it was signed.
        on: Date,
    },
    /// The child's own words, as they said them.
    ChildWords(String),
    /// Answers to the items of an instrument, by item.
    Items(BTreeMap<SmolStr, i32>),
    /// Why there is no answer: a code of the question's list of reasons, and more in words.
    NotGiven {
        /// The code.
        reason: SmolStr,
        /// In words, if anything was added.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        text: String,
    },
    /// Something that could not be read as an answer, kept as it was typed so that nothing is lost: each field's part
    /// of the name (`day`; empty for a question of one field) with what was typed. Never counts as an answer.
    Typed(BTreeMap<SmolStr, Vec<String>>),
}

/// One row of a table: columns and their answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Row(pub BTreeMap<SmolStr, Answer>);

/// A person named in an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnsweredPerson {
    /// Their account, when they were chosen from the child's circle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Their name, as shown when it was chosen, or as typed.
    pub name: String,
    /// Their role, as typed or as in the circle.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// How to reach them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact: String,
}

/// A postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Lines, as typed.
    pub lines: String,
    /// Postcode, as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postcode: String,
}

/// A file that was added. The file itself is kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// The document's id.
    pub id: SmolStr,
    /// Its name as it was when it was added.
    pub name: String,
}

/// Everything filled in so far. Stored as JSON; an empty one is `{}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// By question (and time round).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub given: BTreeMap<Key, Answer>,
    /// How often each section that repeats is filled in; those not named, as often as they have to be.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub times: BTreeMap<SmolStr, u8>,
}

impl Answers {
    /// The answer to a question.
    pub fn get(&self, key: &Key) -> Option<&Answer> {
        self.given.get(key)
    }

    /// Sets an answer, or takes it away.
    pub fn set(&mut self, key: Key, answer: Option<Answer>) {
        match answer {
            Some(answer) => self.given.insert(key, answer),
            None => self.given.remove(&key),
        };
    }
}

impl Answer {
    /// Whether nothing was said: blank text, no choices, no rows.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::ChildWords(text) => text.trim().is_empty(),
            Self::Several(list) => list.is_empty(),
            Self::Rows(rows) => rows.is_empty(),
            Self::Person(p) => p.person.is_none() && p.name.trim().is_empty(),
            Self::Address(a) => a.lines.trim().is_empty() && a.postcode.trim().is_empty(),
            Self::Uploads(files) => files.is_empty(),
            Self::Signature { name, .. } => name.trim().is_empty(),
            Self::Items(items) => items.is_empty(),
            Self::Typed(_) => true,
            Self::Date(_)
            | Self::YesNo(_)
            | Self::Choice(_)
            | Self::Number(_)
            | Self::Scale(_)
            | Self::NotGiven { .. } => false,
        }
    }

    /// Whether this kind of question takes it. What does not fit is kept and never counts as an answer.
    pub fn fits(&self, question: &Question) -> bool {
        match (self, &question.kind) {
            (Self::NotGiven { .. }, Kind::ChildWords { .. }) => true,
            (Self::NotGiven { .. }, _) => question.or_reason.is_some(),
            (Self::Text(_), Kind::Text { .. } | Kind::Rich { .. })
            | (Self::Date(_), Kind::Date { .. })
            | (Self::YesNo(_), Kind::YesNo)
            | (Self::Choice(_), Kind::Choice(_))
            | (Self::Several(_), Kind::Several(_))
            | (Self::Number(_), Kind::Number(_))
            | (Self::Scale(_), Kind::Scale { .. })
            | (Self::Rows(_), Kind::Table { .. })
            | (Self::Person(_), Kind::Person)
            | (Self::Address(_), Kind::Address)
            | (Self::Uploads(_), Kind::Upload { .. })
            | (Self::Signature { .. }, Kind::Signature { .. })
            | (Self::ChildWords(_), Kind::ChildWords { .. })
            | (Self::Items(_), Kind::Instrument { .. }) => true,
            _ => false,
        }
    }
}

impl Row {
    /// The answer in a column.
    pub fn get(&self, column: &str) -> Option<&Answer> {
        self.0.get(column)
    }

    /// Whether anything at all was filled in, readable or not.
    pub fn has_anything(&self) -> bool {
        self.0.values().any(|a| !a.is_empty() || matches!(a, Answer::Typed(_)))
    }
}

impl Answers {
    /// The part that belongs to one section, for drafts that are kept section by section.
    pub fn part(&self, section: &Section) -> Self {
        let ours = |key: &Key| section.question(&key.question).is_some();
        Self {
            given: self.given.iter().filter(|(k, _)| ours(k)).map(|(k, a)| (k.clone(), a.clone())).collect(),
            times: self
                .times
                .iter()
                .filter(|(s, _)| **s == section.id)
                .map(|(s, n)| (s.clone(), *n))
                .collect(),
        }
    }

    /// Puts the parts of sections together. Where two hold the same question, the later part wins.
    pub fn join(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for part in parts {
            all.given.extend(part.given);
            all.times.extend(part.times);
        }
        all
    }

    /// How often a section is filled in: once, unless it repeats.
    pub fn times(&self, section: &Section) -> u8 {
        match &section.repeat {
            None => 1,
            Some(repeat) => {
                self.times.get(&section.id).copied().unwrap_or(repeat.least).clamp(repeat.least, repeat.most)
            }
        }
    }

    /// One more time round of a section that repeats; `false` when it is filled in as often as it may be.
    pub fn add_time(&mut self, section: &Section) -> bool {
        let (now, most) = (self.times(section), section.repeat.as_ref().map_or(1, |r| r.most));
        if now < most {
            self.times.insert(section.id.clone(), now + 1);
        }
        now < most
    }

    /// Takes away one time round (from 0) with its answers; those after it move up.
    pub fn remove_time(&mut self, section: &Section, time: u8) {
        let now = self.times(section);
        if section.repeat.is_none() || time >= now {
            return;
        }
        let ours = |key: &Key| section.question(&key.question).is_some();
        let given = std::mem::take(&mut self.given).into_iter();
        self.given = given
            .filter(|(key, _)| !(ours(key) && key.time == time))
            .map(|(key, answer)| {
                let moved = if ours(&key) && key.time > time { key.time - 1 } else { key.time };
                (Key { time: moved, ..key }, answer)
            })
            .collect();
        self.times.insert(section.id.clone(), now - 1);
    }
}

//! A chronology in a JSON file, also one written by hand: `{"child": "<uuid>", "entries": [Entry…]}`.
//!
//! What a person would not want to make up may be left out: the `id` of an entry (its place in the file gives it), its
//! `child`, and `recorded_at` (noon in UTC of the day it happened, or when what it corrects was recorded, if later).
//! `replaces` may be the number of an entry, counted from 1. A file that serves as an example also has a `title` and what
//! it should come to (`expect`); both are passed over. `docs/reference/events.md` documents the format.

use jiff::Timestamp;
use jiff::civil::{Date, Time, date};
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use thiserror::Error;
use uuid::Uuid;

use crate::field::{FieldKind, FieldSpec};
use crate::{ChildId, Chronology, ChronologyError, Entry, EntryId, EventKind, Sensitivity};

/// Why a file is not a chronology. Each message says where and what to do, and repeats nothing of what the file says
/// about a person.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FileError {
    /// Not JSON.
    #[error("this is not JSON: {message}. Look for a missing comma, quote or bracket there")]
    Json {
        /// What and where, with line and column.
        message: String,
    },
    /// The outermost part is wrong.
    #[error("{message}. A chronology file looks like {{\"child\": \"<uuid>\", \"entries\": [ … ]}}")]
    Shape {
        /// What is wrong.
        message: String,
    },
    /// One entry is wrong.
    #[error("entry {number}{}: {}{message}", kind.map(|k| format!(" ({k})")).unwrap_or_default(), field.as_ref().map(|f| format!("`{f}` ")).unwrap_or_default())]
    Entry {
        /// Which, counted from 1.
        number: usize,
        /// Its kind, once that is known.
        kind: Option<&'static str>,
        /// The field, if one is to blame.
        field: Option<String>,
        /// What is wrong and what to do.
        message: String,
    },
}

/// What an entry may hold beside its event.
const ENTRY_FIELDS: [&str; 11] = [
    "id",
    "child",
    "happened_on",
    "happened_at",
    "recorded_at",
    "recorded_by",
    "source",
    "about",
    "sensitivity",
    "replaces",
    "event",
];

/// The ids given to entries without one: version 7, of the first instant of that clock, so that they can never meet
/// the id of a recorded entry.
const NUMBERED: u128 = 0x0000_0000_0000_7000_8000_0000_0000_0000;

/// What a file may hold: the chronology, and what an example says about itself.
const FILE_FIELDS: [&str; 4] = ["child", "entries", "title", "expect"];

const NO_SUCH_ENTRY: &str = "names an entry that is not in the file. Give the number of one that is, from 1";

impl Chronology {
    /// Reads a chronology from JSON.
    ///
    /// # Errors
    /// When the text is not JSON, or an entry has an unknown or missing field, kind or value.
    pub fn from_json(text: &str) -> Result<Self, FileError> {
        let file: Value =
            serde_json::from_str(text).map_err(|e| FileError::Json { message: e.to_string() })?;
        let (child, list) = outermost(&file)?;
        let mut entries: Vec<Entry> = Vec::with_capacity(list.len());
        for (i, value) in list.iter().enumerate() {
            let reader = Reader { number: i + 1, kind: None };
            entries.push(reader.entry(child, value)?);
        }
        let numbers: Vec<_> = entries.iter().map(|e| e.id).collect();
        let number = |id| numbers.iter().position(|n| *n == id).map_or(0, |i| i + 1);
        for (i, value) in list.iter().enumerate() {
            if let (Some(wanted), Some(entry)) =
                (value.get("replaces").and_then(Value::as_u64), entries.get_mut(i))
            {
                let at = usize::try_from(wanted).ok().and_then(|n| n.checked_sub(1));
                let missing = Reader { number: i + 1, kind: Some(entry.event.kind()) };
                let there = at.and_then(|at| numbers.get(at)).copied();
                entry.replaces = Some(there.ok_or_else(|| missing.wrong(Some("replaces"), NO_SUCH_ENTRY))?);
            }
            record_after_what_it_replaces(&mut entries, i, value);
        }
        Self::new(child, entries).map_err(|e| {
            let (id, field, message) = match &e {
                ChronologyError::Stranger { entry, .. } => {
                    (*entry, "child", "is another child's than the file's. Leave `child` out of entries")
                }
                ChronologyError::Twice(id) => {
                    (*id, "id", "is the id of another entry too. Leave `id` out, or change one")
                }
                ChronologyError::Dangling { entry, .. } => (*entry, "replaces", NO_SUCH_ENTRY),
                ChronologyError::Circular(id) => {
                    (*id, "replaces", "leads back to this entry. Name the entry that was recorded before it")
                }
            };
            let number = number(id);
            FileError::Entry {
                number,
                kind: None,
                field: Some(field.to_owned()),
                message: message.to_owned(),
            }
        })
    }
}

fn outermost(file: &Value) -> Result<(ChildId, &Vec<Value>), FileError> {
    let shape = |message: &str| FileError::Shape { message: message.to_owned() };
    let object = file.as_object().ok_or_else(|| shape("the file is not one JSON object"))?;
    if let Some(unknown) = object.keys().find(|k| !FILE_FIELDS.contains(&k.as_str())) {
        return Err(shape(&format!("`{unknown}` is not known here{}", near(unknown, FILE_FIELDS))));
    }
    let child = object.get("child").and_then(Value::as_str).and_then(|s| Uuid::parse_str(s).ok());
    let child = child
        .ok_or_else(|| shape("`child` must be a UUID, such as \"01890000-0000-7000-8000-000000000001\""))?;
    let entries = object.get("entries").and_then(Value::as_array);
    Ok((ChildId(child), entries.ok_or_else(|| shape("`entries` must be a list"))?))
}

/// An entry without `recorded_at` was not recorded before what it corrects, even when it says that this happened
/// earlier.
fn record_after_what_it_replaces(entries: &mut [Entry], i: usize, value: &Value) {
    if value.get("recorded_at").is_some() {
        return;
    }
    let replaced = entries.get(i).and_then(|e| e.replaces);
    let then = entries.iter().find(|e| Some(e.id) == replaced).map(|e| e.recorded_at);
    if let Some((entry, then)) = entries.get_mut(i).zip(then) {
        entry.recorded_at = entry.recorded_at.max(then);
    }
}

fn numbered(number: usize) -> EntryId {
    EntryId(Uuid::from_u128(NUMBERED + number as u128))
}

/// ", did you mean `x` or `y`?", when something is near.
fn near<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let mut found: Vec<_> = known
        .into_iter()
        .map(|k| (strsim::normalized_damerau_levenshtein(given, k), k))
        .filter(|(near, k)| *near > 0.5 || k.contains(given) && given.len() > 2)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let names: Vec<_> = found.iter().take(3).map(|(_, k)| format!("`{k}`")).collect();
    if names.is_empty() { String::new() } else { format!(". Did you mean {}?", names.join(" or ")) }
}

struct Reader {
    number: usize,
    kind: Option<EventKind>,
}

impl Reader {
    fn wrong(&self, field: Option<&str>, message: impl Into<String>) -> FileError {
        FileError::Entry {
            number: self.number,
            kind: self.kind.map(EventKind::as_str),
            field: field.map(str::to_owned),
            message: message.into(),
        }
    }

    fn entry(mut self, child: ChildId, value: &Value) -> Result<Entry, FileError> {
        let object = value.as_object().ok_or_else(|| self.wrong(None, "must be an object: { … }"))?;
        let event = object.get("event").and_then(Value::as_object);
        let event = event
            .ok_or_else(|| self.wrong(Some("event"), "must be an object with a `kind` and its fields"))?;
        self.kind = Some(self.kind_of(event)?);
        if let Some(unknown) = object.keys().find(|k| !ENTRY_FIELDS.contains(&k.as_str())) {
            let of_event = self.kind.is_some_and(|kind| kind.field(unknown).is_some());
            let hint =
                if of_event { ". Move it into `event`".to_owned() } else { near(unknown, ENTRY_FIELDS) };
            return Err(self.wrong(Some(unknown), format!("is not a field of an entry{hint}")));
        }
        let day = self.text(object, "happened_on")?;
        let day = day.ok_or_else(|| {
            self.wrong(Some("happened_on"), "is missing: the day it happened, as YYYY-MM-DD")
        })?;
        let happened_on = self.day("happened_on", day)?;
        let event: crate::Event = {
            self.fields(event)?;
            serde_json::from_value(Value::Object(event.clone()))
                .map_err(|e| self.wrong(None, e.to_string()))?
        };
        let noon = happened_on.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).map(|z| z.timestamp());
        Ok(Entry {
            id: self.uuid(object, "id")?.map_or(numbered(self.number), EntryId),
            child: self.uuid(object, "child")?.map_or(child, ChildId),
            happened_on,
            happened_at: self.parsed::<Time>(object, "happened_at", "a time of day such as \"14:30\"")?,
            recorded_at: self
                .parsed::<Timestamp>(object, "recorded_at", "an instant such as \"2026-03-10T14:30:00Z\"")?
                .or(noon.ok())
                .unwrap_or(Timestamp::MAX),
            recorded_by: self.uuid(object, "recorded_by")?.map(crate::PersonId),
            source: self.text(object, "source")?.map(str::to_owned),
            about: self.people(object)?,
            sensitivity: self.sensitivity(object)?,
            replaces: self.replaces(object)?,
            event,
        })
    }

    fn kind_of(&self, event: &Map<String, Value>) -> Result<EventKind, FileError> {
        let kind = event.get("kind").and_then(Value::as_str);
        let kind = kind
            .ok_or_else(|| self.wrong(Some("event.kind"), "is missing: what happened, such as \"visit\""))?;
        EventKind::parse(kind).ok_or_else(|| {
            let hint = near(kind, EventKind::ALL.iter().map(|k| k.as_str()));
            let shown: String = kind.chars().take(60).collect();
            self.wrong(Some("event.kind"), format!("is {shown:?}, which is no kind of event{hint}"))
        })
    }

    fn fields(&self, event: &Map<String, Value>) -> Result<(), FileError> {
        let known = self.kind.map(EventKind::fields).unwrap_or_default();
        for (name, value) in event.iter().filter(|(name, _)| *name != "kind") {
            let Some(spec) = known.iter().find(|f| f.name == name) else {
                let hint = near(name, known.iter().map(|f| f.name));
                let all: Vec<_> = known.iter().map(|f| format!("`{}`", f.name)).collect();
                let all = if all.is_empty() {
                    "It has none".to_owned()
                } else {
                    format!("It has {}", all.join(", "))
                };
                let hint = if hint.is_empty() { format!(". {all}") } else { hint };
                return Err(self.wrong(Some(name), format!("is not a field of this kind{hint}")));
            };
            if !value.is_null() || spec.required {
                self.value(spec, value)?;
            }
        }
        match known.iter().find(|f| f.required && !event.contains_key(f.name)) {
            Some(f) => Err(self.wrong(Some(f.name), format!("is missing: {}", expected(f)))),
            None => Ok(()),
        }
    }

    fn value(&self, spec: &FieldSpec, value: &Value) -> Result<(), FileError> {
        let fits = match spec.kind {
            FieldKind::Flag => value.is_boolean(),
            FieldKind::Number => value.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
            FieldKind::Codes(_) => value.as_array().is_some_and(|list| list.iter().all(Value::is_string)),
            FieldKind::Person => value.as_str().is_some_and(|s| Uuid::parse_str(s).is_ok()),
            FieldKind::People => value.as_array().is_some_and(|list| {
                list.iter().all(|one| one.as_str().is_some_and(|s| Uuid::parse_str(s).is_ok()))
            }),
            FieldKind::Day => match value.as_str() {
                Some(s) => return self.day(spec.name, s).map(|_| ()),
                None => false,
            },
            FieldKind::Code(_)
            | FieldKind::Line
            | FieldKind::Text
            | FieldKind::Address
            | FieldKind::Reference => value.is_string(),
        };
        if fits { Ok(()) } else { Err(self.wrong(Some(spec.name), format!("must be {}", expected(spec)))) }
    }

    fn text<'a>(&self, object: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, FileError> {
        match object.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(s)) => Ok(Some(s)),
            Some(_) => Err(self.wrong(Some(name), "must be a text in quotes")),
        }
    }

    fn day(&self, name: &str, text: &str) -> Result<Date, FileError> {
        // Only the plain form: a time or a zone in a date is a mistake.
        let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let day = text.parse::<Date>().ok().filter(|_| plain);
        day.filter(|day| (date(1900, 1, 1)..date(2200, 1, 1)).contains(day)).ok_or_else(|| {
            let message =
                "is not a date: write it as YYYY-MM-DD, between 1900 and 2199, such as \"2026-03-10\"";
            self.wrong(Some(name), message)
        })
    }

    fn parsed<T: std::str::FromStr>(
        &self,
        object: &Map<String, Value>,
        name: &str,
        what: &str,
    ) -> Result<Option<T>, FileError> {
        let Some(text) = self.text(object, name)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| self.wrong(Some(name), format!("must be {what}")))
    }

    fn uuid(&self, object: &Map<String, Value>, name: &str) -> Result<Option<Uuid>, FileError> {
        self.parsed(object, name, "a UUID, such as \"01890000-0000-7000-8000-000000000001\"")
    }

    fn people(&self, object: &Map<String, Value>) -> Result<Vec<crate::PersonId>, FileError> {
        let Some(list) = object.get("about").filter(|v| !v.is_null()) else { return Ok(Vec::new()) };
        serde_json::from_value(list.clone()).map_err(|_| self.wrong(Some("about"), "must be a list of UUIDs"))
    }

    fn sensitivity(&self, object: &Map<String, Value>) -> Result<Sensitivity, FileError> {
        let Some(text) = self.text(object, "sensitivity")? else { return Ok(Sensitivity::default()) };
        Sensitivity::parse(text).ok_or_else(|| {
            let all: Vec<_> = Sensitivity::ALL.iter().map(|s| format!("`{}`", s.as_str())).collect();
            self.wrong(Some("sensitivity"), format!("must be one of {}", all.join(", ")))
        })
    }

    /// The entry it replaces, if given by its id. A number is looked up when all entries are read.
    fn replaces(&self, object: &Map<String, Value>) -> Result<Option<EntryId>, FileError> {
        match object.get("replaces") {
            Some(number) if number.is_u64() => Ok(None),
            Some(Value::Number(_)) => {
                Err(self.wrong(Some("replaces"), "must be the number of an entry or its id"))
            }
            _ => Ok(self.uuid(object, "replaces")?.map(EntryId)),
        }
    }
}

/// What a field holds, for a message.
fn expected(spec: &FieldSpec) -> String {
    match spec.kind {
        FieldKind::Flag => "true or false".to_owned(),
        FieldKind::Code(list) => format!("a code of the list `{list}`, in quotes"),
        FieldKind::Codes(list) => format!("a list of codes of `{list}`, such as [\"a\", \"b\"]"),
        FieldKind::Number => "a whole number".to_owned(),
        FieldKind::Day => "a date as YYYY-MM-DD, in quotes".to_owned(),
        FieldKind::Line | FieldKind::Text | FieldKind::Address => "a text in quotes".to_owned(),
        FieldKind::Person => "the UUID of a person".to_owned(),
        FieldKind::People => "a list of the UUIDs of people".to_owned(),
        FieldKind::Reference => "a reference in quotes, the same in every entry about it".to_owned(),
    }
}

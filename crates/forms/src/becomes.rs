//! What the answers become in the record.

use jiff::civil::Date;
use kinfold_guidance::form::{Becomes, Expr, Kind, Question};
use kinfold_record::{Event, FieldKind, FieldSpec, PersonId, Sensitivity};
use serde_json::{Map, Value as Json};
use smol_str::SmolStr;

use crate::answer::{Answer, Key};
use crate::check::{Problem, Severity};
use crate::eval::{Place, holds, value};
use crate::sheet::Sheet;
use crate::value::Value;

/// Longest text of a field that is one line, as the record takes it.
const LINE: usize = 200;
/// Longest name.
const NAME: usize = 100;
/// Longest text.
const TEXT: usize = 20_000;
/// Longest address.
const ADDRESS: usize = 500;
/// What stands where a text had to be cut; the document has all of it.
const CUT: &str = " […]";

/// An entry that the answers become, still without the ids and the instant that whoever records it gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    /// What happened.
    pub event: Event,
    /// When.
    pub happened_on: Date,
    /// Other people it is about, of those known to Kinfold.
    pub about: Vec<PersonId>,
    /// How sensitive it is.
    pub sensitivity: Sensitivity,
}

impl Sheet<'_> {
    /// The entries that the answers become. `submission` is an id of this submission: references between entries start
    /// with it, so that they are the same when it is tried again and never those of another.
    ///
    /// # Errors
    /// What keeps an answer from becoming an entry, in words for whoever fills in the form.
    pub fn becomes(&self, submission: &str) -> Result<Vec<NewEntry>, Vec<Problem>> {
        let (mut out, mut problems) = (Vec::new(), Vec::new());
        for becomes in &self.form.becomes {
            for place in self.places(becomes, submission) {
                let place = place.borrow();
                if becomes.when.as_ref().is_some_and(|c| !holds(self, &place, c)) {
                    continue;
                }
                match self.entry(becomes, &place) {
                    Ok(entry) => out.push(entry),
                    Err(problem) => problems.push(problem),
                }
            }
        }
        if problems.is_empty() { Ok(out) } else { Err(problems) }
    }

    /// Where it is worked out: once, or for each row, or for each time round.
    fn places<'s>(&'s self, becomes: &Becomes, submission: &'s str) -> Vec<Owned<'s>> {
        let one = |index| Owned { time: None, row: None, submission, index };
        let Some(name) = &becomes.for_each else { return vec![one(0)] };
        if let Some(section) = self.sections().find(|s| s.id == *name) {
            let times = 0..self.answers.times(section);
            return times.map(|t| Owned { time: Some((section, t)), ..one(usize::from(t)) }).collect();
        }
        let Some((_, question)) = self.form.question(name) else { return Vec::new() };
        match (&question.kind, self.answer(&Key::of(name))) {
            (Kind::Table { columns, .. }, Some(Answer::Rows(rows))) => {
                let rows = rows.iter().enumerate().filter(|(_, row)| row.has_anything());
                rows.map(|(i, row)| Owned { row: Some((row, columns.as_slice())), ..one(i) }).collect()
            }
            _ => Vec::new(),
        }
    }

    fn entry(&self, becomes: &Becomes, place: &Place<'_>) -> Result<NewEntry, Problem> {
        let kind = becomes.event;
        let wrong = |expr: Option<&Expr>, message: String| {
            let key = expr.and_then(|e| self.behind(e, becomes)).unwrap_or_else(|| self.anywhere());
            Problem { key, row: None, part: SmolStr::default(), severity: Severity::Error, message }
        };
        let happened_on = match value(self, place, &becomes.happened_on) {
            Some(Value::Date(day)) if day <= self.facts.today => day,
            Some(Value::Date(_)) => {
                let message =
                    format!("{}: the date is in the future. Enter the date when it happened", kind.title());
                return Err(wrong(Some(&becomes.happened_on), message));
            }
            _ => {
                let message = format!("{}: enter the date when it happened", kind.title());
                return Err(wrong(Some(&becomes.happened_on), message));
            }
        };
        let mut json = Map::new();
        json.insert("kind".to_owned(), Json::from(kind.as_str()));
        for spec in kind.fields() {
            let expr = becomes.fields.iter().find(|(name, _)| name == spec.name).map(|(_, e)| e);
            let found = expr.and_then(|e| value(self, place, e)).map(|v| field(spec, v));
            match found {
                Some(Ok(Some(value))) => {
                    json.insert(spec.name.to_owned(), value);
                }
                Some(Err(message)) => return Err(wrong(expr, format!("{}: {message}", spec.label))),
                _ if spec.required => {
                    let message = format!("{} has to say: {}", kind.title(), spec.label);
                    return Err(wrong(expr, message));
                }
                _ => {}
            }
        }
        let event = serde_json::from_value(Json::Object(json)).map_err(|_| {
            wrong(
                None,
                format!(
                    "{} could not be made from these answers. Tell whoever keeps the forms",
                    kind.title()
                ),
            )
        })?;
        let people =
            becomes.about.iter().filter_map(|q| match self.answer(&crate::eval::key(self, place, q)?) {
                Some(Answer::Person(person)) => person.person,
                _ => None,
            });
        Ok(NewEntry { event, happened_on, about: people.collect(), sensitivity: becomes.sensitivity })
    }

    /// The first question an expression names: where to send somebody who has to put it right.
    fn behind(&self, expr: &Expr, becomes: &Becomes) -> Option<Key> {
        let mut found = None;
        expr.names(&mut |name| {
            let key = match name {
                kinfold_guidance::form::Name::Answer(id) => Some(Key::of(id)),
                kinfold_guidance::form::Name::Column(_) => becomes.for_each.as_deref().map(Key::of),
                _ => None,
            };
            found = found.take().or(key.filter(|k| self.is_asked(k)));
        });
        found
    }

    fn anywhere(&self) -> Key {
        self.asked().next().map_or_else(|| Key::of("form"), |(_, key, _)| key)
    }
}

/// A [`Place`] that carries the row it is about.
#[derive(Clone, Copy)]
struct Owned<'s> {
    time: Option<(&'s kinfold_guidance::form::Section, u8)>,
    row: Option<(&'s crate::answer::Row, &'s [Question])>,
    submission: &'s str,
    index: usize,
}

impl<'s> Owned<'s> {
    fn borrow(&self) -> Place<'s> {
        Place { time: self.time, row: self.row, index: Some((self.submission, self.index)) }
    }
}

/// A value as a field of an event holds it; nothing for a text that is empty.
fn field(spec: &FieldSpec, value: Value) -> Result<Option<Json>, String> {
    let text = |text: &str, most: usize, lines: bool| {
        let clean = if lines {
            text.trim().to_owned()
        } else {
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        (!clean.is_empty()).then(|| Json::from(cut(&clean, most)))
    };
    Ok(match (spec.kind, value) {
        (FieldKind::Flag, Value::Flag(flag)) => Some(Json::from(flag)),
        (FieldKind::Code(_), Value::Code(code)) => Some(Json::from(code.as_str())),
        (FieldKind::Code(_), Value::Text(code)) => Some(Json::from(code)),
        (FieldKind::Codes(_), Value::Codes(codes)) => {
            (!codes.is_empty()).then(|| codes.iter().map(SmolStr::as_str).collect())
        }
        (FieldKind::Codes(_), Value::Code(code)) => Some(Json::from(vec![code.as_str()])),
        (FieldKind::Codes(_), Value::Text(code)) => Some(Json::from(vec![code])),
        (FieldKind::Number, Value::Number(n)) => match n.to_whole().and_then(|n| i32::try_from(n).ok()) {
            Some(n) => Some(Json::from(n)),
            None => return Err(format!("{n} is not a whole number. Enter a whole number")),
        },
        (FieldKind::Day, Value::Date(day)) => Some(Json::from(day.to_string())),
        (FieldKind::Person, Value::Person(person)) => person.person.map(|id| Json::from(id.to_string())),
        (FieldKind::Line, Value::Text(line)) => {
            let name = matches!(spec.name, "name" | "given_name" | "family_name" | "known_as" | "carer_name");
            text(&line, if name { NAME } else { LINE }, false)
        }
        (FieldKind::Text, Value::Text(words)) => text(&words, TEXT, true),
        (FieldKind::Address, Value::Text(words)) => text(&words, ADDRESS, true),
        (FieldKind::Address, Value::Address(a)) => {
            text(&format!("{}\n{}", a.lines, a.postcode), ADDRESS, true)
        }
        (FieldKind::Reference, Value::Text(reference)) => Some(Json::from(reference)),
        (_, _) => return Err("the answer is of another kind than the record takes".to_owned()),
    })
}

/// Cut to so many characters, with a sign where it was cut.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let keep = most.saturating_sub(CUT.chars().count());
    text.chars().take(keep).chain(CUT.chars()).collect()
}

//! A form for any kind of event, made from what the record says its fields are. A new kind of event has a form the
//! moment it exists.

use jiff::civil::Date;
use kinfold_casework::Book;
use kinfold_look::form::{
    Checkboxes, Choice, DateInput, FormState, Radios, Required, Select, TextInput, Textarea, hidden,
};
use kinfold_look::{Markup, html};
use kinfold_record::{Event, EventKind, FieldKind, FieldSpec};
use serde_json::{Map, Value, json};

/// The longest free text.
pub(crate) const LONGEST: usize = 20_000;

/// Somebody who can be chosen in a field that asks for a person.
#[derive(Debug, Clone)]
pub(crate) struct Someone {
    pub id: String,
    pub words: String,
}

/// Questions that only make sense after another was answered in one way: kind, question, the one before, its answer.
/// They stand inside that answer; the server takes them whether they were shown or not.
const FOLLOWS: &[(EventKind, &str, &str, &str)] = &[
    (EventKind::Visit, "seen_alone", "seen", "yes"),
    (EventKind::Visit, "not_seen_reason", "seen", "no"),
    (EventKind::Visit, "not_alone_reason", "seen_alone", "no"),
    (EventKind::SubstanceMisuse, "help_offered", "identified", "yes"),
    (EventKind::SubstanceMisuse, "help_received", "identified", "yes"),
    (EventKind::LeaverMoved, "suitable", "provided_by_authority", "yes"),
];

/// Draws every field of a kind, each follow-up inside the answer it follows.
pub(crate) fn draw_all(
    kind: EventKind,
    book: &Book,
    on: Date,
    people: &[Someone],
    form: &FormState,
) -> Markup {
    let follows = |name: &str| FOLLOWS.iter().any(|(k, follower, ..)| *k == kind && *follower == name);
    html! {
        @for field in kind.fields().iter().filter(|f| !follows(f.name)) { (draw(kind, field, book, on, people, form)) }
    }
}

/// Draws one field.
fn draw(
    kind: EventKind,
    field: &FieldSpec,
    book: &Book,
    on: Date,
    people: &[Someone],
    form: &FormState,
) -> Markup {
    let label = if field.required { field.label.to_owned() } else { optional(field.label) };
    match field.kind {
        FieldKind::Flag => {
            let after = |answer: &str| -> Option<Markup> {
                let followers: Vec<&FieldSpec> = FOLLOWS
                    .iter()
                    .filter(|(k, _, before, given)| *k == kind && *before == field.name && *given == answer)
                    .filter_map(|(_, name, ..)| kind.fields().iter().find(|f| f.name == *name))
                    .collect();
                (!followers.is_empty()).then(
                    || html! { @for field in followers { (draw(kind, field, book, on, people, form)) } },
                )
            };
            let (yes, no) = (after("yes"), after("no"));
            if yes.is_none() && no.is_none() {
                return Radios::yes_no(field.name, label).render(form);
            }
            let with = |choice: Choice, inside: Option<Markup>| match inside {
                Some(inside) => choice.reveal(inside),
                None => choice,
            };
            let choices = [with(Choice::new("yes", "Yes"), yes), with(Choice::new("no", "No"), no)];
            Radios::new(field.name, label, choices).render(form)
        }
        FieldKind::Code(list) => {
            let codes: Vec<(String, String)> = codes(book, list, on);
            if codes.len() <= 6 {
                let choices = codes.into_iter().map(|(code, title)| Choice::new(code, title));
                Radios::new(field.name, label, choices).small().render(form)
            } else {
                Select::new(field.name, label, codes).empty("Choose").render(form)
            }
        }
        FieldKind::Codes(list) => {
            let choices = codes(book, list, on).into_iter().map(|(code, title)| Choice::new(code, title));
            Checkboxes::new(field.name, label, choices).small().render(form)
        }
        FieldKind::Number => TextInput::new(field.name, label)
            .figures()
            .width(kinfold_look::form::Width::Chars(5))
            .render(form),
        FieldKind::Day => DateInput::new(field.name, label).render(form),
        FieldKind::Line | FieldKind::Address => {
            TextInput::new(field.name, label).autocomplete("off").render(form)
        }
        FieldKind::Text => Textarea::new(field.name, label).rows(5).limit(20_000).render(form),
        // Nobody types a reference: it goes with what is corrected, unseen.
        FieldKind::Reference => hidden(field.name, form.value(field.name)),
        // Only the child chooses who reads what they said, in their own space.
        FieldKind::People => html! {},
        FieldKind::Person => {
            let options = people.iter().map(|p| (p.id.clone(), p.words.clone()));
            Select::new(field.name, label, options).empty("Nobody chosen").render(form)
        }
    }
}

fn optional(label: &str) -> String {
    match label.strip_suffix('?') {
        Some(_) => label.to_owned(),
        None => format!("{label} (if known)"),
    }
}

/// The codes of a list that may be used on a day, as value and words.
pub(crate) fn codes(book: &Book, list: &str, on: Date) -> Vec<(String, String)> {
    book.guidance
        .codes
        .list(list)
        .map(|list| list.on(on).map(|code| (code.code.to_string(), code.title.clone())).collect())
        .unwrap_or_default()
}

/// Reads every field of a kind from a form. Errors stand in the form; `None` then.
pub(crate) fn read(kind: EventKind, book: &Book, on: Date, form: &mut FormState) -> Option<Event> {
    let mut map = Map::new();
    map.insert("kind".to_owned(), json!(kind.as_str()));
    for field in kind.fields() {
        if let Some(value) = read_field(field, book, on, form) {
            map.insert(field.name.to_owned(), value);
        }
    }
    if form.has_errors() {
        return None;
    }
    match serde_json::from_value(Value::Object(map)) {
        Ok(event) => Some(event),
        Err(error) => {
            form.form_error(format!(
                "This could not be read: {error}. Check the answers and send them again."
            ));
            None
        }
    }
}

fn read_field(field: &FieldSpec, book: &Book, on: Date, form: &mut FormState) -> Option<Value> {
    let required = if field.required { Required::Yes } else { Required::No };
    let missing = format!("Answer “{}”", field.label.trim_end_matches('?'));
    let chosen = |form: &mut FormState, values: &[String]| -> Option<String> {
        let value = form.value(field.name).to_owned();
        if values.contains(&value) {
            return Some(value);
        }
        if field.required || !value.is_empty() {
            form.error(field.name, missing.clone());
        }
        None
    };
    match field.kind {
        FieldKind::Flag => chosen(form, &["yes".to_owned(), "no".to_owned()]).map(|v| json!(v == "yes")),
        FieldKind::Code(list) => {
            let values: Vec<String> = codes(book, list, on).into_iter().map(|(code, _)| code).collect();
            chosen(form, &values).map(|v| json!(v))
        }
        FieldKind::Codes(list) => {
            let known = codes(book, list, on);
            let values: Vec<String> = form
                .values(field.name)
                .iter()
                .filter(|v| known.iter().any(|(code, _)| code == *v))
                .cloned()
                .collect();
            if values.is_empty() {
                if field.required {
                    form.error(field.name, missing);
                }
                return None;
            }
            Some(json!(values))
        }
        FieldKind::Number => {
            let text = form.read_text(field.name, required, &missing)?;
            match text.parse::<i32>() {
                Ok(number) => Some(json!(number)),
                Err(_) => {
                    form.error(
                        field.name,
                        format!("“{}” must be a whole number, like 12", field.label.trim_end_matches('?')),
                    );
                    None
                }
            }
        }
        FieldKind::Day => {
            form.read_date(field.name, field.label.trim_end_matches('?'), required).map(|d| json!(d))
        }
        FieldKind::Line | FieldKind::Address => {
            form.read_text_to(field.name, 300, required, &missing).map(|text| json!(text))
        }
        FieldKind::Text => form.read_text_to(field.name, LONGEST, required, &missing).map(|text| json!(text)),
        FieldKind::Reference => {
            form.read_text_to(field.name, 200, required, &missing).map(|text| json!(text))
        }
        FieldKind::People => None,
        FieldKind::Person => {
            let value = form.value(field.name).to_owned();
            if value.is_empty() {
                if field.required {
                    form.error(field.name, missing);
                }
                return None;
            }
            Some(json!(value))
        }
    }
}

/// Fills a form with what an event holds: for correcting it.
pub(crate) fn fill(event: &Event, mut form: FormState) -> FormState {
    let Ok(Value::Object(map)) = serde_json::to_value(event) else { return form };
    for field in event.kind().fields() {
        let Some(value) = map.get(field.name) else { continue };
        form = match (field.kind, value) {
            (FieldKind::Flag, Value::Bool(yes)) => form.with(field.name, if *yes { "yes" } else { "no" }),
            (FieldKind::Day, Value::String(day)) => match day.parse::<Date>() {
                Ok(day) => form.with_date(field.name, day),
                Err(_) => form,
            },
            (_, Value::Array(values)) => {
                form.with_all(field.name, values.iter().filter_map(Value::as_str).map(str::to_owned))
            }
            (_, Value::String(text)) => form.with(field.name, text.clone()),
            (_, Value::Number(number)) => form.with(field.name, number.to_string()),
            _ => form,
        };
    }
    form
}

/// An event as label and words, for reading. Addresses are left out unless `addresses`.
pub(crate) fn words(
    event: &Event,
    book: &Book,
    person: impl Fn(&str) -> Option<String>,
    addresses: bool,
) -> Vec<(&'static str, String)> {
    let Ok(Value::Object(map)) = serde_json::to_value(event) else { return Vec::new() };
    let title = |list: &str, code: &str| book.guidance.codes.title(list, code).to_owned();
    let mut out = Vec::new();
    for field in event.kind().fields().iter().filter(|f| f.kind != FieldKind::Reference) {
        let Some(value) = map.get(field.name) else { continue };
        let words = match (field.kind, value) {
            (FieldKind::Flag, Value::Bool(yes)) => if *yes { "Yes" } else { "No" }.to_owned(),
            (FieldKind::Code(list), Value::String(code)) => title(list, code),
            (FieldKind::Codes(list), Value::Array(codes)) => codes
                .iter()
                .filter_map(Value::as_str)
                .map(|code| title(list, code))
                .collect::<Vec<_>>()
                .join("; "),
            (FieldKind::Day, Value::String(day)) => {
                day.parse::<Date>().map_or_else(|_| day.clone(), kinfold_look::date::long)
            }
            (FieldKind::Person, Value::String(id)) => {
                person(id).unwrap_or_else(|| "Somebody with an account".to_owned())
            }
            (FieldKind::People, Value::Array(ids)) => ids
                .iter()
                .filter_map(Value::as_str)
                .map(|id| person(id).unwrap_or_else(|| "somebody with an account".to_owned()))
                .collect::<Vec<_>>()
                .join(", "),
            (FieldKind::Address, _) if !addresses => "Kept back".to_owned(),
            (_, Value::String(text)) => text.clone(),
            (_, other) => other.to_string(),
        };
        out.push((field.label, words));
    }
    out
}

/// Free text with its line breaks.
pub(crate) fn paragraphs(text: &str) -> Markup {
    html! { @for part in text.split('\n').filter(|p| !p.trim().is_empty()) { p.govuk-body { (part) } } }
}

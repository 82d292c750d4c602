//! Worked examples: a few invented children and what the measure must say of them. Each line of a story is an entry,
//! written shortly: `2025-06-01 dental_check`, `2025-06-02 sdq informant=parent_carer total=14`.

use jiff::civil::Date;
use kinfold_record::{Event, EventKind, FieldKind, FieldSpec};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use smol_str::SmolStr;

use crate::table::{Table, hint};

/// Children and the figure worked out by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// How the figure follows, in words.
    pub working: String,
    /// The year that ends on 31 March of this one is measured.
    pub year: i16,
    /// Names of those in the numerator, in alphabetical order.
    pub numerator: Vec<SmolStr>,
    /// Names of those in the denominator, in alphabetical order.
    pub denominator: Vec<SmolStr>,
    /// Names of those left out by an exclusion, in alphabetical order.
    pub excluded: Vec<SmolStr>,
    /// The figure, as it is written: "50", "12.5".
    pub value: SmolStr,
    /// The children.
    pub children: Vec<ExampleChild>,
}

impl Eq for Example {}

/// An invented child.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExampleChild {
    /// Name.
    pub name: SmolStr,
    /// What happened, oldest first, without the registration.
    pub story: Vec<(Date, Event)>,
    /// Date of birth.
    pub born: Date,
    /// The line of the file in which the child stands.
    pub line: u32,
}

/// Reads `[example]`.
pub(super) fn example(t: Table<'_, '_>) -> Option<Example> {
    let working = t.must("working", t.text("working"));
    let year = t.must("year", t.number("year")).and_then(|y| i16::try_from(y).ok());
    let mut children: Vec<ExampleChild> = Vec::new();
    for c in t.tables("child") {
        let name = c.must("name", c.text("name"));
        let born = c.must("born", c.date("born"));
        let mut story = Vec::new();
        for (line, at) in c.must("story", c.texts("story")).unwrap_or_default() {
            story.extend(entry(&c, &line, at));
        }
        story.sort_by_key(|(on, _)| *on);
        let (line, _) = crate::mistake::position(c.reading.text, c.span.start);
        if let Some(name) = name
            && children.iter().any(|known| known.name == name)
        {
            c.at("name", format!("there are two children called {name}"), None);
        }
        c.finish();
        if let (Some(name), Some(born)) = (name, born) {
            children.push(ExampleChild { name: SmolStr::new(name), story, born, line });
        }
    }
    let names = |key: &'static str| {
        let mut out = Vec::new();
        // An empty list is a list of texts too.
        for (name, at) in t.texts(key).unwrap_or_default() {
            if !children.iter().any(|c| c.name == name) {
                let known = children.iter().map(|c| c.name.as_str());
                t.reading.mistake(at, format!("there is no child called {name} here"), hint(&name, known));
            }
            out.push(name);
        }
        out.sort();
        out
    };
    let numerator = names("numerator");
    let denominator = names("denominator");
    let excluded = names("excluded");
    for key in ["numerator", "denominator"] {
        let _ = t.must(key, t.has(key).then_some(()));
    }
    let value = t.must("value", t.text("value"));
    if let Some(text) = value
        && text.parse::<f64>().is_err()
    {
        t.at("value", "`value` must be a number in quotes, such as \"66.7\"", None);
    }
    t.finish();
    Some(Example {
        working: working?.to_owned(),
        year: year?,
        numerator,
        denominator,
        excluded,
        value: SmolStr::new(value?),
        children,
    })
}

/// One line of a story.
fn entry(t: &Table<'_, '_>, line: &str, at: usize) -> Option<(Date, Event)> {
    let wrong = |message: String, hint: Option<String>| -> Option<(Date, Event)> {
        t.reading.mistake(at, message, hint);
        None
    };
    let mut words = line.split_whitespace();
    let Some(on) = words.next().and_then(|w| w.parse::<Date>().ok()) else {
        let hint = "Write a day, a kind of event and its fields: \"2025-06-01 visit seen=yes\".".to_owned();
        return wrong("the line does not start with a day".to_owned(), Some(hint));
    };
    let name = words.next().unwrap_or_default();
    let Some(kind) = EventKind::parse(name) else {
        let known = EventKind::ALL.iter().map(|k| k.as_str());
        return wrong(format!("\"{name}\" is no kind of event"), hint(name, known));
    };
    let mut object = Map::new();
    object.insert("kind".to_owned(), Value::from(kind.as_str()));
    for word in words {
        let Some((field, value)) = word.split_once('=') else {
            return wrong(format!("\"{word}\" is not field=value"), None);
        };
        let Some(spec) = kind.fields().iter().find(|f| f.name == field) else {
            let known = kind.fields().iter().map(|f| f.name);
            return wrong(format!("{name} has no field `{field}`"), hint(field, known));
        };
        match field_value(t, spec, value, at) {
            Ok(value) => object.insert(field.to_owned(), value),
            Err(wanted) => return wrong(format!("`{field}` must be {wanted}"), None),
        };
    }
    if let Some(absent) = kind.fields().iter().find(|f| f.required && !object.contains_key(f.name)) {
        return wrong(format!("{name} needs `{}`", absent.name), None);
    }
    match serde_json::from_value(Value::Object(object)) {
        Ok(event) => Some((on, event)),
        Err(e) => wrong(e.to_string(), None),
    }
}

fn field_value(t: &Table<'_, '_>, spec: &FieldSpec, text: &str, at: usize) -> Result<Value, &'static str> {
    match spec.kind {
        FieldKind::Flag => match text {
            "yes" => Ok(Value::from(true)),
            "no" => Ok(Value::from(false)),
            _ => Err("yes or no"),
        },
        FieldKind::Number => text.parse::<i32>().map(Value::from).map_err(|_| "a whole number"),
        FieldKind::Code(list) => {
            t.check_code(list, text, at);
            Ok(Value::from(text))
        }
        FieldKind::Codes(list) => {
            text.split(',').for_each(|code| t.check_code(list, code, at));
            Ok(text.split(',').map(Value::from).collect())
        }
        FieldKind::Day => {
            text.parse::<Date>().map(|_| Value::from(text)).map_err(|_| "a date like 2026-12-01")
        }
        FieldKind::Line | FieldKind::Text | FieldKind::Address | FieldKind::Reference => {
            Ok(Value::from(text))
        }
        FieldKind::Person | FieldKind::People => Err("left out: nobody has an account here"),
    }
}

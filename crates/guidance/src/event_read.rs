//! Reading which events are meant: `event`, `where`, `with`, `without`, checked against what events hold.

use kinfold_record::{EventKind, FieldKind, FieldSpec};
use smol_str::{SmolStr, format_smolstr};
use toml::Spanned;
use toml::de::DeValue;

use crate::rule::{EventFilter, Every, LookBack, MetBy, Test};
use crate::table::{Table, hint, strings};

/// `event` and the tests beside it.
pub(crate) fn filter(t: &Table<'_, '_>) -> Option<EventFilter> {
    let event = t.must("event", kind(t));
    match event {
        Some(event) => Some(EventFilter { event, tests: tests(t, &[event]), bit: None }),
        None => {
            for key in ["where", "with", "without"] {
                let _ = t.get(key);
            }
            None
        }
    }
}

fn kind(t: &Table<'_, '_>) -> Option<EventKind> {
    let names: Vec<&str> = EventKind::ALL.iter().map(|k| k.as_str()).collect();
    t.choice("event", &names, EventKind::parse)
}

/// The tests in `where`, `with` and `without`; `kinds` are the events whose fields may be named (the first that
/// has the field decides).
pub(crate) fn tests(t: &Table<'_, '_>, kinds: &[EventKind]) -> Vec<Test> {
    let mut out = Vec::new();
    if let Some(table) = t.table("where") {
        for (name, span, value) in table.pairs() {
            let Some((position, spec)) = field(t, kinds, name, span.start) else { continue };
            if let Some(amount) = value.get_ref().as_table() {
                let amount = Table::new(t.reading, amount, value.span(), format!("the test of `{name}`"));
                out.extend(amount_test(&amount, kinds, position, spec));
            } else if let Some(values) = values(t, spec, value) {
                out.push(Test::Is(position, values));
            }
        }
    }
    for (key, make) in [("with", Test::Some as fn(u8) -> Test), ("without", Test::None)] {
        for (name, at) in t.texts(key).unwrap_or_default() {
            if let Some((position, spec)) = field(t, kinds, &name, at) {
                if comparable(spec) {
                    out.push(make(position));
                } else {
                    t.reading.mistake(
                        at,
                        format!("`{name}` is free text or a person: a rule cannot look at it"),
                        None,
                    );
                }
            }
        }
    }
    out
}

/// `{ from = 17, under = 41 }` or `{ rose_by = 4, of_same = ["informant"] }`.
fn amount_test(t: &Table<'_, '_>, kinds: &[EventKind], field_at: u8, spec: &FieldSpec) -> Option<Test> {
    let (from, under, rose) = (t.number("from"), t.number("under"), t.number("rose_by"));
    let mut of_same = Vec::new();
    for (name, at) in t.texts("of_same").unwrap_or_default() {
        of_same.extend(field(t, kinds, &name, at).map(|(position, _)| position));
    }
    if spec.kind != FieldKind::Number {
        t.reading.mistake(t.span.start, format!("`{}` is not a number", spec.name), None);
        return None;
    }
    let test = match (from, under, rose) {
        (None, None, Some(by)) => Some(Test::Rose { field: field_at, by, of_same }),
        (from, under, None) if (from.is_some() || under.is_some()) && of_same.is_empty() => {
            Some(Test::Between(field_at, from, under))
        }
        _ => {
            let hint = "Either `from` and `under`, or `rose_by` with `of_same`.".to_owned();
            t.reading.mistake(t.span.start, format!("{} says too little or too much", t.what), Some(hint));
            None
        }
    };
    t.done();
    test
}

/// A field by name.
pub(crate) fn field(
    t: &Table<'_, '_>,
    kinds: &[EventKind],
    name: &str,
    at: usize,
) -> Option<(u8, &'static FieldSpec)> {
    for kind in kinds {
        if let Some(position) = kind.field(name)
            && let Some(spec) = kind.fields().get(usize::from(position))
        {
            return Some((position, spec));
        }
    }
    let known = kinds.iter().flat_map(|k| k.fields()).map(|f| f.name);
    let events: Vec<&str> = kinds.iter().map(|k| k.as_str()).collect();
    t.reading.mistake(at, format!("{} has no field `{name}`", events.join(" or ")), hint(name, known));
    None
}

fn comparable(spec: &FieldSpec) -> bool {
    matches!(
        spec.kind,
        FieldKind::Flag
            | FieldKind::Code(_)
            | FieldKind::Codes(_)
            | FieldKind::Number
            | FieldKind::Day
            | FieldKind::Reference
    )
}

fn values(t: &Table<'_, '_>, spec: &FieldSpec, value: &Spanned<DeValue<'_>>) -> Option<Vec<SmolStr>> {
    let at = value.span().start;
    let wrong = |wanted: &str| {
        t.reading.mistake(at, format!("`{}` must be compared with {wanted}", spec.name), None);
        None
    };
    match spec.kind {
        FieldKind::Flag => match value.get_ref().as_bool() {
            Some(flag) => Some(vec![SmolStr::new_static(if flag { "yes" } else { "no" })]),
            None => wrong("true or false"),
        },
        FieldKind::Code(list) | FieldKind::Codes(list) => {
            let Some(texts) = strings(value) else { return wrong("a code or a list of codes") };
            for (code, at) in &texts {
                t.check_code(list, code, *at);
            }
            Some(texts.into_iter().map(|(code, _)| code).collect())
        }
        FieldKind::Number => {
            let one = |v: &DeValue<'_>| v.as_integer().map(|n| SmolStr::new(n.as_str()));
            let list = match value.get_ref().as_array() {
                Some(list) => list.iter().map(|v| one(v.get_ref())).collect(),
                None => one(value.get_ref()).map(|n| vec![n]),
            };
            if list.is_some() { list } else { wrong("a whole number") }
        }
        FieldKind::Day => match value.get_ref() {
            DeValue::Datetime(d) => Some(vec![format_smolstr!("{d}")]),
            _ => wrong("a date"),
        },
        FieldKind::Reference => {
            t.reading.mistake(
                at,
                format!("`{}` is another for every entry: a rule can only ask for the `same`", spec.name),
                None,
            );
            None
        }
        FieldKind::Line | FieldKind::Text | FieldKind::Address | FieldKind::Person | FieldKind::People => {
            t.reading.mistake(
                at,
                format!("`{}` is free text or a person: a rule cannot compare it", spec.name),
                None,
            );
            None
        }
    }
}

/// One `[[met_by]]` or `[[excused_by]]`, or the event part of a hand-off. `starting` are the kinds that may start the
/// duty, for `same`.
pub(crate) fn met_by(t: &Table<'_, '_>, starting: &[EventKind]) -> Option<MetBy> {
    let filter = filter(t);
    let kinds: Vec<EventKind> = filter.iter().map(|f| f.event).collect();
    let mut same = Vec::new();
    for (name, at) in t.texts("same").unwrap_or_default() {
        let here = kinds.is_empty() || field(t, &kinds, &name, at).is_some();
        let there = starting.iter().any(|k| k.field(&name).is_some());
        if here && !there {
            let hint = "`same` compares with the event that starts the duty.".to_owned();
            t.reading.mistake(
                at,
                format!("the entry that starts this duty has no field `{name}`"),
                Some(hint),
            );
        }
        same.push(name);
    }
    let from_before = match t.get("from_before").map(|v| v.get_ref().as_str()) {
        None => LookBack::No,
        Some(Some("ever")) => LookBack::Ever,
        Some(_) => t.period("from_before").map_or(LookBack::No, LookBack::By),
    };
    let every = t.table("every").and_then(|e| {
        let name = e.must("field", e.text("field"));
        let other = e.text("or");
        let codes = e.must("codes", e.texts("codes")).unwrap_or_default();
        let find = |n: &str| field(&e, &kinds, n, e.span.start);
        let found = name.filter(|_| !kinds.is_empty()).and_then(find);
        let or = other.filter(|_| !kinds.is_empty()).and_then(find);
        if let Some((_, spec)) = found {
            match spec.kind {
                FieldKind::Codes(list) | FieldKind::Code(list) => {
                    codes.iter().for_each(|(code, at)| e.check_code(list, code, *at));
                }
                _ => e.at("field", "`every` needs a field that holds codes", None),
            }
        }
        e.finish();
        Some(Every {
            field: found?.0,
            or: or.map(|o| o.0),
            codes: codes.into_iter().map(|(c, _)| c).collect(),
        })
    });
    Some(MetBy { filter: filter?, same, from_before, every })
}

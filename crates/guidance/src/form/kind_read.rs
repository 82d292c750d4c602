//! Reading what kind of answer a question takes.

use smol_str::{SmolStr, format_smolstr};

use super::question_read::{Place, check_list, columns};
use super::read::{MOST, is_word};
use super::{DayLimit, Decimal, Kind, NumberKind, Options, Question};
use crate::table::Table;

/// Longest text in paragraphs, in characters, as the record holds it.
pub(super) const LONG: u32 = 20_000;
/// Longest text on one line.
const LINE: u32 = 200;
/// Most answers to choose from before a list stops being one that a person can read.
const CHOICES: usize = 60;

/// Kinds of question, by name.
pub const KINDS: [&str; 15] = [
    "text",
    "rich",
    "date",
    "yes_no",
    "choice",
    "several",
    "number",
    "scale",
    "table",
    "person",
    "address",
    "upload",
    "signature",
    "child_words",
    "instrument",
];

/// `kind` and the keys that go with it.
pub(super) fn kind(t: &Table<'_, '_>, place: &Place<'_>, before: &[Question]) -> Option<Kind> {
    let name = t.choice("kind", &KINDS, |s| KINDS.iter().find(|k| **k == s).copied())?;
    if place.columns
        && matches!(name, "table" | "upload" | "signature" | "child_words" | "instrument" | "address")
    {
        t.at(
            "kind",
            format!("a column cannot be of kind {name}"),
            Some("Ask it in a question of its own.".into()),
        );
    }
    match name {
        "text" => Some(Kind::Text { most: length(t, "most", LINE, LINE) }),
        "rich" => {
            Some(Kind::Rich { least: length(t, "least", 0, LONG), most: length(t, "most", LONG, LONG) })
        }
        "date" => Some(Kind::Date { from: day(t, "from"), to: day(t, "to") }),
        "yes_no" => Some(Kind::YesNo),
        "choice" => options(t).map(Kind::Choice),
        "several" => options(t).map(Kind::Several),
        "number" => Some(Kind::Number(number(t))),
        "scale" => scale(t),
        "table" => table(t, place, before),
        "person" => Some(Kind::Person),
        "address" => Some(Kind::Address),
        "upload" => Some(Kind::Upload { most: u8::try_from(count(t, "most", 5, 20)).unwrap_or(5) }),
        "signature" => {
            Some(Kind::Signature { declaration: t.must("declaration", t.text("declaration"))?.to_owned() })
        }
        "child_words" => {
            let reasons = t.text("reasons").unwrap_or("no_child_words");
            check_list(t, "reasons", reasons);
            if t.has("or_reason") {
                t.at("or_reason", "the child's own words have their reasons in `reasons`", None);
            }
            Some(Kind::ChildWords { reasons: SmolStr::new(reasons) })
        }
        _ => instrument(t, place, before),
    }
}

fn count(t: &Table<'_, '_>, key: &'static str, usual: i32, largest: i32) -> i32 {
    let n = t.number(key).unwrap_or(usual);
    if !(0..=largest).contains(&n) {
        t.at(key, format!("`{key}` must be between 0 and {largest}"), None);
    }
    n.clamp(0, largest)
}

fn length(t: &Table<'_, '_>, key: &'static str, usual: u32, largest: u32) -> u32 {
    let largest = i32::try_from(largest).unwrap_or(i32::MAX);
    u32::try_from(count(t, key, i32::try_from(usual).unwrap_or(largest), largest)).unwrap_or(usual)
}

fn day(t: &Table<'_, '_>, key: &'static str) -> Option<DayLimit> {
    match t.get(key)?.get_ref().as_str() {
        Some("today") => Some(DayLimit::Today),
        Some("birth") => Some(DayLimit::Birth),
        _ => t.date(key).map(DayLimit::Day),
    }
}

fn options(t: &Table<'_, '_>) -> Option<Options> {
    match (t.text("codes"), t.table("options")) {
        (Some(list), None) => {
            check_list(t, "codes", list);
            let only = t.codes("only", list).unwrap_or_default();
            Some(Options::List { list: SmolStr::new(list), only })
        }
        (None, Some(own)) => {
            let mut out: Vec<(SmolStr, String)> = Vec::new();
            for (code, span, value) in own.pairs() {
                match value.get_ref().as_str() {
                    Some(title) if is_word(code) && !title.trim().is_empty() => {
                        out.push((SmolStr::new(code), title.to_owned()));
                    }
                    _ => {
                        let hint =
                            "Write `low = \"Low on most days\"`: small letters, digits and _.".to_owned();
                        t.reading.mistake(span.start, "an option is a code with its words", Some(hint));
                    }
                }
            }
            if out.len() < 2 || out.len() > CHOICES {
                t.at("options", format!("{} options are no choice", out.len()), None);
            }
            Some(Options::Own(out))
        }
        _ => {
            let hint =
                "Give `codes = \"list\"` or `options = { low = \"Low\", high = \"High\" }`.".to_owned();
            t.at("kind", "a choice takes its answers from `codes` or from `options`", Some(hint));
            None
        }
    }
}

/// A number in the file, whole or with a point.
pub(super) fn decimal(t: &Table<'_, '_>, key: &'static str) -> Option<Decimal> {
    let value = t.get(key)?;
    let text =
        value.get_ref().as_integer().map(|n| n.as_str()).or(value.get_ref().as_float().map(|n| n.as_str()));
    let number = text.and_then(|s| s.parse().ok());
    if number.is_none() {
        t.at(key, format!("`{key}` must be a number with at most four places"), None);
    }
    number
}

fn number(t: &Table<'_, '_>) -> NumberKind {
    let kind = NumberKind {
        unit: t.text("unit").map(str::to_owned),
        places: u8::try_from(count(t, "places", 0, 4)).unwrap_or(0),
        least: decimal(t, "least"),
        most: decimal(t, "most"),
        unusual_below: decimal(t, "unusual_below"),
        unusual_above: decimal(t, "unusual_above"),
    };
    let order = [kind.least, kind.unusual_below, kind.unusual_above, kind.most];
    if !order.iter().flatten().is_sorted() {
        let hint = "In order: least, unusual_below, unusual_above, most.".to_owned();
        t.at("kind", "these limits contradict each other", Some(hint));
    }
    kind
}

fn scale(t: &Table<'_, '_>) -> Option<Kind> {
    let (from, to) = (t.number("from").unwrap_or(0), t.must("to", t.number("to")));
    let (low, high) = (t.must("low", t.text("low")), t.must("high", t.text("high")));
    let to = to?;
    if !(from + 1..=from + 10).contains(&to) {
        t.at("to", format!("a scale from {from} to {to} cannot be drawn"), Some("2 to 11 steps.".into()));
    }
    Some(Kind::Scale { from, to, low: low?.to_owned(), high: high?.to_owned() })
}

fn table(t: &Table<'_, '_>, place: &Place<'_>, before: &[Question]) -> Option<Kind> {
    let row = t.must("row", t.text("row"));
    let (least, most) = (count(t, "least", 0, MOST), count(t, "most", 30, MOST));
    if least > most || most == 0 {
        t.at("most", format!("a table cannot have at least {least} and at most {most} rows"), None);
    }
    let inside = Place { sections: place.sections, here: place.here, outside: before, columns: true };
    let columns = if place.columns { Vec::new() } else { columns(t, &inside) };
    if columns.is_empty() {
        t.at("column", "the table has no columns", Some("Add [[section.question.column]].".into()));
    }
    Some(Kind::Table {
        columns,
        row: row?.to_owned(),
        least: u16::try_from(least).unwrap_or(0),
        most: u16::try_from(most).unwrap_or(30),
    })
}

fn instrument(t: &Table<'_, '_>, place: &Place<'_>, before: &[Question]) -> Option<Kind> {
    let instrument = t.must("instrument", t.text("instrument"));
    let mut items: Vec<SmolStr> = Vec::new();
    for (text, at) in t.must("items", t.texts("items")).unwrap_or_default() {
        let range =
            text.split_once("..").and_then(|(a, b)| Some((a.parse::<u16>().ok()?, b.parse::<u16>().ok()?)));
        match range {
            Some((a, b)) if a <= b && b - a < 200 => items.extend((a..=b).map(|n| format_smolstr!("{n}"))),
            None if text.chars().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase()) => items.push(text),
            _ => {
                let hint = Some("Write \"1..25\", \"26\" or \"29a\".".to_owned());
                t.reading.mistake(at, format!("\"{text}\" is not the number of an item"), hint);
            }
        }
    }
    if let Some(twice) = items.iter().enumerate().find(|(i, item)| items.iter().take(*i).any(|x| x == *item))
    {
        t.at("items", format!("item {} is there twice", twice.1), None);
    }
    let earlier = |id: &SmolStr| {
        let once = place.sections.iter().filter(|s| s.repeat.is_none());
        before.iter().chain(once.flat_map(|s| &s.questions)).find(|q| q.id == *id).map(|q| &q.kind)
    };
    let variant = t.text("variant").map(SmolStr::new);
    if let Some(id) = &variant
        && !matches!(earlier(id), Some(Kind::Choice(_)))
    {
        t.at("variant", format!("no choice \"{id}\" comes before this question"), None);
    }
    let language = t.text("language").map(SmolStr::new);
    if let Some(id) = &language
        && !matches!(earlier(id), Some(Kind::Choice(_) | Kind::Text { .. }))
    {
        t.at("language", format!("no choice or text \"{id}\" comes before this question"), None);
    }
    let (from, to) = (t.number("from").unwrap_or(0), t.must("to", t.number("to"))?);
    // One character each, where answers are written in a line.
    if !(0..to).contains(&from) || to > 9 {
        t.at("to", format!("answers from {from} to {to} cannot be entered"), Some("Between 0 and 9.".into()));
    }
    Some(Kind::Instrument { instrument: SmolStr::new(instrument?), items, variant, language, from, to })
}

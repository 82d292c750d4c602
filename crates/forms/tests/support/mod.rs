//! An invented child, and somebody who fills in forms.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "test helpers: each test file uses some of them"
)]

use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_forms::{
    Answer, AnsweredPerson, Answers, Facts, Key, NewEntry, Row, Severity, Sheet, Upload, words,
};
use kinfold_guidance::form::{DayLimit, Decimal, Form, Kind, Question};
use kinfold_guidance::{Guidance, Layer, LayerName};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, Sensitivity, Timeline};
use uuid::Uuid;

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The day of these tests.
pub fn today() -> Date {
    day("2026-11-22")
}

pub fn national() -> &'static Guidance {
    static ONCE: OnceLock<Guidance> = OnceLock::new();
    ONCE.get_or_init(|| Guidance::national().unwrap_or_else(|m| panic!("\n{m}")))
}

/// The national layer without rules and forms, with these forms.
pub fn with_forms(forms: &[&str]) -> Guidance {
    let texts: Vec<(String, String)> = forms
        .iter()
        .map(|text| {
            let value = |key: &str| {
                let line = text.lines().find_map(|l| l.strip_prefix(&format!("{key} = "))).unwrap();
                line.trim_matches('"').to_owned()
            };
            let (id, version) = (value("id"), value("version"));
            let name = if version == "1" { id } else { format!("{id}.v{version}") };
            (format!("forms/{name}.toml"), (*text).to_owned())
        })
        .collect();
    let without = ["rules", "forms", "measures", "board", "frameworks", "outlines", "needs", "inspection"];
    let kept = |p: &str| !without.iter().any(|start| p.starts_with(start));
    let national = Layer::national().files.into_iter().filter(|f| kept(&f.path)).map(|f| (f.path, f.text));
    let layer = Layer::from_texts(LayerName::National, national.chain(texts));
    Guidance::load(&[layer]).unwrap_or_else(|m| panic!("\n{m}"))
}

pub fn entry(n: u128, on: Date, event: Event) -> Entry {
    Entry {
        id: EntryId(Uuid::from_u128(n)),
        child: ChildId(Uuid::from_u128(1)),
        happened_on: on,
        happened_at: None,
        recorded_at: Timestamp::from_second(1_700_000_000 + i64::try_from(n).unwrap()).unwrap(),
        recorded_by: None,
        source: None,
        about: Vec::new(),
        sensitivity: Sensitivity::Ordinary,
        replaces: None,
        event,
    }
}

/// The entries of a child who was born on a day and came into care half a year before the day of these tests.
pub fn entries(born: Date) -> Vec<Entry> {
    let event = |json: serde_json::Value| serde_json::from_value::<Event>(json).unwrap();
    let in_care = day("2026-05-22");
    vec![
        entry(
            1,
            born,
            event(
                serde_json::json!({"kind": "child_registered", "given_name": "Robin", "family_name": "Sandford",
                "date_of_birth": born.to_string(), "first_language": "English"}),
            ),
        ),
        entry(2, in_care, event(serde_json::json!({"kind": "care_started", "legal_status": "C2"}))),
        entry(
            3,
            in_care,
            event(serde_json::json!({"kind": "placement_started", "placement_type": "U6",
            "carer_name": "Alex Moor"})),
        ),
    ]
}

pub fn timeline(entries: &[Entry]) -> Timeline {
    let chronology = Chronology::new(ChildId(Uuid::from_u128(1)), entries.to_vec()).unwrap();
    Timeline::fold(&chronology, None)
}

pub fn facts(born: Date) -> Facts {
    Facts::of(&timeline(&entries(born)), today())
}

/// The same numbers for the same seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n.max(1)
    }
}

/// Fills in a form until nothing is missing or wrong: whatever is asked gets an answer that its question takes.
pub fn fill(form: &Form, facts: &Facts, seed: u64) -> Answers {
    fill_times(form, facts, seed, |_| None)
}

/// The same, with sections that repeat as often as `times` says.
pub fn fill_times(
    form: &Form,
    facts: &Facts,
    seed: u64,
    times: impl Fn(&kinfold_guidance::form::Section) -> Option<u8>,
) -> Answers {
    let codes = &national().codes;
    let mut dice = Dice(seed);
    let mut answers = Answers::default();
    for section in &form.sections {
        answers.times.extend(times(section).map(|n| (section.id.clone(), n)));
    }
    for _ in 0..200 {
        let sheet = Sheet::new(form, &answers, facts, codes);
        let next = sheet.asked().find_map(|(section, key, question)| {
            let wrong = sheet.check_section(section, key.time);
            let mine = wrong.iter().any(|p| p.key == key && p.severity == Severity::Error);
            (mine || sheet.answer(&key).is_none() && question.required).then_some((section, key, question))
        });
        let Some((section, key, question)) = next else { return answers };
        let answer = match &question.kind {
            Kind::Table { columns, least, .. } => {
                let rows = 1 + usize::from(*least) + dice.below(2);
                Answer::Rows(
                    (0..rows).map(|_| fill_row(&sheet, section, key.time, columns, &mut dice)).collect(),
                )
            }
            _ => fill_one(question, facts, &mut dice),
        };
        answers.set(key, Some(answer));
    }
    let sheet = Sheet::new(form, &answers, facts, codes);
    panic!("{} does not come to an end: {:?}", form.id, sheet.check_all());
}

fn fill_row<'a>(
    sheet: &Sheet<'a>,
    section: &'a kinfold_guidance::form::Section,
    time: u8,
    columns: &'a [Question],
    dice: &mut Dice,
) -> Row {
    let mut row = Row::default();
    for column in columns {
        if sheet.column_asked(section, time, columns, &row, column) {
            row.0.insert(column.id.clone(), fill_one(column, sheet.facts, dice));
        }
    }
    row
}

fn fill_one(question: &Question, facts: &Facts, dice: &mut Dice) -> Answer {
    let codes = &national().codes;
    let list = match &question.kind {
        Kind::ChildWords { reasons } => Some(reasons),
        _ => question.or_reason.as_ref(),
    };
    if let Some(list) = list.filter(|_| dice.below(4) == 0) {
        let codes = &codes.list(list).unwrap().codes;
        let reason = codes[dice.below(codes.len())].code.clone();
        return Answer::NotGiven { reason, text: "It was tried twice.".into() };
    }
    let text = "She likes the night light, and the door left open.";
    match &question.kind {
        Kind::Text { .. } => Answer::Text("Somebody who knows".into()),
        Kind::Rich { .. } => Answer::Text(text.into()),
        Kind::ChildWords { .. } => Answer::ChildWords(text.into()),
        Kind::YesNo => Answer::YesNo(dice.below(2) == 0),
        Kind::Date { from: Some(DayLimit::Today), .. } => {
            Answer::Date(facts.today.saturating_add(jiff::Span::new().days(dice.below(40) as i64)))
        }
        // Since the child is in care, so that an order of entries is kept.
        Kind::Date { .. } => {
            Answer::Date(facts.today.saturating_sub(jiff::Span::new().days(dice.below(90) as i64)))
        }
        Kind::Choice(options) => {
            let may = words::options(options, codes, facts.today);
            Answer::Choice(may[dice.below(may.len())].0.clone())
        }
        Kind::Several(options) => {
            let may = words::options(options, codes, facts.today);
            let first = dice.below(may.len());
            let mut chosen = vec![may[first].0.clone()];
            chosen.extend(may.get(first + 1).map(|(code, _)| code.clone()));
            Answer::Several(chosen)
        }
        Kind::Number(kind) => {
            let least = kind.least.unwrap_or(Decimal::whole(1));
            Answer::Number(least.plus(Decimal::whole(dice.below(6) as i64 + 1)).unwrap())
        }
        Kind::Scale { from, to, .. } => Answer::Scale(from + dice.below((to - from + 1) as usize) as i32),
        Kind::Person => {
            Answer::Person(AnsweredPerson { name: "Alex Moor".into(), ..AnsweredPerson::default() })
        }
        Kind::Address => {
            Answer::Address(kinfold_forms::Address { lines: "1 High Street".into(), postcode: String::new() })
        }
        Kind::Upload { .. } => Answer::Uploads(vec![Upload { id: "d1".into(), name: "letter.pdf".into() }]),
        Kind::Signature { .. } => Answer::Signature { name: "Alex Moor".into(), on: facts.today },
        Kind::Instrument { items, from, to, .. } => Answer::Items(
            items.iter().map(|i| (i.clone(), from + dice.below((to - from + 1) as usize) as i32)).collect(),
        ),
        Kind::Table { .. } => panic!("a table in a table"),
    }
}

/// The records' opinion of entries, one after the other: what is impossible.
pub fn impossible(born: Date, new: &[NewEntry]) -> Vec<String> {
    let mut all = entries(born);
    let mut out = Vec::new();
    for (n, new) in new.iter().enumerate() {
        let mut entry = entry(100 + n as u128, new.happened_on, new.event.clone());
        entry.sensitivity = new.sensitivity;
        let problems = kinfold_record::check(&timeline(&all), &entry, today());
        let bad = problems.into_iter().filter(|p| p.severity == kinfold_record::Severity::Impossible);
        out.extend(bad.map(|p| format!("{}: {}", entry.event.kind().as_str(), p.message)));
        all.push(entry);
    }
    out
}

/// A key of a question that is asked once.
pub fn key(question: &str) -> Key {
    Key::of(question)
}

//! The code lists that the events name.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up should fail")]
#![expect(clippy::disallowed_methods, reason = "tests read files; the library does not")]

mod reference;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kinfold_record::{Entry, EventKind, FieldKind};

/// The keys with which a form names a list.
const OF_FORMS: [&str; 2] = ["or_reason = ", "codes = "];

/// What services answer: of the directory of services, which is about no child and has no events of the record.
const OF_THE_DIRECTORY: [&str; 2] = ["service_need", "service_need_plain"];

/// Lists that a form asks from: why a question was left open is kept in the form's document, and in no event.
fn named_by_forms() -> BTreeSet<String> {
    let forms = std::fs::read_dir(folder().join("../forms")).unwrap().map(|file| file.unwrap().path());
    let texts = forms.filter(|p| p.extension().is_some_and(|e| e == "toml")).map(std::fs::read_to_string);
    let mut out = BTreeSet::new();
    for text in texts {
        for line in text.unwrap().lines() {
            let list = OF_FORMS.iter().find_map(|key| line.strip_prefix(key));
            out.extend(list.map(|list| list.trim().trim_matches('"').to_owned()));
        }
    }
    out
}

struct Row {
    code: String,
    title: String,
    from: Option<Date>,
    to: Option<Date>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guidance/codes")
}

fn lists() -> BTreeMap<String, Vec<Row>> {
    let mut out = BTreeMap::new();
    for file in std::fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(
            reader.headers().unwrap().iter().collect::<Vec<_>>(),
            ["code", "title", "from", "to"],
            "{name}"
        );
        let date =
            |s: &str| (!s.is_empty()).then(|| s.parse().unwrap_or_else(|e| panic!("{name}: {s}: {e}")));
        let rows = reader.records().map(|row| {
            let row = row.unwrap_or_else(|e| panic!("{name}: {e}"));
            let cell = |i: usize| row.get(i).unwrap().to_owned();
            Row { code: cell(0), title: cell(1), from: date(&cell(2)), to: date(&cell(3)) }
        });
        let rows = rows.collect();
        out.insert(name, rows);
    }
    out
}

fn named() -> BTreeSet<&'static str> {
    let fields = EventKind::ALL.iter().flat_map(|k| k.fields());
    let list = |kind| match kind {
        FieldKind::Code(list) | FieldKind::Codes(list) => Some(list),
        _ => None,
    };
    fields.filter_map(|f| list(f.kind)).collect()
}

#[test]
fn every_list_that_an_event_names_has_a_file_and_every_file_is_used() {
    let lists = lists();
    let files: BTreeSet<_> = lists.keys().map(String::as_str).collect();
    let by_forms = named_by_forms();
    let used: BTreeSet<_> =
        named().into_iter().chain(by_forms.iter().map(String::as_str)).chain(OF_THE_DIRECTORY).collect();
    assert_eq!(files, used);
}

#[test]
fn codes_are_given_once_with_a_short_title_and_dates_in_order() {
    for (list, rows) in lists() {
        let (mut codes, mut titles) = (BTreeSet::new(), BTreeSet::new());
        assert!(rows.len() > 1, "{list}");
        for row in &rows {
            let Row { code, title, from, to } = row;
            assert!(codes.insert(code), "{list}: {code} twice");
            assert!(titles.insert(title), "{list}: {title:?} is the title of two codes");
            assert!(code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'), "{list}: {code:?}");
            assert!((1..=75).contains(&title.chars().count()), "{list}: {code}: {title:?}");
            assert!(title.trim() == title && !title.ends_with('.'), "{list}: {title:?}");
            assert!(from.zip(*to).is_none_or(|(from, to)| from <= to), "{list}: {code}");
        }
    }
}

#[test]
fn the_lists_of_the_statutory_return_are_complete() {
    let lists = lists();
    for (list, count) in [
        ("sex", 5),
        ("ethnicity", 20),
        ("legal_status", 13),
        ("category_of_need", 8),
        ("placement_type", 32),
        ("placement_provider", 6),
        // Without X1, which only joins two episodes.
        ("care_end_reason", 21),
        ("placement_end_reason", 12),
        ("review_participation", 8),
        ("missing_category", 2),
        ("sdq_reason", 5),
        ("in_touch", 6),
        ("activity", 12),
        ("accommodation", 31),
        ("previous_permanence", 5),
        ("adoption_reversal_reason", 4),
        ("adopter_sex", 5),
        ("adopter_status", 6),
        ("worker_change_reason", 10),
        // 152 authorities, 6 made since 2019, 4 countries and unknown.
        ("local_authority", 163),
    ] {
        assert_eq!(lists.get(list).map(Vec::len), Some(count), "{list}");
    }
    let valid = |list: &str, code: &str, on: Date| {
        let row = lists.get(list).unwrap().iter().find(|r| r.code == code).unwrap();
        row.from.is_none_or(|from| from <= on) && row.to.is_none_or(|to| on <= to)
    };
    let day = |s: &str| s.parse().unwrap();
    // Supported accommodation has been registered, and independent living has not been a placement, since 28 October 2023.
    assert!(
        !valid("placement_type", "K3", day("2023-10-27")) && valid("placement_type", "K3", day("2023-10-28"))
    );
    assert!(
        valid("placement_type", "P2", day("2023-10-27")) && !valid("placement_type", "P2", day("2023-10-28"))
    );
    // A return year runs from 1 April to 31 March.
    assert!(
        valid("placement_type", "Z1", day("2025-03-31")) && !valid("placement_type", "Z1", day("2025-04-01"))
    );
    assert!(
        !valid("placement_type", "Z12", day("2025-03-31"))
            && valid("placement_type", "Z12", day("2025-04-01"))
    );
    assert!(valid("sex", "M", day("2016-01-01")), "a person's sex has no dates; only the old codes end");
}

#[test]
fn the_examples_use_codes_that_exist() {
    let lists = lists();
    for kind in EventKind::ALL {
        let text = reference::read(&reference::golden().join(format!("{}.json", kind.as_str()))).unwrap();
        let entry: Entry = serde_json::from_str(&text).unwrap();
        let mut seen = 0;
        entry.event.strings(&mut |field, code| {
            if let FieldKind::Code(list) | FieldKind::Codes(list) = field.kind {
                seen += 1;
                assert!(
                    lists.get(list).unwrap().iter().any(|r| r.code == code),
                    "{}: {list} {code}",
                    kind.as_str()
                );
            }
        });
        let coded = kind
            .fields()
            .iter()
            .filter(|f| matches!(f.kind, FieldKind::Code(_) | FieldKind::Codes(_)))
            .count();
        assert!(seen >= coded, "{}: {seen} of {coded} coded fields were shown", kind.as_str());
    }
}

//! Writes `docs/reference/events.md` from the schema and the golden files.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use kinfold_record::{Entry, EventKind, FieldKind, Strand};

/// Where the examples of every kind are.
pub fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The text of a golden file.
#[expect(clippy::disallowed_methods, reason = "tests and documentation read files; the library does not")]
pub fn read(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

const INTRODUCTION: &str = r#"# Events

*Made from the code by `cargo run -p kinfold-record --example events_md > docs/reference/events.md`. A test fails when
this page differs.*

A child's record is a chronology: entries that are never changed or removed. Each says what happened, when, when we knew
and who said so. This page is the format of entries in stored JSON, in exports, and in the file that
`kinfold pathway explain --chronology FILE.json` reads. A kind or a field on this page is never renamed or removed.

## A chronology file

```json
{
  "child": "01980000-0000-7000-8000-000000000001",
  "entries": [
    { "happened_on": "2015-05-02", "event": { "kind": "child_registered", "given_name": "Robin", "family_name": "Ashdown", "date_of_birth": "2015-05-01" } },
    { "happened_on": "2026-12-01", "event": { "kind": "care_started", "legal_status": "V2" } },
    { "happened_on": "2026-12-01", "event": { "kind": "placement_started", "placement_type": "U6" } },
    { "happened_on": "2026-12-07", "event": { "kind": "visit", "seen": true, "seen_alone": true } },
    { "happened_on": "2026-12-08", "replaces": 4, "event": { "kind": "visit", "seen": true, "seen_alone": true } }
  ]
}
```

What is wrong in a file is answered with the number of the entry, its kind, the field and what to do.

## An entry

| field | type | required | what it says |
|---|---|---|---|
| `id` | UUID | no | this entry; given by its place in the file when left out |
| `child` | UUID | no | whose chronology; the file's when left out |
| `happened_on` | date, `YYYY-MM-DD` | yes | the civil day it happened, in England |
| `happened_at` | time, `14:30` | no | the time of day, where hours matter |
| `recorded_at` | instant, `2026-03-10T14:30:00Z` | no | when we knew; in a file, noon in UTC of `happened_on` when left out (of a correction, never before what it corrects) |
| `recorded_by` | UUID | no | who recorded it |
| `source` | text | no | where it came from when no person typed it |
| `about` | list of UUIDs | no | other people it is about |
| `sensitivity` | `ordinary`, `health`, `third_party`, `safeguarding`, `restricted`, `answers`, `family_health`, `sexual_health`, `therapy`, `voice`, `substance_use` | no | who beyond the circle may read it; `ordinary` when left out |
| `replaces` | UUID, or in a file the number of an entry from 1 | no | the entry that this one corrects or withdraws |
| `event` | object | yes | what happened: its `kind` and the fields of that kind, below |

## How entries add up

- **Corrections.** Entries that replace each other, directly or through others, are one lineage. What was recorded last
  in it stands: a second correction supersedes the first, and after a `withdrawn` nothing of the lineage stands, also
  when what was withdrawn was itself a correction. To bring something back, record it again in place of the withdrawal.
- **One day.** Entries of one day are taken in the order they must have happened, whatever the order of recording: what
  was running ends before it starts again, care ceases after everything else, a stay of one day starts before it ends.
  Missing and found follow their times, when all have one.
- **Spells** run from their first day to the day before their end. What starts and ends on one day covers no day.
- **Eighteen.** Periods of care, legal statuses, placements and unaccompanied status end on the eighteenth birthday at
  the latest (of those born on 29 February, on 1 March), whether or not anybody recorded so; a death ends them as well.
- **Away for a time.** A temporary placement (T0 to T4) is a placement of its own, but the stay with the carers goes on:
  long-term fostering, fewer visits and until-eighteen last through it when the child returns to the same carer account,
  carer name or Ofsted number, or `same_carer` says so. A move together with the carers continues the stay as well.

## Kinds

Code lists are the files `guidance/codes/<list>.csv`. The examples fill in every field, so some of their answers would
not go together in a real entry.
"#;

/// The page.
pub fn page() -> Result<String, Box<dyn std::error::Error>> {
    let mut out = INTRODUCTION.to_owned();
    for strand in Strand::ALL {
        let kinds = || EventKind::ALL.iter().filter(|k| k.strand() == strand);
        let list: Vec<_> = kinds().map(|k| format!("[`{0}`](#{0})", k.as_str())).collect();
        writeln!(out, "\n**{}:** {}", strand.title(), list.join(" · "))?;
    }
    for kind in EventKind::ALL {
        writeln!(out, "\n### {}\n\n{}. Strand: {}.\n", kind.as_str(), kind.title(), kind.strand().title())?;
        if kind.fields().is_empty() {
            writeln!(out, "It has no fields.\n")?;
        } else {
            writeln!(out, "| field | type | required | what it asks |\n|---|---|---|---|")?;
        }
        for f in kind.fields() {
            let of = match f.kind {
                FieldKind::Flag => "yes or no: `true`, `false`".to_owned(),
                FieldKind::Code(list) => format!("code of [`{list}`](../../guidance/codes/{list}.csv)"),
                FieldKind::Codes(list) => {
                    format!("list of codes of [`{list}`](../../guidance/codes/{list}.csv)")
                }
                FieldKind::Number => "whole number".to_owned(),
                FieldKind::Day => "date".to_owned(),
                FieldKind::Line => "text, one line".to_owned(),
                FieldKind::Text => "text".to_owned(),
                FieldKind::Address => "address".to_owned(),
                FieldKind::Person => "person, UUID".to_owned(),
                FieldKind::People => "people, list of UUIDs".to_owned(),
                FieldKind::Reference => "reference, the same in every entry about it".to_owned(),
            };
            let required = if f.required { "yes" } else { "no" };
            writeln!(out, "| `{}` | {of} | {required} | {} |", f.name, f.label)?;
        }
        let entry: Entry = serde_json::from_str(&read(&golden().join(format!("{}.json", kind.as_str())))?)?;
        writeln!(out, "\n```json\n{}\n```", serde_json::to_string_pretty(&entry.event)?)?;
    }
    Ok(out)
}

//! Writes the whole record of every child of an invented council as one bundle each, for `scripts/outside-checks/bundles.py`
//! to validate: what years of a record put beside each other, and not one entry of each kind. Run by
//! `scripts/outside-checks.sh fhir`.
//!
//!     outside_children FOLDER      makes FOLDER/children/*.json

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use jiff::civil::date;
use kinfold_fhir::{BundleKind, Facts, Member, Titles, bundle, resources};
use kinfold_fictional::{InventedChild, council};
use kinfold_record::{Chronology, Entry, Timeline};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How many children are looked after in it; every kind of story occurs among so many and those who have left.
const CHILDREN: usize = 60;

struct Plain;

impl Titles for Plain {
    fn title<'a>(&'a self, _: &str, code: &'a str) -> &'a str {
        code
    }
}

fn main() -> ExitCode {
    let folder = env::args().nth(1).unwrap_or_default();
    let target = Path::new(&folder).join("children");
    match all(&target) {
        Ok((records, count)) => {
            println!("{count} resources of {records} whole records written");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", target.display());
            ExitCode::FAILURE
        }
    }
}

/// How many records were written, and how many resources they have.
fn all(target: &Path) -> Outcome<(usize, usize)> {
    fs::create_dir_all(target)?;
    let council = council(date(2026, 11, 23), 7, CHILDREN);
    let mut count = 0;
    for child in &council.children {
        count += one(target, child)?;
    }
    if count < CHILDREN * 10 {
        return Err("the records are almost empty".into());
    }
    Ok((council.children.len(), count))
}

fn one(target: &Path, child: &InventedChild) -> Outcome<usize> {
    let chronology = Chronology::new(child.id, child.entries.clone())?;
    let timeline = Timeline::fold(&chronology, None);
    let entries: Vec<&Entry> = chronology.standing(None);
    let circle: Vec<Member<'_>> = timeline
        .circle
        .iter()
        .map(|member| Member {
            entry: member.entry,
            role: &member.role,
            name: member.name.as_deref(),
            parental_responsibility: member.parental_responsibility,
            start: member.start,
            end: member.end,
        })
        .collect();
    let made = resources(&Facts {
        child: child.id,
        identity: &timeline.identity,
        born: timeline.born,
        died: timeline.died,
        entries: &entries,
        circle: &circle,
        documents: &[],
        titles: &Plain,
    });
    let count = made.len();
    let at = "2026-11-23T10:00:00Z".parse()?;
    let whole = bundle(BundleKind::Search, "everything", "https://kinfold.example/fhir", at, made);
    let file = target.join(format!("{}.json", child.reference));
    fs::write(file, serde_json::to_string(&whole.json())?)?;
    Ok(count)
}

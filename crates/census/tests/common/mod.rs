//! What several tests need: reading a folder as the binary does, and folding what was converted.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod made;
pub mod told;

use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use kinfold_census::{
    ConvertOptions, Converted, ImportedChild, ImportedEntry, ReadOptions, Return, RowError, SourceFile,
    YearReturn, to_chronologies,
};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Timeline};
use uuid::Uuid;

pub const TODAY: Date = date(2026, 11, 21);

/// The fixtures of this crate.
pub fn fixtures(folder: &str) -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(folder);
    files(&root).expect("the fixtures lie beside the tests")
}

/// A folder outside the repository that not every machine has.
pub fn shared(folder: &str) -> Option<Vec<SourceFile>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ssda903").join(folder);
    let found = files(&root);
    if found.is_none() {
        eprintln!("skipped: {folder} of the shared data is not here");
    }
    found
}

/// Every file below a folder, named as it is below it.
fn files(root: &Path) -> Option<Vec<SourceFile>> {
    let mut out = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).ok()? {
            let path = item.ok()?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "csv" || e == "xml") {
                let name = path.strip_prefix(root).ok()?.to_string_lossy().into_owned();
                #[expect(clippy::disallowed_methods, reason = "tests read fixtures")]
                out.push(SourceFile::new(name, std::fs::read(&path).ok()?));
            }
        }
    }
    Some(out)
}

pub fn read(files: &[SourceFile]) -> (Vec<YearReturn>, Vec<RowError>) {
    Return::read(files, &ReadOptions::default())
}

/// One CSV file in the folder of a year.
pub fn csv(year: i16, name: &str, text: &str) -> SourceFile {
    SourceFile::new(format!("{year}/{name}.csv"), text.as_bytes())
}

/// Reads and converts, with the problems of both.
pub fn convert(files: &[SourceFile]) -> Converted {
    let (years, mut errors) = read(files);
    let mut converted = to_chronologies(&years, &ConvertOptions { today: TODAY });
    errors.append(&mut converted.errors);
    Converted { errors, ..converted }
}

/// The entries as they would be recorded, in order.
pub fn entries(child: &ImportedChild) -> Vec<Entry> {
    let recorded_at = Timestamp::UNIX_EPOCH + 1.hour();
    let entry = |(i, e): (usize, &ImportedEntry)| Entry {
        id: EntryId(Uuid::from_u128(100 + i as u128)),
        child: ChildId(Uuid::from_u128(1)),
        happened_on: e.happened_on,
        happened_at: None,
        recorded_at,
        recorded_by: None,
        source: Some(e.source.clone()),
        about: Vec::new(),
        sensitivity: e.sensitivity,
        replaces: None,
        event: e.event.clone(),
    };
    child.entries.iter().enumerate().map(entry).collect()
}

/// What the entries add up to.
pub fn fold(child: &ImportedChild) -> Timeline {
    let id = ChildId(Uuid::from_u128(1));
    Timeline::fold(&Chronology::new(id, entries(child)).expect("entries of one child"), None)
}

/// The entries of one child, each as `day kind`.
pub fn lines(child: &ImportedChild) -> Vec<String> {
    child.entries.iter().map(|e| format!("{} {}", e.happened_on, e.event.kind().as_str())).collect()
}

/// The problems in plain text.
pub fn said(errors: &[RowError]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

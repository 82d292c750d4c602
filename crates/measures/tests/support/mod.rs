//! Invented returns that lie outside the repository, as timelines.
#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it takes for granted")]
#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kinfold_census::{ConvertOptions, ImportedChild, ReadOptions, Return, SourceFile, to_chronologies};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Timeline};
use uuid::Uuid;

pub const TODAY: Date = date(2026, 11, 21);

/// The folder that `KINFOLD_RETURNS` names, if it is set. It holds a folder for each set of returns (`500`, `5000`), and
/// that a folder for each year.
pub fn returns() -> Option<PathBuf> {
    let found = std::env::var_os("KINFOLD_RETURNS").map(PathBuf::from);
    if found.is_none() {
        eprintln!("skipped: KINFOLD_RETURNS does not say where the returns are");
    }
    found
}

/// The children of a set of returns, of these years.
pub fn timelines(set: &Path, years: impl IntoIterator<Item = i16>) -> Vec<Timeline> {
    let mut files = Vec::new();
    for year in years {
        let folder = set.join(year.to_string());
        let items = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        for item in items {
            let path = item.expect("a file of the return").path();
            let name = format!("{year}/{}", path.file_name().expect("a name").to_string_lossy());
            #[expect(clippy::disallowed_methods, reason = "tests read fixtures")]
            files.push(SourceFile::new(name, std::fs::read(&path).expect("the file can be read")));
        }
    }
    let (years, _) = Return::read(&files, &ReadOptions::default());
    let converted = to_chronologies(&years, &ConvertOptions { today: TODAY });
    converted.children.iter().enumerate().map(|(i, child)| fold(i, child)).collect()
}

fn fold(place: usize, imported: &ImportedChild) -> Timeline {
    let child = ChildId(Uuid::from_u128(1 + place as u128));
    let entries = imported.entries.iter().enumerate().map(|(i, e)| Entry {
        id: EntryId(Uuid::from_u128(1 + i as u128)),
        child,
        happened_on: e.happened_on,
        happened_at: None,
        recorded_at: Timestamp::UNIX_EPOCH,
        recorded_by: None,
        source: None,
        about: Vec::new(),
        sensitivity: e.sensitivity,
        replaces: None,
        event: e.event.clone(),
    });
    Timeline::fold(&Chronology::new(child, entries.collect()).expect("entries of one child"), None)
}

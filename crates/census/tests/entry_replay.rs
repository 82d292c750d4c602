//! The noise of the rules at the point of entry: invented histories of 500 children recorded again one entry at a time,
//! each on its day, once with everything known and once with every answer left out that may be. Nothing is tested where
//! the invented returns are not.
#![allow(clippy::expect_used, reason = "a test says what it takes for granted")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::made::chronologies;
use jiff::civil::{Date, date};
use kinfold_census::check::{Directory, Places, Supplied};
use kinfold_census::{ConvertOptions, EntryFinding, at_entry, to_chronologies};
use kinfold_record::{Chronology, Entry};

/// From here on the rules are known.
const FROM: Date = date(2022, 4, 1);

/// Records every child's history again; what is told at each step goes to `see`. Gives the number of steps.
fn replay(histories: &[Chronology], mut see: impl FnMut(&Entry, Vec<EntryFinding>)) -> usize {
    let mut steps = 0;
    let places = directory();
    let supplied = Supplied {
        places: places.as_ref().map(|places| places as &dyn Places),
        authority: Some("E10000016"),
        ..Supplied::default()
    };
    for history in histories {
        let mut entries = history.entries().to_vec();
        entries.sort_by_key(|e| (e.happened_on, e.recorded_at, e.id));
        let until =
            |n: usize| Chronology::new(history.child, entries[..n].to_vec()).expect("one child's entries");
        for (n, entry) in entries.iter().enumerate().filter(|(_, e)| e.happened_on >= FROM) {
            steps += 1;
            let told = at_entry(&until(n), &until(n + 1), entry.id, entry.happened_on, &supplied);
            see(entry, told);
        }
    }
    steps
}

fn directory() -> Option<Directory> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ssda903/postcodes.csv");
    #[expect(clippy::disallowed_methods, reason = "tests read fixtures")]
    let bytes = std::fs::read(file).ok()?;
    Directory::from_csv(bytes.as_slice()).ok()
}

/// The entry with nothing but what its form insists on.
fn bare(entry: &Entry) -> Entry {
    let mut event = serde_json::to_value(&entry.event).expect("an event is JSON");
    let left_out = entry.event.kind().fields().iter().filter(|field| !field.required).map(|field| field.name);
    let fields = event.as_object_mut().expect("an object");
    // The day itself is a fact of the event, and so is who answers for the child.
    left_out.filter(|name| *name != "key_worker").for_each(|name| drop(fields.remove(name)));
    Entry { event: serde_json::from_value(event).expect("what may be left out is left out"), ..entry.clone() }
}

type Counts = BTreeMap<(&'static str, String), usize>;

/// Steps at which somebody would be asked, by rule and kind.
fn asked(histories: &[Chronology]) -> (usize, Counts) {
    let mut counts = Counts::new();
    let steps = replay(histories, |entry, told| {
        for finding in told.iter().filter(|f| !f.left_open) {
            let kind = entry.event.kind().as_str().to_owned();
            *counts.entry((finding.rule.code, kind)).or_default() += 1;
        }
    });
    (steps, counts)
}

fn histories() -> Option<Vec<Chronology>> {
    let (years, _) = common::read(&common::shared("500")?);
    let converted = to_chronologies(&years, &ConvertOptions { today: common::TODAY });
    Some(chronologies(&converted))
}

/// Hardly ever: at fewer than one step in two hundred.
fn hardly_ever((steps, counts): (usize, Counts)) {
    let often: usize = counts.values().sum();
    assert!(steps > 10_000, "the histories of 500 children are longer than {steps} entries");
    assert!(often * 200 < steps, "asked at {often} of {steps} steps: {counts:?}");
}

#[test]
fn a_history_told_as_it_was_is_hardly_ever_questioned() {
    let Some(histories) = histories() else { return };
    hardly_ever(asked(&histories));
}

#[test]
fn a_story_half_told_is_not_questioned_for_what_is_missing() {
    let Some(histories) = histories() else { return };
    let half = |h: &Chronology| Chronology::new(h.child, h.entries().iter().map(bare).collect());
    let bare: Vec<Chronology> = histories.iter().map(|h| half(h).expect("one child's entries")).collect();
    hardly_ever(asked(&bare));
}

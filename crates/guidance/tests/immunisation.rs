//! Schedules of immunisations are read with the rest of the guidance, and a mistake in one stops it like any other.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use kinfold_guidance::{Guidance, Layer, LayerName, SourceFile};

#[test]
fn the_national_schedule_is_there() {
    let guidance = Guidance::national().unwrap();
    let schedule = guidance.immunisation.last().unwrap();
    assert_eq!(schedule.id, "england");
    assert!(schedule.series.len() >= 10);
}

#[test]
fn a_mistake_in_a_councils_schedule_is_said_with_its_line() {
    let text = "id = \"x\"\ntitle = \"X\"\nfrom = 2026-01-01\nsource = \"S\"\nmissing_after = \"soon\"\n";
    let file = SourceFile { path: "immunisation/ours.toml".to_owned(), text: text.to_owned() };
    let local = Layer { name: LayerName::Local("ours".to_owned()), files: vec![file] };
    let mistakes = Guidance::load(&[Layer::national(), local]).unwrap_err().0;
    let found: Vec<_> = mistakes.iter().filter(|m| m.file.ends_with("immunisation/ours.toml")).collect();
    assert_eq!(found.len(), 2, "{mistakes:?}");
    assert!(found.iter().any(|m| m.line == 5 && m.message.contains("not a length of time")));
}

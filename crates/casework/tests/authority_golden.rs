//! What was once written about a plan, an audit, the panel or what is published reads for ever: one golden file for every
//! kind of entry.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::collections::BTreeSet;
use std::path::Path;

use kinfold_casework::authority::audit::AuditEvent;
use kinfold_casework::authority::panel::meeting::MeetingEvent;
use kinfold_casework::authority::panel::{VisitEvent, VoiceEvent};
use kinfold_casework::authority::plan::PlanEvent;
use kinfold_casework::authority::publish::publication::PublicationEvent;
use kinfold_casework::directory::RunEvent;
use kinfold_casework::directory::listing::ListingEvent;
use kinfold_casework::surveys::round::RoundEvent;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads every golden file of a room, and looks whether what was read is what would be written.
fn kinds_of<E: DeserializeOwned + Serialize>(room: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden_authority").join(room);
    let mut kinds = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let event: E =
            serde_json::from_value(value.clone()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(serde_json::to_value(&event).unwrap(), value, "{}", path.display());
        let kind = value["kind"].as_str().unwrap();
        assert!(path.file_name().unwrap().to_string_lossy().starts_with(kind), "{}", path.display());
        kinds.insert(kind.to_owned());
    }
    kinds
}

/// The kinds that the source lists: variants in snake case.
fn kinds_in(source: &str, name: &str) -> BTreeSet<String> {
    let body = source.split_once(&format!("pub enum {name} {{")).unwrap().1.split_once("\n}").unwrap().0;
    let variants = body.lines().filter(|l| l.starts_with("    ") && l.as_bytes()[4].is_ascii_uppercase());
    variants
        .map(|line| {
            let name: String = line.trim().chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
            let mut out = String::new();
            for (at, c) in name.char_indices() {
                if c.is_ascii_uppercase() && at > 0 {
                    out.push('_');
                }
                out.push(c.to_ascii_lowercase());
            }
            out
        })
        .collect()
}

#[test]
fn every_kind_of_entry_about_a_plan_has_a_golden_file() {
    let source = include_str!("../src/authority/plan.rs");
    assert_eq!(kinds_of::<PlanEvent>("plan"), kinds_in(source, "PlanEvent"));
}

#[test]
fn every_kind_of_entry_about_an_audit_has_a_golden_file() {
    let source = include_str!("../src/authority/audit.rs");
    assert_eq!(kinds_of::<AuditEvent>("audit"), kinds_in(source, "AuditEvent"));
    let evidence =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden_authority/audit"))
            .unwrap()
            .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with("evidenced_"));
    assert_eq!(evidence.count(), kinds_in(source, "Evidence").len(), "one for each kind of evidence");
}

#[test]
fn every_kind_of_entry_about_the_panel_has_a_golden_file() {
    let meetings = include_str!("../src/authority/panel/meeting.rs");
    assert_eq!(kinds_of::<MeetingEvent>("panel"), kinds_in(meetings, "MeetingEvent"));
    let words = include_str!("../src/authority/panel/voice.rs");
    assert_eq!(kinds_of::<VoiceEvent>("voice"), kinds_in(words, "VoiceEvent"));
    let visits = include_str!("../src/authority/panel/visits.rs");
    assert_eq!(kinds_of::<VisitEvent>("visit"), kinds_in(visits, "VisitEvent"));
}

#[test]
fn every_kind_of_entry_about_what_is_published_has_a_golden_file() {
    let source = include_str!("../src/authority/publish/publication.rs");
    assert_eq!(kinds_of::<PublicationEvent>("publication"), kinds_in(source, "PublicationEvent"));
    // A pack holds every kind of block, and its golden file with it.
    let pack = include_str!("golden_authority/panel/pack_issued.json");
    let blocks = kinds_in(include_str!("../src/authority/frozen.rs"), "PaperBlock");
    for block in blocks {
        assert!(pack.contains(&format!("\"block\": \"{block}\"")), "{block}");
    }
}

#[test]
fn every_kind_of_entry_about_surveys_and_the_directory_has_a_golden_file() {
    let rounds = include_str!("../src/surveys/round.rs");
    assert_eq!(kinds_of::<RoundEvent>("survey_round"), kinds_in(rounds, "RoundEvent"));
    let listings = include_str!("../src/directory/listing.rs");
    assert_eq!(kinds_of::<ListingEvent>("listing"), kinds_in(listings, "ListingEvent"));
    let runs = include_str!("../src/directory/import.rs");
    assert_eq!(kinds_of::<RunEvent>("listing_run"), kinds_in(runs, "RunEvent"));
}

//! What the rules say when something is recorded: contradictions are asked about, answers left open are told, and what
//! was wrong before or is not recorded yet is nobody's business now.
#![allow(clippy::expect_used, reason = "a test says what it takes for granted")]

mod common;

use common::told::{Told, care, ceased, home, review, status};
use jiff::civil::{Date, date};
use kinfold_census::check::{Providers, Supplied};
use kinfold_census::{EntryFinding, Table, at_entry};
use kinfold_record::{Chronology, Entry, EntryId, Event};

const TODAY: Date = common::TODAY;
const BORN: Date = date(2014, 5, 1);
const MAY: Date = date(2026, 5, 12);

fn with(told: &Told, change: impl FnOnce(&mut Vec<Entry>)) -> Chronology {
    let mut entries = told.chronology().entries().to_vec();
    change(&mut entries);
    Chronology::new(told.child, entries).expect("one child's entries")
}

fn without_last(told: &Told) -> Chronology {
    let last = told.last();
    with(told, |entries| entries.retain(|e| e.id != last))
}

fn at(before: &Chronology, after: &Chronology, entry: EntryId, today: Date) -> Vec<EntryFinding> {
    at_entry(before, after, entry, today, &Supplied::default())
}

/// What the last entry adds.
fn last_adds(told: &Told) -> Vec<EntryFinding> {
    at(&without_last(told), &told.chronology(), told.last(), TODAY)
}

fn codes(found: &[EntryFinding], left_open: bool) -> Vec<&'static str> {
    found.iter().filter(|f| f.left_open == left_open).map(|f| f.rule.code).collect()
}

fn asked(found: &[EntryFinding]) -> Vec<&'static str> {
    codes(found, false)
}

fn at_home() -> Event {
    let mut event = home("P1");
    if let Event::PlacementStarted { provider, urn, .. } = &mut event {
        *provider = Some("PR0".into());
        *urn = None;
    }
    event
}

fn bare_home() -> Event {
    let mut event = home("U6");
    if let Event::PlacementStarted { address, .. } = &mut event {
        *address = None;
    }
    event
}

fn without_pupil_number(chronology: &Chronology) -> Chronology {
    let mut entries = chronology.entries().to_vec();
    for entry in &mut entries {
        if let Event::ChildRegistered { upn, .. } = &mut entry.event {
            *upn = None;
        }
    }
    Chronology::new(chronology.child, entries).expect("one child's entries")
}

fn named(name: &str) -> Event {
    let event = serde_json::json!({"kind": "identity_changed", "given_name": name});
    serde_json::from_value(event).expect("an event")
}

fn accommodated() -> Told {
    let mut told = Told::born(BORN);
    told.on(MAY, care("V2"));
    told
}

#[test]
fn a_contradiction_is_asked_about_with_its_row_and_its_columns() {
    let mut told = accommodated();
    told.on(MAY, at_home());
    let found = last_adds(&told);
    assert_eq!(asked(&found), ["378"]);
    let finding = found.iter().find(|f| f.rule.code == "378").expect("just seen");
    assert_eq!((finding.year, finding.table, finding.day), (2027, Table::Episodes, Some(MAY)));
    assert_eq!(finding.about, [(Table::Episodes, "PLACE"), (Table::Episodes, "LS")]);
    // The other way round the same is said: the fact that comes second is the one that meets the first.
    let mut told = Told::born(BORN);
    told.on(MAY, care("C2"));
    told.on(MAY, at_home());
    assert!(asked(&last_adds(&told)).is_empty());
    told.on(date(2026, 6, 1), status("V2"));
    assert_eq!(asked(&last_adds(&told)), ["378"]);
}

#[test]
fn half_a_story_is_normal_and_only_its_own_open_answers_are_told() {
    let mut told = Told::born(BORN);
    let mut event = care("C2");
    if let Event::CareStarted { home_postcode, category_of_need, .. } = &mut event {
        (*home_postcode, *category_of_need) = (None, None);
    }
    told.on(TODAY, event);
    let found = last_adds(&told);
    assert!(asked(&found).is_empty(), "no home, no social worker, nothing of before: {found:?}");
    assert_eq!(codes(&found, true), ["392b"], "the postcode could have been answered");
    told.on(TODAY, home("U6"));
    assert!(last_adds(&told).is_empty(), "what the first entry left open is not told of the second");
    told.on(date(2026, 11, 22), bare_home());
    let found = at(&without_last(&told), &told.chronology(), told.last(), date(2026, 11, 22));
    assert_eq!(codes(&found, true), ["392b"], "a home without a postcode");
    let mut same_day = Told::born(BORN);
    same_day.on(TODAY, care("C2"));
    same_day.on(TODAY, bare_home());
    assert_eq!(codes(&last_adds(&same_day), true), ["392b"], "on the day on which care started too");
    same_day.on(TODAY, named("Rowan"));
    let (before, after) = (without_pupil_number(&without_last(&same_day)), same_day.chronology());
    let found = at(&before, &without_pupil_number(&after), same_day.last(), TODAY);
    assert!(found.is_empty(), "a new name is not asked for a pupil number: {found:?}");
    let mut event = review("looked_after");
    if let Event::ReviewHeld { participation, .. } = &mut event {
        *participation = None;
    }
    told.on(TODAY, event);
    assert_eq!(codes(&last_adds(&told), true), ["167"]);
}

#[test]
fn what_was_wrong_before_is_left_alone_until_its_own_facts_are_corrected() {
    let mut told = accommodated();
    told.on(MAY, at_home());
    let placed = told.last();
    told.on(date(2026, 6, 1), review("looked_after"));
    assert!(last_adds(&told).is_empty(), "a review has nothing to do with it");
    told.on(date(2026, 6, 2), Event::WentMissing { category: "M".into() });
    assert!(last_adds(&told).is_empty());

    let before = told.chronology();
    let correct = |event: Event| {
        let id = EntryId(uuid::Uuid::from_u128(900));
        let after = with(&told, |entries| {
            let old = entries.iter().find(|e| e.id == placed).expect("the placement").clone();
            entries.push(Entry {
                id,
                replaces: Some(placed),
                recorded_at: jiff::Timestamp::MAX,
                event,
                ..old
            });
        });
        at(&before, &after, id, TODAY)
    };
    assert_eq!(asked(&correct(at_home())), ["378"], "corrected, and as wrong as it was");
    assert!(correct(home("U6")).is_empty(), "put right");
    assert!(correct(Event::Withdrawn { reason: "Another child's".into() }).is_empty());
}

#[test]
fn a_status_that_changes_does_not_tell_again_what_is_wrong_with_the_home() {
    let mut told = Told::born(BORN);
    told.on(MAY, care("C2"));
    let mut event = at_home();
    if let Event::PlacementStarted { provider, .. } = &mut event {
        *provider = Some("PR4".into());
    }
    told.on(MAY, event);
    assert_eq!(asked(&last_adds(&told)), ["530"], "a private provider for a placement with parents");
    told.on(date(2026, 7, 1), status("C1"));
    assert!(last_adds(&told).is_empty(), "a new episode with the same home");
}

#[test]
fn withdrawing_an_entry_shows_what_stood_on_it() {
    let mut told = Told::born(BORN);
    told.on(MAY, care("C2"));
    told.on(MAY, home("U6"));
    told.on(date(2026, 6, 1), Event::WentMissing { category: "M".into() });
    told.on(date(2026, 6, 2), Event::Found { text: None });
    let found = told.last();
    told.on(date(2026, 7, 1), ceased("E4A"));
    let before = told.chronology();
    let id = EntryId(uuid::Uuid::from_u128(900));
    let after = with(&told, |entries| {
        let old = entries.iter().find(|e| e.id == found).expect("the return").clone();
        let event = Event::Withdrawn { reason: "Wrong child".into() };
        entries.push(Entry { id, replaces: Some(found), recorded_at: jiff::Timestamp::MAX, event, ..old });
    });
    let told = asked(&at(&before, &after, id, TODAY));
    assert!(told.contains(&"577"), "left care, and still missing: {told:?}");
}

#[test]
fn while_the_year_runs_it_is_asked_as_if_it_ended_today() {
    let soon_five = date(2022, 1, 10);
    let mut told = Told::born(soon_five);
    told.on(date(2025, 3, 1), care("C2"));
    told.on(date(2025, 3, 1), home("U6"));
    told.on(date(2026, 11, 1), Event::DevelopmentCheck { up_to_date: true });
    assert!(last_adds(&told).is_empty(), "a child of four, who is five by 31 March");
    // Three days under police protection are too many; that nobody knows yet when it ends is no reason to wait.
    let mut told = Told::born(BORN);
    told.on(date(2026, 11, 20), care("L1"));
    told.on(date(2026, 11, 20), home("U6"));
    assert!(last_adds(&told).is_empty(), "since yesterday");
    let later = at(&without_last(&told), &told.chronology(), told.last(), date(2026, 12, 20));
    assert!(later.is_empty(), "and the home has nothing to do with how long it lasts");
    let mut told = Told::born(BORN);
    told.on(date(2026, 10, 1), care("L1"));
    assert_eq!(asked(&last_adds(&told)), ["361"]);
}

#[test]
fn the_year_of_the_day_and_the_year_that_runs_are_asked() {
    let mut told = Told::born(BORN);
    told.on(date(2025, 5, 12), care("V2"));
    told.on(date(2025, 5, 12), at_home());
    let years: Vec<i16> = last_adds(&told).iter().map(|f| f.year).collect();
    assert_eq!(years, [2026, 2027]);
    let mut told = Told::born(BORN);
    told.on(date(2019, 5, 12), care("V2"));
    told.on(date(2019, 5, 12), at_home());
    let years: Vec<i16> = last_adds(&told).iter().map(|f| f.year).collect();
    assert_eq!(years, [2027], "of older years no rules are known");
}

#[test]
fn nothing_is_said_of_a_child_who_is_not_in_the_return_or_of_what_it_does_not_ask() {
    let mut told = Told::born(BORN);
    told.on(MAY, at_home());
    assert!(last_adds(&told).is_empty(), "never looked after");
    let mut told = accommodated();
    told.on(MAY, at_home());
    told.on(MAY, Event::Note { text: "A call".into(), topic: None });
    assert!(last_adds(&told).is_empty());
    let chronology = told.chronology();
    let unknown = EntryId(uuid::Uuid::from_u128(1));
    assert!(at(&chronology, &chronology, unknown, TODAY).is_empty());
}

#[test]
fn a_child_without_a_number_is_one_child_all_the_same() {
    let mut told = accommodated();
    told.on(MAY, home("U6"));
    let nameless = |chronology: &Chronology| {
        let mut entries = chronology.entries().to_vec();
        for entry in &mut entries {
            if let Event::ChildRegistered { local_id, .. } = &mut entry.event {
                *local_id = None;
            }
        }
        Chronology::new(chronology.child, entries).expect("one child's entries")
    };
    assert!(
        at(&nameless(&without_last(&told)), &nameless(&told.chronology()), told.last(), TODAY).is_empty()
    );
    told.on(date(2026, 6, 1), at_home());
    let found = at(&nameless(&without_last(&told)), &nameless(&told.chronology()), told.last(), TODAY);
    assert_eq!(asked(&found), ["378"]);
}

#[test]
fn what_a_council_supplies_is_asked_too() {
    let csv = "URN,PLACE_CODES,PROVIDER_CODES,REG_END,POSTCODE,LA_CODE\nSC900009,U6,PR1,,,\n";
    let providers = Providers::from_csv(csv).expect("a list");
    let supplied = Supplied { providers: Some(&providers), ..Supplied::default() };
    let mut told = accommodated();
    told.on(MAY, home("U6"));
    let (before, after) = (without_last(&told), told.chronology());
    assert!(asked(&at(&before, &after, told.last(), TODAY)).is_empty());
    assert!(asked(&at_entry(&before, &after, told.last(), TODAY, &supplied)).contains(&"1008"));
}

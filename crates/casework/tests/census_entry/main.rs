//! What the rules of the statutory return say of an entry before it is recorded, on SQLite and on PostgreSQL: to whom,
//! and that nothing of it ever stands in the way.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../oversight/world.rs"]
#[allow(dead_code, reason = "another story in the same world")]
mod world;

#[path = "../census_return/jay.rs"]
mod jay;
mod together;

use jiff::civil::{Date, date};
use kinfold_casework::census_entry::Foreseen;
use kinfold_casework::{Actor, Error, NewEntry};
use kinfold_record::{ChildId, EntryId, Event, Sensitivity};

use world::{NURSE, REVIEWER, ROBIN, WORKER, WREN, World, id, on_both};

const MOVED: Date = date(2026, 11, 10);

fn home(kind: &str) -> Event {
    Event::PlacementStarted {
        placement_type: kind.into(),
        provider: Some(if kind == "P1" { "PR0" } else { "PR1" }.into()),
        carer_name: None,
        carer: None,
        address: None,
        postcode: None,
        address_confidential: None,
        urn: None,
        location: None,
        basis: None,
        planned: Some(true),
        to_eighteen: None,
        same_carer: None,
        ks4_disrupted: None,
        left_because: None,
    }
}

fn status(code: &str) -> Event {
    Event::LegalStatusChanged { legal_status: code.into(), expires_on: None }
}

fn robin() -> ChildId {
    ChildId(id(ROBIN))
}

async fn foresee(world: &World, actor: &Actor, entry: &NewEntry) -> Foreseen {
    world.casework.foresee(actor, robin(), "new", entry).await.unwrap()
}

async fn record(world: &World, actor: &Actor, key: &str, entry: NewEntry) -> EntryId {
    let seen = world.casework.child_page(actor, robin()).await.unwrap().handle.version;
    world.casework.record(actor, robin(), seen, key, vec![entry]).await.unwrap().entries[0]
}

fn asked(foreseen: &Foreseen) -> Vec<&'static str> {
    foreseen.asked().map(|warning| warning.code).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contradiction_is_told_before_it_is_recorded_and_hinders_nobody() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let before = world.casework.child_page(&worker, robin()).await.unwrap();
        let at_home = NewEntry::on(MOVED, home("P1"));
        let foreseen = foresee(&world, &worker, &at_home).await;
        assert_eq!(asked(&foreseen), ["378"], "accommodated by agreement, and at home with parents");
        let warning = foreseen.asked().next().unwrap();
        assert_eq!(warning.collections, ["2026-27"]);
        assert_eq!(warning.day, Some(MOVED));
        assert!(!warning.why.is_empty() && !warning.fix.is_empty());
        let cell =
            |code: &str| warning.cells.iter().find(|(_, cell)| cell.ends_with(code)).map(|(_, cell)| cell);
        let (law, place) = (cell("(V2)"), cell("(P1)"));
        assert!(law.is_some() && place.is_some_and(|words| words.len() > 10), "{:?}", warning.cells);
        assert!(foreseen.left_open().count() > 0, "the postcode could have been given");
        let log = world.log().await;
        let (action, detail) = log.last().unwrap();
        assert_eq!(action, "view_child");
        assert!(detail.contains("before recording") && !detail.contains("378"), "{detail}");
        let after = world.casework.child_page(&worker, robin()).await.unwrap();
        assert_eq!(after.handle.version, before.handle.version, "looking ahead writes nothing");

        let placed = record(&world, &worker, "at home", at_home.clone()).await;
        let twice = world.casework.foresee(&worker, robin(), "at home", &at_home).await.unwrap();
        assert_eq!(twice, Foreseen::default(), "the same form again is answered with what was recorded");
        let correction = |event| NewEntry { replaces: Some(placed), ..NewEntry::on(MOVED, event) };
        assert_eq!(asked(&foresee(&world, &worker, &correction(home("P1"))).await), ["378"], "still so");
        assert!(asked(&foresee(&world, &worker, &correction(home("U6"))).await).is_empty());
        let note = NewEntry::on(MOVED, Event::Note { text: "A call".into(), topic: None });
        assert_eq!(foresee(&world, &worker, &note).await, Foreseen::default());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_told_that_rests_on_what_the_person_may_not_read() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        record(&world, &worker, "order", NewEntry::on(MOVED, status("C2"))).await;
        let hidden =
            NewEntry { sensitivity: Some(Sensitivity::Restricted), ..NewEntry::on(MOVED, home("P1")) };
        record(&world, &worker, "hidden", hidden).await;
        let again = NewEntry::on(date(2026, 11, 20), status("V2"));
        let foreseen = foresee(&world, &worker, &again).await;
        assert!(foreseen.warnings.is_empty(), "the home is restricted to named people: {foreseen:?}");
        // What only seems wrong without the hidden fact is not told either.
        record(&world, &worker, "again", again).await;
        let hidden = NewEntry {
            sensitivity: Some(Sensitivity::Restricted),
            ..NewEntry::on(date(2026, 11, 25), status("C1"))
        };
        record(&world, &worker, "hidden order", hidden).await;
        let at_home = NewEntry::on(date(2026, 11, 25), home("P1"));
        assert!(asked(&foresee(&world, &worker, &at_home).await).is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_may_record_it_are_told_and_the_impossible_stays_refused() {
    on_both(|world| async move {
        let at_home = NewEntry::on(MOVED, home("P1"));
        let nurse = world.sign_in(NURSE).await;
        match world.casework.foresee(&nurse, robin(), "new", &at_home).await {
            Ok(foreseen) => assert_eq!(foreseen, Foreseen::default(), "a nurse records no homes"),
            Err(error) => assert!(matches!(error, Error::Absent)),
        }
        let reviewer = world.sign_in(REVIEWER).await;
        let wren = world.casework.foresee(&reviewer, ChildId(id(WREN)), "new", &at_home).await;
        assert!(matches!(wren, Err(Error::Absent)), "a restricted record is not there");
        let worker = world.sign_in(WORKER).await;
        let unborn = NewEntry::on(date(2001, 1, 1), home("P1"));
        assert_eq!(foresee(&world, &worker, &unborn).await, Foreseen::default(), "refusing it says why");
        let seen = world.casework.child_page(&worker, robin()).await.unwrap().handle.version;
        let refused = world.casework.record(&worker, robin(), seen, "unborn", vec![unborn]).await;
        assert!(matches!(refused, Err(Error::Impossible(_))));
    })
    .await;
}

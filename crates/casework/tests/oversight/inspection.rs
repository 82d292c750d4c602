//! The lists and the pack of an inspection: made from the record for whoever may make them, holding the children whom they
//! may find and of each what they may read, with figures that are the measures page's own.

use jiff::civil::{Date, date};
use kinfold_casework::Error;
use kinfold_casework::authority::inspection::{MadeList, NOT_SHOWN};
use kinfold_casework::board::ExportedCell;
use kinfold_casework::bulk::NewChronology;
use kinfold_guidance::inspection::Take;
use kinfold_record::{ChildId, Entry, EntryId, Event, PersonId, Sensitivity, Subject};
use serde_json::{Value, json};

use crate::world::{
    ANALYST, COUNCILLOR, DIRECTOR, HEAD, KATHERINE, LEAD, MANAGER, PASSWORD, ROBIN, SOUTH, WORKER, WREN,
    World, ZOE, id, noon, on_both, on_both_with,
};

/// The cells of a column.
fn column(list: &MadeList, take: Take) -> Vec<ExportedCell> {
    let at = list.list.columns.iter().position(|column| column.take == take).unwrap();
    list.rows.iter().map(|row| row[at].clone()).collect()
}

/// What happened, oldest first: the day, what, and how it is labelled where that is not as usual.
type Happened = (Date, Value, Option<Sensitivity>);

fn on(day: Date, event: Value) -> Happened {
    (day, event, None)
}

/// A child born on a day, about whom this is recorded.
async fn child(world: &World, n: u128, born: Date, readers: &[u128], happened: Vec<Happened>) {
    let first = json!({"kind": "child_registered", "given_name": "Heron", "family_name": format!("Number{n}"), "date_of_birth": born});
    let begins = happened[0].0;
    let entries =
        (0_u128..).zip(std::iter::once(on(begins, first)).chain(happened)).map(|(i, (on, event, label))| {
            let event: Event = serde_json::from_value(event).unwrap();
            Entry {
                id: EntryId(id(70_000 + n * 100 + i)),
                child: ChildId(id(n)),
                happened_on: on,
                happened_at: None,
                recorded_at: noon(on),
                recorded_by: Some(PersonId(id(WORKER))),
                source: None,
                about: Vec::new(),
                sensitivity: label.unwrap_or_else(|| event.kind().usual_sensitivity()),
                replaces: None,
                event,
            }
        });
    let new = NewChronology {
        id: ChildId(id(n)),
        subject: Subject::Child,
        reference: format!("F-{n}"),
        team: Some(id(SOUTH)),
        entries: entries.collect(),
        readers: readers.iter().map(|reader| PersonId(id(*reader))).collect(),
        import_run: None,
    };
    world.casework.add_chronologies(vec![new]).await.unwrap();
}

fn came(day: Date) -> Happened {
    on(day, json!({"kind": "care_started", "legal_status": "V2", "category_of_need": "N1"}))
}

/// What stands in a column for one child.
fn cell(list: &MadeList, n: u128, take: Take) -> ExportedCell {
    let at = list.children.iter().position(|child| *child == ChildId(id(n))).expect("on the list");
    column(list, take).swap_remove(at)
}

fn words(words: &str) -> ExportedCell {
    ExportedCell::Text(words.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_holds_whom_its_maker_finds_and_what_they_may_read() {
    on_both(|world| async move {
        let casework = &world.casework;
        let (director, analyst) = (world.sign_in(DIRECTOR).await, world.sign_in(ANALYST).await);
        let list = casework.inspection_list(&director, "looked_after").await.unwrap();
        let mut children = list.children.clone();
        children.sort();
        assert_eq!(
            children,
            [ROBIN, KATHERINE, ZOE].map(|n| ChildId(id(n))),
            "the restricted child is not there"
        );
        assert!(!list.children.contains(&ChildId(id(WREN))));
        assert_eq!(list.rows.len(), list.children.len());
        assert!(list.rows.iter().all(|row| row.len() == list.list.columns.len()));
        let began = ExportedCell::Day(date(2026, 11, 2));
        assert_eq!(column(&list, Take::CareStarted), vec![began; 3]);
        // A director reads the everyday and the legal record, and of health on which days it was looked after: on none yet.
        assert_eq!(column(&list, Take::LastHealthAssessment), vec![ExportedCell::Empty; 3]);
        assert!(
            column(&list, Take::LegalStatus)
                .iter()
                .all(|cell| matches!(cell, ExportedCell::Text(of) if of != NOT_SHOWN))
        );
        assert!(
            column(&list, Take::LastReview).iter().all(|cell| *cell == ExportedCell::Empty),
            "none was held"
        );
        let theirs = casework.inspection_list(&analyst, "looked_after").await.unwrap();
        assert_eq!(column(&theirs, Take::CareStarted), column(&list, Take::CareStarted));
        assert!(casework.inspection_list(&director, "missing").await.unwrap().rows.is_empty());

        for person in [COUNCILLOR, LEAD, MANAGER] {
            let other = world.sign_in(person).await;
            assert!(matches!(casework.inspection(&other).await, Err(Error::Absent)));
            assert!(matches!(casework.inspection_list(&other, "looked_after").await, Err(Error::Absent)));
            assert!(matches!(casework.inspection_pack(&other).await, Err(Error::Absent)));
        }
        assert!(matches!(casework.inspection_list(&director, "nothing").await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pack_has_the_figures_of_the_measures_page_and_leaves_after_the_password() {
    on_both(|world| async move {
        let casework = &world.casework;
        let token = world.token(DIRECTOR).await;
        let director = casework.actor(&token).await.unwrap();
        assert!(matches!(casework.inspection_pack(&director).await, Err(Error::Reauthenticate)));
        assert!(matches!(casework.export_inspection(&director).await, Err(Error::Reauthenticate)));
        casework.reauthenticate(&director, PASSWORD).await.unwrap();
        let director = casework.actor(&token).await.unwrap();
        let pack = casework.inspection_pack(&director).await.unwrap();
        let page = casework.measures(&director, None).await.unwrap();
        assert!(pack.measures.len() > 10, "{}", pack.measures.len());
        for line in &pack.measures {
            let there = page.lines.iter().find(|other| other.measure.id == line.measure.id).unwrap();
            assert_eq!(there.seen, line.seen, "{}", line.measure.id);
        }
        let tables = casework.export_inspection(&director).await.unwrap();
        assert_eq!(tables.len(), pack.page.lists.len() + 1);
        // What there is, what is kept elsewhere, which columns are lacking, and what restricted records are.
        let asked = &pack.page.asked;
        let lacks: usize = asked.lists.iter().map(|list| list.lacks.len()).sum();
        assert_eq!(lacks, 4);
        assert_eq!(tables[0].rows.len(), asked.lists.len() + asked.elsewhere.len() + lacks + 1);
        let names: std::collections::BTreeSet<_> = tables.iter().map(|table| table.name.clone()).collect();
        assert_eq!(names.len(), tables.len(), "every sheet has a name of its own");
        let log = world.log().await;
        assert!(log.iter().any(|(action, detail)| action == "export_inspection" && detail.contains("pack")));
    })
    .await;
}

/// The national lists, and one of the council's own that asks for a score.
fn with_the_score() -> Vec<(&'static str, String)> {
    let national = include_str!("../../../../guidance/inspection.toml");
    let own = "\n[[list]]\nid = \"scores\"\ntitle = \"Scores\"\nwords = \"All\"\nof = \"looked_after\"\nmonths = 6\ncolumn = [{ title = \"Score\", take = \"last_sdq\" }]\n";
    vec![("inspection.toml", format!("{national}{own}"))]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_on_which_health_was_looked_after_are_told_and_what_was_found_is_not() {
    on_both_with(with_the_score(), |world| async move {
        let casework = &world.casework;
        let closed = (
            date(2026, 11, 20),
            json!({"kind": "dental_check", "outcome": "Kept apart"}),
            Some(Sensitivity::Restricted),
        );
        let happened = vec![
            came(date(2026, 11, 2)),
            on(date(2026, 11, 10), json!({"kind": "health_assessment", "assessment": "initial"})),
            on(date(2026, 11, 12), json!({"kind": "dental_check", "outcome": "Two fillings"})),
            on(date(2026, 11, 15), json!({"kind": "sdq", "informant": "parent_carer", "total": 31})),
            closed,
        ];
        child(&world, 400, date(2015, 5, 5), &[], happened).await;
        for person in [DIRECTOR, HEAD, ANALYST] {
            let actor = world.sign_in(person).await;
            let list = casework.inspection_list(&actor, "looked_after").await.unwrap();
            let day = |day| ExportedCell::Day(date(2026, 11, day));
            assert_eq!(cell(&list, 400, Take::LastHealthAssessment), day(10), "{person}");
            assert_eq!(
                cell(&list, 400, Take::LastDentalCheck),
                day(12),
                "what was closed further is not told"
            );
            assert_eq!(cell(&list, 400, Take::LastSdqOn), day(15));
            let scores = casework.inspection_list(&actor, "scores").await.unwrap();
            assert_eq!(cell(&scores, 400, Take::LastSdq), words(NOT_SHOWN), "a score is what was found");
            let told = format!("{list:?}{scores:?}");
            for found in ["(31)", "\"31\"", "Two fillings", "Kept apart", "2026-11-20"] {
                assert!(!told.contains(found), "{person} learns {found}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_record_is_in_the_lists_of_those_it_names_and_in_nobody_elses_counts() {
    on_both(|world| async move {
        let casework = &world.casework;
        let happened = vec![came(date(2026, 11, 2)), on(date(2026, 11, 2), json!({"kind": "restricted"}))];
        child(&world, 401, date(2015, 5, 5), &[DIRECTOR], happened).await;
        for (person, rows) in [(DIRECTOR, 4), (HEAD, 3), (ANALYST, 3)] {
            let token = world.token(person).await;
            let actor = casework.actor(&token).await.unwrap();
            let page = casework.inspection(&actor).await.unwrap();
            let list = page.lists.iter().find(|made| made.list.id == "looked_after").unwrap();
            assert_eq!(list.rows.len(), rows, "{person}");
            assert_eq!(list.children.contains(&ChildId(id(401))), person == DIRECTOR, "{person}");
            assert!(!list.children.contains(&ChildId(id(WREN))), "it names somebody else");
            casework.reauthenticate(&actor, PASSWORD).await.unwrap();
            let actor = casework.actor(&token).await.unwrap();
            let tables = casework.export_inspection(&actor).await.unwrap();
            let told = format!("{tables:?}");
            assert_eq!(told.contains("Number401"), person == DIRECTOR, "{person}");
            assert!(told.contains("whom it names"), "whoever sends them is told");
        }
        let log = world.log().await;
        let taken = log.iter().filter(|(action, _)| action == "export_inspection");
        assert!(taken.clone().all(|(_, detail)| detail.contains("Annex A")), "the log says what for");
        assert_eq!(taken.count(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_annex_asks_of_a_child_in_care_is_told_from_the_record() {
    on_both(|world| async move {
        let home = |private: bool| {
            json!({"kind": "placement_started", "placement_type": "U6", "provider": "PR1", "address": "12 High Street, Ferntown", "postcode": "FE1 2AB", "location": "in_area", "address_confidential": private})
        };
        let happened = vec![
            came(date(2026, 1, 5)),
            on(date(2026, 5, 1), json!({"kind": "care_ceased", "reason": "E4A"})),
            came(date(2026, 11, 2)),
            on(date(2026, 11, 2), home(false)),
            on(date(2026, 11, 5), json!({"kind": "went_missing", "category": "M"})),
            on(date(2026, 11, 6), json!({"kind": "found"})),
            on(date(2026, 11, 8), json!({"kind": "return_interview", "outcome": "declined"})),
            on(date(2026, 11, 20), json!({"kind": "review_held", "review": "looked_after", "spoke_alone": true})),
            on(date(2026, 11, 25), json!({"kind": "review_held", "review": "looked_after", "spoke_alone": false})),
        ];
        child(&world, 402, date(2012, 5, 5), &[], happened).await;
        let kept = vec![came(date(2026, 11, 2)), on(date(2026, 11, 2), home(true))];
        child(&world, 403, date(2012, 5, 5), &[], kept).await;
        let director = world.sign_in(DIRECTOR).await;
        let list = world.casework.inspection_list(&director, "looked_after").await.unwrap();
        let of = |take: Take| (cell(&list, 402, take), cell(&list, 403, take));
        let empty = ExportedCell::Empty;
        assert_eq!(of(Take::AgainInCare), (words("Yes"), words("No")));
        assert_eq!(of(Take::HomePostcode), (words("FE1 2AB"), words(NOT_SHOWN)), "a private home");
        assert_eq!(of(Take::TimesMissing), (ExportedCell::Number(1), ExportedCell::Number(0)));
        assert_eq!(of(Take::ReturnOffered), (words("Yes"), empty.clone()));
        assert_eq!(of(Take::ReturnAccepted), (words("No"), empty.clone()));
        assert_eq!(of(Take::OfficerSpoke), (ExportedCell::Day(date(2026, 11, 20)), empty.clone()));
        assert_eq!(of(Take::LastReview), (ExportedCell::Day(date(2026, 11, 25)), empty));
        assert_eq!(of(Take::Team), (words("South"), words("South")));
        assert_eq!(of(Take::Homes), (ExportedCell::Number(1), ExportedCell::Number(1)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_annex_asks_of_care_leavers_and_of_adoption_is_told_from_the_record() {
    on_both(|world| async move {
        let left = vec![
            came(date(2020, 1, 6)),
            on(date(2026, 5, 2), json!({"kind": "care_ceased", "reason": "E8"})),
            on(
                date(2026, 5, 2),
                json!({"kind": "circle_joined", "role": "personal_adviser", "name": "Ada Adviser"}),
            ),
            on(
                date(2026, 11, 10),
                json!({"kind": "leaver_contact", "in_touch": "YES", "activity": "F2", "accommodation": "D1"}),
            ),
            on(date(2026, 11, 20), json!({"kind": "leaver_moved", "accommodation": "V2"})),
        ];
        child(&world, 404, date(2008, 5, 2), &[], left).await;
        let adopted = vec![
            came(date(2026, 1, 10)),
            on(date(2026, 1, 10), json!({"kind": "placement_started", "placement_type": "U5"})),
            on(date(2026, 6, 1), json!({"kind": "adoption_decided"})),
            on(date(2026, 7, 1), json!({"kind": "legal_status_changed", "legal_status": "E1"})),
            on(date(2026, 8, 1), json!({"kind": "adopters_matched"})),
            on(date(2026, 8, 15), json!({"kind": "placement_started", "placement_type": "A5"})),
            on(date(2026, 11, 21), json!({"kind": "care_ceased", "reason": "E11"})),
        ];
        child(&world, 405, date(2024, 5, 2), &[], adopted).await;
        let stopped = vec![
            came(date(2026, 1, 10)),
            on(date(2026, 6, 1), json!({"kind": "adoption_decided"})),
            on(date(2026, 9, 1), json!({"kind": "adoption_decision_reversed", "reason": "RD3"})),
        ];
        child(&world, 406, date(2024, 5, 2), &[], stopped).await;
        let director = world.sign_in(DIRECTOR).await;
        let leavers = world.casework.inspection_list(&director, "care_leavers").await.unwrap();
        let of = |take: Take| cell(&leavers, 404, take);
        assert_eq!(of(Take::Adviser), words("Ada Adviser"));
        assert_eq!(of(Take::Touch), words("In touch"));
        assert_eq!(of(Take::Accommodation), words("Emergency accommodation (not suitable)"), "the newest");
        assert_eq!(of(Take::Suitable), words("No"));
        assert_eq!(of(Take::Activity), words("Other education, full time"));
        let list = world.casework.inspection_list(&director, "adoption").await.unwrap();
        let of = |take: Take| (cell(&list, 405, take), cell(&list, 406, take));
        let day = |month, day| ExportedCell::Day(date(2026, month, day));
        let empty = || ExportedCell::Empty;
        assert_eq!(of(Take::PlacementOrder), (day(7, 1), empty()));
        assert_eq!(of(Take::AdoptersMatched), (day(8, 1), empty()));
        assert_eq!(of(Take::PlacedForAdoption), (day(8, 15), empty()));
        assert_eq!(of(Take::Adopted), (day(11, 21), empty()));
        assert_eq!(of(Take::FosteredToAdopt), (day(1, 10), empty()));
        assert_eq!(of(Take::AdoptionReversed), (empty(), day(9, 1)));
        assert_eq!(of(Take::AdoptionReversedWhy), (empty(), words("No adopters could be found")));
    })
    .await;
}

//! The statutory return through casework, on SQLite and on PostgreSQL: who may make it, what is in it, and that what was
//! signed off comes out the same to the byte after the record has moved on.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../oversight/world.rs"]
#[allow(dead_code, reason = "another story in the same world")]
mod world;

mod asks;
mod jay;

use jiff::SignedDuration;
use jiff::civil::date;
use kinfold_casework::census_return::{DatedList, FileKind, ListInUse, ListsInUse, ReturnLists};
use kinfold_casework::rows::Page;
use kinfold_casework::{Actor, Clock as _, Error, NewEntry};
use kinfold_census::check::Providers;
use kinfold_record::{ChildId, Event, EventKind};
use kinfold_store::RoleGrantRow;

use world::{PASSWORD, REVIEWER, ROBIN, WORKER, WREN, World, id, on_both};

/// The year that runs on the day of the world.
const YEAR: i16 = 2027;

/// Somebody of the world who is given the analyst's role and holds no other.
const ANALYST: u128 = world::COUNCILLOR;

async fn analyst(world: &World) -> Actor {
    let mut unit = world.database.store.write().await.unwrap();
    let grant = RoleGrantRow {
        id: id(90),
        person: id(ANALYST),
        role: "data_analyst".into(),
        team: None,
        from_on: date(2020, 1, 1),
        to_on: None,
    };
    unit.grant_roles(&[grant]).await.unwrap();
    for old in unit.role_grants(id(ANALYST)).await.unwrap() {
        if old.role != "data_analyst" {
            unit.end_role(old.id, date(2020, 1, 2)).await.unwrap();
        }
    }
    unit.bump_access_epoch().await.unwrap();
    unit.commit().await.unwrap();
    fresh(world, ANALYST).await
}

/// Signed in, with the password given again.
async fn fresh(world: &World, person: u128) -> Actor {
    let token = world.token(person).await;
    let actor = world.casework.actor(&token).await.unwrap();
    world.casework.reauthenticate(&actor, PASSWORD).await.unwrap();
    world.casework.actor(&token).await.unwrap()
}

/// Records a change of legal status, a while later.
async fn move_on(world: &World) {
    world.clock.set(world.clock.now() + SignedDuration::from_secs(60));
    let worker = world.sign_in(WORKER).await;
    let child = ChildId(id(ROBIN));
    let page = world.casework.child_page(&worker, child).await.unwrap();
    let event = Event::LegalStatusChanged { legal_status: "C1".into(), expires_on: None };
    let entry = NewEntry::on(date(2026, 11, 20), event);
    world.casework.record(&worker, child, page.handle.version, "moves-on", vec![entry]).await.unwrap();
}

fn text(files: &[kinfold_casework::census_return::WrittenFile], name: &str) -> String {
    let file = files.iter().find(|file| file.name == name).unwrap();
    String::from_utf8(file.bytes.clone()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_make_the_return_see_it_and_restricted_children_are_in_it_by_number() {
    on_both(|world| async move {
        let analyst = analyst(&world).await;
        let page = world.casework.return_for(&analyst, YEAR).await.unwrap();
        assert_eq!((page.children, page.closed), (4, 1), "the restricted child is counted, and closed");
        assert!(page.asked > 200, "{} rules asked", page.asked);
        assert!(page.not_run.iter().any(|rule| rule.because.contains("providers")));
        assert_eq!(page.lists, ListsInUse::default(), "and the page says that no list was given");
        assert!(!page.lacks.is_empty(), "nobody's ethnicity is recorded");
        let found = page.found.first().unwrap();
        let all = world.casework.return_children(&analyst, YEAR, None, Page::first(20)).await.unwrap();
        assert_eq!(all.page.total, 4);
        // Nothing in the row itself can be put right: it is the other table that lacks an answer.
        let earlier = all.page.rows.iter().flat_map(|row| &row.findings).find(|f| f.code == "630").unwrap();
        let kinds: Vec<_> = earlier.fixes.iter().map(|fix| fix.kind).collect();
        assert_eq!(kinds, [EventKind::PreviousPermanence]);
        let closed: Vec<_> = all.page.rows.iter().filter(|row| row.child.is_none()).collect();
        assert_eq!(closed.len(), 1);
        assert!(closed[0].rows > 0 && closed[0].tables.is_empty() && closed[0].findings.is_empty());
        assert!(all.page.rows.iter().all(|row| row.child.as_ref().is_none_or(|c| c.id != id(WREN))));
        let some = world.casework.return_children(&analyst, YEAR, Some(found.code), Page::first(20));
        assert_eq!(some.await.unwrap().page.total, i64::try_from(found.children).unwrap());
        let fixes = all.page.rows.iter().flat_map(|row| &row.findings).flat_map(|finding| &finding.fixes);
        assert!(fixes.clone().count() > 0 && fixes.clone().all(|fix| !fix.may), "an analyst records nothing");

        for person in [WORKER, REVIEWER] {
            let other = fresh(&world, person).await;
            let refused = |absent: bool| assert!(absent, "person {person} may not make the return");
            refused(matches!(world.casework.return_for(&other, YEAR).await, Err(Error::Absent)));
            refused(matches!(world.casework.return_years(&other).await, Err(Error::Absent)));
            let list = world.casework.return_children(&other, YEAR, None, Page::first(20)).await;
            refused(matches!(list, Err(Error::Absent)));
            let files = world.casework.return_files(&other, YEAR, None, FileKind::Csv).await;
            refused(matches!(files, Err(Error::Absent)));
            let signed = world.casework.sign_off_return(&other, YEAR, page.seen, "No").await;
            refused(matches!(signed, Err(Error::Absent)));
        }
        assert!(matches!(world.casework.return_for(&analyst, 2028).await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_asks_as_of_today_and_looks_back_as_far_as_the_record_goes() {
    on_both(|world| async move {
        let analyst = analyst(&world).await;
        let (worker, child) = (world.sign_in(WORKER).await, ChildId(id(ROBIN)));
        let page = world.casework.child_page(&worker, child).await.unwrap();
        let care = |code: &str| Event::CareStarted {
            legal_status: code.into(),
            category_of_need: None,
            home_postcode: None,
            planned: None,
        };
        // Adopted years ago, and under police protection since yesterday.
        let adopted = Event::CareCeased { reason: "E11".into(), new_home: None, text: None };
        let status = Event::LegalStatusChanged { legal_status: "L1".into(), expires_on: None };
        let entries = vec![
            NewEntry::on(date(2017, 5, 4), care("E1")),
            NewEntry::on(date(2018, 2, 1), adopted),
            NewEntry::on(date(2026, 11, 30), status),
        ];
        world.casework.record(&worker, child, page.handle.version, "long ago", entries).await.unwrap();
        let page = world.casework.return_for(&analyst, YEAR).await.unwrap();
        let found = |code: &str| page.found.iter().any(|rule| rule.code == code);
        assert!(found("199"), "an adoption further back than last year's return");
        assert!(!found("361"), "in three days it may be too long; by 31 March it would be");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_signed_off_comes_out_the_same_after_the_record_moved_on() {
    on_both(|world| async move {
        let actor = analyst(&world).await;
        let page = world.casework.return_for(&actor, YEAR).await.unwrap();
        let refused = world.casework.sign_off_return(&actor, YEAR, page.seen, " ").await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "findings are left without a reason");
        let signed =
            world.casework.sign_off_return(&actor, YEAR, page.seen, "Known to the teams").await.unwrap();
        let found: usize = page.found.iter().map(|rule| rule.rows).sum();
        assert_eq!((signed.number, signed.children, signed.findings), (1, 4, found));
        let csv = world.casework.return_files(&actor, YEAR, Some(1), FileKind::Csv).await.unwrap();
        let xml = world.casework.return_files(&actor, YEAR, Some(1), FileKind::Xml).await.unwrap();
        assert!(text(&csv, "episodes.csv").lines().count() >= 5, "four children have an episode each");

        move_on(&world).await;
        let actor = fresh(&world, ANALYST).await;
        let stale = world.casework.sign_off_return(&actor, YEAR, page.seen, "Again").await;
        assert!(matches!(stale, Err(Error::Invalid(_))), "nobody signs what they did not see");
        let again = world.casework.return_files(&actor, YEAR, Some(1), FileKind::Csv).await.unwrap();
        assert_eq!(again, csv, "what was signed off stays");
        assert_eq!(world.casework.return_files(&actor, YEAR, Some(1), FileKind::Xml).await.unwrap(), xml);
        let now = world.casework.return_files(&actor, YEAR, None, FileKind::Csv).await.unwrap();
        assert_ne!(now, csv, "what would be sent now has moved on");
        assert!(text(&now, "episodes.csv").contains("C1"));
        let years = world.casework.return_years(&actor).await.unwrap();
        assert_eq!(years.iter().find(|y| y.year == YEAR).unwrap().signed, [signed]);
        let none = world.casework.return_files(&actor, YEAR, Some(2), FileKind::Csv).await;
        assert!(matches!(none, Err(Error::Absent)), "only one was signed off");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_ask_for_the_password_and_the_log_holds_each_look() {
    on_both(|world| async move {
        let _ = analyst(&world).await;
        let stale = world.sign_in(ANALYST).await;
        let refused = world.casework.return_files(&stale, YEAR, None, FileKind::Csv).await;
        assert!(matches!(refused, Err(Error::Reauthenticate)), "the password was not given again");
        let before = world.log().await.len();
        let actor = fresh(&world, ANALYST).await;
        let page = world.casework.return_for(&actor, YEAR).await.unwrap();
        world.casework.return_children(&actor, YEAR, None, Page::first(20)).await.unwrap();
        world.casework.sign_off_return(&actor, YEAR, page.seen, "Known to the teams").await.unwrap();
        world.casework.return_files(&actor, YEAR, None, FileKind::Xml).await.unwrap();
        let log = world.log().await;
        let lines: Vec<&str> =
            log[before..].iter().filter(|(a, _)| a == "export_return").map(|(_, d)| d.as_str()).collect();
        for words in
            ["\"page\":\"return\"", "\"page\":\"children\"", "\"signed_off\":2027", "\"format\":\"xml\""]
        {
            assert!(lines.iter().any(|line| line.contains(words)), "no {words} in {lines:?}");
        }
        let children = lines.iter().filter(|line| line.contains("\"page\":\"child\"")).count();
        assert_eq!(children, 3, "a line for each child whose rows were shown");
        assert!(
            lines.iter().all(|line| !line.contains("Known to the teams")),
            "no words of people in the log"
        );
    })
    .await;
}

/// Robin moves to a home whose address is kept from people.
async fn move_to_a_hidden_home(world: &World) {
    let worker = world.sign_in(WORKER).await;
    let child = ChildId(id(ROBIN));
    let page = world.casework.child_page(&worker, child).await.unwrap();
    let event = Event::PlacementStarted {
        placement_type: "U6".into(),
        provider: Some("PR1".into()),
        carer_name: None,
        carer: None,
        address: None,
        postcode: Some("ZZ9 9ZZ".into()),
        address_confidential: Some(true),
        urn: None,
        location: None,
        basis: None,
        planned: None,
        to_eighteen: None,
        same_carer: None,
        ks4_disrupted: None,
        left_because: None,
    };
    let entry = NewEntry::on(date(2026, 11, 2), event);
    world.casework.record(&worker, child, page.handle.version, "hidden-home", vec![entry]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_address_is_in_the_files_and_not_beside_the_childs_name() {
    on_both(|world| async move {
        move_to_a_hidden_home(&world).await;
        let actor = analyst(&world).await;
        let files = world.casework.return_files(&actor, YEAR, None, FileKind::Csv).await.unwrap();
        assert!(text(&files, "episodes.csv").contains("ZZ9 9ZZ"), "the collection asks for it");
        let all = world.casework.return_children(&actor, YEAR, None, Page::first(20)).await.unwrap();
        let robin = |row: &&kinfold_casework::census_return::ReturnChild| {
            row.child.as_ref().is_some_and(|child| child.id == id(ROBIN))
        };
        let robin = all.page.rows.iter().find(robin).unwrap();
        let episodes = robin.tables.iter().find(|table| table.title == "Episodes").unwrap();
        let cell = |column: &str| {
            let at = episodes.columns.iter().position(|name| *name == column).unwrap();
            episodes.rows[0][at].clone()
        };
        assert_eq!(cell("PL_POST"), None, "the page says no more than the record does");
        assert_eq!(cell("PLACE").as_deref(), Some("U6"), "what may be read is shown");
        let shown = format!("{:?}", all.page.rows);
        assert!(!shown.contains("ZZ9 9ZZ"), "nor in a finding");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_use_the_lists_that_were_handed_over_and_the_page_says_how_old_they_are() {
    on_both(|world| async move {
        let providers = Providers::from_csv("URN\nSC123456\n").unwrap();
        let providers = DatedList { list: providers, file: "providers.csv".into(), dated: date(2026, 9, 30) };
        let lists = ReturnLists::new(None, Some(providers), Some("e10000016")).unwrap();
        world.casework.use_return_lists(lists);
        let actor = analyst(&world).await;
        let page = world.casework.return_for(&actor, YEAR).await.unwrap();
        assert!(page.not_run.iter().all(|rule| !rule.because.contains("providers")), "{:?}", page.not_run);
        assert!(page.not_run.iter().any(|rule| rule.because.contains("postcode")));
        let given = ListInUse { file: "providers.csv".into(), dated: date(2026, 9, 30), holds: 1 };
        let expected =
            ListsInUse { postcodes: None, providers: Some(given), authority: Some("E10000016".into()) };
        assert_eq!(page.lists, expected);
    })
    .await;
}

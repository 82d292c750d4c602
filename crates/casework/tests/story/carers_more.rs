//! Carers: asked again when the words change, named nothing before they have signed, the key worker of a children's home, and
//! the diary in the calendar of the telephone.

use jiff::civil::date;
use kinfold_casework::carers::Coming;
use kinfold_casework::rows::Page;
use kinfold_casework::{Actor, Casework, Cost, Error, NewEntry};
use kinfold_guidance::{Layer, LayerName};
use kinfold_record::PersonId;
use serde_json::{Value, json};

use crate::world::{CARER, TODAY, WORKER, World, id, on_both};

async fn records(world: &World, actor: &Actor, key: &str, event: Value) {
    let version = world.casework.child_page(actor, world.child).await.unwrap().handle.version;
    let new = vec![NewEntry::on(TODAY, serde_json::from_value(event).unwrap())];
    world.casework.record(actor, world.child, version, key, new).await.unwrap();
}

async fn joins(world: &World, worker: &Actor, place: &str) -> Actor {
    let joined = json!({"kind": "circle_joined", "role": place, "person": PersonId(id(CARER))});
    records(world, worker, &format!("joins-{place}"), joined).await;
    world.sign_in(CARER).await
}

async fn signs(casework: &Casework, world: &World, carer: &Actor) -> i32 {
    let words = casework.undertaking(carer, world.child).await.unwrap().words;
    let seen = (words.id.as_str(), words.version);
    casework.sign_undertaking(carer, world.child, seen, true, "A. Carer").await.unwrap();
    words.version
}

fn is_absent<T: std::fmt::Debug>(result: Result<T, Error>) {
    assert!(matches!(result, Err(Error::Absent)), "{result:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carer_is_asked_again_when_the_words_change() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let carer = joins(&world, &worker, "foster_carer").await;
        assert_eq!(signs(&world.casework, &world, &carer).await, 1);
        world.casework.need_to_know(&carer, world.child).await.unwrap();
        // The authority puts other words in force.
        let national =
            Layer::national().files.into_iter().find(|f| f.path == "words/carers.toml").unwrap().text;
        let other = national.replace("version = 1", "version = 2");
        assert_ne!(other, national);
        let layer =
            Layer::from_texts(LayerName::Local("ours".into()), [("words/carers.toml".to_owned(), other)]);
        let store = world.database.store.clone();
        let clock = world.clock.clone();
        let later = Casework::open_with_layers(store, vec![layer], world.keys(), clock, Cost::Invented)
            .await
            .unwrap();
        let carer = later.actor(&world.token(CARER).await).await.unwrap();
        is_absent(later.need_to_know(&carer, world.child).await);
        is_absent(later.child_page(&carer, world.child).await);
        let page = later.undertaking(&carer, world.child).await.unwrap();
        assert!(page.changed && page.signed.is_none(), "it says that the words have changed");
        let worker = later.actor(&world.token(WORKER).await).await.unwrap();
        let seen = later.carers_of(&worker, world.child).await.unwrap();
        assert_eq!(
            (seen.signers[0].on, seen.signers[0].before),
            (None, Some(TODAY)),
            "and the worker sees it"
        );
        // The words that the page held when it was opened are not the ones in force.
        let old = later.sign_undertaking(&carer, world.child, ("confidentiality", 1), true, "A. Carer").await;
        assert!(matches!(old, Err(Error::Conflict { .. })), "{old:?}");
        assert_eq!(signs(&later, &world, &carer).await, 2);
        later.need_to_know(&carer, world.child).await.unwrap();
        let seen = later.carers_of(&worker, world.child).await.unwrap();
        assert_eq!((seen.signers[0].on, seen.signers[0].before), (Some(TODAY), Some(TODAY)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_list_names_a_child_to_a_carer_who_has_not_signed() {
    on_both(|world| async move {
        let (casework, worker) = (&world.casework, world.sign_in(WORKER).await);
        let reviewer = world.sign_in(crate::world::REVIEWER).await;
        records(&world, &reviewer, "need", json!({"kind": "review_action", "action": "a1", "text": "Swimming", "owner": "foster_carer", "by": "2026-12-20", "occasion": "o"})).await;
        let carer = joins(&world, &worker, "foster_carer").await;
        let feed = casework.make_feed(&carer).await.unwrap();
        let mut unit = world.database.store.write().await.unwrap();
        let notice = kinfold_store::NoticeRow {
            id: id(900),
            person: id(CARER),
            child: Some(world.child.0),
            kind: "review_invited".to_owned(),
            text: "A review is called.".to_owned(),
            link: Some(format!("/children/{}/reviews", world.child)),
            created_at: carer_now(&world),
            read_at: None,
        };
        unit.insert_notices(&[notice]).await.unwrap();
        unit.commit().await.unwrap();
        let told = async |carer: &Actor| {
            let work = casework.my_work(carer, Page::first(20)).await.unwrap();
            let found = casework.find(carer, "Ashdown").await.unwrap();
            let (notices, _) = casework.notices(carer, true, Page::first(20)).await.unwrap();
            let calendar = casework.feed(&feed).await.unwrap();
            (
                (work.duties.len(), work.total, work.children.len()),
                found.children.len(),
                notices.rows.iter().filter(|n| n.text.is_some()).count(),
                calendar.duties.len(),
            )
        };
        assert_eq!(told(&carer).await, ((0, 0, 0), 0, 0, 0), "before the undertaking is signed");
        signs(casework, &world, &carer).await;
        let (work, found, notices, calendar) = told(&carer).await;
        assert_eq!((work, found, notices, calendar), ((1, 1, 1), 1, 1, 1), "once it is");
    })
    .await;
}

fn carer_now(world: &World) -> jiff::Timestamp {
    use kinfold_casework::Clock as _;
    world.clock.now()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_worker_of_a_home_has_the_same_space() {
    on_both(|world| async move {
        let (casework, child) = (&world.casework, world.child);
        let worker = world.sign_in(WORKER).await;
        let carer = joins(&world, &worker, "residential_worker").await;
        is_absent(casework.child_page(&carer, child).await);
        assert!(!casework.carers_home(&carer).await.unwrap().children[0].signed);
        signs(casework, &world, &carer).await;
        casework.need_to_know(&carer, child).await.unwrap();
        let note = kinfold_casework::carers::NewNote {
            topic: "day".into(),
            urgent: false,
            day: TODAY,
            text: "A quiet evening in the home.".to_owned(),
            follows: None,
        };
        let entry = casework.write_note(&carer, child, "n1", &note).await.unwrap();
        let seen = casework.carers_of(&worker, child).await.unwrap();
        assert_eq!(seen.signers.len(), 1);
        casework.carers_note(&worker, child, entry).await.unwrap();
        // With the place in the circle the space ends.
        let left =
            json!({"kind": "circle_left", "role": "residential_worker", "person": PersonId(id(CARER))});
        records(&world, &worker, "left", left).await;
        let carer = world.sign_in(CARER).await;
        is_absent(casework.need_to_know(&carer, child).await);
        is_absent(casework.carers_log(&carer, child).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_diary_is_in_the_calendar_without_names_services_or_medicines() {
    on_both(|world| async move {
        let casework = &world.casework;
        let worker = world.sign_in(WORKER).await;
        let carer = joins(&world, &worker, "foster_carer").await;
        signs(casework, &world, &carer).await;
        records(
            &world,
            &carer,
            "dentist",
            json!({"kind": "dental_check", "outcome": "no_treatment", "again_on": "2027-02-03"}),
        )
        .await;
        let feed = casework.make_feed(&carer).await.unwrap();
        let first = casework.feed(&feed).await.unwrap();
        let dentist = first.coming.iter().find(|c| c.what == Coming::Dentist).unwrap();
        assert_eq!((dentist.on, dentist.reference.as_str()), (date(2027, 2, 3), "F1"));
        let again = casework.feed(&feed).await.unwrap();
        assert_eq!(first, again, "an event keeps its id from one reading to the next");
        let log = world.log_size().await;
        casework.feed(&feed).await.unwrap();
        assert_eq!(world.log_size().await, log + 1, "a calendar that asks is nobody who looked at a child");
        let left = json!({"kind": "circle_left", "role": "foster_carer", "person": PersonId(id(CARER))});
        records(&world, &worker, "left", left).await;
        let after = casework.feed(&feed).await.unwrap();
        assert!(after.coming.is_empty() && after.duties.is_empty(), "{after:?}");
    })
    .await;
}

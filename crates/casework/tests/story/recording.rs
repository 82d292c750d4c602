//! Recording, correcting, and what moves with it.

use jiff::civil::date;
use kinfold_casework::chronology::ChronologyFilter;
use kinfold_casework::{Error, NewEntry};
use kinfold_record::Event;

use crate::world::{ADMINISTRATOR, OTHER, REVIEWER, TODAY, WORKER, World, on_both};

fn review(on: jiff::civil::Date) -> NewEntry {
    NewEntry::on(
        on,
        Event::ReviewHeld {
            review: "looked_after".into(),
            participation: Some("PN1".into()),
            meeting: Some(true),
            chaired_by: None,
            spoke_alone: Some(true),
            adjourned: None,
            text: None,
            occasion: None,
        },
    )
}

fn note(text: &str) -> NewEntry {
    NewEntry::on(TODAY, Event::Note { text: text.into(), topic: None })
}

async fn first_review(
    world: &World,
    actor: &kinfold_casework::Actor,
) -> (kinfold_pathway::State, jiff::civil::Date) {
    let page = world.casework.child_page(actor, world.child).await.unwrap();
    let duty = page.duties.iter().find(|d| d.rule == "review.first").unwrap();
    (duty.state.clone(), duty.due_on)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_meets_its_duty_at_once_and_a_correction_moves_it_back() {
    on_both(|world| async move {
        let reviewer = world.sign_in(REVIEWER).await;
        let (state, due) = first_review(&world, &reviewer).await;
        // 20 working days after Mon 2 Nov 2026.
        assert_eq!((state, due), (kinfold_pathway::State::Open, date(2026, 11, 30)));
        let page = world.casework.child_page(&reviewer, world.child).await.unwrap();
        let version = page.handle.version;
        let done = world
            .casework
            .record(&reviewer, world.child, version, "k1", vec![review(date(2026, 11, 27))])
            .await
            .unwrap();
        assert!(done.duties_changed > 0);
        let (state, _) = first_review(&world, &reviewer).await;
        assert!(matches!(state, kinfold_pathway::State::Met { days_late: 0, .. }), "{state:?}");
        // The day was wrong: it was held on the day after it was due.
        let mut right = review(date(2026, 12, 1));
        right.replaces = Some(done.entries[0]);
        world.casework.record(&reviewer, world.child, done.version, "k2", vec![right]).await.unwrap();
        let (state, _) = first_review(&world, &reviewer).await;
        assert!(matches!(state, kinfold_pathway::State::Met { days_late: 1, .. }), "{state:?}");
        // Both are still there; only one stands.
        let all = ChronologyFilter { corrected: true, ..Default::default() };
        let lines = world.casework.chronology(&reviewer, world.child, &all).await.unwrap().lines;
        let reviews: Vec<_> =
            lines.iter().filter(|l| matches!(l.entry.event, Event::ReviewHeld { .. })).collect();
        assert_eq!(reviews.len(), 2);
        assert_eq!(reviews.iter().filter(|l| l.corrected_by.is_some()).count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_sent_twice_records_once() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let version = world.casework.child_page(&worker, world.child).await.unwrap().handle.version;
        let first = world
            .casework
            .record(&worker, world.child, version, "twice", vec![note("Rang the school.")])
            .await
            .unwrap();
        let second = world
            .casework
            .record(&worker, world.child, version, "twice", vec![note("Rang the school.")])
            .await
            .unwrap();
        assert_eq!(first, second);
        let page =
            world.casework.chronology(&worker, world.child, &ChronologyFilter::default()).await.unwrap();
        assert_eq!(page.lines.iter().filter(|l| matches!(l.entry.event, Event::Note { .. })).count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_form_is_refused_and_nothing_is_overwritten() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let reviewer = world.sign_in(REVIEWER).await;
        let seen = world.casework.child_page(&worker, world.child).await.unwrap().handle.version;
        let now = world
            .casework
            .record(&reviewer, world.child, seen, "a", vec![review(date(2026, 11, 27))])
            .await
            .unwrap();
        let refused = world.casework.record(&worker, world.child, seen, "b", vec![note("Mine")]).await;
        assert!(matches!(refused, Err(Error::Conflict { current }) if current == now.version), "{refused:?}");
        // With the version now on record it goes in.
        world.casework.record(&worker, world.child, now.version, "b", vec![note("Mine")]).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_can_be_read_as_it_was_known_on_a_past_day() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let version = world.casework.child_page(&worker, world.child).await.unwrap().handle.version;
        // Happened in November, told in December.
        let late =
            NewEntry::on(date(2026, 11, 10), Event::Note { text: "Found out later.".into(), topic: None });
        world.casework.record(&worker, world.child, version, "late", vec![late]).await.unwrap();
        let notes = |lines: &[kinfold_casework::chronology::ChronologyLine]| {
            lines.iter().filter(|l| matches!(l.entry.event, Event::Note { .. })).count()
        };
        let now =
            world.casework.chronology(&worker, world.child, &ChronologyFilter::default()).await.unwrap();
        assert_eq!(notes(&now.lines), 1);
        let then = ChronologyFilter { known_on: Some(date(2026, 11, 20)), ..Default::default() };
        let then = world.casework.chronology(&worker, world.child, &then).await.unwrap();
        assert_eq!(notes(&then.lines), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_and_writes_nothing() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let version = world.casework.child_page(&worker, world.child).await.unwrap().handle.version;
        let future = NewEntry::on(date(2027, 1, 4), Event::Note { text: "Not yet.".into(), topic: None });
        let refused = world.casework.record(&worker, world.child, version, "f", vec![future]).await;
        assert!(
            matches!(&refused, Err(Error::Impossible(p)) if p[0].message.contains("future")),
            "{refused:?}"
        );
        let unknown = NewEntry::on(TODAY, Event::Note { text: "x".into(), topic: Some("gossip".into()) });
        let refused = world.casework.record(&worker, world.child, version, "g", vec![unknown]).await;
        assert!(matches!(&refused, Err(Error::Invalid(p)) if p[0].field == "topic"), "{refused:?}");
        assert_eq!(world.casework.child_page(&worker, world.child).await.unwrap().handle.version, version);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_a_tie_finds_nothing_and_the_attempt_is_logged() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        for person in [OTHER, ADMINISTRATOR] {
            let stranger = world.sign_in(person).await;
            let before = world.log_size().await;
            assert!(matches!(world.casework.child_page(&stranger, world.child).await, Err(Error::Absent)));
            assert_eq!(world.log_size().await, before + 1);
            let version = world.casework.child_page(&worker, world.child).await.unwrap().handle.version;
            let refused =
                world.casework.record(&stranger, world.child, version, "s", vec![note("No.")]).await;
            assert!(matches!(refused, Err(Error::Absent)), "{refused:?}");
        }
        // The worker's own read leaves a line as well.
        let before = world.log_size().await;
        world.casework.child_page(&worker, world.child).await.unwrap();
        assert_eq!(world.log_size().await, before + 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_child_is_never_without_a_key_worker() {
    on_both(|world| async move {
        let manager = world.sign_in(crate::world::MANAGER).await;
        let version = world.casework.child_page(&manager, world.child).await.unwrap().handle.version;
        let leaves = Event::CircleLeft {
            role: "social_worker".into(),
            person: Some(kinfold_record::PersonId(crate::world::id(WORKER))),
            name: None,
            worker_id: None,
        };
        let refused = world
            .casework
            .record(&manager, world.child, version, "l", vec![NewEntry::on(TODAY, leaves)])
            .await;
        assert!(
            matches!(&refused, Err(Error::Invalid(p)) if p[0].message.contains("key worker")),
            "{refused:?}"
        );
        // Handing over is one step: the new key worker relieves the old, and the rights move at once.
        let joins = Event::CircleJoined {
            role: "social_worker".into(),
            person: Some(kinfold_record::PersonId(crate::world::id(OTHER))),
            name: None,
            key_worker: Some(true),
            parental_responsibility: None,
            worker_id: None,
            change_reason: None,
            contact: None,
        };
        let other = world.sign_in(OTHER).await;
        assert!(matches!(world.casework.child_page(&other, world.child).await, Err(Error::Absent)));
        world
            .casework
            .record(&manager, world.child, version, "j", vec![NewEntry::on(TODAY, joins)])
            .await
            .unwrap();
        world.casework.child_page(&other, world.child).await.unwrap();
    })
    .await;
}

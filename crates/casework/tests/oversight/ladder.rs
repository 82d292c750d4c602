//! What is late climbs, one person after another, each told once.

use jiff::civil::date;
use kinfold_casework::NewEntry;
use kinfold_casework::rows::Page;
use kinfold_record::{ChildId, Event};
use kinfold_store::NoticeRow;

use crate::world::{
    DIRECTOR, HEAD, MANAGER, NURSE, READER, REVIEWER, ROBIN, SOUTH_MANAGER, WREN, World, id, on_both,
};

fn about(notices: &[NoticeRow], child: u128, title: &str) -> usize {
    notices
        .iter()
        .filter(|n| n.child == Some(id(child)) && n.kind == "late" && n.text.starts_with(title))
        .count()
}

/// How often each of the four above Robin's first review has been told that it is late.
async fn told(world: &World) -> [usize; 4] {
    let mut told = [0; 4];
    for (at, person) in [REVIEWER, MANAGER, HEAD, DIRECTOR].into_iter().enumerate() {
        told[at] = about(&world.notices(person).await, ROBIN, "First review");
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_review_climbs_day_by_day_and_each_is_told_once() {
    on_both(|world| async move {
        // Due on Mon 30 Nov 2026, 20 working days after Mon 2 Nov.
        let mut seen = Vec::new();
        for day in 28..=48 {
            let day = date(2026, 11, 1).checked_add(jiff::ToSpan::days(day - 1)).unwrap();
            world.wake_on(day).await;
            world.casework.run_escalation().await.unwrap();
            let again = world.casework.run_escalation().await.unwrap();
            assert_eq!((again.duties, again.stuck, again.notices), (0, 0, 0), "{day}: told twice");
            let now = told(&world).await;
            if seen.last().is_none_or(|(_, last)| *last != now) {
                seen.push((day, now));
            }
        }
        assert_eq!(
            seen,
            [
                (date(2026, 11, 28), [0, 0, 0, 0]),
                (date(2026, 12, 1), [1, 1, 0, 0]),
                // Five working days after the 30th are the 7th; late on the day after.
                (date(2026, 12, 8), [1, 1, 1, 0]),
                (date(2026, 12, 15), [1, 1, 1, 1]),
            ]
        );
        let log = world.log().await;
        let climbs = log
            .iter()
            .filter(|(action, detail)| action == "escalate" && detail.contains("review.first"))
            .count();
        assert_eq!(climbs, 3 * 4, "three rungs for each of four children, each in the log");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_slept_tells_every_rung_at_once_and_one_message_goes_to_each_person() {
    on_both(|world| async move {
        world.wake_on(date(2027, 1, 20)).await;
        let done = world.casework.run_escalation().await.unwrap();
        assert!(done.duties > 0);
        assert_eq!(told(&world).await, [1, 1, 1, 1]);
        let mut unit = world.database.store.glance().await.unwrap();
        let waiting = unit.waiting().await.unwrap();
        drop(unit);
        let mut people = 0;
        for person in 1..60 {
            people += i64::from(!world.notices(person).await.is_empty());
        }
        assert_eq!(waiting, people, "one message for each person told, not one for each notice");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_duty_on_a_restricted_record_reaches_a_named_reader_and_nobody_else() {
    on_both(|world| async move {
        world.wake_on(date(2027, 1, 20)).await;
        world.casework.run_escalation().await.unwrap();
        assert_eq!(about(&world.notices(READER).await, WREN, "First review"), 1);
        for person in [MANAGER, SOUTH_MANAGER, HEAD, DIRECTOR, REVIEWER, NURSE] {
            assert!(world.notices(person).await.iter().all(|n| n.child != Some(id(WREN))), "{person}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duty_that_is_met_climbs_no_further() {
    on_both(|world| async move {
        world.wake_on(date(2026, 12, 1)).await;
        world.casework.run_escalation().await.unwrap();
        let reviewer = world.sign_in(REVIEWER).await;
        let robin = ChildId(id(ROBIN));
        let version = world.casework.child_page(&reviewer, robin).await.unwrap().handle.version;
        let held = Event::ReviewHeld {
            review: "looked_after".into(),
            participation: Some("PN1".into()),
            meeting: Some(true),
            chaired_by: None,
            spoke_alone: Some(true),
            adjourned: None,
            text: None,
            occasion: None,
        };
        world
            .casework
            .record(&reviewer, robin, version, "held", vec![NewEntry::on(date(2026, 12, 1), held)])
            .await
            .unwrap();
        world.wake_on(date(2027, 1, 20)).await;
        world.casework.run_escalation().await.unwrap();
        assert_eq!(told(&world).await, [1, 1, 0, 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unmet_need_climbs_like_anything_late() {
    on_both(|world| async move {
        let worker = world.sign_in(crate::world::WORKER).await;
        let robin = ChildId(id(ROBIN));
        let version = world.casework.child_page(&worker, robin).await.unwrap().handle.version;
        let book = world.casework.book();
        let code =
            book.guidance.codes.list("need").unwrap().on(date(2026, 12, 1)).next().unwrap().code.clone();
        let need = Event::UnmetNeedRaised { need: code, text: "No place until spring.".into() };
        world
            .casework
            .record(&worker, robin, version, "need", vec![NewEntry::on(date(2026, 12, 1), need)])
            .await
            .unwrap();
        world.wake_on(date(2027, 3, 1)).await;
        world.casework.run_escalation().await.unwrap();
        let title = book.guidance.rule_on("need.answered", date(2027, 3, 1)).unwrap().title.clone();
        assert!(about(&world.notices(MANAGER).await, ROBIN, &title) > 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hand_off_that_waits_too_long_is_told_to_the_one_whose_step_it_is_once() {
    on_both(|world| async move {
        world.wake_on(date(2026, 11, 20)).await;
        let done = world.casework.run_escalation().await.unwrap();
        assert!(done.stuck > 0, "the initial health assessment waits at its first step");
        let mut told = Vec::new();
        for person in 1..60 {
            told.extend(
                world
                    .notices(person)
                    .await
                    .into_iter()
                    .filter(|n| n.kind == "stuck" && n.child == Some(id(ROBIN))),
            );
        }
        assert!(!told.is_empty());
        assert_eq!(world.casework.run_escalation().await.unwrap().stuck, 0);
        let text = &told[0].text;
        assert!(text.contains("F-101") && !text.contains("Ashdown") && !text.contains("Robin"), "{text}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_read_by_its_own_reader_and_hides_what_they_may_no_longer_open() {
    on_both(|world| async move {
        world.wake_on(date(2026, 12, 1)).await;
        world.casework.run_escalation().await.unwrap();
        let manager = world.sign_in(MANAGER).await;
        let (found, unread) = world.casework.notices(&manager, true, Page::first(50)).await.unwrap();
        assert!(unread > 0 && found.rows.iter().all(|n| n.text.is_some() && n.link.is_some()));
        let other = world.sign_in(SOUTH_MANAGER).await;
        let one = found.rows[0].id;
        assert!(matches!(
            world.casework.read_notices(&other, Some(one)).await,
            Err(kinfold_casework::Error::Absent)
        ));
        assert_eq!(world.casework.read_notices(&manager, Some(one)).await.unwrap(), 1);
        let (_, left) = world.casework.notices(&manager, true, Page::first(50)).await.unwrap();
        assert_eq!(left, unread - 1);
        // Robin goes to another team: the manager keeps the notice, not what it says.
        let mut unit = world.database.store.write().await.unwrap();
        unit.set_team(id(ROBIN), Some(id(crate::world::SOUTH))).await.unwrap();
        unit.commit().await.unwrap();
        let (found, _) = world.casework.notices(&manager, false, Page::first(50)).await.unwrap();
        assert!(!found.rows.is_empty() && found.rows.iter().all(|n| n.text.is_none() && n.link.is_none()));
        world.casework.read_notices(&manager, None).await.unwrap();
        assert_eq!(world.casework.notices(&manager, true, Page::first(50)).await.unwrap().1, 0);
    })
    .await;
}

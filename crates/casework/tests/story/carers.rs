//! Carers: nothing opens before they have signed, their notes are theirs until they are taken in, what waits climbs, and one
//! carer's part of a review is not another's.

use jiff::civil::date;
use kinfold_casework::carers::{LONGEST_NOTE, LogState, Looking, NewNote, ReplyState};
use kinfold_casework::chronology::ChronologyFilter;
use kinfold_casework::reviews::{Calling, MovedTo};
use kinfold_casework::rows::Page;
use kinfold_casework::{Actor, Error, NewEntry};
use kinfold_record::{Event, EventKind, PersonId};
use uuid::Uuid;

use crate::forms::{save, text};
use crate::world::{CARER, MANAGER, OTHER, REVIEWER, SECOND_CARER, TODAY, WORKER, World, id, noon, on_both};

async fn cares(world: &World, worker: &Actor, person: u128) {
    let version = world.casework.child_page(worker, world.child).await.unwrap().handle.version;
    let event = Event::CircleJoined {
        role: "foster_carer".into(),
        person: Some(PersonId(id(person))),
        name: None,
        key_worker: None,
        parental_responsibility: None,
        worker_id: None,
        change_reason: None,
        contact: None,
    };
    let new = vec![NewEntry::on(date(2026, 11, 20), event)];
    world.casework.record(worker, world.child, version, &format!("joins-{person}"), new).await.unwrap();
}

async fn signs(world: &World, carer: &Actor) {
    let words = world.casework.undertaking(carer, world.child).await.unwrap().words;
    let seen = (words.id.as_str(), words.version);
    world.casework.sign_undertaking(carer, world.child, seen, true, "A. Carer").await.unwrap();
}

/// A carer of the child who has signed.
async fn carer(world: &World, worker: &Actor, person: u128) -> Actor {
    cares(world, worker, person).await;
    let carer = world.sign_in(person).await;
    signs(world, &carer).await;
    carer
}

fn note(words: &str) -> NewNote {
    NewNote { topic: "day".into(), urgent: false, day: TODAY, text: words.to_owned(), follows: None }
}

async fn said_in_chronology(world: &World, reader: &Actor, words: &str) -> bool {
    let page = world.casework.chronology(reader, world.child, &ChronologyFilter::default()).await.unwrap();
    page.lines.iter().any(|l| serde_json::to_string(&l.entry.event).unwrap().contains(words))
}

fn is_absent<T: std::fmt::Debug>(result: Result<T, Error>) {
    assert!(matches!(result, Err(Error::Absent)), "{result:?}");
}

fn field(result: Result<impl std::fmt::Debug, Error>) -> String {
    match result {
        Err(Error::Invalid(problems)) => problems[0].field.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_child_opens_to_a_carer_before_they_have_signed() {
    on_both(|world| async move {
        let (casework, child) = (&world.casework, world.child);
        let worker = world.sign_in(WORKER).await;
        cares(&world, &worker, CARER).await;
        let carer = world.sign_in(CARER).await;
        is_absent(casework.child_page(&carer, child).await);
        is_absent(casework.chronology(&carer, child, &ChronologyFilter::default()).await);
        is_absent(casework.health_page(&carer, child).await);
        is_absent(casework.need_to_know(&carer, child).await);
        is_absent(casework.carers_log(&carer, child).await);
        is_absent(casework.write_note(&carer, child, "early", &note("Too early.")).await);
        is_absent(casework.save_draft(&carer, child, "note", &[], 0).await);
        let home = casework.carers_home(&carer).await.unwrap();
        assert!(!home.children[0].signed && home.children[0].age.is_none() && home.soon.is_empty());
        let seen = casework.carers_of(&worker, child).await.unwrap();
        assert_eq!(seen.signers[0].on, None, "the social worker sees that it is not signed");
        let words = casework.undertaking(&carer, child).await.unwrap().words;
        let now = (words.id.as_str(), words.version);
        assert_eq!(field(casework.sign_undertaking(&carer, child, now, false, "A. Carer").await), "promised");
        assert_eq!(field(casework.sign_undertaking(&carer, child, now, true, "  ").await), "name");
        let other_words = casework.sign_undertaking(&carer, child, (now.0, now.1 + 1), true, "A").await;
        assert!(matches!(other_words, Err(Error::Conflict { .. })), "{other_words:?}");
        is_absent(casework.child_page(&carer, child).await);
        signs(&world, &carer).await;
        signs(&world, &carer).await;
        casework.child_page(&carer, child).await.unwrap();
        casework.need_to_know(&carer, child).await.unwrap();
        let seen = casework.carers_of(&worker, child).await.unwrap();
        assert_eq!(seen.signers[0].on, Some(TODAY));
        let mut unit = world.database.store.read().await.unwrap();
        let rows = unit.entries(child.0).await.unwrap();
        let signed = rows.iter().filter(|r| r.entry().unwrap().event.kind() == EventKind::UndertakingSigned);
        assert_eq!(signed.count(), 1, "signing twice is signing once");
        drop(unit);
        let stranger = world.sign_in(OTHER).await;
        is_absent(casework.undertaking(&stranger, child).await);
        is_absent(casework.carers_of(&stranger, child).await);
        is_absent(casework.carers_home(&stranger).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_its_carers_until_it_is_taken_into_the_record() {
    on_both(|world| async move {
        let (casework, child) = (&world.casework, world.child);
        let worker = world.sign_in(WORKER).await;
        let first = carer(&world, &worker, CARER).await;
        let second = carer(&world, &worker, SECOND_CARER).await;
        let reviewer = world.sign_in(REVIEWER).await;
        let entry =
            casework.write_note(&first, child, "n1", &note("The kingfisher by the weir.")).await.unwrap();
        let again =
            casework.write_note(&first, child, "n1", &note("The kingfisher by the weir.")).await.unwrap();
        assert_eq!(entry, again, "a double submit is one note");
        for reader in [&second, &reviewer] {
            assert!(!said_in_chronology(&world, reader, "kingfisher").await);
            is_absent(casework.carers_note(reader, child, entry).await);
        }
        assert!(casework.carers_log(&second, child).await.unwrap().notes.is_empty());
        let page = casework.carers_log(&first, child).await.unwrap();
        assert_eq!(page.notes.len(), 1);
        assert_eq!(page.notes[0].state, LogState::Waiting(Some(date(2026, 12, 4))));
        // It is the worker's work, and goes back with a question.
        let work = casework.my_work(&worker, Page::first(50)).await.unwrap();
        assert!(work.duties.iter().any(|d| d.duty.rule == "caring.log_looked_at"));
        let back =
            |text: Option<&str>| Looking { accept: false, text: text.map(str::to_owned), sensitivity: None };
        assert_eq!(field(casework.look_at_note(&worker, child, entry, "l0", &back(None)).await), "text");
        casework.look_at_note(&worker, child, entry, "l1", &back(Some("Who was with you?"))).await.unwrap();
        casework.look_at_note(&worker, child, entry, "l1", &back(Some("Who was with you?"))).await.unwrap();
        let page = casework.carers_log(&first, child).await.unwrap();
        assert_eq!((page.notes[0].state, page.notes[0].answers.len()), (LogState::SentBack, 1));
        let more = NewNote { follows: Some(entry), ..note("My sister was.") };
        let follow = casework.write_note(&first, child, "n2", &more).await.unwrap();
        let taken = Looking { accept: true, text: None, sensitivity: None };
        casework.look_at_note(&worker, child, entry, "l2", &taken).await.unwrap();
        assert!(said_in_chronology(&world, &reviewer, "kingfisher").await, "now it is part of the record");
        let twice = casework.look_at_note(&worker, child, entry, "l3", &taken).await;
        assert!(matches!(twice, Err(Error::Forbidden(_))), "{twice:?}");
        let back = casework.withdraw_note(&first, child, entry, "A mistake").await;
        assert!(matches!(back, Err(Error::Forbidden(_))), "{back:?}");
        is_absent(casework.withdraw_note(&second, child, follow, "Not mine").await);
        casework.withdraw_note(&first, child, follow, "It was my cousin.").await.unwrap();
        let page = casework.carers_log(&first, child).await.unwrap();
        assert!(page.notes.iter().any(|n| n.state == LogState::Withdrawn && n.text == "My sister was."));
        // Nobody alters it, by any way round.
        let version = casework.child_page(&worker, child).await.unwrap().handle.version;
        let other_words = NewEntry {
            replaces: Some(entry),
            ..NewEntry::on(TODAY, Event::Withdrawn { reason: "Tidied.".into() })
        };
        let altered = casework.record(&worker, child, version, "alter", vec![other_words]).await;
        assert!(matches!(altered, Err(Error::Invalid(_))), "{altered:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_noted_is_refused_by_name_and_a_worry_reaches_people_at_once() {
    on_both(|world| async move {
        let (casework, child) = (&world.casework, world.child);
        let worker = world.sign_in(WORKER).await;
        let carer = carer(&world, &worker, CARER).await;
        let huge = note(&"a ".repeat(1_000_000));
        assert_eq!(field(casework.write_note(&carer, child, "h", &huge).await), "text");
        let just_fits = note(&"a".repeat(LONGEST_NOTE));
        casework.write_note(&carer, child, "fits", &just_fits).await.unwrap();
        let tomorrow = NewNote { day: date(2026, 12, 2), ..note("Not yet.") };
        assert_eq!(field(casework.write_note(&carer, child, "t", &tomorrow).await), "day");
        let before = NewNote { day: date(2026, 11, 19), ..note("Before I knew the child.") };
        assert_eq!(field(casework.write_note(&carer, child, "b", &before).await), "day");
        let no_such = NewNote { topic: "zebra".into(), ..note("What?") };
        assert_eq!(field(casework.write_note(&carer, child, "z", &no_such).await), "topic");
        assert_eq!(field(casework.write_note(&carer, child, "e", &note(" \n ")).await), "text");
        let manager = world.sign_in(MANAGER).await;
        let told = |notices: &[kinfold_casework::notices::Notice]| {
            notices.iter().any(|n| n.text.as_deref().is_some_and(|t| t.starts_with("URGENT")))
        };
        for reader in [&worker, &manager] {
            let (page, _) = casework.notices(reader, true, Page::first(20)).await.unwrap();
            assert!(!told(&page.rows));
        }
        let worry = NewNote { topic: "worry".into(), urgent: true, ..note("He has not come home.") };
        let entry = casework.write_note(&carer, child, "w", &worry).await.unwrap();
        for reader in [&worker, &manager] {
            let (page, _) = casework.notices(reader, true, Page::first(20)).await.unwrap();
            assert!(told(&page.rows), "{}", reader.name());
            assert!(page.rows.iter().all(|n| !n.text.as_deref().unwrap_or("").contains("Robin")));
        }
        let taken = Looking { accept: true, text: Some("He is back.".into()), sensitivity: None };
        casework.look_at_note(&manager, child, entry, "m", &taken).await.unwrap();
        let (page, _) = casework.notices(&carer, true, Page::first(20)).await.unwrap();
        assert!(page.rows.iter().any(|n| n.link.as_deref() == Some(&format!("/caring/{child}/log/{entry}"))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_has_a_day_and_a_reply_never_given_climbs() {
    on_both(|world| async move {
        let (casework, child) = (&world.casework, world.child);
        let worker = world.sign_in(WORKER).await;
        let carer = carer(&world, &worker, CARER).await;
        let asked = casework.carers_questions(&carer, child).await.unwrap();
        assert_eq!(asked.reply_by, Some(date(2026, 12, 8)));
        assert_eq!(asked.people[0].0, PersonId(id(WORKER)), "the key worker first");
        let stranger = Some(PersonId(id(OTHER)));
        assert_eq!(field(casework.ask_worker(&carer, child, "s", "May he?", None, stranger).await), "to");
        assert_eq!(
            field(casework.ask_worker(&carer, child, "s", "May he?", Some("zebra"), None).await),
            "decision"
        );
        let ask = || {
            casework.ask_worker(&carer, child, "q", "May he stay the night?", Some("home_sleepover"), None)
        };
        let question = ask().await.unwrap();
        assert_eq!(ask().await.unwrap(), question, "a double submit is one question");
        let late = noon(date(2026, 12, 10));
        world.clock.set(late);
        casework.refresh_due().await.unwrap();
        let climbed = casework.run_escalation().await.unwrap();
        assert!(climbed.duties >= 1);
        let manager = world.sign_in(MANAGER).await;
        let (page, _) = casework.notices(&manager, true, Page::first(50)).await.unwrap();
        assert!(
            page.rows.iter().any(|n| n.text.as_deref().is_some_and(|t| t.starts_with("Reply to the carer")))
        );
        let carer = world.sign_in(CARER).await;
        let asked = casework.carers_questions(&carer, child).await.unwrap();
        assert_eq!(asked.questions[0].state, ReplyState::Late(date(2026, 12, 8)));
        assert_eq!(casework.carers_home(&carer).await.unwrap().children[0].asked, (1, 1));
        let worker = world.sign_in(WORKER).await;
        assert_eq!(field(casework.reply_to_carer(&worker, child, question, "r0", "  ").await), "text");
        casework.reply_to_carer(&worker, child, question, "r", "Yes, if you know the family.").await.unwrap();
        casework.reply_to_carer(&worker, child, question, "r", "Yes, if you know the family.").await.unwrap();
        let asked = casework.carers_questions(&carer, child).await.unwrap();
        assert_eq!(asked.questions[0].state, ReplyState::Answered);
        assert_eq!(asked.questions[0].answers.len(), 1);
        let work = casework.my_work(&worker, Page::first(50)).await.unwrap();
        assert!(!work.duties.iter().any(|d| d.duty.rule == "caring.reply"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_decides_is_decided_for_the_home_the_child_lives_in_now() {
    on_both(|world| async move {
        let (casework, child) = (&world.casework, world.child);
        let worker = world.sign_in(WORKER).await;
        let moved = |on, same: bool| {
            let event = serde_json::json!({"kind": "placement_started", "placement_type": "U6", "basis": "approved", "same_carer": same});
            NewEntry::on(on, serde_json::from_value(event).unwrap())
        };
        let record = async |key: &str, new: Vec<NewEntry>| {
            let version = casework.child_page(&worker, child).await.unwrap().handle.version;
            casework.record(&worker, child, version, key, new).await.unwrap();
        };
        record("home", vec![moved(date(2026, 11, 2), false)]).await;
        let carer = carer(&world, &worker, CARER).await;
        let before = casework.carers_decisions(&carer, child).await.unwrap();
        assert!(before.undecided > 20 && !before.records, "the carer reads, and does not decide who decides");
        let decided = Event::DelegationDecided {
            decision: "home_haircut".into(),
            decides: "carer".into(),
            conditions: Some("Not shorter than the ears: ask her first.".into()),
            consulted: Some(vec!["young_person".into(), "parent".into()]),
            source: Some("placement_plan".into()),
            child_words: None,
            review_on: None,
        };
        record("decides", vec![NewEntry::on(date(2026, 11, 3), decided)]).await;
        let page = casework.carers_decisions(&carer, child).await.unwrap();
        assert_eq!(page.undecided, before.undecided - 1);
        let one = page.areas.iter().flat_map(|a| &a.decisions).find(|d| d.code == "home_haircut").unwrap();
        assert_eq!(one.decides.as_deref(), Some("carer"));
        assert_eq!(one.consulted.len(), 2);
        world.clock.set(noon(date(2027, 2, 1)));
        let worker = world.sign_in(WORKER).await;
        let version = casework.child_page(&worker, child).await.unwrap().handle.version;
        casework.record(&worker, child, version, "away", vec![moved(date(2027, 1, 20), false)]).await.unwrap();
        let page = casework.decisions(&worker, child).await.unwrap();
        let one = page.areas.iter().flat_map(|a| &a.decisions).find(|d| d.code == "home_haircut").unwrap();
        assert!(one.decides.is_none() && one.elsewhere, "a new home decides anew");
        let stranger = world.sign_in(OTHER).await;
        is_absent(casework.decisions(&stranger, child).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_carers_part_of_a_review_does_not_open_to_the_other() {
    on_both(|world| async move {
        let (casework, child) = (&world.casework, world.child);
        let worker = world.sign_in(WORKER).await;
        let first = carer(&world, &worker, CARER).await;
        let second = carer(&world, &worker, SECOND_CARER).await;
        let reviewer = world.sign_in(REVIEWER).await;
        let to = MovedTo { on: date(2026, 12, 15), place: Some("school".into()), ..MovedTo::default() };
        let calling =
            Calling { kind: "looked_after".into(), to, parts_by: date(2026, 12, 8), leaving: vec![] };
        let occasion = casework.call_review(&reviewer, child, "call", &calling).await.unwrap();
        let page = casework.review_page(&reviewer, child, &occasion).await.unwrap();
        let form_of = |person: u128| -> Uuid {
            let line = page.parts.iter().find(|l| l.part.person == Some(PersonId(id(person)))).unwrap();
            line.form.unwrap()
        };
        let (mine, theirs) = (form_of(CARER), form_of(SECOND_CARER));
        let given = [("good", text("Swimming on Thursdays.")), ("need", text("A later bedtime."))];
        save(casework, &first, &world, mine, "days", &given).await.unwrap();
        is_absent(casework.form_desk(&second, child, mine).await);
        is_absent(save(casework, &second, &world, mine, "days", &given).await);
        is_absent(casework.form_desk(&first, child, theirs).await);
        let listed = casework.forms_page(&second, child).await.unwrap();
        assert!(listed.open.iter().any(|f| f.id == theirs) && !listed.open.iter().any(|f| f.id == mine));
        casework.form_desk(&reviewer, child, mine).await.unwrap();
        let version = casework.form_desk(&first, child, mine).await.unwrap().version;
        is_absent(casework.submit_form(&second, child, mine, version, "x").await);
        casework.submit_form(&first, child, mine, version, "s").await.unwrap();
        let own = casework.forms_page(&first, child).await.unwrap();
        assert_eq!(own.documents.len(), 1);
        is_absent(casework.form_document(&second, child, own.documents[0].id).await);
        assert!(casework.forms_page(&second, child).await.unwrap().documents.is_empty());
        casework.form_document(&reviewer, child, own.documents[0].id).await.unwrap();
    })
    .await;
}

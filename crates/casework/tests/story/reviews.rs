//! Reviews: everybody asked unless there is a reason, each sees their own part, decisions are duties, two people lose
//! nothing, and nobody but the reviewing officer closes a dispute.

use jiff::civil::date;
use kinfold_casework::forms::OutsideOpened;
use kinfold_casework::reviews::{
    Calling, CopyState, Decided, Finish, Leaving, MovedTo, PartStanding, Step, Wishes,
};
use kinfold_casework::{Actor, Error, NewEntry};
use kinfold_forms::Answer;
use kinfold_record::{Event, EventKind};
use uuid::Uuid;

use crate::forms::{save, text};
use crate::world::{MANAGER, OTHER, REVIEWER, TODAY, WORKER, World, on_both};

pub fn calling(leaving: Vec<Leaving>) -> Calling {
    let to = MovedTo { on: date(2026, 12, 15), place: Some("school".into()), ..MovedTo::default() };
    Calling { kind: "looked_after".into(), to, parts_by: date(2026, 12, 8), leaving }
}

pub async fn called(world: &World, reviewer: &Actor) -> String {
    world.casework.call_review(reviewer, world.child, "call", &calling(vec![])).await.unwrap().to_string()
}

pub async fn joined(world: &World, actor: &Actor, role: &str, name: &str) {
    let version = world.casework.child_page(actor, world.child).await.unwrap().handle.version;
    let event = Event::CircleJoined {
        role: role.into(),
        person: None,
        name: Some(name.to_owned()),
        key_worker: None,
        parental_responsibility: None,
        worker_id: None,
        change_reason: None,
        contact: None,
    };
    let new = vec![NewEntry::on(TODAY, event)];
    world.casework.record(actor, world.child, version, name, new).await.unwrap();
}

async fn kinds(world: &World, kind: EventKind) -> usize {
    let mut unit = world.database.store.read().await.unwrap();
    let rows = unit.entries(world.child.0).await.unwrap();
    rows.iter().filter(|row| row.entry().unwrap().event.kind() == kind).count()
}

async fn part_of(world: &World, actor: &Actor, occasion: &str, role: &str) -> (String, Option<Uuid>) {
    let page = world.casework.review_page(actor, world.child, occasion).await.unwrap();
    let line = page.parts.into_iter().find(|l| l.part.role == role).unwrap();
    (line.part.part.to_string(), line.form)
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_asked_by_default_and_leaving_somebody_out_needs_a_reason() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        joined(&world, &worker, "parent", "Dana Ashdown").await;
        joined(&world, &worker, "designated_teacher", "Mr Field").await;
        let reviewer = world.sign_in(REVIEWER).await;
        let page = world.casework.reviews_page(&reviewer, world.child).await.unwrap();
        let parent = page.circle.iter().find(|i| i.role == "parent").unwrap().member.unwrap();
        let silent = Leaving { member: parent, reason: "not_safe".into(), text: None };
        let refused =
            world.casework.call_review(&reviewer, world.child, "k", &calling(vec![silent.clone()])).await;
        let Err(Error::Invalid(problems)) = refused else { panic!("left out without a reason") };
        assert_eq!(problems[0].field, format!("why-{parent}"));
        let why = Leaving { text: Some("He waits outside the school.".into()), ..silent };
        let occasion = world
            .casework
            .call_review(&reviewer, world.child, "k", &calling(vec![why.clone()]))
            .await
            .unwrap();
        let again =
            world.casework.call_review(&reviewer, world.child, "k", &calling(vec![why])).await.unwrap();
        assert_eq!(occasion, again, "a double submit calls one");
        let page = world.casework.review_page(&reviewer, world.child, &occasion).await.unwrap();
        let asked: Vec<&str> = page.parts.iter().map(|l| l.part.role.as_str()).collect();
        assert_eq!(
            asked,
            ["young_person", "social_worker", "designated_teacher"],
            "the child first, nobody forgotten"
        );
        assert_eq!(page.review.left_out.len(), 1);
        // The social worker has the notice and the duty, and cannot call or call off.
        let work = world.casework.my_work(&worker, kinfold_casework::rows::Page::first(50)).await.unwrap();
        assert!(
            work.duties.iter().any(|d| d.duty.rule == "review.part_worker"),
            "the part is in the work list"
        );
        assert!(work.unread >= 1);
        let version = page.reviews.handle.version;
        for result in [
            world.casework.call_review(&worker, world.child, "w", &calling(vec![])).await.map(drop),
            world.casework.call_off_review(&worker, world.child, &occasion, version, "No").await,
        ] {
            assert!(matches!(result, Err(Error::Absent)), "{result:?}");
        }
        let stranger = world.sign_in(OTHER).await;
        assert!(matches!(
            world.casework.review_page(&stranger, world.child, &occasion).await,
            Err(Error::Absent)
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_outside_sees_their_own_part_once_and_until_its_day() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        joined(&world, &worker, "parent", "Dana Ashdown").await;
        joined(&world, &worker, "parent", "Sam Ashdown").await;
        let reviewer = world.sign_in(REVIEWER).await;
        let occasion = called(&world, &reviewer).await;
        let page = world.casework.review_page(&reviewer, world.child, &occasion).await.unwrap();
        let forms: Vec<Uuid> =
            page.parts.iter().filter(|l| l.part.role == "parent").filter_map(|l| l.form).collect();
        assert_eq!(forms.len(), 2, "each parent has a part of their own");
        let given =
            [("good", text("Reading together on Sundays.")), ("part", Some(Answer::Choice("call".into())))];
        save(&world.casework, &reviewer, &world, forms[0], "views", &given).await.unwrap();
        let desk = world.casework.form_desk(&reviewer, world.child, forms[1]).await.unwrap();
        assert!(
            desk.answers == kinfold_forms::Answers::default(),
            "one parent’s part holds nothing of the other’s"
        );
        // The social worker reads a parent's part once it is in, and never fills it in.
        assert!(matches!(
            save(&world.casework, &worker, &world, forms[0], "views", &[("good", text("x"))]).await,
            Err(Error::Absent)
        ));
        let version = world.casework.form_desk(&reviewer, world.child, forms[0]).await.unwrap().version;
        world.casework.submit_form(&reviewer, world.child, forms[0], version, "s").await.unwrap();
        let page = world.casework.review_page(&worker, world.child, &occasion).await.unwrap();
        let came: Vec<PartStanding> =
            page.parts.iter().filter(|l| l.part.role == "parent").map(|l| l.part.standing(TODAY)).collect();
        assert!(came.contains(&PartStanding::In) && came.contains(&PartStanding::Asked), "{came:?}");
        assert!(page.parts.iter().any(|l| l.part.role == "parent" && l.said.is_some()));
        assert_eq!(kinds(&world, EventKind::ReviewPartIn).await, 1);
        // The other parent's link: forwarded it shows nothing; after it was taken back it opens nothing.
        let asked = kinfold_casework::forms::Asked {
            name: "Sam Ashdown".into(),
            email: "sam@home.example".into(),
            due_on: Some(date(2026, 12, 8)),
        };
        let (link, _) =
            world.casework.ask_outside(&reviewer, world.child, forms[1], "views", &asked).await.unwrap();
        assert!(matches!(world.casework.outside("not-the-token", None).await, Err(Error::Absent)));
        world.casework.take_link_back(&reviewer, world.child, forms[1], link).await.unwrap();
        let _: Option<OutsideOpened> = None;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_are_somebodys_duty_at_once_and_only_the_reviewing_officer_puts_them_off() {
    on_both(|world| async move {
        let reviewer = world.sign_in(REVIEWER).await;
        let occasion = called(&world, &reviewer).await;
        let decided = Decided {
            text: "Swimming on Saturdays".into(),
            owner: "social_worker".into(),
            person: None,
            by: date(2026, 12, 20),
            child_asked: true,
        };
        let decide =
            |key: &'static str| world.casework.decide(&reviewer, world.child, &occasion, key, &decided);
        decide("d").await.unwrap();
        decide("d").await.unwrap();
        assert_eq!(kinds(&world, EventKind::ReviewAction).await, 1, "a double submit decides once");
        let worker = world.sign_in(WORKER).await;
        let work = world.casework.my_work(&worker, kinfold_casework::rows::Page::first(50)).await.unwrap();
        assert!(
            work.duties.iter().any(|d| d.duty.rule == "review.action_worker" && d.duty.due_on == decided.by)
        );
        let page = world.casework.reviews_page(&worker, world.child).await.unwrap();
        let action = page.facts.actions[0].action.to_string();
        let later = date(2027, 1, 20);
        let moved = world
            .casework
            .move_action(&worker, world.child, &action, 0, "social_worker", later, "Busy")
            .await;
        assert!(matches!(moved, Err(Error::Absent)), "who promised cannot put it off");
        let silent = world.casework.answer_action(&worker, world.child, &action, "not_provided", " ").await;
        assert!(matches!(silent, Err(Error::Impossible(_))), "{silent:?}");
        // Two answer at once: the first stands, the second is told, and nothing is written twice.
        world.casework.answer_action(&worker, world.child, &action, "done", "").await.unwrap();
        let second =
            world.casework.answer_action(&reviewer, world.child, &action, "not_provided", "No pool").await;
        assert!(matches!(second, Err(Error::Conflict { .. })), "{second:?}");
        assert_eq!(kinds(&world, EventKind::ReviewActionAnswered).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_reviewing_officer_closes_or_rewrites_a_dispute() {
    on_both(|world| async move {
        let reviewer = world.sign_in(REVIEWER).await;
        world
            .casework
            .dispute(&reviewer, world.child, Step::Raise, "No plan for school since May.")
            .await
            .unwrap();
        let (manager, worker) = (world.sign_in(MANAGER).await, world.sign_in(WORKER).await);
        for actor in [&manager, &worker] {
            for step in [Step::Settle, Step::Formal, Step::Refer, Step::Raise] {
                let done = world.casework.dispute(actor, world.child, step, "Closed.").await;
                assert!(matches!(done, Err(Error::Absent)), "{step:?} {done:?}");
            }
            let page = world.casework.child_page(actor, world.child).await.unwrap();
            let (version, today) = (page.handle.version, page.today);
            let settled = Event::DisputeSettled { outcome: Some("Fine".into()), to_cafcass: None };
            let plain = world
                .casework
                .record(actor, world.child, version, "a", vec![NewEntry::on(today, settled)])
                .await;
            assert!(matches!(plain, Err(Error::Forbidden(_))), "{plain:?}");
            let reviews = world.casework.reviews_page(actor, world.child).await.unwrap();
            let raised = reviews.facts.open_dispute().unwrap().entry;
            for event in [
                Event::Withdrawn { reason: "Wrong child".into() },
                Event::DisputeAnswered { text: "No dispute".into(), stage: None },
            ] {
                let over = NewEntry { replaces: Some(raised), ..NewEntry::on(today, event) };
                let result = world.casework.record(actor, world.child, version, "b", vec![over]).await;
                assert!(matches!(result, Err(Error::Forbidden(_))), "{result:?}");
            }
            let duty = page.duties.iter().find(|d| d.rule == "review.dispute").unwrap();
            let excused = Event::DutyExcused {
                rule: duty.rule.clone(),
                occurrence: duty.occurrence.to_string().into(),
                reason: "not_needed".into(),
                text: Some("Settled".into()),
                approved_by: None,
            };
            let result = world
                .casework
                .record(actor, world.child, version, "c", vec![NewEntry::on(today, excused)])
                .await;
            assert!(result.is_err(), "an excuse would close it");
        }
        world.casework.dispute(&manager, world.child, Step::Answer, "A school is found.").await.unwrap();
        let open = world.casework.reviews_page(&worker, world.child).await.unwrap();
        let dispute = open.facts.open_dispute().expect("an answer does not close it");
        assert_eq!(dispute.answers.len(), 1);
        world
            .casework
            .dispute(&reviewer, world.child, Step::Refer, "No answer from the director.")
            .await
            .unwrap();
        world
            .casework
            .dispute(&reviewer, world.child, Step::Settle, "Started at school today.")
            .await
            .unwrap();
        let closed = world.casework.reviews_page(&worker, world.child).await.unwrap();
        assert!(closed.facts.open_dispute().is_none() && closed.facts.disputes[0].referred.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_is_drafted_agreed_and_sent_with_nothing_somebody_may_not_know() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        joined(&world, &worker, "parent", "Dana Ashdown").await;
        let reviewer = world.sign_in(REVIEWER).await;
        let occasion = called(&world, &reviewer).await;
        let wishes = Wishes {
            topics: Some("My cat".into()),
            people: Some("Not my uncle".into()),
            ..Wishes::default()
        };
        world.casework.wish_for_review(&worker, world.child, &occasion, &wishes).await.unwrap();
        let finish = |participation: &'static str| Finish {
            on: TODAY,
            participation: participation.into(),
            alone: true,
            meeting: true,
            adjourned: false,
        };
        let wrong = world.casework.finish_review(&reviewer, world.child, &occasion, &finish("PN0")).await;
        assert!(matches!(wrong, Err(Error::Invalid(_))), "eleven is not under four");
        world.casework.finish_review(&reviewer, world.child, &occasion, &finish("PN1")).await.unwrap();
        let form = world.casework.draft_record(&reviewer, world.child, &occasion).await.unwrap();
        assert_eq!(form, world.casework.draft_record(&reviewer, world.child, &occasion).await.unwrap());
        let desk = world.casework.form_desk(&reviewer, world.child, form).await.unwrap();
        let said = desk.answers.get(&kinfold_forms::Key::of("said"));
        assert!(matches!(said, Some(Answer::ChildWords(words)) if words.contains("My cat")), "{said:?}");
        for (section, given) in [
            ("meeting", vec![("there", text("- Child"))]),
            ("child", vec![("heard", text("The cat stays."))]),
            (
                "life",
                vec![
                    ("home", text("Settled.")),
                    ("plan", text("Stays here.")),
                    ("last_time", text("First review.")),
                ],
            ),
            ("others", vec![("others", text("His uncle is in prison."))]),
            ("decisions", vec![("decisions", text("- Swimming"))]),
            ("plain", vec![("plain", text("You stay. The cat stays too."))]),
        ] {
            save(&world.casework, &reviewer, &world, form, section, &given).await.unwrap();
        }
        let version = world.casework.form_desk(&reviewer, world.child, form).await.unwrap().version;
        world.casework.submit_form(&reviewer, world.child, form, version, "agree").await.unwrap();
        assert_eq!(kinds(&world, EventKind::ReviewOutput).await, 1, "the record counts as complete");
        let (parent, _) = part_of(&world, &reviewer, &occasion, "parent").await;
        let copy =
            world.casework.review_copy(&reviewer, world.child, &occasion, &parent, None).await.unwrap();
        let words = format!("{:?}", copy.frozen);
        assert!(words.contains("You stay.") && !words.contains("prison"), "third parties stay out");
        let with_others: Vec<String> = ["meeting", "others"].map(str::to_owned).to_vec();
        let ready = |why: &'static str| {
            world.casework.make_copy_ready(&reviewer, world.child, &occasion, &parent, &with_others, why)
        };
        assert!(matches!(ready("").await, Err(Error::Invalid(_))), "sensitive without a reason");
        ready("It is her brother, and she knows.").await.unwrap();
        let own = world.casework.send_copy(&reviewer, world.child, &occasion, &parent, "post").await;
        assert!(matches!(own, Err(Error::Forbidden(_))), "{own:?}");
        let no_right = world.casework.send_copy(&worker, world.child, &occasion, &parent, "post").await;
        assert!(matches!(no_right, Err(Error::Forbidden(_))), "{no_right:?}");
        let manager = world.sign_in(MANAGER).await;
        world.casework.send_copy(&manager, world.child, &occasion, &parent, "post").await.unwrap();
        let sent = world.casework.review_copy(&worker, world.child, &occasion, &parent, None).await.unwrap();
        assert_eq!(sent.state, CopyState::Sent);
        let year = world.casework.review_year(&reviewer, None, "held").await.unwrap();
        assert_eq!(year.list.unwrap().children.len(), 1);
    })
    .await;
}

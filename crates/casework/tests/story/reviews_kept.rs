//! Whom a review is kept from: a restricted child’s from everybody who is not named, what a child said from everybody they
//! did not choose, an ended account from everything. What a child sees of their own, and what the year counts.

use jiff::civil::date;
use kinfold_casework::restrict::NewReader;
use kinfold_casework::reviews::{Decided, Finish, Wishes};
use kinfold_casework::{Actor, Error, NewEntry};
use kinfold_record::{Event, PersonId};
use serde_json::json;

use crate::reviews::{called, joined};
use crate::world::{ADMINISTRATOR, MANAGER, PASSWORD, REVIEWER, TODAY, WORKER, World, YOUNG, id, on_both};

/// The child takes their place in their own circle.
async fn own(world: &World, worker: &Actor) {
    let version = world.casework.child_page(worker, world.child).await.unwrap().handle.version;
    let event =
        json!({"kind": "circle_joined", "role": "young_person", "person": id(YOUNG), "name": "Robin"});
    let new = vec![NewEntry::on(TODAY, serde_json::from_value::<Event>(event).unwrap())];
    world.casework.record(worker, world.child, version, "own", new).await.unwrap();
}

async fn restrict(world: &World, manager: &Actor, readers: &[u128]) {
    let version = world.casework.child_page(manager, world.child).await.unwrap().handle.version;
    let named: Vec<NewReader> =
        readers.iter().map(|n| NewReader { person: PersonId(id(*n)), to_on: None }).collect();
    world
        .casework
        .restrict(
            manager,
            world.child,
            version,
            "restrict",
            "A relative works here.".into(),
            Some(date(2027, 6, 1)),
            &named,
        )
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_childs_review_is_there_for_those_named_and_for_the_child() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        own(&world, &worker).await;
        let reviewer = world.sign_in(REVIEWER).await;
        let occasion = called(&world, &reviewer).await;
        let manager = world.sign_in(MANAGER).await;
        restrict(&world, &manager, &[MANAGER, WORKER]).await;
        let (casework, child) = (&world.casework, world.child);
        for refused in [
            casework.review_page(&reviewer, child, &occasion).await.map(drop),
            casework.reviews_page(&reviewer, child).await.map(drop),
            casework.sent_copies(&reviewer, child).await.map(drop),
            casework.draft_record(&reviewer, child, &occasion).await.map(drop),
        ] {
            assert!(matches!(refused, Err(Error::Absent)), "{refused:?}");
        }
        let year = casework.review_year(&reviewer, None, "asked").await.unwrap();
        assert_eq!((year.children, year.list.unwrap().children.len()), (0, 0), "nor is it counted for them");
        assert!(casework.review_page(&worker, child, &occasion).await.is_ok(), "whoever is named reads on");
        let young = world.sign_in(YOUNG).await;
        let mine = casework.my_review(&young).await.unwrap().expect("their own space stays theirs");
        assert_eq!(mine.occasion, occasion.as_str());
        assert!(casework.own_home(&young).await.is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_account_learns_nothing_of_a_review() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let reviewer = world.sign_in(REVIEWER).await;
        let occasion = called(&world, &reviewer).await;
        let token = world.token(REVIEWER).await;
        let administrator = world.sign_in(ADMINISTRATOR).await;
        let account = world.casework.account_page(&administrator, id(REVIEWER)).await.unwrap();
        world
            .casework
            .switch_account(&administrator, id(REVIEWER), account.account.version, true)
            .await
            .unwrap();
        assert!(world.casework.actor(&token).await.is_err(), "their session has ended");
        let again = world.casework.sign_in("person14@fernshire.example", PASSWORD).await;
        assert!(again.is_err(), "nor do they come in again");
        assert!(world.casework.review_page(&worker, world.child, &occasion).await.is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_child_said_is_on_the_page_of_those_they_chose_and_of_nobody_else() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        own(&world, &worker).await;
        let reviewer = world.sign_in(REVIEWER).await;
        let occasion = called(&world, &reviewer).await;
        let young = world.sign_in(YOUNG).await;
        for (text, reader) in [("I want a bicycle.", REVIEWER), ("Only my worker knows this.", WORKER)] {
            let saying = world.casework.keep_words(&young, "good_news", None, text, None).await.unwrap();
            world
                .casework
                .keep_readers(&young, &[PersonId(id(reader))], Some(PersonId(id(reader))))
                .await
                .unwrap();
            world.casework.send_saying(&young, &saying.voice).await.unwrap();
        }
        let words = |page: kinfold_casework::reviews::ReviewPage| {
            page.before.unwrap().words.into_iter().map(|(.., text)| text).collect::<Vec<_>>()
        };
        let led = world.casework.review_page(&reviewer, world.child, &occasion).await.unwrap();
        assert_eq!(words(led), ["I want a bicycle."]);
        let worked = world.casework.review_page(&worker, world.child, &occasion).await.unwrap();
        assert_eq!(words(worked), ["Only my worker knows this."]);
        let manager = world.sign_in(MANAGER).await;
        let page = world.casework.review_page(&manager, world.child, &occasion).await.unwrap();
        assert!(words(page).is_empty(), "a right to the whole record is no right to this");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_sees_their_own_review_and_nobody_elses_address() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let young = world.sign_in(YOUNG).await;
        assert!(matches!(world.casework.my_review(&young).await, Err(Error::Absent)), "no space yet");
        own(&world, &worker).await;
        joined(&world, &worker, "parent", "Dana Ashdown").await;
        assert_eq!(world.casework.my_review(&young).await.unwrap(), None, "none is called");
        let reviewer = world.sign_in(REVIEWER).await;
        let occasion = called(&world, &reviewer).await;
        let wishes = Wishes {
            topics: Some("My cat".into()),
            people: Some("Not my uncle".into()),
            ..Wishes::default()
        };
        world.casework.wish_for_review(&young, world.child, &occasion, &wishes).await.unwrap();
        let mine = world.casework.my_review(&young).await.unwrap().unwrap();
        assert_eq!((mine.on, mine.part_in), (date(2026, 12, 15), false));
        assert!(mine.form.is_some() && mine.place.is_some());
        let said: Vec<&str> = mine
            .wishes
            .iter()
            .flat_map(|w| [&w.topics, &w.people].into_iter().flatten())
            .map(String::as_str)
            .collect();
        assert!(
            said.contains(&"My cat") && said.contains(&"Not my uncle"),
            "their words come back: {said:?}"
        );
        assert!(!mine.people.join(" ").contains("Ashdown"), "roles, and no names: {:?}", mine.people);
        // Whom a child does not want there is read by who leads it and who works with them.
        let page = world.casework.review_page(&reviewer, world.child, &occasion).await.unwrap();
        assert!(page.review.wishes.iter().any(|w| w.people.is_some()));
        let other = world.casework.my_review(&worker).await;
        assert!(matches!(other, Err(Error::Absent)), "it is nobody else’s: {other:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_year_counts_each_review_answer_and_action_once() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        joined(&world, &worker, "parent", "Dana Ashdown").await;
        let reviewer = world.sign_in(REVIEWER).await;
        let occasion = called(&world, &reviewer).await;
        let page = world.casework.review_page(&reviewer, world.child, &occasion).await.unwrap();
        let parent = page.parts.iter().find(|l| l.part.role == "parent").unwrap().part.part.to_string();
        world
            .casework
            .answer_invitation(&reviewer, world.child, &occasion, &parent, "declined", None)
            .await
            .unwrap();
        for n in 0..2 {
            let decided = Decided {
                text: format!("Swimming {n}"),
                owner: "social_worker".into(),
                person: None,
                by: date(2026, 12, 20),
                child_asked: true,
            };
            world
                .casework
                .decide(&reviewer, world.child, &occasion, &format!("d{n}"), &decided)
                .await
                .unwrap();
        }
        let finish =
            Finish { on: TODAY, participation: "PN1".into(), alone: true, meeting: true, adjourned: false };
        world.casework.finish_review(&reviewer, world.child, &occasion, &finish).await.unwrap();
        let year = world.casework.review_year(&reviewer, None, "declined").await.unwrap();
        let count = |id: &str| {
            let line = year.groups.iter().flat_map(|(_, lines)| lines).find(|l| l.id == id).unwrap();
            (line.count, line.of)
        };
        // In care since 2 November: twenty working days end on 30 November, and today is the day after.
        assert_eq!((count("held"), count("on_time"), count("late")), ((1, None), (0, Some(1)), (1, Some(1))));
        assert_eq!(count("alone"), (1, Some(1)));
        assert_eq!(count("took_part-PN1"), (1, Some(1)));
        assert_eq!(
            (count("asked"), count("heard"), count("declined"), count("not_heard")),
            ((3, None), (0, Some(3)), (1, Some(3)), (2, Some(3)))
        );
        assert_eq!((count("actions"), count("done"), count("open")), ((2, None), (0, Some(2)), (2, Some(2))));
        assert_eq!(year.list.as_ref().unwrap().children.len(), 1, "every figure opens to its children");
        let before = world.casework.review_year(&reviewer, Some(2026), "").await.unwrap();
        assert!(
            before.groups.iter().flat_map(|(_, l)| l).all(|l| l.count == 0),
            "another year is another report"
        );
    })
    .await;
}

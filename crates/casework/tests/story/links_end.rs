//! What ends a link before its day: the place in the circle of whoever was asked, a restriction, an account that is switched
//! off, and a home that is kept private since.

use jiff::SignedDuration;
use jiff::civil::date;
use kinfold_casework::forms::{Asked, OutsideOpened};
use kinfold_casework::restrict::NewReader;
use kinfold_casework::sending::{CopyOpened, What};
use kinfold_casework::{Actor, Clock, NewEntry};
use kinfold_record::{Event, PersonId};
use serde_json::{Value, json};

use crate::forms::FORM;
use crate::forms_outside::{Post, prove};
use crate::sending::{agreed, link, prove as prove_copy, sent};
use crate::world::{MANAGER, TODAY, WORKER, World, id, on_both};

const TEACHER: &str = "Maria Reed";

async fn happens(world: &World, actor: &Actor, key: &str, event: Value) {
    let version = world.casework.child_page(actor, world.child).await.unwrap().handle.version;
    let event: Event = serde_json::from_value(event).unwrap();
    world.casework.record(actor, world.child, version, key, vec![NewEntry::on(TODAY, event)]).await.unwrap();
}

async fn restrict(world: &World, manager: &Actor, readers: &[u128]) {
    let version = world.casework.child_page(manager, world.child).await.unwrap().handle.version;
    let readers: Vec<NewReader> =
        readers.iter().map(|n| NewReader { person: PersonId(id(*n)), to_on: None }).collect();
    let why = "A relative works here.".to_owned();
    world.casework.restrict(manager, world.child, version, "restrict", why, None, &readers).await.unwrap();
}

fn reed(name: &str, email: &str) -> Asked {
    Asked { name: name.to_owned(), email: email.to_owned(), due_on: Some(date(2026, 12, 4)) }
}

/// A section that is with somebody outside: its link, and the proof that they gave the code.
async fn asked(world: &World, post: &Post, worker: &Actor, to: &Asked, key: &str) -> (String, String) {
    let form = world.casework.start_form(worker, world.child, FORM, None, key).await.unwrap();
    world.casework.ask_outside(worker, world.child, form, "wishes", to).await.unwrap();
    let letters = post.run(world).await;
    let letter = letters.iter().find(|(address, ..)| *address == to.email).unwrap();
    let token = letter.2.split("/fill/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let proof = prove(world, post, &token).await;
    assert!(matches!(world.casework.outside(&token, Some(&proof)).await.unwrap(), OutsideOpened::Section(_)));
    (token, proof)
}

/// The link opens nothing, sends no code and reminds nobody.
async fn is_over(world: &World, post: &Post, token: &str, proof: &str, email: &str) {
    assert!(matches!(world.casework.outside(token, Some(proof)).await.unwrap(), OutsideOpened::Over));
    world.casework.send_outside_code(token).await.unwrap();
    world.clock.set(world.clock.now() + SignedDuration::from_hours(24 * 4));
    assert!(post.run(world).await.iter().all(|(to, ..)| to != email), "a letter follows");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_ends_with_the_place_in_the_circle_however_the_person_is_known() {
    on_both(|world| async move {
        // By name, by the address in the circle, by the account.
        let account = "person12@fernshire.example";
        let ways = [
            (
                json!({"name": "maria  reed"}),
                reed(TEACHER, "reed@school.example"),
                json!({"name": "maria  reed"}),
            ),
            (
                json!({"name": "The teacher", "contact": "Ring or write: Tutor@school.example"}),
                reed("M. R.", "tutor@school.example"),
                json!({"name": "The teacher"}),
            ),
            (
                json!({"person": PersonId(id(12))}),
                reed("Someone", account),
                json!({"person": PersonId(id(12))}),
            ),
        ];
        let (worker, post) = (world.sign_in(WORKER).await, Post::default());
        for (n, (place, to, leaves)) in ways.into_iter().enumerate() {
            let with = |kind: &str, more: &Value| {
                let mut event = json!({"kind": kind, "role": "designated_teacher"});
                event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
                event
            };
            happens(&world, &worker, &format!("joins-{n}"), with("circle_joined", &place)).await;
            let now = world.clock.now();
            let (token, proof) = asked(&world, &post, &worker, &to, &format!("form-{n}")).await;
            world.clock.set(world.clock.now() + SignedDuration::from_mins(5));
            happens(&world, &worker, &format!("leaves-{n}"), with("circle_left", &leaves)).await;
            is_over(&world, &post, &token, &proof, &to.email).await;
            // Asked anew, knowing that they have left, they have a link that holds.
            world.clock.set(now + SignedDuration::from_mins(10));
            asked(&world, &post, &worker, &to, &format!("again-{n}")).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restriction_ends_every_link_that_was_made_before_it() {
    on_both(|world| async move {
        let (worker, post) = (world.sign_in(WORKER).await, Post::default());
        let to = reed("Sam Hale", "sam@carers.example");
        let (token, proof) = asked(&world, &post, &worker, &to, "before").await;
        let manager = world.sign_in(MANAGER).await;
        restrict(&world, &manager, &[WORKER, MANAGER]).await;
        let now = world.clock.now();
        is_over(&world, &post, &token, &proof, "sam@carers.example").await;
        world.clock.set(now);
        let worker = world.sign_in(WORKER).await;
        asked(&world, &post, &worker, &to, "after").await;
    })
    .await;
}

/// A copy that the parent has opened.
async fn copied(world: &World, post: &Post) -> (Actor, String, String) {
    let (worker, reviewer, occasion, parent) = agreed(world, "They live by the old mill.").await;
    let what = What::Review { occasion: occasion.clone(), part: parent.clone() };
    let held: Vec<String> = ["meeting", "life"].map(str::to_owned).to_vec();
    world.casework.make_copy_ready(&reviewer, world.child, &occasion, &parent, &held, "").await.unwrap();
    sent(world, &worker, &what, "").await.unwrap();
    let token = link(world, post).await.unwrap();
    let proof = prove_copy(world, post, &token).await;
    let read = world.casework.copy_outside(&token, Some(&proof)).await.unwrap();
    assert!(matches!(read, CopyOpened::Copy { .. }));
    (worker, token, proof)
}

async fn is_shut(world: &World, token: &str, proof: &str) {
    let opened = world.casework.copy_outside(token, Some(proof)).await.unwrap();
    assert!(matches!(opened, CopyOpened::Over), "{opened:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_closes_when_the_home_it_names_becomes_private() {
    on_both(|world| async move {
        let post = Post::default();
        let (worker, token, proof) = copied(&world, &post).await;
        let moved = json!({"kind": "placement_started", "placement_type": "U6", "address": "The Old Mill, Weir Lane",
            "address_confidential": true});
        happens(&world, &worker, "moved", moved).await;
        is_shut(&world, &token, &proof).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_closes_when_the_record_is_restricted() {
    on_both(|world| async move {
        let post = Post::default();
        let (_, token, proof) = copied(&world, &post).await;
        let manager = world.sign_in(MANAGER).await;
        restrict(&world, &manager, &[MANAGER]).await;
        is_shut(&world, &token, &proof).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_closes_when_nobody_who_sent_it_is_left() {
    on_both(|world| async move {
        let post = Post::default();
        let (_, token, proof) = copied(&world, &post).await;
        let mut unit = world.database.store.write().await.unwrap();
        let mut person = unit.person(id(WORKER)).await.unwrap().unwrap();
        person.disabled_at = Some(world.clock.now());
        unit.update_person(&person).await.unwrap();
        unit.commit().await.unwrap();
        is_shut(&world, &token, &proof).await;
    })
    .await;
}

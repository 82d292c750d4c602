//! Copies for people outside: looked at, released by a second person where something is sensitive, read by a link after a
//! code, and shut by what happens afterwards.

use jiff::SignedDuration;
use jiff::civil::date;
use kinfold_casework::forms::Asked;
use kinfold_casework::reviews::{Calling, Finish, MovedTo};
use kinfold_casework::sending::{CopyOpened, CopyStanding, What};
use kinfold_casework::{Actor, Clock, Error, NewEntry};
use kinfold_record::Event;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::forms::{save, text};
use crate::forms_outside::Post;
use crate::world::{MANAGER, OTHER, REVIEWER, TODAY, WORKER, World, on_both};

/// Marks that stand nowhere else, so that finding one is a leak.
const HOME: &str = "14 Zelkova Rise";
const UNCLE: &str = "Wilmot Quarrington";

async fn happens(world: &World, actor: &Actor, key: &str, event: Value) {
    let version = world.casework.child_page(actor, world.child).await.unwrap().handle.version;
    let event: Event = serde_json::from_value(event).unwrap();
    world.casework.record(actor, world.child, version, key, vec![NewEntry::on(TODAY, event)]).await.unwrap();
}

/// A held review whose record is agreed; the parent lives elsewhere, and the child's home is kept from them.
pub async fn agreed(world: &World, life: &str) -> (Actor, Actor, String, String) {
    let worker = world.sign_in(WORKER).await;
    let place = json!({"kind": "placement_started", "placement_type": "U6", "carer_name": "Isolde Fennimore",
        "address": format!("{HOME}, Fernshire"), "postcode": "FE9 9ZZ", "address_confidential": true});
    happens(world, &worker, "home", place).await;
    for (role, name) in [("parent", "Dana Ashdown"), ("relative", UNCLE)] {
        let joined = json!({"kind": "circle_joined", "role": role, "name": name, "contact": format!("{name}, 01632 960717")});
        happens(world, &worker, name, joined).await;
    }
    let reviewer = world.sign_in(REVIEWER).await;
    let to = MovedTo { on: date(2026, 12, 15), place: Some("school".into()), ..MovedTo::default() };
    let calling = Calling { kind: "looked_after".into(), to, parts_by: date(2026, 12, 8), leaving: vec![] };
    let occasion =
        world.casework.call_review(&reviewer, world.child, "call", &calling).await.unwrap().to_string();
    let finish =
        Finish { on: TODAY, participation: "PN1".into(), alone: true, meeting: true, adjourned: false };
    world.casework.finish_review(&reviewer, world.child, &occasion, &finish).await.unwrap();
    let form = world.casework.draft_record(&reviewer, world.child, &occasion).await.unwrap();
    for (section, given) in [
        ("meeting", vec![("there", text("- Child"))]),
        (
            "child",
            vec![
                ("said", Some(kinfold_forms::Answer::ChildWords("My cat".into()))),
                ("heard", text("The cat stays.")),
            ],
        ),
        ("life", vec![("home", text(life)), ("plan", text("Stays.")), ("last_time", text("First."))]),
        ("others", vec![("others", text("His uncle is in prison."))]),
        ("decisions", vec![("decisions", text("- Swimming"))]),
        ("plain", vec![("plain", text("You stay."))]),
    ] {
        save(&world.casework, &reviewer, world, form, section, &given).await.unwrap();
    }
    let version = world.casework.form_desk(&reviewer, world.child, form).await.unwrap().version;
    world.casework.submit_form(&reviewer, world.child, form, version, "agree").await.unwrap();
    let page = world.casework.review_page(&reviewer, world.child, &occasion).await.unwrap();
    let parent = page.parts.iter().find(|l| l.part.role == "parent").unwrap().part.part.to_string();
    (worker, reviewer, occasion, parent)
}

fn dana() -> Asked {
    Asked { name: "Dana Ashdown".into(), email: "dana@home.example".into(), due_on: Some(date(2026, 12, 10)) }
}

/// The link from the letter that went, which names nobody.
pub async fn link(world: &World, post: &Post) -> Option<String> {
    let letters = post.run(world).await;
    let letter = letters.iter().find(|(to, _, text)| to == "dana@home.example" && text.contains("/copy/"))?;
    for word in ["Robin", "Ashdown", "Dana", "review", "child"] {
        assert!(!letter.1.contains(word) && !letter.2.contains(word), "the letter says {word}");
    }
    Some(letter.2.split("/copy/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned())
}

pub async fn prove(world: &World, post: &Post, token: &str) -> String {
    world.clock.set(world.clock.now() + SignedDuration::from_mins(2));
    world.casework.send_copy_code(token).await.unwrap();
    let letters = post.run(world).await;
    let (_, subject, _) = letters.iter().find(|(_, s, _)| s.ends_with("is your code")).unwrap();
    let code = subject.split(' ').next().unwrap();
    world.casework.prove_copy(token, code).await.unwrap().unwrap()
}

pub async fn sent(
    world: &World,
    actor: &Actor,
    what: &What,
    why: &str,
) -> kinfold_casework::Result<(Uuid, Option<String>)> {
    let preview = world.casework.preview_outside(actor, world.child, what).await?;
    world.casework.send_outside(actor, world.child, what, &dana(), why, &preview.mark).await
}

fn over(opened: &CopyOpened) -> bool {
    matches!(opened, CopyOpened::Over)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_looked_at_is_what_is_read_by_one_person_until_it_is_taken_back() {
    on_both(|world| async move {
        let post = Post::default();
        let (worker, reviewer, occasion, parent) = agreed(&world, "Settled.").await;
        let what = What::Review { occasion: occasion.clone(), part: parent.clone() };
        let early = world.casework.preview_outside(&worker, world.child, &what).await;
        assert!(matches!(early, Err(Error::Invalid(_))), "nobody looked it over yet");
        let held: Vec<String> = ["meeting", "life", "decisions"].map(str::to_owned).to_vec();
        world.casework.make_copy_ready(&reviewer, world.child, &occasion, &parent, &held, "").await.unwrap();
        let stranger = world.sign_in(OTHER).await;
        assert!(matches!(
            world.casework.preview_outside(&stranger, world.child, &what).await,
            Err(Error::Absent)
        ));
        let preview = world.casework.preview_outside(&worker, world.child, &what).await.unwrap();
        assert!(preview.body.sensitive.is_empty(), "{:?}", preview.body.sensitive);
        let out: Vec<&str> = preview.body.left_out.iter().map(|l| l.why.as_str()).collect();
        assert!(out.iter().any(|why| why.contains("Not for their role")), "{out:?}");
        assert!(out.iter().any(|why| why.contains("Left out by whoever")), "{out:?}");
        let old = world.casework.send_outside(&worker, world.child, &what, &dana(), "", "old").await;
        assert!(matches!(old, Err(Error::Invalid(_))), "something else was looked at");
        let (id, shown) = sent(&world, &worker, &what, "").await.unwrap();
        assert_eq!(shown, None, "a link is shown to nobody but its reader");
        let token = link(&world, &post).await.expect("the link goes at once");
        let closed = world.casework.copy_outside(&token, None).await.unwrap();
        assert!(matches!(&closed, CopyOpened::Code { to, sent: false, .. } if to == "d…@home.example"));
        assert!(matches!(world.casework.copy_outside("forwarded", None).await, Err(Error::Absent)));
        let proof = prove(&world, &post, &token).await;
        let CopyOpened::Copy { body, .. } = world.casework.copy_outside(&token, Some(&proof)).await.unwrap()
        else {
            panic!("the code does not open it")
        };
        assert_eq!(body.sections, preview.body.sections, "what is read is what was looked at");
        let words = format!("{:?}", body.sections);
        assert!(words.contains("Settled.") && !words.contains("prison") && !words.contains("cat"), "{words}");
        // Another browser with the link alone sees nothing; one that gives a newer code takes it over.
        let other = prove(&world, &post, &token).await;
        assert!(matches!(
            world.casework.copy_outside(&token, Some(&proof)).await.unwrap(),
            CopyOpened::Code { .. }
        ));
        assert!(matches!(
            world.casework.copy_outside(&token, Some(&other)).await.unwrap(),
            CopyOpened::Copy { .. }
        ));
        let view = world.casework.sent_copy(&reviewer, world.child, id).await.unwrap();
        assert_eq!((view.line.looks, view.line.standing), (2, CopyStanding::Out));
        let page = world.casework.review_page(&worker, world.child, &occasion).await.unwrap();
        let copy = page.parts.iter().find(|l| l.part.part == parent).unwrap().part.copy.clone();
        assert!(copy.is_some_and(|c| c.sent.is_some()), "the record says that it was sent");
        world.casework.take_copy_back(&worker, world.child, id).await.unwrap();
        assert!(over(&world.casework.copy_outside(&token, Some(&other)).await.unwrap()));
        assert!(matches!(world.casework.take_copy_back(&worker, world.child, id).await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sensitive_goes_only_when_a_second_person_released_it() {
    on_both(|world| async move {
        let post = Post::default();
        let (worker, reviewer, occasion, parent) = agreed(&world, "Settled.").await;
        let what = What::Review { occasion: occasion.clone(), part: parent.clone() };
        let held: Vec<String> = ["meeting", "others"].map(str::to_owned).to_vec();
        let ready =
            |why| world.casework.make_copy_ready(&reviewer, world.child, &occasion, &parent, &held, why);
        ready("It is her brother.").await.unwrap();
        let (first, _) = sent(&world, &worker, &what, "").await.unwrap();
        assert_eq!(link(&world, &post).await, None, "nothing goes before it is released");
        // Neither who made it nor who looked it over, nor anybody without the right.
        let own = world.casework.release_copy(&reviewer, world.child, first).await;
        assert!(matches!(own, Err(Error::Forbidden(_))), "{own:?}");
        let none = world.casework.release_copy(&worker, world.child, first).await;
        assert!(matches!(none, Err(Error::Absent)), "{none:?}");
        let printed = world.casework.send_copy(&worker, world.child, &occasion, &parent, "post").await;
        assert!(matches!(printed, Err(Error::Forbidden(_))), "nor on paper: {printed:?}");
        let manager = world.sign_in(MANAGER).await;
        let silent = world.casework.refuse_copy(&manager, world.child, first, " ").await;
        assert!(matches!(silent, Err(Error::Invalid(_))), "a refusal says why");
        world.casework.refuse_copy(&manager, world.child, first, "She is not to know.").await.unwrap();
        let view = world.casework.sent_copy(&worker, world.child, first).await.unwrap();
        assert_eq!(view.line.standing, CopyStanding::Refused);
        assert_eq!(view.refusal.map(|(why, _)| why).as_deref(), Some("She is not to know."));
        let again = world.casework.release_copy(&manager, world.child, first).await;
        assert!(matches!(again, Err(Error::Invalid(_))), "what was refused stays refused");
        let work = world.casework.my_work(&worker, kinfold_casework::rows::Page::first(50)).await.unwrap();
        assert!(work.unread >= 1, "the refusal goes back");
        let (second, _) = sent(&world, &worker, &what, "She told us herself.").await.unwrap();
        assert_eq!(link(&world, &post).await, None);
        world.casework.release_copy(&manager, world.child, second).await.unwrap();
        let token = link(&world, &post).await.expect("released, it goes");
        let proof = prove(&world, &post, &token).await;
        let CopyOpened::Copy { body, .. } = world.casework.copy_outside(&token, Some(&proof)).await.unwrap()
        else {
            panic!("released, it is read")
        };
        assert!(format!("{:?}", body.sections).contains("prison"));
        world.clock.set(world.clock.now() + SignedDuration::from_hours(24 * 10));
        assert!(
            over(&world.casework.copy_outside(&token, Some(&proof)).await.unwrap()),
            "its day has passed"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_that_is_kept_from_the_reader_never_goes_and_a_name_of_the_family_is_released() {
    on_both(|world| async move {
        let (worker, reviewer, occasion, parent) =
            agreed(&world, &format!("She sees {UNCLE}.\n\nThey live at {HOME}.")).await;
        let copy =
            world.casework.review_copy(&reviewer, world.child, &occasion, &parent, None).await.unwrap();
        assert_eq!(copy.gives_away, vec![HOME.to_owned()], "the check sees the home in the record");
        let ready = |held: &'static [&'static str]| {
            let held: Vec<String> = held.iter().map(|s| (*s).to_owned()).collect();
            let (casework, reviewer, occasion, parent) = (&world.casework, &reviewer, &occasion, &parent);
            async move { casework.make_copy_ready(reviewer, world.child, occasion, parent, &held, "").await }
        };
        assert!(matches!(ready(&["meeting", "life"]).await, Err(Error::Invalid(_))), "it names the home");
        ready(&["meeting"]).await.unwrap();
        // The worker's own copy may hold it, and is sensitive: somebody else releases it.
        let page = world.casework.review_page(&reviewer, world.child, &occasion).await.unwrap();
        let own = page.parts.iter().find(|l| l.part.role == "social_worker").unwrap().part.part.to_string();
        let held: Vec<String> = ["meeting", "life"].map(str::to_owned).to_vec();
        world.casework.make_copy_ready(&reviewer, world.child, &occasion, &own, &held, "").await.unwrap();
        let what = What::Review { occasion: occasion.clone(), part: own };
        let preview = world.casework.preview_outside(&worker, world.child, &what).await.unwrap();
        assert_eq!(preview.barred, None);
        let sensitive = preview.body.sensitive.join(" ");
        assert!(sensitive.contains("names the home") && sensitive.contains(UNCLE), "{sensitive}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_dies_with_the_readers_place_in_the_circle_and_when_the_record_is_restricted() {
    on_both(|world| async move {
        let post = Post::default();
        let (worker, reviewer, occasion, parent) = agreed(&world, "Settled.").await;
        let what = What::Review { occasion: occasion.clone(), part: parent.clone() };
        let held: Vec<String> = vec!["meeting".to_owned()];
        world.casework.make_copy_ready(&reviewer, world.child, &occasion, &parent, &held, "").await.unwrap();
        sent(&world, &worker, &what, "").await.unwrap();
        let token = link(&world, &post).await.unwrap();
        let proof = prove(&world, &post, &token).await;
        let read = world.casework.copy_outside(&token, Some(&proof)).await.unwrap();
        assert!(matches!(read, CopyOpened::Copy { .. }));
        let left = json!({"kind": "circle_left", "role": "parent", "name": "Dana Ashdown"});
        happens(&world, &worker, "left", left).await;
        let gone = world.casework.copy_outside(&token, Some(&proof)).await.unwrap();
        assert!(over(&gone), "her place in the circle has ended: {gone:?}");
        world.casework.send_copy_code(&token).await.unwrap();
        assert!(post.run(&world).await.iter().all(|(_, s, _)| !s.contains("code")), "nor is there a code");
    })
    .await;
}

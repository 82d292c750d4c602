//! A section filled in by somebody outside: the link, the code, the wrong person, the wrong day, and what is told.

use std::sync::Mutex;

use jiff::SignedDuration;
use jiff::civil::date;
use kinfold_casework::forms::{Asked, LinkStanding, OutsideOpened, OutsideSent, mark};
use kinfold_casework::outbox::Carrier;
use kinfold_casework::{Actor, Clock, Error};
use kinfold_forms::{Answer, Answers, Key};
use uuid::Uuid;

use crate::forms::{FORM, changes, choice, text};
use crate::world::{OTHER, WORKER, World, on_both};

/// Keeps letters instead of sending them.
#[derive(Default)]
pub struct Post(Mutex<Vec<(String, String, String)>>);

impl Carrier for Post {
    async fn carry(&self, to: &str, subject: &str, text: &str) -> Result<(), String> {
        self.0.lock().unwrap().push((to.to_owned(), subject.to_owned(), text.to_owned()));
        Ok(())
    }
}

impl Post {
    pub async fn run(&self, world: &World) -> Vec<(String, String, String)> {
        world.casework.run_outbox(self).await.unwrap();
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

fn carer() -> Asked {
    Asked {
        name: "Sam Hale".to_owned(),
        email: "sam.hale@carers.example".to_owned(),
        due_on: Some(date(2026, 12, 4)),
    }
}

struct Out {
    worker: Actor,
    form: Uuid,
    link: Uuid,
    token: String,
}

/// A form whose section "wishes" is with somebody outside.
async fn out(world: &World, post: &Post) -> Out {
    let worker = world.sign_in(WORKER).await;
    let form = world.casework.start_form(&worker, world.child, FORM, None, "k").await.unwrap();
    let (link, shown) =
        world.casework.ask_outside(&worker, world.child, form, "wishes", &carer()).await.unwrap();
    assert_eq!(shown, None, "a link is shown to nobody but who was asked");
    let letters = post.run(world).await;
    let letter = letters.iter().find(|(to, ..)| to == "sam.hale@carers.example").unwrap();
    let token = letter.2.split("/fill/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    for word in ["Robin", "Ashdown", "Sam", "health", "F1"] {
        assert!(!letter.1.contains(word) && !letter.2.contains(word), "the letter says {word}");
    }
    Out { worker, form, link, token }
}

async fn code(world: &World, post: &Post, token: &str) -> String {
    world.casework.send_outside_code(token).await.unwrap();
    let letters = post.run(world).await;
    let (_, subject, _) = letters.iter().find(|(_, subject, _)| subject.ends_with("is your code")).unwrap();
    subject.split(' ').next().unwrap().to_owned()
}

pub async fn prove(world: &World, post: &Post, token: &str) -> String {
    let code = code(world, post, token).await;
    world.casework.prove_outside(token, &code).await.unwrap().unwrap()
}

fn wishes() -> Vec<(&'static str, Option<Answer>)> {
    vec![
        ("where", choice("home")),
        ("language", text("Welsh")),
        ("interpreter", Some(Answer::YesNo(false))),
        ("said", Some(Answer::ChildWords("Mum’s friend should not be there.".to_owned()))),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_goes_out_and_comes_back() {
    on_both(|world| async move {
        let post = Post::default();
        let Out { worker, form, token, .. } = out(&world, &post).await;
        let seen =
            mark(&Answers::default(), wishes().iter().map(|(id, _)| Key::of(id)).collect::<Vec<_>>().iter());
        // The link alone shows nothing but that something is asked.
        let OutsideOpened::Code { to, sent, .. } = world.casework.outside(&token, None).await.unwrap() else {
            panic!("the link alone opens the section")
        };
        assert_eq!((to.as_str(), sent), ("s…@carers.example", false));
        let blind =
            world.casework.save_outside(&token, Some("guess"), &seen, &changes(&wishes())).await.unwrap();
        assert!(matches!(blind, OutsideSent::Not(OutsideOpened::Code { .. })));

        let proof = prove(&world, &post, &token).await;
        let OutsideOpened::Section(desk) = world.casework.outside(&token, Some(&proof)).await.unwrap() else {
            panic!("the code does not open the section")
        };
        assert_eq!((desk.section.as_str(), desk.child_name.as_str()), ("wishes", "Robin Ashdown"));
        // Only this section, whatever is sent.
        let other = changes(&[("homes", text("x"))]);
        let elsewhere = mark(&Answers::default(), [&Key::of("homes")]);
        let refused = world.casework.save_outside(&token, Some(&proof), &elsewhere, &other).await;
        assert!(matches!(refused, Err(Error::Absent)), "{refused:?}");
        let half = changes(&[("where", choice("home"))]);
        let first = mark(&Answers::default(), [&Key::of("where")]);
        world.casework.save_outside(&token, Some(&proof), &first, &half).await.unwrap();
        let early = world.casework.send_back(&token, Some(&proof)).await;
        assert!(matches!(early, Err(Error::Invalid(_))), "half a section does not go back: {early:?}");
        // The form waits for it.
        let waiting = world.casework.form_desk(&worker, world.child, form).await.unwrap();
        let refused =
            world.casework.submit_form(&worker, world.child, form, waiting.version, "s").await.unwrap_err();
        assert!(format!("{refused:?}").contains("outside"), "{refused:?}");
        let rest = changes(&wishes()[1..]);
        let seen = mark(&Answers::default(), rest.answers.iter().map(|(key, _)| key));
        world.casework.save_outside(&token, Some(&proof), &seen, &rest).await.unwrap();
        assert!(matches!(
            world.casework.send_back(&token, Some(&proof)).await.unwrap(),
            OutsideSent::Done(())
        ));
        // Used, the link opens nothing; whoever asked is told, and sees what came back.
        assert!(matches!(
            world.casework.outside(&token, Some(&proof)).await.unwrap(),
            OutsideOpened::Back(_)
        ));
        let again = world.casework.save_outside(&token, Some(&proof), &seen, &rest).await.unwrap();
        assert!(matches!(again, OutsideSent::Not(OutsideOpened::Back(_))));
        let desk = world.casework.form_desk(&worker, world.child, form).await.unwrap();
        let link = desk.section("wishes").unwrap().link.clone().unwrap();
        assert_eq!((link.standing, link.name.as_str()), (LinkStanding::Back, "Sam Hale"));
        assert_eq!(desk.answers.get(&Key::of("language")), text("Welsh").as_ref());
        let (notices, _) =
            world.casework.notices(&worker, true, kinfold_store::Page::first(9)).await.unwrap();
        assert!(notices.rows.iter().any(|n| n.text.as_deref().is_some_and(|t| t.contains("come back"))));
        // The secret is nowhere: not in the log, not in the tables as it is.
        let mut unit = world.database.store.read().await.unwrap();
        let lines = unit.audit(&Default::default(), kinfold_store::Page::first(500)).await.unwrap();
        let all = format!("{:?} {:?}", lines.rows, unit.form_links(form).await.unwrap());
        assert!(!all.contains(&token) && !all.contains(&proof));
        let deeds: Vec<&str> = lines.rows.iter().map(|r| r.line.action.as_str()).collect();
        for deed in
            ["ask_outside", "outside_code", "outside_prove", "outside_view", "outside_fill", "outside_send"]
        {
            assert!(deeds.contains(&deed), "{deed} is not in the log");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wrong_person_gets_nowhere() {
    on_both(|world| async move {
        let post = Post::default();
        let Out { worker, form, token, .. } = out(&world, &post).await;
        for wrong in ["", "0", &token[1..], &token.to_uppercase(), "'; --"] {
            assert!(matches!(world.casework.outside(wrong, None).await, Err(Error::Absent)), "{wrong}");
        }
        assert_eq!(
            world.casework.prove_outside(&token, "000000").await.unwrap(),
            None,
            "before any code was sent"
        );
        let right = code(&world, &post, &token).await;
        let wrong = if right == "123456" { "654321" } else { "123456" };
        for _ in 0..5 {
            assert_eq!(world.casework.prove_outside(&token, wrong).await.unwrap(), None);
        }
        let locked = world.casework.prove_outside(&token, &right).await;
        assert!(
            matches!(locked, Err(Error::TooMany { .. })),
            "the right code too, after five wrong: {locked:?}"
        );
        // A new code, not too soon; the old one is worth nothing.
        world.clock.set(world.clock.now() + SignedDuration::from_mins(2));
        let new = code(&world, &post, &token).await;
        // A code is old after a quarter of an hour.
        world.clock.set(world.clock.now() + SignedDuration::from_mins(16));
        assert_eq!(world.casework.prove_outside(&token, &new).await.unwrap(), None);
        let newer = code(&world, &post, &token).await;
        let proof = world
            .casework
            .prove_outside(&token, &format!(" {} {} ", &newer[..3], &newer[3..]))
            .await
            .unwrap();
        assert!(proof.is_some(), "blanks are no fault");
        assert_eq!(world.casework.prove_outside(&token, &newer).await.unwrap(), None, "a code is good once");
        // A second link to the same section is refused; so is asking by somebody who may not.
        let twice = world.casework.ask_outside(&worker, world.child, form, "wishes", &carer()).await;
        assert!(matches!(twice, Err(Error::Invalid(_))), "{twice:?}");
        let inside = world.casework.ask_outside(&worker, world.child, form, "background", &carer()).await;
        assert!(matches!(inside, Err(Error::Absent)), "not a section that may go out: {inside:?}");
        let other = world.sign_in(OTHER).await;
        let refused = world.casework.ask_outside(&other, world.child, form, "wishes", &carer()).await;
        assert!(matches!(refused, Err(Error::Absent)), "{refused:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_taken_back_opens_nothing_and_loses_nothing() {
    on_both(|world| async move {
        let post = Post::default();
        let Out { worker, form, link, token } = out(&world, &post).await;
        let proof = prove(&world, &post, &token).await;
        let half = changes(&[("where", choice("home"))]);
        let seen = mark(&Answers::default(), [&Key::of("where")]);
        world.casework.save_outside(&token, Some(&proof), &seen, &half).await.unwrap();
        world.casework.take_link_back(&worker, world.child, form, link).await.unwrap();
        assert!(matches!(world.casework.outside(&token, Some(&proof)).await.unwrap(), OutsideOpened::Over));
        let late = changes(&[("language", text("Welsh"))]);
        let seen = mark(&Answers::default(), [&Key::of("language")]);
        let refused = world.casework.save_outside(&token, Some(&proof), &seen, &late).await.unwrap();
        assert!(matches!(refused, OutsideSent::Not(OutsideOpened::Over)));
        let desk = world.casework.form_desk(&worker, world.child, form).await.unwrap();
        assert_eq!(desk.answers.get(&Key::of("where")), choice("home").as_ref(), "what was saved stays");
        assert!(desk.section("wishes").unwrap().link.is_none());
        let again = world.casework.take_link_back(&worker, world.child, form, link).await;
        assert!(matches!(again, Err(Error::Absent)));
        // No reminder follows.
        world.clock.set(world.clock.now() + SignedDuration::from_hours(24 * 10));
        assert!(post.run(&world).await.iter().all(|(to, ..)| to != "sam.hale@carers.example"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_is_chased_and_told_and_over_in_the_end() {
    on_both(|world| async move {
        let post = Post::default();
        let Out { form, token, .. } = out(&world, &post).await;
        let theirs = |letters: &[(String, String, String)]| {
            letters.iter().filter(|(to, ..)| to == "sam.hale@carers.example").count()
        };
        let day = |n: i64| {
            "2026-12-01T12:00:00Z".parse::<jiff::Timestamp>().unwrap() + SignedDuration::from_hours(24 * n)
        };
        assert_eq!(theirs(&post.run(&world).await), 0);
        // The day before it is due.
        world.clock.set(day(2));
        assert_eq!(theirs(&post.run(&world).await), 1);
        let worker = world.sign_in(WORKER).await;
        let (_, unread) = world.casework.notices(&worker, true, kinfold_store::Page::first(9)).await.unwrap();
        assert_eq!(unread, 0, "not late yet");
        // The day after: whoever asked is told too.
        world.clock.set(day(4));
        assert_eq!(theirs(&post.run(&world).await), 1);
        let worker = world.sign_in(WORKER).await;
        let (notices, _) =
            world.casework.notices(&worker, true, kinfold_store::Page::first(9)).await.unwrap();
        assert!(notices.rows.iter().any(|n| n.text.as_deref().is_some_and(|t| t.contains("late"))));
        let desk = world.casework.form_desk(&worker, world.child, form).await.unwrap();
        let link = desk.section("wishes").unwrap().link.clone().unwrap();
        assert_eq!(link.standing, LinkStanding::Late);
        assert!(link.chased_at.is_some());
        let page = world.casework.forms_page(&worker, world.child).await.unwrap();
        assert_eq!(page.open[0].outside, Some(true), "late, and visible in the list");
        // Late is better than not at all, for a while.
        prove(&world, &post, &token).await;
        world.clock.set(day(18));
        assert!(matches!(world.casework.outside(&token, None).await.unwrap(), OutsideOpened::Over));
        let worker = world.sign_in(WORKER).await;
        let desk = world.casework.form_desk(&worker, world.child, form).await.unwrap();
        assert_eq!(desk.section("wishes").unwrap().link.as_ref().unwrap().standing, LinkStanding::Expired);
    })
    .await;
}

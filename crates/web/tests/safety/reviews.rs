//! Two people at one review: the second to save loses nothing and overwrites nothing, each reads both texts, and a child whose
//! review changes while they write keeps every word.

use axum::http::StatusCode;
use kinfold_access::Role;
use kinfold_casework::reviews::{Calling, MovedTo};
use kinfold_casework::{Actor, forms::Changes};
use kinfold_forms::{Answer as Given, Key};
use kinfold_record::PersonId;
use kinfold_store::testing::{self, TestDatabase};
use uuid::Uuid;

use crate::page_of;
use crate::support::people::someone;
use crate::support::{Answer, Browser, Council, OPEN, Someone, Tie};

/// A second reviewing officer of the same child, who covers for the first.
fn cover() -> Someone {
    Someone {
        id: PersonId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_8001)),
        name: "Cover Officer".to_owned(),
        email: "cover.officer@fernshire.example".to_owned(),
        ..someone(Role::ReviewingOfficer, Tie::Circle)
    }
}

async fn actor(council: &Council, browser: &Browser) -> Actor {
    council.casework.actor(&browser.cookies["kinfold_session"]).await.unwrap()
}

/// What both have to be on a page that answers the second of two.
fn shows_both(answer: &Answer, theirs: &str, mine: &str) {
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
    assert!(answer.body.contains("Somebody else") && answer.body.contains("meanwhile"), "{}", answer.body);
    assert!(answer.body.contains(theirs), "what the other did is on the page: {}", answer.body);
    assert!(answer.body.contains(mine), "what was typed is on the page: {}", answer.body);
}

async fn fill(council: &Council, officer: &Actor, form: Uuid, section: &str, given: Vec<(&str, Given)>) {
    let desk = council.casework.form_desk(officer, OPEN, form).await.unwrap();
    let answers = given.into_iter().map(|(id, answer)| (Key::of(id), Some(answer))).collect();
    let changes = Changes { answers, times: None };
    let seen = kinfold_casework::forms::mark(&desk.answers, changes.answers.iter().map(|(key, _)| key));
    council.casework.save_form(officer, OPEN, form, section, &seen, &changes).await.unwrap();
}

async fn together(database: TestDatabase) {
    let people = vec![
        someone(Role::ReviewingOfficer, Tie::Circle),
        cover(),
        someone(Role::SocialWorker, Tie::Circle),
        someone(Role::TeamManager, Tie::Managed),
        someone(Role::YoungPerson, Tie::Circle),
    ];
    let council = Council::open(database, people, 0).await;
    let mut first = council.sign_in(Role::ReviewingOfficer, Tie::Circle).await;
    let mut second = council.as_person(&cover()).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    let officer = actor(&council, &first).await;
    let today = crate::support::today();
    let to = MovedTo { on: today, place: Some("school".into()), ..MovedTo::default() };
    let calling = Calling { kind: "looked_after".into(), to, parts_by: today, leaving: vec![] };
    let occasion = council.casework.call_review(&officer, OPEN, "call", &calling).await.unwrap();
    let review = format!("{}/reviews/{occasion}", page_of(OPEN));

    // Both change the day and place.
    let change = format!("{review}/change");
    let moved = |seen: &str, detail: &str, why: &str| {
        [
            ("what", "move"),
            ("seen-version", seen),
            ("on-day", "23"),
            ("on-month", "11"),
            ("on-year", "2026"),
            ("place", "outside"),
            ("detail", detail),
            ("why", why),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let send = async |who: &mut Browser, to: &str, fields: &[(String, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        who.post(to, &fields).await
    };
    let seen = second.get(&change).await.field("seen-version");
    let done = send(&mut first, &change, &moved(&seen, "The café in the park", "She asked for it.")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let late = send(&mut second, &change, &moved(&seen, "The town library", "It rains.")).await;
    shows_both(&late, "The café in the park", "The town library");
    let again = late.field("seen-version");
    assert!(!first.get(&review).await.body.contains("The town library"), "nothing is overwritten");
    let sent = send(&mut second, &change, &moved(&again, "The town library", "It rains.")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "whoever has seen both may send it again: {}", sent.body);

    // One finishes while the other has a decision half typed, a worker the child's wishes, and the child theirs.
    let meeting = format!("{review}/meeting");
    let key = second.get(&meeting).await.field("key");
    assert!(worker.get(&format!("{review}/wishes")).await.body.contains("What the child wants"));
    let part = child.get("/me/review/part").await;
    let finish = |took_part: &'static str| {
        [
            ("on-day", "23"),
            ("on-month", "11"),
            ("on-year", "2026"),
            ("participation", took_part),
            ("alone", "yes"),
            ("meeting", "yes"),
            ("adjourned", "no"),
        ]
    };
    assert_eq!(first.post(&format!("{review}/finish"), &finish("PN1")).await.status, StatusCode::SEE_OTHER);
    let held = council.entries(OPEN).await;
    let decision = [
        ("key", key.as_str()),
        ("text", "Swimming every Saturday"),
        ("owner", "social_worker"),
        ("by-day", "5"),
        ("by-month", "12"),
        ("by-year", "2026"),
    ];
    let late = second.post(&meeting, &decision).await;
    shows_both(&late, "Held on Mon 23 November 2026", "Swimming every Saturday");
    let twice = second.post(&format!("{review}/finish"), &finish("PN5")).await;
    shows_both(&twice, "Held on Mon 23 November 2026", "PN5");
    let wishes = worker.post(&format!("{review}/wishes"), &[("topics", "Her cat Biscuit")]).await;
    shows_both(&wishes, "Held on Mon 23 November 2026", "Her cat Biscuit");
    let off =
        second.post(&change, &[("what", "off"), ("seen-version", "1"), ("off-why", "Snow on the road")]);
    shows_both(&off.await, "Held on Mon 23 November 2026", "Snow on the road");
    assert_eq!(council.entries(OPEN).await, held, "nothing is recorded unseen");
    let mark = part.field("draft-version");
    for (to, field) in [("/me/review/say", "topics"), ("/me/review/part", "say")] {
        let answer = child.post(to, &[(field, "I miss Biscuit"), ("draft-version", &mark)]).await;
        if to.ends_with("part") && answer.status == StatusCode::SEE_OTHER {
            continue;
        }
        assert_eq!(answer.status, StatusCode::CONFLICT, "{to}: {}", answer.body);
        assert!(
            answer.body.contains("Your words are safe") && answer.body.contains("I miss Biscuit"),
            "{to}"
        );
        let (topic, text) = (answer.field("topic"), answer.field("text"));
        let told = child.post("/me/say/words", &[("topic", &topic), ("text", &text)]).await;
        assert_eq!(told.location(), "/me/say/add");
        assert!(child.get("/me/say/check").await.body.contains("I miss Biscuit"), "{to}");
    }
    let late: Vec<(&str, &str)> = decision.into_iter().chain([("late", "yes")]).collect();
    for _ in 0..2 {
        assert_eq!(second.post(&meeting, &late).await.location(), review);
    }
    let now = first.get(&format!("{}/reviews", page_of(OPEN))).await;
    assert_eq!(now.body.matches("Swimming every Saturday</th>").count(), 1, "{}", now.body);

    // Both give the decision another day.
    let action = now.body.split("/reviews/actions/").nth(1).unwrap();
    let action = format!("{}/reviews/actions/{}", page_of(OPEN), action.split(['"', '/']).next().unwrap());
    let seen = second.get(&action).await.field("seen");
    let put_off = |day: &'static str, why: &'static str| {
        [("owner", "social_worker"), ("by-day", day), ("by-month", "1"), ("by-year", "2027"), ("why", why)]
    };
    let with = |fields: [(&'static str, &'static str); 5], seen: &str| {
        let fields = fields.map(|(n, v)| (n.to_owned(), v.to_owned()));
        fields.into_iter().chain([("seen".to_owned(), seen.to_owned())]).collect::<Vec<_>>()
    };
    let to = format!("{action}/move");
    let done = send(&mut first, &to, &with(put_off("9", "The pool is shut."), &seen)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let late = send(&mut second, &to, &with(put_off("16", "She has a cold."), &seen)).await;
    shows_both(&late, "by Sat 9 January 2027", "She has a cold.");

    // Both write the record: one section, one question.
    let draft = first.post(&format!("{review}/record"), &[]).await;
    assert_eq!(
        second.post(&format!("{review}/record"), &[]).await.location(),
        draft.location(),
        "one record"
    );
    let page = format!("{}/sections/plain/plain", draft.location());
    let mark = second.get(&page).await.field("draft-version");
    let write = |text: &'static str, mark: &str| {
        [("draft-version", mark.to_owned()), ("plain", text.to_owned())].map(|(n, v)| (n.to_owned(), v))
    };
    let done = send(&mut first, &page, &write("You stay with Jo.", &mark)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let late = send(&mut second, &page, &write("You can stay for good.", &mark)).await;
    shows_both(&late, "You stay with Jo.", "You can stay for good.");

    // Both make the parent's copy ready; what somebody has not looked at they do not send.
    let form: Uuid = draft.location().rsplit('/').next().unwrap().parse().unwrap();
    let text = |words: &str| Given::Text(words.to_owned());
    for (section, given) in [
        ("meeting", vec![("there", text("- Child"))]),
        ("child", vec![("said", Given::ChildWords("My cat".to_owned())), ("heard", text("Yes."))]),
        ("life", vec![("home", text("Settled.")), ("plan", text("Stays.")), ("last_time", text("First."))]),
        ("decisions", vec![("decisions", text("- Swimming"))]),
    ] {
        fill(&council, &officer, form, section, given).await;
    }
    let version = council.casework.form_desk(&officer, OPEN, form).await.unwrap().version;
    council.casework.submit_form(&officer, OPEN, form, version, "agree").await.unwrap();
    let copies = second.get(&review).await;
    let part = copies.body.split("/copies/").nth(1).unwrap().split('"').next().unwrap();
    let copy = format!("{review}/copies/{part}");
    let seen = second.get(&copy).await.field("seen");
    let done = first.post(&copy, &[("seen", &seen), ("sections", "meeting"), ("sections", "life")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let late = second.post(&copy, &[("seen", &seen), ("sections", "decisions")]).await;
    shows_both(&late, "How life is", "What was decided");
    let now = late.field("seen");
    let unseen = worker.post(&format!("{copy}/send"), &[("seen", &seen), ("how", "By post")]).await;
    assert_eq!(unseen.status, StatusCode::CONFLICT, "{}", unseen.body);
    assert!(
        unseen.body.contains("nothing was sent by you") && unseen.body.contains("By post"),
        "{}",
        unseen.body
    );
    let sent = worker.post(&format!("{copy}/send"), &[("seen", &now), ("how", "By post")]).await;
    assert_eq!(sent.location(), review, "{}", sent.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_at_one_review_lose_nothing_on_sqlite() {
    together(testing::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_at_one_review_lose_nothing_on_postgresql() {
    together(testing::postgres().await).await;
}

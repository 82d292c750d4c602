//! A form that is there, asked through the real router: by those it asks, by those it does not, after a session has run
//! out, and by somebody outside.

use crate::support::people::someone;
use crate::support::{Answer, Browser, Council, HIDDEN, OPEN, OPEN_NAME, Tie};
use axum::http::StatusCode;
use jiff::SignedDuration;
use kinfold_access::Role;
use kinfold_store::testing;

async fn council() -> Council {
    let people = vec![
        someone(Role::SocialWorker, Tie::Circle),
        someone(Role::FosterCarer, Tie::Circle),
        someone(Role::ReviewingOfficer, Tie::Circle),
        someone(Role::DesignatedTeacher, Tie::Nobody),
        someone(Role::Administrator, Tie::Nobody),
    ];
    Council::open(testing::sqlite().await, people, 1).await
}

/// Starts the form; answers its address.
async fn start(worker: &mut Browser) -> String {
    let answer: Answer = worker
        .post(&format!("/children/{OPEN}/forms"), &[("form", "health.assessment_request"), ("key", "start")])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_there_for_those_it_asks_and_absent_for_the_rest() {
    let council = council().await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let form = start(&mut worker).await;
    let page = worker.get(&form).await;
    for title in
        ["What is asked for", "What the child would like", "Background", "Health as far as you know it"]
    {
        assert!(page.body.contains(title), "{title}");
    }
    assert!(!page.title().contains(OPEN_NAME.0) && !page.title().contains(OPEN_NAME.1));
    let saved = worker
        .post(
            &format!("{form}/sections/background/homes"),
            &[("homes", "With an aunt."), ("draft-version", "?")],
        )
        .await;
    assert_eq!(saved.status, StatusCode::CONFLICT, "a page that was never shown overwrites nothing");

    // The carer is asked for one section and reads another; the reviewing officer reads both and fills neither.
    let mut carer = council.sign_in(Role::FosterCarer, Tie::Circle).await;
    let theirs = carer.get(&form).await;
    assert!(theirs.body.contains("What the child would like") && !theirs.body.contains("Health as far as"));
    let fill = carer.get(&format!("{form}/sections/wishes/where")).await;
    assert_eq!(fill.status, StatusCode::OK);
    let mut officer = council.sign_in(Role::ReviewingOfficer, Tie::Circle).await;
    let read = officer.get(&format!("{form}/sections/wishes")).await;
    assert_eq!(read.status, StatusCode::OK);
    let fill = officer.post(&format!("{form}/sections/wishes/where"), &[("where", "home")]).await;
    assert!(fill.status != StatusCode::OK && fill.location() == form, "{} {}", fill.status, fill.location());

    // Denied looks like absent, also with another child's address before the form.
    for role in [Role::DesignatedTeacher, Role::Administrator] {
        let mut browser = council.sign_in(role, Tie::Nobody).await;
        let nothing = browser.get("/nothing/here").await.body.replace(&browser.csrf, "TOKEN");
        for path in [
            form.clone(),
            format!("{form}/check"),
            format!("{form}/sections/request"),
            format!("{form}/ask/wishes"),
        ] {
            let answer = browser.get(&path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(answer.body.replace(&browser.csrf, "TOKEN"), nothing, "{path}");
        }
    }
    for browser in [&mut carer, &mut officer] {
        for path in [
            format!("{form}/sections/background"),
            format!("{form}/sections/background/homes"),
            form.replace(&OPEN.to_string(), &HIDDEN.to_string()),
        ] {
            assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_when_the_session_ran_out_is_on_the_page_after_signing_in() {
    let council = council().await;
    let email = council.person(Role::SocialWorker, Tie::Circle).email.clone();
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let address = format!("{}/sections/background/homes", start(&mut worker).await);
    let seen = worker.get(&address).await.field("draft-version");
    council.later(SignedDuration::from_hours(2));
    let typed = "With an aunt <b>until</b> the spring.";
    let sent = worker.post(&address, &[("homes", typed), ("draft-version", &seen)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(sent.location().starts_with("/sign-in?then="), "{}", sent.location());
    assert!(!sent.location().contains("aunt"), "nothing typed stands in an address");
    worker.sign_in(&email).await;
    let page = worker.get(&address).await;
    assert!(page.body.contains("You were signed out before this was saved"));
    assert!(page.body.contains("With an aunt &lt;b&gt;until&lt;/b&gt; the spring."));
    let seen = page.field("draft-version");
    let saved = worker.post(&address, &[("homes", typed), ("draft-version", &seen)]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = worker.get(&address).await;
    assert!(!page.body.contains("You were signed out") && page.body.contains("the spring."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_its_section_after_the_code_and_a_wrong_one_says_what_to_do() {
    let council = council().await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let form = start(&mut worker).await;
    let due = [("due-day", "1"), ("due-month", "12"), ("due-year", "2026")];
    let who = [("name", "Sam Hale"), ("email", "sam.hale@carers.example")];
    let fields: Vec<_> = who.into_iter().chain(due).collect();
    let asked = worker.post(&format!("{form}/ask/wishes"), &fields).await;
    // Only an invented council shows the link; this is one.
    let token = asked.body.split("/fill/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut outside = council.stranger();
    let door = outside.get(&format!("/fill/{token}")).await;
    assert_eq!(door.status, StatusCode::OK);
    for name in [OPEN_NAME.0, OPEN_NAME.1, "health", "What the child"] {
        assert!(!door.body.contains(name), "before the code the page says {name}");
    }
    for path in ["sections/wishes/where", "sections/background/homes"] {
        let shut = outside.get(&format!("/fill/{token}/{path}")).await;
        assert!(!shut.body.contains("Where would") && !shut.body.contains("Where have"), "{path}");
    }
    outside.post(&format!("/fill/{token}/code"), &[]).await;
    let page = outside.get(&format!("/fill/{token}")).await;
    let code = page.body.split("The code is <strong>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    outside.post(&format!("/fill/{token}/enter"), &[("code", &code)]).await;
    let inside = outside.get(&format!("/fill/{token}")).await;
    assert!(inside.body.contains(OPEN_NAME.0) && inside.body.contains("What the child would like"));
    assert!(!inside.title().contains(OPEN_NAME.0));
    let question = outside.get(&format!("/fill/{token}/sections/wishes/where")).await;
    assert!(question.body.contains("Where would"));
    let other = outside.get(&format!("/fill/{token}/sections/background/homes")).await;
    assert_eq!(other.location(), format!("/fill/{token}"), "another section is not there");
    // The same link in another browser, with the code of nobody.
    let mut thief = council.stranger();
    thief.cookies.insert("kinfold_fill".to_owned(), "0".repeat(64));
    let door = thief.get(&format!("/fill/{token}")).await;
    assert!(!door.body.contains(OPEN_NAME.0));
    let wrong = thief.get("/fill/0000").await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    assert!(wrong.body.contains("ask whoever sent it for a new one"));
}

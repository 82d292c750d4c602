//! Questions that a young person answers about themselves in their own space: the same document and entries as anybody's
//! questionnaire, theirs alone until they send it, and nothing lost on the way.

use axum::http::StatusCode;
use jiff::SignedDuration;
use kinfold_access::Role;
use kinfold_casework::Actor;
use kinfold_casework::forms::{Changes, mark};
use kinfold_forms::{Answer as Given, Key};
use kinfold_record::Event;
use serde_json::Value;
use uuid::Uuid;

use crate::council;
use crate::support::{Answer, Browser, Council, OPEN, Tie};

const PEOPLE: [(Role, Tie); 7] = [
    (Role::YoungPerson, Tie::Circle),
    (Role::DesignatedNurse, Tie::Circle),
    (Role::SocialWorker, Tie::Circle),
    (Role::ReviewingOfficer, Tie::Circle),
    (Role::FosterCarer, Tie::Circle),
    (Role::DesignatedTeacher, Tie::Circle),
    (Role::YoungPerson, Tie::Nobody),
];

/// Answers every question of one page, and goes on to the next.
async fn turn(child: &mut Browser, path: &str, fields: &[(String, &str)]) -> Answer {
    let seen = child.get(path).await.field("draft-version");
    let mut all: Vec<(&str, &str)> = vec![("draft-version", &seen)];
    all.extend(fields.iter().map(|(name, value)| (name.as_str(), *value)));
    child.post(path, &all).await
}

fn items(from: usize, value: &str) -> Vec<(String, &str)> {
    (from..from + 5).map(|item| (format!("items-{item}"), value)).collect()
}

/// From the first page to the last, always the last box.
async fn answer_all(child: &mut Browser) {
    let mut path = child.post("/me/questions", &[]).await.location().to_owned();
    for (at, first) in [1, 6, 11, 16, 21].into_iter().enumerate() {
        assert_eq!(path, format!("/me/questions/{}", at + 1));
        path = turn(child, &path, &items(first, "2")).await.location().to_owned();
    }
    path = turn(child, &path, &[("item_26".to_owned(), "3")]).await.location().to_owned();
    assert_eq!(path, "/me/questions/7", "whoever says that things are hard is asked how much");
    let hard = ["28", "29a", "29b", "29c", "29d"].map(|item| (format!("impact_items-{item}"), "3"));
    assert_eq!(turn(child, &path, &hard).await.location(), "/me/questions/check");
}

async fn send(child: &mut Browser) -> Answer {
    let seen = child.get("/me/questions/check").await.field("seen-version");
    child.post("/me/questions/check", &[("seen-version", &seen)]).await
}

async fn actor(council: &Council, role: Role) -> Actor {
    let browser = council.sign_in(role, Tie::Circle).await;
    council.casework.actor(&browser.cookies["kinfold_session"]).await.unwrap()
}

/// The questionnaires in the record, oldest first, and the sections of their documents.
async fn recorded(council: &Council) -> (Vec<Event>, Vec<Value>) {
    let mut unit = council.store.read().await.unwrap();
    let entries = unit.entries(OPEN.0).await.unwrap();
    let events = entries.iter().map(|row| row.entry().unwrap().event);
    let documents = unit.form_documents(OPEN.0).await.unwrap();
    let mut documents: Vec<_> = documents.into_iter().map(|d| (d.submitted_at, d.body)).collect();
    documents.sort();
    let bodies = documents.iter().map(|(_, body)| serde_json::from_str::<Value>(body).unwrap());
    (
        events.filter(|e| matches!(e, Event::Sdq { .. } | Event::SdqAnswers { .. })).collect(),
        bodies.map(|body| body["sections"].clone()).collect(),
    )
}

/// The same answers from paper, by a nurse.
async fn from_paper(council: &Council) {
    let nurse = actor(council, Role::DesignatedNurse).await;
    let casework = &council.casework;
    let form = casework.start_form(&nurse, OPEN, "health.sdq", None, "paper").await.unwrap();
    let all = |names: &[&str], n: i32| Given::Items(names.iter().map(|name| ((*name).into(), n)).collect());
    let numbers: Vec<String> = (1..=25).map(|n| n.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let day = casework.today();
    for (section, given) in [
        (
            "who",
            vec![
                ("filled_in", Given::YesNo(true)),
                ("informant", Given::Choice("self".into())),
                ("form_self", Given::Choice("s11_17".into())),
                ("filled_on", Given::Date(day)),
            ],
        ),
        (
            "answers",
            vec![
                ("items", all(&numbers, 2)),
                ("item_26", Given::Scale(3)),
                ("impact_items", all(&["28", "29a", "29b", "29c", "29d"], 3)),
            ],
        ),
    ] {
        let answers = given.into_iter().map(|(id, answer)| (Key::of(id), Some(answer))).collect();
        let changes = Changes { answers, times: None };
        let empty = kinfold_forms::Answers::default();
        let seen = mark(&empty, changes.answers.iter().map(|(key, _)| key));
        casework.save_form(&nurse, OPEN, form, section, &seen, &changes).await.unwrap();
    }
    let version = casework.form_desk(&nurse, OPEN, form).await.unwrap().version;
    casework.submit_form(&nurse, OPEN, form, version, "paper-sent").await.unwrap();
}

async fn open_form(council: &Council) -> Option<Uuid> {
    let rows = council.store.read().await.unwrap().forms_of(OPEN.0).await.unwrap();
    let open: Vec<_> = rows.iter().filter(|r| r.state == kinfold_store::FormStanding::Open).collect();
    assert!(open.len() < 2, "there is one at most");
    open.first().map(|row| row.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_young_person_answers_is_theirs_until_it_is_sent_and_then_as_anybodys() {
    let council = council(&PEOPLE).await;
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    assert!(child.get("/me").await.body.contains("We have some questions for you"), "once a year it is due");
    answer_all(&mut child).await;
    let form = open_form(&council).await.unwrap();
    let (page, list) = (format!("/children/{OPEN}/forms/{form}"), format!("/children/{OPEN}/forms"));
    for (role, tie) in PEOPLE.into_iter().skip(1) {
        let mut other = council.sign_in(role, tie).await;
        assert!(!other.get(&list).await.body.contains(&form.to_string()), "{role}");
        for path in [&page, &format!("{page}/check"), &format!("{page}/sections/answers/items")] {
            assert_eq!(other.get(path).await.status, StatusCode::NOT_FOUND, "{role} {path}");
        }
        let wrote = other.post(&format!("{page}/sections/answers/items"), &[("items-1", "0")]).await;
        assert_eq!(wrote.status, StatusCode::NOT_FOUND, "{role}");
        assert_eq!(other.post(&format!("{page}/discard"), &[]).await.status, StatusCode::NOT_FOUND, "{role}");
    }
    let check = child.get("/me/questions/check").await;
    assert_eq!(check.body.matches("Third box").count(), 25, "read back before it is sent");
    assert!(check.body.contains("Your nurse, your health doctor and your social worker read each answer"));
    assert_eq!(send(&mut child).await.location(), "/me/questions");
    let again = child.post("/me/questions/check", &[("seen-version", "1")]).await;
    assert_eq!(again.location(), "/me/questions", "sent twice, it is sent once");
    let (events, documents) = recorded(&council).await;
    assert!(
        matches!(&events[0], Event::Sdq { informant, total: Some(30), .. } if informant == "self"),
        "{events:?}"
    );
    assert_eq!((events.len(), documents.len()), (2, 1));
    let sent = child.get("/me/questions").await;
    // Fifteen working days from Monday 23 November.
    assert!(sent.body.contains("will talk with you by Mon 14 December 2026"), "{}", sent.body);
    assert!(!child.get("/me").await.body.contains("We have some questions for you"));

    council.later(SignedDuration::from_mins(2));
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let health = worker.get(&format!("/children/{OPEN}/health")).await;
    assert!(health.body.contains("Wellbeing: high or rising score"), "a duty with an owner");
    // Who may read the answers one by one reads them; to everybody else they are as good as not there.
    for (role, reads) in [
        (Role::DesignatedNurse, true),
        (Role::SocialWorker, true),
        (Role::ReviewingOfficer, false),
        (Role::FosterCarer, false),
        (Role::DesignatedTeacher, false),
    ] {
        council.later(SignedDuration::from_mins(2));
        let mut other = council.sign_in(role, Tie::Circle).await;
        let page = other.get(&format!("/children/{OPEN}/health")).await;
        assert_eq!(page.body.contains("Answers one by one"), reads, "{role}");
        assert_eq!(page.body.contains(">30, "), role != Role::DesignatedTeacher, "{role} and the number");
    }
    // A correction begins with every answer: it is for those who may read them, and as good as not there for others.
    council.later(SignedDuration::from_mins(2));
    let document = council.store.read().await.unwrap().form_documents(OPEN.0).await.unwrap()[0].id;
    let page = format!("/children/{OPEN}/documents/{document}");
    let mut carer = council.sign_in(Role::FosterCarer, Tie::Circle).await;
    let mut nurse = council.sign_in(Role::DesignatedNurse, Tie::Circle).await;
    assert!(!carer.get(&page).await.body.contains("Correct this document"));
    assert!(nurse.get(&page).await.body.contains("Correct this document"));
    assert_eq!(carer.post(&format!("{page}/correct"), &[]).await.status, StatusCode::NOT_FOUND);
    let correction = nurse.post(&format!("{page}/correct"), &[]).await.location().to_owned();
    assert!(!carer.get(&list).await.body.contains(&correction), "{correction}");
    for path in [correction.clone(), format!("{correction}/sections/answers")] {
        assert_eq!(carer.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(nurse.get(&path).await.status, StatusCode::OK);
    }
    nurse.post(&format!("{correction}/discard"), &[]).await;
    council.later(SignedDuration::from_mins(2));
    from_paper(&council).await;
    let (events, documents) = recorded(&council).await;
    assert_eq!(events[..2], events[2..], "the same entries as from paper");
    let without = |document: &Value| {
        let mut sections = document.clone();
        for section in sections.as_array_mut().unwrap() {
            section.as_object_mut().unwrap().remove("filled");
        }
        sections
    };
    assert_eq!(without(&documents[0]), without(&documents[1]), "and the same document");
}

#[tokio::test(flavor = "multi_thread")]
async fn half_of_it_two_telephones_and_a_session_that_ends_lose_nothing() {
    let council = council(&PEOPLE).await;
    let mut one = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    let mut other = one.clone();
    assert_eq!(one.get("/me/questions/check").await.location(), "/me/questions", "nothing is open yet");
    for telephone in [&mut one, &mut other] {
        assert_eq!(telephone.post("/me/questions", &[]).await.location(), "/me/questions/1");
    }
    assert!(open_form(&council).await.is_some());
    let empty = send(&mut one).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("Answer one question or more"), "{}", empty.body);

    // Two pages at once: both stand. The same question twice: told, and what was picked is still there.
    let before = other.get("/me/questions/1").await.field("draft-version");
    let second = other.get("/me/questions/2").await.field("draft-version");
    assert_eq!(turn(&mut one, "/me/questions/1", &items(1, "1")).await.location(), "/me/questions/2");
    let kept = other.post("/me/questions/2", &[("draft-version", &second), ("items-6", "2")]).await;
    assert_eq!(kept.location(), "/me/questions/3", "{}", kept.body);
    let told = other.post("/me/questions/1", &[("draft-version", &before), ("items-1", "0")]).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.body.contains("What you picked here is not kept yet"), "{}", told.body);
    let now = told.field("draft-version");
    let again = other.post("/me/questions/1", &[("draft-version", &now), ("items-1", "0")]).await;
    assert_eq!(again.location(), "/me/questions/2");
    let forged = other.post("/me/questions/3", &[("draft-version", "x"), ("items-11", "9")]).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY, "no such box");
    // Changed since it was read back: looked at again before it goes.
    let seen = one.get("/me/questions/check").await.field("seen-version");
    turn(&mut other, "/me/questions/3", &items(11, "0")).await;
    let stale = one.post("/me/questions/check", &[("seen-version", &seen)]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("Your answers have changed since you looked"), "{}", stale.body);

    // The session ends while a page is filled in.
    let fourth = one.get("/me/questions/4").await.field("draft-version");
    council.later(SignedDuration::from_hours(20));
    let out = one.post("/me/questions/4", &[("draft-version", &fourth), ("items-16", "1")]).await;
    assert!(out.location().starts_with("/sign-in"), "{}", out.location());
    let mut later = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    let page = later.get("/me/questions/4").await;
    assert!(page.body.contains("You were signed out"), "{}", page.body);
    let checked = page.body.split("name=\"items-16\"").find(|part| part.contains(" checked")).unwrap();
    assert!(checked.contains("value=\"1\""), "{checked}");
    let mark = page.field("draft-version");
    later.post("/me/questions/4", &[("draft-version", &mark), ("items-16", "1"), ("later", "yes")]).await;
    let check = later.get("/me/questions/check").await;
    // Six that were never answered, one page of five of which one was, and one of each of two others.
    assert_eq!(check.body.matches("You left this out").count(), 4 + 4 + 4 + 5 + 1, "{}", check.body);
    assert_eq!(send(&mut later).await.location(), "/me/questions");
    let (events, _) = recorded(&council).await;
    let Event::SdqAnswers { answers, .. } = &events[1] else { panic!("{events:?}") };
    assert_eq!(
        serde_json::to_value(answers).unwrap(),
        serde_json::json!("0----2----000001---------"),
        "what was picked, and no more"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_asks_and_the_young_person_may_say_no() {
    let council = council(&PEOPLE).await;
    let ask = format!("/children/{OPEN}/health/ask-questionnaire");
    for role in [Role::FosterCarer, Role::DesignatedTeacher, Role::YoungPerson] {
        let mut other = council.sign_in(role, Tie::Circle).await;
        assert_eq!(other.post(&ask, &[]).await.status, StatusCode::NOT_FOUND, "{role}");
    }
    council.later(SignedDuration::from_mins(2));
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    child.post("/me/questions/no", &[]).await;
    let (events, documents) = recorded(&council).await;
    assert!(
        matches!(&events[..], [Event::Sdq { informant, total: None, reason: Some(why) }] if informant == "self" && why == "SDQ5"),
        "{events:?}"
    );
    assert_eq!(documents.len(), 1);
    let said = child.get("/me/questions").await;
    assert!(said.body.contains("That is fine.") && !said.body.contains(">Start<"), "{}", said.body);
    assert_eq!(child.post("/me/questions", &[]).await.location(), "/me/questions");
    assert_eq!(open_form(&council).await, None, "not asked again by itself");
    // They changed their mind and said so: a nurse asks.
    let mut nurse = council.sign_in(Role::DesignatedNurse, Tie::Circle).await;
    let health = format!("/children/{OPEN}/health");
    assert!(nurse.get(&health).await.body.contains("Ask the young person in their own space"));
    for _ in 0..2 {
        assert_eq!(nurse.post(&ask, &[]).await.location(), health);
    }
    let asked = nurse.get(&health).await;
    assert!(asked.body.contains("to answer one by Mon 14 December 2026"), "{}", asked.body);
    assert!(child.get("/notices").await.body.contains("some questions for you"));
    let page = child.get("/me/questions").await;
    assert!(page.body.contains("Please send it by") && page.body.contains("Mon 14 December 2026"));
    answer_all(&mut child).await;
    send(&mut child).await;
    assert_eq!(recorded(&council).await.0.len(), 3);
    assert!(!nurse.get(&health).await.body.contains("to answer one by"));
}

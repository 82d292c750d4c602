//! Opening a record in an emergency: whom it opens for, how it ends, who reviews it.

use axum::http::StatusCode;
use jiff::SignedDuration;
use kinfold_access::Role;
use kinfold_store::Page;

use crate::support::{Answer, Browser, HIDDEN, HIDDEN_NAME, OPEN, OPEN_NAME, PASSWORD, Tie};
use crate::{council, page_of};

const REASON: &str = "The police have found a girl at the station and ask who to ring.";

async fn open_glass(browser: &mut Browser, reference: &str, password: &str) -> Answer {
    browser
        .post("/break-glass", &[("reference", reference), ("reason", REASON), ("password", password)])
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_opens_one_record_for_four_hours_and_is_reviewed() {
    let council = council(&[
        (Role::SocialWorker, Tie::Nobody),
        (Role::SafeguardingLead, Tie::Nobody),
        (Role::SafeguardingLead, Tie::Former),
    ])
    .await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Nobody).await;
    let child = page_of(OPEN);
    assert_eq!(worker.get(&child).await.status, StatusCode::NOT_FOUND);
    let short = worker
        .post("/break-glass", &[("reference", "K90001"), ("reason", "urgent"), ("password", PASSWORD)])
        .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY, "a word is no reason");
    let wrong = open_glass(&mut worker, "K90001", "not the password").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains(REASON), "the reason is kept");
    assert_eq!(worker.get(&child).await.status, StatusCode::NOT_FOUND);

    let opened = open_glass(&mut worker, "k90001", PASSWORD).await;
    assert_eq!(opened.location(), child);
    let page = worker.get(&child).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("You opened this record in an emergency.")
            && page.body.contains("1:30pm")
            && page.body.contains(REASON),
        "{}",
        page.body
    );
    assert!(worker.get("/").await.status.is_success());

    // Every safeguarding lead is told, in the product and by mail, and no word of it names the child.
    for lead in &council.people[1..] {
        let notices =
            council.store.read().await.unwrap().notices_of(lead.id.0, true, Page::first(10)).await.unwrap();
        assert_eq!(notices.total, 1, "{}", lead.name);
        let said = format!("{:?}", notices.rows);
        assert!(!said.contains(OPEN_NAME.1) && said.contains("/audit/break-glass"));
    }
    let work = council
        .store
        .write()
        .await
        .unwrap()
        .claim(council.casework.now(), council.casework.now(), 10)
        .await
        .unwrap();
    for lead in &council.people[1..] {
        let mails = work.iter().filter(|w| w.kind == "mail" && w.payload.contains(&lead.id.to_string()));
        assert_eq!(mails.count(), 1, "one message for {}", lead.name);
    }
    assert!(work.iter().all(|w| !w.payload.contains(OPEN_NAME.1) && !w.payload.contains(REASON)));

    // It ends by itself, for everything.
    council.later(SignedDuration::from_hours(4));
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Nobody).await;
    assert_eq!(worker.get(&child).await.status, StatusCode::NOT_FOUND);

    let mut lead = council.sign_in(Role::SafeguardingLead, Tie::Nobody).await;
    let list = lead.get("/audit/break-glass").await;
    assert!(list.body.contains(REASON) && list.body.contains("K90001") && !list.body.contains(OPEN_NAME.1));
    let id = list.field("opening");
    let address = format!("/audit/break-glass/{id}");
    assert_eq!(lead.post(&address, &[("words", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = "The duty team confirmed the call from the police.";
    let review = [("outcome", "justified"), ("words", words)];
    assert_eq!(lead.post(&address, &review).await.status, StatusCode::SEE_OTHER);
    let done = lead.get("/audit/break-glass").await.body;
    assert!(done.contains(words) && done.contains("Nothing waits for review"));
    assert_eq!(lead.post(&address, &review).await.status, StatusCode::CONFLICT, "a review is kept once");
    let told = council
        .store
        .read()
        .await
        .unwrap()
        .notices_of(council.people[0].id.0, true, Page::first(10))
        .await
        .unwrap();
    assert_eq!(told.total, 1, "the person hears what came of it");
    // The log shows the opening and the review of it.
    let log = lead.get(&format!("{child}/access")).await.body;
    assert!(log.contains("Opened the record in an emergency") && log.contains("Reviewed emergency openings"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_can_be_closed_and_nobody_reviews_their_own() {
    let council = council(&[(Role::SafeguardingLead, Tie::Nobody)]).await;
    let mut lead = council.sign_in(Role::SafeguardingLead, Tie::Nobody).await;
    assert_eq!(open_glass(&mut lead, "K90002", PASSWORD).await.location(), page_of(HIDDEN));
    assert!(lead.get(&page_of(HIDDEN)).await.body.contains(HIDDEN_NAME.1));
    let id = {
        let list = lead.get("/audit/break-glass").await;
        assert!(list.body.contains("You opened this yourself"));
        assert_eq!(list.field("opening"), "", "no form for one's own");
        council.store.read().await.unwrap().break_glasses(true, Page::first(1)).await.unwrap().rows[0].id
    };
    let own = lead
        .post(
            &format!("/audit/break-glass/{id}"),
            &[("outcome", "justified"), ("words", "I say it was quite all right.")],
        )
        .await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    assert_eq!(lead.post(&format!("{}/emergency", page_of(HIDDEN)), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(lead.get(&page_of(HIDDEN)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_exists_and_one_that_does_not_answer_alike() {
    let council = council(&[(Role::SocialWorker, Tie::Nobody), (Role::Councillor, Tie::Nobody)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Nobody).await;
    worker.confirm().await;
    // A restricted record is not a social worker's to open, and must not show that it is there.
    let hidden = open_glass(&mut worker, "K90002", "").await;
    let absent = open_glass(&mut worker, "K90009", "").await;
    assert_eq!(hidden.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hidden.body.replace("K90002", "K90009"), absent.body);
    assert_eq!(worker.get(&page_of(HIDDEN)).await.status, StatusCode::NOT_FOUND);
    for number in 0..3 {
        open_glass(&mut worker, &format!("K8000{number}"), "").await;
    }
    let stopped = open_glass(&mut worker, "K90001", "").await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS, "numbers cannot be tried one after the other");
    // Somebody without the right finds no such page at all.
    let mut councillor = council.sign_in(Role::Councillor, Tie::Nobody).await;
    let nothing = councillor.get("/nothing/here").await.body;
    for reference in ["K90001", "K90002", "K90009"] {
        let answer = open_glass(&mut councillor, reference, PASSWORD).await;
        assert_eq!((answer.status, answer.body), (StatusCode::NOT_FOUND, nothing.clone()), "{reference}");
    }
    assert_eq!(
        council.store.read().await.unwrap().break_glasses(false, Page::first(1)).await.unwrap().total,
        0
    );
}

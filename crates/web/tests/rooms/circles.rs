//! Circles by reference, through the real router: what an administrator sees of a child, and what they never see.

use crate::support::people::everybody;
use crate::support::{
    Answer, Browser, Council, HIDDEN_NAME, HIDDEN_REFERENCE, OPEN, OPEN_NAME, OPEN_REFERENCE, Tie,
};
use axum::http::StatusCode;
use kinfold_access::Role;
use kinfold_store::testing;

/// A reference that nobody has.
const NO_REFERENCE: &str = "K90009";

async fn council() -> (Council, Browser) {
    let people = everybody().into_iter().filter(|p| matches!(p.tie, Tie::Circle | Tie::Nobody | Tie::Family));
    let council = Council::open(testing::sqlite().await, people.collect(), 2).await;
    let browser = council.sign_in(Role::Administrator, Tie::Nobody).await;
    (council, browser)
}

/// An answer without the reference asked for and the session's token.
fn plain(answer: &Answer, browser: &Browser, reference: &str) -> String {
    answer.body.replace(reference, "REFERENCE").replace(&browser.csrf, "TOKEN")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_child_answers_as_one_that_is_not_there() {
    let (_council, mut admin) = council().await;
    let closed = admin.post("/admin/circles", &[("reference", HIDDEN_REFERENCE)]).await;
    let absent = admin.post("/admin/circles", &[("reference", NO_REFERENCE)]).await;
    for answer in [&closed, &absent] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("We have no child with this reference, or it may not be opened here"));
    }
    assert_eq!(plain(&closed, &admin, HIDDEN_REFERENCE), plain(&absent, &admin, NO_REFERENCE));
    for page in ["", "/add", "/key-worker"] {
        let closed = admin.get(&format!("/admin/circles/{HIDDEN_REFERENCE}{page}")).await;
        let absent = admin.get(&format!("/admin/circles/{NO_REFERENCE}{page}")).await;
        assert_eq!((closed.status, absent.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        assert_eq!(plain(&closed, &admin, HIDDEN_REFERENCE), plain(&absent, &admin, NO_REFERENCE));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_hold_colleagues_and_nothing_else_of_the_child() {
    let (council, mut admin) = council().await;
    let found = admin.post("/admin/circles", &[("reference", " k90001 ")]).await;
    assert_eq!(found.location(), format!("/admin/circles/{OPEN_REFERENCE}"));
    let circle = admin.get(found.location()).await;
    assert_eq!(circle.status, StatusCode::OK);
    for colleague in [Role::SocialWorker, Role::ReviewingOfficer, Role::DesignatedNurse] {
        assert!(circle.body.contains(&council.person(colleague, Tie::Circle).name), "{colleague:?}");
    }
    let mut pages = vec![circle];
    for page in ["add", "key-worker"] {
        pages.push(admin.get(&format!("/admin/circles/{OPEN_REFERENCE}/{page}")).await);
    }
    let id = OPEN.to_string();
    let born = ["2015", "9 March", "9 Mar"];
    let child = [OPEN_NAME.0, OPEN_NAME.1, HIDDEN_NAME.0, "Marl Way", "heron", "V2", id.as_str()];
    // A relative, the carer and the young person have accounts here, and none of them is a colleague.
    let others = [
        council.person(Role::SocialWorker, Tie::Family).name.as_str(),
        council.person(Role::FosterCarer, Tie::Circle).name.as_str(),
        council.person(Role::YoungPerson, Tie::Circle).name.as_str(),
    ];
    for page in &pages {
        for words in child.iter().chain(&born).chain(&others) {
            assert!(!page.body.contains(words), "{words} in {}", page.title());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_who_sends_their_own_name_is_told_why_not() {
    let (council, mut admin) = council().await;
    let own = council.person(Role::Administrator, Tie::Nobody).id.to_string();
    let before = council.entries(OPEN).await;
    for (page, role) in [("add", "reviewing_officer"), ("key-worker", "social_worker")] {
        let address = format!("/admin/circles/{OPEN_REFERENCE}/{page}");
        let form = admin.get(&address).await;
        let (key, seen) = (form.field("key"), form.field("seen-version"));
        let sent = [
            ("key", key.as_str()),
            ("seen-version", seen.as_str()),
            ("person", own.as_str()),
            ("role", role),
            ("on-day", "23"),
            ("on-month", "11"),
            ("on-year", "2026"),
            ("step", "record"),
        ];
        let refused = admin.post(&address, &sent).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("You cannot place yourself in a circle"), "{}", refused.body);
    }
    assert_eq!(council.entries(OPEN).await, before);
}

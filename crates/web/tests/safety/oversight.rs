//! The log and what leaves the program: exports ask for the password and stand in the log; the matrix is what the policies decide.

use axum::http::StatusCode;
use jiff::SignedDuration;
use kinfold_access::{Code as _, Role};

use crate::support::{OPEN, OPEN_NAME, Tie};
use crate::{council, page_of};

#[tokio::test(flavor = "multi_thread")]
async fn exports_ask_for_the_password_and_stand_in_the_log() {
    let council =
        council(&[(Role::SocialWorker, Tie::Circle), (Role::DataProtectionOfficer, Tie::Nobody)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    worker.get(&page_of(OPEN)).await;
    let address = format!("{}/access/export", page_of(OPEN));
    let asked = worker.get(&address).await;
    assert!(asked.location().starts_with("/confirm-password?then=%2Fchildren%2F"), "{}", asked.location());
    worker.confirm().await;
    let file = worker.get(&address).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
    assert!(file.body.contains("Opened the child’s page") && !file.body.contains(OPEN_NAME.1));
    let page = worker.get(&format!("{}/access", page_of(OPEN))).await.body;
    assert!(page.contains("Exported who looked") && page.contains(">Export<"));
    council.later(SignedDuration::from_mins(11));
    assert!(
        worker.get(&address).await.location().starts_with("/confirm-password"),
        "the password is good for ten minutes"
    );
    // The data protection officer sees who looked, and not whose record it is.
    let mut officer = council.sign_in(Role::DataProtectionOfficer, Tie::Nobody).await;
    let log = officer.get(&format!("{}/access", page_of(OPEN))).await;
    assert_eq!(log.status, StatusCode::OK);
    assert!(
        log.body.contains(&council.people[0].name)
            && log.body.contains("K90001")
            && !log.body.contains(OPEN_NAME.1)
    );
    assert_eq!(officer.get(&page_of(OPEN)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_can_be_narrowed_to_a_person_a_day_and_refusals() {
    let council = council(&[
        (Role::SocialWorker, Tie::Circle),
        (Role::SocialWorker, Tie::Nobody),
        (Role::SafeguardingLead, Tie::Nobody),
    ])
    .await;
    council.sign_in(Role::SocialWorker, Tie::Circle).await.get(&page_of(OPEN)).await;
    council.sign_in(Role::SocialWorker, Tie::Nobody).await.get(&page_of(OPEN)).await;
    let mut lead = council.sign_in(Role::SafeguardingLead, Tie::Nobody).await;
    let base = format!("{}/access", page_of(OPEN));
    let refused = lead.get(&format!("{base}?refused=yes")).await.body;
    assert!(refused.contains("Tried: opened the child’s page") && refused.contains("1 line,"), "{refused}");
    let one = lead.get(&format!("{base}?person={}", council.people[0].id)).await.body;
    assert!(one.contains("1 line,"));
    let other_day = lead.get(&format!("{base}?day-day=1&day-month=1&day-year=2026")).await.body;
    assert!(other_day.contains("Nothing to show"));
    let audit = lead.get(&format!("/audit?person={}&kind=sign_in", council.people[1].id)).await.body;
    assert!(audit.contains("2 lines,") && audit.contains("Signed in (code)"), "{audit}");
    assert!(audit.contains("kinfold verify"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_matrix_is_what_the_policies_decide() {
    let council = council(&[(Role::DataProtectionOfficer, Tie::Nobody)]).await;
    let mut officer = council.sign_in(Role::DataProtectionOfficer, Tie::Nobody).await;
    let page = officer.get("/matrix?role=social_worker").await.body;
    for role in Role::ALL {
        assert!(page.contains(&format!("value=\"{}\"", role.as_str())), "{} cannot be chosen", role.title());
    }
    assert!(page.contains("id=\"social_worker\"") && page.contains("In the circle: social worker"));
    assert!(officer.get("/matrix/export").await.location().starts_with("/confirm-password"));
    officer.confirm().await;
    let file = officer.get("/matrix/export?role=social_worker").await.body;
    assert!(
        file.contains("Social worker,Children,In the circle: social worker,Read health detail,"),
        "{file}"
    );
    let file = officer.get("/matrix/export?role=administrator").await.body;
    assert!(
        file.contains("Administrator,The authority") && !file.contains("Administrator,Children"),
        "an administrator reads no child"
    );
}

//! Neither passwords nor codes can be tried one after the other.

use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use kinfold_access::Role;

use crate::council;
use crate::support::browser::encode;
use crate::support::{PASSWORD, Tie};

#[tokio::test(flavor = "multi_thread")]
async fn passwords_cannot_be_guessed() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let email = council.people[0].email.clone();
    let mut browser = council.stranger();
    let mut with = async |email: &str, password: &str| {
        browser.ask(Method::POST, "/sign-in", Some(encode(&[("email", email), ("password", password)]))).await
    };
    let unknown = with("nobody@fernshire.example", "not the password").await;
    let wrong = with(&email, "not the password").await;
    assert_eq!(
        wrong.body.replace(&email, "nobody@fernshire.example"),
        unknown.body,
        "an account that exists answers alike"
    );
    assert!(!wrong.body.contains("not the password"), "a password is sent back");
    for _ in 0..4 {
        with(&email, "not the password").await;
    }
    let blocked = with(&email, PASSWORD).await;
    assert_eq!(blocked.status, StatusCode::TOO_MANY_REQUESTS, "the right password after five wrong ones");
    council.later(SignedDuration::from_mins(16));
    assert_eq!(with(&email, PASSWORD).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_good_once_and_cannot_be_guessed() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let email = council.people[0].email.clone();
    let mut first = council.stranger();
    first.ask(Method::POST, "/sign-in", Some(encode(&[("email", &email), ("password", PASSWORD)]))).await;
    let code = first.code().await;
    assert_eq!(
        first.ask(Method::POST, "/sign-in/code", Some(encode(&[("code", &code)]))).await.location(),
        "/"
    );
    council.later(SignedDuration::from_secs(1));
    let mut second = council.stranger();
    second.ask(Method::POST, "/sign-in", Some(encode(&[("email", &email), ("password", PASSWORD)]))).await;
    for _ in 0..5 {
        let again = second.ask(Method::POST, "/sign-in/code", Some(encode(&[("code", &code)]))).await;
        assert_eq!(again.status, StatusCode::OK, "an overheard code opens nothing");
        assert!(!second.cookies.contains_key("kinfold_session"));
    }
    council.later(SignedDuration::from_mins(1));
    let fresh = second.code().await;
    let blocked = second.ask(Method::POST, "/sign-in/code", Some(encode(&[("code", &fresh)]))).await;
    assert_eq!(blocked.status, StatusCode::TOO_MANY_REQUESTS);
}

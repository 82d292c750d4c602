//! A recording of 200 MB, sent in small pieces as a telephone sends it: it is refused in words that say how large it was and
//! how large it may be, it is never held in memory, and what was typed before is still there. A program of its own, because it
//! looks at the memory of the whole program.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod support;

use std::convert::Infallible;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use kinfold_access::Role;
use kinfold_store::testing;
use support::people::someone;
use support::{Browser, Council, OPEN, Tie};
use tower::ServiceExt as _;

/// How large the recording is, in bytes.
const RECORDING: usize = 200 * 1024 * 1024;
const PIECE: usize = 64 * 1024;

/// The most memory this program ever held, in bytes.
fn most_held() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1024
}

/// Sends a file of so many bytes piece by piece, none of which is made before it is asked for.
async fn send(council: &Council, browser: &Browser, path: &str, size: usize) -> (StatusCode, String) {
    let before = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--edge\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"song.wav\"\r\nContent-Type: audio/wav\r\n\r\n",
        browser.csrf
    );
    let piece = Bytes::from(vec![b'x'; PIECE]);
    let middle = std::iter::repeat_n(piece, size / PIECE);
    let pieces = std::iter::once(Bytes::from(before)).chain(middle).chain([Bytes::from("\r\n--edge--\r\n")]);
    let cookies: Vec<String> = browser.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::HOST, "127.0.0.1:8080")
        .header(header::COOKIE, cookies.join("; "))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from_stream(futures::stream::iter(pieces.map(Ok::<_, Infallible>))))
        .unwrap();
    let response = council.router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_of_200_mb_is_refused_in_words_and_never_held() {
    let people = vec![someone(Role::YoungPerson, Tie::Circle), someone(Role::SocialWorker, Tie::Circle)];
    let council = Council::open(testing::sqlite().await, people, 1).await;
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    child.post("/me/say/words", &[("topic", "good_news"), ("text", "I made a song.")]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let started = worker
        .post(&format!("/children/{OPEN}/forms"), &[("form", "health.assessment_request"), ("key", "start")])
        .await;
    let form = started.location().to_owned();
    let address = format!("{form}/sections/background/homes");
    let seen = worker.get(&address).await.field("draft-version");
    worker.post(&address, &[("homes", "With an aunt."), ("draft-version", &seen)]).await;

    let held = most_held();
    let (status, body) = send(&council, &child, "/me/say/add", RECORDING).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    assert!(body.contains("It is 200 MB. The most we can take is 25 MB."), "{body}");
    assert!(body.contains("Your words are safe"), "{body}");
    assert!(
        child.get("/me/say/words?topic=good_news").await.body.contains("I made a song."),
        "what was typed is there"
    );

    let (status, body) =
        send(&council, &worker, &format!("{form}/files/health_known/papers"), RECORDING).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    assert!(body.contains("The file is 200 MB. The largest that is taken is 10 MB"), "{body}");
    assert!(worker.get(&address).await.body.contains("With an aunt."), "what was saved is there");
    let grown = most_held() - held;
    assert!(grown < 120 * 1024 * 1024, "{} MB more than before", grown / 1024 / 1024);
    // One that is as large as is taken goes on to be looked at: it is no sound, and says so.
    let (_, body) = send(&council, &child, "/me/say/add", 24 * 1024 * 1024).await;
    assert!(body.contains("We can’t open this kind of file"), "{body}");
}

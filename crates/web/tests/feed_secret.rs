//! The secret of a calendar feed stands in its address, so no address may reach a log: neither what the program says
//! about itself, however much it is asked to say, nor the log of who did what.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod support;

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::http::{Method, StatusCode};
use kinfold_access::Role;
use kinfold_store::{AuditFilter, Page, testing};
use support::people::someone;
use support::{Answer, Council, Tie};

/// What was logged, as text.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Said {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_log_holds_the_secret_of_a_feed() {
    let said = Said::default();
    let writer = said.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    let worker = someone(Role::SocialWorker, Tie::Circle);
    let council = Council::open(testing::sqlite().await, vec![worker.clone()], 1).await;
    let mut browser = council.as_person(&worker).await;
    let account = browser.get("/account").await;
    assert!(account.body.contains("href=\"/account/calendar\""), "the account leads to the calendar");
    assert_eq!(browser.get("/account/calendar").await.status, StatusCode::OK);
    let made: Answer = browser.post("/account/calendar", &[]).await;
    let (_, rest) = made.body.split_once("/feeds/").expect("a link is shown");
    let token = rest.split(".ics").next().unwrap().to_owned();
    assert!(token.len() >= 20, "{token}");

    let feed = format!("/feeds/{token}.ics");
    let mut calendar = council.stranger();
    assert_eq!(calendar.get(&feed).await.status, StatusCode::OK);
    // Everything that may go wrong with such an address is asked too.
    assert_eq!(calendar.get(&format!("/feeds/{token}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(calendar.get(&format!("{feed}/more")).await.status, StatusCode::NOT_FOUND);
    calendar.get(&format!("{feed}?then={token}")).await;
    calendar.ask(Method::HEAD, &feed, None).await;
    calendar.ask(Method::POST, &feed, Some(String::new())).await;
    assert_eq!(browser.get(&feed).await.status, StatusCode::OK);
    let stopped = browser.post("/account/calendar/stop", &[]).await;
    assert_eq!(stopped.location(), "/account/calendar");
    assert_eq!(calendar.get(&feed).await.status, StatusCode::NOT_FOUND);

    tracing::trace!("the last of it");
    let text = said.text();
    assert!(text.contains("the last of it"), "what is logged is heard");
    assert!(!text.contains(&token), "{}", text.lines().find(|line| line.contains(&token)).unwrap_or(""));
    let mut unit = council.store.read().await.unwrap();
    let lines = unit.audit(&AuditFilter::default(), Page::first(500)).await.unwrap();
    assert!(lines.rows.iter().all(|row| !format!("{:?}", row.line).contains(&token)));
}

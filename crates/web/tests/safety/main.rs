//! What must hold however somebody tries: sessions, guessing, forged and hostile forms, emergencies, the log.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod emergencies;
mod form_rows;
mod forms;
mod guessing;
mod health_forms;
mod health_kept_apart;
mod oversight;
mod own_questions;
mod reviews;
mod sessions;
#[path = "../support/mod.rs"]
mod support;
mod veiled;

use axum::http::StatusCode;
use kinfold_access::Role;
use kinfold_store::testing;
use support::people::someone;
use support::{Browser, Council, Someone, Tie};

async fn council(people: &[(Role, Tie)]) -> Council {
    let people: Vec<Someone> = people.iter().map(|(role, tie)| someone(*role, *tie)).collect();
    Council::open(testing::sqlite().await, people, 0).await
}

fn page_of(child: kinfold_record::ChildId) -> String {
    format!("/children/{child}")
}

async fn signed_out(browser: &mut Browser) -> bool {
    let answer = browser.get("/").await;
    answer.status == StatusCode::SEE_OTHER && answer.location().starts_with("/sign-in")
}

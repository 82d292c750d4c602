//! An entry of which somebody is not shown every word, because it names a home that is kept private: they do not correct it,
//! because what they send would take the place of all of it. They are told so, keep what they typed, and learn nothing.

use axum::http::StatusCode;
use kinfold_access::Role;
use kinfold_store::testing::{self, TestDatabase};

use crate::page_of;
use crate::support::people::someone;
use crate::support::{Answer, Browser, Council, OPEN, Tie};

/// The street of the home that is kept private, as `Story::begin` tells it.
const STREET: &str = "Marl Way";

async fn record(who: &mut Browser, text: &str) {
    let path = format!("{}/record/note", page_of(OPEN));
    let form = who.get(&path).await;
    let (key, version) = (form.field("key"), form.field("seen-version"));
    let mut fields = vec![
        ("key", key.as_str()),
        ("seen-version", version.as_str()),
        ("happened-day", "20"),
        ("happened-month", "11"),
        ("happened-year", "2026"),
        ("text", text),
    ];
    let mut answer = who.post(&path, &fields).await;
    if answer.status == StatusCode::UNPROCESSABLE_ENTITY {
        // What is doubtful is said once; sent again it is recorded.
        let shown = answer.field("shown");
        fields.push(("shown", &shown));
        answer = who.post(&path, &fields).await;
    }
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// The address of the entry that holds some words, for correcting it.
fn entry_with(chronology: &Answer, words: &str) -> String {
    let before = chronology.body.split(words).next().unwrap();
    let links = chronology.body[before.len()..].split("/entries/").nth(1).unwrap();
    format!("{}/entries/{}", page_of(OPEN), &links[..36])
}

async fn kept_whole(database: TestDatabase) {
    let people =
        vec![someone(Role::SocialWorker, Tie::Circle), someone(Role::VirtualSchoolHead, Tie::Circle)];
    let council = Council::open(database, people, 0).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let mut adviser = council.sign_in(Role::VirtualSchoolHead, Tie::Circle).await;
    record(&mut worker, &format!("Homework club moved to 9 {STREET} for a week.")).await;
    let chronology = format!("{}/chronology", page_of(OPEN));
    let shown = adviser.get(&chronology).await;
    assert!(shown.body.contains("Homework club") && !shown.body.contains(STREET), "{}", shown.body);
    let entry = entry_with(&shown, "Homework club");
    let page = adviser.get(&entry).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("Part of this entry is kept from you"),
        "said before anything is typed: {}",
        page.body
    );
    let entries = council.entries(OPEN).await;
    let (key, seen) = (page.field("key"), page.field("seen-version"));
    let fields = [
        ("key", key.as_str()),
        ("seen-version", seen.as_str()),
        ("happened-day", "20"),
        ("happened-month", "11"),
        ("happened-year", "2026"),
        ("text", "Homework club was on a Tuesday."),
    ];
    let refused = adviser.post(&entry, &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    let words = "names a home that is kept private. Ask somebody who may know where the child lives";
    assert!(refused.body.contains(words), "{}", refused.body);
    assert!(
        refused.body.contains("Homework club was on a Tuesday."),
        "what was typed stays: {}",
        refused.body
    );
    assert_eq!(council.entries(OPEN).await, entries, "nothing is recorded");
    for answer in [&page, &refused, &adviser.get(&chronology).await] {
        assert!(!answer.body.contains(STREET), "{}", answer.body);
    }
    assert!(
        worker.get(&chronology).await.body.contains(&format!("9 {STREET} for a week.")),
        "nothing is lost"
    );
    // Whoever may know the home corrects it; what nobody hides from the adviser the adviser corrects.
    let open = entry_with(&worker.get(&chronology).await, "Homework club");
    let page = worker.get(&open).await;
    assert!(
        page.body.contains(&format!("9 {STREET}")) && !page.body.contains("kept from you"),
        "{}",
        page.body
    );
    record(&mut adviser, "Reading club is on Mondays.").await;
    let own = entry_with(&adviser.get(&chronology).await, "Reading club");
    let page = adviser.get(&own).await;
    assert!(!page.body.contains("kept from you"), "{}", page.body);
    let (key, seen) = (page.field("key"), page.field("seen-version"));
    let mut fields = fields;
    (fields[0].1, fields[1].1, fields[5].1) = (&key, &seen, "Reading club is on Fridays.");
    let corrected = adviser.post(&own, &fields).await;
    assert_eq!(corrected.status, StatusCode::SEE_OTHER, "{}", corrected.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_of_which_part_is_hidden_is_not_overwritten_on_sqlite() {
    kept_whole(testing::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_of_which_part_is_hidden_is_not_overwritten_on_postgresql() {
    kept_whole(testing::postgres().await).await;
}

//! What looks doubtful is shown before it is recorded: what was typed stays, going on is one choice away, and a form that
//! is sent twice is not asked about twice.

use crate::support::people::someone;
use crate::support::{Answer, Browser, Council, OPEN, Tie};
use axum::http::StatusCode;
use kinfold_access::Role;
use kinfold_store::testing;

async fn council() -> Council {
    let people = vec![someone(Role::SocialWorker, Tie::Circle)];
    Council::open(testing::sqlite().await, people, 0).await
}

/// Sends the form at `path` as it was opened: at home with parents from 20 November, with `more` beside it. The child is
/// accommodated by agreement, which nobody is who lives with their parents (rule 378).
async fn at_home(browser: &mut Browser, path: &str, opened: &Answer, more: &[(&str, &str)]) -> Answer {
    let (key, version) = (opened.field("key"), opened.field("seen-version"));
    let mut fields = vec![
        ("key", key.as_str()),
        ("seen-version", version.as_str()),
        ("happened-day", "20"),
        ("happened-month", "11"),
        ("happened-year", "2026"),
        ("placement_type", "P1"),
        ("provider", "PR0"),
        ("carer_name", "Maud Ketteridge"),
    ];
    fields.extend(more);
    browser.post(path, &fields).await
}

fn recording() -> String {
    format!("/children/{OPEN}/record/placement_started")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_keeps_what_was_typed_and_lets_it_be_recorded() {
    let council = council().await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let before = council.entries(OPEN).await;
    let opened = worker.get(&recording()).await;
    let warned = at_home(&mut worker, &recording(), &opened, &[]).await;
    assert_eq!(warned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(council.entries(OPEN).await, before, "nothing is recorded yet");
    for words in
        ["Look at this before you record it", "recorded as accommodated by agreement", "How to put it right"]
    {
        assert!(warned.body.contains(words), "{words}");
    }
    assert!(warned.body.contains("Maud Ketteridge") && warned.body.contains("Record it as it is"));
    assert!(!warned.body.contains("govuk-error-summary"), "it is no mistake");
    assert_eq!(warned.field("shown"), "378");
    let manual = worker.get("/return/rules/378").await;
    assert_eq!(manual.status, StatusCode::OK, "the manual is there for whoever is pointed to it");

    let shown = [("shown", "378")];
    let done = at_home(&mut worker, &recording(), &warned, &shown).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(council.entries(OPEN).await, before + 1);
    let next = worker.get(done.location()).await;
    assert!(next.body.contains("For the statutory return") && next.body.contains("(rule 378)"));
    // The same form once more, as after a double click: it is answered like the first time.
    let twice = at_home(&mut worker, &recording(), &warned, &[]).await;
    assert_eq!(twice.status, StatusCode::SEE_OTHER);
    assert_eq!(council.entries(OPEN).await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_shown_yet_is_shown_first() {
    let council = council().await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let before = council.entries(OPEN).await;
    let opened = worker.get(&recording()).await;
    let other = at_home(&mut worker, &recording(), &opened, &[("shown", "361")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "another warning is not this one");
    assert_eq!(council.entries(OPEN).await, before);
    // A draft holds the answers and not what was shown: tomorrow it is worth showing again.
    let draft = worker.get(&recording()).await;
    assert!(draft.body.contains("Maud Ketteridge") && !draft.body.contains("name=\"shown\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_asked_about_like_anything_else() {
    let council = council().await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let chronology = worker.get(&format!("/children/{OPEN}/chronology")).await;
    let links = chronology.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let entries: Vec<String> = links.filter(|link| link.contains("/entries/")).map(str::to_owned).collect();
    let mut path = None;
    for entry in entries {
        if worker.get(&entry).await.body.contains("Correct an entry: Moved to a home") {
            path = Some(entry);
            break;
        }
    }
    let path = path.expect("the home of the child can be corrected");
    let opened = worker.get(&path).await;
    let before = council.entries(OPEN).await;
    let warned = at_home(&mut worker, &path, &opened, &[]).await;
    assert_eq!(warned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(warned.body.contains("Look at this before you record it"));
    assert!(warned.body.contains("Maud Ketteridge") && warned.body.contains("“Record the correction”"));
    assert_eq!(council.entries(OPEN).await, before);
    let shown: Vec<String> = shown(&warned);
    let more: Vec<(&str, &str)> = shown.iter().map(|mark| ("shown", mark.as_str())).collect();
    let done = at_home(&mut worker, &path, &warned, &more).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(council.entries(OPEN).await, before + 1);
}

/// What the first form of a page says was shown.
fn shown(page: &Answer) -> Vec<String> {
    let form = page.body.split("Withdraw").next().unwrap_or_default();
    let fields = form.split("name=\"shown\" value=\"").skip(1);
    fields.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

//! Lists in a form as they really arrive: a button pressed twice, a row that somebody else has taken out, a page sent after
//! the session ran out, an address that removes what is not there. Nothing is lost, and nothing is done twice.

use axum::http::StatusCode;
use jiff::SignedDuration;
use kinfold_access::Role;

use crate::council;
use crate::support::{Answer, Browser, OPEN, Tie};

async fn start(worker: &mut Browser) -> String {
    let fields = [("form", "health.plan"), ("key", "rows")];
    let answer = worker.post(&format!("/children/{OPEN}/forms"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

/// Answers one page with the mark of the answers it shows.
async fn answer(browser: &mut Browser, page: &str, fields: &[(&str, &str)]) -> Answer {
    let mark = browser.get(page).await.field("draft-version");
    let mut all = fields.to_vec();
    all.push(("draft-version", &mark));
    browser.post(page, &all).await
}

const SENT: [(&str, &str); 5] = [
    ("sent_on-day", "20"),
    ("sent_on-month", "11"),
    ("sent_on-year", "2026"),
    ("goal_served", "Sleeps through"),
    ("urgent", "no"),
];

/// The fields of a row about a service.
fn row<'a>(service: &'a str, to: &'a str) -> Vec<(&'a str, &'a str)> {
    [("service", service), ("to", to)].into_iter().chain(SENT).collect()
}

/// A form in which two referrals are written; answers the address of their list.
async fn two_referrals(worker: &mut Browser) -> String {
    let form = start(worker).await;
    let at = format!("{form}/sections/referrals");
    answer(worker, &format!("{at}/refer"), &[("refer", "yes")]).await;
    let list = format!("{at}/referral_list");
    for (service, to) in [("mental_health", "Elm House"), ("dentist", "Marl Way")] {
        let saved = answer(worker, &format!("{list}/new"), &row(service, to)).await;
        assert_eq!(
            (saved.status, saved.location()),
            (StatusCode::SEE_OTHER, list.as_str()),
            "{}",
            saved.body
        );
    }
    list
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_taken_out_once_and_never_one_that_nobody_chose() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let list = two_referrals(&mut worker).await;
    let remove = |mark: String| [("remove".to_owned(), "yes".to_owned()), ("draft-version".to_owned(), mark)];
    let mark = worker.get(&list).await.field("draft-version");
    // Another row, which is not there yet, cannot be taken out: nothing goes.
    let fields = remove(mark.clone());
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let nothing = worker.post(&format!("{list}/new"), &fields).await;
    assert_eq!((nothing.status, nothing.location()), (StatusCode::SEE_OTHER, list.as_str()));
    let page = worker.get(&list).await.body;
    assert!(page.contains("Elm House") && page.contains("Marl Way"));
    // The button of the first row, pressed twice on the same page: the second press finds another list and asks.
    let first = worker.post(&format!("{list}/1"), &fields).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    let second = worker.post(&format!("{list}/1"), &fields).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    let page = worker.get(&list).await.body;
    assert!(!page.contains("Elm House") && page.contains("Marl Way"), "one of the two is gone, and only one");
    // Nor from a list in which nothing stands.
    let mark = worker.get(&list).await.field("draft-version");
    answer(&mut worker, &format!("{list}/1"), &[("remove", "yes"), ("draft-version", &mark)]).await;
    let empty = answer(&mut worker, &format!("{list}/new"), &[("remove", "yes")]).await;
    assert_eq!(empty.status, StatusCode::SEE_OTHER, "{}", empty.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_into_a_row_survives_a_session_that_ran_out_and_a_row_that_was_taken_out() {
    let council = council(&[(Role::SocialWorker, Tie::Circle), (Role::TeamManager, Tie::Managed)]).await;
    let email = council.person(Role::SocialWorker, Tie::Circle).email.clone();
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let list = two_referrals(&mut worker).await;

    // Somebody takes out the row that is being changed: what was typed is shown, and saved as another row.
    let open = worker.get(&format!("{list}/2")).await.field("draft-version");
    let mut other = worker.clone();
    let gone = answer(&mut other, &format!("{list}/2"), &[("remove", "yes")]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
    let mut typed = row("dentist", "Fern Hill");
    typed.push(("draft-version", &open));
    let conflict = worker.post(&format!("{list}/2"), &typed).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    assert!(conflict.body.contains("Fern Hill") && conflict.body.contains("Nothing was overwritten"));
    let mark = conflict.field("draft-version");
    typed.pop();
    typed.push(("draft-version", &mark));
    let saved = worker.post(&format!("{list}/new"), &typed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = worker.get(&list).await.body;
    assert!(page.contains("Elm House") && page.contains("Fern Hill"));

    // The session runs out while a row is written.
    let new = format!("{list}/new");
    let mark = worker.get(&new).await.field("draft-version");
    council.later(SignedDuration::from_hours(2));
    let mut typed = row("eyes", "Heron <b>Lane</b>");
    typed.push(("draft-version", &mark));
    let sent = worker.post(&new, &typed).await;
    assert!(sent.location().starts_with("/sign-in?then="), "{} {}", sent.status, sent.location());
    worker.sign_in(&email).await;
    let page = worker.get(&new).await;
    assert!(page.body.contains("You were signed out before this was saved"), "{}", page.body);
    assert!(page.body.contains("Heron &lt;b&gt;Lane&lt;/b&gt;") && page.body.contains("Sleeps through"));
    let saved = answer(&mut worker, &new, &row("eyes", "Heron Lane")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let again = worker.get(&new).await.body;
    assert!(!again.contains("You were signed out") && !again.contains("Heron"), "kept until it is saved");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_that_repeats_is_added_to_and_taken_from_once_for_each_look_at_it() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let form = start(&mut worker).await;
    let needs = format!("{form}/sections/needs");
    let page = worker.get(&needs).await;
    assert!(page.body.contains("Nothing has been added yet.") && page.body.contains("Add the first: Need"));
    let mark = page.field("draft-version");
    let add = [("add", "yes"), ("draft-version", mark.as_str())];
    let added = worker.post(&needs, &add).await;
    assert_eq!(added.location(), format!("{needs}/area"), "to the first question of the new one");
    let twice = worker.post(&needs, &add).await;
    assert_eq!(twice.location(), needs, "the second press of the same button adds nothing");
    let fill = async |worker: &mut Browser, at: &str, area: &str, text: &str| {
        answer(worker, &format!("{at}/area"), &[("area", area)]).await;
        answer(worker, &format!("{at}/need"), &[("need", text), ("goal", "")]).await;
    };
    fill(&mut worker, &needs, "sleep", "Sleeps badly since the move.").await;
    let mark = worker.get(&needs).await.field("draft-version");
    let added = worker.post(&needs, &[("add", "yes"), ("draft-version", &mark)]).await;
    assert_eq!(added.location(), format!("{needs}~1/area"));
    fill(&mut worker, &format!("{needs}~1"), "teeth", "Has not seen a dentist.").await;
    let page = worker.get(&needs).await;
    assert!(page.body.contains("Need 1") && page.body.contains("Need 2") && !page.body.contains("Need 3"));

    // Taken out, pressed twice: the need that moved up into its place stays.
    let mark = page.field("draft-version");
    let remove = [("remove", "yes"), ("draft-version", mark.as_str())];
    let first = worker.post(&needs, &remove).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let again = worker.post(&needs, &remove).await;
    assert_eq!(again.location(), needs);
    let page = worker.get(&needs).await.body;
    assert!(page.contains("This list was changed meanwhile"), "the second press is told so");
    assert!(page.contains("Has not seen a dentist.") && !page.contains("Sleeps badly"));
    // And a page of the need that is no more says so instead of writing into another.
    let lost = worker.post(&format!("{needs}~1/need"), &[("need", "Words for a need that is gone")]).await;
    assert_eq!(lost.status, StatusCode::SEE_OTHER);
    let told = worker.get(lost.location()).await.body;
    assert!(told.contains("no longer part of the form"), "{told}");
}

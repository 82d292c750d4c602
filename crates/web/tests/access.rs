//! Every address × every role × every tie, asked through the real router and compared with what the policies say. A
//! new address without a row here fails the test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod support;
mod table;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::{Method, StatusCode, header};
use kinfold_access::{Action, Engine, Role};
use kinfold_record::ChildId;
use kinfold_store::testing;
use kinfold_web::{For, Route, routes};
use support::people::everybody;
use support::{ABSENT, Answer, Browser, Council, HIDDEN, HIDDEN_NAME, OPEN, OPEN_NAME, Someone, Tie};
use table::{ROWS, Row, fill};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Which of the two children somebody with this tie is asked about: what a tie to one is to the other is another tie.
fn targets(tie: Tie) -> &'static [ChildId] {
    match tie {
        Tie::Circle | Tie::Nobody => &[OPEN, HIDDEN],
        Tie::Named => &[HIDDEN],
        _ => &[OPEN],
    }
}

fn row(route: &Route) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.method == route.method.as_str() && row.path == route.path)
}

#[test]
fn every_address_has_a_row_and_every_row_an_address() {
    let missing: Vec<String> = routes()
        .iter()
        .filter(|route| row(route).is_none())
        .map(|route| format!("{} {} ({:?})", route.method, route.path, route.whom))
        .collect();
    assert!(
        missing.is_empty(),
        "say in tests/table/mod.rs how to ask these addresses:\n{}",
        missing.join("\n")
    );
    let known: BTreeSet<(String, &str)> = routes().iter().map(|r| (r.method.to_string(), r.path)).collect();
    let stale: Vec<&str> =
        ROWS.iter().filter(|r| !known.contains(&(r.method.to_owned(), r.path))).map(|r| r.path).collect();
    assert!(stale.is_empty(), "rows of addresses that are gone: {stale:?}");
}

/// What somebody asking an address about a child has to get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// An answer that is no refusal.
    Answer,
    /// The page of an address that does not exist, to the byte.
    Absent,
}

fn expected(
    engine: &Engine,
    someone: &Someone,
    route: &Route,
    row: &Row,
    child: Option<ChildId>,
) -> Expected {
    let allowed = match (route.whom, child) {
        (For::Anybody | For::SignedIn, _) => true,
        (For::Authority(action), _) => someone.may(engine).has(action),
        (For::Emergency, _) => someone.may_break_glass(engine),
        // The space of one's own is that of the open child: the hidden one is restricted to named people.
        (For::Carer, _) => someone.role == Role::FosterCarer,
        (For::Own, _) => someone.may_about(engine, OPEN).has(Action::SayIt),
        (For::Bearer, _) => false,
        (For::Child(_), None) => false,
        (For::Child(action), Some(child)) => {
            let may = someone.may_about(engine, child);
            // Who looked at a record stands outside it, for those who may see only that.
            let finds = may.has(Action::FindChild) || action == Action::ViewAccessLog;
            finds
                && may.has(action)
                && (!row.records || may.may_record_something())
                && row.also.iter().all(|action| may.has(*action))
        }
    };
    if allowed { Expected::Answer } else { Expected::Absent }
}

/// Without what differs from one session or moment to the next.
fn plain(answer: &Answer, browser: &Browser) -> String {
    answer.body.replace(&browser.csrf, "TOKEN")
}

fn check_headers(answer: &Answer, what: &str) {
    let has = |name: &str, part: &str| {
        let value = answer.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("");
        assert!(value.contains(part), "{what}: {name} is {value:?}");
    };
    has("cache-control", "no-store");
    has("content-security-policy", "default-src 'none'");
    has("content-security-policy", "frame-ancestors 'none'");
    has("x-content-type-options", "nosniff");
    has("x-frame-options", "DENY");
    has("referrer-policy", "same-origin");
    assert!(!answer.headers.contains_key("server"), "{what}: says what it runs on");
}

/// No child's name where a browser, a proxy or somebody behind the reader keeps it.
fn check_names(answer: &Answer, hidden: bool, open: bool, what: &str) {
    for (given, family) in [OPEN_NAME, HIDDEN_NAME] {
        for name in [given, family] {
            assert!(!answer.title().contains(name), "{what}: a name in the title");
            assert!(!answer.location().contains(name), "{what}: a name in the address");
            for value in answer.headers.values() {
                assert!(
                    !String::from_utf8_lossy(value.as_bytes()).contains(name),
                    "{what}: a name in a header"
                );
            }
        }
    }
    if !hidden {
        assert!(
            !answer.body.contains(HIDDEN_NAME.0) && !answer.body.contains(HIDDEN_NAME.1),
            "{what}: the hidden child shows"
        );
    }
    if !open {
        assert!(
            !answer.body.contains(OPEN_NAME.0) && !answer.body.contains(OPEN_NAME.1),
            "{what}: a child shows who may not be found"
        );
    }
}

fn observation_of_nobody() -> String {
    let nobody = uuid::Uuid::from_u128(7);
    format!(
        r#"{{"resourceType":"Observation","status":"final","identifier":[{{"system":"urn:x","value":"1"}}],
        "subject":{{"reference":"Patient/{nobody}"}},"effectiveDateTime":"2026-01-05",
        "code":{{"coding":[{{"system":"http://loinc.org","code":"29463-7"}}]}},
        "valueQuantity":{{"value":12.5,"system":"http://unitsofmeasure.org","code":"kg"}}}}"#
    )
}

async fn ask(browser: &mut Browser, route: &Route, path: &str) -> Answer {
    let upload = row(route).is_some_and(|row| row.upload);
    match (route.method == Method::POST, upload) {
        (true, true) => browser.upload(path).await,
        // What another program sends in holds whose it is: nobody here.
        (true, false) if route.path.starts_with("/fhir/") => {
            browser.send_fhir(path, &observation_of_nobody()).await
        }
        (true, false) => browser.post(path, &[]).await,
        _ => browser.get(path).await,
    }
}

/// What was wrong with an answer, if anything.
fn judge(
    answer: &Answer,
    expected: Expected,
    route: &Route,
    row: &Row,
    body: &str,
    nothing: &str,
) -> Option<String> {
    match expected {
        Expected::Answer => {
            let asked_again =
                matches!(answer.status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT);
            let nothing_there = row.names_nothing && answer.status == StatusCode::NOT_FOUND;
            let fine =
                answer.status.is_success() || answer.status.is_redirection() || asked_again || nothing_there;
            let out = !matches!(route.whom, For::Anybody) && answer.location().starts_with("/sign-in");
            (!fine || out).then(|| format!("should be answered, is {} {}", answer.status, answer.location()))
        }
        Expected::Absent if answer.status != StatusCode::NOT_FOUND => {
            Some(format!("should look absent, is {}", answer.status))
        }
        Expected::Absent => (body != nothing).then(|| "denied does not look like absent".to_owned()),
    }
}

/// One person asks every address. Gives how many questions that were, and everything that was wrong.
async fn tour(council: &Council, engine: &Engine, someone: &Someone) -> (usize, Vec<String>) {
    let mut browser = council.as_person(someone).await;
    let page = plain(&browser.get("/nothing/here").await, &browser);
    // A program is told in its own words that there is nothing.
    let outcome = plain(&browser.get("/fhir/Patient/nobody").await, &browser);
    assert!(outcome.contains("OperationOutcome"), "{outcome}");
    let may_find = |child| someone.may_about(engine, child).has(Action::FindChild);
    let (hidden, open) = (may_find(HIDDEN), may_find(OPEN));
    let (mut asked, mut wrong) = (0, Vec::new());
    let all = routes();
    for route in &all {
        let Some(row) = row(route) else { continue };
        if row.ends_session || matches!(route.whom, For::Bearer) {
            continue;
        }
        let nothing = if route.path.starts_with("/fhir/") { &outcome } else { &page };
        let about_a_child = route.path.contains("{child}");
        // What is not about a child depends on the role alone.
        let own = matches!(route.whom, For::Own) && someone.role == Role::YoungPerson;
        if !about_a_child && !own && !matches!(someone.tie, Tie::Nobody | Tie::Managed) {
            continue;
        }
        let children: Vec<Option<ChildId>> =
            if about_a_child { targets(someone.tie).iter().copied().map(Some).collect() } else { vec![None] };
        for child in children {
            let path = fill(council, route.path, child).await;
            let what = format!("{} {path} as {}", route.method, someone.name);
            let before = council.lines(Some(someone.id.0)).await;
            let answer = ask(&mut browser, route, &path).await;
            asked += 1;
            check_headers(&answer, &what);
            check_names(&answer, hidden, open, &what);
            let expected = expected(engine, someone, route, row, child);
            wrong.extend(
                judge(&answer, expected, route, row, &plain(&answer, &browser), nothing)
                    .map(|words| format!("{what}: {words}")),
            );
            // Somebody sent to give the password again has seen nothing yet.
            let held_up = answer.location().starts_with("/confirm-password");
            let logged = about_a_child
                && !held_up
                && (route.method == Method::GET || answer.status == StatusCode::NOT_FOUND);
            if logged && !row.unlogged && council.lines(Some(someone.id.0)).await <= before {
                wrong.push(format!("{what}: no line in the log"));
            }
        }
        if about_a_child && someone.tie == Tie::Nobody {
            let path = fill(council, route.path, Some(ABSENT)).await;
            let answer = ask(&mut browser, route, &path).await;
            let words = judge(&answer, Expected::Absent, route, row, &plain(&answer, &browser), nothing);
            wrong.extend(words.map(|words| format!("{} {path}, which is not there: {words}", route.method)));
        }
    }
    (asked, wrong)
}

async fn everybody_asks_everything(database: testing::TestDatabase, people: Vec<Someone>, invented: usize) {
    let name = database.name;
    let council =
        Arc::new(Council::open_with(database, people.clone(), invented, support::marks::called).await);
    let engine = Arc::new(Engine::house().unwrap());
    let at_once = Arc::new(Semaphore::new(4));
    let mut tours = JoinSet::new();
    for someone in people {
        let (council, engine, at_once) = (Arc::clone(&council), Arc::clone(&engine), Arc::clone(&at_once));
        tours.spawn(async move {
            let _turn = at_once.acquire_owned().await.unwrap();
            tour(&council, &engine, &someone).await
        });
    }
    let (mut asked, mut wrong) = (0, Vec::new());
    while let Some(done) = tours.join_next().await {
        let (questions, found) = done.unwrap();
        asked += questions;
        wrong.extend(found);
    }
    wrong.sort();
    assert!(
        wrong.is_empty(),
        "{name}: {} of {asked} answers are wrong:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(60)].join("\n")
    );
    assert!(asked > 500, "{name}: only {asked} questions were asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_and_tie_gets_what_the_policies_say_on_sqlite() {
    everybody_asks_everything(testing::sqlite().await, everybody(), 12).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_gets_what_the_policies_say_on_postgresql() {
    let people =
        everybody().into_iter().filter(|p| matches!(p.tie, Tie::Circle | Tie::Nobody | Tie::Named)).collect();
    everybody_asks_everything(testing::postgres().await, people, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_signed_in_sees_nothing_and_learns_nothing() {
    let council = Council::open(
        testing::sqlite().await,
        vec![support::people::someone(Role::SocialWorker, Tie::Circle)],
        1,
    )
    .await;
    let mut browser = council.stranger();
    for route in routes() {
        if matches!(route.whom, For::Anybody) {
            continue;
        }
        let child = route.path.contains("{child}");
        let path = fill(&council, route.path, child.then_some(OPEN)).await;
        let answer = ask(&mut browser, &route, &path).await;
        let what = format!("{} {path}", route.method);
        check_headers(&answer, &what);
        check_names(&answer, false, false, &what);
        if matches!(route.whom, For::Bearer) {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}");
            continue;
        }
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{what}");
        assert!(answer.location().starts_with("/sign-in"), "{what}: {}", answer.location());
        if child {
            let absent = fill(&council, route.path, Some(ABSENT)).await;
            let other = ask(&mut browser, &route, &absent).await;
            assert_eq!(other.status, answer.status, "{what}");
            assert_eq!(other.body, answer.body, "{what}: a child that exists answers differently");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_its_token_is_refused_and_writes_nothing() {
    let worker = support::people::someone(Role::SocialWorker, Tie::Circle);
    let lead = support::people::someone(Role::SafeguardingLead, Tie::Nobody);
    let administrator = support::people::someone(Role::Administrator, Tie::Nobody);
    let analyst = support::people::someone(Role::DataAnalyst, Tie::Nobody);
    let people = vec![worker, lead, administrator, analyst];
    let council = Council::open(testing::sqlite().await, people.clone(), 1).await;
    let engine = Engine::house().unwrap();
    for someone in &people {
        let mut browser = council.as_person(someone).await;
        let own = std::mem::take(&mut browser.csrf);
        for route in routes()
            .iter()
            .filter(|r| r.method == Method::POST && !matches!(r.whom, For::Anybody | For::Bearer))
        {
            let Some(row) = row(route) else { continue };
            let child = route.path.contains("{child}").then_some(OPEN);
            if expected(&engine, someone, route, row, child) == Expected::Absent || row.upload {
                continue;
            }
            let path = fill(&council, route.path, child).await;
            let (entries, lines) = (council.entries(OPEN).await, council.lines(None).await);
            for (token, extra) in [
                ("", None),
                ("0123456789abcdef", None),
                (own.as_str(), Some(("sec-fetch-site", "cross-site"))),
            ] {
                let body = support::browser::encode(&[("csrf", token), ("text", "from elsewhere")]);
                let extra: Vec<(&str, &str)> = extra.into_iter().collect();
                let answer = browser.ask_with(Method::POST, &path, Some(body), &extra).await;
                assert_eq!(
                    answer.status,
                    StatusCode::FORBIDDEN,
                    "POST {path} with token {token:?} {extra:?}"
                );
                assert!(!answer.headers.contains_key(header::SET_COOKIE), "POST {path} changed a cookie");
            }
            assert_eq!(council.entries(OPEN).await, entries, "POST {path}");
            assert_eq!(council.lines(None).await, lines, "POST {path} did something");
        }
    }
}

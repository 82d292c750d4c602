//! Walks every page, file, calendar, message and outside link as each recipient, in an emergency too, sends every form, and
//! looks for what must not reach everybody: a confidential home, family, facts about others, compartments, a restricted child.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod support;
#[allow(dead_code, reason = "the walk reads the addresses and judges by marks")]
mod table;

use std::io::Read as _;
use std::sync::{Arc, Mutex};

use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use jiff::civil::date;
use kinfold_access::{Action, Code, Engine, Role};
use kinfold_casework::forms::{Asked, Changes, mark as seen};
use kinfold_casework::outbox::Carrier;
use kinfold_casework::reviews::Finish;
use kinfold_casework::sending::What;
use kinfold_casework::{Actor, Casework};
use kinfold_forms::{Answer as Given, Key};
use kinfold_record::ChildId;
use kinfold_store::testing;
use kinfold_web::{For, routes};
use support::marks::{REVIEW, SECRETS, mark, marked};
use support::people::someone;
use support::{
    Answer, Browser, Council, HIDDEN, HIDDEN_NAME, HIDDEN_REFERENCE, OPEN, OPEN_NAME, OPEN_REFERENCE,
    PASSWORD, Someone, Tie, health,
};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Everybody who differs in what they may meet: each role in the circle, those whose role reaches further than a circle,
/// and the ties that change something.
fn recipients() -> Vec<Someone> {
    let circle = Role::ALL.iter().map(|role| someone(*role, Tie::Circle));
    let some = [
        (Role::SocialWorker, Tie::Nobody),
        (Role::SocialWorker, Tie::Former),
        (Role::SocialWorker, Tie::Team),
        (Role::SocialWorker, Tie::Named),
        (Role::SocialWorker, Tie::Family),
        (Role::TeamManager, Tie::Managed),
        (Role::TeamManager, Tie::Named),
        (Role::FosterCarer, Tie::Family),
        (Role::DesignatedNurse, Tie::Nobody),
        (Role::ReviewingOfficer, Tie::Named),
        (Role::HeadOfService, Tie::Nobody),
        (Role::SafeguardingLead, Tie::Nobody),
    ];
    circle.chain(some.into_iter().map(|(role, tie)| someone(role, tie))).collect()
}

/// Everything an answer says: what is packed is unpacked, what is drawn is read.
fn said(answer: &Answer) -> String {
    let mut text = answer.body.clone();
    for value in answer.headers.values() {
        text.push_str(&String::from_utf8_lossy(value.as_bytes()));
    }
    if answer.bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&answer.bytes)).unwrap();
        for n in 0..archive.len() {
            let mut file = archive.by_index(n).unwrap();
            text.push_str(&file.name().unwrap());
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    if answer.bytes.starts_with(b"%PDF") {
        let document = lopdf::Document::load_mem(&answer.bytes).unwrap();
        let pages: Vec<u32> = document.get_pages().keys().copied().collect();
        text.push_str(&document.extract_text(&pages).unwrap());
    }
    text
}

/// The marks and names in a text, of the children whom somebody may not meet like that.
fn leaks(text: &str, engine: &Engine, someone: &Someone, opened: bool) -> Vec<String> {
    let close = text.split_whitespace().collect::<String>().to_lowercase();
    let mut out = Vec::new();
    for (child, (given, family)) in [(OPEN, OPEN_NAME), (HIDDEN, HIDDEN_NAME)] {
        let may = match opened {
            true => someone.may_about_opened(engine, child),
            false => someone.may_about(engine, child),
        };
        let own = may.has(Action::SayIt);
        let marks =
            SECRETS.iter().filter(|(secret, _)| !secret.open_to(may, own)).map(|(_, m)| mark(child, m));
        let names = [given, family].map(|n| n.to_lowercase());
        let names = names.into_iter().filter(|_| !may.has(Action::FindChild));
        out.extend(marks.chain(names).filter(|mark| close.contains(mark.as_str())));
    }
    out
}

/// What a colleague typed into a section of a form that is not the one somebody outside was asked for.
const TYPED: &str = "zqtyped";

/// What is made beforehand so that there is something to find: a form that is begun and asked of somebody outside, a review
/// that was held with its record agreed, a copy of it that was sent, assessments of health, and a passport that was issued.
struct Made {
    form: Uuid,
    copy: Uuid,
    /// The record of a review, and two assessments of health with something in every compartment a form has.
    documents: Vec<Uuid>,
    fill: String,
    read: String,
    /// Where another program asks for the same.
    programs: Vec<String>,
}

async fn fill(casework: &Casework, actor: &Actor, form: Uuid, section: &str, given: &[(&str, &str)]) {
    let desk = casework.form_desk(actor, OPEN, form).await.unwrap();
    let answers =
        given.iter().map(|(id, text)| (Key::of(id), Some(Given::Text((*text).to_owned())))).collect();
    let changes = Changes { answers, times: None };
    let seen = seen(&desk.answers, changes.answers.iter().map(|(key, _)| key));
    casework.save_form(actor, OPEN, form, section, &seen, &changes).await.unwrap();
}

fn asked(email: &str) -> Asked {
    Asked { name: "Sam Hale".to_owned(), email: email.to_owned(), due_on: Some(date(2026, 12, 4)) }
}

async fn make(council: &Council) -> Made {
    let casework = &council.casework;
    let actor = async |role, tie| {
        let browser = council.sign_in(role, tie).await;
        casework.actor(&browser.cookies["kinfold_session"]).await.unwrap()
    };
    let worker = actor(Role::SocialWorker, Tie::Circle).await;
    let officer = actor(Role::ReviewingOfficer, Tie::Circle).await;
    let form = casework.start_form(&worker, OPEN, "health.assessment_request", None, "walk").await.unwrap();
    let home = format!("7 {} Rise", mark(OPEN, "zqhome"));
    fill(casework, &worker, form, "background", &[("homes", format!("{TYPED} at {home}").as_str())]).await;
    // In the section that goes outside, too.
    fill(casework, &worker, form, "wishes", &[("language", format!("Welsh, as at {home}").as_str())]).await;
    let (_, token) =
        casework.ask_outside(&worker, OPEN, form, "wishes", &asked("sam@carers.example")).await.unwrap();
    let finish = Finish {
        on: support::today(),
        participation: "PN1".into(),
        alone: true,
        meeting: true,
        adjourned: false,
    };
    casework.finish_review(&officer, OPEN, REVIEW, &finish).await.unwrap();
    let record = casework.draft_record(&officer, OPEN, REVIEW).await.unwrap();
    let third = format!("{} of {home}", mark(OPEN, "zqthird"));
    for (section, given) in [
        ("meeting", vec![("there", "- Child")]),
        ("life", vec![("home", "Settled."), ("plan", "Stays."), ("last_time", "First.")]),
        ("others", vec![("others", third.as_str())]),
        ("decisions", vec![("decisions", "- Swimming")]),
        ("plain", vec![("plain", "You stay.")]),
    ] {
        fill(casework, &officer, record, section, &given).await;
    }
    let desk = casework.form_desk(&officer, OPEN, record).await.unwrap();
    let answers = [
        (Key::of("said"), Some(Given::ChildWords("My cat".to_owned()))),
        (Key::of("heard"), Some(Given::Text("Yes.".to_owned()))),
    ];
    let changes = Changes { answers: answers.into_iter().collect(), times: None };
    let mark = seen(&desk.answers, changes.answers.iter().map(|(key, _)| key));
    casework.save_form(&officer, OPEN, record, "child", &mark, &changes).await.unwrap();
    let version = casework.form_desk(&officer, OPEN, record).await.unwrap().version;
    casework.submit_form(&officer, OPEN, record, version, "agree").await.unwrap();
    let part = format!("{REVIEW}-3");
    let held = ["meeting", "life", "decisions"].map(str::to_owned);
    casework.make_copy_ready(&officer, OPEN, REVIEW, &part, &held, "").await.unwrap();
    let what = What::Review { occasion: REVIEW.to_owned(), part };
    let preview = casework.preview_outside(&worker, OPEN, &what).await.unwrap();
    let to = asked("dana@home.example");
    let (copy, link) = casework.send_outside(&worker, OPEN, &what, &to, "", &preview.mark).await.unwrap();
    let page = casework.reviews_page(&officer, OPEN).await.unwrap();
    let came = page.facts.review(REVIEW).unwrap().record().unwrap().came.clone().unwrap().1.unwrap();
    let nurse = actor(Role::DesignatedNurse, Tie::Circle).await;
    let mut documents = vec![came.parse().unwrap()];
    documents.extend(health::assessments(casework, &nurse).await);
    let passport = casework.health_passport(&nurse, OPEN).await.unwrap().page.unwrap();
    casework.issue_passport(&nurse, OPEN, passport.handle.version, "walk", "first", &[]).await.unwrap();
    council.later(SignedDuration::from_mins(2));
    let mut reads = council.sign_in(Role::DesignatedNurse, Tie::Circle).await;
    reads.confirm().await;
    let programs = health::programs_ask(&mut reads).await;
    let made = Made { form, copy, documents, fill: token.unwrap(), read: link.unwrap(), programs };
    is_found(&mut reads, &made).await;
    made
}

/// What the nurse may know is found in a file, a document and a bundle: else nothing would be found there for anybody.
async fn is_found(nurse: &mut Browser, made: &Made) {
    for (path, marks) in health::known_to_the_nurse(&made.documents[1..]) {
        let answer = nurse.get(&path).await;
        assert_eq!(answer.bytes.starts_with(b"%PDF"), path.ends_with("/copy"), "{path}");
        let close = said(&answer).split_whitespace().collect::<String>().to_lowercase();
        for m in marks {
            assert!(close.contains(&mark(OPEN, m)), "{path} tells nobody {m}, so that nothing is looked for");
        }
    }
    assert!(made.programs.len() > 12, "{:?}", made.programs);
}

/// What somebody may meet, and what was wrong with what they met.
struct Judge<'a> {
    engine: &'a Engine,
    someone: &'a Someone,
    /// Whether they have opened both records in an emergency.
    opened: bool,
    looked: usize,
    wrong: Vec<String>,
}

impl Judge<'_> {
    fn hear(&mut self, answer: &Answer, what: &str) {
        self.looked += 1;
        let found = leaks(&said(answer), self.engine, self.someone, self.opened);
        let way = if self.opened { " in an emergency" } else { "" };
        self.wrong
            .extend(found.into_iter().map(|mark| format!("{what} as {}{way}: {mark}", self.someone.name)));
    }
}

/// An address with values that exist.
async fn address(council: &Council, made: &Made, path: &str, child: Option<ChildId>) -> String {
    let path = path
        .replace("{form}", &made.form.to_string())
        .replace("{copy}", &made.copy.to_string())
        .replace("{document}", &made.documents[0].to_string())
        .replace("{page}", "homes")
        .replace("{question}", "homes");
    table::fill(council, &path, child).await
}

/// The addresses that are asked for somebody: what is not about a child depends on the role alone.
fn asked_for(someone: &Someone, method: &Method) -> Vec<(&'static str, &'static [Option<ChildId>])> {
    const BOTH: &[Option<ChildId>] = &[Some(OPEN), Some(HIDDEN)];
    const NEITHER: &[Option<ChildId>] = &[None];
    routes()
        .iter()
        .filter(|route| route.method == *method && route.whom != For::Bearer)
        .filter_map(|route| match route.path.contains("{child}") {
            true => Some((route.path, BOTH)),
            false => (someone.tie == Tie::Circle).then_some((route.path, NEITHER)),
        })
        .collect()
}

/// One recipient asks every page and file.
async fn pages(council: &Council, browser: &mut Browser, made: &Made, judge: &mut Judge<'_>) {
    for (route, children) in asked_for(judge.someone, &Method::GET) {
        for child in children {
            let mut paths = vec![address(council, made, route, *child).await];
            if route.ends_with("/copies/{part}") || route.ends_with("/copies/{part}/link") {
                paths.push(paths[0].replace(support::marks::PART, &format!("{REVIEW}-3")));
            }
            if route.contains("/documents/{document}") {
                let first = made.documents[0].to_string();
                let others =
                    made.documents[1..].iter().map(|other| paths[0].replace(&first, &other.to_string()));
                paths.extend(others.collect::<Vec<_>>());
            }
            if route.ends_with("/health/summary") {
                paths.extend(["parent", "school", "gp"].map(|to| format!("{}?recipient={to}", paths[0])));
            }
            for path in paths {
                let answer = browser.get(&path).await;
                judge.hear(&answer, &path);
            }
        }
    }
    for path in &made.programs {
        let answer = browser.get(path).await;
        judge.hear(&answer, path);
    }
}

/// One recipient reads everything that can be read without changing anything; then, where the policies let them, opens both
/// records in an emergency and reads again.
async fn walk(council: &Council, engine: &Engine, made: &Made, someone: &Someone) -> (usize, Vec<String>) {
    let mut browser = council.as_person(someone).await;
    browser.confirm().await;
    let mut judge = Judge { engine, someone, opened: false, looked: 0, wrong: Vec::new() };
    pages(council, &mut browser, made, &mut judge).await;
    let words = [mark(OPEN, "zqkin"), mark(OPEN, "zqhome"), HIDDEN_NAME.1.to_owned()];
    for word in &words {
        let found = browser.post("/find", &[("q", word)]).await;
        let shown = found.body.replace(word.as_str(), "");
        judge.hear(&Answer { body: shown, bytes: Vec::new(), ..found }, "/find");
    }
    let calendar = browser.post("/account/calendar", &[]).await;
    if let Some((_, rest)) = calendar.body.split_once("/feeds/") {
        let token = rest.split(".ics").next().unwrap().to_owned();
        let feed = council.stranger().get(&format!("/feeds/{token}.ics")).await;
        assert_eq!(feed.status, StatusCode::OK, "{}", someone.name);
        judge.hear(&feed, "the calendar");
        // A calendar is shared with others: it holds no name at all.
        assert!(!feed.body.contains(OPEN_NAME.0) && !feed.body.contains(HIDDEN_NAME.0), "{}", someone.name);
    }
    if someone.tie == Tie::Nobody && someone.may_break_glass(engine) {
        judge.opened = true;
        let mut let_in = 0;
        for reference in [OPEN_REFERENCE, HIDDEN_REFERENCE] {
            let why = "The police have found a girl at the station and ask who to ring.";
            let fields = [("reference", reference), ("reason", why), ("password", PASSWORD)];
            let answer = browser.post("/break-glass", &fields).await;
            let_in += usize::from(answer.status == StatusCode::SEE_OTHER);
            judge.hear(&answer, "/break-glass");
        }
        assert!(let_in > 0, "{} opens nothing in an emergency", someone.name);
        pages(council, &mut browser, made, &mut judge).await;
    }
    (judge.looked, judge.wrong)
}

/// One recipient sends every form empty, and reads what comes back: mistakes, conflicts, what was done. It changes things, so
/// it comes last.
async fn send(council: &Council, engine: &Engine, made: &Made, someone: &Someone) -> (usize, Vec<String>) {
    let mut browser = council.as_person(someone).await;
    browser.confirm().await;
    let mut judge = Judge { engine, someone, opened: false, looked: 0, wrong: Vec::new() };
    for (route, children) in asked_for(someone, &Method::POST) {
        let row = table::ROWS.iter().find(|row| row.method == "POST" && row.path == route);
        if row.is_some_and(|row| row.ends_session) {
            continue;
        }
        for child in children {
            let path = address(council, made, route, *child).await;
            let answer = match row.is_some_and(|row| row.upload) {
                true => browser.upload(&path).await,
                false => browser.post(&path, &[]).await,
            };
            judge.hear(&answer, &format!("sent {path}"));
            if let Some(then) = Some(answer.location()).filter(|to| to.starts_with('/')) {
                let after = browser.get(then).await;
                judge.hear(&after, &format!("after {path}"));
            }
        }
    }
    (judge.looked, judge.wrong)
}

/// Keeps letters instead of sending them.
#[derive(Default)]
struct Post(Mutex<Vec<String>>);

impl Carrier for Post {
    async fn carry(&self, _: &str, subject: &str, text: &str) -> Result<(), String> {
        self.0.lock().unwrap().push(format!("{subject}\n{text}"));
        Ok(())
    }
}

/// What somebody outside reads by a link, before and after the code.
async fn outside(council: &Council, base: &str, more: &[&str]) -> (String, String) {
    let mut browser: Browser = council.stranger();
    let before = browser.get(base).await.body;
    browser.post(&format!("{base}/code"), &[]).await;
    let page = browser.get(base).await;
    let code = page.body.split("The code is <strong>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let let_in = browser.post(&format!("{base}/enter"), &[("code", &code)]).await;
    assert_eq!(let_in.status, StatusCode::SEE_OTHER, "{}", let_in.body);
    let mut after = browser.get(base).await.body;
    for path in more {
        after.push_str(&browser.get(&format!("{base}/{path}")).await.body);
    }
    (before, after)
}

fn every_mark() -> Vec<String> {
    [OPEN, HIDDEN].into_iter().flat_map(|child| SECRETS.map(|(_, m)| mark(child, m))).collect()
}

/// What each of them does, four at a time: how many answers were looked at, and what was wrong.
async fn all(
    council: &Arc<Council>,
    made: &Arc<Made>,
    people: &[Someone],
    sends: bool,
) -> (usize, Vec<String>) {
    let (engine, at_once) = (Arc::new(Engine::house().unwrap()), Arc::new(Semaphore::new(4)));
    let mut walks = JoinSet::new();
    for someone in people {
        let someone = someone.clone();
        let (council, engine, made, at_once) =
            (Arc::clone(council), Arc::clone(&engine), Arc::clone(made), Arc::clone(&at_once));
        walks.spawn(async move {
            let _turn = at_once.acquire_owned().await.unwrap();
            match sends {
                true => send(&council, &engine, &made, &someone).await,
                false => walk(&council, &engine, &made, &someone).await,
            }
        });
    }
    let (mut looked, mut wrong) = (0, Vec::new());
    while let Some(done) = walks.join_next().await {
        let (pages, found) = done.unwrap();
        looked += pages;
        wrong.extend(found);
    }
    (looked, wrong)
}

/// Somebody outside meets nothing that bears a mark, and before the code not even who it is about; no letter names anybody.
async fn outside_the_house(council: &Council, made: &Made) -> Vec<String> {
    let mut wrong = Vec::new();
    let links = [
        (
            format!("/fill/{}", made.fill),
            vec![
                "sections/wishes",
                "sections/wishes/where",
                "sections/wishes/language",
                "sections/background/homes",
            ],
        ),
        (format!("/copy/{}", made.read), vec![]),
    ];
    for (link, more) in links {
        let (before, after) = outside(council, &link, &more).await;
        assert!(after.contains(OPEN_NAME.0), "the link opens nothing: {after}");
        assert!(!before.contains(OPEN_NAME.0) && !before.contains(OPEN_NAME.1), "{before}");
        wrong.extend(
            every_mark()
                .into_iter()
                .filter(|m| after.contains(m.as_str()))
                .map(|m| format!("by a link: {m}")),
        );
    }
    let post = Post::default();
    council.casework.run_outbox(&post).await.unwrap();
    let letters = post.0.lock().unwrap().clone();
    assert!(letters.len() >= 2, "{} letters", letters.len());
    for letter in &letters {
        let names = [OPEN_NAME.0, OPEN_NAME.1, HIDDEN_NAME.0, HIDDEN_NAME.1].map(str::to_owned);
        let found = every_mark().into_iter().chain(names).filter(|m| letter.contains(m.as_str()));
        wrong.extend(found.map(|m| format!("a letter: {m}")));
    }
    wrong
}

fn is_clean(looked: usize, mut wrong: Vec<String>, at_least: usize) {
    wrong.sort();
    wrong.dedup();
    assert!(
        wrong.is_empty(),
        "{} leaks on {looked} pages:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(80)].join("\n")
    );
    assert!(looked > at_least, "only {looked} pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_file_calendar_message_or_link_tells_what_its_recipient_may_not_know() {
    let people = recipients();
    let council = Arc::new(Council::open_with(testing::sqlite().await, people.clone(), 1, marked).await);
    let made = Arc::new(make(&council).await);
    // A code is good once, and two of these people sign in again.
    council.later(SignedDuration::from_mins(2));
    let (looked, mut wrong) = all(&council, &made, &people, false).await;
    wrong.extend(outside_the_house(&council, &made).await);
    is_clean(looked, wrong, 3000);
    // By then no emergency runs any more. Whoever has no place is refused before anything is read of what they send.
    council.later(SignedDuration::from_hours(5));
    let senders: Vec<Someone> = people.into_iter().filter(|p| p.tie == Tie::Circle).collect();
    let (sent, wrong) = all(&council, &made, &senders, true).await;
    is_clean(sent, wrong, 1500);
}

/// What is read by rights is decided above the store, so that those who differ most are enough here.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_holds_on_postgresql_for_those_who_differ_most() {
    let people: Vec<Someone> = [
        (Role::SocialWorker, Tie::Circle),
        (Role::ReviewingOfficer, Tie::Circle),
        (Role::FosterCarer, Tie::Circle),
        (Role::YoungPerson, Tie::Circle),
        (Role::DesignatedTeacher, Tie::Circle),
        (Role::DesignatedNurse, Tie::Circle),
    ]
    .map(|(role, tie)| someone(role, tie))
    .to_vec();
    let council = Arc::new(Council::open_with(testing::postgres().await, people.clone(), 1, marked).await);
    let made = Arc::new(make(&council).await);
    council.later(SignedDuration::from_mins(2));
    let (looked, mut wrong) = all(&council, &made, &people, false).await;
    wrong.extend(outside_the_house(&council, &made).await);
    is_clean(looked, wrong, 700);
}

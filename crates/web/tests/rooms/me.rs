//! The child's own space through the real router: something is said, read by whom the child chose and nobody else,
//! answered, and the words of every page are measured.

use crate::support::people::someone;
use crate::support::reading::{hardness, sentences};
use crate::support::{Browser, Council, OPEN, Someone, Tie};
use axum::http::{Method, StatusCode};
use kinfold_access::Role;
use kinfold_casework::record::NewEntry;
use kinfold_casework::reviews::{Calling, MovedTo};
use kinfold_store::testing;
use kinfold_web::For;
use serde_json::json;

#[test]
fn the_measure_tells_easy_from_hard() {
    let easy = ["You can tell us how you feel".to_owned(), "We will write back by Monday".to_owned()];
    let hard = ["Accommodation arrangements necessitate comprehensive multidisciplinary consideration notwithstanding statutory consultation requirements".to_owned()];
    let (easy, hard) = (hardness(&easy), hardness(&hard));
    assert!(easy.kincaid < 3.0 && easy.coleman < 3.0, "{} {}", easy.kincaid, easy.coleman);
    assert!(hard.kincaid > 12.0 && hard.coleman > 12.0, "{} {}", hard.kincaid, hard.coleman);
}

fn people() -> Vec<Someone> {
    vec![
        someone(Role::YoungPerson, Tie::Circle),
        someone(Role::YoungPerson, Tie::Nobody),
        someone(Role::SocialWorker, Tie::Circle),
        someone(Role::ReviewingOfficer, Tie::Circle),
        someone(Role::FosterCarer, Tie::Circle),
        someone(Role::TeamManager, Tie::Managed),
        someone(Role::SocialWorker, Tie::Team),
        someone(Role::SocialWorker, Tie::Former),
    ]
}

/// Says something from the first step to the last; answers the entry's id.
async fn say(child: &mut Browser, topic: &str, text: &str, readers: &[&Someone]) -> String {
    let answer = child.post("/me/say/words", &[("topic", topic), ("feeling", "low"), ("text", text)]).await;
    assert_eq!(answer.location(), "/me/say/add", "{}", answer.body);
    let ids: Vec<String> = readers.iter().map(|r| r.id.to_string()).collect();
    let chosen: Vec<(&str, &str)> = ids.iter().map(|id| ("readers", id.as_str())).collect();
    let answer = child.post("/me/say/who", &chosen).await;
    assert_eq!(answer.location(), "/me/say/check", "{}", answer.body);
    let check = child.get("/me/say/check").await;
    assert!(check.body.contains(text.lines().next().unwrap()), "read back before it is sent: {}", check.body);
    let voice = check.field("voice");
    let sent = child.post("/me/say/check", &[("voice", &voice)]).await;
    assert!(sent.location().starts_with("/me/said/"), "{} {}", sent.status, sent.body);
    // Pressed twice, it is sent once.
    let again = child.post("/me/say/check", &[("voice", &voice)]).await;
    assert_eq!(again.location(), sent.location());
    sent.location().rsplit('/').next().unwrap().to_owned()
}

const WORDS: &str = "I want to see Nan more. Please\nlet me.";

async fn heard_and_answered(database: testing::TestDatabase) {
    let council = Council::open(database, people(), 1).await;
    let worker = council.person(Role::SocialWorker, Tie::Circle).clone();
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    assert_eq!(child.get("/").await.location(), "/me");
    let entry = say(&mut child, "change", WORDS, &[&worker]).await;
    // How to reach somebody whose contact nobody wrote down for this child: at work.
    let mut unit = council.store.write().await.unwrap();
    let mut row = unit.person(worker.id.0).await.unwrap().unwrap();
    row.phone = Some("01632 960077".to_owned());
    unit.update_person(&row).await.unwrap();
    unit.commit().await.unwrap();
    assert!(child.get("/me/people").await.body.contains("01632 960077"));
    let mine = child.get(&format!("/me/said/{entry}")).await;
    // Five working days from Monday 23 November.
    assert!(mine.body.contains("Mon 30 November 2026"), "{}", mine.body);

    let desk = format!("/children/{OPEN}/voice/{entry}");
    let chronology = format!("/children/{OPEN}/chronology");
    for (role, tie) in [
        (Role::ReviewingOfficer, Tie::Circle),
        (Role::FosterCarer, Tie::Circle),
        (Role::TeamManager, Tie::Managed),
        (Role::SocialWorker, Tie::Team),
        (Role::SocialWorker, Tie::Former),
        (Role::YoungPerson, Tie::Nobody),
    ] {
        let mut other = council.sign_in(role, tie).await;
        let answer = other.get(&desk).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role} {tie:?}");
        assert!(!other.get(&chronology).await.body.contains("see Nan"), "{role} {tie:?}");
        assert!(!other.get(&format!("/children/{OPEN}/voice")).await.body.contains(&entry), "{role} {tie:?}");
        assert_eq!(other.post(&desk, &[("text", "x"), ("key", "k")]).await.status, StatusCode::NOT_FOUND);
    }

    let mut reader = council.as_person(&worker).await;
    let read = reader.get(&desk).await;
    assert!(
        read.body.contains("I want to see Nan more. Please") && read.body.contains("let me."),
        "{}",
        read.body
    );
    assert!(
        reader.get(&chronology).await.body.contains("see Nan"),
        "it is in the chronology for whom the child chose"
    );
    assert!(reader.get("/notices").await.body.contains("said something and chose you"));
    assert!(
        reader.get("/").await.body.contains("Reply to the child"),
        "the duty is among the work of the key worker"
    );
    let key = read.field("key");
    for _ in 0..2 {
        let sent = reader.post(&desk, &[("key", &key), ("text", "We will ask Nan on Friday.")]).await;
        assert_eq!(sent.location(), desk, "{}", sent.body);
    }
    assert!(!reader.get("/").await.body.contains("Reply to the child"), "the reply meets the duty");
    let mine = child.get(&format!("/me/said/{entry}")).await;
    assert_eq!(mine.body.matches("We will ask Nan on Friday.").count(), 1, "{}", mine.body);
    // Nobody alters the words: not by correcting, not by withdrawing, not by recording something in the child's name.
    let correct = reader.get(&format!("/children/{OPEN}/entries/{entry}")).await;
    assert_eq!(correct.status, StatusCode::NOT_FOUND);
    let withdrawn = reader
        .post(&format!("/children/{OPEN}/entries/{entry}/withdraw"), &[("reason", "x"), ("key", "k2")])
        .await;
    assert!(!withdrawn.status.is_redirection(), "{}", withdrawn.location());
    let forged = reader
        .post(
            &format!("/children/{OPEN}/record/voice_said"),
            &[
                ("key", "k3"),
                ("voice", "v"),
                ("topic", "worry"),
                ("text", "forged"),
                ("happened-day", "23"),
                ("happened-month", "11"),
                ("happened-year", "2026"),
            ],
        )
        .await;
    assert!(!forged.status.is_redirection(), "{}", forged.location());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_is_read_by_whom_the_child_chose_and_answered_on_sqlite() {
    heard_and_answered(testing::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_is_read_by_whom_the_child_chose_and_answered_on_postgresql() {
    heard_and_answered(testing::postgres().await).await;
}

/// What is said and not answered goes up the ladder, whoever is told of it reads no word of it, and the child sees what is
/// owed and that it is late.
async fn never_answered(database: testing::TestDatabase) {
    let council = Council::open(database, people(), 1).await;
    let worker = council.person(Role::SocialWorker, Tie::Circle).clone();
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    let entry = say(&mut child, "change", WORDS, &[&worker]).await;
    // Owed by Monday 30 November; it is Tuesday.
    council.later(jiff::SignedDuration::from_hours(24 * 8));
    council.casework.refresh_due().await.unwrap();
    assert!(council.casework.run_escalation().await.unwrap().duties >= 1);
    let mut manager = council.sign_in(Role::TeamManager, Tie::Managed).await;
    let told = manager.get("/notices").await.body;
    assert!(told.contains("Reply to the child") && !told.contains("see Nan"), "{told}");
    let desk = format!("/children/{OPEN}/voice/{entry}");
    assert_eq!(
        manager.get(&desk).await.status,
        StatusCode::NOT_FOUND,
        "the words stay with whom the child chose"
    );
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    let home = child.get("/me").await.body;
    assert!(home.contains("You should have heard back by Mon 30 November 2026"), "{home}");
    assert!(home.contains("That is our fault. We have told the boss."), "{home}");
    let mut worker = council.as_person(&worker).await;
    let key = worker.get(&desk).await.field("key");
    worker.post(&desk, &[("key", &key), ("text", "I am late. We ask Nan today.")]).await;
    let home = child.get("/me").await.body;
    assert!(home.contains("wrote back to you") && !home.contains("our fault"), "{home}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_never_given_climbs_and_the_child_is_told_on_sqlite() {
    never_answered(testing::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_never_given_climbs_and_the_child_is_told_on_postgresql() {
    never_answered(testing::postgres().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worry_reaches_key_worker_and_manager_and_the_child_is_told_before_it_is_sent() {
    let council = Council::open(testing::sqlite().await, people(), 1).await;
    let officer = council.person(Role::ReviewingOfficer, Tie::Circle).clone();
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    child.post("/me/say/words", &[("topic", "worry"), ("text", "I am scared at night.")]).await;
    let who = child.get("/me/say/who").await;
    assert!(
        who.body.contains("pass it on to keep you safe") && who.body.contains("Team manager Managed"),
        "{}",
        who.body
    );
    let entry = say(&mut child, "worry", "I am scared at night.", &[&officer]).await;
    for (role, tie, reads) in [
        (Role::SocialWorker, Tie::Circle, true),
        (Role::TeamManager, Tie::Managed, true),
        (Role::ReviewingOfficer, Tie::Circle, true),
        (Role::FosterCarer, Tie::Circle, false),
    ] {
        let mut other = council.sign_in(role, tie).await;
        let answer = other.get(&format!("/children/{OPEN}/voice/{entry}")).await;
        assert_eq!(answer.body.contains("scared at night"), reads, "{role}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_for_help_tells_people_at_once_and_is_owed_in_hours() {
    let council = Council::open(testing::sqlite().await, people(), 1).await;
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    let page = child.get("/me/help-now").await;
    assert!(page.body.contains("tel:999") && page.body.contains("0800 1111"));
    let sent = child.post("/me/help-now", &[("text", "Please come")]).await;
    let twice = child.post("/me/help-now", &[("text", "Please come")]).await;
    assert_eq!(sent.location(), twice.location(), "a second press is the same call");
    let entry = sent.location().rsplit('/').next().unwrap().to_owned();
    for (role, tie) in [(Role::SocialWorker, Tie::Circle), (Role::TeamManager, Tie::Managed)] {
        let mut other = council.sign_in(role, tie).await;
        assert!(other.get("/notices").await.body.contains("HELP NOW"), "{role}");
        let duty = other.get(&format!("/children/{OPEN}/duties/voice.help_now/{entry}")).await;
        // 9:30 in the morning and two hours.
        assert!(duty.body.contains("11:30am"), "{}", duty.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_drops_loses_nothing_and_a_file_that_is_no_picture_leaves_the_words() {
    let council = Council::open(testing::sqlite().await, people(), 1).await;
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    child.post("/me/say/words", &[("topic", "question"), ("text", "Why did I move?")]).await;
    let send = async |child: &mut Browser, bytes: &str| {
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.gif\"\r\nContent-Type: image/gif\r\n\r\n{bytes}\r\n--edge--\r\n",
            child.csrf
        );
        let kind = [("content-type", "multipart/form-data; boundary=edge")];
        child.ask_with(Method::POST, "/me/say/add", Some(body), &kind).await
    };
    let refused = send(&mut child, "<script>alert(1)</script>").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Your words are safe"), "{}", refused.body);
    // Larger than is taken by one byte.
    let refused = send(&mut child, &"x".repeat(25 * 1024 * 1024 + 1)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("26 MB") && refused.body.contains("25 MB"), "{}", refused.body);
    assert_eq!(send(&mut child, "GIF89a\u{1}\u{0}\u{1}\u{0}").await.location(), "/me/say/add");
    // Later, from another telephone: it is all there.
    council.later(jiff::SignedDuration::from_mins(3));
    let mut later = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    assert!(later.get("/me").await.body.contains("You have not sent your last one"));
    let page = later.get("/me/say/check").await;
    assert!(page.body.contains("Why did I move?") && page.body.contains("/me/files/"), "{}", page.body);
    let file = page.body.split("/me/files/").nth(1).unwrap()[..36].to_owned();
    assert_eq!(later.get(&format!("/me/files/{file}")).await.status, StatusCode::OK);
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    assert_eq!(worker.get(&format!("/me/files/{file}")).await.status, StatusCode::NOT_FOUND);
}

/// Facts that a child's own pages must never hold.
const SECRET: [&str; 5] = ["9 Marl Way", "zqthird", "zqsafe", "zqbrother", "zqrestricted"];

#[tokio::test(flavor = "multi_thread")]
async fn every_page_reads_at_nine_has_a_way_out_and_tells_nothing_of_others() {
    let council = Council::open(testing::sqlite().await, people(), 1).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let record = async |worker: &mut Browser, kind: &str, fields: &[(&str, &str)]| {
        let path = format!("/children/{OPEN}/record/{kind}");
        let page = worker.get(&path).await;
        let (key, seen) = (page.field("key"), page.field("seen-version"));
        let mut all = vec![
            ("key", key.as_str()),
            ("seen-version", seen.as_str()),
            ("happened-day", "20"),
            ("happened-month", "11"),
            ("happened-year", "2026"),
        ];
        all.extend(fields);
        let mut answer = worker.post(&path, &all).await;
        if !answer.status.is_redirection() {
            // What the return would ask is shown once; sent again it is recorded.
            let shown = answer.field("shown");
            all.push(("shown", &shown));
            answer = worker.post(&path, &all).await;
        }
        assert!(answer.status.is_redirection(), "{kind}: {}", answer.body);
    };
    record(&mut worker, "note", &[("text", "zqthird his father"), ("sensitivity", "third_party")]).await;
    record(&mut worker, "note", &[("text", "zqsafe a risk"), ("sensitivity", "safeguarding")]).await;
    let actor = council.casework.actor(&worker.cookies["kinfold_session"]).await.unwrap();
    let seen = council.casework.child_page(&actor, OPEN).await.unwrap().handle.version;
    let sibling = json!({"kind": "circle_joined", "role": "sibling", "name": "zqbrother"});
    let joins = NewEntry::on(crate::support::today(), serde_json::from_value(sibling).unwrap());
    council.casework.record(&actor, OPEN, seen, "zq", vec![joins]).await.unwrap();
    record(
        &mut worker,
        "decision_made",
        &[
            ("subject", "Seeing Nan"),
            ("decided", "You see Nan on Saturdays."),
            ("wanted", "More of Nan"),
            ("reason", "It is good for you."),
        ],
    )
    .await;
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    let officer = council.person(Role::ReviewingOfficer, Tie::Circle).clone();
    let entry = say(&mut child, "worry", "I feel sad.", &[&officer]).await;
    child.post("/me/things", &[("key", "k9"), ("what", "like"), ("text", "Herons")]).await;
    child.post("/me/say/words", &[("topic", "question"), ("text", "Why?")]).await;
    let said = format!("/me/said/{entry}");
    // A review is called, so that the child is asked what they want and for their part.
    let leads = council.as_person(&officer).await;
    let leads = council.casework.actor(&leads.cookies["kinfold_session"]).await.unwrap();
    let on = jiff::civil::date(2026, 12, 10);
    let to = MovedTo { on, place: Some("school".into()), time: Some("4 pm".into()), ..MovedTo::default() };
    let calling = Calling { kind: "looked_after".into(), to, parts_by: on, leaving: vec![] };
    council.casework.call_review(&leads, OPEN, "call", &calling).await.unwrap();
    // Questions about how they are: begun, so that their pages are open.
    assert_eq!(child.post("/me/questions", &[]).await.location(), "/me/questions/1");
    let mut hardest = Vec::new();
    let pages = [
        "/me",
        "/me/say",
        "/me/say/words",
        "/me/say/add",
        "/me/say/who",
        "/me/say/check",
        "/me/said",
        said.as_str(),
        "/me/help-now",
        "/me/people",
        "/me/plan",
        "/me/review",
        "/me/review/say",
        "/me/review/part",
        "/me/questions",
        "/me/questions/no",
        "/me/questions/1",
        "/me/questions/6",
        "/me/questions/check",
        "/me/decisions",
        "/me/health",
        "/me/rights",
        "/me/things",
        "/me/looked",
    ];
    for route in kinfold_web::routes().iter().filter(|r| r.method == Method::GET && r.whom == For::Own) {
        let path = route.path.replace("{entry}", &entry).replace("{page}", "1");
        let file = path.starts_with("/me/files/");
        assert!(file || pages.contains(&path.as_str()), "{path} is not measured");
    }
    let mut answers = Vec::new();
    for page in pages {
        let answer = child.get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        answers.push((page.to_owned(), answer));
    }
    // What comes back when something is missing is read by the same child.
    for page in
        ["/me/say/words", "/me/say/add", "/me/say/who", "/me/things", "/me/review/say", "/me/review/part"]
    {
        let answer = match page {
            "/me/say/add" => child.upload(page).await,
            _ => child.post(page, &[]).await,
        };
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}: {}", answer.location());
        answers.push((format!("{page} with mistakes"), answer));
    }
    let seen = child.get("/me/questions/check").await.field("seen-version");
    let nothing = child.post("/me/questions/check", &[("seen-version", &seen)]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    answers.push(("/me/questions/check with nothing in it".to_owned(), nothing));
    // And what stands there when they would rather not.
    child.post("/me/questions/no", &[]).await;
    answers.push(("/me/questions when declined".to_owned(), child.get("/me/questions").await));
    for (page, answer) in answers {
        assert!(answer.body.contains("govuk-exit-this-page__button"), "{page} has no way out");
        assert!(answer.body.contains("kf-me"), "{page} is not drawn for a child");
        for secret in SECRET {
            assert!(!answer.body.contains(secret), "{page} holds {secret}");
        }
        // How people are called is not ours to make easier.
        let called = people().iter().fold(answer.body.clone(), |body, one| body.replace(&one.name, "Sam"));
        let hard = hardness(&sentences(&called));
        assert!(hard.words > 20, "{page}: only {} words were measured", hard.words);
        // Grade 4: read with ease at nine.
        if hard.kincaid > 4.0 || hard.coleman > 4.0 {
            hardest.push(format!(
                "{page}: Flesch-Kincaid {:.1}, Coleman-Liau {:.1}\n{}",
                hard.kincaid,
                hard.coleman,
                sentences(&answer.body).join(" | ")
            ));
        }
    }
    assert!(hardest.is_empty(), "harder than a child of nine reads:\n{}", hardest.join("\n"));
    assert!(child.get("/me/decisions").await.body.contains("You see Nan on Saturdays."));
    assert!(child.get("/me/looked").await.body.contains("Ask why"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_is_closed_is_closed_everywhere_and_the_officer_sees_why() {
    let council = Council::open(testing::sqlite().await, people(), 1).await;
    let worker = council.person(Role::SocialWorker, Tie::Circle).clone();
    let mut actor = council.as_person(&worker).await;
    let page = actor.get(&format!("/children/{OPEN}/record/own_part_closed")).await;
    let (key, seen) = (page.field("key"), page.field("seen-version"));
    let fields = json!({"part": "looked", "reason": "Told in person first.", "review_on-day": "1", "review_on-month": "12", "review_on-year": "2026", "happened-day": "20", "happened-month": "11", "happened-year": "2026"});
    let mut all: Vec<(&str, &str)> = vec![("key", &key), ("seen-version", &seen)];
    all.extend(fields.as_object().unwrap().iter().map(|(k, v)| (k.as_str(), v.as_str().unwrap())));
    let answer = actor.post(&format!("/children/{OPEN}/record/own_part_closed"), &all).await;
    assert!(answer.status.is_redirection(), "{}", answer.body);
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    let looked = child.get("/me/looked").await;
    assert!(
        looked.body.contains("We do not show this part to you yet") && !looked.body.contains("Ask why"),
        "{}",
        looked.body
    );
    assert!(!looked.body.contains("Told in person first."));
    assert!(
        !child.get(&format!("/children/{OPEN}/chronology")).await.body.contains("She drew a heron"),
        "not by another way"
    );
    let mut officer = council.sign_in(Role::ReviewingOfficer, Tie::Circle).await;
    let seen = officer.get(&format!("/children/{OPEN}/own-space")).await;
    assert!(seen.body.contains("Told in person first.") && seen.body.contains("1 Dec 2026"), "{}", seen.body);
    let mut carer = council.sign_in(Role::FosterCarer, Tie::Circle).await;
    assert!(!carer.get(&format!("/children/{OPEN}/own-space")).await.body.contains("Told in person first."));
}

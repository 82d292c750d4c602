//! Forms: filled in by several people, submitted once, corrected, and read by those they are for.

use jiff::civil::date;
use kinfold_casework::forms::{Changes, NewFile, mark};
use kinfold_casework::{Actor, Casework, Clock, Cost, Error};
use kinfold_forms::{Answer, Answers, Key};
use kinfold_guidance::Guidance;
use kinfold_record::EventKind;
use uuid::Uuid;

use crate::world::{ADMINISTRATOR, MANAGER, OTHER, REVIEWER, WORKER, World, on_both};

/// A question and its answer.
pub type Given = (&'static str, Option<Answer>);

pub const FORM: &str = "health.assessment_request";

pub fn text(text: &str) -> Option<Answer> {
    Some(Answer::Text(text.to_owned()))
}

pub fn choice(code: &str) -> Option<Answer> {
    Some(Answer::Choice(code.into()))
}

fn no_answer(reason: &str) -> Option<Answer> {
    Some(Answer::NotGiven { reason: reason.into(), text: "Asked twice.".to_owned() })
}

/// Every answer the form needs, by section.
pub fn answers() -> Vec<(&'static str, Vec<Given>)> {
    vec![
        (
            "request",
            vec![
                ("assessment", choice("initial")),
                ("due", Some(Answer::Date(date(2026, 12, 10)))),
                ("consent_there", choice("given")),
            ],
        ),
        (
            "wishes",
            vec![
                ("where", choice("home")),
                ("language", text("Welsh")),
                ("interpreter", Some(Answer::YesNo(false))),
                ("said", Some(Answer::ChildWords("Not at the surgery, please.".to_owned()))),
            ],
        ),
        (
            "background",
            vec![
                ("why_in_care", text("A long illness at home and nobody else who could look after them.")),
                ("homes", text("With an aunt until the spring, then here.")),
                ("worries", text("Nights are hard.")),
                (
                    "worries_analysis",
                    text("Waking comes after telephone calls; does it have a cause we can treat?"),
                ),
                ("safety", text("Nobody has to be kept from knowing.")),
            ],
        ),
        (
            "health_known",
            vec![
                ("gp", text("Dr Elm, Marl Way Surgery")),
                ("services", no_answer("not_known")),
                ("red_book", choice("not_known")),
                ("family_history_known", choice("yes")),
            ],
        ),
    ]
}

/// Saves answers to some questions as they are seen now.
pub async fn save(
    casework: &Casework,
    actor: &Actor,
    world: &World,
    form: Uuid,
    section: &str,
    given: &[(&str, Option<Answer>)],
) -> Result<(), Error> {
    let desk = casework.form_desk(actor, world.child, form).await?;
    let changes = changes(given);
    let seen = mark(&desk.answers, changes.answers.iter().map(|(key, _)| key));
    casework.save_form(actor, world.child, form, section, &seen, &changes).await.map(drop)
}

pub fn changes(given: &[(&str, Option<Answer>)]) -> Changes {
    Changes { answers: given.iter().map(|(id, a)| (Key::of(id), a.clone())).collect(), times: None }
}

async fn filled(world: &World, worker: &Actor) -> Uuid {
    let form = world.casework.start_form(worker, world.child, FORM, None, "start").await.unwrap();
    for (section, given) in answers() {
        save(&world.casework, worker, world, form, section, &given).await.unwrap();
    }
    form
}

async fn version(world: &World, actor: &Actor, form: Uuid) -> i64 {
    world.casework.form_desk(actor, world.child, form).await.unwrap().version
}

async fn entries(world: &World) -> Vec<kinfold_record::Entry> {
    let mut unit = world.database.store.read().await.unwrap();
    unit.entries(world.child.0).await.unwrap().iter().map(|row| row.entry().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_form_is_kept_whole_and_cannot_be_submitted() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let page = world.casework.forms_page(&worker, world.child).await.unwrap();
        assert!(page.offered.iter().any(|f| f.id == FORM));
        let form = world.casework.start_form(&worker, world.child, FORM, None, "k").await.unwrap();
        let again = world.casework.start_form(&worker, world.child, FORM, None, "k").await.unwrap();
        assert_eq!(form, again, "a double start starts one");
        // What cannot be read as an answer is kept as it was typed, and so is what somebody hostile types.
        let odd = "<script>alert('x')</script> ' ; -- \u{202e} 👧🏽 ‘’\r\n\r\n=1+1";
        let typed = Some(Answer::Typed([("day".into(), vec!["31st".to_owned()])].into()));
        let given = [("assessment", choice("initial")), ("due", typed.clone())];
        save(&world.casework, &worker, &world, form, "request", &given).await.unwrap();
        save(&world.casework, &worker, &world, form, "background", &[("homes", text(odd))]).await.unwrap();
        let desk = world.casework.form_desk(&worker, world.child, form).await.unwrap();
        assert_eq!(desk.answers.get(&Key::of("due")), typed.as_ref());
        assert_eq!(desk.answers.get(&Key::of("homes")), text(odd).as_ref());
        let before = entries(&world).await.len();
        let refused =
            world.casework.submit_form(&worker, world.child, form, desk.version, "s").await.unwrap_err();
        let Error::Invalid(problems) = refused else { panic!("{refused:?}") };
        assert!(problems.iter().any(|p| p.field == "due"), "{problems:?}");
        assert!(problems.iter().any(|p| p.field == "why_in_care"));
        assert_eq!(entries(&world).await.len(), before, "nothing is recorded");
        // The answers are nowhere in the database as they were written.
        let sections = world.database.store.read().await.unwrap().form_sections(form).await.unwrap();
        assert!(sections.iter().all(|s| !String::from_utf8_lossy(&s.answers).contains("alert")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_in_one_section_keep_both_texts() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let manager = world.sign_in(MANAGER).await;
        let form = world.casework.start_form(&worker, world.child, FORM, None, "k").await.unwrap();
        let nothing = Answers::default();
        let seen = |id: &str| mark(&nothing, [&Key::of(id)]);
        let put = |actor: Actor, id: &'static str, words: &'static str| {
            let (casework, child, seen) = (world.casework.clone(), world.child, seen(id));
            async move {
                casework
                    .save_form(&actor, child, form, "background", &seen, &changes(&[(id, text(words))]))
                    .await
            }
        };
        put(worker.clone(), "homes", "With an aunt.").await.unwrap();
        // Another question of the same section, seen before the first was saved: no conflict.
        put(manager.clone(), "worries", "Nights.").await.unwrap();
        // The same question, seen before it was answered: a conflict, and nothing is overwritten.
        let refused = put(manager.clone(), "homes", "With a cousin.").await;
        assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
        let desk = world.casework.form_desk(&manager, world.child, form).await.unwrap();
        assert_eq!(desk.answers.get(&Key::of("homes")), text("With an aunt.").as_ref());
        assert_eq!(desk.answers.get(&Key::of("worries")), text("Nights.").as_ref());
        // Sending the same words twice is no conflict.
        let twice = put(worker.clone(), "homes", "With an aunt.").await.unwrap();
        assert!(!twice.changed);
        // Having seen it, the other may decide.
        save(&world.casework, &manager, &world, form, "background", &[("homes", text("With a cousin."))])
            .await
            .unwrap();
        let desk = world.casework.form_desk(&worker, world.child, form).await.unwrap();
        assert_eq!(desk.answers.get(&Key::of("homes")), text("With a cousin.").as_ref());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_saves_its_own_questions_and_nobody_elses() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let reviewer = world.sign_in(REVIEWER).await;
        let other = world.sign_in(OTHER).await;
        let form = world.casework.start_form(&worker, world.child, FORM, None, "k").await.unwrap();
        let nothing = Answers::default();
        let seen = mark(&nothing, [&Key::of("homes")]);
        let homes = changes(&[("homes", text("x"))]);
        let elsewhere = world.casework.save_form(&worker, world.child, form, "request", &seen, &homes).await;
        assert!(matches!(elsewhere, Err(Error::Absent)), "a question of another section: {elsewhere:?}");
        for actor in [&reviewer, &other] {
            let refused =
                world.casework.save_form(actor, world.child, form, "background", &seen, &homes).await;
            assert!(matches!(refused, Err(Error::Absent)), "{refused:?}");
        }
        let desk = world.casework.form_desk(&reviewer, world.child, form).await.unwrap();
        let shown: Vec<&str> = desk.sections.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(shown, ["request", "wishes"], "what the form gives the circle");
        assert!(desk.sections.iter().all(|s| !s.may_fill));
        assert!(matches!(world.casework.form_desk(&other, world.child, form).await, Err(Error::Absent)));
        let administrator = world.sign_in(ADMINISTRATOR).await;
        assert!(matches!(world.casework.forms_page(&administrator, world.child).await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn submitting_freezes_a_document_and_records_once() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let form = filled(&world, &worker).await;
        let seen = version(&world, &worker, form).await;
        let stale = world.casework.submit_form(&worker, world.child, form, seen - 1, "s0").await;
        assert!(
            matches!(stale, Err(Error::Conflict { .. })),
            "an answer changed since it was checked: {stale:?}"
        );
        let before = entries(&world).await.len();
        let done = world.casework.submit_form(&worker, world.child, form, seen, "s1").await.unwrap();
        assert_eq!(done.entries, 4, "requested, background sent, preference, red book");
        let after = entries(&world).await;
        assert_eq!(after.len(), before + 4);
        assert_eq!(after.iter().filter(|e| e.event.kind() == EventKind::HealthStep).count(), 3);
        // The same button twice, and another window.
        for key in ["s1", "s2"] {
            let again = world.casework.submit_form(&worker, world.child, form, seen, key).await.unwrap();
            assert_eq!(again.document, done.document);
        }
        assert_eq!(entries(&world).await.len(), before + 4, "recorded once");
        let late =
            save(&world.casework, &worker, &world, form, "background", &[("homes", text("late"))]).await;
        assert!(matches!(late, Err(Error::Forbidden(_))), "{late:?}");

        let whole = world.casework.form_document(&worker, world.child, done.document).await.unwrap();
        // What the social worker wrote about health is read by those the form names, and by who filled it in.
        assert_eq!((whole.number, whole.frozen.sections.len()), (1, 4));
        let reviewer = world.sign_in(REVIEWER).await;
        let part = world.casework.form_document(&reviewer, world.child, done.document).await.unwrap();
        let read: Vec<&str> = part.frozen.sections.iter().map(|s| s.id.as_str()).collect();
        assert_eq!((read, part.frozen.withheld), (vec!["request", "wishes"], 2));
        let all = format!("{:?}", part.frozen);
        assert!(
            !all.contains("telephone calls") && !all.contains("Marl Way"),
            "nothing of the others is in it"
        );
        let other = world.sign_in(OTHER).await;
        let refused = world.casework.form_document(&other, world.child, done.document).await;
        assert!(matches!(refused, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_a_new_version_and_corrects_the_entries() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let form = filled(&world, &worker).await;
        let seen = version(&world, &worker, form).await;
        let first = world.casework.submit_form(&worker, world.child, form, seen, "s1").await.unwrap();
        let count = entries(&world).await.len();
        let next = world.casework.correct_document(&worker, world.child, first.document).await.unwrap();
        let twice = world.casework.correct_document(&worker, world.child, first.document).await.unwrap();
        assert_eq!(next, twice, "one correction at a time");
        save(&world.casework, &worker, &world, next, "wishes", &[("where", choice("school"))]).await.unwrap();
        let seen = version(&world, &worker, next).await;
        let second = world.casework.submit_form(&worker, world.child, next, seen, "s2").await.unwrap();
        let after = entries(&world).await;
        let corrected: Vec<_> = after.iter().filter(|e| e.replaces.is_some()).collect();
        assert_eq!(after.len(), count + 1, "only what says something else is written");
        assert_eq!(corrected.len(), 1);
        assert!(format!("{:?}", corrected[0].event).contains("At school"), "{:?}", corrected[0].event);
        let new = world.casework.form_document(&worker, world.child, second.document).await.unwrap();
        assert_eq!((new.number, new.replaces, second.entries), (2, Some(first.document), 4));
        let old = world.casework.form_document(&worker, world.child, first.document).await.unwrap();
        assert_eq!(old.replaced_by, Some(second.document));
        assert!(format!("{:?}", old.frozen).contains("Where they live"), "the old version says what it said");
        assert!(!old.may_correct && new.may_correct);
        let again = world.casework.correct_document(&worker, world.child, first.document).await;
        assert!(matches!(again, Err(Error::Forbidden(_))), "{again:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_stay_with_the_version_of_the_form_they_were_given_to() {
    for database in kinfold_store::testing::both().await {
        let world = World::new(database).await;
        let worker = world.sign_in(WORKER).await;
        let form = filled(&world, &worker).await;
        // The guidance is changed: the form asks something else now.
        let mut guidance = Guidance::national().unwrap();
        let changed = guidance.forms.list.iter_mut().find(|f| f.id == FORM).unwrap();
        changed.title = "Another request".into();
        changed.hash = "changed".to_owned();
        changed.sections.truncate(1);
        let keys = world.keys();
        let later =
            Casework::open(world.database.store.clone(), guidance, keys, world.clock.clone(), Cost::Invented)
                .await
                .unwrap();
        let desk = later.form_desk(&worker, world.child, form).await.unwrap();
        assert_eq!((desk.form.title.as_str(), desk.sections.len()), ("Request for a health assessment", 4));
        let done = later.submit_form(&worker, world.child, form, desk.version, "s").await.unwrap();
        let page = later.form_document(&worker, world.child, done.document).await.unwrap();
        assert_eq!(page.frozen.title, "Request for a health assessment");
        let offered = later.forms_page(&worker, world.child).await.unwrap().offered;
        assert!(offered.iter().any(|f| f.title == "Another request"), "new ones start with the new version");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_looked_at_kept_encrypted_and_read_by_few() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let form = world.casework.start_form(&worker, world.child, FORM, None, "k").await.unwrap();
        let key = Key::of("papers");
        let add = |file: NewFile| {
            let (casework, worker, child, key) =
                (world.casework.clone(), worker.clone(), world.child, key.clone());
            async move { casework.add_form_file(&worker, child, form, "health_known", &key, &file).await }
        };
        let pdf = b"%PDF-1.7 confidential".to_vec();
        let file =
            |name: &str, bytes: Vec<u8>| NewFile { name: name.into(), size: bytes.len(), bytes: Some(bytes) };
        add(file("Robin Ashdown.pdf", pdf.clone())).await.unwrap();
        for refused in [
            file("a.pdf", b"<html><script>alert(1)</script>".to_vec()),
            NewFile { name: "p.jpg".into(), size: 50 << 20, bytes: None },
            file("e.pdf", Vec::new()),
        ] {
            let name = refused.name.clone();
            let answer = add(refused).await;
            assert!(matches!(answer, Err(Error::Invalid(_))), "{name}: {answer:?}");
        }
        let desk = world.casework.form_desk(&worker, world.child, form).await.unwrap();
        let Some(Answer::Uploads(held)) = desk.answers.get(&key) else { panic!("nothing is held") };
        assert_eq!(held.len(), 1, "what was refused took nothing with it");
        let id: Uuid = held[0].id.parse().unwrap();
        let mut unit = world.database.store.read().await.unwrap();
        let body = unit.form_upload_body(id).await.unwrap().unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("confidential"));
        drop(unit);
        let given = world.casework.form_file(&worker, world.child, form, id).await.unwrap();
        assert_eq!((given.bytes, given.kind.as_str()), (pdf, "application/pdf"));
        assert!(!given.name.contains("Robin") && given.name.ends_with(".pdf"), "{}", given.name);
        let reviewer = world.sign_in(REVIEWER).await;
        let refused = world.casework.form_file(&reviewer, world.child, form, id).await;
        assert!(matches!(refused, Err(Error::Absent)), "not of a section that they read");
        world.casework.drop_form_file(&worker, world.child, form, "health_known", &key, id).await.unwrap();
        assert!(matches!(world.casework.form_file(&worker, world.child, form, id).await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_thrown_away_leaves_no_answers() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let reviewer = world.sign_in(REVIEWER).await;
        let form = filled(&world, &worker).await;
        let refused = world.casework.discard_form(&reviewer, world.child, form).await;
        assert!(matches!(refused, Err(Error::Absent)), "{refused:?}");
        world.casework.discard_form(&worker, world.child, form).await.unwrap();
        assert!(world.database.store.read().await.unwrap().form_sections(form).await.unwrap().is_empty());
        let page = world.casework.forms_page(&worker, world.child).await.unwrap();
        assert!(page.open.is_empty() && page.documents.is_empty());
        let again = world.casework.discard_form(&worker, world.child, form).await;
        assert!(matches!(again, Err(Error::Conflict { .. })), "{again:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_after_a_time_out_comes_back_to_whoever_sent_it() {
    on_both(|world| async move {
        let token = world.token(WORKER).await;
        let worker = world.casework.actor(&token).await.unwrap();
        let csrf = worker.csrf().to_owned();
        let path = "/children/x/forms/y/sections/background/homes";
        let typed = vec![("homes".to_owned(), "With an aunt.".to_owned())];
        world.clock.set(world.clock.now() + jiff::SignedDuration::from_hours(2));
        assert!(matches!(world.casework.actor(&token).await, Err(Error::SignedOut)));
        let keep = |session: &str, csrf: &str| {
            let (casework, session, csrf, typed) =
                (world.casework.clone(), session.to_owned(), csrf.to_owned(), typed.clone());
            async move { casework.keep_after_time_out(&session, &csrf, path, &typed).await.unwrap() }
        };
        assert!(!keep("no such session", &csrf).await);
        assert!(!keep(&token, "another token").await, "a form of another site keeps nothing");
        assert!(keep(&token, &csrf).await);
        let worker = world.sign_in(WORKER).await;
        let other = world.sign_in(OTHER).await;
        assert_eq!(world.casework.kept_fields(&other, path).await.unwrap(), None);
        let kept = world.casework.kept_fields(&worker, path).await.unwrap().unwrap();
        assert_eq!(kept.fields, typed);
        world.casework.forget_kept(&worker, path).await.unwrap();
        assert_eq!(world.casework.kept_fields(&worker, path).await.unwrap(), None);
        // Signed out on purpose, there is nothing to come back to.
        let token = world.token(WORKER).await;
        let actor = world.casework.actor(&token).await.unwrap();
        let csrf = actor.csrf().to_owned();
        world.casework.sign_out(&actor).await.unwrap();
        assert!(!keep(&token, &csrf).await);
    })
    .await;
}

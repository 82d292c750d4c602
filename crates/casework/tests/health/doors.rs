//! Every other way by which a fact can leave for somebody: the chronology, the child's page, lists and boards, documents of
//! forms, FHIR, notices, letters, and what somebody outside is shown. The property in `sharing.rs` looks for its marks in
//! what comes out here.

use std::fmt::Debug;
use std::sync::Mutex;

use jiff::civil::date;
use kinfold_casework::board::BoardAsk;
use kinfold_casework::chronology::ChronologyFilter;
use kinfold_casework::forms::{Asked, OutsideOpened};
use kinfold_casework::outbox::Carrier;
use kinfold_casework::{Actor, Error, FhirTaken};
use kinfold_record::ChildId;
use kinfold_store::Page;
use uuid::Uuid;

use crate::intake::questionnaire;
use crate::world::{HIDDEN, NURSE, OPEN, WORKER, World, id};

const ALL: Page = Page { limit: 500, offset: 0 };

/// Keeps letters instead of sending them.
#[derive(Default)]
struct Post(Mutex<Vec<String>>);

impl Carrier for Post {
    async fn carry(&self, _: &str, subject: &str, text: &str) -> Result<(), String> {
        self.0.lock().unwrap().push(format!("{subject}\n{text}"));
        Ok(())
    }
}

/// A questionnaire is handed in, a passport is issued, and a section is with somebody outside.
pub async fn busy(world: &World) -> Uuid {
    let worker = world.sign_in(WORKER).await;
    let sent = questionnaire("zqlanguage", "f1").to_string();
    let taken = world.casework.fhir_create(&worker, "QuestionnaireResponse", &sent).await.unwrap();
    let FhirTaken::Created { reference } = taken else { panic!("{taken:?}") };
    let child = ChildId(id(OPEN));
    let form =
        world.casework.start_form(&worker, child, "health.assessment_request", None, "k").await.unwrap();
    let asked = Asked {
        name: "Sam Hale".to_owned(),
        email: "sam.hale@carers.example".to_owned(),
        due_on: Some(date(2026, 12, 4)),
    };
    world.casework.ask_outside(&worker, child, form, "wishes", &asked).await.unwrap();
    let nurse = world.sign_in(NURSE).await;
    let seen = world.casework.health_passport(&nurse, child).await.unwrap().page.unwrap().handle.version;
    world.casework.issue_passport(&nurse, child, seen, "k2", "first", &[]).await.unwrap();
    Uuid::parse_str(reference.split('/').nth(1).unwrap()).unwrap()
}

fn take<T: Debug>(out: &mut String, found: Result<T, Error>) {
    match found {
        Ok(found) => out.push_str(&format!("{found:?}\n")),
        Err(Error::Absent | Error::Forbidden(_)) => {}
        Err(error) => panic!("{error}"),
    }
}

/// What leaves for somebody with an account by these doors, as one text.
pub async fn told(world: &World, actor: &Actor, document: Uuid) -> String {
    let (mut out, casework) = (String::new(), &world.casework);
    for child in [OPEN, HIDDEN].map(|n| ChildId(id(n))) {
        let filter = ChronologyFilter::default();
        take(&mut out, casework.chronology(actor, child, &filter).await.map(|p| (p.timeline, p.lines)));
        take(&mut out, casework.child_page(actor, child).await.map(|p| (p.timeline, p.duties)));
        take(&mut out, casework.fhir_everything(actor, child).await.map(|b| b.to_string()));
        take(&mut out, casework.fhir_passport(actor, child).await.map(|b| b.to_string()));
        take(&mut out, casework.forms_page(actor, child).await.map(|p| (p.timeline, p.open, p.documents)));
        take(&mut out, casework.form_document(actor, child, document).await.map(|p| (p.timeline, p.frozen)));
    }
    let ask = BoardAsk::default();
    take(&mut out, casework.board_list(actor, &ask, ALL).await.map(|p| p.duties.rows));
    take(&mut out, casework.board_children(actor, &ask, ALL).await.map(|p| p.children.rows));
    take(&mut out, casework.export_board(actor, &ask, "csv").await.map(|e| e.rows));
    take(&mut out, casework.notices(actor, false, ALL).await.map(|(p, _)| p.rows));
    out
}

/// What leaves for people without an account: the letters, and the section behind the link in one of them.
pub async fn outside(world: &World) -> String {
    let post = Post::default();
    world.casework.run_escalation().await.unwrap();
    world.casework.run_outbox(&post).await.unwrap();
    let mut letters = std::mem::take(&mut *post.0.lock().unwrap());
    let link = letters.iter().find_map(|text| text.split("/fill/").nth(1)).expect("a link was sent");
    let token = link.split_whitespace().next().unwrap().to_owned();
    world.casework.send_outside_code(&token).await.unwrap();
    world.casework.run_outbox(&post).await.unwrap();
    letters.extend(std::mem::take(&mut *post.0.lock().unwrap()));
    let whole = letters.join("\n");
    for word in ["Robin", "Quillon", "Ashdown", "Mill Lane", "F100"] {
        assert!(!whole.contains(word), "a letter says {word}: {whole}");
    }
    let code = letters.iter().flat_map(|text| text.split_whitespace());
    let code = code
        .map(|word| word.trim_matches('.'))
        .find(|word| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit()));
    let proof = world.casework.prove_outside(&token, code.expect("a code was sent")).await.unwrap();
    let opened = world.casework.outside(&token, proof.as_deref()).await.unwrap();
    let OutsideOpened::Section(desk) = opened else { panic!("the section does not open") };
    format!("{whole}\n{} {:?}", desk.child_name, desk.answers)
}

//! Somebody joins the circle; the key worker changes in one step.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_casework::circle::{Candidate, CirclePage, Joining};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::form::{
    Button, Checkboxes, Choice, DateInput, FormState, Required, Select, TextInput, button_group, csrf_field,
    error_summary, hidden,
};
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;

use super::choose::{chooser, found};
use crate::child::bar::bar;
use crate::child::event_form::codes;
use crate::child::foreseen;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::ManageCircle);
    vec![
        get("/children/{child}/circle/add", whom, add),
        post("/children/{child}/circle/add", whom, send_add),
        get("/children/{child}/circle/key-worker", whom, key_worker),
        post("/children/{child}/circle/key-worker", whom, send_key_worker),
    ]
}

/// Places that a key worker can have.
const KEY_PLACES: &[&str] = &["social_worker", "cover_worker", "personal_adviser"];

/// Which of the two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Somebody,
    KeyWorker,
}

impl What {
    fn path(self) -> &'static str {
        match self {
            Self::Somebody => "add",
            Self::KeyWorker => "key-worker",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Somebody => "Add somebody to the circle",
            Self::KeyWorker => "Change the key worker",
        }
    }

    fn button(self) -> &'static str {
        match self {
            Self::Somebody => "Add to the circle",
            Self::KeyWorker => "Change the key worker",
        }
    }
}

async fn add(visit: Visit, Path(id): Path<ChildId>) -> Reply<Markup> {
    open(&visit, id, What::Somebody).await
}

async fn key_worker(visit: Visit, Path(id): Path<ChildId>) -> Reply<Markup> {
    open(&visit, id, What::KeyWorker).await
}

async fn page_of(visit: &Visit, id: ChildId) -> Reply<CirclePage> {
    let page = visit.casework().circle_page(&visit.actor, id).await?;
    if page.child.handle.may.has(Action::ManageCircle) { Ok(page) } else { Err(Error::Absent.into()) }
}

async fn open(visit: &Visit, id: ChildId, what: What) -> Reply<Markup> {
    let page = page_of(visit, id).await?;
    let form = FormState::new()
        .with("key", form_key())
        .with("seen-version", page.child.handle.version.to_string())
        .with("role", if what == What::KeyWorker { "social_worker" } else { "" })
        .with_date("on", page.child.today);
    Ok(draw(visit, &page, what, &form, None, None))
}

fn draw(
    visit: &Visit,
    page: &CirclePage,
    what: What,
    form: &FormState,
    found: Option<&[Candidate]>,
    note: Option<Markup>,
) -> Markup {
    let child = &page.child;
    let back = format!("/children/{}/circle", child.handle.id());
    let roles = codes(&child.book, "circle_role", child.today);
    let reasons = codes(&child.book, "worker_change_reason", child.today);
    let mut around = frame(visit, what.title());
    around.bar = Some(bar(&child.handle, &child.timeline, &child.book, child.today));
    around.back = Some(("Back to the circle".to_owned(), back.clone()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { (what.title()) }
        @if let Some(note) = note { (note) }
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            @if what == What::KeyWorker {
                p.govuk-body { "The new key worker relieves the one before on the day you enter, so that there is exactly one at every moment. For an absence, choose the place “Cover”." }
            }
            form method="post" action=(format!("{back}/{}", what.path())) novalidate {
                (csrf_field(visit.actor.csrf()))
                @for name in ["key", "seen-version"] { (hidden(name, form.value(name))) }
                (chooser("person", if what == What::KeyWorker { "Find the new key worker" } else { "Find somebody with an account" }, found, form))
                @if what == What::Somebody {
                    (TextInput::new("name", "Or the name of somebody without an account").autocomplete("off").render(form))
                    (Select::new("role", "Who they are for this child", roles).empty("Choose").render(form))
                    (TextInput::new("contact", "How to reach them (if known)").hint("A telephone number or address. Only those who may see contact details see it").autocomplete("off").render(form))
                    (Checkboxes::new("parental_responsibility", "Parental responsibility", [Choice::new("yes", "They have parental responsibility")]).small().render(form))
                } @else {
                    (Select::new("role", "Their place", roles.into_iter().filter(|(code, _)| KEY_PLACES.contains(&code.as_str()))).render(form))
                    (Select::new("change_reason", "Why the worker changes", reasons).empty("Not said").render(form))
                    (TextInput::new("worker_id", "The social worker’s registration number (if they have one)").hint("The statutory return names social workers by it: two letters and seven figures").autocomplete("off").render(form))
                }
                (DateInput::new("on", "From which day?").render(form))
                (foreseen::shown_fields(form))
                (button_group(&[Button::main(what.button()).sends("step", "record")], Some(("Cancel", &back))))
            }
        } }
    })
}

async fn send_add(path: Path<ChildId>, sent: Sent) -> Reply {
    send(path.0, sent, What::Somebody).await
}

async fn send_key_worker(path: Path<ChildId>, sent: Sent) -> Reply {
    send(path.0, sent, What::KeyWorker).await
}

fn read(form: &mut FormState, page: &CirclePage, what: What) -> Option<Joining> {
    let today = page.child.today;
    let roles = codes(&page.child.book, "circle_role", today);
    let offered: Vec<&str> = roles
        .iter()
        .map(|(c, _)| c.as_str())
        .filter(|c| what == What::Somebody || KEY_PLACES.contains(c))
        .collect();
    let role = form.read_choice("role", &offered, Required::Yes, "Choose who they are for this child");
    let reasons = codes(&page.child.book, "worker_change_reason", today);
    let offered: Vec<&str> = reasons.iter().map(|(c, _)| c.as_str()).collect();
    let change_reason =
        form.read_choice("change_reason", &offered, Required::No, "Choose a reason from the list");
    let person = match form.value("person") {
        "" => None,
        text => match text.parse() {
            Ok(person) => Some(person),
            Err(_) => {
                form.error("person", "Choose somebody from the list");
                None
            }
        },
    };
    let name = form.read_text_to("name", 200, Required::No, "").filter(|_| what == What::Somebody);
    if person.is_none() && name.is_none() {
        let field = if what == What::KeyWorker { "person-words" } else { "name" };
        form.error(
            field,
            if what == What::KeyWorker {
                "Find the new key worker and choose them from the list"
            } else {
                "Find and choose somebody, or enter a name"
            },
        );
    }
    if person.is_some() && name.is_some() {
        form.error("name", "Choose somebody with an account or enter a name, not both");
    }
    let contact = form.read_text_to("contact", 300, Required::No, "").filter(|_| what == What::Somebody);
    let worker_id = form.read_text_to("worker_id", 20, Required::No, "").filter(|_| what == What::KeyWorker);
    let on = form.read_date("on", "Day they join", Required::Yes);
    if form.has_errors() {
        return None;
    }
    Some(Joining {
        role: role?.as_str().into(),
        person,
        name,
        key_worker: what == What::KeyWorker,
        parental_responsibility: form.holds("parental_responsibility", "yes").then_some(true),
        change_reason: change_reason.as_deref().map(Into::into),
        worker_id,
        contact,
        on: on?,
    })
}

async fn send(id: ChildId, Sent { visit, mut form }: Sent, what: What) -> Reply {
    let page = page_of(&visit, id).await?;
    let people = found(&visit, "person", &form).await?;
    if form.value("step") != "record" {
        return Ok(draw(&visit, &page, what, &form, people.as_deref(), None).into_response());
    }
    let Some(joining) = read(&mut form, &page, what) else {
        let body = draw(&visit, &page, what, &form, people.as_deref(), None);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response());
    };
    let seen = form.value("seen-version").parse().unwrap_or(0);
    let key = form.value("key").to_owned();
    // What cannot be recorded is refused below, with the form.
    let foreseen = visit.casework().foresee_joining(&visit.actor, id, &key, joining.clone()).await;
    let foreseen = foreseen.unwrap_or_default();
    if foreseen::is_news(&foreseen, &form) {
        let form = foreseen::shown(&foreseen, form);
        let note = foreseen::note(&foreseen, what.button());
        let body = draw(&visit, &page, what, &form, people.as_deref(), Some(note));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response());
    }
    match visit.casework().join_circle(&visit.actor, id, seen, &key, joining).await {
        Ok(_) => {
            let words = match what {
                What::Somebody => "The circle has grown by one.",
                What::KeyWorker => "The key worker has changed. What is due goes with it.",
            };
            let words = words.to_owned() + &foreseen::remains(&foreseen);
            Ok(done(&visit.app, &format!("/children/{id}/circle"), &words))
        }
        Err(Error::Conflict { current }) => {
            let note = both(
                "The record has moved on. Look at the circle in another window.".to_owned(),
                "What you entered is in the form below.".to_owned(),
            );
            let form = form.with("seen-version", current.to_string());
            Ok((StatusCode::CONFLICT, draw(&visit, &page, what, &form, people.as_deref(), Some(note)))
                .into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &page, what, &form, people.as_deref(), None)).into_response())
        }
    }
}

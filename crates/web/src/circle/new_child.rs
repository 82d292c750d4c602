//! Adding a child to the record.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use kinfold_casework::Action;
use kinfold_casework::children_admin::NewChild;
use kinfold_casework::circle::Candidate;
use kinfold_casework::record::form_key;
use kinfold_casework::rows::{ChildLine, TeamRow};
use kinfold_look::banner::inset;
use kinfold_look::form::{
    Button, DateInput, FormState, Required, Select, button_group, csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, date, html};
use kinfold_record::{Event, EventKind};

use super::choose::{chooser, found};
use crate::child::event_form::{self, codes};
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};
use crate::work::child_link;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::AddChild);
    vec![get("/children/new", whom, show), post("/children/new", whom, send)]
}

/// Places that a first key worker can have.
const PLACES: &[&str] = &["social_worker", "cover_worker", "personal_adviser"];

async fn show(visit: Visit) -> Reply<Markup> {
    let teams = visit.casework().teams_for_children(&visit.actor).await?;
    let form = FormState::new()
        .with("key", form_key())
        .with("role", "social_worker")
        .with_date("on", visit.casework().today());
    Ok(draw(&visit, &teams, &form, None, &[]))
}

fn draw(
    visit: &Visit,
    teams: &[TeamRow],
    form: &FormState,
    people: Option<&[Candidate]>,
    same: &[ChildLine],
) -> Markup {
    let book = visit.casework().book();
    let today = visit.casework().today();
    let roles =
        codes(&book, "circle_role", today).into_iter().filter(|(code, _)| PLACES.contains(&code.as_str()));
    let mut around = frame(visit, "Add a child");
    around.back = Some(("Back to my work".to_owned(), "/".to_owned()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Add a child" }
            @if !same.is_empty() { (warn(same, today)) }
            form method="post" action="/children/new" novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                @if !same.is_empty() { (hidden("checked", "yes")) }
                h2.govuk-heading-m { "Who the child is" }
                (event_form::draw_all(EventKind::ChildRegistered, &book, today, &[], form))
                h2.govuk-heading-m { "Who works with the child" }
                (Select::new("team", "Team that holds the case", teams.iter().map(|t| (t.id.to_string(), t.name.clone()))).empty("Choose").render(form))
                (chooser("key_worker", "Find the key worker", people, form))
                (Select::new("role", "Their place", roles).render(form))
                (DateInput::new("on", "Known since").hint("The day the child was referred, or the first day that anything is known of").render(form))
                @let words = if same.is_empty() { "Add the child" } else { "This is another child: add" };
                (button_group(&[Button::main(words).sends("step", "add")], Some(("Cancel", "/"))))
            }
        } }
    })
}

/// Children who may be the same, before a second record is made of one.
fn warn(same: &[ChildLine], today: Date) -> Markup {
    inset(&html! {
        h2.govuk-heading-m { "Is this one of these children?" }
        p { "The same name and date of birth, NHS number or pupil number is in the record already. Look before you add." }
        ul.govuk-list {
            @for line in same {
                li { (child_link(line.id, &line.name, &line.reference, line.restricted)) @if let Some(born) = line.born { ", " (date::age_words(born, today)) } }
            }
        }
    })
}

async fn send(Sent { visit, mut form }: Sent) -> Reply {
    let casework = visit.casework();
    let teams = casework.teams_for_children(&visit.actor).await?;
    let people = found(&visit, "key_worker", &form).await?;
    if form.value("step") != "add" {
        return Ok(draw(&visit, &teams, &form, people.as_deref(), &[]).into_response());
    }
    let Some(new) = read(&visit, &mut form) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &teams, &form, people.as_deref(), &[]))
            .into_response());
    };
    if form.value("checked") != "yes" {
        let same = casework.same_children(&visit.actor, &new.registered).await?;
        if !same.is_empty() {
            return Ok(
                (StatusCode::CONFLICT, draw(&visit, &teams, &form, people.as_deref(), &same)).into_response()
            );
        }
    }
    let key = form.value("key").to_owned();
    match casework.add_child(&visit.actor, &key, new).await {
        Ok(id) => {
            let open = casework.child_page(&visit.actor, id).await.is_ok();
            let (to, words) = if open {
                (format!("/children/{id}"), "The child is added. Record what has happened next.")
            } else {
                (
                    "/".to_owned(),
                    "The child is added. The team and the key worker you named have the record now.",
                )
            };
            Ok(done(&visit.app, &to, words))
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &teams, &form, people.as_deref(), &[])).into_response())
        }
    }
}

fn read(visit: &Visit, form: &mut FormState) -> Option<NewChild> {
    let book = visit.casework().book();
    let on = form.read_date("on", "Day since when the child is known", Required::Yes);
    let registered: Option<Event> = event_form::read(
        EventKind::ChildRegistered,
        &book,
        on.unwrap_or_else(|| visit.casework().today()),
        form,
    );
    let team = form.value("team").parse().ok();
    if team.is_none() {
        form.error("team", "Choose the team that holds the case");
    }
    let key_worker = form.value("key_worker").parse().ok();
    if key_worker.is_none() {
        form.error("key_worker-words", "Find the key worker and choose them from the list");
    }
    let role = form.read_choice("role", PLACES, Required::Yes, "Choose the key worker’s place");
    if form.has_errors() {
        return None;
    }
    Some(NewChild {
        registered: registered?,
        on: on?,
        team: team?,
        key_worker: key_worker?,
        role: role?.as_str().into(),
    })
}

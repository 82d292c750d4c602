//! Giving a child to another team.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_casework::circle::CirclePage;
use kinfold_casework::{Action, Error};
use kinfold_look::form::{Button, FormState, Select, button_group, csrf_field, error_summary, hidden};
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;

use crate::child::bar::bar;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::Allocate);
    vec![get("/children/{child}/allocate", whom, ask), post("/children/{child}/allocate", whom, send)]
}

async fn page_of(visit: &Visit, id: ChildId) -> Reply<CirclePage> {
    let page = visit.casework().circle_page(&visit.actor, id).await?;
    if page.child.handle.may.has(Action::Allocate) { Ok(page) } else { Err(Error::Absent.into()) }
}

async fn ask(visit: Visit, Path(id): Path<ChildId>) -> Reply<Markup> {
    let page = page_of(&visit, id).await?;
    let form = FormState::new().with("seen-version", page.child.handle.version.to_string());
    Ok(draw(&visit, &page, &form))
}

fn draw(visit: &Visit, page: &CirclePage, form: &FormState) -> Markup {
    let child = &page.child;
    let base = format!("/children/{}", child.handle.id());
    let back = format!("{base}/circle");
    let teams = page
        .teams
        .iter()
        .filter(|t| Some(t.id) != child.handle.team)
        .map(|t| (t.id.to_string(), t.name.clone()));
    let mut around = frame(visit, "Give to another team");
    around.bar = Some(bar(&child.handle, &child.timeline, &child.book, child.today));
    around.back = Some(("Back to the circle".to_owned(), back.clone()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Give to another team" }
            p.govuk-body { "Now with: " strong { @match &page.team { Some(team) => (team), None => "no team" } } ". The team decides who can step in for the child, and whose manager owns what nobody else does. The circle stays as it is: change the key worker there if that changes too." }
            form method="post" action=(format!("{base}/allocate")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("seen-version", form.value("seen-version")))
                (Select::new("team", "Team", teams).empty("Choose").render(form))
                (button_group(&[Button::main("Give to this team")], Some(("Cancel", &back))))
            }
        } }
    })
}

async fn send(Path(id): Path<ChildId>, Sent { visit, mut form }: Sent) -> Reply {
    let page = page_of(&visit, id).await?;
    let Ok(team) = form.value("team").parse() else {
        form.error("team", "Choose the team");
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form)).into_response());
    };
    let seen = form.value("seen-version").parse().unwrap_or(0);
    match visit.casework().allocate(&visit.actor, id, seen, team).await {
        // Whoever gave the child away may not be able to open it any more.
        Ok(()) => {
            let open = visit.casework().child_page(&visit.actor, id).await.is_ok();
            let to = if open { format!("/children/{id}/circle") } else { "/".to_owned() };
            Ok(done(&visit.app, &to, "The child is with the other team now."))
        }
        Err(Error::Conflict { current }) => {
            form.form_error("Somebody else changed this record meanwhile. Check the team above; if you still want to, send the form again.");
            let form = form.with("seen-version", current.to_string());
            Ok((StatusCode::CONFLICT, draw(&visit, &page, &form)).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &page, &form)).into_response())
        }
    }
}

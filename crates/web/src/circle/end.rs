//! Somebody leaves the circle.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_casework::circle::CirclePage;
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::form::{
    Button, DateInput, FormState, Required, button_group, csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, date, html};
use kinfold_record::{ChildId, EntryId};

use crate::child::bar::bar;
use crate::child::foreseen;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::ManageCircle);
    vec![
        get("/children/{child}/circle/{entry}/end", whom, ask),
        post("/children/{child}/circle/{entry}/end", whom, send),
    ]
}

const BUTTON: &str = "End the place";

async fn page_of(visit: &Visit, id: ChildId) -> Reply<CirclePage> {
    let page = visit.casework().circle_page(&visit.actor, id).await?;
    if page.child.handle.may.has(Action::ManageCircle) { Ok(page) } else { Err(Error::Absent.into()) }
}

async fn ask(visit: Visit, Path((id, entry)): Path<(ChildId, EntryId)>) -> Reply<Markup> {
    let page = page_of(&visit, id).await?;
    let form = FormState::new()
        .with("key", form_key())
        .with("seen-version", page.child.handle.version.to_string())
        .with_date("on", page.child.today);
    draw(&visit, &page, entry, &form, None)
}

fn draw(
    visit: &Visit,
    page: &CirclePage,
    entry: EntryId,
    form: &FormState,
    note: Option<Markup>,
) -> Reply<Markup> {
    let child = &page.child;
    let member = &page.places.iter().find(|p| p.member.entry == entry).ok_or(Error::Absent)?.member;
    let back = format!("/children/{}/circle", child.handle.id());
    let name = member.person.and_then(|p| child.names.get(&p)).or(member.name.as_ref());
    let role = child.book.guidance.codes.title("circle_role", &member.role);
    let mut around = frame(visit, "End a place in the circle");
    around.bar = Some(bar(&child.handle, &child.timeline, &child.book, child.today));
    around.back = Some(("Back to the circle".to_owned(), back.clone()));
    around.has_errors = form.has_errors();
    let relieved = member.key_worker && child.timeline.care_on(child.today).is_some();
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "End a place in the circle" }
            @if let Some(note) = note { (note) }
            p.govuk-body { strong { @match name { Some(name) => (name), None => "Somebody" } } ", " (role) ", since " (date::long(member.start)) "." }
            @if relieved {
                p.govuk-body { "This is the key worker. A looked-after child has one at every moment, so " a.govuk-link href=(format!("{back}/key-worker")) { "name the next one, or a cover" } ": that ends this place by itself." }
            }
            p.govuk-body { "Once the place has ended, it no longer opens the record. It stays to be read here." }
            form method="post" action=(format!("{back}/{entry}/end")) novalidate {
                (csrf_field(visit.actor.csrf()))
                @for name in ["key", "seen-version"] { (hidden(name, form.value(name))) }
                (DateInput::new("on", "The day they left").render(form))
                (foreseen::shown_fields(form))
                (button_group(&[Button::main(BUTTON)], Some(("Cancel", &back))))
            }
        } }
    }))
}

async fn send(Path((id, entry)): Path<(ChildId, EntryId)>, Sent { visit, mut form }: Sent) -> Reply {
    let page = page_of(&visit, id).await?;
    let Some(on) = form.read_date("on", "Day they left", Required::Yes) else {
        return Ok(
            (StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, entry, &form, None)?).into_response()
        );
    };
    let seen = form.value("seen-version").parse().unwrap_or(0);
    let key = form.value("key").to_owned();
    // What cannot be recorded is refused below, with the form.
    let foreseen = visit.casework().foresee_leaving(&visit.actor, id, &key, entry, on).await;
    let foreseen = foreseen.unwrap_or_default();
    if foreseen::is_news(&foreseen, &form) {
        let form = foreseen::shown(&foreseen, form);
        let note = foreseen::note(&foreseen, BUTTON);
        let body = draw(&visit, &page, entry, &form, Some(note))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response());
    }
    match visit.casework().leave_circle(&visit.actor, id, seen, &key, entry, on).await {
        Ok(_) => {
            // Whoever ends their own place may have closed the record to themselves.
            let own = page
                .places
                .iter()
                .any(|p| p.member.entry == entry && p.member.person == Some(visit.actor.person()));
            let to = if own { "/".to_owned() } else { format!("/children/{id}/circle") };
            let words = "The place in the circle has ended.".to_owned() + &foreseen::remains(&foreseen);
            Ok(done(&visit.app, &to, &words))
        }
        Err(Error::Conflict { current }) => {
            form.form_error("Somebody else changed this record meanwhile. Look at the circle again; if this still holds, send the form again.");
            let form = form.with("seen-version", current.to_string());
            Ok((StatusCode::CONFLICT, draw(&visit, &page, entry, &form, None)?).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &page, entry, &form, None)?).into_response())
        }
    }
}

//! Who is called to a meeting, and who came.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kinfold_casework::Action;
use kinfold_casework::authority::panel::MeetingPage;
use kinfold_casework::authority::panel::meeting::Presence;
use kinfold_look::form::{Choice, FormState, Radios};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::address;
use super::meeting::{changeable, fresh, guest_fields};
use crate::authority::form::FormPage;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let run = For::Authority(Action::RunPanel);
    vec![
        get("/panel/{meeting}/call", run, call_form),
        post("/panel/{meeting}/call", run, called),
        get("/panel/{meeting}/attendance", run, attendance),
        post("/panel/{meeting}/attendance", run, noted),
    ]
}

/// Everybody who is called, and whether they came.
pub(super) fn list(page: &MeetingPage) -> Markup {
    let here = address(page.meeting.id);
    html! {
        @if page.meeting.guests.is_empty() { p.govuk-body { "Nobody yet." } }
        ul class="govuk-list govuk-list--bullet" {
            @for guest in &page.meeting.guests {
                li {
                    (guest.name) @if let Some(role) = &guest.role { ", " (role) }
                    @if let Some(presence) = guest.presence { " – " (presence.title()) }
                }
            }
        }
        @if page.may_change() && !page.meeting.guests.is_empty() {
            p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("{here}/attendance")) { "Write down who came" } }
        }
    }
}

async fn call_form(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = changeable(&visit, id).await?;
    Ok(draw_call(&visit, id, &fresh(&page)))
}

fn draw_call(visit: &Visit, id: Uuid, form: &FormState) -> Markup {
    let here = address(id);
    let page = FormPage {
        title: "Call somebody",
        about: "Meeting of the panel",
        action: &format!("{here}/call"),
        back: ("The meeting", &here),
        button: "Call them",
        upload: false,
    };
    page.draw(visit, form, &html! {}, &guest_fields(form))
}

async fn called(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    changeable(&visit, id).await?;
    let key = form.value("key").to_owned();
    let who = (form.value("name"), form.value("role"), form.value("email"));
    match visit.casework().call_to_meeting(&visit.actor, id, who, &key).await {
        Ok(()) => Ok(done(&visit.app, &address(id), "They are called.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_call(&visit, id, &form)).into_response())
        }
    }
}

async fn attendance(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = changeable(&visit, id).await?;
    let mut form = fresh(&page);
    for guest in &page.meeting.guests {
        form = form.with(guest.item.to_string(), guest.presence.map_or("", Presence::code));
    }
    Ok(draw_attendance(&visit, &page, &form))
}

fn draw_attendance(visit: &Visit, of: &MeetingPage, form: &FormState) -> Markup {
    let here = address(of.meeting.id);
    let page = FormPage {
        title: "Who came",
        about: "Meeting of the panel",
        action: &format!("{here}/attendance"),
        back: ("The meeting", &here),
        button: "Save",
        upload: false,
    };
    let choices = || Presence::ALL.map(|presence| Choice::new(presence.code(), presence.title()));
    let fields = html! {
        @for guest in &of.meeting.guests {
            (Radios::new(guest.item.to_string(), guest.name.as_str(), choices()).inline().render(form))
        }
    };
    page.draw(visit, form, &html! {}, &fields)
}

async fn noted(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let page = changeable(&visit, id).await?;
    let came = page.meeting.guests.iter().filter_map(|guest| {
        Presence::parse(form.value(&guest.item.to_string())).map(|presence| (guest.item, presence))
    });
    let (came, key): (Vec<_>, _) = (came.collect(), form.value("key").to_owned());
    match visit.casework().note_attendance(&visit.actor, id, &came, &key).await {
        Ok(()) => Ok(done(&visit.app, &address(id), "It is recorded.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_attendance(&visit, &page, &form)).into_response())
        }
    }
}

//! Giving a role to an account, and ending one.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_access::{Code, roles};
use kinfold_casework::accounts::NewGrant;
use kinfold_casework::teams::TeamsPage;
use kinfold_casework::{Action, Error, Role};
use kinfold_look::banner::details;
use kinfold_look::form::{
    Button, DateInput, FormState, Required, Select, button_group, csrf_field, error_summary,
};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::people::role_words;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ManageAccounts);
    vec![
        get("/admin/people/{person}/roles/new", whom, new),
        post("/admin/people/{person}/roles/new", whom, give),
        get("/admin/people/{person}/roles/{grant}/end", whom, ask_end),
        post("/admin/people/{person}/roles/{grant}/end", whom, end),
    ]
}

/// The fields of a role to be given.
pub(super) fn grant_fields(teams: &TeamsPage, form: &FormState) -> Markup {
    html! {
        (Select::new("role", "Role", Role::ALL.iter().map(|r| (r.as_str(), r.title()))).empty("Choose").render(form))
        (details("What each role sees and does", &html! {
            dl.govuk-list {
                @for role in roles() { dt { strong { (role.title) } } dd { (role.sentence) } }
            }
        }, false))
        (Select::new("team", "Team", teams.teams.iter().map(|(t, _)| (t.id.to_string(), t.name.clone())))
            .empty("No team: the whole authority")
            .hint("Social workers, team managers and personal advisers work in a team; most others in the whole authority")
            .render(form))
        (DateInput::new("from", "First day").render(form))
        (DateInput::new("to", "The day it ends (if known)").hint("The first day on which they no longer hold it").render(form))
    }
}

/// Reads a role to be given. Errors stand in the form; `None` then.
pub(super) fn read_grant(form: &mut FormState) -> Option<NewGrant> {
    let offered: Vec<&str> = Role::ALL.iter().map(|r| r.as_str()).collect();
    let role =
        form.read_choice("role", &offered, Required::Yes, "Choose a role").and_then(|r| Role::parse(&r));
    let from = form.read_date("from", "First day", Required::Yes);
    let to_on = form.read_date("to", "Day it ends", Required::No);
    let team = match form.value("team") {
        "" => None,
        text => match text.parse() {
            Ok(team) => Some(team),
            Err(_) => {
                form.error("team", "Choose a team from the list");
                None
            }
        },
    };
    if role.is_some_and(|r| matches!(r, Role::TeamManager)) && team.is_none() {
        form.error("team", "Choose the team that they manage");
    }
    if form.has_errors() { None } else { Some(NewGrant { role: role?, team, from_on: from?, to_on }) }
}

async fn new(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let form = FormState::new().with_date("from", visit.casework().today());
    draw(&visit, id, &form).await
}

async fn draw(visit: &Visit, id: Uuid, form: &FormState) -> Reply<Markup> {
    let page = visit.casework().account_page(&visit.actor, id).await?;
    let teams = visit.casework().teams_page(&visit.actor).await?;
    let back = format!("/admin/people/{id}");
    let mut around = frame(visit, "Give a role");
    around.back = Some(("Back to the account".to_owned(), back.clone()));
    around.has_errors = form.has_errors();
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            span.govuk-caption-l { (page.account.name) }
            h1.govuk-heading-l { "Give a role" }
            form method="post" action=(format!("{back}/roles/new")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (grant_fields(&teams, form))
                (button_group(&[Button::main("Give the role")], Some(("Cancel", &back))))
            }
        } }
    }))
}

async fn give(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply {
    let status = match read_grant(&mut form) {
        Some(grant) => match visit.casework().give_role(&visit.actor, id, grant).await {
            Ok(()) => return Ok(done(&visit.app, &format!("/admin/people/{id}"), "The role is given.")),
            Err(error) => refuse(&mut form, error)?,
        },
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, draw(&visit, id, &form).await?).into_response())
}

async fn ask_end(visit: Visit, Path((id, grant)): Path<(Uuid, Uuid)>) -> Reply<Markup> {
    let form = FormState::new().with_date("on", visit.casework().today());
    draw_end(&visit, id, grant, &form).await
}

async fn draw_end(visit: &Visit, id: Uuid, grant: Uuid, form: &FormState) -> Reply<Markup> {
    let page = visit.casework().account_page(&visit.actor, id).await?;
    let held = page.grants.iter().find(|g| g.id == grant).ok_or(Error::Absent)?;
    let back = format!("/admin/people/{id}");
    let mut around = frame(visit, "End a role");
    around.back = Some(("Back to the account".to_owned(), back.clone()));
    around.has_errors = form.has_errors();
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            span.govuk-caption-l { (page.account.name) }
            h1.govuk-heading-l { "End the role: " (role_words(held, &page.teams)) }
            p.govuk-body { "Held since " (date::long(held.from_on)) ". What was due from them because of it goes to whoever holds the role next; places in a child’s circle stay until the circle is changed." }
            form method="post" action=(format!("{back}/roles/{grant}/end")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (DateInput::new("on", "The first day on which they no longer hold it").render(form))
                (button_group(&[Button::warning("End the role")], Some(("Cancel", &back))))
            }
        } }
    }))
}

async fn end(Path((id, grant)): Path<(Uuid, Uuid)>, Sent { visit, mut form }: Sent) -> Reply {
    let status = match form.read_date("on", "First day without the role", Required::Yes) {
        Some(on) => match visit.casework().end_role(&visit.actor, id, grant, on).await {
            Ok(()) => {
                return Ok(done(&visit.app, &format!("/admin/people/{id}"), "The role ends on that day."));
            }
            Err(error) => refuse(&mut form, error)?,
        },
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, draw_end(&visit, id, grant, &form).await?).into_response())
}

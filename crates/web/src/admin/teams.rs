//! Teams and agencies.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_casework::rows::{AgencyRow, TeamRow};
use kinfold_casework::teams::{AGENCY_KINDS, TEAM_KINDS, TeamForm, TeamsPage};
use kinfold_casework::{Action, Error};
use kinfold_look::card::empty;
use kinfold_look::form::{
    Button, FormState, Select, TextInput, button_group, button_link, csrf_field, error_summary, hidden,
};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::{Here, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

const BACK: &str = "/admin/teams";

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ManageTeams);
    vec![
        get("/admin/teams", whom, show),
        get("/admin/teams/new", whom, new_team),
        post("/admin/teams/new", whom, add_team),
        get("/admin/teams/{team}", whom, team),
        post("/admin/teams/{team}", whom, save_team),
        get("/admin/agencies/new", whom, new_agency),
        post("/admin/agencies/new", whom, add_agency),
        get("/admin/agencies/{agency}", whom, agency),
        post("/admin/agencies/{agency}", whom, save_agency),
    ]
}

fn kind_words(kinds: &[(&str, &str)], code: &str) -> String {
    kinds.iter().find(|(c, _)| *c == code).map_or_else(|| code.to_owned(), |(_, words)| (*words).to_owned())
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().teams_page(&visit.actor).await?;
    let manager = |team: &TeamRow| {
        page.managers.iter().find(|(id, _)| Some(*id) == team.manager).map(|(_, name)| name.clone())
    };
    let team_row = |(team, people): &(TeamRow, usize)| {
        Row::new()
            .cell(html! { a.govuk-link href=(format!("/admin/teams/{}", team.id)) { (team.name) } })
            .cell(html! { (kind_words(TEAM_KINDS, &team.kind)) })
            .cell(html! { (page.agencies.iter().find(|a| a.id == team.agency).map_or("", |a| a.name.as_str())) })
            .cell(html! { @match manager(team) { Some(name) => (name), None => span.govuk-hint { "Nobody" } } })
            .cell(html! { a.govuk-link href=(format!("/admin?team={}", team.id)) { (people) span.govuk-visually-hidden { " people in " (team.name) } } })
    };
    let agency_row = |agency: &AgencyRow| {
        Row::new()
            .cell(html! { a.govuk-link href=(format!("/admin/agencies/{}", agency.id)) { (agency.name) } })
            .cell(html! { (kind_words(AGENCY_KINDS, &agency.kind)) })
            .cell(html! { (page.teams.iter().filter(|(t, _)| t.agency == agency.id).count()) })
    };
    Ok(frame(&visit, "Teams and agencies").render(&html! {
        h1.govuk-heading-l { "Teams and agencies" }
        (tabs(Here::Teams))
        (button_link("Add a team", "/admin/teams/new", true))
        h2.govuk-heading-m { "Teams" }
        @if page.teams.is_empty() {
            (empty("No teams yet", "A child’s case is held by a team, and what nobody else owns falls to its manager.", None))
        } @else {
            (Table::new("Teams", [Column::new("Team"), Column::new("Kind"), Column::new("Agency"), Column::new("Manager"), Column::figures("People")])
                .caption_hidden().dense().rows(page.teams.iter().map(team_row)))
        }
        h2.govuk-heading-m { "Agencies" }
        (Table::new("Agencies", [Column::new("Agency"), Column::new("Kind"), Column::figures("Teams")])
            .caption_hidden().dense().rows(page.agencies.iter().map(agency_row)))
        p.govuk-body { a.govuk-link href="/admin/agencies/new" { "Add an agency" } }
    }))
}

fn team_fields(page: &TeamsPage, own: Option<Uuid>, form: &FormState) -> Markup {
    html! {
        (TextInput::new("name", "Name of the team").autocomplete("off").render(form))
        (Select::new("kind", "Kind of team", TEAM_KINDS.iter().copied()).empty("Choose").render(form))
        (Select::new("agency", "Agency", page.agencies.iter().map(|a| (a.id.to_string(), a.name.clone()))).empty("Choose").render(form))
        (Select::new("parent", "Part of (if any)", page.teams.iter().filter(|(t, _)| Some(t.id) != own).map(|(t, _)| (t.id.to_string(), t.name.clone())))
            .empty("No other team").hint("Who manages that team manages this one too").render(form))
        (Select::new("manager", "Manager", page.managers.iter().map(|(id, name)| (id.to_string(), name.clone())))
            .empty("Nobody").hint("What nobody else owns falls to the manager. Only people who hold a managing role are offered").render(form))
    }
}

fn read_team(form: &FormState) -> TeamForm {
    TeamForm {
        name: form.value("name").to_owned(),
        agency: form.value("agency").parse().unwrap_or_default(),
        kind: form.value("kind").to_owned(),
        parent: form.value("parent").parse().ok(),
        manager: form.value("manager").parse().ok(),
    }
}

fn team_form(team: &TeamRow) -> FormState {
    FormState::new()
        .with("name", team.name.clone())
        .with("kind", team.kind.clone())
        .with("agency", team.agency.to_string())
        .with("parent", team.parent.map_or_else(String::new, |id| id.to_string()))
        .with("manager", team.manager.map_or_else(String::new, |id| id.to_string()))
        .with("version", team.version.to_string())
}

/// A team's form in lines, to be compared.
fn told(page: &TeamsPage, form: &FormState) -> String {
    let named = |id: &str| {
        page.managers.iter().find(|(m, _)| m.to_string() == id).map_or("Nobody", |(_, name)| name.as_str())
    };
    let part = |id: &str| {
        page.teams
            .iter()
            .find(|(t, _)| t.id.to_string() == id)
            .map_or("No other team", |(t, _)| t.name.as_str())
    };
    format!(
        "Name: {}\nKind: {}\nPart of: {}\nManager: {}",
        form.value("name"),
        kind_words(TEAM_KINDS, form.value("kind")),
        part(form.value("parent")),
        named(form.value("manager"))
    )
}

struct Shown<'a> {
    title: &'static str,
    action: String,
    button: &'static str,
    fields: Markup,
    note: Option<Markup>,
    form: &'a FormState,
}

fn draw(visit: &Visit, shown: Shown<'_>) -> Markup {
    let Shown { title, action, button, fields, note, form } = shown;
    let mut around = frame(visit, title);
    around.back = Some(("Back to teams and agencies".to_owned(), BACK.to_owned()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { (title) }
        @if let Some(note) = note { (note) }
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            form method="post" action=(action) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("version", form.value("version")))
                (fields)
                (button_group(&[Button::main(button)], Some(("Cancel", BACK))))
            }
        } }
    })
}

async fn draw_team(visit: &Visit, id: Option<Uuid>, form: &FormState, note: Option<Markup>) -> Reply<Markup> {
    let page = visit.casework().teams_page(&visit.actor).await?;
    let (title, action, button) = match id {
        Some(id) => ("Change a team", format!("/admin/teams/{id}"), "Save"),
        None => ("Add a team", "/admin/teams/new".to_owned(), "Add the team"),
    };
    Ok(draw(visit, Shown { title, action, button, fields: team_fields(&page, id, form), note, form }))
}

async fn new_team(visit: Visit) -> Reply<Markup> {
    draw_team(&visit, None, &FormState::new(), None).await
}

async fn add_team(Sent { visit, mut form }: Sent) -> Reply {
    match visit.casework().add_team(&visit.actor, &read_team(&form)).await {
        Ok(_) => Ok(done(&visit.app, BACK, "The team is added.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_team(&visit, None, &form, None).await?).into_response())
        }
    }
}

async fn team(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().teams_page(&visit.actor).await?;
    let (team, _) = page.teams.iter().find(|(t, _)| t.id == id).ok_or(Error::Absent)?;
    draw_team(&visit, Some(id), &team_form(team), None).await
}

async fn save_team(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply {
    let version = form.value("version").parse().unwrap_or(0);
    match visit.casework().change_team(&visit.actor, id, version, &read_team(&form)).await {
        Ok(()) => Ok(done(&visit.app, BACK, "The team is saved.")),
        Err(Error::Conflict { current }) => {
            let page = visit.casework().teams_page(&visit.actor).await?;
            let (saved, _) = page.teams.iter().find(|(t, _)| t.id == id).ok_or(Error::Absent)?;
            let note = both(told(&page, &team_form(saved)), told(&page, &form));
            let form = form.with("version", current.to_string());
            Ok((StatusCode::CONFLICT, draw_team(&visit, Some(id), &form, Some(note)).await?).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_team(&visit, Some(id), &form, None).await?).into_response())
        }
    }
}

fn draw_agency(visit: &Visit, id: Option<Uuid>, form: &FormState, note: Option<Markup>) -> Markup {
    let (title, action, button) = match id {
        Some(id) => ("Change an agency", format!("/admin/agencies/{id}"), "Save"),
        None => ("Add an agency", "/admin/agencies/new".to_owned(), "Add the agency"),
    };
    let fields = html! {
        (TextInput::new("name", "Name of the agency").autocomplete("off").render(form))
        (Select::new("kind", "Kind of agency", AGENCY_KINDS.iter().copied()).empty("Choose").render(form))
    };
    draw(visit, Shown { title, action, button, fields, note, form })
}

async fn new_agency(visit: Visit) -> Reply<Markup> {
    // Asked for the right it needs, not for what it holds.
    visit.casework().teams_page(&visit.actor).await?;
    Ok(draw_agency(&visit, None, &FormState::new(), None))
}

async fn add_agency(Sent { visit, mut form }: Sent) -> Reply {
    match visit.casework().add_agency(&visit.actor, form.value("name"), form.value("kind")).await {
        Ok(_) => Ok(done(&visit.app, BACK, "The agency is added.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_agency(&visit, None, &form, None)).into_response())
        }
    }
}

fn agency_form(agency: &AgencyRow) -> FormState {
    FormState::new()
        .with("name", agency.name.clone())
        .with("kind", agency.kind.clone())
        .with("version", agency.version.to_string())
}

async fn agency(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().teams_page(&visit.actor).await?;
    let agency = page.agencies.iter().find(|a| a.id == id).ok_or(Error::Absent)?;
    Ok(draw_agency(&visit, Some(id), &agency_form(agency), None))
}

async fn save_agency(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply {
    let version = form.value("version").parse().unwrap_or(0);
    match visit
        .casework()
        .change_agency(&visit.actor, id, version, form.value("name"), form.value("kind"))
        .await
    {
        Ok(()) => Ok(done(&visit.app, BACK, "The agency is saved.")),
        Err(Error::Conflict { current }) => {
            let page = visit.casework().teams_page(&visit.actor).await?;
            let saved = page.agencies.iter().find(|a| a.id == id).ok_or(Error::Absent)?;
            let words =
                |name: &str, kind: &str| format!("Name: {name}\nKind: {}", kind_words(AGENCY_KINDS, kind));
            let note = both(words(&saved.name, &saved.kind), words(form.value("name"), form.value("kind")));
            let form = form.with("version", current.to_string());
            Ok((StatusCode::CONFLICT, draw_agency(&visit, Some(id), &form, Some(note))).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_agency(&visit, Some(id), &form, None)).into_response())
        }
    }
}

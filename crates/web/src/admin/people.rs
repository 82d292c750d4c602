//! Everybody with an account. Words are sent in a form, because a name must not stand in an address.

use kinfold_access::Code;
use kinfold_casework::accounts::{Account, AccountList, AccountQuery};
use kinfold_casework::rows::{Page, RoleGrantRow, TeamRow};
use kinfold_casework::{Action, Role};
use kinfold_look::card::empty;
use kinfold_look::filter::{Chosen, Filter};
use kinfold_look::form::{Button, FormState, Select, TextInput, button_link, csrf_field};
use kinfold_look::nav::Pagination;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::{Here, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::Visit;

const PER_PAGE: i64 = 50;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ManageAccounts);
    vec![get("/admin", whom, show), post("/admin/find", whom, find)]
}

fn asked(form: &FormState) -> AccountQuery {
    AccountQuery {
        words: None,
        role: Role::parse(form.value("role")),
        team: form.value("team").parse().ok(),
        off: match form.value("off") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
    }
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page: u32 = visit.query.value("page").parse().unwrap_or(1).clamp(1, 10_000);
    let at = Page { limit: PER_PAGE, offset: i64::from(page - 1) * PER_PAGE };
    let query = asked(&visit.query);
    let list = visit.casework().accounts(&visit.actor, &query, at).await?;
    Ok(draw(&visit, &list, &query, page))
}

async fn find(Sent { visit, form }: Sent) -> Reply<Markup> {
    let query =
        AccountQuery { words: Some(form.value("words").trim().to_owned()), ..AccountQuery::default() };
    let list = visit.casework().accounts(&visit.actor, &query, Page::first(PER_PAGE)).await?;
    Ok(draw(&visit, &list, &query, 1))
}

/// The address of the list with other filters.
fn address(query: &AccountQuery, page: u32) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    if let Some(role) = query.role {
        out.append_pair("role", role.as_str());
    }
    if let Some(team) = query.team {
        out.append_pair("team", &team.to_string());
    }
    if let Some(off) = query.off {
        out.append_pair("off", if off { "yes" } else { "no" });
    }
    if page > 1 {
        out.append_pair("page", &page.to_string());
    }
    let text = out.finish();
    if text.is_empty() { "/admin".to_owned() } else { format!("/admin?{text}") }
}

fn draw(visit: &Visit, list: &AccountList, query: &AccountQuery, page: u32) -> Markup {
    let pages = u32::try_from((list.total + PER_PAGE - 1) / PER_PAGE).unwrap_or(1).max(1);
    let words = query.words.as_deref();
    frame(visit, "People and teams").render(&html! {
        h1.govuk-heading-l { "People and teams" }
        (tabs(Here::People))
        (button_link("Add a person", "/admin/people/new", true))
        form method="post" action="/admin/find" role="search" {
            (csrf_field(visit.actor.csrf()))
            (TextInput::new("words", "Find by name or e-mail address").autocomplete("off").render(&FormState::new().with("words", words.unwrap_or(""))))
            (Button::secondary("Find"))
        }
        (filter(list, query).beside(&html! {
            @if words.is_some() && list.total > PER_PAGE {
                p.govuk-body { "The first " (PER_PAGE) " of " (list.total) ". Enter more of the name to see fewer." }
            } @else {
                p.govuk-body { (list.total) @if list.total == 1 { " person" } @else { " people" } }
            }
            @if list.accounts.is_empty() {
                (empty("Nobody found", "Check the spelling, or look with fewer filters.", Some(("Show everybody", "/admin"))))
            } @else {
                (Table::new("People with accounts", ["Name", "Roles today", "Account"].map(Column::new))
                    .caption_hidden()
                    .dense()
                    .rows(list.accounts.iter().map(|(account, grants)| row(account, grants, &list.teams))))
            }
            @if words.is_none() {
                (Pagination { page, pages, what: "people".to_owned() }.render(|n| address(query, n)))
            }
        }))
    })
}

fn filter(list: &AccountList, query: &AccountQuery) -> Filter {
    let mut chosen = Vec::new();
    if let Some(role) = query.role {
        let without = AccountQuery { role: None, ..query.clone() };
        chosen.push(Chosen {
            category: "Role".to_owned(),
            values: vec![(role.title().to_owned(), address(&without, 1))],
        });
    }
    if let Some(team) = query.team {
        let without = AccountQuery { team: None, ..query.clone() };
        chosen.push(Chosen {
            category: "Team".to_owned(),
            values: vec![(team_name(&list.teams, Some(team)), address(&without, 1))],
        });
    }
    if let Some(off) = query.off {
        let without = AccountQuery { off: None, ..query.clone() };
        let words = if off { "Switched off" } else { "Switched on" };
        chosen.push(Chosen {
            category: "Account".to_owned(),
            values: vec![(words.to_owned(), address(&without, 1))],
        });
    }
    let form = FormState::new()
        .with("role", query.role.map_or("", Role::as_str))
        .with("team", query.team.map_or_else(String::new, |t| t.to_string()))
        .with("off", query.off.map_or("", |off| if off { "yes" } else { "no" }));
    Filter {
        action: "/admin".to_owned(),
        chosen,
        fields: html! {
            (Select::new("role", "Role", Role::ALL.iter().map(|r| (r.as_str(), r.title()))).empty("Any role").render(&form))
            (Select::new("team", "Team", list.teams.iter().map(|t| (t.id.to_string(), t.name.clone()))).empty("Any team").render(&form))
            (Select::new("off", "Account", [("no", "Switched on"), ("yes", "Switched off")]).empty("Any").render(&form))
        },
        keep: Vec::new(),
    }
}

fn row(account: &Account, grants: &[RoleGrantRow], teams: &[TeamRow]) -> Row {
    Row::new()
        .cell(html! {
            a.govuk-link href=(format!("/admin/people/{}", account.id)) { (account.name) }
            br; span.govuk-hint { (account.email) }
        })
        .cell(html! {
            @if grants.is_empty() { span.govuk-hint { "None" } }
            @for grant in grants { (role_words(grant, teams)) br; }
        })
        .cell(html! {
            @if account.off_since.is_some() { (tag("Switched off", Colour::Red)) }
            @else if !account.has_password { (tag("No password yet", Colour::Yellow)) }
            @else { "On" }
        })
}

/// "Social worker, North team".
pub(super) fn role_words(grant: &RoleGrantRow, teams: &[TeamRow]) -> String {
    let role = Role::parse(&grant.role).map_or(grant.role.as_str(), |role| role.title());
    match grant.team {
        Some(team) => format!("{role}, {}", team_name(teams, Some(team))),
        None => role.to_owned(),
    }
}

/// A team's name, or what stands for none.
pub(super) fn team_name(teams: &[TeamRow], team: Option<Uuid>) -> String {
    match team {
        Some(id) => teams
            .iter()
            .find(|t| t.id == id)
            .map_or_else(|| "a team that is gone".to_owned(), |t| t.name.clone()),
        None => "The whole authority".to_owned(),
    }
}

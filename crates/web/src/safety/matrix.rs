//! Who may do what: role × relationship × action, as the policies in force decide it.

use axum::response::Response;
use kinfold_access::{Action as Act, ActionSet, Code, Purpose, Role, RoleRights, Table as Rights};
use kinfold_casework::Action;
use kinfold_exchange::sheet::{Cell, Sheet};
use kinfold_look::form::{Button, FormState, Select, button_link};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, html};
use kinfold_record::Subject;

use super::audit::{Here, ways};
use super::csv;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/matrix", For::Authority(Action::ViewMatrix), show),
        get("/matrix/export", For::Authority(Action::ViewMatrix), export),
    ]
}

/// The role asked about: one at a time, unless every role is to be printed.
fn asked(visit: &Visit) -> Option<Role> {
    match visit.query.value("role") {
        "every" => None,
        code => Role::parse(code).or_else(|| visit.actor.roles().next()).or(Some(Role::SocialWorker)),
    }
}

async fn show(visit: Visit) -> Reply<Markup> {
    let chosen = asked(&visit);
    let matrix = visit.casework().matrix(&visit.actor, chosen).await?;
    let mut around = frame(&visit, "Who may do what");
    around.wide = true;
    let code = chosen.map_or("every", Code::as_str);
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Who may do what" }
        (ways(&visit, Here::Matrix))
        div.kf-read {
            p.govuk-body {
                "Worked out from the policies in force, not written by hand. Each role has a table for each kind of record, with a column "
                "for each tie that gives something. A tie without a column gives nothing beyond the first."
            }
            p.govuk-body { "✓ means allowed for the role’s usual purpose. A word means allowed, but only for that purpose. A person with several roles has the rights of all of them, less what any policy forbids." }
        }
        form method="get" action="/matrix" {
            (Select::new("role", "Role", Role::ALL.iter().map(|r| (r.as_str(), r.title())).chain([("every", "Every role, to print")])).render(&FormState::new().with("role", code)))
            (Button::secondary("Show").repeatable())
        }
        @for rights in matrix.iter() { (role(rights)) }
        (button_link("Export as CSV", &format!("/matrix/export?role={code}"), false))
    }))
}

fn role(rights: &RoleRights) -> Markup {
    html! {
        section id=(rights.role.as_str()) {
            h2.govuk-heading-m { (rights.role.title()) }
            p.govuk-body { (rights.role.sentence()) }
            p.govuk-body { "Usual purpose: " (rights.usual.title()) "." }
            @if !rights.authority.is_empty() {
                h3.govuk-heading-s { "In the authority" }
                ul class="govuk-list govuk-list--bullet kf-columns" { @for action in rights.authority.iter() { li { (action.title()) } } }
            }
            @for (at, table) in rights.records.iter().enumerate() {
                @let same = rights.records[..at].iter().find(|t| t.columns == table.columns && !table.columns.is_empty());
                @match same {
                    Some(same) => p.govuk-body { (subject(table.subject)) ": the same as " (subject(same.subject).to_lowercase()) "." },
                    None if table.columns.is_empty() => p.govuk-body { (subject(table.subject)) ": nothing." },
                    None => (records(rights, table)),
                }
            }
        }
    }
}

fn records(rights: &RoleRights, table: &Rights) -> Markup {
    let given = table.columns.iter().fold(ActionSet::EMPTY, |given, column| given.union(column.actions()));
    let head = std::iter::once(Column::new("Action"))
        .chain(table.columns.iter().map(|c| Column::new(c.tie.title())));
    let rows = given.iter().map(|action| {
        table.columns.iter().fold(Row::new().cell(html! { (action.title()) }), |row, column| {
            row.cell(html! { (mark(column, action, rights.usual)) })
        })
    });
    let caption = format!("{}: {}", rights.role.title(), subject(table.subject).to_lowercase());
    html! { (Table::new(caption, head).dense().rows(rows)) }
}

fn mark(column: &kinfold_access::Column, action: Act, usual: Purpose) -> String {
    let purposes = column.purposes(action);
    if purposes.has(usual) {
        return "✓".to_owned();
    }
    purposes.iter().map(Code::title).collect::<Vec<_>>().join(", ")
}

fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Child => "Children",
        Subject::Carer => "Carer households",
        Subject::Home => "Homes",
    }
}

async fn export(visit: Visit) -> Reply<Response> {
    let chosen = match visit.query.value("role") {
        "" => None,
        _ => asked(&visit),
    };
    let matrix = visit.casework().export_matrix(&visit.actor, chosen).await?;
    let columns = ["Role", "About", "Tie", "Action", "Purposes"];
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for rights in matrix.iter() {
        for action in rights.authority.iter() {
            rows.push(
                [rights.role.title(), "The authority", "", action.title(), rights.usual.title()]
                    .map(Cell::from)
                    .to_vec(),
            );
        }
        for table in &rights.records {
            for column in &table.columns {
                for (action, purposes) in &column.rights {
                    let purposes: Vec<&str> = purposes.iter().map(Code::title).collect();
                    rows.push(vec![
                        rights.role.title().into(),
                        subject(table.subject).into(),
                        column.tie.title().into(),
                        action.title().into(),
                        purposes.join("; ").into(),
                    ]);
                }
            }
        }
    }
    let sheet =
        Sheet { name: "Who may do what".to_owned(), columns: columns.map(str::to_owned).to_vec(), rows };
    csv(&sheet, "who-may-do-what")
}

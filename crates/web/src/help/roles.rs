//! Who does what: every role in a sentence, and for those who may read it the whole matrix of rights.

use kinfold_access::{Action, ActionSet, Code, Engine, Role, RoleRights, roles};
use kinfold_casework::Error;
use kinfold_look::banner::details;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, html};

use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/roles", For::SignedIn, show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let whole = visit.actor.may().has(Action::ViewMatrix);
    // The same policies as decide: the page is asked from them, not written beside them.
    let engine =
        if whole { Some(Engine::house().map_err(|e| Error::Guidance(e.to_string()))?) } else { None };
    let own = |role: Role| visit.actor.has(role);
    Ok(frame(&visit, "Who does what").render(&html! {
        h1.govuk-heading-l { "Who does what" }
        div.kf-read {
            p.govuk-body { "What somebody may see and do comes from four things together: the role they hold, how they stand to the child today, the purpose they work for, and how sensitive the thing is. Nothing is allowed that no policy allows." }
            dl.govuk-list {
                @for role in roles() {
                    dt { strong { (role.title) } @if own(role.role) { " (you)" } }
                    dd { (role.sentence) " " a.govuk-link href=(format!("/help/{}", role.role.as_str())) { "Guide" span.govuk-visually-hidden { " for the role " (role.title) } } }
                }
            }
        }
        @if let Some(engine) = engine {
            h2.govuk-heading-m { "The matrix of rights" }
            p.govuk-body { "Worked out from the policies that decide. A word in a cell means: allowed, but only for that purpose." }
            @for rights in engine.matrix() { (details(rights.role.title(), &matrix(&rights), false)) }
        }
    }))
}

fn matrix(rights: &RoleRights) -> Markup {
    let authority: Vec<&str> = rights.authority.iter().map(Action::title).collect();
    html! {
        p.govuk-body { "Usually works for: " (rights.usual.title()) "." }
        p.govuk-body { "In the authority: " @if authority.is_empty() { "nothing" } @else { (authority.join("; ")) } "." }
        @for table in &rights.records {
            @if !table.columns.is_empty() {
                @let columns = std::iter::once(Column::new("What")).chain(table.columns.iter().map(|c| Column::new(c.tie.title())));
                @let subject = table.subject.as_str();
                (Table::new(format!("{}: records of the kind “{subject}”", rights.role.title()), columns).dense().rows(
                    table.columns.iter().fold(ActionSet::EMPTY, |all, column| all.union(column.actions())).iter().map(|action| {
                        table.columns.iter().fold(Row::new().cell(html! { (action.title()) }), |row, column| {
                            row.cell(cell(column, action, rights))
                        })
                    })
                ))
            }
        }
    }
}

fn cell(column: &kinfold_access::Column, action: Action, rights: &RoleRights) -> Markup {
    let purposes = column.purposes(action);
    html! {
        @if purposes.has(rights.usual) { span aria-hidden="true" { "✓" } span.govuk-visually-hidden { "Yes" } }
        @else { (purposes.iter().map(|p| p.as_str().replace('_', " ")).collect::<Vec<_>>().join(", ")) }
    }
}

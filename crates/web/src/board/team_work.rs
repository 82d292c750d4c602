//! The open work of one's teams, what nobody owns first.

use kinfold_casework::Action;
use kinfold_look::card::{Stat, empty, stats};
use kinfold_look::form::Select;
use kinfold_look::nav::Pagination;
use kinfold_look::table::Column;
use kinfold_look::{Markup, State, html};

use super::list::{PER_PAGE, table};
use super::{Here, page_of, pages, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/board/team-work", For::Authority(Action::ViewTeamBoard), show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let team = visit.query.value("team").parse().ok();
    let (at, page) = page_of(&visit, PER_PAGE);
    let (list, unowned) = visit.casework().team_work(&visit.actor, team, page).await?;
    let total = list.duties.total;
    let teams: Vec<(String, String)> =
        list.offers.teams.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let mut around = frame(&visit, "My teams’ work");
    around.wide = true;
    let columns = ["Due", "Duty", "Child", "State", "Whose", "Team"].map(Column::new);
    Ok(around.render(&html! {
        h1.govuk-heading-l { "My teams’ work" }
        p.kf-lead { "What is late or due in the teams you work in or manage. What nobody owns comes first." }
        (tabs(&list.offers, Here::TeamWork))
        @if teams.len() > 1 {
            form.kf-read method="get" action="/board/team-work" {
                (Select::new("team", "Team", teams).empty("All my teams").render(&visit.query))
                button class="govuk-button govuk-button--secondary" type="submit" { "Show" }
            }
        }
        @if list.duties.rows.is_empty() {
            (empty(
                "Nothing is due",
                "Duties appear here when something is due for a child of your teams. If you are in no team, ask the administrator.",
                None,
            ))
        } @else {
            (stats(&[
                Stat { figure: unowned.to_string(), label: "owned by nobody".to_owned(), note: None, href: None, state: (unowned > 0).then_some(State::Late) },
                Stat { figure: total.to_string(), label: "late or due".to_owned(), note: None, href: None, state: None },
            ]))
            (table(&list, visit.casework(), columns))
            (Pagination { page: at, pages: pages(total, PER_PAGE), what: "duties".to_owned() }.render(|n| {
                let team = visit.query.value("team");
                if team.is_empty() { format!("/board/team-work?page={n}") } else { super::ask::address("/board/team-work", &visit.query, &[("page", &n.to_string())]) }
            }))
        }
    }))
}

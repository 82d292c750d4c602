//! The list behind a figure.

use kinfold_casework::board::{BoardState, ListPage, Order, state_of};
use kinfold_casework::rows::DutyLine;
use kinfold_casework::{Action, Casework};
use kinfold_look::nav::{Crumb, Pagination};
use kinfold_look::table::{Column, Row, Sorted, Table};
use kinfold_look::{Markup, date, html};
use kinfold_record::PersonId;

use super::ask::{address, order_name, read};
use super::export::downloads;
use super::teams::nothing;
use super::{Here, filter, look_state, page_of, pages, tabs};
use crate::duty;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;
use crate::work::child_link;

/// Duties on one page.
pub(super) const PER_PAGE: i64 = 50;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/board/list", For::Authority(Action::ViewTeamBoard), show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let ask = read(&visit.query);
    let (at, page) = page_of(&visit, PER_PAGE);
    let list = visit.casework().board_list(&visit.actor, &ask, page).await?;
    let mut around = frame(&visit, "Duties on the board");
    around.wide = true;
    let whole = [("state", ""), ("group", ""), ("step", ""), ("rule", "")];
    around.breadcrumbs = vec![Crumb::new("Pathway board", address("/board", &visit.query, &whole))];
    let total = list.duties.total;
    let sort = |column: &str, up: Order, down: Order| {
        let (now, next) = if ask.order == up {
            (Sorted::Up, down)
        } else if ask.order == down && up != down {
            (Sorted::Down, up)
        } else {
            (Sorted::No, up)
        };
        Column::new(column).sorts(address("/board/list", &visit.query, &[("order", order_name(next))]), now)
    };
    let columns = [
        sort("Due", Order::Urgent, Order::DueLast),
        sort("Duty", Order::Duty, Order::Duty),
        sort("Child", Order::Child, Order::Child),
        Column::new("State"),
        Column::new("Whose"),
        Column::new("Team"),
    ];
    let body = html! {
        @if list.duties.rows.is_empty() {
            (nothing(&visit))
        } @else {
            p.govuk-body { (total) @if total == 1 { " duty" } @else { " duties" } }
            (table(&list, visit.casework(), columns))
            (Pagination { page: at, pages: pages(total, PER_PAGE), what: "duties".to_owned() }
                .render(|n| address("/board/list", &visit.query, &[("order", order_name(ask.order)), ("page", &n.to_string())])))
            @if list.offers.export { (downloads("/board/list", &visit.query)) }
        }
    };
    let group = ask.group.as_ref().and_then(|id| list.offers.groups.iter().find(|g| g.id == *id));
    let title = match (group, ask.state) {
        (Some(group), Some(state)) => format!("{}: {}", group.title, state.title().to_lowercase()),
        (Some(group), None) => group.title.clone(),
        (None, Some(state)) => format!("Duties: {}", state.title().to_lowercase()),
        (None, None) => "Duties on the board".to_owned(),
    };
    Ok(around.render(&html! {
        h1.govuk-heading-l { (title) }
        (tabs(&list.offers, Here::List))
        (filter::beside(&visit, &list.offers, "/board/list", true, &body))
    }))
}

/// The duties of a list as a table.
pub(super) fn table(
    list: &ListPage,
    casework: &Casework,
    columns: impl IntoIterator<Item = Column>,
) -> Table {
    Table::new("Duties", columns)
        .caption_hidden()
        .dense()
        .no_row_names()
        .rows(list.duties.rows.iter().map(|line| row(line, list, casework)))
}

fn row(line: &DutyLine, list: &ListPage, casework: &Casework) -> Row {
    let held = &line.duty;
    let state = state_of(held, list.today, casework.now());
    let owner = held.owner_person.and_then(|id| list.owners.get(&PersonId(id)));
    let row = Row::new()
        .cell(html! { span.kf-nowrap { (date::short(held.due_on)) } br; span.govuk-hint { (date::relative(held.due_on, list.today)) } })
        .cell(html! { a.govuk-link href=(duty::address(held.child, &held.rule, &held.occurrence)) { (held.title) } })
        .cell(child_link(held.child, &line.child_name, &line.child_reference, line.restricted))
        .cell(html! {
            (look_state(state).small())
            @if state == BoardState::DoneLate { " " (held.days_late.unwrap_or(0)) " days late" }
            @if let Some(step) = &held.stuck_step { br; span.govuk-hint { "Waiting at: " (step.replace('_', " ")) } }
        })
        .cell(html! {
            (crate::help::role_link(&held.owner_role))
            @match owner { Some(name) => { br; span.govuk-hint { (name) } }, None if held.closed_on.is_none() => { br; strong { "Nobody yet" } }, None => {} }
        })
        .cell(html! { @match held.team.and_then(|id| list.teams.get(&id)) { Some(name) => (name), None => (date::unknown()) } });
    if state == BoardState::Late { row.late() } else { row }
}

//! Where duties are stuck: each hand-off with how many wait there longer than they should.

use kinfold_casework::Action;
use kinfold_casework::board::{BoardAsk, StuckRule};
use kinfold_look::card::empty;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, State, html};

use super::ask::{address, read};
use super::{Here, filter, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/board/stuck", For::Authority(Action::ViewTeamBoard), show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let ask = BoardAsk { state: None, step: None, closed: false, ..read(&visit.query) };
    let page = visit.casework().board_stuck(&visit.actor, &ask).await?;
    let mut around = frame(&visit, "Stuck hand-offs");
    around.wide = true;
    let body = html! {
        @if page.rules.is_empty() {
            (empty(
                "Nothing is stuck",
                "A duty appears here when a hand-off, such as the consent for a health assessment, has waited longer than it should.",
                None,
            ))
        }
        @for rule in &page.rules { (steps(&visit, rule)) }
    };
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Stuck hand-offs" }
        p.kf-lead { "Work that passes from hand to hand, and where it has waited too long. A figure opens the list behind it." }
        (tabs(&page.offers, Here::Stuck))
        (filter::beside(&visit, &page.offers, "/board/stuck", false, &body))
    }))
}

fn steps(visit: &Visit, rule: &StuckRule) -> Markup {
    let waiting: i64 = rule.steps.iter().map(|s| s.3).sum();
    html! {
        h2.govuk-heading-m { (rule.title) }
        (Table::new(format!("{}: hand-offs", rule.title), [Column::new("Hand-off"), Column::new("Whose"), Column::figures("Waiting too long")])
            .caption_hidden()
            .dense()
            .rows(rule.steps.iter().map(|(step, title, owner, count)| {
                Row::new().cell(title).cell(owner).cell(html! {
                    @if *count > 0 {
                        (State::Stuck.small()) " "
                        a.govuk-link href=(address("/board/list", &visit.query, &[("rule", &rule.rule), ("step", step), ("state", "")])) {
                            (count) span.govuk-visually-hidden { " waiting at: " (title) ", " (rule.title) }
                        }
                    } @else { "0" }
                })
            }))
            .foot(Row::new().cell("Altogether").cell("").cell(waiting)))
    }
}

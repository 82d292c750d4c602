//! All rounds, and the surveys that can be sent out.

use kinfold_casework::Action;
use kinfold_casework::surveys::{RoundLine, SurveysPage};
use kinfold_look::card::empty;
use kinfold_look::form::button_link;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::standing;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/surveys", For::Authority(Action::ViewSurveys), show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().survey_rounds(&visit.actor).await?;
    let mut around = frame(&visit, "Surveys");
    around.wide = true;
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Surveys" }
        p.kf-lead { "What schools, carers and partners say when they are asked. Nobody here can see who answered what, where that was promised." }
        @if page.may_run && !page.surveys.is_empty() { p class="kf-screen-only" { (button_link("Open a round", "/surveys/new", true)) } }
        @if page.rounds.is_empty() {
            (empty("No survey has been sent out yet", "The director, a head of service, a commissioner, the virtual school head or the panel’s clerk opens a round.", None))
        } @else { (table(&page)) }
        h2.govuk-heading-m { "What can be asked" }
        @if page.surveys.is_empty() {
            p.govuk-body { "There is no survey in force. Your council adds one as a file of its guidance." }
        } @else {
            ul class="govuk-list govuk-list--bullet" {
                @for survey in &page.surveys {
                    li { strong { (survey.title) } ", for " (survey.asks.to_lowercase()) ", " (survey.questions) " questions" @if survey.anonymous { ", anonymous" } }
                }
            }
        }
    }))
}

fn table(page: &SurveysPage) -> Table {
    let columns = [
        Column::new("Round"),
        Column::new("Survey"),
        Column::new("Last day"),
        Column::figures("Invited"),
        Column::figures("Answered"),
        Column::new("State"),
    ];
    Table::new("Rounds", columns).caption_hidden().rows(page.rounds.iter().map(|line| row(page, line)))
}

fn row(page: &SurveysPage, line: &RoundLine) -> Row {
    let round = &line.round;
    Row::new()
        .cell(html! { a.govuk-link href=(format!("/surveys/{}", round.id)) { (round.title) } })
        .cell(round.survey.head.title.as_str())
        .cell(html! { (date::short_element(round.ended_on())) })
        .cell(round.invited)
        .cell(line.answered)
        .cell(standing(round, page.today))
}

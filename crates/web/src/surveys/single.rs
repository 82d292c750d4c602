//! What each answered, where a survey is by name.

use axum::extract::Path;
use kinfold_casework::Action;
use kinfold_casework::surveys::SinglePage;
use kinfold_forms::words::shown;
use kinfold_forms::{Answers, Facts, Sheet};
use kinfold_look::banner::details;
use kinfold_look::card::empty;
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use crate::forms::answer_shown;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/surveys/{round}/answers", For::Authority(Action::RunSurveys), show)]
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().single_answers(&visit.actor, id).await?;
    let mut around = frame(&visit, "What each answered");
    around.back = Some(("The round".to_owned(), format!("/surveys/{id}")));
    Ok(around.render(&html! {
        span.govuk-caption-l { (page.round.title) }
        h1.govuk-heading-l { "What each answered" }
        div.kf-read {
            p.govuk-body { "They were told that their answers are kept with their name and read by those who run surveys. The log keeps that you looked." }
            @if page.answered.is_empty() { (empty("Nobody has answered yet", "What is sent stands here at once, by name.", None)) }
        }
        @for (name, answers) in &page.answered {
            h2.govuk-heading-m { (name) }
            (given(&visit, &page, answers))
        }
        @if !page.silent.is_empty() {
            (details(&format!("Invited and have not answered ({})", page.silent.len()), &html! {
                ul class="govuk-list govuk-list--bullet" { @for name in &page.silent { li { (name) } } }
            }, false))
        }
    }))
}

/// Every question that was asked of them, and what they said.
fn given(visit: &Visit, page: &SinglePage, answers: &Answers) -> Markup {
    let (form, facts) = (page.round.survey.as_form(), Facts::on(page.round.opened_on));
    let book = visit.casework().book();
    let sheet = Sheet::new(&form, answers, &facts, &book.guidance.codes);
    let facts: Vec<Fact> = sheet
        .asked()
        .map(|(_, key, question)| {
            Fact::new(question.label.clone(), answer_shown(&shown(&sheet, question, sheet.answer(&key))))
        })
        .collect();
    html! { (summary_list(&facts)) }
}

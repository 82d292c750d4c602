//! Who decides what, as the carer reads it.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use kinfold_casework::Action;
use kinfold_casework::carers::{Decision, DecisionsPage};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, date, html};
use kinfold_record::ChildId;

use super::know::{Here, ways};
use super::{about, signed_first};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/caring/{child}/decisions", For::Child(Action::KeepLog), show)]
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Response> {
    let page = match visit.casework().carers_decisions(&visit.actor, child).await {
        Ok(page) => page,
        Err(error) => return signed_first(&visit, child, error).await,
    };
    let around = about(&visit, "Who decides what", child, &page.called);
    let ask = |code: &str| format!("/caring/{child}/questions?decision={code}#ask");
    Ok(around
        .render(&html! {
            div.kf-read {
                h1.govuk-heading-l { "Who decides what" }
                (ways(child, Here::Decisions))
                p.govuk-body { "The law calls this delegated authority. What you may decide yourself you need not ask about." }
                @if page.undecided > 0 {
                    p.govuk-body { strong { (page.undecided) } " of these are not decided for your home yet. Until they are, ask the social worker first." }
                }
                (list(&page, |decision| html! {
                    @if decision.decides.is_none() {
                        p.govuk-body { a.govuk-link href=(ask(&decision.code)) { "Ask about this" span.govuk-visually-hidden { ": " (decision.title) } } }
                    }
                }))
            }
        })
        .into_response())
}

/// Every decision by area; `after` stands below each.
pub(super) fn list(page: &DecisionsPage, after: impl Fn(&Decision) -> Markup) -> Markup {
    html! {
        @for area in &page.areas {
            h2.govuk-heading-m { (area.title) }
            ul.kf-facts {
                @for decision in &area.decisions { li.kf-facts__one { (one(page, decision)) (after(decision)) } }
            }
        }
    }
}

fn one(page: &DecisionsPage, decision: &Decision) -> Markup {
    let words = |list: &str, code: &str| page.book.guidance.codes.title(list, code).to_owned();
    let consulted: Vec<String> = decision.consulted.iter().map(|c| words("circle_role", c)).collect();
    html! {
        strong { (decision.title) } " "
        @match &decision.decides {
            Some(who) => {
                (tag(&words("decides", who), if who == "carer" { Colour::Teal } else { Colour::Grey }))
                @if let Some(conditions) = &decision.conditions { p.kf-facts__line { (conditions) } }
                @if let Some(said) = &decision.child_words { p.kf-facts__line { "They said: “" (said) "”" } }
                p.govuk-hint {
                    @if let Some(from) = decision.from { "From " (date::long(from)) }
                    @if let Some(source) = &decision.source { ". " (words("delegation_source", source)) }
                    @if !consulted.is_empty() { ". Asked about it: " (consulted.join(", ")) }
                    @if let Some(by) = &decision.by { ". Written by " (by) }
                    @if let Some(again) = decision.review_on { ". Looked at again on " (date::long(again)) }
                    "."
                }
            },
            None => {
                (tag("Not decided", Colour::Purple))
                @if decision.elsewhere { p.govuk-hint { "It was decided for an earlier home, and has to be decided anew for this one." } }
            },
        }
    }
}

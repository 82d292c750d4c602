//! The health of the birth family, with every decision to share it or not.

use axum::extract::Path;
use kinfold_casework::Action;
use kinfold_casework::health::facts::FamilyFact;
use kinfold_look::card::empty;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use kinfold_record::{ChildId, EventKind};

use super::{provenance, record_link, record_links};
use crate::child::bar::bar;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/children/{child}/health/family", For::Child(Action::ViewFamilyHealth), show)]
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().family_health(&visit.actor, child).await?;
    let mut around = frame(&visit, "Health of the birth family");
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    around.back = Some(("Health".to_owned(), format!("/children/{child}/health")));
    let codes = &page.book.guidance.codes;
    let one = |fact: &FamilyFact| {
        html! {
            h2.govuk-heading-m { (codes.title("family_relation", &fact.relation)) ": " (codes.title("family_health", &fact.topic).to_lowercase()) }
            @if let Some(text) = &fact.text { p.govuk-body { (text) } }
            p.govuk-body {
                (provenance(&fact.source, &page.book)) " "
                @match fact.agreed {
                    Some(true) => "They agree that it is shared.",
                    Some(false) => strong { "They do not agree that it is shared." },
                    None => "Nobody has asked whether they agree that it is shared.",
                }
            }
            @if fact.decisions.is_empty() {
                p.govuk-body { strong { "Shared with nobody: no decision was made." } }
            } @else {
                (Table::new("Decisions to share", ["When", "Decision", "With whom", "Who decided", "Why"].map(Column::new)).dense().rows(fact.decisions.iter().rev().map(|decision| {
                    let with: Vec<&str> = decision.recipients.iter().map(|r| codes.title("health_recipient", r)).collect();
                    Row::new()
                        .cell(date::short(decision.source.on))
                        .cell(html! { strong { (codes.title("sharing_decision", &decision.decision)) } })
                        .cell(html! { (with.join(", ")) @if let Some(to) = &decision.to { br; (to) } })
                        .cell(html! { @if let Some(by) = &decision.decided_by { (by) } })
                        .cell(html! { @if let Some(why) = &decision.why { (why) } })
                })))
            }
            p class="govuk-body kf-screen-only" { (record_link(&page, EventKind::FamilyHistoryShared, Some(&fact.item), "Decide whether it is shared")) }
        }
    };
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Health of the birth family" }
        p.kf-lead { "Facts about somebody else, kept for the child’s sake. Nothing here is shared unless it is decided, and every decision is kept. The last decision counts." }
        @if page.facts.family.is_empty() {
            (empty("Nothing is known yet", "Ask the parents, with their agreement, or the maternity record. The child will want to know one day.", None))
        }
        @for fact in &page.facts.family { (one(fact)) }
        (record_links(&page, &[(EventKind::FamilyHistory, "Add a fact about the birth family")]))
    }))
}

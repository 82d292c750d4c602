//! One recommendation: who leads, by when, how it stands and why, what was done, what the panel said, and everything
//! that was ever recorded about it.

use axum::extract::Path;
use kinfold_casework::authority::plan::{PlanEvent, Recommendation};
use kinfold_casework::authority::{PlanPage, Written};
use kinfold_casework::clock::in_england;
use kinfold_casework::{Action, Error};
use kinfold_look::form::button_link;
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::timeline::{Entry, Moment, timeline};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::{notes, paragraphs, plan_address, standing};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/plans/{plan}/{item}", For::Authority(Action::ViewPlans), show)]
}

async fn show(visit: Visit, Path((id, item)): Path<(Uuid, Uuid)>) -> Reply<Markup> {
    let page = visit.casework().plan(&visit.actor, id, None).await?;
    let of = page.plan.recommendation(item).ok_or(Error::Absent)?;
    let here = format!("/plans/{id}/{item}");
    let mut around = frame(&visit, "Recommendation");
    around.back = Some(("The plan".to_owned(), plan_address(id)));
    let writes = page.may_report_on(of);
    Ok(around.render(&html! {
        span.govuk-caption-l { (page.plan.title) }
        h1.govuk-heading-l { "Recommendation " (of.number) }
        div.kf-read { (paragraphs(&of.text)) }
        @if page.may_edit { p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("{here}/words")) { "Change its words" } } }
        (facts(&page, of, &here))
        div class="govuk-button-group kf-screen-only" {
            @if writes { (button_link("Write down progress", &format!("{here}/progress"), true)) }
            @if page.may_comment { (button_link("Write down what the panel said", &format!("{here}/comment"), !writes)) }
        }
        h2.govuk-heading-m { "Progress" }
        div.kf-read { @if of.progress.is_empty() { p.govuk-body { "None recorded yet." } } @else { (notes(&of.progress)) } }
        h2.govuk-heading-m { "What the panel said" }
        div.kf-read { @if of.comments.is_empty() { p.govuk-body { "Nothing yet." } } @else { (notes(&of.comments)) } }
        h2.govuk-heading-m { "Everything recorded about it" }
        (timeline(&history(&page, of), 3))
    }))
}

fn facts(page: &PlanPage, of: &Recommendation, here: &str) -> Markup {
    let change = |fact: Fact, may: bool, what: &str| match may {
        true => fact.change(format!("{here}/{what}")),
        false => fact,
    };
    let mut facts = Vec::new();
    facts.extend(of.from.as_ref().map(|from| Fact::new("Comes from", from)));
    let stands = html! {
        (standing(of, page.on))
        @if of.days_late(page.on).is_some() { br; "Said to be: " (of.status().title()) }
        @if let Some(last) = of.standings.last() { br; (last.reason) }
    };
    facts.push(change(Fact::new("How it stands", stands), page.may_report_on(of), "status"));
    let lead = page.lead(of).unwrap_or_else(|| "Nobody yet".to_owned());
    facts.push(change(Fact::new("Lead", lead), page.may_edit, "lead"));
    let target = html! {
        @match of.target() {
            None => "None set",
            Some(target) => {
                (target.words)
                @if let Some(on) = target.on { br; "Late after " (date::long(on)) } @else { br; "Names no day, so it is never late." }
            }
        }
    };
    facts.push(change(Fact::new("Target date", target), page.may_edit, "target"));
    summary_list(&facts)
}

/// Every entry about it, the newest first.
fn history(page: &PlanPage, of: &Recommendation) -> Vec<Entry> {
    let own = page.entries.iter().rev().filter(|entry| entry.item == Some(of.item));
    own.map(|entry| drawn(page, entry)).collect()
}

fn drawn(page: &PlanPage, entry: &Written<PlanEvent>) -> Entry {
    let (title, body) = match &entry.event {
        PlanEvent::PlanStarted { .. }
        | PlanEvent::Reported { .. }
        | PlanEvent::Retitled { .. }
        | PlanEvent::HandedOver { .. }
        | PlanEvent::ReportLate { .. } => ("Plan".to_owned(), html! {}),
        PlanEvent::Recommended { text, .. } => ("Added".to_owned(), paragraphs(text)),
        PlanEvent::Reworded { number, text } => (format!("Words changed, number {number}"), paragraphs(text)),
        PlanEvent::Led { person, post } => {
            let who = post.as_deref().unwrap_or_else(|| page.name(*person));
            ("Lead named".to_owned(), html! { p.govuk-body { (who) } })
        }
        PlanEvent::Targeted { words, on, reason } => (
            "Target date set".to_owned(),
            html! {
                p.govuk-body { (words) @if let Some(on) = on { " (late after " (date::short(*on)) ")" } }
                @if let Some(reason) = reason { (paragraphs(reason)) }
            },
        ),
        PlanEvent::Progressed { text, on } => (format!("Progress on {}", date::short(*on)), paragraphs(text)),
        PlanEvent::Stood { status, reason } => (status.title().to_owned(), paragraphs(reason)),
        PlanEvent::PanelSaid { text, on, .. } => {
            (format!("The panel on {}", date::short(*on)), paragraphs(text))
        }
        PlanEvent::Climbed { told, .. } => {
            let names: Vec<&str> = told.iter().map(|person| page.name(Some(*person))).collect();
            let words = if names.is_empty() {
                "There was nobody to tell.".to_owned()
            } else {
                format!("Told: {}.", names.join(", "))
            };
            ("Found to be late".to_owned(), html! { p.govuk-body { (words) } })
        }
    };
    let when = Moment::At(in_england(entry.at).datetime());
    let mut out = Entry::new(format!("entry-{}", entry.version), when, title, page.name(entry.by));
    out.body = body;
    out
}

//! All reviews of a child: the next one, the actions that are open, a dispute, and those that were held.

use axum::extract::Path;
use kinfold_casework::Action;
use kinfold_casework::reviews::{ActionFact, Dispute, ReviewsPage, may_answer};
use kinfold_look::banner::inset;
use kinfold_look::card::empty;
use kinfold_look::form::button_link;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, State, date, html};
use kinfold_record::ChildId;

use super::around;
use crate::child::bar::{Here, tabs};
use crate::child::event_form::paragraphs;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/children/{child}/reviews", For::Child(Action::ViewChronology), show)]
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().reviews_page(&visit.actor, child).await?;
    let base = format!("/children/{child}");
    let next = page.facts.next();
    Ok(around(&visit, &page, "Reviews", None).render(&html! {
        h1.govuk-heading-l { "Reviews" }
        (tabs(&page.handle, Here::Reviews))
        @match next {
            Some(review) => {
                (inset(&html! { p {
                    "The next review is on " strong { (date::long(review.on)) } @if let Some(time) = &review.time { ", " (time) } ". "
                    a.govuk-link href=(format!("{base}/reviews/{}", review.occasion)) { "Open the review" }
                } }))
            }
            None => (empty("No review is called", "The reviewing officer calls it. Everybody who knows the child is then asked for their part.", None)),
        }
        div class="govuk-button-group kf-screen-only" {
            @if page.leads() && next.is_none() { (button_link("Call a review", &format!("{base}/reviews/call"), true)) }
            @if page.leads() { a.govuk-link href="/reviews/year" { "Report of reviews" } }
            @if page.leads() && page.facts.open_dispute().is_none() {
                a.govuk-link href=(format!("{base}/dispute/raise")) { "Raise a dispute informally" }
                a.govuk-link href=(format!("{base}/dispute/formal")) { "Raise a dispute formally" }
            }
        }
        @if let Some(dispute) = page.facts.open_dispute() { (open_dispute(&page, dispute)) }
        h2.govuk-heading-m { "Actions from reviews" }
        (actions(&visit, &page, &page.facts.actions.iter().collect::<Vec<_>>()))
        h2.govuk-heading-m { "Reviews that were called" }
        (called(&page))
        h2.govuk-heading-m { "Reviews that were held" }
        (held(&page))
        @for dispute in page.facts.disputes.iter().filter(|d| d.settled.is_some()) {
            h2.govuk-heading-m { "Dispute of " (date::long(dispute.on)) }
            (story(&page, dispute))
        }
    }))
}

/// A table of actions: whose, by when, and what became of each.
pub(super) fn actions(visit: &Visit, page: &ReviewsPage, actions: &[&ActionFact]) -> Markup {
    let codes = &page.book.guidance.codes;
    let base = format!("/children/{}/reviews/actions", page.handle.id());
    let row = |action: &&ActionFact| {
        let late = action.is_late(page.today);
        let open = action.answered.is_none();
        let row = Row::new()
            .cell(html! { (action.text) @if action.child_asked { br; span.govuk-hint { "The child asked for it" } } })
            .cell(html! { (codes.title("action_owner", &action.owner)) @if let Some(name) = &action.person { br; (name) } })
            .cell(html! { (date::short_element(action.by)) @if action.moved > 0 { br; span.govuk-hint { "Put off " (times(action.moved)) } } })
            .cell(html! {
                @match &action.answered {
                    Some((on, outcome, text)) => {
                        strong { (codes.title("action_outcome", outcome)) } ", " (date::short(*on))
                        @if let Some(text) = text { br; (text) }
                    }
                    None if late => (State::Late.small()),
                    None => (State::NotYet.saying("Open")),
                }
                @if open && may_answer(&visit.actor, &page.handle, action) {
                    br; a class="govuk-link kf-screen-only" href=(format!("{base}/{}", action.action)) {
                        "Say what became of it" span.govuk-visually-hidden { ": " (action.text) }
                    }
                }
            });
        if late { row.late() } else { row }
    };
    html! {
        @if actions.is_empty() {
            p.govuk-body { "No action has been decided yet. Decisions of a review become actions with one person and one day each." }
        } @else {
            (Table::new("Actions from reviews", ["What", "Who", "By when", "What became of it"].map(Column::new)).caption_hidden().dense().rows(actions.iter().map(row)))
        }
    }
}

fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

fn called(page: &ReviewsPage) -> Markup {
    let codes = &page.book.guidance.codes;
    let row = |review: &kinfold_casework::reviews::Review| {
        let came = review.asked().filter(|p| p.came.is_some()).count();
        Row::new()
            .cell(html! {
                a.govuk-link href=(format!("/children/{}/reviews/{}", page.handle.id(), review.occasion)) { (date::short(review.on)) }
            })
            .cell(codes.title("review", &review.kind))
            .cell(html! { (came) " of " (review.asked().count()) })
            .cell(html! {
                @match (&review.held, &review.called_off) {
                    (Some(held), _) if held.adjourned => (State::DueSoon.saying("Adjourned")),
                    (Some(held), _) => { (State::Met.saying("Held")) " " (date::short(held.on)) }
                    (None, Some(_)) => (State::Ended.saying("Called off")),
                    (None, None) => (State::NotYet.saying("Called")),
                }
            })
    };
    html! {
        @if page.facts.reviews.is_empty() { p.govuk-body { "None yet." } } @else {
            (Table::new("Reviews that were called", ["Day", "Which", "Parts received", "State"].map(Column::new)).caption_hidden().dense().rows(page.facts.reviews.iter().map(row)))
        }
    }
}

fn held(page: &ReviewsPage) -> Markup {
    let codes = &page.book.guidance.codes;
    let row = |held: &kinfold_casework::reviews::Held| {
        Row::new()
            .cell(html! { (date::short_element(held.on)) })
            .cell(html! { (codes.title("review", &held.kind)) @if held.adjourned { ", adjourned" } })
            .cell(html! {
                @match &held.participation {
                    Some(code) => { (codes.title("review_participation", code)) " (" (code) ")" },
                    None => (date::unknown()),
                }
            })
            .cell(match held.alone {
                Some(true) => "Yes",
                Some(false) => "No",
                None => "Not known",
            })
    };
    html! {
        @if page.facts.held.is_empty() { p.govuk-body { "None yet." } } @else {
            (Table::new("Reviews that were held", ["Day", "Which", "How the child took part", "Spoken with alone"].map(Column::new)).caption_hidden().dense().rows(page.facts.held.iter().map(row)))
        }
    }
}

fn open_dispute(page: &ReviewsPage, dispute: &Dispute) -> Markup {
    let base = format!("/children/{}/dispute", page.handle.id());
    let formal = dispute.stages.iter().any(|(_, stage, _)| stage == "formal");
    html! {
        h2.govuk-heading-m { "The reviewing officer disputes the case" }
        p.govuk-body { (State::Stuck.saying("Open")) " since " (date::long(dispute.on)) ". It has to be settled within 20 working days. Only the reviewing officer closes it." }
        (story(page, dispute))
        div class="govuk-button-group kf-screen-only" {
            @if page.handle.may.has(Action::RecordCare) { (button_link("Answer", &format!("{base}/answer"), !page.leads())) }
            @if page.leads() {
                @if !formal { a.govuk-link href=(format!("{base}/formal")) { "Take it to the formal stage" } }
                @if dispute.referred.is_none() { a.govuk-link href=(format!("{base}/refer")) { "Refer to Cafcass" } }
                a.govuk-link href=(format!("{base}/settle")) { "Settle it" }
            }
        }
    }
}

/// What was said, in the order it was said.
fn story(page: &ReviewsPage, dispute: &Dispute) -> Markup {
    let codes = &page.book.guidance.codes;
    html! {
        @for (on, stage, text) in &dispute.stages {
            h3.govuk-heading-s { "Raised" @if !stage.is_empty() { ", " (codes.title("dispute_stage", stage).to_lowercase()) } ", " (date::long(*on)) }
            @if let Some(text) = text { (paragraphs(text)) }
        }
        @for (on, by, text) in &dispute.answers {
            h3.govuk-heading-s { "Answered" @if let Some(name) = by.and_then(|by| page.names.get(&by)) { " by " (name) } ", " (date::long(*on)) }
            (paragraphs(text))
        }
        @if let Some((on, text)) = &dispute.referred {
            h3.govuk-heading-s { "Referred to Cafcass, " (date::long(*on)) }
            (paragraphs(text))
        }
        @if let Some((on, text)) = &dispute.settled {
            h3.govuk-heading-s { "Settled, " (date::long(*on)) }
            @if let Some(text) = text { (paragraphs(text)) }
        }
    }
}

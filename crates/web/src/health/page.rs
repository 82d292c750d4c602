//! The child's health page: where the assessment is, who has agreed to what, the plan, and what is known.

use axum::extract::Path;
use axum::response::Response;
use kinfold_casework::health::facts::Consent;
use kinfold_casework::health::{HandOff, HealthPage, Pipeline};
use kinfold_casework::{Action, Error};
use kinfold_look::card::empty;
use kinfold_look::form::button_link;
use kinfold_look::pathway_row::{Standing, Step, pathway_row};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, State, date, html};
use kinfold_record::{ChildId, EventKind};

use super::{area, closed, known, measured, nothing, plan, record_address, record_link};
use crate::child::bar::{Here, bar, tabs};
use crate::duty::{address, duty_state};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/health", For::Child(Action::ViewChild), show),
        post("/children/{child}/health/ask-questionnaire", For::Child(Action::AskOutside), ask),
    ]
}

/// Asks the young person for a questionnaire of their own.
async fn ask(Path(child): Path<ChildId>, Sent { visit, .. }: Sent) -> Reply<Response> {
    let back = format!("/children/{child}/health");
    match visit.casework().ask_own_sdq(&visit.actor, child).await {
        Ok(by) => Ok(done(
            &visit.app,
            &back,
            &format!("They were asked to answer it in their own space by {}.", date::long(by)),
        )),
        Err(Error::Invalid(problems)) => {
            let words = problems.into_iter().next().map_or_else(String::new, |p| p.message);
            Ok(done(&visit.app, &back, &format!("!{words}")))
        }
        Err(error) => Err(error.into()),
    }
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().health_page(&visit.actor, child).await?;
    let mut around = frame(&visit, "Health");
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Health" }
        (tabs(&page.handle, Here::Health))
        (ways(&page))
        (assessments(&page))
        (duties(&page))
        (plan::plan(&page))
        (plan::referrals(&page))
        (area::another_area(&page))
        (known::items(&page))
        (measured::immunisations(&page))
        (known::checks(&page))
        (measured::growth(&page))
        (measured::questionnaires(&page, visit.actor.csrf()))
        (closed::answers(&page))
        (consents(&page))
        (known::early(&page))
        (closed::compartments(&page))
        (shared(&page))
    }))
}

/// The ways on from here.
fn ways(page: &HealthPage) -> Markup {
    let base = format!("/children/{}", page.handle.id());
    let may = page.handle.may;
    html! {
        div class="govuk-button-group kf-screen-only" {
            @if may.has(Action::FillForm) { (button_link("Start or open a form", &format!("{base}/forms"), true)) }
            @if page.reads_health() {
                (button_link("Draft a summary to share", &format!("{base}/health/summary"), false))
                (button_link("Health passport", &format!("{base}/health/passport"), false))
            }
            @if may.has(Action::RecordHealth) {
                a.govuk-link href=(record_address(page, EventKind::HealthStep, None)) { "Record a step of an assessment" }
                a.govuk-link href=(record_address(page, EventKind::HealthAssessment, None)) { "Record an assessment" }
            }
        }
    }
}

fn assessments(page: &HealthPage) -> Markup {
    let shown: Vec<&Pipeline> = page.pipelines.iter().filter(|p| p.open).collect();
    let past: Vec<&Pipeline> = page.pipelines.iter().filter(|p| !p.open).take(3).collect();
    html! {
        h2.govuk-heading-m { "Where the assessment is" }
        @if shown.is_empty() {
            (empty("No assessment is on its way", "One starts by itself when the child comes into care, and again when the next review is due. The health team is told and the hand-offs appear here.", None))
        }
        @for path in shown { (pipeline(page, path)) }
        @if !past.is_empty() {
            (kinfold_look::banner::details("The last ones", &html! { @for path in past { (pipeline(page, path)) } }, false))
        }
    }
}

fn pipeline(page: &HealthPage, path: &Pipeline) -> Markup {
    let href = address(page.handle.id().0, &path.rule, &path.occurrence);
    html! {
        h3.govuk-heading-s {
            a.govuk-link href=(href) { (path.title) } " "
            @if path.late { (State::Late.small()) } @else if !path.open { (State::Met.small()) }
        }
        p.govuk-body-s { "Due " (date::long(path.due_on)) @if path.open { " (" (date::relative(path.due_on, page.today)) ")" } }
        (pathway_row(&path.title, &path.steps.iter().map(|step| hand_off(step, path.open)).collect::<Vec<_>>()))
    }
}

fn hand_off(step: &HandOff, open: bool) -> Step {
    let expected = step.expected_on.map(|day| format!("expected by {}", date::short(day)));
    if let Some(done) = step.done {
        return Step::new(&step.title, Standing::Done, step.whose.as_str(), date::short(done));
    }
    if let Some(since) = step.waiting_since {
        let standing = if step.stuck { Standing::Stuck } else { Standing::Now };
        let when = format!("since {}", date::short(since));
        let waits = Step::new(&step.title, standing, step.whose.as_str(), when);
        return match expected {
            Some(expected) => waits.because(expected),
            None => waits,
        };
    }
    if !open {
        return Step { standing: Standing::Skipped, ..Step::ahead(&step.title) };
    }
    Step { who: Some(step.whose.to_string()), when: expected, ..Step::ahead(&step.title) }
}

fn duties(page: &HealthPage) -> Markup {
    let rows = page.duties.iter().filter_map(|duty| {
        let rule = page.book.rules.rule_of(duty)?;
        let state = duty_state(duty, page.today, page.now);
        let row = Row::new()
            .cell(html! { a.govuk-link href=(address(page.handle.id().0, &duty.rule, &duty.occurrence.to_string())) { (rule.title) } })
            .cell(html! { (date::short_element(duty.due_on)) })
            .cell(html! { (crate::help::role_link(&rule.owner.role)) })
            .cell(state.small());
        Some(if state == State::Late { row.late() } else { row })
    });
    html! {
        @if !page.duties.is_empty() {
            h2.govuk-heading-m { "What is due" }
            (Table::new("What is due about health", ["Duty", "By when", "Whose", "State"].map(Column::new)).caption_hidden().dense().rows(rows))
        }
    }
}

fn consents(page: &HealthPage) -> Markup {
    let codes = &page.book.guidance.codes;
    let row = |consent: &Consent| {
        let stands = consent.stands(page.today);
        Row::new()
            .cell(codes.title("consent_decision", &consent.decision))
            .cell(html! {
                strong { (codes.title("consent_outcome", &consent.outcome)) }
                @if consent.outcome == "given" && !stands { ", no longer holds" }
                @if let Some(reason) = &consent.reason { br; (codes.title("no_consent", reason)) }
                @if let Some(ground) = &consent.ground { br; "We go on: " (codes.title("consent_ground", ground).to_lowercase()) }
                @if let Some(asked) = consent.asked_on { br; "Waiting since " (date::short(asked)) }
            })
            .cell(html! {
                @if let Some(by) = &consent.by { (codes.title("consent_giver", by)) } @else { (date::unknown()) }
                @if let Some(gillick) = &consent.gillick { br; span.govuk-hint { "Understands this decision: " (codes.title("gillick", gillick).to_lowercase()) } }
            })
            .cell(html! {
                (date::short(consent.source.on))
                @if let Some(until) = consent.until { br; span.govuk-hint { "until " (date::short(until)) } }
            })
    };
    html! {
        h2.govuk-heading-m { "Consent, decision by decision" }
        @if page.facts.consents.is_empty() {
            (nothing(page, "No consent is on record. Ask whoever may decide, for each decision, and record what they say."))
        } @else {
            (Table::new("Consent", ["To what", "Answer", "Whose decision", "When"].map(Column::new)).caption_hidden().dense().rows(page.facts.consents.iter().map(row)))
        }
        p class="govuk-body kf-screen-only" { (record_link(page, EventKind::Consent, None, "Record consent")) }
    }
}

fn shared(page: &HealthPage) -> Markup {
    let codes = &page.book.guidance.codes;
    html! {
        @if !page.facts.shared.is_empty() {
            h2.govuk-heading-m { "Summaries shared" }
            (Table::new("Summaries shared", ["When", "Which", "With whom", "Why"].map(Column::new)).caption_hidden().dense().rows(page.facts.shared.iter().map(|shared| {
                let with: Vec<&str> = shared.recipients.iter().map(|r| codes.title("health_recipient", r)).collect();
                Row::new()
                    .cell(date::short(shared.source.on))
                    .cell(html! { (codes.title("health_rendering", &shared.rendering)) @if let Some(version) = shared.version { " (version " (version) ")" } })
                    .cell(html! { (with.join(", ")) @if let Some(to) = &shared.to { br; (to) } })
                    .cell(html! { @if let Some(text) = &shared.text { (text) } })
            })))
        }
    }
}

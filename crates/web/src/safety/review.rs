//! Reviewing emergency openings: those nobody has looked at first. Nobody reviews their own.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_casework::break_glass::{OpeningLine, Openings, Outcome, Review};
use kinfold_casework::chronology::recorded_words;
use kinfold_casework::{Action, Error};
use kinfold_look::card::empty;
use kinfold_look::form::{Button, Choice, FormState, Radios, Textarea, csrf_field, error_summary, hidden};
use kinfold_look::nav::Pagination;
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::audit::{Here, ways};
use super::lines::{self, PER_PAGE};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/audit/break-glass", For::Authority(Action::ReviewBreakGlass), show),
        post("/audit/break-glass/{opening}", For::Authority(Action::ReviewBreakGlass), send),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    draw(&visit, &visit.query).await
}

/// `form` is what was typed into the review of the opening it names.
async fn draw(visit: &Visit, form: &FormState) -> Reply<Markup> {
    let (page, at) = lines::page_of(&visit.query);
    let openings = visit.casework().emergencies(&visit.actor, at).await?;
    let mut around = frame(visit, "Emergency openings");
    around.has_errors = form.has_errors();
    Ok(around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "Emergency openings" }
        (ways(visit, Here::Openings))
        h2.govuk-heading-m { "Waiting for review" }
        @if openings.waiting.is_empty() {
            (empty("Nothing waits for review", "When somebody opens a record in an emergency, it stands here until a safeguarding lead has reviewed it.", None))
        }
        @for line in &openings.waiting { (waiting(visit, line, form, openings.now)) }
        (all(&openings, page))
    }))
}

fn waiting(visit: &Visit, line: &OpeningLine, form: &FormState, now: jiff::Timestamp) -> Markup {
    let mine = form.value("opening") == line.id.to_string();
    let none = FormState::new();
    let form = if mine { form } else { &none };
    let day = recorded_words(line.from).date();
    let seen = format!(
        "/audit?person={}&day-day={}&day-month={}&day-year={}",
        line.person,
        day.day(),
        day.month(),
        day.year()
    );
    let until = if now < line.until { "runs until" } else { "ended" };
    html! {
        section.kf-opening aria-label=(format!("Record {}, opened {}", line.reference, date::long_with_time(recorded_words(line.from)))) {
            (summary_list(&[
                Fact::new("Record", html! { a.govuk-link href=(format!("/children/{}/access", line.child)) { (line.reference) } }),
                Fact::new("Opened by", html! { (line.by) }),
                Fact::new("When", html! { (date::long_with_time(recorded_words(line.from))) ", " (until) " " (date::time(recorded_words(line.until).time())) }),
                Fact::new("Why, in their words", html! { (line.reason) }),
                Fact::new("What they did", html! { a.govuk-link href=(seen) { "Their lines of that day in the log" } }),
            ]))
            @if line.own {
                p.govuk-body { "You opened this yourself. Another safeguarding lead reviews it." }
            } @else {
                form method="post" action=(format!("/audit/break-glass/{}", line.id)) novalidate {
                    (csrf_field(visit.actor.csrf()))
                    (hidden("opening", &line.id.to_string()))
                    (Radios::new("outcome", "What do you find?", Outcome::ALL.map(|o| Choice::new(o.as_str(), o.title()))).small().render(form))
                    (Textarea::new("words", "Why").hint("A sentence. The person who opened the record is told the outcome").rows(3).limit(2000).render(form))
                    (Button::main("Keep this review"))
                }
            }
        }
    }
}

fn all(openings: &Openings, page: u32) -> Markup {
    let pages = u32::try_from((openings.total + PER_PAGE - 1) / PER_PAGE).unwrap_or(1).max(1);
    html! {
        h2.govuk-heading-m { "Every opening" }
        @if openings.all.is_empty() {
            p.govuk-body { "No record has been opened in an emergency." }
        } @else {
            (Table::new("Every opening, newest first", ["When", "Record", "Who", "Review"].map(Column::new)).caption_hidden().dense().no_row_names()
                .rows(openings.all.iter().map(|line| {
                    Row::new()
                        .cell(html! { (date::long_with_time(recorded_words(line.from))) })
                        .cell(html! { a.govuk-link href=(format!("/children/{}/access", line.child)) { (line.reference) } })
                        .cell(html! { (line.by) })
                        .cell(html! { (found(line)) })
                })))
        }
        (Pagination { page, pages, what: "emergency openings".to_owned() }.render(|n| format!("/audit/break-glass?page={n}")))
    }
}

fn found(line: &OpeningLine) -> Markup {
    html! {
        @match &line.review {
            Some((review, by, at)) => {
                strong { (review.outcome.title()) } br;
                (review.words) br;
                span.govuk-hint { (by) ", " (date::short(recorded_words(*at).date())) }
            }
            None => "Waits for review",
        }
    }
}

async fn send(Path(opening): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply {
    let outcome = Outcome::parse(form.value("outcome"));
    let words = form.value("words").trim().to_owned();
    let kept = match outcome {
        Some(outcome) => {
            visit.casework().review_emergency(&visit.actor, opening, Review { outcome, words }).await
        }
        None if visit.actor.may().has(Action::ReviewBreakGlass) => {
            Err(Error::invalid("outcome", "Choose what you find"))
        }
        None => Err(Error::Absent),
    };
    match kept {
        Ok(()) => {
            Ok(done(&visit.app, "/audit/break-glass", "The review is kept, and the person has been told."))
        }
        Err(Error::Invalid(problems)) => {
            for problem in problems {
                form.error(problem.field, problem.message);
            }
            let form = form.with("opening", opening.to_string());
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &form).await?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

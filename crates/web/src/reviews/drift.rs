//! Before the day: what was promised since the last review and not kept.

use kinfold_casework::reviews::{Before, ReviewPage};
use kinfold_look::banner::inset;
use kinfold_look::{Markup, State, date, html};

use crate::child::event_form::paragraphs;

/// The child's words since the last review, first of all.
pub(super) fn words(before: &Before) -> Markup {
    html! {
        @if !before.words.is_empty() {
            h2.govuk-heading-m { "What the child has said since the last review" }
            @for (on, about, words) in before.words.iter().take(10) {
                (inset(&html! {
                    (paragraphs(words))
                    p.govuk-hint { (about) ", " (date::short(*on)) }
                }))
            }
        }
    }
}

/// What has drifted.
pub(super) fn drift(page: &ReviewPage, before: &Before) -> Markup {
    let codes = &page.reviews.book.guidance.codes;
    let late = |words: String| State::Late.saying(&words);
    html! {
        h2.govuk-heading-m { "What was promised and not kept" }
        @if let Some(since) = before.since { p.govuk-body { "Since " (date::long(since)) "." } }
        @if before.is_clear() {
            p.govuk-body { "Nothing here: every action is done, no family time was missed, nothing is late and the child has not moved." }
        } @else {
            ul class="govuk-list govuk-list--bullet" {
                @for action in &before.late {
                    li { (late("Action overdue".to_owned())) " " (action.text) ", by " (date::short(action.by)) " (" (codes.title("action_owner", &action.owner)) ")" }
                }
                @for action in &before.not_done {
                    li { "Not done as decided: " (action.text) @if let Some((_, outcome, text)) = &action.answered { ". " (codes.title("action_outcome", outcome)) @if let Some(text) = text { ": " (text) } } }
                }
                @for (on, outcome, why) in &before.missed {
                    li { "Family time missed, " (date::short(*on)) ": " (codes.title("family_time", outcome)) @if let Some(why) = why { ". " (why) } }
                }
                @for (on, text) in &before.recommendations {
                    li { (late("Recommendation unanswered".to_owned())) " since " (date::short(*on)) ": " (text) }
                }
                @for (on, text) in &before.needs {
                    li { "A need raised on " (date::short(*on)) " has no answer: " (text) }
                }
                @for (title, due) in &before.duties {
                    li { (late("Late".to_owned())) " " (title) ", due " (date::short(*due)) }
                }
                @for on in &before.moves { li { "Moved to another home on " (date::short(*on)) } }
                @if before.workers > 0 { li { "A new social worker" @if before.workers > 1 { ", " (before.workers) " times" } } }
                @if before.missing > 0 { li { "Missing or away " @if before.missing == 1 { "once" } @else { (before.missing) " times" } } }
            }
        }
    }
}

//! Two people at one review: what the other has done meanwhile stands beside what was typed, nothing is overwritten, and
//! nothing that was typed is lost.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::reviews::{ReviewPage, ReviewsPage};
use kinfold_look::compare::{Side, compare};
use kinfold_look::form::FormState;
use kinfold_look::{Markup, date, html};

use super::around;
use crate::visit::Visit;

/// What a form carries that nobody typed.
const OURS: [&str; 6] = ["csrf", "key", "seen", "seen-version", "what", "late"];

/// What was typed, a line for each field.
pub(super) fn typed(form: &FormState) -> String {
    form.pairs()
        .filter(|(name, value)| !value.trim().is_empty() && !OURS.contains(name))
        .map(|(name, value)| format!("{}: {value}\n", name.replace(['_', '-'], " ")))
        .collect()
}

/// Where a review stands now, in lines.
fn standing(page: &ReviewPage) -> String {
    let (review, codes) = (&page.review, &page.reviews.book.guidance.codes);
    let mut lines = Vec::new();
    if let Some(why) = &review.called_off {
        lines.push(format!("Called off: {why}"));
    }
    if let Some(held) = &review.held {
        lines.push(format!("Held on {}", date::long(held.on)));
        if let Some(code) = &held.participation {
            lines.push(format!("How the child took part: {}", codes.title("review_participation", code)));
        }
        let mut said = |what: &str, answer: Option<bool>| {
            lines.extend(answer.map(|yes| format!("{what}: {}", if yes { "yes" } else { "no" })));
        };
        said("Spoke with the child alone", held.alone);
        said("A meeting", held.meeting);
        said("Adjourned", Some(held.adjourned));
    } else {
        let time = review.time.as_ref().map(|time| format!(", {time}")).unwrap_or_default();
        lines.push(format!("Day: {}{time}", date::long(review.on)));
        lines.extend(review.place.as_ref().map(|p| format!("Where: {}", codes.title("review_place", p))));
        lines.extend(review.detail.as_ref().map(|detail| format!("Where exactly: {detail}")));
        lines.extend(review.moved.as_ref().map(|why| format!("Why it was moved: {why}")));
    }
    lines.join("\n")
}

/// What is on record now beside what was typed.
pub(super) fn both(page: &ReviewPage, form: &FormState) -> Markup {
    compare(
        &Side {
            title: "On record now".to_owned(),
            who: "By somebody else meanwhile".to_owned(),
            text: standing(page),
        },
        &Side { title: "What you typed".to_owned(), who: "Not recorded".to_owned(), text: typed(form) },
    )
}

/// A note above a form that can be sent again.
pub(super) fn note(beside: &Markup) -> Markup {
    html! {
        h2.govuk-heading-m { "Somebody else changed this meanwhile" }
        p.govuk-body { "Nothing was overwritten, and nothing you typed is lost. Look at both. If yours still holds, send it again." }
        (beside)
    }
}

/// The answer to something typed about a review that somebody else has finished or called off meanwhile. `onwards` says
/// what can still be done with it.
pub(super) fn over(visit: &Visit, page: &ReviewPage, form: &FormState, onwards: &Markup) -> Response {
    let to = format!("/children/{}/reviews/{}", page.reviews.handle.id(), page.review.occasion);
    let held = page.review.held.is_some() && page.review.called_off.is_none();
    let around = around(visit, &page.reviews, "The review", Some(("The review", to)));
    let page = around.render(&html! {
        h1.govuk-heading-l { @if held { "Somebody else finished this review meanwhile" } @else { "Somebody else called this review off meanwhile" } }
        p.govuk-body { "Nothing was overwritten. What you typed is not recorded, and stands here." }
        (both(page, form))
        (onwards)
    });
    (StatusCode::CONFLICT, page).into_response()
}

/// The same words for an action of a review: what became of it meanwhile, beside what was typed.
pub(super) fn action_note(
    page: &ReviewsPage,
    action: &kinfold_casework::reviews::ActionFact,
    form: &FormState,
) -> Markup {
    let codes = &page.book.guidance.codes;
    let person = action.person.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    let text =
        format!("{}{person}, by {}", codes.title("action_owner", &action.owner), date::long(action.by));
    note(&compare(
        &Side { title: "On record now".to_owned(), who: "By somebody else meanwhile".to_owned(), text },
        &Side { title: "What you typed".to_owned(), who: "Not recorded".to_owned(), text: typed(form) },
    ))
}

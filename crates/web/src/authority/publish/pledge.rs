//! The pledge, for the children it is made to: each promise, whether it is kept, and why. Short words and short lines.

use kinfold_casework::authority::publish::PublishedPage;
use kinfold_casework::authority::publish::publication::Kept;
use kinfold_look::state::State;
use kinfold_look::{Markup, html};

use crate::authority::frozen::{plain_day, prose};
use crate::help::Guest;
use crate::oops::Reply;
use crate::route::{For, Route, get};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/pledge", For::Anybody, show)]
}

/// How a promise stands: a word and a shape.
pub(super) fn kept_drawn(kept: Kept) -> Markup {
    match kept {
        Kept::Kept => State::Met.saying(kept.title()),
        Kept::NotYet => State::DueSoon.saying(kept.title()),
        Kept::NotKnown => State::NotYet.saying(kept.title()),
    }
}

/// Each promise with how it stands.
pub(super) fn promises_drawn(page: &PublishedPage) -> Markup {
    let promises = &page.version.document.promises;
    html! {
        @if !promises.is_empty() {
            @if let Some((on, _)) = &page.check { p.govuk-body { "We looked at this on " (plain_day(*on)) "." } }
            @for (id, text, means) in promises {
                div.kf-read {
                    h2.govuk-heading-m { (text) }
                    p.govuk-body { (means) }
                    @match page.judged(*id) {
                        None => p.govuk-body { "We will look at this one soon." },
                        Some(judged) => {
                            p.govuk-body { (kept_drawn(judged.kept)) @if let Some(figure) = judged.figure.as_ref().filter(|f| f.value.is_some()) { " It is now: " strong { (figure.figure) } "." } }
                            @if let Some(why) = &judged.why { (prose(why)) }
                        }
                    }
                }
            }
        }
    }
}

async fn show(guest: Guest) -> Reply<Markup> {
    let page = guest.casework().pledge().await?;
    let around = guest.frame("Our promises to you");
    let Some(page) = page else {
        return Ok(around.render(&html! {
            div.kf-read {
                h1.govuk-heading-l { "Our promises to you" }
                p.govuk-body { "We have not put our promises here yet. Ask someone you trust what we said we would do." }
            }
        }));
    };
    let document = &page.version.document;
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Our promises to you" }
        p.kf-lead { "This is what we said we would do for you. We tell you if we did it, and why not." }
        (promises_drawn(&page))
        @for section in &document.sections {
            div.kf-read {
                h2.govuk-heading-m { (section.heading) }
                @for block in &section.blocks {
                    @if let kinfold_casework::authority::frozen::PaperBlock::Text { text } = block { (prose(text)) }
                }
            }
        }
        p.govuk-body { a.govuk-link href=(format!("/published/{}", page.id)) { "Read it as it was made, or print it" } }
    }))
}

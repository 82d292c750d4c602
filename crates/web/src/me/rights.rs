//! My rights: what I can ask for, and who helps me.

use kinfold_look::{Markup, html};

use super::help::numbers;
use super::{own, words};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/me/rights", For::Own, show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let people = visit.casework().own_people(&visit.actor).await?.unwrap_or_default();
    let has = |role: &str| people.iter().find(|p| p.role == role);
    let ask = |words: &str, topic: &str, rest: &str| html! { p class="govuk-body" { a class="govuk-link" href=(format!("/me/say/words?topic={topic}")) { (words) span class="govuk-visually-hidden" { (rest) } } } };
    Ok(own(&visit, "My rights").render(&html! {
        h1 class="govuk-heading-xl" { "My rights" }
        p class="govuk-body" { "These are things you can ask for. You do not need to say please, and no one may be cross with you for it." }
        section class="kf-person" {
            h2 class="govuk-heading-m" { "To be heard" }
            p class="govuk-body" { "We must ask what you want and think hard about it. If we choose something else, we must tell you why." }
        }
        section class="kf-person" {
            h2 class="govuk-heading-m" { "Someone on your side" }
            p class="govuk-body" { "An advocate helps you say what you want. They work for you, not for us." }
            @match has("advocate") {
                Some(person) => p class="govuk-body" { "Yours is " strong { (words::name(person)) } "." @if let Some(contact) = &person.contact { " " (contact) } },
                None => { p class="govuk-body" { "You do not have one yet." } (ask("Ask for one", "question", ": an advocate")) },
            }
        }
        section class="kf-person" {
            h2 class="govuk-heading-m" { "A visitor of your own" }
            p class="govuk-body" { "If you do not see your family much, you can ask for a grown-up friend. They come to see you and do fun things with you." }
            @match has("independent_visitor") {
                Some(person) => p class="govuk-body" { "Yours is " strong { (words::name(person)) } "." },
                None => { (ask("Ask for one", "question", ": a visitor")) },
            }
        }
        section class="kf-person" {
            h2 class="govuk-heading-m" { "To complain" }
            p class="govuk-body" { "If something is not right, say so. It goes to the boss. They must write back in ten work days." }
            (ask("Complain", "complaint", ""))
        }
        section class="kf-person" {
            h2 class="govuk-heading-m" { "To see what is written about you" }
            p class="govuk-body" { "You can ask to see your file. We will look at it with you, if you like." }
            (ask("Ask to see my file", "question", ""))
            p class="govuk-body" { a class="govuk-link" href="/me/looked" { "See who has read it" } }
        }
        section class="kf-person" {
            h2 class="govuk-heading-m" { "To be safe" }
            (numbers())
        }
    }))
}

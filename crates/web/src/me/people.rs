//! My people: who they are, what they do for me, how to reach them, since when.

use kinfold_look::{Markup, date, html};

use super::home::closed;
use super::{own, words};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/me/people", For::Own, show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let people = visit.casework().own_people(&visit.actor).await?;
    Ok(own(&visit, "My people").render(&html! {
        h1 class="govuk-heading-xl" { "My people" }
        @match people {
            None => (closed()),
            Some(people) if people.is_empty() => p class="govuk-body" { "We do not know yet who your people are. They will be here soon." },
            Some(people) => {
                @for person in &people {
                    section class="kf-person" {
                        h2 class="govuk-heading-m" { (words::name(person)) }
                        @let (role, does) = words::role(&person.role);
                        p class="kf-person__role" { (role) }
                        p class="govuk-body" { (does) }
                        p class="govuk-body" { "Since " (date::month(person.since)) "." }
                        @if let Some(contact) = &person.contact { p class="govuk-body" { "You can reach them here: " strong { (contact) } } }
                        @if person.can_read {
                            p class="govuk-body" { a class="govuk-link" href="/me/say" { "Tell them something" span class="govuk-visually-hidden" { " (" (words::name(person)) ")" } } }
                        }
                    }
                }
                p class="govuk-body" { "Is someone wrong or not here? " a class="govuk-link" href="/me/say/words?topic=question" { "Ask us" } }
            },
        }
    }))
}

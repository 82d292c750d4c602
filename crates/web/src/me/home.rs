//! The first page: who your people are, what happens next, and a way to say something.

use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::Error;
use kinfold_casework::me::{OwnHome, SaidState};
use kinfold_look::{Markup, date, html};

use super::draw::tile;
use super::{own, words};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/me", For::Own, show)]
}

async fn show(visit: Visit) -> Reply<Response> {
    let auditor = visit.casework().is_young_auditor(&visit.actor).await?;
    let home = match visit.casework().own_home(&visit.actor).await {
        // Somebody of the children's council without a record here: what they were invited to is all there is.
        Err(Error::Absent) if auditor => return Ok(Redirect::to("/me/audits").into_response()),
        home => home?,
    };
    let mut around = own(&visit, "My space");
    around.back = None;
    Ok(around.render(&html! {
        h1 class="govuk-heading-xl" { "Hello " (home.name) }
        (glance(&home))
        (say(&home))
        (super::sdq::news(home.questions))
        (news(&home))
        h2 class="govuk-heading-l" { "What happens next" }
        @if home.next.is_empty() {
            p class="govuk-body" { "No dates are set yet. We put them here as soon as we know. You can ask us, too." }
        } @else {
            ul class="kf-next" { @for thing in &home.next { li class="kf-next__one" { (words::next(thing, home.today)) } } }
        }
        h2 class="govuk-heading-l" { "My people" }
        (people(&home))
        h2 class="govuk-heading-l" { "All about me" }
        ul class="kf-tiles" {
            (tile("/me/things", "Things I like", "What you like. What you are proud of. Your clubs."))
            (tile("/me/plan", "My plan", "What we said we will do for you."))
            (tile("/me/review", "My review", "When we meet to talk about how you are."))
            (tile("/me/decisions", "What was decided", "What you wanted, what we chose and why."))
            (tile("/me/health", "My health", "What helps you stay well."))
            (tile("/me/rights", "My rights", "What you can ask for, and who will help."))
            (tile("/me/looked", "Who looked at my record", "Who read it, when and why."))
            @if auditor { (tile("/me/audits", "Tell us how we do", "You were asked to look at how well we look after you.")) }
        }
    }).into_response())
}

/// Who and what next in a breath: on a small telephone the rest of it is below the first screen.
fn glance(home: &OwnHome) -> Markup {
    let person = home.people.as_deref().and_then(<[_]>::first).filter(|person| person.name.is_some());
    html! {
        @if person.is_some() || !home.next.is_empty() {
            p class="kf-glance" {
                @if let Some(person) = person {
                    (words::role(&person.role).0) ": " strong { (words::name(person)) } "."
                    br;
                }
                @if let Some(thing) = home.next.first() { (words::next(thing, home.today)) }
            }
        }
    }
}

fn say(home: &OwnHome) -> Markup {
    html! {
        div class="kf-say" {
            p class="kf-say__words" { "You can tell us what you like, when you like." }
            p { a class="govuk-button kf-say__button" href="/me/say" role="button" draggable="false" { "Say something" } }
            @if home.unsent {
                p class="govuk-body" { "You have not sent your last one. " a class="govuk-link" href="/me/say/words" { "Go on with it" } }
            }
            p class="govuk-body" { a class="govuk-link kf-say__help" href="/me/help-now" { "I need help now" } }
        }
    }
}

fn news(home: &OwnHome) -> Markup {
    let waiting = home.said.iter().filter(|s| matches!(s.state, SaidState::Owed(_) | SaidState::Late(_)));
    let answered = home.said.iter().filter(|s| {
        s.state == SaidState::Answered
            && s.answers.last().is_some_and(|a| (home.today - a.on).get_days() <= 14)
    });
    html! {
        @for said in answered {
            @if let Some(answer) = said.answers.last() {
                div class="kf-news" {
                    p class="kf-news__words" { (answer.by.as_deref().unwrap_or("Someone")) " wrote back to you." }
                    p { a class="govuk-link" href=(format!("/me/said/{}", said.entry)) { "Read it" span class="govuk-visually-hidden" { " (" (words::topic(&said.topic).0) ", " (date::short(said.on)) ")" } } }
                }
            }
        }
        @for said in waiting {
            div class="kf-news kf-news--waiting" {
                p class="kf-news__words" {
                    "You said: " (words::topic(&said.topic).0) ". "
                    @match said.state {
                        SaidState::Late(on) => { "You should have heard back by " (date::long(on)) ". That is our fault. We have told the boss." }
                        SaidState::Owed(on) => { (said.reply_from.as_deref().unwrap_or("We")) " will write back by " (date::long(on)) "." }
                        _ => {}
                    }
                }
                p { a class="govuk-link" href=(format!("/me/said/{}", said.entry)) { "See it" span class="govuk-visually-hidden" { " (" (words::topic(&said.topic).0) ", " (date::short(said.on)) ")" } } }
            }
        }
    }
}

fn people(home: &OwnHome) -> Markup {
    let Some(people) = &home.people else { return closed() };
    html! {
        @if people.is_empty() {
            p class="govuk-body" { "We do not know yet who your people are. They will be here soon." }
        } @else {
            ul class="kf-people" {
                @for person in people.iter().take(4) {
                    li class="kf-people__one" {
                        strong class="kf-people__name" { (words::name(person)) }
                        @if person.name.is_some() { span class="kf-people__role" { (words::role(&person.role).0) } }
                    }
                }
            }
            p class="govuk-body" { a class="govuk-link" href="/me/people" { "See all my people" } }
        }
    }
}

/// What stands where something is not shown yet.
pub(super) fn closed() -> Markup {
    html! {
        div class="kf-closed" {
            p class="govuk-body" { "We do not show this part to you yet. Your people thought about it and chose to wait. They will look at it again soon." }
            p class="govuk-body" { "You can ask why. " a class="govuk-link" href="/me/say/words?topic=question" { "Ask us" } }
        }
    }
}

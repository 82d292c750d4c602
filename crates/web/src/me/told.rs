//! What I am told: my plan, my review, what was decided, my health.

use kinfold_casework::me::{OwnDecision, Promise};
use kinfold_look::{Markup, date, html};

use super::home::closed;
use super::{own, words};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/me/plan", For::Own, plan),
        get("/me/review", For::Own, review),
        get("/me/decisions", For::Own, decisions),
        get("/me/health", For::Own, health),
    ]
}

/// Words that somebody else wrote, marked as such: they may be harder to read.
fn theirs(text: &str) -> Markup {
    html! { div class="kf-theirs" { @for line in text.lines().filter(|l| !l.trim().is_empty()) { p class="govuk-body" { (line) } } } }
}

/// Words the child said.
fn mine(text: &str) -> Markup {
    super::draw::own_words(text)
}

fn ask(words: &str) -> Markup {
    html! { p class="govuk-body" { (words) " " a class="govuk-link" href="/me/say/words?topic=question" { "Ask us" } } }
}

async fn plan(visit: Visit) -> Reply<Markup> {
    let found = visit.casework().own_plan(&visit.actor).await?;
    Ok(own(&visit, "My plan").render(&html! {
        h1 class="govuk-heading-xl" { "My plan" }
        @match found {
            None => (closed()),
            Some((plans, promises)) => {
                p class="govuk-body" { "A plan says what your people will do so that you are safe and well, and who does it." }
                @if plans.is_empty() && promises.is_empty() {
                    p class="govuk-body" { "Your plan is not here yet. Your social worker makes it with you." }
                }
                @if !promises.is_empty() {
                    h2 class="govuk-heading-l" { "What people said they will do" }
                    @for one in &promises { (promise(one)) }
                }
                @if !plans.is_empty() {
                    h2 class="govuk-heading-l" { "Your plans" }
                    @for one in &plans {
                        section class="kf-person" {
                            h3 class="govuk-heading-m" { (words::plan(&one.plan)) }
                            p class="govuk-body" { "Made on " (date::long(one.on)) "." }
                            @if let Some(wanted) = &one.wanted { p class="govuk-body" { "What you said you want:" } (mine(wanted)) }
                        }
                    }
                }
                (ask("Do you want to see the whole plan, or change it?"))
            },
        }
    }))
}

fn promise(one: &Promise) -> Markup {
    let who = one.person.clone().unwrap_or_else(|| words::owner(&one.owner).to_owned());
    html! {
        section class="kf-person" {
            p class="kf-person__role" { (who) }
            (theirs(&one.text))
            p class="govuk-body" {
                @match &one.outcome {
                    Some(code) => strong { (words::outcome(code)) "." },
                    None => { "By " strong { (date::long(one.by)) } "." }
                }
            }
        }
    }
}

async fn review(visit: Visit) -> Reply<Markup> {
    let found = visit.casework().own_review(&visit.actor).await?;
    let mine = visit.casework().my_review(&visit.actor).await?;
    Ok(own(&visit, "My review").render(&html! {
        h1 class="govuk-heading-xl" { "My review" }
        @if !found.shown { (closed()) } @else {
            p class="govuk-body" { "At a review we meet to talk about how you are and what you want. It is your meeting. You can say where it is, who comes and what we talk about." }
            h2 class="govuk-heading-l" { "Next time" }
            @match (&mine, &found.next) {
                (Some(mine), _) => (crate::reviews::own::way(mine)),
                (None, Some(next)) => p class="govuk-body" { (words::next(next, found.today)) },
                (None, None) => p class="govuk-body" { "No date is set yet. We will put it here." },
            }
            h2 class="govuk-heading-l" { "Last time" }
            @match (found.last, &found.decided) {
                (Some(on), Some(text)) => {
                    p class="govuk-body" { "We met on " (date::long(on)) ". This is what was decided, in the words of the person who wrote it down:" }
                    (theirs(text))
                },
                (Some(on), None) => p class="govuk-body" { "We met on " (date::long(on)) ". No one wrote here what was decided." },
                (None, _) => p class="govuk-body" { "You have not had a review yet." },
            }
            (ask("Is there something you do not get?"))
        }
    }))
}

async fn decisions(visit: Visit) -> Reply<Markup> {
    let found = visit.casework().own_decisions(&visit.actor).await?;
    Ok(own(&visit, "What was decided").render(&html! {
        h1 class="govuk-heading-xl" { "What was decided" }
        @match found {
            None => (closed()),
            Some(all) => {
                p class="govuk-body" { "When we decide something big about you, we ask what you want first. Then we tell you what we chose, and why." }
                @if all.is_empty() { p class="govuk-body" { "There is nothing here yet." } }
                @for one in &all { (decision(one)) }
                (ask("Do you think it is wrong?"))
                p class="govuk-body" { "You can also " a class="govuk-link" href="/me/say/words?topic=complaint" { "complain" } "." }
            },
        }
    }))
}

fn decision(one: &OwnDecision) -> Markup {
    html! {
        section class="kf-person" {
            h2 class="govuk-heading-m" { (one.subject) }
            p class="kf-said__when" { (date::long(one.on)) }
            @if let Some(wanted) = &one.wanted { h3 class="govuk-heading-s" { "What you wanted" } (mine(wanted)) }
            h3 class="govuk-heading-s" { "What we chose" }
            (theirs(&one.decided))
            @if let Some(reason) = &one.reason { h3 class="govuk-heading-s" { "Why" } (theirs(reason)) }
            @if let Some(by) = &one.told_by {
                p class="govuk-body" { (by) " told you" @if let Some(on) = one.told_on { " on " (date::long(on)) } "." }
            }
        }
    }
}

async fn health(visit: Visit) -> Reply<Markup> {
    let found = visit.casework().own_health(&visit.actor).await?;
    let today = visit.casework().today();
    Ok(own(&visit, "My health").render(&html! {
        h1 class="govuk-heading-xl" { "My health" }
        @if !found.shown { (closed()) } @else {
            @for thing in &found.next { p class="govuk-body" { (words::next(thing, today)) } }
            @if found.passport {
                p class="govuk-body" { "You have a health passport. You can show it when you see a doctor or a dentist." }
                p { a class="govuk-button" href=(format!("/children/{}/health/passport", found.child)) role="button" draggable="false" { "See my passport" } }
            } @else {
                p class="govuk-body" { "You do not have a health passport yet. It tells a doctor or a dentist what they need to know, so that you do not have to. Your nurse can make one with you." }
            }
            p class="govuk-body" { "How are you? " a class="govuk-link" href="/me/questions" { "See if we have questions for you" } }
            (ask("Do you have a question about your body or your mind?"))
        }
    }))
}

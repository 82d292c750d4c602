//! The first page of a carer: the children in their care, what waits for them and what is coming.

use kinfold_casework::Book;
use kinfold_casework::carers::{CarerChild, CarerHome};
use kinfold_casework::rows::{DutyLine, Page};
use kinfold_look::card::empty;
use kinfold_look::{Markup, date, html};

use super::words;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/caring", For::Carer, show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let home = visit.casework().carers_home(&visit.actor).await?;
    let work = visit.casework().my_work(&visit.actor, Page::first(20)).await?;
    let book = visit.casework().book();
    Ok(frame(&visit, "My home").render(&html! {
        div.kf-read {
            h1.govuk-heading-l { "My home" }
            @if work.unread > 0 {
                p.govuk-body { a.govuk-link href="/notices" { (work.unread) @if work.unread == 1 { " new notice" } @else { " new notices" } } }
            }
            @if home.children.is_empty() {
                (empty("No child is in your care here yet", "When a child comes to live with you, their social worker puts you in the child’s circle, and the child appears here.", None))
            }
            @for child in &home.children { (one(child)) }
            @if !work.duties.is_empty() { (mine(&work.duties, home.today)) }
            @if home.children.iter().any(|c| c.signed) { (soon(&home, &book)) }
            (numbers(&book))
        }
    }))
}

fn one(child: &CarerChild) -> Markup {
    let base = format!("/caring/{}", child.child);
    html! {
        section.kf-carer {
            h2.govuk-heading-m {
                a.govuk-link href=(if child.signed { base.clone() } else { format!("{base}/undertaking") }) { (child.called) }
                @if let Some(age) = child.age { span.kf-carer__age { (age) @if age == 1 { " year" } @else { " years" } } }
            }
            @if !child.signed {
                p.govuk-body { "Before you read about " (child.called) ", there is something to sign." }
                p.govuk-body { a class="govuk-button" href=(format!("{base}/undertaking")) role="button" draggable="false" { "Read and sign it" } }
            } @else {
                ul class="govuk-list kf-carer__ways" {
                    li { a.govuk-link href=(base) { "What I need to know" } }
                    li { a.govuk-link href=(format!("{base}/decisions")) { "Who decides what" }
                        @if child.undecided > 0 { " – " (child.undecided) " not decided yet" } }
                    li { a.govuk-link href=(format!("{base}/log")) { "My log" }
                        @if child.unsaved { " – a note is not saved yet" }
                        @if child.sent_back > 0 { " – " strong { (child.sent_back) @if child.sent_back == 1 { " note came back" } @else { " notes came back" } " with a question" } } }
                    li { a.govuk-link href=(format!("{base}/questions")) { "My questions" }
                        @if child.asked.0 > 0 { " – " (child.asked.0) " waiting for a reply" @if child.asked.1 > 0 { ", " strong { (child.asked.1) " late" } } }
                        @if child.replies > 0 { " – " strong { (child.replies) @if child.replies == 1 { " new reply" } @else { " new replies" } } } }
                    li { a.govuk-link href=(format!("/children/{}/reviews", child.child)) { "Reviews and my part in them" } }
                }
                p.govuk-body { a class="govuk-button govuk-button--secondary" href=(format!("{base}/log#write")) role="button" draggable="false" { "Write a note" span.govuk-visually-hidden { " about " (child.called) } } }
            }
        }
    }
}

fn mine(duties: &[DutyLine], today: jiff::civil::Date) -> Markup {
    html! {
        h2.govuk-heading-m #mine { "What waits for you" }
        ul.kf-next {
            @for line in duties {
                li.kf-next__one {
                    a.govuk-link href=(crate::work::way_to(line)) { (line.duty.title) }
                    " – " (line.child_name) ", by " (words::day(line.duty.due_on, today))
                }
            }
        }
    }
}

fn soon(home: &CarerHome, book: &Book) -> Markup {
    let lines = home.soon.iter().filter(|l| !matches!(l.what, kinfold_casework::carers::Coming::Mine(..)));
    let lines: Vec<_> = lines.collect();
    html! {
        h2.govuk-heading-m { "The next two weeks" }
        @if lines.is_empty() {
            p.govuk-body { "Nothing is set for the next two weeks." }
        } @else {
            ul.kf-next {
                @for line in lines {
                    li.kf-next__one { strong { (date::long(line.on)) } br; (line.called) ": " (words::coming(line, book)) }
                }
            }
        }
        p.govuk-body { a.govuk-link href="/caring/diary" { "The whole diary" } }
    }
}

/// What to do when nobody is at work.
pub(super) fn numbers(book: &Book) -> Markup {
    let words = &book.guidance.carers;
    html! {
        h2.govuk-heading-m { "When nobody is at work" }
        p.govuk-body { (words.out_of_hours) }
        ul.kf-numbers {
            @for number in &words.numbers {
                li.kf-numbers__one { strong { (number.name) ": " a.govuk-link href=(format!("tel:{}", number.tel.replace(' ', ""))) { (number.tel) } } br; "When " (number.when) "." }
            }
        }
    }
}

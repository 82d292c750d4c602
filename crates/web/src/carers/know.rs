//! What I need to know: short, and plain about what nobody has said.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use kinfold_casework::carers::{KnowPage, Known};
use kinfold_casework::health::facts::ItemKind;
use kinfold_casework::{Action, Book};
use kinfold_look::nav::{Tab, sub_navigation};
use kinfold_look::{Markup, date, html};
use kinfold_record::ChildId;

use super::home::numbers;
use super::signed_first;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/caring/{child}", For::Child(Action::KeepLog), show)]
}

/// Which page of a child's is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    Know,
    Decisions,
    Log,
    Questions,
}

/// The pages of one child, for their carer.
pub(super) fn ways(child: ChildId, here: Here) -> Markup {
    let base = format!("/caring/{child}");
    let tab = |words: &str, path: &str, at: Here| Tab::new(words, format!("{base}{path}"), here == at);
    sub_navigation(
        "This child",
        &[
            tab("Need to know", "", Here::Know),
            tab("Who decides", "/decisions", Here::Decisions),
            tab("My log", "/log", Here::Log),
            tab("Questions", "/questions", Here::Questions),
            Tab::new("Reviews", format!("/children/{child}/reviews"), false),
        ],
    )
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Response> {
    match visit.casework().need_to_know(&visit.actor, child).await {
        Ok(page) => Ok(draw(&visit, &page).into_response()),
        Err(error) => signed_first(&visit, child, error).await,
    }
}

fn draw(visit: &Visit, page: &KnowPage) -> Markup {
    let child = page.handle.id();
    let mut around = frame(visit, "What I need to know");
    around.back = Some(("Back to my home".to_owned(), "/caring".to_owned()));
    around.render(&html! {
        div.kf-read {
            h1.govuk-heading-l { (page.called) span.kf-carer__age { @match page.age { Some(1) => "1 year", Some(age) => { (age) " years" }, None => "age not known" } } }
            (ways(child, Here::Know))
            (health(page))
            @for (code, title) in TOPICS { (topic(page, code, title)) }
            (unknown(page))
            (likes(page))
            (school(page))
            @if page.faith.is_some() || page.language.is_some() {
                p.govuk-body {
                    @if let Some(faith) = &page.faith { "Religion or belief: " (faith) ". " }
                    @if let Some(language) = &page.language { "First language: " (language) "." }
                }
            }
            (people(page))
            (numbers(&page.book))
            p.govuk-body { "Something missing or wrong? " a.govuk-link href=(format!("/caring/{child}/questions")) { "Ask" } "." }
            p.govuk-body { a.govuk-link href=(format!("/children/{child}")) { "Everything else I may read" } }
        }
    })
}

/// What is written about day by day, the most pressing first.
const TOPICS: [(&str, &str); 6] = [
    ("risk", "Risks, and what keeps them safe"),
    ("comfort", "What helps when they are upset"),
    ("who_may_see", "Who may see them, and who may not"),
    ("routine", "Routines and sleep"),
    ("food", "Food and drink"),
    ("faith", "Faith, culture and language"),
];

fn health(page: &KnowPage) -> Markup {
    html! {
        h2.govuk-heading-m { "Health" }
        (items(page, ItemKind::Allergy, "Allergies"))
        (items(page, ItemKind::Medicine, "Medicines"))
        (items(page, ItemKind::Condition, "Conditions"))
        p.govuk-body { a.govuk-link href=(format!("/children/{}/health", page.handle.id())) { "More about their health" } }
    }
}

fn items(page: &KnowPage, kind: ItemKind, title: &str) -> Markup {
    let list: Vec<_> = page.health.items_of(kind).collect();
    let asked = page.health.none_known.iter().find(|(_, topic)| topic == kind.topic());
    let words = |list: &str, code: &str| page.book.guidance.codes.title(list, code).to_owned();
    html! {
        h3.govuk-heading-s { (title) }
        @if list.is_empty() {
            @match asked {
                Some((source, _)) => p.govuk-body { "None. Asked on " (date::long(source.on)) "." },
                None => p.govuk-body { "Not known. Nobody has written down whether there are any." },
            }
        } @else {
            ul.kf-facts {
                @for item in list {
                    li.kf-facts__one {
                        strong { (item.name) }
                        @if let Some(severity) = &item.allergy.1 { " – " (words("allergy_severity", severity)) }
                        @if let Some(detail) = &item.detail { br; (detail) }
                        @if let Some(care) = &item.care { br; span.kf-facts__do { "What to do: " (care) } }
                    }
                }
            }
        }
    }
}

fn known<'p>(page: &'p KnowPage, topic: &str) -> Option<&'p Known> {
    page.known.iter().find(|k| k.topic == topic)
}

fn topic(page: &KnowPage, code: &str, title: &str) -> Markup {
    html! {
        @if let Some(known) = known(page, code) {
            h2.govuk-heading-m { (title) }
            @for line in known.text.lines().filter(|l| !l.trim().is_empty()) { p.govuk-body { (line) } }
            p.govuk-hint { "Written on " (date::long(known.on)) }
        }
    }
}

/// What nobody has written about, said once and plainly.
fn unknown(page: &KnowPage) -> Markup {
    let missing: Vec<&str> =
        TOPICS.iter().filter(|(code, _)| known(page, code).is_none()).map(|(_, title)| *title).collect();
    html! {
        @if !missing.is_empty() {
            h2.govuk-heading-m { "Not known" }
            p.govuk-body { "Nobody has written anything about this yet. It does not mean that there is nothing:" }
            ul class="govuk-list govuk-list--bullet" { @for title in missing { li { (title) } } }
        }
    }
}

fn likes(page: &KnowPage) -> Markup {
    let of = |what: &[&str]| -> Vec<&str> {
        page.about
            .iter()
            .filter(|(code, _)| what.contains(&code.as_str()))
            .map(|(_, text)| text.as_str())
            .collect()
    };
    let (likes, dislikes) = (of(&["like", "good_at", "activity", "proud"]), of(&["dislike"]));
    html! {
        h2.govuk-heading-m { "Likes" }
        @if !likes.is_empty() {
            p.govuk-body { "In their own words:" }
            ul class="govuk-list govuk-list--bullet" { @for text in &likes { li { (text) } } }
        }
        @if !dislikes.is_empty() {
            p.govuk-body { "What they do not like:" }
            ul class="govuk-list govuk-list--bullet" { @for text in &dislikes { li { (text) } } }
        }
        @match known(page, "likes") {
            Some(known) => @for line in known.text.lines().filter(|l| !l.trim().is_empty()) { p.govuk-body { (line) } },
            None if likes.is_empty() => p.govuk-body { "Not known. Ask them, and write it in your log." },
            None => {},
        }
    }
}

fn school(page: &KnowPage) -> Markup {
    html! {
        h2.govuk-heading-m { "School" }
        @match &page.school {
            Some((school, since)) => p.govuk-body { strong { (school) } ", since " (date::long(*since)) "." },
            None => p.govuk-body { "Not known. No school is written down." },
        }
        @if let Some(known) = known(page, "school_day") {
            @for line in known.text.lines().filter(|l| !l.trim().is_empty()) { p.govuk-body { (line) } }
        }
    }
}

fn people(page: &KnowPage) -> Markup {
    let book: &Book = &page.book;
    html! {
        h2.govuk-heading-m { "Who to turn to" }
        @if page.people.is_empty() {
            p.govuk-body { "Not known. Ring the office and ask who the social worker is." }
        } @else {
            ul.kf-people {
                @for person in &page.people {
                    li.kf-people__one {
                        strong.kf-people__name { (person.name.as_deref().unwrap_or("Name not known")) }
                        span.kf-people__role { (book.guidance.codes.title("circle_role", &person.role)) @if person.key_worker { ", key worker" } }
                        @if let Some(contact) = &person.contact { span { (contact) } }
                    }
                }
            }
        }
    }
}

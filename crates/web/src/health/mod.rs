//! Health: the child's health page, the queue of the nurse's team, referrals, summaries and the passport.

mod area;
mod capacity;
mod closed;
mod family;
mod known;
mod measured;
mod page;
mod passport;
mod plan;
mod queue;
mod record;
mod referrals;
mod summary;

use kinfold_casework::health::HealthPage;
use kinfold_casework::health::facts::Source;
use kinfold_casework::{Action, Book};
use kinfold_look::{Markup, date, html};
use kinfold_record::{EventKind, FieldKind};

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [
        page::routes(),
        record::routes(),
        family::routes(),
        summary::routes(),
        passport::routes(),
        queue::routes(),
        capacity::routes(),
        referrals::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The address at which an event of a kind is recorded for this child: what is joined to another entry, and what is
/// said of a home in another area, has its form here, where that is shown.
fn record_address(page: &HealthPage, kind: EventKind, of: Option<&str>) -> String {
    let child = page.handle.id();
    let joined = kind.fields().iter().any(|f| f.required && f.kind == FieldKind::Reference);
    let here = joined || area::KINDS.contains(&kind);
    let base =
        if here { format!("/children/{child}/health/record") } else { format!("/children/{child}/record") };
    match of {
        Some(of) => {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("of", of).finish();
            format!("{base}/{}?{query}", kind.as_str())
        }
        None => format!("{base}/{}", kind.as_str()),
    }
}

/// A link to record something, for those who may.
fn record_link(page: &HealthPage, kind: EventKind, of: Option<&str>, words: &str) -> Markup {
    html! {
        @if page.handle.may.has(Action::to_record_kind(kind)) {
            a class="govuk-link kf-screen-only" href=(record_address(page, kind, of)) { (words) }
        }
    }
}

/// Several links to record something, in a line under a section.
fn record_links(page: &HealthPage, kinds: &[(EventKind, &str)]) -> Markup {
    let may: Vec<&(EventKind, &str)> =
        kinds.iter().filter(|(kind, _)| page.handle.may.has(Action::to_record_kind(*kind))).collect();
    html! {
        @if !may.is_empty() {
            ul class="govuk-list kf-columns kf-screen-only" {
                @for (kind, words) in may { li { (record_link(page, *kind, None, words)) } }
            }
        }
    }
}

/// Where a fact comes from: who told us, and when.
fn provenance(source: &Source, book: &Book) -> Markup {
    html! {
        span.govuk-hint {
            (date::short(source.on))
            @if let Some(told_by) = &source.told_by { ", from: " (inside(book.guidance.codes.title("provenance", told_by))) }
        }
    }
}

/// A title inside a sentence: its first letter small, unless it begins with an abbreviation (GP).
fn inside(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), title.chars().nth(1)) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}

/// What stands where there is nothing: for somebody who may not read health detail an empty section means nothing.
fn nothing(page: &HealthPage, words: &str) -> Markup {
    html! {
        p.govuk-body {
            @if page.reads_health() { (words) } @else { "Your role for this child does not include health detail." }
        }
    }
}

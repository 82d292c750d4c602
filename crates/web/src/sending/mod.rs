//! Copies for people outside: looked at as their reader gets them, released by a second person where that is needed, sent by
//! a link, read after a code, and taken back.

mod desk;
mod outside;
mod prepare;

use kinfold_casework::sending::{SentBody, SentSection};
use kinfold_look::{Markup, html};

use crate::Route;
use crate::child::event_form::paragraphs;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [prepare::routes(), desk::routes(), outside::routes()].into_iter().flatten().collect()
}

/// What the reader gets: the same on the page where it is looked at and on the page where it is read.
fn reads(body: &SentBody) -> Markup {
    html! {
        @for section in &body.sections { (one(section)) }
        @if let Some(foot) = &body.foot { p.govuk-body { strong { (foot) } } }
    }
}

fn one(section: &SentSection) -> Markup {
    let listed = section.lines.iter().all(|(label, _)| label.is_none());
    html! {
        h2.govuk-heading-m { (section.title) }
        @if listed {
            ul class="govuk-list govuk-list--bullet" { @for (_, text) in &section.lines { li { (text) } } }
        } @else {
            @for (label, text) in &section.lines {
                @if let Some(label) = label { h3.govuk-heading-s { (label) } }
                (paragraphs(text))
            }
        }
    }
}

/// What was taken out and why, and what is sensitive in what is left. For those who send, never for the reader.
fn weighed(body: &SentBody) -> Markup {
    html! {
        h2.govuk-heading-m { "What was taken out, and why" }
        @if body.left_out.is_empty() {
            p.govuk-body { "Nothing: this reader gets the whole." }
        } @else {
            ul class="govuk-list govuk-list--bullet" { @for out in &body.left_out { li { strong { (out.what) } ". " (out.why) } } }
        }
        @if !body.sensitive.is_empty() {
            h2.govuk-heading-m { "What is sensitive in it" }
            ul class="govuk-list govuk-list--bullet" { @for what in &body.sensitive { li { (what) } } }
        }
    }
}

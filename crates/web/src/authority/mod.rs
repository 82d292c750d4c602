//! What the authority writes down about itself: its action plans, its self-assessments, its panel, what it publishes. About
//! no child.

mod audit;
mod audit_out;
mod audits;
mod change;
mod evidence;
mod form;
mod frozen;
mod head;
mod inspection;
mod inspection_out;
mod list;
mod out;
mod panel;
mod plan;
mod publish;
mod question;
mod recommendation;
mod young;
mod young_desk;

use std::fmt::Display;

use kinfold_casework::authority::Stamp;
use kinfold_casework::authority::plan::{Recommendation, Said, Status};
use kinfold_casework::clock::in_england;
use kinfold_guidance::framework::{Colour, Scale};
use kinfold_look::nav::{Tab, sub_navigation};
use kinfold_look::state::State;
use kinfold_look::tag::{Colour as Tint, tag};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [
        list::routes(),
        plan::routes(),
        recommendation::routes(),
        change::routes(),
        head::routes(),
        out::routes(),
        audits::routes(),
        audit::routes(),
        audit_out::routes(),
        evidence::routes(),
        question::routes(),
        young::routes(),
        young_desk::routes(),
        inspection::routes(),
        inspection_out::routes(),
        panel::routes(),
        publish::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A part of this strand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strand {
    Plans,
    Audits,
    Panel,
    Publications,
}

/// The parts of this strand, one beside the other.
fn tabs(here: Strand) -> Markup {
    let tabs = [
        Tab::new("Action plans", "/plans", here == Strand::Plans),
        Tab::new("Self-assessments", "/audits", here == Strand::Audits),
        Tab::new("Panel", "/panel", here == Strand::Panel),
        Tab::new("Reports and promises", "/publications", here == Strand::Publications),
    ];
    sub_navigation("Corporate parenting", &tabs)
}

/// The address of a plan.
fn plan_address(plan: Uuid) -> String {
    format!("/plans/{plan}")
}

/// Text in the paragraphs it was written in.
fn paragraphs(text: &str) -> Markup {
    html! {
        @for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) { p.govuk-body { (line) } }
    }
}

/// How a recommendation stands on a day: in a word and a shape; lateness before all else.
fn standing(of: &Recommendation, on: jiff::civil::Date) -> Markup {
    let status = of.status();
    if let Some(days) = of.days_late(on) {
        return State::Late.saying(&days_late(days));
    }
    match status {
        Status::NotStarted => State::NotYet.saying(status.title()),
        Status::UnderWay | Status::Continuing => State::OnTime.saying(status.title()),
        Status::AtRisk => State::DueSoon.saying(status.title()),
        Status::Done => State::Met.saying(status.title()),
        Status::NotTakenFurther => State::Ended.saying(status.title()),
    }
}

/// How late, in the unit that says most: an old plan is years late, not thousands of days.
fn days_late(days: i32) -> String {
    match days {
        1 => "1 day late".to_owned(),
        2..730 => format!("{days} days late"),
        _ => format!("{} years late", days / 365),
    }
}

/// Notes, each with its day.
fn notes(said: &[Said]) -> Markup {
    html! {
        @for note in said {
            (paragraphs(&note.text))
            p class="govuk-body-s" { @if let Some(who) = &note.who { (who) ", " } (date::short_element(note.on)) }
        }
    }
}

/// Who wrote something and when.
fn written(name: impl Display, stamp: Stamp) -> String {
    let at = in_england(stamp.at).datetime();
    format!("{name}, {}", date::long_with_time(at))
}

/// A level of a scale: its word, with a shape and a colour that only help.
fn level(scale: &Scale, code: &str) -> Markup {
    let Some(level) = scale.level(code) else { return html! { (code) } };
    let (shape, tint) = match level.colour {
        Colour::Red => ("▼", Tint::Red),
        Colour::Amber => ("◆", Tint::Orange),
        Colour::Yellow => ("◇", Tint::Yellow),
        Colour::Green => ("▲", Tint::Green),
        Colour::Blue => ("★", Tint::Blue),
        Colour::Grey => ("–", Tint::Grey),
    };
    html! { span aria-hidden="true" { (shape) " " } (tag(&level.title, tint)) }
}

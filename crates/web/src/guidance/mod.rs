//! The guidance: every rule with its law, what it decided, the calendar, the code lists, and the council's own layer.

mod calendar;
mod list;
mod local;
mod rule;
mod words;

use kinfold_casework::Action;
use kinfold_guidance::{Confidence, LayerName, Rule};
use kinfold_look::nav::{Tab, sub_navigation};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, html};

use crate::Route;
use crate::visit::Visit;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [list::routes(), calendar::routes(), local::routes(), rule::routes()].into_iter().flatten().collect()
}

/// Which part of the strand is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Here {
    Rules,
    Calendar,
    Codes,
    Local,
}

fn tabs(visit: &Visit, here: Here) -> Markup {
    let mut tabs = vec![
        Tab::new("Rules", "/guidance", here == Here::Rules),
        Tab::new("Calendar", "/guidance/calendar", here == Here::Calendar),
        Tab::new("Code lists", "/guidance/codes", here == Here::Codes),
    ];
    if visit.actor.may().has(Action::ChangeGuidance) {
        tabs.push(Tab::new("Local guidance", "/guidance/local", here == Here::Local));
    }
    sub_navigation("Guidance", &tabs)
}

/// How sure we are of a rule's words: always in words, and louder when nobody has checked it.
fn confidence(rule: &Rule) -> Markup {
    match rule.confidence {
        Confidence::M => {
            html! { (tag("Unverified", Colour::Yellow)) " " (Confidence::M.words().trim_start_matches("Unverified: ")) }
        }
        sure => html! { (sure.words()) },
    }
}

/// Where a rule comes from. Nothing for a national one.
fn layer(rule: &Rule) -> Markup {
    match &rule.origin.layer {
        LayerName::National => html! {},
        LayerName::Local(name) => tag(&format!("Local: {name}"), Colour::Purple),
    }
}

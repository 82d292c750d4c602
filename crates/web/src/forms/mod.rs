//! Forms about a child: starting them, filling them in one thing on each page, handing a section to somebody outside,
//! submitting, and reading what was submitted.

mod answer;
mod ask;
mod document;
mod files;
mod ground;
mod list;
mod outside;
mod outside_steps;
mod question;
mod rows;
mod sent;
mod steps;
mod tasks;

use kinfold_casework::Actor;
use kinfold_casework::forms::FormDesk;

use crate::child::event_form::Someone;
use crate::route::Route;

/// An answer of a document, for pages of other strands: files in it are read in the document itself.
pub(crate) fn answer_shown(shown: &kinfold_forms::words::Shown) -> kinfold_look::Markup {
    answer::answer(shown, &|_| None)
}

pub(crate) use question::{Drawing, fill, mark, names};
pub(crate) use sent::Page;
pub(crate) use steps::licensed;

pub(crate) fn routes() -> Vec<Route> {
    [
        list::routes(),
        tasks::routes(),
        steps::routes(),
        ask::routes(),
        document::routes(),
        outside::routes(),
        outside_steps::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The people who can be named in a form: oneself, and those in the circle with an account and a name.
fn people(actor: &Actor, desk: &FormDesk) -> Vec<Someone> {
    let mut out = vec![Someone { id: actor.person().to_string(), words: format!("{} (you)", actor.name()) }];
    for member in desk.timeline.circle_on(desk.today) {
        let (Some(person), Some(name)) = (member.person, &member.name) else { continue };
        let role = desk.book.guidance.codes.title("circle_role", &member.role);
        if person != actor.person() {
            out.push(Someone { id: person.to_string(), words: format!("{name} ({role})") });
        }
    }
    out.dedup_by(|a, b| a.id == b.id);
    out
}

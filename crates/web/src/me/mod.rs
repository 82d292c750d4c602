//! The child's own space, and what their people read of it. Pages for the child are drawn in the voice *Me*: few words, one
//! thing at a time, a way out on every page, and nothing that needs a script. A test measures how hard the words are.

mod desk;
mod draw;
mod help;
mod home;
mod looked;
mod part;
mod people;
mod rights;
mod said;
mod say;
mod say_more;
mod sdq;
mod sdq_pages;
mod things;
mod told;
mod too_late;
mod upload;
pub(crate) mod words;

use kinfold_casework::{Actor, Role};
use kinfold_look::page::{Here, NavItem, Page, Voice};

pub(crate) use too_late::too_late;

use crate::Route;
use crate::frame::frame;
use crate::visit::Visit;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [
        home::routes(),
        say::routes(),
        say_more::routes(),
        said::routes(),
        help::routes(),
        people::routes(),
        told::routes(),
        rights::routes(),
        things::routes(),
        looked::routes(),
        part::routes(),
        sdq::routes(),
        desk::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Where "Exit this page" leads: a page that says nothing about who was here.
const WEATHER: &str = "https://www.bbc.co.uk/weather";

/// Whether somebody signs in as a young person and as nothing else: their first page is their own space, and every page
/// they open is drawn for them.
pub(crate) fn is_young(actor: &Actor) -> bool {
    actor.has(Role::YoungPerson) && actor.roles().all(|role| role == Role::YoungPerson)
}

/// Makes a page one of the child's own: their voice, their ways on, and the way out.
pub(crate) fn own_frame(page: &mut Page, path: &str) {
    let item = |label: &str, href: &str| {
        let here = if path == href {
            Here::Page
        } else if href != "/me" && path.starts_with(href) {
            Here::Within
        } else {
            Here::Elsewhere
        };
        NavItem::new(label, href).here(here)
    };
    page.voice = Voice::Me;
    page.exit = Some(WEATHER.to_owned());
    page.quick_search = None;
    // A child’s pages have words of their own for who does what.
    page.closing = None;
    page.who.iter_mut().for_each(|who| who.role_href = None);
    page.nav = vec![
        item("My space", "/me"),
        item("Say it", "/me/say"),
        item("What I said", "/me/said"),
        item("My people", "/me/people"),
        item("Help now", "/me/help-now"),
    ];
}

/// The frame of a page of the child's own, with the way back to the first one.
pub(crate) fn own(visit: &Visit, title: &str) -> Page {
    let mut page = frame(visit, title);
    own_frame(&mut page, &visit.path);
    page.back = Some(("Back to my space".to_owned(), "/me".to_owned()));
    page
}

//! The carer's space: pages for whoever looks after the child day by day, short enough for a telephone in the kitchen; and
//! beside it the pages of those who answer them.

mod decide;
mod decisions;
mod desk;
mod desk_question;
mod diary;
mod home;
mod know;
mod log;
mod note;
mod questions;
mod undertaking;
mod words;

use axum::response::{IntoResponse as _, Redirect, Response};
use kinfold_casework::{Actor, Error, Role};
use kinfold_look::Markup;
use kinfold_look::form::FormState;
use kinfold_look::page::{Here, NavItem, Page};
use kinfold_record::ChildId;

use crate::Route;
use crate::frame::frame;
use crate::oops::Reply;
use crate::visit::Visit;
pub(crate) use words::in_calendar;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [
        home::routes(),
        diary::routes(),
        undertaking::routes(),
        know::routes(),
        decisions::routes(),
        log::routes(),
        note::routes(),
        questions::routes(),
        desk::routes(),
        desk_question::routes(),
        decide::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether somebody signs in as a carer and as nothing else: their first page is their own space.
pub(crate) fn is_carer(actor: &Actor) -> bool {
    actor.has(Role::FosterCarer) && actor.roles().all(|role| role == Role::FosterCarer)
}

/// The ways on that a carer has on every page: few, and no search, since they know whom they care for.
pub(crate) fn carers_frame(page: &mut Page, path: &str) {
    let item = |label: &str, href: &str, within: bool| {
        let here = match () {
            () if path == href => Here::Page,
            () if within => Here::Within,
            () => Here::Elsewhere,
        };
        NavItem::new(label, href).here(here)
    };
    let child = path.starts_with("/caring/") && path != "/caring/diary";
    page.quick_search = None;
    page.nav = vec![
        item("My home", "/caring", child),
        item("Diary", "/caring/diary", false),
        item("Notices", "/notices", false),
        item("Help", "/help", path.starts_with("/help/")),
    ];
}

/// The frame of a page about one child, with the way back to the child's first page.
fn about(visit: &Visit, title: &str, child: ChildId, called: &str) -> Page {
    let mut page = frame(visit, title);
    page.back = Some((format!("Back to {called}"), format!("/caring/{child}")));
    page
}

/// A page of the carer's space, or the undertaking where that is still to be signed.
async fn signed_first(visit: &Visit, child: ChildId, error: Error) -> Reply<Response> {
    if matches!(error, Error::Absent)
        && let Ok(page) = visit.casework().undertaking(&visit.actor, child).await
        && page.signed.is_none()
    {
        return Ok(Redirect::to(&format!("/caring/{child}/undertaking")).into_response());
    }
    Err(error.into())
}

/// What was refused, at the fields of the form; what cannot be put there goes on.
fn wrong(form: &mut FormState, error: Error) -> Reply<()> {
    match error {
        Error::Invalid(problems) => problems.into_iter().for_each(|p| form.error(p.field, p.message)),
        Error::Impossible(problems) => problems.into_iter().for_each(|p| form.form_error(p.message)),
        Error::Forbidden(words) => form.form_error(words),
        error => return Err(error.into()),
    }
    Ok(())
}

/// Text as it was typed, line by line.
fn typed(text: &str) -> Markup {
    kinfold_look::html! { blockquote.kf-own-words { @for line in text.lines() { (line) br; } } }
}

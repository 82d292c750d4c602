//! Who looked at one record: who, when, what part, and why.

use axum::extract::Path;
use axum::response::Response;
use kinfold_casework::Action;
use kinfold_look::form::{button_link, error_summary};
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;

use super::{csv, lines};
use crate::child::bar::{Here, bar, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/access", For::Child(Action::ViewAccessLog), show),
        get("/children/{child}/access/export", For::Child(Action::ViewAccessLog), export),
    ]
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let mut form = visit.query.clone();
    let filter = lines::read(&mut form);
    let (page, at) = lines::page_of(&form);
    let log = visit.casework().access_log(&visit.actor, child, &filter, at).await?;
    let base = format!("/children/{child}/access");
    let mut around = frame(&visit, "Who looked at this record");
    around.has_errors = form.has_errors();
    if let Some(timeline) = &log.timeline {
        around.bar = Some(bar(&log.handle, timeline, &visit.casework().book(), log.today));
    }
    let list = html! {
        (lines::list(&base, &filter, &log.lines, log.total, page, false))
        (button_link("Export as CSV", &format!("{base}/export?{}", lines::query(&filter, None)), false))
    };
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Who looked at this record" (lines::day_words(filter.day)) }
        @if log.timeline.is_some() { (tabs(&log.handle, Here::Access)) } @else {
            p.govuk-body { "Record " strong { (log.handle.reference) } ". Your role shows who looked at it, and nothing of what it says." }
        }
        p.govuk-body { "Everybody who opened, changed or exported this record, or tried to. Your own visit is written down too." }
        (error_summary(&form))
        (lines::panel(&base, true, &filter, &log.people, &form).beside(&list))
    }))
}

async fn export(visit: Visit, Path(child): Path<ChildId>) -> Reply<Response> {
    let filter = lines::read(&mut visit.query.clone());
    let (reference, lines) = visit.casework().export_access_log(&visit.actor, child, &filter).await?;
    csv(&lines::sheet(&lines), &format!("who-looked-{reference}"))
}

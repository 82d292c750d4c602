//! The audit: the whole log, its signed checkpoints, and how to check it without trusting the server.

use axum::response::Response;
use kinfold_casework::Action;
use kinfold_casework::access_log::{AuditPage, CheckpointLine};
use kinfold_casework::chronology::recorded_words;
use kinfold_look::form::{button_link, error_summary};
use kinfold_look::nav::{Tab, sub_navigation};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::{csv, lines};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/audit", For::Authority(Action::ViewAudit), show),
        get("/audit/export", For::Authority(Action::ViewAudit), export),
    ]
}

/// The pages of this strand, for those who may read each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    Audit,
    Openings,
    Matrix,
}

pub(super) fn ways(visit: &Visit, here: Here) -> Markup {
    let may = visit.actor.may();
    let mut tabs = Vec::new();
    if may.has(Action::ViewAudit) {
        tabs.push(Tab::new("Audit", "/audit", here == Here::Audit));
    }
    if may.has(Action::ReviewBreakGlass) {
        tabs.push(Tab::new("Emergency openings", "/audit/break-glass", here == Here::Openings));
    }
    if may.has(Action::ViewMatrix) {
        tabs.push(Tab::new("Who may do what", "/matrix", here == Here::Matrix));
    }
    sub_navigation("Safety and audit", &tabs)
}

async fn show(visit: Visit) -> Reply<Markup> {
    let mut form = visit.query.clone();
    let filter = lines::read(&mut form);
    let (page, at) = lines::page_of(&form);
    let audit = visit.casework().audit_page(&visit.actor, &filter, at).await?;
    let mut around = frame(&visit, "Audit");
    around.has_errors = form.has_errors();
    let list = html! {
        (lines::list("/audit", &filter, &audit.lines, audit.total, page, true))
        (button_link("Export as CSV", &format!("/audit/export?{}", lines::query(&filter, None)), false))
    };
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Audit" (lines::day_words(filter.day)) }
        (ways(&visit, Here::Audit))
        @if audit.unreviewed > 0 && visit.actor.may().has(Action::ReviewBreakGlass) {
            p.govuk-body {
                a.govuk-link href="/audit/break-glass" {
                    (audit.unreviewed) @if audit.unreviewed == 1 { " emergency opening waits" } @else { " emergency openings wait" } " for review"
                }
            }
        }
        (error_summary(&form))
        (lines::panel("/audit", false, &filter, &audit.people, &form).beside(&list))
        (checkpoints(&audit))
    }))
}

fn checkpoints(audit: &AuditPage) -> Markup {
    html! {
        h2.govuk-heading-m { "Is the log whole?" }
        p.govuk-body {
            "The log has " (audit.size) " lines. Each line is a leaf of a tree; from time to time Kinfold signs the root of the tree. "
            "A line that is changed, taken out, moved or cut off no longer fits a root that was signed."
        }
        @if audit.checkpoints.is_empty() {
            p.govuk-body { "No checkpoint has been signed yet. The first is signed within the hour after Kinfold starts." }
        } @else {
            (Table::new("The last checkpoints", ["Signed", "Lines", "Root", "Signature"].map(Column::new)).dense()
                .rows(audit.checkpoints.iter().map(checkpoint)))
        }
        p.govuk-body {
            "To check it without trusting this server, run " code { "kinfold verify" } " on a copy of the database with the checkpoints "
            "you kept elsewhere. It needs no connection, and names the first line that does not fit."
        }
    }
}

fn checkpoint(line: &CheckpointLine) -> Row {
    Row::new()
        .cell(html! { (date::long_with_time(recorded_words(line.at))) })
        .cell(html! { (line.size) })
        .cell(html! { code { (line.root.get(..16).unwrap_or(&line.root)) "…" } })
        .cell(html! { @if line.ours { "By this installation’s key" } @else { "By an earlier key, " code { (line.key) } } })
}

async fn export(visit: Visit) -> Reply<Response> {
    let filter = lines::read(&mut visit.query.clone());
    let lines = visit.casework().export_audit(&visit.actor, &filter).await?;
    csv(&lines::sheet(&lines), "audit")
}

//! Notices: what somebody has been told, with the way to it.

use axum::extract::Path;
use axum::response::Response;
use kinfold_casework::chronology::recorded_words;
use kinfold_casework::notices::Notice;
use kinfold_casework::rows::Page;
use kinfold_look::card::empty;
use kinfold_look::form::{Button, csrf_field};
use kinfold_look::nav::{Pagination, Tab, sub_navigation};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use crate::Route;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

/// Notices on one page.
const PER_PAGE: i64 = 30;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/notices", For::SignedIn, show),
        post("/notices/read", For::SignedIn, read_all),
        post("/notices/{notice}/read", For::SignedIn, read_one),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let all = visit.query.value("show") == "all";
    let at: u32 = visit.query.value("page").parse().unwrap_or(1).clamp(1, 100_000);
    let page = Page { limit: PER_PAGE, offset: i64::from(at - 1) * PER_PAGE };
    let (found, unread) = visit.casework().notices(&visit.actor, !all, page).await?;
    let count = u32::try_from(unread).unwrap_or(u32::MAX);
    let tabs = [
        Tab::new("New", "/notices", !all).count(count, "not read yet"),
        Tab::new("All", "/notices?show=all", all),
    ];
    let pages = u32::try_from((found.total + PER_PAGE - 1) / PER_PAGE).unwrap_or(1).max(1);
    let base = if all { "/notices?show=all&" } else { "/notices?" };
    Ok(frame(&visit, "Notices").render(&html! {
        h1.govuk-heading-l { "Notices" }
        (sub_navigation("Which notices", &tabs))
        @if found.rows.is_empty() {
            (empty(
                if all { "No notices" } else { "Nothing new" },
                if crate::me::is_young(&visit.actor) {
                    "When someone writes back to you, we tell you here."
                } else {
                    "You are told here when a duty of yours is late or waits for you, and when somebody below you on its ladder has been told before you."
                },
                (!all).then_some(("See all notices", "/notices?show=all")),
            ))
        } @else {
            (Table::new("Notices, newest first", [Column::new("When"), Column::new("What"), Column::unlabelled("Read")])
                .caption_hidden()
                .dense()
                .no_row_names()
                .rows(found.rows.iter().map(|notice| row(&visit, notice))))
            (Pagination { page: at, pages, what: "notices".to_owned() }.render(|n| format!("{base}page={n}")))
            @if unread > 0 {
                form method="post" action="/notices/read" {
                    (csrf_field(visit.actor.csrf()))
                    (Button::secondary("Mark all as read"))
                }
            }
        }
    }))
}

fn row(visit: &Visit, notice: &Notice) -> Row {
    Row::new()
        .cell(html! { span.kf-nowrap { (date::long_with_time(recorded_words(notice.created_at))) } })
        .cell(html! {
            @match (&notice.text, &notice.link) {
                (Some(text), Some(link)) => a.govuk-link href=(link) { (text) },
                (Some(text), None) => (text),
                (None, _) => span.govuk-hint { "About a record that you cannot open any more." },
            }
        })
        .cell(html! {
            @if notice.read {
                span.govuk-hint { "Read" }
            } @else {
                form method="post" action=(format!("/notices/{}/read", notice.id)) {
                    (csrf_field(visit.actor.csrf()))
                    button class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" type="submit" {
                        "Mark as read"
                        span.govuk-visually-hidden { ": " (notice.text.as_deref().unwrap_or("notice")) }
                    }
                }
            }
        })
}

async fn read_one(Path(notice): Path<Uuid>, Sent { visit, .. }: Sent) -> Reply<Response> {
    visit.casework().read_notices(&visit.actor, Some(notice)).await?;
    Ok(done(&visit.app, "/notices", "Marked as read."))
}

async fn read_all(Sent { visit, .. }: Sent) -> Reply<Response> {
    let count = visit.casework().read_notices(&visit.actor, None).await?;
    let words = match count {
        0 => "There was nothing left to read.".to_owned(),
        1 => "One notice marked as read.".to_owned(),
        n => format!("{n} notices marked as read."),
    };
    Ok(done(&visit.app, "/notices", &words))
}

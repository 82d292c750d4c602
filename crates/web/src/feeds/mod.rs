//! One's duties as a calendar: making the secret link, stopping it, and what the link gives.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kinfold_casework::chronology::recorded_words;
use kinfold_casework::{Action, Error};
use kinfold_exchange::calendar::{FeedItem, feed};
use kinfold_look::banner::{inset, warning};
use kinfold_look::form::{Button, csrf_field};
use kinfold_look::nav::Crumb;
use kinfold_look::{Markup, date, html};

use crate::carers::in_calendar;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};
use crate::{App, Route};

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::CalendarFeed);
    vec![
        get("/account/calendar", whom, show),
        post("/account/calendar", whom, make),
        post("/account/calendar/stop", whom, stop),
        get("/feeds/{token}", For::Bearer, give),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let state = visit.casework().feed_state(&visit.actor).await?;
    let made = state.map(|state| {
        html! {
            p.govuk-body {
                "You made a link on " (date::long_with_time(recorded_words(state.created_at))) ". "
                @match state.last_read_at {
                    Some(at) => { "A calendar last asked for it on " (date::long_with_time(recorded_words(at))) "." },
                    None => "No calendar has asked for it yet.",
                }
            }
        }
    });
    Ok(page(&visit, made.as_ref(), state.is_some()))
}

fn page(visit: &Visit, what: Option<&Markup>, running: bool) -> Markup {
    let mut around = frame(visit, "My duties as a calendar");
    around.breadcrumbs = vec![Crumb::new("My account", "/account")];
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-l { "My duties as a calendar" }
            p.govuk-body { "Your calendar can show when your duties are due. It holds what is due and a child’s reference, never a name." }
            @if let Some(what) = what { (what) }
            form method="post" action="/account/calendar" {
                (csrf_field(visit.actor.csrf()))
                @if running {
                    p.govuk-body { "If the link is lost or somebody else has seen it, make a new one. The old one stops at once." }
                    (Button::secondary("Make a new link"))
                } @else {
                    (Button::main("Make a link"))
                }
            }
            @if running {
                form method="post" action="/account/calendar/stop" {
                    (csrf_field(visit.actor.csrf()))
                    (Button::warning("Stop the link"))
                }
            }
        } }
    })
}

async fn make(Sent { visit, .. }: Sent) -> Reply<Markup> {
    let token = visit.casework().make_feed(&visit.actor).await?;
    let address = format!("{}/feeds/{token}.ics", visit.casework().settings().address.trim_end_matches('/'));
    let shown = html! {
        (inset(&html! {
            h2.govuk-heading-m { "Your link" }
            p.kf-reference { (address) }
            p { "In your calendar choose “Add calendar from the internet” (or “Subscribe”) and paste this." }
        }))
        (warning("Copy the link now: it is shown only once. Whoever has it can read when your duties are due."))
    };
    Ok(page(&visit, Some(&shown), true))
}

async fn stop(Sent { visit, .. }: Sent) -> Reply<Response> {
    let words = if visit.casework().revoke_feed(&visit.actor).await? {
        "The link has stopped. Calendars that use it get nothing any more."
    } else {
        "There was no link to stop."
    };
    Ok(done(&visit.app, "/account/calendar", words))
}

/// The calendar itself. Whoever asks is a program, so what goes wrong is said in a line of text.
async fn give(State(app): State<App>, Path(token): Path<String>) -> Response {
    let token = token.strip_suffix(".ics").unwrap_or("");
    match app.casework.feed(token).await {
        Ok(given) => {
            let duties = given.duties.into_iter().map(|d| FeedItem {
                uid: d.uid,
                title: d.title,
                reference: d.reference,
                due_on: d.due_on,
                late: d.late,
            });
            let coming = given.coming.into_iter().map(|c| FeedItem {
                uid: c.uid,
                title: in_calendar(&c.what),
                reference: c.reference,
                due_on: c.on,
                late: false,
            });
            let items: Vec<FeedItem> = duties.chain(coming).collect();
            let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
            let name = HeaderValue::from_static("inline; filename=\"kinfold.ics\"");
            (
                [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)],
                feed("Kinfold: my duties", &items),
            )
                .into_response()
        }
        Err(Error::TooMany { minutes }) => {
            let wait = (minutes * 60).to_string();
            (
                StatusCode::TOO_MANY_REQUESTS,
                [(header::RETRY_AFTER, wait)],
                "This calendar is asked for too often.\n",
            )
                .into_response()
        }
        Err(Error::Absent) => (StatusCode::NOT_FOUND, "There is no such calendar.\n").into_response(),
        Err(error) => {
            tracing::error!(%error, "a calendar could not be given");
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side. Try again in a moment.\n")
                .into_response()
        }
    }
}

//! Opening a record in an emergency: by its number and with a reason, for a few hours, and closing it again.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::break_glass::{LASTS, Opened, Opening};
use kinfold_casework::chronology::recorded_words;
use kinfold_casework::{Action, ChildHandle, Error};
use kinfold_look::banner::warning;
use kinfold_look::form::{
    Button, FormState, PasswordInput, TextInput, Textarea, Width, button_group, csrf_field, error_summary,
};
use kinfold_look::{Markup, date, html};
use kinfold_record::ChildId;

use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/break-glass", For::Emergency, ask),
        post("/break-glass", For::Emergency, open),
        get("/children/{child}/emergency", For::Child(Action::ViewChild), show),
        post("/children/{child}/emergency", For::Child(Action::ViewChild), close),
    ]
}

async fn ask(visit: Visit) -> Reply<Markup> {
    visit.casework().emergency_form(&visit.actor).await?;
    Ok(form_page(&visit, &FormState::new()))
}

fn form_page(visit: &Visit, form: &FormState) -> Markup {
    let mut around = frame(visit, "Open a record in an emergency");
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Open a record in an emergency" }
            p.govuk-body {
                "For when a child may come to harm unless you see their record now, and there is no time to ask. "
                "You need the record’s number; you cannot look for a child by name here."
            }
            (warning("The safeguarding lead is told at once, with your reason, and reviews what you did."))
            p.govuk-body { "If a record with this number exists and may be opened so, it is open to you for " (LASTS.as_hours()) " hours, and then closes by itself." }
            form method="post" action="/break-glass" novalidate {
                (csrf_field(visit.actor.csrf()))
                (TextInput::new("reference", "The record’s number").code().width(Width::Chars(20)).render(form))
                (Textarea::new("reason", "Why do you need it now?").hint("A sentence. It is kept for ever and read by the safeguarding lead").rows(4).limit(2000).render(form))
                @if !visit.actor.is_fresh() {
                    (PasswordInput::current("password", "Your password again").render(form))
                }
                (button_group(&[Button::warning("Open the record")], Some(("Cancel", "/"))))
            }
        } }
    })
}

async fn open(Sent { visit, mut form }: Sent) -> Reply {
    let asked = visit
        .casework()
        .break_glass(&visit.actor, form.value("reference"), form.value("reason"), form.value("password"))
        .await;
    match asked {
        Ok(Opened::Until(child, until)) => {
            let words = format!(
                "The record is open to you until {}. The safeguarding lead has been told.",
                clock(until)
            );
            Ok(done(&visit.app, &format!("/children/{child}"), &words))
        }
        Ok(Opened::Already(child)) => Ok(done(
            &visit.app,
            &format!("/children/{child}"),
            "You may open this record as part of your work. No emergency was recorded.",
        )),
        Err(Error::Invalid(problems)) => {
            for problem in problems {
                form.error(problem.field, problem.message);
            }
            // The password may have been right and something else wrong: ask only when it has to be asked.
            let page = form_page(&visit, &form.with("password", ""));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// "4:40pm" in England.
fn clock(at: jiff::Timestamp) -> String {
    date::time(recorded_words(at).time())
}

/// The band on every page of a record that is open only because of an emergency.
pub(crate) fn band(handle: &ChildHandle) -> Markup {
    html! {
        @if let Some(opening) = &handle.opening {
            section.kf-emergency aria-label="Emergency opening" {
                div.govuk-width-container {
                    p.govuk-body {
                        strong { "You opened this record in an emergency." }
                        " It closes at " (clock(opening.until)) ". Why: " (opening.reason) " "
                        a.govuk-link href=(format!("/children/{}/emergency", handle.id())) { "Close it now" }
                    }
                }
            }
        }
    }
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let (handle, opening) = visit.casework().emergency_of(&visit.actor, child).await?;
    let mut around = frame(&visit, "Emergency opening");
    around.back = Some(("Back to the record".to_owned(), format!("/children/{child}")));
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-l { "Emergency opening" }
            @match &opening {
                Some(opening) => (running(&visit, &handle, opening)),
                None => p.govuk-body { "No emergency opening of yours runs for this record. You open it as part of your work." },
            }
        } }
    }))
}

fn running(visit: &Visit, handle: &ChildHandle, opening: &Opening) -> Markup {
    html! {
        p.govuk-body { "Record " strong { (handle.reference) } " is open to you until " strong { (date::long_with_time(recorded_words(opening.until))) } "." }
        p.govuk-body { "Why, in your words:" }
        blockquote.govuk-inset-text { (opening.reason) }
        p.govuk-body { "Close it as soon as you no longer need it. What you read and recorded stays in the log." }
        form method="post" action=(format!("/children/{}/emergency", handle.id())) {
            (csrf_field(visit.actor.csrf()))
            (Button::main("Close it now"))
        }
    }
}

async fn close(Path(child): Path<ChildId>, Sent { visit, .. }: Sent) -> Reply<Response> {
    visit.casework().close_emergency(&visit.actor, child).await?;
    Ok(done(&visit.app, "/", "The emergency opening is closed."))
}

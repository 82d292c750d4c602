//! Asking somebody outside to fill in a section, and taking the link back.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use kinfold_casework::forms::{Asked, FormDesk};
use kinfold_casework::{Action, Error};
use kinfold_guidance::{Period, Unit};
use kinfold_look::banner::inset;
use kinfold_look::form::{
    Button, DateInput, FormState, Required, TextInput, button_group, csrf_field, error_summary,
};
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;
use kinfold_record::calendar::CountFrom;
use uuid::Uuid;

use super::tasks::link_words;
use crate::child::bar::bar;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::AskOutside);
    vec![
        get("/children/{child}/forms/{form}/ask/{section}", whom, show),
        post("/children/{child}/forms/{form}/ask/{section}", whom, send),
        post("/children/{child}/forms/{form}/links/{link}/back", whom, take_back),
    ]
}

type At = (ChildId, Uuid, String);

async fn show(visit: Visit, Path((child, id, section)): Path<At>) -> Reply<Markup> {
    let desk = visit.casework().form_desk(&visit.actor, child, id).await?;
    let theirs = desk.form.section(&section).and_then(|s| s.delegate.as_ref()).ok_or(Error::Absent)?;
    let form = FormState::new().with_date("due", asked_by(&desk, theirs.within));
    draw(&visit, &desk, child, &section, &form, None)
}

/// The day a form gives somebody outside, counted from today.
fn asked_by(desk: &FormDesk, within: Period) -> Date {
    let (today, count) = (desk.today, i32::from(within.count));
    let days_of_hours = i32::from(within.count.div_ceil(24));
    let later = |span: Span| today.checked_add(span).unwrap_or(today);
    match within.unit {
        Unit::Hours => later(days_of_hours.days()),
        Unit::Days => later(count.days()),
        Unit::WorkingDays => {
            desk.book.calendar.add_working_days_date(today, u32::from(within.count), CountFrom::Exclusive)
        }
        Unit::Weeks => later(count.weeks()),
        Unit::Months => later(count.months()),
        Unit::Years => later(count.years()),
    }
}

fn draw(
    visit: &Visit,
    desk: &FormDesk,
    child: ChildId,
    section: &str,
    form: &FormState,
    shown: Option<&str>,
) -> Reply<Markup> {
    let base = format!("/children/{child}/forms/{}", desk.id);
    let asked = desk.form.section(section).ok_or(Error::Absent)?;
    let to = asked.delegate.as_ref().ok_or(Error::Absent)?;
    let mine = desk.section(section).ok_or(Error::Absent)?;
    let mut around = frame(visit, "Ask somebody outside");
    around.bar = Some(bar(&desk.handle, &desk.timeline, &desk.book, desk.today));
    around.back = Some(("Back to the sections".to_owned(), base.clone()));
    around.has_errors = form.has_errors();
    let link = mine.link.as_ref();
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            span.govuk-caption-l { (desk.form.title) }
            h1.govuk-heading-l { "Ask somebody outside: " (asked.title) }
            @if let Some(token) = shown {
                (inset(&html! { p { "This is an invented council and nobody gets e-mail. The link is: " a.govuk-link href=(format!("/fill/{token}")) { "open it as who was asked" } "." } }))
            }
            @if let Some(link) = link {
                p.govuk-body { (link_words(link.standing, &link.name, link.due_on)) " (" (link.email) ")." }
                @if link.standing.is_out() {
                    form method="post" action=(format!("{base}/links/{}/back", link.id)) {
                        (csrf_field(visit.actor.csrf()))
                        (Button::warning("Take the link back"))
                    }
                }
            }
            @if link.is_none_or(|l| !l.standing.is_out()) {
                p.govuk-body { "For: " (to.to) ". They get an e-mail with a link to this section. When they open it, a code goes to the same address, so that nobody else can use the link. They see this section, the child’s name, and nothing else." }
                form method="post" action=(format!("{base}/ask/{section}")) novalidate {
                    (csrf_field(visit.actor.csrf()))
                    (TextInput::new("name", "Their name").autocomplete("off").render(form))
                    (TextInput::new("email", "Their work e-mail address").email().hint("The link and the code go there. Check it letter by letter").autocomplete("off").render(form))
                    (DateInput::new("due", "By when do you need it?").hint("They are reminded the day before, the day after, and a week after").render(form))
                    (button_group(&[Button::main("Send the link")], Some(("Cancel", &base))))
                }
            }
        } }
    }))
}

async fn send(Path((child, id, section)): Path<At>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let due_on = form.read_date("due", "The day", Required::Yes);
    let asked = Asked { name: form.value("name").to_owned(), email: form.value("email").to_owned(), due_on };
    let status = if form.has_errors() {
        // The rights are decided before anything is said about the form.
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        match visit.casework().ask_outside(&visit.actor, child, id, &section, &asked).await {
            Ok((_, Some(token))) => {
                let desk = visit.casework().form_desk(&visit.actor, child, id).await?;
                return Ok(
                    draw(&visit, &desk, child, &section, &FormState::new(), Some(&token))?.into_response()
                );
            }
            Ok((_, None)) => {
                let to = format!("/children/{child}/forms/{id}");
                return Ok(done(
                    &visit.app,
                    &to,
                    "The link is on its way. You are told when the section comes back, and when it is late.",
                ));
            }
            Err(error) => refuse(&mut form, error)?,
        }
    };
    let desk = visit.casework().form_desk(&visit.actor, child, id).await?;
    Ok((status, draw(&visit, &desk, child, &section, &form, None)?).into_response())
}

async fn take_back(
    Path((child, id, link)): Path<(ChildId, Uuid, Uuid)>,
    Sent { visit, .. }: Sent,
) -> Reply<Response> {
    visit.casework().take_link_back(&visit.actor, child, id, link).await?;
    let to = format!("/children/{child}/forms/{id}");
    Ok(done(&visit.app, &to, "The link opens nothing any more. What was saved by it stays."))
}

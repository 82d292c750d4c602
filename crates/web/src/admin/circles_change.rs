//! Changing a circle by reference: a colleague joins, the key worker is handed over, a place ends.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::circle::Candidate;
use kinfold_casework::circle_by_reference::{self, ColleagueCircle, Placing};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::form::{
    Button, DateInput, FormState, Required, Select, button_group, csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, date, html};
use kinfold_record::EntryId;

use super::circles::{address, role};
use crate::child::event_form::codes;
use crate::circle::choose::chooser;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ArrangeCircle);
    vec![
        get("/admin/circles/{reference}/add", whom, add),
        post("/admin/circles/{reference}/add", whom, send_add),
        get("/admin/circles/{reference}/key-worker", whom, key_worker),
        post("/admin/circles/{reference}/key-worker", whom, send_key_worker),
        get("/admin/circles/{reference}/{entry}/end", whom, ask_end),
        post("/admin/circles/{reference}/{entry}/end", whom, send_end),
    ]
}

const MOVED_ON: &str = "Somebody else changed this record meanwhile. Look at the circle again; if this still holds, send the form again.";

/// Which of the two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Colleague,
    KeyWorker,
}

impl What {
    fn path(self) -> &'static str {
        match self {
            Self::Colleague => "add",
            Self::KeyWorker => "key-worker",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Colleague => "Add a colleague to the circle",
            Self::KeyWorker => "Hand over the key worker",
        }
    }

    fn places(self, circle: &ColleagueCircle) -> Vec<(String, String)> {
        let offered: Vec<&str> = circle_by_reference::places(self == Self::KeyWorker).collect();
        codes(&circle.book, "circle_role", circle.today)
            .into_iter()
            .filter(|(code, _)| offered.contains(&code.as_str()))
            .collect()
    }
}

/// A form for this version of the circle, as nobody has filled it in yet.
fn blank(circle: &ColleagueCircle) -> FormState {
    FormState::new()
        .with("key", form_key())
        .with("seen-version", circle.version.to_string())
        .with_date("on", circle.today)
}

fn carried(form: &FormState) -> Markup {
    html! { @for name in ["key", "seen-version"] { (hidden(name, form.value(name))) } }
}

/// The frame and heading that the forms share.
fn around(visit: &Visit, circle: &ColleagueCircle, title: &str, form: &FormState, body: &Markup) -> Markup {
    let mut around = frame(visit, title);
    around.back = Some((format!("Back to the circle of {}", circle.reference), address(&circle.reference)));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            span.govuk-caption-l { (circle.reference) }
            h1.govuk-heading-l { (title) }
            (body)
        } }
    })
}

async fn add(visit: Visit, Path(reference): Path<String>) -> Reply<Markup> {
    open(&visit, &reference, What::Colleague).await
}

async fn key_worker(visit: Visit, Path(reference): Path<String>) -> Reply<Markup> {
    open(&visit, &reference, What::KeyWorker).await
}

async fn open(visit: &Visit, reference: &str, what: What) -> Reply<Markup> {
    let circle = visit.casework().circle_by_reference(&visit.actor, reference).await?;
    let form = blank(&circle).with("role", if what == What::KeyWorker { "social_worker" } else { "" });
    Ok(draw(visit, &circle, what, &form, None))
}

fn draw(
    visit: &Visit,
    circle: &ColleagueCircle,
    what: What,
    form: &FormState,
    found: Option<&[Candidate]>,
) -> Markup {
    let base = address(&circle.reference);
    let earliest = format!("On or after {}, and not in the future", date::long(circle.earliest));
    let places = what.places(circle);
    let body = html! {
        @if what == What::KeyWorker {
            p.govuk-body { "The new key worker relieves the one before on the day you enter, so that there is exactly one at every moment. For an absence, choose the place “Cover”." }
        }
        form method="post" action=(format!("{base}/{}", what.path())) novalidate {
            (csrf_field(visit.actor.csrf()))
            (carried(form))
            (chooser("person", if what == What::KeyWorker { "Find the new key worker" } else { "Find a colleague with an account" }, found, form))
            @if what == What::Colleague {
                (Select::new("role", "Their place", places).empty("Choose").hint("A place opens the record only to somebody who holds the role that belongs to it").render(form))
            } @else {
                (Select::new("role", "Their place", places).render(form))
                (Select::new("change_reason", "Why the worker changes", codes(&circle.book, "worker_change_reason", circle.today)).empty("Not said").render(form))
            }
            (DateInput::new("on", "From which day?").hint(earliest).render(form))
            @if what == What::Colleague {
                (DateInput::new("until", "The day they left (if it is over)").hint("Leave empty while the place lasts. You can end it later").render(form))
            }
            (button_group(&[Button::main(if what == What::KeyWorker { "Hand over the key worker" } else { "Add to the circle" }).sends("step", "record")], Some(("Cancel", &base))))
        }
    };
    around(visit, circle, what.title(), form, &body)
}

fn read(form: &mut FormState, circle: &ColleagueCircle, what: What) -> Option<Placing> {
    let offered = what.places(circle);
    let offered: Vec<&str> = offered.iter().map(|(code, _)| code.as_str()).collect();
    let person = form.value("person").parse().ok();
    if person.is_none() {
        form.error("person-words", "Find a colleague and choose them from the list");
    }
    let role = form.read_choice("role", &offered, Required::Yes, "Choose their place");
    let change_reason = if what == What::KeyWorker {
        let reasons = codes(&circle.book, "worker_change_reason", circle.today);
        let offered: Vec<&str> = reasons.iter().map(|(code, _)| code.as_str()).collect();
        form.read_choice("change_reason", &offered, Required::No, "Choose a reason from the list")
    } else {
        None
    };
    let from = form.read_date("on", "Day they join", Required::Yes);
    let to = match what {
        What::Colleague => form.read_date("until", "Day they left", Required::No),
        What::KeyWorker => None,
    };
    if form.has_errors() {
        return None;
    }
    Some(Placing {
        role: role?.as_str().into(),
        person: person?,
        key_worker: what == What::KeyWorker,
        change_reason: change_reason.as_deref().map(Into::into),
        from: from?,
        to,
    })
}

async fn send_add(Path(reference): Path<String>, sent: Sent) -> Reply {
    send(&reference, sent, What::Colleague).await
}

async fn send_key_worker(Path(reference): Path<String>, sent: Sent) -> Reply {
    send(&reference, sent, What::KeyWorker).await
}

async fn send(reference: &str, Sent { visit, mut form }: Sent, what: What) -> Reply {
    let circle = visit.casework().circle_by_reference(&visit.actor, reference).await?;
    let words = form.value("person-words").trim();
    let found = match words {
        "" => None,
        words => Some(visit.casework().colleagues(&visit.actor, words).await?),
    };
    if form.value("step") != "record" {
        return Ok(draw(&visit, &circle, what, &form, found.as_deref()).into_response());
    }
    let Some(new) = read(&mut form, &circle, what) else {
        let body = draw(&visit, &circle, what, &form, found.as_deref());
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response());
    };
    let (seen, key) = (form.value("seen-version").parse().unwrap_or(0), form.value("key").to_owned());
    let said = match what {
        What::Colleague => "The colleague is in the circle.",
        What::KeyWorker => "The key worker has changed. What is due goes with it.",
    };
    let answer = visit.casework().place_colleague(&visit.actor, reference, seen, &key, new).await;
    finish(&visit, &circle, form, answer, said, |form| {
        Ok(draw(&visit, &circle, what, form, found.as_deref()))
    })
}

/// What follows a change: the circle's page, or the form again with what is wrong.
fn finish(
    visit: &Visit,
    circle: &ColleagueCircle,
    mut form: FormState,
    answer: Result<(), Error>,
    said: &str,
    again: impl Fn(&FormState) -> Reply<Markup>,
) -> Reply<Response> {
    match answer {
        Ok(()) => Ok(done(&visit.app, &address(&circle.reference), said)),
        Err(Error::Conflict { current }) => {
            form.form_error(MOVED_ON);
            let form = form.with("seen-version", current.to_string());
            Ok((StatusCode::CONFLICT, again(&form)?).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, again(&form)?).into_response())
        }
    }
}

async fn ask_end(visit: Visit, Path((reference, entry)): Path<(String, EntryId)>) -> Reply<Markup> {
    let circle = visit.casework().circle_by_reference(&visit.actor, &reference).await?;
    let form = blank(&circle);
    draw_end(&visit, &circle, entry, &form)
}

fn draw_end(visit: &Visit, circle: &ColleagueCircle, entry: EntryId, form: &FormState) -> Reply<Markup> {
    let place = circle.places.iter().find(|place| place.entry == entry).ok_or(Error::Absent)?;
    let base = address(&circle.reference);
    let body = html! {
        p.govuk-body { strong { (place.name) } ", " (role(circle, &place.role)) ", since " (date::long(place.from)) "." }
        @if place.key_worker {
            p.govuk-body { "This is the key worker. A looked-after child has one at every moment, so " a.govuk-link href=(format!("{base}/key-worker")) { "hand over to the next one, or to a cover" } ": that ends this place by itself." }
        }
        p.govuk-body { "Once the place has ended, it no longer opens the record." }
        form method="post" action=(format!("{base}/{entry}/end")) novalidate {
            (csrf_field(visit.actor.csrf()))
            (carried(form))
            (DateInput::new("on", "The day they left").render(form))
            (button_group(&[Button::main("End the place")], Some(("Cancel", &base))))
        }
    };
    Ok(around(visit, circle, "End a colleague’s place", form, &body))
}

async fn send_end(
    Path((reference, entry)): Path<(String, EntryId)>,
    Sent { visit, mut form }: Sent,
) -> Reply {
    let circle = visit.casework().circle_by_reference(&visit.actor, &reference).await?;
    let Some(on) = form.read_date("on", "Day they left", Required::Yes) else {
        let body = draw_end(&visit, &circle, entry, &form)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response());
    };
    let (seen, key) = (form.value("seen-version").parse().unwrap_or(0), form.value("key").to_owned());
    let answer = visit.casework().end_colleague_place(&visit.actor, &reference, seen, &key, entry, on).await;
    finish(&visit, &circle, form, answer, "The place in the circle has ended.", |form| {
        draw_end(&visit, &circle, entry, form)
    })
}

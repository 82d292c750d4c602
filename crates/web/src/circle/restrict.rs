//! Restricting a record to named readers, changing them, lifting the restriction.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::circle::Candidate;
use kinfold_casework::record::form_key;
use kinfold_casework::restrict::{NewReader, Reader, RestrictPage};
use kinfold_casework::{Action, Error};
use kinfold_look::banner::warning;
use kinfold_look::form::{
    Button, Checkboxes, Choice, DateInput, FormState, Required, TextInput, Textarea, button_group,
    csrf_field, error_summary, hidden,
};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use kinfold_record::{ChildId, PersonId};

use super::choose::found;
use crate::child::bar::bar;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::RestrictRecord);
    vec![
        get("/children/{child}/restrict", whom, show),
        post("/children/{child}/restrict", whom, send),
        post("/children/{child}/restrict/lift", whom, lift),
        post("/children/{child}/restrict/readers/{person}/end", whom, end),
    ]
}

async fn show(visit: Visit, Path(id): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().restrict_page(&visit.actor, id).await?;
    let form =
        FormState::new().with("key", form_key()).with("seen-version", page.child.handle.version.to_string());
    Ok(draw(&visit, &page, &form, None))
}

fn draw(visit: &Visit, page: &RestrictPage, form: &FormState, people: Option<&[Candidate]>) -> Markup {
    let child = &page.child;
    let back = format!("/children/{}/circle", child.handle.id());
    let title = if child.handle.restricted { "Restricted record" } else { "Restrict this record" };
    let mut around = frame(visit, title);
    around.bar = Some(bar(&child.handle, &child.timeline, &child.book, child.today));
    around.back = Some(("Back to the circle".to_owned(), back));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { (title) }
        @if child.handle.restricted { (readers(visit, page, form, people)) } @else { (restrict(visit, page, form, people)) }
    })
}

/// The search, what it found as boxes, and those chosen before, so that a second search loses nobody.
fn reader_fields(form: &FormState, people: Option<&[Candidate]>) -> Markup {
    let known = |value: &str| form.value(&format!("name-{value}")).to_owned();
    let mut choices: Vec<(String, String)> = form
        .values("readers")
        .iter()
        .map(|value| (value.clone(), known(value)))
        .filter(|(_, name)| !name.is_empty())
        .collect();
    for candidate in people.unwrap_or_default() {
        let value = candidate.person.to_string();
        if !choices.iter().any(|(known, _)| *known == value) {
            choices.push((value, format!("{} ({})", candidate.name, candidate.roles)));
        }
    }
    html! {
        (TextInput::new("readers-words", "Find a reader").hint("Part of a name or e-mail address, then choose “Find”. Find as often as you need: those you ticked stay").autocomplete("off").render(form))
        (Button::secondary("Find").sends("step", "find").repeatable())
        @if people.is_some_and(<[_]>::is_empty) { p.govuk-body { "Nobody found. Check the spelling, or enter more of the name." } }
        @if !choices.is_empty() {
            @for (value, words) in &choices { (hidden(&format!("name-{value}"), words)) }
            (Checkboxes::new("readers", "Named readers", choices.iter().map(|(value, words)| Choice::new(value.clone(), words.clone()))).small().render(form))
        }
        (DateInput::new("until", "Until which day may they read? (if it is known)").hint("Leave empty for as long as the restriction lasts").render(form))
    }
}

fn carried(form: &FormState) -> Markup {
    html! { @for name in ["key", "seen-version"] { (hidden(name, form.value(name))) } }
}

fn restrict(visit: &Visit, page: &RestrictPage, form: &FormState, people: Option<&[Candidate]>) -> Markup {
    let base = format!("/children/{}", page.child.handle.id());
    let me = visit.actor.person().to_string();
    html! {
        (warning("Once restricted, the record exists only for the readers you name: for everybody else it is as if it were not there. If you do not name yourself, you cannot open it either."))
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            form method="post" action=(format!("{base}/restrict")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (carried(form))
                (Textarea::new("reason", "Why must it be restricted?").rows(4).limit(2000).render(form))
                (DateInput::new("review", "Look at this again on").hint("At most a year from now").render(form))
                (Checkboxes::new("own", "Yourself", [Choice::new(me, "I am one of the readers")]).small().render(form))
                (reader_fields(form, people))
                (button_group(&[Button::warning("Restrict the record").sends("step", "restrict")], Some(("Cancel", &format!("{base}/circle")))))
            }
        } }
    }
}

fn readers(visit: &Visit, page: &RestrictPage, form: &FormState, people: Option<&[Candidate]>) -> Markup {
    let base = format!("/children/{}/restrict", page.child.handle.id());
    let today = page.child.today;
    let runs = |r: &Reader| r.from_on <= today && r.to_on.is_none_or(|to| today < to);
    let row = |reader: &Reader| {
        Row::new()
            .cell(html! { (reader.name) })
            .cell(html! { (date::short(reader.from_on)) })
            .cell(html! { @match reader.to_on { Some(to) => (date::short(to)), None => "As long as the restriction" } })
            .cell(html! {
                @if runs(reader) {
                    form method="post" action=(format!("{base}/readers/{}/end", reader.person)) {
                        (csrf_field(visit.actor.csrf()))
                        button class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" type="submit" { "End" span.govuk-visually-hidden { " the reading of " (reader.name) } }
                    }
                }
            })
    };
    html! {
        h2.govuk-heading-m { "Named readers" }
        (Table::new("Named readers", vec![Column::new("Name"), Column::new("From"), Column::new("Until"), Column::unlabelled("Change")])
            .caption_hidden().dense().rows(page.readers.iter().map(row)))
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h2.govuk-heading-m { "Name another reader" }
            form method="post" action=(base) novalidate {
                (csrf_field(visit.actor.csrf()))
                (carried(form))
                (reader_fields(form, people))
                (Button::main("Name as reader").sends("step", "add"))
            }
            h2.govuk-heading-m { "Lift the restriction" }
            p.govuk-body { "The circle and the team can read the record again, at once." }
            form method="post" action=(format!("{base}/lift")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (carried(form))
                (Textarea::new("lift-reason", "Why can it be lifted?").rows(3).limit(2000).render(form))
                (Button::warning("Lift the restriction"))
            }
        } }
    }
}

/// The readers ticked, with the day until which they may read.
fn chosen(form: &mut FormState) -> Vec<NewReader> {
    let to_on = form.read_date("until", "Day until which they may read", Required::No);
    let mut people: Vec<PersonId> = form
        .values("readers")
        .iter()
        .chain(form.values("own"))
        .filter_map(|value| value.parse().ok())
        .collect();
    people.sort_unstable();
    people.dedup();
    people.into_iter().map(|person| NewReader { person, to_on }).collect()
}

async fn send(Path(id): Path<ChildId>, Sent { visit, mut form }: Sent) -> Reply {
    let page = visit.casework().restrict_page(&visit.actor, id).await?;
    let people = found(&visit, "readers", &form).await?;
    let step = form.value("step").to_owned();
    if step == "find" {
        return Ok(draw(&visit, &page, &form, people.as_deref()).into_response());
    }
    let readers = chosen(&mut form);
    let status = if step == "add" {
        if readers.is_empty() {
            form.error("readers-words", "Find and tick at least one reader");
        }
        let mut status = StatusCode::UNPROCESSABLE_ENTITY;
        if !form.has_errors() {
            for reader in readers {
                if let Err(error) = visit.casework().add_reader(&visit.actor, id, reader).await {
                    status = refuse(&mut form, error)?;
                }
            }
            if !form.has_errors() {
                return Ok(done(&visit.app, &format!("/children/{id}/restrict"), "The reader is named."));
            }
        }
        status
    } else {
        match restrict_now(&visit, id, &mut form, &readers).await? {
            Ok(response) => return Ok(response),
            Err(status) => status,
        }
    };
    let page = visit.casework().restrict_page(&visit.actor, id).await?;
    Ok((status, draw(&visit, &page, &form, people.as_deref())).into_response())
}

async fn restrict_now(
    visit: &Visit,
    id: ChildId,
    form: &mut FormState,
    readers: &[NewReader],
) -> Reply<Result<Response, StatusCode>> {
    let reason = form.read_text_to("reason", 2000, Required::Yes, "Say why the record must be restricted");
    let review = form.read_date("review", "Day to look at this again", Required::Yes);
    let today = visit.casework().today();
    if review.is_some_and(|on| on <= today || on > today.saturating_add(jiff::Span::new().years(1))) {
        form.error("review", "The day to look at this again must be in the future, and at most a year away");
    }
    if readers.is_empty() {
        form.error(
            "readers-words",
            "Find and tick at least one reader, so that what is due reaches somebody",
        );
    }
    let (Some(reason), Some(review), false) = (reason, review, form.has_errors()) else {
        return Ok(Err(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let seen = form.value("seen-version").parse().unwrap_or(0);
    let key = form.value("key").to_owned();
    match visit.casework().restrict(&visit.actor, id, seen, &key, reason, Some(review), readers).await {
        Ok(_) => {
            let own = readers.iter().any(|r| r.person == visit.actor.person());
            let to = if own { format!("/children/{id}/circle") } else { "/".to_owned() };
            Ok(Ok(done(&visit.app, &to, "The record is restricted to its named readers.")))
        }
        Err(Error::Conflict { .. }) => {
            form.form_error("Somebody else changed this record meanwhile. Go back to the circle, look again, and restrict it from there.");
            Ok(Err(StatusCode::CONFLICT))
        }
        Err(error) => Ok(Err(refuse(form, error)?)),
    }
}

async fn lift(Path(id): Path<ChildId>, Sent { visit, mut form }: Sent) -> Reply {
    let reason =
        form.read_text_to("lift-reason", 2000, Required::Yes, "Say why the restriction can be lifted");
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(reason) = reason {
        let seen = form.value("seen-version").parse().unwrap_or(0);
        let key = form.value("key").to_owned();
        match visit.casework().lift_restriction(&visit.actor, id, seen, &key, reason).await {
            Ok(_) => {
                return Ok(done(&visit.app, &format!("/children/{id}/circle"), "The restriction is lifted."));
            }
            Err(Error::Conflict { .. }) => {
                form.form_error(
                    "Somebody else changed this record meanwhile. Look again, and lift it from there.",
                );
                status = StatusCode::CONFLICT;
            }
            Err(error) => status = refuse(&mut form, error)?,
        }
    }
    let page = visit.casework().restrict_page(&visit.actor, id).await?;
    Ok((status, draw(&visit, &page, &form, None)).into_response())
}

async fn end(Path((id, person)): Path<(ChildId, PersonId)>, Sent { visit, .. }: Sent) -> Reply {
    let page = visit.casework().restrict_page(&visit.actor, id).await?;
    match visit.casework().end_reader(&visit.actor, id, person).await {
        Ok(()) => {
            let to = if person == visit.actor.person() {
                "/".to_owned()
            } else {
                format!("/children/{id}/restrict")
            };
            Ok(done(&visit.app, &to, "The person is no reader any more."))
        }
        Err(error) => {
            let mut form = FormState::new()
                .with("key", form_key())
                .with("seen-version", page.child.handle.version.to_string());
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &page, &form, None)).into_response())
        }
    }
}

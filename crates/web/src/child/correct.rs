//! Correcting or withdrawing an entry. The old one stays, marked, for those who may see it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_casework::chronology::ChronologyLine;
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, ChildPage, Error, NewEntry, WITHHELD};
use kinfold_look::form::{
    Button, FormState, Required, Textarea, button_group, csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, date, html};
use kinfold_record::{ChildId, EntryId, Event};

use super::bar::bar;
use super::event_form;
use super::foreseen::{self, said, shown_fields};
use super::record::{people, questions, read, refused};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

const CORRECT: &str = "Record the correction";
const WITHDRAW: &str = "Withdraw the entry";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/entries/{entry}", For::Child(Action::CorrectEntry), show),
        post("/children/{child}/entries/{entry}", For::Child(Action::CorrectEntry), send),
        post("/children/{child}/entries/{entry}/withdraw", For::Child(Action::CorrectEntry), withdraw),
    ]
}

async fn find(visit: &Visit, child: ChildId, entry: EntryId) -> Reply<(ChildPage, ChronologyLine)> {
    let page = visit.casework().child_page(&visit.actor, child).await?;
    let (_, line) = visit.casework().entry_to_correct(&visit.actor, child, entry).await?;
    Ok((page, line))
}

async fn show(visit: Visit, Path((child, entry)): Path<(ChildId, EntryId)>) -> Reply<Markup> {
    let (page, line) = find(&visit, child, entry).await?;
    let form = FormState::new()
        .with("key", form_key())
        .with("seen-version", page.handle.version.to_string())
        .with("sensitivity", line.entry.sensitivity.as_str())
        .with_date("happened", line.entry.happened_on);
    let form = match line.entry.happened_at {
        Some(at) => {
            form.with("time-hour", at.hour().to_string()).with("time-minute", format!("{:02}", at.minute()))
        }
        None => form,
    };
    let form = event_form::fill(&line.entry.event, form);
    Ok(draw(&visit, &page, &line, &form, None))
}

fn draw(
    visit: &Visit,
    page: &ChildPage,
    line: &ChronologyLine,
    form: &FormState,
    note: Option<Markup>,
) -> Markup {
    let child = page.handle.id();
    let kind = line.entry.event.kind();
    let mut around = frame(visit, "Correct an entry");
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    around.back = Some((
        "Back to the chronology".to_owned(),
        format!("/children/{child}/chronology#{}", line.entry.id),
    ));
    around.has_errors = form.has_errors();
    let action = format!("/children/{child}/entries/{}", line.entry.id);
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Correct an entry: " (kind.title()) }
            @if let Some(note) = note { (note) }
            @if line.corrected_by.is_some() {
                p.govuk-body { "This entry has already been corrected. Open the entry that corrected it and correct that one." }
            } @else {
                @if is_veiled(&line.entry.event) && !form.has_errors() {
                    p.govuk-body { "Part of this entry is kept from you, because it names a home that is kept private. Ask somebody who may know where the child lives to correct it. What you know yourself you can record as an entry of its own." }
                } @else {
                    p.govuk-body { "What you write here takes the place of the entry of " (date::long(line.entry.happened_on)) ". The old one stays in the record, marked as corrected, for those who may see it." }
                    form method="post" action=(action) novalidate {
                        (csrf_field(visit.actor.csrf()))
                        @for name in ["key", "seen-version"] { (hidden(name, form.value(name))) }
                        (shown_fields(form))
                        (questions(kind, page, &people(visit, page), form, line.entry.happened_on))
                        (button_group(&[Button::main(CORRECT)], Some(("Cancel", &format!("/children/{child}/chronology")))))
                    }
                }
                hr.govuk-section-break.govuk-section-break--l.govuk-section-break--visible;
                h2.govuk-heading-m { "Or withdraw it" }
                p.govuk-body { "If it never happened, or belongs to another child, withdraw it. It no longer counts, and stays readable with your reason." }
                form method="post" action=(format!("{action}/withdraw")) novalidate {
                    (csrf_field(visit.actor.csrf()))
                    @for name in ["key", "seen-version"] { (hidden(name, form.value(name))) }
                    (shown_fields(form))
                    (Textarea::new("withdraw-reason", "Why").rows(2).limit(2000).render(form))
                    (Button::warning(WITHDRAW))
                }
            }
        } }
    })
}

async fn send(Path((child, entry)): Path<(ChildId, EntryId)>, Sent { visit, mut form }: Sent) -> Reply {
    let (page, line) = find(&visit, child, entry).await?;
    let Some(mut new) = read(line.entry.event.kind(), &page, &mut form) else {
        return Ok(
            (StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &line, &form, None)).into_response()
        );
    };
    new.replaces = Some(entry);
    new.about.clone_from(&line.entry.about);
    record(&visit, &page, &line, form, new).await
}

/// Whether words were taken out of what this person is shown of an entry, so that they cannot put others in its place.
fn is_veiled(event: &Event) -> bool {
    let mut hit = false;
    event.strings(&mut |_, text| hit |= text.contains(WITHHELD));
    hit
}

/// The form of the entry as it is on record, beside what was typed to withdraw it.
fn as_it_stands(line: &ChronologyLine, form: FormState) -> FormState {
    event_form::fill(&line.entry.event, form).with_date("happened", line.entry.happened_on)
}

async fn withdraw(Path((child, entry)): Path<(ChildId, EntryId)>, Sent { visit, mut form }: Sent) -> Reply {
    let (page, line) = find(&visit, child, entry).await?;
    let Some(reason) =
        form.read_text_to("withdraw-reason", 2000, Required::Yes, "Say why the entry is withdrawn")
    else {
        let form = as_it_stands(&line, form);
        return Ok(
            (StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &line, &form, None)).into_response()
        );
    };
    let mut new = NewEntry::on(line.entry.happened_on, Event::Withdrawn { reason });
    new.replaces = Some(entry);
    new.sensitivity = Some(line.entry.sensitivity);
    record(&visit, &page, &line, form, new).await
}

async fn record(
    visit: &Visit,
    page: &ChildPage,
    line: &ChronologyLine,
    form: FormState,
    new: NewEntry,
) -> Reply {
    let child = page.handle.id();
    let seen = form
        .value("seen-version")
        .parse()
        .map_err(|_| Error::invalid("", "This form is broken. Open it again."))?;
    let foreseen = visit.casework().foresee(&visit.actor, child, form.value("key"), &new).await?;
    if foreseen::is_news(&foreseen, &form) {
        let withdraws = matches!(new.event, Event::Withdrawn { .. });
        let form = foreseen::shown(&foreseen, form);
        let form = if withdraws { as_it_stands(line, form) } else { form };
        let note = foreseen::note(&foreseen, if withdraws { WITHDRAW } else { CORRECT });
        let page = draw(visit, page, line, &form, Some(note));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    match visit.casework().record(&visit.actor, child, seen, form.value("key"), vec![new]).await {
        Ok(recorded) => {
            Ok(done(&visit.app, &format!("/children/{child}/chronology"), &said(&recorded, &foreseen)))
        }
        Err(error) => refused(error, form, |form, note| draw(visit, page, line, form, note)),
    }
}

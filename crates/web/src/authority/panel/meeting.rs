//! One meeting: when and where, who is called, the agenda, and what was made of it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::panel::MeetingPage;
use kinfold_casework::authority::panel::meeting::{AgendaItem, Note};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_guidance::outline::Draw;
use kinfold_look::banner::inset;
use kinfold_look::form::{Button, FormState, TextInput, Textarea, button_link};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::{address, list};
use crate::authority::form::{FormPage, press, seen};
use crate::authority::frozen::{file_words, prose};
use crate::authority::plan::LONGEST;
use crate::authority::written;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let (read, run) = (For::Authority(Action::ViewPlans), For::Authority(Action::RunPanel));
    let remark = For::Authority(Action::CommentAsPanel);
    vec![
        get("/panel/{meeting}", read, show),
        get("/panel/{meeting}/move", run, move_form),
        post("/panel/{meeting}/move", run, moved),
        get("/panel/{meeting}/cancel", run, cancel_form),
        post("/panel/{meeting}/cancel", run, cancelled),
        get("/panel/{meeting}/remark", remark, remark_form),
        post("/panel/{meeting}/remark", remark, remarked),
    ]
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().meeting(&visit.actor, id).await?;
    let (meeting, here) = (&page.meeting, address(id));
    let mut around = frame(&visit, "Meeting of the panel");
    around.back = Some(("The panel".to_owned(), "/panel".to_owned()));
    let change = page.may_change();
    Ok(around.render(&html! {
        span.govuk-caption-l { "Corporate parenting panel" }
        h1.govuk-heading-l { (date::long(meeting.on)) }
        @if let Some(reason) = &meeting.cancelled { (inset(&html! { p { strong { "Not held. " } (reason) } })) }
        (facts(&page))
        @if change {
            div class="govuk-button-group kf-screen-only" {
                (press(&visit, &format!("{here}/pack"), &form_key(), meeting.version, &Button::main(if meeting.packs.is_empty() { "Put the pack together" } else { "Put the pack together again" })))
                (button_link("Add an item", &format!("{here}/add"), false))
            }
            p class="govuk-hint kf-screen-only" { "The pack holds every item of the agenda with figures, plans and words as they are today. It is frozen when it is issued, and everybody who is called is told." }
        }
        h2.govuk-heading-m { "Agenda" }
        @if meeting.items.is_empty() { p.govuk-body { "Nothing is on the agenda yet." } }
        ol class="govuk-list govuk-list--number govuk-list--spaced" {
            @for item in &meeting.items { li { (item_drawn(&page, item, &here)) } }
        }
        h2.govuk-heading-m { "Who is called" }
        (super::guests::list(&page))
        @if change { p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("{here}/call")) { "Call somebody" } } }
        h2.govuk-heading-m { "What members said before the meeting" }
        @if meeting.remarks.is_empty() { p.govuk-body { "Nothing yet." } }
        (notes(&page, &meeting.remarks))
        @if page.may_remark && meeting.agreed.is_none() { p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("{here}/remark")) { "Say something before the meeting" } } }
    }))
}

fn facts(page: &MeetingPage) -> Markup {
    let (meeting, here) = (&page.meeting, address(page.meeting.id));
    let change = |fact: Fact, what: &str| match page.may_change() {
        true => fact.change(format!("{here}/{what}")),
        false => fact,
    };
    let when = html! { (date::long(meeting.on)) @if let Some(at) = &meeting.at { ", " (at) } };
    let packs = html! {
        @if meeting.packs.is_empty() { "Not put together yet" }
        @for (at, pack) in meeting.packs.iter().rev().enumerate() {
            @if at > 0 { br; }
            a.govuk-link href=(format!("{here}/packs/{}", pack.number)) { "Pack " (pack.number) } ", issued " (date::short(pack.on))
            @if at > 0 { " (replaced)" }
        }
    };
    let minutes = html! {
        @if meeting.has_minutes() {
            a.govuk-link href=(format!("{here}/minutes")) { "Minutes" }
            @match &meeting.agreed { Some((on, _)) => { ", agreed " (date::short(*on)) } None => { ", not agreed yet" } }
        } @else { "None yet" }
    };
    summary_list(&[
        change(Fact::new("When", when), "move"),
        change(Fact::new("Where", &meeting.place), "move"),
        Fact::new("Pack", packs),
        match meeting.on <= page.today {
            true => change(Fact::new("Minutes", minutes), "minutes"),
            false => Fact::new("Minutes", minutes),
        },
    ])
}

/// What an item tells from the record, in words.
pub(super) fn draw_words(draw: Draw) -> &'static str {
    match draw {
        Draw::Arising => "what was decided at earlier meetings",
        Draw::Voice => "words of children and carers passed on since the last meeting",
        Draw::Measures => "every measure, against the last meeting",
        Draw::Plans => "open actions, late ones first",
        Draw::Visits => "members’ visits and events since the last meeting",
        Draw::Audits => "self-assessments",
        Draw::Panel => "how often the panel met",
        Draw::Pledge => "promises of the pledge",
    }
}

fn item_drawn(page: &MeetingPage, item: &AgendaItem, here: &str) -> Markup {
    let own = format!("{here}/items/{}", item.item);
    html! {
        strong { (item.title) }
        @if let Some(text) = &item.text { (prose(text)) }
        @if !item.draws.is_empty() {
            p.govuk-hint { "The pack tells " (item.draws.iter().map(|d| draw_words(*d)).collect::<Vec<_>>().join("; ")) "." }
        }
        @if let Some(publication) = item.publication { p.govuk-body { a.govuk-link href=(format!("/publications/{publication}")) { "The paper laid before the panel" } } }
        @for paper in &item.papers {
            p.govuk-body { a.govuk-link href=(format!("{here}/files/{}", paper.file)) { (paper.title) " (" (file_words(&paper.media, paper.size)) ")" } }
        }
        (notes(page, &item.remarks))
        @if page.may_change() {
            p class="govuk-body-s kf-screen-only" {
                a.govuk-link href=(own) { "Change" span.govuk-visually-hidden { " " (item.title) } } " · "
                a.govuk-link href=(format!("{own}/paper")) { "Add a document" span.govuk-visually-hidden { " to " (item.title) } } " · "
                @if page.meeting.on <= page.today {
                    a.govuk-link href=(format!("{own}/minute")) { "Write the minute" span.govuk-visually-hidden { " of " (item.title) } } " · "
                }
                a.govuk-link href=(format!("{own}/decide")) { "Write down a decision" span.govuk-visually-hidden { " on " (item.title) } }
            }
        }
        @if page.may_remark && page.meeting.agreed.is_none() {
            p class="govuk-body-s kf-screen-only" { a.govuk-link href=(format!("{here}/remark?item={}", item.item)) { "Say something about it" span.govuk-visually-hidden { ": " (item.title) } } }
        }
    }
}

fn notes(page: &MeetingPage, notes: &[Note]) -> Markup {
    html! {
        @for note in notes {
            div.kf-read { (prose(&note.text)) p class="govuk-body-s" { (written(page.name(note.written.by), note.written)) } }
        }
    }
}

/// The meeting, for whoever may still change it.
pub(super) async fn changeable(visit: &Visit, id: Uuid) -> Reply<MeetingPage> {
    let page = visit.casework().meeting(&visit.actor, id).await?;
    if page.may_run { Ok(page) } else { Err(Error::Absent.into()) }
}

/// A form with a key and the version of the meeting.
pub(super) fn fresh(page: &MeetingPage) -> FormState {
    FormState::new().with("key", form_key()).with("seen", page.meeting.version.to_string())
}

async fn move_form(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = changeable(&visit, id).await?;
    let form = fresh(&page)
        .with_date("on", page.meeting.on)
        .with("at", page.meeting.at.clone().unwrap_or_default())
        .with("place", page.meeting.place.clone());
    Ok(draw_move(&visit, id, &form, None))
}

fn draw_move(visit: &Visit, id: Uuid, form: &FormState, conflict: Option<Markup>) -> Markup {
    let here = address(id);
    let page = FormPage {
        title: "Move the meeting",
        about: "Corporate parenting panel",
        action: &format!("{here}/move"),
        back: ("The meeting", &here),
        button: "Move it",
        upload: false,
    };
    let fields = html! { (list::fields(form)) (list::reason(form, "Why it is moved")) };
    let before = html! {
        @if let Some(conflict) = conflict { (conflict) }
        p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("{here}/cancel")) { "It is not held at all" } }
    };
    page.draw(visit, form, &before, &fields)
}

async fn moved(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    changeable(&visit, id).await?;
    let Some(new) = list::read(&mut form) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw_move(&visit, id, &form, None)).into_response());
    };
    let (seen, key) = (seen(&form), form.value("key").to_owned());
    match visit.casework().move_meeting(&visit.actor, id, seen, &new, &key).await {
        Ok(()) => {
            Ok(done(&visit.app, &address(id), "The meeting is moved, and everybody who is called is told."))
        }
        Err(Error::Conflict { current }) => {
            let page = changeable(&visit, id).await?;
            let words = |on, at: &str, place: &str| format!("{}\n{at}\n{place}", date::long(on));
            let (m, at) = (&page.meeting, page.meeting.at.clone().unwrap_or_default());
            let conflict = both(words(m.on, &at, &m.place), words(new.on, &new.at, &new.place));
            let form = crate::authority::change::with(form, "seen", current.to_string());
            Ok((StatusCode::CONFLICT, draw_move(&visit, id, &form, Some(conflict))).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_move(&visit, id, &form, None)).into_response())
        }
    }
}

async fn cancel_form(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = changeable(&visit, id).await?;
    Ok(draw_cancel(&visit, id, &fresh(&page)))
}

fn draw_cancel(visit: &Visit, id: Uuid, form: &FormState) -> Markup {
    let here = address(id);
    let page = FormPage {
        title: "The meeting is not held",
        about: "Corporate parenting panel",
        action: &format!("{here}/cancel"),
        back: ("The meeting", &here),
        button: "It is not held",
        upload: false,
    };
    page.draw(visit, form, &html! {}, &list::reason(form, "Why it is not held"))
}

async fn cancelled(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    changeable(&visit, id).await?;
    let (reason, key) = (form.value("reason").to_owned(), form.value("key").to_owned());
    match visit.casework().cancel_meeting(&visit.actor, id, &reason, &key).await {
        Ok(()) => Ok(done(&visit.app, &address(id), "Everybody who was called is told.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_cancel(&visit, id, &form)).into_response())
        }
    }
}

async fn remark_form(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().meeting(&visit.actor, id).await?;
    if !page.may_remark {
        return Err(Error::Absent.into());
    }
    let form = fresh(&page).with("item", visit.query.value("item"));
    Ok(draw_remark(&visit, &page, &form))
}

fn draw_remark(visit: &Visit, of: &MeetingPage, form: &FormState) -> Markup {
    let here = address(of.meeting.id);
    let item = form.value("item").parse().ok().and_then(|item| of.meeting.item(item));
    let day = date::long(of.meeting.on);
    let page = FormPage {
        title: "Say something before the meeting",
        about: item.map_or(day.as_str(), |item| item.title.as_str()),
        action: &format!("{here}/remark"),
        back: ("The meeting", &here),
        button: "Say it",
        upload: false,
    };
    let fields = html! {
        (kinfold_look::form::hidden("item", form.value("item")))
        (Textarea::new("text", "What you want to say").hint("Everybody who reads the papers reads it with your name. Name no child.").rows(6).limit(LONGEST).render(form))
    };
    page.draw(visit, form, &html! {}, &fields)
}

async fn remarked(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let casework = visit.casework();
    let item = form.value("item").parse().ok();
    let (text, key) = (form.value("text").to_owned(), form.value("key").to_owned());
    match casework.remark_on_meeting(&visit.actor, (id, item), &text, &key).await {
        Ok(()) => Ok(done(&visit.app, &address(id), "It stands beside the papers.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            let page = casework.meeting(&visit.actor, id).await?;
            Ok((status, draw_remark(&visit, &page, &form)).into_response())
        }
    }
}

/// The field for a colleague's address and the others of somebody who is called.
pub(super) fn guest_fields(form: &FormState) -> Markup {
    html! {
        (TextInput::new("email", "E-mail address of a colleague").email().hint("They are told").render(form))
        (TextInput::new("name", "Or the name of somebody without an account").render(form))
        (TextInput::new("role", "What they are there as (optional)").render(form))
    }
}

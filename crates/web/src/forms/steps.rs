//! Filling in a section, one thing on each page. Every page saves what was typed, whatever is wrong with it.

use axum::extract::{DefaultBodyLimit, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use kinfold_casework::forms::{FormDesk, Kept};
use kinfold_casework::{Action, Error};
use kinfold_forms::words::language;
use kinfold_forms::{Sheet, Step};
use kinfold_guidance::form::{Kind, LicensedWords, Question, Section};
use kinfold_look::banner::important_banner;
use kinfold_look::form::{FormState, button_link};
use kinfold_look::page::Page as Frame;
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;
use uuid::Uuid;

use super::ground::{Ground, from_the_record, typed};
use super::people;
use super::sent::{FilePage, Page};
use crate::child::bar::bar;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::upload::LARGEST_READ;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::FillForm);
    let mut file = post("/children/{child}/forms/{form}/files/{section}/{question}", whom, add_file);
    file.handler = file.handler.layer(DefaultBodyLimit::max(LARGEST_READ));
    vec![
        get("/children/{child}/forms/{form}/sections/{section}", whom, section),
        post("/children/{child}/forms/{form}/sections/{section}", whom, change_times),
        get("/children/{child}/forms/{form}/sections/{section}/{page}", whom, page),
        post("/children/{child}/forms/{form}/sections/{section}/{page}", whom, save),
        get("/children/{child}/forms/{form}/sections/{section}/{page}/{row}", whom, row),
        post("/children/{child}/forms/{form}/sections/{section}/{page}/{row}", whom, save_row),
        file,
        post("/children/{child}/forms/{form}/files/{section}/{question}/{file}", whom, drop_file),
    ]
}

/// A section as a place to work in.
pub(super) fn ground<'a>(
    visit: &Visit,
    desk: &FormDesk,
    sheet: &'a Sheet<'a>,
    suggestions: Option<&'a Sheet<'a>>,
    section: &'a Section,
    time: u8,
    child: ChildId,
) -> Ground<'a> {
    let base = format!("/children/{child}/forms/{}", desk.id);
    Ground {
        sheet,
        suggestions,
        section,
        time,
        base: format!("{base}/sections"),
        files: format!("{base}/files"),
        file: Some(format!("{base}/file")),
        home: (base, "Back to the sections"),
        csrf: visit.actor.csrf().to_owned(),
        people: people(&visit.actor, desk),
        open: desk.open && desk.section(&section.id).is_some_and(|s| s.may_fill),
    }
}

/// The words of a licensed instrument asked in a section, in the language that was said; in English where none was.
pub(crate) fn licensed<'g>(
    guidance: &'g kinfold_guidance::Guidance,
    section: &Section,
    sheet: &Sheet<'_>,
) -> Option<&'g LicensedWords> {
    section.questions.iter().find_map(|q| match &q.kind {
        Kind::Instrument { instrument, .. } => match language(sheet, q) {
            Some(said) => guidance.forms.licensed_called(instrument, &said),
            None => guidance.forms.licensed(instrument, "en"),
        },
        _ => None,
    })
}

/// Runs `work` at a step of a form, for somebody who may fill in its section.
macro_rules! at_step {
    ($visit:expr, $child:expr, $id:expr, $step:expr, |$desk:ident, $place:ident, $found:ident| $work:expr) => {{
        let $desk = $visit.casework().form_desk(&$visit.actor, $child, $id).await?;
        let $found: Step = $step.parse().map_err(|_| Error::Absent)?;
        let (section_id, time) = match &$found {
            Step::Page { section, time, .. }
            | Step::Row { section, time, .. }
            | Step::Section { section, time } => (section.clone(), *time),
            Step::Tasks | Step::Check => return Err(Error::Absent.into()),
        };
        let sheet = $desk.sheet();
        let section = $desk.form.section(&section_id).ok_or(Error::Absent)?;
        if $desk.section(&section_id).is_none() {
            return Err(Error::Absent.into());
        }
        let words = licensed(&$desk.book.guidance, section, &sheet);
        let sheet = sheet.with_words(words);
        let suggestions =
            Sheet::new(&$desk.form, &$desk.answers, &$desk.suggestions, &$desk.book.guidance.codes);
        let $place = ground(&$visit, &$desk, &sheet, Some(&suggestions), section, time, $child);
        $work
    }};
}

type At = (ChildId, Uuid, String);
type AtPage = (ChildId, Uuid, String, String);
type AtRow = (ChildId, Uuid, String, String, String);

fn around(visit: &Visit, desk: &FormDesk, place: &Ground<'_>, step: &Step) -> Frame {
    let mut around = frame(visit, &place.section.title);
    around.bar = Some(bar(&desk.handle, &desk.timeline, &desk.book, desk.today));
    around.back = Some(match place.sheet.before(step) {
        Step::Tasks | Step::Check => (place.home.1.to_owned(), place.home.0.clone()),
        before => ("Back".to_owned(), place.address(&before)),
    });
    around
}

fn narrow(body: &Markup) -> Markup {
    html! { div.govuk-grid-row { div.govuk-grid-column-two-thirds { (body) } } }
}

async fn section(visit: Visit, Path((child, id, section)): Path<At>) -> Reply {
    at_step!(visit, child, id, section, |desk, place, step| {
        let around = around(&visit, &desk, &place, &step);
        let next = place.sheet.resume(place.section);
        let body = html! {
            span.govuk-caption-l { (desk.form.title) }
            h1.govuk-heading-l { (place.section.title) }
            @if !desk.open { p.govuk-body { "This form is closed." } }
            (place.check(false))
            div.kf-actions {
                @if place.open && matches!(next, Step::Page { .. }) {
                    (button_link("Go on with this section", &place.address(&next), true))
                    a.govuk-link href=(place.home.0) { (place.home.1) }
                } @else { (button_link(place.home.1, &place.home.0, true)) }
            }
        };
        Ok(around.render(&body).into_response())
    })
}

async fn change_times(Path((child, id, section)): Path<At>, Page(Sent { visit, form: sent }): Page) -> Reply {
    at_step!(visit, child, id, section, |desk, place, step| {
        if !matches!(step, Step::Section { .. }) {
            return Err(Error::Absent.into());
        }
        let here = place.address(&Step::Section { section: place.section.id.clone(), time: 0 });
        let changed = "!This list was changed meanwhile. Look at it, then choose again.";
        let times = place.times(sent.holds("remove", "yes"), sent.value("draft-version"));
        let Some((changes, seen, then)) = times else { return Ok(done(&visit.app, &here, changed)) };
        match visit
            .casework()
            .save_form(&visit.actor, child, desk.id, &place.section.id, &seen, &changes)
            .await
        {
            Ok(_) => Ok(Redirect::to(&place.address(&then)).into_response()),
            Err(Error::Conflict { .. }) => Ok(done(&visit.app, &here, changed)),
            Err(error) => Err(error.into()),
        }
    })
}

async fn page(visit: Visit, Path((child, id, section, page)): Path<AtPage>) -> Reply {
    let kept = visit.casework().kept_fields(&visit.actor, &visit.path).await?;
    at_step!(visit, child, id, format!("{section}/{page}"), |desk, place, step| {
        if !place.open || !place.sheet.has_step(&step) {
            return Ok(Redirect::to(&place.home.0).into_response());
        }
        let (mut form, suggested) = place.fresh(&page);
        let mut note = if suggested {
            from_the_record()
        } else {
            html! {}
        };
        if let Some(typed) = typed_before(&place.questions(&page), kept, &form) {
            (form, note) = (typed, signed_out());
        }
        let around = around(&visit, &desk, &place, &step);
        Ok(around.render(&narrow(&place.page(&page, &form, &note, &[]))).into_response())
    })
}

/// What was typed on a page before the session ran out; `None` where nothing of it belongs here.
fn typed_before(questions: &[&Question], kept: Option<Kept>, now: &FormState) -> Option<FormState> {
    let form = typed(questions, &FormState::from_pairs(kept?.fields));
    form.pairs().next()?;
    Some(form.with("draft-version", now.value("draft-version")))
}

fn signed_out() -> Markup {
    important_banner(
        &html! { p.govuk-notification-banner__heading { "You were signed out before this was saved. What you had typed is below: save it now." } },
    )
}

async fn save(
    Path((child, id, section, page)): Path<AtPage>,
    Page(Sent { visit, form: sent }): Page,
) -> Reply {
    let draft = visit.query.holds("draft", "yes");
    let seen = sent.value("draft-version").to_owned();
    let at = format!("{section}/{page}");
    let changes = at_step!(visit, child, id, at, |desk, place, step| {
        if !place.open || !place.sheet.has_step(&step) {
            // A page that is no longer asked, or no longer this person's: nothing is thrown away silently.
            return Ok(done(&visit.app, &place.home.0, &format!("!{NOT_ASKED}")));
        }
        let changes = place.changes(&page, &sent);
        let section = place.section.id.clone();
        match visit.casework().save_form(&visit.actor, child, desk.id, &section, &seen, &changes).await {
            Ok(saved) if draft => return Ok((StatusCode::OK, saved.mark).into_response()),
            Ok(_) => changes,
            Err(Error::Conflict { .. }) if draft => {
                return Ok((StatusCode::CONFLICT, "Somebody else answered this meanwhile").into_response());
            }
            Err(Error::Conflict { .. }) => {
                return conflict(&visit, child, id, &at, &page, &changes, &sent).await;
            }
            Err(Error::Forbidden(words)) => {
                return Ok(done(&visit.app, &format!("/children/{child}/forms"), &format!("!{words}")));
            }
            Err(error) => return Err(error.into()),
        }
    });
    visit.casework().forget_kept(&visit.actor, &visit.path).await?;
    // As it is now: what was answered may ask for more, or make something wrong.
    at_step!(visit, child, id, at, |desk, place, step| {
        if sent.holds("later", "yes") {
            return Ok(done(&visit.app, &place.home.0, "Saved. You can come back to it."));
        }
        let mut form = typed(&place.questions(&page), &sent).with("draft-version", place.mark(&page));
        let remarks = place.wrong(&page, &mut form);
        let asked_more = changes.answers.len() < countable(&place, &page);
        if form.has_errors() || asked_more || (!remarks.is_empty() && !sent.holds("remarked", "yes")) {
            let mut around = around(&visit, &desk, &place, &step);
            around.has_errors = form.has_errors();
            let body = place.page(&page, &form, &html! {}, &remarks);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, around.render(&narrow(&body))).into_response());
        }
        Ok(Redirect::to(&place.address(&place.sheet.next(&step))).into_response())
    })
}

const NOT_ASKED: &str = "This page is no longer part of the form, so it could not be saved.";

/// How many questions of a page have fields on it.
pub(super) fn countable(place: &Ground<'_>, page: &str) -> usize {
    place.questions(page).into_iter().filter(|q| place.has_fields(q)).count()
}

async fn conflict(
    visit: &Visit,
    child: ChildId,
    id: Uuid,
    at: &str,
    page: &str,
    changes: &kinfold_casework::forms::Changes,
    sent: &FormState,
) -> Reply {
    at_step!(visit, child, id, at, |desk, place, step| {
        let form = typed(&place.questions(page), sent).with("draft-version", place.mark(page));
        let body = place.page(page, &form, &place.conflict(page, changes), &[]);
        let around = around(visit, &desk, &place, &step);
        Ok((StatusCode::CONFLICT, around.render(&narrow(&body))).into_response())
    })
}

async fn row(visit: Visit, Path((child, id, section, question, row)): Path<AtRow>) -> Reply {
    let kept = visit.casework().kept_fields(&visit.actor, &visit.path).await?;
    at_step!(visit, child, id, format!("{section}/{question}/{row}"), |desk, place, step| {
        let Some(mut form) = place.fresh_row(&step).filter(|_| place.open) else {
            return Ok(Redirect::to(&place.home.0).into_response());
        };
        let mut note = html! {};
        if let Some(typed) = typed_before(&place.columns(&step), kept, &form) {
            (form, note) = (typed, signed_out());
        }
        let around = around(&visit, &desk, &place, &step);
        Ok(around.render(&narrow(&place.row_page(&step, &form, &note))).into_response())
    })
}

async fn save_row(
    Path((child, id, section, question, row)): Path<AtRow>,
    Page(Sent { visit, form: sent }): Page,
) -> Reply {
    at_step!(visit, child, id, format!("{section}/{question}/{row}"), |desk, place, step| {
        let Some(row) = place.sent_row(&step, &sent).filter(|_| place.open) else {
            return Ok(done(&visit.app, &place.home.0, &format!("!{NOT_ASKED}")));
        };
        let draw = |status: StatusCode, wrong: bool, body: &Markup| {
            let mut around = around(&visit, &desk, &place, &step);
            around.has_errors = wrong;
            Ok((status, around.render(&narrow(body))).into_response())
        };
        if row.form.has_errors() {
            let body = place.row_page(&step, &row.form, &html! {});
            return draw(StatusCode::UNPROCESSABLE_ENTITY, true, &body);
        }
        let (section, seen) = (&place.section.id, sent.value("draft-version"));
        match visit.casework().save_form(&visit.actor, child, desk.id, section, seen, &row.changes).await {
            Ok(_) => {
                visit.casework().forget_kept(&visit.actor, &visit.path).await?;
                Ok(Redirect::to(&row.list).into_response())
            }
            Err(Error::Conflict { .. }) => {
                draw(StatusCode::CONFLICT, false, &place.row_again(&step, row.form))
            }
            Err(Error::Forbidden(words)) => {
                Ok(done(&visit.app, &format!("/children/{child}/forms"), &format!("!{words}")))
            }
            Err(error) => Err(error.into()),
        }
    })
}

type AtFile = (ChildId, Uuid, String, String);

async fn add_file(
    Path((child, id, section, question)): Path<AtFile>,
    FilePage { visit, sent }: FilePage,
) -> Reply {
    at_step!(visit, child, id, format!("{section}/{question}"), |desk, place, _step| {
        let at = place.file_place(&question).ok_or(Error::Absent)?;
        let (casework, section) = (visit.casework(), &place.section.id);
        let added = match &sent.file {
            Some(file) => casework.add_form_file(&visit.actor, child, desk.id, section, &at.key, file).await,
            None => Err(Error::invalid("", "Choose a file first")),
        };
        match added {
            Ok(_) => Ok(Redirect::to(&place.address(&at.page)).into_response()),
            Err(Error::Invalid(problems)) => {
                let mut around = around(&visit, &desk, &place, &at.page);
                around.has_errors = true;
                let body = place.not_taken(&at, problems);
                Ok((StatusCode::UNPROCESSABLE_ENTITY, around.render(&narrow(&body))).into_response())
            }
            Err(error) => Err(error.into()),
        }
    })
}

async fn drop_file(
    Path((child, id, section, question, file)): Path<(ChildId, Uuid, String, String, Uuid)>,
    Sent { visit, .. }: Sent,
) -> Reply {
    at_step!(visit, child, id, format!("{section}/{question}"), |desk, place, _step| {
        let at = place.file_place(&question).ok_or(Error::Absent)?;
        visit
            .casework()
            .drop_form_file(&visit.actor, child, desk.id, &place.section.id, &at.key, file)
            .await?;
        Ok(Redirect::to(&place.address(&at.page)).into_response())
    })
}

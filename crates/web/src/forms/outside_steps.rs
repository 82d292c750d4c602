//! A section as somebody outside fills it in: the same pages as a colleague's, for that section alone.

use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect};
use kinfold_casework::Error;
use kinfold_casework::forms::{OutsideDesk, OutsideOpened, OutsideSent};
use kinfold_forms::{Key, Sheet, Step};
use kinfold_guidance::form::Section;
use kinfold_look::form::{Button, FormState, button_link, error_summary};
use kinfold_look::{Markup, date, html};

use super::ground::{Ground, typed};
use super::outside::{failed, page as frame, proof, shut};
use super::sent::files;
use super::steps::{countable, licensed};
use crate::App;
use crate::oops::{Oops, Reply};
use crate::route::{For, Route, get, post};
use crate::sent::{Posted, same_origin};
use crate::upload::LARGEST_READ;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Bearer;
    let mut file = post("/fill/{token}/files/{section}/{question}", whom, add_file);
    file.handler = file.handler.layer(DefaultBodyLimit::max(LARGEST_READ));
    vec![
        get("/fill/{token}/sections/{section}", whom, section),
        post("/fill/{token}/sections/{section}", whom, change_times),
        get("/fill/{token}/sections/{section}/{page}", whom, page),
        post("/fill/{token}/sections/{section}/{page}", whom, save),
        get("/fill/{token}/sections/{section}/{page}/{row}", whom, row),
        post("/fill/{token}/sections/{section}/{page}/{row}", whom, save_row),
        file,
        post("/fill/{token}/files/{section}/{question}/{file}", whom, drop_file),
        post("/fill/{token}/send", whom, send),
    ]
}

fn ground<'a>(token: &str, sheet: &'a Sheet<'a>, section: &'a Section, time: u8) -> Ground<'a> {
    let base = format!("/fill/{token}");
    Ground {
        sheet,
        // What the record says is not theirs to see.
        suggestions: None,
        section,
        time,
        base: format!("{base}/sections"),
        files: format!("{base}/files"),
        file: None,
        home: (base, "Back to the beginning"),
        csrf: String::new(),
        people: Vec::new(),
        open: true,
    }
}

/// The first page of a section, for who was asked.
pub(super) fn welcome(app: &App, token: &str, desk: &OutsideDesk) -> Markup {
    draw_welcome(app, token, desk, &FormState::new())
}

fn draw_welcome(app: &App, token: &str, desk: &OutsideDesk, form: &FormState) -> Markup {
    let sheet = desk.sheet();
    let Some(section) = desk.form.section(&desk.section) else { return html! {} };
    let words = licensed(&desk.book.guidance, section, &sheet);
    let sheet = sheet.with_words(words);
    let place = ground(token, &sheet, section, 0);
    let next = sheet.resume(section);
    let begun = section.questions.iter().any(|q| desk.answers.get(&Key::of(&q.id)).is_some());
    frame(
        app,
        form.has_errors(),
        &html! {
            (error_summary(form))
            span.govuk-caption-l { "For " (desk.invited) ", by " (date::long(desk.due_on)) }
            h1.govuk-heading-l { (section.title) }
            p.govuk-body { "About " strong { (desk.child_name) } ". What you write is saved with every page. You can close it and come back by the same link." }
            @if let Some(intro) = &section.intro { @for part in intro.split("\n\n") { p.govuk-body { (part) } } }
            @if begun { h2.govuk-heading-m { "Your answers" } (place.check(true)) }
            @if matches!(next, Step::Page { .. }) {
                (button_link(if begun { "Go on" } else { "Start" }, &place.address(&next), true))
            } @else {
                p.govuk-body { "Everything that is needed is answered. When you send it back you cannot change it any more." }
                form method="post" action=(format!("/fill/{token}/send")) { (Button::main("Send it back")) }
            }
        },
    )
}

/// Runs `work` at a step of the section that a link opens.
macro_rules! at_step {
    ($app:expr, $headers:expr, $token:expr, $step:expr, |$desk:ident, $place:ident, $found:ident| $work:expr) => {{
        let $desk = match $app.casework.outside(&$token, proof(&$headers).as_deref()).await {
            Ok(OutsideOpened::Section(desk)) => desk,
            Ok(opened) => return Ok(shut(&$app, &$token, &opened)),
            Err(error) => return failed(&$app, error),
        };
        let home = format!("/fill/{}", $token);
        let Ok($found) = $step.parse::<Step>() else { return Ok(Redirect::to(&home).into_response()) };
        let (Step::Page { section: section_id, time, .. }
        | Step::Row { section: section_id, time, .. }
        | Step::Section { section: section_id, time }) = &$found
        else {
            return Ok(Redirect::to(&home).into_response());
        };
        let time = *time;
        // Only the section that was handed over; the others are as good as not there.
        let Some(section) = $desk.form.section(&$desk.section).filter(|s| s.id == *section_id) else {
            return Ok(Redirect::to(&home).into_response());
        };
        let sheet = $desk.sheet();
        let words = licensed(&$desk.book.guidance, section, &sheet);
        let sheet = sheet.with_words(words);
        let $place = ground(&$token, &sheet, section, time);
        $work
    }};
}

/// What came of a save by a link, or the page that says why it did not.
macro_rules! saved {
    ($app:expr, $token:expr, $sent:expr) => {
        match $sent {
            Ok(OutsideSent::Done(done)) => Ok(done),
            Ok(OutsideSent::Not(opened)) => return Ok(shut(&$app, &$token, &opened)),
            Err(error @ (Error::Conflict { .. } | Error::Invalid(_) | Error::Forbidden(_))) => Err(error),
            Err(error) => return failed(&$app, error),
        }
    };
}

async fn section(
    State(app): State<App>,
    headers: HeaderMap,
    Path((token, section)): Path<(String, String)>,
) -> Reply {
    at_step!(app, headers, token, section, |desk, place, _step| {
        Ok(Redirect::to(&place.home.0).into_response())
    })
}

async fn change_times(
    State(app): State<App>,
    Path((token, section)): Path<(String, String)>,
    Posted { headers, form }: Posted,
) -> Reply {
    at_step!(app, headers, token, section, |desk, place, _step| {
        // Pressed on a page that is no longer as it was: the section shows what there is now.
        let times = place.times(form.holds("remove", "yes"), form.value("draft-version"));
        let Some((changes, seen, then)) = times else {
            return Ok(Redirect::to(&place.home.0).into_response());
        };
        let sent = app.casework.save_outside(&token, proof(&headers).as_deref(), &seen, &changes).await;
        let to = match (saved!(app, token, sent), then) {
            (Err(Error::Conflict { .. }), _) | (Ok(_), Step::Section { .. }) => place.home.0.clone(),
            (Ok(_), then) => place.address(&then),
            (Err(error), _) => return Err(error.into()),
        };
        Ok(Redirect::to(&to).into_response())
    })
}

async fn page(
    State(app): State<App>,
    headers: HeaderMap,
    Path((token, section, page)): Path<(String, String, String)>,
) -> Reply {
    at_step!(app, headers, token, format!("{section}/{page}"), |desk, place, step| {
        if !place.sheet.has_step(&step) {
            return Ok(Redirect::to(&place.home.0).into_response());
        }
        let (form, _) = place.fresh(&page);
        Ok(frame(&app, false, &place.page(&page, &form, &html! {}, &[])).into_response())
    })
}

async fn save(
    State(app): State<App>,
    uri: Uri,
    Path((token, section, page)): Path<(String, String, String)>,
    Posted { headers, form: sent }: Posted,
) -> Reply {
    let draft = uri.query() == Some("draft=yes");
    let at = format!("{section}/{page}");
    let changes = at_step!(app, headers, token, at, |desk, place, step| {
        if !place.sheet.has_step(&step) {
            return Ok(Redirect::to(&place.home.0).into_response());
        }
        let changes = place.changes(&page, &sent);
        let seen = sent.value("draft-version");
        let done = app.casework.save_outside(&token, proof(&headers).as_deref(), seen, &changes).await;
        match saved!(app, token, done) {
            Ok(saved) if draft => return Ok((StatusCode::OK, saved.mark).into_response()),
            Ok(_) => changes,
            Err(_) if draft => return Ok((StatusCode::CONFLICT, "not saved").into_response()),
            Err(Error::Conflict { .. }) => {
                return conflict(&app, &headers, &token, &at, &page, &changes, &sent).await;
            }
            Err(error) => return Err(error.into()),
        }
    });
    at_step!(app, headers, token, at, |desk, place, step| {
        if sent.holds("later", "yes") {
            return Ok(Redirect::to(&place.home.0).into_response());
        }
        let mut form = typed(&place.questions(&page), &sent).with("draft-version", place.mark(&page));
        let remarks = place.wrong(&page, &mut form);
        let asked_more = changes.answers.len() < countable(&place, &page);
        if form.has_errors() || asked_more || (!remarks.is_empty() && !sent.holds("remarked", "yes")) {
            let body = place.page(&page, &form, &html! {}, &remarks);
            let wrong = form.has_errors();
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, frame(&app, wrong, &body)).into_response());
        }
        let next = match place.sheet.next(&step) {
            Step::Section { .. } => place.home.0.clone(),
            next => place.address(&next),
        };
        Ok(Redirect::to(&next).into_response())
    })
}

async fn conflict(
    app: &App,
    headers: &HeaderMap,
    token: &str,
    at: &str,
    page: &str,
    changes: &kinfold_casework::forms::Changes,
    sent: &FormState,
) -> Reply {
    at_step!(app, *headers, token, at, |desk, place, _step| {
        let form = typed(&place.questions(page), sent).with("draft-version", place.mark(page));
        let body = place.page(page, &form, &place.conflict(page, changes), &[]);
        Ok((StatusCode::CONFLICT, frame(app, false, &body)).into_response())
    })
}

async fn row(
    State(app): State<App>,
    headers: HeaderMap,
    Path((token, section, question, row)): Path<(String, String, String, String)>,
) -> Reply {
    at_step!(app, headers, token, format!("{section}/{question}/{row}"), |desk, place, step| {
        let Some(form) = place.fresh_row(&step) else {
            return Ok(Redirect::to(&place.home.0).into_response());
        };
        Ok(frame(&app, false, &place.row_page(&step, &form, &html! {})).into_response())
    })
}

async fn save_row(
    State(app): State<App>,
    Path((token, section, question, row)): Path<(String, String, String, String)>,
    Posted { headers, form: sent }: Posted,
) -> Reply {
    at_step!(app, headers, token, format!("{section}/{question}/{row}"), |desk, place, step| {
        let Some(row) = place.sent_row(&step, &sent) else {
            return Ok(Redirect::to(&place.home.0).into_response());
        };
        if row.form.has_errors() {
            let body = place.row_page(&step, &row.form, &html! {});
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, frame(&app, true, &body)).into_response());
        }
        let seen = sent.value("draft-version");
        let done = app.casework.save_outside(&token, proof(&headers).as_deref(), seen, &row.changes).await;
        match saved!(app, token, done) {
            Ok(_) => Ok(Redirect::to(&row.list).into_response()),
            Err(Error::Conflict { .. }) => {
                let body = place.row_again(&step, row.form);
                Ok((StatusCode::CONFLICT, frame(&app, false, &body)).into_response())
            }
            Err(error) => Err(error.into()),
        }
    })
}

async fn add_file(
    State(app): State<App>,
    Path((token, section, question)): Path<(String, String, String)>,
    request: Request,
) -> Reply {
    let headers = request.headers().clone();
    if !same_origin(&headers) {
        let typed = Box::new(FormState::new());
        return Err(Oops::Expired { action: request.uri().path().to_owned(), typed });
    }
    let sent = files(request, &app).await?;
    at_step!(app, headers, token, format!("{section}/{question}"), |desk, place, _step| {
        let Some(at) = place.file_place(&question) else { return failed(&app, Error::Absent) };
        let added = match &sent.file {
            Some(file) => {
                let proof = proof(&headers);
                let done = app.casework.add_outside_file(&token, proof.as_deref(), &at.key, file).await;
                saved!(app, token, done)
            }
            None => Err(Error::invalid("", "Choose a file first")),
        };
        match added {
            Ok(_) => Ok(Redirect::to(&place.address(&at.page)).into_response()),
            Err(Error::Invalid(problems)) => {
                let body = place.not_taken(&at, problems);
                Ok((StatusCode::UNPROCESSABLE_ENTITY, frame(&app, true, &body)).into_response())
            }
            Err(error) => Err(error.into()),
        }
    })
}

async fn drop_file(
    State(app): State<App>,
    Path((token, section, question, file)): Path<(String, String, String, uuid::Uuid)>,
    Posted { headers, .. }: Posted,
) -> Reply {
    at_step!(app, headers, token, format!("{section}/{question}"), |desk, place, _step| {
        let Some(at) = place.file_place(&question) else { return failed(&app, Error::Absent) };
        let done = app.casework.drop_outside_file(&token, proof(&headers).as_deref(), &at.key, file).await;
        match saved!(app, token, done) {
            Ok(_) => Ok(Redirect::to(&place.address(&at.page)).into_response()),
            Err(error) => Err(error.into()),
        }
    })
}

async fn send(State(app): State<App>, Path(token): Path<String>, Posted { headers, .. }: Posted) -> Reply {
    let done = app.casework.send_back(&token, proof(&headers).as_deref()).await;
    match saved!(app, token, done) {
        Ok(()) => Ok(Redirect::to(&format!("/fill/{token}")).into_response()),
        Err(Error::Invalid(problems)) => {
            let desk = match app.casework.outside(&token, proof(&headers).as_deref()).await {
                Ok(OutsideOpened::Section(desk)) => desk,
                Ok(opened) => return Ok(shut(&app, &token, &opened)),
                Err(error) => return failed(&app, error),
            };
            let mut form = FormState::new();
            for problem in problems {
                form.form_error(problem.message);
            }
            let body = draw_welcome(&app, &token, &desk, &form);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

//! The list of a form's sections, the answers to check before submitting, submitting, and throwing a form away.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use kinfold_casework::census_entry::Foreseen;
use kinfold_casework::chronology::recorded_words;
use kinfold_casework::forms::{FormDesk, LinkStanding};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_forms::{Severity, Step, TaskState};
use kinfold_look::banner::{inset, warning};
use kinfold_look::form::{Button, FormState, button_group, button_link, csrf_field, error_summary, hidden};
use kinfold_look::tasks::{Progress, Task, task_list};
use kinfold_look::{Markup, date, html};
use kinfold_record::ChildId;
use uuid::Uuid;

use super::steps::ground;
use crate::child::bar::bar;
use crate::child::foreseen;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::FillForm);
    vec![
        get("/children/{child}/forms/{form}", whom, show),
        get("/children/{child}/forms/{form}/check", whom, check),
        post("/children/{child}/forms/{form}/check", whom, submit),
        get("/children/{child}/forms/{form}/discard", whom, ask_discard),
        post("/children/{child}/forms/{form}/discard", whom, discard),
    ]
}

type At = (ChildId, Uuid);

async fn show(visit: Visit, Path((child, id)): Path<At>) -> Reply {
    let desk = visit.casework().form_desk(&visit.actor, child, id).await?;
    if !desk.open {
        return Ok(Redirect::to(&format!("/children/{child}/forms")).into_response());
    }
    let mut around = frame(&visit, &desk.form.title);
    around.bar = Some(bar(&desk.handle, &desk.timeline, &desk.book, desk.today));
    around.back = Some(("All forms".to_owned(), format!("/children/{child}/forms")));
    Ok(around.render(&draw(&desk, child)).into_response())
}

fn draw(desk: &FormDesk, child: ChildId) -> Markup {
    let base = format!("/children/{child}/forms/{}", desk.id);
    let sheet = desk.sheet();
    let handed = desk.handed();
    let all = sheet.tasks(&handed);
    let theirs: Vec<_> = all.iter().filter(|t| desk.section(&t.section.id).is_some()).collect();
    let tasks: Vec<Task> = theirs
        .iter()
        .map(|task| {
            let progress = match &task.state {
                TaskState::CannotStart(_) => Progress::CannotStartYet,
                TaskState::Waiting { late: true, .. } => Progress::Problem,
                TaskState::Waiting { .. } | TaskState::InProgress => Progress::InProgress,
                TaskState::NotStarted => Progress::NotStarted,
                TaskState::Done => Progress::Completed,
            };
            let mine = desk.section(&task.section.id);
            let fills = mine.is_some_and(|s| s.may_fill);
            let step = if fills && matches!(task.state, TaskState::NotStarted | TaskState::InProgress) {
                sheet.resume(task.section)
            } else {
                Step::Section { section: task.section.id.clone(), time: 0 }
            };
            let mut hints = Vec::new();
            if let TaskState::CannotStart(waits) = &task.state {
                hints.push(format!("After: {}", waits.join(", ")));
            }
            if let Some(link) = mine.and_then(|s| s.link.as_ref()) {
                hints.push(link_words(link.standing, &link.name, link.due_on));
            } else if let Some((by, at)) = mine.and_then(|s| s.saved.as_ref()) {
                hints.push(format!("Saved by {by}, {}", date::short(recorded_words(*at).date())));
            }
            Task {
                name: task.section.title.clone(),
                href: format!("{base}/sections/{step}"),
                hint: (!hints.is_empty()).then(|| hints.join(". ")),
                progress,
            }
        })
        .collect();
    let unseen = all.len() - theirs.len();
    let out: Vec<_> =
        desk.form.sections.iter().filter(|s| s.delegate.is_some() && desk.section(&s.id).is_some()).collect();
    html! {
        h1.govuk-heading-l { (desk.form.title) }
        p.govuk-body { (desk.form.why) }
        p.govuk-hint { "Started by " (desk.started_by) ", " (date::short(recorded_words(desk.opened_at).date())) "." @if let Some(due) = desk.due_on { " Asked for by " (date::short(due)) "." } " It is saved as you go, and is no part of the record before it is submitted." }
        @if desk.replaces.is_some() { (inset(&html! { p { "This corrects a document. The document stays as it is; what you submit becomes its next version." } })) }
        (task_list("sections", &tasks))
        @if unseen > 0 { p.govuk-body { (unseen) @if unseen == 1 { " section is" } @else { " sections are" } " filled in by others and not shown to you." } }
        @if desk.may_submit {
            div.kf-actions { (button_link("Check your answers and submit", &format!("{base}/check"), true)) }
        } @else {
            p.govuk-body { "When your sections are complete there is nothing more for you to do: whoever started the form submits it." }
        }
        @if desk.may_ask && !out.is_empty() {
            h2.govuk-heading-m { "Asking somebody outside" }
            p.govuk-body { "These sections can be filled in by somebody without an account. They get a link that opens that section and nothing else." }
            ul class="govuk-list govuk-list--bullet" { @for section in out { li { a.govuk-link href=(format!("{base}/ask/{}", section.id)) { "Ask somebody: " (section.title) } } } }
        }
        @if desk.may_submit {
            p.govuk-body { a.govuk-link href=(format!("{base}/discard")) { "Throw this form away" } }
        }
    }
}

/// Where a section that somebody outside was asked for stands.
pub(super) fn link_words(standing: LinkStanding, name: &str, due: jiff::civil::Date) -> String {
    let due = date::short(due);
    match standing {
        LinkStanding::Sent => format!("Sent to {name}, asked for by {due}, not opened yet"),
        LinkStanding::Opened => format!("With {name}, asked for by {due}"),
        LinkStanding::Late => format!("Late: {name} was asked for it by {due}, and has been reminded"),
        LinkStanding::Expired => {
            format!("{name} did not answer by {due}; the link is over. Ask again, or fill it in yourself")
        }
        LinkStanding::Back => format!("Filled in by {name}"),
    }
}

async fn check(visit: Visit, Path((child, id)): Path<At>) -> Reply {
    let desk = visit.casework().form_desk(&visit.actor, child, id).await?;
    if !desk.open || !desk.may_submit {
        return Ok(Redirect::to(&format!("/children/{child}/forms/{id}")).into_response());
    }
    let form = FormState::new().with("key", form_key()).with("seen-version", desk.version.to_string());
    let foreseen = visit.casework().foresee_form(&visit.actor, child, id).await?;
    Ok(draw_check(&visit, &desk, child, &form, &foreseen).into_response())
}

fn draw_check(
    visit: &Visit,
    desk: &FormDesk,
    child: ChildId,
    form: &FormState,
    foreseen: &Foreseen,
) -> Markup {
    let base = format!("/children/{child}/forms/{}", desk.id);
    let sheet = desk.sheet();
    let remarks: Vec<String> = sheet
        .check_all()
        .into_iter()
        .filter(|p| p.severity == Severity::Advisory)
        .map(|p| p.message)
        .collect();
    let mut around = frame(visit, "Check your answers");
    around.bar = Some(bar(&desk.handle, &desk.timeline, &desk.book, desk.today));
    around.back = Some(("Back to the sections".to_owned(), base.clone()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        span.govuk-caption-l { (desk.form.title) }
        h1.govuk-heading-l { "Check your answers" }
        @for remark in &remarks { (warning(remark)) }
        @for section in sheet.sections() {
            h2.govuk-heading-m { (section.title) }
            @match desk.section(&section.id) {
                Some(mine) => {
                    @let mut place = ground(visit, desk, &sheet, None, section, 0, child);
                    @let () = place.open = mine.may_fill;
                    (place.check(true))
                }
                None => p.govuk-body { "Filled in by others, and not shown to you." }
            }
        }
        @if !sheet.scores().is_empty() {
            h2.govuk-heading-m { "Scores" }
            (super::document::scores(sheet.scores()))
        }
        (foreseen::before_submitting(foreseen))
        h2.govuk-heading-m { "Submit" }
        p.govuk-body { "What you submit becomes a document that nobody can change. What it says happened is recorded in the chronology at the same moment, and duties move. A mistake found later is put right by a correction, which becomes its next version." }
        form method="post" action=(format!("{base}/check")) novalidate {
            (csrf_field(visit.actor.csrf()))
            @for name in ["key", "seen-version"] { (hidden(name, form.value(name))) }
            (button_group(&[Button::main("Submit")], Some(("Back to the sections", &base))))
        }
    })
}

async fn submit(Path((child, id)): Path<At>, Sent { visit, form }: Sent) -> Reply {
    let seen = form.value("seen-version").parse().unwrap_or(-1);
    let key = match form.value("key") {
        "" => form_key(),
        key => key.to_owned(),
    };
    let problem = match visit.casework().submit_form(&visit.actor, child, id, seen, &key).await {
        Ok(submitted) => {
            let mut words = match submitted.entries {
                0 => "Submitted. It is a document now.".to_owned(),
                1 => "Submitted. It is a document now, and one entry stands in the chronology.".to_owned(),
                n => format!("Submitted. It is a document now, and {n} entries stand in the chronology."),
            };
            for doubt in &submitted.doubts {
                words.push_str(" Worth a look: ");
                words.push_str(doubt);
            }
            return Ok(done(
                &visit.app,
                &format!("/children/{child}/documents/{}", submitted.document),
                &words,
            ));
        }
        Err(
            error @ (Error::Invalid(_) | Error::Impossible(_) | Error::Forbidden(_) | Error::Conflict { .. }),
        ) => error,
        Err(error) => return Err(error.into()),
    };
    let desk = visit.casework().form_desk(&visit.actor, child, id).await?;
    let mut again = FormState::new().with("key", key).with("seen-version", desk.version.to_string());
    let status = match problem {
        Error::Invalid(problems) => {
            for problem in problems {
                again.form_error(problem.message);
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Error::Impossible(problems) => {
            for problem in problems {
                again.form_error(problem.message);
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Error::Forbidden(words) => {
            again.form_error(words);
            StatusCode::FORBIDDEN
        }
        _ => {
            again.form_error(
                "An answer was changed while you were checking. Look at the answers below again, then submit",
            );
            StatusCode::CONFLICT
        }
    };
    let foreseen = visit.casework().foresee_form(&visit.actor, child, id).await?;
    Ok((status, draw_check(&visit, &desk, child, &again, &foreseen)).into_response())
}

async fn ask_discard(visit: Visit, Path((child, id)): Path<At>) -> Reply {
    let desk = visit.casework().form_desk(&visit.actor, child, id).await?;
    let base = format!("/children/{child}/forms/{id}");
    if !desk.open || !desk.may_submit {
        return Ok(Redirect::to(&base).into_response());
    }
    let mut around = frame(&visit, "Throw a form away");
    around.bar = Some(bar(&desk.handle, &desk.timeline, &desk.book, desk.today));
    around.back = Some(("Back to the sections".to_owned(), base.clone()));
    Ok(around
        .render(&html! {
            div.govuk-grid-row { div.govuk-grid-column-two-thirds {
                h1.govuk-heading-l { "Throw away: " (desk.form.title) }
                p.govuk-body { "Everybody’s answers in it and every file are deleted, and links sent to somebody outside stop. This cannot be undone. The chronology is not touched: nothing of this form is in it." }
                form method="post" action=(format!("{base}/discard")) {
                    (csrf_field(visit.actor.csrf()))
                    (button_group(&[Button::warning("Throw it away")], Some(("Keep it", &base))))
                }
            } }
        })
        .into_response())
}

async fn discard(Path((child, id)): Path<At>, Sent { visit, .. }: Sent) -> Reply {
    visit.casework().discard_form(&visit.actor, child, id).await?;
    Ok(done(&visit.app, &format!("/children/{child}/forms"), "The form is thrown away."))
}

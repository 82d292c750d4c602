//! Bringing entries in from a file: looked at first, then written, and taken back as a whole if wanted.

use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::Action;
use kinfold_casework::clock::in_england;
use kinfold_casework::directory::{COLUMNS, Counts, RunLine, WrongRow};
use kinfold_look::banner::details;
use kinfold_look::card::empty;
use kinfold_look::form::{Button, FileUpload, FormState, button_group, csrf_field, error_summary};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use crate::App;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::upload::Upload;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::EditDirectory);
    vec![
        get("/directory/import", whom, show),
        post("/directory/import", whom, upload),
        get("/directory/import/{job}", whom, look),
        post("/directory/import/{job}/start", whom, start),
        get("/directory/import/runs/{run}/undo", whom, ask_undo),
        post("/directory/import/runs/{run}/undo", whom, undo),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let runs = visit.casework().directory_runs(&visit.actor).await?;
    Ok(draw(&visit, &runs, &FormState::new()))
}

fn draw(visit: &Visit, runs: &[RunLine], form: &FormState) -> Markup {
    let mut around = frame(visit, "Bring in a file");
    around.back = Some(("Directory of services".to_owned(), "/directory".to_owned()));
    around.has_errors = form.has_errors();
    let heads: Vec<&str> = COLUMNS.iter().map(|(_, title)| *title).collect();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Bring in a file" }
            p.govuk-body { "First you see what would happen; nothing is written until you say so. Lines that cannot be used are told with the reason and leave out nothing else. The same file again changes nothing, and a whole import can be taken back." }
            form method="post" action="/directory/import" enctype="multipart/form-data" novalidate {
                (csrf_field(visit.actor.csrf()))
                (FileUpload::new("file", "The file").hint("A spreadsheet saved as CSV (UTF-8), or Open Referral UK (JSON). At most 5,000 entries and 8 MB").accept(".csv,.json").render(form))
                (button_group(&[Button::main("See what would happen")], Some(("Cancel", "/directory"))))
            }
            (details("The columns of the spreadsheet", &html! {
                p { "The first line names the columns, in any order. Only “Name” must be there. A column that is missing leaves what the entries say; an empty cell takes it away. The easiest start is a copy of the directory: take one out, change it, bring it in." }
                p { (heads.join(", ")) }
                p { "Several needs, languages, areas or telephone numbers stand in one cell with a semicolon between them. Yes and no are written so. “Whom to tell” has a line for each: of what | area | post | telephone | e-mail." }
            }, false))
        } }
        h2.govuk-heading-m { "Earlier imports" }
        @if runs.is_empty() {
            (empty("Nothing has been brought in yet", "Each import is listed here with what came of it.", None))
        } @else { (earlier(runs)) }
    })
}

fn earlier(runs: &[RunLine]) -> Table {
    let columns = [
        Column::new("When"),
        Column::new("File"),
        Column::new("By"),
        Column::figures("New"),
        Column::figures("Changed"),
        Column::figures("Not used"),
        Column::unlabelled("Take back"),
    ];
    let row = |run: &RunLine| {
        let when = in_england(run.at).datetime();
        Row::new()
            .cell(html! { (date::short(when.date())) ", " (date::time(when.time())) })
            .cell(&run.name)
            .cell(run.by.as_deref().unwrap_or("Command line"))
            .cell(run.counts.new)
            .cell(run.counts.changed)
            .cell(run.counts.wrong)
            .cell(html! {
                @if run.undone { "Taken back" } @else {
                    a.govuk-link href=(format!("/directory/import/runs/{}/undo", run.id)) { "Take back" span.govuk-visually-hidden { " the import of " (date::short(when.date())) } }
                }
            })
    };
    Table::new("Earlier imports, newest first", columns).caption_hidden().dense().rows(runs.iter().map(row))
}

async fn upload(Upload { visit, mut form, files }: Upload) -> Reply<Response> {
    // Before the file is looked at: a refusal for it would tell that there is something here.
    let runs = visit.casework().directory_runs(&visit.actor).await?;
    let status = match files.first() {
        None => {
            form.error("file", "Choose a file");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Some(file) => {
            let casework = visit.casework().clone();
            let (actor, name, bytes) = (visit.actor.clone(), file.name.clone(), file.bytes.clone());
            // Reading a large file takes processor time: not on the threads that answer pages.
            let staged =
                tokio::task::spawn_blocking(move || casework.stage_directory(&actor, &name, &bytes)).await;
            match staged.map_err(|e| kinfold_casework::Error::Internal(e.to_string()))? {
                Ok(id) => return Ok(Redirect::to(&format!("/directory/import/{id}")).into_response()),
                Err(error) => refuse(&mut form, error)?,
            }
        }
    };
    Ok((status, draw(&visit, &runs, &form)).into_response())
}

fn counted(counts: &Counts) -> Markup {
    html! {
        ul class="govuk-list govuk-list--bullet" {
            li { (counts.new) " new" }
            li { (counts.changed) " changed" }
            li { (counts.same) " say the same already" }
            @if counts.kept > 0 { li { (counts.kept) " stay as they are here" } }
            @if counts.wrong > 0 { li { (counts.wrong) " cannot be used" } }
        }
    }
}

fn wrong(rows: &[WrongRow]) -> Markup {
    let columns = [
        Column::new("Where"),
        Column::new("What stands there"),
        Column::new("What is wrong, and what to do"),
    ];
    let line = |w: &WrongRow| {
        Row::new().cell(&w.place).cell(&w.text).cell(html! { @if w.note { "To be known: " } (w.why) })
    };
    html! { @if !rows.is_empty() { (Table::new("What cannot be used, or is to be known", columns).rows(rows.iter().map(line))) } }
}

async fn look(visit: Visit, Path(job): Path<Uuid>) -> Reply<Markup> {
    let staged = visit.casework().staged_directory(&visit.actor, job).await?;
    let plan = &staged.plan;
    let mut around = frame(&visit, "What would happen");
    around.back = Some(("Bring in a file".to_owned(), "/directory/import".to_owned()));
    around.wide = true;
    let something = plan.counts.new + plan.counts.changed > 0;
    Ok(around.render(&html! {
        span.govuk-caption-l { (staged.name) }
        h1.govuk-heading-l { "What would happen" }
        (counted(&plan.counts))
        @if something {
            form method="post" action=(format!("/directory/import/{job}/start")) {
                (csrf_field(visit.actor.csrf()))
                (button_group(&[Button::main("Bring it in")], Some(("Cancel", "/directory/import"))))
            }
        } @else { p.govuk-body { "Nothing would change." } }
        (wrong(&plan.wrong))
        @if !plan.named.is_empty() {
            (details("The entries", &html! {
                ul class="govuk-list" { @for (name, new) in &plan.named { li { (name) @if *new { " (new)" } @else { " (changed)" } } } }
            }, false))
        }
    }))
}

async fn start(Held(app): Held<App>, Path(job): Path<Uuid>, Sent { visit, .. }: Sent) -> Reply {
    let done_ = visit.casework().start_directory(&visit.actor, job).await?;
    let counts = done_.plan.counts;
    let words = format!("{} new and {} changed.", counts.new, counts.changed);
    Ok(done(&app, "/directory/import", &words))
}

async fn ask_undo(visit: Visit, Path(run): Path<Uuid>) -> Reply<Markup> {
    let runs = visit.casework().directory_runs(&visit.actor).await?;
    let line =
        runs.iter().find(|line| line.id == run && !line.undone).ok_or(kinfold_casework::Error::Absent)?;
    let mut around = frame(&visit, "Take an import back");
    around.back = Some(("Bring in a file".to_owned(), "/directory/import".to_owned()));
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-l { "Take an import back" }
            p.govuk-body { "“" (line.name) "”: " (line.counts.new) " new and " (line.counts.changed) " changed." }
            p.govuk-body { "What it added is taken out again, and what it changed says again what it said before. Entries that somebody has worked on since stay. The history keeps all of it." }
            form method="post" action=(format!("/directory/import/runs/{run}/undo")) {
                (csrf_field(visit.actor.csrf()))
                (button_group(&[Button::warning("Take this import back")], Some(("Cancel", "/directory/import"))))
            }
        } }
    }))
}

async fn undo(Held(app): Held<App>, Path(run): Path<Uuid>, Sent { visit, .. }: Sent) -> Reply {
    let (undone, kept) = visit.casework().undo_directory(Some(&visit.actor), run).await?;
    let words = format!("{undone} are as they were; {kept} stay because somebody has worked on them.");
    Ok(done(&app, "/directory/import", &words))
}

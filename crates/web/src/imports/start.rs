//! What has been imported, and uploading more.

use axum::extract::{DefaultBodyLimit, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use kinfold_casework::Action;
use kinfold_casework::imports::RunLine;
use kinfold_look::card::empty;
use kinfold_look::form::{
    Button, FileUpload, FormState, TextInput, Width, button_group, csrf_field, error_summary,
};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::unpack::unpack;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::upload::{LARGEST_UPLOAD, Upload};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ImportReturn);
    let mut upload_route = post("/imports", whom, upload);
    upload_route.handler = upload_route.handler.layer(DefaultBodyLimit::max(LARGEST_UPLOAD));
    vec![
        get("/imports", whom, show),
        upload_route,
        get("/imports/runs/{run}/undo", whom, ask_undo),
        post("/imports/runs/{run}/undo", whom, undo),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let runs = visit.casework().import_runs(&visit.actor).await?;
    Ok(draw(&visit, &runs, &FormState::new()))
}

fn draw(visit: &Visit, runs: &[RunLine], form: &FormState) -> Markup {
    let mut around = frame(visit, "Imports");
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "Imports" }
        p.govuk-body { "Bring in the statutory return on looked-after children (SSDA903): all twelve tables, one year or several. First you see what would be added, changed and left; nothing is written until you say so, and a whole import can be undone." }
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            form method="post" action="/imports" enctype="multipart/form-data" novalidate {
                (csrf_field(visit.actor.csrf()))
                (FileUpload::new("files", "The return")
                    .hint("A zip of the folder, with one folder a year (2025, 2026); or the CSV or XML files of one year. At most 64 MB: larger returns are brought in by the command line")
                    .accept(".zip,.csv,.xml").multiple().render(form))
                (TextInput::new("year", "Year in which the return ends (if no folder or file name says it)").figures().width(Width::Chars(4)).render(form))
                (button_group(&[Button::main("See what would happen")], None))
            }
        } }
        h2.govuk-heading-m { "Earlier imports" }
        @if runs.is_empty() {
            (empty("Nothing has been imported yet", "Each import is listed here with what came of it.", None))
        } @else {
            (Table::new("Earlier imports, newest first", vec![Column::new("When"), Column::new("What"), Column::new("By"), Column::figures("Children added"), Column::figures("Facts added"), Column::figures("Put right"), Column::figures("Errors"), Column::new("State"), Column::unlabelled("Undo")])
                .caption_hidden().dense().rows(runs.iter().map(row)))
        }
    })
}

fn row(run: &RunLine) -> Row {
    let when = kinfold_casework::chronology::recorded_words(run.row.started_at);
    Row::new()
        .cell(html! { (date::short(when.date())) ", " (date::time(when.time())) })
        .cell(html! { (run.row.source_name) })
        .cell(html! { @match &run.by { Some(name) => (name), None => "Command line" } })
        .cell(html! { (run.counts.children_new) })
        .cell(html! { (run.counts.entries_new) })
        .cell(html! { (run.counts.entries_changed) })
        .cell(html! { (run.counts.errors) })
        .cell(match run.row.status.as_str() {
            "done" => html! { "Done" },
            "undone" => html! { "Undone" @if let Some(at) = run.row.undone_at { " " (date::short(kinfold_casework::clock::day(at))) } },
            "running" => tag("Running", Colour::Blue),
            _ => html! { (tag("Stopped half-way", Colour::Red)) br; span.govuk-hint { "Import again to complete it, or undo it" } },
        })
        .cell(html! {
            @if matches!(run.row.status.as_str(), "done" | "failed") {
                a.govuk-link href=(format!("/imports/runs/{}/undo", run.row.id)) { "Undo" span.govuk-visually-hidden { " the import of " (date::short(when.date())) } }
            }
        })
}

async fn upload(Upload { visit, mut form, files }: Upload) -> Reply {
    let year = match form.value("year").trim() {
        "" => None,
        text => match text.parse::<i16>() {
            Ok(year) if (2000..2100).contains(&year) => Some(year),
            _ => {
                form.error("year", "Enter a year like 2026");
                None
            }
        },
    };
    if files.is_empty() {
        form.error("files", "Choose the files of the return");
    }
    let name = files.first().map_or_else(String::new, |f| f.name.clone());
    let name = if files.len() > 1 { format!("{name} and {} more", files.len() - 1) } else { name };
    if !form.has_errors() {
        // Unpacking takes processor time: not on the threads that answer pages.
        let unpacked = tokio::task::spawn_blocking(move || unpack(files)).await;
        match unpacked.unwrap_or_else(|_| Err("The files could not be read. Make them again".to_owned())) {
            Ok(sources) => match visit.casework().stage_import(&visit.actor, name, sources, year).await {
                Ok(id) => return Ok(Redirect::to(&format!("/imports/{id}")).into_response()),
                Err(error) => {
                    let status = refuse(&mut form, error)?;
                    let runs = visit.casework().import_runs(&visit.actor).await?;
                    return Ok((status, draw(&visit, &runs, &form)).into_response());
                }
            },
            Err(words) => form.error("files", words),
        }
    }
    let runs = visit.casework().import_runs(&visit.actor).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &runs, &form)).into_response())
}

async fn ask_undo(visit: Visit, Path(run): Path<Uuid>) -> Reply<Markup> {
    let runs = visit.casework().import_runs(&visit.actor).await?;
    let line = runs.iter().find(|line| line.row.id == run).ok_or(kinfold_casework::Error::Absent)?;
    let mut around = frame(&visit, "Undo an import");
    around.back = Some(("Back to imports".to_owned(), "/imports".to_owned()));
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-l { "Undo an import" }
            p.govuk-body { "Of " (date::long(kinfold_casework::clock::day(line.row.started_at))) ": " (line.counts.children_new) " children and " (line.counts.entries_new) " facts were added, " (line.counts.entries_changed) " put right." }
            p.govuk-body { "Everything it added is withdrawn, and what it put right says again what it said before. What people have corrected or added since stays. Children of whom nothing else is known go out of sight. The withdrawn entries stay in the chronology, as every correction does." }
            form method="post" action=(format!("/imports/runs/{run}/undo")) {
                (csrf_field(visit.actor.csrf()))
                (button_group(&[Button::warning("Undo this import")], Some(("Cancel", "/imports"))))
            }
        } }
    }))
}

async fn undo(Path(run): Path<Uuid>, Sent { visit, .. }: Sent) -> Reply {
    let id = visit.casework().start_undo(&visit.actor, run)?;
    Ok(Redirect::to(&format!("/imports/{id}")).into_response())
}

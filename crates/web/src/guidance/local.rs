//! The council's own layer: pasted or uploaded, looked at, switched on or off.

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::guidance_book::{Fits, LocalLayer, Preview};
use kinfold_casework::{Action, Error};
use kinfold_guidance::{Change, ChangeKind, Mistake};
use kinfold_look::banner::{details, inset, warning};
use kinfold_look::card::empty;
use kinfold_look::form::{
    Button, FileUpload, FormState, TextInput, Textarea, button_group, csrf_field, error_summary, hidden,
};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, date, html};

use super::{Here, tabs};
use crate::LARGEST;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::upload::{Upload, Uploaded};
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ChangeGuidance);
    let mut preview_route = post("/guidance/local/preview", whom, preview);
    preview_route.handler = preview_route.handler.layer(DefaultBodyLimit::max(LARGEST));
    vec![
        get("/guidance/local", whom, show),
        preview_route,
        post("/guidance/local/on", whom, on),
        post("/guidance/local/off", whom, off),
        post("/guidance/local/again", whom, again),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let layers = visit.casework().local_layers(&visit.actor).await?;
    Ok(draw(&visit, &layers, &FormState::new(), None))
}

fn draw(visit: &Visit, layers: &[LocalLayer], form: &FormState, found: Option<Markup>) -> Markup {
    let mut around = frame(visit, "Local guidance");
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "Local guidance" }
        (tabs(visit, Here::Local))
        p.govuk-body { "This authority’s own rules, code lists and calendar, on top of the national ones. You see what they would change before you switch them on. Wherever a local rule is at work, the page says so." }
        @if let Some(found) = found { (found) }
        h2.govuk-heading-m { "Layers kept here" }
        @if layers.is_empty() {
            (empty("No local guidance", "Only the national rules are in force.", None))
        }
        @for layer in layers { (kept(visit, layer)) }
        (add(visit, form))
    })
}

fn kept(visit: &Visit, layer: &LocalLayer) -> Markup {
    let day = kinfold_casework::clock::day(layer.at);
    html! {
        div.govuk-summary-card {
            div.govuk-summary-card__title-wrapper { h3.govuk-summary-card__title { (layer.name) " " @if layer.active { (tag("On", Colour::Green)) } @else { (tag("Off", Colour::Grey)) } } }
            div.govuk-summary-card__content {
                p.govuk-body { "Switched " @if layer.active { "on" } @else { "off" } " on " (date::long(day)) @if let Some(by) = &layer.by { " by " (by) } "." }
                @for (path, text) in &layer.files {
                    (details(path, &html! { pre tabindex="0" class="kf-scroll" { code { (text) } } }, false))
                }
                form method="post" action=(if layer.active { "/guidance/local/off" } else { "/guidance/local/again" }) {
                    (csrf_field(visit.actor.csrf()))
                    (hidden("name", &layer.name))
                    @if layer.active { (Button::warning("Switch off")) } @else { (Button::secondary("See what switching it on would change")) }
                }
            }
        }
    }
}

fn add(visit: &Visit, form: &FormState) -> Markup {
    html! {
        h2.govuk-heading-m { "Add or change a layer" }
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            form method="post" action="/guidance/local/preview" enctype="multipart/form-data" novalidate {
                (csrf_field(visit.actor.csrf()))
                (TextInput::new("name", "Name of the layer").hint("Small letters, figures and hyphens. A layer of the same name is replaced").code().autocomplete("off").render(form))
                (FileUpload::new("files", "Files").hint("TOML and CSV, as many as you need. A rule’s file is named after the rule: review.first.toml. They have to be chosen again after an error").accept(".toml,.csv").multiple().render(form))
                (TextInput::new("path", "Or paste one file: its place").hint("For example rules/care/local.supervision.toml").code().autocomplete("off").render(form))
                (Textarea::new("text", "Its text").rows(14).render(form))
                (button_group(&[Button::main("See what it would change")], None))
            }
            p.govuk-body { "How a file is written is told in the manual: docs/reference/rules.md for rules, and beside it forms.md, measures.md, frameworks.md, surveys.md, action-plans.md, needs.md and outlines.md. Of files that are no rules, give the place too: frameworks/local.audit.toml." }
        } }
    }
}

/// Where a file belongs, by its name, when the browser gave no folder.
fn placed(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    const ROOTS: [&str; 9] = [
        "rules/",
        "codes/",
        "forms/",
        "measures/",
        "frameworks/",
        "surveys/",
        "plans/",
        "needs/",
        "outlines/",
    ];
    let rooted = ROOTS.iter().find_map(|root| name.find(root).map(|at| name[at..].to_owned()));
    match rooted {
        Some(path) => path,
        None if matches!(last, "board.toml" | "calendar.toml" | "inspection.toml" | "terms.toml") => {
            last.to_owned()
        }
        None if last.ends_with(".csv") => format!("codes/{last}"),
        None => format!("rules/local/{last}"),
    }
}

/// The files of a form, or what is wrong with them.
fn read(form: &mut FormState, uploads: Vec<Uploaded>) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for upload in uploads {
        match String::from_utf8(upload.bytes) {
            Ok(text) => files.push((placed(&upload.name), text)),
            Err(_) => form.error(
                "files",
                format!("“{}” is not text in UTF-8. Save it again as a text file", upload.name),
            ),
        }
    }
    let (path, text) = (form.value("path").trim().to_owned(), form.value("text").to_owned());
    if !text.trim().is_empty() {
        if path.is_empty() {
            form.error("path", "Say where the text belongs, like rules/care/local.supervision.toml");
        } else {
            files.push((path, text.replace("\r\n", "\n")));
        }
    }
    // Carried from a preview: each file in a field of its own.
    let carried: Vec<(String, String)> = form
        .pairs()
        .filter_map(|(name, text)| Some((name.strip_prefix("file:")?.to_owned(), text.replace("\r\n", "\n"))))
        .collect();
    files.extend(carried);
    if files.is_empty() && !form.has_errors() {
        form.error("files", "Choose files, or paste one");
    }
    files
}

async fn preview(Upload { visit, mut form, files }: Upload) -> Reply {
    let name = form.value("name").trim().to_owned();
    let files = read(&mut form, files);
    look(&visit, form, &name, files).await
}

async fn again(Sent { visit, form }: Sent) -> Reply {
    let layers = visit.casework().local_layers(&visit.actor).await?;
    let layer = layers.into_iter().find(|l| l.name == form.value("name")).ok_or(Error::Absent)?;
    look(&visit, FormState::new(), &layer.name, layer.files).await
}

async fn look(
    visit: &Visit,
    mut form: FormState,
    name: &str,
    files: Vec<(String, String)>,
) -> Reply<Response> {
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut found = None;
    if !form.has_errors() {
        match visit.casework().preview_layer(&visit.actor, name, &files).await {
            Ok(Preview::Mistakes(mistakes)) => {
                form.form_error("The guidance has mistakes, so it cannot be switched on. Each is listed with its file and line.");
                found = Some(mistakes_table(&mistakes));
            }
            Ok(Preview::Fits(fits)) => {
                status = StatusCode::OK;
                found = Some(would_change(visit, name, &files, &fits));
            }
            Err(error) => status = refuse(&mut form, error)?,
        }
    }
    let layers = visit.casework().local_layers(&visit.actor).await?;
    Ok((status, draw(visit, &layers, &form, found)).into_response())
}

fn mistakes_table(mistakes: &[Mistake]) -> Markup {
    let row = |m: &Mistake| {
        Row::new()
            .cell(html! { (m.file) })
            .cell(html! { (m.line) })
            .cell(html! { (m.message) @if let Some(hint) = &m.hint { br; span.govuk-hint { (hint) } } })
    };
    html! {
        h2.govuk-heading-m { "Mistakes" }
        (Table::new("Mistakes, by file and line", ["File", "Line", "What is wrong and what to do"].map(Column::new)).caption_hidden().dense().rows(mistakes.iter().map(row)))
    }
}

fn kind_words(change: &Change) -> &'static str {
    match change.kind {
        ChangeKind::Added => "New",
        ChangeKind::Removed => "Gone",
        ChangeKind::NewVersion => "New version",
        ChangeKind::Changed => "Changed",
        ChangeKind::Supersedes => "Takes the place of a national one",
        ChangeKind::Other => "Changed",
    }
}

fn would_change(visit: &Visit, name: &str, files: &[(String, String)], fits: &Fits) -> Markup {
    let change = |c: &Change| {
        Row::new()
            .cell(html! { (c.id) @if let Some(version) = c.version { " version " (version) } })
            .cell(html! { (kind_words(c)) })
            .cell(html! { @for line in &c.lines { (line) br; } })
    };
    html! {
        h2.govuk-heading-m { "What “" (name) "” would change" }
        @if fits.changes.is_empty() {
            (inset(&html! { "Nothing: these files say what is in force already." }))
        } @else {
            (Table::new("What differs in the guidance", ["Item", "How", "What differs"].map(Column::new)).caption_hidden().dense().rows(fits.changes.iter().map(change)))
        }
        h3.govuk-heading-s { "What is due today" }
        @if fits.duties.is_empty() {
            p.govuk-body { "No open duty would change, in " (fits.looked_at) " records looked at." }
        } @else {
            p.govuk-body { "In " (fits.changed) " of " (fits.looked_at) " records something would change." }
            (Table::new("Duties that would change", vec![Column::new("Duty"), Column::figures("Would start"), Column::figures("Would move"), Column::figures("Would end")])
                .caption_hidden().dense().rows(fits.duties.iter().map(|(title, m)| Row::new().cell(html! { (title) }).cell(html! { (m.start) }).cell(html! { (m.move_) }).cell(html! { (m.end) }))))
        }
        form method="post" action="/guidance/local/on" {
            (csrf_field(visit.actor.csrf()))
            (hidden("name", name))
            @for (path, text) in files { (hidden(&format!("file:{path}"), text)) }
            (warning("A rule that has been used is never edited. To change it later, write a new version."))
            (button_group(&[Button::main("Switch it on")], Some(("Cancel", "/guidance/local"))))
        }
    }
}

async fn on(Sent { visit, mut form }: Sent) -> Reply {
    let name = form.value("name").to_owned();
    let files = read(&mut form, Vec::new());
    match visit.casework().switch_layer_on(&visit.actor, &name, &files).await {
        Ok(done_) => {
            let words = format!(
                "The local guidance is on. {} of {} records have other duties now.",
                done_.changed, done_.looked_at
            );
            Ok(done(&visit.app, "/guidance/local", &words))
        }
        Err(Error::Guidance(_)) => look(&visit, FormState::new(), &name, files).await,
        Err(error) => {
            let mut form = FormState::new();
            let status = refuse(&mut form, error)?;
            let layers = visit.casework().local_layers(&visit.actor).await?;
            Ok((status, draw(&visit, &layers, &form, None)).into_response())
        }
    }
}

async fn off(Sent { visit, form }: Sent) -> Reply {
    let name = form.value("name").to_owned();
    match visit.casework().switch_layer_off(&visit.actor, &name).await {
        Ok(done_) => {
            let words = format!(
                "The local guidance is off. {} of {} records have other duties now.",
                done_.changed, done_.looked_at
            );
            Ok(done(&visit.app, "/guidance/local", &words))
        }
        Err(Error::Guidance(mistakes)) => {
            let mut form = FormState::new();
            form.form_error(format!("It cannot be switched off, because another layer needs it. {mistakes}"));
            let layers = visit.casework().local_layers(&visit.actor).await?;
            Ok((StatusCode::CONFLICT, draw(&visit, &layers, &form, None)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

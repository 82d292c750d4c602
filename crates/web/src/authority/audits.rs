//! All self-assessments, starting one, and two side by side.

use axum::extract::State as Held;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use kinfold_casework::Action;
use kinfold_casework::authority::{AuditComparison, AuditLine, AuditPage, AuditsPage, NewAudit};
use kinfold_casework::record::form_key;
use kinfold_guidance::framework::compare::{Compared, Judged, Movement};
use kinfold_look::card::empty;
use kinfold_look::form::{
    Button, DateInput, FormState, Required, Select, TextInput, Textarea, button_group, button_link,
    csrf_field, error_summary, hidden,
};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::{Strand, level, tabs};
use crate::App;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let (read, edit) = (For::Authority(Action::ViewPlans), For::Authority(Action::LeadAudit));
    vec![
        get("/audits", read, show),
        get("/audits/new", edit, new),
        post("/audits/new", edit, start),
        get("/audits/compare", read, compared),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().self_assessments(&visit.actor).await?;
    let mut around = frame(&visit, "Self-assessments");
    around.wide = true;
    Ok(around.render(&html! {
        (tabs(Strand::Audits))
        h1.govuk-heading-l { "Self-assessments" }
        p.kf-lead { "The authority and its partners look at what they do for children in care: each question has an owner, a judgement with a reason, and evidence." }
        @if page.may_start { p class="kf-screen-only" { (button_link("Start a self-assessment", "/audits/new", true)) } }
        @if page.audits.is_empty() {
            (empty("No self-assessment yet", "The director, a head of service, a commissioner or the panel’s clerk starts one.", None))
        } @else {
            (table(&page))
            @if page.audits.len() > 1 { (side_by_side(&page)) }
        }
    }))
}

fn table(page: &AuditsPage) -> Table {
    let columns = [
        Column::new("Self-assessment"),
        Column::new("Period"),
        Column::new("Leads"),
        Column::figures("Questions"),
        Column::figures("Judged"),
        Column::figures("Seen differently"),
        Column::new("State"),
    ];
    Table::new("Self-assessments", columns).caption_hidden().rows(page.audits.iter().map(row))
}

fn row(line: &AuditLine) -> Row {
    let audit = &line.audit;
    Row::new()
        .cell(html! {
            a.govuk-link href=(format!("/audits/{}", audit.id)) { (audit.title) }
            br; span.govuk-hint { (line.framework) @if let Some(location) = &audit.location { ", " (location) } }
        })
        .cell(html! { (date::short_element(audit.from)) " to " (date::short_element(audit.to)) })
        .cell(&line.lead)
        .cell(line.questions)
        .cell(line.judged)
        .cell(line.disagreed)
        .cell(if audit.closed.is_some() { "Closed" } else { "Open" })
}

fn side_by_side(page: &AuditsPage) -> Markup {
    let choices: Vec<(String, String)> =
        page.audits.iter().map(|line| (line.audit.id.to_string(), line.audit.title.clone())).collect();
    let state = |name: &str, at: usize| {
        FormState::new().with(name, page.audits.get(at).map_or_else(String::new, |l| l.audit.id.to_string()))
    };
    html! {
        h2.govuk-heading-m { "Two side by side" }
        form class="kf-read kf-screen-only" method="get" action="/audits/compare" {
            (Select::new("one", "One", choices.clone()).render(&state("one", 1)))
            (Select::new("with", "With", choices).render(&state("with", 0)))
            button class="govuk-button govuk-button--secondary" type="submit" { "Compare" }
        }
    }
}

async fn new(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().audit_to_start(&visit.actor).await?;
    let today = visit.casework().today();
    let form = FormState::new()
        .with("key", form_key())
        .with("partners", "Council\nHealth\nSchools")
        .with_date("from", today.saturating_sub(jiff::Span::new().years(1)))
        .with_date("to", today);
    Ok(draw(&visit, &page, &form))
}

fn draw(visit: &Visit, page: &AuditsPage, form: &FormState) -> Markup {
    let mut around = frame(visit, "Start a self-assessment");
    around.back = Some(("Self-assessments".to_owned(), "/audits".to_owned()));
    around.has_errors = form.has_errors();
    let frameworks =
        page.frameworks.iter().map(|(id, title, count)| (id.clone(), format!("{title} ({count} questions)")));
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Start a self-assessment" }
            form method="post" action="/audits/new" novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (Select::new("framework", "What is asked", frameworks).empty("Choose").render(form))
                (TextInput::new("title", "Title").render(form))
                (TextInput::new("location", "Location (optional)").hint("The district or service it is about").render(form))
                (DateInput::new("from", "First day of the period looked at").render(form))
                (DateInput::new("to", "Last day").render(form))
                (Textarea::new("partners", "Partners who answer together").hint("One a line. Each judges by itself; what they say stands side by side.").rows(5).render(form))
                (button_group(&[Button::main("Start")], Some(("Cancel", "/audits"))))
            }
        } }
    })
}

async fn start(Held(app): Held<App>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    // Before what was typed is looked at: a refusal for it would tell that there is something here.
    let page = visit.casework().audit_to_start(&visit.actor).await?;
    let from = form.read_date("from", "First day", Required::Yes);
    let to = form.read_date("to", "Last day", Required::Yes);
    let value = |name: &str| form.value(name).to_owned();
    let status = match (from, to) {
        (Some(from), Some(to)) => {
            let new = NewAudit {
                title: value("title"),
                framework: value("framework"),
                location: value("location"),
                from,
                to,
                partners: value("partners"),
            };
            match visit.casework().start_audit(&visit.actor, &new, form.value("key")).await {
                Ok(audit) => {
                    let words = "The self-assessment is started. Say who answers which question.";
                    return Ok(done(&app, &format!("/audits/{audit}"), words));
                }
                Err(error) => refuse(&mut form, error)?,
            }
        }
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, draw(&visit, &page, &form)).into_response())
}

async fn compared(visit: Visit) -> Reply<Response> {
    let id = |name: &str| visit.query.value(name).parse::<Uuid>().unwrap_or_default();
    let (one, other) = (id("one"), id("with"));
    if one.is_nil() || other.is_nil() {
        // Only for those who may see the list that they are sent to.
        visit.casework().self_assessments(&visit.actor).await?;
        return Ok(axum::response::Redirect::to("/audits").into_response());
    }
    let page = visit.casework().compare_audits(&visit.actor, one, other).await?;
    let mut around = frame(&visit, "Two self-assessments");
    around.wide = true;
    around.back = Some(("Self-assessments".to_owned(), "/audits".to_owned()));
    let (then, now) = (&page.before, &page.after);
    let columns =
        [Column::new("Question"), Column::new(title(then)), Column::new(title(now)), Column::new("Moved")];
    let rows = page.lines.iter().map(|line| line_of(&page, line));
    Ok(around
        .render(&html! {
            h1.govuk-heading-l { "Two self-assessments side by side" }
            p.kf-lead { (now.framework.head.title) ". Levels have an order and nothing else: they are compared, never averaged." }
            (Table::new("Questions", columns).caption_hidden().rows(rows))
        })
        .into_response())
}

fn title(page: &AuditPage) -> String {
    let day = |day: Date| date::short(day);
    format!("{} ({} to {})", page.audit.title, day(page.audit.from), day(page.audit.to))
}

fn line_of(page: &AuditComparison, line: &Compared) -> Row {
    let (then, now) = (&page.before, &page.after);
    let item = now.framework.item(&line.item).or_else(|| then.framework.item(&line.item));
    let words = item
        .map_or_else(String::new, |(part, item)| format!("{} {} {}", part.number, item.label(), item.text));
    let moved = match line.movement {
        Movement::Up(n) => format!("↑ up by {n}"),
        Movement::Down(n) => format!("↓ down by {n}"),
        Movement::Same => "= same".to_owned(),
        Movement::First => "Judged for the first time".to_owned(),
        Movement::Missing => "Not judged this time".to_owned(),
        Movement::Never => "Not judged".to_owned(),
        Movement::NotComparable => "The question has changed".to_owned(),
    };
    Row::new()
        .cell(words)
        .cell(judged(then, line.before.as_ref()))
        .cell(judged(now, line.after.as_ref()))
        .cell(moved)
}

/// The level that holds, and whether somebody saw it differently.
pub(super) fn judged(page: &AuditPage, of: Option<&Judged>) -> Markup {
    let scale = &page.framework.scale;
    html! {
        @match of {
            None => "Not judged yet",
            Some(of) => {
                @match &of.level { Some(code) => { (level(scale, code)) } None => "Seen differently, nothing agreed: " }
                @if !of.apart.is_empty() {
                    @if of.level.is_some() { br; span.govuk-hint { "Others: " } }
                    @for code in &of.apart { (level(scale, code)) " " }
                }
            }
        }
    }
}

//! One action plan, in the shape in which it goes to the panel; and its progress reports, which stay as they were made.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kinfold_casework::Action;
use kinfold_casework::authority::plan::Recommendation;
use kinfold_casework::authority::plan_out::targets;
use kinfold_casework::authority::{LONGEST_TEXT, NewRecommendation, PlanPage};
use kinfold_casework::record::form_key;
use kinfold_look::banner::inset;
use kinfold_look::card::empty;
use kinfold_look::form::{
    Button, DateInput, FormState, Required, TextInput, Textarea, button_group, button_link, csrf_field,
    error_summary, hidden,
};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::list::report_due;
use super::{notes, paragraphs, plan_address, standing, written};
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let (read, edit) = (For::Authority(Action::ViewPlans), For::Authority(Action::EditPlans));
    vec![
        get("/plans/{plan}", read, show),
        get("/plans/{plan}/add", edit, add),
        post("/plans/{plan}/add", edit, added),
        get("/plans/{plan}/report", edit, report),
        post("/plans/{plan}/report", edit, reported),
        get("/plans/{plan}/reports/{version}", read, one_report),
    ]
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().plan(&visit.actor, id, None).await?;
    let here = plan_address(id);
    let mut around = frame(&visit, "Action plan");
    around.wide = true;
    around.back = Some(("Action plans".to_owned(), "/plans".to_owned()));
    let plan = &page.plan;
    Ok(around.render(&html! {
        span.govuk-caption-l { "Action plan" }
        h1.govuk-heading-l { (plan.title) }
        (facts(&page))
        @if page.may_edit {
            p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("{here}/change")) { "Change its title or who answers for it" } }
            div class="govuk-button-group kf-screen-only" {
                (button_link("Add a recommendation", &format!("{here}/add"), true))
                @if !plan.recommendations.is_empty() { (button_link("Make a progress report", &format!("{here}/report"), false)) }
            }
        }
        @if plan.recommendations.is_empty() {
            (empty("No recommendation yet", "Whoever answers for the plan adds what was recommended, who leads on it and by when.", None))
        } @else {
            (table(&page))
            (said_of_all(&page))
            (downloads(&here, "plan"))
        }
        @if !plan.reports.is_empty() {
            h2.govuk-heading-m { "Progress reports" }
            ul.govuk-list {
                @for report in plan.reports.iter().rev() {
                    li { a.govuk-link href=(format!("{here}/reports/{}", report.made.version)) { (date::long(report.on)) } " for " (report.to) }
                }
            }
        }
    }))
}

/// What is known of the plan as a whole.
fn facts(page: &PlanPage) -> Markup {
    let plan = &page.plan;
    let late = plan.late(page.on).count();
    let mut facts = Vec::new();
    facts.extend(plan.source.as_ref().map(|source| Fact::new("From", source)));
    facts.push(Fact::new("Answers for it", page.name(Some(plan.owner))));
    let (all, open) = (plan.recommendations.len(), plan.open());
    facts.push(Fact::new(
        "How it stands",
        html! { (all) " recommendations, " (open) " still to do, " @if late == 0 { "none late" } @else { strong { (late) " late" } } "." },
    ));
    if page.report.is_none() {
        facts.push(Fact::new("Next progress report", report_due(plan.next_report_on(), page.on)));
    }
    html! {
        @if let Some(about) = &plan.about { div.kf-read { (paragraphs(about)) } }
        (summary_list(&facts))
    }
}

/// The plan as the panel reads it: number, recommendation, target date, progress, comment; and beside it how it stands.
fn table(page: &PlanPage) -> Table {
    let columns = [
        Column::new("No"),
        Column::new("Recommendation"),
        Column::new("Target date"),
        Column::new("Progress"),
        Column::new("Comment by the panel"),
        Column::new("How it stands"),
    ];
    Table::new("Recommendations", columns)
        .caption_hidden()
        .rows(page.plan.recommendations.iter().map(|recommendation| row(page, recommendation)))
}

fn row(page: &PlanPage, of: &Recommendation) -> Row {
    let link = page.report.is_none();
    let row = Row::new()
        .cell(html! { @if link { a.govuk-link href=(format!("/plans/{}/{}", page.plan.id, of.item)) { (of.number) } } @else { (of.number) } })
        .cell(paragraphs(&of.text))
        .cell(html! { @if of.targets.is_empty() { "None set" } @else { (paragraphs(&targets(of))) } })
        .cell(html! { @if of.progress.is_empty() { "None recorded" } @else { (notes(&of.progress)) } })
        .cell(notes(&of.comments))
        .cell(html! {
            p.govuk-body { (standing(of, page.on)) }
            p class="govuk-body-s" { "Lead: " (page.lead(of).unwrap_or_else(|| "nobody yet".to_owned())) }
        });
    if of.days_late(page.on).is_some() { row.late() } else { row }
}

fn said_of_all(page: &PlanPage) -> Markup {
    html! {
        @if !page.plan.comments.is_empty() {
            h2.govuk-heading-m { "What the panel said about the plan as a whole" }
            div.kf-read { (notes(&page.plan.comments)) }
        }
    }
}

/// Links to the plan as a file.
fn downloads(here: &str, name: &str) -> Markup {
    html! {
        p class="govuk-body kf-screen-only" {
            "Take a copy: "
            a.govuk-link href=(format!("{here}/{name}.pdf")) { "PDF" } ", "
            a.govuk-link href=(format!("{here}/{name}.csv")) { "CSV file" }
            " or "
            a.govuk-link href=(format!("{here}/{name}.xlsx")) { "Excel file (XLSX)" }
            ". For the CSV and Excel files you will be asked for your password, and the log keeps what was taken."
        }
    }
}

async fn one_report(visit: Visit, Path((id, version)): Path<(Uuid, i64)>) -> Reply<Markup> {
    let page = visit.casework().plan(&visit.actor, id, Some(version)).await?;
    let mut around = frame(&visit, "Progress report");
    around.wide = true;
    around.back = Some(("The plan as it is now".to_owned(), plan_address(id)));
    let Some(report) = &page.report else { return Err(kinfold_casework::Error::Absent.into()) };
    Ok(around.render(&html! {
        span.govuk-caption-l { "Progress report for " (report.to) ", " (date::long(report.on)) }
        h1.govuk-heading-l { (page.plan.title) }
        (inset(&html! { p { "As it stood when " (written(page.name(report.made.by), report.made)) " made this report. What was recorded later is not in it." } }))
        @if let Some(words) = &report.words { div.kf-read { (paragraphs(words)) } }
        (facts(&page))
        (table(&page))
        (said_of_all(&page))
        (downloads(&format!("/plans/{id}/reports/{version}"), "report"))
    }))
}

async fn report(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().plan(&visit.actor, id, None).await?;
    let form = FormState::new().with("key", form_key()).with("to", "Corporate parenting panel");
    Ok(draw_report(&visit, &page, &form))
}

fn draw_report(visit: &Visit, page: &PlanPage, form: &FormState) -> Markup {
    let here = plan_address(page.plan.id);
    let mut around = frame(visit, "Make a progress report");
    around.back = Some(("The plan".to_owned(), here.clone()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            span.govuk-caption-l { (page.plan.title) }
            h1.govuk-heading-l { "Make a progress report" }
            p.govuk-body { "The report holds the plan as it stands now and never changes afterwards. Bring progress up to date first." }
            form method="post" action=(format!("{here}/report")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (TextInput::new("to", "For whom").hint("The panel, the scrutiny committee, the cabinet").render(form))
                (Textarea::new("words", "What to say above the table (optional)").rows(8).limit(LONGEST).render(form))
                (button_group(&[Button::main("Make the report")], Some(("Cancel", &here))))
            }
        } }
    })
}

/// The longest text, as a field counts it.
#[expect(clippy::cast_possible_truncation, reason = "twenty thousand")]
pub(super) const LONGEST: u32 = LONGEST_TEXT as u32;

async fn reported(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let (to, words, key) = (form.value("to"), form.value("words"), form.value("key"));
    match visit.casework().report_plan(&visit.actor, id, to, words, key).await {
        Ok(version) => {
            let to = format!("/plans/{id}/reports/{version}");
            Ok(done(&visit.app, &to, "The report is made. It stays as it is."))
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            let page = visit.casework().plan(&visit.actor, id, None).await?;
            Ok((status, draw_report(&visit, &page, &form)).into_response())
        }
    }
}

async fn add(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().plan(&visit.actor, id, None).await?;
    let next = page.plan.recommendations.len() + 1;
    let form = FormState::new().with("key", form_key()).with("number", next.to_string());
    Ok(draw_add(&visit, &page, &form))
}

fn draw_add(visit: &Visit, page: &PlanPage, form: &FormState) -> Markup {
    let here = plan_address(page.plan.id);
    let mut around = frame(visit, "Add a recommendation");
    around.back = Some(("The plan".to_owned(), here.clone()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            span.govuk-caption-l { (page.plan.title) }
            h1.govuk-heading-l { "Add a recommendation" }
            form method="post" action=(format!("{here}/add")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (TextInput::new("number", "Number").hint("As people will say it: 4, or 2a").width(kinfold_look::form::Width::Chars(5)).render(form))
                (Textarea::new("text", "What is to be done").rows(5).limit(LONGEST).render(form))
                (TextInput::new("from", "What it comes from (optional)").hint("A finding, a decision, a paragraph of a report").render(form))
                (TextInput::new("email", "E-mail address of the colleague who leads on it").email().hint("They are told, and write about its progress").render(form))
                (TextInput::new("post", "Or the post that leads on it").render(form))
                (DateInput::new("on", "Target date (optional)").hint("The last day on which it is in time").render(form))
                (TextInput::new("target", "Or the target in words").hint("For what has no day: “Ongoing”, “With the next contract”").render(form))
                (button_group(&[Button::main("Add it")], Some(("Cancel", &here))))
            }
        } }
    })
}

async fn added(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let on = form.read_date("on", "Target date", Required::No);
    let from = form.read_text_to("from", 300, Required::No, "");
    let value = |name: &str| form.value(name).to_owned();
    let new = NewRecommendation {
        number: value("number"),
        text: value("text"),
        email: value("email"),
        post: value("post"),
        target: value("target"),
        target_on: on,
        from,
        ..NewRecommendation::default()
    };
    let status = if form.has_errors() {
        axum::http::StatusCode::UNPROCESSABLE_ENTITY
    } else {
        match visit.casework().add_recommendation(&visit.actor, id, &new, form.value("key")).await {
            Ok(_) => return Ok(done(&visit.app, &plan_address(id), "The recommendation is added.")),
            Err(error) => refuse(&mut form, error)?,
        }
    };
    let page = visit.casework().plan(&visit.actor, id, None).await?;
    Ok((status, draw_add(&visit, &page, &form)).into_response())
}

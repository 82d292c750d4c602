//! All action plans, and making one.

use axum::extract::State as Held;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::Action;
use kinfold_casework::authority::{NewPlan, PlanFile, PlanLine, PlansPage};
use kinfold_casework::record::form_key;
use kinfold_look::card::empty;
use kinfold_look::form::{
    Button, FormState, Radios, Select, TextInput, Textarea, button_group, button_link, csrf_field,
    error_summary, hidden,
};
use kinfold_look::state::State;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::{Strand, plan_address, tabs};
use crate::App;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let edit = For::Authority(Action::EditPlans);
    vec![
        get("/plans", For::Authority(Action::ViewPlans), show),
        get("/plans/new", edit, new),
        post("/plans/new", edit, make),
        post("/plans/take-up", edit, take_up),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().plans(&visit.actor).await?;
    let mut around = frame(&visit, "Action plans");
    around.wide = true;
    Ok(around.render(&html! {
        (tabs(Strand::Plans))
        h1.govuk-heading-l { "Action plans" }
        p.kf-lead { "What the authority said it would do for the children it looks after, who leads on it, and how far it has got." }
        @if page.may_edit { p class="kf-screen-only" { (button_link("Make a plan", "/plans/new", true)) } }
        @if page.plans.is_empty() {
            (empty("No plan yet", "Plans appear here when the director, a head of service, a commissioner or the panel’s clerk makes one.", None))
        } @else { (table(&page)) }
    }))
}

fn table(page: &PlansPage) -> Table {
    let columns = [
        Column::new("Plan"),
        Column::new("Answers for it"),
        Column::figures("Recommendations"),
        Column::figures("Still to do"),
        Column::new("Late"),
        Column::new("Next progress report"),
    ];
    Table::new("Action plans", columns).caption_hidden().rows(page.plans.iter().map(|line| row(page, line)))
}

fn row(page: &PlansPage, line: &PlanLine) -> Row {
    let plan = &line.plan;
    let row = Row::new()
        .cell(html! { a.govuk-link href=(plan_address(plan.id)) { (plan.title) } })
        .cell(&line.owner)
        .cell(plan.recommendations.len())
        .cell(plan.open())
        .cell(html! { @if line.late == 0 { "None" } @else { (State::Late.saying(&format!("{} late", line.late))) } })
        .cell(report_due(line.report_due, page.today));
    if line.late > 0 { row.late() } else { row }
}

/// When the next report is due, and whether it is late.
pub(super) fn report_due(due: Option<jiff::civil::Date>, today: jiff::civil::Date) -> Markup {
    html! {
        @match due {
            None => "None asked for",
            Some(on) if on < today => { (State::Late.saying("Late")) " by " (date::short_element(on)) }
            Some(on) => { "by " (date::short_element(on)) }
        }
    }
}

async fn new(visit: Visit) -> Reply<Markup> {
    let files = visit.casework().plan_files(&visit.actor)?;
    let form = FormState::new().with("key", form_key()).with("report_months", "6");
    Ok(draw(&visit, &files, &form))
}

fn draw(visit: &Visit, files: &[PlanFile], form: &FormState) -> Markup {
    let mut around = frame(visit, "Make a plan");
    around.back = Some(("Action plans".to_owned(), "/plans".to_owned()));
    around.has_errors = form.has_errors();
    let months =
        [("6", "Every 6 months"), ("3", "Every 3 months"), ("12", "Every year"), ("0", "None asked for")];
    let choices =
        files.iter().map(|f| (f.id.clone(), format!("{} ({} recommendations)", f.title, f.recommendations)));
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Make a plan" }
            p.govuk-body { "You answer for the plan that you make. Name no child in it: whoever works here reads it, and it goes to the panel and to scrutiny." }
            form method="post" action="/plans/new" novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (TextInput::new("title", "Title").render(form))
                (TextInput::new("source", "Where its recommendations come from (optional)").hint("A review, an inspection, a self-assessment, a decision of the panel").render(form))
                (Textarea::new("about", "What it is about (optional)").rows(4).render(form))
                (Select::new("report_months", "Progress reports", months).render(form))
                (button_group(&[Button::main("Make the plan")], Some(("Cancel", "/plans"))))
            }
            @if !files.is_empty() {
                h2.govuk-heading-m { "Or take up a plan from the guidance" }
                p.govuk-body { "An example to learn from, or one your council has written as a file. It comes with everything the file holds: target dates, progress and what the panel said." }
                form method="post" action="/plans/take-up" novalidate {
                    (csrf_field(visit.actor.csrf()))
                    (hidden("key", form.value("key")))
                    (Radios::new("file", "Plan", choices.map(|(id, title)| kinfold_look::form::Choice::new(id, title))).render(form))
                    (Button::secondary("Take it up"))
                }
            }
        } }
    })
}

async fn make(Held(app): Held<App>, Sent { visit, mut form }: Sent) -> Reply {
    let new = NewPlan {
        title: form.value("title").to_owned(),
        about: form.value("about").to_owned(),
        source: form.value("source").to_owned(),
        report_months: form.value("report_months").parse().unwrap_or(6),
        ..NewPlan::default()
    };
    match visit.casework().make_plan(&visit.actor, &new, form.value("key")).await {
        Ok(plan) => Ok(done(&app, &plan_address(plan), "The plan is made. Add its recommendations.")),
        Err(error) => again(&visit, &mut form, error),
    }
}

async fn take_up(Held(app): Held<App>, Sent { visit, mut form }: Sent) -> Reply {
    match visit.casework().take_up_plan(&visit.actor, form.value("file"), form.value("key")).await {
        Ok(plan) => Ok(done(&app, &plan_address(plan), "The plan is taken up.")),
        Err(error) => again(&visit, &mut form, error),
    }
}

fn again(visit: &Visit, form: &mut FormState, error: kinfold_casework::Error) -> Reply<Response> {
    let status: StatusCode = refuse(form, error)?;
    let files = visit.casework().plan_files(&visit.actor)?;
    if form.value("key").is_empty() {
        *form = std::mem::take(form).with("key", form_key());
    }
    Ok((status, draw(visit, &files, form)).into_response())
}

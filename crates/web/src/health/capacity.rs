//! Clinics against need: whether the assessments of the coming quarter find a slot.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_casework::health::{Capacity, Clinic};
use kinfold_casework::{Action, Error};
use kinfold_look::form::{Button, FormState, TextInput, Width, csrf_field, error_summary};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, State, date, html};

use super::queue::{Here, team_tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

/// Empty rows offered beside the clinics there are.
const MORE: usize = 2;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/health/clinics", For::Authority(Action::ViewHealthQueue), show),
        post("/health/clinics", For::Authority(Action::SetHealthClinics), send),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let capacity = visit.casework().health_capacity(&visit.actor).await?;
    let mut form = FormState::new();
    for (i, clinic) in capacity.clinics.iter().enumerate() {
        form = form
            .with(format!("name-{i}"), clinic.name.clone())
            .with(format!("slots-{i}"), clinic.slots.to_string())
            .with(format!("minutes-{i}"), clinic.minutes.to_string());
    }
    Ok(draw(&visit, &capacity, &form))
}

fn draw(visit: &Visit, capacity: &Capacity, form: &FormState) -> Markup {
    let mut around = frame(visit, "Clinics and need");
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "Clinics and need" }
        (team_tabs(Here::Clinics))
        (words(capacity))
        (weeks(capacity))
        (clinics(visit, capacity, form))
    })
}

fn words(capacity: &Capacity) -> Markup {
    let (need, slots) =
        (capacity.need(), capacity.slots() * i64::try_from(capacity.weeks.len()).unwrap_or(0));
    html! {
        p.kf-lead {
            (need) @if need == 1 { " assessment is" } @else { " assessments are" } " due in the coming 13 weeks"
            @if capacity.late > 0 { ", " (capacity.late) " of them late already" } "."
        }
        @if capacity.clinics.is_empty() {
            p.govuk-body { "Nobody has said yet how many children the clinics can see." @if !capacity.may_change { " The health administrator enters it here." } }
        } @else {
            p.govuk-body {
                "The clinics can see " strong { (slots) } ": "
                @if need > slots { (State::Late.saying(&format!("{} too few", need - slots))) } @else { (State::OnTime.saying("enough")) }
            }
            @if let Some(tenths) = capacity.tenths_of_hours_for_100() {
                p.govuk-body { "Time for 100 children: " (tenths / 10) "." (tenths % 10) " hours a week, with reports." }
            }
        }
    }
}

fn weeks(capacity: &Capacity) -> Markup {
    let columns = [
        Column::new("Week from"),
        Column::figures("Due"),
        Column::figures("Slots"),
        Column::figures("Waiting at its end"),
    ];
    html! {
        h2.govuk-heading-m { "Week by week" }
        (Table::new("Week by week", columns).caption_hidden().dense().rows(capacity.weeks.iter().map(|week| {
            let row = Row::new().cell(date::short(week.from)).cell(week.due).cell(week.slots).cell(week.behind);
            if week.behind > 0 && !capacity.clinics.is_empty() { row.late() } else { row }
        })))
    }
}

fn clinics(visit: &Visit, capacity: &Capacity, form: &FormState) -> Markup {
    html! {
        h2.govuk-heading-m { "The clinics" }
        @if capacity.may_change {
            form method="post" action="/health/clinics" novalidate {
                (csrf_field(visit.actor.csrf()))
                @for i in 0..capacity.clinics.len() + MORE {
                    fieldset.govuk-fieldset {
                        legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { "Clinic " (i + 1) }
                        (TextInput::new(format!("name-{i}"), "What it is called").autocomplete("off").render(form))
                        (TextInput::new(format!("slots-{i}"), "Children it can see in a week").figures().width(Width::Chars(3)).render(form))
                        (TextInput::new(format!("minutes-{i}"), "Minutes for one assessment with its report").figures().width(Width::Chars(3)).render(form))
                    }
                }
                p.govuk-hint { "Empty the name of a clinic that is no more." }
                (Button::main("Save the clinics"))
            }
        } @else if capacity.clinics.is_empty() {
            p.govuk-body { "None yet." }
        } @else {
            (Table::new("The clinics", [Column::new("Clinic"), Column::figures("Children a week"), Column::figures("Minutes each")]).caption_hidden().dense().rows(capacity.clinics.iter().map(|clinic| {
                Row::new().cell(html! { (clinic.name) }).cell(clinic.slots).cell(clinic.minutes)
            })))
        }
    }
}

/// The clinics of a form: rows without a name are no clinic.
fn read(form: &mut FormState) -> Vec<Clinic> {
    let mut clinics = Vec::new();
    for i in 0..40 {
        let (name, slots, minutes) = (format!("name-{i}"), format!("slots-{i}"), format!("minutes-{i}"));
        let called = form.value(&name).trim().to_owned();
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let (slots_of, minutes_of) = (number(form.value(&slots)), number(form.value(&minutes)));
        if called.is_empty() {
            if !form.value(&slots).trim().is_empty() {
                form.error(name, "Give this clinic a name, or empty its slots");
            }
            continue;
        }
        if !slots_of.is_some_and(|n| (1..=500).contains(&n)) {
            form.error(slots, "Children in a week are a number from 1 to 500");
        }
        if !minutes_of.is_some_and(|n| (5..=480).contains(&n)) {
            form.error(minutes, "Minutes are a number from 5 to 480");
        }
        if let (Some(slots), Some(minutes)) = (slots_of, minutes_of) {
            clinics.push(Clinic { name: called, slots, minutes });
        }
    }
    clinics
}

async fn send(Sent { visit, mut form }: Sent) -> Reply {
    let clinics = read(&mut form);
    if !form.has_errors() {
        match visit.casework().set_health_clinics(&visit.actor, &clinics).await {
            Ok(()) => return Ok(done(&visit.app, "/health/clinics", "The clinics are saved.")),
            Err(Error::Invalid(problems)) => problems.into_iter().for_each(|p| form.form_error(p.message)),
            Err(error) => return Err(error.into()),
        }
    }
    let capacity = visit.casework().health_capacity(&visit.actor).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &capacity, &form)).into_response())
}

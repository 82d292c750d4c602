//! Who decides what, for those who record it: the list, and a form that takes several decisions at once.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use kinfold_casework::carers::{Decision, DecisionsPage};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error, NewEntry};
use kinfold_look::form::{
    Button, Checkboxes, Choice, DateInput, FormState, Required, Select, TextInput, button_group, csrf_field,
    error_summary, hidden,
};
use kinfold_look::{Markup, html};
use kinfold_record::{ChildId, Event};
use smol_str::SmolStr;

use super::decisions::list;
use super::wrong;
use crate::child::bar::{Here, bar, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/decisions", For::Child(Action::ViewChronology), show),
        get("/children/{child}/decisions/record", For::Child(Action::ViewChronology), ask),
        post("/children/{child}/decisions/record", For::Child(Action::ViewChronology), record),
    ]
}

/// Whom a decision is talked over with.
const CONSULTED: [&str; 6] = [
    "young_person",
    "parent",
    "foster_carer",
    "social_worker",
    "supervising_social_worker",
    "reviewing_officer",
];

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().decisions(&visit.actor, child).await?;
    let mut around = frame(&visit, "Who decides what");
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    around.back = Some(("Back to the child’s page".to_owned(), format!("/children/{child}")));
    let form = format!("/children/{child}/decisions/record");
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Who decides what" }
        (tabs(&page.handle, Here::Carers))
        p.govuk-body { "Delegated authority for the home the child lives in now, decision by decision. The carer reads the same list in their own space." }
        @if page.undecided > 0 { p.govuk-body { strong { (page.undecided) } " not decided for this home." } }
        @if page.records && page.undecided > 0 {
            p.govuk-body { a class="govuk-button" href=(form) role="button" draggable="false" { "Record the decisions still open" } }
        }
        (list(&page, |decision| html! {
            @if page.records {
                p.govuk-body { a.govuk-link href=(format!("{form}?only={}", decision.code)) {
                    @if decision.decides.is_some() { "Change" } @else { "Record" }
                    span.govuk-visually-hidden { ": " (decision.title) }
                } }
            }
        }))
    }))
}

/// The decisions a form asks about: one, or all that are open.
fn asked<'p>(page: &'p DecisionsPage, only: &str) -> Vec<&'p Decision> {
    let all = page.areas.iter().flat_map(|a| &a.decisions);
    if only.is_empty() {
        all.filter(|d| d.decides.is_none()).collect()
    } else {
        all.filter(|d| d.code == only).collect()
    }
}

async fn page_to_record(visit: &Visit, child: ChildId) -> Reply<DecisionsPage> {
    let page = visit.casework().decisions(&visit.actor, child).await?;
    if page.records { Ok(page) } else { Err(Error::Absent.into()) }
}

async fn ask(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = page_to_record(&visit, child).await?;
    let only = visit.query.value("only");
    let mut form = FormState::new()
        .with("key", form_key())
        .with("seen-version", page.handle.version.to_string())
        .with("only", only)
        .with_date("from", page.today);
    if let [one] = asked(&page, only).as_slice() {
        form = form
            .with(format!("who-{}", one.code), one.decides.as_deref().unwrap_or(""))
            .with(format!("how-{}", one.code), one.conditions.as_deref().unwrap_or(""));
    }
    Ok(draw(&visit, &page, &form))
}

fn draw(visit: &Visit, page: &DecisionsPage, form: &FormState) -> Markup {
    let (child, book) = (page.handle.id(), &page.book);
    let options = |list: &str| -> Vec<(String, String)> {
        let codes = book.guidance.codes.list(list).map(|l| l.on(page.today)).into_iter().flatten();
        codes.map(|c| (c.code.to_string(), c.title.to_string())).collect()
    };
    let decisions = asked(page, form.value("only"));
    let mut around = frame(visit, "Record who decides");
    around.bar = Some(bar(&page.handle, &page.timeline, book, page.today));
    around.back = Some(("Who decides what".to_owned(), format!("/children/{child}/decisions")));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "Record who decides" }
        @if decisions.is_empty() {
            p.govuk-body { "Every decision is recorded for this home. Choose “Change” beside one of them to record it anew." }
        } @else {
            form method="post" action=(format!("/children/{child}/decisions/record")) novalidate {
                (csrf_field(visit.actor.csrf()))
                @for name in ["key", "seen-version", "only"] { (hidden(name, form.value(name))) }
                (DateInput::new("from", "From which day does it hold?").hint("For example, 27 3 2026").render(form))
                (Select::new("source", "Where was it agreed?", options("delegation_source")).empty("Choose").render(form))
                (Checkboxes::new("consulted", "Who was asked about it?", CONSULTED.map(|code| Choice::new(code, book.guidance.codes.title("circle_role", code)))).small().render(form))
                @if decisions.len() > 1 { p.govuk-body { "Leave open what is not decided yet." } }
                @for decision in &decisions {
                    fieldset.govuk-fieldset {
                        legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { (decision.title) }
                        (Select::new(format!("who-{}", decision.code), "Who decides?", options("decides")).empty("Not decided yet").render(form))
                        (TextInput::new(format!("how-{}", decision.code), "On what conditions?").render(form))
                    }
                }
                @if let [one] = decisions.as_slice() {
                    (TextInput::new("said", "What did the child say about it?").render(form))
                    (DateInput::new("again", "Look at it again on").hint(format!("Only if a day is agreed for “{}”", one.title)).render(form))
                }
                (button_group(&[Button::main("Record")], Some(("Cancel", &format!("/children/{child}/decisions")))))
            }
        }
    })
}

fn read(page: &DecisionsPage, form: &mut FormState) -> Vec<NewEntry> {
    let from = form.read_date("from", "The day it holds from", Required::Yes);
    let again = form.read_date("again", "The day to look at it again", Required::No);
    let some = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    let said = some(form.value("said"));
    let source = some(form.value("source")).map(SmolStr::from);
    let consulted: Vec<SmolStr> = form.values("consulted").iter().map(SmolStr::from).collect();
    let decided: Vec<(SmolStr, SmolStr, Option<String>)> = asked(page, form.value("only"))
        .into_iter()
        .filter_map(|d| {
            let who = some(form.value(&format!("who-{}", d.code)))?;
            Some((d.code.clone(), who.into(), some(form.value(&format!("how-{}", d.code)))))
        })
        .collect();
    if decided.is_empty() {
        form.form_error("Say of at least one decision who makes it.");
    }
    let Some(from) = from else { return Vec::new() };
    let entry = |(decision, decides, conditions): (SmolStr, SmolStr, Option<String>)| {
        NewEntry::on(
            from,
            Event::DelegationDecided {
                decision,
                decides,
                conditions,
                consulted: Some(consulted.clone()).filter(|c| !c.is_empty()),
                source: source.clone(),
                child_words: said.clone(),
                review_on: again,
            },
        )
    };
    decided.into_iter().map(entry).collect()
}

async fn record(Path(child): Path<ChildId>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let page = page_to_record(&visit, child).await?;
    let new = read(&page, &mut form);
    if !form.has_errors() {
        let seen = form.value("seen-version").parse().unwrap_or(page.handle.version);
        let key = form.value("key").to_owned();
        match visit.casework().record(&visit.actor, child, seen, &key, new).await {
            Ok(_) => {
                return Ok(done(
                    &visit.app,
                    &format!("/children/{child}/decisions"),
                    "Recorded. The carer reads it in their own space.",
                ));
            }
            Err(Error::Conflict { current }) => {
                form = form.with("seen-version", current.to_string());
                form.form_error("Somebody recorded something else meanwhile. Look through it once more and choose “Record” again; nothing you typed is lost.");
                return Ok((StatusCode::CONFLICT, draw(&visit, &page, &form)).into_response());
            }
            Err(error) => wrong(&mut form, error)?,
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form)).into_response())
}

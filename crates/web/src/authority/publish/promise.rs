//! Promises of a pledge: what is promised, what keeping it means, and what tells whether it is kept.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::plan::Plan;
use kinfold_casework::authority::publish::publication::{DraftPromise, PromiseTest};
use kinfold_casework::authority::publish::{NewPromise, PublicationPage};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_guidance::PaperKind;
use kinfold_look::form::{Button, Choice, FormState, Radios, Select, TextInput, Width};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::address;
use super::parts::{editable, fresh};
use crate::authority::form::{FormPage, press, seen};
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let edit = For::Authority(Action::EditPlans);
    vec![
        get("/publications/{publication}/add-promise", edit, add),
        post("/publications/{publication}/add-promise", edit, added),
        get("/publications/{publication}/promises/{promise}", edit, change),
        post("/publications/{publication}/promises/{promise}", edit, changed),
    ]
}

async fn pledge(visit: &Visit, id: Uuid) -> Reply<PublicationPage> {
    let page = editable(visit, id).await?;
    if page.publication.paper == PaperKind::Pledge { Ok(page) } else { Err(Error::Absent.into()) }
}

async fn add(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = pledge(&visit, id).await?;
    let form = fresh(&page).with("test", "measure").with("way", "at_least");
    draw(&visit, &page, None, &form, None).await
}

async fn change(visit: Visit, Path((id, promise)): Path<(Uuid, Uuid)>) -> Reply<Markup> {
    let page = pledge(&visit, id).await?;
    let found = page.publication.promise(promise).ok_or(Error::Absent)?;
    let form = fresh(&page).with("text", found.text.clone()).with("means", found.means.clone());
    let form = match &found.test {
        PromiseTest::Judgement => form.with("test", "judgement"),
        PromiseTest::Measure { measure, at_least, at_most } => {
            let (way, figure) = match (at_least, at_most) {
                (Some(figure), _) => ("at_least", figure.to_string()),
                (None, figure) => ("at_most", figure.map(|f| f.to_string()).unwrap_or_default()),
            };
            form.with("test", "measure")
                .with("measure", measure.as_str())
                .with("way", way)
                .with("figure", figure)
        }
        PromiseTest::Action { plan, recommendation } => {
            form.with("test", "action").with("action", format!("{plan} {recommendation}"))
        }
    };
    draw(&visit, &page, Some(found), &form, None).await
}

fn choices(plans: &[Plan]) -> Vec<(String, String)> {
    let one = |plan: &Plan| {
        let own = plan.recommendations.iter().map(|r| {
            let text: String = r.text.lines().next().unwrap_or_default().chars().take(80).collect();
            (format!("{} {}", plan.id, r.item), format!("{} {}: {text}", plan.title, r.number))
        });
        own.collect::<Vec<_>>()
    };
    plans.iter().flat_map(one).collect()
}

async fn draw(
    visit: &Visit,
    of: &PublicationPage,
    promise: Option<&DraftPromise>,
    form: &FormState,
    conflict: Option<Markup>,
) -> Reply<Markup> {
    let here = address(of.publication.id);
    let action = promise
        .map_or_else(|| format!("{here}/add-promise"), |promise| format!("{here}/promises/{}", promise.item));
    let page = FormPage {
        title: if promise.is_some() { "Edit a promise" } else { "Add a promise" },
        about: &of.publication.title,
        action: &action,
        back: ("The draft", &here),
        button: "Save",
        upload: false,
    };
    let plans = visit.casework().plans(&visit.actor).await?;
    let plans: Vec<Plan> = plans.plans.into_iter().map(|line| line.plan).collect();
    let by_measure = html! {
        (Select::new("measure", "Measure", of.measures.iter().cloned()).empty("Choose").render(form))
        (Radios::new("way", "It is kept when the figure is", [Choice::new("at_least", "at least"), Choice::new("at_most", "at most")]).inline().render(form))
        (TextInput::new("figure", "Figure").hint("As the measure is written: 90 for 90%").width(Width::Chars(5)).figures().render(form))
    };
    let by_action = html! { (Select::new("action", "Action", choices(&plans)).empty("Choose").render(form)) };
    let tests = [
        Choice::new("measure", "A figure").reveal(by_measure),
        Choice::new("action", "An action of a plan, once it is done").reveal(by_action),
        Choice::new("judgement", "Nothing is counted: people say"),
    ];
    let fields = html! {
        (TextInput::new("text", "What is promised").hint("Short words, to the children it is made to").render(form))
        (TextInput::new("means", "What keeping it means").hint("So that a child can tell whether it was kept").render(form))
        (Radios::new("test", "What tells whether it is kept", tests).render(form))
    };
    let before = html! {
        @if let Some(conflict) = conflict { (conflict) }
        @if let Some(promise) = promise {
            (press(visit, &format!("{here}/parts/{}/out", promise.item), &form_key(), seen(form), &Button::warning("Take the promise out")))
        }
    };
    Ok(page.draw(visit, form, &before, &fields))
}

/// What was typed; `None` when it makes no sense, and the form says so.
fn read(form: &mut FormState) -> Option<NewPromise> {
    let test = match form.value("test") {
        "judgement" => PromiseTest::Judgement,
        "measure" => {
            let typed = form.value("figure").trim().trim_end_matches('%').to_owned();
            let Some(figure) =
                typed.parse::<f64>().ok().filter(|f| f.is_finite() && (0.0..=100_000.0).contains(f))
            else {
                form.error("figure", "Enter a figure, such as 90");
                return None;
            };
            let least = form.value("way") != "at_most";
            PromiseTest::Measure {
                measure: form.value("measure").into(),
                at_least: least.then_some(figure),
                at_most: (!least).then_some(figure),
            }
        }
        "action" => {
            let (plan, recommendation) = form.value("action").split_once(' ').unwrap_or_default();
            PromiseTest::Action {
                plan: plan.parse().unwrap_or_default(),
                recommendation: recommendation.parse().unwrap_or_default(),
            }
        }
        _ => {
            form.error("test", "Choose what tells whether it is kept");
            return None;
        }
    };
    let value = |name: &str| form.value(name).to_owned();
    Some(NewPromise { text: value("text"), means: value("means"), test })
}

async fn added(Path(id): Path<Uuid>, sent: Sent) -> Reply<Response> {
    save(id, None, sent).await
}

async fn changed(Path((id, promise)): Path<(Uuid, Uuid)>, sent: Sent) -> Reply<Response> {
    save(id, Some(promise), sent).await
}

async fn save(id: Uuid, promise: Option<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let page = pledge(&visit, id).await?;
    let found = promise.map(|item| page.publication.promise(item).ok_or(Error::Absent)).transpose()?;
    let Some(new) = read(&mut form) else {
        let drawn = draw(&visit, &page, found, &form, None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, drawn).into_response());
    };
    let key = form.value("key").to_owned();
    match visit.casework().write_promise(&visit.actor, (id, promise), seen(&form), &new, &key).await {
        Ok(()) => Ok(done(&visit.app, &address(id), "The promise stands in the draft.")),
        Err(Error::Conflict { current }) => {
            let page = pledge(&visit, id).await?;
            let now = promise.and_then(|item| page.publication.promise(item)).ok_or(Error::Absent)?;
            let conflict =
                both(format!("{}\n{}", now.text, now.means), format!("{}\n{}", new.text, new.means));
            let form = crate::authority::change::with(form, "seen", current.to_string());
            let drawn = draw(&visit, &page, Some(now), &form, Some(conflict)).await?;
            Ok((StatusCode::CONFLICT, drawn).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &page, found, &form, None).await?).into_response())
        }
    }
}

//! Changing a plan as a whole: its title, what it is about, who answers for it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::{PlanHead, PlanPage};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::form::{FormState, TextInput, Textarea};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::form::{FormPage, seen};
use super::plan::LONGEST;
use super::plan_address;
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let edit = For::Authority(Action::EditPlans);
    vec![get("/plans/{plan}/change", edit, form_of), post("/plans/{plan}/change", edit, send)]
}

async fn form_of(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().plan(&visit.actor, id, None).await?;
    let form = FormState::new()
        .with("key", form_key())
        .with("seen", page.plan.version.to_string())
        .with("title", page.plan.title.clone())
        .with("about", page.plan.about.clone().unwrap_or_default());
    Ok(draw(&visit, &page, &form, None))
}

fn draw(visit: &Visit, of: &PlanPage, form: &FormState, conflict: Option<Markup>) -> Markup {
    let here = plan_address(of.plan.id);
    let page = FormPage {
        title: "Change the plan",
        about: &of.plan.title,
        action: &format!("{here}/change"),
        back: ("The plan", &here),
        button: "Save",
        upload: false,
    };
    let owner = of.name(Some(of.plan.owner)).to_owned();
    let fields = html! {
        (TextInput::new("title", "Title").render(form))
        (Textarea::new("about", "What it is about (optional)").rows(4).limit(LONGEST).render(form))
        (TextInput::new("email", "E-mail address of whoever answers for it from now on (optional)").email().hint(format!("{owner} does now. Leave it empty to keep it so; whoever is named is told.")).render(form))
    };
    page.draw(visit, form, &html! { @if let Some(conflict) = conflict { (conflict) } }, &fields)
}

async fn send(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let value = |name: &str| form.value(name).to_owned();
    let new = PlanHead { title: value("title"), about: value("about"), email: value("email") };
    let (at, key) = (seen(&form), value("key"));
    match visit.casework().change_plan_head(&visit.actor, id, at, &new, &key).await {
        Ok(()) => Ok(done(&visit.app, &plan_address(id), "The plan is changed.")),
        Err(Error::Conflict { current }) => {
            let page = visit.casework().plan(&visit.actor, id, None).await?;
            let about = page.plan.about.clone().unwrap_or_default();
            let saved = format!("{}\n{about}\n{}", page.plan.title, page.name(Some(page.plan.owner)));
            let conflict = both(saved, format!("{}\n{}\n{}", new.title, new.about, new.email));
            let form = super::change::with(form, "seen", current.to_string());
            Ok((StatusCode::CONFLICT, draw(&visit, &page, &form, Some(conflict))).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            let page = visit.casework().plan(&visit.actor, id, None).await?;
            Ok((status, draw(&visit, &page, &form, None)).into_response())
        }
    }
}

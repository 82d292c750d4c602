//! Sections of a draft: added, edited, taken out.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::publish::publication::DraftSection;
use kinfold_casework::authority::publish::{NewSection, PublicationPage};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::form::{Button, Checkboxes, Choice, FormState, TextInput, Textarea};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::address;
use crate::authority::form::{FormPage, press, seen};
use crate::authority::plan::LONGEST;
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let edit = For::Authority(Action::EditPlans);
    vec![
        get("/publications/{publication}/add", edit, add),
        post("/publications/{publication}/add", edit, added),
        get("/publications/{publication}/sections/{passage}", edit, change),
        post("/publications/{publication}/sections/{passage}", edit, changed),
        post("/publications/{publication}/parts/{passage}/out", edit, out),
    ]
}

/// The draft, for those who edit it.
pub(super) async fn editable(visit: &Visit, id: Uuid) -> Reply<PublicationPage> {
    let page = visit.casework().publication(&visit.actor, id).await?;
    if page.may_edit { Ok(page) } else { Err(Error::Absent.into()) }
}

/// A form with a key and the version of the draft.
pub(super) fn fresh(page: &PublicationPage) -> FormState {
    FormState::new().with("key", form_key()).with("seen", page.publication.version.to_string())
}

async fn add(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = editable(&visit, id).await?;
    Ok(draw(&visit, &page, None, &fresh(&page), None))
}

async fn change(visit: Visit, Path((id, section)): Path<(Uuid, Uuid)>) -> Reply<Markup> {
    let page = editable(&visit, id).await?;
    let found = page.publication.section(section).ok_or(Error::Absent)?;
    let measures: Vec<&str> = found.measures.iter().map(|measure| measure.as_str()).collect();
    let form = fresh(&page)
        .with("heading", found.heading.clone())
        .with("text", found.text.clone())
        .with_all("measures", measures);
    Ok(draw(&visit, &page, Some(found), &form, None))
}

fn draw(
    visit: &Visit,
    of: &PublicationPage,
    section: Option<&DraftSection>,
    form: &FormState,
    conflict: Option<Markup>,
) -> Markup {
    let here = address(of.publication.id);
    let action =
        section.map_or_else(|| format!("{here}/add"), |section| format!("{here}/sections/{}", section.item));
    let page = FormPage {
        title: if section.is_some() { "Edit a section" } else { "Add a section" },
        about: &of.publication.title,
        action: &action,
        back: ("The draft", &here),
        button: "Save",
        upload: false,
    };
    let measures = of.measures.iter().map(|(id, title)| Choice::new(id.as_str(), title.as_str()));
    let fields = html! {
        (TextInput::new("heading", "Heading").render(form))
        (Textarea::new("text", "Text").hint("A line is a paragraph; a line that starts with “- ” is a point of a list. Name nobody: it will be public.").rows(16).limit(LONGEST).render(form))
        (Checkboxes::new("measures", "Figures that stand in it", measures).small().render(form))
    };
    let before = html! {
        @if let Some(conflict) = conflict { (conflict) }
        @if let Some(section) = section {
            (press(visit, &format!("{here}/parts/{}/out", section.item), &form_key(), seen(form), &Button::warning("Take the section out")))
        }
    };
    page.draw(visit, form, &before, &fields)
}

async fn added(Path(id): Path<Uuid>, sent: Sent) -> Reply<Response> {
    save(id, None, sent).await
}

async fn changed(Path((id, section)): Path<(Uuid, Uuid)>, sent: Sent) -> Reply<Response> {
    save(id, Some(section), sent).await
}

async fn save(id: Uuid, section: Option<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let page = editable(&visit, id).await?;
    let found = section.map(|item| page.publication.section(item).ok_or(Error::Absent)).transpose()?;
    let new = NewSection {
        heading: form.value("heading").to_owned(),
        text: form.value("text").to_owned(),
        measures: form.values("measures").to_vec(),
    };
    let key = form.value("key").to_owned();
    match visit.casework().write_section(&visit.actor, (id, section), seen(&form), &new, &key).await {
        Ok(()) => Ok(done(&visit.app, &address(id), "The draft is changed.")),
        Err(Error::Conflict { current }) => {
            let page = editable(&visit, id).await?;
            let now = section.and_then(|item| page.publication.section(item)).ok_or(Error::Absent)?;
            let conflict =
                both(format!("{}\n{}", now.heading, now.text), format!("{}\n{}", new.heading, new.text));
            let form = crate::authority::change::with(form, "seen", current.to_string());
            let drawn = draw(&visit, &page, Some(now), &form, Some(conflict));
            Ok((StatusCode::CONFLICT, drawn).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &page, found, &form, None)).into_response())
        }
    }
}

async fn out(Path((id, part)): Path<(Uuid, Uuid)>, Sent { visit, form }: Sent) -> Reply<Response> {
    editable(&visit, id).await?;
    let answer =
        visit.casework().take_out_part(&visit.actor, (id, part), seen(&form), form.value("key")).await;
    let words = match answer {
        Ok(()) => "It is taken out of the draft. What was published keeps it.",
        Err(Error::Conflict { .. }) => {
            "Somebody else changed it meanwhile, so that it stays. Look at it first."
        }
        Err(error) => return Err(error.into()),
    };
    Ok(done(&visit.app, &address(id), words))
}

//! Items of the agenda: put on, changed, taken off.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::panel::meeting::AgendaItem;
use kinfold_casework::authority::panel::{DRAWS, NewItem};
use kinfold_casework::{Action, Error};
use kinfold_guidance::outline::Draw;
use kinfold_look::form::{Button, Checkboxes, Choice, FormState, Select, TextInput, Textarea};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::address;
use super::meeting::{changeable, draw_words, fresh};
use crate::authority::form::{FormPage, press, seen};
use crate::authority::frozen::file_words;
use crate::authority::plan::LONGEST;
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let run = For::Authority(Action::RunPanel);
    vec![
        get("/panel/{meeting}/add", run, add),
        post("/panel/{meeting}/add", run, added),
        get("/panel/{meeting}/items/{item}", run, change),
        post("/panel/{meeting}/items/{item}", run, changed),
        post("/panel/{meeting}/items/{item}/off", run, off),
    ]
}

async fn add(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = changeable(&visit, id).await?;
    draw(&visit, id, None, &fresh(&page), None).await
}

fn filled(form: FormState, item: &AgendaItem) -> FormState {
    let draws: Vec<&str> = item.draws.iter().map(|draw| draw.as_str()).collect();
    form.with("title", item.title.clone())
        .with("text", item.text.clone().unwrap_or_default())
        .with_all("draws", draws)
        .with("publication", item.publication.map(|id| id.to_string()).unwrap_or_default())
}

async fn change(visit: Visit, Path((id, item)): Path<(Uuid, Uuid)>) -> Reply<Markup> {
    let page = changeable(&visit, id).await?;
    let found = page.meeting.item(item).ok_or(Error::Absent)?;
    let form = filled(fresh(&page), found);
    draw(&visit, id, Some(found), &form, None).await
}

async fn draw(
    visit: &Visit,
    id: Uuid,
    item: Option<&AgendaItem>,
    form: &FormState,
    conflict: Option<Markup>,
) -> Reply<Markup> {
    let here = address(id);
    let action = item.map_or_else(|| format!("{here}/add"), |item| format!("{here}/items/{}", item.item));
    let page = FormPage {
        title: if item.is_some() { "Change an item" } else { "Add an item" },
        about: "Agenda of the panel",
        action: &action,
        back: ("The meeting", &here),
        button: "Save",
        upload: false,
    };
    let papers = visit.casework().publications(&visit.actor).await?;
    let papers =
        papers.lines.into_iter().map(|line| (line.publication.id.to_string(), line.publication.title));
    let draws = DRAWS.map(|draw| Choice::new(draw.as_str(), upper_first(draw_words(draw))));
    let fields = html! {
        (TextInput::new("title", "Title").render(form))
        (Textarea::new("text", "What is to be said or read (optional)").hint("A report can be typed here. A line that starts with “- ” is a point of a list. Name no child.").rows(8).limit(LONGEST).render(form))
        (Checkboxes::new("draws", "What the pack tells from the record", draws).render(form))
        (Select::new("publication", "A report, strategy, pledge or offer laid before the panel (optional)", papers).empty("None").render(form))
    };
    let before = html! {
        @if let Some(conflict) = conflict { (conflict) }
        @if let Some(item) = item {
            @for paper in &item.papers {
                p.govuk-body { (paper.title) " (" (file_words(&paper.media, paper.size)) ")" }
                (press(visit, &format!("{action}/paper/{}/away", paper.file), &kinfold_casework::record::form_key(), seen(form), &Button::secondary("Take the document away")))
            }
            @if item.minute.is_none() && item.decisions.is_empty() {
                (press(visit, &format!("{action}/off"), &kinfold_casework::record::form_key(), seen(form), &Button::warning("Take it off the agenda")))
            }
        }
    };
    Ok(page.draw(visit, form, &before, &fields))
}

fn upper_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn read(form: &FormState) -> NewItem {
    NewItem {
        title: form.value("title").to_owned(),
        text: form.value("text").to_owned(),
        draws: form.values("draws").iter().filter_map(|name| Draw::parse(name)).collect(),
        publication: form.value("publication").parse().ok(),
    }
}

async fn added(Path(id): Path<Uuid>, sent: Sent) -> Reply<Response> {
    save(id, None, sent).await
}

async fn changed(Path((id, item)): Path<(Uuid, Uuid)>, sent: Sent) -> Reply<Response> {
    save(id, Some(item), sent).await
}

async fn save(id: Uuid, item: Option<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let page = changeable(&visit, id).await?;
    let found = item.map(|item| page.meeting.item(item).cloned().ok_or(Error::Absent)).transpose()?;
    let (new, seen, key) = (read(&form), seen(&form), form.value("key").to_owned());
    match visit.casework().put_item(&visit.actor, (id, item), seen, &new, &key).await {
        Ok(()) => Ok(done(&visit.app, &address(id), "The agenda is changed.")),
        Err(Error::Conflict { current }) => {
            let page = changeable(&visit, id).await?;
            let now = item.and_then(|item| page.meeting.item(item)).ok_or(Error::Absent)?;
            let saved = format!("{}\n{}", now.title, now.text.clone().unwrap_or_default());
            let conflict = both(saved, format!("{}\n{}", new.title, new.text));
            let form = crate::authority::change::with(form, "seen", current.to_string());
            let drawn = draw(&visit, id, Some(now), &form, Some(conflict)).await?;
            Ok((StatusCode::CONFLICT, drawn).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, id, found.as_ref(), &form, None).await?).into_response())
        }
    }
}

async fn off(Path((id, item)): Path<(Uuid, Uuid)>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let page = changeable(&visit, id).await?;
    let found = page.meeting.item(item).ok_or(Error::Absent)?;
    let key = form.value("key").to_owned();
    match visit.casework().take_item_off(&visit.actor, (id, item), &key).await {
        Ok(()) => Ok(done(&visit.app, &address(id), "It is off the agenda.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            let mut shown = filled(fresh(&page), found);
            form.errors().iter().for_each(|problem| shown.form_error(problem.message.clone()));
            Ok((status, draw(&visit, id, Some(found), &shown, None).await?).into_response())
        }
    }
}

//! Members' visits to homes and services, and events they attended.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::panel::{NewVisit, Visit as Seen, VisitKind, VisitsPage};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::card::empty;
use kinfold_look::form::{Choice, DateInput, FormState, Radios, Required, TextInput, Textarea, button_link};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use crate::authority::form::{FormPage, seen};
use crate::authority::frozen::prose;
use crate::authority::plan::LONGEST;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

const ALL: &str = "/panel/visits";

pub(super) fn routes() -> Vec<Route> {
    let write = For::Authority(Action::CommentAsPanel);
    vec![
        get("/panel/visits", For::Authority(Action::ViewPlans), show),
        get("/panel/visits/new", write, new),
        post("/panel/visits/new", write, add),
        get("/panel/visits/{visit}", write, change),
        post("/panel/visits/{visit}", write, changed),
        get("/panel/visits/{visit}/withdraw", write, withdraw),
        post("/panel/visits/{visit}/withdraw", write, withdrawn),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().visits(&visit.actor).await?;
    let mut around = frame(&visit, "Members’ visits and events");
    around.back = Some(("The panel".to_owned(), "/panel".to_owned()));
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Members’ visits and events" }
        p.kf-lead { "Whom members of the panel visited, what they attended, and what they learnt." }
        @if page.may_add { p class="kf-screen-only" { (button_link("Write down a visit", "/panel/visits/new", true)) } }
        @if page.visits.is_empty() {
            (empty("No visit yet", "Councillors and the panel’s clerk write down what members saw.", None))
        }
        @for of in &page.visits { (drawn(&page, of)) }
    }))
}

fn drawn(page: &VisitsPage, of: &Seen) -> Markup {
    let may = page.may_run || (page.may_add && of.by == Some(page.me));
    html! {
        h2.govuk-heading-m { (of.place) }
        div.kf-read {
            p.govuk-hint { (of.what.title()) ", " (date::long(of.on)) ". " (of.members) }
            (prose(&of.text))
            p class="govuk-body-s" {
                "Written down by " (of.name) "."
                @if may {
                    " " span class="kf-screen-only" {
                        a.govuk-link href=(format!("{ALL}/{}", of.id)) { "Put it right" span.govuk-visually-hidden { ": " (of.place) } } " · "
                        a.govuk-link href=(format!("{ALL}/{}/withdraw", of.id)) { "Withdraw it" span.govuk-visually-hidden { ": " (of.place) } }
                    }
                }
            }
        }
    }
}

/// A visit that this person may change.
async fn own(visit: &Visit, id: Uuid) -> Reply<Seen> {
    let page = visit.casework().visits(&visit.actor).await?;
    let may = |of: &Seen| page.may_run || (page.may_add && of.by == Some(page.me));
    let found = page.visits.iter().find(|of| of.id == id && may(of)).cloned();
    Ok(found.ok_or(Error::Absent)?)
}

/// Only for those who write visits down.
async fn writes(visit: &Visit) -> Reply<()> {
    let page = visit.casework().visits(&visit.actor).await?;
    if page.may_add { Ok(()) } else { Err(Error::Absent.into()) }
}

async fn new(visit: Visit) -> Reply<Markup> {
    writes(&visit).await?;
    let form = FormState::new().with("key", form_key()).with("members", visit.actor.name());
    Ok(draw(&visit, None, &form, None))
}

async fn change(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let of = own(&visit, id).await?;
    let form = FormState::new()
        .with("key", form_key())
        .with("seen", of.version.to_string())
        .with_date("on", of.on)
        .with("what", of.what.code())
        .with("place", of.place.clone())
        .with("members", of.members.clone())
        .with("text", of.text.clone());
    Ok(draw(&visit, Some(id), &form, None))
}

fn draw(visit: &Visit, id: Option<Uuid>, form: &FormState, conflict: Option<Markup>) -> Markup {
    let action = id.map_or_else(|| format!("{ALL}/new"), |id| format!("{ALL}/{id}"));
    let page = FormPage {
        title: if id.is_some() { "Put a visit right" } else { "Write down a visit" },
        about: "Corporate parenting panel",
        action: &action,
        back: ("Visits and events", ALL),
        button: "Save",
        upload: false,
    };
    let kinds = VisitKind::ALL.map(|kind| Choice::new(kind.code(), kind.title()));
    let fields = html! {
        (Radios::new("what", "What was visited", kinds).render(form))
        (TextInput::new("place", "Which one").hint("As everybody calls it. A home with so few children that one could be known stays unnamed.").render(form))
        (DateInput::new("on", "Day").render(form))
        (TextInput::new("members", "Which members were there").render(form))
        (Textarea::new("text", "What they saw and learnt").hint("Name no child, and tell nothing from which one could be known.").rows(8).limit(LONGEST).render(form))
    };
    page.draw(visit, form, &html! { @if let Some(conflict) = conflict { (conflict) } }, &fields)
}

async fn add(sent: Sent) -> Reply<Response> {
    // Before the day is looked at: a refusal of it would tell those who may not write that there is a form here.
    writes(&sent.visit).await?;
    save(None, sent).await
}

async fn changed(Path(id): Path<Uuid>, sent: Sent) -> Reply<Response> {
    own(&sent.visit, id).await?;
    save(Some(id), sent).await
}

async fn save(id: Option<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let on = form.read_date("on", "Day", Required::Yes);
    let value = |name: &str| form.value(name).to_owned();
    let status = match on {
        None => StatusCode::UNPROCESSABLE_ENTITY,
        Some(on) => {
            let what = VisitKind::parse(form.value("what"));
            let new =
                NewVisit { on, what, place: value("place"), members: value("members"), text: value("text") };
            let at = id.map(|id| (id, seen(&form)));
            match visit.casework().write_visit(&visit.actor, at, &new, form.value("key")).await {
                Ok(()) => return Ok(done(&visit.app, ALL, "The visit is written down.")),
                Err(Error::Conflict { current }) => {
                    let now = own(&visit, id.unwrap_or_default()).await?;
                    let conflict =
                        both(format!("{}\n{}", now.place, now.text), format!("{}\n{}", new.place, new.text));
                    let form = crate::authority::change::with(form, "seen", current.to_string());
                    return Ok(
                        (StatusCode::CONFLICT, draw(&visit, id, &form, Some(conflict))).into_response()
                    );
                }
                Err(error) => refuse(&mut form, error)?,
            }
        }
    };
    Ok((status, draw(&visit, id, &form, None)).into_response())
}

async fn withdraw(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let of = own(&visit, id).await?;
    let form = FormState::new().with("key", form_key()).with("seen", of.version.to_string());
    Ok(draw_withdraw(&visit, &of, &form))
}

fn draw_withdraw(visit: &Visit, of: &Seen, form: &FormState) -> Markup {
    let page = FormPage {
        title: "Withdraw a visit",
        about: &of.place,
        action: &format!("{ALL}/{}/withdraw", of.id),
        back: ("Visits and events", ALL),
        button: "Withdraw it",
        upload: false,
    };
    page.draw(visit, form, &html! {}, &html! { (Textarea::new("reason", "Why").rows(3).render(form)) })
}

async fn withdrawn(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let of = own(&visit, id).await?;
    let (reason, key, at) = (form.value("reason").to_owned(), form.value("key").to_owned(), seen(&form));
    match visit.casework().withdraw_visit(&visit.actor, (id, at), &reason, &key).await {
        Ok(()) => Ok(done(&visit.app, ALL, "The visit is withdrawn.")),
        Err(Error::Conflict { .. }) => {
            Ok(done(&visit.app, ALL, "Somebody changed it meanwhile. Look at it first."))
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_withdraw(&visit, &of, &form)).into_response())
        }
    }
}

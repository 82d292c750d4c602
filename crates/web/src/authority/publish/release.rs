//! Publishing a draft: from then on that version stays as it is, and everybody can read it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::publish::PublicationPage;
use kinfold_casework::{Action, Error};
use kinfold_look::banner::warning;
use kinfold_look::form::{FormState, Textarea};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::address;
use super::parts::fresh;
use crate::authority::form::{FormPage, seen};
use crate::authority::frozen::plain_day;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let publish = For::Authority(Action::Publish);
    vec![
        get("/publications/{publication}/publish", publish, form_of),
        post("/publications/{publication}/publish", publish, send),
    ]
}

/// The draft, for those who publish.
pub(super) async fn publishable(visit: &Visit, id: Uuid) -> Reply<PublicationPage> {
    let page = visit.casework().publication(&visit.actor, id).await?;
    if page.may_publish { Ok(page) } else { Err(Error::Absent.into()) }
}

async fn form_of(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = publishable(&visit, id).await?;
    Ok(draw(&visit, &page, &fresh(&page), false))
}

fn draw(visit: &Visit, of: &PublicationPage, form: &FormState, changed: bool) -> Markup {
    let (publication, here) = (&of.publication, address(of.publication.id));
    let page = FormPage {
        title: "Publish it",
        about: &publication.title,
        action: &format!("{here}/publish"),
        back: ("The draft", &here),
        button: "Publish it",
        upload: false,
    };
    let before = html! {
        @if changed { (warning("Somebody changed the draft while you were looking at it. Read it again before you publish it.")) }
        p.govuk-body { "Everybody can read it then, without signing in, as a page and as a PDF. This version stays as it is for ever; a correction is a new version that says so." }
        ul class="govuk-list govuk-list--bullet" {
            li { "Nobody is named in it, and nothing tells who somebody is." }
            li { "Its figures are as they may be published: small numbers are hidden." }
            @if let Some((on, _)) = &publication.figures { li { "They are those of " (plain_day(*on)) "." } }
        }
    };
    let fields = html! {
        @if publication.latest().is_some() {
            (Textarea::new("corrects", "What differs from the version before, and why").hint("It stands at the head of the new version.").rows(3).render(form))
        }
    };
    page.draw(visit, form, &before, &fields)
}

async fn send(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let (corrects, key) = (form.value("corrects").to_owned(), form.value("key").to_owned());
    match visit.casework().publish(&visit.actor, id, seen(&form), &corrects, &key).await {
        Ok(number) => {
            let to = format!("/published/{id}/versions/{number}");
            Ok(done(&visit.app, &to, "It is published. This version stays as it is."))
        }
        Err(Error::Conflict { current }) => {
            let page = publishable(&visit, id).await?;
            let form = crate::authority::change::with(form, "seen", current.to_string());
            Ok((StatusCode::CONFLICT, draw(&visit, &page, &form, true)).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            let page = publishable(&visit, id).await?;
            Ok((status, draw(&visit, &page, &form, false)).into_response())
        }
    }
}

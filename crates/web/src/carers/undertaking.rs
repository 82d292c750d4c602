//! The confidentiality undertaking: read, promised, signed.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use kinfold_casework::carers::UndertakingPage;
use kinfold_casework::{Action, Error};
use kinfold_look::banner::inset;
use kinfold_look::form::{
    Button, Checkboxes, Choice, FormState, TextInput, csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, date, html};
use kinfold_record::ChildId;

use super::wrong;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/caring/{child}/undertaking", For::Child(Action::KeepLog), show),
        post("/caring/{child}/undertaking", For::Child(Action::KeepLog), sign),
    ]
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().undertaking(&visit.actor, child).await?;
    Ok(draw(&visit, child, &page, &FormState::new()))
}

fn draw(visit: &Visit, child: ChildId, page: &UndertakingPage, form: &FormState) -> Markup {
    let words = &page.words;
    let mut around = frame(visit, &words.title);
    around.back = Some(("Back to my home".to_owned(), "/caring".to_owned()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.kf-read {
            (error_summary(form))
            h1.govuk-heading-l { (words.title) }
            @if page.changed {
                (inset(&html! { p.govuk-body { "You signed this before. The words have changed since, so we ask you again." } }))
            }
            p.govuk-body-l { (words.intro) }
            p.govuk-body { "This is about " strong { (page.child) } "." }
            ul class="govuk-list govuk-list--bullet" { @for promise in &words.promises { li { (promise) } } }
            @match page.signed {
                Some(on) => {
                    p.govuk-body { strong { "You signed this on " (date::long(on)) "." } }
                    p.govuk-body { a.govuk-link href=(format!("/caring/{child}")) { "Go on to " (page.child) } }
                },
                None => {
                    form method="post" action=(format!("/caring/{child}/undertaking")) novalidate {
                        (csrf_field(visit.actor.csrf()))
                        (hidden("words", &words.id))
                        (hidden("version", &words.version.to_string()))
                        (Checkboxes::new("promised", "Do you promise this?", [Choice::new("yes", words.confirm.clone())]).render(form))
                        (TextInput::new("name", "Your name").hint("Typing your name here counts as signing. Today’s date is put beside it.").autocomplete("name").render(form))
                        (Button::main("Sign it"))
                    }
                },
            }
        }
    })
}

async fn sign(Path(child): Path<ChildId>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let seen = (form.value("words").to_owned(), form.value("version").parse().unwrap_or(0));
    let promised = form.holds("promised", "yes");
    let result = visit
        .casework()
        .sign_undertaking(&visit.actor, child, (&seen.0, seen.1), promised, form.value("name"))
        .await;
    match result {
        Ok(()) => Ok(done(&visit.app, &format!("/caring/{child}"), "Thank you. It is signed.")),
        Err(Error::Conflict { .. }) => {
            form.form_error("The words have changed while you were reading. Read them again, please.");
            again(&visit, child, form, StatusCode::CONFLICT).await
        }
        Err(error) => {
            wrong(&mut form, error)?;
            again(&visit, child, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

async fn again(visit: &Visit, child: ChildId, form: FormState, status: StatusCode) -> Reply<Response> {
    let page = visit.casework().undertaking(&visit.actor, child).await?;
    Ok((status, draw(visit, child, &page, &form)).into_response())
}

//! Adding a person, and changing their name and how to reach them.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_casework::accounts::{Account, Details, NewGrant};
use kinfold_casework::{Action, Error};
use kinfold_look::form::{Button, FormState, TextInput, button_group, csrf_field, error_summary, hidden};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::roles::{grant_fields, read_grant};
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ManageAccounts);
    vec![
        get("/admin/people/new", whom, new),
        post("/admin/people/new", whom, add),
        get("/admin/people/{person}/change", whom, change),
        post("/admin/people/{person}/change", whom, save),
    ]
}

fn fields(form: &FormState) -> Markup {
    html! {
        (TextInput::new("name", "Full name").autocomplete("off").render(form))
        (TextInput::new("email", "E-mail address").email().hint("They sign in with it").autocomplete("off").render(form))
        (TextInput::new("phone", "Telephone (if known)").telephone().autocomplete("off").render(form))
    }
}

fn details(form: &FormState) -> Details {
    Details {
        name: form.value("name").to_owned(),
        email: form.value("email").to_owned(),
        phone: Some(form.value("phone").to_owned()),
    }
}

async fn new(visit: Visit) -> Reply<Markup> {
    let form = FormState::new().with_date("from", visit.casework().today());
    draw_new(&visit, &form).await
}

async fn draw_new(visit: &Visit, form: &FormState) -> Reply<Markup> {
    let teams = visit.casework().teams_page(&visit.actor).await?;
    let mut around = frame(visit, "Add a person");
    around.back = Some(("Back to people".to_owned(), "/admin".to_owned()));
    around.has_errors = form.has_errors();
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Add a person" }
            p.govuk-body { "Give a first password on the next page; until then nobody can sign in with the account." }
            form method="post" action="/admin/people/new" novalidate {
                (csrf_field(visit.actor.csrf()))
                (fields(form))
                h2.govuk-heading-m { "Their first role" }
                (grant_fields(&teams, form))
                (button_group(&[Button::main("Add the person")], Some(("Cancel", "/admin"))))
            }
        } }
    }))
}

async fn add(Sent { visit, mut form }: Sent) -> Reply {
    let grant: Option<NewGrant> = read_grant(&mut form);
    if let Some(grant) = grant.filter(|_| !form.has_errors()) {
        match visit.casework().add_account(&visit.actor, &details(&form), &[grant]).await {
            Ok(id) => {
                return Ok(done(
                    &visit.app,
                    &format!("/admin/people/{id}"),
                    "The account is made. Give a first password so that the person can sign in.",
                ));
            }
            Err(error) => {
                let status = refuse(&mut form, error)?;
                return Ok((status, draw_new(&visit, &form).await?).into_response());
            }
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw_new(&visit, &form).await?).into_response())
}

async fn change(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let account = visit.casework().account_page(&visit.actor, id).await?.account;
    let form = FormState::new()
        .with("name", account.name.clone())
        .with("email", account.email.clone())
        .with("phone", account.phone.clone().unwrap_or_default())
        .with("version", account.version.to_string());
    Ok(draw_change(&visit, id, &form, None))
}

fn draw_change(visit: &Visit, id: Uuid, form: &FormState, note: Option<Markup>) -> Markup {
    let back = format!("/admin/people/{id}");
    let mut around = frame(visit, "Change an account");
    around.back = Some(("Back to the account".to_owned(), back.clone()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "Change name and contact" }
        @if let Some(note) = note { (note) }
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            form method="post" action=(format!("{back}/change")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("version", form.value("version")))
                (fields(form))
                (button_group(&[Button::main("Save")], Some(("Cancel", &back))))
            }
        } }
    })
}

/// An account in lines, to be compared.
fn told(name: &str, email: &str, phone: &str) -> String {
    format!("Name: {name}\nE-mail address: {email}\nTelephone: {phone}")
}

async fn save(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply {
    let version = form.value("version").parse().unwrap_or(0);
    match visit.casework().change_account(&visit.actor, id, version, &details(&form)).await {
        Ok(()) => Ok(done(&visit.app, &format!("/admin/people/{id}"), "Saved.")),
        Err(Error::Conflict { current }) => {
            let saved: Account = visit.casework().account_page(&visit.actor, id).await?.account;
            let note = both(
                told(&saved.name, &saved.email, saved.phone.as_deref().unwrap_or("")),
                told(form.value("name"), form.value("email"), form.value("phone")),
            );
            let form = form.with("version", current.to_string());
            Ok((StatusCode::CONFLICT, draw_change(&visit, id, &form, Some(note))).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_change(&visit, id, &form, None)).into_response())
        }
    }
}

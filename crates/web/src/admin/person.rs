//! One account: what it holds, and switching it off or on, giving a first password, resetting the second step.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::accounts::AccountPage;
use kinfold_casework::rows::RoleGrantRow;
use kinfold_casework::{Action, Error};
use kinfold_look::banner::warning;
use kinfold_look::card::empty;
use kinfold_look::form::{Button, FormState, csrf_field, error_summary, hidden};
use kinfold_look::summary::{Fact, summary_card};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::people::role_words;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ManageAccounts);
    vec![
        get("/admin/people/{person}", whom, show),
        post("/admin/people/{person}/off", whom, off),
        post("/admin/people/{person}/on", whom, on),
        post("/admin/people/{person}/first-password", whom, first_password),
        post("/admin/people/{person}/second-step", whom, second_step),
    ]
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().account_page(&visit.actor, id).await?;
    Ok(draw(&visit, &page, &FormState::new()))
}

fn draw(visit: &Visit, page: &AccountPage, form: &FormState) -> Markup {
    let account = &page.account;
    let base = format!("/admin/people/{}", account.id);
    let own = visit.actor.person().0 == account.id;
    let mut around = frame(visit, "A person’s account");
    around.back = Some(("Back to people".to_owned(), "/admin".to_owned()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { (account.name) }
        @if account.off_since.is_some() { (warning("This account is switched off. Nobody can sign in with it.")) }
        (summary_card("Account", &[("Change", &format!("{base}/change"))], &facts(page)))
        h2.govuk-heading-m { "Roles" }
        (roles(page, &base, own))
        @if own {
            p.govuk-body { "This is your own account. Another administrator changes its roles, switches it off or resets it. Your password is on " a.govuk-link href="/account" { "your account page" } "." }
        } @else {
            p.govuk-body { a.govuk-link href=(format!("{base}/roles/new")) { "Give another role" } }
            h2.govuk-heading-m { "Signing in" }
            (acts(visit, page, &base))
        }
    })
}

fn facts(page: &AccountPage) -> Vec<Fact> {
    let account = &page.account;
    let password = if !account.has_password {
        "None yet: give a first password"
    } else if page.must_change_password {
        "Given, to be changed at the first sign-in"
    } else {
        "Chosen by the person"
    };
    let day = |at| kinfold_casework::clock::day(at);
    vec![
        Fact::new("E-mail address", html! { (account.email) }),
        Fact::new(
            "Telephone",
            html! { @match &account.phone { Some(phone) => (phone), None => (date::unknown()) } },
        ),
        Fact::new(
            "Account",
            html! {
                @match account.off_since {
                    Some(at) => { "Switched off " (date::short(day(at))) }
                    None => { "On since " (date::short(day(account.made_at))) }
                }
            },
        ),
        Fact::new("Password", html! { (password) }),
        Fact::new(
            "Second step",
            html! { @if account.has_second_factor { "Set up" } @else { "To be set up at the next sign-in" } },
        ),
        Fact::new(
            "Signed in now",
            html! { @match page.sessions { 0 => "No", 1 => "In one place", n => { "In " (n) " places" } } },
        ),
    ]
}

fn roles(page: &AccountPage, base: &str, own: bool) -> Markup {
    if page.grants.is_empty() {
        return empty("No role yet", "Without a role a person can sign in but sees nothing.", None);
    }
    let running = |g: &RoleGrantRow| g.to_on.is_none_or(|to| page.today < to);
    let row = |grant: &RoleGrantRow| {
        Row::new()
            .cell(html! { (role_words(grant, &page.teams)) })
            .cell(html! { (date::short(grant.from_on)) })
            .cell(html! { @match grant.to_on { Some(to) => (date::short(to)), None => "Lasts" } })
            .cell(html! {
                @if running(grant) && !own {
                    a.govuk-link href=(format!("{base}/roles/{}/end", grant.id)) { "End" span.govuk-visually-hidden { " the role " (role_words(grant, &page.teams)) } }
                }
            })
    };
    let columns = vec![
        Column::new("Role"),
        Column::new("From"),
        Column::new("Until (not included)"),
        Column::unlabelled("Change"),
    ];
    html! { (Table::new("Roles, newest first", columns).caption_hidden().dense().rows(page.grants.iter().map(row))) }
}

fn acts(visit: &Visit, page: &AccountPage, base: &str) -> Markup {
    let account = &page.account;
    let version = account.version.to_string();
    let act = |path: &str, words: &str, explain: &str, button: Button| {
        html! {
            form method="post" action=(format!("{base}/{path}")) {
                h3.govuk-heading-s { (words) }
                p.govuk-body { (explain) }
                (csrf_field(visit.actor.csrf()))
                (hidden("version", &version))
                (button)
            }
        }
    };
    html! {
        @if account.off_since.is_none() {
            (act("first-password", "Give a first password",
                "For somebody new, or who has forgotten theirs. It is shown to you once; they must change it when they sign in. They are signed out everywhere.",
                Button::secondary("Give a first password")))
            (act("second-step", "Reset the second step",
                "For somebody whose telephone is lost. They set the second step up again when they next sign in. They are signed out everywhere.",
                Button::secondary("Reset the second step")))
            (act("off", "Switch the account off",
                "They are signed out at once and cannot sign in. What they recorded stays. Their roles stay too, so end those that are over.",
                Button::warning("Switch off")))
        } @else {
            (act("on", "Switch the account on", "They can sign in again with the roles above.", Button::secondary("Switch on")))
        }
    }
}

async fn off(path: Path<Uuid>, sent: Sent) -> Reply {
    switch(path.0, sent, true).await
}

async fn on(path: Path<Uuid>, sent: Sent) -> Reply {
    switch(path.0, sent, false).await
}

async fn switch(id: Uuid, Sent { visit, form }: Sent, off: bool) -> Reply {
    let version = form.value("version").parse().unwrap_or(0);
    match visit.casework().switch_account(&visit.actor, id, version, off).await {
        Ok(()) => {
            let words = if off {
                "The account is switched off. Every session has ended."
            } else {
                "The account is switched on."
            };
            Ok(done(&visit.app, &format!("/admin/people/{id}"), words))
        }
        Err(error) => again(&visit, id, error).await,
    }
}

/// The page again with what was refused.
async fn again(visit: &Visit, id: Uuid, error: Error) -> Reply<Response> {
    let mut form = FormState::new();
    let status = match error {
        Error::Conflict { .. } => {
            form.form_error("Somebody else changed this account while you were looking at it. It is shown as it is now: choose again if you still want to.");
            StatusCode::CONFLICT
        }
        error => refuse(&mut form, error)?,
    };
    let page = visit.casework().account_page(&visit.actor, id).await?;
    Ok((status, draw(visit, &page, &form)).into_response())
}

async fn first_password(Path(id): Path<Uuid>, Sent { visit, .. }: Sent) -> Reply {
    let password = match visit.casework().give_first_password(&visit.actor, id).await {
        Ok(password) => password,
        Err(error) => return again(&visit, id, error).await,
    };
    let back = format!("/admin/people/{id}");
    let mut around = frame(&visit, "First password");
    around.back = Some(("Back to the account".to_owned(), back));
    let body = html! {
        h1.govuk-heading-l { "First password" }
        p.govuk-body { "Tell this to the person yourself, face to face or by telephone. It is shown only now." }
        p class="govuk-body-l kf-reference" translate="no" { (password) }
        p.govuk-body { "They must choose their own when they sign in. If it is lost, give another one." }
    };
    Ok(around.render(&body).into_response())
}

async fn second_step(Path(id): Path<Uuid>, Sent { visit, .. }: Sent) -> Reply {
    match visit.casework().reset_second_factor(&visit.actor, id).await {
        Ok(()) => Ok(done(
            &visit.app,
            &format!("/admin/people/{id}"),
            "The second step is reset. It is set up again at the next sign-in.",
        )),
        Err(error) => again(&visit, id, error).await,
    }
}

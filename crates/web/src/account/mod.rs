//! One's own account: roles, password, where one is signed in.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_access::{Code, roles};
use kinfold_casework::Action;
use kinfold_casework::own_account::OwnSession;
use kinfold_look::banner::important_banner;
use kinfold_look::form::{Button, FormState, PasswordInput, button_group, csrf_field, error_summary, hidden};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use crate::frame::frame;
use crate::help::role_link;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/account", For::SignedIn, show),
        get("/account/password", For::SignedIn, password),
        post("/account/password", For::SignedIn, change),
        post("/account/sessions/end", For::SignedIn, end),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let sessions = visit.casework().own_sessions(&visit.actor).await?;
    let actor = &visit.actor;
    let held: Vec<_> = roles().filter(|r| actor.has(r.role)).collect();
    // A child has no work and no administrator: they have people to ask.
    let young = crate::me::is_young(actor);
    let mut facts = vec![
        Fact::new("Name", html! { (actor.name()) }),
        Fact::new("E-mail address", html! { (actor.email()) }),
        Fact::new("Password", html! { "Only you know it" }).link(
            "Change",
            "/account/password",
            "your password",
        ),
    ];
    if !young {
        facts.push(Fact::new("You work for", html! { (actor.purpose().title()) }));
    }
    let others = sessions.iter().filter(|s| !s.this).count();
    Ok(frame(&visit, "Your account").render(&html! {
        h1.govuk-heading-l { "Your account" }
        (summary_list(&facts))
        @if young {
            p.govuk-body { "Is this wrong? " a.govuk-link href="/me/say/words?topic=question" { "Tell us" } }
        } @else {
            p.govuk-body { "If your name, address or roles are not right, tell whoever administers Kinfold for " (visit.casework().settings().authority) "." }
            h2.govuk-heading-m { "Your roles" }
        }
        @if young {
            p.govuk-body { a.govuk-link href="/help" { "Help" } }
        } @else if held.is_empty() {
            p.govuk-body { "You hold no role today, so there is nothing to see. An administrator gives roles." }
        } @else {
            dl.govuk-list {
                @for role in &held { dt { strong { (role_link(role.role.as_str())) } } dd { (role.sentence) } }
            }
            p.govuk-body { a.govuk-link href="/roles" { "Who does what in Kinfold" } " · " a.govuk-link href="/help" { "Help for your role" } }
        }
        @if actor.may().has(Action::CalendarFeed) {
            h2.govuk-heading-m { "Calendar" }
            p.govuk-body { a.govuk-link href="/account/calendar" { "Have what is due from you in your calendar" } }
        }
        h2.govuk-heading-m { "Where you are signed in" }
        (Table::new("Where you are signed in", vec![Column::new("Since"), Column::new("Last used"), Column::new("Ends at the latest"), Column::unlabelled("End")])
            .caption_hidden().dense().rows(sessions.iter().map(|s| row(&visit, s))))
        @if others > 0 {
            form method="post" action="/account/sessions/end" {
                (csrf_field(actor.csrf()))
                (Button::secondary("Sign out everywhere else"))
            }
        }
    }))
}

fn row(visit: &Visit, session: &OwnSession) -> Row {
    let words = |at| {
        let when = kinfold_casework::chronology::recorded_words(at);
        html! { (date::short_element(when.date())) ", " span.kf-nowrap { (date::time(when.time())) } }
    };
    Row::new()
        .cell(html! { (words(session.since)) @if session.this { " (here)" } })
        .cell(html! { (words(session.last_used)) })
        .cell(html! { (words(session.until)) })
        .cell(html! {
            @if !session.this {
                form method="post" action="/account/sessions/end" {
                    (csrf_field(visit.actor.csrf()))
                    (hidden("session", &session.handle))
                    button class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" type="submit" { "Sign out" span.govuk-visually-hidden { " the one since " (words(session.since)) } }
                }
            }
        })
}

async fn end(Sent { visit, form }: Sent) -> Reply {
    let which = form.value("session").to_owned();
    let one = (!which.is_empty()).then_some(which.as_str());
    visit.casework().end_own_sessions(&visit.actor, one).await?;
    let words = if one.is_some() { "That session has ended." } else { "You are signed out everywhere else." };
    Ok(done(&visit.app, "/account", words))
}

async fn password(visit: Visit) -> Markup {
    draw(&visit, &FormState::new())
}

fn draw(visit: &Visit, form: &FormState) -> Markup {
    let given = visit.actor.must_change_password();
    let mut around = frame(visit, "Change your password");
    around.has_errors = form.has_errors();
    if given {
        around.nav.clear();
        around.quick_search = None;
    } else {
        around.back = Some(("Back to your account".to_owned(), "/account".to_owned()));
    }
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            @if given { (important_banner(&html! { p.govuk-notification-banner__heading { "Your password was given to you by somebody else. Choose one that only you know; then you can go on." } })) }
            h1.govuk-heading-l { "Change your password" }
            form method="post" action="/account/password" novalidate {
                (csrf_field(visit.actor.csrf()))
                (PasswordInput::current("password", if given { "The password you were given" } else { "Your password now" }).render(form))
                (PasswordInput::chosen("new_password", "New password").hint("At least 12 characters. Three or four unrelated words are easy to keep in mind").render(form))
                (button_group(&[Button::main("Change the password")], (!given).then_some(("Cancel", "/account"))))
            }
        } }
    })
}

async fn change(Sent { visit, mut form }: Sent) -> Reply {
    let (old, new) = (form.value("password").to_owned(), form.value("new_password").to_owned());
    if !old.is_empty() && old == new {
        form.error("new_password", "Choose a password that you have not had");
    }
    let status = if form.has_errors() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        match visit.casework().change_password(&visit.actor, &old, &new).await {
            Ok(()) => {
                return Ok(done(
                    &visit.app,
                    "/account",
                    "Your password is changed. Other places where you were signed in are signed out.",
                ));
            }
            Err(error) => refuse(&mut form, error)?,
        }
    };
    // A password is never sent back to the page.
    let form = form.with("password", "").with("new_password", "");
    Ok((status, draw(&visit, &form)).into_response())
}

//! What was made for people outside about one child: waiting for a second person, out, read, refused, taken back.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::chronology::recorded_words;
use kinfold_casework::sending::{CopyLine, CopyStanding, CopyView, SendingPage};
use kinfold_casework::{Action, Error};
use kinfold_look::banner::inset;
use kinfold_look::card::empty;
use kinfold_look::form::{Button, FormState, Textarea, csrf_field, error_summary};
use kinfold_look::page::Page;
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, State, date, html};
use kinfold_record::ChildId;
use uuid::Uuid;

use super::{reads, weighed};
use crate::child::bar::bar;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let (sends, releases) = (For::Child(Action::AskOutside), For::Child(Action::ReleaseSensitive));
    vec![
        get("/children/{child}/sending", sends, list),
        get("/children/{child}/sending/{copy}", sends, show),
        post("/children/{child}/sending/{copy}/release", releases, release),
        post("/children/{child}/sending/{copy}/refuse", releases, refuse_it),
        post("/children/{child}/sending/{copy}/back", sends, take_back),
    ]
}

type At = (ChildId, Uuid);

fn around(visit: &Visit, page: &SendingPage, title: &str) -> Page {
    let mut around = frame(visit, title);
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    around
}

fn stands(line: &CopyLine) -> Markup {
    match line.standing {
        CopyStanding::Waiting => State::Stuck.saying("Waits for a second person"),
        CopyStanding::Refused => State::Late.saying("Not released"),
        CopyStanding::Out => State::Met.saying("Can be read"),
        CopyStanding::Ended => State::Excused.saying("Its time is over"),
        CopyStanding::TakenBack => State::Excused.saying("Taken back"),
    }
}

fn read(line: &CopyLine) -> Markup {
    html! {
        @match (line.looks, line.looked_at) {
            (0, _) | (_, None) => "Not read yet",
            (1, Some(at)) => { "Once, on " (date::long_with_time(recorded_words(at))) },
            (n, Some(at)) => { (n) " times, last on " (date::long_with_time(recorded_words(at))) },
        }
    }
}

async fn list(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().sent_copies(&visit.actor, child).await?;
    let mut around = around(&visit, &page, "Copies for people outside");
    around.back = Some(("The child".to_owned(), format!("/children/{child}")));
    let row = |line: &CopyLine| {
        Row::new()
            .cell(html! { a.govuk-link href=(format!("/children/{child}/sending/{}", line.id)) { (line.title) } br; "For " (line.name) })
            .cell(stands(line))
            .cell(html! { (date::short(line.ends_on)) })
            .cell(read(line))
    };
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Copies for people outside" }
        @if page.lines.is_empty() {
            (empty("Nothing was sent by a link", "A copy of a review’s record, or a health summary, is sent from its own page, once it was looked at.", None))
        } @else {
            (Table::new("Copies for people outside", ["Copy", "State", "Until", "Read"].map(Column::new)).caption_hidden().rows(page.lines.iter().map(row)))
        }
    }))
}

async fn show(visit: Visit, Path((child, id)): Path<At>) -> Reply<Markup> {
    let view = visit.casework().sent_copy(&visit.actor, child, id).await?;
    Ok(draw(&visit, &view, &FormState::new(), None))
}

/// One copy. `token` is the link's secret, in an invented council, for the page that answers its being sent.
pub(super) fn draw(visit: &Visit, view: &CopyView, form: &FormState, token: Option<&str>) -> Markup {
    let (page, line, body) = (&view.page, &view.line, &view.body);
    let child = page.handle.id();
    let here = format!("/children/{child}/sending/{}", line.id);
    let mut around = around(visit, page, "A copy for somebody outside");
    around.back = Some(("Copies for people outside".to_owned(), format!("/children/{child}/sending")));
    around.has_errors = form.has_errors();
    let mut facts = vec![
        Fact::new(
            "For",
            html! { (line.name) ", " (page.book.guidance.codes.title(&body.roles, &body.role)) br; (view.email) },
        ),
        Fact::new("State", stands(line)),
        Fact::new(
            "Made by",
            html! { (line.prepared_by.as_deref().unwrap_or("Not known")) ", " (date::long_with_time(recorded_words(line.prepared_at))) },
        ),
        Fact::new("Can be read until", date::long(line.ends_on)),
        Fact::new("Read", read(line)),
    ];
    if let Some(why) = &body.why {
        facts.push(Fact::new("Why it is sent", why.as_str()));
    }
    if let Some((by, at)) = &view.released {
        let by = by.as_deref().unwrap_or("Not known");
        facts.push(Fact::new("Released by", html! { (by) ", " (date::long_with_time(recorded_words(*at))) }));
    }
    if let Some((why, by)) = &view.refusal {
        facts.push(Fact::new("Not released", html! { (why) @if let Some(by) = by { br; (by) } }));
    }
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "A copy for somebody outside" }
        @if let Some(token) = token {
            (inset(&html! { p { "This is an invented council and nobody gets e-mail. The link is: " a.govuk-link href=(format!("/copy/{token}")) { "open it as its reader" } "." } }))
        }
        (summary_list(&facts))
        (inset(&html! { p { "What follows is exactly what they read, and nothing else." } }))
        h2.govuk-heading-l { (body.title) }
        (reads(body))
        (weighed(body))
        @if view.may_release {
            form class="kf-screen-only" method="post" action=(format!("{here}/release")) {
                h2.govuk-heading-m { "Release it, or say why not" }
                (csrf_field(visit.actor.csrf()))
                p.govuk-body { "With your release the link goes to " (view.email) " at once." }
                (Button::main("Release it"))
            }
            form class="kf-screen-only" method="post" action=(format!("{here}/refuse")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (Textarea::new("why", "Why it is not released").rows(2).limit(2000).render(form))
                (Button::secondary("Do not release it"))
            }
        }
        @if matches!(line.standing, CopyStanding::Out | CopyStanding::Waiting) {
            form class="kf-screen-only" method="post" action=(format!("{here}/back")) {
                (csrf_field(visit.actor.csrf()))
                (Button::warning("Take it back"))
            }
        }
    })
}

async fn release(Path((child, id)): Path<At>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    match visit.casework().release_copy(&visit.actor, child, id).await {
        Ok(token) => answer(&visit, (child, id), token.as_deref()).await,
        Err(error @ Error::Invalid(_)) => {
            refuse(&mut form, error)?;
            wrong(&visit, (child, id), &form).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn answer(visit: &Visit, (child, id): At, token: Option<&str>) -> Reply<Response> {
    if token.is_some() {
        let view = visit.casework().sent_copy(&visit.actor, child, id).await?;
        return Ok(draw(visit, &view, &FormState::new(), token).into_response());
    }
    Ok(done(
        &visit.app,
        &format!("/children/{child}/sending/{id}"),
        "It is released, and its link is on its way.",
    ))
}

async fn wrong(visit: &Visit, (child, id): At, form: &FormState) -> Reply<Response> {
    let view = visit.casework().sent_copy(&visit.actor, child, id).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(visit, &view, form, None)).into_response())
}

async fn refuse_it(Path((child, id)): Path<At>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let why = form.value("why").to_owned();
    match visit.casework().refuse_copy(&visit.actor, child, id, &why).await {
        Ok(()) => {
            let to = format!("/children/{child}/sending/{id}");
            Ok(done(&visit.app, &to, "It is not released. Who made it is told why."))
        }
        Err(error @ Error::Invalid(_)) => {
            refuse(&mut form, error)?;
            wrong(&visit, (child, id), &form).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn take_back(Path((child, id)): Path<At>, Sent { visit, .. }: Sent) -> Reply<Response> {
    visit.casework().take_copy_back(&visit.actor, child, id).await?;
    let to = format!("/children/{child}/sending/{id}");
    Ok(done(&visit.app, &to, "The link opens nothing any more."))
}

//! Say it, the later steps: pictures, drawings and recordings; reading it back; sending it.

use axum::extract::{DefaultBodyLimit, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use kinfold_casework::Error;
use kinfold_casework::me::SayPage;
use kinfold_look::form::{Button, FileUpload, FormState, csrf_field, error_summary, hidden};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::draw::{face, files, own_words};
use super::say::{also, drop_form, kept_safe, listed, reply_words};
use super::upload::OwnUpload;
use super::{own, words};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::upload::LARGEST_READ;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let mut add = post("/me/say/add", For::Own, add);
    add.handler = add.handler.layer(DefaultBodyLimit::max(LARGEST_READ));
    vec![
        get("/me/say/add", For::Own, add_page),
        add,
        post("/me/say/add/{file}/remove", For::Own, remove),
        get("/me/say/check", For::Own, check_page),
        post("/me/say/check", For::Own, send),
    ]
}

async fn add_page(visit: Visit) -> Reply<Response> {
    let page = visit.casework().say_page(&visit.actor).await?;
    if page.saying.topic.is_empty() {
        return Ok(Redirect::to("/me/say").into_response());
    }
    Ok(draw_add(&visit, &page, &FormState::new()).into_response())
}

fn draw_add(visit: &Visit, page: &SayPage, form: &FormState) -> Markup {
    let mut around = own(visit, "Add a picture or your voice");
    around.back = Some(("Back".to_owned(), "/me/say/words".to_owned()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1 class="govuk-heading-xl" { "Add a picture or your voice" }
        p class="govuk-body" { "You do not have to. Your words are safe." }
        (files(&page.files, |f| format!("/me/files/{}", f.id), |f| html! {
            form method="post" action=(format!("/me/say/add/{}/remove", f.id)) {
                (csrf_field(visit.actor.csrf()))
                button class="kf-link-button" type="submit" { "Take it out" }
            }
        }))
        form method="post" action="/me/say/add" enctype="multipart/form-data" novalidate data-kf-drawing {
            (csrf_field(visit.actor.csrf()))
            (FileUpload::new("file", "Pick a photo, a drawing or a sound").hint("It can be up to 25 MB.").accept("image/*,audio/*,video/mp4,video/webm,video/quicktime").render(form))
            (Button::secondary("Add it"))
        }
        p { a class="govuk-button" href="/me/say/who" role="button" draggable="false" { "Next" } }
        (drop_form(visit))
    })
}

async fn add(OwnUpload { visit, files }: OwnUpload) -> Reply<Response> {
    let mut form = FormState::new();
    if files.is_empty() {
        form.error("file", "Pick something first, or press “Next”");
    }
    for file in &files {
        match visit.casework().add_own_file(&visit.actor, file).await {
            Ok(_) => {}
            Err(Error::Invalid(problems)) => {
                for problem in problems {
                    form.error(problem.field, problem.message);
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    if !form.has_errors() {
        return Ok(done(&visit.app, "/me/say/add", "It is added."));
    }
    let page = visit.casework().say_page(&visit.actor).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw_add(&visit, &page, &form)).into_response())
}

async fn remove(Path(file): Path<Uuid>, Sent { visit, .. }: Sent) -> Reply<Response> {
    visit.casework().drop_own_file(&visit.actor, file).await?;
    Ok(done(&visit.app, "/me/say/add", "It is taken out."))
}

async fn check_page(visit: Visit) -> Reply<Response> {
    let page = visit.casework().say_page(&visit.actor).await?;
    if page.saying.topic.is_empty() {
        return Ok(Redirect::to("/me/say").into_response());
    }
    Ok(draw_check(&visit, &page, &FormState::new()).into_response())
}

fn draw_check(visit: &Visit, page: &SayPage, form: &FormState) -> Markup {
    let saying = &page.saying;
    let readers: Vec<&str> = page.sending.readers.iter().map(|p| page.sending.name(*p)).collect();
    let mut around = own(visit, "Read it back");
    around.back = Some(("Back".to_owned(), "/me/say/who".to_owned()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1 class="govuk-heading-xl" { "Read it back" }
        div class="kf-check" id="text" {
            h2 class="govuk-heading-m" { (words::topic(&saying.topic).0) }
            @if let Some(feeling) = &saying.feeling { p class="kf-check__feeling" { (face(feeling)) " " (words::feeling(feeling)) } }
            @if !saying.text.trim().is_empty() { (own_words(&saying.text)) }
            (files(&page.files, |f| format!("/me/files/{}", f.id), |_| html! {}))
            p class="govuk-body" { a class="govuk-link" href="/me/say/words" { "Change it" } }
        }
        div class="kf-check" id="readers" {
            h2 class="govuk-heading-m" { "Who can read it" }
            @if readers.is_empty() { p class="govuk-body" { "You have not picked anyone yet." } }
            @else { p class="govuk-body" { (listed(&readers)) "." } }
            (also(page))
            (kept_safe())
            p class="govuk-body" { a class="govuk-link" href="/me/say/who" { "Pick who can read it" } }
        }
        div class="kf-check" {
            h2 class="govuk-heading-m" { "What happens next" }
            p class="govuk-body" { (reply_words(page)) " If they do not, we tell their boss." }
        }
        form method="post" action="/me/say/check" {
            (csrf_field(visit.actor.csrf()))
            (hidden("voice", &saying.voice))
            (Button::main("Send it"))
        }
        (drop_form(visit))
    })
}

async fn send(Sent { visit, mut form }: Sent) -> Reply<Response> {
    let voice = form.value("voice").to_owned();
    match visit.casework().send_saying(&visit.actor, &voice).await {
        Ok(sent) => Ok(done(
            &visit.app,
            &format!("/me/said/{}", sent.entry),
            "You sent it. Well done for speaking up.",
        )),
        Err(Error::Invalid(problems)) => {
            for problem in problems {
                form.error(problem.field, problem.message);
            }
            let page = visit.casework().say_page(&visit.actor).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw_check(&visit, &page, &form)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

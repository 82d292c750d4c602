//! The pack of a meeting: put together in one click, and kept as it was.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::panel::MeetingPage;
use kinfold_casework::authority::panel::meeting::Pack;
use kinfold_casework::{Action, Error};
use kinfold_look::banner::inset;
use kinfold_look::{Markup, date, html};
use kinfold_paper::Block;
use uuid::Uuid;

use super::address;
use crate::authority::frozen::{Links, NOT_SHOWN_WORDS, blocks, plain_day, sections};
use crate::authority::written;
use crate::frame::frame;
use crate::on_paper::{paper_of, pdf_file};
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let read = For::Authority(Action::ViewPlans);
    vec![
        post("/panel/{meeting}/pack", For::Authority(Action::RunPanel), issue),
        get("/panel/{meeting}/packs/{number}", read, show),
        get("/panel/{meeting}/packs/{number}/pack.pdf", read, on_paper),
    ]
}

async fn issue(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let here = address(id);
    let key = form.value("key").to_owned();
    match visit.casework().issue_pack(&visit.actor, id, &key).await {
        Ok(()) => {
            let page = visit.casework().meeting(&visit.actor, id).await?;
            let number = page.meeting.pack().map_or(1, |pack| pack.number);
            Ok(done(&visit.app, &format!("{here}/packs/{number}"), "The pack is issued. It stays as it is."))
        }
        Err(Error::Conflict { .. }) => Ok(done(
            &visit.app,
            &here,
            "Somebody changed the agenda meanwhile. Look at it, and put the pack together again.",
        )),
        Err(error) => {
            let status: StatusCode = refuse(&mut form, error)?;
            let mut around = frame(&visit, "The pack is not issued");
            around.back = Some(("The meeting".to_owned(), here));
            let drawn = around.render(&html! {
                h1.govuk-heading-l { "The pack is not issued" }
                @for problem in form.errors() { p.govuk-body { (problem.message) } }
            });
            Ok((status, drawn).into_response())
        }
    }
}

async fn found(visit: &Visit, id: Uuid, number: u32) -> Reply<(MeetingPage, Pack)> {
    let page = visit.casework().meeting(&visit.actor, id).await?;
    let pack = page.meeting.packs.iter().find(|pack| pack.number == number).cloned();
    Ok((page, pack.ok_or(Error::Absent)?))
}

async fn show(visit: Visit, Path((id, number)): Path<(Uuid, u32)>) -> Reply<Markup> {
    let (page, pack) = found(&visit, id, number).await?;
    let here = address(id);
    let mut around = frame(&visit, "Pack of the panel");
    around.wide = true;
    around.back = Some(("The meeting".to_owned(), here.clone()));
    let replaced = page.meeting.pack().is_some_and(|newest| newest.number > number);
    let links = Links { inside: true, files: Some(format!("{here}/files")) };
    Ok(around.render(&html! {
        span.govuk-caption-l { "Pack " (number) " of the corporate parenting panel" }
        h1.govuk-heading-l { (date::long(page.meeting.on)) ", " (page.meeting.place) }
        (inset(&html! { p {
            "Issued by " (written(page.name(pack.issued.by), pack.issued)) ". It tells how everything stood then, and never changes."
            @if replaced { " " strong { "A later pack takes its place." } }
        } }))
        p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("{here}/packs/{number}/pack.pdf")) { "Take a copy as a PDF" } }
        p.govuk-hint { (NOT_SHOWN_WORDS) }
        (sections(&pack.sections, &links))
    }))
}

async fn on_paper(visit: Visit, Path((id, number)): Path<(Uuid, u32)>) -> Reply<Response> {
    let (page, pack) = found(&visit, id, number).await?;
    let mut out = vec![
        Block::Strong(format!("{}, {}", plain_day(page.meeting.on), page.meeting.place)),
        Block::Text(format!("Pack {number}, issued {}. {NOT_SHOWN_WORDS}", plain_day(pack.on))),
    ];
    out.extend(blocks(&pack.sections));
    let authority = visit.casework().settings().authority.clone();
    pdf_file(&paper_of("Corporate parenting panel: papers".to_owned(), authority, pack.on, out), "panel-pack")
}

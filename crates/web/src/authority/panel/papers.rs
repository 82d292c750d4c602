//! Documents laid beside an item of the agenda.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::panel::{LARGEST_PAPER, NewPaper};
use kinfold_casework::{Action, Error};
use kinfold_look::form::{FileUpload, FormState, TextInput};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::address;
use super::meeting::{changeable, fresh};
use crate::authority::form::FormPage;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::upload::Upload;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let run = For::Authority(Action::RunPanel);
    vec![
        get("/panel/{meeting}/items/{item}/paper", run, form_of),
        post("/panel/{meeting}/items/{item}/paper", run, laid),
        post("/panel/{meeting}/items/{item}/paper/{file}/away", run, away),
        get("/panel/{meeting}/files/{file}", For::Authority(Action::ViewPlans), file),
    ]
}

async fn form_of(visit: Visit, Path((id, item)): Path<(Uuid, Uuid)>) -> Reply<Markup> {
    let page = changeable(&visit, id).await?;
    let found = page.meeting.item(item).ok_or(Error::Absent)?;
    Ok(draw(&visit, id, (item, &found.title), &fresh(&page)))
}

fn draw(visit: &Visit, id: Uuid, (item, title): (Uuid, &str), form: &FormState) -> Markup {
    let here = address(id);
    let page = FormPage {
        title: "Add a document",
        about: title,
        action: &format!("{here}/items/{item}/paper"),
        back: ("The meeting", &here),
        button: "Add it",
        upload: true,
    };
    let most = LARGEST_PAPER / 1024 / 1024;
    let fields = html! {
        (TextInput::new("title", "What it is").hint("“Report of the independent reviewing officers, spring”").render(form))
        (FileUpload::new("file", "Document").accept(".pdf,.docx,.odt,.xlsx").hint(format!("PDF, DOCX, ODT or XLSX, up to {most} MB. After an error it has to be chosen again. Everybody who reads the panel’s papers reads it: it must name no child.")).render(form))
    };
    page.draw(visit, form, &html! {}, &fields)
}

async fn laid(Path((id, item)): Path<(Uuid, Uuid)>, upload: Upload) -> Reply<Response> {
    let Upload { visit, mut form, files } = upload;
    let page = changeable(&visit, id).await?;
    let found = page.meeting.item(item).ok_or(Error::Absent)?;
    let file = files.into_iter().next();
    let (name, bytes) = file.map(|file| (file.name, file.bytes)).unwrap_or_default();
    let name = name.rsplit('/').next().unwrap_or_default().to_owned();
    let new = NewPaper { title: form.value("title").to_owned(), name, bytes };
    let key = form.value("key").to_owned();
    match visit.casework().lay_paper(&visit.actor, (id, item), &new, &key).await {
        Ok(()) => Ok(done(&visit.app, &address(id), "The document is added.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, id, (item, &found.title), &form)).into_response())
        }
    }
}

async fn away(
    Path((id, item, file)): Path<(Uuid, Uuid, Uuid)>,
    Sent { visit, form }: Sent,
) -> Reply<Response> {
    visit.casework().take_paper_away(&visit.actor, (id, item), file, form.value("key")).await?;
    Ok(done(&visit.app, &address(id), "The document is taken away. A pack that was issued keeps it."))
}

async fn file(visit: Visit, Path((id, file)): Path<(Uuid, Uuid)>) -> Reply<Response> {
    let download = visit.casework().panel_paper(&visit.actor, id, file).await?;
    let headers = [
        (header::CONTENT_TYPE, download.kind),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", download.name)),
    ];
    Ok((headers, download.bytes).into_response())
}

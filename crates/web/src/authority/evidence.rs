//! Documents that are evidence in a self-assessment: sent with a form, kept encrypted, and read by all who read it.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::panel::{LARGEST_PAPER, NewPaper};
use kinfold_casework::authority::{AuditChange, AuditPage, NewEvidence};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::form::{FileUpload, FormState, Select, TextInput};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::form::FormPage;
use super::question::open_to;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::upload::Upload;
use crate::visit::{Visit, done};

/// Whoever was given a question brings evidence too, so that the address is for all who read; the use case knows who may.
pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ViewPlans);
    vec![
        get("/audits/{audit}/questions/{question}/file", whom, form_of),
        post("/audits/{audit}/questions/{question}/file", whom, send),
        get("/audits/{audit}/files/{file}", whom, file),
    ]
}

async fn open(visit: &Visit, id: Uuid, question: &str) -> Reply<AuditPage> {
    let page = visit.casework().self_assessment(&visit.actor, id).await?;
    page.framework.item(question).ok_or(Error::Absent)?;
    if open_to(&page, question, "file") { Ok(page) } else { Err(Error::Absent.into()) }
}

async fn form_of(visit: Visit, Path((id, question)): Path<(Uuid, String)>) -> Reply<Markup> {
    let page = open(&visit, id, &question).await?;
    let form = FormState::new().with("key", form_key()).with("seen", page.audit.version.to_string());
    draw(&visit, &page, &question, &form)
}

fn draw(visit: &Visit, page: &AuditPage, question: &str, form: &FormState) -> Reply<Markup> {
    let (_, item) = page.framework.item(question).ok_or(Error::Absent)?;
    let here = format!("/audits/{}/questions/{question}", page.audit.id);
    let around = FormPage {
        title: "Add a document",
        about: &item.text,
        action: &format!("{here}/file"),
        back: ("The question", &here),
        button: "Add it",
        upload: true,
    };
    let most = LARGEST_PAPER / 1024 / 1024;
    let partners = page.audit.partners.iter().map(|partner| (partner.clone(), partner.clone()));
    let fields = html! {
        (Select::new("partner", "For which partner", partners).empty("Choose").render(form))
        (TextInput::new("title", "What it is").render(form))
        (FileUpload::new("file", "Document").accept(".pdf,.docx,.odt,.xlsx").hint(format!("PDF, DOCX, ODT or XLSX, up to {most} MB. After an error it has to be chosen again. Everybody who reads self-assessments reads it: it must name no child.")).render(form))
    };
    Ok(around.draw(visit, form, &html! {}, &fields))
}

async fn send(Path((id, question)): Path<(Uuid, String)>, upload: Upload) -> Reply<Response> {
    let Upload { visit, mut form, files } = upload;
    let page = open(&visit, id, &question).await?;
    let file = files.into_iter().next();
    let (name, bytes) = file.map(|file| (file.name, file.bytes)).unwrap_or_default();
    let name = name.rsplit('/').next().unwrap_or_default().to_owned();
    let evidence = NewEvidence::File(NewPaper { title: form.value("title").to_owned(), name, bytes });
    let change = AuditChange::Bring { partner: form.value("partner").to_owned(), evidence };
    let key = form.value("key").to_owned();
    match visit.casework().change_audit(&visit.actor, (id, &question), 0, &change, &key).await {
        Ok(()) => {
            Ok(done(&visit.app, &format!("/audits/{id}/questions/{question}"), "The document is added."))
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &page, &question, &form)?).into_response())
        }
    }
}

async fn file(visit: Visit, Path((id, file)): Path<(Uuid, Uuid)>) -> Reply<Response> {
    let download = visit.casework().audit_file(&visit.actor, id, file).await?;
    let headers = [
        (header::CONTENT_TYPE, download.kind),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", download.name)),
    ];
    Ok((headers, download.bytes).into_response())
}

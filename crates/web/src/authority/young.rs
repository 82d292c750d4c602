//! A self-assessment as a young auditor opens it: plain words, one question at a time, in the voice of their own space.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::{YoungAudit, YoungQuestion};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::form::{Button, Choice, FormState, Radios, Textarea, csrf_field, error_summary, hidden};
use kinfold_look::page::{NavItem, Page};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::paragraphs;
use super::plan::LONGEST;
use crate::me::own;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::YoungAuditor);
    vec![
        get("/me/audits", whom, list),
        get("/me/audits/{audit}", whom, show),
        get("/me/audits/{audit}/{question}", whom, ask),
        post("/me/audits/{audit}/{question}", whom, send),
    ]
}

/// The frame of their own space. Somebody of the children's council without a record has this page and no other.
async fn around(visit: &Visit, back: Option<(&str, String)>) -> Reply<Page> {
    let mut page = own(visit, "Tell us how we do");
    if !visit.casework().has_own_space(&visit.actor).await? {
        page.nav = vec![NavItem::new("Tell us how we do", "/me/audits")];
        page.back = None;
    }
    if let Some((words, href)) = back {
        page.back = Some((words.to_owned(), href));
    }
    Ok(page)
}

async fn list(visit: Visit) -> Reply<Markup> {
    let audits = visit.casework().young_audits(&visit.actor).await?;
    Ok(around(&visit, None).await?.render(&html! {
        h1 class="govuk-heading-xl" { "Tell us how we do" }
        @if audits.is_empty() {
            p.govuk-body { "No one has asked you to look at how we do. If you want to, tell us." }
        } @else {
            p.govuk-body { "We want to do better. You know best how it is. Say what you think." }
            ul.kf-tiles {
                @for audit in &audits {
                    li.kf-tile {
                        a.kf-tile__link href=(format!("/me/audits/{}", audit.id)) { (audit.title) }
                        p.kf-tile__hint {
                            @if audit.closed { "It is done. Read what we learnt." }
                            @else { "You have told us about " (audit.answered) " of " (audit.questions) "." }
                        }
                    }
                }
            }
        }
    }))
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let audit = visit.casework().young_audit(&visit.actor, id).await?;
    Ok(around(&visit, Some(("Back", "/me/audits".to_owned()))).await?.render(&html! {
        h1 class="govuk-heading-xl" { (audit.line.title) }
        @if audit.line.closed {
            p.govuk-body { "It is done. Thank you for your help." }
            @if let Some(summary) = &audit.summary { (paragraphs(summary)) }
        } @else {
            p.govuk-body { "Pick one. You do not have to do them all. You can change what you said until it is done." }
            p.govuk-body { "The people who look at this see what you say. They do not see your name." }
        }
        @for part in &audit.parts {
            h2 class="govuk-heading-l" { (part.title) }
            ul.kf-tiles { @for question in &part.questions { (tile(&audit, question)) } }
        }
    }))
}

fn title_of<'a>(audit: &'a YoungAudit, code: &str) -> &'a str {
    audit.levels.iter().find(|(c, _, _)| c == code).map_or("", |(_, title, _)| title.as_str())
}

fn tile(audit: &YoungAudit, question: &YoungQuestion) -> Markup {
    html! {
        li.kf-tile {
            a.kf-tile__link href=(format!("/me/audits/{}/{}", audit.line.id, question.id)) { (question.words) }
            p.kf-tile__hint {
                @match &question.mine {
                    Some(mine) => { "You said: " (title_of(audit, &mine.level)) }
                    None if question.owned.is_some() => "We ask you to tell us about this one.",
                    None => "",
                }
            }
        }
    }
}

async fn ask(visit: Visit, Path((id, question)): Path<(Uuid, String)>) -> Reply<Markup> {
    let audit = visit.casework().young_audit(&visit.actor, id).await?;
    let asked = audit.question(&question).ok_or(Error::Absent)?;
    let mine = asked.mine.as_ref();
    let form = FormState::new()
        .with("key", form_key())
        .with("level", mine.map_or_else(String::new, |j| j.level.to_string()))
        .with("reason", mine.map_or_else(String::new, |j| j.reason.clone()));
    draw(&visit, &audit, asked, &form).await
}

async fn draw(visit: &Visit, audit: &YoungAudit, asked: &YoungQuestion, form: &FormState) -> Reply<Markup> {
    let back = format!("/me/audits/{}", audit.line.id);
    let mut page = around(visit, Some(("Back", back.clone()))).await?;
    page.has_errors = form.has_errors();
    let choices = audit.levels.iter();
    let choices = choices.map(|(code, title, means)| match means.as_str() {
        "" => Choice::new(code.as_str(), title.clone()),
        means => Choice::new(code.as_str(), title.clone()).hint(means.to_owned()),
    });
    let asks = audit.asks.as_deref().unwrap_or("How do we do?");
    Ok(page.render(&html! {
        (error_summary(form))
        h1 class="govuk-heading-xl" { (asked.words) }
        @if let Some(partner) = &asked.owned { p.govuk-body { "You tell us this for: " (partner) "." } }
        @if audit.line.closed {
            p.govuk-body { "It is done, so you can not change it now." }
            @if let Some(mine) = &asked.mine {
                p.govuk-body { "You said: " strong { (title_of(audit, &mine.level)) } }
                (paragraphs(&mine.reason))
            }
        } @else {
            form method="post" action=(format!("{back}/{}", asked.id)) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (Radios::new("level", asks, choices).render(form))
                (Textarea::new("reason", "Why do you think so?").hint("Do not write names. Use your own words.").rows(5).limit(LONGEST).render(form))
                (Button::main("Send it"))
            }
        }
        @if !asked.partners.is_empty() {
            h2 class="govuk-heading-l" { "What others say" }
            ul.govuk-list { @for (partner, said) in &asked.partners { li { strong { (partner) } br; (said) } } }
            @if let Some(agreed) = &asked.agreed { p.govuk-body { "They agreed on this: " strong { (agreed) } } }
        }
    }))
}

async fn send(Path((id, question)): Path<(Uuid, String)>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let value = |name: &str| form.value(name).to_owned();
    let (level, reason, key) = (value("level"), value("reason"), value("key"));
    let at = (id, question.as_str());
    match visit.casework().answer_as_young_auditor(&visit.actor, at, (&level, &reason), &key).await {
        Ok(()) => Ok(done(&visit.app, &format!("/me/audits/{id}"), "Thank you. We have what you said.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            let audit = visit.casework().young_audit(&visit.actor, id).await?;
            let asked = audit.question(&question).ok_or(Error::Absent)?;
            Ok((status, draw(&visit, &audit, asked, &form).await?).into_response())
        }
    }
}

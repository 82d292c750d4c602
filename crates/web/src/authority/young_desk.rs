//! Young auditors as whoever leads a self-assessment sees them: a number each, never a name. That somebody has an account
//! as a young person tells that they are in care, and many read these pages.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kinfold_casework::Action;
use kinfold_casework::authority::AuditPage;
use kinfold_casework::record::form_key;
use kinfold_look::form::{Button, FormState, TextInput, button_link, csrf_field};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::form::FormPage;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let lead = For::Authority(Action::LeadAudit);
    vec![
        get("/audits/{audit}/young", lead, form_of),
        post("/audits/{audit}/young", lead, send),
        post("/audits/{audit}/young/{number}/end", lead, end),
    ]
}

/// The part of a self-assessment's page that tells of them.
pub(super) fn section(visit: &Visit, page: &AuditPage) -> Markup {
    let audit = &page.audit;
    let open = page.may_lead && audit.closed.is_none();
    let plain = page.framework.items().filter(|item| item.plain.is_some()).count();
    let said = |person: &Uuid| audit.answers.values().filter(|a| a.young.contains_key(person)).count();
    if audit.young.is_empty() && !(open && plain > 0) {
        return html! {};
    }
    html! {
        h2.govuk-heading-m { "Young auditors" }
        p.govuk-body { "They see " (plain) " questions in plain words, and nothing else of these pages. What they say stands beside what the partners say." }
        @if audit.young.is_empty() { p.govuk-body { "Nobody was invited yet." } }
        ul.govuk-list {
            @for (at, (person, still)) in audit.young.iter().enumerate() {
                li {
                    (page.name(Some(*person))) ": has answered " (said(person))
                    @if !still { ", is no longer invited" }
                    @if open && *still {
                        form class="kf-screen-only" method="post" action=(format!("/audits/{}/young/{}/end", audit.id, at + 1)) {
                            (csrf_field(visit.actor.csrf()))
                            (Button::secondary(format!("End the invitation of {}", page.name(Some(*person)).to_lowercase())))
                        }
                    }
                }
            }
        }
        @if open && plain > 0 { p class="kf-screen-only" { (button_link("Invite a young auditor", &format!("/audits/{}/young", audit.id), false)) } }
    }
}

async fn form_of(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().self_assessment(&visit.actor, id).await?;
    Ok(draw(&visit, &page, &FormState::new().with("key", form_key())))
}

fn draw(visit: &Visit, page: &AuditPage, form: &FormState) -> Markup {
    let here = format!("/audits/{}", page.audit.id);
    let around = FormPage {
        title: "Invite a young auditor",
        about: &page.audit.title,
        action: &format!("{here}/young"),
        back: ("The self-assessment", &here),
        button: "Invite",
        upload: false,
    };
    let before = html! {
        p.govuk-body { "Ask them first whether they want to. They are told in their own space, and say what they think in their own words; on these pages they have a number and no name." }
        p.govuk-body { "Nobody is told here whether an address belongs to an account, not even you: it would tell who is in care. Ask them whether the invitation has reached them." }
    };
    let fields = html! {
        (TextInput::new("email", "E-mail address of the young person’s account").email().render(form))
    };
    around.draw(visit, form, &before, &fields)
}

async fn send(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let key = form.value("key").to_owned();
    match visit.casework().invite_young_auditor(&visit.actor, id, form.value("email"), &key).await {
        Ok(()) => Ok(done(
            &visit.app,
            &format!("/audits/{id}"),
            "Invited. If a young person has an account with this address, they are told in their own space.",
        )),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            let page = visit.casework().self_assessment(&visit.actor, id).await?;
            Ok((status, draw(&visit, &page, &form)).into_response())
        }
    }
}

async fn end(Path((id, number)): Path<(Uuid, usize)>, Sent { visit, .. }: Sent) -> Reply<Response> {
    visit.casework().end_young_auditor(&visit.actor, id, number).await?;
    Ok(done(&visit.app, &format!("/audits/{id}"), "The invitation has ended. What they said stays."))
}

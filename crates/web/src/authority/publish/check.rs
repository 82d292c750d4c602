//! Saying which promises are kept. Where a figure or an action tells it, nobody can say otherwise; people say why.

use std::collections::HashMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kinfold_casework::Action;
use kinfold_casework::authority::publish::Judging;
use kinfold_casework::authority::publish::publication::Kept;
use kinfold_casework::record::form_key;
use kinfold_look::form::{Choice, FormState, Radios, Textarea};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::address;
use super::pledge::kept_drawn;
use crate::authority::form::FormPage;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let publish = For::Authority(Action::Publish);
    vec![
        get("/publications/{publication}/check", publish, form_of),
        post("/publications/{publication}/check", publish, send),
    ]
}

async fn form_of(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let promises = visit.casework().promises_to_judge(&visit.actor, id).await?;
    Ok(draw(&visit, id, &promises, &FormState::new().with("key", form_key())))
}

fn draw(visit: &Visit, id: Uuid, promises: &[Judging], form: &FormState) -> Markup {
    let here = address(id);
    let page = FormPage {
        title: "Which promises are kept",
        about: "Pledge",
        action: &format!("{here}/check"),
        back: ("The draft", &here),
        button: "Publish how they stand",
        upload: false,
    };
    let choices =
        || [Kept::Kept, Kept::NotYet, Kept::NotKnown].map(|kept| Choice::new(kept.code(), kept.title()));
    let fields = html! {
        @for (at, judging) in promises.iter().enumerate() {
            h2.govuk-heading-m { (judging.promise.text) }
            p.govuk-body { (judging.promise.means) }
            @match &judging.found {
                Some(found) => {
                    p.govuk-body {
                        (kept_drawn(found.kept))
                        @if let Some(figure) = &found.figure { " The figure is " a.govuk-link href=(format!("/measures/{}?year={}", figure.measure, figure.year)) { (figure.figure) } "." }
                    }
                }
                None => (Radios::new(format!("kept-{at}"), "Is it kept?", choices()).render(form)),
            }
            (Textarea::new(format!("why-{at}"), "Why, in words a child knows").hint("Needed where it is not kept. Name nobody.").rows(3).render(form))
        }
    };
    let before = html! { p.govuk-body { "Everybody can read it then, beside the pledge." } };
    page.draw(visit, form, &before, &fields)
}

async fn send(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let promises = visit.casework().promises_to_judge(&visit.actor, id).await?;
    let said = |at: usize| {
        let kept = Kept::parse(form.value(&format!("kept-{at}")));
        (kept, form.value(&format!("why-{at}")).to_owned())
    };
    let said: HashMap<Uuid, (Option<Kept>, String)> =
        promises.iter().enumerate().map(|(at, judging)| (judging.promise.item, said(at))).collect();
    let key = form.value("key").to_owned();
    match visit.casework().judge_promises(&visit.actor, id, &said, &key).await {
        Ok(()) => Ok(done(&visit.app, &format!("/published/{id}"), "It stands beside the pledge.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, id, &promises, &form)).into_response())
        }
    }
}

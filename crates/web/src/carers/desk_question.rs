//! One question of a carer, for whoever replies.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use kinfold_casework::Action;
use kinfold_casework::carers::QuestionPage;
use kinfold_casework::record::form_key;
use kinfold_look::form::{Button, FormState, Textarea, csrf_field, error_summary, hidden};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::{Markup, date, html};
use kinfold_record::{ChildId, EntryId, PersonId};

use super::desk::reply_state;
use super::{typed, wrong};
use crate::child::bar::bar;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/carers/questions/{entry}", For::Child(Action::AnswerCarer), show),
        post("/children/{child}/carers/questions/{entry}", For::Child(Action::AnswerCarer), reply),
    ]
}

async fn show(visit: Visit, Path((child, entry)): Path<(ChildId, EntryId)>) -> Reply<Markup> {
    let page = visit.casework().carers_question(&visit.actor, child, entry).await?;
    Ok(draw(&visit, &page, &FormState::new().with("key", form_key())))
}

fn draw(visit: &Visit, page: &QuestionPage, form: &FormState) -> Markup {
    let (child, question, book) = (page.handle.id(), &page.question, &page.book);
    let name = |person: Option<PersonId>| {
        person.and_then(|p| page.names.get(&p)).map_or("Not known", String::as_str).to_owned()
    };
    let mut around = frame(visit, "A carer’s question");
    around.bar = Some(bar(&page.handle, &page.timeline, book, page.today));
    around.back = Some(("Carers".to_owned(), format!("/children/{child}/carers")));
    around.has_errors = form.has_errors();
    let mut facts = vec![
        Fact::new("Asked by", name(question.by)),
        Fact::new("Asked", html! { (date::long(question.on)) }),
        Fact::new("Who is to reply", name(question.reply_from)),
        Fact::new("State", reply_state(question.state)),
    ];
    if let Some(decision) = &question.decision {
        facts.insert(
            2,
            Fact::new("About", html! { (book.guidance.codes.title("delegated_decision", decision)) }),
        );
    }
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "A carer’s question" }
        (typed(&question.text))
        (summary_list(&facts))
        @if let Some(decision) = &question.decision {
            p.govuk-body { a.govuk-link href=(format!("/children/{child}/decisions/record?only={decision}")) { "Record who decides this" } }
        }
        @for answer in &question.answers {
            h2.govuk-heading-s { "Reply of " (name(answer.by)) ", " (date::long(answer.on)) }
            @for line in answer.text.iter().flat_map(|t| t.lines()).filter(|l| !l.trim().is_empty()) { p.govuk-body { (line) } }
        }
        form method="post" action=(format!("/children/{child}/carers/questions/{}", question.entry)) novalidate {
            (csrf_field(visit.actor.csrf()))
            (hidden("key", form.value("key")))
            (Textarea::new("text", if question.answers.is_empty() { "Your reply" } else { "Write again" }).rows(5).limit(10_000).render(form))
            (Button::main("Send the reply"))
        }
    })
}

async fn reply(
    Path((child, entry)): Path<(ChildId, EntryId)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let (key, text) = (form.value("key").to_owned(), form.value("text").to_owned());
    match visit.casework().reply_to_carer(&visit.actor, child, entry, &key, &text).await {
        Ok(()) => Ok(done(
            &visit.app,
            &format!("/children/{child}/carers/questions/{entry}"),
            "Sent. The carer has been told.",
        )),
        Err(error) => {
            wrong(&mut form, error)?;
            let page = visit.casework().carers_question(&visit.actor, child, entry).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form)).into_response())
        }
    }
}

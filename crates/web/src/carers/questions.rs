//! My questions: asking, and what was answered.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use kinfold_casework::carers::{Asking, LONGEST_NOTE, Question};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Book, Error};
use kinfold_look::form::{
    Button, Choice, FormState, Radios, Select, Textarea, csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, date, html};
use kinfold_record::{ChildId, EntryId, PersonId};

use super::know::{Here, ways};
use super::{about, frame, signed_first, typed, words, wrong};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/caring/{child}/questions", For::Child(Action::KeepLog), show),
        post("/caring/{child}/questions", For::Child(Action::KeepLog), ask),
        get("/caring/{child}/questions/{entry}", For::Child(Action::KeepLog), one),
    ]
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Response> {
    let page = match visit.casework().carers_questions(&visit.actor, child).await {
        Ok(page) => page,
        Err(error) => return signed_first(&visit, child, error).await,
    };
    let form = FormState::new().with("key", form_key()).with("decision", visit.query.value("decision"));
    let first = page.people.first().map(|(p, ..)| p.to_string()).unwrap_or_default();
    Ok(draw(&visit, &page, &form.with("to", first)).into_response())
}

fn draw(visit: &Visit, page: &Asking, form: &FormState) -> Markup {
    let book = visit.casework().book();
    let action = format!("/caring/{}/questions", page.child);
    let mut around = about(visit, "My questions", page.child, &page.called);
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.kf-read {
            (error_summary(form))
            h1.govuk-heading-l { "My questions" }
            (ways(page.child, Here::Questions))
            h2.govuk-heading-m #ask { "Ask something" }
            @if let Some(by) = page.reply_by { p.govuk-body { "If you ask today, a reply is owed by " strong { (date::long(by)) } ". If it does not come, their manager is told." } }
            form method="post" action=(action) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (Textarea::new("text", "Your question").rows(4).limit(u32::try_from(LONGEST_NOTE).unwrap_or(u32::MAX)).render(form))
                (decisions(&book, page, form))
                @if page.people.len() > 1 {
                    (Radios::new("to", "Whom do you ask?", page.people.iter().map(|(person, name, role)| {
                        Choice::new(person.to_string(), name.clone()).hint(book.guidance.codes.title("circle_role", role))
                    })).small().render(form))
                }
                (Button::main("Send the question"))
            }
            h2.govuk-heading-m { "What you asked" }
            @if page.questions.is_empty() {
                p.govuk-body { "Nothing yet. Your questions and the replies stand here." }
            } @else {
                ul.kf-facts { @for question in &page.questions { (line(page, question, &book)) } }
            }
        }
    })
}

fn decisions(book: &Book, page: &Asking, form: &FormState) -> Markup {
    let codes =
        book.guidance.codes.list("delegated_decision").map(|l| l.on(page.today)).into_iter().flatten();
    let options: Vec<(String, String)> = codes.map(|c| (c.code.to_string(), c.title.to_string())).collect();
    html! { (Select::new("decision", "Is it about who decides something?", options).empty("No").render(form)) }
}

fn line(page: &Asking, question: &Question, book: &Book) -> Markup {
    html! {
        li.kf-facts__one {
            a.govuk-link href=(format!("/caring/{}/questions/{}", page.child, question.entry)) {
                @match &question.decision {
                    Some(decision) => (book.guidance.codes.title("delegated_decision", decision)),
                    None => "Question",
                }
                " of " (date::long(question.on))
            }
            p.kf-facts__line { (question.text.lines().next().unwrap_or("")) }
            p.kf-facts__line { strong { (words::reply(question.state)) } }
        }
    }
}

async fn ask(Path(child): Path<ChildId>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let to: Option<PersonId> = form.value("to").parse().ok();
    let decision = Some(form.value("decision").to_owned()).filter(|d| !d.is_empty());
    let result = visit
        .casework()
        .ask_worker(&visit.actor, child, form.value("key"), form.value("text"), decision.as_deref(), to)
        .await;
    match result {
        Ok(entry) => Ok(done(&visit.app, &format!("/caring/{child}/questions/{entry}"), "Sent.")),
        Err(error) => {
            wrong(&mut form, error)?;
            let page = visit.casework().carers_questions(&visit.actor, child).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form)).into_response())
        }
    }
}

async fn one(visit: Visit, Path((child, entry)): Path<(ChildId, EntryId)>) -> Reply<Response> {
    let page = match visit.casework().carers_questions(&visit.actor, child).await {
        Ok(page) => page,
        Err(error) => return signed_first(&visit, child, error).await,
    };
    let question = page.questions.iter().find(|q| q.entry == entry).ok_or(Error::Absent)?;
    let book = visit.casework().book();
    let mut around = frame(&visit, "My question");
    around.back = Some(("Back to my questions".to_owned(), format!("/caring/{child}/questions")));
    let name = |person: Option<PersonId>| {
        person.and_then(|p| page.names.get(&p)).map_or("the social worker", String::as_str)
    };
    Ok(around
        .render(&html! {
            div.kf-read {
                h1.govuk-heading-l { "Your question of " (date::long(question.on)) }
                @if let Some(decision) = &question.decision { p.govuk-body { "About: " (book.guidance.codes.title("delegated_decision", decision)) } }
                (typed(&question.text))
                p.govuk-body { "You asked " (name(question.reply_from)) ". " (words::reply(question.state)) }
                @for answer in &question.answers {
                    div.kf-answer {
                        p.kf-answer__who { (answer.by.and_then(|p| page.names.get(&p)).map_or("Somebody", String::as_str)) ", " (date::long(answer.on)) }
                        @for line in answer.text.iter().flat_map(|t| t.lines()).filter(|l| !l.trim().is_empty()) { p.govuk-body { (line) } }
                    }
                }
            }
        })
        .into_response())
}

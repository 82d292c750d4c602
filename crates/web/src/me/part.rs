//! My part for my review: the form that a review asks the child to fill in, in their own space and in plain words. All of
//! it stands on one page, nothing but the last box is needed, and what was typed is kept whatever happens.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::Error;
use kinfold_casework::forms::{Changes, FormDesk, mark};
use kinfold_casework::reviews::MyReview;
use kinfold_forms::Key;
use kinfold_forms::posted::{self, Posted};
use kinfold_guidance::form::{Kind, Question, Section};
use kinfold_look::banner::important_banner;
use kinfold_look::form::{Button, FormState, Textarea, button_group, csrf_field, error_summary, hidden};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::draw::faces_of_five;
use super::{own, too_late};
use crate::forms::{Drawing, fill};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/me/review/part", For::Own, show), post("/me/review/part", For::Own, send)]
}

/// The form for the child's part, while it is open.
async fn open(visit: &Visit) -> Reply<Option<(MyReview, FormDesk)>> {
    let Some(mine) = visit.casework().my_review(&visit.actor).await? else { return Ok(None) };
    let Some(form) = mine.form else { return Ok(None) };
    let desk = visit.casework().form_desk(&visit.actor, mine.child, form).await?;
    Ok(Some((mine, desk)))
}

/// The questions that can be asked here: those with words or a choice for an answer.
fn asked(desk: &FormDesk) -> Option<(&Section, Vec<Question>)> {
    let section = desk.form.sections.first()?;
    let fits = |q: &&Question| {
        matches!(
            q.kind,
            Kind::Text { .. }
                | Kind::Rich { .. }
                | Kind::ChildWords { .. }
                | Kind::Choice(_)
                | Kind::Scale { .. }
                | Kind::YesNo
        )
    };
    let plain = section.questions.iter().filter(fits).map(|question| match words(&question.id) {
        Some(label) => Question { label: label.to_owned(), hint: None, help: None, ..question.clone() },
        None => question.clone(),
    });
    Some((section, plain.collect()))
}

/// A question in a child's words; `None` for one that a council added, which has its own.
fn words(id: &str) -> Option<&'static str> {
    Some(match id {
        "life" => "How is life for you now?",
        "good" => "What goes well?",
        "change" => "What do you want to change?",
        "home" => "How is it where you live?",
        "family" => "Do you see your family and friends as much as you want?",
        "school" => "How is school? How is your free time?",
        "promises" => "Did people do what they said they would do?",
        "say" => "What should all of them know?",
        "how" => "How do you want to take part?",
        _ => return None,
    })
}

fn keys(questions: &[Question]) -> Vec<Key> {
    questions.iter().map(|q| Key { question: q.id.clone(), time: 0 }).collect()
}

async fn show(visit: Visit) -> Reply<Response> {
    let Some((mine, desk)) = open(&visit).await? else {
        return Ok(Redirect::to("/me/review").into_response());
    };
    let Some((_, questions)) = asked(&desk) else { return Err(Error::Absent.into()) };
    let sheet = desk.sheet();
    let start = FormState::new().with("draft-version", mark(sheet.answers, &keys(&questions)));
    let form = questions.iter().fold(start, |form, question| {
        let key = Key { question: question.id.clone(), time: 0 };
        fill(form, question, sheet.answers.get(&key))
    });
    Ok(draw(&visit, &mine, &desk, &questions, &form, &html! {}).into_response())
}

fn draw(
    visit: &Visit,
    mine: &MyReview,
    desk: &FormDesk,
    questions: &[Question],
    form: &FormState,
    note: &Markup,
) -> Markup {
    let sheet = desk.sheet();
    let drawing = Drawing { sheet: &sheet, people: &[], alone: false };
    let mut around = own(visit, "My part");
    around.back = Some(("Back to my review".to_owned(), "/me/review".to_owned()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        (note)
        h1 class="govuk-heading-xl" { "My part for my review" }
        p class="govuk-body" { "Your review is on " strong { (date::long(mine.on)) } "." @if let Some(by) = mine.part_by { " Please send this by " strong { (date::long(by)) } "." } }
        p class="govuk-body" { "You can leave out what you do not want to say. Just fill in the box “What should all of them know?” Your words stay as you write them." }
        p class="govuk-body" { "The person who runs your review and your social worker read it." }
        form method="post" action="/me/review/part" novalidate {
            (csrf_field(visit.actor.csrf()))
            (hidden("draft-version", form.value("draft-version")))
            @for question in questions {
                @match question.kind {
                    // Five steps from hard to good are five faces.
                    Kind::Scale { from: 1, to: 5, .. } if question.id == "life" => (faces_of_five("life", &question.label, form)),
                    // The page says at its head that all but the last may stay empty: a box and its question are enough.
                    Kind::Rich { .. } | Kind::ChildWords { .. } => (Textarea::new(question.id.as_str(), question.label.as_str()).rows(4).render(form)),
                    _ => (drawing.question(question, form)),
                }
            }
            (button_group(&[Button::main("Send my part"), Button::secondary("Keep it for later").sends("later", "yes")], None))
        }
    })
}

async fn send(Sent { visit, form: sent }: Sent) -> Reply<Response> {
    let Some((mine, desk)) = open(&visit).await? else {
        // What is chosen and not written says nothing without its question.
        let chosen = |name: &str| matches!(name, "csrf" | "draft-version" | "later" | "life" | "how");
        let typed: Vec<&str> = sent.pairs().filter(|(name, _)| !chosen(name)).map(|(_, text)| text).collect();
        return too_late(&visit, &typed).await;
    };
    let Some((section, questions)) = asked(&desk) else { return Err(Error::Absent.into()) };
    let posted: Posted = sent.pairs().collect();
    let nobody = |_| None;
    let answers = questions
        .iter()
        .map(|q| (Key { question: q.id.clone(), time: 0 }, posted::read(q, &posted, desk.today, &nobody)))
        .collect();
    let changes = Changes { answers, times: None };
    let seen = sent.value("draft-version").to_owned();
    let casework = visit.casework();
    match casework.save_form(&visit.actor, mine.child, desk.id, &section.id, &seen, &changes).await {
        Ok(_) => {}
        Err(Error::Conflict { .. }) => return again(&visit, &mine, desk.id, &sent).await,
        Err(error) => return Err(error.into()),
    }
    if sent.holds("later", "yes") {
        return Ok(done(&visit.app, "/me/review", "We kept it for you. You can go on when you like."));
    }
    // As it is now that it was saved.
    let desk = casework.form_desk(&visit.actor, mine.child, desk.id).await?;
    let key = format!("part-{}-{}", desk.id, desk.version);
    match casework.submit_form(&visit.actor, mine.child, desk.id, desk.version, &key).await {
        Ok(_) => Ok(done(&visit.app, "/me/review", "Sent. Thank you for telling us.")),
        Err(Error::Invalid(_)) => {
            let seen = mark(desk.sheet().answers, &keys(&questions));
            let mut form = FormState::from_pairs(sent.pairs().map(|(n, v)| (n.to_owned(), v.to_owned())))
                .with("draft-version", seen);
            form.error("say", "Write what all of them should know. A few words are fine");
            let page = draw(&visit, &mine, &desk, &questions, &form, &html! {});
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Somebody helped meanwhile: what was typed stays in the boxes, and is sent again.
async fn again(visit: &Visit, mine: &MyReview, form: Uuid, sent: &FormState) -> Reply<Response> {
    let desk = visit.casework().form_desk(&visit.actor, mine.child, form).await?;
    let Some((_, questions)) = asked(&desk) else { return Err(Error::Absent.into()) };
    let seen = mark(desk.sheet().answers, &keys(&questions));
    let kept = FormState::from_pairs(sent.pairs().map(|(n, v)| (n.to_owned(), v.to_owned())))
        .with("draft-version", seen);
    let note = important_banner(
        &html! { p class="govuk-notification-banner__heading" { "Someone else wrote here too. What you wrote is still in the boxes. Look at it, then send it again." } },
    );
    let page = draw(visit, mine, &desk, &questions, &kept, &note);
    Ok((StatusCode::CONFLICT, page).into_response())
}

//! The meeting: decisions become actions as they are made, and then how the review was held.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::record::form_key;
use kinfold_casework::reviews::{Decided, Finish, ReviewPage};
use kinfold_casework::{Action, Error};
use kinfold_look::form::{
    Button, Choice, DateInput, FormState, Radios, Required, Select, TextInput, Textarea, csrf_field,
    error_summary, hidden,
};
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;

use super::{around, codes, list, meanwhile, read_code, wrong};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::ConductReview);
    vec![
        get("/children/{child}/reviews/{review}/meeting", whom, show),
        post("/children/{child}/reviews/{review}/meeting", whom, decide),
        post("/children/{child}/reviews/{review}/finish", whom, finish),
        post("/children/{child}/reviews/{review}/record", whom, record),
    ]
}

/// The page of a review for whoever leads it, whether it is still to be held or not.
async fn open(visit: &Visit, child: ChildId, occasion: &str) -> Reply<ReviewPage> {
    let page = visit.casework().review_page(&visit.actor, child, occasion).await?;
    if page.reviews.leads() { Ok(page) } else { Err(Error::Absent.into()) }
}

fn fresh(page: &ReviewPage) -> FormState {
    FormState::new().with("key", form_key()).with_date("on", page.reviews.today)
}

async fn show(visit: Visit, Path((child, occasion)): Path<(ChildId, String)>) -> Reply<Markup> {
    let page = open(&visit, child, &occasion).await?;
    if !page.review.is_ahead() {
        return Err(Error::Absent.into());
    }
    let form = fresh(&page);
    Ok(draw(&visit, &page, &form))
}

fn draw(visit: &Visit, page: &ReviewPage, form: &FormState) -> Markup {
    let here = format!("/children/{}/reviews/{}", page.reviews.handle.id(), page.review.occasion);
    let mut around = around(visit, &page.reviews, "The review", Some(("The review", here.clone())));
    around.has_errors = form.has_errors();
    let decided: Vec<_> = page
        .reviews
        .facts
        .actions
        .iter()
        .filter(|a| a.occasion.as_ref() == Some(&page.review.occasion))
        .collect();
    let took_part = codes(&page.reviews, "review_participation")
        .into_iter()
        .map(|(code, title)| Choice::new(code.clone(), format!("{title} ({code})")));
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "Hold the review" }
        h2.govuk-heading-m { "Decided so far" }
        (list::actions(visit, &page.reviews, &decided))
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h2.govuk-heading-m { "A decision" }
            form method="post" action=(format!("{here}/meeting")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (Textarea::new("text", "What will be done").hint("So that the child understands it. One person and one day for each.").rows(3).limit(2000).render(form))
                (Select::new("owner", "Who does it", codes(&page.reviews, "action_owner")).empty("Choose").render(form))
                (TextInput::new("person", "By name").render(form))
                (DateInput::new("by", "By when").render(form))
                (Radios::yes_no("child_asked", "Did the child ask for it?").render(form))
                (Button::main("Record the decision"))
            }
            h2.govuk-heading-m { "Finish the review" }
            form method="post" action=(format!("{here}/finish")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (DateInput::new("on", "Day it was held").render(form))
                (Radios::new("participation", "How did the child take part?", took_part).render(form))
                (Radios::yes_no("alone", "Did you speak with the child alone?").render(form))
                (Radios::yes_no("meeting", "Was there a meeting?").render(form))
                (Radios::yes_no("adjourned", "Was it adjourned?").hint("Once, and for no more than 20 working days.").render(form))
                (Button::secondary("Finish the review"))
            }
        } }
    })
}

fn again(visit: &Visit, page: &ReviewPage, mut form: FormState) -> Response {
    if form.value("key").is_empty() {
        form = form.with("key", form_key());
    }
    (StatusCode::UNPROCESSABLE_ENTITY, draw(visit, page, &form)).into_response()
}

/// What can still be done with a decision that was typed while somebody else finished the review.
fn late_decision(visit: &Visit, page: &ReviewPage, form: &FormState) -> Markup {
    let here = format!("/children/{}/reviews/{}", page.reviews.handle.id(), page.review.occasion);
    if page.review.called_off.is_some() {
        return html! { p.govuk-body { "If it still has to be done, record it when the next review is called, or in the chronology." } };
    }
    html! {
        p.govuk-body { "If it was decided at the review, record it all the same: it is somebody’s duty from then on. A record that is drafted already does not hold it yet." }
        form method="post" action=(format!("{here}/meeting")) {
            (csrf_field(visit.actor.csrf()))
            (hidden("late", "yes"))
            @for (name, value) in form.pairs().filter(|(name, _)| !matches!(*name, "csrf" | "late")) { (hidden(name, value)) }
            (Button::main("Record the decision all the same"))
        }
    }
}

async fn decide(
    Path((child, occasion)): Path<(ChildId, String)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let page = open(&visit, child, &occasion).await?;
    let late = form.holds("late", "yes") && page.review.called_off.is_none();
    if !page.review.is_ahead() && !late {
        return Ok(meanwhile::over(&visit, &page, &form, &late_decision(&visit, &page, &form)));
    }
    let text = form.read_text_to("text", 2000, Required::Yes, "Write what will be done");
    let owner =
        read_code(&mut form, &page.reviews, ("owner", "action_owner"), Required::Yes, "Choose who does it");
    let person = form.read_text_to("person", 120, Required::No, "");
    let by = form.read_date("by", "The day", Required::Yes);
    if let (Some(text), Some(owner), Some(by), false) = (text, owner, by, form.has_errors()) {
        let child_asked = form.value("child_asked") == "yes";
        let decided = Decided { text, owner: owner.into(), person, by, child_asked };
        let key = form.value("key").to_owned();
        match visit.casework().decide(&visit.actor, child, &occasion, &key, &decided).await {
            Ok(()) => {
                let after = if page.review.is_ahead() { "/meeting" } else { "" };
                let to = format!("/children/{child}/reviews/{occasion}{after}");
                return Ok(done(
                    &visit.app,
                    &to,
                    "The decision is recorded, and is somebody’s duty from now on.",
                ));
            }
            Err(error) => wrong(&mut form, error)?,
        }
    }
    Ok(again(&visit, &page, form))
}

async fn finish(
    Path((child, occasion)): Path<(ChildId, String)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let page = open(&visit, child, &occasion).await?;
    if !page.review.is_ahead() {
        let corrects =
            html! { p.govuk-body { "If what is on record is wrong, correct it in the chronology." } };
        return Ok(meanwhile::over(&visit, &page, &form, &corrects));
    }
    let on = form.read_date("on", "Day it was held", Required::Yes);
    let list = ("participation", "review_participation");
    let participation =
        read_code(&mut form, &page.reviews, list, Required::Yes, "Choose how the child took part");
    let mut yes_no = |name: &str, message: &str| {
        form.read_choice(name, &["yes", "no"], Required::Yes, message).map(|answer| answer == "yes")
    };
    let alone = yes_no("alone", "Say whether you spoke with the child alone");
    let meeting = yes_no("meeting", "Say whether there was a meeting");
    let adjourned = yes_no("adjourned", "Say whether it was adjourned");
    if let (Some(on), Some(participation), Some(alone), Some(meeting), Some(adjourned)) =
        (on, participation, alone, meeting, adjourned)
    {
        let finish = Finish { on, participation: participation.into(), alone, meeting, adjourned };
        match visit.casework().finish_review(&visit.actor, child, &occasion, &finish).await {
            Ok(()) => {
                let to = format!("/children/{child}/reviews/{occasion}");
                return Ok(done(
                    &visit.app,
                    &to,
                    "The review is recorded as held. Its clocks run from today’s entry.",
                ));
            }
            Err(error) => wrong(&mut form, error)?,
        }
    }
    Ok(again(&visit, &page, form))
}

async fn record(
    Path((child, occasion)): Path<(ChildId, String)>,
    Sent { visit, .. }: Sent,
) -> Reply<Response> {
    let form = visit.casework().draft_record(&visit.actor, child, &occasion).await?;
    Ok(Redirect::to(&format!("/children/{child}/forms/{form}")).into_response())
}

//! Calling a review: the day and place, and everybody who is asked unless there is a reason.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::record::form_key;
use kinfold_casework::reviews::{Calling, Invitee, Leaving, MovedTo, ReviewsPage};
use kinfold_casework::{Action, Error};
use kinfold_look::banner::inset;
use kinfold_look::form::{
    Button, Choice, DateInput, FormState, Radios, Required, Select, TextInput, Textarea, button_group,
    csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;

use super::{around, codes, read_code, role, wrong};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Child(Action::ConductReview);
    vec![
        get("/children/{child}/reviews/call", whom, show),
        post("/children/{child}/reviews/call", whom, send),
    ]
}

async fn open(visit: &Visit, child: ChildId) -> Reply<ReviewsPage> {
    let page = visit.casework().reviews_page(&visit.actor, child).await?;
    if page.leads() { Ok(page) } else { Err(Error::Absent.into()) }
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = open(&visit, child).await?;
    let form = FormState::new().with("key", form_key()).with("kind", "looked_after");
    Ok(draw(&visit, &page, &form))
}

/// The fields of day, time and place: the same when a review is called and when it is moved.
pub(super) fn when_and_where(page: &ReviewsPage, form: &FormState) -> Markup {
    html! {
        (DateInput::new("on", "Day of the review").render(form))
        (TextInput::new("time", "Time").hint("For example, 3.45 pm, after school.").render(form))
        (Select::new("place", "Where", codes(page, "review_place")).empty("Choose").render(form))
        (TextInput::new("detail", "Where exactly").hint("A room or a place the child chose. Never an address that has to be kept from somebody: everybody who is asked may read this.").render(form))
        (Radios::yes_no("by_child", "Did the child choose the day and the place?").render(form))
        (Radios::yes_no("child_chairs", "Will the child lead it, or a part of it?").render(form))
    }
}

/// Day, time and place as they were sent.
pub(super) fn read_when(page: &ReviewsPage, form: &mut FormState) -> Option<MovedTo> {
    let on = form.read_date("on", "Day of the review", Required::Yes);
    let place = read_code(form, page, ("place", "review_place"), Required::No, "Choose where it will be");
    let time = form.read_text_to("time", 100, Required::No, "");
    let detail = form.read_text_to("detail", 200, Required::No, "");
    let yes = |form: &FormState, name: &str| match form.value(name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let (by_child, child_chairs) = (yes(form, "by_child"), yes(form, "child_chairs"));
    Some(MovedTo { on: on?, time, place: place.map(Into::into), detail, by_child, child_chairs })
}

fn name_of(page: &ReviewsPage, invitee: &Invitee) -> Option<String> {
    let named = invitee.person.and_then(|person| page.names.get(&person)).cloned();
    named.or_else(|| invitee.name.clone())
}

/// What somebody is, as it stands behind their name: "foster carer", but "GP".
fn after_a_name(who: &str) -> String {
    let short = who.len() < 4 && who.chars().all(char::is_uppercase);
    if short { who.to_owned() } else { who.to_lowercase() }
}

fn draw(visit: &Visit, page: &ReviewsPage, form: &FormState) -> Markup {
    let child = page.handle.id();
    let mut around =
        around(visit, page, "Call a review", Some(("Reviews", format!("/children/{child}/reviews"))));
    around.has_errors = form.has_errors();
    let reasons: Vec<(String, String)> = codes(page, "left_out");
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Call a review" }
            (inset(&html! { p { "Ask the child first: where, when, who should be there, and whether they want to lead it. Everybody below is asked for their part unless you say why not." } }))
            form method="post" action=(format!("/children/{child}/reviews/call")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (Select::new("kind", "Which review", codes(page, "review")).render(form))
                (when_and_where(page, form))
                (DateInput::new("parts_by", "Ask for everybody’s part by").hint("Leave time to read them before the day.").render(form))
                h2.govuk-heading-m { "Who is asked" }
                @for invitee in &page.circle {
                    @let who = role(&page.book, &invitee.role);
                    @match invitee.member {
                        Some(member) if invitee.role != "young_person" => {
                            @let legend = name_of(page, invitee).map_or_else(|| who.to_owned(), |name| format!("{name}, {}", after_a_name(who)));
                            (Radios::new(format!("ask-{member}"), legend, [
                                Choice::new("yes", "Ask them"),
                                Choice::new("no", "Leave them out").reveal(html! {
                                    (Select::new(format!("reason-{member}"), "Why they are not asked", reasons.clone()).empty("Choose").render(form))
                                    (Textarea::new(format!("why-{member}"), "More about why").rows(2).limit(2000).render(form))
                                }),
                            ]).small().render(&asked_unless(form, &format!("ask-{member}"))))
                        }
                        _ => p.govuk-body { strong { (who) } ": always asked. How they take part is theirs to choose." },
                    }
                }
                p.govuk-hint { "Somebody who is not in the circle can be asked once the review is called." }
                (button_group(&[Button::main("Call the review")], Some(("Cancel", &format!("/children/{child}/reviews")))))
            }
        } }
    })
}

/// Everybody is asked until somebody says no.
fn asked_unless(form: &FormState, field: &str) -> FormState {
    match form.value(field) {
        "" => form.clone().with(field, "yes"),
        _ => form.clone(),
    }
}

fn read(page: &ReviewsPage, form: &mut FormState) -> Option<Calling> {
    let kind = read_code(form, page, ("kind", "review"), Required::Yes, "Choose which review it is");
    let to = read_when(page, form);
    let parts_by = form.read_date("parts_by", "Day for everybody’s part", Required::Yes);
    let mut leaving = Vec::new();
    for member in page.circle.iter().filter_map(|i| i.member) {
        if form.value(&format!("ask-{member}")) != "no" {
            continue;
        }
        let field = format!("reason-{member}");
        let reason =
            read_code(form, page, (&field, "left_out"), Required::Yes, "Choose why they are not asked");
        let text = form.read_text_to(&format!("why-{member}"), 2000, Required::No, "");
        leaving.extend(reason.map(|reason| Leaving { member, reason: reason.into(), text }));
    }
    let calling = Calling { kind: kind?.into(), to: to?, parts_by: parts_by?, leaving };
    (!form.has_errors()).then_some(calling)
}

async fn send(Path(child): Path<ChildId>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let page = open(&visit, child).await?;
    if let Some(calling) = read(&page, &mut form) {
        let key = form.value("key").to_owned();
        match visit.casework().call_review(&visit.actor, child, &key, &calling).await {
            Ok(occasion) => {
                let to = format!("/children/{child}/reviews/{occasion}");
                return Ok(done(
                    &visit.app,
                    &to,
                    "The review is called, and everybody with an account has been told.",
                ));
            }
            Err(error) => wrong(&mut form, error)?,
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form)).into_response())
}

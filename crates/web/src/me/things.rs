//! Things I like, what I am proud of, what I do: the child adds them.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use kinfold_casework::Error;
use kinfold_casework::me::OwnThings;
use kinfold_casework::record::form_key;
use kinfold_look::form::{Button, Choice, FormState, Radios, TextInput, csrf_field, error_summary, hidden};
use kinfold_look::{Markup, html};
use kinfold_record::EntryId;

use super::own;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/me/things", For::Own, show),
        post("/me/things", For::Own, add),
        post("/me/things/{entry}/remove", For::Own, remove),
    ]
}

const KINDS: [(&str, &str); 6] = [
    ("like", "Things I like"),
    ("dislike", "Things I do not like"),
    ("good_at", "Things I am good at"),
    ("proud", "Things I am proud of"),
    ("activity", "Clubs and things I do"),
    ("hope", "Things I hope for"),
];

async fn show(visit: Visit) -> Reply<Markup> {
    let things = visit.casework().own_things(&visit.actor).await?;
    Ok(draw(&visit, &things, &FormState::new().with("key", form_key())))
}

fn draw(visit: &Visit, things: &OwnThings, form: &FormState) -> Markup {
    let mut around = own(visit, "Things I like");
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1 class="govuk-heading-xl" { "Things I like" }
        p class="govuk-body" { "Tell us what you like and what you are proud of. Your people can read this." }
        @for (code, title) in KINDS {
            @if let Some(list) = things.get(code) {
                h2 class="govuk-heading-m" { (title) }
                ul class="kf-things" {
                    @for thing in list {
                        li class="kf-things__one" {
                            span { (thing.text) }
                            form method="post" action=(format!("/me/things/{}/remove", thing.entry)) {
                                (csrf_field(visit.actor.csrf()))
                                button class="kf-link-button" type="submit" { "Take away" span class="govuk-visually-hidden" { ": " (thing.text) } }
                            }
                        }
                    }
                }
            }
        }
        h2 class="govuk-heading-l" { "Add something" }
        form method="post" action="/me/things" novalidate {
            (csrf_field(visit.actor.csrf()))
            (hidden("key", form.value("key")))
            (Radios::new("what", "What is it?", KINDS.map(|(code, title)| Choice::new(code, title))).render(form))
            (TextInput::new("text", "Write it here").autocomplete("off").render(form))
            (Button::main("Add it"))
        }
    })
}

async fn add(Sent { visit, mut form }: Sent) -> Reply<Response> {
    match visit
        .casework()
        .add_own_thing(&visit.actor, form.value("key"), form.value("what"), form.value("text"))
        .await
    {
        Ok(()) => Ok(done(&visit.app, "/me/things", "It is added.")),
        Err(Error::Invalid(problems)) => {
            for problem in problems {
                form.error(problem.field, problem.message);
            }
            let things = visit.casework().own_things(&visit.actor).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &things, &form)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn remove(Path(entry): Path<EntryId>, Sent { visit, .. }: Sent) -> Reply<Response> {
    visit.casework().drop_own_thing(&visit.actor, entry).await?;
    Ok(done(&visit.app, "/me/things", "It is taken away."))
}

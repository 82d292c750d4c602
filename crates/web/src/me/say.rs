//! Say it: what kind of thing, the words, and who may read them. Every step is kept on the server before the next is shown.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use kinfold_casework::Error;
use kinfold_casework::me::SayPage;
use kinfold_look::form::{
    Button, Checkboxes, Choice, FormState, Radios, Textarea, csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, date, html};
use kinfold_record::PersonId;

use super::draw::{faces, tile};
use super::{own, words};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/me/say", For::Own, choose),
        get("/me/say/words", For::Own, words_page),
        post("/me/say/words", For::Own, keep_words),
        get("/me/say/who", For::Own, who_page),
        post("/me/say/who", For::Own, keep_who),
        post("/me/say/drop", For::Own, drop_it),
    ]
}

async fn choose(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().say_page(&visit.actor).await?;
    Ok(own(&visit, "Say it").render(&html! {
        h1 class="govuk-heading-xl" { "What do you want to say?" }
        @if !page.saying.topic.is_empty() {
            div class="kf-news" {
                p class="kf-news__words" { "You have not sent your last one. It is safe here." }
                p { a class="govuk-link" href="/me/say/words" { "Go on with it" } }
            }
        }
        ul class="kf-tiles" {
            @for code in words::TOPICS {
                @let (title, hint) = words::topic(code);
                (tile(&format!("/me/say/words?topic={code}"), title, hint))
            }
        }
        p class="govuk-body" { "Do you need help right now? " a class="govuk-link" href="/me/help-now" { "Get help now" } }
    }))
}

async fn words_page(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().say_page(&visit.actor).await?;
    let asked = visit.query.value("topic");
    let topic = if asked.is_empty() { page.saying.topic.as_str() } else { asked };
    let line = page.saying.line.map(|l| l.to_string()).unwrap_or_default();
    let asked_line = visit.query.value("line");
    let form = FormState::new()
        .with("topic", topic)
        .with("feeling", page.saying.feeling.as_deref().unwrap_or(""))
        .with("text", page.saying.text.clone())
        .with("line", if asked_line.is_empty() { line.as_str() } else { asked_line });
    Ok(draw_words(&visit, &form))
}

fn draw_words(visit: &Visit, form: &FormState) -> Markup {
    let mut around = own(visit, "Say it");
    around.back = Some(("Back".to_owned(), "/me/say".to_owned()));
    around.has_errors = form.has_errors();
    let topic = form.value("topic");
    let known = words::TOPICS.contains(&topic) || topic == "who_looked";
    let choices = words::TOPICS.map(|code| Choice::new(code, words::topic(code).0));
    around.render(&html! {
        (error_summary(form))
        h1 class="govuk-heading-xl" { @if known { (words::topic(topic).0) } @else { "Say it" } }
        form method="post" action="/me/say/words" novalidate {
            (csrf_field(visit.actor.csrf()))
            @if known && form.error_of("topic").is_none() {
                (hidden("topic", topic))
            } @else {
                (Radios::new("topic", "What do you want to say?", choices).render(form))
            }
            (hidden("line", form.value("line")))
            (faces(form))
            (Textarea::new("text", "Write it in your own words").hint("You can leave this empty and add a photo, a drawing or your voice next. We will not change your words.").rows(6).render(form))
            (Button::main("Next"))
        }
        (drop_form(visit))
    })
}

async fn keep_words(Sent { visit, mut form }: Sent) -> Reply<Response> {
    let feeling = Some(form.value("feeling")).filter(|f| !f.is_empty());
    let line = form.value("line").parse().ok();
    let kept = visit
        .casework()
        .keep_words(&visit.actor, form.value("topic"), feeling, form.value("text"), line)
        .await;
    match kept {
        Ok(_) => Ok(Redirect::to("/me/say/add").into_response()),
        Err(Error::Invalid(problems)) => {
            // Whoever has no space of their own learns nothing, not even what is wrong with the form.
            visit.casework().say_page(&visit.actor).await?;
            for problem in problems {
                form.error(problem.field, problem.message);
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw_words(&visit, &form)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn who_page(visit: Visit) -> Reply<Response> {
    let page = visit.casework().say_page(&visit.actor).await?;
    if page.saying.topic.is_empty() {
        return Ok(Redirect::to("/me/say").into_response());
    }
    let chosen: Vec<String> = page.saying.readers.iter().map(ToString::to_string).collect();
    let form = FormState::new()
        .with_all("readers", chosen)
        .with("reply_from", page.saying.reply_from.map(|p| p.to_string()).unwrap_or_default());
    Ok(draw_who(&visit, &page, &form).into_response())
}

/// What is said to a child of being kept safe: before anything is sent, and the same each time.
pub(super) fn kept_safe() -> Markup {
    html! {
        p class="govuk-body" {
            "There is one thing you should know. If you tell us that you or someone else is being hurt, or might be, we must "
            "tell the people whose job it is to keep you safe. We will tell you first, if we can."
        }
    }
}

fn draw_who(visit: &Visit, page: &SayPage, form: &FormState) -> Markup {
    let mut around = own(visit, "Who can read it");
    around.back = Some(("Back".to_owned(), "/me/say/add".to_owned()));
    around.has_errors = form.has_errors();
    let people = || page.people.iter().filter_map(|p| Some((p.person?.to_string(), p)));
    let readers = people().map(|(id, p)| Choice::new(id, words::name(p)).hint(words::role(&p.role).0));
    let mut reply: Vec<Choice> = vec![Choice::new("", "I do not mind")];
    reply.extend(people().map(|(id, p)| Choice::new(id, words::name(p)).hint(words::role(&p.role).0)));
    let complaint = page.saying.topic == "complaint";
    around.render(&html! {
        (error_summary(form))
        h1 class="govuk-heading-xl" { "Who can read it?" }
        p class="govuk-body" { "You choose. No one else can read it, just the people you pick." }
        (also(page))
        (kept_safe())
        form method="post" action="/me/say/who" novalidate {
            (csrf_field(visit.actor.csrf()))
            @if page.people.is_empty() {
                p class="govuk-body" { "None of your people can read this here yet. Please call one of them, or press “Help now”." }
            } @else {
                (Checkboxes::new("readers", "Pick one or more", readers).render(form))
                @if !complaint {
                    (Radios::new("reply_from", "Who do you want to hear back from?", reply).render(form))
                }
                p class="govuk-body" { "If one of them leaves, the person who takes their place may read it, so that you still hear back." }
                (Button::main("Next"))
            }
        }
        (drop_form(visit))
    })
}

/// Who gets to read it although they were not chosen.
pub(super) fn also(page: &SayPage) -> Markup {
    let sending = &page.sending;
    let names: Vec<&str> = sending.also.iter().map(|p| sending.name(*p)).collect();
    html! {
        @if !names.is_empty() {
            div class="kf-told" {
                @if sending.to_keep_safe {
                    p class="govuk-body" { strong { "This is a worry, so we pass it on to keep you safe. " } "It goes to " (listed(&names)) " too." }
                } @else {
                    p class="govuk-body" { "A complaint goes to " (listed(&names)) " too. They must write back to you." }
                }
            }
        }
    }
}

/// Names in a row.
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// When and from whom an answer comes, in words.
pub(super) fn reply_words(page: &SayPage) -> String {
    let sending = &page.sending;
    let who = sending.reply_from.map_or("One of your people", |p| sending.name(p));
    match sending.reply_by {
        Some(on) => format!("{who} will write back by {}.", date::long(on)),
        None => format!("{who} will write back."),
    }
}

async fn keep_who(Sent { visit, mut form }: Sent) -> Reply<Response> {
    let readers: Vec<PersonId> = form.values("readers").iter().filter_map(|id| id.parse().ok()).collect();
    let reply_from = form.value("reply_from").parse().ok();
    match visit.casework().keep_readers(&visit.actor, &readers, reply_from).await {
        Ok(_) => Ok(Redirect::to("/me/say/check").into_response()),
        Err(Error::Invalid(problems)) => {
            for problem in problems {
                form.error(problem.field, problem.message);
            }
            let page = visit.casework().say_page(&visit.actor).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw_who(&visit, &page, &form)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Throwing it away, at the foot of every step.
pub(super) fn drop_form(visit: &Visit) -> Markup {
    html! {
        form method="post" action="/me/say/drop" class="kf-drop" {
            (csrf_field(visit.actor.csrf()))
            button class="kf-link-button" type="submit" { "Throw this away" }
        }
    }
}

async fn drop_it(Sent { visit, .. }: Sent) -> Reply<Response> {
    visit.casework().drop_saying(&visit.actor).await?;
    Ok(done(&visit.app, "/me", "It is gone. No one has read it."))
}

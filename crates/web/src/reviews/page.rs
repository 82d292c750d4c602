//! One review: the child's words first, everybody's part, what has drifted, what was decided, and what comes next.

use axum::extract::Path;
use axum::response::Response;
use kinfold_casework::reviews::{PartLine, PartStanding, ReviewPage};
use kinfold_casework::{Action, Casework};
use kinfold_look::banner::{details, inset};
use kinfold_look::form::{Button, FormState, Required, Select, TextInput, button_link, csrf_field};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, State, date, html};
use kinfold_record::ChildId;

use super::{around, codes, document, drift, list, read_code, role};
use crate::child::event_form::paragraphs;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/reviews/{review}", For::Child(Action::ViewChronology), show),
        post("/children/{child}/reviews/{review}/answer/{part}", For::Child(Action::ViewChronology), answer),
        post("/children/{child}/reviews/{review}/file", For::Child(Action::ConductReview), file),
    ]
}

async fn show(visit: Visit, Path((child, occasion)): Path<(ChildId, String)>) -> Reply<Markup> {
    let page = visit.casework().review_page(&visit.actor, child, &occasion).await?;
    let back = Some(("Reviews", format!("/children/{child}/reviews")));
    let around = around(&visit, &page.reviews, "Review", back);
    let before = page.before.as_ref().filter(|_| page.review.is_ahead());
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Review on " (date::long(page.review.on)) }
        @if let Some(why) = &page.review.called_off { (inset(&html! { p { strong { "Called off. " } (why) } })) }
        (ways(&page))
        (child_first(&page))
        @if let Some(before) = before { (drift::words(before)) }
        h2.govuk-heading-m { "Day and place" }
        (facts(&page))
        h2.govuk-heading-m { "Everybody’s part" }
        (parts(&visit, &page))
        @if let Some(before) = before { (drift::drift(&page, before)) }
        h2.govuk-heading-m { "What was decided" }
        (list::actions(&visit, &page.reviews, &page.reviews.facts.actions.iter().filter(|a| a.occasion.as_ref() == Some(&page.review.occasion)).collect::<Vec<_>>()))
        (record(&visit, &page))
    }))
}

fn here(page: &ReviewPage) -> String {
    format!("/children/{}/reviews/{}", page.reviews.handle.id(), page.review.occasion)
}

fn ways(page: &ReviewPage) -> Markup {
    let here = here(page);
    let leads = page.reviews.leads();
    html! {
        div class="govuk-button-group kf-screen-only" {
            @if leads && page.review.is_ahead() {
                (button_link("Hold the review", &format!("{here}/meeting"), true))
                a.govuk-link href=(format!("{here}/change")) { "Change day, place or who is asked" }
            }
            @if page.reviews.handle.may.has(Action::RecordCare) && page.review.is_ahead() {
                a.govuk-link href=(format!("{here}/wishes")) { "Write down what the child wants for it" }
            }
        }
    }
}

/// The child's own part and wishes, before anything anybody else says.
fn child_first(page: &ReviewPage) -> Markup {
    let wishes = Casework::wished(&page.review);
    let part = page.parts.iter().find(|l| l.part.role == "young_person");
    html! {
        h2.govuk-heading-m { "What the child says" }
        @for (what, words) in &wishes {
            (inset(&html! { (paragraphs(words)) p.govuk-hint { (what) } }))
        }
        @match part {
            Some(PartLine { said: Some(said), .. }) => (document(said, false)),
            Some(PartLine { part, .. }) if part.came.is_some() => p.govuk-body { "Their part is there. It is not for your role." },
            _ if wishes.is_empty() => p.govuk-body { "Nothing yet. Ask the child, in a way that works for them, before anybody else." },
            _ => {}
        }
    }
}

fn facts(page: &ReviewPage) -> Markup {
    let codes = &page.reviews.book.guidance.codes;
    let review = &page.review;
    let yes = |flag: Option<bool>| match flag {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "Not known",
    };
    let mut facts = vec![
        Fact::new("Which", codes.title("review", &review.kind)),
        Fact::new("Day", html! { (date::long(review.on)) @if let Some(time) = &review.time { ", " (time) } }),
        Fact::new(
            "Where",
            html! {
                @match &review.place { Some(place) => (codes.title("review_place", place)), None => (date::unknown()) }
                @if let Some(detail) = &review.detail { br; (detail) }
            },
        ),
        Fact::new("Day and place chosen by the child", yes(review.by_child)),
        Fact::new("Led by the child, or a part of it", yes(review.child_chairs)),
    ];
    if let Some(why) = &review.moved {
        facts.push(Fact::new("Why it was moved", why.as_str()));
    }
    if let Some(held) = &review.held {
        facts.push(Fact::new("Held", html! { (date::long(held.on)) @if held.adjourned { ", adjourned" } }));
        if let Some(code) = &held.participation {
            facts.push(Fact::new("How the child took part", codes.title("review_participation", code)));
        }
        facts.push(Fact::new("Spoken with alone", yes(held.alone)));
    }
    summary_list(&facts)
}

fn standing(page: &ReviewPage, line: &PartLine) -> Markup {
    html! {
        @match line.part.standing(page.reviews.today) {
            PartStanding::In => { (State::Met.saying("Received")) @if let Some((on, _)) = &line.part.came { " " (date::short(*on)) } },
            PartStanding::Declined => (State::Excused.saying("Will not take part")),
            PartStanding::Late => (State::Late.saying("Missing")),
            PartStanding::Asked => (State::NotYet.saying("Asked for")),
        }
    }
}

fn parts(visit: &Visit, page: &ReviewPage) -> Markup {
    let codes_of = &page.reviews.book.guidance.codes;
    let child = page.reviews.handle.id();
    let leads = page.reviews.leads();
    let back = page.parts.iter().filter(|l| l.outside == Some(true) && l.part.came.is_none()).count();
    let row = |line: &PartLine| {
        let who = role(&page.reviews.book, &line.part.role);
        Row::new()
            .cell(html! { @if let Some(name) = &line.name { (name) br; } (who) @if line.own { br; strong { "Your part" } } })
            .cell(html! {
                @match &line.part.answer {
                    Some((code, text)) => { (codes_of.title("review_answer", code)) @if let Some(text) = text { br; span.govuk-hint { (text) } } },
                    None => "No answer yet",
                }
            })
            .cell(html! {
                (standing(page, line))
                @if let Some(due) = line.part.due.filter(|_| line.part.came.is_none()) { br; span.govuk-hint { "by " (date::short(due)) } }
                @match line.outside {
                    Some(true) if line.part.came.is_none() => { br; "Came back by link" },
                    Some(false) => { br; "With them by link" },
                    _ => {},
                }
            })
            .cell(html! {
                @if let Some(form) = line.form.filter(|_| page.review.called_off.is_none()) {
                    a class="govuk-link kf-screen-only" href=(format!("/children/{child}/forms/{form}")) {
                        @if line.own { "Fill in your part" } @else if leads { "Open or send a link" } @else { "Open" }
                        span.govuk-visually-hidden { ": " (who) }
                    }
                }
                @if let Some(document) = line.document {
                    a.govuk-link href=(format!("/children/{child}/documents/{document}")) { "Read" span.govuk-visually-hidden { ": " (who) } }
                }
            })
    };
    html! {
        (Table::new("Everybody’s part", ["Who", "Coming?", "Their part", "Open"].map(Column::new)).caption_hidden().dense().rows(page.parts.iter().map(row)))
        @if leads && back > 0 {
            form class="kf-screen-only" method="post" action=(format!("{}/file", here(page))) {
                (csrf_field(visit.actor.csrf()))
                (Button::secondary(if back == 1 { "File the part that came back".to_owned() } else { format!("File the {back} parts that came back") }))
            }
        }
        @if !page.review.left_out.is_empty() {
            (details("Not asked, and why", &html! {
                ul class="govuk-list govuk-list--bullet" {
                    @for left in &page.review.left_out {
                        li { (role(&page.reviews.book, &left.role)) ": " (codes_of.title("left_out", &left.reason)) @if let Some(text) = &left.text { ". " (text) } }
                    }
                }
            }, leads))
        }
        @if page.review.is_ahead() { (answers(visit, page)) }
    }
}

/// Saying whether somebody comes: for oneself, and for whoever leads the review for anybody.
fn answers(visit: &Visit, page: &ReviewPage) -> Markup {
    let lines: Vec<&PartLine> = page
        .parts
        .iter()
        .filter(|l| l.own && l.part.role != "young_person" || page.reviews.leads())
        .collect();
    let choices = codes(&page.reviews, "review_answer");
    let empty = FormState::new();
    html! {
        @if !lines.is_empty() {
            div class="kf-screen-only" { (details("Say who is coming", &html! {
                @for line in lines {
                    form method="post" action=(format!("{}/answer/{}", here(page), line.part.part)) {
                        (csrf_field(visit.actor.csrf()))
                        h3.govuk-heading-s { @if let Some(name) = &line.name { (name) ", " } (role(&page.reviews.book, &line.part.role)) }
                        (Select::new(format!("answer-{}", line.part.part), "Answer", choices.clone()).empty("Choose").render(&empty))
                        (TextInput::new(format!("text-{}", line.part.part), "In their words").render(&empty))
                        (Button::secondary("Save the answer"))
                    }
                }
            }, false)) }
        }
    }
}

/// The record and everybody's copy of it.
fn record(visit: &Visit, page: &ReviewPage) -> Markup {
    let here = here(page);
    let leads = page.reviews.leads();
    let works = leads || page.reviews.handle.may.has(Action::RecordCare);
    let agreed = page.review.record().is_some_and(|p| p.came.is_some());
    let own = page.parts.iter().find(|l| l.own && l.part.copy.as_ref().is_some_and(|c| c.sent.is_some()));
    let copy = |line: &PartLine| {
        let state = match &line.part.copy {
            None => State::NotYet.saying("To be looked over"),
            Some(copy) if copy.sent.is_some() => State::Met.saying("Sent"),
            Some(copy) if copy.sensitive => State::Stuck.saying("Waits for a second person"),
            Some(_) => State::DueSoon.saying("Ready to send"),
        };
        Row::new()
            .cell(html! { @if let Some(name) = &line.name { (name) ", " } (role(&page.reviews.book, &line.part.role)) })
            .cell(state)
            .cell(html! { a.govuk-link href=(format!("{here}/copies/{}", line.part.part)) { "Look at the copy" span.govuk-visually-hidden { " of: " (role(&page.reviews.book, &line.part.role)) } } })
    };
    html! {
        @if page.review.held.is_some() {
            h2.govuk-heading-m { "The record" }
            @match (&page.record_form, agreed) {
                (_, true) => {},
                (Some(form), _) => p.govuk-body { a.govuk-link href=(format!("/children/{}/forms/{form}", page.reviews.handle.id())) { "Go on with the record" } ". It is agreed when it is submitted." },
                (None, _) if leads => {
                    form class="kf-screen-only" method="post" action=(format!("{here}/record")) {
                        (csrf_field(visit.actor.csrf()))
                        p.govuk-body { "The record is drafted from everybody’s part and from what was decided. You go through it and submit it. It is due within 15 working days of the review, and everybody’s copy within 20." }
                        (Button::main("Draft the record"))
                    }
                }
                _ => p.govuk-body { "The record is not there yet." },
            }
            @if agreed && works {
                h3.govuk-heading-s { "Everybody’s copy" }
                (Table::new("Everybody’s copy", ["For whom", "State", "Look"].map(Column::new)).caption_hidden().dense().rows(page.parts.iter().map(copy)))
            } @else if let Some(line) = own {
                p.govuk-body { a.govuk-link href=(format!("{here}/copies/{}", line.part.part)) { "Read your copy of the record" } }
            }
        }
    }
}

async fn answer(
    Path((child, occasion, part)): Path<(ChildId, String, String)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let page = visit.casework().review_page(&visit.actor, child, &occasion).await?;
    let to = format!("/children/{child}/reviews/{occasion}");
    let field = format!("answer-{part}");
    let said =
        read_code(&mut form, &page.reviews, (&field, "review_answer"), Required::Yes, "Choose an answer");
    let Some(said) = said else {
        return Ok(done(&visit.app, &to, "!Nothing was saved: choose an answer first."));
    };
    let text = form.read_text_to(&format!("text-{part}"), 2000, Required::No, "");
    visit.casework().answer_invitation(&visit.actor, child, &occasion, &part, &said, text).await?;
    Ok(done(&visit.app, &to, "The answer is saved."))
}

async fn file(Path((child, occasion)): Path<(ChildId, String)>, Sent { visit, .. }: Sent) -> Reply<Response> {
    let filed = visit.casework().file_parts(&visit.actor, child, &occasion).await?;
    let words = match filed {
        0 => {
            "!Nothing was filed: what came back is not whole yet. Open it to see what is missing.".to_owned()
        }
        1 => "One part is filed.".to_owned(),
        n => format!("{n} parts are filed."),
    };
    Ok(done(&visit.app, &format!("/children/{child}/reviews/{occasion}"), &words))
}

//! The passport: a page for a telephone that also prints, in words the young person can use anywhere.

use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use kinfold_casework::Action;
use kinfold_casework::health::{NOT_THE_FULL_RECORD, Passport};
use kinfold_casework::record::form_key;
use kinfold_look::banner::inset;
use kinfold_look::form::{Button, Checkboxes, Choice, FormState, Select, button_link, csrf_field, hidden};
use kinfold_look::page::Voice;
use kinfold_look::{Markup, date, html};
use kinfold_paper::{Block, Paper};
use kinfold_record::ChildId;

use super::summary::preview;
use crate::child::bar::bar;
use crate::child::event_form::codes;
use crate::frame::frame;
use crate::on_paper::{paper_of, pdf_file};
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

/// For those who read health; and the young person, who sees the last one that was issued to them and nothing else.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/health/passport", For::Child(Action::ViewHealth), show),
        get("/children/{child}/health/passport/copy", For::Child(Action::ViewHealth), copy),
        post("/children/{child}/health/passport", For::Child(Action::RecordHealth), issue),
    ]
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let passport = visit.casework().health_passport(&visit.actor, child).await?;
    let mut around = frame(&visit, "Health passport");
    match &passport.page {
        Some(page) => {
            around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
            around.back = Some(("Health".to_owned(), format!("/children/{child}/health")));
        }
        None => {
            around.voice = Voice::Me;
            around.back = Some(("Back to my health".to_owned(), "/me/health".to_owned()));
        }
    }
    Ok(around.render(&html! {
        div.kf-read {
            h1.govuk-heading-l { "Health passport" }
            p.kf-lead { "What you can show when you see a doctor, a dentist or anybody new. It is yours." }
            (preview(&passport.name, &passport.rendered, passport.on))
            (issued(&passport))
            (newer(&passport))
            p class="kf-screen-only" {
                (button_link("Keep a copy (PDF)", &format!("/children/{child}/health/passport/copy"), false))
            }
        }
        (issue_form(&visit, child, &passport))
    }))
}

fn issued(passport: &Passport) -> Markup {
    html! {
        @if let Some(last) = passport.issued.first() {
            p.govuk-body-s { @if let Some(version) = last.version { "Version " (version) ", " } "issued " (date::long(last.source.on)) }
        }
    }
}

/// The young person is told that a newer one would say something else, and whom to ask.
fn newer(passport: &Passport) -> Markup {
    html! {
        @if passport.page.is_none() && passport.changed {
            (inset(&html! { p { "Something in your record has changed since this was made. Ask your nurse or social worker for a new one." } }))
        }
    }
}

/// The passport as a file to keep.
async fn copy(visit: Visit, Path(child): Path<ChildId>) -> Reply<Response> {
    let passport = visit.casework().passport_copy(&visit.actor, child).await?;
    pdf_file(&paper(&passport, &visit), "health-passport")
}

/// The same words as the page, for paper.
fn paper(passport: &Passport, visit: &Visit) -> Paper {
    let mut blocks = vec![
        Block::Strong(passport.name.clone()),
        Block::Text(
            "What you can show when you see a doctor, a dentist or anybody new. It is yours.".to_owned(),
        ),
    ];
    for section in &passport.rendered.sections {
        blocks.push(Block::Heading(2, section.section.title().to_owned()));
        let line = |(words, day): &(String, Option<Date>)| match day {
            Some(day) => format!("{words} ({})", date::short(*day)),
            None => words.clone(),
        };
        blocks.push(Block::List(section.lines.iter().map(line).collect()));
    }
    if passport.rendered.sections.is_empty() {
        blocks.push(Block::Text("There is nothing in it yet.".to_owned()));
    }
    blocks.push(Block::Heading(2, "About this passport".to_owned()));
    blocks.push(Block::Text(format!("{NOT_THE_FULL_RECORD} As known on {}.", date::long(passport.on))));
    if let Some(last) = passport.issued.first() {
        let version = last.version.map_or_else(String::new, |version| format!("Version {version}, "));
        blocks.push(Block::Text(format!("{version}issued {}.", date::long(last.source.on))));
    }
    blocks.push(Block::Text("It is made again when something changes. Ask for the newest one.".to_owned()));
    let day = passport.on;
    paper_of("Health passport".to_owned(), visit.casework().settings().authority.clone(), day, blocks)
}

fn issue_form(visit: &Visit, child: ChildId, passport: &Passport) -> Markup {
    let Some(page) = passport.page.as_ref().filter(|page| page.handle.may.has(Action::RecordHealth)) else {
        return html! {};
    };
    let form = FormState::new();
    html! {
        div class="kf-screen-only kf-read" {
            h2.govuk-heading-m { "Give it to the young person" }
            p.govuk-body {
                @if passport.issued.is_empty() { "None was issued yet." }
                @else if passport.changed { strong { "What it says has changed since the last one was issued: issue it again." } }
                @else { "The last one issued says the same." }
            }
            form method="post" action=(format!("/children/{child}/health/passport")) {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", &form_key()))
                (hidden("seen-version", &page.handle.version.to_string()))
                (Select::new("reason", "Why now", codes(&page.book, "passport_reason", page.today)).render(&form))
                (Checkboxes::new("forms", "In what form", codes(&page.book, "passport_form", page.today).into_iter().filter(|(code, _)| matches!(code.as_str(), "paper" | "phone")).map(|(code, title)| Choice::new(code, title))).small().render(&form))
                (Button::main("Record as issued"))
            }
        }
    }
}

async fn issue(Path(child): Path<ChildId>, Sent { visit, form }: Sent) -> Reply<Response> {
    let seen = form.value("seen-version").parse().unwrap_or(0);
    let reason = form.value("reason");
    let reason = if reason.is_empty() { "asked" } else { reason };
    let forms = form.values("forms");
    visit.casework().issue_passport(&visit.actor, child, seen, form.value("key"), reason, forms).await?;
    Ok(done(
        &visit.app,
        &format!("/children/{child}/health/passport"),
        "Recorded as issued. Print it, or open it on their phone.",
    ))
}

//! Circles by reference: an administrator who is given a child's reference sees which colleagues are in the circle. The
//! reference is typed in a form, and it is all that these pages ever say of the child.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use kinfold_casework::Action;
use kinfold_casework::circle_by_reference::{ColleagueCircle, ColleaguePlace, KeyWorker};
use kinfold_look::banner::warning;
use kinfold_look::card::empty;
use kinfold_look::form::{
    Button, FormState, Required, TextInput, Width, button_link, csrf_field, error_summary,
};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::{Here, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::Visit;

pub(super) const START: &str = "/admin/circles";

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ArrangeCircle);
    vec![get(START, whom, ask), post(START, whom, find), get("/admin/circles/{reference}", whom, show)]
}

/// The address of a circle's page. References are letters and digits, and whatever else is typed stays in its segment.
pub(super) fn address(reference: &str) -> String {
    let segment: String = form_urlencoded::byte_serialize(reference.as_bytes()).collect();
    format!("{START}/{segment}")
}

async fn ask(visit: Visit) -> Reply<Markup> {
    visit.casework().may_arrange_circles(&visit.actor).await?;
    Ok(draw(&visit, &FormState::new()))
}

fn draw(visit: &Visit, form: &FormState) -> Markup {
    let mut around = frame(visit, "Circles by reference");
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "Circles by reference" }
        (tabs(Here::Circles))
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            p.govuk-body { "When a child’s team asks you to, put colleagues in the child’s circle or end their place. Enter the reference that the team gives you." }
            p.govuk-body { "You see the places of colleagues, with their dates, and nothing else of the child. The log keeps every look and every change." }
            form method="post" action=(START) novalidate {
                (csrf_field(visit.actor.csrf()))
                (TextInput::new("reference", "The child’s reference").hint("Such as K00012. It stands at the top of the child’s page. Not a name").width(Width::Chars(10)).autocomplete("off").render(form))
                (Button::main("Open the circle").repeatable())
            }
        } }
    })
}

async fn find(Sent { visit, mut form }: Sent) -> Reply {
    visit.casework().may_arrange_circles(&visit.actor).await?;
    let typed = form.read_text_to("reference", 40, Required::Yes, "Enter the child’s reference");
    if let Some(typed) = typed {
        if let Some(reference) = visit.casework().find_circle(&visit.actor, &typed).await? {
            return Ok(Redirect::to(&address(&reference)).into_response());
        }
        form.error("reference", "We have no child with this reference, or it may not be opened here");
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &form)).into_response())
}

/// The title of a place.
pub(super) fn role(circle: &ColleagueCircle, code: &str) -> String {
    circle.book.guidance.codes.title("circle_role", code).to_owned()
}

async fn show(visit: Visit, Path(reference): Path<String>) -> Reply<Markup> {
    let circle = visit.casework().circle_by_reference(&visit.actor, &reference).await?;
    let base = address(&circle.reference);
    let (mut now, mut past): (Vec<&ColleaguePlace>, Vec<&ColleaguePlace>) =
        circle.places.iter().partition(|place| place.to.is_none_or(|to| circle.today < to));
    now.sort_by_key(|place| (!place.key_worker, place.from));
    past.sort_by_key(|place| std::cmp::Reverse((place.to, place.from)));
    let mut around = frame(&visit, "A circle by reference");
    around.back = Some(("Back to circles by reference".to_owned(), START.to_owned()));
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Circle of " (circle.reference) }
        @if circle.gaps.last().is_some_and(|gap| gap.to.is_none()) {
            (warning("This child is looked after and has no key worker. Name one now, or tell the child’s team."))
        }
        (summary_list(&[
            Fact::new("Reference", html! { (circle.reference) }),
            Fact::new("Key worker", key_worker(&circle.key_worker)),
        ]))
        div.govuk-button-group {
            (button_link("Add a colleague", &format!("{base}/add"), true))
            (button_link("Hand over the key worker", &format!("{base}/key-worker"), false))
        }
        h2.govuk-heading-m { "Colleagues now" }
        @if now.is_empty() {
            (empty("No colleague yet", "Nobody with an account is in this circle. Add the colleagues whom the child’s team names.", None))
        } @else {
            (places("Colleagues in the circle now", &now, &circle, Some(&base)))
        }
        @if !past.is_empty() {
            h2.govuk-heading-m { "Colleagues before" }
            (places("Colleagues in the circle before", &past, &circle, None))
        }
        h2.govuk-heading-m { "Without a key worker" }
        @if circle.gaps.is_empty() {
            p.govuk-body { "There has been a key worker for as long as one was needed." }
        } @else {
            (gaps(&circle))
        }
    }))
}

fn key_worker(who: &KeyWorker) -> Markup {
    html! {
        @match who {
            KeyWorker::Colleague(name, since) => { (name) ", since " (date::short(*since)) }
            KeyWorker::Elsewhere => "Somebody without an account",
            KeyWorker::Nobody => "Nobody",
        }
    }
}

fn places(caption: &str, places: &[&ColleaguePlace], circle: &ColleagueCircle, base: Option<&str>) -> Markup {
    let mut columns =
        vec![Column::new("Colleague and place"), Column::new(if base.is_some() { "From" } else { "When" })];
    if base.is_some() {
        columns.push(Column::unlabelled("Change"));
    }
    let rows = places.iter().map(|place| {
        let title = role(circle, &place.role);
        let row = Row::new()
            .cell(html! {
                (place.name)
                br; span.govuk-hint { (title) @if place.key_worker { ", " strong { "key worker" } } }
            })
            .cell(html! { (date::short_element(place.from)) @if let Some(to) = place.to { " until " (date::short_element(to)) } });
        match base {
            Some(base) => row.cell(html! {
                a.govuk-link href=(format!("{base}/{}/end", place.entry)) { "End" span.govuk-visually-hidden { " the place of " (place.name) ", " (title) } }
            }),
            None => row,
        }
    });
    html! { (Table::new(caption, columns).caption_hidden().dense().rows(rows)) }
}

fn gaps(circle: &ColleagueCircle) -> Markup {
    let end = |to: Option<Date>| html! { @match to { Some(to) => (date::short_element(to)), None => "Now" } };
    let rows = circle.gaps.iter().rev().map(|gap| {
        Row::new()
            .cell(date::short_element(gap.from))
            .cell(end(gap.to))
            .cell(html! { (date::lasted(gap.from, gap.to.unwrap_or(circle.today))) })
    });
    html! {
        (Table::new("Times without a key worker, newest first", ["From", "Until", "For how long"].map(Column::new))
            .caption_hidden().dense().rows(rows))
    }
}

//! Reviews: called, everybody heard, decided, written down and sent; the reviewing officer's dispute; the report of a year.

mod action;
mod call;
mod change;
mod copies;
mod dispute;
mod drift;
mod list;
mod meanwhile;
mod meeting;
pub(crate) mod own;
mod page;
mod wishes;
mod year;
mod year_words;

use kinfold_casework::reviews::ReviewsPage;
use kinfold_casework::{Book, Error};
use kinfold_forms::Frozen;
use kinfold_look::form::{FormState, Required};
use kinfold_look::page::Page;
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::{Markup, html};

use crate::Route;
use crate::child::bar::bar;
use crate::frame::frame;
use crate::visit::Visit;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [
        list::routes(),
        call::routes(),
        page::routes(),
        change::routes(),
        wishes::routes(),
        meeting::routes(),
        action::routes(),
        copies::routes(),
        dispute::routes(),
        year::routes(),
        own::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The frame of a page about one child's reviews.
fn around(visit: &Visit, page: &ReviewsPage, title: &str, back: Option<(&str, String)>) -> Page {
    let mut around = frame(visit, title);
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    around.back = back.map(|(words, href)| (words.to_owned(), href));
    around
}

/// The codes of a list that are in use on a day, with their titles.
fn codes(page: &ReviewsPage, list: &str) -> Vec<(String, String)> {
    crate::child::event_form::codes(&page.book, list, page.today)
}

/// One of the codes of a list, or an error beside the field.
fn read_code(
    form: &mut FormState,
    page: &ReviewsPage,
    (field, list): (&str, &str),
    required: Required,
    message: &str,
) -> Option<String> {
    let known: Vec<String> = codes(page, list).into_iter().map(|(code, _)| code).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    form.read_choice(field, &known, required, message)
}

/// Puts what a use case found wrong beside its fields; anything else is passed on.
fn wrong(form: &mut FormState, error: Error) -> Result<(), Error> {
    match error {
        Error::Invalid(problems) => {
            for problem in problems {
                match problem.field.as_str() {
                    "" => form.form_error(problem.message),
                    field => form.error(field, problem.message),
                }
            }
            Ok(())
        }
        Error::Impossible(problems) => {
            problems.into_iter().for_each(|problem| form.form_error(problem.message));
            Ok(())
        }
        other => Err(other),
    }
}

/// What a document says, section by section.
fn document(frozen: &Frozen, heading: bool) -> Markup {
    html! {
        @for section in &frozen.sections {
            @if heading { h2.govuk-heading-m { (section.title) } }
            (summary_list(&section
                .questions
                .iter()
                .filter(|q| q.answer.is_some())
                .map(|q| Fact::new(q.label.clone(), crate::forms::answer_shown(&q.shown)))
                .collect::<Vec<_>>()))
        }
    }
}

/// A role in the circle, in words.
fn role<'b>(book: &'b Book, code: &'b str) -> &'b str {
    book.guidance.codes.title("circle_role", code)
}

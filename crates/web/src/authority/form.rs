//! A page that holds one form, as the pages of this strand share it.

use kinfold_look::form::{Button, FormState, button_group, csrf_field, error_summary, hidden};
use kinfold_look::{Markup, html};

use crate::frame::frame;
use crate::visit::Visit;

/// One form on a page of its own.
pub(super) struct FormPage<'a> {
    /// Its heading.
    pub title: &'a str,
    /// What it is about, above the heading.
    pub about: &'a str,
    /// Where it goes.
    pub action: &'a str,
    /// Where one came from: words and address.
    pub back: (&'a str, &'a str),
    /// The words of its button.
    pub button: &'a str,
    /// Whether it sends a file.
    pub upload: bool,
}

impl FormPage<'_> {
    /// The page with its fields, under what is said before them.
    pub(super) fn draw(&self, visit: &Visit, form: &FormState, before: &Markup, fields: &Markup) -> Markup {
        let mut around = frame(visit, self.title);
        let (words, href) = self.back;
        around.back = Some((words.to_owned(), href.to_owned()));
        around.has_errors = form.has_errors();
        let kind = self.upload.then_some("multipart/form-data");
        around.render(&html! {
            div.govuk-grid-row { div.govuk-grid-column-two-thirds {
                (error_summary(form))
                span.govuk-caption-l { (self.about) }
                h1.govuk-heading-l { (self.title) }
                (before)
                form method="post" action=(self.action) enctype=[kind] novalidate {
                    (csrf_field(visit.actor.csrf()))
                    (hidden("key", form.value("key")))
                    (hidden("seen", form.value("seen")))
                    (fields)
                    (button_group(&[Button::main(self.button)], Some(("Cancel", href))))
                }
            } }
        })
    }
}

/// The version that the person had before them.
pub(super) fn seen(form: &FormState) -> i64 {
    form.value("seen").parse().unwrap_or(0)
}

/// A form that does one thing at the press of a button.
pub(super) fn press(visit: &Visit, action: &str, key: &str, seen: i64, button: &Button) -> Markup {
    html! {
        form class="kf-screen-only" method="post" action=(action) {
            (csrf_field(visit.actor.csrf()))
            (hidden("key", key))
            (hidden("seen", &seen.to_string()))
            (button)
        }
    }
}

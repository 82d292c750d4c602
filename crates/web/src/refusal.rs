//! A form that a use case refused: its errors stand beside the fields, and nothing typed is lost.

use axum::http::StatusCode;
use kinfold_casework::Error;
use kinfold_look::compare::{Side, compare};
use kinfold_look::form::FormState;
use kinfold_look::{Markup, html};

use crate::oops::Reply;

/// Puts what was refused into the form and answers with the status; what is no fault of the form goes on as an error.
pub(crate) fn refuse(form: &mut FormState, error: Error) -> Reply<StatusCode> {
    match error {
        Error::Invalid(problems) => {
            for problem in problems {
                if problem.field.is_empty() {
                    form.form_error(problem.message);
                } else {
                    form.error(problem.field, problem.message);
                }
            }
            Ok(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Error::Impossible(problems) => {
            for problem in problems {
                form.form_error(problem.message);
            }
            Ok(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Error::Forbidden(words) => {
            form.form_error(words);
            Ok(StatusCode::FORBIDDEN)
        }
        error => Err(error.into()),
    }
}

/// What somebody else saved meanwhile beside what was typed here.
pub(crate) fn both(saved: String, typed: String) -> Markup {
    html! {
        h2.govuk-heading-m { "Somebody else changed this meanwhile" }
        p.govuk-body { "Nothing was overwritten. Compare the two: send the form again to save what you typed, or leave this page to keep what is saved." }
        (compare(
            &Side { title: "Saved now".to_owned(), who: "Changed by somebody else".to_owned(), text: saved },
            &Side { title: "What you typed".to_owned(), who: "Not saved yet".to_owned(), text: typed },
        ))
    }
}

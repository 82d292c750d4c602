//! Bodies of error pages: what happened, what is lost (nothing), and what to do.
//!
//! Denied and absent are one page, word for word: a page that said "you may not" would tell that there is something to see.

use crate::compare::{Side, compare};
use crate::form::{Button, FormState, csrf_field, hidden};
use maud::{Markup, html};

/// Title and body of an error page.
#[derive(Clone, Debug)]
pub struct Problem {
    /// For [`crate::Page::title`].
    pub title: &'static str,
    /// Body, with its `h1`.
    pub body: Markup,
}

fn problem(title: &'static str, text: &Markup) -> Problem {
    Problem {
        title,
        body: html! {
            div.kf-read {
                h1.govuk-heading-l { (title) }
                (text)
            }
        },
    }
}

/// 404: for what is not there and for what the reader may not see.
#[must_use]
pub fn not_found() -> Problem {
    problem(
        "Page not found",
        &html! {
            p.govuk-body { "If you typed the address, check that it is right. If you followed a link, the page may have moved." }
            p.govuk-body {
                "If you expected to see a child’s record here, ask the child’s social worker to check that you are in the \
                 child’s circle."
            }
            p.govuk-body { a.govuk-link href="/" { "Go to the start page" } }
        },
    )
}

/// 403: the form's token was missing or too old (signed out meanwhile, another tab). What was typed is handed back to send again.
#[must_use]
pub fn form_expired(action: &str, csrf: &str, typed: &FormState) -> Problem {
    let pairs: Vec<_> =
        typed.pairs().filter(|(name, _)| *name != "csrf" && !name.contains("password")).collect();
    problem(
        "Send the form again",
        &html! {
            p.govuk-body { "The page was open for too long or you signed in again since. Nothing has been saved yet." }
            @if pairs.is_empty() {
                p.govuk-body { "Go back, reload the page and try again." }
            } @else {
                p.govuk-body { "What you wrote is still here. Send it again:" }
                form action=(action) method="post" {
                    (csrf_field(csrf))
                    @for (name, value) in &pairs { (hidden(name, value)) }
                    (Button::main("Send it again"))
                }
            }
        },
    )
}

/// 409: somebody else saved a change first. Both texts are shown; the reader's own can be sent again over it.
#[must_use]
pub fn conflict(theirs: &Side, mine: &Side, again: &Markup) -> Problem {
    Problem {
        title: "Somebody else changed this",
        body: html! {
            div.kf-read {
                h1.govuk-heading-l { "Somebody else changed this" }
                p.govuk-body { "While you were writing, another person saved a change. Nothing is lost: both texts are below." }
            }
            (compare(theirs, mine))
            (again)
        },
    }
}

/// 413: what was sent is too large. `limit` in words ("20 MB").
#[must_use]
pub fn too_large(limit: &str) -> Problem {
    problem(
        "That is too large",
        &html! {
            p.govuk-body { "What you sent is larger than " (limit) ", the most that can be sent at once. Nothing was saved." }
            p.govuk-body { "Go back: what you typed should still be there. Split the text or the file and send the parts one by one." }
        },
    )
}

/// 422 outside a form: what was sent could not be understood.
#[must_use]
pub fn not_understood(what: &str) -> Problem {
    problem(
        "We could not read that",
        &html! {
            p.govuk-body { (what) }
            p.govuk-body { "Nothing was saved. Go back, correct it and send it again." }
        },
    )
}

/// 429: too many tries. `wait` in words ("15 minutes").
#[must_use]
pub fn too_many(wait: &str) -> Problem {
    problem(
        "Too many tries",
        &html! { p.govuk-body { "To keep accounts safe, wait " (wait) " and try again." } },
    )
}

/// 500: our fault. `reference` finds the fault in the log; it says nothing about anybody.
#[must_use]
pub fn fault(reference: &str) -> Problem {
    problem(
        "Something went wrong",
        &html! {
            p.govuk-body { "This is a fault in Kinfold, not something you did. What was saved before is safe." }
            p.govuk-body { "Try again in a few minutes. If it happens again, tell your help desk this reference:" }
            p.govuk-body { span.kf-reference { (reference) } }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expired_form_hands_back_what_was_typed_but_no_password_and_no_old_token() {
        let typed =
            FormState::from_pairs([("note", "He said \"no\""), ("csrf", "old"), ("password", "secret")]);
        let text = form_expired("/visit", "new", &typed).body.into_string();
        assert!(text.contains("name=\"note\" value=\"He said &quot;no&quot;\""));
        assert!(text.contains("name=\"csrf\" value=\"new\""));
        assert!(!text.contains("old") && !text.contains("secret"));
    }

    #[test]
    fn absent_does_not_say_denied() {
        let text = not_found().body.into_string().to_lowercase();
        for word in ["denied", "permission", "not allowed", "forbidden", "restricted"] {
            assert!(!text.contains(word), "{word}");
        }
    }

    #[test]
    fn a_conflict_keeps_both_texts() {
        let side = |text: &str| Side { title: "T".into(), who: "W".into(), text: text.into() };
        let text = conflict(&side("one"), &side("two"), &html! {}).body.into_string();
        assert!(text.contains("one") && text.contains("two"));
    }

    #[test]
    fn every_problem_has_one_heading_and_says_what_to_do() {
        for problem in [
            not_found(),
            too_large("20 MB"),
            not_understood("Row 3 has no date."),
            too_many("1 minute"),
            fault("ab-12"),
        ] {
            let text = problem.body.into_string();
            assert_eq!(text.matches("<h1").count(), 1, "{}", problem.title);
            assert!(text.contains(problem.title));
        }
        assert!(fault("ab-12").body.into_string().contains("ab-12"));
    }
}

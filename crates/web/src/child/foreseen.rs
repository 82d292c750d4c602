//! What looks doubtful about an entry, shown before it is recorded: what was typed stays, and whoever typed it may change
//! it or go on. Nothing here refuses anything.

use kinfold_casework::census_entry::{EntryWarning, Foreseen};
use kinfold_casework::record::Recorded;
use kinfold_look::banner::{asking_banner, details};
use kinfold_look::form::{FormState, hidden};
use kinfold_look::{Markup, date, html};

use crate::help::prose;

/// The name under which a form carries what its reader has been shown.
pub(crate) const SHOWN: &str = "shown";

/// What is only told once something is recorded, at most so many.
const TOLD: usize = 3;

/// Whether there is something that the reader of the form has not seen yet.
pub(crate) fn is_news(foreseen: &Foreseen, form: &FormState) -> bool {
    marks(foreseen).iter().any(|mark| !form.holds(SHOWN, mark))
}

/// A mark for each thing shown, to know it again when the form comes back.
fn marks(foreseen: &Foreseen) -> Vec<String> {
    let doubts = foreseen.doubts.iter().map(|doubt| doubt.message.clone());
    doubts.chain(foreseen.asked().map(|warning| warning.code.to_owned())).collect()
}

/// The form with what its reader is shown now.
pub(crate) fn shown(foreseen: &Foreseen, form: FormState) -> FormState {
    form.with_all(SHOWN, marks(foreseen))
}

/// What was shown, for the form to carry along.
pub(crate) fn shown_fields(form: &FormState) -> Markup {
    html! { @for mark in form.values(SHOWN) { (hidden(SHOWN, mark)) } }
}

/// What to look at. `button` is what to choose if everything is right as it is.
pub(crate) fn note(foreseen: &Foreseen, button: &str) -> Markup {
    let words = format!(
        "Nothing is recorded yet, and what you typed is still below. Change it, or choose “{button}” if it is right as it is."
    );
    asking("Look at this before you record it", &words, foreseen)
}

/// What to look at before a form is submitted; nothing when there is nothing. Its answers are on the same page, so nothing
/// has to be sent twice.
pub(crate) fn before_submitting(foreseen: &Foreseen) -> Markup {
    if foreseen.doubts.is_empty() && foreseen.warnings.is_empty() {
        return html! {};
    }
    let words = "Nothing is recorded yet. Change an answer, or submit the form if it is right as it is.";
    asking("Look at this before you submit", words, foreseen)
}

fn asking(heading: &str, words: &str, foreseen: &Foreseen) -> Markup {
    let open: Vec<&EntryWarning> = foreseen.left_open().collect();
    asking_banner(&html! {
        p.govuk-notification-banner__heading { (heading) }
        p.govuk-body { (words) }
        @for doubt in &foreseen.doubts { p.govuk-body { (doubt.message) } }
        @for warning in foreseen.asked() { (told(warning)) }
        @if !open.is_empty() {
            p.govuk-body { "The statutory return also asks for what is still open here:" }
            ul class="govuk-list govuk-list--bullet" {
                @for warning in open { li { (warning.title) " " (rule(warning)) } }
            }
        }
    })
}

fn told(warning: &EntryWarning) -> Markup {
    html! {
        h3.govuk-heading-s { (warning.title) }
        p.govuk-body {
            "The statutory return of " (warning.collections.join(" and ")) " would be wrong"
            @if let Some(day) = warning.day { " from " (date::long(day)) }
            ". " (rule(warning))
        }
        @if !warning.cells.is_empty() {
            ul class="govuk-list govuk-list--bullet" {
                @for (asked, cell) in &warning.cells {
                    li { (asked) ": " @if cell.is_empty() { "nothing" } @else { strong { (cell) } } }
                }
            }
        }
        h4.govuk-heading-s { "How to put it right" }
        (prose(&warning.fix, "How to put it right"))
        (details("Why this matters", &prose(&warning.why, "Why this matters"), false))
    }
}

/// The rule with the way to its page in the manual.
fn rule(warning: &EntryWarning) -> Markup {
    html! { a.govuk-link href=(format!("/return/rules/{}", warning.code)) { "Rule " (warning.code) } }
}

/// What was done and what remains to be looked at, without a name.
pub(crate) fn said(recorded: &Recorded, foreseen: &Foreseen) -> String {
    let mut words = match recorded.duties_changed {
        0 => "Recorded. No duty changed.".to_owned(),
        1 => "Recorded. One duty changed.".to_owned(),
        n => format!("Recorded. {n} duties changed."),
    };
    for doubt in &recorded.doubts {
        words.push_str(" Worth a look: ");
        words.push_str(&doubt.message);
    }
    words + &remains(foreseen)
}

/// What remains to be looked at for the return once something is recorded, to follow other words; empty when that is
/// nothing.
pub(crate) fn remains(foreseen: &Foreseen) -> String {
    let mut words = String::new();
    for warning in foreseen.warnings.iter().take(TOLD) {
        words.push_str(" For the statutory return: ");
        words.push_str(warning.title);
        words.push_str(&format!(" (rule {})", warning.code));
    }
    let more = foreseen.warnings.len().saturating_sub(TOLD);
    if more > 0 {
        words.push_str(&format!(" And {more} more."));
    }
    words
}

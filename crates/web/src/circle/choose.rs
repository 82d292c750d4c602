//! Choosing somebody with an account: words in, a short list out. The words travel in the form that asks, never in an
//! address, and the list comes back in the same form with everything else that was typed.

use kinfold_casework::circle::Candidate;
use kinfold_look::form::{Button, Choice, FormState, Radios, TextInput};
use kinfold_look::{Markup, html};

use crate::oops::Reply;
use crate::visit::Visit;

/// The search field, its button, and what it found as radios called `name`.
pub(crate) fn chooser(name: &str, label: &str, found: Option<&[Candidate]>, form: &FormState) -> Markup {
    let words = format!("{name}-words");
    html! {
        (TextInput::new(words, label.to_owned()).hint("Part of a name or e-mail address, then choose “Find”").autocomplete("off").render(form))
        (Button::secondary("Find").sends("step", "find").repeatable())
        @match found {
            None => {}
            Some([]) => p.govuk-body { "Nobody found. Check the spelling, or enter more of the name." }
            Some(found) => {
                (Radios::new(name, "Who?", found.iter().map(|c| Choice::new(c.person.to_string(), c.name.clone()).hint(c.roles.clone()))).small().render(form))
            }
        }
    }
}

/// What the words of a form find: `None` before anything was looked for.
pub(super) async fn found(visit: &Visit, name: &str, form: &FormState) -> Reply<Option<Vec<Candidate>>> {
    let words = form.value(&format!("{name}-words")).trim();
    if words.is_empty() {
        return Ok(None);
    }
    Ok(Some(visit.casework().candidates(&visit.actor, words).await?))
}

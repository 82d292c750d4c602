//! Task list: the parts of a long form or a piece of work.

use crate::tag::{Colour, tag};
use maud::{Markup, html};

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Done.
    Completed,
    /// Begun.
    InProgress,
    /// Not begun.
    NotStarted,
    /// Waits for another task.
    CannotStartYet,
    /// Something in it is wrong.
    Problem,
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Name of the task.
    pub name: String,
    /// Where it is done. Not linked while it cannot start.
    pub href: String,
    /// Help below the name.
    pub hint: Option<String>,
    /// How far it is.
    pub progress: Progress,
}

/// GOV.UK task list. `id` keeps apart several lists on a page.
#[must_use]
pub fn task_list(id: &str, tasks: &[Task]) -> Markup {
    html! {
        ul.govuk-task-list {
            @for (at, task) in tasks.iter().enumerate() { (draw(&format!("{id}-{}", at + 1), task)) }
        }
    }
}

fn draw(id: &str, task: &Task) -> Markup {
    let linked = task.progress != Progress::CannotStartYet;
    let status = format!("{id}-status");
    let described = task.hint.as_ref().map_or_else(|| status.clone(), |_| format!("{id}-hint {status}"));
    html! {
        li.govuk-task-list__item.govuk-task-list__item--with-link[linked] {
            div.govuk-task-list__name-and-hint {
                @if linked {
                    a class="govuk-link govuk-task-list__link" href=(task.href) aria-describedby=(described) { (task.name) }
                } @else { div { (task.name) } }
                @if let Some(hint) = &task.hint {
                    div.govuk-task-list__hint id=(format!("{id}-hint")) { (hint) }
                }
            }
            div.govuk-task-list__status.govuk-task-list__status--cannot-start-yet[!linked] id=(status) {
                @match task.progress {
                    Progress::Completed => "Completed",
                    Progress::InProgress => (tag("In progress", Colour::Blue)),
                    Progress::NotStarted => (tag("Not started", Colour::Teal)),
                    Progress::CannotStartYet => "Cannot start yet",
                    Progress::Problem => (tag("There is a problem", Colour::Red)),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(progress: Progress) -> Task {
        Task { name: "Who <you> are".into(), href: "/who".into(), hint: Some("Names".into()), progress }
    }

    #[test]
    fn a_task_is_described_by_its_hint_and_status() {
        let text = task_list("form", &[task(Progress::NotStarted)]).into_string();
        assert!(text.contains("aria-describedby=\"form-1-hint form-1-status\">Who &lt;you&gt; are</a>"));
        assert!(text.contains(
            "id=\"form-1-status\"><strong class=\"govuk-tag govuk-tag--teal\">Not started</strong>"
        ));
    }

    #[test]
    fn what_cannot_start_is_not_a_link() {
        let text = task_list("form", &[task(Progress::CannotStartYet)]).into_string();
        assert!(!text.contains("<a ") && text.contains("govuk-task-list__status--cannot-start-yet"));
    }
}

//! Who does what: every role in a sentence, and for those who may read it the whole matrix of rights.

use kinfold_access::{Action, CircleRole, Code, Role, roles};
use kinfold_casework::Casework;
use kinfold_look::banner::details;
use kinfold_look::{Markup, html};

use super::guides::drawn;
use crate::frame::frame;
use crate::route::{For, Route, get};
use crate::visit::Visit;

/// The matrix as worked out from the policies. A test of the policies fails when the two differ, so nobody needs to wait
/// while it is worked out again.
const MATRIX: &str = include_str!("../../../../docs/reference/access-matrix.md");

pub(super) fn routes() -> Vec<Route> {
    vec![get("/roles", For::SignedIn, show)]
}

/// A role where it is named on a page for colleagues: its title leads to what it sees and does. Never on pages of a child's
/// own space, which has words of its own.
pub(crate) fn role_link(code: &str) -> Markup {
    let title = Casework::role_title(code);
    match Role::parse(code) {
        Some(role) => leads_to(role, &title),
        None => html! { (title) },
    }
}

/// The same for a place in a child's circle, by its title there. A place of family or friends is no role.
pub(crate) fn place_link(place: &str, title: &str) -> Markup {
    let role = match CircleRole::parse(place) {
        Some(CircleRole::CoverWorker) => Some(Role::SocialWorker),
        Some(CircleRole::LookedAfterNurse) => Some(Role::DesignatedNurse),
        Some(CircleRole::VirtualSchool) => Some(Role::VirtualSchoolHead),
        Some(CircleRole::ResidentialWorker) => Some(Role::FosterCarer),
        Some(CircleRole::YoungPerson) | None => None,
        Some(other) => Role::parse(other.as_str()),
    };
    role.map_or_else(|| html! { (title) }, |role| leads_to(role, title))
}

fn leads_to(role: Role, title: &str) -> Markup {
    html! { a class="govuk-link govuk-link--text-colour" href=(format!("/help/{}", role.as_str())) { (title) } }
}

/// The roles' parts of the file, and the policies after them.
fn halves() -> (&'static str, &'static str) {
    MATRIX.split_once("\n# The policies\n").unwrap_or((MATRIX, ""))
}

/// Each role's part of the matrix: its title and its text.
fn parts() -> impl Iterator<Item = (&'static str, &'static str)> {
    halves().0.split("\n## ").skip(1).filter_map(|part| part.split_once('\n'))
}

async fn show(visit: Visit) -> Markup {
    let own = |role: Role| visit.actor.has(role);
    frame(&visit, "Who does what").render(&html! {
        h1.govuk-heading-l { "Who does what" }
        div.kf-read {
            p.govuk-body { "What somebody may see and do comes from four things together: the role they hold, how they stand to the child today, the purpose they work for, and how sensitive the thing is. Nothing is allowed that no policy allows." }
            dl.govuk-list {
                @for role in roles() {
                    dt { strong { (role.title) } @if own(role.role) { " (you)" } }
                    dd { (role.sentence) " " a.govuk-link href=(format!("/help/{}", role.role.as_str())) { "Guide" span.govuk-visually-hidden { " for the role " (role.title) } } }
                }
            }
        }
        @if visit.actor.may().has(Action::ViewMatrix) {
            h2.govuk-heading-m { "The matrix of rights" }
            p.govuk-body { "Worked out from the policies that decide. ✓ means allowed for the role’s usual purpose; a word means: allowed, but only for that purpose." }
            @for (title, text) in parts() { (details(title, &drawn(text, title), false)) }
            h2.govuk-heading-m { "The policies" }
            (details("Every policy in a sentence", &drawn(halves().1, "Policies"), false))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_leads_to_its_guide_wherever_it_is_named_and_family_to_none() {
        assert_eq!(
            role_link("designated_nurse").into_string(),
            "<a class=\"govuk-link govuk-link--text-colour\" href=\"/help/designated_nurse\">Designated nurse for looked-after children</a>"
        );
        assert!(place_link("cover_worker", "Cover").into_string().contains("href=\"/help/social_worker\""));
        for family in ["parent", "sibling", "young_person", "advocate", "gp", "no_such_place"] {
            assert_eq!(place_link(family, "T").into_string(), "T", "{family}");
        }
    }

    #[test]
    fn the_matrix_has_a_part_for_every_role() {
        let titles: Vec<&str> = parts().map(|(title, _)| title).collect();
        for role in Role::ALL {
            assert!(titles.contains(&role.title()), "{}", role.title());
        }
        assert!(!halves().1.trim().is_empty(), "the policies follow the roles");
    }
}

//! A guide for each role: the same files that stand in `docs/guides`, so the page and the manual cannot differ.

use axum::extract::Path;
use kinfold_access::Code;
use kinfold_casework::{Error, Role};
use kinfold_look::{Markup, PreEscaped, html};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use rust_embed::RustEmbed;

use super::Guest;
use crate::oops::Reply;
use crate::route::{For, Route, get};

#[derive(RustEmbed)]
#[folder = "../../docs/guides/"]
struct Guides;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/help", For::Anybody, index), get("/help/{role}", For::Anybody, guide)]
}

/// The text of a role's guide.
fn text_of(role: Role) -> Option<String> {
    let file = Guides::get(&format!("{}.md", role.as_str()))?;
    Some(String::from_utf8_lossy(&file.data).into_owned())
}

/// Markdown of ours as markup in the house's classes; `name` tells its tables apart from others on the page. No markup that
/// stands in a file reaches a page: it is shown as the text it is.
pub(crate) fn drawn(text: &str, name: &str) -> Markup {
    let mut tables = 0;
    let class = |event: Event<'_>| -> Event<'static> {
        let open = |tag: &str| Event::Html(tag.to_owned().into());
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                open("<h1 class=\"govuk-heading-l\">")
            }
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => {
                open("<h2 class=\"govuk-heading-m\">")
            }
            Event::Start(Tag::Heading { .. }) => open("<h3 class=\"govuk-heading-s\">"),
            Event::Start(Tag::Paragraph) => open("<p class=\"govuk-body\">"),
            Event::Start(Tag::List(None)) => open("<ul class=\"govuk-list govuk-list--bullet\">"),
            Event::Start(Tag::List(Some(_))) => open("<ol class=\"govuk-list govuk-list--number\">"),
            Event::Start(Tag::Table(_)) => {
                tables += 1;
                let label = html! { (name) ", table " (tables) }.into_string();
                open(&format!(
                    "<div class=\"kf-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><table class=\"govuk-table kf-table--dense\">"
                ))
            }
            Event::End(TagEnd::Table) => open("</tbody></table></div>"),
            Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw.to_string().into()),
            other => other.into_static(),
        }
    };
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, Parser::new_ext(text, Options::ENABLE_TABLES).map(class));
    html! { (PreEscaped(out)) }
}

async fn index(guest: Guest) -> Markup {
    let own: Vec<Role> = guest.visit.as_ref().map(|v| v.actor.roles().collect()).unwrap_or_default();
    let link = |role: &Role| html! { li { a.govuk-link href=(format!("/help/{}", role.as_str())) { (role.title()) } } };
    guest.frame("Help").render(&html! {
        div.kf-read {
            h1.govuk-heading-l { "Help" }
            @if !own.is_empty() {
                h2.govuk-heading-m { "For your work" }
                ul.govuk-list { @for role in &own { (link(role)) } }
            }
            h2.govuk-heading-m { "What the signs mean" }
            (kinfold_look::state::key(&kinfold_look::State::ALL))
            p.govuk-body { "Behind every date is its sum: open it to see what was counted, which law says so, and how sure we are of it." }
            h2.govuk-heading-m { "For everybody" }
            ul class="govuk-list govuk-list--bullet" {
                li { "Nothing in a record is ever overwritten. A mistake is put right by a correction; the old entry stays for those who may see it." }
                li { "A page that does not exist and a page you may not see look the same. If you need a record that you cannot open, ask its key worker or manager." }
                li { "What you have begun to write is kept for you, and is no part of the record until you send it." }
            }
            h2.govuk-heading-m { "A guide for each role" }
            ul class="govuk-list kf-columns" { @for role in Role::ALL { (link(role)) } }
            p.govuk-body { a.govuk-link href="/roles" { "Who does what in Kinfold" } }
            h2.govuk-heading-m { "Services and agencies" }
            p.govuk-body { a.govuk-link href="/services" { "Who can help children here, and whom to tell" } ". Young people have " a.govuk-link href="/local-help" { "a page of their own" } "." }
            h2.govuk-heading-m { "If something is wrong" }
            p.govuk-body { "Tell whoever administers Kinfold for " (guest.authority()) ". A page that fails shows a reference: it helps them to find out why, and holds nothing about a child." }
        }
    })
}

async fn guide(guest: Guest, Path(role): Path<String>) -> Reply<Markup> {
    let role = Role::parse(&role).ok_or(Error::Absent)?;
    let text = text_of(role).ok_or(Error::Absent)?;
    let mut around = guest.frame("Help for a role");
    around.back = Some(("Back to help".to_owned(), "/help".to_owned()));
    Ok(around.render(&html! { div.kf-read { (drawn(&text, role.title())) } }))
}

#[cfg(test)]
mod tests {
    use kinfold_access::{Action, Appointment, Engine, Purpose, Relation, Relations, Target, Who};
    use kinfold_record::PersonId;

    use super::*;

    #[test]
    fn every_role_has_a_guide_that_starts_with_its_title() {
        for role in Role::ALL {
            let text = text_of(*role).unwrap_or_else(|| panic!("no docs/guides/{}.md", role.as_str()));
            assert!(text.starts_with(&format!("# {}\n", role.title())), "{}", role.as_str());
        }
    }

    /// Adds the texts of the files of a folder that end so, except the ones whose words are not on a page.
    fn add(folder: &std::path::Path, ends: &str, out: &mut String) {
        for item in std::fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                add(&path, ends, out);
            } else if path.to_string_lossy().ends_with(ends) && !path.ends_with("help/guides.rs") {
                out.push_str(&std::fs::read_to_string(path).unwrap().replace('’', "'"));
            }
        }
    }

    /// What a guide sets in italics is what the reader looks for on a page, so it has to stand there.
    #[test]
    fn the_words_that_a_guide_points_to_are_the_words_of_the_program() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let (mut code, mut lists) = (String::new(), String::new());
        for folder in ["crates/web/src", "crates/look/src", "crates/casework/src", "crates/record/src"] {
            add(&root.join(folder), ".rs", &mut code);
        }
        add(&root.join("guidance/codes"), ".csv", &mut lists);
        // A form is offered under its title.
        add(&root.join("guidance/forms"), ".toml", &mut code);
        let mut unknown = Vec::new();
        for role in Role::ALL {
            let text = text_of(*role).unwrap_or_default();
            // Every second part stands between two asterisks.
            for words in text.split('*').skip(1).step_by(2) {
                if !code.contains(&format!("\"{words}")) && !lists.contains(&format!(",{words}")) {
                    unknown.push(format!("{}: {words}", role.as_str()));
                }
            }
        }
        assert!(unknown.is_empty(), "no page says {unknown:#?}");
    }

    #[test]
    fn a_guide_tells_of_what_the_role_may_do_and_of_nothing_else() {
        let house = Engine::house().unwrap();
        let anyone = Relations::NONE.with(Relation::SameAuthority);
        for role in Role::ALL {
            let who =
                Who::new(PersonId(uuid::Uuid::from_u128(7)), vec![Appointment { role: *role, team: None }]);
            let purpose = Purpose::of_opening(who.roles(), anyone);
            let may = |action, target| house.may(&who, purpose, target).has(action);
            let emergency = may(Action::BreakGlass, Target::child(anyone))
                || may(Action::BreakGlass, Target::restricted_child(anyone));
            let text = text_of(*role).unwrap_or_default();
            for (allowed, words) in [
                (may(Action::ExportBoard, Target::Authority), "*Take a copy* under the board"),
                (may(Action::ViewMeasures, Target::Authority), "*Take a copy* gives"),
                (may(Action::ViewTeamBoard, Target::Authority), "*Stuck hand-offs*"),
                (may(Action::CalendarFeed, Target::Authority), "*Make a link*"),
                (may(Action::ReviewBreakGlass, Target::Authority), "*Keep this review*"),
                (emergency, "*Open a record in an emergency*"),
            ] {
                assert_eq!(text.contains(words), allowed, "{}: {words}", role.as_str());
            }
        }
    }

    #[test]
    fn markup_in_a_guide_is_shown_as_text() {
        let out = drawn("# A\n\n<script>x</script> b\n\n& *c*\n\n| h |\n|---|\n| v |\n", "T").into_string();
        assert!(!out.contains("<script>"), "{out}");
        assert!(out.contains("<h1 class=\"govuk-heading-l\">A</h1>") && out.contains("<em>c</em>"));
        assert!(
            out.contains("aria-label=\"T, table 1\"")
                && out.contains("<th>h</th>")
                && out.contains("<td>v</td>"),
            "{out}"
        );
    }
}

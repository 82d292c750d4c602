//! An explainer wherever a role is named: what a page says is read once more before it leaves, and what the roles named in
//! it do stands closed at its end. A role that leads to its guide where it stands is explained there already.
//!
//! It is made from the finished page, so that a page cannot forget it: a heading, a message and a note that somebody typed
//! name roles too.

use kinfold_access::{Code, Role, RoleSet};
use kinfold_look::banner::details;
use kinfold_look::{Markup, html};

/// From how many roles on the page that tells of all of them says it better.
const MANY: usize = 9;
/// How a link to a role's guide begins.
const GUIDE: &str = "href=\"/help/";

/// In what words roles are named, by their first letter; longer words before those they begin with. `None` is what only
/// looks like a role here.
fn words_from(letter: u8) -> &'static [(&'static str, Option<Role>)] {
    match letter {
        b'a' => &[("administrator", Some(Role::Administrator))],
        b'c' => &[
            ("clerk", Some(Role::PanelClerk)),
            ("commissioner", Some(Role::Commissioner)),
            ("councillor", Some(Role::Councillor)),
        ],
        b'd' => &[
            ("data analyst", Some(Role::DataAnalyst)),
            ("data protection officer", Some(Role::DataProtectionOfficer)),
            ("designated doctor", Some(Role::DesignatedDoctor)),
            ("designated nurse", Some(Role::DesignatedNurse)),
            ("designated teacher", Some(Role::DesignatedTeacher)),
            ("director of public health", None),
            ("director", Some(Role::Director)),
        ],
        b'f' => &[
            ("foster carer", Some(Role::FosterCarer)),
            ("foster or residential carer", Some(Role::FosterCarer)),
        ],
        b'h' => &[
            ("head of service", Some(Role::HeadOfService)),
            ("health administrator", Some(Role::HealthAdministrator)),
        ],
        b'i' => &[("information commissioner", None)],
        b'l' => &[("lead member", Some(Role::Councillor))],
        b'n' => &[
            ("named senior in health", Some(Role::HealthSenior)),
            ("nominated officer", Some(Role::NominatedOfficer)),
        ],
        b'p' => &[
            ("partnership lead", Some(Role::PartnershipLead)),
            ("personal adviser", Some(Role::PersonalAdviser)),
        ],
        b'r' => &[
            ("residential carer", Some(Role::FosterCarer)),
            ("reviewing officer", Some(Role::ReviewingOfficer)),
        ],
        b's' => &[
            ("safeguarding lead", Some(Role::SafeguardingLead)),
            ("social worker", Some(Role::SocialWorker)),
            ("supervising social worker", Some(Role::SupervisingSocialWorker)),
        ],
        b't' => &[("team manager", Some(Role::TeamManager))],
        b'v' => &[
            ("virtual head", Some(Role::VirtualSchoolHead)),
            ("virtual school head", Some(Role::VirtualSchoolHead)),
        ],
        _ => &[],
    }
}

/// Whether a text begins with these words, whatever its capitals, and they end there; one or several are meant.
fn begins(text: &[u8], words: &str) -> bool {
    let Some((head, rest)) = text.split_at_checked(words.len()) else { return false };
    let letter = |at: usize| rest.get(at).is_some_and(u8::is_ascii_alphabetic);
    head.eq_ignore_ascii_case(words.as_bytes()) && (!letter(0) || (rest.first() == Some(&b's') && !letter(1)))
}

/// Adds the roles that a text without markup names.
fn read(text: &str, found: &mut RoleSet) {
    let mut rest = text.as_bytes();
    while let Some(first) = rest.first() {
        let mut over = 1;
        if first.is_ascii_alphabetic() {
            let words = words_from(first.to_ascii_lowercase()).iter().find(|(words, _)| begins(rest, words));
            if let Some((words, role)) = words {
                role.iter().for_each(|role| found.insert(*role));
                over = words.len();
            }
            // On to the end of the word: a role does not begin within one.
            over +=
                rest.get(over..).unwrap_or_default().iter().take_while(|b| b.is_ascii_alphabetic()).count();
        }
        rest = rest.get(over..).unwrap_or_default();
    }
}

/// The roles that the body of a page names and does not explain where it names them. What can be chosen from a list and what
/// somebody is writing are left out: neither is said by the page.
fn unexplained(body: &str) -> RoleSet {
    let (mut found, mut explained) = (RoleSet::EMPTY, RoleSet::EMPTY);
    let mut rest = body;
    loop {
        let (text, after) = rest.split_once('<').unwrap_or((rest, ""));
        read(text, &mut found);
        if after.is_empty() {
            return found.minus(explained);
        }
        let (tag, next) = after.split_once('>').unwrap_or((after, ""));
        rest = next;
        let over = |end: &str| next.split_once(end).map_or("", |(_, rest)| rest);
        match tag.split_once(' ').map_or(tag, |(name, _)| name) {
            "option" => rest = over("</option>"),
            "textarea" => rest = over("</textarea>"),
            "a" => {
                let code = tag.split_once(GUIDE).and_then(|(_, code)| code.split_once('"'));
                if let Some(role) = code.and_then(|(code, _)| Role::parse(code)) {
                    explained.insert(role);
                    rest = over("</a>");
                }
            }
            _ => {}
        }
    }
}

fn guide(role: Role, words: &Markup) -> Markup {
    html! { a.govuk-link href=(format!("/help/{}", role.as_str())) { (words) } }
}

/// What stands at the end of a page for somebody signed in.
pub(crate) fn for_colleagues(body: &str) -> Markup {
    let roles = unexplained(body);
    match roles.len() {
        0 => html! {},
        n if n >= MANY => {
            html! { p class="govuk-body kf-screen-only" { a.govuk-link href="/roles" { "Who does what: every role named here" } } }
        }
        _ => html! { div class="kf-screen-only kf-read" {
            (details("Who does what: the roles named on this page", &html! {
                dl.govuk-list {
                    @for role in roles.iter() {
                        dt { strong { (role.title()) } }
                        dd { (role.sentence()) " " (guide(role, &html! { "Guide" span.govuk-visually-hidden { " for the role " (role.title()) } })) }
                    }
                }
            }, false))
        } },
    }
}

/// The same for everybody else: only titles, each leading to what it means.
pub(crate) fn for_everybody(body: &str) -> Markup {
    let roles = unexplained(body);
    html! {
        @if !roles.is_empty() {
            div class="kf-screen-only kf-read" {
                (details("Who does what", &html! { ul.govuk-list { @for role in roles.iter() { li { (guide(role, &html! { (role.title()) })) } } } }, false))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> Vec<Role> {
        unexplained(body).iter().collect()
    }

    #[test]
    fn every_role_is_known_by_its_title_but_the_one_that_is_everybody_here() {
        for role in Role::ALL.iter().filter(|role| **role != Role::YoungPerson) {
            for title in
                [role.title().to_owned(), role.title().to_uppercase(), format!("a {}.", role.title())]
            {
                assert_eq!(found(&title), [*role], "{title}");
            }
        }
        assert!(found("A young person").is_empty());
    }

    #[test]
    fn words_are_whole_words_and_the_longest_is_meant() {
        assert_eq!(found("<p>Two supervising social workers</p>"), [Role::SupervisingSocialWorker]);
        assert_eq!(found("the panel’s clerk, the Lead Member"), [Role::Councillor, Role::PanelClerk]);
        for none in [
            "the directory of clerkships",
            "the director of public health",
            "the Information Commissioner’s Office",
            "antisocial workers",
            "social <b>worker</b>",
            "<p title=\"social worker\">",
            "<option value=\"x\">Social worker</option><textarea name=\"t\">Director</textarea>",
            "<",
            "<a href=\"/help/director",
            "é <",
        ] {
            assert!(found(none).is_empty(), "{none}: {:?}", found(none));
        }
    }

    #[test]
    fn what_is_explained_where_it_stands_is_not_explained_again() {
        let body = "<a class=\"govuk-link\" href=\"/help/director\">Director of children's services</a> asks a director";
        assert!(found(body).is_empty());
        assert_eq!(found(&format!("{body} and a Councillor")), [Role::Councillor]);
        assert!(for_colleagues(body).into_string().is_empty());
        assert_eq!(found("<a href=\"/help/roles\">Councillor</a>"), [Role::Councillor]);
    }

    #[test]
    fn an_explainer_leads_to_every_role_and_many_stand_on_a_page_of_their_own() {
        let few = for_colleagues("<p>Councillor, Director</p>").into_string();
        for part in ["href=\"/help/councillor\"", "href=\"/help/director\"", Role::Councillor.sentence()] {
            assert!(few.contains(part), "{few}");
        }
        let all: String = Role::ALL.iter().map(|role| format!("<li>{}</li>", role.title())).collect();
        let many = for_colleagues(&all).into_string();
        assert!(many.contains("href=\"/roles\"") && !many.contains("/help/"), "{many}");
        let outside = for_everybody(&all).into_string();
        assert!(outside.contains("href=\"/help/councillor\"") && !outside.contains("/roles"), "{outside}");
    }
}

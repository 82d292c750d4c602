//! An explainer wherever a role is named: every page of the table, and every page that those lead to, is read as the people
//! who open it; a page that names a role in its main part has to lead to what that role does.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::{Method, StatusCode, header};
use kinfold_access::{Code, Role};
use kinfold_casework::authority::Writers;
use kinfold_store::testing;
use kinfold_web::{For, routes};

use crate::support::marks::marked;
use crate::support::people::someone;
use crate::support::{Browser, Council, OPEN, Tie};
use crate::table::fill;

/// How many pages of one shape are opened: the third list of a measure says nothing new.
const ALIKE: usize = 2;

/// What stands between two marks is cut out, marks and all.
fn without(text: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(from) {
        out.push_str(before);
        rest = after.split_once(to).map_or("", |(_, rest)| rest);
    }
    out + rest
}

fn main_part(body: &str) -> &str {
    let after = body.split_once("<main").map_or("", |(_, after)| after);
    after.split_once("</main>").map_or(after, |(main, _)| main)
}

/// The roles whose titles are read on a page. Left out, and nothing else: what can be chosen from a list (a list takes no
/// link), what somebody is writing, and "young person", which is everybody here.
fn named(main: &str) -> Vec<Role> {
    let cut = without(&without(main, "<option", "</option>"), "<textarea", "</textarea>");
    // Each tag parts words.
    let mut text = String::new();
    for (at, piece) in cut.split('<').enumerate() {
        text.push('\n');
        text.push_str(if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) });
    }
    let mut text = text.to_lowercase();
    let mut roles: Vec<Role> = Role::ALL.iter().copied().filter(|r| *r != Role::YoungPerson).collect();
    // The longest first, so that "supervising social worker" is not read as "social worker" too.
    roles.sort_by_key(|role| std::cmp::Reverse(role.title().len()));
    text = text.replace("information commissioner", "");
    roles.retain(|role| {
        let title = role.title().to_lowercase();
        let parted = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic());
        let there = text.match_indices(&title).any(|(at, _)| {
            parted(text[..at].chars().next_back()) && parted(text[at + title.len()..].chars().next())
        });
        text = text.replace(&title, "");
        there
    });
    roles
}

/// What a page names without leading to it.
fn unexplained(body: &str) -> Vec<Role> {
    let main = main_part(body);
    let all = main.contains("href=\"/roles\"");
    let led = |role: &Role| all || main.contains(&format!("href=\"/help/{}\"", role.as_str()));
    named(main).into_iter().filter(|role| !led(role)).collect()
}

#[test]
fn the_test_tells_a_page_that_explains_from_one_that_does_not() {
    let page = |main: &str| format!("<nav>Director of children's services</nav><main id=\"m\">{main}</main>");
    assert!(unexplained(&page("")).is_empty(), "what stands outside the main part is the frame's");
    assert_eq!(unexplained(&page("<p>Ask the Councillor.</p>")), [Role::Councillor]);
    assert_eq!(
        unexplained(&page("<p>A supervising social worker</p>")),
        [Role::SupervisingSocialWorker],
        "and no other"
    );
    let explained = "<p>A <a href=\"/help/councillor\">councillor</a>, and a commissioner</p>";
    assert_eq!(unexplained(&page(explained)), [Role::Commissioner]);
    assert!(unexplained(&page("<option>Councillor</option>")).is_empty());
    assert!(unexplained(&page("<a href=\"/roles\">All</a> Councillor, team manager")).is_empty());
}

/// An address without what differs from one thing of a kind to the next.
fn shape(path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    let part =
        |part: &str| if part.bytes().any(|b| b.is_ascii_digit()) { "*".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The pages that a page leads to: files and other places are left out.
fn leads_to(body: &str) -> Vec<String> {
    let hrefs = main_part(body).split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let inside = hrefs.filter(|href| href.starts_with('/') && !href.starts_with("//"));
    let paths = inside.map(|href| href.split('#').next().unwrap_or(href).replace("&amp;", "&"));
    paths.filter(|path| !is_file(path)).collect()
}

fn is_file(path: &str) -> bool {
    shape(path).rsplit('/').next().unwrap_or("").contains('.')
}

/// Opens pages and what they lead to; answers the shapes of those that name a role, and what was wrong.
async fn read(browser: &mut Browser, start: Vec<String>, who: &str) -> (BTreeSet<String>, Vec<String>) {
    let mut queue: VecDeque<String> = start.into();
    let mut seen: BTreeSet<String> = queue.iter().cloned().collect();
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    let (mut naming, mut wrong) = (BTreeSet::new(), Vec::new());
    // A file names roles too, and leads nowhere.
    queue.retain(|path| !is_file(path));
    while let Some(path) = queue.pop_front() {
        let opened = alike.entry(shape(&path)).or_default();
        *opened += 1;
        if *opened > ALIKE {
            continue;
        }
        let answer = browser.get(&path).await;
        let kind = answer.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
        // A child's own pages have words of their own for who does what.
        let own = answer.body.contains("govuk-template__body kf-me");
        if answer.status != StatusCode::OK || !kind.starts_with("text/html") || own {
            continue;
        }
        if !named(main_part(&answer.body)).is_empty() {
            naming.insert(shape(&path));
        }
        let missing = unexplained(&answer.body);
        if !missing.is_empty() {
            wrong.push(format!("{path} as {who}: {missing:?}"));
        }
        for path in leads_to(&answer.body) {
            if seen.insert(path.clone()) {
                queue.push_back(path);
            }
        }
    }
    (naming, wrong)
}

/// Those whose pages differ.
const READERS: [Role; 8] = [
    Role::SocialWorker,
    Role::Director,
    Role::ReviewingOfficer,
    Role::DesignatedNurse,
    Role::FosterCarer,
    Role::Commissioner,
    Role::Administrator,
    Role::PanelClerk,
];

#[tokio::test(flavor = "multi_thread")]
async fn every_page_that_names_a_role_leads_to_what_it_does() {
    let people = Role::ALL.iter().map(|role| someone(*role, Tie::Circle)).collect();
    let council = Council::open_with(testing::sqlite().await, people, 20, marked).await;
    let id = |role: Role| council.person(role, Tie::Circle).id.0;
    let writers = Writers {
        clerk: id(Role::PanelClerk),
        director: id(Role::Director),
        councillor: id(Role::Councillor),
        commissioner: id(Role::Commissioner),
        worker: id(Role::SocialWorker),
        lead: id(Role::PartnershipLead),
        young: None,
    };
    council.casework.invent_papers(writers).await.unwrap();
    let mut start = Vec::new();
    for route in routes().iter().filter(|r| r.method == Method::GET && r.whom != For::Bearer) {
        let child = route.path.contains("{child}").then_some(OPEN);
        start.push(fill(&council, route.path, child).await);
    }
    start
        .extend(["record/visit", "record/note", "circle/add"].map(|rest| format!("/children/{OPEN}/{rest}")));
    let (mut naming, mut wrong) = read(&mut council.stranger(), start.clone(), "nobody").await;
    assert!(naming.len() > 5, "pages for everybody that name a role: {naming:?}");
    for role in READERS {
        let mut browser = council.sign_in(role, Tie::Circle).await;
        browser.confirm().await;
        let (more, missing) = read(&mut browser, start.clone(), role.title()).await;
        naming.extend(more);
        wrong.extend(missing);
    }
    assert!(
        wrong.is_empty(),
        "{} pages name a role and do not lead to it:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    for page in
        ["/account", "/admin/people/*", "/audits/*", "/board/list", "/children/*", "/children/*/circle"]
    {
        assert!(naming.contains(page), "{page} names no role, so that nothing was looked at: {naming:?}");
    }
    assert!(naming.len() > 100, "only {} kinds of page name a role", naming.len());
}

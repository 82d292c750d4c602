//! Who is who round a child, now and before, with the key worker at every moment.

use axum::extract::Path;
use kinfold_access::CircleRole;
use kinfold_access::Code;
use kinfold_casework::Action;
use kinfold_casework::circle::{CirclePage, Place};
use kinfold_look::banner::warning;
use kinfold_look::card::empty;
use kinfold_look::form::button_link;
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use kinfold_record::{ChildId, Membership, Subject};

use crate::child::bar::{Here, bar, tabs};
use crate::frame::frame;
use crate::help::place_link;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/children/{child}/circle", For::Child(Action::ViewChild), show)]
}

async fn show(visit: Visit, Path(id): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().circle_page(&visit.actor, id).await?;
    let child = &page.child;
    let may = child.handle.may;
    let base = format!("/children/{id}");
    let (now, past): (Vec<&Place>, Vec<&Place>) =
        page.places.iter().partition(|p| p.member.end.is_none_or(|end| child.today < end));
    let mut around = frame(&visit, "The circle");
    around.bar = Some(bar(&child.handle, &child.timeline, &child.book, child.today));
    Ok(around.render(&html! {
        h1.govuk-heading-l { "The circle" }
        (tabs(&child.handle, Here::Circle))
        @if page.gaps.last().is_some_and(|gap| gap.to.is_none()) {
            (warning("This child is looked after and has no key worker. Name one now."))
        }
        (summary_list(&standing(&page, &base)))
        @if may.has(Action::ManageCircle) {
            div.govuk-button-group {
                (button_link("Add somebody", &format!("{base}/circle/add"), true))
                (button_link("Change the key worker", &format!("{base}/circle/key-worker"), false))
            }
        }
        h2.govuk-heading-m { "Now" }
        @if now.is_empty() {
            (empty("Nobody yet", "The people who stay with the child belong here: family, carers, workers, school, health. Whoever manages the circle adds them.", None))
        } @else {
            (people("In the circle now", &now, &page, &base, true))
        }
        @if !past.is_empty() {
            h2.govuk-heading-m { "Before" }
            (people("In the circle before", &past, &page, &base, false))
        }
        @if child.handle.subject == Subject::Child { (key_workers(&page)) }
        @if may.has(Action::RestrictRecord) {
            h2.govuk-heading-m { "Who may read this record" }
            p.govuk-body {
                a.govuk-link href=(format!("{base}/restrict")) { @if child.handle.restricted { "Change its named readers or lift the restriction" } @else { "Restrict this record to named readers" } }
            }
        }
    }))
}

/// Team and key worker in two lines.
fn standing(page: &CirclePage, base: &str) -> Vec<Fact> {
    let child = &page.child;
    let worker = child.timeline.key_worker_on(child.today);
    let team = Fact::new("Team", html! { @match &page.team { Some(name) => (name), None => "No team" } });
    let mut facts = vec![if child.handle.may.has(Action::Allocate) {
        team.link("Change", format!("{base}/allocate"), "the team")
    } else {
        team
    }];
    if child.handle.subject == Subject::Child {
        facts.push(Fact::new(
            "Key worker",
            html! {
                @match worker {
                    Some(member) => { (name(member, page)) ", since " (date::short(member.start)) }
                    None => "Nobody"
                }
            },
        ));
    }
    facts
}

fn name(member: &Membership, page: &CirclePage) -> String {
    member
        .person
        .and_then(|person| page.child.names.get(&person).cloned())
        .or_else(|| member.name.clone())
        .or_else(|| member.worker_id.as_ref().map(|id| format!("Worker {id}")))
        .unwrap_or_else(|| "Somebody whose name is not known".to_owned())
}

fn role(member: &Membership, page: &CirclePage) -> Markup {
    place_link(&member.role, page.child.book.guidance.codes.title("circle_role", &member.role))
}

/// Professionals first, then family, then by name.
fn order(member: &Membership, page: &CirclePage) -> (bool, usize, String) {
    let place = CircleRole::parse(&member.role).unwrap_or(CircleRole::Other);
    (!member.key_worker, place as usize, name(member, page))
}

fn people(caption: &str, places: &[&Place], page: &CirclePage, base: &str, now: bool) -> Markup {
    let manages = page.child.handle.may.has(Action::ManageCircle);
    let contacts = places.iter().any(|p| p.contact.is_some());
    let mut sorted: Vec<&&Place> = places.iter().collect();
    if now {
        sorted.sort_by_cached_key(|p| order(&p.member, page));
    } else {
        sorted.sort_by_key(|p| std::cmp::Reverse((p.member.end, p.member.start)));
    }
    let mut columns = vec![Column::new("Name"), Column::new("Who they are"), Column::new("From")];
    if !now {
        columns.push(Column::new("Until"));
    }
    if contacts {
        columns.push(Column::new("How to reach them"));
    }
    if now && manages {
        columns.push(Column::unlabelled("Change"));
    }
    let rows = sorted.into_iter().map(|place| {
        let member = &place.member;
        let mut row = Row::new()
            .cell(html! { (name(member, page)) })
            .cell(html! {
                (role(member, page))
                @if member.key_worker { ", " strong { "key worker" } }
                @if member.parental_responsibility { ", with parental responsibility" }
            })
            .cell(date::short_element(member.start));
        if !now {
            row = row.cell(html! { @match member.end { Some(end) => (date::short_element(end)), None => "" } });
        } else if let Some(end) = member.end {
            row = Row::new()
                .cell(html! { (name(member, page)) })
                .cell(html! { (role(member, page)) })
                .cell(html! { (date::short_element(member.start)) " until " (date::short_element(end)) });
        }
        if contacts {
            row = row.cell(html! { @match &place.contact { Some(contact) => (contact), None => "" } });
        }
        if now && manages {
            row = row.cell(html! {
                a.govuk-link href=(format!("{base}/circle/{}/end", member.entry)) { "End" span.govuk-visually-hidden { " the place of " (name(member, page)) } }
            });
        }
        row
    });
    html! { (Table::new(caption, columns).caption_hidden().dense().rows(rows)) }
}

/// The key worker at every moment, as one line of time.
fn key_workers(page: &CirclePage) -> Markup {
    let mut line: Vec<(jiff::civil::Date, Option<jiff::civil::Date>, Markup)> = page
        .child
        .timeline
        .circle
        .iter()
        .filter(|m| m.key_worker && m.end.is_none_or(|end| end > m.start))
        .map(|m| (m.start, m.end, html! { (name(m, page)) " (" (role(m, page)) ")" }))
        .chain(
            page.gaps
                .iter()
                .map(|g| (g.from, g.to, html! { strong { "Nobody: looked after without a key worker" } })),
        )
        .collect();
    line.sort_by_key(|(from, _, _)| std::cmp::Reverse(*from));
    if line.is_empty() {
        return html! {};
    }
    let today = page.child.today;
    let rows = line.into_iter().map(|(from, to, who)| {
        Row::new()
            .cell(html! { (date::short_element(from)) " to " @match to { Some(to) => (date::short_element(to)), None => "now" } })
            .cell(who)
            .cell(html! { (date::lasted(from, to.unwrap_or(today))) })
    });
    html! {
        h2.govuk-heading-m { "Key worker at every moment" }
        (Table::new("Key worker at every moment, newest first", ["When", "Who", "For how long"].map(Column::new)).caption_hidden().dense().rows(rows))
    }
}

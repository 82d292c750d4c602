//! The nurse's page: the whole queue, who is stuck where, and copies to take away.

use kinfold_casework::Action;
use kinfold_casework::health::{QueueAsk, QueueLine, QueuePage};
use kinfold_look::card::{Stat, empty, stats};
use kinfold_look::filter::{Chosen, Filter};
use kinfold_look::form::{Checkboxes, Choice, FormState, Legend, Select};
use kinfold_look::nav::{Pagination, Tab, sub_navigation};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, State, date, html};

use crate::board::export::{Format, file};
use crate::duty::address;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;
use crate::work::child_link;

/// Lines on one page.
const PER_PAGE: usize = 50;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ViewHealthQueue);
    vec![get("/health", whom, show), get("/health.csv", whom, csv), get("/health.xlsx", whom, xlsx)]
}

/// Which of the team's pages is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    Queue,
    Referrals,
    Clinics,
}

/// The pages of the health team.
pub(super) fn team_tabs(here: Here) -> Markup {
    sub_navigation(
        "Health team",
        &[
            Tab::new("Queue", "/health", here == Here::Queue),
            Tab::new("Referrals", "/health/referrals", here == Here::Referrals),
            Tab::new("Clinics and need", "/health/clinics", here == Here::Clinics),
        ],
    )
}

fn read(query: &FormState) -> Reply<QueueAsk> {
    Ok(QueueAsk {
        step: QueueAsk::at(query.value("step"))?,
        late: query.holds("only", "late"),
        mine: query.holds("only", "mine"),
    })
}

async fn show(visit: Visit) -> Reply<Markup> {
    let ask = read(&visit.query)?;
    let page = visit.casework().health_queue(&visit.actor, &ask).await?;
    let mut around = frame(&visit, "Health team");
    around.wide = true;
    let pages = u32::try_from(page.lines.len().div_ceil(PER_PAGE)).unwrap_or(1).max(1);
    let number: u32 = visit.query.value("page").parse().unwrap_or(1).clamp(1, pages);
    let shown: Vec<&QueueLine> =
        page.lines.iter().skip((number as usize - 1) * PER_PAGE).take(PER_PAGE).collect();
    let list = html! {
        @if page.lines.is_empty() {
            (empty("Nothing waits here", "Assessments come into the queue by themselves when a child comes into care or a review draws near. Change the filter to see others.", None))
        } @else {
            p.govuk-body { (page.lines.len()) @if page.lines.len() == 1 { " waits" } @else { " wait" } ", late ones first." }
            (table(&page, &shown))
            (Pagination { page: number, pages, what: "the queue".to_owned() }.render(|n| link("/health", &visit.query, &[("page", &n.to_string())])))
            p class="govuk-body kf-screen-only" {
                "Take a copy: "
                a.govuk-link href=(link("/health.csv", &visit.query, &[])) { "CSV file" } " or "
                a.govuk-link href=(link("/health.xlsx", &visit.query, &[])) { "Excel file (XLSX)" }
                ". You will be asked for your password, and the log keeps what was taken."
            }
        }
    };
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Health team: the queue" }
        (team_tabs(Here::Queue))
        (figures(&page))
        (steps(&page))
        (filter(&page, &visit.query).beside(&list))
    }))
}

fn figures(page: &QueuePage) -> Markup {
    let stuck: usize = page.steps.iter().map(|step| step.stuck).sum();
    let stat = |figure: usize, words: &str, href: &str, state| Stat {
        figure: figure.to_string(),
        label: words.to_owned(),
        note: None,
        href: Some(href.to_owned()),
        state,
    };
    html! {
        (stats(&[
            stat(page.total, "on their way", "/health", None),
            stat(page.late, "late", "/health?only=late", Some(State::Late)),
            stat(stuck, "stuck at a hand-off", "/health?only=late", Some(State::Stuck)),
        ]))
    }
}

fn steps(page: &QueuePage) -> Markup {
    html! {
        @if !page.steps.is_empty() {
            h2.govuk-heading-m { "Who holds what" }
            (Table::new("Who holds what", [Column::new("Assessment"), Column::new("Waiting for"), Column::new("Whose"), Column::figures("Waiting"), Column::figures("Stuck")]).caption_hidden().dense().rows(page.steps.iter().map(|step| {
                let href = form_urlencoded::Serializer::new(String::new()).append_pair("step", &format!("{}/{}", step.rule, step.step)).finish();
                Row::new()
                    .cell(html! { (step.duty) })
                    .cell(html! { a.govuk-link href=(format!("/health?{href}")) { (step.title) } })
                    .cell(html! { (step.whose) })
                    .cell(step.waiting)
                    .cell(step.stuck)
            })))
        }
    }
}

fn table(page: &QueuePage, lines: &[&QueueLine]) -> Markup {
    let columns =
        ["Child", "Assessment", "Due", "Waiting for", "Who holds it", "For how long"].map(Column::new);
    let row = |line: &&QueueLine| {
        let stuck = line.at.as_ref().is_some_and(|at| at.stuck);
        let state = if line.path.late {
            State::Late
        } else if stuck {
            State::Stuck
        } else {
            State::OnTime
        };
        let row = Row::new()
            .cell(html! { (child_link(line.child, &line.name, &line.reference, line.restricted)) br; a.govuk-link href=(format!("/children/{}/health", line.child)) { "Health" } })
            .cell(html! { a.govuk-link href=(address(line.child, &line.path.rule, &line.path.occurrence)) { (line.path.title) } })
            .cell(html! { (date::short_element(line.path.due_on)) br; (state.small()) })
            .cell(html! {
                @match &line.at {
                    Some(at) => { (at.title) @if let Some(day) = at.expected_on { br; span.govuk-hint { "expected by " (date::short(day)) } } },
                    None => "Nothing more: close it",
                }
            })
            .cell(html! {
                @if let Some(at) = &line.at { (at.whose) }
                br; @match &line.holder { Some(name) => (name), None => span.govuk-hint { "nobody named" } }
            })
            .cell(html! { (line.days) @if line.days == 1 { " day" } @else { " days" } });
        if line.path.late { row.late() } else { row }
    };
    html! { (Table::new(format!("The queue on {}", date::long(page.today)), columns).caption_hidden().dense().rows(lines.iter().map(row))) }
}

fn filter(page: &QueuePage, query: &FormState) -> Filter {
    let name = |step: &str| {
        let found = page.steps.iter().find(|s| format!("{}/{}", s.rule, s.step) == step);
        found.map_or_else(|| step.to_owned(), |s| s.title.clone())
    };
    let mut chosen = Vec::new();
    if !query.value("step").is_empty() {
        let href = link("/health", query, &[("step", ""), ("page", "")]);
        chosen.push(Chosen {
            category: "Hand-off".to_owned(),
            values: vec![(name(query.value("step")), href)],
        });
    }
    let only = query.values("only").iter().map(|value| {
        let words = if value == "mine" { "held by me" } else { "late or stuck" };
        (words.to_owned(), without(query, value))
    });
    let only: Vec<(String, String)> = only.collect();
    if !only.is_empty() {
        chosen.push(Chosen { category: "Only".to_owned(), values: only });
    }
    let steps: Vec<(String, String)> = page
        .steps
        .iter()
        .map(|s| (format!("{}/{}", s.rule, s.step), format!("{}: {}", s.duty, s.title)))
        .collect();
    Filter {
        action: "/health".to_owned(),
        chosen,
        fields: html! {
            (Select::new("step", "Hand-off", steps).empty("Any").render(query))
            (Checkboxes::new("only", Legend::small("Only"), [Choice::new("late", "Late or stuck"), Choice::new("mine", "Held by me")]).small().render(query))
        },
        keep: Vec::new(),
    }
}

/// The same list without one of the ticks.
fn without(query: &FormState, value: &str) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    for (name, held) in query.pairs() {
        if name != "page" && !(name == "only" && held == value) && !held.is_empty() {
            out.append_pair(name, held);
        }
    }
    format!("/health?{}", out.finish())
}

/// An address with the filters of this page, some of them changed; an empty value takes one away.
fn link(path: &str, query: &FormState, changes: &[(&str, &str)]) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    for (name, value) in query.pairs() {
        if !value.is_empty() && name != "page" && !changes.iter().any(|(changed, _)| *changed == name) {
            out.append_pair(name, value);
        }
    }
    for (name, value) in changes.iter().filter(|(_, value)| !value.is_empty()) {
        out.append_pair(name, value);
    }
    let query = out.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

async fn csv(visit: Visit) -> Reply {
    export(visit, Format::Csv).await
}

async fn xlsx(visit: Visit) -> Reply {
    export(visit, Format::Xlsx).await
}

async fn export(visit: Visit, format: Format) -> Reply {
    let ask = read(&visit.query)?;
    let table = visit.casework().export_health_queue(&visit.actor, &ask, format.extension()).await?;
    file(table, "health-queue", format)
}

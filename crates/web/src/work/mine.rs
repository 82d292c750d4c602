//! My work: what is late and due across my children, and who my children are.

use axum::response::IntoResponse as _;
use kinfold_casework::Role;
use kinfold_casework::rows::{ChildLine, DutyLine, Page};
use kinfold_casework::shelf::Shown;
use kinfold_casework::work::MyWork;
use kinfold_look::card::{Stat, empty, stats};
use kinfold_look::date;
use kinfold_look::nav::Pagination;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, State, html};

use crate::duty::{address, line_state};
use crate::frame::{frame, may_search};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::{Visit, again, kept};

/// Duties on one page.
const PER_PAGE: i64 = 50;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/", For::SignedIn, show)]
}

async fn show(visit: Visit) -> Reply {
    if crate::me::is_young(&visit.actor) {
        return Ok(axum::response::Redirect::to("/me").into_response());
    }
    if crate::carers::is_carer(&visit.actor) {
        return Ok(axum::response::Redirect::to("/caring").into_response());
    }
    let first = visit.is_plain();
    if first && let Some(page) = visit.casework().shown_before(&visit.actor, &Shown::Work).await? {
        return Ok(again(page));
    }
    let page: u32 = visit.query.value("page").parse().unwrap_or(1).clamp(1, 10_000);
    let at = Page { limit: PER_PAGE, offset: i64::from(page - 1) * PER_PAGE };
    let work = visit.casework().my_work(&visit.actor, at).await?;
    let pages = u32::try_from((work.total + PER_PAGE - 1) / PER_PAGE).unwrap_or(1).max(1);
    let shown = frame(&visit, "My work").render(&html! {
        h1.govuk-heading-l { "My work" }
        @if work.unread > 0 {
            p.govuk-body {
                a.govuk-link href="/notices" { (work.unread) @if work.unread == 1 { " new notice" } @else { " new notices" } }
            }
        }
        @if with_no_child(&visit, &work) {
            (super::places::places(&visit.actor))
        } @else {
            (stats(&[
                stat(work.late, "late", Some(State::Late), None),
                stat(work.due, "due soon", Some(State::DueSoon), None),
                stat(work.children_total, "children I work with", None, Some("#my-children")),
            ]))
            (asked(&work))
            (duties(&work))
            (Pagination { page, pages, what: "duties".to_owned() }.render(|n| format!("/?page={n}")))
            (children(&work))
        }
        @if [Role::SocialWorker, Role::TeamManager, Role::PersonalAdviser].into_iter().any(|role| visit.actor.has(role)) {
            p.govuk-body { a.govuk-link href="/return/mine" { "What the rules of the statutory return find in my children’s records" } }
        }
        @if visit.actor.may().has(kinfold_casework::Action::AddChild) {
            p.govuk-body { a.govuk-link href="/children/new" { "Add a child to the record" } }
        }
    });
    if first {
        let (page, shown) = kept(shown);
        visit.casework().keep_work(&visit.actor, work.duties.len(), page);
        return Ok(shown);
    }
    Ok(shown.into_response())
}

/// Whether somebody's work lies with no child: then lists that stay empty tell them nothing.
fn with_no_child(visit: &Visit, work: &MyWork) -> bool {
    !may_search(&visit.actor) && work.total == 0 && work.children_total == 0 && work.asked.is_empty()
}

fn stat(figure: i64, label: &str, state: Option<State>, href: Option<&str>) -> Stat {
    Stat {
        figure: figure.to_string(),
        label: label.to_owned(),
        note: None,
        href: href.map(str::to_owned),
        state: state.filter(|_| figure > 0),
    }
}

/// What somebody was asked to put right for the statutory return.
fn asked(work: &MyWork) -> Markup {
    if work.asked.is_empty() {
        return html! {};
    }
    let columns =
        [Column::new("Asked"), Column::new("Child"), Column::new("Collection"), Column::figures("Findings")];
    html! {
        h2.govuk-heading-m #asked { "Put right for the statutory return" }
        p.govuk-body { "You were asked to put right what the rules of the return find in these records. Each goes from this list when it is found no more." }
        (Table::new("Put right for the statutory return", columns).caption_hidden().dense().rows(work.asked.iter().map(|of| {
            Row::new()
                .cell(date::long_with_time(kinfold_casework::chronology::recorded_words(of.asked_at)))
                .cell(child_link(of.child.id, &of.child.name, &of.child.reference, of.child.restricted))
                .cell(html! {
                    a.govuk-link href=(format!("/children/{}/return?year={}", of.child.id, of.year)) {
                        "Findings in " (kinfold_casework::census_return::collection(of.year))
                    }
                })
                .cell(of.findings)
        })))
    }
}

fn duties(work: &MyWork) -> Markup {
    html! {
        h2.govuk-heading-m #due { "What is due" }
        @if work.duties.is_empty() {
            (empty(
                "Nothing is due from you",
                "Duties appear here when something happens to a child whose circle you are in, or when a duty is handed to you.",
                None,
            ))
        } @else {
            (Table::new("What is due, most urgent first", ["Due", "Duty", "Child", "State"].map(Column::new))
                .caption_hidden()
                .dense()
                .rows(work.duties.iter().map(|line| row(line, work))))
        }
    }
}

fn row(line: &DutyLine, work: &MyWork) -> Row {
    let state = line_state(&line.duty, work.today);
    let row = Row::new()
        .cell(html! {
            (date::short(line.duty.due_on)) br;
            span.govuk-hint { (date::relative(line.duty.due_on, work.today)) }
        })
        .cell(html! {
            a.govuk-link href=(way_to(line)) { (line.duty.title) }
            @if let Some(step) = &line.duty.stuck_step { br; span.govuk-hint { "Waiting at: " (step.replace('_', " ")) } }
        })
        .cell(child_link(line.duty.child, &line.child_name, &line.child_reference, line.restricted))
        .cell(state.small());
    if state == State::Late { row.late() } else { row }
}

/// A child's name as a link, with the number that tells two children of one name apart.
pub(crate) fn child_link(child: uuid::Uuid, name: &str, reference: &str, restricted: bool) -> Markup {
    html! {
        a.govuk-link href=(format!("/children/{child}")) { (name) }
        " " span.govuk-hint { (reference) @if restricted { " – restricted" } }
    }
}

fn children(work: &MyWork) -> Markup {
    html! {
        h2.govuk-heading-m #my-children { "Children I work with" }
        @if work.children.is_empty() {
            (empty("No children yet", "Children appear here when you have a place in their circle. Their team manager arranges that.", None))
        } @else {
            (Table::new("Children I work with", ["Name", "Age", "In care since"].map(Column::new))
                .caption_hidden()
                .dense()
                .rows(work.children.iter().map(|line| child_row(line, work))))
            @if work.children_total > i64::try_from(work.children.len()).unwrap_or(i64::MAX) {
                p.govuk-hint { "The first " (work.children.len()) " of " (work.children_total) ". Use the search at the top to find the others." }
            }
        }
    }
}

fn child_row(line: &ChildLine, work: &MyWork) -> Row {
    Row::new()
        .cell(child_link(line.id, &line.name, &line.reference, line.restricted))
        .cell(html! { @match line.born { Some(born) => (date::age_words(born, work.today)), None => (date::unknown()) } })
        .cell(html! {
            @if line.looked_after { (date::short_or_unknown(line.in_care_since)) }
            @else if let Some(category) = &line.leaver_category { "Care leaver (" (category.replace('_', " ")) ")" }
            @else { "Not looked after" }
        })
}

/// Where a duty of one's own is seen to. A reply to a child is written where what the child said is read, by a carer too,
/// who does not see the duty itself.
pub(crate) fn way_to(line: &DutyLine) -> String {
    let duty = &line.duty;
    if duty.rule.starts_with("voice.") {
        return format!("/children/{}/voice/{}", duty.child, duty.occurrence);
    }
    if duty.rule == "caring.reply" {
        return format!("/children/{}/carers/questions/{}", duty.child, duty.occurrence);
    }
    if duty.rule.starts_with("caring.log") {
        return format!("/children/{}/carers/log/{}", duty.child, duty.occurrence);
    }
    if duty.rule == "plan.delegated_authority" {
        return format!("/children/{}/decisions", duty.child);
    }
    address(duty.child, &duty.rule, &duty.occurrence)
}

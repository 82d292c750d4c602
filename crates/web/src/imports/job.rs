//! One upload on its way: being read, looked at, brought in. The page asks again by itself while work goes on, by a
//! header that needs no script; the link does the same.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::Action;
use kinfold_casework::imports::census::{Level, RowError};
use kinfold_casework::imports::{Counts, ImportPlan, Progress, Stage, Staged};
use kinfold_casework::rows::TeamRow;
use kinfold_exchange::sheet::{Cell, Sheet};
use kinfold_look::banner::inset;
use kinfold_look::form::{Button, FormState, Select, button_group, csrf_field};
use kinfold_look::nav::Pagination;
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::Visit;

const PER_PAGE: usize = 100;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ImportReturn);
    vec![
        get("/imports/{job}", whom, show),
        get("/imports/{job}/problems.csv", whom, problems_csv),
        post("/imports/{job}/start", whom, start),
    ]
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Reply {
    let staged = visit.casework().staged_import(&visit.actor, id)?;
    let teams = match staged.stage {
        Stage::Ready(_) => visit.casework().teams_for_children(&visit.actor).await?,
        _ => Vec::new(),
    };
    let page: usize = visit.query.value("page").parse().unwrap_or(1).clamp(1, 10_000);
    let mut response = draw(&visit, &staged, &teams, page).into_response();
    if staged.stage.works() {
        response.headers_mut().insert(header::REFRESH, header::HeaderValue::from_static("2"));
    }
    Ok(response)
}

fn draw(visit: &Visit, staged: &Staged, teams: &[TeamRow], page: usize) -> Markup {
    let address = format!("/imports/{}", staged.id);
    let title = match &staged.stage {
        Stage::Reading => "Reading the return",
        Stage::Ready(_) => "What would happen",
        Stage::Running(_) => "Bringing in the return",
        Stage::Done(..) => "The return is in",
        Stage::Undoing(_) => "Undoing the import",
        Stage::Undone(_) => "The import is undone",
        Stage::Failed(_) => "It could not be finished",
    };
    let mut around = frame(visit, title);
    around.back = Some(("Back to imports".to_owned(), "/imports".to_owned()));
    around.render(&html! {
        h1.govuk-heading-l { (title) }
        @if !staged.name.is_empty() { p.govuk-body { (staged.name) @if !staged.years.is_empty() { ": " (years(&staged.years)) } } }
        @match &staged.stage {
            Stage::Reading => { (waiting(&address, "The files are being read and compared with the record. This page looks again every two seconds.", None)) }
            Stage::Running(at) => { (waiting(&address, "The return is being brought in. You can leave this page: the work goes on.", Some(*at))) }
            Stage::Undoing(at) => { (waiting(&address, "The import is being undone. You can leave this page: the work goes on.", Some(*at))) }
            Stage::Ready(plan) => { (ready(visit, staged, plan, teams)) }
            Stage::Done(_, counts) => {
                (inset(&html! { p { "Duties have been worked out for every child it told of." } }))
                (summary_list(&figures(counts, "were")))
            }
            Stage::Undone(undone) => {
                (summary_list(&[
                    Fact::new("Entries withdrawn", html! { (undone.withdrawn) }),
                    Fact::new("Entries set back to what was said before", html! { (undone.set_back) }),
                    Fact::new("Entries left, because people have built on them", html! { (undone.kept) }),
                    Fact::new("Children out of sight again", html! { (undone.hidden) }),
                ]))
            }
            Stage::Failed(why) => { p.govuk-body { (why) } p.govuk-body { "What was written before stays; upload the return again to complete it, or undo the import." } }
        }
        @if let Some(plan) = &staged.plan { (problems(&plan.problems, &address, page)) }
    })
}

fn years(years: &[i16]) -> String {
    let words: Vec<String> = years.iter().map(|y| format!("{}-{:02}", y - 1, y % 100)).collect();
    words.join(", ")
}

fn waiting(address: &str, words: &str, at: Option<Progress>) -> Markup {
    html! {
        div role="status" {
            p.govuk-body { (words) }
            @if let Some(Progress { done, total }) = at {
                @if total > 0 {
                    label.govuk-label for="progress" { (done) " of " (total) " children" }
                    progress #progress value=(done) max=(total) { (done) " of " (total) }
                }
            }
        }
        p.govuk-body { a.govuk-link href=(address) { "Look again now" } }
    }
}

/// The figures of a plan ("would be") or of a run ("were").
fn figures(counts: &Counts, verb: &str) -> Vec<Fact> {
    let fact = |words: &str, figure: usize| Fact::new(words.replace("{}", verb), html! { (figure) });
    let mut facts = vec![
        fact("Children in the return", counts.children),
        fact("Children that {} added", counts.children_new),
        fact("Children in the record to whom something {} added", counts.children_changed),
        fact("Children of whom all is known", counts.children_same),
        fact("Facts that {} added", counts.entries_new),
        fact("Facts that {} put right", counts.entries_changed),
        fact("Facts known already", counts.entries_same),
    ];
    for (words, figure) in [
        ("Facts that people have corrected, and that stay as they are", counts.entries_kept),
        ("Facts that the return no longer tells, and that stay: look at them", counts.entries_gone),
        ("Facts that cannot be true beside the record, left out", counts.entries_refused),
        ("Children left out", counts.children_left_out),
    ] {
        if figure > 0 {
            facts.push(fact(words, figure));
        }
    }
    facts.push(fact("Errors: something was left out", counts.errors));
    facts.push(fact("Notes: worth knowing", counts.notes));
    facts
}

fn ready(visit: &Visit, staged: &Staged, plan: &ImportPlan, teams: &[TeamRow]) -> Markup {
    let counts = &plan.counts;
    html! {
        p.govuk-body { "Nothing has been written yet." }
        (summary_list(&figures(counts, "would be")))
        @if counts.changes_something() {
            form method="post" action=(format!("/imports/{}/start", staged.id)) {
                (csrf_field(visit.actor.csrf()))
                @if counts.children_new > 0 {
                    (Select::new("team", "Team for the new children", teams.iter().map(|t| (t.id.to_string(), t.name.clone())))
                        .empty("No team yet").hint("The team’s manager owns what nobody else does. It can be changed for each child").render(&FormState::new()))
                }
                (button_group(&[Button::main("Bring it in")], Some(("Cancel", "/imports"))))
            }
        } @else if counts.children > 0 {
            (inset(&html! { p { "Everything in this return is known already. There is nothing to bring in." } }))
        } @else {
            (inset(&html! { p { "No child was found in these files. The list below says why." } }))
        }
    }
}

fn problems(list: &[RowError], address: &str, page: usize) -> Markup {
    if list.is_empty() {
        return html! { h2.govuk-heading-m { "Errors and notes" } p.govuk-body { "None." } };
    }
    let pages = list.len().div_ceil(PER_PAGE);
    let page = page.min(pages);
    let row = |p: &RowError| {
        Row::new()
            .cell(match p.level {
                Level::Error => tag("Error", Colour::Red),
                Level::Note => tag("Note", Colour::Grey),
            })
            .cell(html! { (p.file) @if let Some(line) = p.line { ", line " (line) } })
            .cell(html! { @if let Some(column) = &p.column { (column) } @if let Some(value) = &p.value { " “" (value) "”" } })
            .cell(html! { (p.reason) })
    };
    let from = (page - 1) * PER_PAGE;
    html! {
        h2.govuk-heading-m #problems { "Errors and notes" }
        p.govuk-body { (list.len()) " in all. " a.govuk-link href=(format!("{address}/problems.csv")) { "Take them away as CSV" } }
        (Table::new("Errors and notes", ["Kind", "Where", "What stands there", "What is wrong and what to do"].map(Column::new)).caption_hidden().dense().no_row_names()
            .rows(list.iter().skip(from).take(PER_PAGE).map(row)))
        (Pagination { page: u32::try_from(page).unwrap_or(1), pages: u32::try_from(pages).unwrap_or(1), what: "errors and notes".to_owned() }.render(|n| format!("{address}?page={n}#problems")))
    }
}

async fn problems_csv(visit: Visit, Path(id): Path<Uuid>) -> Reply<Response> {
    let staged = visit.casework().staged_import(&visit.actor, id)?;
    let plan = staged.plan.ok_or(kinfold_casework::Error::Absent)?;
    let rows = plan
        .problems
        .iter()
        .map(|p| {
            let level = match p.level {
                Level::Error => "error",
                Level::Note => "note",
            };
            vec![
                Cell::from(level),
                Cell::from(p.file.clone()),
                p.line.map(|l| Cell::Number(i64::from(l))).unwrap_or(Cell::Empty),
                Cell::from(p.column.clone()),
                Cell::from(p.value.clone()),
                Cell::from(p.reason.clone()),
            ]
        })
        .collect();
    let columns = ["level", "file", "line", "column", "value", "reason"].map(str::to_owned).to_vec();
    let sheet = Sheet { name: "problems".to_owned(), columns, rows };
    let bytes = sheet.to_csv().map_err(|e| kinfold_casework::Error::Internal(e.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"import-problems.csv\""),
    ];
    Ok((headers, bytes).into_response())
}

async fn start(Path(id): Path<Uuid>, Sent { visit, form }: Sent) -> Reply {
    let team = form.value("team").parse().ok();
    visit.casework().start_import(&visit.actor, id, team)?;
    Ok(Redirect::to(&format!("/imports/{id}")).into_response())
}

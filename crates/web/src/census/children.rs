//! Child by child what will be returned, with what the rules find beside it, where to put it right, and a press that
//! asks the key worker to.

use axum::extract::Path;
use axum::response::IntoResponse;
use kinfold_casework::Action;
use kinfold_casework::census_return::{ReturnChild, ReturnChildren};
use kinfold_casework::rows::Page;
use kinfold_look::banner::details;
use kinfold_look::card::empty;
use kinfold_look::form::{FormState, csrf_field, error_summary, hidden};
use kinfold_look::nav::Pagination;
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;

use super::part::{amount, as_returned, asked_line, closed_part, finding_part, put_right_part, rows};
use super::{collection_words, counted};
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};
use crate::work::child_link;

/// Children on one page.
const PER_PAGE: i64 = 20;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ExportReturn);
    vec![get("/return/{year}/children", whom, show), post("/return/{year}/ask", whom, ask)]
}

/// Which part of the list is looked at.
struct Part {
    year: i16,
    rule: String,
    page: u32,
}

impl Part {
    fn of(year: i16, form: &FormState, rule: &str) -> Self {
        let page = form.value("page").parse().unwrap_or(1).clamp(1, 100_000);
        Self { year, rule: form.value(rule).to_owned(), page }
    }

    async fn read(&self, visit: &Visit) -> Reply<ReturnChildren> {
        let page = Page { limit: PER_PAGE, offset: i64::from(self.page - 1) * PER_PAGE };
        let rule = Some(self.rule.as_str()).filter(|code| !code.is_empty());
        Ok(visit.casework().return_children(&visit.actor, self.year, rule, page).await?)
    }
}

async fn show(visit: Visit, Path(year): Path<i16>) -> Reply<Markup> {
    let part = Part::of(year, &visit.query, "rule");
    let found = part.read(&visit).await?;
    Ok(draw(&visit, &part, &found, &FormState::new()))
}

async fn ask(Path(year): Path<i16>, sent: Sent) -> Reply {
    let Sent { visit, mut form } = sent;
    let part = Part::of(year, &form, "listed");
    let rule = Some(form.value("rule")).filter(|code| !code.is_empty());
    let asked = match form.value("child").parse() {
        Ok(child) => visit.casework().ask_key_worker(&visit.actor, year, ChildId(child), rule).await,
        Err(_) => {
            Err(kinfold_casework::Error::invalid("", "Choose a child whose key worker is to be asked."))
        }
    };
    match asked {
        Ok(_) => {
            let words =
                "The key worker was asked. It stands among their work until the rules no longer find it";
            let known = kinfold_casework::census_return::is_rule(&part.rule);
            let listed = Part { rule: if known { part.rule.clone() } else { String::new() }, ..part };
            Ok(done(&visit.app, &address(&listed, listed.page), words))
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            let found = part.read(&visit).await?;
            Ok((status, draw(&visit, &part, &found, &form)).into_response())
        }
    }
}

fn draw(visit: &Visit, part: &Part, found: &ReturnChildren, form: &FormState) -> Markup {
    let year = part.year;
    let title = format!("Children in the return {}", collection_words(year));
    let mut around = frame(visit, &title);
    around.wide = true;
    around.has_errors = form.has_errors();
    around.back = Some(("Back to the return".to_owned(), format!("/return/{year}")));
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { (title) }
        @if let Some((code, rule)) = found.rule {
            p.kf-lead {
                "Those with findings of rule " a.govuk-link href=(format!("/return/rules/{code}")) { (code) } ": " (rule)
            }
            p.govuk-body { a.govuk-link href=(format!("/return/{year}/children")) { "Show all children" } }
        }
        @if found.page.total == 0 {
            (empty("Nobody here", "No child stands here: either nothing is found any more, or nobody is returned for this year.", None))
        } @else {
            p.govuk-body { (counted(usize::try_from(found.page.total).unwrap_or(0), "child", "children")) }
            @if found.left_out > 0 {
                p.govuk-body {
                    (counted(found.left_out, "child is", "children are")) " left out of this page: what the rule finds is something that your role does not read beside a child’s name. It is in the files, by number, and in the list of all children their key workers can be asked."
                }
            }
            @for child in &found.page.rows { (one(visit, part, child, found.rule.is_some())) }
            (Pagination { page: part.page, pages: pages(found.page.total), what: "children".to_owned() }.render(|n| address(part, n)))
        }
    })
}

fn address(part: &Part, page: u32) -> String {
    let rule = if part.rule.is_empty() { String::new() } else { format!("rule={}&", part.rule) };
    format!("/return/{}/children?{rule}page={page}", part.year)
}

fn pages(total: i64) -> u32 {
    u32::try_from((total + PER_PAGE - 1) / PER_PAGE).unwrap_or(1).max(1)
}

fn one(visit: &Visit, part: &Part, child: &ReturnChild, by_rule: bool) -> Markup {
    let number = if child.local_id.is_empty() { "no number" } else { child.local_id.as_str() };
    let amount = amount(child.rows, child.found);
    html! {
        h2.govuk-heading-m { "Child " (number) }
        @match &child.child {
            None => {
                p.govuk-body { "This record is restricted. It is returned (" (amount) "), and what it says is not shown here." }
                @if let Some(asked) = &child.asked { (asked_line(asked)) }
            },
            Some(line) => {
                p.govuk-body { (child_link(line.id, &line.name, &line.reference, line.restricted)) ": " (amount) }
                @for finding in &child.findings {
                    (finding_part(line.id, finding, by_rule, &as_returned(finding), &ask_form(visit, part, child, Some(finding.code), number)))
                }
                (closed_part(&child.closed))
                (put_right_part(&child.put_right))
                (details(&format!("Rows of child {number}"), &html! { @for table in &child.tables { (rows(&format!("child {number}"), table)) } }, false))
            }
        }
        @if asks_for_all(child, by_rule) {
            (ask_form(visit, part, child, None, number))
        }
    }
}

/// Whether one press for everything is of use: not where each finding that there is has its own.
fn asks_for_all(child: &ReturnChild, by_rule: bool) -> bool {
    let own = if child.child.is_some() { child.findings.len() } else { 0 };
    child.found > 0 && (!by_rule || own == 0) && (child.found > 1 || own == 0)
}

/// The press that asks the key worker: about one rule, or about everything that is found.
fn ask_form(visit: &Visit, part: &Part, child: &ReturnChild, rule: Option<&str>, number: &str) -> Markup {
    let words = match rule {
        Some(_) => "Ask the key worker to put this right",
        None => "Ask the key worker to put everything right that is found",
    };
    html! {
        form.kf-screen-only method="post" action=(format!("/return/{}/ask", part.year)) novalidate {
            (csrf_field(visit.actor.csrf()))
            (hidden("child", &child.id.0.to_string()))
            @if let Some(rule) = rule { (hidden("rule", rule)) }
            (hidden("listed", &part.rule))
            (hidden("page", &part.page.to_string()))
            button class="govuk-button govuk-button--secondary" type="submit" data-module="govuk-button" data-prevent-double-click="true" {
                (words) span.govuk-visually-hidden { " (child " (number) @if let Some(rule) = rule { ", rule " (rule) } ")" }
            }
        }
    }
}

//! A child's part of the return: the findings with where each is put right, what was asked for, and the rows.

use kinfold_casework::census_return::{Asked, ClosedFindings, Fix, PutRight, ReturnFinding, ReturnTable};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::{counted, moment};

/// A finding and where it is put right; `more` stands below it. `by_rule`: the page says which rule it is.
pub(super) fn finding_part(
    child: Uuid,
    finding: &ReturnFinding,
    by_rule: bool,
    cells: &Markup,
    more: &Markup,
) -> Markup {
    html! {
        div.govuk-inset-text {
            p {
                (tag(finding.code, Colour::Yellow)) " "
                @if !by_rule { a.govuk-link href=(format!("/return/rules/{}", finding.code)) { (finding.title) } " " }
                span.govuk-hint { (finding.table) @if finding.last_year { ", in last year’s return" } }
            }
            (cells)
            @for fix in &finding.fixes { p { (fix_link(child, fix)) } }
            @if let Some(asked) = &finding.asked { (asked_line(asked)) }
            (more)
        }
    }
}

/// The cells as they are returned, for whoever makes the return.
pub(super) fn as_returned(finding: &ReturnFinding) -> Markup {
    html! {
        @if !finding.cells.is_empty() {
            p {
                @for (at, (column, text)) in finding.cells.iter().enumerate() {
                    @if at > 0 { "; " }
                    (column) ": " (cell(text.as_deref()))
                }
            }
        }
    }
}

/// The same as the forms ask for it, for whoever records it.
pub(super) fn as_recorded(finding: &ReturnFinding) -> Markup {
    html! {
        @if !finding.words.is_empty() {
            ul class="govuk-list govuk-list--bullet" {
                @for (asked, answer) in &finding.words {
                    li { (asked) ": " @if answer.is_empty() { "nothing" } @else { strong { (answer) } } }
                }
            }
        }
    }
}

/// That somebody was asked, and that the rules have been asked again since.
pub(super) fn asked_line(asked: &Asked) -> Markup {
    html! {
        p { (tag("Asked", Colour::Blue)) " " (asked.of) ", " (moment(asked.at)) ". Checked again just now: it is still found." }
    }
}

/// Findings whose words this person may not read beside the name.
pub(super) fn closed_part(closed: &[ClosedFindings]) -> Markup {
    html! {
        @for of in closed {
            div.govuk-inset-text {
                p {
                    @if of.findings == 1 { "A finding about " } @else { (of.findings) " findings about " }
                    (of.about) ". Your role does not read this beside a child’s name: ask the child’s key worker to put it right."
                }
            }
        }
    }
}

/// What was asked for and is found no more.
pub(super) fn put_right_part(put_right: &[PutRight]) -> Markup {
    html! {
        @if !put_right.is_empty() {
            ul.govuk-list {
                @for gone in put_right {
                    li { (tag("Put right", Colour::Green)) " " (gone.code) ": " (gone.title) " Asked for on " (moment(gone.asked_at)) "; checked again just now, and found no more." }
                }
            }
        }
    }
}

/// The link that puts it right. Whoever may not record it themselves is shown where it stands, and whom to ask.
fn fix_link(child: Uuid, fix: &Fix) -> Markup {
    if !fix.may {
        return html! {
            "Put it right: " (fix.words) " Your role reads this and does not record it: ask the child’s "
            a.govuk-link href=(format!("/children/{child}/circle")) { "key worker" }
            ". "
            a.govuk-link href=(seen_at(child, fix)) { "See it in the chronology" }
            "."
        };
    }
    let (words, href) = match fix.entry {
        Some(entry) => ("Correct what is recorded", format!("/children/{child}/entries/{entry}")),
        None => ("Record it", format!("/children/{child}/record/{}", fix.kind.as_str())),
    };
    html! { "Put it right: " (fix.words) " " a.govuk-link href=(href) { (words) span.govuk-visually-hidden { " (" (fix.kind.title()) ")" } } }
}

fn seen_at(child: Uuid, fix: &Fix) -> String {
    let mark = fix.entry.map_or_else(String::new, |entry| format!("#{entry}"));
    format!("/children/{child}/chronology?strand={}{mark}", fix.kind.strand().as_str())
}

/// The rows of one table; `whose` completes the caption.
pub(super) fn rows(whose: &str, table: &ReturnTable) -> Markup {
    let columns = table.columns.iter().map(|column| Column::new(*column));
    let drawn = Table::new(format!("{} of {whose}", table.title), columns).dense().no_row_names().rows(
        table.rows.iter().map(|cells| {
            cells.iter().fold(Row::new(), |row, text| {
                row.cell(if text.as_deref() == Some("") { "–" } else { cell(text.as_deref()) })
            })
        }),
    );
    html! { (drawn) }
}

/// How much there is of a child, in words.
pub(super) fn amount(rows: usize, found: usize) -> String {
    format!("{}, {}", counted(rows, "row", "rows"), counted(found, "finding", "findings"))
}

/// A cell in words: an empty one says so, and one that is not for this person says that it is returned all the same.
fn cell(text: Option<&str>) -> &str {
    match text {
        None => "returned, not shown",
        Some("") => "empty",
        Some(text) => text,
    }
}

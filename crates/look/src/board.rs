//! The board: duties across, children or teams down, each cell told by shape, word and figure.

use crate::classes;
use crate::state::{State, key};
use crate::table::scroll;
use maud::{Markup, Render, html};

/// A column: one duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub label: String,
    /// Where the name leads (the rule, or the list of this duty).
    pub href: Option<String>,
}

impl Column {
    /// A column whose name is not a link.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// One state in a cell: with a count (teams down) or a date (children down).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// State.
    pub state: State,
    /// How many, when the cell counts.
    pub count: Option<u32>,
    /// Words after the state ("3 Dec").
    pub words: Option<String>,
    /// Address of the list or duty behind it.
    pub href: Option<String>,
}

impl Part {
    /// So many in this state, opening their list.
    pub fn count(state: State, count: u32, href: impl Into<String>) -> Self {
        Self { state, count: Some(count), words: None, href: Some(href.into()) }
    }

    /// One duty in this state, with its date.
    pub fn one(state: State, words: impl Into<String>, href: impl Into<String>) -> Self {
        Self { state, count: None, words: Some(words.into()), href: Some(href.into()) }
    }
}

/// A row: a child or a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub label: String,
    /// Where the name leads.
    pub href: Option<String>,
    /// Small line below the name.
    pub note: Option<String>,
    /// Cells in the order of the columns; a cell without parts means that the duty does not apply.
    pub cells: Vec<Vec<Part>>,
}

/// The board.
#[derive(Clone, Debug)]
pub struct Board {
    /// What it shows, for whom, on which day.
    pub caption: String,
    /// What the rows are ("Team", "Child").
    pub corner: String,
    /// Duties.
    pub columns: Vec<Column>,
    /// Children or teams.
    pub rows: Vec<Row>,
    /// Whether a foot row adds up the counts, state by state.
    pub totals: bool,
}

impl Board {
    /// Counts of each column added up over the rows, in the order of [`State::ALL`]; a part without a count is one.
    #[must_use]
    pub fn column_totals(&self) -> Vec<Vec<Part>> {
        (0..self.columns.len())
            .map(|at| {
                State::ALL
                    .into_iter()
                    .filter_map(|state| {
                        let parts = self.rows.iter().filter_map(|row| row.cells.get(at)).flatten();
                        let count: u32 =
                            parts.filter(|p| p.state == state).map(|p| p.count.unwrap_or(1)).sum();
                        (count > 0).then_some(Part { state, count: Some(count), words: None, href: None })
                    })
                    .collect()
            })
            .collect()
    }

    /// States that occur, in the order of [`State::ALL`].
    fn states(&self) -> Vec<State> {
        let used = |state: &State| {
            self.rows.iter().flat_map(|r| &r.cells).flatten().any(|part| part.state == *state)
        };
        State::ALL.into_iter().filter(used).collect()
    }

    fn row(&self, row: &Row) -> Markup {
        html! {
            tr.govuk-table__row {
                th scope="row" class="govuk-table__header kf-board__row-name" {
                    @if let Some(href) = &row.href { a.govuk-link href=(href) { (row.label) } } @else { (row.label) }
                    @if let Some(note) = &row.note { " " span.kf-board__row-note { (note) } }
                }
                @for (at, column) in self.columns.iter().enumerate() {
                    (cell(row.cells.get(at).map_or(&[], Vec::as_slice), &row.label, &column.label, false))
                }
            }
        }
    }
}

impl Render for Board {
    fn render(&self) -> Markup {
        let table = html! {
            table class="govuk-table kf-board" {
                caption class="govuk-table__caption govuk-table__caption--m" { (self.caption) }
                thead.govuk-table__head {
                    tr.govuk-table__row {
                        th scope="col" class="govuk-table__header kf-board__corner" { (self.corner) }
                        @for column in &self.columns {
                            th scope="col" class="govuk-table__header kf-board__column" {
                                @if let Some(href) = &column.href { a.govuk-link href=(href) { (column.label) } }
                                @else { (column.label) }
                            }
                        }
                    }
                }
                tbody.govuk-table__body { @for row in &self.rows { (self.row(row)) } }
                @if self.totals && !self.rows.is_empty() {
                    tfoot {
                        tr.govuk-table__row {
                            th scope="row" class="govuk-table__header kf-board__row-name kf-board__total" { "Total" }
                            @for (parts, column) in self.column_totals().iter().zip(&self.columns) {
                                (cell(parts, "Total", &column.label, true))
                            }
                        }
                    }
                }
            }
        };
        html! { (key(&self.states())) (scroll(&self.caption, &table)) }
    }
}

fn cell(parts: &[Part], row: &str, column: &str, total: bool) -> Markup {
    let empty = parts.is_empty();
    let class = classes(&[
        "govuk-table__cell kf-board__cell",
        if empty { "kf-board__cell--empty" } else { "" },
        if total { "kf-board__total" } else { "" },
    ]);
    html! {
        td class=(class) {
            @if empty {
                span aria-hidden="true" { "–" } span.govuk-visually-hidden { "does not apply" }
            }
            @for part in parts {
                @let content = html! {
                    @if let Some(count) = part.count { span.kf-board__count { (count) } " " }
                    (part.state.small())
                    @if let Some(words) = &part.words { " " span.kf-nowrap { (words) } }
                };
                @if let Some(href) = &part.href {
                    // A list of links is heard without its table, so each says its row and column.
                    a class="govuk-link kf-board__part" href=(href) { (content) span.govuk-visually-hidden { ", " (column) ", " (row) } }
                } @else { div.kf-board__part { (content) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board() -> Board {
        let row =
            |label: &str, cells: Vec<Vec<Part>>| Row { label: label.into(), href: None, note: None, cells };
        Board {
            caption: "Duties by team".into(),
            corner: "Team".into(),
            columns: vec![Column::new("Reviews"), Column::new("Visits")],
            rows: vec![
                row(
                    "North & East",
                    vec![
                        vec![Part::count(State::Late, 2, "/a"), Part::count(State::OnTime, 9, "/b")],
                        vec![],
                    ],
                ),
                row(
                    "South",
                    vec![
                        vec![Part::count(State::Late, 3, "/c")],
                        vec![Part::one(State::DueSoon, "3 Dec", "/d")],
                    ],
                ),
            ],
            totals: true,
        }
    }

    #[test]
    fn totals_add_up() {
        let totals = board().column_totals();
        let figures: Vec<Vec<(State, Option<u32>)>> =
            totals.iter().map(|cell| cell.iter().map(|p| (p.state, p.count)).collect()).collect();
        assert_eq!(
            figures,
            vec![vec![(State::Late, Some(5)), (State::OnTime, Some(9))], vec![(State::DueSoon, Some(1))]]
        );
    }

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        let mut board = board();
        board.rows[1].cells.truncate(1);
        let text = board.render().into_string();
        assert_eq!(text.matches("<td").count(), 2 * 3, "two columns, two rows and a foot");
        assert_eq!(text.matches("does not apply").count(), 3);
    }

    #[test]
    fn a_link_says_its_row_and_column_and_the_key_only_what_is_used() {
        let text = board().render().into_string();
        assert!(
            text.contains("<span class=\"govuk-visually-hidden\">, Reviews, North &amp; East</span></a>")
        );
        let key = text.split("</ul>").next().expect("key");
        assert!(key.contains("Late") && key.contains("Due soon") && !key.contains("Excused"));
    }

    #[test]
    fn header_cells_have_scopes() {
        let text = board().render().into_string();
        assert_eq!(text.matches("scope=\"col\"").count(), 3);
        assert_eq!(text.matches("scope=\"row\"").count(), 3);
    }
}

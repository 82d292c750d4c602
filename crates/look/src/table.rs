//! Tables.

use crate::classes;
use maud::{Markup, Render, html};

/// How a list may be sorted by a column: by following a link, so it works without script and for lists longer than a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Address of the same list sorted by this column (the other way round when it is sorted by it already).
    pub href: String,
    /// How it is sorted now.
    pub now: Sorted,
}

/// How a column is sorted now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sorted {
    /// Not by this column.
    #[default]
    No,
    /// Smallest or earliest first.
    Up,
    /// Largest or latest first.
    Down,
}

impl Sorted {
    const fn aria(self) -> &'static str {
        match self {
            Self::No => "none",
            Self::Up => "ascending",
            Self::Down => "descending",
        }
    }

    const fn shape(self) -> &'static str {
        match self {
            Self::No => "↕",
            Self::Up => "▲",
            Self::Down => "▼",
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    label: String,
    numeric: bool,
    hidden: bool,
    sort: Option<Sort>,
}

impl Column {
    /// A column of words.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), numeric: false, hidden: false, sort: None }
    }

    /// A column of figures: right-aligned, tabular.
    pub fn figures(label: impl Into<String>) -> Self {
        Self { numeric: true, ..Self::new(label) }
    }

    /// A column whose label only assistive technology needs (links at the end of a row).
    pub fn unlabelled(label: impl Into<String>) -> Self {
        Self { hidden: true, ..Self::new(label) }
    }

    /// The list may be sorted by it.
    #[must_use]
    pub fn sorts(mut self, href: impl Into<String>, now: Sorted) -> Self {
        self.sort = Some(Sort { href: href.into(), now });
        self
    }
}

/// A row: its cells, and a class where it stands out (`kf-table__row--late`).
#[derive(Clone, Debug, Default)]
pub struct Row {
    cells: Vec<Markup>,
    class: Option<&'static str>,
}

impl Row {
    /// An empty row.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a cell.
    #[must_use]
    pub fn cell(mut self, content: impl Render) -> Self {
        self.cells.push(content.render());
        self
    }

    /// Marks the row as late. A cell must say so in words.
    #[must_use]
    pub fn late(mut self) -> Self {
        self.class = Some("kf-table__row--late");
        self
    }

    /// Marks the row as replaced by a correction. A cell must say so in words.
    #[must_use]
    pub fn replaced(mut self) -> Self {
        self.class = Some("kf-table__row--replaced");
        self
    }
}

/// GOV.UK table in a container that scrolls sideways and can be reached by keyboard.
#[derive(Clone, Debug)]
pub struct Table {
    caption: String,
    caption_hidden: bool,
    columns: Vec<Column>,
    rows: Vec<Row>,
    foot: Option<Row>,
    dense: bool,
    row_names: bool,
    scrolls: bool,
}

impl Table {
    /// A table. The caption says what it holds.
    pub fn new(caption: impl Into<String>, columns: impl IntoIterator<Item = Column>) -> Self {
        Self {
            caption: caption.into(),
            caption_hidden: false,
            columns: columns.into_iter().collect(),
            rows: Vec::new(),
            foot: None,
            dense: false,
            row_names: true,
            scrolls: true,
        }
    }

    /// The caption is only for assistive technology: a heading right above says the same.
    #[must_use]
    pub fn caption_hidden(mut self) -> Self {
        self.caption_hidden = true;
        self
    }

    /// Smaller cells.
    #[must_use]
    pub fn dense(mut self) -> Self {
        self.dense = true;
        self
    }

    /// The first cell of a row is a cell like the others, not the row's name.
    #[must_use]
    pub fn no_row_names(mut self) -> Self {
        self.row_names = false;
        self
    }

    /// No scroll container (two narrow columns that always fit).
    #[must_use]
    pub fn fits(mut self) -> Self {
        self.scrolls = false;
        self
    }

    /// Adds a row.
    #[must_use]
    pub fn row(mut self, row: Row) -> Self {
        self.rows.push(row);
        self
    }

    /// Adds rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// Sums or totals under the rows.
    #[must_use]
    pub fn foot(mut self, row: Row) -> Self {
        self.foot = Some(row);
        self
    }

    fn head(&self, column: &Column) -> Markup {
        let numeric = if column.numeric { "govuk-table__header--numeric" } else { "" };
        html! {
            th scope="col" class=(classes(&["govuk-table__header", numeric]))
                aria-sort=[column.sort.as_ref().map(|sort| sort.now.aria())] {
                @if let Some(sort) = &column.sort {
                    a class="govuk-link kf-table__sort" href=(sort.href) {
                        (column.label) " " span.kf-table__sort-shape aria-hidden="true" { (sort.now.shape()) }
                    }
                } @else if column.hidden {
                    span.govuk-visually-hidden { (column.label) }
                } @else { (column.label) }
            }
        }
    }

    fn draw_row(&self, row: &Row) -> Markup {
        html! {
            tr class=(classes(&["govuk-table__row", row.class.unwrap_or_default()])) {
                @for (at, cell) in row.cells.iter().enumerate() {
                    @let numeric = self.columns.get(at).is_some_and(|column| column.numeric);
                    @if at == 0 && self.row_names {
                        th scope="row" class="govuk-table__header kf-row-name" { (cell) }
                    } @else {
                        td.govuk-table__cell.govuk-table__cell--numeric[numeric].kf-figures[numeric] { (cell) }
                    }
                }
            }
        }
    }
}

impl Render for Table {
    fn render(&self) -> Markup {
        let hidden = if self.caption_hidden { "govuk-visually-hidden" } else { "govuk-table__caption--m" };
        let table = html! {
            table.govuk-table.kf-table--dense[self.dense] {
                caption class=(classes(&["govuk-table__caption", hidden])) { (self.caption) }
                thead.govuk-table__head {
                    tr.govuk-table__row { @for column in &self.columns { (self.head(column)) } }
                }
                tbody.govuk-table__body { @for row in &self.rows { (self.draw_row(row)) } }
                @if let Some(foot) = &self.foot { tfoot { (self.draw_row(foot)) } }
            }
        };
        if self.scrolls { scroll(&self.caption, &table) } else { table }
    }
}

/// A container that scrolls sideways. It takes focus, so that the keyboard can scroll it, and has a name, so that a screen reader
/// can say what was reached.
#[must_use]
pub fn scroll(label: &str, content: &Markup) -> Markup {
    html! { div.kf-scroll role="region" aria-label=(label) tabindex="0" { (content) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table::new(
            "Visits <all>",
            [
                Column::new("Who").sorts("?sort=who", Sorted::Up),
                Column::figures("Days"),
                Column::unlabelled("Links"),
            ],
        )
        .row(Row::new().cell("A & B").cell(3).cell(html! { a href="/v" { "Open" } }))
    }

    #[test]
    fn figures_line_up_and_the_first_cell_names_the_row() {
        let text = table().render().into_string();
        assert!(text.contains("<th scope=\"row\" class=\"govuk-table__header kf-row-name\">A &amp; B</th>"));
        assert!(
            text.contains("<td class=\"govuk-table__cell govuk-table__cell--numeric kf-figures\">3</td>")
        );
        assert!(text.contains(
            "<th scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\">Days</th>"
        ));
        assert!(text.contains("<span class=\"govuk-visually-hidden\">Links</span>"));
    }

    #[test]
    fn sorting_is_a_link_and_is_told() {
        let text = table().render().into_string();
        assert!(
            text.contains(
                "aria-sort=\"ascending\"><a class=\"govuk-link kf-table__sort\" href=\"?sort=who\">"
            )
        );
        assert_eq!(text.matches("aria-sort").count(), 1);
    }

    #[test]
    fn a_wide_table_can_be_scrolled_by_keyboard() {
        let text = table().render().into_string();
        assert!(text.starts_with(
            "<div class=\"kf-scroll\" role=\"region\" aria-label=\"Visits &lt;all&gt;\" tabindex=\"0\"><table"
        ));
        assert!(!table().fits().render().into_string().contains("tabindex"));
    }
}

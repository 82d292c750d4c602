//! Figures as a plain table, for CSV and XLSX: a row for each total and each group.

use kinfold_guidance::Guidance;
use kinfold_guidance::measure::MeasureUnit;
use serde::{Deserialize, Serialize};

use crate::figure::{Figure, Sum};
use crate::groups::NOT_KNOWN;
use crate::publish::{Public, PublicFigure, publish};

/// Who reads a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// People of the authority who may see small numbers.
    Inside,
    /// Anybody: small numbers, and those from which they could be worked out, are hidden.
    Public,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Nothing to say.
    Empty,
    /// Words.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A figure, with one decimal when it is written.
    Figure(f64),
    /// Hidden because it is small, or would give away what is: written "c".
    Hidden,
}

impl Cell {
    /// As it is written in a file of text.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Whole(n) => n.to_string(),
            Self::Figure(n) => format!("{n:.1}"),
            Self::Hidden => "c".to_owned(),
        }
    }
}

/// Rows under headings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Headings.
    pub columns: Vec<&'static str>,
    /// As many cells in each as there are headings.
    pub rows: Vec<Vec<Cell>>,
}

const COLUMNS: [&str; 13] = [
    "Measure",
    "Title",
    "Year to",
    "Split",
    "Group",
    "Numerator",
    "Denominator",
    "Total of amounts",
    "Figure",
    "Unit",
    "Target",
    "Compared with",
    "Their figure",
];

impl Table {
    /// Lays out figures: for each the total, then each group of each split.
    pub fn of(figures: &[Figure], guidance: &Guidance, audience: Audience) -> Self {
        let mut rows = Vec::new();
        let seen = match audience {
            Audience::Public => publish(figures),
            Audience::Inside => figures.iter().map(whole).collect(),
        };
        for (figure, seen) in figures.iter().zip(seen) {
            one(figure, seen, guidance, &mut rows);
        }
        Self { columns: COLUMNS.to_vec(), rows }
    }
}

fn whole(figure: &Figure) -> PublicFigure {
    let all = |sum: &Sum| Public::all(*sum, figure.unit);
    PublicFigure {
        total: all(&figure.total),
        splits: figure.splits.iter().map(|rows| rows.iter().map(all).collect()).collect(),
    }
}

/// A figure as it is written: what is counted is a whole number, and so is what is aimed at unless somebody aims between
/// two.
#[expect(clippy::cast_possible_truncation, reason = "counts of children and days are far below 2^52")]
fn counted(value: f64, unit: MeasureUnit) -> Cell {
    if unit == MeasureUnit::Count && value.fract() == 0.0 {
        return Cell::Whole(value as i64);
    }
    Cell::Figure(value)
}

fn one(figure: &Figure, seen: PublicFigure, guidance: &Guidance, rows: &mut Vec<Vec<Cell>>) {
    let measures = &guidance.measures;
    let (id, end) = (figure.measure.as_str(), figure.span.to);
    let title = measures.on(id, end).map_or(id, |m| m.title.as_str());
    let figure_cell = |value: f64| counted(value, figure.unit);
    let number =
        |text: Option<&str>| text.and_then(|text| text.parse().ok()).map_or(Cell::Empty, figure_cell);
    let whole = |n: Option<i64>| n.map_or(Cell::Hidden, Cell::Whole);
    let target = measures.target(id, end).map(|t| t.value.as_str());
    let other = measures.comparators(id, end).into_iter().next();
    let mut row = |split: &str, group: &str, seen: Public, everybody: bool| {
        let text = |s: &str| Cell::Text(s.to_owned());
        let mut cells = vec![text(id), text(title), text(&end.to_string()), text(split), text(group)];
        cells.push(whole(seen.numerator.map(Into::into)));
        cells.push(whole(seen.denominator.map(Into::into)));
        cells.push(whole(seen.amount));
        cells.push(match seen.value {
            Some(value) => figure_cell(value),
            None if seen.denominator == Some(0) => Cell::Empty,
            None => Cell::Hidden,
        });
        cells.push(text(figure.unit.as_str()));
        // What is aimed at, and what others have, is for all children together.
        let (target, other) = if everybody { (target, other) } else { (None, None) };
        cells.push(number(target));
        cells.push(other.map_or(Cell::Empty, |c| text(&format!("{} {}", c.name, c.year))));
        cells.push(number(other.map(|c| c.value.as_str())));
        rows.push(cells);
    };
    row("", "All", seen.total, true);
    for (split, sums) in measures.splits.iter().zip(seen.splits) {
        let names = split.groups.iter().map(|g| g.title.as_str()).chain(std::iter::once(NOT_KNOWN));
        for (name, sum) in names.zip(sums) {
            row(&split.title, name, sum, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_a_whole_number() {
        assert_eq!(counted(12.0, MeasureUnit::Count).text(), "12");
        assert_eq!(counted(12.5, MeasureUnit::Count).text(), "12.5", "a target between two");
        assert_eq!(counted(12.0, MeasureUnit::Mean).text(), "12.0");
        assert_eq!(counted(12.0, MeasureUnit::Percent).text(), "12.0");
    }
}

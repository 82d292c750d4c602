//! The trend of a measure as the kit's chart, and as the table behind it.

use kinfold_casework::measures::{MeasureLine, Seen, figure_words};
use kinfold_look::chart::{Line, Point};
use kinfold_look::table::{Column, Row, Table};

use super::{made_of_seen, value_words, written, year_short, year_words};

/// The trend as a line.
pub(super) fn line(of: &MeasureLine) -> Line {
    let unit = of.measure.unit;
    let points = of.points.iter().map(|point| Point {
        label: year_short(point.year),
        value: match point.seen {
            Seen::Figures(public) => public.value,
            Seen::NotRecorded => None,
        },
        words: value_words(unit, point.seen),
    });
    let target = of.target.as_deref();
    Line {
        title: of.measure.title.to_string(),
        points: points.collect(),
        target: target.and_then(|text| Some((text.parse().ok()?, written(unit, text)))),
    }
}

/// The trend as a table.
pub(super) fn table(of: &MeasureLine) -> Table {
    let unit = of.measure.unit;
    let columns = [
        Column::new("Year"),
        Column::figures("Figure"),
        Column::figures("Numerator"),
        Column::figures("Denominator"),
        Column::figures("Target"),
    ];
    Table::new(format!("{}, year by year", of.measure.title), columns).caption_hidden().dense().rows(
        of.points.iter().rev().map(|point| {
            let (numerator, denominator) = made_of_seen(unit, point.seen);
            let target = point.target.map_or_else(|| "–".to_owned(), |target| figure_words(unit, target));
            Row::new()
                .cell(year_words(point.year))
                .cell(value_words(unit, point.seen))
                .cell(numerator)
                .cell(denominator)
                .cell(target)
        }),
    )
}

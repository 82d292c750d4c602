//! A measure over several years, for a chart and the table behind it.

use jiff::civil::Date;
use kinfold_guidance::Guidance;
use kinfold_guidance::measure::{Better, MeasureUnit};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::figure::Figure;
use crate::publish::{Public, publish};
use crate::table::Audience;

/// One year of a trend.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The last day of the year.
    pub year_end: Date,
    /// The figure and what it was made of, as far as it may be seen.
    pub seen: Public,
    /// What was aimed at in that year.
    pub target: Option<f64>,
}

/// A measure over several years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    /// The measure.
    pub measure: SmolStr,
    /// Its title in the newest of the years.
    pub title: SmolStr,
    /// What the figures are.
    pub unit: MeasureUnit,
    /// Which way is better.
    pub better: Better,
    /// One point a year, oldest first.
    pub points: Vec<Point>,
    /// Figures of others: whose, of which year, and the figure.
    pub comparators: Vec<(String, i16, f64)>,
}

/// The figures of one measure as a trend; `None` when there is none. For the public, numbers of few children are hidden,
/// in the same way as in a [`Table`](crate::Table) of the same figures.
pub fn trend(figures: &[Figure], measure: &str, guidance: &Guidance, audience: Audience) -> Option<Trend> {
    let totals: Vec<Public> = match audience {
        Audience::Inside => figures.iter().map(|f| Public::all(f.total, f.unit)).collect(),
        Audience::Public => publish(figures).into_iter().map(|f| f.total).collect(),
    };
    let mut ours: Vec<(&Figure, Public)> =
        figures.iter().zip(totals).filter(|(f, _)| f.measure == measure).collect();
    ours.sort_by_key(|(f, _)| f.span);
    let (newest, _) = ours.last()?;
    let measures = &guidance.measures;
    let definition = measures.on(measure, newest.span.to)?;
    let points = ours.iter().map(|(f, seen)| Point {
        year_end: f.span.to,
        seen: *seen,
        target: measures.target(measure, f.span.to).and_then(|t| t.value.parse().ok()),
    });
    let others = measures.comparators(measure, newest.span.to);
    Some(Trend {
        measure: definition.id.clone(),
        title: definition.title.clone(),
        unit: newest.unit,
        better: newest.better,
        points: points.collect(),
        comparators: others
            .into_iter()
            .filter_map(|c| Some((c.name.clone(), c.year, c.value.parse().ok()?)))
            .collect(),
    })
}

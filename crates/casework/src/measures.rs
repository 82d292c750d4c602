//! Measures: indicators over every child of the authority, for those who may see figures. The children behind a figure
//! are listed only for those who may find each of them and read what the figure tells about them.

mod count;
mod export;
mod lists;

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_guidance::Measure;
use kinfold_guidance::measure::MeasureUnit;
use kinfold_measures::{NOT_KNOWN, PublicFigure, Sum};
use serde_json::json;

pub use kinfold_measures::{Audience, Cell, Public, Span, Table};
pub use lists::{CountedChild, CountedChildren, Part};

use count::Kept;
pub(crate) use count::Shelf;

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::{Book, Casework};

/// Years counted at once: the one that runs and those before it.
const YEARS: i16 = 5;

/// A year of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureYear {
    /// The year in whose March it ends.
    pub year: i16,
    /// The days measured. Of the year that runs, the twelve months to today: a figure for an unfinished year could be
    /// compared with nothing.
    pub span: Span,
    /// Whether it is the one that runs.
    pub running: bool,
}

/// What is known of a measure in a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Seen {
    /// Nothing of the kind had been recorded by then, so there is no figure.
    NotRecorded,
    /// The figure and what it was made of, as far as the person may see it.
    Figures(Public),
}

/// A measure in one year of its trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasurePoint {
    /// The year.
    pub year: MeasureYear,
    /// The figure.
    pub seen: Seen,
    /// What was aimed at in that year.
    pub target: Option<f64>,
}

/// One measure with its figures.
#[derive(Debug, Clone)]
pub struct MeasureLine {
    /// The definition in force on the last day of the year asked for.
    pub measure: Measure,
    /// In the year asked for.
    pub seen: Seen,
    /// Every year counted in which the measure was in force, oldest first.
    pub points: Vec<MeasurePoint>,
    /// What is aimed at, as it is written.
    pub target: Option<String>,
    /// Figures of others: whose, of which year, the figure as published, and where it was read.
    pub comparators: Vec<(String, i16, String, String)>,
}

/// All measures.
#[derive(Debug, Clone)]
pub struct MeasuresPage {
    /// The year asked for.
    pub year: MeasureYear,
    /// The years there are, newest first.
    pub years: Vec<MeasureYear>,
    /// How much of small numbers the person sees.
    pub audience: Audience,
    /// Measures by id, and so by heading.
    pub lines: Vec<MeasureLine>,
    /// Whether nobody is in the record yet.
    pub empty: bool,
}

/// One way of splitting a figure: what by, and each group.
pub type SplitTable = (String, Vec<(String, Public)>);

/// One measure.
#[derive(Debug, Clone)]
pub struct MeasurePage {
    /// The year asked for.
    pub year: MeasureYear,
    /// The years there are, newest first.
    pub years: Vec<MeasureYear>,
    /// How much of small numbers the person sees.
    pub audience: Audience,
    /// Its figures.
    pub line: MeasureLine,
    /// The group of children it counts over, in words, and where that is defined.
    pub cohort: (String, String),
    /// By age, sex and so on. Empty when nothing is recorded.
    pub splits: Vec<SplitTable>,
    /// Why children were left out, and how many; only for those who see small numbers.
    pub left_out: Vec<(String, u32)>,
    /// The children behind the figure; `None` for those who may not have them listed.
    pub children: Option<CountedChildren>,
}

/// The years counted on a day, newest first.
pub fn years_on(today: Date) -> Vec<MeasureYear> {
    let runs =
        if (today.month(), today.day()) > (3, 31) { today.year().saturating_add(1) } else { today.year() };
    (0..YEARS)
        .filter_map(|ago| {
            let year = runs.checked_sub(ago)?;
            let whole = Span::year(year)?;
            let running = whole.to > today;
            let span = if running { Span::ending(today) } else { whole };
            Some(MeasureYear { year, span, running })
        })
        .collect()
}

/// The year asked for: the newest that is over, unless another of those counted is named.
fn chosen(years: &[MeasureYear], asked: Option<i16>) -> Result<MeasureYear> {
    let named = asked.and_then(|year| years.iter().find(|y| y.year == year));
    named.or_else(|| years.iter().find(|y| !y.running)).or(years.first()).copied().ok_or(Error::Absent)
}

/// Small numbers are for those whose work has lists of children: whoever only sees figures gets them as published.
fn audience_of(actor: &Actor) -> Audience {
    let may = actor.may();
    if may.has(Action::ViewTeamBoard) || may.has(Action::ViewAuthorityBoard) {
        Audience::Inside
    } else {
        Audience::Public
    }
}

impl Casework {
    /// Every measure in a year, with its trend. Without a year, or with one that is not counted: the newest that is over.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to see figures.
    pub async fn measures(&self, actor: &Actor, year: Option<i16>) -> Result<MeasuresPage> {
        actor.require(Action::ViewMeasures)?;
        let years = years_on(self.today());
        let year = chosen(&years, year)?;
        let book = self.book();
        let kept = self.counted(&spans(&years)).await?;
        let audience = audience_of(actor);
        let measures = &book.guidance.measures;
        let lines =
            measures.in_force(year.span.to).map(|m| line(&kept, &book, m, year, &years, audience)).collect();
        let empty = kept.figures.iter().all(|figure| figure.total.denominator == 0);
        let detail = json!({"year": year.year});
        self.house.pen.write(vec![actor.line(Action::ViewMeasures.as_str(), None, true, &detail)]).await?;
        Ok(MeasuresPage { year, years, audience, lines, empty })
    }

    /// One measure in a year: its definition, trend, splits, and a part of the children behind it.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to see figures, or when no such measure is in force in that year.
    pub async fn measure(
        &self,
        actor: &Actor,
        id: &str,
        year: Option<i16>,
        part: Part,
        page: kinfold_store::Page,
    ) -> Result<MeasurePage> {
        actor.require(Action::ViewMeasures)?;
        let years = years_on(self.today());
        let year = chosen(&years, year)?;
        let book = self.book();
        let measure = book.guidance.measures.on(id, year.span.to).ok_or(Error::Absent)?;
        let kept = self.counted(&spans(&years)).await?;
        let audience = audience_of(actor);
        let line = line(&kept, &book, measure, year, &years, audience);
        let (mut splits, mut left_out) = (Vec::new(), Vec::new());
        if let (Seen::Figures(_), Some(at)) = (line.seen, place(&kept, id, year.span)) {
            splits = split_tables(&kept, &book, at, audience);
            if audience == Audience::Inside {
                left_out.extend(kept.figures.get(at).into_iter().flat_map(|figure| figure.reasons.clone()));
            }
        }
        let children = match line.seen {
            Seen::Figures(_) => self.children_behind(actor, measure, year.span, part, page).await?,
            Seen::NotRecorded => None,
        };
        let cohort = book.guidance.measures.cohort(&measure.denominator.cohort);
        let cohort = cohort.map_or_else(Default::default, |c| (c.title.clone(), c.source.clone()));
        let shown = children.as_ref().map_or(0, |children| children.page.rows.len());
        let detail = json!({"measure": id, "year": year.year, "children": shown});
        self.house.pen.write(vec![actor.line(Action::ViewMeasures.as_str(), None, true, &detail)]).await?;
        Ok(MeasurePage { year, years, audience, line, cohort, splits, left_out, children })
    }
}

/// The figures of one year, for papers made of several of them.
pub(crate) struct YearFigures {
    kept: std::sync::Arc<Kept>,
    book: std::sync::Arc<Book>,
    /// The year.
    pub year: MeasureYear,
    /// The years there are, newest first.
    pub years: Vec<MeasureYear>,
}

impl YearFigures {
    /// A measure in force in the year, and what is known of it.
    pub fn figure(&self, id: &str, audience: Audience) -> Option<(Measure, Seen)> {
        let measure = self.book.guidance.measures.on(id, self.year.span.to)?;
        Some((measure.clone(), seen(&self.kept, &self.book, id, self.year.span, audience)?))
    }

    /// The same by the groups of one split.
    pub fn split(&self, id: &str, by: &str, audience: Audience) -> Option<SplitTable> {
        let at = place(&self.kept, id, self.year.span)?;
        let which = self.book.guidance.measures.splits.iter().position(|split| split.id == by)?;
        split_tables(&self.kept, &self.book, at, audience).into_iter().nth(which)
    }

    /// Whether nobody is in the record yet.
    pub fn empty(&self) -> bool {
        self.kept.figures.iter().all(|figure| figure.total.denominator == 0)
    }
}

impl Casework {
    /// Every figure of a year: no right is asked for and nothing written in the log, which is the affair of whoever
    /// shows them.
    pub(crate) async fn figures_of_year(&self, year: Option<i16>) -> Result<YearFigures> {
        let years = years_on(self.today());
        let year = chosen(&years, year)?;
        let kept = self.counted(&spans(&years)).await?;
        Ok(YearFigures { kept, book: self.book(), year, years })
    }

    /// A measure in a year as it may be published, for papers that everybody reads: no right is asked for and nothing
    /// written in the log, which is the affair of whoever puts it there.
    ///
    /// # Errors
    /// [`Error::Absent`] when no such measure is in force in that year.
    pub(crate) async fn published_measure(
        &self,
        id: &str,
        year: Option<i16>,
    ) -> Result<(MeasureYear, MeasureLine)> {
        let years = years_on(self.today());
        let year = chosen(&years, year)?;
        let book = self.book();
        let measure = book.guidance.measures.on(id, year.span.to).ok_or(Error::Absent)?;
        let kept = self.counted(&spans(&years)).await?;
        Ok((year, line(&kept, &book, measure, year, &years, Audience::Public)))
    }
}

fn spans(years: &[MeasureYear]) -> Vec<Span> {
    years.iter().map(|year| year.span).collect()
}

/// Where the figure of a measure in a year stands among those kept.
fn place(kept: &Kept, id: &str, span: Span) -> Option<usize> {
    kept.figures.iter().position(|figure| figure.measure == id && figure.span == span)
}

fn seen(kept: &Kept, book: &Book, id: &str, span: Span, audience: Audience) -> Option<Seen> {
    let at = place(kept, id, span)?;
    let (figure, public) = (kept.figures.get(at)?, kept.public.get(at)?);
    let measure = book.guidance.measures.on(id, span.to)?;
    if !kept.recorded(measure, span) {
        return Some(Seen::NotRecorded);
    }
    Some(Seen::Figures(match audience {
        Audience::Inside => Public::all(figure.total, figure.unit),
        Audience::Public => public.total,
    }))
}

fn line(
    kept: &Kept,
    book: &Book,
    measure: &Measure,
    year: MeasureYear,
    years: &[MeasureYear],
    audience: Audience,
) -> MeasureLine {
    let measures = &book.guidance.measures;
    let id = measure.id.as_str();
    let target = |to: Date| measures.target(id, to).map(|target| target.value.to_string());
    let points = years.iter().rev().filter_map(|year| {
        let seen = seen(kept, book, id, year.span, audience)?;
        let target = target(year.span.to).and_then(|text| text.parse().ok());
        Some(MeasurePoint { year: *year, seen, target })
    });
    let others = measures.comparators(id, year.span.to).into_iter();
    MeasureLine {
        measure: measure.clone(),
        seen: seen(kept, book, id, year.span, audience).unwrap_or(Seen::NotRecorded),
        points: points.collect(),
        target: target(year.span.to),
        comparators: others
            .map(|c| (c.name.clone(), c.year, c.value.to_string(), c.source.clone()))
            .collect(),
    }
}

fn split_tables(kept: &Kept, book: &Book, at: usize, audience: Audience) -> Vec<SplitTable> {
    let Some(figure) = kept.figures.get(at) else { return Vec::new() };
    let rows: Vec<Vec<Public>> = match (audience, kept.public.get(at)) {
        (Audience::Public, Some(PublicFigure { splits, .. })) => splits.clone(),
        (Audience::Public, None) => Vec::new(),
        (Audience::Inside, _) => {
            let all = |sum: &Sum| Public::all(*sum, figure.unit);
            figure.splits.iter().map(|rows| rows.iter().map(all).collect()).collect()
        }
    };
    let splits = book.guidance.measures.splits.iter().zip(rows);
    splits
        .map(|(split, rows)| {
            let names = split.groups.iter().map(|group| group.title.clone());
            (split.title.clone(), names.chain(std::iter::once(NOT_KNOWN.to_owned())).zip(rows).collect())
        })
        .collect()
}

/// A figure in the words of its unit: "87.7%", "12.4", "31".
pub fn figure_words(unit: MeasureUnit, value: f64) -> String {
    match unit {
        MeasureUnit::Percent => format!("{value:.1}%"),
        MeasureUnit::Mean => format!("{value:.1}"),
        MeasureUnit::Count => format!("{value:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_year_that_runs_is_the_twelve_months_to_today_and_the_newest_over_is_shown() {
        let years = years_on(date(2026, 11, 22));
        assert_eq!(years.iter().map(|y| y.year).collect::<Vec<_>>(), [2027, 2026, 2025, 2024, 2023]);
        assert_eq!((years[0].span.from, years[0].span.to), (date(2025, 11, 23), date(2026, 11, 22)));
        assert!(years[0].running && !years[1].running);
        assert_eq!(chosen(&years, None).unwrap().year, 2026);
        assert_eq!(chosen(&years, Some(2027)).unwrap().year, 2027);
        assert_eq!(chosen(&years, Some(1990)).unwrap().year, 2026, "an old bookmark");
        let last_day = years_on(date(2027, 3, 31));
        assert_eq!((last_day[0].year, last_day[0].running), (2027, false), "the year ends today");
        assert_eq!(years_on(date(2027, 4, 1))[0].year, 2028);
    }

    #[test]
    fn figures_are_written_by_their_unit() {
        assert_eq!(figure_words(MeasureUnit::Percent, 200.0 / 3.0), "66.7%");
        assert_eq!(figure_words(MeasureUnit::Mean, 14.5), "14.5");
        assert_eq!(figure_words(MeasureUnit::Count, 31.0), "31");
    }
}

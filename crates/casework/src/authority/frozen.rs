//! What a paper consists of once it is made: sections of text, figures, lines of plans, words of children. It is kept in
//! the entry that made it, so that it never changes whatever happens to what it was made from.

use jiff::civil::Date;
use kinfold_guidance::measure::{Better, MeasureUnit};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use uuid::Uuid;

use super::plan::Status;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::measures::{MeasureLine, MeasureYear, Seen, figure_words, years_on};

/// What stands where a small number is hidden.
pub const NOT_SHOWN: &str = "not shown";

/// A section of a paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaperSection {
    /// Its heading.
    pub heading: String,
    /// What stands under it.
    pub blocks: Vec<PaperBlock>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum PaperBlock {
    /// Paragraphs, one a line; a line that starts with "- " is a point of a list.
    Text {
        /// The words.
        text: String,
    },
    /// Figures as they may be published.
    Figures {
        /// One row each.
        figures: Vec<Figure>,
    },
    /// Recommendations of action plans, what is late first.
    Actions {
        /// One row each.
        actions: Vec<ActionLine>,
    },
    /// What people said.
    Quotes {
        /// One each.
        quotes: Vec<Quote>,
    },
    /// A page of the program.
    Link {
        /// What it is.
        title: String,
        /// Its address, from the root.
        address: String,
    },
    /// A document that was uploaded.
    File {
        /// It.
        file: Uuid,
        /// What it is.
        title: String,
        /// Its media type.
        kind: String,
        /// How large it is, in bytes.
        size: i64,
    },
}

/// A figure as it was on the day it was placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The measure.
    pub measure: SmolStr,
    /// The year counted, by the year in whose March it ends.
    pub year: i16,
    /// Its title.
    pub title: String,
    /// In words: "87.7%", "not shown", "not recorded".
    pub figure: String,
    /// The figure; `None` where there is none or it is hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// "12 of 40"; empty where that is hidden.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub made_of: String,
    /// The last day counted.
    pub to: Date,
    /// What is aimed at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The figure it is held against, and the last day that counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<(String, Date)>,
    /// How it moved since then.
    pub moved: Moved,
}

/// How a figure moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moved {
    /// For the better.
    Better,
    /// For the worse.
    Worse,
    /// Upwards, which is neither.
    Up,
    /// Downwards, which is neither.
    Down,
    /// Not at all.
    Same,
    /// Nothing to hold it against, or one of the two is hidden.
    Unknown,
}

impl Moved {
    /// In a word, with a sign that only helps.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Better => "▲ better",
            Self::Worse => "▼ worse",
            Self::Up => "↑ more",
            Self::Down => "↓ less",
            Self::Same => "= same",
            Self::Unknown => "–",
        }
    }

    /// The same without the sign, for where not every letter can be drawn.
    pub fn plain(self) -> &'static str {
        self.words().split_once(' ').map_or("–", |(_, word)| word)
    }

    fn of(better: Better, before: Option<f64>, now: Option<f64>) -> Self {
        let (Some(before), Some(now)) = (before, now) else { return Self::Unknown };
        // What is written is compared: figures that read the same did not move.
        let tenths = |value: f64| (value * 10.0).round();
        match (tenths(now).partial_cmp(&tenths(before)), better) {
            (Some(std::cmp::Ordering::Equal), _) => Self::Same,
            (Some(std::cmp::Ordering::Greater), Better::Up)
            | (Some(std::cmp::Ordering::Less), Better::Down) => Self::Better,
            (Some(std::cmp::Ordering::Greater), Better::Neither) => Self::Up,
            (Some(std::cmp::Ordering::Less), Better::Neither) => Self::Down,
            (Some(_), _) => Self::Worse,
            (None, _) => Self::Unknown,
        }
    }
}

/// A recommendation as it stood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionLine {
    /// The plan.
    pub plan: Uuid,
    /// The recommendation.
    pub recommendation: Uuid,
    /// The plan's title.
    pub title: String,
    /// Its number there.
    pub number: String,
    /// What is to be done.
    pub text: String,
    /// Who leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// By when, in the plan's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// How it stood.
    pub status: Status,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How many days it was late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_late: Option<i32>,
}

/// What somebody said and let be passed on. Nothing tells who it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words.
    pub words: String,
    /// Whose in general, by its code in the frameworks: "children".
    pub of: SmolStr,
}

/// The words and the parts of a figure.
fn said(unit: MeasureUnit, seen: Seen) -> (String, Option<f64>, String) {
    match seen {
        Seen::NotRecorded => ("not recorded".to_owned(), None, String::new()),
        Seen::Figures(of) => {
            let words = match of.value {
                Some(value) => figure_words(unit, value),
                None if of.denominator == Some(0) => "nobody to count".to_owned(),
                None => NOT_SHOWN.to_owned(),
            };
            let made_of = match (of.numerator, of.denominator) {
                (Some(n), Some(d)) if unit == MeasureUnit::Percent => format!("{n} of {d}"),
                _ => String::new(),
            };
            (words, of.value, made_of)
        }
    }
}

fn figure(year: MeasureYear, line: &MeasureLine, last: Option<&Figure>) -> Figure {
    let measure = &line.measure;
    let (words, value, made_of) = said(measure.unit, line.seen);
    // The last time it was told, or else the year before.
    let told = last.map(|last| (last.figure.clone(), last.value, last.to));
    let before = told.or_else(|| {
        let point = line.points.iter().rev().find(|point| point.year.year < year.year)?;
        let (words, value, _) = said(measure.unit, point.seen);
        Some((words, value, point.year.span.to))
    });
    Figure {
        measure: measure.id.clone(),
        year: year.year,
        title: measure.title.to_string(),
        moved: Moved::of(measure.better, before.as_ref().and_then(|(_, value, _)| *value), value),
        figure: words,
        value,
        made_of,
        to: year.span.to,
        target: line.target.as_ref().map(|target| match measure.unit {
            MeasureUnit::Percent => format!("{target}%"),
            _ => target.clone(),
        }),
        before: before.map(|(words, _, to)| (words, to)),
    }
}

impl Casework {
    /// A measure as it may be published today, in a year; the newest that is over without one.
    pub(super) async fn placed(&self, measure: &str, year: Option<i16>) -> Result<Figure> {
        let (year, line) = self.published_measure(measure, year).await?;
        Ok(figure(year, &line, None))
    }

    /// Every measure as it may be published today, held against what was told last.
    pub(super) async fn placed_all(&self, year: Option<i16>, last: &[Figure]) -> Result<Vec<Figure>> {
        let years = years_on(self.today());
        let named = years.iter().find(|y| Some(y.year) == year);
        let on =
            named.or_else(|| years.iter().find(|y| !y.running)).map_or_else(|| self.today(), |y| y.span.to);
        let book = self.book();
        let mut out = Vec::new();
        for measure in book.guidance.measures.in_force(on) {
            match self.published_measure(&measure.id, year).await {
                Ok((year, line)) => {
                    out.push(figure(year, &line, last.iter().find(|f| f.measure == measure.id)));
                }
                Err(Error::Absent) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(out)
    }

    /// The year that runs: the twelve months to today.
    pub(super) fn running_year(&self) -> Option<i16> {
        years_on(self.today()).first().map(|year| year.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_reads_the_same_did_not_move() {
        assert_eq!(Moved::of(Better::Up, Some(66.64), Some(66.61)), Moved::Same);
        assert_eq!(Moved::of(Better::Up, Some(66.6), Some(70.0)), Moved::Better);
        assert_eq!(Moved::of(Better::Down, Some(66.6), Some(70.0)), Moved::Worse);
        assert_eq!(Moved::of(Better::Neither, Some(66.6), Some(70.0)), Moved::Up);
        assert_eq!(Moved::of(Better::Up, None, Some(70.0)), Moved::Unknown, "hidden before");
        assert_eq!((Moved::Better.plain(), Moved::Unknown.plain()), ("better", "–"));
    }
}

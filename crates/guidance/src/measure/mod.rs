//! What a measure says, after it was read and checked: who is counted, what is counted of them, and from where the
//! definition comes. `docs/reference/measures.md` is the manual page of the file format.
//!
//! Here are only definitions; the `measures` crate counts. A new measure of the kinds known here is a file.

mod ask;
mod ask_read;
mod example;
mod layout;
mod read;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::rule::{Confidence, Origin, Source};

pub use ask::{Amount, Ask, Held, InCare, InTime, Milestone, Missing, Moment, WasLookedAfter, Within};
pub use example::{Example, ExampleChild};
pub use layout::{Cohort, Comparator, Dimension, Group, Split, Target};
pub(crate) use read::{measures_of, together};

/// Everything under `guidance/measures/`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    /// Every version of every measure, by id and version.
    pub list: Vec<Measure>,
    /// Named groups of children that measures count over.
    pub cohorts: Vec<Cohort>,
    /// How figures may be split.
    pub splits: Vec<Split>,
    /// What is aimed at.
    pub targets: Vec<Target>,
    /// Figures of others to set beside ours.
    pub comparators: Vec<Comparator>,
}

impl Measures {
    /// The measures in force on a day, by id.
    pub fn in_force(&self, on: Date) -> impl Iterator<Item = &Measure> {
        self.list.iter().filter(move |m| m.in_force(on))
    }

    /// The version of a measure in force on a day.
    pub fn on(&self, id: &str, on: Date) -> Option<&Measure> {
        self.in_force(on).find(|m| m.id == id)
    }

    /// A cohort by its name.
    pub fn cohort(&self, id: &str) -> Option<&Cohort> {
        self.cohorts.iter().find(|c| c.id == id)
    }

    /// What is aimed at for a measure in the year that ends on a day: the newest target from then or before.
    pub fn target(&self, measure: &str, year_end: Date) -> Option<&Target> {
        let ours = self.targets.iter().filter(|t| t.measure == measure && t.year <= year_end.year());
        ours.max_by_key(|t| t.year)
    }

    /// The figures of others beside a measure, of this year or before: of each, the newest.
    pub fn comparators(&self, measure: &str, year_end: Date) -> Vec<&Comparator> {
        let mut out: Vec<&Comparator> = Vec::new();
        let known = self.comparators.iter().filter(|c| c.measure == measure && c.year <= year_end.year());
        for c in known {
            match out.iter_mut().find(|o| o.name == c.name) {
                Some(o) if o.year < c.year => *o = c,
                Some(_) => {}
                None => out.push(c),
            }
        }
        out
    }
}

/// One version of one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// `stability.three_homes`: the part before the dot is the heading it stands under.
    pub id: SmolStr,
    /// Counts from 1. A later version supersedes an earlier one from its first day.
    pub version: u16,
    /// Short name.
    pub title: SmolStr,
    /// The question it answers, as somebody would ask it.
    pub question: String,
    /// Why it is worth asking.
    pub why: String,
    /// What the figure is.
    pub unit: MeasureUnit,
    /// Which way is better, if either is.
    pub better: Better,
    /// How sure we are of the definition.
    pub confidence: Confidence,
    /// First day on which a year may end that is measured so.
    pub effective_from: Date,
    /// First such day on which it is no longer.
    pub effective_to: Option<Date>,
    /// Where the definition was read.
    pub source: Source,
    /// Who is counted: the denominator.
    pub denominator: Denominator,
    /// What is counted of them: the numerator.
    pub numerator: Numerator,
    /// Invented children with the figure worked out by hand.
    pub example: Example,
    /// Where it was read.
    pub origin: Origin,
    /// SHA-256 of its content.
    pub hash: String,
}

impl Measure {
    /// Whether this version holds for a year that ends on a day.
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|to| on < to)
    }

    /// The heading it stands under: the first part of its id, after `local.` for a council's own.
    pub fn area(&self) -> &str {
        let id = self.id.strip_prefix("local.").unwrap_or(&self.id);
        id.split('.').next().unwrap_or(id)
    }
}

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureUnit {
    /// Of a hundred children of the denominator, how many meet the numerator.
    Percent,
    /// The numerator's amount, on average over the children that have one.
    Mean,
    /// The numerator's amount added up, or the number of children that meet it.
    Count,
}

impl MeasureUnit {
    /// Name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Mean => "mean",
            Self::Count => "count",
        }
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither: it only describes.
    Neither,
}

impl Better {
    /// Name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Neither => "neither",
        }
    }
}

/// Who is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denominator {
    /// The name of a cohort.
    pub cohort: SmolStr,
    /// What must hold besides.
    pub who: Vec<Ask>,
    /// Who is left out, and why.
    pub exclude: Vec<Exclusion>,
    /// In words: "children aged under five looked after for twelve months".
    pub words: String,
}

/// Children left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// In words.
    pub why: String,
    /// Who.
    pub who: Vec<Ask>,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numerator {
    /// How.
    pub counts: Counts,
    /// In words: "who had a dental check in the year".
    pub words: String,
}

/// How the numerator is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Those of whom all this holds.
    Who(Vec<Ask>),
    /// An amount of each; those without one are not counted at all.
    Amount(Amount),
}

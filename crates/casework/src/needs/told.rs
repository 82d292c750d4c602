//! A needs profile with its figures, as they may be published: what a page and a file of it are drawn from, live or as it
//! was published. It is kept whole in the version that was published, so that it is read for ever: fields are added, never
//! renamed or removed.

use jiff::civil::Date;
use kinfold_guidance::measure::MeasureUnit;
use kinfold_measures::{Public, Span};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::board::{Exported, ExportedCell};
use crate::measures::{MeasureYear, Seen, figure_words};

/// A profile with its figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NeedsTold {
    /// The profile it was made with.
    pub id: SmolStr,
    /// The version of that.
    pub version: u16,
    /// What stands above it.
    pub title: String,
    /// What it is for.
    pub why: String,
    /// On what it rests.
    pub cite: String,
    /// Where that can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What a reader has to know about that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How the figures were made, a paragraph each.
    pub method: Vec<String>,
    /// What they cannot say, a paragraph each.
    pub limits: Vec<String>,
    /// The year counted, by the year in whose March it ends.
    pub year: i16,
    /// The first day counted.
    pub from: Date,
    /// The last day counted.
    pub to: Date,
    /// Whether the year was running on the day it was made.
    pub running: bool,
    /// The day on which it was made.
    pub made: Date,
    /// Its sections.
    pub parts: Vec<NeedsPart>,
    /// What children said themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub themes: Option<Themes>,
}

/// A section of the profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NeedsPart {
    /// What stands above it.
    pub title: String,
    /// What it is about.
    pub words: String,
    /// Its figures.
    pub lines: Vec<NeedsLine>,
}

/// One figure of the profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NeedsLine {
    /// The measure.
    pub measure: SmolStr,
    /// Its title.
    pub title: String,
    /// What its figure is.
    pub unit: MeasureUnit,
    /// The figure as it may be published; `None` where nothing of the kind was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<Public>,
    /// By group, where the profile asks for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub splits: Vec<NeedsSplit>,
}

/// A figure by the groups of a split.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NeedsSplit {
    /// What by.
    pub title: String,
    /// Each group.
    pub groups: Vec<(String, Public)>,
}

/// What children said themselves, by kind. `None` in place of a number that is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Themes {
    /// What stands above it.
    pub title: String,
    /// What is counted.
    pub words: String,
    /// How many children said anything that is counted.
    pub children: Option<u32>,
    /// What kind of thing, and how many children said one.
    pub rows: Vec<(String, Option<u32>)>,
}

impl NeedsLine {
    /// What is known of its figure.
    pub fn seen(&self) -> Seen {
        self.figure.map_or(Seen::NotRecorded, Seen::Figures)
    }
}

impl NeedsTold {
    /// The year counted.
    pub fn measure_year(&self) -> MeasureYear {
        MeasureYear { year: self.year, span: Span { from: self.from, to: self.to }, running: self.running }
    }

    /// All of it as a table.
    pub fn table(&self) -> Exported {
        let columns = [
            "Section",
            "Measure",
            "Title",
            "Year to",
            "Split",
            "Group",
            "Figure",
            "Numerator",
            "Denominator",
        ];
        let mut rows = Vec::new();
        for part in &self.parts {
            for line in &part.lines {
                rows.push(self.row(part, line, ("", ""), line.figure));
                for split in &line.splits {
                    let of = |(group, public): &(String, Public)| {
                        self.row(part, line, (&split.title, group), Some(*public))
                    };
                    rows.extend(split.groups.iter().map(of));
                }
            }
        }
        if let Some(themes) = &self.themes {
            rows.extend(themes.rows.iter().map(|(group, n)| {
                let (of, n) = (number(themes.children.map(i64::from)), number(n.map(i64::from)));
                vec![
                    text(&themes.title),
                    text(""),
                    text("Children who said something"),
                    ExportedCell::Day(self.to),
                    text(""),
                    text(group),
                    n.clone(),
                    n,
                    of,
                ]
            }));
        }
        Exported {
            name: format!("Needs profile {}", self.to),
            columns: columns.map(str::to_owned).to_vec(),
            rows,
        }
    }

    fn row(
        &self,
        part: &NeedsPart,
        line: &NeedsLine,
        (split, group): (&str, &str),
        public: Option<Public>,
    ) -> Vec<ExportedCell> {
        let mut row = vec![
            text(&part.title),
            text(&line.measure),
            text(&line.title),
            ExportedCell::Day(self.to),
            text(split),
            text(group),
        ];
        match public {
            None => row.extend([text("not recorded"), ExportedCell::Empty, ExportedCell::Empty]),
            Some(public) => row.extend([
                match (public.value, public.denominator) {
                    (Some(value), _) => text(&figure_words(line.unit, value)),
                    (None, Some(0)) => text("nobody to count"),
                    (None, _) => text("c"),
                },
                number(public.numerator.map(i64::from)),
                number(public.denominator.map(i64::from)),
            ]),
        }
        row
    }
}

fn text(words: &str) -> ExportedCell {
    ExportedCell::Text(words.to_owned())
}

fn number(n: Option<i64>) -> ExportedCell {
    n.map_or_else(|| text("c"), ExportedCell::Number)
}

//! What measures share: cohorts, splits, targets and the figures of others.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::ask_read::asks;
use super::read::exclusions;
use super::{Ask, Exclusion};
use crate::table::Table;

/// A group of children with a name, that measures count over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cohort {
    /// Name in files.
    pub id: SmolStr,
    /// In words: "children looked after on the last day of the year".
    pub title: String,
    /// What must hold.
    pub who: Vec<Ask>,
    /// Who is left out, and why.
    pub exclude: Vec<Exclusion>,
    /// Where the group is defined.
    pub source: String,
}

/// A way of splitting a figure. Every child is in exactly one group; those in none are "Not known".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// Name in files and addresses.
    pub id: SmolStr,
    /// What a person reads.
    pub title: String,
    /// By what.
    pub by: Dimension,
    /// The groups, in the order they are shown.
    pub groups: Vec<Group>,
}

/// What children are split by, on the last day measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Age in years.
    Age,
    /// Sex.
    Sex,
    /// Ethnicity.
    Ethnicity,
    /// Whether disabled: `yes` or `no`.
    Disability,
    /// The kind of the last home.
    Placement,
    /// Where the last home is.
    Location,
    /// The first language: `english` or `another`.
    Language,
    /// Whether an unaccompanied asylum-seeking child: `yes` or `no`.
    Unaccompanied,
    /// The category of need of the last period of care.
    CategoryOfNeed,
}

impl Dimension {
    const NAMES: [&'static str; 9] = [
        "age",
        "sex",
        "ethnicity",
        "disability",
        "placement",
        "location",
        "language",
        "unaccompanied",
        "category_of_need",
    ];

    fn parse(s: &str) -> Option<Self> {
        Some(match s {
            "age" => Self::Age,
            "sex" => Self::Sex,
            "ethnicity" => Self::Ethnicity,
            "disability" => Self::Disability,
            "placement" => Self::Placement,
            "location" => Self::Location,
            "language" => Self::Language,
            "unaccompanied" => Self::Unaccompanied,
            "category_of_need" => Self::CategoryOfNeed,
            _ => return None,
        })
    }

    fn code_list(self) -> Option<&'static str> {
        match self {
            Self::Sex => Some("sex"),
            Self::Ethnicity => Some("ethnicity"),
            Self::Placement => Some("placement_type"),
            Self::Location => Some("location"),
            Self::CategoryOfNeed => Some("category_of_need"),
            Self::Age | Self::Disability | Self::Language | Self::Unaccompanied => None,
        }
    }

    /// The words of a dimension that has no code list.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Language => &["english", "another"],
            _ => &["yes", "no"],
        }
    }
}

/// One group of a split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// What a person reads.
    pub title: String,
    /// Youngest age in it.
    pub from: u16,
    /// First age above it.
    pub under: u16,
    /// Codes in it; for ages none.
    pub codes: Vec<SmolStr>,
}

/// What is aimed at from a year on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Of which measure.
    pub measure: SmolStr,
    /// From the year that ends on 31 March of this one.
    pub year: i16,
    /// The figure, as it is written.
    pub value: SmolStr,
}

/// A figure of somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparator {
    /// Of which measure.
    pub measure: SmolStr,
    /// Whose: "England".
    pub name: String,
    /// The year that ended on 31 March of this one.
    pub year: i16,
    /// The figure, as it was published.
    pub value: SmolStr,
    /// Where it was read.
    pub source: String,
}

/// `measures/cohorts.toml`.
pub(super) fn cohorts(t: &Table<'_, '_>, out: &mut Vec<Cohort>) {
    for c in t.tables("cohort") {
        let id = c.must("id", c.text("id"));
        let title = c.must("title", c.text("title"));
        let source = c.must("source", c.text("source"));
        let who = c.must("where", c.table("where")).map(asks).unwrap_or_default();
        let exclude = exclusions(&c);
        if let (Some(id), Some(title), Some(source)) = (id, title, source) {
            if out.iter().any(|known| known.id == id) {
                let hint = "A council's own cohort needs a name of its own.".to_owned();
                c.at("id", format!("there is a cohort \"{id}\" already"), Some(hint));
            }
            out.push(Cohort {
                id: SmolStr::new(id),
                title: title.to_owned(),
                who,
                exclude,
                source: source.to_owned(),
            });
        }
        c.finish();
    }
}

/// `measures/splits.toml`. A split of a later layer takes the place of an earlier one with the same id.
pub(super) fn splits(t: &Table<'_, '_>, out: &mut Vec<Split>) {
    for s in t.tables("split") {
        let id = s.must("id", s.text("id"));
        let title = s.must("title", s.text("title"));
        let by = s.must("by", s.choice("by", &Dimension::NAMES, Dimension::parse));
        let groups = by.map(|by| groups(&s, by)).unwrap_or_default();
        if groups.len() > 200 {
            s.at("group", "a split has at most 200 groups", None);
        }
        if let (Some(id), Some(title), Some(by)) = (id, title, by) {
            let new = Split { id: SmolStr::new(id), title: title.to_owned(), by, groups };
            match out.iter_mut().find(|known| known.id == new.id) {
                Some(old) => *old = new,
                None => out.push(new),
            }
        } else {
            let _ = s.get("group");
        }
        s.finish();
    }
}

fn groups(s: &Table<'_, '_>, by: Dimension) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    for g in s.tables("group") {
        let title = g.must("title", g.text("title"));
        let mut group = Group {
            title: title.unwrap_or_default().to_owned(),
            from: 0,
            under: u16::MAX,
            codes: Vec::new(),
        };
        if by == Dimension::Age {
            let years = |key| g.number(key).and_then(|n| u16::try_from(n).ok());
            group.from = years("from").unwrap_or(0);
            group.under = years("under").unwrap_or(u16::MAX);
            if out.iter().any(|o| group.from < o.under && o.from < group.under) {
                g.at("title", "these ages are in another group too", None);
            }
        } else {
            let codes = match by.code_list() {
                Some(list) => g.codes("codes", list),
                None => g.texts("codes").map(|texts| {
                    for (code, at) in &texts {
                        if !by.words().contains(&code.as_str()) {
                            let known = by.words().join("` or `");
                            g.reading.mistake(*at, format!("this is `{known}`"), None);
                        }
                    }
                    texts.into_iter().map(|(code, _)| code).collect()
                }),
            };
            group.codes = g.must("codes", codes).unwrap_or_default();
            if let Some(code) = group.codes.iter().find(|c| out.iter().any(|o| o.codes.contains(c))) {
                g.at("codes", format!("\"{code}\" is in another group too"), None);
            }
        }
        g.finish();
        out.push(group);
    }
    out
}

/// `measures/figures.toml`: targets, and figures of others.
pub(super) fn figures(t: &Table<'_, '_>, targets: &mut Vec<Target>, others: &mut Vec<Comparator>) {
    for f in t.tables("target") {
        if let Some((measure, year, value)) = figure(&f) {
            // What a council aims at takes the place of what the national file says.
            targets.retain(|old| !(old.measure == measure && old.year == year));
            targets.push(Target { measure, year, value });
        }
        f.finish();
    }
    for f in t.tables("comparator") {
        let name = f.must("name", f.text("name"));
        let source = f.must("source", f.text("source"));
        let found = figure(&f);
        if let (Some((measure, year, value)), Some(name), Some(source)) = (found, name, source) {
            others.push(Comparator {
                measure,
                name: name.to_owned(),
                year,
                value,
                source: source.to_owned(),
            });
        }
        f.finish();
    }
}

fn figure(f: &Table<'_, '_>) -> Option<(SmolStr, i16, SmolStr)> {
    let measure = f.must("measure", f.text("measure"));
    let year = f.must("year", f.number("year")).and_then(|year| i16::try_from(year).ok());
    let year = year.filter(|year| {
        let known = Date::new(*year, 3, 31).is_ok() && (1990..2200).contains(year);
        if !known {
            f.at("year", "the year is not one that can be measured", None);
        }
        known
    });
    let value = f.must("value", f.text("value"));
    if let Some(text) = value
        && text.parse::<f64>().is_err()
    {
        f.at("value", "`value` must be a number in quotes, such as \"10.0\"", None);
    }
    Some((SmolStr::new(measure?), year?, SmolStr::new(value?)))
}

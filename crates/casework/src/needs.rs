//! The needs profile: who the authority's children are and what they need, from the record and without a child in it.
//! Its figures are the measures' own, as they may be published, whoever looks; what children say themselves is counted
//! by what kind of thing it is, which is all that leaves the compartment of their words.

use std::collections::BTreeSet;

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_guidance::needs::{NeedsFigure, NeedsProfile, NeedsThemes};
use kinfold_guidance::{Codes, Measure};
use kinfold_measures::{Audience, Public, SMALLEST, Span};
use kinfold_record::{EventKind, Timeline};
use kinfold_store::Unit;
use serde_json::json;

use crate::actor::Actor;
use crate::board::{Exported, ExportedCell};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::measures::{MeasureYear, Seen, SplitTable, figure_words};
use crate::project::decode_timeline;

/// Timelines read at a time.
const CHUNK: i64 = 4096;
/// The list of what a child's words can be about.
const TOPICS: &str = "voice_topic";

/// One figure of the profile.
#[derive(Debug, Clone)]
pub struct NeedsLine {
    /// Its definition.
    pub measure: Measure,
    /// The figure as it may be published.
    pub seen: Seen,
    /// By group, where the profile asks for it.
    pub splits: Vec<SplitTable>,
}

/// A section of the profile.
#[derive(Debug, Clone)]
pub struct NeedsPart {
    /// What stands above it.
    pub title: String,
    /// What it is about.
    pub words: String,
    /// Its figures.
    pub lines: Vec<NeedsLine>,
}

/// What children said themselves, by kind. `None` in place of a number that is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// The profile.
#[derive(Debug, Clone)]
pub struct NeedsPage {
    /// What is shown, and on what it rests.
    pub profile: NeedsProfile,
    /// The other profiles there are: id and title.
    pub others: Vec<(String, String)>,
    /// The year shown.
    pub year: MeasureYear,
    /// The years there are, newest first.
    pub years: Vec<MeasureYear>,
    /// The sections.
    pub parts: Vec<NeedsPart>,
    /// What children said themselves.
    pub themes: Option<Themes>,
    /// The day on which it was made.
    pub made: Date,
    /// Whether nobody is in the record yet.
    pub empty: bool,
}

impl Casework {
    /// A needs profile in a year: the national one unless another is named, the newest year that is over unless another
    /// is asked for.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to see figures, or when there is no such profile.
    pub async fn needs(&self, actor: &Actor, id: Option<&str>, year: Option<i16>) -> Result<NeedsPage> {
        actor.require(Action::ViewMeasures)?;
        let page = self.needs_page(id, year).await?;
        let detail = json!({"page": "needs", "profile": page.profile.head.id, "year": page.year.year});
        self.house.pen.write(vec![actor.line(Action::ViewMeasures.as_str(), None, true, &detail)]).await?;
        Ok(page)
    }

    /// The same as a table.
    ///
    /// # Errors
    /// As [`Casework::needs`]; [`Error::Reauthenticate`] unless the password was given lately.
    pub async fn export_needs(
        &self,
        actor: &Actor,
        id: Option<&str>,
        year: Option<i16>,
        format: &str,
    ) -> Result<Exported> {
        actor.require(Action::ViewMeasures)?;
        actor.require_fresh()?;
        let page = self.needs_page(id, year).await?;
        let exported = table(&page);
        let detail = json!({"what": "needs", "profile": page.profile.head.id, "year": page.year.year, "format": format, "rows": exported.rows.len()});
        self.house.pen.write(vec![actor.line("export_measures", None, true, &detail)]).await?;
        Ok(exported)
    }

    /// The profile for papers that everybody reads: no right is asked for and nothing written in the log, which is the
    /// affair of whoever puts it there.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such profile.
    pub(crate) async fn needs_page(&self, id: Option<&str>, year: Option<i16>) -> Result<NeedsPage> {
        let book = self.book();
        let offered = book.guidance.needs.offered(self.today());
        let profile = match id {
            Some(id) => offered.iter().find(|p| p.head.id == id),
            // An authority's own, where it took the place of the national one, comes first.
            None => offered.iter().find(|p| p.head.supersedes.is_some()).or(offered.first()),
        };
        let profile = (*profile.ok_or(Error::Absent)?).clone();
        let others = offered.iter().filter(|p| p.head.id != profile.head.id);
        let others = others.map(|p| (p.head.id.to_string(), p.head.title.to_string())).collect();
        let counted = self.figures_of_year(year).await?;
        let mut parts = Vec::with_capacity(profile.sections.len());
        for section in &profile.sections {
            let line = |figure: &NeedsFigure| {
                let (measure, seen) = counted.figure(&figure.measure, Audience::Public)?;
                let splits = match seen {
                    Seen::Figures(_) => figure
                        .by
                        .iter()
                        .filter_map(|by| counted.split(&figure.measure, by, Audience::Public))
                        .collect(),
                    Seen::NotRecorded => Vec::new(),
                };
                Some(NeedsLine { measure, seen, splits })
            };
            let lines = section.figures.iter().filter_map(line).collect();
            parts.push(NeedsPart { title: section.title.clone(), words: section.words.clone(), lines });
        }
        let (year, years, empty) = (counted.year, counted.years.clone(), counted.empty());
        let themes = match &profile.themes {
            Some(asked) => {
                let mut unit = self.house.store.glance().await?;
                Some(said(&mut *unit, asked, year.span, &book.guidance.codes).await?)
            }
            None => None,
        };
        Ok(NeedsPage { profile, others, year, years, parts, themes, made: self.today(), empty })
    }
}

/// Counts children by what kind of thing they said. A child who said ten things of a kind is one.
async fn said(unit: &mut dyn Unit, asked: &NeedsThemes, span: Span, codes: &Codes) -> Result<Themes> {
    let list = codes.list(TOPICS);
    let rows: Vec<(String, String)> = list
        .into_iter()
        .flat_map(|list| &list.codes)
        .filter(|code| !asked.leave_out.contains(&code.code))
        .map(|code| (code.code.to_string(), code.title.to_string()))
        .collect();
    let (mut children, mut counts) = (0_u32, vec![0_u32; rows.len()]);
    let mut after = None;
    loop {
        let chunk = unit.all_projections(after, CHUNK).await?;
        let Some(last) = chunk.last() else { break };
        after = Some(last.id);
        for line in &chunk {
            let timeline = decode_timeline(&line.timeline)?;
            let kinds = kinds_said(&timeline, span);
            let mut any = false;
            for ((code, _), count) in rows.iter().zip(&mut counts) {
                if kinds.contains(code.as_str()) {
                    (any, *count) = (true, *count + 1);
                }
            }
            children += u32::from(any);
        }
    }
    Ok(Themes {
        title: asked.title.clone(),
        words: asked.words.clone(),
        children: shown(children),
        rows: rows.into_iter().map(|(_, title)| title).zip(counts.into_iter().map(shown)).collect(),
    })
}

fn kinds_said(timeline: &Timeline, span: Span) -> BTreeSet<&str> {
    let Some(topic) = EventKind::VoiceSaid.field("topic") else { return BTreeSet::new() };
    timeline
        .happenings
        .iter()
        .filter(|h| h.kind == EventKind::VoiceSaid && span.from <= h.on && h.on <= span.to)
        .filter_map(|h| h.fact(topic))
        .collect()
}

/// A number of children as it may be shown. Rows overlap, so that none can be worked out from the others.
fn shown(count: u32) -> Option<u32> {
    Some(count).filter(|n| *n == 0 || i64::from(*n) >= SMALLEST)
}

fn table(page: &NeedsPage) -> Exported {
    let columns =
        ["Section", "Measure", "Title", "Year to", "Split", "Group", "Figure", "Numerator", "Denominator"];
    let text = |words: &str| ExportedCell::Text(words.to_owned());
    let number = |n: Option<i64>| n.map_or_else(|| text("c"), ExportedCell::Number);
    let mut rows = Vec::new();
    let mut add = |part: &NeedsPart, line: &NeedsLine, split: &str, group: &str, public: Option<Public>| {
        let measure = &line.measure;
        let mut row = vec![
            text(&part.title),
            text(&measure.id),
            text(&measure.title),
            ExportedCell::Day(page.year.span.to),
            text(split),
            text(group),
        ];
        match public {
            None => row.extend([text("not recorded"), ExportedCell::Empty, ExportedCell::Empty]),
            Some(public) => row.extend([
                match (public.value, public.denominator) {
                    (Some(value), _) => text(&figure_words(measure.unit, value)),
                    (None, Some(0)) => text("nobody to count"),
                    (None, _) => text("c"),
                },
                number(public.numerator.map(i64::from)),
                number(public.denominator.map(i64::from)),
            ]),
        }
        rows.push(row);
    };
    for part in &page.parts {
        for line in &part.lines {
            let total = match line.seen {
                Seen::Figures(public) => Some(public),
                Seen::NotRecorded => None,
            };
            add(part, line, "", "", total);
            for (split, groups) in &line.splits {
                groups.iter().for_each(|(group, public)| add(part, line, split, group, Some(*public)));
            }
        }
    }
    if let Some(themes) = &page.themes {
        let day = || ExportedCell::Day(page.year.span.to);
        let row = |group: &str, n: Option<u32>| {
            let (of, n) = (number(themes.children.map(i64::from)), number(n.map(i64::from)));
            vec![
                text(&themes.title),
                text(""),
                text("Children who said something"),
                day(),
                text(""),
                text(group),
                n.clone(),
                n,
                of,
            ]
        };
        rows.extend(themes.rows.iter().map(|(group, n)| row(group, *n)));
    }
    Exported {
        name: format!("Needs profile {}", page.year.span.to),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_five_children_are_never_shown() {
        let seen: Vec<Option<u32>> = (0..8).map(shown).collect();
        assert_eq!(seen, [Some(0), None, None, None, None, None, Some(6), Some(7)]);
    }
}

//! The needs profile: who the authority's children are and what they need, from the record and without a child in it.
//! Its figures are the measures' own, as they may be published, whoever looks; what children say themselves is counted
//! by what kind of thing it is, which is all that leaves the compartment of their words.

mod told;

use std::collections::BTreeSet;

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_guidance::needs::{NeedsFigure, NeedsProfile, NeedsSection, NeedsThemes};
use kinfold_guidance::{Codes, Guidance, Outline};
use kinfold_measures::{Audience, SMALLEST, Span};
use kinfold_record::{EventKind, Timeline};
use kinfold_store::Unit;
use serde_json::json;
use smol_str::SmolStr;

pub use self::told::{NeedsLine, NeedsPart, NeedsSplit, NeedsTold, Themes};
use crate::actor::Actor;
use crate::authority::publish::PublishedLine;
use crate::board::Exported;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::measures::{MeasureYear, Seen};
use crate::project::decode_timeline;

/// Timelines read at a time.
const CHUNK: i64 = 4096;
/// The list of what a child's words can be about.
const TOPICS: &str = "voice_topic";

/// The profile as it is today, for those who work here.
#[derive(Debug, Clone)]
pub struct NeedsPage {
    /// What is shown, and on what it rests.
    pub told: NeedsTold,
    /// The other profiles there are: id and title.
    pub others: Vec<(String, String)>,
    /// The years there are, newest first.
    pub years: Vec<MeasureYear>,
    /// Whether nobody is in the record yet.
    pub empty: bool,
    /// The version of it that everybody can read, where one was published.
    pub published: Option<PublishedLine>,
    /// The outline that a paper of it begins with, for those who may begin one.
    pub outline: Option<String>,
}

impl Casework {
    /// A needs profile in a year: the national one unless another is named, the newest year that is over unless another
    /// is asked for.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to see figures, or when there is no such profile.
    pub async fn needs(&self, actor: &Actor, id: Option<&str>, year: Option<i16>) -> Result<NeedsPage> {
        actor.require(Action::ViewMeasures)?;
        let (told, others, years, empty) = self.needs_made(id, year).await?;
        let published =
            self.published().await?.into_iter().find(|line| line.profile.as_ref() == Some(&told.id));
        let detail = json!({"page": "needs", "profile": told.id, "year": told.year});
        self.house.pen.write(vec![actor.line(Action::ViewMeasures.as_str(), None, true, &detail)]).await?;
        let (book, today) = (self.book(), self.today());
        let begins = |outline: &&Outline| {
            let named = outline.profile.as_deref().and_then(|id| profile_on(&book.guidance, today, Some(id)));
            named.is_some_and(|profile| profile.head.id == told.id)
        };
        let outline = match actor.may().has(Action::EditPlans) {
            true => book.guidance.outlines.offered(today).into_iter().find(begins),
            false => None,
        };
        let outline = outline.map(|outline| outline.head.id.to_string());
        Ok(NeedsPage { told, others, years, empty, published, outline })
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
        let (told, ..) = self.needs_made(id, year).await?;
        let exported = told.table();
        let detail = json!({"what": "needs", "profile": told.id, "year": told.year, "format": format, "rows": exported.rows.len()});
        self.house.pen.write(vec![actor.line("export_measures", None, true, &detail)]).await?;
        Ok(exported)
    }

    /// The profile for papers that everybody reads: no right is asked for and nothing written in the log, which is the
    /// affair of whoever puts it there.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such profile.
    pub(crate) async fn needs_told(&self, id: Option<&str>, year: Option<i16>) -> Result<NeedsTold> {
        Ok(self.needs_made(id, year).await?.0)
    }

    /// The profile, the others there are, the years there are, and whether nobody is in the record yet.
    async fn needs_made(
        &self,
        id: Option<&str>,
        year: Option<i16>,
    ) -> Result<(NeedsTold, Vec<(String, String)>, Vec<MeasureYear>, bool)> {
        let (book, today) = (self.book(), self.today());
        let profile = profile_on(&book.guidance, today, id).ok_or(Error::Absent)?;
        let offered = book.guidance.needs.offered(today);
        let others = offered.iter().filter(|p| p.head.id != profile.head.id);
        let others = others.map(|p| (p.head.id.to_string(), p.head.title.to_string())).collect();
        let counted = self.figures_of_year(year).await?;
        let line = |figure: &NeedsFigure| {
            let (measure, seen) = counted.figure(&figure.measure, Audience::Public)?;
            let (figure, splits) = match seen {
                Seen::Figures(public) => {
                    let of = |by: &SmolStr| counted.split(&figure.measure, by, Audience::Public);
                    let splits = figure.by.iter().filter_map(of);
                    (Some(public), splits.map(|(title, groups)| NeedsSplit { title, groups }).collect())
                }
                Seen::NotRecorded => (None, Vec::new()),
            };
            let (title, unit) = (measure.title.to_string(), measure.unit);
            Some(NeedsLine { measure: measure.id, title, unit, figure, splits })
        };
        let part = |section: &NeedsSection| NeedsPart {
            title: section.title.clone(),
            words: section.words.clone(),
            lines: section.figures.iter().filter_map(line).collect(),
        };
        let parts = profile.sections.iter().map(part).collect();
        let (shown, years, empty) = (counted.year, counted.years.clone(), counted.empty());
        let themes = match &profile.themes {
            Some(asked) => {
                let mut unit = self.house.store.glance().await?;
                Some(said(&mut *unit, asked, shown.span, &book.guidance.codes).await?)
            }
            None => None,
        };
        let head = &profile.head;
        let told = NeedsTold {
            id: head.id.clone(),
            version: head.version,
            title: head.title.to_string(),
            why: head.why.clone(),
            cite: head.source.cite.clone(),
            url: head.source.url.clone(),
            note: head.source.note.clone(),
            method: profile.method.clone(),
            limits: profile.limits.clone(),
            year: shown.year,
            from: shown.span.from,
            to: shown.span.to,
            running: shown.running,
            made: today,
            parts,
            themes,
        };
        Ok((told, others, years, empty))
    }
}

/// The profile of an id, or a council's own that took its place. Without an id, a council's own that took the place of a
/// national one, or else the first.
fn profile_on<'a>(guidance: &'a Guidance, on: Date, id: Option<&str>) -> Option<&'a NeedsProfile> {
    let offered = guidance.needs.offered(on);
    let replaces = |profile: &&&NeedsProfile| match (&profile.head.supersedes, id) {
        (Some(old), Some(id)) => old.rule == id,
        (old, None) => old.is_some(),
        (None, Some(_)) => false,
    };
    let named = id.and_then(|id| offered.iter().find(|p| p.head.id == id));
    let first = || if id.is_none() { offered.first() } else { None };
    named.or_else(|| offered.iter().find(replaces)).or_else(first).copied()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_five_children_are_never_shown() {
        let seen: Vec<Option<u32>> = (0..8).map(shown).collect();
        assert_eq!(seen, [Some(0), None, None, None, None, None, Some(6), Some(7)]);
    }
}

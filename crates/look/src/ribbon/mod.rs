//! The ribbon: a child's life on one axis, a band for each strand, from birth to a little after now.
//!
//! It is drawn on the server as an SVG with a title, a description, and the same facts as a table below it. The drawing leaves out
//! what lies outside its axis; the table leaves out nothing.

mod draw;
mod facts;
mod layout;

use crate::state::State;
use crate::strand::Strand;
use jiff::ToSpan;
use jiff::civil::Date;

/// What kind of stretch it is, where that changes how it is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpanKind {
    /// As usual.
    #[default]
    Usual,
    /// Not yet happened.
    Planned,
    /// Emergency, missing, excluded: a time that was not safe or not settled.
    Unsettled,
    /// Nothing is recorded.
    Gap,
}

impl SpanKind {
    const fn slug(self) -> Option<&'static str> {
        match self {
            Self::Usual => None,
            Self::Planned => Some("planned"),
            Self::Unsettled => Some("unsettled"),
            Self::Gap => Some("gap"),
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Usual => "",
            Self::Planned => "planned",
            Self::Unsettled => "unsettled",
            Self::Gap => "nothing recorded",
        }
    }
}

/// A stretch of time in a band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Day it ended; `None` while it goes on.
    pub to: Option<Date>,
    /// What it was ("Foster home, Ashby Street").
    pub label: String,
    /// What kind.
    pub kind: SpanKind,
}

impl Span {
    /// A stretch as usual.
    pub fn new(from: Date, to: Option<Date>, label: impl Into<String>) -> Self {
        Self { from, to, label: label.into(), kind: SpanKind::Usual }
    }

    /// Of another kind.
    #[must_use]
    pub fn kind(mut self, kind: SpanKind) -> Self {
        self.kind = kind;
        self
    }

    /// Where it ends on an axis that is drawn on `today`.
    fn end(&self, today: Date) -> Date {
        self.to.unwrap_or(today).max(self.from)
    }
}

/// Something due, drawn as an open circle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// When.
    pub on: Date,
    /// What.
    pub label: String,
    /// Where it stands.
    pub state: State,
}

/// A band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Its strand.
    pub strand: Strand,
    /// Its stretches, in any order; they may overlap (people who stay).
    pub spans: Vec<Span>,
    /// What is due in it.
    pub dues: Vec<Due>,
    /// Day from which something should be on record: time not covered from then to today is drawn as a gap. `None`: no gaps.
    pub gaps_from: Option<Date>,
    /// Whether a stretch that follows another is a move, drawn as a join (homes, schools).
    pub joins: bool,
}

impl Band {
    /// A band with nothing in it. Homes and schools have joins.
    #[must_use]
    pub fn new(strand: Strand) -> Self {
        let joins = matches!(strand, Strand::Home | Strand::School);
        Self { strand, spans: Vec::new(), dues: Vec::new(), gaps_from: None, joins }
    }

    /// Days on which a stretch followed another: the moves. What is only planned is not one, nor is a stretch within
    /// another, such as a night away from a home that went on.
    #[must_use]
    pub fn moves(&self) -> Vec<Date> {
        let within = |span: &Span, whole: &Span| {
            whole != span
                && whole.from <= span.from
                && whole.to.is_none_or(|end| end > span.from && span.to.is_some_and(|to| to <= end))
        };
        let happened = |span: &&Span| {
            !matches!(span.kind, SpanKind::Planned | SpanKind::Gap)
                && !self.spans.iter().any(|whole| within(span, whole))
        };
        let mut starts: Vec<Date> = self.spans.iter().filter(happened).map(|span| span.from).collect();
        starts.sort_unstable();
        starts.dedup();
        starts.into_iter().skip(1).collect()
    }

    /// Its stretches and the gaps between them, by first day.
    fn with_gaps(&self, today: Date) -> Vec<Span> {
        let mut spans = self.spans.clone();
        spans.sort_by_key(|span| span.from);
        let Some(mut covered) = self.gaps_from else { return spans };
        let mut gaps = Vec::new();
        let gap = |from, to| Span::new(from, Some(to), "Nothing recorded").kind(SpanKind::Gap);
        for span in spans.iter().filter(|span| span.from <= today) {
            // A stretch may end the day before the next begins; that is no gap.
            if (span.from - covered).get_days() > 1 {
                gaps.push(gap(covered, span.from));
            }
            covered = covered.max(span.end(today));
        }
        if (today - covered).get_days() > 1 {
            gaps.push(gap(covered, today));
        }
        spans.extend(gaps);
        spans.sort_by_key(|span| span.from);
        spans
    }
}

/// The ribbon of one child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ribbon {
    /// Keeps ids apart when a page has several.
    pub id: String,
    /// Title of the drawing ("Life so far"). No name: the drawing may be saved as a picture.
    pub title: String,
    /// One sentence that says what matters ("Five moves since March 2026").
    pub summary: Option<String>,
    /// Date of birth, for the ages in the table.
    pub birth: Option<Date>,
    /// First day of the axis: birth, or later to look closer.
    pub from: Date,
    /// The day it is drawn for.
    pub today: Date,
    /// Last day of the axis; see [`Ribbon::ahead`].
    pub to: Date,
    /// Bands, top to bottom.
    pub bands: Vec<Band>,
    /// Other lengths of axis to choose from: words, address, whether it is this one.
    pub zoom: Vec<(String, String, bool)>,
}

impl Ribbon {
    /// How far ahead an axis should reach: a sixth of what lies behind, from two months to a year. More would leave a narrow
    /// screen, which opens at the far end, with nothing to see.
    #[must_use]
    pub fn ahead(from: Date, today: Date) -> Date {
        let days = ((today - from).get_days() / 6).clamp(61, 366);
        today.saturating_add(days.days())
    }
}

#[cfg(test)]
mod tests;

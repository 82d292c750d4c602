//! What duties are counted from: the anchors of a rule in one timeline.

use jiff::civil::{Date, Time};
use kinfold_guidance::{Anchor, Edge, EventFilter, Starts};
use kinfold_record::{EntryId, EventKind};

use crate::view::View;

/// One anchor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub start: Date,
    /// Time of day of the start, where it is known.
    pub at: Option<Time>,
    /// First day on which the anchor no longer is.
    pub end: Option<Date>,
    pub entry: Option<EntryId>,
    /// Position of the starting event, for anchors that are events.
    pub event: Option<u32>,
    /// The last day of a school term.
    pub last_day: Option<Date>,
}

impl Span {
    fn new(start: Date, end: Option<Date>, entry: EntryId) -> Self {
        Self { start, at: None, end, entry: Some(entry), event: None, last_day: None }
    }
}

impl View<'_> {
    /// The anchors of a rule, oldest first.
    pub fn anchors(&self, starts: &Starts, out: &mut Vec<Span>) {
        out.clear();
        match &starts.on {
            Anchor::CarePeriod(edge) => {
                let all = self.care.iter().map(|p| (p.start, p.end, p.entry, None));
                self.edges(all, *edge, starts.entry.as_ref(), EventKind::CareStarted, out);
            }
            Anchor::Placement(edge) => {
                let all = self.homes.each(self.placements, false);
                self.edges(all, *edge, starts.entry.as_ref(), EventKind::PlacementStarted, out);
            }
            Anchor::Stay(edge) => {
                let all = self.homes.each(self.placements, true);
                self.edges(all, *edge, starts.entry.as_ref(), EventKind::PlacementStarted, out);
            }
            Anchor::LegalStatus(codes, edge) => {
                let wanted = self.statuses.iter().filter(|s| codes.is_empty() || codes.contains(&s.code));
                let all = wanted.map(|s| (s.start, s.end, s.entry, None));
                self.edges(all, *edge, None, EventKind::LegalStatusChanged, out);
            }
            Anchor::MissingEpisode(edge) => {
                let all = self.missing.iter().map(|m| {
                    (m.start, m.end, m.entry, if *edge == Edge::Start { m.start_at } else { m.end_at })
                });
                self.edges(all, *edge, starts.entry.as_ref(), EventKind::WentMissing, out);
            }
            Anchor::Spell(kind, edge) => {
                let all =
                    self.spells.iter().filter(|s| s.kind == *kind).map(|s| (s.start, s.end, s.entry, None));
                self.edges(all, *edge, None, EventKind::Note, out);
            }
            Anchor::Category(category, edge) => {
                let wanted = self.categories.spells.iter().filter(|s| s.category == *category);
                let all = wanted.map(|s| (s.start, s.end, s.entry, None));
                self.edges(all, *edge, None, EventKind::Note, out);
            }
            Anchor::Birthday(age) => {
                if let Some(day) = self.t.birthday(*age).filter(|d| *d <= self.on) {
                    out.push(Span {
                        start: day,
                        at: None,
                        end: None,
                        entry: None,
                        event: None,
                        last_day: None,
                    });
                }
            }
            Anchor::Event(filters) => {
                for filter in filters {
                    for (i, h) in self.fitting(filter) {
                        out.push(Span { at: h.at, event: Some(i), ..Span::new(h.on, None, h.entry) });
                    }
                }
                if filters.len() > 1 {
                    out.sort_by_key(|s| s.event);
                    out.dedup_by_key(|s| s.event);
                }
            }
            Anchor::SchoolTerm => self.terms(out),
            Anchor::Condition => {
                if let Some(start) = self.t.born.or_else(|| self.events.first().map(|h| h.on)) {
                    out.push(Span { start, at: None, end: None, entry: None, event: None, last_day: None });
                }
            }
        }
        if starts.first_only {
            self.first_in_care(out);
        }
    }

    fn edges(
        &self,
        all: impl Iterator<Item = (Date, Option<Date>, EntryId, Option<Time>)>,
        edge: Edge,
        filter: Option<&EventFilter>,
        kind: EventKind,
        out: &mut Vec<Span>,
    ) {
        for (start, end, entry, at) in all {
            let end = self.end(end);
            if let Some(filter) = filter
                && self.by_entry(&[kind], entry).is_none_or(|(i, h)| !self.fits(filter, i, h))
            {
                continue;
            }
            match (edge, end) {
                (Edge::Start, end) if end != Some(start) => {
                    out.push(Span { at, ..Span::new(start, end, entry) })
                }
                (Edge::End, Some(end)) => out.push(Span { at, ..Span::new(end, None, entry) }),
                _ => {}
            }
        }
    }

    /// Terms in the child's life. A term stands as an anchor until the next one starts.
    fn terms(&self, out: &mut Vec<Span>) {
        let Some(first) = self.care.first().map(|c| c.start).or(self.t.born) else { return };
        let terms = &self.rules.terms;
        let from = terms.partition_point(|t| t.to < first);
        for (i, term) in terms.iter().enumerate().skip(from).take_while(|(_, t)| t.from <= self.on) {
            out.push(Span {
                start: term.from,
                at: None,
                end: self.end(terms.get(i + 1).map(|next| next.from)),
                entry: None,
                event: None,
                last_day: Some(term.to),
            });
        }
    }

    fn first_in_care(&self, out: &mut Vec<Span>) {
        let mut last: Option<Date> = None;
        out.retain(|span| match self.care_on(span.start).map(|c| c.start) {
            Some(care) if last == Some(care) => false,
            Some(care) => {
                last = Some(care);
                true
            }
            None => true,
        });
    }
}

//! One child in one year, with what measures ask of it.

use jiff::civil::Date;
use kinfold_guidance::measure::Within;
use kinfold_guidance::{EventFilter, Guidance, Test};
use kinfold_record::{Happening, PeriodOfCare, Timeline};

use crate::span::Span;

/// One child in one year.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub t: &'a Timeline,
    pub span: Span,
    pub guidance: &'a Guidance,
}

impl<'a> View<'a> {
    /// The days of a stretch; `None` when there is none (no school term had ended).
    pub fn window(&self, within: Within) -> Option<Span> {
        let to = self.span.to;
        match within {
            Within::Year => Some(self.span),
            Within::Last(period) => Some(Span::back(to, period)),
            Within::Ever => Some(Span::ever(to)),
            Within::End => Some(Span { from: to, to }),
            Within::LatestTerm => {
                let over = self.guidance.terms.iter().filter(|term| term.to <= to);
                over.max_by_key(|term| term.to).map(|term| Span { from: term.from, to: term.to })
            }
        }
    }

    /// The period of care in question: the last that began by the last day.
    pub fn care(&self) -> Option<&'a PeriodOfCare> {
        self.t.care.iter().rev().find(|p| p.start <= self.span.to)
    }

    /// What happened in a stretch, oldest first.
    pub fn happenings(&self, window: Span) -> &'a [Happening] {
        let all = &self.t.happenings;
        let from = all.partition_point(|h| h.on < window.from);
        let to = all.partition_point(|h| h.on <= window.to);
        all.get(from..to).unwrap_or_default()
    }

    /// The birthday in the year; `None` in a year without one (before birth).
    pub fn birthday(&self) -> Option<Date> {
        let years = self.t.age_on(self.span.to)?;
        self.t.birthday(years).filter(|day| self.span.holds(*day))
    }
}

/// Whether something that happened is what a filter means.
pub(crate) fn fits(filter: &EventFilter, h: &Happening) -> bool {
    h.kind == filter.event && filter.tests.iter().all(|test| test.passes(h))
}

/// Whether something that happened is of the kind a filter means, and has every field whose value it asks for.
pub(crate) fn speaks(filter: &EventFilter, h: &Happening) -> bool {
    let says = |test: &Test| match test {
        Test::Some(_) | Test::None(_) => true,
        asks => h.facts.has(asks.field()),
    };
    h.kind == filter.event && filter.tests.iter().all(says)
}

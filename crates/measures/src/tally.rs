//! Counting: every measure over every child, in as many years as asked for, in one pass.

use kinfold_guidance::Guidance;
use kinfold_guidance::measure::{Cohort, Counts, Exclusion, Measure, MeasureUnit, Split};
use kinfold_record::{Subject, Timeline};
use rayon::prelude::*;

use crate::figure::{Counted, Excluded, Figure, Sum};
use crate::groups::{MOST_SPLITS, places};
use crate::span::Span;
use crate::view::View;

/// Whether figures keep the children behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Sums only: enough for a trend.
    Sums,
    /// The lists of children too.
    Children,
}

/// Counts by the measures of some guidance.
#[derive(Debug, Clone, Copy)]
pub struct Counter<'g> {
    guidance: &'g Guidance,
    only: Option<&'g str>,
}

impl<'g> Counter<'g> {
    /// Counts by these measures, working days and school terms.
    pub fn new(guidance: &'g Guidance) -> Self {
        Self { guidance, only: None }
    }

    /// Counts one measure alone, for the page of that measure. What is published is counted together: see
    /// [`publish`](crate::publish()).
    #[must_use]
    pub fn only(self, measure: &'g str) -> Self {
        Self { only: Some(measure), ..self }
    }

    /// Every measure in force in each year, by year and then by measure. The order of the timelines does not matter.
    pub fn figures(&self, timelines: &[Timeline], spans: &[Span], detail: Detail) -> Vec<Figure> {
        let empty = || self.begin(spans, detail);
        let tally = timelines.par_iter().fold(empty, |mut tally, t| {
            tally.add(t);
            tally
        });
        tally.reduce(empty, Tally::merge).finish()
    }

    /// A tally to which children are added one by one, for records too many to hold at once. Tallies of parts can be
    /// [merged](Tally::merge).
    pub fn begin(&self, spans: &[Span], detail: Detail) -> Tally<'g> {
        let measures = &self.guidance.measures;
        let splits = measures.splits.get(..MOST_SPLITS.min(measures.splits.len())).unwrap_or_default();
        let mut years = Vec::with_capacity(spans.len());
        for span in spans {
            let wanted = measures.in_force(span.to).filter(|m| self.only.is_none_or(|id| m.id == id));
            let figures = wanted.filter_map(|measure| {
                // The definitions are checked: every cohort is there.
                let cohort = measures.cohort(&measure.denominator.cohort)?;
                Some(Count::new(measure, cohort, *span, splits))
            });
            years.push(Year { span: *span, counts: figures.collect() });
        }
        Tally { guidance: self.guidance, splits, detail, years }
    }
}

/// Children counted so far.
#[derive(Debug)]
pub struct Tally<'g> {
    guidance: &'g Guidance,
    splits: &'g [Split],
    detail: Detail,
    years: Vec<Year<'g>>,
}

#[derive(Debug)]
struct Year<'g> {
    span: Span,
    counts: Vec<Count<'g>>,
}

impl Tally<'_> {
    /// Adds a child. Chronologies of carers and homes are passed over. A child must not be added twice.
    pub fn add(&mut self, t: &Timeline) {
        if t.subject != Subject::Child {
            return;
        }
        for year in &mut self.years {
            let view = View { t, span: year.span, guidance: self.guidance };
            let mut groups = None;
            for count in &mut year.counts {
                if view.all(&count.cohort.who) && view.all(&count.measure.denominator.who) {
                    let groups = *groups.get_or_insert_with(|| places(&view, self.splits));
                    count.add(&view, groups, self.detail);
                }
            }
        }
    }

    /// Both together.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        for (ours, theirs) in self.years.iter_mut().zip(other.years) {
            for (ours, theirs) in ours.counts.iter_mut().zip(theirs.counts) {
                ours.merge(theirs);
            }
        }
        self
    }

    /// The figures, by year and then by measure.
    pub fn finish(self) -> Vec<Figure> {
        self.years.into_iter().flat_map(|year| year.counts).map(Count::finish).collect()
    }
}

#[derive(Debug)]
struct Count<'g> {
    measure: &'g Measure,
    cohort: &'g Cohort,
    exclusions: Vec<&'g Exclusion>,
    figure: Figure,
}

impl<'g> Count<'g> {
    fn new(measure: &'g Measure, cohort: &'g Cohort, span: Span, splits: &[Split]) -> Self {
        let exclusions: Vec<&Exclusion> = cohort.exclude.iter().chain(&measure.denominator.exclude).collect();
        let figure = Figure {
            measure: measure.id.clone(),
            version: measure.version,
            span,
            unit: measure.unit,
            better: measure.better,
            total: Sum::default(),
            splits: splits.iter().map(|s| vec![Sum::default(); s.groups.len() + 1]).collect(),
            children: Vec::new(),
            excluded: Vec::new(),
            reasons: exclusions.iter().map(|e| (e.why.clone(), 0)).collect(),
        };
        Self { measure, cohort, exclusions, figure }
    }

    fn add(&mut self, view: &View<'_>, groups: [u8; MOST_SPLITS], detail: Detail) {
        let child = view.t.child;
        if let Some(i) = self.exclusions.iter().position(|e| view.all(&e.who)) {
            if let Some((_, count)) = self.figure.reasons.get_mut(i) {
                *count += 1;
            }
            if detail == Detail::Children {
                let reason = u8::try_from(i).unwrap_or(u8::MAX);
                self.figure.excluded.push(Excluded { child, reason });
            }
            return;
        }
        let amount = match &self.measure.numerator.counts {
            Counts::Who(asks) => view.all(asks).then_some(1),
            Counts::Amount(amount) => {
                let amount = view.amount(amount);
                match self.measure.unit {
                    // Without an amount there is nothing to take the mean of.
                    MeasureUnit::Mean if amount.is_none() => return,
                    MeasureUnit::Mean => amount,
                    // A nought adds nothing, so the child is not behind the figure.
                    _ => amount.filter(|amount| *amount != 0),
                }
            }
        };
        self.figure.total.add(amount);
        for (split, place) in self.figure.splits.iter_mut().zip(groups) {
            if let Some(sum) = split.get_mut(usize::from(place)) {
                sum.add(amount);
            }
        }
        if detail == Detail::Children {
            self.figure.children.push(Counted { child, amount, groups });
        }
    }

    fn merge(&mut self, other: Self) {
        let (ours, theirs) = (&mut self.figure, other.figure);
        ours.total.merge(theirs.total);
        for (ours, theirs) in ours.splits.iter_mut().flatten().zip(theirs.splits.into_iter().flatten()) {
            ours.merge(theirs);
        }
        for ((_, ours), (_, theirs)) in ours.reasons.iter_mut().zip(theirs.reasons) {
            *ours += theirs;
        }
        ours.children.extend(theirs.children);
        ours.excluded.extend(theirs.excluded);
    }

    fn finish(mut self) -> Figure {
        self.figure.children.sort_unstable();
        self.figure.excluded.sort_unstable();
        self.figure
    }
}

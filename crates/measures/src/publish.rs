//! What may be published: nothing from which one to five children could be read or worked out.
//!
//! A number of children is hidden when it is 1 to 5, and so is a numerator when the rest of its denominator is: the
//! difference is a number of children too. A numerator is hidden wherever its denominator is. In a split a second group
//! is hidden with the first, and more until those hidden add up to 0 or at least 6: otherwise the total less what is
//! shown would give them away. When a total is hidden, so are its groups.
//!
//! Figures published together must hide the same: what one shows of a denominator that another hides would undo the
//! hiding. So numbers that are the same in every group (the denominator of two measures of one cohort, the numerator of
//! one and the denominator of the next) are one [`Series`], hidden together everywhere.
//!
//! What is not guarded against is comparing figures of overlapping but different groups of children (those aged 5 to 16
//! with those aged 4 to 16). Whoever publishes a selection looks at that first.

use std::collections::HashMap;

use kinfold_guidance::measure::MeasureUnit;
use serde::{Deserialize, Serialize};

use crate::figure::{Figure, Sum};

/// The smallest number of children, other than none, that may be shown.
pub const SMALLEST: i64 = 6;

/// A row as the public sees it. `None` is hidden: statistics write "c".
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Public {
    /// Children counted over.
    pub denominator: Option<u32>,
    /// Children counted.
    pub numerator: Option<u32>,
    /// Their amounts added up.
    pub amount: Option<i64>,
    /// The figure. Also `None` when there is nobody to count over.
    pub value: Option<f64>,
}

impl Public {
    /// All of a row, as people of the authority see it.
    pub fn all(sum: Sum, unit: MeasureUnit) -> Self {
        Self {
            denominator: Some(sum.denominator),
            numerator: Some(sum.numerator),
            amount: Some(sum.amount),
            value: sum.value(unit),
        }
    }
}

/// A figure as the public sees it: no children, and numbers hidden where they are few.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublicFigure {
    /// All children together.
    pub total: Public,
    /// By split and group, as in [`Figure::splits`].
    pub splits: Vec<Vec<Public>>,
}

/// The figures as they may be published together. Give all that are published of the same children, or what is hidden in
/// one may be shown by another.
pub fn publish(figures: &[Figure]) -> Vec<PublicFigure> {
    let mut all = All::default();
    let links: Vec<Links> = figures.iter().map(|figure| all.add(figure)).collect();
    while all.settle(&links) {}
    figures.iter().zip(&links).map(|(figure, links)| all.seen(figure, links)).collect()
}

fn few(n: i64) -> bool {
    (1..SMALLEST).contains(&n)
}

/// One number in its total and every group, and what of it is hidden.
#[derive(Debug)]
struct Series {
    total: i64,
    splits: Vec<Vec<i64>>,
    total_hidden: bool,
    hidden: Vec<Vec<bool>>,
    /// Whether it is a number that is hidden when it is small by itself (a sum of scores is not).
    small: bool,
}

impl Series {
    fn new(figure: &Figure, of: impl Fn(&Sum) -> i64) -> Self {
        let rows = |rows: &Vec<Sum>| rows.iter().map(&of).collect::<Vec<i64>>();
        let splits: Vec<Vec<i64>> = figure.splits.iter().map(rows).collect();
        let hidden = splits.iter().map(|rows| vec![false; rows.len()]).collect();
        Self { total: of(&figure.total), splits, total_hidden: false, hidden, small: false }
    }

    /// Hides what is small in `by`, which runs over the same groups, and what would give it away. Whether anything was
    /// hidden that was not before.
    fn hide_small(&mut self, by_total: i64, by: &[Vec<i64>]) -> bool {
        let before = self.count_hidden();
        self.total_hidden |= few(by_total);
        for ((hidden, rows), own) in self.hidden.iter_mut().zip(by).zip(&self.splits) {
            for (hide, n) in hidden.iter_mut().zip(rows) {
                *hide |= self.total_hidden || few(*n);
            }
            guard(hidden, rows, own);
        }
        self.count_hidden() != before
    }

    /// Hides whatever is hidden of another series.
    fn follow(&mut self, total_hidden: bool, others: &[Vec<bool>]) -> bool {
        let before = self.count_hidden();
        self.total_hidden |= total_hidden;
        for (hide, other) in self.hidden.iter_mut().flatten().zip(others.iter().flatten()) {
            *hide |= *other;
        }
        self.count_hidden() != before
    }

    fn count_hidden(&self) -> usize {
        usize::from(self.total_hidden) + self.hidden.iter().flatten().filter(|h| **h).count()
    }

    fn row(&self, split: usize, group: usize) -> bool {
        self.hidden.get(split).and_then(|rows| rows.get(group)).copied().unwrap_or(true)
    }
}

/// Hides more groups until those hidden cannot be worked out: at least two, that together are not few. The smallest with
/// anybody in it goes first: it hides most and costs least.
fn guard(hidden: &mut [bool], rows: &[i64], sizes: &[i64]) {
    loop {
        let count = hidden.iter().filter(|h| **h).count();
        let together: i64 = rows.iter().zip(&*hidden).filter(|(_, h)| **h).map(|(n, _)| n).sum();
        if count == 0 || count == hidden.len() || count > 1 && !few(together) {
            return;
        }
        let shown = sizes.iter().enumerate().filter(|(i, n)| **n > 0 && hidden.get(*i) == Some(&false));
        match shown.min_by_key(|(_, n)| **n).and_then(|(i, _)| hidden.get_mut(i)) {
            Some(next) => *next = true,
            None => hidden.fill(true),
        }
    }
}

/// Where a figure's numbers are among the series.
#[derive(Debug)]
struct Links {
    denominator: usize,
    numerator: usize,
    amount: usize,
    /// What is left of the denominator without the numerator.
    rest: Series,
}

#[derive(Debug, Default)]
struct All {
    series: Vec<Series>,
    known: HashMap<(i64, Vec<Vec<i64>>), usize>,
}

impl All {
    fn add(&mut self, figure: &Figure) -> Links {
        let numerator = |sum: &Sum| i64::from(sum.numerator);
        let denominator = |sum: &Sum| i64::from(sum.denominator);
        Links {
            denominator: self.place(Series::new(figure, denominator), true),
            numerator: self.place(Series::new(figure, numerator), true),
            amount: self.place(Series::new(figure, |sum| sum.amount), figure.unit == MeasureUnit::Count),
            rest: Series::new(figure, |sum| denominator(sum) - numerator(sum)),
        }
    }

    fn place(&mut self, series: Series, small: bool) -> usize {
        let next = self.series.len();
        let at = *self.known.entry((series.total, series.splits.clone())).or_insert(next);
        if at == next {
            self.series.push(series);
        }
        if let Some(series) = self.series.get_mut(at) {
            series.small |= small;
        }
        at
    }

    /// One round of hiding. Whether it hid anything more.
    fn settle(&mut self, links: &[Links]) -> bool {
        let mut changed = false;
        for series in &mut self.series {
            let (total, rows) = (series.total, series.splits.clone());
            if series.small {
                changed |= series.hide_small(total, &rows);
            } else {
                // Hidden because of its children; then it is guarded by their number, not by its own size.
                let nothing: Vec<Vec<i64>> = rows.iter().map(|rows| vec![0; rows.len()]).collect();
                changed |= series.hide_small(0, &nothing);
            }
        }
        for figure in links {
            changed |= self.follow(figure.numerator, figure.denominator);
            changed |= self.follow(figure.amount, figure.numerator);
            let rest = &figure.rest;
            if let Some(numerator) = self.series.get_mut(figure.numerator) {
                changed |= numerator.hide_small(rest.total, &rest.splits);
            }
        }
        changed
    }

    fn follow(&mut self, follower: usize, leader: usize) -> bool {
        if follower == leader {
            return false;
        }
        let Some((total, rows)) = self.series.get(leader).map(|s| (s.total_hidden, s.hidden.clone())) else {
            return false;
        };
        self.series.get_mut(follower).is_some_and(|s| s.follow(total, &rows))
    }

    fn seen(&self, figure: &Figure, links: &Links) -> PublicFigure {
        let series = |at: usize| self.series.get(at);
        let total_hidden = |at| series(at).is_none_or(|s| s.total_hidden);
        let row_hidden = |at, split, group| series(at).is_none_or(|s| s.row(split, group));
        let total = seen(figure.total, figure.unit, links, total_hidden);
        let splits = figure.splits.iter().enumerate().map(|(split, rows)| {
            let row = |(group, sum): (usize, &Sum)| {
                seen(*sum, figure.unit, links, |at| row_hidden(at, split, group))
            };
            rows.iter().enumerate().map(row).collect()
        });
        PublicFigure { total, splits: splits.collect() }
    }
}

fn seen(sum: Sum, unit: MeasureUnit, links: &Links, hidden: impl Fn(usize) -> bool) -> Public {
    let denominator = (!hidden(links.denominator)).then_some(sum.denominator);
    let numerator = (!hidden(links.numerator)).then_some(sum.numerator);
    let amount = (!hidden(links.amount)).then_some(sum.amount);
    let whole = denominator.is_some() && numerator.is_some() && amount.is_some();
    // A number stands by itself; a percentage or mean would tell the one part from the other.
    let shown = if unit == MeasureUnit::Count { amount.is_some() } else { whole };
    Public { denominator, numerator, amount, value: sum.value(unit).filter(|_| shown) }
}

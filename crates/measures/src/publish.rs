//! What may be published: nothing from which one to five children could be read or worked out.
//!
//! A row (the total, or one group of a split) is shown whole or not at all. It is hidden when its denominator, its
//! numerator or the rest between them is 1 to 5, because each of them is a number of children somebody may know. In a
//! split a second row is hidden with the first, and more until those hidden add up to 0 or at least 6 in each respect:
//! otherwise the total less the rows shown would give them away. When the total is hidden, so are its splits.
//!
//! This guards each split of each figure by itself. Figures with nested denominators published together can still be
//! compared by hand, so whoever publishes a selection looks at it first.

use kinfold_guidance::measure::MeasureUnit;
use serde::{Deserialize, Serialize};

use crate::figure::{Figure, Sum};

/// The smallest number of children, other than none, that may be shown.
pub const SMALLEST: i64 = 6;

/// A row as the public sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Public {
    /// As it is.
    Shown(Sum),
    /// Hidden: statistics write "c".
    Hidden,
}

impl Public {
    /// The row, if it is shown.
    pub fn shown(self) -> Option<Sum> {
        match self {
            Self::Shown(sum) => Some(sum),
            Self::Hidden => None,
        }
    }
}

/// A figure as the public sees it: no children, and rows hidden where they are few.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicFigure {
    /// All children together.
    pub total: Public,
    /// By split and group, as in [`Figure::splits`].
    pub splits: Vec<Vec<Public>>,
}

/// The figure as it may be published.
pub fn publish(figure: &Figure) -> PublicFigure {
    let unit = figure.unit;
    if few(figure.total, unit) {
        let hidden = figure.splits.iter().map(|rows| vec![Public::Hidden; rows.len()]);
        return PublicFigure { total: Public::Hidden, splits: hidden.collect() };
    }
    PublicFigure {
        total: Public::Shown(figure.total),
        splits: figure.splits.iter().map(|rows| split(rows, unit)).collect(),
    }
}

/// The numbers of a row that may each point to somebody.
fn numbers(sum: Sum, unit: MeasureUnit) -> [i64; 4] {
    let (all, some) = (i64::from(sum.denominator), i64::from(sum.numerator));
    let amount = if unit == MeasureUnit::Count { sum.amount } else { 0 };
    [all, some, all - some, amount]
}

fn few(sum: Sum, unit: MeasureUnit) -> bool {
    numbers(sum, unit).into_iter().any(|n| (1..SMALLEST).contains(&n))
}

fn split(rows: &[Sum], unit: MeasureUnit) -> Vec<Public> {
    let mut hidden: Vec<bool> = rows.iter().map(|row| few(*row, unit)).collect();
    while hidden.contains(&true) {
        let mut together = Sum::default();
        for (row, _) in rows.iter().zip(&hidden).filter(|(_, hidden)| **hidden) {
            together.merge(*row);
        }
        let count = hidden.iter().filter(|h| **h).count();
        if count > 1 && !few(together, unit) {
            break;
        }
        // The smallest row that has anybody in it: it hides most and costs least.
        let shown = rows.iter().enumerate().filter(|(i, _)| hidden.get(*i) == Some(&false));
        let next = shown.filter(|(_, row)| row.denominator > 0).min_by_key(|(_, row)| row.denominator);
        match next.and_then(|(i, _)| hidden.get_mut(i)) {
            Some(next) => *next = true,
            None => {
                hidden.fill(true);
                break;
            }
        }
    }
    let rows = rows.iter().zip(hidden);
    rows.map(|(row, hidden)| if hidden { Public::Hidden } else { Public::Shown(*row) }).collect()
}

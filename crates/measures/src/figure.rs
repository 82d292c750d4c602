//! One measure in one year, with the children behind it.

use kinfold_guidance::measure::{Better, MeasureUnit};
use kinfold_record::ChildId;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::groups::Places;
use crate::span::Span;

/// What children add up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Children counted over.
    pub denominator: u32,
    /// Children counted: never more than the denominator.
    pub numerator: u32,
    /// Their amounts added up; where children are counted, the numerator again.
    pub amount: i64,
}

impl Sum {
    /// The figure: a percentage, a mean or a number. `None` when nobody is counted over, except that a number is then 0.
    #[expect(clippy::cast_precision_loss, reason = "sums of children and days are far below 2^52")]
    pub fn value(self, unit: MeasureUnit) -> Option<f64> {
        let over = f64::from(self.denominator);
        match unit {
            MeasureUnit::Count => Some(self.amount as f64),
            _ if self.denominator == 0 => None,
            MeasureUnit::Percent => Some(100.0 * f64::from(self.numerator) / over),
            MeasureUnit::Mean => Some(self.amount as f64 / over),
        }
    }

    pub(crate) fn add(&mut self, amount: Option<i64>) {
        self.denominator += 1;
        if let Some(amount) = amount {
            self.numerator += 1;
            self.amount += amount;
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.denominator += other.denominator;
        self.numerator += other.numerator;
        self.amount += other.amount;
    }
}

/// A child of the denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Counted {
    /// Who.
    pub child: ChildId,
    /// Their amount when they are in the numerator (1 where children are counted); `None` when they are not.
    pub amount: Option<i64>,
    /// Their group in each split, by its place; one beyond the split's last group is "Not known".
    pub groups: Places,
}

/// A child left out of the denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Excluded {
    /// Who.
    pub child: ChildId,
    /// Which of [`Figure::reasons`].
    pub reason: u8,
}

/// One measure in one year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The measure.
    pub measure: SmolStr,
    /// Its version in force on the last day.
    pub version: u16,
    /// The days measured.
    pub span: Span,
    /// What the figure is.
    pub unit: MeasureUnit,
    /// Which way is better.
    pub better: Better,
    /// All children together.
    pub total: Sum,
    /// By split, in the order of the definitions; in each by group, "Not known" last.
    pub splits: Vec<Vec<Sum>>,
    /// The children counted over, by id. Empty when only sums were asked for.
    pub children: Vec<Counted>,
    /// The children left out, by id. Empty when only sums were asked for.
    pub excluded: Vec<Excluded>,
    /// Why children were left out, and how many.
    pub reasons: Vec<(String, u32)>,
}

impl Figure {
    /// The figure. `None` when nobody is counted over.
    pub fn value(&self) -> Option<f64> {
        self.total.value(self.unit)
    }

    /// The children counted over, by id.
    pub fn denominator(&self) -> impl Iterator<Item = ChildId> {
        self.children.iter().map(|c| c.child)
    }

    /// The children counted, by id.
    pub fn numerator(&self) -> impl Iterator<Item = ChildId> {
        self.children.iter().filter(|c| c.amount.is_some()).map(|c| c.child)
    }

    /// The children of one group of a split, both by their place.
    pub fn group(&self, split: usize, group: usize) -> impl Iterator<Item = &Counted> {
        self.children.iter().filter(move |c| c.groups.get(split).is_some_and(|g| usize::from(*g) == group))
    }
}

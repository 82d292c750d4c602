//! Growth: where a measurement stands among children of the same sex and age.
//!
//! The UK-WHO reference is four tables laid end to end: British 1990 for babies not yet at 42 weeks of gestation, the
//! WHO standard of 2006 lying down to the second birthday and standing to the fourth, and British 1990 again to 20. At
//! each border the older table counts. Only the WHO part may be passed on, so only it is shipped; see
//! [`Reference::with`] for the rest.

mod age;
mod assess;
mod chart;
mod limits;
mod normal;
mod read;
mod reference;
mod table;

pub use age::{Correction, Gestation, GestationError, decimal_age};
pub use assess::{Ages, Assessment, Reading, Score, Standing, assess, body_mass_index};
pub use chart::{Chart, Curve, Point, chart};
pub use limits::{Advice, Impossible};
pub use normal::{Band, CENTILES, centile, centile_band};
pub use read::{Mistake, Mistakes};
pub use reference::{NoReference, Part, Reference};
pub use table::Lms;

/// Which of the two references counts for a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// The boys' tables.
    Male,
    /// The girls' tables.
    Female,
}

/// What was measured, in the unit it is always kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Weight in kilograms.
    Weight,
    /// Length lying down before the second birthday, standing height after, in centimetres.
    Height,
    /// Head circumference in centimetres.
    Head,
    /// Body mass index in kilograms per square metre.
    Bmi,
}

impl Measure {
    /// Every measure, in the order of a form.
    pub const ALL: [Self; 4] = [Self::Weight, Self::Height, Self::Head, Self::Bmi];

    /// What people call it, inside a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Weight => "weight",
            Self::Height => "height",
            Self::Head => "head circumference",
            Self::Bmi => "body mass index",
        }
    }

    /// The unit as people write it.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Weight => "kg",
            Self::Height | Self::Head => "cm",
            Self::Bmi => "kg/m²",
        }
    }
}

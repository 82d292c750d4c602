//! What one measurement of one child says.

use jiff::civil::Date;

use super::age::{Correction, Gestation, decimal_age};
use super::limits::{Advice, Impossible, possible, within};
use super::normal::{Band, centile, centile_band};
use super::{Measure, NoReference, Reference, Sex};

/// One measurement and what is known of the child.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// Which reference counts.
    pub sex: Sex,
    /// Date of birth.
    pub born: Date,
    /// Gestation at birth, where it is known.
    pub gestation: Option<Gestation>,
    /// The day of the measurement.
    pub on: Date,
    /// What was measured.
    pub measure: Measure,
    /// In the unit of the measure.
    pub value: f64,
}

/// Which of the two ages a clinic reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ages {
    /// The age since birth.
    SinceBirth,
    /// The age since the child was due: born before 37 weeks and not yet one (or, before 32 weeks, two).
    Corrected,
}

/// Where the measurement stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Standard deviations from the median.
    pub sds: f64,
    /// From 0 to 100.
    pub centile: f64,
    /// Among the nine lines of a chart.
    pub band: Band,
    /// The value as a percentage of the median: how body mass index is followed in eating disorders.
    pub percent_of_median: f64,
}

/// An age and where the measurement stands at it, or why that cannot be said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Years.
    pub age: f64,
    /// The score.
    pub score: Result<Score, NoReference>,
}

/// What a measurement says by both ages. Both are kept, because an age corrected by one clinic is not by another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assessment {
    /// By the age since birth.
    pub since_birth: Standing,
    /// By the age since the child was due, where the gestation is known.
    pub corrected: Option<Standing>,
    /// Which of the two to read.
    pub read: Ages,
    /// Whether the figure should be looked at again.
    pub advice: Advice,
}

impl Assessment {
    /// The standing to read.
    pub fn standing(&self) -> Standing {
        match (self.read, self.corrected) {
            (Ages::Corrected, Some(corrected)) => corrected,
            _ => self.since_birth,
        }
    }
}

/// Works out what a measurement says. Where there is no reference, it is still taken, without a score.
///
/// # Errors
/// When the measurement cannot be right.
pub fn assess(reference: &Reference, reading: &Reading) -> Result<Assessment, Impossible> {
    let Reading { sex, born, gestation, on, measure, value } = *reading;
    if on < born {
        return Err(Impossible::BeforeBirth);
    }
    possible(measure, value)?;
    let standing = |age| Standing { age, score: score(reference, sex, measure, age, value) };
    let since_birth = standing(decimal_age(born, on));
    let corrected = gestation.map(|gestation| standing(gestation.corrected_age(born, on)));
    let correction = gestation.map_or(Correction::None, Gestation::correction);
    let read = if correction.applies(since_birth.age) { Ages::Corrected } else { Ages::SinceBirth };
    // A baby born early is far below the median for the age since birth, so the limits look at the other age.
    let advice = match corrected.unwrap_or(since_birth).score {
        Ok(score) => within(measure, score.sds)?,
        Err(_) => Advice::Usual,
    };
    Ok(Assessment { since_birth, corrected, read, advice })
}

fn score(
    reference: &Reference,
    sex: Sex,
    measure: Measure,
    age: f64,
    value: f64,
) -> Result<Score, NoReference> {
    let lms = reference.lms(sex, measure, age)?;
    let sds = lms.sds(value);
    Ok(Score {
        sds,
        centile: centile(sds),
        band: centile_band(sds),
        percent_of_median: 100.0 * value / lms.m,
    })
}

/// Body mass index in kg/m² from kilograms and centimetres. None when either cannot be right.
pub fn body_mass_index(weight: f64, height: f64) -> Option<f64> {
    possible(Measure::Weight, weight).ok()?;
    possible(Measure::Height, height).ok()?;
    Some(weight / (height / 100.0).powi(2))
}

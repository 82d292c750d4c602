//! Measurements that cannot be right, and those that should be looked at again.

use thiserror::Error;

use super::Measure;

/// A measurement that cannot be right and is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum Impossible {
    /// Not a number, or outside what any person has ever measured.
    #[error(
        "A {} of {value} {} cannot be right: write {low} to {high} {}. Check the unit and the decimal point.",
        .measure.words(), .measure.unit(), .measure.unit()
    )]
    Anybody {
        /// What was measured.
        measure: Measure,
        /// What was written.
        value: f64,
        /// The least that is taken.
        low: f64,
        /// The most that is taken.
        high: f64,
    },
    /// Further from the median than any child of this age and sex.
    #[error(
        "This {} cannot be right for a child of this age: it is {:.0} standard deviations {} the middle. Check the figure, the unit and the dates.",
        .measure.words(), .sds.abs(), if *.sds < 0.0 { "below" } else { "above" }
    )]
    AtThisAge {
        /// What was measured.
        measure: Measure,
        /// Standard deviations from the median.
        sds: f64,
    },
    /// Taken before the child was born.
    #[error("This measurement is dated before the child was born. Check both dates.")]
    BeforeBirth,
}

/// What to say about a measurement that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Nothing.
    Usual,
    /// More than four standard deviations from the median: measure again, or check what was typed.
    CheckIt,
}

impl Advice {
    /// The advice in words, if there is any.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::Usual => None,
            Self::CheckIt => {
                Some("This is far outside what is usual at this age. Measure again, or check what was typed.")
            }
        }
    }
}

/// What nobody of any age has gone beyond, with room to spare: the smallest surviving babies, the tallest and the
/// heaviest adults known.
fn anybody(measure: Measure) -> (f64, f64) {
    match measure {
        Measure::Weight => (0.2, 450.0),
        Measure::Height => (20.0, 275.0),
        Measure::Head => (12.0, 100.0),
        Measure::Bmi => (4.0, 110.0),
    }
}

/// A value that a person could have, whatever the age.
pub(super) fn possible(measure: Measure, value: f64) -> Result<(), Impossible> {
    let (low, high) = anybody(measure);
    if (low..=high).contains(&value) {
        Ok(())
    } else {
        Err(Impossible::Anybody { measure, value, low, high })
    }
}

/// The limits of the reference: an error beyond 8 standard deviations (15 for body mass index), advice beyond 4.
pub(super) fn within(measure: Measure, sds: f64) -> Result<Advice, Impossible> {
    let error = if measure == Measure::Bmi { 15.0 } else { 8.0 };
    match sds.abs() {
        far if far.is_nan() || far > error => Err(Impossible::AtThisAge { measure, sds }),
        far if far > 4.0 => Ok(Advice::CheckIt),
        _ => Ok(Advice::Usual),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_of_the_reference() {
        assert_eq!(within(Measure::Weight, 4.0), Ok(Advice::Usual));
        assert_eq!(within(Measure::Weight, -4.01), Ok(Advice::CheckIt));
        assert_eq!(within(Measure::Weight, 8.0), Ok(Advice::CheckIt));
        assert!(within(Measure::Height, 8.01).is_err());
        assert!(within(Measure::Head, -8.01).is_err());
        assert_eq!(within(Measure::Bmi, 15.0), Ok(Advice::CheckIt));
        assert!(within(Measure::Bmi, -15.1).is_err());
        assert!(within(Measure::Bmi, f64::NAN).is_err());
    }

    #[test]
    fn what_nobody_measures_is_refused_in_plain_words() {
        assert_eq!(
            possible(Measure::Weight, 3200.0).unwrap_err().to_string(),
            "A weight of 3200 kg cannot be right: write 0.2 to 450 kg. Check the unit and the decimal point."
        );
        for value in [f64::NAN, f64::INFINITY, -3.0, 0.0] {
            assert!(possible(Measure::Height, value).is_err(), "{value}");
        }
        assert_eq!(
            within(Measure::Height, -9.2).unwrap_err().to_string(),
            "This height cannot be right for a child of this age: it is 9 standard deviations below the middle. Check the figure, the unit and the dates."
        );
    }
}

//! The four tables of the UK-WHO reference, and which of them counts at an age.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use thiserror::Error;

use super::table::{Lms, Step, Table};
use super::{Measure, Mistakes, Sex, read};

/// One of the tables that are laid end to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// British 1990 at birth, 23 to 42 weeks of gestation.
    Uk90Preterm,
    /// WHO 2006 lying down, from two weeks after term to the second birthday.
    WhoLying,
    /// WHO 2006 standing, from the second to the fourth birthday.
    WhoStanding,
    /// British 1990, from the fourth birthday to 20 years.
    Uk90Child,
}

/// Why there is no reference for a child of this age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoReference {
    /// The child was younger than the reference goes.
    #[error("There is no reference for {} before {weeks} weeks of gestation.", .measure.words())]
    TooYoung {
        /// What was measured.
        measure: Measure,
        /// Weeks of gestation at which the reference begins.
        weeks: u8,
    },
    /// The child is older than the reference goes.
    #[error("There is no reference for {} after the age of {years}.", .measure.words())]
    TooOld {
        /// What was measured.
        measure: Measure,
        /// Years at which the reference ends.
        years: u8,
    },
    /// The authority has not given Kinfold this part.
    #[error(
        "Centiles at this age need the British 1990 growth reference, which only the authority can supply. Ask whoever looks after Kinfold to add it to the guidance."
    )]
    NotLoaded(Part),
    /// The age is not a number.
    #[error("The age is not known.")]
    NoAge,
}

/// The reference data there are: always the WHO part, and whatever an authority has added.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    tables: BTreeMap<(Part, Sex, Measure), Table>,
}

/// No figure of it is other than a number: the reader refuses those.
impl Eq for Reference {}

/// The age in years at 42 weeks of gestation.
const FORTY_TWO_WEEKS: f64 = 14.0 / 365.25;

static SHIPPED: LazyLock<Reference> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a file of this crate, read whole by a test")]
    let tables =
        read::tables(include_str!("../../data/who-2006.csv")).expect("the shipped reference is whole");
    Reference { tables }
});

impl Part {
    /// Every part, by age.
    pub const ALL: [Self; 4] = [Self::Uk90Preterm, Self::WhoLying, Self::WhoStanding, Self::Uk90Child];

    /// Its name in a file of reference data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Uk90Preterm => "uk90-preterm",
            Self::WhoLying => "who-lying",
            Self::WhoStanding => "who-standing",
            Self::Uk90Child => "uk90-child",
        }
    }

    /// What a step of its table is, in words.
    pub(super) fn step_words(self) -> &'static str {
        match self {
            Self::Uk90Preterm => "weeks of gestation",
            Self::WhoLying | Self::WhoStanding => "days since birth",
            Self::Uk90Child => "months since birth",
        }
    }

    pub(super) fn step(self) -> Step {
        match self {
            Self::Uk90Preterm => Step::GestationWeek,
            Self::WhoLying | Self::WhoStanding => Step::Day,
            Self::Uk90Child => Step::Month,
        }
    }

    /// The first and last step its table has for a sex and measure. None where it has none.
    pub(super) fn steps(self, sex: Sex, measure: Measure) -> Option<(i32, i32)> {
        match (self, measure) {
            (Self::Uk90Preterm, Measure::Bmi) => None,
            (Self::Uk90Preterm, Measure::Height) => Some((25, 42)),
            (Self::Uk90Preterm, _) => Some((23, 42)),
            (Self::WhoLying, _) => Some((0, 730)),
            // Three days past the fourth birthday, for what lies between days just before it.
            (Self::WhoStanding, _) => Some((731, 1464)),
            (Self::Uk90Child, Measure::Head) if sex == Sex::Female => Some((48, 204)),
            (Self::Uk90Child, Measure::Head) => Some((48, 216)),
            (Self::Uk90Child, _) => Some((48, 240)),
        }
    }

    /// The ages in years from which and before which this part counts.
    pub fn ages(self) -> (f64, f64) {
        match self {
            Self::Uk90Preterm => (Step::GestationWeek.age(23), FORTY_TWO_WEEKS),
            Self::WhoLying => (FORTY_TWO_WEEKS, 2.0),
            Self::WhoStanding => (2.0, 4.0),
            Self::Uk90Child => (4.0, 20.0),
        }
    }

    /// The part that counts at an age for a measure.
    ///
    /// # Errors
    /// When the reference has nothing for that age.
    pub fn at(sex: Sex, measure: Measure, age: f64) -> Result<Self, NoReference> {
        if age.is_nan() {
            return Err(NoReference::NoAge);
        }
        let youngest = match measure {
            Measure::Weight | Measure::Head => 23,
            Measure::Height => 25,
            Measure::Bmi => 42,
        };
        if age < Step::GestationWeek.age(i32::from(youngest)) {
            return Err(NoReference::TooYoung { measure, weeks: youngest });
        }
        let oldest: u8 = match (measure, sex) {
            (Measure::Head, Sex::Female) => 17,
            (Measure::Head, Sex::Male) => 18,
            _ => 20,
        };
        if age > f64::from(oldest) {
            return Err(NoReference::TooOld { measure, years: oldest });
        }
        let part = Self::ALL.into_iter().find(|part| age < part.ages().1);
        // At exactly 20 the last row still counts.
        Ok(part.unwrap_or(Self::Uk90Child))
    }
}

impl Reference {
    /// The part that may be passed on: WHO 2006, from two weeks after term to the fourth birthday.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// This with the tables of an authority's file (CSV, see `docs/reference/growth.md`) laid over it.
    ///
    /// # Errors
    /// Every mistake in the file, with its line.
    pub fn with(mut self, text: &str) -> Result<Self, Mistakes> {
        self.tables.extend(read::tables(text)?);
        Ok(self)
    }

    /// The parts there are, by age.
    pub fn parts(&self) -> Vec<Part> {
        let has = |part: &Part| self.tables.keys().any(|(p, _, _)| p == part);
        Part::ALL.into_iter().filter(has).collect()
    }

    /// L, M and S at an age in years.
    ///
    /// # Errors
    /// When there is no reference for that age, or its part has not been loaded.
    pub fn lms(&self, sex: Sex, measure: Measure, age: f64) -> Result<Lms, NoReference> {
        let part = Part::at(sex, measure, age)?;
        self.lms_in(part, sex, measure, age).ok_or(NoReference::NotLoaded(part))
    }

    /// L, M and S of one part, which must be loaded; an age outside it gets its nearest row.
    pub(super) fn lms_in(&self, part: Part, sex: Sex, measure: Measure, age: f64) -> Option<Lms> {
        self.tables.get(&(part, sex, measure))?.at(age)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_is_the_who_part_and_nothing_else() {
        assert_eq!(Reference::shipped().parts(), [Part::WhoLying, Part::WhoStanding]);
        let at = |age| Reference::shipped().lms(Sex::Male, Measure::Height, age);
        // Day 730 lying, day 731 standing.
        assert_eq!(at(730.0 / 365.25).unwrap().m, 87.8018);
        assert_eq!(at(731.0 / 365.25).unwrap().m, 87.1303);
        // The birthday itself lies between two days; the older table counts.
        assert_eq!(at(2.0).unwrap().m, 87.1303);
        assert_eq!(at(4.0), Err(NoReference::NotLoaded(Part::Uk90Child)));
        assert_eq!(at(0.0), Err(NoReference::NotLoaded(Part::Uk90Preterm)));
    }

    #[test]
    fn at_a_border_the_older_table_counts() {
        let part = |age| Part::at(Sex::Female, Measure::Weight, age).unwrap();
        assert_eq!(part(FORTY_TWO_WEEKS - 1e-9), Part::Uk90Preterm);
        assert_eq!(part(FORTY_TWO_WEEKS), Part::WhoLying);
        assert_eq!(part(2.0), Part::WhoStanding);
        assert_eq!(part(4.0), Part::Uk90Child);
        assert_eq!(part(20.0), Part::Uk90Child);
    }

    #[test]
    fn there_is_no_reference_outside_its_ages() {
        let at = |sex, measure, age| Part::at(sex, measure, age);
        let week = |week| Step::GestationWeek.age(week);
        use Measure::{Bmi, Head, Height, Weight};
        assert_eq!(
            at(Sex::Male, Weight, week(22)),
            Err(NoReference::TooYoung { measure: Weight, weeks: 23 })
        );
        assert_eq!(
            at(Sex::Male, Height, week(24)),
            Err(NoReference::TooYoung { measure: Height, weeks: 25 })
        );
        assert_eq!(at(Sex::Male, Bmi, week(41)), Err(NoReference::TooYoung { measure: Bmi, weeks: 42 }));
        assert_eq!(at(Sex::Male, Bmi, week(42)), Ok(Part::WhoLying));
        assert_eq!(at(Sex::Female, Head, 17.01), Err(NoReference::TooOld { measure: Head, years: 17 }));
        assert_eq!(at(Sex::Male, Head, 17.01), Ok(Part::Uk90Child));
        assert_eq!(at(Sex::Male, Head, 18.01), Err(NoReference::TooOld { measure: Head, years: 18 }));
        assert_eq!(at(Sex::Male, Bmi, 20.01), Err(NoReference::TooOld { measure: Bmi, years: 20 }));
        assert_eq!(at(Sex::Male, Bmi, f64::NAN), Err(NoReference::NoAge));
    }
}

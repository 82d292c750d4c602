//! A schedule: which doses are offered to whom, by age and day of birth.

use jiff::civil::Date;

use super::Age;

/// A schedule in force from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// What all its versions are called.
    pub id: String,
    /// For people.
    pub title: String,
    /// The first day it is in force.
    pub from: Date,
    /// Where it was read.
    pub source: String,
    /// How long there is to give a dose before it is called missing. A convention, no law.
    pub missing_after: Age,
    /// What children are protected against, in the order of a report.
    pub series: Vec<Series>,
}

/// Doses that protect against the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its id.
    pub id: String,
    /// What it protects against.
    pub title: String,
    /// The vaccines (codes of `guidance/codes/vaccine.csv`) of which a dose counts.
    pub counts: Vec<String>,
    /// Its doses, for every year of birth.
    pub slots: Vec<Slot>,
}

/// One dose for some children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The vaccine that is given.
    pub offer: String,
    /// The age at which it is given. None when it is offered to everybody between two days.
    pub age: Option<Age>,
    /// The age to which it is given as a matter of course.
    pub until: Option<Age>,
    /// The age from which it is not given any more.
    pub too_late: Option<Age>,
    /// The least time since the dose before.
    pub apart: Option<Age>,
    /// The first day of birth it is for.
    pub born_from: Option<Date>,
    /// The last day of birth it is for.
    pub born_to: Option<Date>,
    /// Only for this sex.
    pub sex: Option<Sex>,
    /// The first day it is offered on.
    pub offered_from: Option<Date>,
    /// The last day it is offered on.
    pub offered_to: Option<Date>,
    /// Not for a child who has had this disease.
    pub unless_had: Option<String>,
    /// Not for a child who has had so many doses that count.
    pub unless_doses: Option<usize>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Anything a nurse should know.
    pub note: Option<String>,
    /// Where it was read, when not where the schedule was.
    pub source: Option<String>,
}

/// The sex a dose is offered to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Boys.
    Male,
    /// Girls.
    Female,
}

/// How sure a line of the schedule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Read in the source.
    Read,
    /// From a second source.
    Secondary,
    /// Not checked yet.
    Unverified,
}

impl Slot {
    /// Whether it is for a child born on this day. Of a child whose sex is not known every line counts.
    pub fn is_for(&self, born: Date, sex: Option<Sex>) -> bool {
        self.born_from.is_none_or(|from| born >= from)
            && self.born_to.is_none_or(|to| born <= to)
            && (self.sex.is_none() || sex.is_none() || self.sex == sex)
    }

    /// Whether it is offered to everybody between two days, whatever their age.
    pub fn is_campaign(&self) -> bool {
        self.age.is_none()
    }

    /// The first day on which a child born on this day is offered it.
    pub fn first_day(&self, born: Date) -> Date {
        let by_age = self.age.map(|age| age.after(born));
        by_age.into_iter().chain(self.offered_from).max().unwrap_or(born)
    }
}

/// The schedule in force on a day: of several, the one that began last. None before the first.
pub fn in_force(schedules: &[Schedule], on: Date) -> Option<&Schedule> {
    schedules.iter().filter(|schedule| schedule.from <= on).max_by_key(|schedule| schedule.from)
}

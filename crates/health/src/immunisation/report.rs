//! What one child was given, what is missing and what is next.

use std::fmt;

use jiff::civil::Date;

use super::schedule::{Confidence, Schedule, Series, Sex, Slot};

/// What is known of a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Date of birth.
    pub born: Date,
    /// Where it is known: some doses are for one sex in some years of birth.
    pub sex: Option<Sex>,
    /// Every dose on record, in any order.
    pub doses: Vec<Dose>,
    /// How far the history is known.
    pub history: History,
    /// Diseases the child has had (`chickenpox`).
    pub had: Vec<String>,
}

/// A dose on record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dose {
    /// The day.
    pub on: Date,
    /// The code of the vaccine.
    pub vaccine: String,
    /// Who told us: a code of `guidance/codes/provenance.csv`.
    pub told_by: String,
}

/// How far the history is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// A record held all doses up to a day.
    CompleteTo(Date),
    /// Some of it.
    Partly,
    /// Nothing.
    Unknown,
}

/// How things stand with one dose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It was given.
    Given(Dose),
    /// It is time for it.
    Due {
        /// The first day.
        since: Date,
        /// The last day before it is called missing, or on which it is offered.
        until: Date,
    },
    /// It should have been given, and a complete history does not have it.
    Missing {
        /// The first day it could have been given on.
        since: Date,
    },
    /// It should have been given, and whether it was is not known.
    NotKnown {
        /// The first day it could have been given on.
        since: Date,
    },
    /// It comes later.
    Next {
        /// The first day it can be given on.
        on: Date,
    },
    /// No dose is on record, and it is not given any more at this age, or is not offered any more.
    Over,
    /// It is not for this child, who has had the disease or enough doses.
    NotNeeded,
}

/// One dose of the schedule for this child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// What it protects against.
    pub series: &'a Series,
    /// Which dose of the series, from 1.
    pub number: usize,
    /// The line of the schedule.
    pub slot: &'a Slot,
    /// How things stand.
    pub state: State,
    /// How sure the line is for this child. What was due before the schedule took effect was not read in it.
    pub confidence: Confidence,
}

/// How things stand with all doses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report<'a> {
    /// The schedule.
    pub schedule: &'a Schedule,
    /// Every dose that is for this child, by series and number.
    pub rows: Vec<Row<'a>>,
    /// Doses on record that the schedule does not ask of this child: given elsewhere, before, or in addition.
    pub besides: Vec<Dose>,
    /// Why a clinician has to work out what to give, if so. It is never worked out here.
    pub clinician: Option<&'static str>,
}

const UNKNOWN: &str = "The history is not complete, so what is missing cannot be said. A clinician works out what to give by the national guidance for people with an uncertain or incomplete history.";
const CATCH_UP: &str = "Doses are missing or were never given. A clinician works out how to catch up by the national guidance for people with an incomplete history.";

impl Report<'_> {
    /// What should have been given and was not. Empty unless the history is complete.
    pub fn missing(&self) -> impl Iterator<Item = &Row<'_>> {
        self.rows.iter().filter(|row| matches!(row.state, State::Missing { .. }))
    }

    /// What it is time for.
    pub fn due(&self) -> impl Iterator<Item = &Row<'_>> {
        self.rows.iter().filter(|row| matches!(row.state, State::Due { .. }))
    }

    /// Of what comes later, the first day and everything of that day.
    pub fn next(&self) -> Option<(Date, Vec<&Row<'_>>)> {
        let day = |row: &&Row<'_>| if let State::Next { on } = row.state { Some(on) } else { None };
        let first = self.rows.iter().filter_map(|row| day(&row)).min()?;
        Some((first, self.rows.iter().filter(|row| day(row) == Some(first)).collect()))
    }

    /// Whether everything that should have been given was: the question of the yearly return. None when it is not known.
    pub fn up_to_date(&self) -> Option<bool> {
        if self.missing().next().is_some() {
            return Some(false);
        }
        let unknown = self.rows.iter().any(|row| matches!(row.state, State::NotKnown { .. }));
        if unknown { None } else { Some(true) }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(dose) => write!(f, "given on {}", day(dose.on)),
            Self::Due { since, .. } => write!(f, "due since {}", day(*since)),
            Self::Missing { since } => write!(f, "missing: it was due on {}", day(*since)),
            Self::NotKnown { since } => write!(f, "not known whether it was given (from {})", day(*since)),
            Self::Next { on } => write!(f, "from {}", day(*on)),
            Self::Over => f.write_str("no dose on record, and no longer offered"),
            Self::NotNeeded => f.write_str("not needed"),
        }
    }
}

fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// How things stand on a day.
pub fn report<'a>(schedule: &'a Schedule, known: &Known, on: Date) -> Report<'a> {
    // Doses of days to come are appointments and not yet given.
    let mut doses: Vec<Dose> =
        known.doses.iter().filter(|dose| (known.born..=on).contains(&dose.on)).cloned().collect();
    doses.sort();
    let mut used: Vec<&Dose> = Vec::new();
    let mut rows = Vec::new();
    for series in &schedule.series {
        let mut counted: Vec<&Dose> =
            doses.iter().filter(|dose| series.counts.contains(&dose.vaccine)).collect();
        // Two sources may both have told of the same dose.
        counted.dedup_by_key(|dose| dose.on);
        let mut slots: Vec<&Slot> =
            series.slots.iter().filter(|slot| slot.is_for(known.born, known.sex)).collect();
        slots.sort_by_key(|slot| slot.first_day(known.born));
        // Of a child whose sex is not known the lines for boys and girls would both be there.
        slots.dedup_by(|a, b| a.sex.is_some() && b.sex.is_some() && a.offer == b.offer && a.age == b.age);
        let filled = fill(&slots, &counted);
        for (i, (slot, dose)) in slots.iter().zip(&filled).enumerate() {
            let before = filled.get(..i).unwrap_or_default().iter().flatten().map(|dose| dose.on).max();
            let state = match dose {
                Some(dose) => State::Given((*dose).clone()),
                None => not_given(schedule, slot, known, counted.len(), before, on),
            };
            let old = slot.first_day(known.born) < schedule.from;
            let confidence = if old { Confidence::Unverified } else { slot.confidence };
            rows.push(Row { series, number: i + 1, slot, state, confidence });
        }
        used.extend(filled.into_iter().flatten());
    }
    let besides: Vec<Dose> = {
        let same = |dose: &Dose| used.iter().any(|u| u.on == dose.on && u.vaccine == dose.vaccine);
        doses.iter().filter(|dose| !same(dose)).cloned().collect()
    };
    let is = |wanted: fn(&State) -> bool| rows.iter().any(|row| wanted(&row.state));
    let clinician = if is(|state| matches!(state, State::NotKnown { .. })) {
        Some(UNKNOWN)
    } else {
        // What is not offered any more may need something in its place; a child too old for a dose needs nothing.
        let ended = |row: &Row<'_>| {
            row.state == State::Over
                && row.slot.offered_to.is_some_and(|last| last < on)
                && !row.slot.is_campaign()
        };
        let missing = is(|state| matches!(state, State::Missing { .. }));
        (missing || rows.iter().any(ended)).then_some(CATCH_UP)
    };
    Report { schedule, rows, besides, clinician }
}

/// Which dose stands for which line: the first for the first, and so on. What is offered between two days is stood for by
/// a dose given from the first of them on.
fn fill<'d>(slots: &[&Slot], counted: &[&'d Dose]) -> Vec<Option<&'d Dose>> {
    let mut rest = counted.iter().copied();
    let campaign = |slot: &Slot| {
        let from = slot.offered_from?;
        counted.iter().copied().find(|dose| dose.on >= from)
    };
    slots.iter().map(|slot| if slot.is_campaign() { campaign(slot) } else { rest.next() }).collect()
}

fn not_given(
    schedule: &Schedule,
    slot: &Slot,
    known: &Known,
    doses: usize,
    before: Option<Date>,
    on: Date,
) -> State {
    let had = slot.unless_had.as_ref().is_some_and(|disease| known.had.contains(disease));
    if had || slot.unless_doses.is_some_and(|enough| doses >= enough) {
        return State::NotNeeded;
    }
    let first = slot.first_day(known.born);
    let since = before.zip(slot.apart).map_or(first, |(before, apart)| first.max(apart.after(before)));
    let over = slot.too_late.is_some_and(|age| age.after(known.born) <= on.max(since))
        || slot.offered_to.is_some_and(|last| last < on.max(since));
    if slot.is_campaign() {
        return match slot.offered_to {
            Some(until) if on >= since && !over => State::Due { since, until },
            _ if over => State::Over,
            _ => State::Next { on: since },
        };
    }
    if over {
        return State::Over;
    }
    if on < since {
        return State::Next { on: since };
    }
    let until =
        slot.until.map_or(schedule.missing_after.after(since), |age| age.after(known.born).max(since));
    match known.history {
        History::CompleteTo(_) if on <= until => State::Due { since, until },
        // The record was read before the dose was due: it says nothing about it.
        History::CompleteTo(read) if read < since => State::NotKnown { since },
        History::CompleteTo(_) => State::Missing { since },
        History::Partly | History::Unknown => State::NotKnown { since },
    }
}

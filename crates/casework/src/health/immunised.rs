//! Immunisations as they stand on a day, in words a page can show.

use jiff::civil::Date;
use kinfold_health::immunisation::{
    Confidence, Dose, History, Known, Schedule, Sex, State, in_force, report,
};
use kinfold_record::Timeline;

use super::facts::HealthFacts;

/// How things stand with one dose. There is no “overdue” where the history is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImmunisationState {
    /// It should have been given, and a complete history does not have it.
    Missing,
    /// Whether it was given is not known.
    NotKnown,
    /// It is time for it.
    Due,
    /// It comes later.
    Next,
    /// It was given.
    Given,
    /// Not needed, or no longer offered.
    NotNeeded,
}

impl ImmunisationState {
    /// What a person reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::Missing => "Missing",
            Self::NotKnown => "Not known",
            Self::Due => "Now",
            Self::Next => "Next",
            Self::Given => "Given",
            Self::NotNeeded => "Not needed",
        }
    }
}

/// One dose of the schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImmunisationLine {
    /// What it protects against.
    pub title: String,
    /// Which dose of the series, from 1.
    pub number: usize,
    /// How it stands.
    pub state: ImmunisationState,
    /// The same in words with its day.
    pub words: String,
    /// Whether the line of the schedule was not checked for this child.
    pub unverified: bool,
}

/// Immunisations, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImmunisationReport {
    /// The schedule's title and the day it is from.
    pub schedule: (String, Date),
    /// Its doses, what needs somebody first.
    pub lines: Vec<ImmunisationLine>,
    /// Doses on record beside the schedule: vaccine code and day.
    pub besides: Vec<(String, Date)>,
    /// Why a clinician has to work out what to give.
    pub clinician: Option<&'static str>,
    /// Whether all is up to date; `None` when it is not known.
    pub up_to_date: Option<bool>,
}

impl ImmunisationReport {
    /// What the doses on record say by the schedule of the day. `None` without a schedule or a date of birth.
    pub(crate) fn of(
        facts: &HealthFacts,
        timeline: &Timeline,
        schedules: &[Schedule],
        on: Date,
    ) -> Option<Self> {
        let schedule = in_force(schedules, on)?;
        let known = known(facts, timeline)?;
        let report = report(schedule, &known, on);
        let mut lines: Vec<ImmunisationLine> = report
            .rows
            .iter()
            .map(|row| ImmunisationLine {
                title: row.series.title.clone(),
                number: row.number,
                state: match row.state {
                    State::Given(_) => ImmunisationState::Given,
                    State::Due { .. } => ImmunisationState::Due,
                    State::Missing { .. } => ImmunisationState::Missing,
                    State::NotKnown { .. } => ImmunisationState::NotKnown,
                    State::Next { .. } => ImmunisationState::Next,
                    State::Over | State::NotNeeded => ImmunisationState::NotNeeded,
                },
                words: row.state.to_string(),
                unverified: row.confidence == Confidence::Unverified,
            })
            .collect();
        lines.sort_by_key(|line| line.state);
        Some(Self {
            schedule: (schedule.title.clone(), schedule.from),
            lines,
            besides: report.besides.iter().map(|dose| (dose.vaccine.clone(), dose.on)).collect(),
            clinician: report.clinician,
            up_to_date: report.up_to_date(),
        })
    }
}

fn known(facts: &HealthFacts, timeline: &Timeline) -> Option<Known> {
    let doses = facts.doses.iter().map(|dose| Dose {
        on: dose.source.on,
        vaccine: dose.vaccine.to_string(),
        told_by: dose.source.told_by.as_deref().unwrap_or("not_known").to_owned(),
    });
    let history = match &facts.immunisation_history {
        Some((source, known)) if known == "complete" => History::CompleteTo(source.on),
        Some((_, known)) if known == "partly" => History::Partly,
        _ => History::Unknown,
    };
    Some(Known {
        born: timeline.born?,
        sex: match timeline.identity.sex.as_deref() {
            Some("M" | "1") => Some(Sex::Male),
            Some("F" | "2") => Some(Sex::Female),
            _ => None,
        },
        doses: doses.collect(),
        history,
        // That a child has had a disease is written in words, and words are for a clinician to judge.
        had: Vec::new(),
    })
}

//! What was measured and counted: birth, growth, immunisations, questionnaires.

use jiff::civil::Date;
use kinfold_record::{Entry, Event};
use smol_str::SmolStr;

use super::{HealthFacts, Source};

/// How and when the child was born.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Birth {
    /// Where it stands.
    pub source: Source,
    /// Whole weeks of pregnancy and days beside them.
    pub gestation: Option<(i32, i32)>,
    /// Grams.
    pub weight_g: Option<i32>,
    /// Whether special care was needed.
    pub special_care: Option<bool>,
    /// Where.
    pub place: Option<String>,
}

/// A measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growth {
    /// Where it stands.
    pub source: Source,
    /// Grams.
    pub weight_g: Option<i32>,
    /// Millimetres.
    pub height_mm: Option<i32>,
    /// Millimetres.
    pub head_mm: Option<i32>,
}

/// An immunisation given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dose {
    /// Where it stands.
    pub source: Source,
    /// A code of `vaccine`.
    pub vaccine: SmolStr,
    /// Which dose, as told.
    pub dose: Option<i32>,
    /// Whether the day is only estimated.
    pub estimated: bool,
}

/// A strengths and difficulties questionnaire: its total, or why there is none. Never an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sdq {
    /// Where it stands.
    pub source: Source,
    /// A code of `sdq_informant`.
    pub informant: SmolStr,
    /// 0 to 40.
    pub total: Option<i32>,
    /// A code of `sdq_reason`.
    pub reason: Option<SmolStr>,
    /// The child's age in years, where it is known.
    pub age: Option<i32>,
}

/// A questionnaire answer by answer, for those who work with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdqAnswers {
    /// Where it stands.
    pub source: Source,
    /// A code of `sdq_informant`.
    pub informant: SmolStr,
    /// Answers to items 1 to 25, in order: 0, 1, 2, or `-` for none.
    pub answers: Option<String>,
    /// The scales in the order emotional, conduct, hyperactivity, peers, prosocial, impact.
    pub scales: [Option<i32>; 6],
    /// In which language it was asked, as told.
    pub language: Option<String>,
}

impl HealthFacts {
    pub(super) fn measurements(&mut self, entries: &[&Entry]) {
        for entry in entries {
            match &entry.event {
                Event::BirthDetails {
                    gestation_weeks,
                    gestation_days,
                    weight_g,
                    special_care,
                    place,
                    told_by,
                    ..
                } => {
                    self.birth = Some(Birth {
                        source: Source::of(entry, told_by.as_ref()),
                        gestation: gestation_weeks.map(|weeks| (weeks, gestation_days.unwrap_or(0))),
                        weight_g: *weight_g,
                        special_care: *special_care,
                        place: place.clone(),
                    });
                }
                Event::GrowthMeasured { weight_g, height_mm, head_mm, told_by, .. } => {
                    self.growth.push(Growth {
                        source: Source::of(entry, told_by.as_ref()),
                        weight_g: *weight_g,
                        height_mm: *height_mm,
                        head_mm: *head_mm,
                    })
                }
                Event::ImmunisationGiven { vaccine, dose, estimated, told_by, .. } => self.doses.push(Dose {
                    source: Source::of(entry, told_by.as_ref()),
                    vaccine: vaccine.clone(),
                    dose: *dose,
                    estimated: *estimated == Some(true),
                }),
                Event::Sdq { informant, total, reason } => self.sdq.push(Sdq {
                    source: Source::of(entry, None),
                    informant: informant.clone(),
                    total: *total,
                    reason: reason.clone(),
                    age: None,
                }),
                Event::SdqAnswers {
                    informant,
                    answers,
                    emotional,
                    conduct,
                    hyperactivity,
                    peers,
                    prosocial,
                    impact,
                    language,
                    ..
                } => self.sdq_answers.push(SdqAnswers {
                    source: Source::of(entry, None),
                    informant: informant.clone(),
                    answers: answers.clone(),
                    scales: [*emotional, *conduct, *hyperactivity, *peers, *prosocial, *impact],
                    language: language.clone(),
                }),
                _ => {}
            }
        }
    }

    /// Gives every questionnaire the child's age on its day, which decides its form.
    pub(crate) fn with_ages(mut self, age_on: impl Fn(Date) -> Option<i32>) -> Self {
        for sdq in &mut self.sdq {
            sdq.age = age_on(sdq.source.on);
        }
        self
    }
}

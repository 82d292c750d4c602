//! One line of a chronology.

use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::{ChildId, EntryId, Event, PersonId};

/// Who, beyond the ordinary circle, may read an entry. Policy decides; this is the label it decides on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    /// Open to everyone with a place in the circle.
    #[default]
    Ordinary,
    /// Clinical detail: health colleagues, and those who need it to care for the child.
    Health,
    /// Facts about somebody else (a parent's illness, a brother's placement).
    ThirdParty,
    /// Safeguarding matters that could put somebody at risk if read by the wrong person.
    Safeguarding,
    /// Named readers only (legal advice, adoption before the order).
    Restricted,
    /// What somebody answered to a questionnaire, one answer at a time: scores are clinical detail, answers are a
    /// confidence.
    Answers,
    /// The health of the birth family, kept for the child's sake and shared only by decision.
    FamilyHealth,
    /// Sexual health: those who give that care.
    SexualHealth,
    /// What was said in therapy: those who give it, and never those who decide about the child.
    Therapy,
    /// What a child or young person said, and what they were answered: those whom the child chose.
    Voice,
    /// Alcohol, drugs and tobacco: the nurse or doctor who asked.
    SubstanceUse,
    /// What a carer wrote in their own log or asked, until it is taken into the record: the carer, and those who answer
    /// them.
    Carer,
}

impl Sensitivity {
    /// Every label. The first five are in the order of how few may read them; the others are compartments beside them.
    pub const ALL: [Self; 12] = [
        Self::Ordinary,
        Self::Health,
        Self::ThirdParty,
        Self::Safeguarding,
        Self::Restricted,
        Self::Answers,
        Self::FamilyHealth,
        Self::SexualHealth,
        Self::Therapy,
        Self::Voice,
        Self::SubstanceUse,
        Self::Carer,
    ];

    /// The name used in stored JSON and in policy files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Health => "health",
            Self::ThirdParty => "third_party",
            Self::Safeguarding => "safeguarding",
            Self::Restricted => "restricted",
            Self::Answers => "answers",
            Self::FamilyHealth => "family_health",
            Self::SexualHealth => "sexual_health",
            Self::Therapy => "therapy",
            Self::Voice => "voice",
            Self::SubstanceUse => "substance_use",
            Self::Carer => "carer",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|x| x.as_str() == s)
    }
}

/// What happened, when, when we knew, who said so, about whom, and how sensitive it is. Never changed once written:
/// a correction is another entry that `replaces` this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// This entry.
    pub id: EntryId,
    /// Whose chronology it stands in.
    pub child: ChildId,
    /// The civil day it happened, in England.
    pub happened_on: civil::Date,
    /// The time of day, where hours matter (missing, return interview, police protection).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_at: Option<civil::Time>,
    /// The instant it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it; `None` for an import, which `source` then names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_by: Option<PersonId>,
    /// Where it came from when not typed by a person: "ssda903 2026 episodes.csv row 12".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Other people this entry is about (third parties), for access and redaction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<PersonId>,
    /// How sensitive it is.
    #[serde(default)]
    pub sensitivity: Sensitivity,
    /// The entry this one corrects or withdraws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<EntryId>,
    /// What happened.
    pub event: Event,
}

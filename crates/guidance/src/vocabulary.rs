//! Words that rules may use besides events and codes: roles, spells, leaving-care categories.

use kinfold_record::SpellKind;
use serde::{Deserialize, Serialize};

/// Roles of accounts, as owners of duties and rungs of ladders name them.
pub const ROLES: [&str; 24] = [
    "social_worker",
    "team_manager",
    "head_of_service",
    "director",
    "reviewing_officer",
    "designated_nurse",
    "designated_doctor",
    "health_administrator",
    "health_senior",
    "virtual_school_head",
    "designated_teacher",
    "foster_carer",
    "supervising_social_worker",
    "personal_adviser",
    "commissioner",
    "data_analyst",
    "councillor",
    "nominated_officer",
    "safeguarding_lead",
    "data_protection_officer",
    "administrator",
    "young_person",
    "panel_clerk",
    "partnership_lead",
];

/// A leaving-care category (CA89 ss.23A, 23C, 24 and Sch 2 para 19B).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 16 or 17, looked after, and for at least 13 weeks since the fourteenth birthday.
    Eligible,
    /// 16 or 17, no longer looked after, and eligible before.
    Relevant,
    /// 18 or over, and relevant or eligible before.
    FormerRelevant,
    /// Under 21 (25 in education), looked after at or after 16, and none of the others.
    Qualifying,
}

impl Category {
    /// Every category.
    pub const ALL: [Self; 4] = [Self::Eligible, Self::Relevant, Self::FormerRelevant, Self::Qualifying];

    /// Name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Relevant => "relevant",
            Self::FormerRelevant => "former_relevant",
            Self::Qualifying => "qualifying",
        }
    }

    /// What a person reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::Eligible => "Eligible child",
            Self::Relevant => "Relevant child",
            Self::FormerRelevant => "Former relevant child",
            Self::Qualifying => "Qualifying young person",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|x| x.as_str() == s)
    }
}

const SPELLS: [(SpellKind, &str); 11] = [
    (SpellKind::Unaccompanied, "unaccompanied"),
    (SpellKind::Trafficked, "trafficked"),
    (SpellKind::LongTermFostering, "long_term_fostering"),
    (SpellKind::FewerVisitsAgreed, "fewer_visits_agreed"),
    (SpellKind::ToEighteen, "to_eighteen"),
    (SpellKind::Proceedings, "proceedings"),
    (SpellKind::LibertyOrder, "liberty_order"),
    (SpellKind::AdoptionPlan, "adoption_plan"),
    (SpellKind::Restricted, "restricted"),
    (SpellKind::AuthorityAccommodation, "authority_accommodation"),
    (SpellKind::Disabled, "disabled"),
];

/// A kind of spell by the name rules use.
pub fn spell_kind(name: &str) -> Option<SpellKind> {
    SPELLS.iter().find(|(_, n)| *n == name).map(|(kind, _)| *kind)
}

/// The name rules use for a kind of spell.
pub fn spell_kind_name(kind: SpellKind) -> &'static str {
    SPELLS.iter().find(|(k, _)| *k == kind).map_or("", |(_, name)| *name)
}

pub(crate) fn spell_names() -> Vec<&'static str> {
    SPELLS.iter().map(|(_, name)| *name).collect()
}

//! What may be shared with whom: one place that decides, by who receives it, what for, in which rendering, how old the
//! child is, and what was decided. Pure. Everything that leaves as a summary or a passport goes through [`render`].

use jiff::civil::Date;
use kinfold_record::Sensitivity;

use super::facts::Source;
use super::pieces::{Piece, Section};

/// Stands on everything that is shared.
pub const NOT_THE_FULL_RECORD: &str =
    "This is not the full record. Ask the health team before you rely on what is not here.";

/// How much of the record a summary shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rendering {
    /// What those need who oversee or treat: the plan, and each fact in a line.
    Summary,
    /// Everything a clinician needs, with the detail.
    Full,
    /// What those need who look after the child every day.
    Carer,
    /// What school needs to keep the child safe.
    School,
    /// What the young person keeps.
    YoungPerson,
}

impl Rendering {
    /// Every rendering.
    pub const ALL: [Self; 5] = [Self::Summary, Self::Full, Self::Carer, Self::School, Self::YoungPerson];

    /// The code of `health_rendering`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Full => "full",
            Self::Carer => "carer",
            Self::School => "school",
            Self::YoungPerson => "young_person",
        }
    }

    /// The reverse of [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }

    /// The renderings somebody may receive, the usual one first: a code of `health_recipient`. A recipient this version
    /// does not know receives nothing.
    pub fn open_to(recipient: &str) -> &'static [Self] {
        match recipient {
            "child" => &[Self::YoungPerson],
            "gp" | "health_visitor" | "nurse" | "doctor" | "hospital" | "mental_health"
            | "area_health_team" => &[Self::Full, Self::Summary],
            "adopter" => &[Self::Full, Self::Carer],
            "carer" => &[Self::Carer],
            "school" | "virtual_school" | "other" => &[Self::School],
            "parent" | "social_worker" | "reviewing_officer" | "personal_adviser" | "dentist"
            | "adoption_panel" | "court" | "youth_justice" => &[Self::Summary],
            _ => &[],
        }
    }

    fn shows(self, section: Section) -> bool {
        use Section::*;
        match self {
            Self::Full => true,
            Self::Summary => !matches!(section, Birth | EarlyHistory | RedBook | Consent),
            Self::Carer => !matches!(section, Sdq | Birth | EarlyHistory | Home | Family),
            Self::School => matches!(section, Allergies | Medicines | Conditions),
            Self::YoungPerson => !matches!(section, Sdq | Home | Consent | EarlyHistory | Family),
        }
    }

    /// Whether the detail of a fact is shown, or only its line.
    fn detailed(self) -> bool {
        self == Self::Full
    }
}

/// What it is shared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SharePurpose {
    /// Treating the child.
    Treating,
    /// Looking after the child every day.
    Caring,
    /// Reviewing the plan.
    Reviewing,
    /// Keeping the child safe and learning at school.
    Learning,
    /// A court or a panel that decides.
    Deciding,
    /// The young person's own copy.
    Keeping,
}

impl SharePurpose {
    /// Every purpose.
    pub const ALL: [Self; 6] =
        [Self::Treating, Self::Caring, Self::Reviewing, Self::Learning, Self::Deciding, Self::Keeping];

    /// Name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Treating => "treating",
            Self::Caring => "caring",
            Self::Reviewing => "reviewing",
            Self::Learning => "learning",
            Self::Deciding => "deciding",
            Self::Keeping => "keeping",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.as_str() == s)
    }

    /// What a person reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::Treating => "Treating the child",
            Self::Caring => "Looking after the child",
            Self::Reviewing => "Reviewing the plan",
            Self::Learning => "School and learning",
            Self::Deciding => "A court or panel that decides",
            Self::Keeping => "Their own copy to keep",
        }
    }

    /// What somebody usually receives it for.
    pub fn usual(recipient: &str) -> Self {
        match recipient {
            "child" => Self::Keeping,
            "school" | "virtual_school" => Self::Learning,
            "carer" | "adopter" | "parent" => Self::Caring,
            "social_worker" | "reviewing_officer" | "personal_adviser" | "youth_justice" => Self::Reviewing,
            "court" | "adoption_panel" => Self::Deciding,
            _ => Self::Treating,
        }
    }

    fn needs(self, section: Section) -> bool {
        use Section::*;
        match self {
            Self::Treating | Self::Keeping => true,
            Self::Caring => !matches!(section, Sdq | EarlyHistory),
            Self::Reviewing => !matches!(section, Birth | EarlyHistory | Home),
            Self::Learning => matches!(section, Allergies | Medicines | Conditions),
            Self::Deciding => !matches!(section, Consent | Home),
        }
    }
}

/// What was decided for this one sharing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decided {
    /// A confidential address may go to this recipient.
    pub address: bool,
    /// Facts that are about somebody else too may go to this recipient.
    pub others: bool,
}

/// Who receives it, what for and in what form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    /// A code of `health_recipient`.
    pub recipient: String,
    /// How much.
    pub rendering: Rendering,
    /// What for.
    pub purpose: SharePurpose,
    /// The child's age in years.
    pub age: Option<i32>,
    /// Whether consent to share health information stands.
    pub consent: bool,
    /// What was decided for this one.
    pub decided: Decided,
}

/// Parents learn of an address only by other ways: where a child lives can be what the child is kept safe from.
const NEVER_THE_ADDRESS: [&str; 2] = ["parent", "other"];

impl Audience {
    /// Why nothing may be shared with this recipient now, if so.
    pub fn barred(&self) -> Option<&'static str> {
        if !Rendering::open_to(&self.recipient).contains(&self.rendering) {
            return Some("This recipient does not receive this rendering. Choose another.");
        }
        let grown = self.age.is_some_and(|age| age >= 16);
        let theirs = matches!(self.recipient.as_str(), "parent" | "other" | "school" | "virtual_school");
        if grown && theirs && !self.consent {
            return Some(
                "From 16 on it is the young person’s decision. Ask them, record their consent to sharing health \
                 information, and share it then.",
            );
        }
        None
    }

    fn may_know(&self, piece: &Piece) -> bool {
        let Source { sensitivity, about_others, .. } = &piece.source;
        let by_label = match sensitivity {
            Sensitivity::Ordinary | Sensitivity::Health => !about_others || self.decided.others,
            Sensitivity::ThirdParty => self.decided.others,
            Sensitivity::FamilyHealth => piece.decided_for.iter().any(|r| r == &self.recipient),
            Sensitivity::Safeguarding
            | Sensitivity::Restricted
            | Sensitivity::Answers
            | Sensitivity::SexualHealth
            | Sensitivity::Therapy
            | Sensitivity::SubstanceUse
            | Sensitivity::Voice
            | Sensitivity::Carer => false,
        };
        let place = piece.section == Section::Home;
        let placed = !place
            || (!NEVER_THE_ADDRESS.contains(&self.recipient.as_str())
                && (!piece.confidential || self.decided.address));
        by_label && placed
    }

    /// A young child's copy is read with somebody: it holds what both can use.
    fn of_age(&self, section: Section) -> bool {
        use Section::*;
        let young = self.rendering == Rendering::YoungPerson && self.age.is_none_or(|age| age < 11);
        !young || matches!(section, Allergies | Medicines | Checks | Immunisations | Actions)
    }
}

/// One section of what is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedSection {
    /// Which.
    pub section: Section,
    /// Its lines, each with the day it was said.
    pub lines: Vec<(String, Option<Date>)>,
}

/// What one recipient would receive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// For whom.
    pub audience: Audience,
    /// The sections in which there is something.
    pub sections: Vec<RenderedSection>,
    /// Why nothing may be shared, if so.
    pub barred: Option<&'static str>,
}

/// The pieces that one recipient receives, section by section; none where nothing may be shared.
pub(crate) fn shared<'p>(pieces: &'p [Piece], audience: &Audience) -> Vec<(Section, Vec<&'p Piece>)> {
    if audience.barred().is_some() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for section in Section::ALL {
        let shows =
            audience.rendering.shows(section) && audience.purpose.needs(section) && audience.of_age(section);
        // What was decided for somebody goes to them whatever the rendering usually holds.
        let wanted = |piece: &&Piece| shows || (section == Section::Family && !piece.decided_for.is_empty());
        let theirs: Vec<&Piece> = pieces
            .iter()
            .filter(|piece| piece.section == section && audience.may_know(piece))
            .filter(wanted)
            .collect();
        if !theirs.is_empty() {
            out.push((section, theirs));
        }
    }
    out
}

/// What one recipient receives of these pieces.
pub(crate) fn render(pieces: &[Piece], audience: Audience) -> Rendered {
    let line = |piece: &&Piece| {
        let detail = piece.detail.as_ref().filter(|_| audience.rendering.detailed());
        let words = match detail {
            Some(detail) => format!("{}. {detail}", piece.words.trim_end_matches('.')),
            None => piece.words.clone(),
        };
        (words, piece.dated.then_some(piece.source.on))
    };
    let sections = shared(pieces, &audience)
        .into_iter()
        .map(|(section, pieces)| RenderedSection { section, lines: pieces.iter().map(line).collect() })
        .collect();
    let barred = audience.barred();
    Rendered { audience, sections, barred }
}

#[cfg(test)]
#[path = "share_tests.rs"]
mod tests;

//! What a chronology adds up to: the same facts by date instead of by entry.
//!
//! All spells are half-open: `start` is the first day on which something holds, `end` the first day on which it no
//! longer does. `end: None` means that it still holds as far as we know. What began and ended on the same day is kept,
//! and covers no day. Periods of care, legal statuses and placements end at the eighteenth birthday at the latest, so
//! those of a child still looked after have that day, to come, as their end.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{ChildId, EntryId, EventKind, Facts, PersonId, Sensitivity, check::Problem};

/// Whom a chronology is about: duties are owed to children, and about carers and homes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A child or young person.
    #[default]
    Child,
    /// A carer household.
    Carer,
    /// A children's home.
    Home,
}

impl Subject {
    /// Name in files and columns.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Carer => "carer",
            Self::Home => "home",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        [Self::Child, Self::Carer, Self::Home].into_iter().find(|x| x.as_str() == s)
    }
}

/// Who the child is, as last known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the field of the same name in `child_registered`")]
pub struct Identity {
    pub given_name: String,
    pub family_name: String,
    pub known_as: Option<String>,
    pub also_known_as: Vec<String>,
    pub sex: Option<SmolStr>,
    pub ethnicity: Option<SmolStr>,
    pub nhs_number: Option<SmolStr>,
    pub upn: Option<SmolStr>,
    pub local_id: Option<SmolStr>,
    pub first_language: Option<String>,
    pub religion: Option<String>,
    pub disabled: Option<bool>,
}

impl Identity {
    /// The name people use: known-as or given name, then family name.
    pub fn name(&self) -> String {
        let first = self.known_as.as_deref().unwrap_or(&self.given_name);
        format!("{first} {}", self.family_name).trim().to_owned()
    }
}

/// From coming into care to ceasing to be looked after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodOfCare {
    /// The entry that started it.
    pub entry: EntryId,
    /// First day.
    #[serde(with = "crate::packed")]
    pub start: Date,
    /// Day it ceased. The eighteenth birthday ends it even when nobody recorded so.
    #[serde(with = "crate::packed::maybe")]
    pub end: Option<Date>,
    /// SSDA903 reason it ceased; `None` while open or when only the birthday ended it.
    pub end_reason: Option<SmolStr>,
    /// SSDA903 category of need.
    pub category_of_need: Option<SmolStr>,
    /// Whether coming into care was planned.
    pub planned: Option<bool>,
}

/// A legal status while looked after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalStatus {
    /// The entry that started it.
    pub entry: EntryId,
    /// SSDA903 code: C1, C2, V2…
    pub code: SmolStr,
    /// First day.
    #[serde(with = "crate::packed")]
    pub start: Date,
    /// Day it ended.
    #[serde(with = "crate::packed::maybe")]
    pub end: Option<Date>,
    /// Day the order itself runs out, if one was given.
    #[serde(with = "crate::packed::maybe")]
    pub expires_on: Option<Date>,
}

/// A stay in one home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The entry that started it.
    pub entry: EntryId,
    /// The placement in which the stay with these carers began, when this one only goes on with it: an absence for a
    /// time, the return from one, a move together with the carers.
    pub continues: Option<EntryId>,
    /// SSDA903 placement type as at the start: U6, K2, P1… For a day, see [`Placement::code_on`].
    pub code: SmolStr,
    /// First day.
    #[serde(with = "crate::packed")]
    pub start: Date,
    /// Day the child left.
    #[serde(with = "crate::packed::maybe")]
    pub end: Option<Date>,
    /// SSDA903 reason for the change.
    pub end_reason: Option<SmolStr>,
    /// SSDA903 provider code.
    pub provider: Option<SmolStr>,
    /// Carer's account, when they have one.
    pub carer: Option<PersonId>,
    /// Who cares for the child there, as typed.
    pub carer_name: Option<String>,
    /// `in_area`, `adjoining`, `distant`, `outside_england`; `None` when not known.
    pub location: Option<SmolStr>,
    /// On what basis it started: `approved`, `temporary_approval`, `outside_terms`, `with_parents`,
    /// `with_parents_early`… For a day, see [`Placement::basis_on`].
    pub basis: Option<SmolStr>,
    /// What changed without a move, oldest first.
    pub changes: Vec<PlacementTerms>,
    /// Whether the move was planned.
    pub planned: Option<bool>,
    /// Whether education in key stage 4 was disrupted.
    pub ks4_disrupted: Option<bool>,
    /// Whether the carer stayed the same as in the home before.
    pub same_carer: bool,
    /// Whether the address must be kept from anyone.
    pub address_confidential: bool,
    /// Address and postcode as typed. Shown only where policy allows it.
    pub address: Option<String>,
    /// Ofsted number.
    pub urn: Option<SmolStr>,
}

impl Placement {
    /// Whether the child is only away for a time (SSDA903 T0 to T4) from the home they will return to.
    pub fn is_temporary(&self) -> bool {
        self.code.starts_with('T')
    }
}

/// The kind and basis of a placement from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacementTerms {
    /// First day.
    #[serde(with = "crate::packed")]
    pub from: Date,
    /// SSDA903 placement type.
    pub code: SmolStr,
    /// On what basis.
    pub basis: Option<SmolStr>,
}

impl Placement {
    fn terms_on(&self, on: Date) -> Option<&PlacementTerms> {
        self.changes.iter().rev().find(|terms| terms.from <= on)
    }

    /// The SSDA903 placement type on a day.
    pub fn code_on(&self, on: Date) -> &SmolStr {
        self.terms_on(on).map_or(&self.code, |terms| &terms.code)
    }

    /// The basis on a day.
    pub fn basis_on(&self, on: Date) -> Option<&SmolStr> {
        self.terms_on(on).map_or(self.basis.as_ref(), |terms| terms.basis.as_ref())
    }
}

/// What else can hold for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpellKind {
    /// Unaccompanied asylum-seeking child.
    Unaccompanied,
    /// A victim of trafficking, or maybe one.
    Trafficked,
    /// The placement is a long-term foster placement (all three conditions).
    LongTermFostering,
    /// The child agreed to be visited less often (reg 28(3A)).
    FewerVisitsAgreed,
    /// The placement is meant to last until eighteen.
    ToEighteen,
    /// Care proceedings are running.
    Proceedings,
    /// A deprivation of liberty order is in force.
    LibertyOrder,
    /// It is decided that the child should be placed for adoption.
    AdoptionPlan,
    /// The record is restricted to named people.
    Restricted,
    /// A care leaver lives in accommodation that the authority provides.
    AuthorityAccommodation,
    /// The child has a disability.
    Disabled,
}

/// Something that holds from one day to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spell {
    /// What holds.
    pub kind: SpellKind,
    /// The entry that started it.
    pub entry: EntryId,
    /// First day.
    #[serde(with = "crate::packed")]
    pub start: Date,
    /// Day it stopped.
    #[serde(with = "crate::packed::maybe")]
    pub end: Option<Date>,
}

/// Somebody's place in the child's circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The entry that started it.
    pub entry: EntryId,
    /// Their account, when they have one.
    pub person: Option<PersonId>,
    /// Their name as typed, for people without an account.
    pub name: Option<String>,
    /// Role for this child: a code of `circle_role`.
    pub role: SmolStr,
    /// Whether they are the child's key worker.
    pub key_worker: bool,
    /// Whether they hold parental responsibility.
    pub parental_responsibility: bool,
    /// Registration number, from a return.
    pub worker_id: Option<SmolStr>,
    /// First day.
    #[serde(with = "crate::packed")]
    pub start: Date,
    /// Day they left.
    #[serde(with = "crate::packed::maybe")]
    pub end: Option<Date>,
}

/// A time missing or away without authorisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingEpisode {
    /// The entry that started it.
    pub entry: EntryId,
    /// `M` missing, `A` away.
    pub category: SmolStr,
    /// Day it started.
    #[serde(with = "crate::packed")]
    pub start: Date,
    /// Time it started, if known.
    pub start_at: Option<Time>,
    /// Day the child came back.
    #[serde(with = "crate::packed::maybe")]
    pub end: Option<Date>,
    /// Time the child came back, if known.
    pub end_at: Option<Time>,
}

/// Something that happened, with what a rule may compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// The entry.
    pub entry: EntryId,
    /// What kind of event.
    pub kind: EventKind,
    /// The day.
    #[serde(with = "crate::packed")]
    pub on: Date,
    /// The time of day, if known.
    pub at: Option<Time>,
    /// How sensitive the entry is.
    pub sensitivity: Sensitivity,
    /// Comparable values.
    pub facts: Facts,
}

impl Happening {
    /// The first value of the field in this position, if any.
    #[inline]
    pub fn fact(&self, field: u8) -> Option<&str> {
        self.facts.get(field)
    }

    /// The number in the field in this position, if it holds one.
    pub fn number(&self, field: u8) -> Option<i32> {
        self.fact(field).and_then(|value| value.parse().ok())
    }

    /// The first value of the field with this name, if any.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.kind.field(name).and_then(|f| self.fact(f))
    }
}

/// A chronology by date. Made by [`Timeline::fold`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// Whose.
    pub child: ChildId,
    /// What the chronology is about.
    pub subject: Subject,
    /// Date of birth; for carers and homes, `None`.
    #[serde(with = "crate::packed::maybe")]
    pub born: Option<Date>,
    /// Date of death.
    #[serde(with = "crate::packed::maybe")]
    pub died: Option<Date>,
    /// Who the child is.
    pub identity: Identity,
    /// Periods of care, oldest first, never overlapping.
    pub care: Vec<PeriodOfCare>,
    /// Legal statuses, oldest first, never overlapping.
    pub statuses: Vec<LegalStatus>,
    /// Homes, oldest first, never overlapping.
    pub placements: Vec<Placement>,
    /// The circle, by start date.
    pub circle: Vec<Membership>,
    /// Missing episodes, oldest first.
    pub missing: Vec<MissingEpisode>,
    /// Everything else that holds for a while, by start date.
    pub spells: Vec<Spell>,
    /// Everything that happened, oldest first.
    #[serde(with = "crate::packed::happenings")]
    pub happenings: Vec<Happening>,
    /// What does not fit together. The record keeps it; a person puts it right.
    pub problems: Vec<Problem>,
}

fn covers(start: Date, end: Option<Date>, on: Date) -> bool {
    start <= on && end.is_none_or(|end| on < end)
}

impl Timeline {
    /// The period of care on a day.
    pub fn care_on(&self, on: Date) -> Option<&PeriodOfCare> {
        self.care.iter().rev().find(|p| covers(p.start, p.end, on))
    }

    /// The legal status on a day.
    pub fn status_on(&self, on: Date) -> Option<&LegalStatus> {
        self.statuses.iter().rev().find(|p| covers(p.start, p.end, on))
    }

    /// The home on a day.
    pub fn placement_on(&self, on: Date) -> Option<&Placement> {
        self.placements.iter().rev().find(|p| covers(p.start, p.end, on))
    }

    /// Whether a spell of this kind holds on a day.
    pub fn holds(&self, kind: SpellKind, on: Date) -> bool {
        self.spells.iter().any(|s| s.kind == kind && covers(s.start, s.end, on))
    }

    /// The circle on a day.
    pub fn circle_on(&self, on: Date) -> impl Iterator<Item = &Membership> {
        self.circle.iter().filter(move |m| covers(m.start, m.end, on))
    }

    /// The key worker on a day.
    pub fn key_worker_on(&self, on: Date) -> Option<&Membership> {
        self.circle_on(on).find(|m| m.key_worker)
    }

    /// Completed years on a day; `None` without a date of birth or before birth.
    pub fn age_on(&self, on: Date) -> Option<i32> {
        let born = self.born?;
        (on >= born).then(|| years_between(born, on))
    }

    /// The day the child turns this old. A child born on 29 February has birthdays on 1 March in common years,
    /// since age is attained at the start of the anniversary (Family Law Reform Act 1969 s.9) and that day is absent.
    pub fn birthday(&self, years: i32) -> Option<Date> {
        birthday(self.born?, years)
    }
}

/// See [`Timeline::birthday`].
pub fn birthday(born: Date, years: i32) -> Option<Date> {
    let year = i16::try_from(i32::from(born.year()) + years).ok()?;
    match Date::new(year, born.month(), born.day()) {
        Ok(date) => Some(date),
        Err(_) => Date::new(year, 3, 1).ok(),
    }
}

/// Completed years from birth to a later day.
pub fn years_between(born: Date, on: Date) -> i32 {
    let years = i32::from(on.year()) - i32::from(born.year());
    match birthday(born, years) {
        Some(anniversary) if on < anniversary => years - 1,
        _ => years,
    }
}

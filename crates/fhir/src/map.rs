//! From entries to resources.

use jiff::civil::Date;
use kinfold_record::{ChildId, Entry, Event, Identity};

use crate::{
    Document, Member, Resource, allergy, care, circle, condition, consent, document, immunization, medicine,
    observation, patient, plan, provenance,
};

/// What people read for codes: the title of a code of a list in `guidance/codes/`.
pub trait Titles {
    /// The title, or the code itself where the list does not have it.
    fn title<'a>(&'a self, list: &str, code: &'a str) -> &'a str;
}

/// What a recipient may see of one child.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The child.
    pub child: ChildId,
    /// Who the child is, without what the recipient may not know.
    pub identity: &'a Identity,
    /// Date of birth, where the recipient may know it.
    pub born: Option<Date>,
    /// The day of death.
    pub died: Option<Date>,
    /// The entries that stand and that the recipient may read, in the order of the chronology.
    pub entries: &'a [&'a Entry],
    /// Who is in the child's circle, as the recipient may know them. Names come from here only: entries name nobody.
    pub circle: &'a [Member<'a>],
    /// Forms that were handed in, with what the recipient may read of them.
    pub documents: &'a [Document],
    /// Titles of codes.
    pub titles: &'a dyn Titles,
}

impl Facts<'_> {
    /// How resources refer to the child.
    pub(crate) fn patient(&self) -> String {
        format!("Patient/{}", self.child)
    }
}

/// The child as a Patient, and every entry that has a place in FHIR as one or several resources, each with the Provenance
/// that says when it was recorded. Entries about the same condition, allergy, need or referral become one resource. Then the
/// circle and the forms, which say themselves since when they are so.
pub fn resources(facts: &Facts<'_>) -> Vec<Resource> {
    let mut out = vec![patient::patient(facts)];
    for entry in facts.entries {
        let made = one(facts, entry);
        if !made.is_empty() {
            let provenance = provenance::provenance(entry, &made);
            out.extend(made);
            out.push(provenance);
        }
    }
    out.extend(circle::of(facts));
    out.extend(facts.documents.iter().flat_map(|one| document::of(facts, one)));
    out
}

fn one(facts: &Facts<'_>, entry: &Entry) -> Vec<Resource> {
    match &entry.event {
        Event::ImmunisationGiven { .. } | Event::ImmunisationNotGiven { .. } => {
            immunization::of(facts, entry)
        }
        Event::GrowthMeasured { .. } | Event::Sdq { .. } | Event::SdqAnswers { .. } => {
            observation::of(facts, entry)
        }
        Event::HealthNeed { .. } => plan::of(facts, entry),
        Event::MedicineStarted { .. } => medicine::of(facts, entry),
        Event::ConditionNoted { .. } => condition::of(facts, entry),
        Event::AllergyNoted { .. } => allergy::of(facts, entry),
        Event::Consent { .. } => consent::of(facts, entry),
        Event::ReferralMade { .. } => care::referral(facts, entry),
        Event::HealthAction { .. } => care::action(facts, entry),
        _ => Vec::new(),
    }
}

//! What the use cases of a review share: reading its facts, and whose an action is.

use kinfold_access::{Action, Code};
use kinfold_record::{ChildId, Chronology, Entry};
use kinfold_store::Unit;

use super::facts::{ActionFact, ReviewFacts};
use crate::actor::Actor;
use crate::child::{ChildHandle, Looked};
use crate::chronology::may_read;
use crate::error::{Error, Result};
use crate::record::read_entries;
use crate::veil::entries_for;

/// The entries of a child that stand.
pub(super) async fn chronology(unit: &mut dyn Unit, child: ChildId) -> Result<Chronology> {
    let entries = read_entries(unit, child).await?;
    Chronology::new(child, entries).map_err(|e| Error::Internal(e.to_string()))
}

/// The same, as somebody who was let in may read them.
pub(super) async fn chronology_for(unit: &mut dyn Unit, handle: &ChildHandle) -> Result<Chronology> {
    let entries = entries_for(unit, handle).await?;
    Chronology::new(handle.id(), entries).map_err(|e| Error::Internal(e.to_string()))
}

/// Everything about a child's reviews, whoever asks: to decide by, never to show.
pub(super) async fn facts_of(unit: &mut dyn Unit, child: ChildId) -> Result<ReviewFacts> {
    let chronology = chronology(unit, child).await?;
    Ok(ReviewFacts::of(&chronology.standing(None)))
}

/// What this person may read about a child's reviews.
pub(super) async fn facts_read(unit: &mut dyn Unit, looked: &Looked) -> Result<ReviewFacts> {
    let chronology = chronology_for(unit, &looked.handle).await?;
    Ok(ReviewFacts::of(&readable(&chronology, looked)))
}

/// The entries that stand and that this person may read.
pub(super) fn readable<'e>(chronology: &'e Chronology, looked: &Looked) -> Vec<&'e Entry> {
    let mut entries = chronology.standing(None);
    entries.retain(|entry| may_read(looked.handle.may, entry));
    entries
}

/// The roles of accounts and places in a circle that an owner of an action stands for.
pub fn owner_of(owner: &str) -> &'static [&'static str] {
    match owner {
        "social_worker" => &["social_worker", "cover_worker"],
        "designated_nurse" => &["designated_nurse", "looked_after_nurse"],
        "designated_doctor" => &["designated_doctor"],
        "health_administrator" => &["health_administrator"],
        "foster_carer" => &["foster_carer"],
        "residential_worker" => &["residential_worker"],
        "supervising_social_worker" => &["supervising_social_worker"],
        "personal_adviser" => &["personal_adviser"],
        "designated_teacher" => &["designated_teacher"],
        "virtual_school_head" => &["virtual_school_head", "virtual_school"],
        "gp" => &["gp"],
        "health_visitor" => &["health_visitor"],
        "team_manager" => &["team_manager"],
        _ => &[],
    }
}

/// Whether somebody may say what became of an action: whose it is, and whoever records care for the child.
pub fn may_answer(actor: &Actor, handle: &ChildHandle, action: &ActionFact) -> bool {
    if handle.may.has(Action::RecordCare) {
        return true;
    }
    let stands_for = owner_of(&action.owner);
    let role = actor.roles().any(|role| stands_for.contains(&role.as_str()));
    let place = handle.relations.circle.iter().any(|place| stands_for.contains(&place.as_str()));
    handle.may.has(Action::ViewChronology) && (role || place)
}

//! What every page of the carer's space is read from.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_pathway::Duty;
use kinfold_record::{ChildId, Chronology, Entry, PersonId, Timeline};
use kinfold_store::{NoticeRow, Unit};
use serde_json::json;
use uuid::Uuid;

use super::facts::CarerFacts;
use crate::actor::Actor;
use crate::child::{Looked, redact};
use crate::chronology::may_read;
use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::project::decode_duties;
use crate::veil::entries_for;

/// A child's record as it was read, before anything of it is shown.
pub(super) struct Space {
    pub looked: Looked,
    pub chronology: Chronology,
    pub names: HashMap<PersonId, String>,
    pub duties: Vec<Duty>,
    pub today: Date,
    pub book: Arc<Book>,
}

impl Space {
    pub fn child(&self) -> ChildId {
        self.looked.handle.id()
    }

    /// What their carers call the child.
    pub fn called(&self) -> String {
        let identity = &self.looked.timeline.identity;
        identity.known_as.clone().unwrap_or_else(|| identity.given_name.clone())
    }

    /// The entries that stand and that this person may read, oldest first.
    pub fn readable(&self) -> Vec<&Entry> {
        let mut entries = self.chronology.standing(None);
        entries.retain(|entry| may_read(self.looked.handle.may, entry));
        entries.sort_by_key(|e| (e.happened_on, e.happened_at, e.recorded_at, e.id));
        entries
    }

    /// Everything said between carers and those who answer them. Whoever shows it says whose it may be.
    pub fn facts(&self) -> CarerFacts {
        CarerFacts::of(&self.chronology.standing(None), &self.duties, self.today)
    }

    /// The timeline without what this person may not know.
    pub fn timeline(&self) -> Timeline {
        let mut timeline = self.looked.timeline.clone();
        redact(&mut timeline, self.looked.handle.may, self.looked.handle.relations);
        timeline
    }

    /// A name, if it is known.
    pub fn name(&self, person: Option<PersonId>) -> Option<String> {
        person.and_then(|p| self.names.get(&p).cloned())
    }

    /// The first day on which this carer had a place in the circle without a break until today.
    pub fn carer_since(&self, person: PersonId) -> Option<Date> {
        let mine = self
            .looked
            .timeline
            .circle
            .iter()
            .filter(|m| m.person == Some(person) && super::signed::at_home(&m.role));
        mine.map(|m| m.start).min()
    }
}

impl Casework {
    pub(super) async fn space_for(&self, unit: &mut dyn Unit, looked: Looked) -> Result<Space> {
        let child = looked.handle.id();
        let entries = entries_for(unit, &looked.handle).await?;
        let mut ids: Vec<Uuid> =
            looked.timeline.circle.iter().filter_map(|m| m.person).map(|p| p.0).collect();
        ids.extend(entries.iter().filter_map(|e| e.recorded_by).map(|p| p.0));
        let names = self.names(unit, &ids).await?;
        let chronology = Chronology::new(child, entries).map_err(|e| Error::Internal(e.to_string()))?;
        let duties = decode_duties(&looked.row.projection.duties)?;
        Ok(Space { chronology, names, duties, today: self.today(), book: self.book(), looked })
    }

    /// A carer's own view of a child, once they have signed.
    pub(super) async fn caring(&self, actor: &Actor, child: ChildId, page: &str) -> Result<Space> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::KeepLog).await?;
        if super::signed::closed(&looked) {
            drop(unit);
            return self.refused(actor, child, Action::ViewChild).await;
        }
        let space = self.space_for(&mut *unit, looked).await?;
        drop(unit);
        let line = actor.line("view_carers_space", Some(child.0), true, &json!({"page": page}));
        self.house.pen.write(vec![line]).await?;
        Ok(space)
    }

    /// As [`Casework::caring`] with a unit that writes; refused until the undertaking is signed.
    pub(super) async fn caring_to_write(
        &self,
        actor: &Actor,
        child: ChildId,
    ) -> Result<(Box<dyn Unit>, Space)> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::KeepLog).await?;
        if super::signed::closed(&looked) {
            drop(unit);
            return self.refused(actor, child, Action::ViewChild).await;
        }
        let space = self.space_for(&mut *unit, looked).await?;
        Ok((unit, space))
    }

    /// A notice for somebody about this child. `text` holds no name.
    pub(super) fn carers_notice(
        &self,
        person: PersonId,
        child: ChildId,
        kind: &str,
        text: String,
        link: String,
    ) -> NoticeRow {
        NoticeRow {
            id: self.new_id(),
            person: person.0,
            child: Some(child.0),
            kind: kind.to_owned(),
            text,
            link: Some(link),
            created_at: self.now(),
            read_at: None,
        }
    }
}

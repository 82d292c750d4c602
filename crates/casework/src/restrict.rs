//! Restricting a record to named readers, and lifting it. Work on a restricted record reaches one of its readers.

use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_record::{ChildId, Event, PersonId};
use kinfold_store::{RestrictedReaderRow, Unit};
use serde_json::json;

use crate::actor::Actor;
use crate::child::{ChildPage, Looked};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::project::{Directory, decode_timeline, derive_from};
use crate::record::{NewEntry, Recorded, hand_to_readers, write_derived};

/// Somebody named as a reader, now or once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// First day.
    pub from_on: Date,
    /// The day it stops; `None` while it lasts.
    pub to_on: Option<Date>,
}

/// The page on which a record is restricted.
#[derive(Debug, Clone)]
pub struct RestrictPage {
    /// The child's page it belongs to.
    pub child: ChildPage,
    /// Who is and was named.
    pub readers: Vec<Reader>,
}

/// A reader to be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewReader {
    /// Who.
    pub person: PersonId,
    /// The day it stops; `None` for as long as the restriction.
    pub to_on: Option<Date>,
}

impl Casework {
    /// Who may read a restricted record, and what it takes to restrict one.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to restrict it.
    pub async fn restrict_page(&self, actor: &Actor, id: ChildId) -> Result<RestrictPage> {
        let child = self.child_page(actor, id).await?;
        if !child.handle.may.has(Action::RestrictRecord) {
            return Err(Error::Absent);
        }
        let mut unit = self.house.store.glance().await?;
        let rows = unit.restricted_readers(id.0).await?;
        let ids: Vec<_> = rows.iter().map(|r| r.person).collect();
        let names = self.names(&mut *unit, &ids).await?;
        let readers = rows
            .into_iter()
            .map(|row| Reader {
                name: names
                    .get(&PersonId(row.person))
                    .cloned()
                    .unwrap_or_else(|| "Somebody whose account is gone".to_owned()),
                person: PersonId(row.person),
                from_on: row.from_on,
                to_on: row.to_on,
            })
            .collect();
        Ok(RestrictPage { child, readers })
    }

    /// Restricts the record to these readers from today.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] when nobody is named or it is restricted already.
    #[expect(clippy::too_many_arguments, reason = "the fields of one form")]
    pub async fn restrict(
        &self,
        actor: &Actor,
        child: ChildId,
        seen: i64,
        key: &str,
        reason: String,
        review_on: Option<Date>,
        readers: &[NewReader],
    ) -> Result<Recorded> {
        let (mut unit, looked) = match self.begin(actor, child, seen, key).await? {
            Begun::Answered(recorded) => return Ok(recorded),
            Begun::Open(unit, looked) => (unit, *looked),
        };
        if looked.row.restricted {
            return Err(Error::invalid("", "The record is restricted already. Change its readers instead."));
        }
        if readers.is_empty() {
            return Err(Error::invalid(
                "readers",
                "Name at least one reader, so that what is due reaches somebody",
            ));
        }
        for reader in readers {
            self.name_reader(&mut *unit, actor, child, *reader).await?;
        }
        let event = Event::Restricted { reason: Some(reason), review_on };
        let recorded =
            self.append(&mut *unit, actor, &looked, vec![NewEntry::on(self.today(), event)]).await?;
        log(
            &mut *unit,
            vec![actor.line("restrict_record", Some(child.0), true, &json!({"readers": readers.len()}))],
        )
        .await?;
        self.keep(unit, actor, key, recorded).await
    }

    /// Lifts the restriction: everybody with a place in the circle or the team may read the record again.
    ///
    /// # Errors
    /// As [`Casework::restrict`].
    pub async fn lift_restriction(
        &self,
        actor: &Actor,
        child: ChildId,
        seen: i64,
        key: &str,
        reason: String,
    ) -> Result<Recorded> {
        let (mut unit, looked) = match self.begin(actor, child, seen, key).await? {
            Begun::Answered(recorded) => return Ok(recorded),
            Begun::Open(unit, looked) => (unit, *looked),
        };
        if !looked.row.restricted {
            return Err(Error::invalid("", "The record is not restricted."));
        }
        let today = self.today();
        for reader in unit.restricted_readers(child.0).await? {
            if reader.to_on.is_none_or(|to| to > today) {
                unit.end_restricted_reader(child.0, reader.person, today).await?;
            }
        }
        let event = Event::RestrictionLifted { reason: Some(reason) };
        let recorded = self.append(&mut *unit, actor, &looked, vec![NewEntry::on(today, event)]).await?;
        log(&mut *unit, vec![actor.line("lift_restriction", Some(child.0), true, &json!({}))]).await?;
        self.keep(unit, actor, key, recorded).await
    }

    /// Names another reader of a restricted record.
    ///
    /// # Errors
    /// As [`Casework::restrict`].
    pub async fn add_reader(&self, actor: &Actor, child: ChildId, reader: NewReader) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::RestrictRecord).await?;
        if !looked.row.restricted {
            return Err(Error::invalid("", "The record is not restricted."));
        }
        self.name_reader(&mut *unit, actor, child, reader).await?;
        log(
            &mut *unit,
            vec![actor.line("add_reader", Some(child.0), true, &json!({"person": reader.person}))],
        )
        .await?;
        self.rederive(&mut *unit, &looked).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Ends a naming today.
    ///
    /// # Errors
    /// As [`Casework::restrict`]; refused for the last reader.
    pub async fn end_reader(&self, actor: &Actor, child: ChildId, person: PersonId) -> Result<()> {
        let today = self.today();
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::RestrictRecord).await?;
        let readers = unit.restricted_readers(child.0).await?;
        let now: Vec<_> =
            readers.iter().filter(|r| r.from_on <= today && r.to_on.is_none_or(|to| today < to)).collect();
        if !now.iter().any(|r| r.person == person.0) {
            return Err(Error::Absent);
        }
        if !now.iter().any(|r| r.person != person.0 && r.to_on.is_none()) {
            return Err(Error::invalid(
                "",
                "This is the last reader for as long as the restriction lasts. Name another one first, or lift the restriction.",
            ));
        }
        unit.end_restricted_reader(child.0, person.0, today).await?;
        log(&mut *unit, vec![actor.line("end_reader", Some(child.0), true, &json!({"person": person}))])
            .await?;
        self.rederive(&mut *unit, &looked).await?;
        unit.commit().await?;
        Ok(())
    }

    async fn name_reader(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        child: ChildId,
        new: NewReader,
    ) -> Result<()> {
        let today = self.today();
        let enabled = unit.person(new.person.0).await?.is_some_and(|row| row.disabled_at.is_none());
        if !enabled {
            return Err(Error::invalid("readers", "Choose people with accounts from the list"));
        }
        if new.to_on.is_some_and(|to| to <= today) {
            return Err(Error::invalid("until", "The last day must be in the future"));
        }
        let named = unit.restricted_readers(child.0).await?;
        if named.iter().any(|r| r.person == new.person.0 && r.to_on.is_none_or(|to| today < to)) {
            return Err(Error::invalid("readers", "This person is named already"));
        }
        // Named again on the day it ended: the row of that day is there still.
        if named.iter().any(|r| r.person == new.person.0 && r.from_on == today) {
            return Err(Error::invalid(
                "readers",
                "This person’s naming ended today. Name them again tomorrow, or name somebody else",
            ));
        }
        let row = RestrictedReaderRow {
            child: child.0,
            person: new.person.0,
            from_on: today,
            to_on: new.to_on,
            granted_by: Some(actor.person().0),
        };
        unit.add_restricted_reader(&row).await?;
        Ok(())
    }

    async fn begin(&self, actor: &Actor, child: ChildId, seen: i64, key: &str) -> Result<Begun> {
        let mut unit = self.house.store.write().await?;
        if let Some(kept) = unit.kept_answer(key, actor.person().0).await? {
            let recorded = serde_json::from_str(&kept).map_err(|e| Error::Internal(e.to_string()))?;
            return Ok(Begun::Answered(recorded));
        }
        let (unit, looked) = self.look_to_write(unit, actor, child, Action::RestrictRecord).await?;
        if looked.handle.version != seen {
            return Err(Error::Conflict { current: looked.handle.version });
        }
        Ok(Begun::Open(unit, Box::new(looked)))
    }

    async fn keep(
        &self,
        mut unit: Box<dyn Unit>,
        actor: &Actor,
        key: &str,
        recorded: Recorded,
    ) -> Result<Recorded> {
        let answer = serde_json::to_string(&recorded).map_err(|e| Error::Internal(e.to_string()))?;
        unit.keep_answer(key, actor.person().0, self.now(), &answer).await?;
        unit.commit().await?;
        Ok(recorded)
    }

    /// Derives again from the timeline as it is: after a change of team or readers, which are no entries.
    pub(crate) async fn rederive(&self, unit: &mut dyn Unit, looked: &Looked) -> Result<()> {
        let (today, book) = (self.today(), self.book());
        let row = &looked.row;
        let directory = Directory::read(unit, today).await?;
        let timeline = decode_timeline(&row.projection.timeline)?;
        let mut derived = derive_from(timeline, row.projection.entries, row.team, &book, &directory, today)?;
        hand_to_readers(unit, looked.handle.id(), &mut derived, today).await?;
        write_derived(unit, row, &derived).await?;
        Ok(())
    }
}

/// A form that was answered before, or one to be answered now.
enum Begun {
    Answered(Recorded),
    Open(Box<dyn Unit>, Box<Looked>),
}

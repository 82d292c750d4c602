//! Keeping the directory: entries made, changed, checked, given to somebody, taken out.

use kinfold_access::{Action, Appointment, Code, Purpose, Role, Target, Who};
use kinfold_record::PersonId;
use kinfold_store::Unit;
use serde_json::json;
use uuid::Uuid;

use super::cells::{Cells, read, write};
use super::listing::{Listed, Listing, ListingEvent};
use crate::actor::Actor;
use crate::authority::{LONGEST_TEXT, lock, text};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// An entry as a form gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewListing {
    /// Its fields by name.
    pub cells: Cells,
}

impl Casework {
    /// An entry as the fields of a form.
    pub fn listing_cells(&self, listing: &Listing) -> Cells {
        write(listing, &self.book().guidance.codes)
    }

    fn read_listing(&self, new: &NewListing, base: &Listing) -> Result<Listing> {
        let book = self.book();
        let listing = read(&new.cells, base, &book.guidance.codes, self.today()).map_err(Error::Invalid)?;
        // Somebody has to say so: a place that must not be found is hidden unless a person decides otherwise.
        if listing.sounds_confidential() && !listing.hide_address && !base.sounds_confidential() {
            let words = "This sounds like a refuge or a children’s home. Hide its address, or save again if it may be known";
            if new.cells.get("sure").is_none_or(|sure| sure != "yes") {
                return Err(Error::invalid("hide_address", words));
            }
        }
        Ok(listing)
    }

    /// Makes an entry; whoever makes it answers for it. Answers its id; a form sent twice makes one.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to keep the directory; [`Error::Invalid`] for what was entered.
    pub async fn make_listing(&self, actor: &Actor, new: &NewListing, key: &str) -> Result<Uuid> {
        actor.require(Action::EditDirectory)?;
        let mut listing = self.read_listing(new, &Listing::default())?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if let Some(kept) = unit.kept_answer(key, me).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer is no id".to_owned()));
        }
        let id = self.new_id();
        listing.service.id = id.to_string();
        let listing = Box::new(listing);
        let events = [
            (None, ListingEvent::ListingWritten { listing, run: None, undoes: None }),
            (None, ListingEvent::ListingOwned { person: Some(me) }),
        ];
        self.add_entries(&mut *unit, id, 0, Some(me), &events).await?;
        unit.keep_answer(key, me, self.now(), &id.to_string()).await?;
        self.note_listing(&mut *unit, actor, id, "made").await?;
        unit.commit().await?;
        Ok(id)
    }

    async fn note_listing(&self, unit: &mut dyn Unit, actor: &Actor, id: Uuid, what: &str) -> Result<()> {
        let detail = json!({"listing": id, "what": what});
        log(unit, vec![actor.line(Action::EditDirectory.as_str(), None, true, &detail)]).await?;
        Ok(())
    }

    /// The entry as it stands, for somebody who may change it and saw its version `seen`.
    async fn changeable(&self, unit: &mut dyn Unit, actor: &Actor, id: Uuid, seen: i64) -> Result<Listed> {
        lock(unit).await?;
        let listed = self.listed(unit, id).await?.ok_or(Error::Absent)?;
        if !actor.may().has(Action::EditDirectory) && listed.owner != Some(actor.person().0) {
            return Err(Error::Absent);
        }
        if listed.version != seen {
            return Err(Error::Conflict { current: listed.version });
        }
        Ok(listed)
    }

    /// The colleague of an e-mail address, who must be able to read the directory.
    async fn colleague_who_reads(&self, unit: &mut dyn Unit, email: &str) -> Result<Uuid> {
        let nobody = || {
            Error::invalid(
                "email",
                "No colleague who reads the directory has this address. Check it, or leave it empty",
            )
        };
        let person = unit.person_by_email(email).await?.ok_or_else(nobody)?;
        let account = unit.account(person.id, self.today()).await?.ok_or_else(nobody)?;
        let roles = account.roles.iter().filter_map(|grant| Role::parse(&grant.role));
        let held: Vec<Appointment> = roles.map(|role| Appointment { role, team: None }).collect();
        let mut who = Who::new(PersonId(person.id), held);
        who.disabled = account.person.disabled_at.is_some();
        let purpose = Purpose::usual(who.roles());
        let may = self.house.engine.may(&who, purpose, Target::Authority);
        if may.has(Action::ViewDirectory) { Ok(person.id) } else { Err(nobody()) }
    }

    async fn add_one(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        listed: &Listed,
        event: ListingEvent,
    ) -> Result<()> {
        self.add_entries(unit, listed.id, listed.last, Some(actor.person().0), &[(None, event)]).await
    }

    /// Changes what an entry says.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] for what was entered; [`Error::Conflict`] when somebody changed
    /// it first.
    pub async fn change_listing(&self, actor: &Actor, id: Uuid, seen: i64, new: &NewListing) -> Result<()> {
        actor.require(Action::ViewDirectory)?;
        let mut unit = self.house.store.write().await?;
        let listed = self.changeable(&mut *unit, actor, id, seen).await?;
        let listing = Box::new(self.read_listing(new, &listed.listing)?);
        let event = ListingEvent::ListingWritten { listing, run: None, undoes: None };
        self.add_one(&mut *unit, actor, &listed, event).await?;
        self.note_listing(&mut *unit, actor, id, "changed").await?;
        unit.commit().await?;
        Ok(())
    }

    /// Says that an entry is right as it stands.
    ///
    /// # Errors
    /// As [`Casework::change_listing`].
    pub async fn check_listing(&self, actor: &Actor, id: Uuid, seen: i64) -> Result<()> {
        actor.require(Action::ViewDirectory)?;
        let mut unit = self.house.store.write().await?;
        let listed = self.changeable(&mut *unit, actor, id, seen).await?;
        let event = ListingEvent::ListingChecked { on: self.today() };
        self.add_one(&mut *unit, actor, &listed, event).await?;
        self.note_listing(&mut *unit, actor, id, "checked").await?;
        unit.commit().await?;
        Ok(())
    }

    /// Gives an entry to a colleague, by their e-mail address; an empty one gives it to nobody.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to keep the directory; [`Error::Invalid`] when nobody here has that address.
    pub async fn give_listing(&self, actor: &Actor, id: Uuid, seen: i64, email: &str) -> Result<()> {
        actor.require(Action::EditDirectory)?;
        let mut unit = self.house.store.write().await?;
        let listed = self.changeable(&mut *unit, actor, id, seen).await?;
        let person = match email.trim() {
            "" => None,
            email => Some(self.colleague_who_reads(&mut *unit, email).await?),
        };
        let event = ListingEvent::ListingOwned { person };
        self.add_one(&mut *unit, actor, &listed, event).await?;
        self.note_listing(&mut *unit, actor, id, "given").await?;
        unit.commit().await?;
        Ok(())
    }

    /// Takes an entry out of the directory. It stays in its history.
    ///
    /// # Errors
    /// As [`Casework::change_listing`]; only for those who keep the directory.
    pub async fn end_listing(&self, actor: &Actor, id: Uuid, seen: i64, why: &str) -> Result<()> {
        actor.require(Action::EditDirectory)?;
        let why = text("why", why, LONGEST_TEXT, "Say why it is taken out")?;
        let mut unit = self.house.store.write().await?;
        let listed = self.changeable(&mut *unit, actor, id, seen).await?;
        let event = ListingEvent::ListingEnded { why, undoes: None };
        self.add_one(&mut *unit, actor, &listed, event).await?;
        self.note_listing(&mut *unit, actor, id, "taken_out").await?;
        unit.commit().await?;
        Ok(())
    }
}

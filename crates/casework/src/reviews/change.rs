//! What changes about a review before its day: who else is asked, the day and place, and what the child wants for it.

use jiff::civil::Date;
use kinfold_access::{Action, CircleRole, Code};
use kinfold_record::{ChildId, Event, Sensitivity};
use smol_str::SmolStr;

use super::act::{facts_of, facts_read};
use super::call::{Invitee, MovedTo, Wishes};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::record::NewEntry;

impl Casework {
    /// Asks somebody who is not in the circle, or was left out before: an independent agency, a friend the child wants there.
    ///
    /// # Errors
    /// [`Error::Absent`] unless this person is the child's reviewing officer and the review is ahead; [`Error::Invalid`]
    /// without a name.
    pub async fn invite_to_review(
        &self,
        actor: &Actor,
        child: ChildId,
        occasion: &str,
        role: &str,
        name: &str,
        due: Date,
    ) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ConductReview).await?;
        let facts = facts_of(&mut *unit, child).await?;
        let review = facts.review(occasion).filter(|r| r.is_ahead()).ok_or(Error::Absent)?;
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 120 {
            return Err(Error::invalid(
                "name",
                "Enter the name of the person you are asking, in 120 characters or fewer",
            ));
        }
        if <CircleRole as Code>::parse(role).is_none() || due < self.today() {
            return Err(Error::invalid("due", "The day must be today or later"));
        }
        let invitee = Invitee { member: None, role: role.into(), person: None, name: Some(name.to_owned()) };
        let occasion = review.occasion.clone();
        let n = review.parts.len();
        let entry = self.invite(&mut *unit, actor, &looked, (&occasion, n), &invitee, due).await?;
        self.append(&mut *unit, actor, &looked, vec![entry]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Moves a review that is ahead to another day or place, with why.
    ///
    /// # Errors
    /// As [`Casework::call_review`]; [`Error::Conflict`] when the record has changed since `seen`.
    pub async fn move_review(
        &self,
        actor: &Actor,
        child: ChildId,
        occasion: &str,
        seen: i64,
        to: &MovedTo,
        why: &str,
    ) -> Result<()> {
        let occasion = SmolStr::new(occasion);
        let event = Event::ReviewMoved {
            occasion: occasion.clone(),
            on: to.on,
            time: to.time.clone(),
            place: to.place.clone(),
            detail: to.detail.clone(),
            by_child: to.by_child,
            child_chairs: to.child_chairs,
            text: Some(why.to_owned()).filter(|w| !w.trim().is_empty()),
        };
        if to.on < self.today() {
            return Err(Error::invalid("on", "The day of the review must be today or later"));
        }
        self.change_review(actor, child, &occasion, seen, event).await
    }

    /// Calls a review off, with why. What came in for it stays.
    ///
    /// # Errors
    /// As [`Casework::move_review`].
    pub async fn call_off_review(
        &self,
        actor: &Actor,
        child: ChildId,
        occasion: &str,
        seen: i64,
        why: &str,
    ) -> Result<()> {
        if why.trim().is_empty() {
            return Err(Error::invalid(
                "why",
                "Say why the review is called off: everybody who was asked is owed the reason",
            ));
        }
        let occasion = SmolStr::new(occasion);
        let event = Event::ReviewCalledOff { occasion: occasion.clone(), text: why.to_owned() };
        self.change_review(actor, child, &occasion, seen, event).await
    }

    async fn change_review(
        &self,
        actor: &Actor,
        child: ChildId,
        occasion: &str,
        seen: i64,
        event: Event,
    ) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ConductReview).await?;
        let facts = facts_of(&mut *unit, child).await?;
        facts.review(occasion).filter(|r| r.is_ahead()).ok_or(Error::Absent)?;
        if looked.handle.version != seen {
            return Err(Error::Conflict { current: looked.handle.version });
        }
        self.append(&mut *unit, actor, &looked, vec![NewEntry::on(self.today(), event)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// What the child wants for a review: said by the child, or written down by whoever records care for them.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, or when no such review is ahead; [`Error::Invalid`] when nothing is said.
    pub async fn wish_for_review(
        &self,
        actor: &Actor,
        child: ChildId,
        occasion: &str,
        wishes: &Wishes,
    ) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ViewChild).await?;
        let own = looked.handle.relations.circle.has(CircleRole::YoungPerson);
        if !own && !looked.handle.may.has(Action::RecordCare) {
            drop(unit);
            return self.refused(actor, child, Action::RecordCare).await;
        }
        let facts = facts_read(&mut *unit, &looked).await?;
        let review = facts.review(occasion).filter(|r| r.is_ahead()).ok_or(Error::Absent)?;
        let said = |text: &Option<String>| text.clone().filter(|t| !t.trim().is_empty());
        let occasion = review.occasion.clone();
        let open = Event::ReviewWishes {
            occasion: occasion.clone(),
            place: said(&wishes.place),
            people: None,
            topics: said(&wishes.topics),
            not_topics: None,
            chairs: wishes.chairs,
        };
        // Whom a child does not want there is not for everybody who is: an entry of its own.
        let closed = Event::ReviewWishes {
            occasion,
            place: None,
            people: said(&wishes.people),
            topics: None,
            not_topics: said(&wishes.not_topics),
            chairs: None,
        };
        let mut new = Vec::new();
        if said(&wishes.place).is_some() || said(&wishes.topics).is_some() || wishes.chairs.is_some() {
            new.push(NewEntry::on(self.today(), open));
        }
        if said(&wishes.people).is_some() || said(&wishes.not_topics).is_some() {
            let entry = NewEntry::on(self.today(), closed);
            new.push(NewEntry { sensitivity: Some(Sensitivity::ThirdParty), ..entry });
        }
        if new.is_empty() {
            return Err(Error::invalid("", "Write at least one thing that the child wants for the review"));
        }
        self.append(&mut *unit, actor, &looked, new).await?;
        unit.commit().await?;
        Ok(())
    }
}

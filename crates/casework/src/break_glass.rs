//! Breaking the glass: opening a record in an emergency without a place in its circle. It takes a reason and the
//! password again, is told to every safeguarding lead at once, ends by itself, and is reviewed by somebody else.

mod review;

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use kinfold_access::{Action, Code, Relation, Relations, Role, Target};
use kinfold_record::ChildId;
use kinfold_store::{BreakGlassRow, NoticeRow, SignInAttemptRow, Unit};
use serde_json::json;
use uuid::Uuid;

pub use review::{OpeningLine, Openings, Outcome, Review};

use crate::actor::Actor;
pub use crate::actor::Opening;
use crate::error::{Error, FieldProblem, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::token_hash;

/// How long an opening lasts: a night on call, and not the day after.
pub const LASTS: SignedDuration = SignedDuration::from_hours(4);
/// A reason is a sentence: at least this many characters, at most that many.
pub const REASON: std::ops::RangeInclusive<usize> = 20..=2000;
/// Numbers that opened nothing before a person must wait, and how long they count: numbers can be guessed.
const TRIES: i64 = 5;
const WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// What asking to open a record came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// It is open until then.
    Until(ChildId, Timestamp),
    /// The person could open it anyway: no emergency was recorded.
    Already(ChildId),
}

impl Casework {
    /// Whether this person could open any record at all in an emergency: without it there is no such page.
    pub fn may_break_glass(&self, actor: &Actor) -> bool {
        let who = &actor.snapshot.who;
        let relations = Relations::NONE.with(Relation::SameAuthority);
        who.works_here()
            && [Target::child(relations), Target::restricted_child(relations)]
                .into_iter()
                .any(|target| self.house.engine.may(who, actor.purpose(), target).has(Action::BreakGlass))
    }

    /// The page that asks for the number and the reason.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody who may open no record in an emergency.
    pub async fn emergency_form(&self, actor: &Actor) -> Result<()> {
        let may = self.may_break_glass(actor);
        let line = actor.line("break_glass", None, may, &json!({"page": "form"}));
        self.house.pen.write(vec![line]).await?;
        if may { Ok(()) } else { Err(Error::Absent) }
    }

    /// Opens the record with this number for [`LASTS`]. The password is asked for unless it was given lately. A number
    /// nobody has and one this person may not open get the same answer.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody who may open no record so; [`Error::Invalid`] with a missing number, too short a
    /// reason, a wrong password or a number that opens nothing; [`Error::TooMany`] after five of those.
    pub async fn break_glass(
        &self,
        actor: &Actor,
        reference: &str,
        reason: &str,
        password: &str,
    ) -> Result<Opened> {
        if !self.may_break_glass(actor) {
            return self.emergency_form(actor).await.and(Err(Error::Absent));
        }
        let (reference, reason) = (reference.trim(), reason.trim());
        check_words(reference, reason)?;
        if !actor.is_fresh() {
            self.reauthenticate(actor, password).await?;
        }
        let (now, me) = (self.now(), actor.person().0);
        let mut unit = self.house.store.write().await?;
        let attempts = token_hash(&format!("break_glass:{me}")).to_vec();
        if unit.failed_attempts(&attempts, now - WINDOW).await? >= TRIES {
            return Err(Error::TooMany { minutes: WINDOW.as_mins() });
        }
        let row = match unit.child_by_reference(reference).await? {
            Some(row) => Some(row),
            None => unit.child_by_reference(&reference.to_uppercase()).await?,
        };
        let looked = match &row {
            Some(row) => Some(self.look(&mut *unit, actor, ChildId(row.id)).await?),
            None => None,
        };
        let looked =
            looked.filter(|l| l.handle.may.has(Action::BreakGlass) || l.handle.may.has(Action::ViewChild));
        let ok = looked.is_some();
        unit.record_attempt(&SignInAttemptRow { id: self.new_id(), email_hash: attempts, at: now, ok })
            .await?;
        let Some(looked) = looked else {
            let line = actor.line("break_glass", row.map(|r| r.id), false, &json!({}));
            log(&mut *unit, vec![line]).await?;
            unit.commit().await?;
            return Err(Error::invalid(
                "reference",
                "Nothing was opened. Check the number: either there is no such record, or it cannot be opened in this way. \
                 Ring the safeguarding lead if a child is in danger now.",
            ));
        };
        let child = looked.handle.id();
        if looked.handle.may.has(Action::ViewChild) {
            unit.commit().await?;
            return Ok(Opened::Already(child));
        }
        let opening = BreakGlassRow {
            id: self.new_id(),
            person: me,
            child: child.0,
            reason: reason.to_owned(),
            from_at: now,
            until_at: now + LASTS,
            reviewed_by: None,
            reviewed_at: None,
            outcome: None,
        };
        unit.insert_break_glass(&opening).await?;
        self.tell_leads(&mut *unit).await?;
        let line = actor.line(
            "break_glass",
            Some(child.0),
            true,
            &json!({"opening": opening.id, "until": opening.until_at}),
        );
        log(&mut *unit, vec![line]).await?;
        unit.commit().await?;
        Ok(Opened::Until(child, opening.until_at))
    }

    /// A notice in the product and work for the outbox, to every safeguarding lead.
    async fn tell_leads(&self, unit: &mut dyn Unit) -> Result<()> {
        let mut leads: Vec<Uuid> = unit
            .grants_on(self.today())
            .await?
            .into_iter()
            .filter(|grant| Role::parse(&grant.role) == Some(Role::SafeguardingLead))
            .map(|grant| grant.person)
            .collect();
        leads.sort_unstable();
        leads.dedup();
        let notices: Vec<NoticeRow> = leads
            .into_iter()
            .map(|lead| {
                self.notice(
                    lead,
                    "A record was opened in an emergency. It waits for review.",
                    "/audit/break-glass",
                )
            })
            .collect();
        self.give_notices(unit, &notices, &mut HashSet::new()).await
    }

    fn notice(&self, person: Uuid, text: &str, link: &str) -> NoticeRow {
        NoticeRow {
            id: self.new_id(),
            person,
            // By number on the review page only: a notice about a record is shown to those who may open it.
            child: None,
            kind: "break_glass".to_owned(),
            text: text.to_owned(),
            link: Some(link.to_owned()),
            created_at: self.now(),
            read_at: None,
        }
    }

    /// The person's own opening of this record, while it runs.
    ///
    /// # Errors
    /// [`Error::Absent`] when this person may not open the record, by an emergency or otherwise.
    pub async fn emergency_of(
        &self,
        actor: &Actor,
        child: ChildId,
    ) -> Result<(crate::ChildHandle, Option<Opening>)> {
        let mut unit = self.house.store.glance().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        drop(unit);
        let line = actor.line("view_child", Some(child.0), true, &json!({"page": "emergency"}));
        self.house.pen.write(vec![line]).await?;
        let opening = looked.handle.opening.clone();
        Ok((looked.handle, opening))
    }

    /// Ends one's own openings of a record before their time.
    ///
    /// # Errors
    /// [`Error::Absent`] when this person may not open the record.
    pub async fn close_emergency(&self, actor: &Actor, child: ChildId) -> Result<()> {
        let now = self.now();
        // A refusal is logged by the pen, which must not wait for a unit of ours.
        let mut unit = self.house.store.glance().await?;
        self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        drop(unit);
        let mut unit = self.house.store.write().await?;
        let running = unit.break_glass_of(actor.person().0, now).await?;
        let mut ended = Vec::new();
        for opening in running.iter().filter(|o| o.child == child.0) {
            unit.end_break_glass(opening.id, now).await?;
            ended.push(opening.id);
        }
        let line = actor.line("close_break_glass", Some(child.0), true, &json!({"openings": ended}));
        log(&mut *unit, vec![line]).await?;
        unit.commit().await?;
        Ok(())
    }
}

fn check_words(reference: &str, reason: &str) -> Result<()> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: &str| {
        problems.push(FieldProblem { field: field.to_owned(), message: message.to_owned() });
    };
    if reference.is_empty() {
        wrong("reference", "Enter the record’s number");
    } else if reference.chars().count() > 60 {
        wrong("reference", "A record’s number is short. Enter the number only");
    }
    if !REASON.contains(&reason.chars().count()) {
        wrong("reason", "Say in a sentence why you need it now: at least 20 characters, at most 2,000");
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_not_a_reason() {
        assert!(check_words("F10001", "urgent").is_err());
        assert!(check_words("", "The police have found her and ask who to ring.").is_err());
        assert!(check_words("F10001", "The police have found her and ask who to ring.").is_ok());
    }
}

//! Changing a round that is open: more people, a reminder, another last day, the end.

use jiff::civil::Date;
use kinfold_access::{Action, Code, Purpose};
use kinfold_store::Unit;
use serde_json::json;
use uuid::Uuid;

use super::desk::round_of;
use super::letters::{REMIND, letter};
use super::recipients::{MOST, Recipient};
use super::round::{Round, RoundEvent};
use crate::actor::{Actor, audit_line};
use crate::authority::{lock, room};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

impl Casework {
    /// Invites more people to a round that is open. Those who were invited before are passed over. Answers how many were.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] when the round is closed or nobody is left to invite.
    pub async fn widen_round(&self, actor: &Actor, id: Uuid, to: &[Recipient], key: &str) -> Result<usize> {
        actor.require(Action::RunSurveys)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if unit.kept_answer(key, me).await?.is_some() {
            return Ok(0);
        }
        let round = self.open_one(&mut *unit, id).await?;
        let mut known: Vec<String> = Vec::new();
        for row in unit.survey_invitations(id).await? {
            known.push(self.invited_to_survey(&row)?.email.to_lowercase());
        }
        let new: Vec<Recipient> =
            to.iter().filter(|r| !known.contains(&r.email.to_lowercase())).cloned().collect();
        if new.is_empty() {
            return Err(Error::invalid(
                "recipients",
                "Everybody here is invited already. Enter somebody else",
            ));
        }
        if known.len() + new.len() > MOST {
            return Err(Error::invalid(
                "recipients",
                format!("One round invites up to {MOST}. Open another for the rest"),
            ));
        }
        self.invite_to_round(&mut *unit, id, &new).await?;
        let invited = u32::try_from(new.len()).unwrap_or(u32::MAX);
        let event = RoundEvent::RoundWidened { invited };
        self.add_entries(&mut *unit, id, round.version, Some(me), &[(None, event)]).await?;
        unit.keep_answer(key, me, self.now(), "done").await?;
        let detail = json!({"round": id, "what": "widened", "invited": invited});
        log(&mut *unit, vec![actor.line(Action::RunSurveys.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(new.len())
    }

    async fn open_one(&self, unit: &mut dyn Unit, id: Uuid) -> Result<Round> {
        let round = round_of(unit, id).await?;
        if !round.is_open(self.today()) {
            return Err(Error::invalid("", "This round is closed: nothing about it changes any more."));
        }
        Ok(round)
    }

    /// Sends the link again to those who have not answered. Twice on one day does it once.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] when the round is closed.
    pub async fn remind_round(&self, actor: &Actor, id: Uuid) -> Result<()> {
        actor.require(Action::RunSurveys)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let round = self.open_one(&mut *unit, id).await?;
        if round.reminded_on.last() == Some(&self.today()) {
            return Ok(());
        }
        self.remind(&mut *unit, &round, Some(actor.person().0)).await?;
        let detail = json!({"round": id, "what": "reminded"});
        log(&mut *unit, vec![actor.line(Action::RunSurveys.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Queues a letter to everybody: those who have answered by then get none, and nothing tells which those are.
    async fn remind(&self, unit: &mut dyn Unit, round: &Round, by: Option<Uuid>) -> Result<()> {
        let now = self.now();
        let invited = unit.survey_invitations(round.id).await?;
        let letters: Vec<_> = invited.iter().map(|row| letter(self.new_id(), REMIND, row.id, now)).collect();
        unit.enqueue(&letters).await?;
        let event = RoundEvent::RoundReminded { on: self.today() };
        self.add_entries(unit, round.id, round.version, by, &[(None, event)]).await
    }

    /// Reminds of every round that ends within a week, once. Running it again reminds nobody twice. Answers how many rounds.
    pub(crate) async fn remind_of_surveys(&self) -> Result<usize> {
        let today = self.today();
        let mut unit = self.house.store.glance().await?;
        let found = room::<RoundEvent>(&mut *unit).await?;
        drop(unit);
        let due = found
            .iter()
            .filter_map(|(id, entries)| Round::of(*id, entries))
            .filter(|r| r.reminds_itself(today));
        let mut reminded = 0;
        for id in due.map(|round| round.id).collect::<Vec<_>>() {
            let mut unit = self.house.store.write().await?;
            lock(&mut *unit).await?;
            // Read again: another process may have done it meanwhile.
            let round = round_of(&mut *unit, id).await?;
            if !round.reminds_itself(today) {
                continue;
            }
            self.remind(&mut *unit, &round, None).await?;
            let detail = json!({"round": id, "what": "reminded"});
            let purpose = Purpose::Management;
            log(
                &mut *unit,
                vec![audit_line(self.now(), None, None, "remind_survey", None, purpose, true, &detail)],
            )
            .await?;
            unit.commit().await?;
            reminded += 1;
        }
        Ok(reminded)
    }

    /// Moves the last day of a round that is open.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] for the day, or when the round is closed.
    pub async fn move_round(&self, actor: &Actor, id: Uuid, closes_on: Option<Date>) -> Result<()> {
        actor.require(Action::RunSurveys)?;
        let closes_on = self.last_day(closes_on)?;
        self.change_round(actor, id, RoundEvent::RoundMoved { closes_on }, "moved").await
    }

    /// Closes a round: from now on nobody answers, and what it came to can be read.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] when it is closed already.
    pub async fn close_round(&self, actor: &Actor, id: Uuid) -> Result<()> {
        actor.require(Action::RunSurveys)?;
        let on = self.today();
        self.change_round(actor, id, RoundEvent::RoundClosed { on }, "closed").await
    }

    async fn change_round(&self, actor: &Actor, id: Uuid, event: RoundEvent, what: &str) -> Result<()> {
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let round = self.open_one(&mut *unit, id).await?;
        self.add_entries(&mut *unit, id, round.version, Some(actor.person().0), &[(None, event)]).await?;
        let detail = json!({"round": id, "what": what});
        log(&mut *unit, vec![actor.line(Action::RunSurveys.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }
}

//! Minutes: what was said about each item, and what was decided. A decision is at once a recommendation of an action plan,
//! so that it is followed like every other.

use kinfold_access::{Action, Code};
use serde_json::json;
use uuid::Uuid;

use super::change::Meant;
use super::meeting::MeetingEvent;
use super::read::meeting;
use crate::actor::Actor;
use crate::authority::entry::lock;
use crate::authority::plan_change::{NewRecommendation, numbered};
use crate::authority::plans::plan;
use crate::authority::{LONGEST_TEXT, text};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// A decision to be written down.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decision {
    /// The plan it goes into.
    pub plan: Uuid,
    /// What is to be done, by whom and when.
    pub action: NewRecommendation,
}

impl Casework {
    /// Writes down what was said about an item. `seen` is the version that the person had before them.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to run the panel; [`Error::Invalid`] when it is empty or too long, the meeting
    /// is still to come, or its minutes are agreed; [`Error::Conflict`] when somebody else wrote it since `seen`.
    pub async fn write_minute(
        &self,
        actor: &Actor,
        (id, item): (Uuid, Uuid),
        seen: i64,
        words: &str,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::RunPanel)?;
        let words = text("text", words, LONGEST_TEXT, "Enter what was said")?;
        let today = self.today();
        self.in_meeting(actor, id, key, |of| {
            let found = of.item(item).ok_or(Error::Absent)?;
            if of.on > today {
                return Err(Error::invalid(
                    "text",
                    "The meeting is still to come. Its minutes are written once it was",
                ));
            }
            if found.minute.as_ref().is_some_and(|minute| minute.written.version > seen) {
                return Err(Error::Conflict { current: of.version });
            }
            Ok(Meant::one(Some(item), MeetingEvent::Minuted { text: words }))
        })
        .await
    }

    /// Writes down a decision and puts it into an action plan, with who leads on it and by when. Answers the
    /// recommendation.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to; [`Error::Invalid`] when something is missing or too long, or the minutes are
    /// agreed.
    pub async fn decide_at_panel(
        &self,
        actor: &Actor,
        (id, item): (Uuid, Uuid),
        decision: &Decision,
        key: &str,
    ) -> Result<Uuid> {
        actor.require(Action::RunPanel)?;
        actor.require(Action::EditPlans)?;
        let new = &decision.action;
        if new.email.trim().is_empty() && new.post.trim().is_empty() {
            return Err(Error::invalid("email", "Say who does it: a colleague’s e-mail address, or a post"));
        }
        if new.target_on.is_none() && new.target.trim().is_empty() {
            return Err(Error::invalid("target_on", "Say by when it is to be done"));
        }
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        let (of, _) = meeting(&mut *unit, id).await?;
        let about = of.item(item).ok_or(Error::Absent)?;
        if let Some(kept) = unit.kept_answer(key, me).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer is no id".to_owned()));
        }
        if of.agreed.is_some() {
            return Err(Error::invalid("", "The minutes are agreed, so that nothing is added to them"));
        }
        let found = plan(&mut *unit, decision.plan).await.map_err(|error| match error {
            Error::Absent => Error::invalid("plan", "Choose an action plan from the list"),
            error => error,
        });
        let (plan, _) = found?;
        numbered(&plan, &new.number, None)?;
        let from = format!("Corporate parenting panel, {}: {}", of.on.strftime("%-d %B %Y"), about.title);
        let new = NewRecommendation { from: Some(from), ..new.clone() };
        let (events, lead) = self.begun(&mut *unit, &new).await?;
        let recommendation = events.first().and_then(|(item, _)| *item).ok_or(Error::Absent)?;
        self.add_entries(&mut *unit, plan.id, plan.version, Some(me), &events).await?;
        let words = new.text.trim().to_owned();
        let decided = MeetingEvent::Decided { text: words, plan: plan.id, recommendation };
        self.add_entries(&mut *unit, id, of.version, Some(me), &[(Some(item), decided)]).await?;
        let lead = lead.filter(|lead| *lead != me);
        self.tell_lead(&mut *unit, &plan, recommendation, new.number.trim(), lead).await?;
        unit.keep_answer(key, me, self.now(), &recommendation.to_string()).await?;
        let detail = json!({"meeting": id, "item": item, "plan": plan.id, "recommendation": recommendation});
        log(&mut *unit, vec![actor.line(Action::RunPanel.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(recommendation)
    }

    /// Agrees the minutes: nothing of the meeting changes any more.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to; [`Error::Invalid`] when there are no minutes, or nobody is said to have come.
    pub async fn agree_minutes(&self, actor: &Actor, id: Uuid, key: &str) -> Result<()> {
        actor.require(Action::RunPanel)?;
        let on = self.today();
        self.in_meeting(actor, id, key, |of| {
            if !of.has_minutes() {
                return Err(Error::invalid(
                    "",
                    "There are no minutes yet. Write down what was said about an item first",
                ));
            }
            if of.guests.iter().all(|guest| guest.presence.is_none()) {
                return Err(Error::invalid("", "Say who came, before the minutes are agreed"));
            }
            Ok(Meant::one(None, MeetingEvent::MinutesAgreed { on }))
        })
        .await
    }
}

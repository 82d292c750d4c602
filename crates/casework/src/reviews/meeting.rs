//! The meeting: each decision becomes an action somebody does by a day, at once; and how the review was held.

use jiff::ToSpan;
use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_record::{ChildId, Event};
use smol_str::{SmolStr, format_smolstr};

use super::act::{facts_of, may_answer};
use super::facts::ActionFact;
use crate::actor::Actor;
use crate::error::{Error, FieldProblem, Result};
use crate::house::Casework;
use crate::record::NewEntry;

/// How long ahead an action can be set, in days.
const FURTHEST: i32 = 366 * 2;

/// A decision, as an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// What will be done.
    pub text: String,
    /// Who does it: code of `action_owner`.
    pub owner: SmolStr,
    /// By name.
    pub person: Option<String>,
    /// By when.
    pub by: Date,
    /// Whether the child asked for it.
    pub child_asked: bool,
}

/// How a review was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    /// The day.
    pub on: Date,
    /// How the child took part: code of `review_participation`.
    pub participation: SmolStr,
    /// Whether the reviewing officer spoke with the child alone.
    pub alone: bool,
    /// Whether there was a meeting.
    pub meeting: bool,
    /// Whether it was adjourned.
    pub adjourned: bool,
}

impl Casework {
    /// Records a decision as an action. `key` makes a double submit decide once. Two people may decide at the same time:
    /// both decisions stand.
    ///
    /// # Errors
    /// [`Error::Absent`] unless this person is the child's reviewing officer and there is such a review;
    /// [`Error::Invalid`] for what was entered.
    pub async fn decide(
        &self,
        actor: &Actor,
        child: ChildId,
        occasion: &str,
        key: &str,
        decided: &Decided,
    ) -> Result<()> {
        let mut unit = self.house.store.write().await?;
        if unit.kept_answer(key, actor.person().0).await?.is_some() {
            return Ok(());
        }
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ConductReview).await?;
        let facts = facts_of(&mut *unit, child).await?;
        let review = facts.review(occasion).filter(|r| r.called_off.is_none()).ok_or(Error::Absent)?;
        self.check_day(decided.by)?;
        if decided.text.trim().is_empty() {
            return Err(Error::invalid("text", "Write what will be done"));
        }
        let event = Event::ReviewAction {
            action: format_smolstr!("{}", self.new_id().simple()),
            text: decided.text.trim().to_owned(),
            owner: decided.owner.clone(),
            by: decided.by,
            occasion: Some(review.occasion.clone()),
            person: decided.person.clone().filter(|p| !p.trim().is_empty()),
            child_asked: Some(decided.child_asked),
        };
        self.append(&mut *unit, actor, &looked, vec![NewEntry::on(self.today(), event)]).await?;
        unit.keep_answer(key, actor.person().0, self.now(), "decided").await?;
        unit.commit().await?;
        Ok(())
    }

    fn check_day(&self, by: Date) -> Result<()> {
        let today = self.today();
        let latest = today.checked_add(FURTHEST.days()).unwrap_or(today);
        if by < today || by > latest {
            return Err(Error::invalid("by", "The day must be today or later, within two years"));
        }
        Ok(())
    }

    /// Gives an action another day or owner, with why. Only the reviewing officer does: a promise that whoever made it may
    /// put off is none.
    ///
    /// # Errors
    /// As [`Casework::decide`]; [`Error::Conflict`] when it was answered or moved meanwhile.
    #[expect(clippy::too_many_arguments, reason = "what a move is made of")]
    pub async fn move_action(
        &self,
        actor: &Actor,
        child: ChildId,
        action: &str,
        seen: usize,
        owner: &str,
        by: Date,
        why: &str,
    ) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ConductReview).await?;
        let facts = facts_of(&mut *unit, child).await?;
        let found = facts.actions.iter().find(|a| a.action == action).ok_or(Error::Absent)?;
        if found.answered.is_some() || found.moved != seen {
            return Err(Error::Conflict { current: looked.handle.version });
        }
        self.check_day(by)?;
        if why.trim().is_empty() {
            return Err(Error::invalid("why", "Say why it is put off or given to somebody else"));
        }
        let event = Event::ReviewActionMoved {
            action: found.action.clone(),
            owner: SmolStr::new(owner),
            by,
            text: why.trim().to_owned(),
            person: found.person.clone().filter(|_| found.owner == owner),
        };
        self.append(&mut *unit, actor, &looked, vec![NewEntry::on(self.today(), event)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// One action, for whoever may say what became of it.
    ///
    /// # Errors
    /// [`Error::Absent`] when it is not there, or not this person's to answer.
    pub async fn review_action(
        &self,
        actor: &Actor,
        child: ChildId,
        action: &str,
    ) -> Result<(super::page::ReviewsPage, ActionFact)> {
        let page = self.reviews_page(actor, child).await?;
        let found = page.facts.actions.iter().find(|a| a.action == action).cloned();
        match found.filter(|a| may_answer(actor, &page.handle, a)) {
            Some(found) => Ok((page, found)),
            None => self.refused(actor, child, Action::RecordCare).await,
        }
    }

    /// Says what became of an action: done, or with reasons why not.
    ///
    /// # Errors
    /// [`Error::Absent`] when it is not there, or not this person's to answer; [`Error::Conflict`] when somebody has
    /// answered it meanwhile: nothing is written.
    pub async fn answer_action(
        &self,
        actor: &Actor,
        child: ChildId,
        action: &str,
        outcome: &str,
        text: &str,
    ) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ViewChild).await?;
        let facts = facts_of(&mut *unit, child).await?;
        let found = facts.actions.iter().find(|a| a.action == action);
        let Some(found) = found.filter(|a| may_answer(actor, &looked.handle, a)) else {
            drop(unit);
            return self.refused(actor, child, Action::RecordCare).await;
        };
        if found.answered.is_some() {
            return Err(Error::Conflict { current: looked.handle.version });
        }
        let event = Event::ReviewActionAnswered {
            action: found.action.clone(),
            outcome: SmolStr::new(outcome),
            text: Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        };
        self.append(&mut *unit, actor, &looked, vec![NewEntry::on(self.today(), event)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Records that the review was held, with how the child took part: what the return counts, and from when the clocks of
    /// decisions, record and copies run.
    ///
    /// # Errors
    /// As [`Casework::decide`]; [`Error::Absent`] also when it was held already.
    pub async fn finish_review(
        &self,
        actor: &Actor,
        child: ChildId,
        occasion: &str,
        finish: &Finish,
    ) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ConductReview).await?;
        let facts = facts_of(&mut *unit, child).await?;
        let review = facts.review(occasion).filter(|r| r.is_ahead()).ok_or(Error::Absent)?;
        let mut problems = Vec::new();
        let mut wrong = |field: &str, words: &str| {
            problems.push(FieldProblem { field: field.to_owned(), message: words.to_owned() });
        };
        if finish.on > self.today() || finish.on < review.called_on {
            wrong("on", "The day must be today or earlier, and not before the review was called");
        }
        let four = looked.timeline.age_on(finish.on).is_some_and(|age| age >= 4);
        if four == (finish.participation == "PN0") {
            wrong(
                "participation",
                "“Under four” is for children under four, and the other answers for those who are four or older",
            );
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let decided: Vec<&str> = facts
            .actions
            .iter()
            .filter(|a| a.occasion.as_ref() == Some(&review.occasion))
            .map(|a| a.text.as_str())
            .collect();
        let event = Event::ReviewHeld {
            review: review.kind.clone(),
            participation: Some(finish.participation.clone()),
            meeting: Some(finish.meeting),
            chaired_by: Some(actor.person()),
            spoke_alone: Some(finish.alone),
            adjourned: Some(finish.adjourned),
            text: Some(decided.join("\n")).filter(|t| !t.is_empty()),
            occasion: Some(review.occasion.clone()),
        };
        self.append(&mut *unit, actor, &looked, vec![NewEntry::on(finish.on, event)]).await?;
        unit.commit().await?;
        Ok(())
    }
}

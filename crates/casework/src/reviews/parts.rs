//! Everybody's part of a review: what they answered to being asked, and what they handed in.

use kinfold_access::Action;
use kinfold_record::{ChildId, Event, Timeline};
use kinfold_store::{FormStanding, Unit};
use smol_str::{SmolStr, format_smolstr};
use uuid::Uuid;

use super::act::{facts_of, facts_read};
use super::facts::Part;
use crate::actor::Actor;
use crate::child::ChildHandle;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::record::NewEntry;

/// The part of a review that a form was started for.
pub(crate) async fn part_of_form(
    unit: &mut dyn Unit,
    child: ChildId,
    form: &SmolStr,
) -> Result<Option<Part>> {
    let facts = facts_of(unit, child).await?;
    Ok(facts.reviews.into_iter().flat_map(|r| r.parts).find(|p| p.form.as_ref() == Some(form)))
}

impl Casework {
    /// What handing in a form means for a review: nothing, unless it was asked for by one that was called. The record of
    /// a review is the part of its reviewing officer.
    pub(crate) async fn part_came(
        &self,
        unit: &mut dyn Unit,
        child: ChildId,
        form: Uuid,
        document: Uuid,
    ) -> Result<Vec<NewEntry>> {
        let facts = facts_of(unit, child).await?;
        let form = format_smolstr!("{form}");
        let found = facts
            .reviews
            .iter()
            .find_map(|r| Some((r, r.parts.iter().find(|p| p.form.as_ref() == Some(&form))?)));
        let Some((review, part)) = found.filter(|(_, part)| part.came.is_none()) else {
            return Ok(Vec::new());
        };
        let today = self.today();
        let mut new = vec![NewEntry::on(
            today,
            Event::ReviewPartIn {
                occasion: review.occasion.clone(),
                part: part.part.clone(),
                document: Some(format_smolstr!("{document}")),
                way: Some("in_writing".into()),
            },
        )];
        if part.is_record() {
            new.push(NewEntry::on(today, Event::ReviewOutput { output: "record".into() }));
        }
        Ok(new)
    }

    /// Whether a form is the part of a review that was asked of somebody else. Two people may hold the same place, such as
    /// two carers of one home: each part opens to the one it was asked of and to whoever leads the review. With `circle`,
    /// when that person has left the circle, it opens to whoever holds the place now.
    pub(crate) async fn asked_of_another(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        handle: &ChildHandle,
        circle: Option<&Timeline>,
        form: Uuid,
        kind: &str,
    ) -> Result<bool> {
        if !kind.starts_with("review.") || handle.may.has(Action::ConductReview) {
            return Ok(false);
        }
        let facts = facts_of(unit, handle.id()).await?;
        let form = format_smolstr!("{form}");
        let part = facts.reviews.iter().flat_map(|r| &r.parts).find(|p| p.form.as_ref() == Some(&form));
        let Some(asked) = part.and_then(|p| p.person).filter(|person| *person != actor.person()) else {
            return Ok(false);
        };
        let today = self.today();
        Ok(circle.is_none_or(|timeline| timeline.circle_on(today).any(|m| m.person == Some(asked))))
    }

    /// Says what somebody answered to being asked: themselves, or whoever leads the review for them.
    ///
    /// # Errors
    /// [`Error::Absent`] when the part is not this person's to answer for.
    pub async fn answer_invitation(
        &self,
        actor: &Actor,
        child: ChildId,
        occasion: &str,
        part: &str,
        answer: &str,
        text: Option<String>,
    ) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ViewChild).await?;
        let facts = facts_read(&mut *unit, &looked).await?;
        let review = facts.review(occasion).filter(|r| r.is_ahead());
        let Some((review, part)) = review.and_then(|r| Some((r, r.part(part)?))) else {
            return Err(Error::Absent);
        };
        if part.person != Some(actor.person()) && !looked.handle.may.has(Action::ConductReview) {
            drop(unit);
            return self.refused(actor, child, Action::ConductReview).await;
        }
        let event = Event::ReviewAnswered {
            occasion: review.occasion.clone(),
            part: part.part.clone(),
            answer: SmolStr::new(answer),
            text: text.filter(|t| !t.trim().is_empty()),
        };
        self.append(&mut *unit, actor, &looked, vec![NewEntry::on(self.today(), event)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Files every part that came back from outside: it becomes a document, and cannot be changed any more. Answers how
    /// many were filed. One that is not whole stays open, for whoever leads the review to look at.
    ///
    /// # Errors
    /// [`Error::Absent`] unless this person is the child's reviewing officer and there is such a review.
    pub async fn file_parts(&self, actor: &Actor, child: ChildId, occasion: &str) -> Result<usize> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ConductReview).await?;
        let facts = facts_read(&mut *unit, &looked).await?;
        let review = facts.review(occasion).ok_or(Error::Absent)?;
        let mut back = Vec::new();
        for part in review.parts.iter().filter(|p| p.came.is_none() && !p.is_record()) {
            let Some(id) = part.form.as_ref().and_then(|f| f.parse::<Uuid>().ok()) else { continue };
            let Some(form) = unit.form(id).await?.filter(|f| f.state == FormStanding::Open) else { continue };
            if unit.form_links(id).await?.iter().any(|l| l.used_at.is_some()) {
                back.push((id, form.version));
            }
        }
        drop(unit);
        let mut filed = 0;
        for (form, version) in back {
            match self.submit_form(actor, child, form, version, &format!("file-{form}")).await {
                Ok(_) => filed += 1,
                Err(Error::Invalid(_) | Error::Conflict { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filed)
    }
}

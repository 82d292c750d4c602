//! A round for an invented council, so that its pages show what they are for.

use jiff::civil::Date;
use kinfold_forms::Answers;
use uuid::Uuid;

use super::answers::Answered;
use super::recipients::Recipient;
use super::round::RoundEvent;
use crate::authority::lock;
use crate::error::{Error, Result};
use crate::house::Casework;

impl Casework {
    /// Adds a round as if it had been opened on a day: the first of those invited have answered. Only for invented councils.
    ///
    /// # Errors
    /// [`Error::Absent`] in a council that is not invented, or when there is no such survey; [`Error::Invalid`] when an answer
    /// is none.
    pub async fn invent_round(
        &self,
        by: Uuid,
        survey: &str,
        title: &str,
        (opened_on, closes_on): (Date, Date),
        to: &[Recipient],
        answers: &[Answers],
    ) -> Result<Uuid> {
        if !self.settings().demo || answers.len() > to.len() {
            return Err(Error::Absent);
        }
        let book = self.book();
        let survey = book.guidance.surveys.on(survey, self.today()).cloned().ok_or(Error::Absent)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let id = self.new_id();
        let given: Result<Vec<Answers>> =
            answers.iter().map(|one| self.asked_and_right(&survey, one)).collect();
        let given = given?.into_iter().map(|answers| Answered::new(None, answers)).collect();
        let invited = u32::try_from(to.len()).unwrap_or(u32::MAX);
        let survey = Box::new(survey);
        let opened =
            RoundEvent::RoundOpened { survey, title: title.to_owned(), opened_on, closes_on, invited };
        self.add_entries(&mut *unit, id, 0, Some(by), &[(None, opened)]).await?;
        self.invite_to_round(&mut *unit, id, to).await?;
        self.put_in_box(&mut *unit, id, given).await?;
        let rows = unit.survey_invitations(id).await?;
        for row in rows.iter().take(answers.len()) {
            unit.use_survey_invitation(id, row.id).await?;
        }
        unit.commit().await?;
        Ok(id)
    }
}

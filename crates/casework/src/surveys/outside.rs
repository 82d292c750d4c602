//! A survey as somebody answers it who has no account: by the link they were sent, which works once. Nothing is kept before
//! they send their answers.

use jiff::civil::Date;
use kinfold_access::Purpose;
use kinfold_forms::{Answers, Facts, Severity, Sheet};
use kinfold_guidance::Survey;
use kinfold_store::SurveyInvitationRow;
use serde_json::json;

use super::answers::Answered;
use super::round::{Round, RoundEvent};
use crate::actor::audit_line;
use crate::authority::{entries, lock};
use crate::error::{Error, Result};
use crate::forms::use_allowed;
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::{same, token_hash};

/// What a link opens.
#[derive(Debug, Clone)]
pub enum SurveyOpened {
    /// The questions.
    Open {
        /// What is asked.
        survey: Box<Survey>,
        /// The last day.
        closes_on: Date,
    },
    /// It has been answered with this link.
    Used,
    /// Its last day has passed, or whoever runs it closed it.
    Closed,
}

/// What came of sending answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurveyAnswered {
    /// They are kept.
    Thanks,
    /// Somebody sent answers with this link before. These are not kept.
    Used,
    /// Too late: these are not kept.
    Closed,
}

impl Casework {
    async fn by_survey_link(&self, token: &str) -> Result<SurveyInvitationRow> {
        let hash = token_hash(token);
        let mut unit = self.house.store.glance().await?;
        let found = unit.survey_invitation_by_token(&hash).await?;
        let row = found.filter(|row| same(&row.token_hash, &hash)).ok_or(Error::Absent)?;
        if !use_allowed(row.id, self.now()) {
            return Err(Error::TooMany { minutes: 10 });
        }
        Ok(row)
    }

    /// What a link opens. That it was opened is written down nowhere: a time beside a link would be half of a join.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such link; [`Error::TooMany`] when it is used too often.
    pub async fn survey_outside(&self, token: &str) -> Result<SurveyOpened> {
        let row = self.by_survey_link(token).await?;
        if row.used {
            return Ok(SurveyOpened::Used);
        }
        let mut unit = self.house.store.glance().await?;
        let round = Round::of(row.round, &entries::<RoundEvent>(&mut *unit, row.round).await?);
        let round = round.ok_or(Error::Absent)?;
        if !round.is_open(self.today()) {
            return Ok(SurveyOpened::Closed);
        }
        Ok(SurveyOpened::Open { survey: Box::new(round.survey), closes_on: round.closes_on })
    }

    /// Keeps answers, and marks the link as used, in one transaction and without a key between the two.
    ///
    /// # Errors
    /// As [`Casework::survey_outside`]; [`Error::Invalid`] when something is missing or wrong.
    pub async fn answer_survey(&self, token: &str, answers: &Answers) -> Result<SurveyAnswered> {
        let row = self.by_survey_link(token).await?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        // Read again: the same link may have been used while this one waited.
        let row = unit.survey_invitation(row.id).await?.ok_or(Error::Absent)?;
        if row.used {
            return Ok(SurveyAnswered::Used);
        }
        let round = Round::of(row.round, &entries::<RoundEvent>(&mut *unit, row.round).await?);
        let round = round.ok_or(Error::Absent)?;
        if !round.is_open(self.today()) {
            return Ok(SurveyAnswered::Closed);
        }
        let answers = self.asked_and_right(&round.survey, answers)?;
        let by = if round.survey.anonymous { None } else { Some(self.invited_to_survey(&row)?.name) };
        self.put_in_box(&mut *unit, round.id, vec![Answered::new(by, answers)]).await?;
        unit.use_survey_invitation(round.id, row.id).await?;
        // The log tells that the round was answered, and by nobody in particular.
        let detail = json!({"round": round.id});
        let line =
            audit_line(self.now(), None, None, "answer_survey", None, Purpose::Management, true, &detail);
        log(&mut *unit, vec![line]).await?;
        unit.commit().await?;
        Ok(SurveyAnswered::Thanks)
    }

    /// The answers to what is asked and nothing else, once nothing is wrong with them.
    pub(super) fn asked_and_right(&self, survey: &Survey, answers: &Answers) -> Result<Answers> {
        let (form, facts, book) = (survey.as_form(), Facts::on(self.today()), self.book());
        let sheet = Sheet::new(&form, answers, &facts, &book.guidance.codes);
        let wrong = sheet.check_all().into_iter().find(|problem| problem.severity == Severity::Error);
        if let Some(problem) = wrong {
            return Err(Error::invalid(&problem.key.question, problem.message));
        }
        let mut kept = Answers::default();
        for (_, key, _) in sheet.asked() {
            if let Some(answer) = sheet.answer(&key).filter(|answer| !answer.is_empty()) {
                kept.set(key.clone(), Some(answer.clone()));
            }
        }
        Ok(kept)
    }
}

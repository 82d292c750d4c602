//! What was written freely in a survey: shown only once the round is closed, enough people wrote something, and somebody
//! who runs surveys has looked whether anybody could be known from it.

use kinfold_access::{Action, Code};
use kinfold_forms::{Answer, Key};
use kinfold_guidance::form::Kind;
use kinfold_store::Unit;
use serde_json::json;
use uuid::Uuid;

use super::desk::round_of;
use super::results::{Counted, results};
use super::round::{Round, RoundEvent};
use crate::actor::Actor;
use crate::authority::{LONGEST_TEXT, lock};
use crate::error::{Error, Result};
use crate::forms::from_hex;
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::hex;

/// What there is to look through.
#[derive(Debug, Clone, PartialEq)]
pub struct TextsPage {
    /// The round.
    pub round: Round,
    /// The question.
    pub question: String,
    /// What was asked.
    pub label: String,
    /// What was written, in no order.
    pub texts: Vec<String>,
    /// Whether somebody looked through it already.
    pub looked: bool,
}

/// What becomes of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleared {
    /// The words that may be read.
    pub text: String,
    /// Whether it is left out altogether.
    pub leave_out: bool,
}

fn context(round: Uuid, question: &str) -> String {
    format!("survey_texts:{round}:{question}")
}

impl Casework {
    /// What was written freely in answer to a question, for whoever looks through it.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to run surveys, while the round is open, or when too few wrote something.
    pub async fn survey_texts(&self, actor: &Actor, id: Uuid, question: &str) -> Result<TextsPage> {
        actor.require(Action::RunSurveys)?;
        let mut unit = self.house.store.read().await?;
        let (round, label, texts) = self.written_texts(&mut *unit, id, question).await?;
        drop(unit);
        let looked = round.cleared.iter().any(|(of, ..)| of == question);
        let detail = json!({"round": id, "what": "texts", "rows": texts.len()});
        self.house.pen.write(vec![actor.line(Action::RunSurveys.as_str(), None, true, &detail)]).await?;
        Ok(TextsPage { round, question: question.to_owned(), label, texts, looked })
    }

    async fn written_texts(
        &self,
        unit: &mut dyn Unit,
        id: Uuid,
        question: &str,
    ) -> Result<(Round, String, Vec<String>)> {
        let round = round_of(unit, id).await?;
        if round.is_open(self.today()) {
            return Err(Error::Absent);
        }
        let (_, asked) = round.survey.question(question).ok_or(Error::Absent)?;
        if !matches!(asked.kind, Kind::Text { .. } | Kind::Rich { .. }) {
            return Err(Error::Absent);
        }
        let label = asked.label.clone();
        let answers = self.survey_answers(unit, id).await?;
        let given: Vec<_> = answers.iter().map(|answered| &answered.answers).collect();
        let book = self.book();
        let counted = results(&round.survey, &given, &book.guidance.codes, round.opened_on);
        let enough = counted.questions.iter().any(|outcome| {
            outcome.question == question && matches!(&outcome.counted, Counted::Texts(texts) if texts.enough)
        });
        if !enough {
            return Err(Error::Absent);
        }
        let key = Key::of(question);
        let mut texts: Vec<String> = given
            .iter()
            .filter_map(|answers| match answers.get(&key) {
                Some(Answer::Text(text)) => Some(text.clone()),
                _ => None,
            })
            .collect();
        // By their words: not even the order of the answers to other questions.
        texts.sort();
        Ok((round, label, texts))
    }

    /// Keeps what may be read of the texts in answer to a question.
    ///
    /// # Errors
    /// As [`Casework::survey_texts`]; [`Error::Invalid`] when a text is too long, or one is missing.
    pub async fn clear_texts(
        &self,
        actor: &Actor,
        id: Uuid,
        question: &str,
        cleared: &[Cleared],
    ) -> Result<()> {
        actor.require(Action::RunSurveys)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let (round, _, texts) = self.written_texts(&mut *unit, id, question).await?;
        if texts.len() != cleared.len() {
            return Err(Error::invalid(
                "",
                "These are not all the texts. Open the page again and look through them.",
            ));
        }
        if let Some(at) = cleared.iter().position(|c| c.text.chars().count() > LONGEST_TEXT) {
            return Err(Error::invalid(
                &format!("text-{at}"),
                format!("This may have {LONGEST_TEXT} characters. Shorten it"),
            ));
        }
        let kept = |c: &&Cleared| !c.leave_out && !c.text.trim().is_empty();
        let mut shown: Vec<&str> = cleared.iter().filter(kept).map(|c| c.text.trim()).collect();
        shown.sort_unstable();
        let left_out = u32::try_from(cleared.len() - shown.len()).unwrap_or(u32::MAX);
        let plain = serde_json::to_vec(&shown).map_err(|e| Error::Internal(e.to_string()))?;
        let sealed = hex(&self.house.keys.seal(&context(id, question), &plain)?);
        let event = RoundEvent::TextsCleared { question: question.to_owned(), texts: sealed, left_out };
        self.add_entries(&mut *unit, id, round.version, Some(actor.person().0), &[(None, event)]).await?;
        let detail = json!({"round": id, "what": "texts_cleared", "left_out": left_out});
        log(&mut *unit, vec![actor.line(Action::RunSurveys.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// What may be read, as it was kept.
    pub(super) fn cleared_texts(&self, round: Uuid, question: &str, sealed: &str) -> Result<Vec<String>> {
        let broken = || Error::Internal("the texts of a survey cannot be read".to_owned());
        let plain = self.house.keys.open(&context(round, question), &from_hex(sealed).ok_or_else(broken)?)?;
        serde_json::from_slice(&plain).map_err(|_| broken())
    }
}

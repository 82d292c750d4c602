//! What each of those who were asked by name answered. Where a survey promises that nobody can tell who answered what there
//! is no such page, and nothing is kept that could fill one.

use std::collections::BTreeSet;

use kinfold_access::{Action, Code};
use kinfold_forms::Answers;
use serde_json::json;
use uuid::Uuid;

use super::desk::round_of;
use super::round::Round;
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;

/// The answers of a round that is by name.
#[derive(Debug, Clone, PartialEq)]
pub struct SinglePage {
    /// The round, with what was asked.
    pub round: Round,
    /// Who answered, as they were invited, and what; by name.
    pub answered: Vec<(String, Answers)>,
    /// Who was invited and has not answered, by name.
    pub silent: Vec<String>,
}

impl Casework {
    /// What each answered, for those who run surveys.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to run surveys, when there is no such round, and always for one that promised that
    /// nobody can tell who answered what.
    pub async fn single_answers(&self, actor: &Actor, id: Uuid) -> Result<SinglePage> {
        actor.require(Action::RunSurveys)?;
        let mut unit = self.house.store.read().await?;
        let round = round_of(&mut *unit, id).await?;
        if round.survey.anonymous {
            return Err(Error::Absent);
        }
        let given = self.survey_answers(&mut *unit, id).await?;
        let invitations = unit.survey_invitations(id).await?;
        drop(unit);
        let named = given.into_iter().filter_map(|one| one.by.map(|by| (by, one.answers)));
        let mut answered: Vec<(String, Answers)> = named.collect();
        answered.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut silent = BTreeSet::new();
        for row in invitations.iter().filter(|row| !row.used) {
            silent.insert(self.invited_to_survey(row)?.name);
        }
        let detail = json!({"round": id, "what": "single_answers", "rows": answered.len()});
        self.house.pen.write(vec![actor.line(Action::RunSurveys.as_str(), None, true, &detail)]).await?;
        Ok(SinglePage { round, answered, silent: silent.into_iter().collect() })
    }
}

//! The box that the answers of a round lie in: encrypted, mixed by random ids, without times, and without anything that
//! leads back to an invitation where that was promised.

use kinfold_forms::Answers;
use kinfold_store::Unit;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::random;
use crate::error::{Error, Result};
use crate::house::Casework;

/// What somebody answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Answered {
    /// Random, and the only order there is.
    pub id: Uuid,
    /// Who answered, where it was not promised that nobody can tell: their name as it was invited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What.
    pub answers: Answers,
}

impl Answered {
    pub(super) fn new(by: Option<String>, answers: Answers) -> Self {
        Self { id: uuid::Builder::from_random_bytes(random()).into_uuid(), by, answers }
    }
}

fn context(round: Uuid) -> String {
    format!("survey_box:{round}")
}

impl Casework {
    /// The answers of a round, in the order of their random ids.
    pub(super) async fn survey_answers(&self, unit: &mut dyn Unit, round: Uuid) -> Result<Vec<Answered>> {
        let Some(sealed) = unit.survey_box(round).await? else { return Ok(Vec::new()) };
        let plain = self.house.keys.open(&context(round), &sealed)?;
        serde_json::from_slice(&plain).map_err(|e| Error::Internal(format!("answers of round {round}: {e}")))
    }

    /// Puts answers into the box of a round, mixed with those in it.
    pub(super) async fn put_in_box(
        &self,
        unit: &mut dyn Unit,
        round: Uuid,
        new: Vec<Answered>,
    ) -> Result<()> {
        let mut all = self.survey_answers(unit, round).await?;
        all.extend(new);
        all.sort_by_key(|answered| answered.id);
        let plain = serde_json::to_vec(&all).map_err(|e| Error::Internal(e.to_string()))?;
        unit.put_survey_box(round, self.house.keys.seal(&context(round), &plain)?).await?;
        Ok(())
    }
}

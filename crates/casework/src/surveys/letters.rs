//! Letters with the link to a survey: the invitation, and a reminder. An invitation that was used is sent no reminder; whether
//! one went out or was dropped is told by nothing that is kept.

use kinfold_store::{OutboxRow, SurveyInvitationRow};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::round::{Round, RoundEvent};
use crate::authority::entries;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::outbox::{Carrier, Outcome};

/// Work of the outbox: the link, for the first time.
pub(super) const INVITE: &str = "survey_invite";
/// Work of the outbox: the link again.
pub(super) const REMIND: &str = "survey_remind";

/// Whether a piece of work is one of these letters.
pub(crate) fn is_survey_mail(kind: &str) -> bool {
    matches!(kind, INVITE | REMIND)
}

/// Who was invited and the secret of their link, as it is kept (encrypted).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Invited {
    pub name: String,
    pub email: String,
    pub token: String,
}

/// What it is bound to when it is encrypted.
pub(super) fn context(invitation: Uuid) -> String {
    format!("survey_invitation:{invitation}")
}

/// The work of sending one letter.
pub(super) fn letter(id: Uuid, kind: &str, invitation: Uuid, at: jiff::Timestamp) -> OutboxRow {
    OutboxRow {
        id,
        kind: kind.to_owned(),
        payload: json!({"invitation": invitation}).to_string(),
        due_at: at,
        attempts: 0,
        claimed_at: None,
        done_at: None,
        last_error: None,
    }
}

impl Casework {
    /// Who an invitation is for.
    pub(super) fn invited_to_survey(&self, row: &SurveyInvitationRow) -> Result<Invited> {
        let plain = self.house.keys.open(&context(row.id), &row.recipient)?;
        serde_json::from_slice(&plain).map_err(|e| Error::Internal(e.to_string()))
    }

    /// Sends one of these letters, if it is still wanted.
    pub(crate) async fn deliver_survey_mail(
        &self,
        carrier: &impl Carrier,
        work: &OutboxRow,
    ) -> Result<Outcome> {
        let payload: serde_json::Value = serde_json::from_str(&work.payload).unwrap_or_default();
        let Some(id) = payload["invitation"].as_str().and_then(|id| id.parse::<Uuid>().ok()) else {
            return Ok(Outcome::Failed("the work does not say for which invitation it is".to_owned()));
        };
        let mut unit = self.house.store.glance().await?;
        let Some(row) = unit.survey_invitation(id).await?.filter(|row| !row.used) else {
            return Ok(Outcome::Dropped);
        };
        let round = Round::of(row.round, &entries::<RoundEvent>(&mut *unit, row.round).await?);
        drop(unit);
        let Some(round) = round.filter(|round| round.is_open(self.today())) else {
            return Ok(Outcome::Dropped);
        };
        let invited = self.invited_to_survey(&row)?;
        let (subject, text) = self.survey_letter(&round, &invited.token, work.kind == REMIND);
        Ok(match carrier.carry(&invited.email, &subject, &text).await {
            Ok(()) => Outcome::Sent,
            Err(error) => Outcome::Failed(error.replace(&invited.email, "the address")),
        })
    }

    /// The words of the letter.
    pub(super) fn survey_letter(&self, round: &Round, token: &str, again: bool) -> (String, String) {
        let settings = self.settings();
        let from = if settings.authority.is_empty() { "The authority" } else { settings.authority.as_str() };
        let day = round.closes_on.strftime("%A %-d %B %Y");
        let first = if again {
            format!("{from} would still like to hear from you.")
        } else {
            format!("{from} asks for your answers.")
        };
        let promise = if round.survey.anonymous {
            "Nobody can see who answered what: your answers are kept without your name, without the time, and apart from this \
             invitation."
        } else {
            "Your answers are kept with your name, and read by those who run surveys there."
        };
        let text = format!(
            "{first}\n\n{}\n\n{promise}\n\nOpen this link, until {day}: {}/survey/{token}\n\n\
             The link is for you and works once. Please do not pass it on.\n\n\
             If you did not expect this, reply to whoever works with you at {from} and do not open the link.\n",
            round.survey.head.title,
            settings.address.trim_end_matches('/')
        );
        let subject = if again {
            "A reminder: a survey waits for your answers"
        } else {
            "A survey: we ask for your answers"
        };
        (subject.to_owned(), text)
    }
}

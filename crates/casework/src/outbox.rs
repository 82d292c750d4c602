//! Sending what waits in the outbox. Work is claimed in one transaction, done outside any, and noted in another: it is
//! done at least once, whoever dies in between.

use std::future::Future;

use jiff::{SignedDuration, Timestamp};
use kinfold_access::Purpose;
use kinfold_store::{NoticeRow, OutboxRow};
use serde_json::json;
use uuid::Uuid;

use crate::actor::audit_line;
use crate::error::Result;
use crate::house::Casework;
use crate::notices::MAIL;
use crate::pen::log;

/// Pieces of work claimed together.
const BATCH: i64 = 50;
/// After this long a claim is held to be dead, and another may take it.
const STALE: SignedDuration = SignedDuration::from_mins(15);
/// How long to wait after each failure; after the last one it is given up.
const WAITS: [SignedDuration; 7] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(4),
    SignedDuration::from_hours(12),
    SignedDuration::from_hours(24),
];

/// Whatever carries a message to somebody: `exchange` has one that speaks SMTP.
pub trait Carrier: Send + Sync {
    /// Sends one message. The error is kept beside the work: it says what failed, and holds no address.
    fn carry(&self, to: &str, subject: &str, text: &str) -> impl Future<Output = Result<(), String>> + Send;
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxRun {
    /// Messages taken by the server.
    pub sent: usize,
    /// Work that needed nothing: the account is switched off, or gone.
    pub dropped: usize,
    /// Work that failed and will be tried again.
    pub retried: usize,
    /// Work that failed too often.
    pub given_up: usize,
}

pub(crate) enum Outcome {
    Sent,
    Dropped,
    Failed(String),
}

impl Casework {
    /// Sends what is due. Call it often: it does nothing when nothing waits.
    ///
    /// # Errors
    /// When the store does not answer. What was sent by then is noted or will be sent again.
    pub async fn run_outbox(&self, carrier: &impl Carrier) -> Result<OutboxRun> {
        let mut run = OutboxRun::default();
        loop {
            let now = self.now();
            let mut unit = self.house.store.write().await?;
            let claimed = unit.claim(now, now - STALE, BATCH).await?;
            unit.commit().await?;
            if claimed.is_empty() {
                return Ok(run);
            }
            for work in claimed {
                let outcome = self.deliver(carrier, &work).await?;
                self.note(&work, outcome, &mut run).await?;
            }
        }
    }

    async fn deliver(&self, carrier: &impl Carrier, work: &OutboxRow) -> Result<Outcome> {
        if crate::forms::is_form_mail(&work.kind) {
            return self.deliver_form_mail(carrier, work).await;
        }
        if crate::sending::is_copy_mail(&work.kind) {
            return self.deliver_copy_mail(carrier, work).await;
        }
        if crate::surveys::is_survey_mail(&work.kind) {
            return self.deliver_survey_mail(carrier, work).await;
        }
        if work.kind != MAIL {
            return Ok(Outcome::Failed(format!(
                "nothing here knows how to do work of the kind {:?}",
                work.kind
            )));
        }
        let payload: serde_json::Value = serde_json::from_str(&work.payload).unwrap_or_default();
        let Some(id) = payload["person"].as_str().and_then(|id| id.parse::<Uuid>().ok()) else {
            return Ok(Outcome::Failed("the work does not say for whom it is".to_owned()));
        };
        let mut unit = self.house.store.glance().await?;
        let person = unit.person(id).await?.filter(|p| p.disabled_at.is_none());
        drop(unit);
        let Some(person) = person else { return Ok(Outcome::Dropped) };
        let (subject, text) = self.message();
        Ok(match carrier.carry(&person.email, &subject, &text).await {
            Ok(()) => Outcome::Sent,
            Err(error) => Outcome::Failed(error),
        })
    }

    /// The same words for everybody: a message is read on telephones, in lifts and by others, so it holds no name, no
    /// number and nothing about what has happened.
    fn message(&self) -> (String, String) {
        let settings = self.settings();
        let from =
            if settings.authority.is_empty() { String::new() } else { format!(" of {}", settings.authority) };
        let text = format!(
            "There is something for you to read in Kinfold{from}.\n\n\
             Sign in to read it: {}/notices\n\n\
             This message says no more on purpose. Nobody will ask for your password by e-mail.\n",
            settings.address.trim_end_matches('/')
        );
        ("There is something to read in Kinfold".to_owned(), text)
    }

    async fn note(&self, work: &OutboxRow, outcome: Outcome, run: &mut OutboxRun) -> Result<()> {
        let now = self.now();
        let mut unit = self.house.store.write().await?;
        match outcome {
            Outcome::Sent => {
                run.sent += 1;
                unit.finish(work.id, now).await?;
            }
            Outcome::Dropped => {
                run.dropped += 1;
                unit.finish(work.id, now).await?;
            }
            Outcome::Failed(error) => match retry_at(work.attempts, now) {
                Some(at) => {
                    run.retried += 1;
                    tracing::warn!(work = %work.id, attempts = work.attempts, %error, "outbox work failed and will be tried again");
                    unit.fail(work.id, &error, Some(at), now).await?;
                }
                None => {
                    run.given_up += 1;
                    tracing::error!(work = %work.id, attempts = work.attempts, %error, "outbox work has failed too often and is given up");
                    unit.fail(work.id, &error, None, now).await?;
                    // A message nobody can send is told in the product, to those who can mend it.
                    let administrators = unit.holders("administrator", None, self.today()).await?;
                    let notices: Vec<NoticeRow> = administrators
                        .into_iter()
                        .map(|administrator| NoticeRow {
                            id: self.new_id(),
                            person: administrator.id,
                            child: None,
                            kind: "mail_given_up".to_owned(),
                            text: format!("A message could not be sent after {} attempts. Check the mail server: {error}", work.attempts),
                            link: None,
                            created_at: now,
                            read_at: None,
                        })
                        .collect();
                    unit.insert_notices(&notices).await?;
                    let detail = json!({"work": work.id, "attempts": work.attempts});
                    log(
                        &mut *unit,
                        vec![audit_line(
                            now,
                            None,
                            None,
                            "mail_given_up",
                            None,
                            Purpose::Support,
                            false,
                            &detail,
                        )],
                    )
                    .await?;
                }
            },
        }
        unit.commit().await?;
        Ok(())
    }
}

/// When to try again after so many attempts; `None` when it has been tried often enough.
fn retry_at(attempts: i64, now: Timestamp) -> Option<Timestamp> {
    let failures = usize::try_from(attempts.max(1)).unwrap_or(usize::MAX);
    WAITS.get(failures - 1).map(|wait| now + *wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let now = Timestamp::UNIX_EPOCH;
        let waits: Vec<_> = (1..=7).map(|n| retry_at(n, now).unwrap()).collect();
        assert!(waits.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(retry_at(8, now), None);
    }
}

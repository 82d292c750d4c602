//! A copy as its reader sees it, by the link they were sent. They have no account here; the link and the code that went to
//! their address are what they show, and they see that one copy and nothing else.

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_access::Purpose;
use kinfold_store::{NewAudit, OutboxRow, SentCopyRow, Unit};
use serde_json::json;

use super::body::SentBody;
use super::desk::{CopyStanding, context, standing};
use super::letters::CODE;
use crate::actor::audit_line;
use crate::clock::random;
use crate::error::{Error, Result};
use crate::forms::{CODE_AGAIN, CODE_GOOD, PROVED, TRIES, code_allowed, hidden, use_allowed};
use crate::house::Casework;
use crate::pen::log;
use crate::project::decode_timeline;
use crate::secrets::{new_token, same, token_hash};

/// What a link opens.
#[derive(Debug, Clone)]
pub enum CopyOpened {
    /// The copy, for somebody who gave the code.
    Copy {
        /// What they read.
        body: Box<SentBody>,
        /// Who they are.
        name: String,
        /// The name the child is known by: shown only here, after the code.
        child_name: String,
        /// The last day on which it can be read.
        ends_on: Date,
    },
    /// A code must be given first.
    Code {
        /// The last day on which it can be read.
        ends_on: Date,
        /// Whether a code has been sent that is still good.
        sent: bool,
        /// The address it goes to, with most of it hidden.
        to: String,
    },
    /// Its time is over, or it was taken back.
    Over,
}

/// A line in the log about somebody outside.
fn line(now: Timestamp, action: &str, row: &SentCopyRow, allowed: bool) -> NewAudit {
    let detail = json!({"copy": row.id, "kind": row.kind});
    audit_line(now, None, None, action, Some(row.child), Purpose::DirectCare, allowed, &detail)
}

impl Casework {
    /// What a link opens. `proof` is what the browser holds since the code was given in it. Each reading is counted and
    /// logged before anything is answered.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such link; [`Error::TooMany`] when it is used too often.
    pub async fn copy_outside(&self, token: &str, proof: Option<&str>) -> Result<CopyOpened> {
        let (mut unit, row) = self.copy_by(token).await?;
        let now = self.now();
        let Some((body, child_name)) = self.still_theirs(&mut *unit, &row).await? else {
            log(&mut *unit, vec![line(now, "copy_read", &row, false)]).await?;
            unit.commit().await?;
            return Ok(CopyOpened::Over);
        };
        let reader = self.reader_of(&row)?;
        let lately = row.proved_at.is_some_and(|at| now.duration_since(at) < PROVED);
        let proved = match (&row.proof_hash, proof) {
            (Some(kept), Some(proof)) => lately && same(kept, &token_hash(proof)),
            _ => false,
        };
        if !proved {
            let sent = row.code.is_some() && row.code_at.is_some_and(|at| now.duration_since(at) < CODE_GOOD);
            return Ok(CopyOpened::Code { ends_on: row.ends_on, sent, to: hidden(&reader.email) });
        }
        let read = SentCopyRow { looks: row.looks + 1, looked_at: Some(now), ..row.clone() };
        unit.update_sent_copy(&read).await?;
        log(&mut *unit, vec![line(now, "copy_read", &row, true)]).await?;
        unit.commit().await?;
        Ok(CopyOpened::Copy { body: Box::new(body), name: reader.name, child_name, ends_on: row.ends_on })
    }

    /// The copy of a token, and a unit to write in. A token that opens nothing is told so before anything is locked.
    async fn copy_by(&self, token: &str) -> Result<(Box<dyn Unit>, SentCopyRow)> {
        let hash = token_hash(token);
        let mut unit = self.house.store.glance().await?;
        let found = unit.sent_copy_by_token(&hash).await?;
        let kept = found.filter(|r| r.token_hash.as_ref().is_some_and(|kept| same(kept, &hash)));
        let id = kept.ok_or(Error::Absent)?.id;
        drop(unit);
        if !use_allowed(id, self.now()) {
            return Err(Error::TooMany { minutes: 10 });
        }
        let mut unit = self.house.store.write().await?;
        let row = unit.sent_copy(id).await?.ok_or(Error::Absent)?;
        Ok((unit, row))
    }

    /// The copy, unless it is over, or what has happened since it was sent closes it: the reader's place in the circle or
    /// their account has ended, nobody who sent it is left here, the home it names has become confidential, or the record was restricted and nobody released
    /// it since.
    async fn still_theirs(
        &self,
        unit: &mut dyn Unit,
        row: &SentCopyRow,
    ) -> Result<Option<(SentBody, String)>> {
        if standing(row, self.now()) != CopyStanding::Out {
            return Ok(None);
        }
        let child = unit.child_row(row.child).await?.ok_or(Error::Absent)?.child;
        let timeline = decode_timeline(&child.projection.timeline)?;
        let body = self.body_of(row)?;
        let today = self.today();
        let place = body
            .member
            .as_ref()
            .map(|member| timeline.circle_on(today).any(|m| m.entry.to_string() == member.as_str()));
        let person = match body.person {
            Some(id) => unit.person(id).await?.is_some_and(|p| p.disabled_at.is_none()),
            None => true,
        };
        // Somebody has to answer for what was sent: who made it, or who released it.
        let mut answered_for = false;
        for id in [Some(row.prepared_by), row.released_by].into_iter().flatten() {
            answered_for |= unit.person(id).await?.is_some_and(|p| p.disabled_at.is_none());
        }
        let restricted_since = child.restricted && row.released_at.is_none();
        if place == Some(false)
            || !person
            || !answered_for
            || restricted_since
            || body.barred(&timeline).is_some()
        {
            return Ok(None);
        }
        Ok(Some((body, timeline.identity.name())))
    }

    /// Sends a code to the address the copy was sent to. Asked for again too soon, the one on its way stands.
    ///
    /// # Errors
    /// As [`Casework::copy_outside`].
    pub async fn send_copy_code(&self, token: &str) -> Result<()> {
        let (mut unit, row) = self.copy_by(token).await?;
        let now = self.now();
        let soon = row.code_at.is_some_and(|at| now.duration_since(at) < CODE_AGAIN);
        if soon || self.still_theirs(&mut *unit, &row).await?.is_none() {
            return Ok(());
        }
        if !code_allowed(row.id, now) {
            return Err(Error::TooMany { minutes: 60 });
        }
        // A modulus of 2⁶⁴ by a million favours no code by more than one part in 10¹³.
        let code = format!("{:06}", u64::from_le_bytes(random()) % 1_000_000);
        let sealed = self.house.keys.seal(&context(row.id, "code"), code.as_bytes())?;
        let changed = SentCopyRow { code: Some(sealed), code_at: Some(now), code_tries: 0, ..row.clone() };
        unit.update_sent_copy(&changed).await?;
        let letter = OutboxRow {
            id: self.new_id(),
            kind: CODE.to_owned(),
            payload: json!({"copy": row.id}).to_string(),
            due_at: now,
            attempts: 0,
            claimed_at: None,
            done_at: None,
            last_error: None,
        };
        unit.enqueue(&[letter]).await?;
        log(&mut *unit, vec![line(now, "copy_code", &row, true)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// The code, for an invented council whose people have no inbox.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn shown_copy_code(&self, token: &str) -> Result<Option<String>> {
        if !self.settings().demo {
            return Ok(None);
        }
        let mut unit = self.house.store.glance().await?;
        let Some(row) = unit.sent_copy_by_token(&token_hash(token)).await? else { return Ok(None) };
        let Some(sealed) = &row.code else { return Ok(None) };
        let plain = self.house.keys.open(&context(row.id, "code"), sealed)?;
        Ok(Some(String::from_utf8_lossy(&plain).into_owned()))
    }

    /// Takes the code. Answers the proof that the browser keeps; `None` when the code is wrong or too old. Whoever gives a
    /// newer code takes the copy with them: the browser that gave one before is asked again.
    ///
    /// # Errors
    /// As [`Casework::copy_outside`]; [`Error::TooMany`] when the wrong code was given too often.
    pub async fn prove_copy(&self, token: &str, code: &str) -> Result<Option<String>> {
        let (mut unit, row) = self.copy_by(token).await?;
        let now = self.now();
        if self.still_theirs(&mut *unit, &row).await?.is_none() {
            return Ok(None);
        }
        if row.code_tries >= TRIES {
            return Err(Error::TooMany { minutes: 1 });
        }
        let good = row.code_at.is_some_and(|at| now.duration_since(at) < CODE_GOOD);
        let held = match &row.code {
            Some(sealed) if good => self.house.keys.open(&context(row.id, "code"), sealed)?,
            _ => return Ok(None),
        };
        let typed: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let fits = same(&held, typed.as_bytes());
        let proof = new_token();
        let changed = if fits {
            let proof_hash = Some(token_hash(&proof).to_vec());
            SentCopyRow { code: None, code_tries: 0, proof_hash, proved_at: Some(now), ..row.clone() }
        } else {
            SentCopyRow { code_tries: row.code_tries + 1, ..row.clone() }
        };
        unit.update_sent_copy(&changed).await?;
        log(&mut *unit, vec![line(now, "copy_prove", &row, fits)]).await?;
        unit.commit().await?;
        Ok(fits.then_some(proof))
    }
}

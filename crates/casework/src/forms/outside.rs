//! A section as somebody outside sees it, by the link they were sent. They have no account; the link and the code that
//! went to their address are what they show, and they see that one section and nothing else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use kinfold_access::Purpose;
use kinfold_forms::{Answers, Facts, Sheet};
use kinfold_guidance::form::Form;
use kinfold_record::ChildId;
use kinfold_store::{FormLinkRow, FormOpenRow, FormStanding, NewAudit, OutboxRow, Unit};
use serde_json::json;
use uuid::Uuid;

use crate::actor::audit_line;
use crate::clock::random;
use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::pen::log;
use crate::project::decode_timeline;
use crate::secrets::{new_token, same, token_hash};
use crate::veil::Veil;

use super::desk::standing;
use super::links::context;
use super::mail::CODE;

/// Uses of one link allowed in a span of time, and codes sent for it in another.
const USES: Rate = Rate { most: 300, span: SignedDuration::from_mins(10) };
const CODES: Rate = Rate { most: 6, span: SignedDuration::from_hours(1) };
/// How long a code is good for, and how soon another may be sent.
pub(crate) const CODE_GOOD: SignedDuration = SignedDuration::from_mins(15);
pub(crate) const CODE_AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// Wrong codes before another must be sent.
pub(crate) const TRIES: i64 = 5;
/// How long a browser that gave the code is believed.
pub(crate) const PROVED: SignedDuration = SignedDuration::from_hours(8);

/// What a link opens.
#[derive(Debug, Clone)]
pub enum Opened {
    /// The section, for somebody who gave the code.
    Section(Box<OutsideDesk>),
    /// A code must be given first.
    Code {
        /// The day the section is asked for.
        due_on: Date,
        /// Whether a code has been sent that is still good.
        sent: bool,
        /// The address it goes to, with most of it hidden: "m…@school.example".
        to: String,
    },
    /// The section was sent back already, on this day.
    Back(Date),
    /// The link's time is over, or it was taken back, or the form was submitted without it.
    Over,
}

/// A section, for somebody outside.
#[derive(Debug, Clone)]
pub struct OutsideDesk {
    /// The name the child is known by: shown only here, after the code.
    pub child_name: String,
    /// The form, for its questions.
    pub form: Arc<Form>,
    /// Which section.
    pub section: String,
    /// The answers of the whole form: what is asked may depend on them. Only those of the section are theirs to see.
    pub answers: Answers,
    /// What its conditions depend on besides. Never drawn.
    pub facts: Facts,
    /// The guidance in force.
    pub book: Arc<Book>,
    /// The day it is.
    pub today: Date,
    /// The day the section is asked for.
    pub due_on: Date,
    /// Who was asked.
    pub invited: String,
    /// The form that was started.
    pub(crate) id: Uuid,
    /// About whom.
    pub(crate) child: ChildId,
    /// What was taken out of the answers.
    pub(crate) veil: Veil,
}

impl OutsideDesk {
    /// The section with its answers.
    pub fn sheet(&self) -> Sheet<'_> {
        Sheet::new(&self.form, &self.answers, &self.facts, &self.book.guidance.codes)
    }
}

/// A line in the log about somebody outside.
pub(super) fn outside_line(
    now: Timestamp,
    action: &str,
    child: Uuid,
    link: &FormLinkRow,
    allowed: bool,
) -> NewAudit {
    let detail = json!({"section": link.section, "link": link.id});
    audit_line(now, None, None, action, Some(child), Purpose::DirectCare, allowed, &detail)
}

impl Casework {
    /// What a link opens. `proof` is what the browser holds since the code was given in it.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such link; [`Error::TooMany`] when it is used too often.
    pub async fn outside(&self, token: &str, proof: Option<&str>) -> Result<Opened> {
        let (mut unit, link) = self.link_of(token).await?;
        let now = self.now();
        let form = unit.form(link.form).await?.ok_or(Error::Absent)?;
        if let Some(over) = self.over(&mut *unit, &link, &form).await? {
            unit.commit().await?;
            return Ok(over);
        }
        if !self.proved(&link, proof) {
            let sent =
                link.code.is_some() && link.code_at.is_some_and(|at| now.duration_since(at) < CODE_GOOD);
            let to = hidden(&self.invited(&link)?.email);
            return Ok(Opened::Code { due_on: link.due_on, sent, to });
        }
        let desk = self.outside_desk(&mut *unit, &link).await?;
        log(&mut *unit, vec![outside_line(now, "outside_view", form.child, &link, true)]).await?;
        unit.commit().await?;
        Ok(Opened::Section(Box::new(desk)))
    }

    /// The link of a token, and a unit to write in. Used too often, it waits; a token that opens nothing is told so
    /// before anything is locked for it.
    pub(super) async fn link_of(&self, token: &str) -> Result<(Box<dyn Unit>, FormLinkRow)> {
        let hash = token_hash(token);
        let mut unit = self.house.store.glance().await?;
        let link = unit.form_link_by_token(&hash).await?.filter(|l| same(&l.token_hash, &hash));
        let id = link.ok_or(Error::Absent)?.id;
        drop(unit);
        if !within("use", &USES, id, self.now()) {
            return Err(Error::TooMany { minutes: USES.span.as_mins() });
        }
        let mut unit = self.house.store.write().await?;
        let link = unit.form_link(id).await?.ok_or(Error::Absent)?;
        Ok((unit, link))
    }

    /// Why a link opens nothing any more. One that somebody's place no longer carries is taken back with that, in the
    /// caller's transaction.
    pub(super) async fn over(
        &self,
        unit: &mut dyn Unit,
        link: &FormLinkRow,
        form: &FormOpenRow,
    ) -> Result<Option<Opened>> {
        if let Some(at) = link.used_at {
            return Ok(Some(Opened::Back(crate::clock::day(at))));
        }
        let out = standing(link, self.today(), self.now()).is_some_and(|s| s.is_out());
        if !out || form.state != FormStanding::Open {
            return Ok(Some(Opened::Over));
        }
        if !self.closed_since(unit, form.child, link).await? {
            return Ok(None);
        }
        let now = self.now();
        let back = FormLinkRow { revoked_at: Some(now), code: None, proof_hash: None, ..link.clone() };
        unit.update_form_link(&back).await?;
        log(unit, vec![outside_line(now, "outside_view", form.child, link, false)]).await?;
        Ok(Some(Opened::Over))
    }

    /// Whether the browser gave the code lately.
    pub(super) fn proved(&self, link: &FormLinkRow, proof: Option<&str>) -> bool {
        let lately = link.proved_at.is_some_and(|at| self.now().duration_since(at) < PROVED);
        let (Some(kept), Some(proof)) = (&link.proof_hash, proof) else { return false };
        lately && same(kept, &token_hash(proof))
    }

    pub(super) async fn outside_desk(&self, unit: &mut dyn Unit, link: &FormLinkRow) -> Result<OutsideDesk> {
        let row = unit.form(link.form).await?.ok_or(Error::Absent)?;
        let child = unit.child_row(row.child).await?.ok_or(Error::Absent)?.child;
        let timeline = decode_timeline(&child.projection.timeline)?;
        let opened = self.open_form(unit, ChildId(row.child), row.id).await?;
        Ok(OutsideDesk {
            child_name: timeline.identity.name(),
            section: link.section.clone(),
            answers: Veil::outside(&timeline).answers(opened.answers)?,
            facts: self.facts(&timeline),
            book: self.book(),
            today: self.today(),
            due_on: link.due_on,
            invited: self.invited(link)?.name,
            id: row.id,
            child: ChildId(row.child),
            veil: Veil::outside(&timeline),
            form: opened.form,
        })
    }

    /// Sends a code to the address that was invited. Asked for again too soon, the one on its way stands.
    ///
    /// # Errors
    /// As [`Casework::outside`].
    pub async fn send_outside_code(&self, token: &str) -> Result<()> {
        let (mut unit, link) = self.link_of(token).await?;
        let form = unit.form(link.form).await?.ok_or(Error::Absent)?;
        let now = self.now();
        let soon = link.code_at.is_some_and(|at| now.duration_since(at) < CODE_AGAIN);
        if self.over(&mut *unit, &link, &form).await?.is_some() {
            unit.commit().await?;
            return Ok(());
        }
        if soon {
            return Ok(());
        }
        if !within("code", &CODES, link.id, now) {
            return Err(Error::TooMany { minutes: CODES.span.as_mins() });
        }
        // A modulus of 2⁶⁴ by a million favours no code by more than one part in 10¹³.
        let code = format!("{:06}", u64::from_le_bytes(random()) % 1_000_000);
        let changed = FormLinkRow {
            opened_at: link.opened_at.or(Some(now)),
            code: Some(self.house.keys.seal(&context(link.id), code.as_bytes())?),
            code_at: Some(now),
            code_tries: 0,
            ..link.clone()
        };
        unit.update_form_link(&changed).await?;
        let letter = OutboxRow {
            id: self.new_id(),
            kind: CODE.to_owned(),
            payload: json!({"link": link.id}).to_string(),
            due_at: now,
            attempts: 0,
            claimed_at: None,
            done_at: None,
            last_error: None,
        };
        unit.enqueue(&[letter]).await?;
        log(&mut *unit, vec![outside_line(now, "outside_code", form.child, &link, true)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// The code, for an invented council whose people have no inbox.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn shown_outside_code(&self, token: &str) -> Result<Option<String>> {
        if !self.settings().demo {
            return Ok(None);
        }
        let mut unit = self.house.store.glance().await?;
        let Some(link) = unit.form_link_by_token(&token_hash(token)).await? else { return Ok(None) };
        let Some(sealed) = &link.code else { return Ok(None) };
        let plain = self.house.keys.open(&context(link.id), sealed)?;
        Ok(Some(String::from_utf8_lossy(&plain).into_owned()))
    }

    /// Takes the code. Answers the proof that the browser keeps; `None` when the code is wrong or too old.
    ///
    /// # Errors
    /// As [`Casework::outside`]; [`Error::TooMany`] when the wrong code was given too often: another must be sent.
    pub async fn prove_outside(&self, token: &str, code: &str) -> Result<Option<String>> {
        let (mut unit, link) = self.link_of(token).await?;
        let form = unit.form(link.form).await?.ok_or(Error::Absent)?;
        let now = self.now();
        if self.over(&mut *unit, &link, &form).await?.is_some() {
            unit.commit().await?;
            return Ok(None);
        }
        if link.code_tries >= TRIES {
            return Err(Error::TooMany { minutes: 1 });
        }
        let good = link.code_at.is_some_and(|at| now.duration_since(at) < CODE_GOOD);
        let held = match &link.code {
            Some(sealed) if good => self.house.keys.open(&context(link.id), sealed)?,
            _ => return Ok(None),
        };
        let typed: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let fits = same(&held, typed.as_bytes());
        let proof = new_token();
        let changed = if fits {
            FormLinkRow {
                code: None,
                code_tries: 0,
                proof_hash: Some(token_hash(&proof).to_vec()),
                proved_at: Some(now),
                ..link.clone()
            }
        } else {
            FormLinkRow { code_tries: link.code_tries + 1, ..link.clone() }
        };
        unit.update_form_link(&changed).await?;
        log(&mut *unit, vec![outside_line(now, "outside_prove", form.child, &link, fits)]).await?;
        unit.commit().await?;
        Ok(fits.then_some(proof))
    }
}

/// An address with most of its first part hidden.
pub(crate) fn hidden(email: &str) -> String {
    match email.split_once('@') {
        Some((name, host)) => format!("{}…@{host}", name.chars().take(1).collect::<String>()),
        None => "the address you were written to at".to_owned(),
    }
}

/// Whether a link may be used once more now.
pub(crate) fn use_allowed(link: Uuid, now: Timestamp) -> bool {
    within("use", &USES, link, now)
}

/// Whether another code may be sent for a link now.
pub(crate) fn code_allowed(link: Uuid, now: Timestamp) -> bool {
    within("code", &CODES, link, now)
}

/// How often something is allowed.
struct Rate {
    most: u32,
    span: SignedDuration,
}

/// Counts a use of a link; `false` when there were too many. Kept in memory: wrong codes have a count of their own, which
/// is on disk.
fn within(what: &'static str, rate: &Rate, link: Uuid, now: Timestamp) -> bool {
    /// Since when, and how often.
    type Used = HashMap<(&'static str, Uuid), (Timestamp, u32)>;
    static USED: OnceLock<Mutex<Used>> = OnceLock::new();
    let used = USED.get_or_init(Mutex::default);
    let mut used = match used.lock() {
        Ok(used) => used,
        Err(poisoned) => poisoned.into_inner(),
    };
    used.retain(|_, (since, _)| now.duration_since(*since) < CODES.span.max(USES.span));
    let entry = used.entry((what, link)).or_insert((now, 0));
    if now.duration_since(entry.0) >= rate.span {
        *entry = (now, 0);
    }
    entry.1 += 1;
    entry.1 <= rate.most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_is_tried_all_the_time_waits() {
        let start = Timestamp::UNIX_EPOCH;
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert!((0..USES.most).all(|_| within("use", &USES, one, start)));
        assert!(!within("use", &USES, one, start));
        assert!(within("use", &USES, other, start), "another link is not held up");
        assert!(within("code", &CODES, one, start), "nor is a code");
        assert!(within("use", &USES, one, start + USES.span));
    }

    #[test]
    fn an_address_is_shown_only_to_be_recognised() {
        assert_eq!(hidden("maria.reed@school.example"), "m…@school.example");
        assert_eq!(hidden("é@x.example"), "é…@x.example");
    }
}

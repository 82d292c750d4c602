//! Signing in: a password, then a one-time code. The first step gives a token that opens nothing but the second.

use jiff::{SignedDuration, Timestamp};
use kinfold_access::Purpose;
use kinfold_store::{PersonRow, SessionRow, SignInAttemptRow};
use serde_json::json;
use uuid::Uuid;

use crate::actor::{Actor, LONGEST, audit_line};
use crate::clock::random;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::{
    hash_password, hex, new_token, new_totp_secret, password_fits, token_hash, totp_address, totp_code,
    totp_step,
};

/// Failed attempts with one address before it must wait, and how long failures count.
const ATTEMPTS: i64 = 5;
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// How long the second step may take.
const SECOND_STEP: SignedDuration = SignedDuration::from_mins(10);
/// A password at least this long; longer than this is refused before it is hashed.
const PASSWORD: std::ops::RangeInclusive<usize> = 12..=256;

/// What the second step needs to show.
#[derive(Debug, Clone)]
pub struct SecondStep {
    /// Set when the account has no authenticator yet: the `otpauth:` address and the secret to type by hand.
    pub enrol: Option<(String, String)>,
    /// The code itself, only for an invented council, whose people have no telephones.
    pub demo_code: Option<String>,
}

impl Casework {
    /// The first step: e-mail and password. Gives a token for the second step.
    ///
    /// # Errors
    /// [`Error::TooMany`] after five failures in a quarter of an hour; otherwise the same error, and the same time
    /// taken, whether the account is missing, switched off or the password wrong.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<String> {
        let now = self.now();
        let email = email.trim().to_lowercase();
        let email_hash = token_hash(&email).to_vec();
        let mut unit = self.house.store.write().await?;
        let since = now - WINDOW;
        if unit.failed_attempts(&email_hash, since).await? >= ATTEMPTS {
            return Err(Error::TooMany { minutes: WINDOW.as_mins() });
        }
        let person = unit.person_by_email(&email).await?;
        drop(unit);
        let known = person.as_ref().filter(|p| p.disabled_at.is_none()).and_then(|p| p.password_hash.clone());
        let offered = password.to_owned();
        let decoy = self.house.decoy.clone();
        let fits = tokio::task::spawn_blocking(move || -> Result<bool> {
            if offered.len() > *PASSWORD.end() {
                return Ok(false);
            }
            match known {
                Some(hash) => Ok(password_fits(&offered, &hash)),
                None => {
                    // As long as for a wrong password, so that nobody learns whether there is an account.
                    password_fits(&offered, &decoy);
                    Ok(false)
                }
            }
        })
        .await
        .map_err(|e| Error::Internal(e.to_string()))??;
        let mut unit = self.house.store.write().await?;
        unit.record_attempt(&SignInAttemptRow { id: self.new_id(), email_hash, at: now, ok: fits }).await?;
        let id = person.as_ref().map(|p| p.id);
        let line =
            audit_line(now, id, None, "sign_in", None, Purpose::Support, fits, &json!({"step": "password"}));
        log(&mut *unit, vec![line]).await?;
        let (Some(person), true) = (person, fits) else {
            unit.commit().await?;
            return Err(Error::invalid("", "The e-mail address or the password is wrong."));
        };
        let token = new_token();
        unit.insert_session(&new_session(&token, person.id, now, now + SECOND_STEP, false)).await?;
        unit.commit().await?;
        Ok(token)
    }

    async fn half_signed_in(&self, token: &str) -> Result<(SessionRow, PersonRow)> {
        let mut unit = self.house.store.glance().await?;
        let glance = unit.session(&token_hash(token)).await?.ok_or(Error::SignedOut)?;
        let session = glance.session;
        if session.second_factor || self.now() >= session.expires_at || glance.disabled_at.is_some() {
            return Err(Error::SignedOut);
        }
        let person = unit.person(session.person).await?.ok_or(Error::SignedOut)?;
        Ok((session, person))
    }

    /// What the page of the second step shows. An account without an authenticator gets a secret to set one up.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when the first step was not taken, or too long ago.
    pub async fn second_step(&self, token: &str) -> Result<SecondStep> {
        let (_, mut person) = self.half_signed_in(token).await?;
        let context = totp_context(person.id);
        let enrolled = person.totp_last_step.is_some();
        let secret = match &person.totp_secret {
            Some(sealed) => self.house.keys.open(&context, sealed)?,
            None => {
                let secret = new_totp_secret();
                person.totp_secret = Some(self.house.keys.seal(&context, &secret)?);
                let mut unit = self.house.store.write().await?;
                unit.update_person(&person).await?;
                unit.commit().await?;
                secret.to_vec()
            }
        };
        let enrol = if enrolled { None } else { Some(totp_address(&secret, &person.email)?) };
        let demo_code =
            if self.settings().demo { Some(totp_code(&secret, seconds(self.now()))?) } else { None };
        Ok(SecondStep { enrol, demo_code })
    }

    /// The second step: the six-digit code. Gives the token of a full session; the first token is dead.
    ///
    /// # Errors
    /// When the code is wrong or was used before, the step took too long, or there were too many attempts.
    pub async fn pass_second_step(&self, token: &str, code: &str) -> Result<String> {
        let now = self.now();
        let (session, person) = self.half_signed_in(token).await?;
        let secret = match &person.totp_secret {
            Some(sealed) => self.house.keys.open(&totp_context(person.id), sealed)?,
            None => return Err(Error::SignedOut),
        };
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let mut unit = self.house.store.write().await?;
        let attempts = token_hash(&format!("totp:{}", person.id)).to_vec();
        if unit.failed_attempts(&attempts, now - WINDOW).await? >= ATTEMPTS {
            return Err(Error::TooMany { minutes: WINDOW.as_mins() });
        }
        let step = totp_step(&secret, &code, seconds(now))?;
        // A code is good once: an overheard one opens nothing.
        let fresh = match step.and_then(|step| i64::try_from(step).ok()) {
            Some(step) => unit.accept_totp_step(person.id, step).await?,
            None => false,
        };
        unit.record_attempt(&SignInAttemptRow {
            id: self.new_id(),
            email_hash: attempts,
            at: now,
            ok: fresh,
        })
        .await?;
        let detail = json!({"step": "code"});
        log(
            &mut *unit,
            vec![audit_line(now, Some(person.id), None, "sign_in", None, Purpose::Support, fresh, &detail)],
        )
        .await?;
        if !fresh {
            unit.commit().await?;
            return Err(Error::invalid(
                "code",
                "The code is wrong or has been used. Wait for the next one and enter that.",
            ));
        }
        unit.end_session(&session.token_hash).await?;
        let token = new_token();
        unit.insert_session(&new_session(&token, person.id, now, now + LONGEST, true)).await?;
        unit.commit().await?;
        Ok(token)
    }

    /// Gives one's password again, before something that matters.
    ///
    /// # Errors
    /// When the password is wrong, or there were too many attempts.
    pub async fn reauthenticate(&self, actor: &Actor, password: &str) -> Result<()> {
        let now = self.now();
        let attempts = token_hash(actor.email()).to_vec();
        let mut unit = self.house.store.write().await?;
        if unit.failed_attempts(&attempts, now - WINDOW).await? >= ATTEMPTS {
            return Err(Error::TooMany { minutes: WINDOW.as_mins() });
        }
        let hash = unit.person(actor.person().0).await?.and_then(|p| p.password_hash).unwrap_or_default();
        let fits = password.len() <= *PASSWORD.end() && password_fits(password, &hash);
        unit.record_attempt(&SignInAttemptRow { id: self.new_id(), email_hash: attempts, at: now, ok: fits })
            .await?;
        log(&mut *unit, vec![actor.line("reauthenticate", None, fits, &json!({}))]).await?;
        if fits {
            unit.reauthenticate_session(&actor.token, now).await?;
        }
        unit.commit().await?;
        if fits { Ok(()) } else { Err(Error::invalid("password", "The password is wrong.")) }
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn sign_out(&self, actor: &Actor) -> Result<()> {
        let mut unit = self.house.store.write().await?;
        unit.end_session(&actor.token).await?;
        log(&mut *unit, vec![actor.line("sign_out", None, true, &json!({}))]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Changes one's own password; every other session of the account ends.
    ///
    /// # Errors
    /// When the old password is wrong or the new one too short or too long.
    pub async fn change_password(&self, actor: &Actor, old: &str, new: &str) -> Result<()> {
        self.reauthenticate(actor, old).await?;
        let hash = self.check_and_hash(new, "new_password")?;
        let mut unit = self.house.store.write().await?;
        let mut person = unit.person(actor.person().0).await?.ok_or(Error::SignedOut)?;
        person.password_hash = Some(hash);
        unit.update_person(&person).await?;
        unit.note_first_password(person.id, None).await?;
        unit.end_sessions_of(person.id, Some(&actor.token)).await?;
        log(&mut *unit, vec![actor.line("change_password", None, true, &json!({}))]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Hashes a new password, or says what is wrong with it.
    pub(crate) fn check_and_hash(&self, password: &str, field: &str) -> Result<String> {
        if !PASSWORD.contains(&password.len()) {
            let message = format!(
                "The password must have between {} and {} characters.",
                PASSWORD.start(),
                PASSWORD.end()
            );
            return Err(Error::invalid(field, message));
        }
        hash_password(password, self.house.cost)
    }
}

fn new_session(
    token: &str,
    person: Uuid,
    now: Timestamp,
    expires_at: Timestamp,
    second_factor: bool,
) -> SessionRow {
    SessionRow {
        token_hash: token_hash(token).to_vec(),
        person,
        created_at: now,
        last_seen_at: now,
        expires_at,
        reauthenticated_at: None,
        second_factor,
        csrf: random::<32>().to_vec(),
    }
}

pub(crate) fn totp_context(person: Uuid) -> String {
    format!("totp:{}", hex(person.as_bytes()))
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_second()).unwrap_or(0)
}

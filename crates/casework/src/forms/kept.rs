//! What was sent after a session had run out. The page it was sent from comes back after signing in, with everything that
//! was typed. It is encrypted and that person's alone, like every draft, and never part of the record or of the form.

use jiff::SignedDuration;
use kinfold_store::DraftRow;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::secrets::{hex, same, token_hash};

/// How long it is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);
/// The most that is kept, in bytes.
const MOST: usize = 256 * 1024;

/// What somebody had typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Field names and values, in order.
    pub fields: Vec<(String, String)>,
}

/// Under which name the fields of a page are kept. The page's address names a child and a form, so only its hash is.
fn name(path: &str) -> String {
    format!("kept:{}", hex(&Sha256::digest(path.as_bytes())[..16]))
}

fn context(person: Uuid, name: &str) -> String {
    format!("draft:{person}:{name}")
}

impl Casework {
    /// Keeps the fields of a page that were sent with a session that has run out by itself. Answers whether it did: a
    /// session that was never there, was signed out of, or whose form does not carry its token, keeps nothing.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep_after_time_out(
        &self,
        session: &str,
        csrf: &str,
        path: &str,
        fields: &[(String, String)],
    ) -> Result<bool> {
        let mut unit = self.house.store.write().await?;
        let Some(glance) = unit.session(&token_hash(session)).await? else { return Ok(false) };
        let theirs = same(hex(&glance.session.csrf).as_bytes(), csrf.as_bytes());
        if !theirs || !glance.session.second_factor || glance.disabled_at.is_some() {
            return Ok(false);
        }
        let plain = serde_json::to_vec(fields).map_err(|e| Error::Internal(e.to_string()))?;
        if plain.len() > MOST {
            return Ok(false);
        }
        let (person, form) = (glance.session.person, name(path));
        let version = unit.draft(person, Uuid::nil(), &form).await?.map_or(0, |d| d.version);
        let body = self.house.keys.seal(&context(person, &form), &plain)?;
        let row = DraftRow { person, child: Uuid::nil(), form, body, version, updated_at: self.now() };
        unit.save_draft(&row).await?;
        unit.commit().await?;
        Ok(true)
    }

    /// What this person had typed on a page when their session ran out, until the page is saved.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn kept_fields(&self, actor: &Actor, path: &str) -> Result<Option<Kept>> {
        let (person, form) = (actor.person().0, name(path));
        let mut unit = self.house.store.glance().await?;
        let Some(row) = unit.draft(person, Uuid::nil(), &form).await? else { return Ok(None) };
        drop(unit);
        if self.now().duration_since(row.updated_at) > KEPT {
            return Ok(None);
        }
        let plain = self.house.keys.open(&context(person, &form), &row.body)?;
        let fields = serde_json::from_slice(&plain).map_err(|e| Error::Internal(e.to_string()))?;
        Ok(Some(Kept { fields }))
    }

    /// Forgets what was kept of a page: it has been saved.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn forget_kept(&self, actor: &Actor, path: &str) -> Result<()> {
        let (person, form) = (actor.person().0, name(path));
        let mut unit = self.house.store.glance().await?;
        if unit.draft(person, Uuid::nil(), &form).await?.is_none() {
            return Ok(());
        }
        drop(unit);
        let mut unit = self.house.store.write().await?;
        unit.drop_draft(person, Uuid::nil(), &form).await?;
        unit.commit().await?;
        Ok(())
    }
}

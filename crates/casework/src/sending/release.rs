//! The second person: releases a copy that holds something sensitive, or says why not. And taking a link back.

use kinfold_access::Action;
use kinfold_record::ChildId;
use kinfold_store::{SentCopyRow, Unit};
use serde_json::json;
use uuid::Uuid;

use super::body::SentBody;
use super::desk::{CopyStanding, context, made, standing};
use crate::actor::Actor;
use crate::child::Looked;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// The longest reason taken, in characters.
const LONGEST: usize = 2000;

impl Casework {
    /// A copy that waits for a second person, for somebody who had no hand in it.
    async fn waiting(
        &self,
        actor: &Actor,
        child: ChildId,
        id: Uuid,
    ) -> Result<(Box<dyn Unit>, Looked, SentCopyRow, SentBody)> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ReleaseSensitive).await?;
        let row = unit.sent_copy(id).await?.filter(|row| row.child == child.0).ok_or(Error::Absent)?;
        if standing(&row, self.now()) != CopyStanding::Waiting {
            return Err(Error::invalid(
                "",
                "This copy does not wait for anybody. Go back and look at it again.",
            ));
        }
        let body = self.body_of(&row)?;
        if made(&row, &body, actor.person()) {
            return Err(Error::Forbidden(
                "You made this copy. Somebody else has to look at it and release it, or say why not."
                    .to_owned(),
            ));
        }
        Ok((unit, looked, row, body))
    }

    /// Releases a copy: its link goes. Answers the link's secret only in an invented council.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right or when there is no such copy; [`Error::Forbidden`] for whoever made it;
    /// [`Error::Invalid`] when it does not wait, or may not go out as things stand now.
    pub async fn release_copy(&self, actor: &Actor, child: ChildId, id: Uuid) -> Result<Option<String>> {
        let (mut unit, looked, mut row, body) = self.waiting(actor, child, id).await?;
        if let Some(barred) = body.barred(&looked.timeline) {
            return Err(Error::invalid("", barred));
        }
        row.released_by = Some(actor.person().0);
        row.released_at = Some(self.now());
        let detail = json!({"copy": id});
        log(&mut *unit, vec![actor.line("release_sensitive", Some(child.0), true, &detail)]).await?;
        let reader = self.reader_of(&row)?;
        let token = self.let_go(&mut *unit, actor, &looked, &mut row, &body, &reader).await?;
        let words = "The copy you made for somebody outside was released, and its link is sent.";
        self.tell_of_copy(&mut *unit, child, id, &[row.prepared_by], "copy_released", words).await?;
        unit.commit().await?;
        Ok(self.settings().demo.then_some(token))
    }

    /// Refuses to release a copy, with why: it goes back to who made it.
    ///
    /// # Errors
    /// As [`Casework::release_copy`]; [`Error::Invalid`] without a reason.
    pub async fn refuse_copy(&self, actor: &Actor, child: ChildId, id: Uuid, why: &str) -> Result<()> {
        let (mut unit, _, mut row, _) = self.waiting(actor, child, id).await?;
        let why = why.trim();
        if why.is_empty() || why.chars().count() > LONGEST {
            return Err(Error::invalid("why", "Say why it is not released, in up to 2,000 characters"));
        }
        row.refused_by = Some(actor.person().0);
        row.refused_at = Some(self.now());
        row.refusal = Some(self.house.keys.seal(&context(id, "refusal"), why.as_bytes())?);
        unit.update_sent_copy(&row).await?;
        let detail = json!({"copy": id});
        log(&mut *unit, vec![actor.line("refuse_copy", Some(child.0), true, &detail)]).await?;
        let words = "The copy you made for somebody outside was not released. Read why, and make another if it is needed.";
        self.tell_of_copy(&mut *unit, child, id, &[row.prepared_by], "copy_refused", words).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Takes a copy back: its link opens nothing any more, and one that waits goes nowhere.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, or when there is no such copy that can be taken back.
    pub async fn take_copy_back(&self, actor: &Actor, child: ChildId, id: Uuid) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, _) = self.look_to_write(unit, actor, child, Action::AskOutside).await?;
        let row = unit.sent_copy(id).await?.filter(|row| row.child == child.0).ok_or(Error::Absent)?;
        if !matches!(standing(&row, self.now()), CopyStanding::Out | CopyStanding::Waiting) {
            return Err(Error::Absent);
        }
        let back = SentCopyRow {
            revoked_by: Some(actor.person().0),
            revoked_at: Some(self.now()),
            code: None,
            proof_hash: None,
            ..row
        };
        unit.update_sent_copy(&back).await?;
        let detail = json!({"copy": id});
        log(&mut *unit, vec![actor.line("take_copy_back", Some(child.0), true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }
}

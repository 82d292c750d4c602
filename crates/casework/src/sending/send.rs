//! Making a copy for somebody outside, as it was looked at, and letting it go.

use std::collections::HashSet;

use jiff::Timestamp;
use kinfold_access::Action;
use kinfold_record::{ChildId, Event};
use kinfold_store::{NoticeRow, OutboxRow, SentCopyRow, Unit};
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use super::body::SentBody;
use super::desk::context;
use super::draft::What;
use super::letters::LINK;
use crate::actor::Actor;
use crate::child::Looked;
use crate::error::{Error, Result};
use crate::forms::{Asked, Invited, checked, morning};
use crate::house::Casework;
use crate::pen::log;
use crate::record::NewEntry;
use crate::secrets::{hex, new_token, token_hash};

impl Casework {
    /// Makes a copy for somebody outside, exactly as it was looked at. What holds nothing sensitive goes at once, by a link;
    /// the rest waits for a second person. Answers the copy, and the link's secret only in an invented council, whose people
    /// have no inbox.
    ///
    /// # Errors
    /// As [`Casework::preview_outside`]; [`Error::Invalid`] for what was entered, when it may not go out, or when it is not
    /// what was looked at any more.
    pub async fn send_outside(
        &self,
        actor: &Actor,
        child: ChildId,
        what: &What,
        to: &Asked,
        why: &str,
        mark: &str,
    ) -> Result<(Uuid, Option<String>)> {
        let preview = self.preview_outside(actor, child, what).await?;
        let ends_on = checked(to, self.today())?;
        if let Some(barred) = preview.barred {
            return Err(Error::invalid("", barred));
        }
        if preview.mark != mark {
            return Err(Error::invalid(
                "",
                "The record has changed since you looked at this copy. Look at it again, then send it.",
            ));
        }
        let mut body = preview.body;
        let sensitive = !body.sensitive.is_empty();
        if !why.trim().is_empty() {
            body.why = Some(why.trim().to_owned());
        }
        if sensitive && body.why.is_none() {
            return Err(Error::invalid("why", "Say why they may know what is sensitive in it"));
        }
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::AskOutside).await?;
        if looked.handle.version != preview.handle.version {
            return Err(Error::Conflict { current: looked.handle.version });
        }
        let (id, now) = (self.new_id(), self.now());
        let seal = |part: &str, plain: &[u8]| self.house.keys.seal(&context(id, part), plain);
        let reader = Invited { name: to.name.trim().to_owned(), email: to.email.trim().to_owned() };
        let json = |e: serde_json::Error| Error::Internal(e.to_string());
        let mut row = SentCopyRow {
            id,
            child: child.0,
            kind: what.kind().to_owned(),
            recipient: seal("recipient", &serde_json::to_vec(&reader).map_err(json)?)?,
            body: seal("body", &serde_json::to_vec(&body).map_err(json)?)?,
            sensitive,
            prepared_by: actor.person().0,
            prepared_at: now,
            ends_on,
            expires_at: midnight_after(ends_on),
            released_by: None,
            released_at: None,
            refused_by: None,
            refused_at: None,
            refusal: None,
            token_hash: None,
            sent_at: None,
            code: None,
            code_at: None,
            code_tries: 0,
            proof_hash: None,
            proved_at: None,
            looks: 0,
            looked_at: None,
            revoked_by: None,
            revoked_at: None,
        };
        unit.insert_sent_copy(&row).await?;
        let detail = json!({"copy": id, "kind": row.kind, "sensitive": sensitive, "ends_on": ends_on});
        log(&mut *unit, vec![actor.line("prepare_copy", Some(child.0), true, &detail)]).await?;
        let token = if sensitive {
            self.ask_for_release(&mut *unit, actor, &looked, &body, id).await?;
            None
        } else {
            Some(self.let_go(&mut *unit, actor, &looked, &mut row, &body, &reader).await?)
        };
        unit.commit().await?;
        Ok((id, token.filter(|_| self.settings().demo)))
    }

    /// The link goes, and the record says so.
    pub(super) async fn let_go(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        looked: &Looked,
        row: &mut SentCopyRow,
        body: &SentBody,
        reader: &Invited,
    ) -> Result<String> {
        let (now, token) = (self.now(), new_token());
        row.token_hash = Some(token_hash(&token).to_vec());
        row.sent_at = Some(now);
        unit.update_sent_copy(row).await?;
        // The letter needs the address with the token in it, so it waits in the outbox, encrypted.
        let sealed = hex(&self.house.keys.seal(&context(row.id, "token"), token.as_bytes())?);
        let letter = OutboxRow {
            id: self.new_id(),
            kind: LINK.to_owned(),
            payload: json!({"copy": row.id, "token": sealed}).to_string(),
            due_at: now,
            attempts: 0,
            claimed_at: None,
            done_at: None,
            last_error: None,
        };
        unit.enqueue(&[letter]).await?;
        let detail = json!({"copy": row.id, "kind": row.kind});
        log(unit, vec![actor.line("send_copy", Some(row.child), true, &detail)]).await?;
        let new = self.sent_entries(unit, looked, row, body, reader).await?;
        if !new.is_empty() {
            self.append(unit, actor, looked, new).await?;
        }
        Ok(token)
    }

    /// What the record says of a copy that goes.
    async fn sent_entries(
        &self,
        unit: &mut dyn Unit,
        looked: &Looked,
        row: &SentCopyRow,
        body: &SentBody,
        reader: &Invited,
    ) -> Result<Vec<NewEntry>> {
        let today = self.today();
        if let Some((occasion, part)) = &body.review {
            return self.copy_goes(unit, looked.handle.id(), occasion, part, "By a link").await;
        }
        let Some((rendering, purpose)) = &body.rendering else { return Ok(Vec::new()) };
        let why = body.why.as_deref().unwrap_or("sent by a link");
        let event = Event::HealthSummaryShared {
            rendering: rendering.clone(),
            recipients: vec![body.role.clone()],
            to: Some(reader.name.clone()),
            assessment: None,
            version: None,
            document: Some(SmolStr::new(row.id.to_string())),
            text: Some(format!("{purpose}: {why}")),
        };
        Ok(vec![NewEntry::on(today, event)])
    }

    /// Tells those who may release it that a copy waits.
    async fn ask_for_release(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        looked: &Looked,
        body: &SentBody,
        copy: Uuid,
    ) -> Result<()> {
        let (child, today) = (looked.handle.id(), self.today());
        let mut people: Vec<Uuid> = looked
            .timeline
            .circle_on(today)
            .filter(|m| matches!(m.role.as_str(), "team_manager" | "reviewing_officer"))
            .filter_map(|m| m.person.map(|p| p.0))
            .collect();
        people
            .extend(unit.holders("team_manager", looked.handle.team, today).await?.into_iter().map(|p| p.id));
        people.sort();
        people.dedup();
        if looked.handle.restricted {
            let readers: HashSet<Uuid> =
                unit.restricted_readers(child.0).await?.into_iter().map(|r| r.person).collect();
            people.retain(|person| readers.contains(person));
        }
        people.retain(|person| *person != actor.person().0 && body.made_ready_by != Some(*person));
        let words = "A copy for somebody outside holds something sensitive. Somebody else than who made it looks at it and \
                     releases it, or says why not.";
        self.tell_of_copy(unit, child, copy, &people, "copy_waits", words).await
    }

    pub(super) async fn tell_of_copy(
        &self,
        unit: &mut dyn Unit,
        child: ChildId,
        copy: Uuid,
        people: &[Uuid],
        kind: &str,
        words: &str,
    ) -> Result<()> {
        let notices: Vec<NoticeRow> = people
            .iter()
            .map(|person| NoticeRow {
                id: self.new_id(),
                person: *person,
                child: Some(child.0),
                kind: kind.to_owned(),
                text: words.to_owned(),
                link: Some(format!("/children/{child}/sending/{copy}")),
                created_at: self.now(),
                read_at: None,
            })
            .collect();
        self.give_notices(unit, &notices, &mut HashSet::new()).await
    }
}

/// The first instant of the day after, in England.
fn midnight_after(day: jiff::civil::Date) -> Timestamp {
    let nine = morning(day, 1);
    nine - jiff::SignedDuration::from_hours(9)
}

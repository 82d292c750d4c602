//! Letters to somebody outside who was asked to fill in a section. They hold the link and a day, and neither a name nor
//! what the form is about: an inbox is read by others too.

use kinfold_access::Purpose;
use kinfold_store::{FormLinkRow, NoticeRow, OutboxRow};
use serde_json::json;
use uuid::Uuid;

use crate::actor::audit_line;
use crate::error::Result;
use crate::house::Casework;
use crate::outbox::{Carrier, Outcome};
use crate::pen::log;

use super::desk::standing;
use super::links::context;

/// Work of the outbox: the link, for the first time.
pub(super) const INVITE: &str = "form_invite";
/// Work of the outbox: the link again, because it is time.
pub(super) const CHASE: &str = "form_chase";
/// Work of the outbox: the code that opens it.
pub(super) const CODE: &str = "form_code";

/// Whether a piece of work is one of these letters.
pub(crate) fn is_form_mail(kind: &str) -> bool {
    matches!(kind, INVITE | CHASE | CODE)
}

impl Casework {
    /// Sends one of these letters, if it is still wanted.
    pub(crate) async fn deliver_form_mail(
        &self,
        carrier: &impl Carrier,
        work: &OutboxRow,
    ) -> Result<Outcome> {
        let payload: serde_json::Value = serde_json::from_str(&work.payload).unwrap_or_default();
        let Some(id) = payload["link"].as_str().and_then(|id| id.parse::<Uuid>().ok()) else {
            return Ok(Outcome::Failed("the work does not say for which link it is".to_owned()));
        };
        let mut unit = self.house.store.glance().await?;
        let (now, today) = (self.now(), self.today());
        let wanted = |link: &FormLinkRow| standing(link, today, now).is_some_and(|s| s.is_out());
        let Some(link) = unit.form_link(id).await?.filter(wanted) else { return Ok(Outcome::Dropped) };
        let Some(form) = unit.form(link.form).await? else { return Ok(Outcome::Dropped) };
        if self.closed_since(&mut *unit, form.child, &link).await? {
            return Ok(Outcome::Dropped);
        }
        drop(unit);
        let invited = self.invited(&link)?;
        let (subject, text) = if work.kind == CODE {
            let Some(sealed) = &link.code else { return Ok(Outcome::Dropped) };
            let code = String::from_utf8_lossy(&self.house.keys.open(&context(id), sealed)?).into_owned();
            (format!("{code} is your code"), code_letter(&code))
        } else {
            let sealed = payload["token"].as_str().and_then(from_hex).unwrap_or_default();
            let token = String::from_utf8_lossy(&self.house.keys.open(&context(id), &sealed)?).into_owned();
            self.link_letter(&link, &token, work.kind == CHASE)
        };
        if let Err(error) = carrier.carry(&invited.email, &subject, &text).await {
            return Ok(Outcome::Failed(error.replace(&invited.email, "the address")));
        }
        if work.kind == CHASE {
            self.chased(link).await?;
        }
        Ok(Outcome::Sent)
    }

    fn link_letter(&self, link: &FormLinkRow, token: &str, again: bool) -> (String, String) {
        let settings = self.settings();
        let from = if settings.authority.is_empty() { "The authority" } else { settings.authority.as_str() };
        let day = link.due_on.strftime("%A %-d %B %Y");
        let (subject, first) = if again {
            (
                "A reminder: part of a form waits for you",
                format!("{from} is still waiting for a part of a form from you, by {day}."),
            )
        } else {
            (
                "You are asked to fill in part of a form",
                format!(
                    "{from} asks you to fill in a part of a form about a child or young person you work with, by {day}."
                ),
            )
        };
        let text = format!(
            "{first}\n\n\
             Open this link: {}/fill/{token}\n\n\
             It is for you alone. When you open it we send a code to this address, so that nobody else can use it. What \
             you write is kept as you go, and you can come back to it.\n\n\
             If you did not expect this, or it is not yours to answer, reply to whoever works with you at {from} and do \
             not open the link. This message says no more on purpose.\n",
            settings.address.trim_end_matches('/')
        );
        (subject.to_owned(), text)
    }

    /// Notes that somebody was reminded; once the day has passed, tells whoever asked.
    async fn chased(&self, link: FormLinkRow) -> Result<()> {
        let (now, today) = (self.now(), self.today());
        let late = link.due_on < today;
        let mut unit = self.house.store.write().await?;
        // As it is now: it may have been opened while the letter was on its way.
        let Some(current) = unit.form_link(link.id).await? else { return Ok(()) };
        let Some(form) = unit.form(link.form).await? else { return Ok(()) };
        unit.update_form_link(&FormLinkRow { chased_at: Some(now), ..current }).await?;
        if late {
            let notice = NoticeRow {
                id: self.new_id(),
                person: link.made_by,
                child: Some(form.child),
                kind: "form_outside_late".to_owned(),
                text:
                    "A section that you asked somebody outside to fill in is late. They have been reminded."
                        .to_owned(),
                link: Some(format!("/children/{}/forms/{}", form.child, form.id)),
                created_at: now,
                read_at: None,
            };
            self.give_notices(&mut *unit, &[notice], &mut std::collections::HashSet::new()).await?;
        }
        let detail = json!({"form": form.form_id, "link": link.id, "late": late});
        let line = audit_line(
            now,
            None,
            None,
            "chase_outside",
            Some(form.child),
            Purpose::DirectCare,
            true,
            &detail,
        );
        log(&mut *unit, vec![line]).await?;
        unit.commit().await?;
        Ok(())
    }
}

/// The letter with a code.
pub(crate) fn code_letter(code: &str) -> String {
    format!(
        "Your code is {code}\n\n\
         Enter it on the page where you asked for it. It is good for 15 minutes.\n\n\
         If you did not ask for a code, somebody else has your link: do nothing, and tell whoever sent it to you.\n"
    )
}

/// Bytes from hexadecimal.
pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_reads_back() {
        assert_eq!(from_hex("00ff7a"), Some(vec![0, 255, 122]));
        assert_eq!(from_hex("0"), None);
        assert_eq!(from_hex("zz"), None);
        assert_eq!(from_hex("é0"), None);
    }
}

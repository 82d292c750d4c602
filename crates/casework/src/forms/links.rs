//! Asking somebody outside to fill in one section: a link that is sent by e-mail, good for that section only. The link's
//! secret stands in its address and nowhere else; here is its hash. Whoever opens it proves with a code, sent to the
//! address that was invited, that they are who was asked.

use jiff::civil::{Date, time};
use jiff::{SignedDuration, Timestamp, ToSpan};
use kinfold_access::Action;
use kinfold_record::ChildId;
use kinfold_store::{FormLinkRow, FormStanding, OutboxRow};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::clock::england;
use crate::error::{Error, FieldProblem, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::{hex, new_token, token_hash};

use super::desk::{roles, standing};
use super::mail::{CHASE, INVITE};

/// So long after its day a link still opens: late is better than not at all.
const GRACE: i32 = 14;
/// The furthest day that can be asked for.
const FURTHEST: i32 = 183;

/// Who was asked, as it is kept (encrypted).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Invited {
    pub name: String,
    pub email: String,
}

/// Somebody outside to be asked, as a form gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// By when.
    pub due_on: Option<Date>,
}

/// What whoever was invited is bound to when it is encrypted.
pub(super) fn context(link: Uuid) -> String {
    format!("form_link:{link}")
}

impl Casework {
    /// Asks somebody outside to fill in a section. The link goes to them by e-mail and is shown to nobody else; only an
    /// invented council, whose people have no inbox, answers its secret too.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, or when the section is not one that may be handed outside;
    /// [`Error::Invalid`] for what was entered, or when the section is with somebody already.
    pub async fn ask_outside(
        &self,
        actor: &Actor,
        child: ChildId,
        id: Uuid,
        section: &str,
        asked: &Asked,
    ) -> Result<(Uuid, Option<String>)> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::AskOutside).await?;
        let opened = self.open_form_of(&mut *unit, actor, &looked, id).await?;
        let (now, today) = (self.now(), self.today());
        let theirs = opened.form.section(section).filter(|s| {
            s.delegate.is_some()
                && super::desk::may_see(s, &roles(actor, &looked.handle), &looked.handle, &opened.form)
        });
        let Some(section) = theirs.filter(|_| opened.row.state == FormStanding::Open) else {
            drop(unit);
            return self.refused(actor, child, Action::AskOutside).await;
        };
        let due_on = checked(asked, today)?;
        let out = opened
            .links
            .iter()
            .any(|l| l.section == section.id && standing(l, today, now).is_some_and(|s| s.is_out()));
        if out {
            return Err(Error::invalid(
                "",
                "This section is with somebody already. Take that link back first, or wait for it.",
            ));
        }
        let link = self.new_id();
        let token = new_token();
        let invited = Invited { name: asked.name.trim().to_owned(), email: asked.email.trim().to_owned() };
        let plain = serde_json::to_vec(&invited).map_err(|e| Error::Internal(e.to_string()))?;
        let row = FormLinkRow {
            id: link,
            form: id,
            section: section.id.to_string(),
            token_hash: token_hash(&token).to_vec(),
            invited: self.house.keys.seal(&context(link), &plain)?,
            made_by: actor.person().0,
            made_at: now,
            due_on,
            expires_at: morning(due_on, GRACE),
            opened_at: None,
            code: None,
            code_at: None,
            code_tries: 0,
            proof_hash: None,
            proved_at: None,
            chased_at: None,
            used_at: None,
            revoked_at: None,
        };
        unit.insert_form_link(&row).await?;
        // The letters need the address with the token in it, so it waits in the outbox, encrypted like the answers.
        let sealed = hex(&self.house.keys.seal(&context(link), token.as_bytes())?);
        let work = |kind: &str, due_at: Timestamp| OutboxRow {
            id: self.new_id(),
            kind: kind.to_owned(),
            payload: json!({"link": link, "token": sealed}).to_string(),
            due_at,
            attempts: 0,
            claimed_at: None,
            done_at: None,
            last_error: None,
        };
        let mut letters = vec![work(INVITE, now)];
        // The day before it is due, the day after, and a week after: each is dropped when the section is back by then.
        letters.extend(
            [-1, 1, 7]
                .map(|days| morning(due_on, days))
                .into_iter()
                .filter(|at| *at > now)
                .map(|at| work(CHASE, at)),
        );
        unit.enqueue(&letters).await?;
        let detail = json!({"form": opened.form.id, "section": section.id, "link": link, "due_on": due_on});
        log(&mut *unit, vec![actor.line("ask_outside", Some(child.0), true, &detail)]).await?;
        unit.commit().await?;
        Ok((link, self.settings().demo.then_some(token)))
    }

    /// Takes a link back: it opens nothing any more. What was saved by it stays.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, or when there is no such link that can be taken back.
    pub async fn take_link_back(&self, actor: &Actor, child: ChildId, id: Uuid, link: Uuid) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, _) = self.look_to_write(unit, actor, child, Action::AskOutside).await?;
        let opened = self.open_form(&mut *unit, child, id).await?;
        let found =
            opened.links.iter().find(|l| l.id == link && l.used_at.is_none() && l.revoked_at.is_none());
        let Some(row) = found else { return Err(Error::Absent) };
        unit.update_form_link(&FormLinkRow { revoked_at: Some(self.now()), ..row.clone() }).await?;
        let detail = json!({"form": opened.form.id, "link": link});
        log(&mut *unit, vec![actor.line("take_link_back", Some(child.0), true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }
}

/// Nine in the morning in England, so many days after a day.
pub(crate) fn morning(day: Date, days: i32) -> Timestamp {
    day.checked_add(days.days())
        .ok()
        .and_then(|day| day.to_datetime(time(9, 0, 0, 0)).to_zoned(england()).ok())
        .map_or(Timestamp::MAX - SignedDuration::from_hours(24 * 366), |at| at.timestamp())
}

pub(crate) fn checked(asked: &Asked, today: Date) -> Result<Date> {
    let mut problems = Vec::new();
    let mut wrong =
        |field: &str, words: &str| problems.push(FieldProblem { field: field.into(), message: words.into() });
    let name = asked.name.trim();
    if name.is_empty() || name.chars().count() > 120 {
        wrong("name", "Enter the name of the person you are asking, in 120 characters or fewer");
    }
    let email = asked.email.trim();
    let shaped = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
    });
    if !shaped || email.len() > 254 || email.chars().any(|c| c.is_whitespace() || c.is_control()) {
        wrong("email", "Enter an e-mail address like name@school.example");
    }
    let latest = today.checked_add(FURTHEST.days()).unwrap_or(today);
    match asked.due_on {
        Some(due) if due < today => wrong("due", "The day must be today or later"),
        Some(due) if due > latest => wrong("due", "The day must be within half a year"),
        None => wrong("due", "Enter the day by which you need it"),
        Some(_) => {}
    }
    match (problems.is_empty(), asked.due_on) {
        (true, Some(due)) => Ok(due),
        _ => Err(Error::Invalid(problems)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn asked(name: &str, email: &str, due_on: Option<Date>) -> Asked {
        Asked { name: name.to_owned(), email: email.to_owned(), due_on }
    }

    #[test]
    fn who_is_asked_needs_a_name_an_address_and_a_day_ahead() {
        let today = date(2026, 11, 23);
        let due = Some(date(2026, 12, 1));
        assert_eq!(
            checked(&asked("Ms Reed", "m.reed@school.example", due), today).unwrap(),
            date(2026, 12, 1)
        );
        for (who, fields) in [
            (asked("", "m.reed@school.example", due), vec!["name"]),
            (asked("Ms Reed", "m.reed", due), vec!["email"]),
            (asked("Ms Reed", "m.reed@school.example\nBcc: x@y.example", due), vec!["email"]),
            (asked("Ms Reed", "a@b@c.example", due), vec!["email"]),
            (asked("Ms Reed", "m.reed@school.example", None), vec!["due"]),
            (asked("Ms Reed", "m.reed@school.example", Some(date(2026, 11, 22))), vec!["due"]),
            (asked("Ms Reed", "m.reed@school.example", Some(date(2027, 12, 1))), vec!["due"]),
            (asked("", "", None), vec!["name", "email", "due"]),
        ] {
            let Err(Error::Invalid(problems)) = checked(&who, today) else { panic!("{who:?} passes") };
            assert_eq!(problems.iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), fields, "{who:?}");
        }
    }

    #[test]
    fn mornings_are_english_ones() {
        assert_eq!(morning(date(2026, 6, 30), 1).to_string(), "2026-07-01T08:00:00Z");
        assert_eq!(morning(date(2026, 12, 1), -1).to_string(), "2026-11-30T09:00:00Z");
    }
}

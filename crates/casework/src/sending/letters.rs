//! Letters to somebody outside for whom there is a copy to read. They hold the link and a day, and neither a name nor what
//! it is about: an inbox is read by others too.

use kinfold_store::{OutboxRow, SentCopyRow};
use uuid::Uuid;

use super::desk::{CopyStanding, context, standing};
use crate::error::Result;
use crate::forms::{code_letter, from_hex};
use crate::house::Casework;
use crate::outbox::{Carrier, Outcome};

/// Work of the outbox: the link.
pub(super) const LINK: &str = "copy_link";
/// Work of the outbox: the code that opens it.
pub(super) const CODE: &str = "copy_code";

/// Whether a piece of work is one of these letters.
pub(crate) fn is_copy_mail(kind: &str) -> bool {
    matches!(kind, LINK | CODE)
}

impl Casework {
    /// Sends one of these letters, if it is still wanted.
    pub(crate) async fn deliver_copy_mail(
        &self,
        carrier: &impl Carrier,
        work: &OutboxRow,
    ) -> Result<Outcome> {
        let payload: serde_json::Value = serde_json::from_str(&work.payload).unwrap_or_default();
        let Some(id) = payload["copy"].as_str().and_then(|id| id.parse::<Uuid>().ok()) else {
            return Ok(Outcome::Failed("the work does not say for which copy it is".to_owned()));
        };
        let mut unit = self.house.store.glance().await?;
        let row = unit.sent_copy(id).await?;
        drop(unit);
        let Some(row) = row.filter(|row| standing(row, self.now()) == CopyStanding::Out) else {
            return Ok(Outcome::Dropped);
        };
        let reader = self.reader_of(&row)?;
        let (subject, text) = if work.kind == CODE {
            let Some(sealed) = &row.code else { return Ok(Outcome::Dropped) };
            let plain = self.house.keys.open(&context(id, "code"), sealed)?;
            let code = String::from_utf8_lossy(&plain).into_owned();
            (format!("{code} is your code"), code_letter(&code))
        } else {
            let sealed = payload["token"].as_str().and_then(from_hex).unwrap_or_default();
            let plain = self.house.keys.open(&context(id, "token"), &sealed)?;
            self.copy_letter(&row, &String::from_utf8_lossy(&plain))
        };
        Ok(match carrier.carry(&reader.email, &subject, &text).await {
            Ok(()) => Outcome::Sent,
            Err(error) => Outcome::Failed(error.replace(&reader.email, "the address")),
        })
    }

    fn copy_letter(&self, row: &SentCopyRow, token: &str) -> (String, String) {
        let settings = self.settings();
        let from = if settings.authority.is_empty() { "The authority" } else { settings.authority.as_str() };
        let day = row.ends_on.strftime("%A %-d %B %Y");
        let text = format!(
            "{from} has a document for you to read, until {day}.\n\n\
             Open this link: {}/copy/{token}\n\n\
             It is for you alone. When you open it we send a code to this address, so that nobody else can use it. We note \
             each time that it is read.\n\n\
             If you did not expect this, reply to whoever works with you at {from} and do not open the link. This message \
             says no more on purpose.\n",
            settings.address.trim_end_matches('/')
        );
        ("There is a document for you to read".to_owned(), text)
    }
}

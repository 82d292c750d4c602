//! What somebody outside does with a section: saves it page by page, and sends it back.

use kinfold_store::{FormLinkRow, NoticeRow, Unit};

use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

use super::outside::{Opened, OutsideDesk, outside_line};
use super::save::{Changes, Saved, field_problems};

/// A link that was opened by who was asked, in a unit that writes.
pub(super) struct Entered {
    pub unit: Box<dyn Unit>,
    pub link: FormLinkRow,
    pub desk: OutsideDesk,
}

/// What came of something that was sent by a link.
#[derive(Debug)]
pub enum Sent<T> {
    /// It was done.
    Done(T),
    /// The link does not open the section (any more): nothing was done, and this is what to say.
    Not(Opened),
}

impl Casework {
    /// Opens a link for writing, or says why not.
    pub(super) async fn enter(&self, token: &str, proof: Option<&str>) -> Result<Sent<Entered>> {
        let opened = self.outside(token, proof).await?;
        if !matches!(opened, Opened::Section(_)) {
            return Ok(Sent::Not(opened));
        }
        let (mut unit, link) = self.link_of(token).await?;
        let form = unit.form(link.form).await?.ok_or(Error::Absent)?;
        // It may have been taken back between the two.
        if let Some(over) = self.over(&mut *unit, &link, &form).await? {
            unit.commit().await?;
            return Ok(Sent::Not(over));
        }
        let desk = self.outside_desk(&mut *unit, &link).await?;
        Ok(Sent::Done(Entered { unit, link, desk }))
    }

    /// Saves the answers of one page of the section. As [`Casework::save_form`], for somebody outside.
    ///
    /// # Errors
    /// As [`Casework::outside`]; [`Error::Conflict`] when somebody has answered one of the same questions meanwhile.
    pub async fn save_outside(
        &self,
        token: &str,
        proof: Option<&str>,
        seen: &str,
        changes: &Changes,
    ) -> Result<Sent<Saved>> {
        let Entered { mut unit, link, desk } = match self.enter(token, proof).await? {
            Sent::Done(entered) => entered,
            Sent::Not(opened) => return Ok(Sent::Not(opened)),
        };
        let opened = self.open_form(&mut *unit, desk.child, desk.id).await?;
        let section = desk.form.section(&desk.section).ok_or(Error::Absent)?;
        let saved = self.put_answers(&mut *unit, opened, section, seen, changes, None, &desk.veil).await?;
        if saved.changed {
            let line = outside_line(self.now(), "outside_fill", desk.child.0, &link, true);
            log(&mut *unit, vec![line]).await?;
            unit.commit().await?;
        }
        Ok(Sent::Done(saved))
    }

    /// Sends the section back: from then on the link opens nothing, and whoever asked is told.
    ///
    /// # Errors
    /// As [`Casework::outside`]; [`Error::Invalid`] with what is still to be answered.
    pub async fn send_back(&self, token: &str, proof: Option<&str>) -> Result<Sent<()>> {
        let Entered { mut unit, link, desk } = match self.enter(token, proof).await? {
            Sent::Done(entered) => entered,
            Sent::Not(opened) => return Ok(Sent::Not(opened)),
        };
        let problems = {
            let sheet = desk.sheet();
            let section = desk.form.section(&desk.section).ok_or(Error::Absent)?;
            let found = (0..desk.answers.times(section)).flat_map(|time| sheet.check_section(section, time));
            field_problems(found)
        };
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let now = self.now();
        unit.update_form_link(&FormLinkRow { used_at: Some(now), proof_hash: None, ..link.clone() }).await?;
        let notice = NoticeRow {
            id: self.new_id(),
            person: link.made_by,
            child: Some(desk.child.0),
            kind: "form_outside_back".to_owned(),
            text: "A section that you asked somebody outside to fill in has come back.".to_owned(),
            link: Some(format!("/children/{}/forms/{}", desk.child, desk.id)),
            created_at: now,
            read_at: None,
        };
        self.give_notices(&mut *unit, &[notice], &mut std::collections::HashSet::new()).await?;
        log(&mut *unit, vec![outside_line(now, "outside_send", desk.child.0, &link, true)]).await?;
        unit.commit().await?;
        Ok(Sent::Done(()))
    }
}

//! Documents that are laid before the panel: reports of reviewing officers, of nurses, of others. What a file is, is found
//! by looking at it; it is kept encrypted.

use kinfold_access::{Action, Code};
use kinfold_store::{AuthorityFileRow, Unit};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::change::Meant;
use super::meeting::MeetingEvent;
use super::read::meeting;
use crate::actor::Actor;
use crate::authority::entry::lock;
use crate::authority::{LONGEST_TITLE, text};
use crate::error::{Error, Result};
use crate::forms::Download;
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::Keys;

/// The largest document taken, in bytes.
pub const LARGEST_PAPER: usize = 25 * 1024 * 1024;

/// What is taken: what it is found to be, and how its name ends.
const TAKEN: [(&str, &str); 4] = [
    ("application/pdf", "pdf"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
];

/// A document to be laid before the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPaper {
    /// What it is.
    pub title: String,
    /// What the browser called it.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

pub(in crate::authority) fn context(file: Uuid) -> String {
    format!("authority_file:{file}")
}

/// What a file is, when it is one that is taken.
pub(in crate::authority) fn looked_at(bytes: &[u8]) -> Result<&'static str> {
    if bytes.is_empty() {
        return Err(Error::invalid("file", "Choose a file that is not empty"));
    }
    if bytes.len() > LARGEST_PAPER {
        let (size, most) = (bytes.len().div_ceil(1024 * 1024), LARGEST_PAPER / 1024 / 1024);
        let words = format!(
            "This file has {size} MB. The most that is taken is {most} MB. Make it smaller, or split it"
        );
        return Err(Error::invalid("file", words));
    }
    let found = infer::get(bytes).map(|kind| kind.mime_type());
    TAKEN.iter().find(|(mime, _)| Some(*mime) == found).map(|(mime, _)| *mime).ok_or_else(|| {
        Error::invalid(
            "file",
            "Choose a PDF, a Word document (DOCX), an ODT document or an Excel file (XLSX)",
        )
    })
}

/// A kept document as it leaves. Its name tells nothing: the file lies in a folder that others may see.
pub(in crate::authority) fn opened(keys: &Keys, row: AuthorityFileRow, sealed: &[u8]) -> Result<Download> {
    let bytes = keys.open(&context(row.id), sealed)?;
    let end = TAKEN.iter().find(|(mime, _)| *mime == row.kind).map_or("bin", |(_, end)| end);
    let short: String = row.id.simple().to_string().chars().rev().take(8).collect();
    Ok(Download { name: format!("paper-{short}.{end}"), kind: row.kind, bytes })
}

impl Casework {
    /// Keeps a document of a subject, encrypted, in the caller's transaction.
    pub(in crate::authority) async fn keep_authority_file(
        &self,
        unit: &mut dyn Unit,
        (subject, file): (Uuid, Uuid),
        media: &str,
        new: &NewPaper,
        by: Uuid,
    ) -> Result<()> {
        let name: String = new.name.chars().filter(|c| !c.is_control()).take(120).collect();
        let row = AuthorityFileRow {
            id: file,
            subject,
            name: self.house.keys.seal(&context(file), name.as_bytes())?,
            kind: media.to_owned(),
            size: i64::try_from(new.bytes.len()).unwrap_or(i64::MAX),
            digest: Sha256::digest(&new.bytes).to_vec(),
            added_by: by,
            added_at: self.now(),
        };
        let sealed = self.house.keys.seal(&context(file), &new.bytes)?;
        unit.insert_authority_file(&row, sealed).await?;
        Ok(())
    }

    /// Lays a document beside an item of the agenda.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to run the panel, or when there is no such item; [`Error::Invalid`] when the
    /// file is too large or of another kind, or the minutes are agreed.
    pub async fn lay_paper(
        &self,
        actor: &Actor,
        (id, item): (Uuid, Uuid),
        new: &NewPaper,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::RunPanel)?;
        let title = text("title", &new.title, LONGEST_TITLE, "Say what it is")?;
        let media = looked_at(&new.bytes)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        let (of, _) = meeting(&mut *unit, id).await?;
        of.item(item).ok_or(Error::Absent)?;
        if unit.kept_answer(key, me).await?.is_some() {
            return Ok(());
        }
        if of.agreed.is_some() {
            return Err(Error::invalid("", "The minutes are agreed, so that nothing is added"));
        }
        let file = self.new_id();
        let size = i64::try_from(new.bytes.len()).unwrap_or(i64::MAX);
        self.keep_authority_file(&mut *unit, (id, file), media, new, me).await?;
        let laid = MeetingEvent::PaperLaid { file, title, media: media.to_owned(), size };
        self.add_entries(&mut *unit, id, of.version, Some(me), &[(Some(item), laid)]).await?;
        unit.keep_answer(key, me, self.now(), "done").await?;
        let detail = json!({"meeting": id, "item": item, "file": file});
        log(&mut *unit, vec![actor.line(Action::RunPanel.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Takes a document away again. A pack that was issued keeps it.
    ///
    /// # Errors
    /// As [`Casework::lay_paper`].
    pub async fn take_paper_away(
        &self,
        actor: &Actor,
        (id, item): (Uuid, Uuid),
        file: Uuid,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::RunPanel)?;
        self.in_meeting(actor, id, key, |of| {
            let found = of.item(item).ok_or(Error::Absent)?;
            if !found.papers.iter().any(|paper| paper.file == file) {
                return Err(Error::Absent);
            }
            Ok(Meant::one(Some(item), MeetingEvent::PaperTakenAway { file }))
        })
        .await
    }

    /// A document that is, or was, laid before a meeting.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read the panel's papers, or when it is not of this meeting.
    pub async fn panel_paper(&self, actor: &Actor, id: Uuid, file: Uuid) -> Result<Download> {
        actor.require(Action::ViewPlans)?;
        let mut unit = self.house.store.read().await?;
        let (of, entries) = meeting(&mut *unit, id).await?;
        if !of.holds(file, &entries) {
            return Err(Error::Absent);
        }
        let row = unit.authority_file(file).await?.ok_or(Error::Absent)?;
        let sealed = unit.authority_file_body(file).await?.ok_or(Error::Absent)?;
        drop(unit);
        let download = opened(&self.house.keys, row, &sealed)?;
        let detail = json!({"meeting": id, "file": file});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        Ok(download)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_taken_and_nothing_that_runs() {
        assert_eq!(looked_at(b"%PDF-1.7\n").unwrap(), "application/pdf");
        for hostile in
            [b"<html>".as_slice(), b"MZ\x90\0", b"", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"]
        {
            assert!(matches!(looked_at(hostile), Err(Error::Invalid(_))), "{hostile:?}");
        }
        assert!(matches!(looked_at(&vec![b'%'; LARGEST_PAPER + 1]), Err(Error::Invalid(_))));
    }
}

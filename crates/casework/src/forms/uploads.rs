//! Files given as answers. What a file is, is found by looking at it; only kinds on the list are taken, and a file is
//! given out again only as something to save, never to be shown inside a page.

use kinfold_access::Action;
use kinfold_forms::{Answer, Answers, Key, Upload};
use kinfold_guidance::form::{Kind, Section};
use kinfold_record::ChildId;
use kinfold_store::{FormUploadRow, Unit};
use serde_json::json;
use sha2::{Digest, Sha256};
use smol_str::SmolStr;
use uuid::Uuid;

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::veil::Veil;

use super::desk::{Opened, may_see, roles};
use super::outside::outside_line;
use super::outside_write::{Entered, Sent};
use super::save::{Changes, Saved, mark};

/// The largest file taken, in bytes.
pub const LARGEST_FILE: usize = 10 * 1024 * 1024;

/// What is taken: how a file begins, what it is called in messages.
const TAKEN: &[(&str, &str)] = &[
    ("image/jpeg", "JPEG"),
    ("image/png", "PNG"),
    ("image/webp", "WebP"),
    ("image/heif", "HEIC"),
    ("application/pdf", "PDF"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word (.docx)"),
];

/// A file as it was sent. Nothing about it is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// What the browser called it.
    pub name: String,
    /// What it holds; `None` when it was larger than [`LARGEST_FILE`] and has been let go.
    pub bytes: Option<Vec<u8>>,
    /// How large it was, in bytes.
    pub size: usize,
}

/// A file to give out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// A name that tells nothing about anybody: "file-1f2e.pdf".
    pub name: String,
    /// What it is.
    pub kind: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What is done to the files of an answer.
#[derive(Clone, Copy)]
enum Change<'f> {
    Add(&'f NewFile),
    TakeOut(Uuid),
}

impl Change<'_> {
    /// As the log says it.
    fn words(self) -> &'static str {
        match self {
            Self::Add(_) => "added",
            Self::TakeOut(_) => "taken out",
        }
    }
}

/// What a file is, when it is one that is taken; else what to say.
fn looked_at(file: &NewFile) -> Result<(&'static str, &[u8]), String> {
    let most = LARGEST_FILE / 1024 / 1024;
    let Some(bytes) = file.bytes.as_deref().filter(|b| b.len() <= LARGEST_FILE) else {
        let size = file.size.div_ceil(1024 * 1024);
        return Err(format!(
            "The file is {size} MB. The largest that is taken is {most} MB: make it smaller, or take the photo again in a smaller size"
        ));
    };
    if bytes.is_empty() {
        return Err("The file is empty. Choose another".to_owned());
    }
    let found = infer::get(bytes).map(|kind| kind.mime_type());
    match TAKEN.iter().find(|(mime, _)| Some(*mime) == found) {
        Some((mime, _)) => Ok((mime, bytes)),
        None => {
            let names: Vec<&str> = TAKEN.iter().map(|(_, name)| *name).collect();
            Err(format!("This kind of file is not taken. Choose one of: {}", names.join(", ")))
        }
    }
}

/// What a file's bytes and name are bound to when they are encrypted.
fn context(upload: Uuid) -> String {
    format!("form_upload:{upload}")
}

/// The files that stand in an answer.
fn held(answers: &Answers, key: &Key) -> Vec<Upload> {
    match answers.get(key) {
        Some(Answer::Uploads(list)) => list.clone(),
        _ => Vec::new(),
    }
}

impl Casework {
    /// Adds a file to the answer of a question.
    ///
    /// # Errors
    /// As [`Casework::save_form`]; [`Error::Invalid`] when the file is too large, of another kind, or one too many.
    pub async fn add_form_file(
        &self,
        actor: &Actor,
        child: ChildId,
        id: Uuid,
        section: &str,
        key: &Key,
        file: &NewFile,
    ) -> Result<Saved> {
        self.change_form_files(actor, child, id, section, key, Change::Add(file)).await
    }

    /// Takes a file out of an answer, and forgets it.
    ///
    /// # Errors
    /// As [`Casework::save_form`]; [`Error::Absent`] when the answer does not hold it.
    pub async fn drop_form_file(
        &self,
        actor: &Actor,
        child: ChildId,
        id: Uuid,
        section: &str,
        key: &Key,
        file: Uuid,
    ) -> Result<Saved> {
        self.change_form_files(actor, child, id, section, key, Change::TakeOut(file)).await
    }

    /// As [`Casework::add_form_file`], for somebody outside.
    ///
    /// # Errors
    /// As [`Casework::add_form_file`] and [`Casework::outside`].
    pub async fn add_outside_file(
        &self,
        token: &str,
        proof: Option<&str>,
        key: &Key,
        file: &NewFile,
    ) -> Result<Sent<Saved>> {
        self.change_outside_files(token, proof, key, Change::Add(file)).await
    }

    /// As [`Casework::drop_form_file`], for somebody outside.
    ///
    /// # Errors
    /// As [`Casework::drop_form_file`] and [`Casework::outside`].
    pub async fn drop_outside_file(
        &self,
        token: &str,
        proof: Option<&str>,
        key: &Key,
        file: Uuid,
    ) -> Result<Sent<Saved>> {
        self.change_outside_files(token, proof, key, Change::TakeOut(file)).await
    }

    async fn change_form_files(
        &self,
        actor: &Actor,
        child: ChildId,
        id: Uuid,
        section: &str,
        key: &Key,
        change: Change<'_>,
    ) -> Result<Saved> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::FillForm).await?;
        let opened = self.open_form_of(&mut *unit, actor, &looked, id).await?;
        let roles = roles(actor, &looked.handle);
        let form = std::sync::Arc::clone(&opened.form);
        let Some(section) = form.section(section).filter(|s| s.may_fill(&roles)) else {
            drop(unit);
            return self.refused(actor, child, Action::FillForm).await;
        };
        let by = Some(actor.person().0);
        let saved = self.change_files(&mut *unit, opened, section, key, change, by).await?;
        let detail = json!({"form": form.id, "section": section.id, "file": change.words()});
        log(&mut *unit, vec![actor.line("fill_form", Some(child.0), true, &detail)]).await?;
        unit.commit().await?;
        Ok(saved)
    }

    async fn change_outside_files(
        &self,
        token: &str,
        proof: Option<&str>,
        key: &Key,
        change: Change<'_>,
    ) -> Result<Sent<Saved>> {
        let Entered { mut unit, link, desk } = match self.enter(token, proof).await? {
            Sent::Done(entered) => entered,
            Sent::Not(opened) => return Ok(Sent::Not(opened)),
        };
        let opened = self.open_form(&mut *unit, desk.child, desk.id).await?;
        let section = desk.form.section(&desk.section).ok_or(Error::Absent)?;
        let saved = self.change_files(&mut *unit, opened, section, key, change, None).await?;
        log(&mut *unit, vec![outside_line(self.now(), "outside_fill", desk.child.0, &link, true)]).await?;
        unit.commit().await?;
        Ok(Sent::Done(saved))
    }

    async fn change_files(
        &self,
        unit: &mut dyn Unit,
        opened: Opened,
        section: &Section,
        key: &Key,
        change: Change<'_>,
        by: Option<Uuid>,
    ) -> Result<Saved> {
        match change {
            Change::Add(file) => self.put_file(unit, opened, section, key, file, by).await,
            Change::TakeOut(file) => self.take_file(unit, opened, section, key, file, by).await,
        }
    }

    async fn put_file(
        &self,
        unit: &mut dyn Unit,
        opened: Opened,
        section: &Section,
        key: &Key,
        file: &NewFile,
        by: Option<Uuid>,
    ) -> Result<Saved> {
        let question = section.question(&key.question).ok_or(Error::Absent)?;
        let Kind::Upload { most } = question.kind else { return Err(Error::Absent) };
        let field = key.to_string();
        let mut files = held(&opened.answers, key);
        if files.len() >= usize::from(most) {
            let words = format!("This answer takes {most} at most. Take one out before you add another");
            return Err(Error::invalid(&field, words));
        }
        let (kind, bytes) = looked_at(file).map_err(|words| Error::invalid(&field, words))?;
        let upload = self.new_id();
        let name: String = file.name.chars().filter(|c| !c.is_control()).take(120).collect();
        let row = FormUploadRow {
            id: upload,
            form: opened.row.id,
            section: section.id.to_string(),
            question: field,
            name: self.house.keys.seal(&context(upload), name.as_bytes())?,
            kind: kind.to_owned(),
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            digest: Sha256::digest(bytes).to_vec(),
            uploaded_by: by,
            uploaded_at: self.now(),
        };
        let sealed = self.house.keys.seal(&context(upload), bytes)?;
        unit.insert_form_upload(&row, sealed).await?;
        let seen = mark(&opened.answers, [key]);
        files.push(Upload { id: SmolStr::new(upload.to_string()), name });
        let changes = Changes { answers: vec![(key.clone(), Some(Answer::Uploads(files)))], times: None };
        self.put_answers(unit, opened, section, &seen, &changes, by, &Veil::default()).await
    }

    async fn take_file(
        &self,
        unit: &mut dyn Unit,
        opened: Opened,
        section: &Section,
        key: &Key,
        file: Uuid,
        by: Option<Uuid>,
    ) -> Result<Saved> {
        let mut files = held(&opened.answers, key);
        let before = files.len();
        files.retain(|f| f.id != file.to_string());
        if files.len() == before {
            return Err(Error::Absent);
        }
        let seen = mark(&opened.answers, [key]);
        let left = (!files.is_empty()).then_some(Answer::Uploads(files));
        // A correction begins with the files of the document it corrects: those stay with it.
        if unit.form_upload(file).await?.is_some_and(|row| row.form == opened.row.id) {
            unit.drop_form_upload(file).await?;
        }
        let changes = Changes { answers: vec![(key.clone(), left)], times: None };
        self.put_answers(unit, opened, section, &seen, &changes, by, &Veil::default()).await
    }

    /// A file of a form or of its document.
    ///
    /// # Errors
    /// [`Error::Absent`] when it is not there, or stands in a section that this person may not read.
    pub async fn form_file(&self, actor: &Actor, child: ChildId, id: Uuid, file: Uuid) -> Result<Download> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        let form = unit.form(id).await?.filter(|f| f.child == child.0).ok_or(Error::Absent)?;
        let row = unit.form_upload(file).await?.ok_or(Error::Absent)?;
        // A correction shows the files of what it corrects: they belong to another form of the same child.
        let home = unit.form(row.form).await?.filter(|f| f.child == child.0).ok_or(Error::Absent)?;
        let definition = self.form_as_it_was(&mut *unit, &form.form_id, &form.form_hash).await?;
        let section = definition.section(&row.section).ok_or(Error::Absent)?;
        let roles = roles(actor, &looked.handle);
        let sensitive = looked.handle.may.may_read(definition.strand, section.sensitivity);
        // In a correction that somebody else began, a file is what it is in the document.
        let corrects = home.replaces.is_some() && home.started_by != actor.person().0;
        let open = home.state == kinfold_store::FormStanding::Open && !corrects;
        let may = if open {
            looked.handle.may.has(Action::FillForm) && may_see(section, &roles, &looked.handle, &definition)
        } else {
            sensitive && section.may_read(&roles)
        };
        let fills = definition.sections.iter().any(|s| s.may_fill(&roles));
        let circle = open.then_some(&looked.timeline);
        let anothers = fills
            && self
                .asked_of_another(&mut *unit, actor, &looked.handle, circle, home.id, &form.form_id)
                .await?;
        if !may || anothers || super::own::is_anothers(&home, &looked.timeline, actor) {
            drop(unit);
            return self.refused(actor, child, Action::ViewChild).await;
        }
        let sealed = unit.form_upload_body(file).await?.ok_or(Error::Absent)?;
        drop(unit);
        let bytes = self.house.keys.open(&context(file), &sealed)?;
        let detail = json!({"form": form.form_id, "section": row.section, "step": "file"});
        self.house.pen.write(vec![actor.line("view_form", Some(child.0), true, &detail)]).await?;
        let end = TAKEN.iter().position(|(mime, _)| *mime == row.kind);
        let end = end.and_then(|at| ["jpg", "png", "webp", "heic", "pdf", "docx"].get(at)).unwrap_or(&"bin");
        let short: String = file.simple().to_string().chars().rev().take(8).collect();
        Ok(Download { name: format!("file-{short}.{end}"), kind: row.kind, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> NewFile {
        NewFile { name: "a.pdf".to_owned(), bytes: Some(bytes.to_vec()), size: bytes.len() }
    }

    #[test]
    fn a_file_is_what_it_holds_and_not_what_it_is_called() {
        assert_eq!(looked_at(&file(b"%PDF-1.7\n")).unwrap().0, "application/pdf");
        assert_eq!(looked_at(&file(&[0xff, 0xd8, 0xff, 0xe0, 0, 0])).unwrap().0, "image/jpeg");
        for hostile in [
            b"<!DOCTYPE html><script>alert(1)</script>".as_slice(),
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>",
            b"MZ\x90\x00\x03\x00\x00\x00",
            b"#!/bin/sh\n",
            b"PK\x03\x04plain zip",
            b"just text",
        ] {
            assert!(looked_at(&file(hostile)).unwrap_err().contains("not taken"), "{hostile:?}");
        }
        assert!(looked_at(&file(b"")).unwrap_err().contains("empty"));
    }

    #[test]
    fn a_photo_of_fifty_megabytes_is_refused_with_its_size_and_the_limit() {
        let large = NewFile { name: "p.jpg".to_owned(), bytes: None, size: 50 * 1024 * 1024 };
        let words = looked_at(&large).unwrap_err();
        assert!(words.contains("50 MB") && words.contains("10 MB"), "{words}");
    }
}

//! Pictures and recordings that belong to what a child says. What a file is, is found by looking at it; it is kept
//! encrypted, and given out only to those who may read what it belongs to.

use kinfold_record::{ChildId, EntryId};
use kinfold_store::{Unit, VoiceFileRow};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::say::Saying;
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::forms::{Download, NewFile};
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::Keys;

/// The largest picture or recording taken, in bytes: about half an hour of speech on a telephone.
pub const LARGEST_OWN_FILE: usize = 25 * 1024 * 1024;
/// The most files with one thing that is said.
const MOST: usize = 8;

/// What is taken: what it is found to be, how its name ends, whether it is heard and not seen.
const TAKEN: &[(&str, &str, bool)] = &[
    ("image/jpeg", "jpg", false),
    ("image/png", "png", false),
    ("image/webp", "webp", false),
    ("image/heif", "heic", false),
    ("image/gif", "gif", false),
    ("audio/mpeg", "mp3", true),
    ("audio/m4a", "m4a", true),
    ("audio/ogg", "ogg", true),
    ("audio/x-wav", "wav", true),
    ("audio/aac", "aac", true),
    ("audio/x-flac", "flac", true),
    ("audio/amr", "amr", true),
    ("video/mp4", "mp4", true),
    ("video/webm", "webm", true),
    ("video/quicktime", "mov", true),
];

/// A file, as the pages list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFile {
    /// This file.
    pub id: Uuid,
    /// What it was called.
    pub name: String,
    /// Its media type.
    pub kind: String,
    /// Whether it is a recording, not a picture.
    pub recording: bool,
    /// How large it is, in bytes.
    pub size: i64,
}

fn context(file: Uuid) -> String {
    format!("voice_file:{file}")
}

/// What a file is, when it is one that is taken; else what to say to a child.
fn looked_at(file: &NewFile) -> Result<(&'static str, &[u8]), String> {
    let most = LARGEST_OWN_FILE / 1024 / 1024;
    let Some(bytes) = file.bytes.as_deref().filter(|b| b.len() <= LARGEST_OWN_FILE) else {
        let size = file.size.div_ceil(1024 * 1024);
        return Err(format!(
            "This file is too big. It is {size} MB. The most we can take is {most} MB. Try a shorter one. Your words are safe"
        ));
    };
    if bytes.is_empty() {
        return Err("This file is empty. Pick a different one. Your words are safe".to_owned());
    }
    let found = infer::get(bytes).map(|kind| kind.mime_type());
    TAKEN.iter().find(|(mime, ..)| Some(*mime) == found).map(|(mime, ..)| (*mime, bytes)).ok_or_else(|| {
        "We can’t open this kind of file. Pick a photo, a picture or a sound. Your words are safe".to_owned()
    })
}

/// The files of one thing that is or was said.
pub(super) async fn own_files(
    unit: &mut dyn Unit,
    keys: &Keys,
    child: ChildId,
    voice: &str,
) -> Result<Vec<OwnFile>> {
    let rows = unit.voice_files(child.0, voice).await?;
    rows.into_iter()
        .map(|row| {
            let name = keys.open(&context(row.id), &row.name)?;
            Ok(OwnFile {
                id: row.id,
                name: String::from_utf8_lossy(&name).into_owned(),
                recording: TAKEN.iter().any(|(mime, _, heard)| *mime == row.kind && *heard),
                kind: row.kind,
                size: row.size,
            })
        })
        .collect()
}

impl Casework {
    /// Adds a picture or a recording to what is being said.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space; [`Error::Invalid`] in plain words when the file is too large, of a
    /// kind that is not taken, or one too many. What was typed stays.
    pub async fn add_own_file(&self, actor: &Actor, file: &NewFile) -> Result<Saying> {
        let mut unit = self.house.store.write().await?;
        let Some(looked) = self.own_record(&mut *unit, actor).await? else {
            drop(unit);
            return self.no_space(actor).await;
        };
        let child = looked.handle.id();
        let saying = self.saying_in(&mut *unit, actor, child).await?.ok_or(Error::Absent)?;
        if unit.voice_files(child.0, &saying.voice).await?.len() >= MOST {
            let words =
                format!("You can add {MOST} things. Take one out first, or send this and start another");
            return Err(Error::invalid("file", words));
        }
        let (kind, bytes) = looked_at(file).map_err(|words| Error::invalid("file", words))?;
        let id = self.new_id();
        let name: String = file.name.chars().filter(|c| !c.is_control()).take(120).collect();
        let row = VoiceFileRow {
            id,
            child: child.0,
            voice: saying.voice.to_string(),
            name: self.house.keys.seal(&context(id), name.as_bytes())?,
            kind: kind.to_owned(),
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            digest: Sha256::digest(bytes).to_vec(),
            added_by: actor.person().0,
            added_at: self.now(),
            sent_at: None,
        };
        let sealed = self.house.keys.seal(&context(id), bytes)?;
        unit.insert_voice_file(&row, sealed).await?;
        log(
            &mut *unit,
            vec![actor.line(
                "save_draft",
                Some(child.0),
                true,
                &json!({"form": "own_words", "file": "added"}),
            )],
        )
        .await?;
        unit.commit().await?;
        Ok(saying)
    }

    /// Takes a picture or a recording out again, before it is sent.
    ///
    /// # Errors
    /// [`Error::Absent`] when it is not there, was sent, or is somebody else's.
    pub async fn drop_own_file(&self, actor: &Actor, file: Uuid) -> Result<()> {
        let mut unit = self.house.store.write().await?;
        let Some(looked) = self.own_record(&mut *unit, actor).await? else {
            drop(unit);
            return self.no_space(actor).await;
        };
        let child = looked.handle.id();
        let theirs = unit.voice_file(file).await?.is_some_and(|f| f.child == child.0 && f.sent_at.is_none());
        if !theirs || !unit.drop_voice_file(file).await? {
            return Err(Error::Absent);
        }
        log(
            &mut *unit,
            vec![actor.line(
                "save_draft",
                Some(child.0),
                true,
                &json!({"form": "own_words", "file": "taken out"}),
            )],
        )
        .await?;
        unit.commit().await?;
        Ok(())
    }

    /// A file of one's own, sent or not.
    ///
    /// # Errors
    /// [`Error::Absent`] when it is not there or is somebody else's.
    pub async fn own_file(&self, actor: &Actor, file: Uuid) -> Result<Download> {
        let space = self.own_space(actor).await?;
        let mut unit = self.house.store.read().await?;
        let row = unit.voice_file(file).await?.filter(|f| f.child == space.child().0).ok_or(Error::Absent)?;
        let download = self.given_out(&mut *unit, row).await?;
        drop(unit);
        self.read_own(actor, space.child(), "file").await?;
        Ok(download)
    }

    /// A file of something that a child chose this person to read.
    ///
    /// # Errors
    /// [`Error::Absent`] when it is not there or this person was not chosen.
    pub async fn voice_file(
        &self,
        actor: &Actor,
        child: ChildId,
        entry: EntryId,
        file: Uuid,
    ) -> Result<Download> {
        let page = self.voice_page(actor, child, entry).await?;
        let mut unit = self.house.store.read().await?;
        let row = unit.voice_file(file).await?.filter(|f| f.child == child.0 && f.sent_at.is_some());
        let row = row.filter(|f| f.voice == page.said.voice.as_str()).ok_or(Error::Absent)?;
        self.given_out(&mut *unit, row).await
    }

    async fn given_out(&self, unit: &mut dyn Unit, row: VoiceFileRow) -> Result<Download> {
        let sealed = unit.voice_file_body(row.id).await?.ok_or(Error::Absent)?;
        let bytes = self.house.keys.open(&context(row.id), &sealed)?;
        let end = TAKEN.iter().find(|(mime, ..)| *mime == row.kind).map_or("bin", |(_, end, _)| end);
        let short: String = row.id.simple().to_string().chars().rev().take(8).collect();
        Ok(Download { name: format!("file-{short}.{end}"), kind: row.kind, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> NewFile {
        NewFile { name: "a".to_owned(), bytes: Some(bytes.to_vec()), size: bytes.len() }
    }

    #[test]
    fn pictures_and_sounds_are_taken_and_nothing_that_runs() {
        assert_eq!(looked_at(&file(&[0xff, 0xd8, 0xff, 0xe0, 0, 0])).unwrap().0, "image/jpeg");
        assert_eq!(looked_at(&file(b"OggS\0\0\0\0\0\0\0\0\0\0")).unwrap().0, "audio/ogg");
        for hostile in
            [b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".as_slice(), b"<html>", b"MZ\x90\0", b"%PDF-1.7\n"]
        {
            assert!(looked_at(&file(hostile)).unwrap_err().contains("can’t open"), "{hostile:?}");
        }
    }

    #[test]
    fn two_hundred_megabytes_are_refused_with_size_and_limit_and_the_words_are_safe() {
        let large = NewFile { name: "song.wav".to_owned(), bytes: None, size: 200 * 1024 * 1024 };
        let words = looked_at(&large).unwrap_err();
        assert!(
            words.contains("200 MB") && words.contains("25 MB") && words.contains("words are safe"),
            "{words}"
        );
    }
}

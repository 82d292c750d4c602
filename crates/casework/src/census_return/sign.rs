//! Signing a return off, and taking its files away. What was signed off can be made again to the byte: an entry never
//! changes, so it is enough to remember the moment and the day.

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_census::{Return, WrittenFile, YearReturn};
use kinfold_store::Unit;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::hex;

/// Longest reason taken, in characters.
const LONGEST_REASON: usize = 2000;

/// A return that somebody signed off. Kept as JSON among the settings of the authority, a list for each year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedReturn {
    /// Which of the year's it is, from 1.
    pub number: usize,
    /// Who, by name: an account may be gone by the time somebody asks.
    pub by: String,
    /// The account.
    pub person: uuid::Uuid,
    /// When.
    pub at: Timestamp,
    /// The day it was made for: of a year that runs, the return is as if it ended then.
    pub made_on: Date,
    /// What was recorded later is not in it. `None`: the record was empty.
    pub known_at: Option<Timestamp>,
    /// SHA-256 of the CSV files, in hexadecimal.
    pub csv_digest: String,
    /// SHA-256 of the XML document.
    pub xml_digest: String,
    /// Children in it.
    pub children: usize,
    /// Rows that broke a rule.
    pub findings: usize,
    /// Why they were left; empty when there were none.
    pub reason: String,
}

/// The files of a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// The tables as CSV.
    Csv,
    /// One XML document.
    Xml,
}

impl FileKind {
    fn write(self, year: &YearReturn) -> Vec<WrittenFile> {
        match self {
            Self::Csv => Return::write_csv(year),
            Self::Xml => vec![Return::write_xml(year).file],
        }
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xml => "xml",
        }
    }
}

fn key(year: i16) -> String {
    format!("return_signed_{year}")
}

/// What was signed off of a year, the latest last.
pub(super) async fn signed(unit: &mut dyn Unit, year: i16) -> Result<Vec<SignedReturn>> {
    let Some(text) = unit.setting(&key(year)).await? else { return Ok(Vec::new()) };
    serde_json::from_str(&text).map_err(|e| Error::Internal(format!("what was signed off of {year}: {e}")))
}

/// A digest of names and contents: lengths go in as well, so that nothing can move from one file to the next.
fn digest(files: &[WrittenFile]) -> String {
    let mut hash = Sha256::new();
    for file in files {
        for part in [file.name.as_bytes(), &file.bytes] {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part);
        }
    }
    hex(&hash.finalize())
}

fn moved_on() -> Error {
    let words =
        "The record has changed since this page was made. Look at the return again, then sign it off.";
    Error::invalid("", words)
}

impl Casework {
    /// Signs off the return of a year as it was seen. `seen` is [`super::ReturnPage::seen`]; `reason` says why findings
    /// are left, and must when there are any.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] without a reason, or when the record changed since.
    pub async fn sign_off_return(
        &self,
        actor: &Actor,
        year: i16,
        seen: i64,
        reason: &str,
    ) -> Result<SignedReturn> {
        actor.require(Action::ExportReturn)?;
        let kept = self.returned(year).await?;
        if kept.entries != seen {
            return Err(moved_on());
        }
        let reason = reason.trim();
        if reason.is_empty() && !kept.found.is_empty() {
            return Err(Error::invalid("reason", "Say why the findings are left as they are"));
        }
        if reason.chars().count() > LONGEST_REASON {
            let words = format!("Give the reason in {LONGEST_REASON} characters or fewer");
            return Err(Error::invalid("reason", words));
        }
        let (csv_digest, xml_digest) = tokio::task::block_in_place(|| {
            let of = |kind: FileKind| digest(&kind.write(&kept.made.year));
            (of(FileKind::Csv), of(FileKind::Xml))
        });
        let mut unit = self.house.store.write().await?;
        // Whoever writes anything waits for this lock at the end: nobody signs off beside us, and what was recorded
        // since is seen.
        unit.lock_audit().await?;
        if unit.count_entries().await? != kept.entries {
            return Err(moved_on());
        }
        let mut all = signed(&mut *unit, year).await?;
        let number = all.len() + 1;
        let signed = SignedReturn {
            number,
            by: actor.name().to_owned(),
            person: actor.person().0,
            at: self.now(),
            made_on: kept.today,
            known_at: kept.latest,
            csv_digest,
            xml_digest,
            children: kept.made.origins.children().len(),
            findings: kept.found.len(),
            reason: reason.to_owned(),
        };
        all.push(signed.clone());
        let text = serde_json::to_string(&all).map_err(|e| Error::Internal(e.to_string()))?;
        unit.set_setting(&key(year), &text).await?;
        let detail = json!({"signed_off": year, "number": number, "children": signed.children, "findings": signed.findings, "csv": signed.csv_digest});
        log(&mut *unit, vec![actor.line(Action::ExportReturn.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(signed)
    }

    /// The files of a return: as it would be sent now, or as it was signed off.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, or when there is no such signed return; [`Error::Reauthenticate`] unless the
    /// password was given lately; [`Error::Invalid`] when a signed return does not come out as it was.
    pub async fn return_files(
        &self,
        actor: &Actor,
        year: i16,
        number: Option<usize>,
        kind: FileKind,
    ) -> Result<Vec<WrittenFile>> {
        actor.require(Action::ExportReturn)?;
        actor.require_fresh()?;
        let files = match number {
            None => {
                let kept = self.returned(year).await?;
                tokio::task::block_in_place(|| kind.write(&kept.made.year))
            }
            Some(number) => self.signed_files(year, number, kind).await?,
        };
        let detail =
            json!({"year": year, "signed": number, "format": kind.extension(), "files": files.len()});
        self.house.pen.write(vec![actor.line(Action::ExportReturn.as_str(), None, true, &detail)]).await?;
        Ok(files)
    }

    async fn signed_files(&self, year: i16, number: usize, kind: FileKind) -> Result<Vec<WrittenFile>> {
        let mut unit = self.house.store.glance().await?;
        let of_year = signed(&mut *unit, year).await?;
        drop(unit);
        let was = of_year.into_iter().find(|s| s.number == number).ok_or(Error::Absent)?;
        // Of an empty record nothing was known; the beginning of time leaves everything out.
        let known_at = Some(was.known_at.unwrap_or(Timestamp::MIN));
        let made = self.made_again(year, was.made_on, known_at).await?;
        let files = tokio::task::block_in_place(|| kind.write(&made.year));
        let expected = if kind == FileKind::Csv { was.csv_digest } else { was.xml_digest };
        if digest(&files) != expected {
            let words = "The return does not come out as it was when it was signed off, so it was not given out. A newer version of Kinfold may write it differently. Use the files taken then, or sign it off again.";
            return Err(Error::invalid("", words));
        }
        Ok(files)
    }
}

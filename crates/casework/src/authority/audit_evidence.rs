//! Evidence of self-assessments as it is kept: figures of the day, lists that stay in the record, documents, quotations.

use kinfold_access::{Action, Code};
use kinfold_guidance::framework::Voice;
use kinfold_store::Unit;
use serde_json::json;
use uuid::Uuid;

use super::audit::{AuditEvent, Evidence};
use super::audit_change::{AuditChange, NewEvidence};
use super::audits::audit;
use super::panel::files::{looked_at, opened};
use super::{LONGEST_TEXT, LONGEST_TITLE, text};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::forms::Download;
use crate::house::Casework;
use crate::measures::{Seen, figure_words};

fn unknown(error: Error) -> Error {
    match error {
        Error::Absent => Error::invalid("measure", "Choose a measure from the list"),
        error => error,
    }
}

impl Casework {
    /// Evidence as it is kept: a measure with its figure of today, as it may be published.
    pub(super) async fn brought(&self, evidence: &NewEvidence) -> Result<Evidence> {
        Ok(match evidence {
            NewEvidence::Measure { measure } => {
                let (year, line) = self.published_measure(measure, None).await.map_err(unknown)?;
                let unit = line.measure.unit;
                let hidden = || "not shown, because few children are behind it".to_owned();
                let (figure, made_of) = match line.seen {
                    Seen::NotRecorded => ("not recorded".to_owned(), String::new()),
                    Seen::Figures(of) => (
                        match of.value {
                            Some(value) => figure_words(unit, value),
                            None if of.denominator == Some(0) => "nobody to count".to_owned(),
                            None => hidden(),
                        },
                        match (of.numerator, of.denominator) {
                            (Some(n), Some(d)) => format!("{n} of {d}"),
                            _ => String::new(),
                        },
                    ),
                };
                Evidence::Measure {
                    measure: line.measure.id.clone(),
                    year: year.year,
                    title: line.measure.title.to_string(),
                    figure,
                    made_of,
                    to: year.span.to,
                }
            }
            NewEvidence::Link { title, address } => {
                let address = text("address", address, 2000, "Enter the address of the page")?;
                if !address.starts_with("https://") && !address.starts_with("http://") {
                    return Err(Error::invalid("address", "The address must begin with https:// or http://"));
                }
                Evidence::Link { title: text("title", title, LONGEST_TITLE, "Say what it is")?, address }
            }
            NewEvidence::Document { title } => {
                let missing = "Say what it is and where it lies";
                Evidence::Document { title: text("title", title, LONGEST_TITLE, missing)? }
            }
            NewEvidence::File(paper) => Evidence::File {
                title: text("title", &paper.title, LONGEST_TITLE, "Say what it is")?,
                media: looked_at(&paper.bytes)?.to_owned(),
                size: i64::try_from(paper.bytes.len()).unwrap_or(i64::MAX),
                file: self.new_id(),
            },
            NewEvidence::List { measure } => {
                let (year, line) = self.published_measure(measure, None).await.map_err(unknown)?;
                let (measure, title) = (line.measure.id.clone(), line.measure.title.to_string());
                Evidence::List { measure, year: year.year, title }
            }
            NewEvidence::Quotation { words, of } => {
                let of = Voice::ALL.into_iter().find(|voice| voice.as_str() == of);
                let of = of.ok_or_else(|| Error::invalid("of", "Choose whose words they are"))?;
                let words = text("words", words, LONGEST_TEXT, "Enter what was said")?;
                Evidence::Quotation { words, of: of.as_str().into() }
            }
        })
    }

    /// Keeps the file of a document that is brought, in the transaction that brings it.
    pub(super) async fn keep_evidence(
        &self,
        unit: &mut dyn Unit,
        subject: Uuid,
        event: &AuditEvent,
        change: &AuditChange,
        by: Uuid,
    ) -> Result<()> {
        let (
            AuditEvent::Evidenced { evidence: Evidence::File { file, media, .. }, .. },
            AuditChange::Bring { evidence: NewEvidence::File(paper), .. },
        ) = (event, change)
        else {
            return Ok(());
        };
        self.keep_authority_file(unit, (subject, *file), media, paper, by).await
    }

    /// A document that is, or was, evidence in a self-assessment.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read self-assessments, or when it is not of this one.
    pub async fn audit_file(&self, actor: &Actor, id: Uuid, file: Uuid) -> Result<Download> {
        actor.require(Action::ViewPlans)?;
        let mut unit = self.house.store.read().await?;
        let (audit, _) = audit(&mut *unit, id).await?;
        let mut brought = audit.answers.values().flat_map(|answers| &answers.evidence);
        if !brought.any(|b| matches!(&b.evidence, Evidence::File { file: kept, .. } if *kept == file)) {
            return Err(Error::Absent);
        }
        let row = unit.authority_file(file).await?.ok_or(Error::Absent)?;
        let sealed = unit.authority_file_body(file).await?.ok_or(Error::Absent)?;
        drop(unit);
        let download = opened(&self.house.keys, row, &sealed)?;
        let detail = json!({"audit": id, "file": file});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        Ok(download)
    }
}

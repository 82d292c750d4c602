//! Bringing in many chronologies at once: the invented council, a statutory return, a benchmark. The same fold and
//! the same derivation as a person's click, in batches.

use jiff::Timestamp;
use kinfold_record::{ChildId, Chronology, Entry, PersonId, Subject};
use kinfold_store::{ChildRow, EntryRow, RestrictedReaderRow, SubjectKind, Term, Unit};
use rayon::prelude::*;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::house::Casework;
use crate::project::{Derived, Directory, derive};

/// A chronology to bring in.
#[derive(Debug, Clone)]
pub struct NewChronology {
    /// Whose.
    pub id: ChildId,
    /// A child, a carer household or a home.
    pub subject: Subject,
    /// Short public number.
    pub reference: String,
    /// The team that works with them.
    pub team: Option<Uuid>,
    /// The entries, complete.
    pub entries: Vec<Entry>,
    /// Named readers, if the record is restricted.
    pub readers: Vec<PersonId>,
    /// The import they came with.
    pub import_run: Option<Uuid>,
}

pub(crate) fn subject_kind(subject: Subject) -> SubjectKind {
    match subject {
        Subject::Child => SubjectKind::Child,
        Subject::Carer => SubjectKind::Carer,
        Subject::Home => SubjectKind::Home,
    }
}

impl Casework {
    /// Adds new chronologies, each with everything derived from it, in one transaction.
    ///
    /// # Errors
    /// When an entry list is not one chronology, or a chronology is already there. Nothing is written then.
    pub async fn add_chronologies(&self, batch: Vec<NewChronology>) -> Result<()> {
        let mut unit = self.house.store.write().await?;
        self.insert_chronologies(&mut *unit, batch).await?;
        unit.commit().await?;
        Ok(())
    }

    /// As [`Casework::add_chronologies`], inside the caller's transaction.
    pub(crate) async fn insert_chronologies(
        &self,
        unit: &mut dyn Unit,
        batch: Vec<NewChronology>,
    ) -> Result<()> {
        let (now, today, book) = (self.now(), self.today(), self.book());
        let directory = Directory::read(unit, today).await?;
        let derived: Vec<(NewChronology, Derived)> = tokio::task::block_in_place(|| {
            batch
                .into_par_iter()
                .map(|new| {
                    let chronology = Chronology::new(new.id, new.entries.clone())
                        .map_err(|e| Error::Internal(format!("chronology {}: {e}", new.reference)))?;
                    let mut derived = derive(&chronology, new.team, &book, &directory, today)?;
                    if derived.restricted {
                        derived.assign_to(&new.readers.iter().map(|reader| reader.0).collect::<Vec<_>>());
                    }
                    Ok((new, derived))
                })
                .collect::<Result<_>>()
        })?;
        let rows: Vec<ChildRow> = derived.iter().map(|(new, derived)| child_row(new, derived, now)).collect();
        unit.insert_children(&rows).await?;
        let mut entries = Vec::new();
        for (new, _) in &derived {
            for entry in &new.entries {
                entries.push(EntryRow::of(entry, new.import_run)?);
            }
        }
        unit.insert_entries(&entries).await?;
        let circle: Vec<_> = derived.iter().flat_map(|(_, d)| d.circle.iter().cloned()).collect();
        unit.insert_circle(&circle).await?;
        let duties: Vec<_> = derived.iter().flat_map(|(_, d)| d.duties.iter().cloned()).collect();
        unit.insert_duties(&duties).await?;
        let terms: Vec<(Uuid, Term)> =
            derived.iter().flat_map(|(new, d)| d.terms.iter().map(|t| (new.id.0, t.clone()))).collect();
        unit.insert_terms(&terms).await?;
        for (new, _) in &derived {
            for reader in &new.readers {
                let row = RestrictedReaderRow {
                    child: new.id.0,
                    person: reader.0,
                    from_on: today,
                    to_on: None,
                    granted_by: None,
                };
                unit.add_restricted_reader(&row).await?;
            }
        }
        Ok(())
    }
}

fn child_row(new: &NewChronology, derived: &Derived, now: Timestamp) -> ChildRow {
    ChildRow {
        id: new.id.0,
        subject: subject_kind(new.subject),
        reference: new.reference.clone(),
        team: new.team,
        version: derived.projection.entries,
        restricted: derived.restricted,
        created_at: now,
        projection: derived.projection.clone(),
    }
}

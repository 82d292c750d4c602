//! Taking an import back: what it wrote says again what it said before. What somebody has worked on since stays.

use kinfold_access::Action;
use serde_json::json;
use uuid::Uuid;

use super::import::RunEvent;
use super::listing::ListingEvent;
use crate::actor::Actor;
use crate::authority::{entries, lock};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

impl Casework {
    /// Takes an import back. Answers how many entries are as they were, and how many stay because somebody worked on them.
    /// `by` is `None` from the command line.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, or when there was no such import; [`Error::Invalid`] when it was taken back
    /// already.
    pub async fn undo_directory(&self, by: Option<&Actor>, run: Uuid) -> Result<(usize, usize)> {
        if let Some(actor) = by {
            actor.require(Action::EditDirectory)?;
        }
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let told = entries::<RunEvent>(&mut *unit, run).await?;
        let touched = match told.first().map(|entry| &entry.event) {
            Some(RunEvent::ListingsImported { touched, .. }) => touched.clone(),
            _ => return Err(Error::Absent),
        };
        if told.len() > 1 {
            return Err(Error::invalid("", "This import was taken back already."));
        }
        let who = by.map(|actor| actor.person().0);
        let (mut undone, mut kept) = (0, 0);
        for id in touched {
            let Some(listed) = self.listed(&mut *unit, id).await? else { continue };
            let theirs = listed.written.version == listed.version && listed.ended.is_none();
            let event = match listed.before_import {
                Some((last, before)) if last == run && theirs => match before {
                    Some(listing) => ListingEvent::ListingWritten { listing, run: None, undoes: Some(run) },
                    None => {
                        let why = "The import it came with was taken back.".to_owned();
                        ListingEvent::ListingEnded { why, undoes: Some(run) }
                    }
                },
                _ => {
                    kept += 1;
                    continue;
                }
            };
            self.add_entries(&mut *unit, id, listed.last, who, &[(None, event)]).await?;
            undone += 1;
        }
        let event = RunEvent::ListingsUndone { undone, kept };
        self.add_entries(&mut *unit, run, told.last().map_or(0, |e| e.version), who, &[(None, event)])
            .await?;
        let detail = json!({"run": run, "undone": undone, "kept": kept});
        log(&mut *unit, vec![self.run_line(by, "undo_directory", &detail)]).await?;
        unit.commit().await?;
        Ok((undone, kept))
    }
}

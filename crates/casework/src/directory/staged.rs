//! Uploaded files that wait to be brought in: in memory, each its owner's, until they are, or an hour has passed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use kinfold_access::Action;
use kinfold_record::PersonId;
use uuid::Uuid;

use super::import::{Imported, Plan, ReadFile};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;

/// How long an upload is kept, and how many there may be.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
const MOST_KEPT: usize = 10;

/// An upload that waits to be brought in.
#[derive(Debug, Clone)]
pub struct Staged {
    /// The file's name.
    pub name: String,
    /// What it would do.
    pub plan: Plan,
}

struct Paper {
    owner: PersonId,
    since: Timestamp,
    file: Arc<ReadFile>,
}

/// Uploads by their id, each its owner's.
#[derive(Default)]
pub(crate) struct Desk(Mutex<HashMap<Uuid, Paper>>);

impl Desk {
    fn papers(&self) -> MutexGuard<'_, HashMap<Uuid, Paper>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Casework {
    /// Takes an uploaded file and keeps it until it is brought in, or an hour has passed. Answers where.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] when the file is none of ours.
    pub fn stage_directory(&self, actor: &Actor, name: &str, bytes: &[u8]) -> Result<Uuid> {
        actor.require(Action::EditDirectory)?;
        let file = Arc::new(self.read_directory_file(name, bytes)?);
        let (id, now) = (self.new_id(), self.now());
        let mut papers = self.house.listings_desk.papers();
        papers.retain(|_, paper| now.duration_since(paper.since) < KEPT);
        while papers.len() >= MOST_KEPT {
            let Some(oldest) = papers.iter().min_by_key(|(_, paper)| paper.since).map(|(id, _)| *id) else {
                break;
            };
            papers.remove(&oldest);
        }
        papers.insert(id, Paper { owner: actor.person(), since: now, file });
        Ok(id)
    }

    fn staged_file(&self, actor: &Actor, id: Uuid) -> Result<Arc<ReadFile>> {
        actor.require(Action::EditDirectory)?;
        let papers = self.house.listings_desk.papers();
        let paper = papers.get(&id).filter(|paper| paper.owner == actor.person()).ok_or(Error::Absent)?;
        Ok(Arc::clone(&paper.file))
    }

    /// What an upload of one's own would do.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is none, or it has been put away.
    pub async fn staged_directory(&self, actor: &Actor, id: Uuid) -> Result<Staged> {
        let file = self.staged_file(actor, id)?;
        Ok(Staged { name: file.name.clone(), plan: self.plan_directory(&file).await? })
    }

    /// Brings an upload in.
    ///
    /// # Errors
    /// As [`Casework::staged_directory`].
    pub async fn start_directory(&self, actor: &Actor, id: Uuid) -> Result<Imported> {
        let file = self.staged_file(actor, id)?;
        let done = self.import_directory(Some(actor), &file).await?;
        self.house.listings_desk.papers().remove(&id);
        Ok(done)
    }
}

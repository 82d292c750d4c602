//! Returns that somebody has uploaded and not yet brought in: they lie on a desk in memory, each its owner's, until they
//! are brought in, put away, or an hour old. Work on them goes on behind the page, which asks how far it has come.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use kinfold_access::Action;
use kinfold_record::PersonId;
use uuid::Uuid;

use super::undo::Undone;
use super::{Counts, ImportPlan, Progress, ReadReturn};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use kinfold_census::SourceFile;

/// How long an upload is kept, and how many there may be.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
const MOST: usize = 6;

/// How far the work on an upload has come.
#[derive(Debug, Clone)]
pub enum Stage {
    /// Files are being read and compared with the record.
    Reading,
    /// Nothing has been written: this is what would be.
    Ready(Arc<ImportPlan>),
    /// It is being brought in.
    Running(Progress),
    /// It is in.
    Done(Uuid, Counts),
    /// A run is being taken back.
    Undoing(Progress),
    /// A run has been taken back.
    Undone(Undone),
    /// It could not be finished: why.
    Failed(String),
}

impl Stage {
    /// Whether work is going on.
    pub fn works(&self) -> bool {
        matches!(self, Self::Reading | Self::Running(_) | Self::Undoing(_))
    }
}

struct Paper {
    owner: PersonId,
    since: Timestamp,
    name: String,
    read: Option<Arc<ReadReturn>>,
    plan: Option<Arc<ImportPlan>>,
    stage: Stage,
}

/// Uploads by their id.
#[derive(Default)]
pub(crate) struct Desk(Mutex<HashMap<Uuid, Paper>>);

/// An upload as its page shows it.
#[derive(Debug, Clone)]
pub struct Staged {
    /// Its id.
    pub id: Uuid,
    /// What was uploaded.
    pub name: String,
    /// The collection years found.
    pub years: Vec<i16>,
    /// The files used.
    pub files: Vec<String>,
    /// What the dry run found: kept after the import, for its list of problems.
    pub plan: Option<Arc<ImportPlan>>,
    /// How far it has come.
    pub stage: Stage,
}

impl Desk {
    fn papers(&self) -> MutexGuard<'_, HashMap<Uuid, Paper>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, id: Uuid, paper: Paper, now: Timestamp) -> Result<()> {
        let mut papers = self.papers();
        papers.retain(|_, p| p.stage.works() || now.duration_since(p.since) < KEPT);
        if papers.len() >= MOST {
            // The oldest of one's own makes room; somebody else's work stays.
            let oldest = papers
                .iter()
                .filter(|(_, p)| p.owner == paper.owner && !p.stage.works())
                .min_by_key(|(_, p)| p.since);
            let Some(oldest) = oldest.map(|(id, _)| *id) else {
                return Err(Error::invalid(
                    "",
                    "Several imports are being worked on. Wait until one has finished, then upload again.",
                ));
            };
            papers.remove(&oldest);
        }
        papers.insert(id, paper);
        Ok(())
    }

    fn set(&self, id: Uuid, stage: Stage) {
        if let Some(paper) = self.papers().get_mut(&id) {
            paper.stage = stage;
        }
    }
}

impl Casework {
    /// Takes uploaded files, and reads and compares them behind the page. Answers where to ask how far it has come.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] when too much is being worked on.
    pub async fn stage_import(
        &self,
        actor: &Actor,
        name: String,
        files: Vec<SourceFile>,
        year: Option<i16>,
    ) -> Result<Uuid> {
        actor.require(Action::ImportReturn)?;
        let id = self.new_id();
        let paper = Paper {
            owner: actor.person(),
            since: self.now(),
            name: name.clone(),
            read: None,
            plan: None,
            stage: Stage::Reading,
        };
        self.house.desk.put(id, paper, self.now())?;
        let casework = self.clone();
        tokio::spawn(async move {
            let reader = casework.clone();
            let read = tokio::task::spawn_blocking(move || reader.read_return(&name, &files, year)).await;
            let planned = match read {
                Ok(read) => {
                    let read = Arc::new(read);
                    casework.plan_import(&read).await.map(|plan| (read, Arc::new(plan)))
                }
                Err(error) => Err(Error::Internal(error.to_string())),
            };
            let mut papers = casework.house.desk.papers();
            let Some(paper) = papers.get_mut(&id) else { return };
            match planned {
                Ok((read, plan)) => {
                    paper.read = Some(read);
                    paper.plan = Some(Arc::clone(&plan));
                    paper.stage = Stage::Ready(plan);
                }
                Err(error) => paper.stage = Stage::Failed(error.to_string()),
            }
        });
        Ok(id)
    }

    /// An upload of one's own.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is none, or it has been put away.
    pub fn staged_import(&self, actor: &Actor, id: Uuid) -> Result<Staged> {
        actor.require(Action::ImportReturn)?;
        let papers = self.house.desk.papers();
        let paper = papers.get(&id).filter(|p| p.owner == actor.person()).ok_or(Error::Absent)?;
        Ok(Staged {
            id,
            name: paper.name.clone(),
            years: paper.read.as_ref().map(|r| r.years.clone()).unwrap_or_default(),
            files: paper.read.as_ref().map(|r| r.files.clone()).unwrap_or_default(),
            plan: paper.plan.clone(),
            stage: paper.stage.clone(),
        })
    }

    /// Brings an upload in, behind the page. Asked twice, it runs once.
    ///
    /// # Errors
    /// [`Error::Absent`] as above.
    pub fn start_import(&self, actor: &Actor, id: Uuid, team: Option<Uuid>) -> Result<()> {
        actor.require(Action::ImportReturn)?;
        let read = {
            let mut papers = self.house.desk.papers();
            let paper = papers.get_mut(&id).filter(|p| p.owner == actor.person()).ok_or(Error::Absent)?;
            if !matches!(paper.stage, Stage::Ready(_)) {
                return Ok(());
            }
            let read = paper.read.clone().ok_or(Error::Absent)?;
            paper.stage = Stage::Running(Progress { done: 0, total: read.children() });
            read
        };
        let (casework, actor) = (self.clone(), actor.clone());
        tokio::spawn(async move {
            let desk = casework.clone();
            let ran = casework
                .run_import(Some(&actor), &read, team, |at| desk.house.desk.set(id, Stage::Running(at)))
                .await;
            let stage = match ran {
                Ok(run) => Stage::Done(run.id, run.counts),
                Err(error) => Stage::Failed(error.to_string()),
            };
            casework.house.desk.set(id, stage);
        });
        Ok(())
    }

    /// Takes a run back, behind the page. Answers where to ask how far it has come.
    ///
    /// # Errors
    /// As [`Casework::stage_import`].
    pub fn start_undo(&self, actor: &Actor, run: Uuid) -> Result<Uuid> {
        actor.require(Action::ImportReturn)?;
        let id = self.new_id();
        let stage = Stage::Undoing(Progress { done: 0, total: 0 });
        let name = "Undoing an import".to_owned();
        let paper = Paper { owner: actor.person(), since: self.now(), name, read: None, plan: None, stage };
        self.house.desk.put(id, paper, self.now())?;
        let (casework, actor) = (self.clone(), actor.clone());
        tokio::spawn(async move {
            let desk = casework.clone();
            let undone = casework
                .undo_import(Some(&actor), run, |at| desk.house.desk.set(id, Stage::Undoing(at)))
                .await;
            let stage = match undone {
                Ok(undone) => Stage::Undone(undone),
                Err(Error::Invalid(problems)) => {
                    Stage::Failed(problems.into_iter().map(|p| p.message).collect::<Vec<_>>().join(" "))
                }
                Err(error) => Stage::Failed(error.to_string()),
            };
            casework.house.desk.set(id, stage);
        });
        Ok(id)
    }
}

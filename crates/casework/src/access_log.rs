//! Who looked: the log in plain words, for one record and for the whole authority. It never shows what an entry says.

mod words;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_access::{Action, Code, Purpose, Role, RoleRights};
use kinfold_record::{ChildId, PersonId, Timeline};
use kinfold_store::{AuditCheckpointRow, AuditFilter, AuditRow, Page, Unit};
use serde_json::{Value, json};
use uuid::Uuid;

pub use words::kinds;
use words::{deed, is_export, sentence};

use crate::actor::Actor;
use crate::child::{ChildHandle, redact};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::secrets::hex;

/// The most lines one export holds; narrower filters give the rest.
pub const EXPORT: i64 = 50_000;

/// Which lines to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// By this person.
    pub person: Option<Uuid>,
    /// This kind: the code of [`LogLine::kind`].
    pub kind: Option<String>,
    /// On this day in England.
    pub day: Option<Date>,
    /// Refused only.
    pub refused: bool,
}

/// One line of the log, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// Its place in the log, from 1.
    pub place: i64,
    /// When.
    pub at: Timestamp,
    /// Who, by name; the program itself has one too.
    pub who: String,
    /// Their id.
    pub person: Option<Uuid>,
    /// Code of what was done.
    pub kind: String,
    /// What was done, in words: "Read the chronology".
    pub deed: String,
    /// Why: the purpose, in words.
    pub why: String,
    /// Whether it was allowed.
    pub allowed: bool,
    /// Whether it took information out of Kinfold.
    pub export: bool,
    /// Which record: its id and its number, never its name.
    pub child: Option<(Uuid, String)>,
}

/// Who looked at one record.
#[derive(Debug, Clone)]
pub struct AccessLog {
    /// The record.
    pub handle: ChildHandle,
    /// Who it is about, for those who may open the record itself.
    pub timeline: Option<Timeline>,
    /// The day it is.
    pub today: Date,
    /// The lines of this page, newest first.
    pub lines: Vec<LogLine>,
    /// How many there are altogether.
    pub total: i64,
    /// The people who stand in the lines of this page, to filter by.
    pub people: BTreeMap<String, Uuid>,
}

/// The whole log.
#[derive(Debug, Clone)]
pub struct AuditPage {
    /// The lines of this page, newest first.
    pub lines: Vec<LogLine>,
    /// How many there are altogether.
    pub total: i64,
    /// The people who stand in the lines of this page, to filter by.
    pub people: BTreeMap<String, Uuid>,
    /// The last signed checkpoints, longest first.
    pub checkpoints: Vec<CheckpointLine>,
    /// How many lines the log has.
    pub size: i64,
    /// Openings in an emergency that wait for review.
    pub unreviewed: i64,
}

/// A signed statement of the log's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckpointLine {
    /// How many lines it covers.
    pub size: i64,
    /// The root of the tree over them, in hexadecimal.
    pub root: String,
    /// When.
    pub at: Timestamp,
    /// Which key signed.
    pub key: String,
    /// Whether that is the key this installation signs with now.
    pub ours: bool,
}

impl LogFilter {
    fn of(&self, child: Option<Uuid>) -> AuditFilter {
        let midnight = |day: Date| day.to_zoned(crate::clock::england()).map(|at| at.timestamp()).ok();
        AuditFilter {
            child,
            person: self.person,
            action: self.kind.clone(),
            allowed: self.refused.then_some(false),
            from: self.day.and_then(midnight),
            before: self.day.and_then(|day| day.tomorrow().ok()).and_then(midnight),
        }
    }

    /// Which filters were on, for the log of who read the log.
    fn facts(&self, page: &str) -> Value {
        json!({"page": page, "person": self.person, "kind": self.kind, "day": self.day, "refused": self.refused})
    }
}

impl Casework {
    /// Refuses, and logs the refusal, unless the person may do this (something not about one child).
    pub(crate) async fn require_logged(&self, actor: &Actor, action: Action) -> Result<()> {
        if actor.may().has(action) {
            return Ok(());
        }
        self.house.pen.write(vec![actor.line(action.as_str(), None, false, &json!({}))]).await?;
        Err(Error::Absent)
    }

    /// Who looked at this record, newest first. Reading it stands in the log too.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such record or this person may not see who looked at it.
    pub async fn access_log(
        &self,
        actor: &Actor,
        child: ChildId,
        filter: &LogFilter,
        page: Page,
    ) -> Result<AccessLog> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewAccessLog).await?;
        let found = unit.audit(&filter.of(Some(child.0)), page).await?;
        let lines = self.log_lines(&mut *unit, found.rows).await?;
        drop(unit);
        let may = looked.handle.may;
        let timeline = may.has(Action::ViewChild).then(|| {
            let mut timeline = looked.timeline;
            redact(&mut timeline, may, looked.handle.relations);
            timeline
        });
        self.house
            .pen
            .write(vec![actor.line("view_access_log", Some(child.0), true, &filter.facts("access"))])
            .await?;
        let people = people_in(&lines);
        Ok(AccessLog {
            handle: looked.handle,
            timeline,
            today: self.today(),
            lines,
            total: found.total,
            people,
        })
    }

    /// The same lines for a file: at most [`EXPORT`].
    ///
    /// # Errors
    /// As [`Casework::access_log`]; [`Error::Reauthenticate`] unless the password was given lately.
    pub async fn export_access_log(
        &self,
        actor: &Actor,
        child: ChildId,
        filter: &LogFilter,
    ) -> Result<(String, Vec<LogLine>)> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewAccessLog).await?;
        actor.require_fresh()?;
        let found = unit.audit(&filter.of(Some(child.0)), Page::first(EXPORT)).await?;
        let lines = self.log_lines(&mut *unit, found.rows).await?;
        drop(unit);
        self.house
            .pen
            .write(vec![actor.line("export_access_log", Some(child.0), true, &filter.facts("access"))])
            .await?;
        Ok((looked.handle.reference, lines))
    }

    /// The whole log, newest first, with the state of its checkpoints.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read the audit.
    pub async fn audit_page(&self, actor: &Actor, filter: &LogFilter, page: Page) -> Result<AuditPage> {
        self.require_logged(actor, Action::ViewAudit).await?;
        let mut unit = self.house.store.read().await?;
        let found = unit.audit(&filter.of(None), page).await?;
        let lines = self.log_lines(&mut *unit, found.rows).await?;
        let mut checkpoints = unit.checkpoints().await?;
        let size = unit.audit_size().await?;
        let unreviewed = unit.break_glasses(true, Page::first(1)).await?.total;
        drop(unit);
        checkpoints.reverse();
        checkpoints.truncate(5);
        let ours = kinfold_access::log::SecretKey::from_seed(&self.house.keys.signing_seed).public().id();
        let checkpoints = checkpoints.into_iter().map(|row| checkpoint_line(row, &ours.0)).collect();
        self.house.pen.write(vec![actor.line("view_audit", None, true, &filter.facts("audit"))]).await?;
        let people = people_in(&lines);
        Ok(AuditPage { lines, total: found.total, people, checkpoints, size, unreviewed })
    }

    /// The whole log for a file: at most [`EXPORT`] lines.
    ///
    /// # Errors
    /// As [`Casework::audit_page`]; [`Error::Reauthenticate`] unless the password was given lately.
    pub async fn export_audit(&self, actor: &Actor, filter: &LogFilter) -> Result<Vec<LogLine>> {
        self.require_logged(actor, Action::ViewAudit).await?;
        actor.require_fresh()?;
        let mut unit = self.house.store.read().await?;
        let found = unit.audit(&filter.of(None), Page::first(EXPORT)).await?;
        let lines = self.log_lines(&mut *unit, found.rows).await?;
        drop(unit);
        self.house.pen.write(vec![actor.line("export_audit", None, true, &filter.facts("audit"))]).await?;
        Ok(lines)
    }

    /// The matrix of rights of one role, or of every role, worked out from the policies in force.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read it.
    pub async fn matrix(&self, actor: &Actor, role: Option<Role>) -> Result<Arc<Vec<RoleRights>>> {
        self.require_logged(actor, Action::ViewMatrix).await?;
        let detail = json!({"role": role.map(Code::as_str)});
        self.house.pen.write(vec![actor.line("view_matrix", None, true, &detail)]).await?;
        let house = Arc::clone(&self.house);
        // Thousands of questions: not on a thread that others wait for.
        let ask = |work: Box<dyn FnOnce() -> Vec<RoleRights> + Send>| async {
            let made = tokio::task::spawn_blocking(work).await;
            made.map(Arc::new).map_err(|e| Error::Internal(e.to_string()))
        };
        match role {
            Some(role) => ask(Box::new(move || vec![house.engine.rights_of(role)])).await,
            None => self
                .house
                .matrix
                .get_or_try_init(|| ask(Box::new(move || house.engine.matrix())))
                .await
                .cloned(),
        }
    }

    /// As [`Casework::matrix`], for a file.
    ///
    /// # Errors
    /// As [`Casework::matrix`]; [`Error::Reauthenticate`] unless the password was given lately.
    pub async fn export_matrix(&self, actor: &Actor, role: Option<Role>) -> Result<Arc<Vec<RoleRights>>> {
        self.require_logged(actor, Action::ViewMatrix).await?;
        actor.require_fresh()?;
        self.matrix(actor, role).await
    }

    async fn log_lines(&self, unit: &mut dyn Unit, rows: Vec<AuditRow>) -> Result<Vec<LogLine>> {
        let people: Vec<Uuid> = rows.iter().filter_map(|r| r.line.person).collect();
        let names = self.names(unit, &people).await?;
        let children: Vec<Uuid> = rows.iter().filter_map(|r| r.line.child).collect();
        let references = self.references(unit, &children).await?;
        Ok(rows.into_iter().map(|row| log_line(row, &names, &references)).collect())
    }

    /// The numbers of records by id. A number is no name, but only for pages about the log.
    pub(crate) async fn references(
        &self,
        unit: &mut dyn Unit,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, String>> {
        let mut out = HashMap::new();
        for id in ids {
            if !out.contains_key(id)
                && let Some(glance) = unit.child_row(*id).await?
            {
                out.insert(*id, glance.child.reference);
            }
        }
        Ok(out)
    }
}

fn people_in(lines: &[LogLine]) -> BTreeMap<String, Uuid> {
    lines.iter().filter_map(|line| Some((line.who.clone(), line.person?))).collect()
}

fn checkpoint_line(row: AuditCheckpointRow, ours: &str) -> CheckpointLine {
    CheckpointLine {
        size: row.size,
        root: hex(&row.root),
        at: row.at,
        ours: row.key_id == ours,
        key: row.key_id,
    }
}

fn log_line(row: AuditRow, names: &HashMap<PersonId, String>, references: &HashMap<Uuid, String>) -> LogLine {
    let line = row.line;
    let detail: Value = serde_json::from_str(&line.detail).unwrap_or(Value::Null);
    let who = match line.person {
        Some(person) => {
            names.get(&PersonId(person)).cloned().unwrap_or_else(|| "Somebody no longer known".to_owned())
        }
        None if line.session.is_none() && line.action == "sign_in" => "Somebody not known".to_owned(),
        None if line.action.starts_with("outside_") => "Somebody outside, by a link".to_owned(),
        None => "Kinfold itself".to_owned(),
    };
    LogLine {
        place: row.seq + 1,
        at: line.at,
        who,
        person: line.person,
        deed: deed(&line.action, line.allowed, &detail),
        why: Purpose::parse(&line.purpose).map_or_else(|| sentence(&line.purpose), |p| p.title().to_owned()),
        allowed: line.allowed,
        export: is_export(&line.action),
        child: line
            .child
            .map(|id| (id, references.get(&id).cloned().unwrap_or_else(|| "no such record".to_owned()))),
        kind: line.action,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_runs_from_midnight_to_midnight_in_england() {
        let filter = LogFilter { day: Some(jiff::civil::date(2026, 7, 1)), ..LogFilter::default() }.of(None);
        assert_eq!(filter.from.expect("a start").to_string(), "2026-06-30T23:00:00Z");
        assert_eq!(filter.before.expect("an end").to_string(), "2026-07-01T23:00:00Z");
    }
}

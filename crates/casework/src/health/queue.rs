//! The queue of the health team: every child's open assessment or consent with the hand-off it is at, who holds it and for
//! how long. Cut to the person's scope like every list.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_record::{PersonId, Sensitivity, Strand, Subject};
use kinfold_store::{BoardFilter, DutyLine, Page, Standing};
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use super::pipeline::{HandOff, Pipeline};
use crate::actor::Actor;
use crate::board::{Exported, ExportedCell};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::project::{decode_duties, decode_timeline};

/// Longer than the queue of any authority; a list beyond it asks to be narrowed.
const MOST: i64 = 20_000;

/// Which part of the queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueAsk {
    /// Only what waits at this hand-off: `rule/step`.
    pub step: Option<(String, String)>,
    /// Only what is late or stuck.
    pub late: bool,
    /// Only what this person holds.
    pub mine: bool,
}

/// One child × one open duty.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueLine {
    /// The child.
    pub child: Uuid,
    /// Its name.
    pub name: String,
    /// Its reference.
    pub reference: String,
    /// Whether the record is restricted.
    pub restricted: bool,
    /// The way it goes.
    pub path: Pipeline,
    /// The hand-off it is at; `None` when all are done and the duty is still open.
    pub at: Option<HandOff>,
    /// Who holds it, by name, where somebody does.
    pub holder: Option<String>,
    /// For how many days it has waited there.
    pub days: i64,
}

/// The queue.
#[derive(Debug, Clone)]
pub struct QueuePage {
    /// The day it is.
    pub today: Date,
    /// The lines asked for: late ones first, then those that wait longest beyond their day.
    pub lines: Vec<QueueLine>,
    /// Every hand-off at which something waits, with how many: rule, step, title, whose, how many, how many of them stuck.
    pub steps: Vec<QueueStep>,
    /// How many there are before any filter.
    pub total: usize,
    /// How many of them are late.
    pub late: usize,
}

/// A hand-off at which something waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueStep {
    /// The rule.
    pub rule: String,
    /// Title of the rule.
    pub duty: SmolStr,
    /// The hand-off.
    pub step: String,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub whose: SmolStr,
    /// How many wait there.
    pub waiting: usize,
    /// How many of them longer than they should.
    pub stuck: usize,
}

impl Casework {
    /// The queue of the health team.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to it.
    pub async fn health_queue(&self, actor: &Actor, ask: &QueueAsk) -> Result<QueuePage> {
        let page = self.read_queue(actor, ask).await?;
        let detail = json!({"page": "health_queue", "rows": page.lines.len()});
        let line = actor.line(Action::ViewHealthQueue.as_str(), None, true, &detail);
        self.house.pen.write(vec![line]).await?;
        Ok(page)
    }

    /// The queue as a table to take away.
    ///
    /// # Errors
    /// As [`Casework::health_queue`]; [`Error::Reauthenticate`] unless the password was given lately.
    pub async fn export_health_queue(&self, actor: &Actor, ask: &QueueAsk, format: &str) -> Result<Exported> {
        actor.require(Action::ViewHealthQueue)?;
        actor.require_fresh()?;
        let page = self.read_queue(actor, ask).await?;
        let text = |words: &str| ExportedCell::Text(words.to_owned());
        let day = |date: Option<Date>| date.map_or(ExportedCell::Empty, ExportedCell::Day);
        let rows: Vec<Vec<ExportedCell>> = page
            .lines
            .iter()
            .map(|line| {
                vec![
                    text(&line.reference),
                    text(&line.name),
                    text(&line.path.title),
                    ExportedCell::Day(line.path.due_on),
                    text(if line.path.late { "Late" } else { "In time" }),
                    line.at.as_ref().map_or(ExportedCell::Empty, |at| text(&at.title)),
                    line.at.as_ref().map_or(ExportedCell::Empty, |at| text(&at.whose)),
                    line.holder.as_deref().map_or(ExportedCell::Empty, text),
                    day(line.at.as_ref().and_then(|at| at.waiting_since)),
                    ExportedCell::Number(line.days),
                    day(line.at.as_ref().and_then(|at| at.expected_on)),
                ]
            })
            .collect();
        let columns = [
            "Reference",
            "Name",
            "Assessment",
            "Due",
            "State",
            "Waiting for",
            "Whose role",
            "Who",
            "Since",
            "Days",
            "Expected by",
        ];
        let detail = json!({"what": "health_queue", "format": format, "rows": rows.len()});
        let line = actor.line(Action::ExportBoard.as_str(), None, true, &detail);
        self.house.pen.write(vec![line]).await?;
        Ok(Exported {
            name: format!("Health queue {}", page.today),
            columns: columns.map(str::to_owned).to_vec(),
            rows,
        })
    }

    async fn read_queue(&self, actor: &Actor, ask: &QueueAsk) -> Result<QueuePage> {
        actor.require(Action::ViewHealthQueue)?;
        let (today, book) = (self.today(), self.book());
        let scope = self.scope(actor, Subject::Child);
        let mut filter = BoardFilter::at(self.now());
        filter.standings = vec![Standing::Late, Standing::Due];
        filter.rules = queue_rules(&book.guidance);
        let mut unit = self.house.store.read().await?;
        let found = unit.board_list(&scope, &filter, Page { limit: MOST, offset: 0 }).await?;
        let mut by_child: BTreeMap<Uuid, Vec<DutyLine>> = BTreeMap::new();
        for line in found.rows {
            by_child.entry(line.duty.child).or_default().push(line);
        }
        let directory = self.house.directories.read(&mut *unit, today).await?;
        let mut lines: Vec<(QueueLine, Option<Uuid>)> = Vec::new();
        for (child, wanted) in by_child {
            let Some(glance) = unit.child_row(child).await? else { continue };
            let projection = &glance.child.projection;
            let duties = decode_duties(&projection.duties)?;
            let timeline = decode_timeline(&projection.timeline)?;
            for row in wanted {
                let duty = duties
                    .iter()
                    .find(|d| d.rule == row.duty.rule && d.occurrence.to_string() == row.duty.occurrence);
                let Some(path) = duty.and_then(|duty| Pipeline::of(duty, book.rules.rule_of(duty)?, today))
                else {
                    continue;
                };
                let at = path.waiting().cloned();
                let owner = at
                    .as_ref()
                    .and_then(|at| directory.owner(&at.role, &timeline, glance.child.team, today))
                    .or(row.duty.owner_person.filter(|_| at.is_none()));
                let since = at.as_ref().and_then(|at| at.waiting_since).unwrap_or(path.due_on);
                lines.push((
                    QueueLine {
                        child,
                        name: row.child_name,
                        reference: row.child_reference,
                        restricted: row.restricted,
                        days: i64::from(since.until(today).map_or(0, |span| span.get_days())).max(0),
                        path,
                        at,
                        holder: None,
                    },
                    owner,
                ));
            }
        }
        let owners: Vec<Uuid> = lines.iter().filter_map(|(_, owner)| *owner).collect();
        let names: HashMap<PersonId, String> = self.names(&mut *unit, &owners).await?;
        drop(unit);
        let me = actor.person().0;
        let total = lines.len();
        let late = lines.iter().filter(|(line, _)| line.path.late).count();
        let steps = steps(lines.iter().map(|(line, _)| line));
        let mut lines: Vec<QueueLine> = lines
            .into_iter()
            .filter(|(line, owner)| asked(ask, line) && (!ask.mine || *owner == Some(me)))
            .map(|(line, owner)| QueueLine {
                holder: owner.and_then(|id| names.get(&PersonId(id)).cloned()),
                ..line
            })
            .collect();
        lines.sort_by(|a, b| order(a).cmp(&order(b)));
        Ok(QueuePage { today, lines, steps, total, late })
    }
}

/// Late first; then what is stuck, by the day it was expected; then what is due soonest.
fn order(line: &QueueLine) -> (bool, bool, Date, Date, &str) {
    let stuck = line.at.as_ref().is_some_and(|at| at.stuck);
    let expected = line.at.as_ref().and_then(|at| at.expected_on).unwrap_or(line.path.due_on);
    (!line.path.late, !stuck, line.path.due_on, expected, &line.reference)
}

fn asked(ask: &QueueAsk, line: &QueueLine) -> bool {
    let here = ask.step.as_ref().is_none_or(|(rule, step)| {
        line.path.rule == *rule && line.at.as_ref().is_some_and(|at| at.step == *step)
    });
    let pressing = line.path.late || line.at.as_ref().is_some_and(|at| at.stuck);
    here && (!ask.late || pressing)
}

/// The rules about health that have hand-offs and that are no secret themselves.
fn queue_rules(guidance: &kinfold_guidance::Guidance) -> Vec<String> {
    let mut rules: Vec<String> = guidance
        .rules
        .iter()
        .filter(|rule| rule.strand == Strand::Health && rule.sensitivity == Sensitivity::Ordinary)
        .filter(|rule| !rule.handoffs.is_empty())
        .map(|rule| rule.id.to_string())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn steps<'l>(lines: impl Iterator<Item = &'l QueueLine>) -> Vec<QueueStep> {
    let mut found: Vec<(usize, QueueStep)> = Vec::new();
    for line in lines {
        let Some(at) = &line.at else { continue };
        let place = line.path.steps.iter().position(|s| s.step == at.step).unwrap_or(0);
        let known = found.iter().position(|(_, s)| s.rule == line.path.rule && s.step == at.step.as_str());
        let known = known.unwrap_or_else(|| {
            let step = QueueStep {
                rule: line.path.rule.to_string(),
                duty: line.path.title.clone(),
                step: at.step.to_string(),
                title: at.title.clone(),
                whose: at.whose.clone(),
                waiting: 0,
                stuck: 0,
            };
            found.push((place, step));
            found.len() - 1
        });
        if let Some((_, step)) = found.get_mut(known) {
            step.waiting += 1;
            step.stuck += usize::from(at.stuck);
        }
    }
    found.sort_by(|(a, x), (b, y)| (&x.rule, a).cmp(&(&y.rule, b)));
    found.into_iter().map(|(_, step)| step).collect()
}

/// A wrong filter asks for nothing rather than everything.
impl QueueAsk {
    /// Reads `rule/step`.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is neither empty nor of that form.
    pub fn at(text: &str) -> Result<Option<(String, String)>> {
        if text.is_empty() {
            return Ok(None);
        }
        let (rule, step) = text
            .split_once('/')
            .ok_or_else(|| Error::invalid("step", "This hand-off is not there. Choose one from the list."))?;
        Ok(Some((rule.to_owned(), step.to_owned())))
    }
}

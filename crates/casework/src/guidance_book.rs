//! The guidance as people read and change it: every rule with what it decides, the council's own layer looked at before
//! it is switched on, and the memory of which versions have been used.

mod layers;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_guidance::{Change, Guidance, Layer, LayerName, Mistake, Rule};
use kinfold_store::{BoardFilter, GuidanceLayerRow, GuidanceUseRow, Standing, Unit};
use serde_json::json;
use smol_str::SmolStr;

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::{Book, Casework};

/// How the duties of one rule stand now, among the children that the reader may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decided {
    /// Late.
    pub late: i64,
    /// In view and in time.
    pub due: i64,
    /// Not yet in view.
    pub upcoming: i64,
    /// Met in time.
    pub met: i64,
    /// Met late.
    pub met_late: i64,
    /// Excused.
    pub excused: i64,
    /// Ended with what they belonged to.
    pub ended: i64,
}

impl Decided {
    /// All of them.
    pub fn total(&self) -> i64 {
        self.late + self.due + self.upcoming + self.met + self.met_late + self.excused + self.ended
    }
}

/// A rule's page.
#[derive(Debug, Clone)]
pub struct RulePage {
    /// Every version, the newest first.
    pub versions: Vec<Rule>,
    /// The text of the file of each version, as far as it is at hand.
    pub texts: HashMap<u16, String>,
    /// What the rule decided; `None` for somebody who sees no child.
    pub decided: Option<Decided>,
    /// The day it is.
    pub today: Date,
}

/// What a local layer would do.
#[derive(Debug, Clone, PartialEq)]
pub enum Preview {
    /// It has mistakes and cannot be switched on.
    Mistakes(Vec<Mistake>),
    /// It can be: what changes in the rules, and in what is due today.
    Fits(Box<Fits>),
}

/// A layer that can be switched on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fits {
    /// What differs in the guidance.
    pub changes: Vec<Change>,
    /// What differs in the open duties, by rule: title first.
    pub duties: Vec<(SmolStr, Moved)>,
    /// Chronologies looked at.
    pub looked_at: usize,
    /// Of those, how many have different duties.
    pub changed: usize,
}

/// How the open duties of one rule differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    /// Open that were not.
    pub start: usize,
    /// Open with another date.
    pub move_: usize,
    /// Open no more.
    pub end: usize,
}

impl std::ops::AddAssign for Moved {
    fn add_assign(&mut self, other: Self) {
        self.start += other.start;
        self.move_ += other.move_;
        self.end += other.end;
    }
}

/// A stored layer.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalLayer {
    /// Its name.
    pub name: String,
    /// Path and text of each file.
    pub files: Vec<(String, String)>,
    /// Whether it is in force.
    pub active: bool,
    /// Who switched it last.
    pub by: Option<String>,
    /// When.
    pub at: jiff::Timestamp,
}

fn files_of(row: &GuidanceLayerRow) -> Vec<(String, String)> {
    serde_json::from_str::<BTreeMap<String, String>>(&row.files).unwrap_or_default().into_iter().collect()
}

fn as_layer(name: &str, files: &[(String, String)]) -> Layer {
    Layer::from_texts(LayerName::Local(name.to_owned()), files.iter().cloned())
}

/// The layers that are switched on in the database, in the order of their names.
pub(crate) async fn active_layers(unit: &mut dyn Unit) -> Result<Vec<Layer>> {
    Ok(unit
        .guidance_layers()
        .await?
        .iter()
        .filter(|row| row.active)
        .map(|row| as_layer(&row.name, &files_of(row)))
        .collect())
}

/// Reads layers, or says what is wrong in words for whoever starts the program.
pub(crate) fn load(layers: &[Layer]) -> Result<Guidance> {
    Guidance::load(layers)
        .map_err(|mistakes| Error::Guidance(format!("The guidance has mistakes:\n{mistakes}")))
}

/// Rules that were used here with other words under the same version.
fn changed_since_used(guidance: &Guidance, uses: &[GuidanceUseRow]) -> Vec<String> {
    guidance
        .rules
        .iter()
        .filter(|rule| uses.iter().any(|u| u.rule == rule.id && u.version == rule.version.to_string() && u.hash != rule.hash))
        .map(|rule| {
            format!(
                "{} version {} has produced duties here and was changed since ({}). Undo the change and write it as a new version.",
                rule.id, rule.version, rule.origin.file
            )
        })
        .collect()
}

fn use_rows(guidance: &Guidance, at: jiff::Timestamp) -> Vec<GuidanceUseRow> {
    guidance
        .rules
        .iter()
        .map(|rule| GuidanceUseRow {
            rule: rule.id.to_string(),
            version: rule.version.to_string(),
            hash: rule.hash.clone(),
            layer: rule.origin.layer.to_string(),
            first_used_at: at,
        })
        .collect()
}

impl Casework {
    /// Refuses guidance that rewrites what has been used here, and remembers what is used from now on. Called at the
    /// start and whenever the guidance changes.
    ///
    /// # Errors
    /// [`Error::Guidance`] naming every rule that was changed after it was used.
    pub(crate) async fn pin_guidance(&self) -> Result<()> {
        let book = self.book();
        let mut unit = self.house.store.write().await?;
        let uses = unit.guidance_uses().await?;
        let changed = changed_since_used(&book.guidance, &uses);
        if !changed.is_empty() {
            return Err(Error::Guidance(changed.join("\n")));
        }
        let new: Vec<GuidanceUseRow> = use_rows(&book.guidance, self.now())
            .into_iter()
            .filter(|row| !uses.iter().any(|u| u.rule == row.rule && u.version == row.version))
            .collect();
        if !new.is_empty() {
            unit.record_guidance_use(&new).await?;
            unit.commit().await?;
        }
        Ok(())
    }

    /// The guidance in force, for reading.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read the rules.
    pub fn guidance(&self, actor: &Actor) -> Result<std::sync::Arc<Book>> {
        actor.require(Action::ViewGuidance)?;
        Ok(self.book())
    }

    /// Everything about one rule.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, or when there is no such rule.
    pub async fn rule_page(&self, actor: &Actor, id: &str) -> Result<RulePage> {
        actor.require(Action::ViewGuidance)?;
        let book = self.book();
        let mut versions: Vec<Rule> = book.guidance.rules.iter().filter(|r| r.id == id).cloned().collect();
        versions.sort_by_key(|r| std::cmp::Reverse(r.version));
        if versions.is_empty() {
            return Err(Error::Absent);
        }
        let mut unit = self.house.store.glance().await?;
        let stored = active_layers(&mut *unit).await?;
        drop(unit);
        let layers: Vec<Layer> = std::iter::once(Layer::national())
            .chain(self.house.layers.iter().cloned())
            .chain(stored)
            .collect();
        let texts = versions
            .iter()
            .filter_map(|rule| {
                let layer = layers.iter().find(|l| l.name == rule.origin.layer)?;
                let file = layer.files.iter().find(|f| f.path == rule.origin.file)?;
                Some((rule.version, file.text.clone()))
            })
            .collect();
        let decided = self.decided(actor, id).await?;
        Ok(RulePage { versions, texts, decided, today: self.today() })
    }

    async fn decided(&self, actor: &Actor, id: &str) -> Result<Option<Decided>> {
        if !actor.may().has(Action::ViewTeamBoard) && !actor.may().has(Action::ViewAuthorityBoard) {
            return Ok(None);
        }
        let scope = self.whole_scope(actor);
        let mut filter = BoardFilter::at(self.now());
        filter.rule = Some(id.to_owned());
        let mut unit = self.house.store.read().await?;
        let cells = unit.board(&scope, &filter).await?;
        drop(unit);
        let mut out = Decided::default();
        for cell in cells {
            let to = match cell.standing {
                Standing::Late => &mut out.late,
                Standing::Due => &mut out.due,
                Standing::Upcoming => &mut out.upcoming,
                Standing::Met => &mut out.met,
                Standing::MetLate => &mut out.met_late,
                Standing::Excused => &mut out.excused,
                Standing::Ended => &mut out.ended,
            };
            *to += cell.duties;
        }
        self.house.pen.write(vec![actor.line("view_rule", None, true, &json!({"rule": id}))]).await?;
        Ok(Some(out))
    }
}

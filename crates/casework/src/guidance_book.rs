//! The guidance as people read and change it: every rule with what it decides, the council's own layer looked at before
//! it is switched on, and the memory of which versions have been used.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_guidance::{Change, Guidance, Layer, LayerName, Mistake, Rule};
use kinfold_pathway::{Duty, State, duties};
use kinfold_store::{BoardFilter, GuidanceLayerRow, GuidanceUseRow, Standing, Unit};
use rayon::prelude::*;
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::pen::log;
use crate::project::{decode_duties, decode_timeline};
use crate::refresh::Refreshed;

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

/// A layer's name and paths, checked before anything is read from them.
fn checked(name: &str, files: &[(String, String)]) -> Result<()> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 40 || !name.chars().all(plain) {
        return Err(Error::invalid(
            "name",
            "Name the layer with small letters, figures and hyphens, like fernshire",
        ));
    }
    if files.is_empty() {
        return Err(Error::invalid("files", "Give at least one file"));
    }
    for (path, _) in files {
        let parts: Vec<&str> = path.split('/').collect();
        let safe = parts.iter().all(|p| {
            !p.is_empty()
                && *p != "."
                && *p != ".."
                && p.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        });
        let known = path == "calendar.toml"
            || path == "terms.toml"
            || path == "rules.lock"
            || (path.starts_with("rules/") && path.ends_with(".toml"))
            || (path.starts_with("codes/") && path.ends_with(".csv"));
        if !safe || !known {
            let words = format!(
                "“{path}” is no place for guidance. Rules go to rules/AREA/ID.toml, code lists to codes/LIST.csv, and there are calendar.toml and terms.toml"
            );
            return Err(Error::invalid("files", words));
        }
    }
    Ok(())
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

    /// The layers kept here, in force or not.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to change guidance.
    pub async fn local_layers(&self, actor: &Actor) -> Result<Vec<LocalLayer>> {
        actor.require(Action::ChangeGuidance)?;
        let mut unit = self.house.store.glance().await?;
        let rows = unit.guidance_layers().await?;
        let ids: Vec<Uuid> = rows.iter().filter_map(|r| r.switched_on_by).collect();
        let names = self.names(&mut *unit, &ids).await?;
        Ok(rows
            .into_iter()
            .map(|row| LocalLayer {
                files: files_of(&row),
                by: row.switched_on_by.and_then(|id| names.get(&kinfold_record::PersonId(id)).cloned()),
                name: row.name,
                active: row.active,
                at: row.at,
            })
            .collect())
    }

    /// What switching a layer on would change. Writes nothing but the log.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] when the name or a path cannot be used.
    pub async fn preview_layer(
        &self,
        actor: &Actor,
        name: &str,
        files: &[(String, String)],
    ) -> Result<Preview> {
        actor.require(Action::ChangeGuidance)?;
        checked(name, files)?;
        let mut unit = self.house.store.glance().await?;
        let mut layers = self.layers_without(&mut *unit, name).await?;
        let uses = unit.guidance_uses().await?;
        drop(unit);
        layers.push(as_layer(name, files));
        let guidance = match Guidance::load(&layers) {
            Ok(guidance) => guidance,
            Err(mistakes) => return Ok(Preview::Mistakes(mistakes.0)),
        };
        let changed = changed_since_used(&guidance, &uses);
        if !changed.is_empty() {
            let file = name.to_owned();
            let mistakes = changed
                .into_iter()
                .map(|message| Mistake { file: file.clone(), line: 1, column: 1, message, hint: None })
                .collect();
            return Ok(Preview::Mistakes(mistakes));
        }
        let book = self.book();
        let changes = book.guidance.diff(&guidance);
        let mut fits = self.compare_duties(&book, &Book::new(guidance)).await?;
        fits.changes = changes;
        self.house
            .pen
            .write(vec![actor.line("preview_guidance", None, true, &json!({"layer": name}))])
            .await?;
        Ok(Preview::Fits(Box::new(fits)))
    }

    /// National guidance, the layers the program was started with, and those in force but the one named.
    async fn layers_without(&self, unit: &mut dyn Unit, name: &str) -> Result<Vec<Layer>> {
        let stored = active_layers(unit).await?;
        let own = LayerName::Local(name.to_owned());
        if self.house.layers.iter().any(|layer| layer.name == own) {
            return Err(Error::invalid(
                "name",
                "The program was started with a layer of this name. Choose another name",
            ));
        }
        Ok(std::iter::once(Layer::national())
            .chain(self.house.layers.iter().cloned())
            .chain(stored.into_iter().filter(|layer| layer.name != own))
            .collect())
    }

    async fn compare_duties(&self, old: &Book, new: &Book) -> Result<Fits> {
        let today = self.today();
        let mut fits = Fits::default();
        let mut moved: BTreeMap<SmolStr, Moved> = BTreeMap::new();
        let mut after = None;
        loop {
            let mut unit = self.house.store.glance().await?;
            let lines = unit.all_projections(after, 4096).await?;
            drop(unit);
            let Some(last) = lines.last() else { break };
            after = Some(last.id);
            let found: Vec<Vec<(SmolStr, Moved)>> = tokio::task::block_in_place(|| {
                lines
                    .par_iter()
                    .map(|line| {
                        let before = decode_duties(&line.duties)?;
                        let timeline = decode_timeline(&line.timeline)?;
                        Ok(differences(&before, &duties(&timeline, &new.rules, today).duties))
                    })
                    .collect::<Result<_>>()
            })?;
            fits.looked_at += found.len();
            fits.changed += found.iter().filter(|f| !f.is_empty()).count();
            for (rule, change) in found.into_iter().flatten() {
                *moved.entry(rule).or_default() += change;
            }
        }
        let title = |id: &SmolStr| {
            let rule = new
                .guidance
                .rules
                .iter()
                .rfind(|r| r.id == *id)
                .or_else(|| old.guidance.rules.iter().rfind(|r| r.id == *id));
            rule.map_or_else(|| id.clone(), |rule| rule.title.clone())
        };
        fits.duties = moved.into_iter().map(|(id, moved)| (title(&id), moved)).collect();
        Ok(fits)
    }

    /// Switches a layer on: from now on every duty comes from it. Duties are worked out again before this returns.
    ///
    /// # Errors
    /// [`Error::Guidance`] when it has mistakes; otherwise as [`Casework::preview_layer`].
    pub async fn switch_layer_on(
        &self,
        actor: &Actor,
        name: &str,
        files: &[(String, String)],
    ) -> Result<Refreshed> {
        actor.require(Action::ChangeGuidance)?;
        checked(name, files)?;
        let mut unit = self.house.store.write().await?;
        let mut layers = self.layers_without(&mut *unit, name).await?;
        layers.push(as_layer(name, files));
        let guidance = load(&layers)?;
        let changed = changed_since_used(&guidance, &unit.guidance_uses().await?);
        if !changed.is_empty() {
            return Err(Error::Guidance(changed.join("\n")));
        }
        unit.record_guidance_use(&use_rows(&guidance, self.now())).await?;
        let map: BTreeMap<&String, &String> = files.iter().map(|(path, text)| (path, text)).collect();
        self.save(
            &mut *unit,
            actor,
            name,
            serde_json::to_string(&map).map_err(|e| Error::Internal(e.to_string()))?,
            true,
        )
        .await?;
        unit.commit().await?;
        self.set_book(Book::new(guidance));
        self.refresh_all().await
    }

    /// Switches a layer off. Its files stay, to be switched on again.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right or when there is none; [`Error::Guidance`] when another layer needs it.
    pub async fn switch_layer_off(&self, actor: &Actor, name: &str) -> Result<Refreshed> {
        actor.require(Action::ChangeGuidance)?;
        let mut unit = self.house.store.write().await?;
        let row = unit
            .guidance_layers()
            .await?
            .into_iter()
            .find(|r| r.name == name && r.active)
            .ok_or(Error::Absent)?;
        let guidance = load(&self.layers_without(&mut *unit, name).await?)?;
        self.save(&mut *unit, actor, name, row.files, false).await?;
        unit.commit().await?;
        self.set_book(Book::new(guidance));
        self.refresh_all().await
    }

    async fn save(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        name: &str,
        files: String,
        active: bool,
    ) -> Result<()> {
        let row = GuidanceLayerRow {
            name: name.to_owned(),
            files,
            active,
            switched_on_by: Some(actor.person().0),
            at: self.now(),
        };
        unit.save_guidance_layer(&row).await?;
        let action = if active { "switch_guidance_on" } else { "switch_guidance_off" };
        log(unit, vec![actor.line(action, None, true, &json!({"layer": name}))]).await?;
        Ok(())
    }
}

/// How the open duties of one chronology differ, by rule.
fn differences(before: &[Duty], after: &[Duty]) -> Vec<(SmolStr, Moved)> {
    let open = |duties: &[Duty]| -> HashMap<(SmolStr, String), Date> {
        duties
            .iter()
            .filter(|d| d.state == State::Open)
            .map(|d| ((d.rule.clone(), d.occurrence.to_string()), d.due_on))
            .collect()
    };
    let (before, after) = (open(before), open(after));
    let mut out = Vec::new();
    for (key, due) in &after {
        match before.get(key) {
            None => out.push((key.0.clone(), Moved { start: 1, ..Moved::default() })),
            Some(was) if was != due => out.push((key.0.clone(), Moved { move_: 1, ..Moved::default() })),
            Some(_) => {}
        }
    }
    for key in before.keys().filter(|key| !after.contains_key(*key)) {
        out.push((key.0.clone(), Moved { end: 1, ..Moved::default() }));
    }
    out
}

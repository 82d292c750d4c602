//! The council's own layer: kept, looked at before it is switched on, switched on and off.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_guidance::{Guidance, Layer, LayerName, Mistake};
use kinfold_pathway::{Duty, State, duties};
use kinfold_store::{GuidanceLayerRow, Unit};
use rayon::prelude::*;
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use super::{
    Fits, LocalLayer, Moved, Preview, active_layers, as_layer, changed_since_used, files_of, load, use_rows,
};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::pen::log;
use crate::project::{decode_duties, decode_timeline};
use crate::refresh::Refreshed;

/// What a layer may hold beside its folders.
const FILES: &[&str] =
    &["calendar.toml", "terms.toml", "board.toml", "inspection.toml", "rules.lock", "forms.lock"];
/// The folders of a layer, with how the names of their files end.
const FOLDERS: &[(&str, &str)] = &[
    ("rules/", ".toml"),
    ("forms/", ".toml"),
    ("measures/", ".toml"),
    ("frameworks/", ".toml"),
    ("surveys/", ".toml"),
    ("plans/", ".toml"),
    ("needs/", ".toml"),
    ("outlines/", ".toml"),
    ("words/licensed/", ".toml"),
    ("immunisation/", ".toml"),
    ("growth/", ".csv"),
    ("codes/", ".csv"),
];

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
        let known = FILES.contains(&path.as_str())
            || FOLDERS.iter().any(|(folder, ending)| path.starts_with(folder) && path.ends_with(ending));
        if !safe || !known {
            let words = format!(
                "“{path}” is no place for guidance. Rules go to rules/AREA/ID.toml, forms to forms/ID.toml, measures to measures/ID.toml (likewise frameworks, surveys, plans, needs and outlines), code lists to codes/LIST.csv, and there are calendar.toml, terms.toml, board.toml and inspection.toml"
            );
            return Err(Error::invalid("files", words));
        }
    }
    Ok(())
}

impl Casework {
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

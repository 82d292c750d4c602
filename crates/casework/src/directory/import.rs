//! Bringing entries in from a file: first what it would do, then all that can be used, in one transaction. The same file
//! again changes nothing; what somebody changed here since stays; and the whole can be taken back.

use std::collections::HashMap;

use jiff::Timestamp;
use kinfold_access::{Action, Purpose};
use kinfold_directory::Service;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::cells::{Cells, read};
use super::csv_in::sheet;
use super::listing::{Listed, Listing, ListingEvent};
use super::oruk::{subject, taken_over};
use crate::actor::{Actor, audit_line};
use crate::authority::{Written, lock, names, room};
use crate::error::{Error, FieldProblem, Result};
use crate::house::{Book, Casework};
use crate::pen::log;

/// What an entry of a file says.
#[derive(Debug, Clone)]
pub(super) enum Patch {
    Cells(Cells),
    Service(Box<Service>),
}

/// An entry of a file.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Where it stands: "line 3".
    pub place: String,
    pub(super) subject: Uuid,
    /// Whether the file names the entry; otherwise it is known by its name and organisation.
    pub(super) has_id: bool,
    /// The version it was made from.
    pub(super) version: Option<i64>,
    pub(super) patch: Patch,
}

/// A line or a value that was not used, or something to be known about one that was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongRow {
    /// Where: "line 3", or a path in a JSON file.
    pub place: String,
    /// What stands there, or its beginning.
    pub text: String,
    /// What is wrong and what to do.
    pub why: String,
    /// Whether the rest of the entry was used all the same.
    pub note: bool,
}

/// A file that was read and not yet compared with the directory.
#[derive(Debug, Clone)]
pub struct ReadFile {
    /// Its name.
    pub name: String,
    /// "csv" or "json".
    pub format: &'static str,
    /// Its entries.
    pub incoming: Vec<Incoming>,
    /// What could not be used.
    pub wrong: Vec<WrongRow>,
}

/// What an import does, or would do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Entries that were not there.
    pub new: usize,
    /// Entries that change.
    pub changed: usize,
    /// Entries that say the same already.
    pub same: usize,
    /// Entries that somebody changed or took out here since, and that stay as they are.
    pub kept: usize,
    /// Lines that could not be used.
    pub wrong: usize,
}

/// What an import would do: nothing has been written.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// How much of what.
    pub counts: Counts,
    /// What could not be used, and what is to be known.
    pub wrong: Vec<WrongRow>,
    /// Names of entries that are new or change, and which of the two.
    pub named: Vec<(String, bool)>,
    writes: Vec<(Uuid, i64, Listing)>,
}

/// What an import did.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The run: what taking back takes.
    pub run: Uuid,
    /// What came of it.
    pub plan: Plan,
}

/// What is written down about a run. Read for ever.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RunEvent {
    /// Entries were brought in.
    ListingsImported {
        /// The file's name.
        name: String,
        /// "csv" or "json".
        format: String,
        /// How much of what.
        counts: Counts,
        /// The entries that were written.
        touched: Vec<Uuid>,
    },
    /// They were taken back.
    ListingsUndone {
        /// Entries that say again what they said before, or are gone again.
        undone: usize,
        /// Entries that somebody has worked on since, and that stay.
        kept: usize,
    },
}

impl crate::authority::Body for RunEvent {
    const ROOM: &'static str = "listing_run";
}

/// A run in the list.
#[derive(Debug, Clone)]
pub struct RunLine {
    /// The run.
    pub id: Uuid,
    /// The file's name.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// Who; `None` from the command line.
    pub by: Option<String>,
    /// What came of it.
    pub counts: Counts,
    /// Whether it was taken back.
    pub undone: bool,
}

impl Incoming {
    fn over(
        &self,
        base: &Listing,
        book: &Book,
        today: jiff::civil::Date,
    ) -> Result<Listing, Vec<FieldProblem>> {
        let codes = &book.guidance.codes;
        let mut out = match &self.patch {
            Patch::Service(service) => taken_over(service, base, codes),
            Patch::Cells(cells) => read(cells, base, codes, today)?,
        };
        if out.service.id.is_empty() {
            out.service.id = self.subject.to_string();
        }
        match out.tells_address() {
            Some(field) => {
                let message = "The address that is hidden here stands in this text. Take it out".to_owned();
                Err(vec![FieldProblem { field: field.to_owned(), message }])
            }
            None => Ok(out),
        }
    }

    fn name(&self) -> &str {
        match &self.patch {
            Patch::Service(service) => &service.name,
            Patch::Cells(cells) => cells.get("name").map_or("", String::as_str),
        }
    }

    fn organisation(&self) -> &str {
        match &self.patch {
            Patch::Service(service) => service.organization.as_ref().map_or("", |o| o.name.as_str()),
            Patch::Cells(cells) => cells.get("organisation").map_or("", String::as_str),
        }
    }
}

/// What becomes of one entry of a file.
enum Outcome {
    New(Listing),
    Changed(i64, Listing),
    Same,
    Kept(&'static str),
}

impl Casework {
    /// Reads a file: a spreadsheet as CSV, or Open Referral UK.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is neither.
    pub fn read_directory_file(&self, name: &str, bytes: &[u8]) -> Result<ReadFile> {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err(Error::invalid(
                "file",
                "This file is not in UTF-8. In the spreadsheet program choose “CSV UTF-8”",
            ));
        };
        let name = name.chars().take(120).collect();
        if text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']) {
            let feed = kinfold_directory::read(text).map_err(|e| Error::invalid("file", e.to_string()))?;
            let place = |at: usize| format!("service {}", at + 1);
            let one = |(at, service): (usize, Service)| Incoming {
                place: place(at),
                subject: subject(&service.id),
                has_id: true,
                version: None,
                patch: Patch::Service(Box::new(service)),
            };
            let incoming = feed.services.into_iter().enumerate().map(one).collect();
            let wrong = |w: kinfold_directory::Wrong| WrongRow {
                // What is wrong with a whole service leaves it out; the rest leaves out a value.
                note: w.path.contains('.'),
                place: w.path,
                text: String::new(),
                why: w.message,
            };
            let wrong = feed.wrong.into_iter().map(wrong).collect();
            return Ok(ReadFile { name, format: "json", incoming, wrong });
        }
        let (incoming, wrong) = sheet(text)?;
        Ok(ReadFile { name, format: "csv", incoming, wrong })
    }

    /// What bringing in a file would do.
    fn planned(&self, file: &ReadFile, all: &[Listed]) -> Plan {
        let (book, today) = (self.book(), self.today());
        let known: HashMap<Uuid, &Listed> = all.iter().map(|l| (l.id, l)).collect();
        let mut plan = Plan { wrong: file.wrong.clone(), ..Plan::default() };
        plan.counts.wrong = file.wrong.iter().filter(|w| !w.note).count();
        let mut seen: HashMap<Uuid, String> = HashMap::new();
        for incoming in &file.incoming {
            let mut say = |why: String, note: bool| {
                let text = incoming.name().chars().take(120).collect();
                plan.wrong.push(WrongRow { place: incoming.place.clone(), text, why, note });
            };
            let id = self.meant_by(incoming, all);
            if let Some(before) = seen.insert(id, incoming.place.clone()) {
                say(format!("The same entry stands at {before} already. This one was not used."), false);
                plan.counts.wrong += 1;
                continue;
            }
            match outcome(incoming, known.get(&id).copied(), &book, today) {
                Err(problems) => {
                    let words = |p: &FieldProblem| {
                        let title = super::cells::COLUMNS
                            .iter()
                            .find(|(name, _)| *name == p.field)
                            .map_or("", |(_, t)| *t);
                        format!("{title}: {}.", p.message.trim_end_matches('.'))
                    };
                    say(problems.iter().map(words).collect::<Vec<_>>().join(" "), false);
                    plan.counts.wrong += 1;
                }
                Ok(Outcome::Same) => plan.counts.same += 1,
                Ok(Outcome::Kept(why)) => {
                    say(why.to_owned(), true);
                    plan.counts.kept += 1;
                }
                Ok(Outcome::New(mut listing)) => {
                    if listing.sounds_confidential() && !listing.hide_address {
                        listing.hide_address = true;
                        say("This sounds like a place that must not be found: its address is hidden until somebody says otherwise.".to_owned(), true);
                    }
                    plan.counts.new += 1;
                    plan.named.push((listing.service.name.clone(), true));
                    let last = known.get(&id).map_or(0, |l| l.last);
                    plan.writes.push((id, last, listing));
                }
                Ok(Outcome::Changed(last, listing)) => {
                    plan.counts.changed += 1;
                    plan.named.push((listing.service.name.clone(), false));
                    plan.writes.push((id, last, listing));
                }
            }
        }
        plan
    }

    /// The entry that a line without an id means: the one of that name and organisation, if there is one.
    fn meant_by(&self, incoming: &Incoming, all: &[Listed]) -> Uuid {
        if incoming.has_id {
            return incoming.subject;
        }
        let same = |listed: &&Listed| {
            let service = &listed.listing.service;
            let organisation = service.organization.as_ref().map_or("", |o| o.name.as_str());
            listed.ended.is_none()
                && service.name.eq_ignore_ascii_case(incoming.name().trim())
                && organisation.eq_ignore_ascii_case(incoming.organisation().trim())
        };
        let mut found = all.iter().filter(same);
        match (found.next(), found.next()) {
            (Some(one), None) => one.id,
            _ => incoming.subject,
        }
    }

    /// What bringing in a file would do. Nothing is written.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn plan_directory(&self, file: &ReadFile) -> Result<Plan> {
        let mut unit = self.house.store.glance().await?;
        let all = self.listings(&mut *unit).await?;
        Ok(self.planned(file, &all))
    }

    /// Brings in what a file tells, all that can be used, in one transaction. `by` is `None` from the command line.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to keep the directory.
    pub async fn import_directory(&self, by: Option<&Actor>, file: &ReadFile) -> Result<Imported> {
        if let Some(actor) = by {
            actor.require(Action::EditDirectory)?;
        }
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let all = self.listings(&mut *unit).await?;
        let plan = self.planned(file, &all);
        let (run, who) = (self.new_id(), by.map(|actor| actor.person().0));
        for (id, last, listing) in &plan.writes {
            let listing = Box::new(listing.clone());
            let event = ListingEvent::ListingWritten { listing, run: Some(run), undoes: None };
            self.add_entries(&mut *unit, *id, *last, who, &[(None, event)]).await?;
        }
        let touched = plan.writes.iter().map(|(id, ..)| *id).collect();
        let event = RunEvent::ListingsImported {
            name: file.name.clone(),
            format: file.format.to_owned(),
            counts: plan.counts,
            touched,
        };
        self.add_entries(&mut *unit, run, 0, who, &[(None, event)]).await?;
        let detail = json!({"run": run, "new": plan.counts.new, "changed": plan.counts.changed, "wrong": plan.counts.wrong});
        log(&mut *unit, vec![self.run_line(by, "import_directory", &detail)]).await?;
        unit.commit().await?;
        Ok(Imported { run, plan })
    }

    pub(super) fn run_line(
        &self,
        by: Option<&Actor>,
        action: &str,
        detail: &serde_json::Value,
    ) -> kinfold_store::NewAudit {
        match by {
            Some(actor) => actor.line(action, None, true, detail),
            None => audit_line(self.now(), None, None, action, None, Purpose::Support, true, detail),
        }
    }

    /// The runs, newest first.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right.
    pub async fn directory_runs(&self, actor: &Actor) -> Result<Vec<RunLine>> {
        actor.require(Action::EditDirectory)?;
        let mut unit = self.house.store.glance().await?;
        let found = room::<RunEvent>(&mut *unit).await?;
        let who = found.iter().filter_map(|(_, entries)| entries.first()?.by).collect();
        let names = names(&mut *unit, who).await?;
        drop(unit);
        let line = |(id, entries): &(Uuid, Vec<Written<RunEvent>>)| {
            let first = entries.first()?;
            let RunEvent::ListingsImported { name, counts, .. } = &first.event else { return None };
            let by = first.by.and_then(|by| names.get(&by).cloned());
            let undone = entries.iter().any(|e| matches!(e.event, RunEvent::ListingsUndone { .. }));
            Some(RunLine { id: *id, name: name.clone(), at: first.at, by, counts: *counts, undone })
        };
        let mut lines: Vec<RunLine> = found.iter().filter_map(line).collect();
        lines.sort_by_key(|line| std::cmp::Reverse((line.at, line.id)));
        self.house
            .pen
            .write(vec![actor.line("view_directory", None, true, &json!({"page": "runs"}))])
            .await?;
        Ok(lines)
    }
}

fn outcome(
    incoming: &Incoming,
    held: Option<&Listed>,
    book: &Book,
    today: jiff::civil::Date,
) -> Result<Outcome, Vec<FieldProblem>> {
    let new = |base: &Listing| incoming.over(base, book, today).map(Outcome::New);
    let Some(held) = held else { return new(&Listing::default()) };
    if held.ended.is_some() {
        // What was taken back with its import comes again; what a person took out stays out.
        return match held.undone {
            true => new(&Listing::default()),
            false => Ok(Outcome::Kept("This entry was taken out of the directory here, and stays out.")),
        };
    }
    let mut merged = incoming.over(&held.listing, book, today)?;
    // A day of checking that is no news changes nothing.
    if merged.service.assured_date <= Some(held.checked_on) {
        merged.service.assured_date = held.listing.service.assured_date;
    }
    if merged == held.listing {
        return Ok(Outcome::Same);
    }
    if let Some(version) = incoming.version {
        return Ok(match version == held.version {
            true => Outcome::Changed(held.last, merged),
            false => Outcome::Kept(
                "Somebody changed this entry here since the file was made: it stays as it is. Take the file out again.",
            ),
        });
    }
    if let Some((_, imported)) = &held.imported
        && **imported != held.listing
    {
        let same_as_then = incoming.over(imported, book, today).is_ok_and(|again| again == **imported);
        return Ok(match same_as_then {
            true => Outcome::Same,
            false => Outcome::Kept(
                "Somebody changed this entry here, and the file says something new: it stays as it is. Compare the two.",
            ),
        });
    }
    Ok(Outcome::Changed(held.last, merged))
}

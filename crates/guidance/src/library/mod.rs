//! What frameworks, surveys and action plans have in common: a head that says what they are and on what they rest, and
//! versions that follow each other. A version that was used is never edited; the next one takes its place from its
//! first day.

mod diff;
mod read;
mod together;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::rule::{Confidence, Origin, Source, Supersedes};

pub(crate) use diff::changes;
pub(crate) use read::{few, head, long, place};
pub(crate) use together::{spot, together};

/// What an item of guidance is, apart from its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// "healthy_care.audit": stays the same over versions.
    pub id: SmolStr,
    /// 1, 2, 3…
    pub version: u16,
    /// What a person calls it.
    pub title: SmolStr,
    /// What it is for, in a sentence or two that somebody new understands.
    pub why: String,
    /// How sure we are of what it rests on.
    pub confidence: Confidence,
    /// First day it may be begun.
    pub effective_from: Date,
    /// First day it may no longer be begun.
    pub effective_to: Option<Date>,
    /// What it rests on.
    pub source: Source,
    /// Which national one it replaces, for a council's own ([`Supersedes::rule`] holds the id).
    pub supersedes: Option<Supersedes>,
    /// Where it was read.
    pub origin: Origin,
    /// SHA-256 of its content, in hex.
    pub hash: String,
}

impl Head {
    /// Whether it may be begun on a day, as far as its own dates say; a later version ends it ([`Library::on`]).
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|to| on < to)
    }
}

/// Something with a head.
pub trait Headed {
    /// The folder its files stand in, under the root of a layer: "frameworks".
    const FOLDER: &'static str;
    /// What one is called in messages: "framework".
    const WORD: &'static str;

    /// Its head.
    fn head(&self) -> &Head;

    /// What differs from an earlier version, one line each, for [`crate::Guidance::diff`].
    fn differences(&self, old: &Self) -> Vec<String>;
}

/// Every version of every item of one folder, by id and version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Library<T> {
    /// In the order of ids and versions.
    pub list: Vec<T>,
}

impl<T> Default for Library<T> {
    fn default() -> Self {
        Self { list: Vec::new() }
    }
}

impl<T: Headed> Library<T> {
    /// One version: for what was begun with it and stays with it.
    pub fn version(&self, id: &str, version: u16) -> Option<&T> {
        self.list.iter().find(|x| x.head().id == id && x.head().version == version)
    }

    /// The version in force on a day: the latest that has begun, unless it has ended.
    pub fn on(&self, id: &str, on: Date) -> Option<&T> {
        let begun = self.list.iter().rfind(|x| x.head().id == id && x.head().effective_from <= on);
        begun.filter(|x| x.head().in_force(on))
    }

    /// Those that may be begun on a day: in force, and not replaced by a council's own. By title.
    pub fn offered(&self, on: Date) -> Vec<&T> {
        let in_force = || {
            self.list
                .iter()
                .filter(|x| self.on(&x.head().id, on).is_some_and(|o| o.head().version == x.head().version))
        };
        let replaced =
            |id: &str| in_force().any(|x| x.head().supersedes.as_ref().is_some_and(|s| s.rule == id));
        let mut list: Vec<&T> = in_force().filter(|x| !replaced(&x.head().id)).collect();
        list.sort_by(|a, b| a.head().title.cmp(&b.head().title));
        list
    }

    /// The ids of all items, each once.
    pub fn ids(&self) -> Vec<&SmolStr> {
        let mut ids: Vec<&SmolStr> = self.list.iter().map(|x| &x.head().id).collect();
        ids.dedup();
        ids
    }

    /// Sorts what was read, so that versions stand after each other.
    pub(crate) fn sort(&mut self) {
        self.list.sort_by(|a, b| (&a.head().id, a.head().version).cmp(&(&b.head().id, b.head().version)));
    }
}

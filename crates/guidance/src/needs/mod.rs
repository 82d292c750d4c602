//! What a needs profile says, after it was read and checked: who the authority's children are, which figures speak of
//! what they need, and how their own words are counted. `docs/reference/needs.md` is the manual page of the format.
//!
//! It holds no figure and no child: measures do, and only as they may be published.

mod read;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::library::{Head, Headed};

pub(crate) use read::{known, profile};

/// One version of a needs profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsProfile {
    /// What it is and on what it rests.
    pub head: Head,
    /// How the figures were made, a paragraph each.
    pub method: Vec<String>,
    /// What they cannot say, a paragraph each.
    pub limits: Vec<String>,
    /// Its sections, in order.
    pub sections: Vec<NeedsSection>,
    /// How what children say themselves is counted; `None` where it is not.
    pub themes: Option<NeedsThemes>,
}

/// A part of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsSection {
    /// Unique in the profile.
    pub id: SmolStr,
    /// What a person reads above it.
    pub title: String,
    /// What its figures are about, and why that is asked.
    pub words: String,
    /// Its figures, in order.
    pub figures: Vec<NeedsFigure>,
}

/// A figure of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsFigure {
    /// The measure.
    pub measure: SmolStr,
    /// The splits in which it is shown, in order.
    pub by: Vec<SmolStr>,
}

/// What children say in their own space, counted by what kind of thing it is. Their words stay where they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsThemes {
    /// What a person reads above it.
    pub title: String,
    /// What is counted, and what is not.
    pub words: String,
    /// Codes of `voice_topic` that say nothing about a need.
    pub leave_out: Vec<SmolStr>,
}

impl Headed for NeedsProfile {
    const FOLDER: &'static str = "needs";
    const WORD: &'static str = "needs profile";

    fn head(&self) -> &Head {
        &self.head
    }

    fn differences(&self, old: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        for new in &self.sections {
            match old.sections.iter().find(|s| s.id == new.id) {
                None => lines.push(format!("section is new: {}", new.title)),
                Some(was) if was != new => lines.push(format!("section differs: {}", new.title)),
                Some(_) => {}
            }
        }
        let gone = old.sections.iter().filter(|was| !self.sections.iter().any(|s| s.id == was.id));
        lines.extend(gone.map(|was| format!("section goes: {}", was.title)));
        let parts = [
            ("what children say", self.themes == old.themes),
            ("the method", self.method == old.method),
            ("the limits", self.limits == old.limits),
        ];
        lines.extend(parts.into_iter().filter(|(_, same)| !same).map(|(what, _)| format!("{what} differs")));
        lines
    }
}

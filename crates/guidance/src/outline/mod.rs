//! What a paper that the authority publishes starts from: for each reader its sections, the words they begin with, the
//! measures that stand in them and what is drawn from the record. A draft is made from it and edited as text.
//! `docs/reference/outlines.md` is the manual page of the file format.

mod read;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::layer::Layer;
use crate::library::{Head, Headed, Library, spot};
use crate::measure::Measures;
use crate::mistake::Mistake;
use crate::needs::NeedsProfile;
use crate::table::hint;

pub(crate) use read::outline;

/// One version of an outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// What it is and on what it rests.
    pub head: Head,
    /// What kind of paper comes of it.
    pub kind: PaperKind,
    /// For whom, in words: "Children's council".
    pub reader: String,
    /// The needs profile that stands in it, for a paper that publishes one.
    pub profile: Option<SmolStr>,
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// What is promised, for a pledge.
    pub promises: Vec<Promise>,
}

/// A section of a paper as it begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its id in the outline.
    pub id: SmolStr,
    /// Its heading.
    pub heading: String,
    /// The words it begins with, a paragraph a line; a line that starts with "- " is a point of a list. `{authority}`
    /// stands for the authority's name and `{year}` for the year told of.
    pub text: String,
    /// Measures whose figures stand in it.
    pub measures: Vec<SmolStr>,
    /// What is told in it from the record.
    pub draws: Vec<Draw>,
}

/// A promise of a pledge as it begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What is promised, to the children it is made to.
    pub text: String,
    /// What keeping it means, in their words.
    pub means: String,
    /// The measure it is held against.
    pub measure: Option<SmolStr>,
    /// The figure from which on it is kept, as it is written: "at_least 90" or "at_most 10".
    pub at_least: Option<u32>,
    /// The figure up to which it is kept.
    pub at_most: Option<u32>,
}

/// What kind of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// A report of a year to one reader.
    AnnualReport,
    /// The corporate parenting strategy.
    Strategy,
    /// What the authority promises its children.
    Pledge,
    /// What care leavers can have and where they ask.
    LocalOffer,
    /// Who the authority's children are and what they need, with a needs profile in it.
    NeedsProfile,
    /// What a meeting of the panel begins with; no paper that is published.
    Agenda,
}

impl PaperKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::AnnualReport,
        Self::Strategy,
        Self::Pledge,
        Self::LocalOffer,
        Self::NeedsProfile,
        Self::Agenda,
    ];

    /// Name in files and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AnnualReport => "annual_report",
            Self::Strategy => "strategy",
            Self::Pledge => "pledge",
            Self::LocalOffer => "local_offer",
            Self::NeedsProfile => "needs_profile",
            Self::Agenda => "agenda",
        }
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::AnnualReport => "Annual report",
            Self::Strategy => "Strategy",
            Self::Pledge => "Pledge",
            Self::LocalOffer => "Local offer",
            Self::NeedsProfile => "Needs profile",
            Self::Agenda => "Agenda",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|x| x.as_str() == s)
    }
}

/// What a section tells from the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Draw {
    /// How action plans stand.
    Plans,
    /// What self-assessments found.
    Audits,
    /// What the panel met about, and whom its members visited.
    Panel,
    /// Whom members of the panel visited and what they attended.
    Visits,
    /// What the panel decided before, and how far it has got.
    Arising,
    /// Every measure.
    Measures,
    /// What children and carers said and let be passed on.
    Voice,
    /// How the promises of the pledge stand.
    Pledge,
}

impl Draw {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Plans,
        Self::Audits,
        Self::Panel,
        Self::Visits,
        Self::Arising,
        Self::Measures,
        Self::Voice,
        Self::Pledge,
    ];

    /// Name in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plans => "plans",
            Self::Audits => "audits",
            Self::Panel => "panel",
            Self::Visits => "visits",
            Self::Arising => "arising",
            Self::Measures => "measures",
            Self::Voice => "voice",
            Self::Pledge => "pledge",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|x| x.as_str() == s)
    }
}

impl Headed for Outline {
    const FOLDER: &'static str = "outlines";
    const WORD: &'static str = "outline";

    fn head(&self) -> &Head {
        &self.head
    }

    fn differences(&self, old: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        for new in &self.sections {
            match old.sections.iter().find(|s| s.id == new.id) {
                None => lines.push(format!("{} is new: {}", new.id, new.heading)),
                Some(was) if was != new => lines.push(format!("{} differs", new.id)),
                Some(_) => {}
            }
        }
        let gone = old.sections.iter().filter(|s| !self.sections.iter().any(|n| n.id == s.id));
        lines.extend(gone.map(|s| format!("{} goes: {}", s.id, s.heading)));
        if self.profile != old.profile {
            lines.push("the needs profile differs".to_owned());
        }
        if self.promises != old.promises {
            lines.push("the promises differ".to_owned());
        }
        lines
    }
}

/// Measures and needs profiles that an outline names must be there.
pub(crate) fn known(
    outlines: &Library<Outline>,
    (measures, profiles): (&Measures, &Library<NeedsProfile>),
    layers: &[Layer],
    mistakes: &mut Vec<Mistake>,
) {
    for outline in &outlines.list {
        if let Some(id) =
            outline.profile.as_ref().filter(|id| !profiles.list.iter().any(|p| p.head.id == **id))
        {
            let near = hint(id, profiles.list.iter().map(|p| p.head.id.as_str()));
            let words = format!("there is no needs profile \"{id}\"");
            mistakes.push(spot(layers, &outline.head, &format!("\"{id}\""), words, near));
        }
        let in_sections = outline.sections.iter().flat_map(|s| &s.measures);
        let in_promises = outline.promises.iter().filter_map(|p| p.measure.as_ref());
        for id in in_sections.chain(in_promises) {
            if !measures.list.iter().any(|m| m.id == *id) {
                let near = hint(id, measures.list.iter().map(|m| m.id.as_str()));
                let words = format!("there is no measure \"{id}\"");
                mistakes.push(spot(layers, &outline.head, &format!("\"{id}\""), words, near));
            }
        }
    }
}

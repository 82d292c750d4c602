//! A paper that is published, as its entries tell it: the draft, its figures of one day, and every version that was given
//! out. Pure: entries in, the publication out.

use jiff::civil::Date;
use kinfold_guidance::PaperKind;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use uuid::Uuid;

use crate::authority::entry::{Body, Stamp, Written};
use crate::authority::frozen::{Figure, PaperSection};
use crate::needs::NeedsTold;

/// What can be recorded of a publication. Entries about a section or a promise carry its id as their item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PublicationEvent {
    /// A draft was begun.
    PublicationStarted {
        /// What kind of paper.
        paper: PaperKind,
        /// Its title.
        title: String,
        /// For whom.
        reader: String,
        /// The outline it was begun with, and its version.
        outline: String,
        /// The year it tells of, by the year in whose March it ends.
        year: i16,
        /// Who answers for it.
        owner: Uuid,
    },
    /// A section was added or changed.
    SectionWritten {
        /// Its heading.
        heading: String,
        /// Its text.
        text: String,
        /// Measures whose figures stand in it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        measures: Vec<SmolStr>,
    },
    /// A section was taken out.
    SectionTakenOut {
        /// Its heading, so that the history reads.
        heading: String,
    },
    /// A promise was added or changed.
    PromiseWritten {
        /// What is promised.
        text: String,
        /// What keeping it means, in the words of those it is made to.
        means: String,
        /// What tells whether it is kept.
        test: PromiseTest,
    },
    /// A promise was taken out.
    PromiseTakenOut {
        /// Its words, so that the history reads.
        text: String,
    },
    /// The figures of a day were taken for all sections.
    FiguresFixed {
        /// The day.
        on: Date,
        /// Every measure as it may be published.
        figures: Vec<Figure>,
        /// The needs profile, of a paper that publishes one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        profile: Option<Box<NeedsTold>>,
    },
    /// A member of the panel said something about the draft.
    Remarked {
        /// In words.
        text: String,
    },
    /// A version was published. It never changes.
    Published {
        /// 1, 2, 3…
        number: u32,
        /// The day.
        on: Date,
        /// What differs from the version before, and why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        corrects: Option<String>,
        /// All of it.
        document: Document,
    },
    /// It was said which promises were kept.
    Checked {
        /// The day.
        on: Date,
        /// Each promise.
        promises: Vec<Judged>,
    },
}

impl Body for PublicationEvent {
    const ROOM: &'static str = "publication";
}

/// What tells whether a promise is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "test", rename_all = "snake_case")]
pub enum PromiseTest {
    /// Nothing is counted: people say how it stands.
    Judgement,
    /// A figure.
    Measure {
        /// The measure.
        measure: SmolStr,
        /// Kept from this figure on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_least: Option<f64>,
        /// Kept up to this figure.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_most: Option<f64>,
    },
    /// A recommendation of an action plan: kept once it is done.
    Action {
        /// The plan.
        plan: Uuid,
        /// The recommendation.
        recommendation: Uuid,
    },
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// It is kept.
    Kept,
    /// Not yet.
    NotYet,
    /// Nobody can say: nothing is recorded, or so few children are behind the figure that it is not shown.
    NotKnown,
}

impl Kept {
    /// Name in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::NotYet => "not_yet",
            Self::NotKnown => "not_known",
        }
    }

    /// In words that children read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Kept => "Kept",
            Self::NotYet => "Not yet",
            Self::NotKnown => "We do not know",
        }
    }

    /// From its name.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Kept, Self::NotYet, Self::NotKnown].into_iter().find(|kept| kept.code() == code)
    }
}

/// How a promise was found to stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// The promise.
    pub promise: Uuid,
    /// How it stands.
    pub kept: Kept,
    /// The figure it was held against, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<Figure>,
    /// Why, in words that children read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A version as it was published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// What kind of paper.
    pub paper: PaperKind,
    /// Its title.
    pub title: String,
    /// For whom.
    pub reader: String,
    /// Whose it is.
    pub authority: String,
    /// The day of its figures; `None` where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures_on: Option<Date>,
    /// Its sections.
    pub sections: Vec<PaperSection>,
    /// Its promises: id, what is promised, what keeping it means.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<(Uuid, String, String)>,
    /// The needs profile that stands in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Box<NeedsTold>>,
}

/// A section of the draft.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftSection {
    /// Its id.
    pub item: Uuid,
    /// Its heading.
    pub heading: String,
    /// Its text.
    pub text: String,
    /// Measures whose figures stand in it.
    pub measures: Vec<SmolStr>,
    /// Who wrote it as it is.
    pub written: Stamp,
}

/// A promise of the draft.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftPromise {
    /// Its id.
    pub item: Uuid,
    /// What is promised.
    pub text: String,
    /// What keeping it means.
    pub means: String,
    /// What tells whether it is kept.
    pub test: PromiseTest,
    /// Who wrote it as it is.
    pub written: Stamp,
}

/// A version that was given out.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedVersion {
    /// 1, 2, 3…
    pub number: u32,
    /// The day.
    pub on: Date,
    /// What differs from the version before.
    pub corrects: Option<String>,
    /// All of it.
    pub document: Document,
    /// Who published it.
    pub made: Stamp,
}

/// A remark on the draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// In words.
    pub text: String,
    /// Who said it.
    pub written: Stamp,
}

/// A publication.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// Its id.
    pub id: Uuid,
    /// What kind of paper.
    pub paper: PaperKind,
    /// Its title.
    pub title: String,
    /// For whom.
    pub reader: String,
    /// The outline it was begun with.
    pub outline: String,
    /// The year it tells of.
    pub year: i16,
    /// Who answers for it.
    pub owner: Uuid,
    /// Its last entry.
    pub version: i64,
    /// The draft's sections, in order.
    pub sections: Vec<DraftSection>,
    /// The draft's promises, in order.
    pub promises: Vec<DraftPromise>,
    /// The figures of the draft and their day.
    pub figures: Option<(Date, Vec<Figure>)>,
    /// Its needs profile of that day, for a paper that publishes one.
    pub profile: Option<Box<NeedsTold>>,
    /// Remarks on the draft, oldest first.
    pub remarks: Vec<Remark>,
    /// What was given out, oldest first.
    pub published: Vec<PublishedVersion>,
    /// When it was said which promises were kept: the day, each, and who said it.
    pub checks: Vec<(Date, Vec<Judged>, Stamp)>,
    /// The entry that last changed the draft.
    pub changed: i64,
}

impl Publication {
    /// The publication that entries tell, oldest first; `None` when they do not begin one.
    pub fn of(id: Uuid, entries: &[Written<PublicationEvent>]) -> Option<Self> {
        let mut out: Option<Self> = None;
        for entry in entries {
            match (&mut out, &entry.event) {
                (
                    None,
                    PublicationEvent::PublicationStarted { paper, title, reader, outline, year, owner },
                ) => {
                    out = Some(Self {
                        id,
                        paper: *paper,
                        title: title.clone(),
                        reader: reader.clone(),
                        outline: outline.clone(),
                        year: *year,
                        owner: *owner,
                        version: entry.version,
                        sections: Vec::new(),
                        promises: Vec::new(),
                        figures: None,
                        profile: None,
                        remarks: Vec::new(),
                        published: Vec::new(),
                        checks: Vec::new(),
                        changed: entry.version,
                    });
                }
                (Some(of), _) => of.then(entry),
                (None, _) => {}
            }
        }
        out
    }

    fn then(&mut self, entry: &Written<PublicationEvent>) {
        self.version = entry.version;
        let written = entry.stamp();
        match (&entry.event, entry.item) {
            (PublicationEvent::SectionWritten { heading, text, measures }, Some(item)) => {
                let (heading, text, measures) = (heading.clone(), text.clone(), measures.clone());
                let new = DraftSection { item, heading, text, measures, written };
                match self.sections.iter_mut().find(|s| s.item == item) {
                    Some(found) => *found = new,
                    None => self.sections.push(new),
                }
                self.changed = entry.version;
            }
            (PublicationEvent::SectionTakenOut { .. }, Some(item)) => {
                self.sections.retain(|s| s.item != item);
                self.changed = entry.version;
            }
            (PublicationEvent::PromiseWritten { text, means, test }, Some(item)) => {
                let (text, means, test) = (text.clone(), means.clone(), test.clone());
                let new = DraftPromise { item, text, means, test, written };
                match self.promises.iter_mut().find(|p| p.item == item) {
                    Some(found) => *found = new,
                    None => self.promises.push(new),
                }
                self.changed = entry.version;
            }
            (PublicationEvent::PromiseTakenOut { .. }, Some(item)) => {
                self.promises.retain(|p| p.item != item);
                self.changed = entry.version;
            }
            (PublicationEvent::FiguresFixed { on, figures, profile }, _) => {
                self.figures = Some((*on, figures.clone()));
                self.profile.clone_from(profile);
                self.changed = entry.version;
            }
            (PublicationEvent::Remarked { text }, _) => {
                self.remarks.push(Remark { text: text.clone(), written });
            }
            (PublicationEvent::Published { number, on, corrects, document }, _) => {
                let (corrects, document) = (corrects.clone(), document.clone());
                let number = *number;
                self.published.push(PublishedVersion { number, on: *on, corrects, document, made: written });
            }
            (PublicationEvent::Checked { on, promises }, _) => {
                self.checks.push((*on, promises.clone(), written));
            }
            _ => {}
        }
    }

    /// A section of the draft.
    pub fn section(&self, item: Uuid) -> Option<&DraftSection> {
        self.sections.iter().find(|s| s.item == item)
    }

    /// A promise of the draft.
    pub fn promise(&self, item: Uuid) -> Option<&DraftPromise> {
        self.promises.iter().find(|p| p.item == item)
    }

    /// The version that holds.
    pub fn latest(&self) -> Option<&PublishedVersion> {
        self.published.last()
    }

    /// Whether the draft differs from what was given out last, or nothing was given out yet.
    pub fn has_changes(&self) -> bool {
        self.latest().is_none_or(|last| self.changed > last.made.version)
    }

    /// The figures of a section, in its order; what is no longer measured is left out.
    pub fn figures_of(&self, section: &DraftSection) -> Vec<Figure> {
        let all = self.figures.as_ref().map(|(_, figures)| figures.as_slice()).unwrap_or_default();
        section.measures.iter().filter_map(|id| all.iter().find(|f| f.measure == *id).cloned()).collect()
    }
}

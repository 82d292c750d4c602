//! What a self-assessment framework says, after it was read and checked: its parts (entitlements, lines of enquiry,
//! recommendations), what is judged in each, and the scale it is judged by. `docs/reference/frameworks.md` is the manual
//! page of the file format.
//!
//! Here is only what a framework *is*; the answers belong to whoever audits. [`compare`] sets two sets of answers side
//! by side.

pub mod compare;
mod read;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::library::{Head, Headed};

pub(crate) use read::{framework, known};

/// One version of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// What it is and on what it rests.
    pub head: Head,
    /// What one part is called: "Entitlement", "Line of enquiry".
    pub part_word: String,
    /// What every item is judged by.
    pub scale: Scale,
    /// Ways of looking that run through all parts (policy, partnership, practice, participation); often none.
    pub aspects: Vec<Aspect>,
    /// The summary on one page, parts against aspects, where the framework has one.
    pub profile: Option<Profile>,
    /// Its parts, in the order of the source.
    pub parts: Vec<Part>,
}

impl Framework {
    /// Every item, in the order of parts.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.parts.iter().flat_map(|p| &p.items)
    }

    /// An item by its id, with its part. Ids are unique in a framework.
    pub fn item(&self, id: &str) -> Option<(&Part, &Item)> {
        self.parts.iter().find_map(|p| Some((p, p.items.iter().find(|i| i.id == id)?)))
    }

    /// A part by its id.
    pub fn part(&self, id: &str) -> Option<&Part> {
        self.parts.iter().find(|p| p.id == id)
    }

    /// An aspect by its id.
    pub fn aspect(&self, id: &str) -> Option<&Aspect> {
        self.aspects.iter().find(|a| a.id == id)
    }

    /// The items that stand in one field of the profile: a part under an aspect.
    pub fn field<'a>(&'a self, part: &'a str, aspect: &'a str) -> impl Iterator<Item = &'a Item> {
        let of = move |p: &&Part| p.id == part;
        self.parts
            .iter()
            .filter(of)
            .flat_map(|p| &p.items)
            .filter(move |i| i.aspect.as_deref() == Some(aspect))
    }

    /// How many items of a kind come from the source (those that are our own left out).
    pub fn counted(&self, kind: ItemKind) -> usize {
        self.items().filter(|i| i.kind == kind && !i.ours).count()
    }
}

impl Headed for Framework {
    const FOLDER: &'static str = "frameworks";
    const WORD: &'static str = "framework";

    fn head(&self) -> &Head {
        &self.head
    }

    fn differences(&self, old: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.scale != old.scale {
            lines.push("the scale differs".to_owned());
        }
        for new in self.items() {
            match old.item(&new.id) {
                None => lines.push(format!("{} is new: {}", new.label(), new.text)),
                Some((_, was)) if was.text != new.text => {
                    lines.push(format!("{}: {} → {}", new.label(), was.text, new.text));
                }
                Some((_, was)) if was != new => lines.push(format!("{} differs", new.label())),
                Some(_) => {}
            }
        }
        let gone = old.items().filter(|i| self.item(&i.id).is_none());
        lines.extend(gone.map(|i| format!("{} goes: {}", i.label(), i.text)));
        lines
    }
}

/// What is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// What is asked of every item: "How far is this so?"
    pub asks: String,
    /// The same for young auditors; `None`: "How do we do?"
    pub plain: Option<String>,
    /// Whether the scale is our own because the source names none.
    pub ours: bool,
    /// From the lowest to the highest. Their order is all there is to them: levels are never added up or averaged.
    pub levels: Vec<Level>,
}

impl Scale {
    /// A level by its code.
    pub fn level(&self, code: &str) -> Option<&Level> {
        self.levels.iter().find(|l| l.code == code)
    }

    /// How high a level stands, from 0.
    pub fn height(&self, code: &str) -> Option<usize> {
        self.levels.iter().position(|l| l.code == code)
    }
}

/// One level of a scale. A reader sees its word beside its colour, and can do without the colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Stored with the answers for ever.
    pub code: SmolStr,
    /// The word: "Amber".
    pub title: String,
    /// When it is chosen.
    pub means: String,
    /// The whole level for young auditors, in place of its word and of when it is chosen.
    pub plain: Option<String>,
    /// The colour it is drawn in.
    pub colour: Colour,
}

/// The colours a level may be drawn in; what they look like is the look's affair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Red.
    Red,
    /// Amber.
    Amber,
    /// Yellow.
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Grey.
    Grey,
}

impl Colour {
    /// Every colour.
    pub const ALL: [Self; 6] = [Self::Red, Self::Amber, Self::Yellow, Self::Green, Self::Blue, Self::Grey];

    /// Name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Grey => "grey",
        }
    }
}

/// A way of looking at every part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aspect {
    /// "participation".
    pub id: SmolStr,
    /// "Participation of children and young people".
    pub title: String,
    /// What it looks at.
    pub about: String,
}

/// The summary on one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// What stands above it.
    pub title: String,
    /// What is filled in at its head: "Location", "Organisation", "Date completed".
    pub asks: Vec<String>,
    /// Where it stands in the source.
    pub place: String,
}

/// An entitlement, a line of enquiry, a recommendation: what items stand under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Unique in the framework; part of the address of its pages.
    pub id: SmolStr,
    /// The number it has in the source: "6", "Recommendation 1".
    pub number: String,
    /// Where it stands in the source: "paragraph 5".
    pub place: String,
    /// Its title.
    pub title: String,
    /// The same for young auditors.
    pub plain: Option<String>,
    /// What it is about.
    pub about: Option<String>,
    /// Who is asked to act, in words; where the source says so.
    pub who: Vec<String>,
    /// What is judged, in the order of the source.
    pub items: Vec<Item>,
}

impl Part {
    /// Its items of one kind.
    pub fn of_kind(&self, kind: ItemKind) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |i| i.kind == kind)
    }
}

/// One thing that is judged: it has an owner, a level with a reason, and evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Unique in the framework. Stored with the answers for ever.
    pub id: SmolStr,
    /// What it is in its source.
    pub kind: ItemKind,
    /// The number it has in the source, or its place in the list there: "Standard 3".
    pub number: Option<String>,
    /// Where it stands in the source; `None` for one of our own.
    pub place: Option<String>,
    /// The aspect it stands under, where the framework has aspects.
    pub aspect: Option<SmolStr>,
    /// A short name, where the source gives it one: "Keeping the red book".
    pub title: Option<String>,
    /// What is to be judged.
    pub text: String,
    /// The same for young auditors.
    pub plain: Option<String>,
    /// What belongs to it: the points the source lists under it. Read with it, not judged one by one.
    pub points: Vec<String>,
    /// Evidence that fits.
    pub evidence: Vec<Suggested>,
    /// Whether it is our own, where the source names a field and no question.
    pub ours: bool,
}

impl Item {
    /// What it is called in lists: its number, else the words for its kind.
    pub fn label(&self) -> &str {
        self.number.as_deref().unwrap_or_else(|| self.kind.title())
    }
}

/// What an item is in its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// Something that should be so.
    Standard,
    /// A key question.
    Question,
    /// What somebody is asked to do.
    Action,
    /// A recommendation as a whole.
    Recommendation,
    /// What inspectors look at.
    Criterion,
    /// A worry that somebody raised.
    Concern,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Standard, Self::Question, Self::Action, Self::Recommendation, Self::Criterion, Self::Concern];

    /// Name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Question => "question",
            Self::Action => "action",
            Self::Recommendation => "recommendation",
            Self::Criterion => "criterion",
            Self::Concern => "concern",
        }
    }

    /// What a person reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::Standard => "Standard",
            Self::Question => "Key question",
            Self::Action => "Action",
            Self::Recommendation => "Recommendation",
            Self::Criterion => "What inspectors look at",
            Self::Concern => "Concern",
        }
    }
}

/// Evidence that fits an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suggested {
    /// A figure, live: the id of a measure.
    Measure(SmolStr),
    /// The children a duty concerns, from the record: the id of a rule.
    List(SmolStr),
    /// A document, in words: "The corporate parenting strategy".
    Document(String),
    /// What somebody says about it.
    Quotation {
        /// Who.
        of: Voice,
        /// About what.
        about: String,
    },
}

/// Whose words are sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// Children and young people in care.
    Children,
    /// Young people who left care.
    CareLeavers,
    /// Carers.
    Carers,
    /// Parents and family.
    Family,
    /// Those who work with children.
    Practitioners,
}

impl Voice {
    /// Every voice.
    pub const ALL: [Self; 5] =
        [Self::Children, Self::CareLeavers, Self::Carers, Self::Family, Self::Practitioners];

    /// Name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Children => "children",
            Self::CareLeavers => "care_leavers",
            Self::Carers => "carers",
            Self::Family => "family",
            Self::Practitioners => "practitioners",
        }
    }

    /// What a person reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::Children => "Children and young people",
            Self::CareLeavers => "Care leavers",
            Self::Carers => "Carers",
            Self::Family => "Parents and family",
            Self::Practitioners => "Those who work with children",
        }
    }
}

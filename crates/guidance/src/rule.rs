//! What a rule says, after it was read and checked. `docs/reference/rules.md` is the manual page of the file format.

use jiff::civil::Date;
use kinfold_record::{EventKind, Happening, Sensitivity, SpellKind, Strand, Subject};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::condition::{Condition, Since};
use crate::layer::LayerName;
use crate::period::Period;
use crate::vocabulary::Category;

/// How sure we are of a rule's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confidence {
    /// The official text, or the text named, was read.
    A,
    /// A secondary source was read.
    B,
    /// A published specification, or practice, was inspected or run; not the law.
    L,
    /// Not verified: still to be checked against its source, or a figure of our own where the source has none.
    M,
}

impl Confidence {
    /// The letter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::L => "L",
            Self::M => "M",
        }
    }

    /// What a person reads beside a duty.
    pub fn words(self) -> &'static str {
        match self {
            Self::A => "Checked against the text of its source",
            Self::B => "Checked against a secondary source",
            Self::L => "Checked against a published specification or in practice, not against the law",
            Self::M => "Unverified: not yet checked against its source, or a figure of our own",
        }
    }
}

/// The law or guidance a rule rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// "CPPCR 2010 reg 33(1)".
    pub cite: String,
    /// Where to read it.
    pub url: Option<String>,
    /// How the words were read.
    pub note: Option<String>,
}

/// Who a duty belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The role that owns it.
    pub role: SmolStr,
    /// Who has it when nobody holds that role for the child.
    pub fallback: Option<SmolStr>,
    /// The field of the event that starts the duty which names the role instead, where it names one that somebody holds
    /// for the child: whom a child asked to reply, for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<SmolStr>,
}

/// Where an item of guidance was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// National or local.
    pub layer: LayerName,
    /// The file, relative to the layer's root.
    pub file: String,
    /// The line it starts on.
    pub line: u32,
}

/// What a local rule replaces, and by what authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supersedes {
    /// Id of the national rule.
    pub rule: SmolStr,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approved_by: String,
}

/// A test on one field of an event. Fields are positions in [`EventKind::fields`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// The field holds one of these values (as facts hold them: `yes`, `no`, codes, numbers as text).
    Is(u8, Vec<SmolStr>),
    /// The field holds something.
    Some(u8),
    /// The field holds nothing.
    None(u8),
    /// The field holds a number, from the first on and under the second (either may be open).
    Between(u8, Option<i32>, Option<i32>),
    /// The field holds a number that is at least this much more than in the last such event before it which holds the
    /// same in these fields. Only in rules.
    Rose {
        /// The field that rose.
        field: u8,
        /// By how much at least.
        by: i32,
        /// The fields that must hold the same.
        of_same: Vec<u8>,
    },
}

impl Test {
    /// The field it looks at.
    pub fn field(&self) -> u8 {
        match self {
            Self::Is(field, _)
            | Self::Some(field)
            | Self::None(field)
            | Self::Between(field, ..)
            | Self::Rose { field, .. } => *field,
        }
    }

    /// Whether an event passes by what it says alone. [`Test::Rose`] asks for what came before and never passes so.
    #[inline]
    pub fn passes(&self, h: &Happening) -> bool {
        match self {
            Self::Is(field, values) => h.facts.is_any(*field, values),
            Self::Some(field) => h.facts.has(*field),
            Self::None(field) => !h.facts.has(*field),
            Self::Between(field, from, under) => h
                .number(*field)
                .is_some_and(|n| from.is_none_or(|from| from <= n) && under.is_none_or(|under| n < under)),
            Self::Rose { .. } => false,
        }
    }
}

/// Which events are meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventFilter {
    /// The kind.
    pub event: EventKind,
    /// What must all hold of its fields.
    pub tests: Vec<Test>,
    /// Where compiled rules keep which events fit; `None` as it is read from a file.
    #[serde(skip)]
    pub bit: Option<u8>,
}

/// How far before the start an event still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookBack {
    /// Not at all, except that a duty which should be done before its start looks back 28 days.
    No,
    /// So far.
    By(Period),
    /// Any time.
    Ever,
}

/// Codes that must all be named, in one event or several together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Every {
    /// Position of the field.
    pub field: u8,
    /// Position of a second field that counts as well (withheld from).
    pub or: Option<u8>,
    /// The codes.
    pub codes: Vec<SmolStr>,
}

/// An event that meets or excuses a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetBy {
    /// Which events.
    pub filter: EventFilter,
    /// Pairs of fields (of this event, of the starting one) that must hold the same.
    pub same: Vec<SmolStr>,
    /// How far before the start it counts.
    pub from_before: LookBack,
    /// Codes that must all be named.
    pub every: Option<Every>,
}

/// Which end of a spell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// Its first day.
    Start,
    /// The day it was over.
    End,
}

/// What a duty is counted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// A period of care.
    CarePeriod(Edge),
    /// A home. Going away for a time and coming back leaves it one home.
    Placement(Edge),
    /// A stay with the same carers, through absences and moves made together with them.
    Stay(Edge),
    /// A legal status: any, or one of these codes.
    LegalStatus(Vec<SmolStr>, Edge),
    /// A time missing.
    MissingEpisode(Edge),
    /// A spell.
    Spell(SpellKind, Edge),
    /// A leaving-care category.
    Category(Category, Edge),
    /// A birthday.
    Birthday(i32),
    /// Any of these events.
    Event(Vec<EventFilter>),
    /// A school term.
    SchoolTerm,
    /// The condition in `while`, over the whole life.
    Condition,
}

/// What happens to an open duty when its anchor ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The duty ends with it.
    Ends,
    /// The duty was a limit: that it ended meets it.
    Meets,
    /// The duty stays.
    Outlives,
}

/// What starts a duty and keeps it alive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Starts {
    /// What it is counted from.
    pub on: Anchor,
    /// Tests on the entry that started the anchor (periods of care, homes and times missing).
    pub entry: Option<EventFilter>,
    /// Only the first in each period of care.
    pub first_only: bool,
    /// Must hold on the start day.
    pub when: Option<Condition>,
    /// Must not hold on the start day.
    pub unless: Option<Condition>,
    /// Must keep holding.
    pub while_: Option<Condition>,
    /// Whether `when` and `unless` are looked at on the day before.
    pub day_before: bool,
    /// What the anchor's end does to an open duty.
    pub ending: Ending,
    /// The clock goes on from the last event that met the duty since then.
    pub continues_from: Option<Since>,
    /// The next anchor ends an unmet earlier one as missed.
    pub latest_only: bool,
    /// How the sum names the start.
    pub words: Option<String>,
}

/// When a choosing condition is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenAt {
    /// On the day counted from.
    Start,
    /// On the due date it would give.
    Due,
}

/// A condition that chooses between several due dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The condition.
    pub condition: Condition,
    /// When it is looked at.
    pub at: WhenAt,
}

/// How a due date is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// So long after the start.
    Within {
        /// How long.
        period: Period,
        /// Whether the start day is day 1.
        inclusive: bool,
    },
    /// On the start day itself.
    Start,
    /// On the anchor's last day.
    AnchorEnd,
    /// On a birthday.
    Birthday(i32),
    /// On the date held in a field of the starting entry, by the field's name.
    Field(SmolStr),
}

/// Something that brings a due date forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cap {
    /// The day this actually happened, after the start.
    Event(EventFilter),
    /// A birthday.
    Birthday(i32),
}

/// By when a duty is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// How the date is found.
    pub by: By,
    /// It should be done before the start; `by` is the latest date when that was not practicable.
    pub before: bool,
    /// What brings it forward.
    pub caps: Vec<Cap>,
    /// How long before the due date it is shown as due soon; `None`: from the start.
    pub opens: Option<Period>,
    /// How long after the due date an unmet duty ends as missed.
    pub lapses: Option<Period>,
    /// When this alternative applies.
    pub when: Option<When>,
}

/// A recurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Then {
    /// By when, counted from the last event.
    pub due: Due,
    /// For how many occasions.
    pub times: Option<u16>,
}

/// A step on the way to meeting a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handoff {
    /// Name, unique in the rule.
    pub step: SmolStr,
    /// What a person reads.
    pub title: String,
    /// Whose step it is.
    pub owner: SmolStr,
    /// When it is expected, counted from the duty's start. Either this or `before_due` is there.
    pub within: Option<Period>,
    /// When it is expected, counted back from the due date.
    pub before_due: Option<Period>,
    /// The source that says when. Without one the day is common practice, which a council may set otherwise.
    pub cite: Option<String>,
    /// What shows that it is done: any of these.
    pub done_by: Vec<MetBy>,
}

/// Who is told when a duty is late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// How long after the due date.
    pub after: Period,
    /// The role told.
    pub role: SmolStr,
}

/// Who may excuse a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approver {
    /// Anyone who may record.
    Anyone,
    /// Only somebody with this role.
    Role(SmolStr),
}

/// What the law asks of an excuse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcuseTerms {
    /// Who must approve it.
    pub approver: Approver,
    /// Reasons that are allowed; empty: all.
    pub reasons: Vec<SmolStr>,
}

/// One version of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// `review.first`.
    pub id: SmolStr,
    /// From 1.
    pub version: u16,
    /// "First review".
    pub title: SmolStr,
    /// Whom it is about.
    pub about: Subject,
    /// The strand of the ribbon.
    pub strand: Strand,
    /// Why it matters.
    pub why: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// First day in force.
    pub effective_from: Date,
    /// First day no longer in force.
    pub effective_to: Option<Date>,
    /// Whose duty it is.
    pub owner: Owner,
    /// Who may see the duty.
    pub sensitivity: Sensitivity,
    /// The law.
    pub source: Source,
    /// What starts it.
    pub starts: Starts,
    /// By when: the first whose condition holds.
    pub due: Vec<Due>,
    /// Recurrences.
    pub then: Vec<Then>,
    /// What meets it.
    pub met_by: Vec<MetBy>,
    /// What excuses it.
    pub excused_by: Vec<MetBy>,
    /// What an excuse by hand needs.
    pub excuse: Option<ExcuseTerms>,
    /// Steps on the way.
    pub handoffs: Vec<Handoff>,
    /// Who is told when it is late.
    pub ladder: Vec<Rung>,
    /// What it replaces (local rules only).
    pub supersedes: Option<Supersedes>,
    /// Where it was read.
    pub origin: Origin,
    /// SHA-256 of the content, in hex; layout and comments do not count.
    pub hash: String,
}

impl Rule {
    /// Whether this version is in force on a day.
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|to| on < to)
    }
}

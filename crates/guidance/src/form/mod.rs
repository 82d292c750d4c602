//! What a form says, after it was read and checked: its sections, the questions in each, who fills and who reads them,
//! and what the answers become in the record. `docs/reference/forms.md` is the manual page of the file format.
//!
//! Here is only what a form *is*; the `forms` crate works with the answers. A new form is a file.

mod becomes_read;
mod call_read;
mod decimal;
mod diff;
mod expr;
mod expr_read;
mod kind;
mod kind_read;
mod question_read;
mod read;
mod scope;
mod score_read;
mod together;
mod token;
mod words_read;

use jiff::civil::Date;
use kinfold_record::{EventKind, Sensitivity, Strand, Subject};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::period::Period;
use crate::rule::{Confidence, Origin, Source, Supersedes};

pub use call_read::FUNCTIONS;
pub use decimal::Decimal;
pub(crate) use diff::changes;
pub use expr::{Compare, Expr, Name};
pub use kind::{DayLimit, Kind, NumberKind, Options};
pub use kind_read::KINDS;
pub(crate) use question_read::questions;
pub(crate) use read::form;
pub use scope::{FACTS, FactType};
pub(crate) use together::together;
pub(crate) use words_read::words;

/// Everything under `guidance/forms/`, with the licensed words an authority added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forms {
    /// Every version of every form, by id and version.
    pub list: Vec<Form>,
    /// Texts of instruments that the authority holds a licence for.
    pub licensed: Vec<LicensedWords>,
}

impl Forms {
    /// One version of a form: for drafts, which stay with the version they were started with.
    pub fn version(&self, id: &str, version: u16) -> Option<&Form> {
        self.list.iter().find(|f| f.id == id && f.version == version)
    }

    /// The version of a form in force on a day: the latest that has begun, unless it has ended.
    pub fn on(&self, id: &str, on: Date) -> Option<&Form> {
        let begun = self.list.iter().rfind(|f| f.id == id && f.effective_from <= on);
        begun.filter(|f| f.in_force(on))
    }

    /// The forms that may be started on a day: in force, and not replaced by a council's own. By title.
    pub fn offered(&self, on: Date) -> Vec<&Form> {
        let in_force =
            || self.list.iter().filter(|f| self.on(&f.id, on).is_some_and(|o| o.version == f.version));
        let replaced = |id: &str| in_force().any(|f| f.supersedes.as_ref().is_some_and(|s| s.rule == id));
        let mut list: Vec<&Form> = in_force().filter(|f| !replaced(&f.id)).collect();
        list.sort_by(|a, b| a.title.cmp(&b.title));
        list
    }

    /// The licensed words of an instrument in the language that somebody named, by its tag or by what it is called.
    pub fn licensed_called(&self, instrument: &str, said: &str) -> Option<&LicensedWords> {
        let said = said.trim().to_lowercase();
        let named =
            |w: &&LicensedWords| w.language == said || w.called.iter().any(|c| c.to_lowercase() == said);
        self.licensed.iter().filter(|w| w.instrument == instrument).find(named)
    }

    /// The licensed words of an instrument in a language (`en`, `cy`, `ur`…).
    pub fn licensed(&self, instrument: &str, language: &str) -> Option<&LicensedWords> {
        self.licensed.iter().find(|w| w.instrument == instrument && w.language == language)
    }
}

/// One version of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// "health.review_under_5": stays the same over versions.
    pub id: SmolStr,
    /// 1, 2, 3…
    pub version: u16,
    /// What a person calls it.
    pub title: SmolStr,
    /// What it is for, in a sentence or two that somebody new understands.
    pub why: String,
    /// Whose record it writes in.
    pub about: Subject,
    /// The strand of the record it belongs to.
    pub strand: Strand,
    /// How sure we are of what it rests on.
    pub confidence: Confidence,
    /// First day it may be started.
    pub effective_from: Date,
    /// First day it may no longer be started.
    pub effective_to: Option<Date>,
    /// What it rests on.
    pub source: Source,
    /// Roles that may start it: of accounts, or in the child's circle.
    pub starts: Vec<SmolStr>,
    /// Rules whose duties it is filled in for.
    pub serves: Vec<SmolStr>,
    /// For which children it is offered; over facts only.
    pub offered_if: Option<Expr>,
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// Scores worked out from answers; a score may use those before it.
    pub scores: Vec<Score>,
    /// What the answers become in the record.
    pub becomes: Vec<Becomes>,
    /// Which national form it replaces, for a council's own.
    pub supersedes: Option<Supersedes>,
    /// Where it was read.
    pub origin: Origin,
    /// SHA-256 of its content, in hex.
    pub hash: String,
}

impl Form {
    /// Whether it may be started on a day, as far as its own dates say; a later version ends it ([`Forms::on`]).
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|to| on < to)
    }

    /// A section by its id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|s| s.id == id)
    }

    /// A question by its id, with its section. Ids are unique in a form.
    pub fn question(&self, id: &str) -> Option<(&Section, &Question)> {
        self.sections.iter().find_map(|s| Some((s, s.question(id)?)))
    }

    /// A score by its id.
    pub fn score(&self, id: &str) -> Option<&Score> {
        self.scores.iter().find(|s| s.id == id)
    }

    /// Whether somebody with these roles (of their account, and in the child's circle) may start it.
    pub fn may_start(&self, roles: &[&str]) -> bool {
        self.starts.iter().any(|r| roles.contains(&r.as_str()))
    }
}

/// A part of a form that one person fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Unique in the form; part of the address of its pages.
    pub id: SmolStr,
    /// What a person reads in the task list.
    pub title: String,
    /// What it is about, above its first question.
    pub intro: Option<String>,
    /// Roles that fill it in.
    pub fills: Vec<SmolStr>,
    /// Roles that read it once it is handed in (those that fill it read it too).
    pub reads: Vec<SmolStr>,
    /// How sensitive its answers are.
    pub sensitivity: Sensitivity,
    /// Whether it may be handed to somebody outside, and to whom.
    pub delegate: Option<Delegate>,
    /// Sections that have to be done before this one can start.
    pub after: Vec<SmolStr>,
    /// When it is part of the form at all.
    pub show_if: Option<Expr>,
    /// Whether it is filled in several times (once for each brother or sister).
    pub repeat: Option<Repeat>,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

impl Section {
    /// A question of this section by its id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.id == id)
    }

    /// Whether somebody with these roles fills it in.
    pub fn may_fill(&self, roles: &[&str]) -> bool {
        self.fills.iter().any(|r| roles.contains(&r.as_str()))
    }

    /// Whether somebody with these roles reads it: those who fill it, and those named.
    pub fn may_read(&self, roles: &[&str]) -> bool {
        self.may_fill(roles) || self.reads.iter().any(|r| roles.contains(&r.as_str()))
    }

    /// The questions of one page, by the id of the page: that of its first question.
    pub fn page(&self, id: &str) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(move |q| q.page == id)
    }
}

/// To whom a section may be handed outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// Who, in words: "The child's school".
    pub to: String,
    /// How long they have, unless whoever hands it over says otherwise.
    pub within: Period,
}

/// A section that is filled in several times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// What each time is called: "Brother or sister".
    pub each: String,
    /// At least so often.
    pub least: u8,
    /// At most so often.
    pub most: u8,
}

/// One question, or one column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Unique in the form (a column: in its table). Stored with the answers for ever.
    pub id: SmolStr,
    /// The page it is asked on: the id of the first question there. One thing on each page unless questions belong
    /// together (height and weight).
    pub page: SmolStr,
    /// The question.
    pub label: String,
    /// What is asked for, in a few words for messages: "the child's weight". Else the question itself is quoted.
    pub name: Option<String>,
    /// A line under it.
    pub hint: Option<String>,
    /// More, folded away.
    pub help: Option<String>,
    /// Whether it has to be answered.
    pub required: bool,
    /// The code list of reasons for which it may go unanswered; `None` when there are none.
    pub or_reason: Option<SmolStr>,
    /// When it is asked, over earlier answers and facts; in a table, over earlier columns too.
    pub show_if: Option<Expr>,
    /// What the record already says, offered as an answer to confirm; over facts only.
    pub prefill: Option<Expr>,
    /// The question whose answer this one has to explain (`analysis` in the file makes it, right after that question).
    pub explains: Option<SmolStr>,
    /// What cannot be, or is unusual, given other answers.
    #[serde(default)]
    pub checks: Vec<AnswerCheck>,
    /// What kind of answer it takes.
    pub kind: Kind,
}

/// Something that contradicts other answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerCheck {
    /// When it is said: over this answer, earlier ones and facts.
    pub when: Expr,
    /// What is wrong and what to do, without a full stop.
    pub say: String,
    /// Whether it is only asked about, and does not keep the form from being handed in.
    pub advisory: bool,
}

/// A figure worked out from answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Unique in the form; stored with it for ever.
    pub id: SmolStr,
    /// What a person reads.
    pub title: String,
    /// What is added up.
    pub of: Vec<Part>,
    /// How many parts must be there; fewer give no score.
    pub at_least: u16,
    /// Whether missing parts are made up for by the mean of the others (rounded, halves up); otherwise they count 0.
    pub pro_rata: bool,
    /// When it is 0 whatever else was answered.
    pub zero_if: Option<Expr>,
    /// Bands to read it by; the first set whose condition holds.
    pub bands: Vec<Bands>,
}

/// One thing that is added up in a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The number of a question: number, scale, or choice whose codes are numbers.
    Question {
        /// Which.
        question: SmolStr,
        /// Counted as this minus the answer.
        reverse_from: Option<Decimal>,
    },
    /// An item of an instrument.
    Item {
        /// The instrument's question.
        question: SmolStr,
        /// Which item.
        item: SmolStr,
        /// Counted as this minus the answer.
        reverse_from: Option<Decimal>,
        /// What each answer counts as, when not itself: (answer, counts as).
        counts: Vec<(Decimal, Decimal)>,
    },
    /// A score before this one.
    Score(SmolStr),
}

/// A way to read a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bands {
    /// Its name: "Four bands, teacher".
    pub scheme: String,
    /// How sure we are of the limits.
    pub confidence: Confidence,
    /// For whom it holds.
    pub when: Option<Expr>,
    /// The bands, lowest score first.
    pub bands: Vec<Band>,
}

/// One band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// Code, for expressions: `band.total = "very_high"`.
    pub code: SmolStr,
    /// What a person reads.
    pub title: String,
    /// Highest score in it.
    pub to: Decimal,
}

/// An entry that answers become in the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Becomes {
    /// The kind of entry.
    pub event: EventKind,
    /// When it becomes one; always, when `None`.
    pub when: Option<Expr>,
    /// The table question (once for each row) or the section that repeats (once for each time).
    pub for_each: Option<SmolStr>,
    /// The day it happened.
    pub happened_on: Expr,
    /// Questions that name the people it is about.
    pub about: Vec<SmolStr>,
    /// How sensitive the entry is: at least as sensitive as the sections its answers come from, or [`Self::open_because`].
    pub sensitivity: Sensitivity,
    /// Why it may be read more widely than the answers it comes from.
    pub open_because: Option<String>,
    /// Field of the event, and what it holds.
    pub fields: Vec<(SmolStr, Expr)>,
}

/// The wording of an instrument that an authority holds a licence for: `words/licensed/<instrument>/<language>.toml` in
/// its own folder. None comes with the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicensedWords {
    /// "sdq".
    pub instrument: SmolStr,
    /// Language tag: "en", "cy".
    pub language: SmolStr,
    /// What people call the language: "Welsh", "Cymraeg".
    pub called: Vec<SmolStr>,
    /// The terms it is used under, shown with it.
    pub licence: String,
    /// Words by variant ("parent_carer", "teacher", "self"; "all" when there is one wording) and item ("1", "29a").
    pub items: Vec<(SmolStr, Vec<(SmolStr, String)>)>,
    /// Words of the answers, by number.
    pub answers: Vec<(Decimal, String)>,
}

impl LicensedWords {
    /// The wording of an item for a variant, else for all.
    pub fn item(&self, variant: &str, item: &str) -> Option<&str> {
        let of = |variant: &str| {
            let (_, items) = self.items.iter().find(|(v, _)| v == variant)?;
            items.iter().find(|(i, _)| i == item).map(|(_, words)| words.as_str())
        };
        of(variant).or_else(|| of("all"))
    }
}

//! Kinds of question.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{Decimal, Question};

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A text on one line.
    Text {
        /// At most so many characters.
        most: u32,
    },
    /// Plain text in paragraphs; lines that start with `-` or `*` are a list. Never HTML.
    Rich {
        /// At least so many characters.
        least: u32,
        /// At most so many characters.
        most: u32,
    },
    /// A civil date.
    Date {
        /// Not before.
        from: Option<DayLimit>,
        /// Not after.
        to: Option<DayLimit>,
    },
    /// Yes or no.
    YesNo,
    /// One of a list.
    Choice(Options),
    /// Any number of a list.
    Several(Options),
    /// A number with its unit.
    Number(NumberKind),
    /// A whole number on a scale, drawn as a row of choices.
    Scale {
        /// Lowest.
        from: i32,
        /// Highest.
        to: i32,
        /// What the lowest means.
        low: String,
        /// What the highest means.
        high: String,
    },
    /// Rows of the same few questions.
    Table {
        /// What is asked in each row.
        columns: Vec<Question>,
        /// What a row is called: "Need".
        row: String,
        /// At least so many rows.
        least: u16,
        /// At most so many rows.
        most: u16,
    },
    /// A person: somebody of the child's circle, or a name.
    Person,
    /// A postal address.
    Address,
    /// Files.
    Upload {
        /// At most so many.
        most: u8,
    },
    /// A name typed under a declaration, with the day.
    Signature {
        /// What is signed.
        declaration: String,
    },
    /// The child's own words, as they said them, or the coded reason why there are none.
    ChildWords {
        /// The code list of reasons.
        reasons: SmolStr,
    },
    /// The items of a licensed instrument, by number; their wording comes from an authority's licensed text.
    Instrument {
        /// Which: "sdq".
        instrument: SmolStr,
        /// Its items: "1", "29a".
        items: Vec<SmolStr>,
        /// The choice question whose code says which wording is used ("parent_carer", "teacher"…).
        variant: Option<SmolStr>,
        /// The question that says in which language it is asked, by name or tag ("Polish", "pl").
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<SmolStr>,
        /// Lowest answer.
        from: i32,
        /// Highest answer.
        to: i32,
    },
}

impl Kind {
    /// Name in files.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Rich { .. } => "rich",
            Self::Date { .. } => "date",
            Self::YesNo => "yes_no",
            Self::Choice(_) => "choice",
            Self::Several(_) => "several",
            Self::Number(_) => "number",
            Self::Scale { .. } => "scale",
            Self::Table { .. } => "table",
            Self::Person => "person",
            Self::Address => "address",
            Self::Upload { .. } => "upload",
            Self::Signature { .. } => "signature",
            Self::ChildWords { .. } => "child_words",
            Self::Instrument { .. } => "instrument",
        }
    }
}

/// What may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Options {
    /// The codes of a list in `guidance/codes/` that may be used on the day, or only those named.
    List {
        /// The list.
        list: SmolStr,
        /// Only these, in this order; all when empty.
        only: Vec<SmolStr>,
    },
    /// Codes and titles of its own.
    Own(Vec<(SmolStr, String)>),
}

/// A limit of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayLimit {
    /// The day the form is filled in.
    Today,
    /// The day the child was born.
    Birth,
    /// This day.
    Day(Date),
}

/// A number and what it may be. Beyond the error limits it cannot be; beyond the advisory ones it is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberKind {
    /// "kg", "cm", "hours a night".
    pub unit: Option<String>,
    /// At most so many places after the point.
    pub places: u8,
    /// Cannot be less.
    pub least: Option<Decimal>,
    /// Cannot be more.
    pub most: Option<Decimal>,
    /// Less than this is unusual.
    pub unusual_below: Option<Decimal>,
    /// More than this is unusual.
    pub unusual_above: Option<Decimal>,
}

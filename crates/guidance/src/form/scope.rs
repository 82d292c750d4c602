//! What an expression may name at the place where it stands, and of what type each is.

use smol_str::SmolStr;

use super::{Kind, Options, Question, Section};
use crate::codes::Codes;

/// Type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Number,
    Date,
    Flag,
    Code(Options),
    Codes(Options),
    Person,
    Address,
    /// A table, with its columns.
    Rows,
    Files,
    Items,
    Signature,
    Reference,
    /// A mistake was found already; nothing more is said about it.
    Unknown,
}

impl Type {
    /// Of the answers to a question.
    pub fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Text { .. } | Kind::Rich { .. } | Kind::ChildWords { .. } => Self::Text,
            Kind::Date { .. } => Self::Date,
            Kind::YesNo => Self::Flag,
            Kind::Choice(options) => Self::Code(options.clone()),
            Kind::Several(options) => Self::Codes(options.clone()),
            Kind::Number(_) | Kind::Scale { .. } => Self::Number,
            Kind::Table { .. } => Self::Rows,
            Kind::Person => Self::Person,
            Kind::Address => Self::Address,
            Kind::Upload { .. } => Self::Files,
            Kind::Signature { .. } => Self::Signature,
            Kind::Instrument { .. } => Self::Items,
        }
    }

    /// As it is named in messages.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Date => "a date",
            Self::Flag => "yes or no",
            Self::Code(_) => "a code",
            Self::Codes(_) => "several codes",
            Self::Person => "a person",
            Self::Address => "an address",
            Self::Rows => "a table",
            Self::Files => "files",
            Self::Items => "the items of an instrument",
            Self::Signature => "a signature",
            Self::Reference => "a reference",
            Self::Unknown => "unknown",
        }
    }

    /// Whether one may stand where the other is wanted.
    pub fn fits(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Unknown, _) | (_, Self::Unknown) | (Self::Code(_), Self::Code(_)))
            || std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl Options {
    /// The codes that may be chosen, as they stand in the lists today; `None` when there is no such list.
    pub(super) fn codes(&self, codes: &Codes) -> Option<Vec<SmolStr>> {
        match self {
            Self::Own(own) => Some(own.iter().map(|(code, _)| code.clone()).collect()),
            Self::List { only, .. } if !only.is_empty() => Some(only.clone()),
            Self::List { list, .. } => Some(codes.list(list)?.codes.iter().map(|c| c.code.clone()).collect()),
        }
    }
}

/// Facts about the child that are known before a form is opened: name, type, what it is.
pub const FACTS: [(&str, FactType, &str); 30] = [
    ("today", FactType::Date, "The day the form is filled in"),
    ("child.age", FactType::Number, "Completed years"),
    ("child.age_months", FactType::Number, "Completed months"),
    ("child.born", FactType::Date, "Date of birth"),
    ("child.name", FactType::Text, "The name people use, with family name"),
    ("child.given_name", FactType::Text, "First name"),
    ("child.family_name", FactType::Text, "Family name"),
    ("child.known_as", FactType::Text, "Likes to be called"),
    ("child.sex", FactType::Code("sex"), "Sex"),
    ("child.ethnicity", FactType::Code("ethnicity"), "Ethnicity"),
    ("child.first_language", FactType::Text, "First language"),
    ("child.religion", FactType::Text, "Religion or belief"),
    ("child.disabled", FactType::Flag, "Whether the child has a disability"),
    ("child.unaccompanied", FactType::Flag, "Whether the child is unaccompanied and seeking asylum"),
    ("child.nhs_number", FactType::Text, "NHS number"),
    ("child.upn", FactType::Text, "Unique pupil number"),
    ("care.now", FactType::Flag, "Whether the child is looked after"),
    ("care.started", FactType::Date, "First day of the present period of care"),
    ("care.reason", FactType::Code("category_of_need"), "Main reason of the present period of care"),
    ("care.legal_status", FactType::Code("legal_status"), "Legal status"),
    ("care.homes", FactType::Number, "Homes in the present period of care"),
    ("home.started", FactType::Date, "First day in the present home"),
    ("home.type", FactType::Code("placement_type"), "Kind of home"),
    ("home.carer", FactType::Text, "Who cares for the child there"),
    ("home.location", FactType::Code("location"), "Where it is, against our own area"),
    ("home.confidential", FactType::Flag, "Whether its address is kept from anyone"),
    ("circle.gp", FactType::Text, "GP, by name"),
    ("circle.social_worker", FactType::Text, "Social worker, by name where one is typed"),
    ("school.name", FactType::Text, "School or setting"),
    ("health.last_assessment", FactType::Date, "Day of the last health assessment"),
];

/// Type of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactType {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A date.
    Date,
    /// Yes or no.
    Flag,
    /// A code of this list.
    Code(&'static str),
}

impl FactType {
    fn kind(self) -> Type {
        match self {
            Self::Text => Type::Text,
            Self::Number => Type::Number,
            Self::Date => Type::Date,
            Self::Flag => Type::Flag,
            Self::Code(list) => {
                Type::Code(Options::List { list: SmolStr::new_static(list), only: Vec::new() })
            }
        }
    }
}

/// What may be named where an expression stands.
pub(super) struct Scope<'a> {
    pub codes: &'a Codes,
    /// Sections before the place, and the section itself with the questions before it.
    pub sections: &'a [Section],
    /// The section at hand, whose questions of the same time round may be named although it repeats.
    pub here: Option<&'a str>,
    /// Questions of the section at hand that come before.
    pub before: &'a [Question],
    /// Columns of the row at hand.
    pub row: &'a [Question],
    /// Scores, with the codes of their bands.
    pub scores: &'a [super::Score],
}

impl<'a> Scope<'a> {
    /// Where only facts may be named.
    pub fn facts(codes: &'a Codes) -> Self {
        Self { codes, sections: &[], here: None, before: &[], row: &[], scores: &[] }
    }

    /// Type of a fact.
    pub fn fact(name: &str) -> Option<Type> {
        FACTS.iter().find(|(n, ..)| *n == name).map(|(_, t, _)| t.kind())
    }

    /// The kind of question that is named, or why it may not be.
    pub fn question(&self, id: &str) -> Result<&'a Question, Option<String>> {
        if let Some(q) = self.before.iter().find(|q| q.id == id) {
            return Ok(q);
        }
        for section in self.sections {
            if let Some(q) = section.question(id) {
                return if section.repeat.is_some() && self.here != Some(section.id.as_str()) {
                    Err(Some(format!(
                        "\"{id}\" is asked several times, in \"{}\": it can only be named there, or under `for_each`",
                        section.id
                    )))
                } else {
                    Ok(q)
                };
            }
        }
        Err(None)
    }

    /// Everything that may be named, for hints.
    pub fn known(&self) -> Vec<String> {
        let open = |s: &&Section| s.repeat.is_none() || self.here == Some(s.id.as_str());
        let answers = self.sections.iter().filter(open).flat_map(|s| &s.questions).chain(self.before);
        let rows = self.row.iter().map(|q| format!("row.{}", q.id));
        let scores = self.scores.iter().map(|s| format!("score.{}", s.id));
        let facts = FACTS.iter().map(|(name, ..)| (*name).to_owned());
        answers.map(|q| q.id.to_string()).chain(rows).chain(scores).chain(facts).collect()
    }
}

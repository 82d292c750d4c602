//! What a survey says, after it was read and checked: who is asked, what, and what they are promised.
//! `docs/reference/surveys.md` is the manual page of the file format.
//!
//! Its questions are those of forms ([`crate::form::Question`]), so that the same pages ask them; but a survey is about
//! nobody's record, and what is answered becomes no entry.

mod read;

use jiff::civil::Date;
use kinfold_record::{Sensitivity, Strand, Subject};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::form::{Form, Question, Section};
use crate::library::{Head, Headed};

pub(crate) use read::survey;

/// One version of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// What it is and on what it rests.
    pub head: Head,
    /// Who is asked, in words: "Schools".
    pub asks: String,
    /// What somebody reads before the first question.
    pub intro: String,
    /// Whether it is promised that nothing joins an answer to whoever gave it.
    pub anonymous: bool,
    /// Fewer answers than this to a question are not shown.
    pub least: u16,
    /// Its sections, in order.
    pub sections: Vec<SurveySection>,
}

/// A part of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveySection {
    /// Unique in the survey.
    pub id: SmolStr,
    /// What a person reads above it.
    pub title: String,
    /// What is asked of every question in it: "How effective is, or are:".
    pub intro: Option<String>,
    /// Where it stands in the source; `None` for one of our own.
    pub place: Option<String>,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

impl Survey {
    /// Every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|s| &s.questions)
    }

    /// A question by its id, with its section. Ids are unique in a survey.
    pub fn question(&self, id: &str) -> Option<(&SurveySection, &Question)> {
        self.sections.iter().find_map(|s| Some((s, s.questions.iter().find(|q| q.id == id)?)))
    }

    /// The survey as a form that nobody's record is about, for the engine that asks, checks and freezes answers. It can
    /// be started by no role and becomes nothing; it must not be put among the forms that are offered.
    pub fn as_form(&self) -> Form {
        Form {
            id: self.head.id.clone(),
            version: self.head.version,
            title: self.head.title.clone(),
            why: self.head.why.clone(),
            about: Subject::default(),
            strand: Strand::People,
            confidence: self.head.confidence,
            effective_from: self.head.effective_from,
            effective_to: self.head.effective_to,
            source: self.head.source.clone(),
            starts: Vec::new(),
            serves: Vec::new(),
            offered_if: None,
            sections: self.sections.iter().map(SurveySection::as_section).collect(),
            scores: Vec::new(),
            becomes: Vec::new(),
            supersedes: self.head.supersedes.clone(),
            origin: self.head.origin.clone(),
            hash: self.head.hash.clone(),
        }
    }

    /// Whether it may be sent out on a day, as far as its own dates say.
    pub fn in_force(&self, on: Date) -> bool {
        self.head.in_force(on)
    }
}

impl SurveySection {
    fn as_section(&self) -> Section {
        Section {
            id: self.id.clone(),
            title: self.title.clone(),
            intro: self.intro.clone(),
            fills: Vec::new(),
            reads: Vec::new(),
            sensitivity: Sensitivity::Ordinary,
            delegate: None,
            after: Vec::new(),
            show_if: None,
            repeat: None,
            questions: self.questions.clone(),
        }
    }
}

impl Headed for Survey {
    const FOLDER: &'static str = "surveys";
    const WORD: &'static str = "survey";

    fn head(&self) -> &Head {
        &self.head
    }

    fn differences(&self, old: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.anonymous != old.anonymous {
            let words = |yes: bool| if yes { "anonymous" } else { "by name" };
            lines.push(format!("{} → {}", words(old.anonymous), words(self.anonymous)));
        }
        for new in self.questions() {
            match old.question(&new.id) {
                None => lines.push(format!("question is new: {}", new.label)),
                Some((_, was)) if was.label != new.label => {
                    lines.push(format!("question: {} → {}", was.label, new.label));
                }
                Some((_, was)) if was != new => lines.push(format!("question differs: {}", new.label)),
                Some(_) => {}
            }
        }
        let gone = old.questions().filter(|q| self.question(&q.id).is_none());
        lines.extend(gone.map(|q| format!("question goes: {}", q.label)));
        lines
    }
}

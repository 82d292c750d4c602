//! The document that a form becomes when it is handed in. It holds every question as it was asked and every answer in
//! words, so that it reads the same when the form, the codes or the program have changed. Never changed; read for ever.

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_guidance::Confidence;
use kinfold_record::{PersonId, Sensitivity};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::answer::{Answer, Key};
use crate::score::Scored;
use crate::sheet::Sheet;
use crate::words::{Shown, shown};

/// Who filled in a section, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// The section.
    pub section: SmolStr,
    /// Their account; `None` for somebody outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Their name as known then.
    pub name: String,
    /// Their role as known then.
    pub role: String,
    /// When they last changed it.
    pub at: Timestamp,
}

/// A form that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// How this JSON is to be read: 1.
    pub format: u8,
    /// Which form.
    pub form: SmolStr,
    /// Which version of it.
    pub version: u16,
    /// Hash of the form's content.
    pub hash: String,
    /// What the form was called.
    pub title: String,
    /// What it rested on.
    pub source: String,
    /// How sure we were of that.
    pub confidence: Confidence,
    /// The day it was handed in.
    pub on: Date,
    /// The sections, in order.
    pub sections: Vec<FrozenSection>,
    /// The scores.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<Scored>,
    /// How many sections were left out for this reader; 0 in the document itself.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub withheld: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// One section, one time round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenSection {
    /// Which.
    pub id: SmolStr,
    /// Its title; with which time round, when it was filled in several times.
    pub title: String,
    /// Which time round, from 0.
    #[serde(default, skip_serializing_if = "is_first")]
    pub time: u8,
    /// How sensitive it is.
    pub sensitivity: Sensitivity,
    /// Roles that filled it in or may read it.
    pub readers: Vec<SmolStr>,
    /// Who filled it in, and when.
    pub filled: Vec<Filled>,
    /// The questions that were asked.
    pub questions: Vec<FrozenQuestion>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_first(time: &u8) -> bool {
    *time == 0
}

impl FrozenSection {
    /// Whether somebody with these roles was meant to read it.
    pub fn may_read(&self, roles: &[&str]) -> bool {
        self.readers.iter().any(|r| roles.contains(&r.as_str()))
    }
}

/// One question as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenQuestion {
    /// Which.
    pub id: SmolStr,
    /// Its words.
    pub label: String,
    /// The line under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The answer in words.
    pub shown: Shown,
    /// The answer itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

impl Sheet<'_> {
    /// The document. `filled` says who filled in which section; sections nobody is named for have none.
    pub fn freeze(&self, filled: &[Filled]) -> Frozen {
        let mut sections = Vec::new();
        for section in self.sections() {
            let mut readers = section.fills.clone();
            readers.extend(section.reads.iter().filter(|r| !section.fills.contains(r)).cloned());
            for time in 0..self.answers.times(section) {
                let title = match &section.repeat {
                    Some(repeat) => format!("{}: {} {}", section.title, repeat.each, u16::from(time) + 1),
                    None => section.title.clone(),
                };
                let question = |q: &kinfold_guidance::form::Question| {
                    let answer = self.answer(&Key { question: q.id.clone(), time });
                    FrozenQuestion {
                        id: q.id.clone(),
                        label: q.label.clone(),
                        hint: q.hint.clone(),
                        shown: shown(self, q, answer),
                        answer: answer.cloned(),
                    }
                };
                sections.push(FrozenSection {
                    id: section.id.clone(),
                    title,
                    time,
                    sensitivity: section.sensitivity,
                    readers: readers.clone(),
                    filled: filled.iter().filter(|f| f.section == section.id).cloned().collect(),
                    questions: self.questions(section, time).map(question).collect(),
                });
            }
        }
        Frozen {
            format: 1,
            form: self.form.id.clone(),
            version: self.form.version,
            hash: self.form.hash.clone(),
            title: self.form.title.to_string(),
            source: self.form.source.cite.clone(),
            confidence: self.form.confidence,
            on: self.facts.today,
            sections,
            scores: self.scores().to_vec(),
            withheld: 0,
        }
    }

    /// The questions of one section with their answers in words, to check before handing in.
    pub fn check_answers(&self, section: &kinfold_guidance::form::Section, time: u8) -> Vec<CheckLine> {
        let Some(section) = self.form.section(&section.id) else { return Vec::new() };
        let line = |q: &kinfold_guidance::form::Question| {
            let key = Key { question: q.id.clone(), time };
            let shown = shown(self, q, self.answer(&key));
            CheckLine { step: self.page_of(&section.id, time, &q.id), key, label: q.label.clone(), shown }
        };
        self.questions(section, time).map(line).collect()
    }
}

/// One line of the answers to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckLine {
    /// Which question.
    pub key: Key,
    /// Where to change it.
    pub step: crate::Step,
    /// The question.
    pub label: String,
    /// The answer in words.
    pub shown: Shown,
}

impl Frozen {
    /// The document for somebody who may read only some sections. What is left out is counted and not named; a score is
    /// left out with any section that it was worked out from.
    #[must_use]
    pub fn for_reader(&self, allowed: impl Fn(&FrozenSection) -> bool) -> Self {
        let (sections, others): (Vec<_>, Vec<_>) = self.sections.iter().cloned().partition(|s| allowed(s));
        let read = |id: &SmolStr| sections.iter().any(|s| s.id == *id) && !others.iter().any(|s| s.id == *id);
        let scores = self.scores.iter().filter(|s| s.sections.iter().all(read)).cloned().collect();
        Self { withheld: self.withheld + others.len(), scores, sections, ..self.clone() }
    }
}

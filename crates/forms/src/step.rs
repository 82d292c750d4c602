//! The way through a form, one thing on each page.

use std::fmt;
use std::str::FromStr;

use kinfold_guidance::form::Section;
use smol_str::SmolStr;

use crate::check::Severity;
use crate::sheet::Sheet;

/// One page of a form. As text it is the end of the page's address; it names no one and holds no answer.
///
/// - `tasks`: the list of sections
/// - `<section>/<page>`: questions asked together, by the id of the first; `<section>~2/<page>` the third time round
/// - `<section>/<question>/<row>`: one row of a table, from 1; `<section>/<question>/new` for another
/// - `<section>`: the answers of one section, to check
/// - `check`: all answers, to check and hand in
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// The list of sections with the state of each.
    Tasks,
    /// Questions of a section that are asked together.
    Page {
        /// The section.
        section: SmolStr,
        /// Which time round, from 0.
        time: u8,
        /// The page: the id of its first question.
        page: SmolStr,
    },
    /// One row of a table.
    Row {
        /// The section.
        section: SmolStr,
        /// Which time round, from 0.
        time: u8,
        /// The table's question.
        question: SmolStr,
        /// Which row, from 0; `None` for another one.
        row: Option<u16>,
    },
    /// The answers of one section, to check before going back to the list.
    Section {
        /// The section.
        section: SmolStr,
        /// Which time round, from 0.
        time: u8,
    },
    /// All answers, to check before handing in.
    Check,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct At<'s>(&'s SmolStr, u8);
        impl fmt::Display for At<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.1 {
                    0 => f.write_str(self.0),
                    time => write!(f, "{}~{time}", self.0),
                }
            }
        }
        match self {
            Self::Tasks => f.write_str("tasks"),
            Self::Check => f.write_str("check"),
            Self::Section { section, time } => At(section, *time).fmt(f),
            Self::Page { section, time, page } => write!(f, "{}/{page}", At(section, *time)),
            Self::Row { section, time, question, row: Some(row) } => {
                write!(f, "{}/{question}/{}", At(section, *time), u32::from(*row) + 1)
            }
            Self::Row { section, time, question, row: None } => {
                write!(f, "{}/{question}/new", At(section, *time))
            }
        }
    }
}

impl FromStr for Step {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const NOT: &str = "not a page of a form";
        let mut parts = text.split('/');
        let (first, second, third) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        if parts.next().is_some() || second == Some("") {
            return Err(NOT);
        }
        // A section and which time round are written like a question and which time round.
        let at = first.parse::<crate::answer::Key>().map_err(|_| NOT)?;
        let (section, time) = (at.question, at.time);
        Ok(match (second, third) {
            (None, _) if first == "tasks" => Self::Tasks,
            (None, _) if first == "check" => Self::Check,
            (None, _) => Self::Section { section, time },
            (Some(page), None) => Self::Page { section, time, page: SmolStr::new(page) },
            (Some(question), Some("new")) => {
                Self::Row { section, time, question: SmolStr::new(question), row: None }
            }
            (Some(question), Some(row)) => match row.parse::<u16>() {
                Ok(n) if n > 0 && n.to_string() == row => {
                    Self::Row { section, time, question: SmolStr::new(question), row: Some(n - 1) }
                }
                _ => return Err(NOT),
            },
        })
    }
}

impl Sheet<'_> {
    /// The pages of one section, one time round, in order.
    pub fn pages(&self, section: &Section, time: u8) -> Vec<Step> {
        let mut out: Vec<Step> = Vec::new();
        let Some(section) = self.form.section(&section.id) else { return out };
        for question in self.questions(section, time) {
            let page = Step::Page { section: section.id.clone(), time, page: question.page.clone() };
            if out.last() != Some(&page) {
                out.push(page);
            }
        }
        out
    }

    /// Whether a step is one of this form with these answers: an old address may lead to a question that is no longer
    /// asked.
    pub fn has_step(&self, step: &Step) -> bool {
        let here = |section: &SmolStr, time: u8| {
            self.sections().find(|s| s.id == *section).filter(|s| time < self.answers.times(s))
        };
        match step {
            Step::Tasks | Step::Check => true,
            Step::Section { section, time } => here(section, *time).is_some(),
            Step::Page { section, time, .. } => {
                here(section, *time).is_some_and(|s| self.pages(s, *time).contains(step))
            }
            Step::Row { section, time, question, row } => here(section, *time).is_some_and(|s| {
                let key = crate::answer::Key { question: question.clone(), time: *time };
                let table = s.question(question).map(|q| &q.kind);
                let Some(kinfold_guidance::form::Kind::Table { most, .. }) = table else { return false };
                let rows = match self.answer(&key) {
                    Some(crate::answer::Answer::Rows(rows)) => rows.len(),
                    _ => 0,
                };
                let room = row.map_or(rows < usize::from(*most), |r| usize::from(r) < rows);
                self.is_asked(&key) && room
            }),
        }
    }

    /// Where to go from a page: the next page of the section, after the last the section's answers, and from there the
    /// next time round or the list of sections.
    pub fn next(&self, step: &Step) -> Step {
        match step {
            Step::Tasks | Step::Check => Step::Check,
            Step::Section { section, time } => match self.sections().find(|s| s.id == *section) {
                Some(s) if time + 1 < self.answers.times(s) => self.first(s, time + 1),
                _ => Step::Tasks,
            },
            Step::Page { section, time, .. } => {
                let Some(s) = self.sections().find(|s| s.id == *section) else { return Step::Tasks };
                let pages = self.pages(s, *time);
                let at = pages.iter().position(|p| p == step);
                let end = Step::Section { section: section.clone(), time: *time };
                at.and_then(|at| pages.get(at + 1)).cloned().unwrap_or(end)
            }
            Step::Row { section, time, question, .. } => self.page_of(section, *time, question),
        }
    }

    /// Where to go back to from a page.
    pub fn before(&self, step: &Step) -> Step {
        match step {
            Step::Tasks | Step::Check => Step::Tasks,
            Step::Section { section, time } => match self.sections().find(|s| s.id == *section) {
                Some(s) => self.pages(s, *time).pop().unwrap_or(Step::Tasks),
                None => Step::Tasks,
            },
            Step::Page { section, time, .. } => {
                let Some(s) = self.sections().find(|s| s.id == *section) else { return Step::Tasks };
                let pages = self.pages(s, *time);
                let at = pages.iter().position(|p| p == step).unwrap_or(0);
                match at.checked_sub(1).and_then(|at| pages.get(at)) {
                    Some(page) => page.clone(),
                    None if *time > 0 => Step::Section { section: section.clone(), time: time - 1 },
                    None => Step::Tasks,
                }
            }
            Step::Row { section, time, question, .. } => self.page_of(section, *time, question),
        }
    }

    /// The page a question is asked on.
    pub fn page_of(&self, section: &str, time: u8, question: &str) -> Step {
        match self.form.section(section).and_then(|s| s.question(question)) {
            Some(q) => Step::Page { section: SmolStr::new(section), time, page: q.page.clone() },
            None => Step::Tasks,
        }
    }

    /// The first page of a section, one time round.
    pub fn first(&self, section: &Section, time: u8) -> Step {
        let end = Step::Section { section: section.id.clone(), time };
        self.pages(section, time).into_iter().next().unwrap_or(end)
    }

    /// Where to go on in a section: the first page on which something is missing or wrong, else its answers.
    pub fn resume(&self, section: &Section) -> Step {
        let Some(section) = self.form.section(&section.id) else { return Step::Tasks };
        for time in 0..self.answers.times(section) {
            let problems = self.check_section(section, time);
            if let Some(p) = problems.iter().find(|p| p.severity == Severity::Error) {
                return self.page_of(&section.id, time, &p.key.question);
            }
        }
        Step::Section { section: section.id.clone(), time: 0 }
    }
}

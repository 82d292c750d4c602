//! A form with its answers, on a day: what is asked, and what the answers say.

use std::collections::{BTreeMap, BTreeSet};

use kinfold_guidance::Codes;
use kinfold_guidance::form::{Form, Kind, LicensedWords, Question, Section};
use smol_str::SmolStr;

use crate::answer::{Answer, Answers, Key, Row};
use crate::eval::{Place, holds};
use crate::facts::Facts;
use crate::score::{self, Scored};

/// A form with answers, facts and the day, and everything that follows from them. Made anew whenever an answer changes:
/// it is cheap.
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    /// The form, in the version it was started with.
    pub form: &'a Form,
    /// What was filled in.
    pub answers: &'a Answers,
    /// What is known about the child, and the day.
    pub facts: &'a Facts,
    /// The code lists.
    pub codes: &'a Codes,
    /// Words of a licensed instrument in the language of whoever fills it in, if the authority has them.
    pub licensed: Option<&'a LicensedWords>,
    sections: BTreeSet<SmolStr>,
    shown: BTreeSet<Key>,
    /// Tables without their hidden columns.
    rows: BTreeMap<Key, Answer>,
    scores: Vec<Scored>,
}

impl<'a> Sheet<'a> {
    /// Works out what is asked.
    pub fn new(form: &'a Form, answers: &'a Answers, facts: &'a Facts, codes: &'a Codes) -> Self {
        let mut sheet = Self {
            form,
            answers,
            facts,
            codes,
            licensed: None,
            sections: BTreeSet::new(),
            shown: BTreeSet::new(),
            rows: BTreeMap::new(),
            scores: Vec::new(),
        };
        // In the order of the form: a condition looks only at what comes before, so one pass is enough.
        for section in &form.sections {
            if section.show_if.as_ref().is_some_and(|c| !holds(&sheet, &Place::default(), c)) {
                continue;
            }
            sheet.sections.insert(section.id.clone());
            for time in 0..answers.times(section) {
                sheet.show(section, time);
            }
        }
        for score in &form.scores {
            let scored = score::score(&sheet, score);
            sheet.scores.push(scored);
        }
        sheet
    }

    /// The same with the words of a licensed instrument.
    pub fn with_words(mut self, words: Option<&'a LicensedWords>) -> Self {
        self.licensed = words;
        self
    }

    fn show(&mut self, section: &'a Section, time: u8) {
        let place = Place { time: Some((section, time)), ..Place::default() };
        for question in &section.questions {
            if question.show_if.as_ref().is_some_and(|c| !holds(self, &place, c)) {
                continue;
            }
            let key = Key { question: question.id.clone(), time };
            if let (Kind::Table { columns, .. }, Some(Answer::Rows(rows))) =
                (&question.kind, self.answers.get(&key))
            {
                let rows =
                    rows.iter().map(|row| self.asked_in(columns, row, Some((section, time)))).collect();
                self.rows.insert(key.clone(), Answer::Rows(rows));
            }
            self.shown.insert(key);
        }
    }

    /// A row without what its own conditions hide.
    pub(crate) fn asked_in(
        &self,
        columns: &'a [Question],
        row: &Row,
        time: Option<(&'a Section, u8)>,
    ) -> Row {
        let mut asked = Row::default();
        for column in columns {
            let place = Place { time, row: Some((&asked, columns)), index: None };
            if column.show_if.as_ref().is_none_or(|c| holds(self, &place, c))
                && let Some(answer) = row.get(&column.id)
            {
                asked.0.insert(column.id.clone(), answer.clone());
            }
        }
        asked
    }

    /// Whether a column is asked in a row.
    pub fn column_asked(
        &self,
        section: &'a Section,
        time: u8,
        columns: &'a [Question],
        row: &Row,
        column: &Question,
    ) -> bool {
        let before = columns.iter().take_while(|c| c.id != column.id).count();
        let row = self.asked_in(columns.get(..before).unwrap_or_default(), row, Some((section, time)));
        let place = Place { time: Some((section, time)), row: Some((&row, columns)), index: None };
        column.show_if.as_ref().is_none_or(|c| holds(self, &place, c))
    }

    /// The sections that are part of the form for these answers.
    pub fn sections(&self) -> impl Iterator<Item = &'a Section> + '_ {
        self.form.sections.iter().filter(|s| self.sections.contains(&s.id))
    }

    /// Whether a question is asked.
    pub fn is_asked(&self, key: &Key) -> bool {
        self.shown.contains(key)
    }

    /// The questions asked in a section, one time round.
    pub fn questions(&self, section: &'a Section, time: u8) -> impl Iterator<Item = &'a Question> + '_ {
        section.questions.iter().filter(move |q| self.shown.contains(&Key { question: q.id.clone(), time }))
    }

    /// The questions asked on one page, one time round.
    pub fn page(&self, section: &'a Section, time: u8, page: &str) -> Vec<&'a Question> {
        self.questions(section, time).filter(|q| q.page == page).collect()
    }

    /// The answer to a question that is asked, when it is one that the question takes. Rows are without hidden columns.
    pub fn answer(&self, key: &Key) -> Option<&Answer> {
        if !self.shown.contains(key) {
            return None;
        }
        let answer = self.rows.get(key).or_else(|| self.answers.get(key))?;
        let (_, question) = self.form.question(&key.question)?;
        answer.fits(question).then_some(answer)
    }

    /// Every question that is asked, in order, with its section and key.
    pub fn asked(&self) -> impl Iterator<Item = (&'a Section, Key, &'a Question)> + '_ {
        self.sections().flat_map(move |section| {
            (0..self.answers.times(section)).flat_map(move |time| {
                let key = move |q: &Question| Key { question: q.id.clone(), time };
                self.questions(section, time).map(move |q| (section, key(q), q))
            })
        })
    }

    /// The scores, in the order of the form.
    pub fn scores(&self) -> &[Scored] {
        &self.scores
    }
}

/// Whether a form is offered for a child of whom these facts are known.
pub fn is_offered(form: &Form, facts: &Facts, codes: &Codes) -> bool {
    let answers = Answers::default();
    let sheet = Sheet::new(form, &answers, facts, codes);
    form.offered_if.as_ref().is_none_or(|c| holds(&sheet, &Place::default(), c))
}

//! What is wrong with answers, said so that whoever filled them in can put it right.

use kinfold_guidance::form::{DayLimit, Kind, Question, Section};
use smol_str::SmolStr;

use crate::answer::{Answer, Key, Row};
use crate::eval::{Place, holds};
use crate::sheet::Sheet;
use crate::words::{self, day};
use crate::wrong::{Name, missing, number, rows_of, unreadable, written};

/// How wrong something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Unusual: shown beside the answer, and handed in all the same.
    Advisory,
    /// Has to be put right before the form can be handed in.
    Error,
}

/// Something that is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which question.
    pub key: Key,
    /// In a table: which row (from 0) and column.
    pub row: Option<(u16, SmolStr)>,
    /// Which field of the question: "day", "reason"; empty for the first.
    pub part: SmolStr,
    /// How wrong.
    pub severity: Severity,
    /// What happened and what to do, without a full stop.
    pub message: String,
}

/// What is wrong with one answer: field, severity, words.
pub(crate) type Found = Vec<(&'static str, Severity, String)>;

impl<'a> Sheet<'a> {
    /// What is wrong on one page.
    pub fn check_page(&self, section: &'a Section, time: u8, page: &str) -> Vec<Problem> {
        self.page(section, time, page).into_iter().flat_map(|q| self.check(section, time, q)).collect()
    }

    /// What is wrong in one section, one time round.
    pub fn check_section(&self, section: &'a Section, time: u8) -> Vec<Problem> {
        self.questions(section, time).flat_map(|q| self.check(section, time, q)).collect()
    }

    /// Everything that is wrong, in the order of the form; what would keep answers from becoming entries too.
    pub fn check_all(&self) -> Vec<Problem> {
        let mut out: Vec<Problem> = self
            .asked()
            .flat_map(|(section, key, question)| self.check(section, key.time, question))
            .collect();
        if out.iter().all(|p| p.severity == Severity::Advisory)
            && let Err(problems) = self.becomes("check")
        {
            out.extend(problems);
        }
        out
    }

    fn check(&self, section: &'a Section, time: u8, question: &'a Question) -> Vec<Problem> {
        let key = Key { question: question.id.clone(), time };
        let given = self.answers.get(&key);
        let found = self.one(question, given);
        let problem = |(part, severity, message): (&'static str, Severity, String)| Problem {
            key: key.clone(),
            row: None,
            part: SmolStr::new_static(part),
            severity,
            message,
        };
        let place = Place { time: Some((section, time)), ..Place::default() };
        let contradicted = self.contradicted(question, &place);
        let mut out: Vec<Problem> = found.into_iter().chain(contradicted).map(problem).collect();
        if let (Kind::Table { columns, .. }, Some(Answer::Rows(rows))) = (&question.kind, given) {
            for (i, row) in rows.iter().enumerate() {
                out.extend(self.check_row(section, &key, columns, u16::try_from(i).unwrap_or(u16::MAX), row));
            }
        }
        out
    }

    /// What is wrong with one row of a table; `index` from 0.
    pub fn check_row(
        &self,
        section: &'a Section,
        key: &Key,
        columns: &'a [Question],
        index: u16,
        row: &Row,
    ) -> Vec<Problem> {
        let mut out = Vec::new();
        let asked = self.asked_in(columns, row, Some((section, key.time)));
        for column in columns {
            if !self.column_asked(section, key.time, columns, row, column) {
                continue;
            }
            let problem = |(part, severity, message): (&'static str, Severity, String)| Problem {
                key: key.clone(),
                row: Some((index, column.id.clone())),
                part: SmolStr::new_static(part),
                severity,
                message,
            };
            let found = self.one(column, row.get(&column.id));
            let place = Place { time: Some((section, key.time)), row: Some((&asked, columns)), index: None };
            out.extend(found.into_iter().chain(self.contradicted(column, &place)).map(problem));
        }
        out
    }

    /// What the file says cannot be, given other answers.
    fn contradicted(&self, question: &Question, place: &Place<'_>) -> Found {
        let holding = question.checks.iter().filter(|c| holds(self, place, &c.when));
        let severity = |advisory| if advisory { Severity::Advisory } else { Severity::Error };
        holding.map(|c| ("", severity(c.advisory), c.say.clone())).collect()
    }

    fn one(&self, question: &Question, given: Option<&Answer>) -> Found {
        let error = |message: String| vec![("", Severity::Error, message)];
        let name = Name(question);
        let answer = match given {
            Some(Answer::Typed(typed)) => return unreadable(question, typed),
            Some(answer) if !answer.fits(question) => return error(missing(question)),
            Some(answer) if !answer.is_empty() => answer,
            _ if question.required => return error(missing(question)),
            _ => return Vec::new(),
        };
        match (answer, &question.kind) {
            (Answer::NotGiven { reason, text }, kind) => {
                let list = match kind {
                    Kind::ChildWords { reasons } => Some(reasons),
                    _ => question.or_reason.as_ref(),
                };
                let known = list.and_then(|l| self.codes.list(l)).is_some_and(|l| l.get(reason).is_some());
                if !known {
                    return vec![("reason", Severity::Error, "Select one of the reasons".to_owned())];
                }
                // "Another reason" says nothing by itself.
                if reason == "other" && text.trim().is_empty() {
                    return vec![("reason-text", Severity::Error, "Say what the reason is".to_owned())];
                }
                written(text, 0, 2000, &name)
                    .into_iter()
                    .map(|m| ("reason-text", Severity::Error, m))
                    .collect()
            }
            (Answer::Text(text), Kind::Text { most }) => {
                let mut out: Found = Vec::new();
                if text.contains('\n') {
                    out.extend(error(format!("{} must be on one line", name.capital())));
                }
                out.extend(written(text, 0, *most, &name).into_iter().flat_map(error));
                out
            }
            (Answer::Text(text), Kind::Rich { least, most }) => {
                written(text, *least, *most, &name).into_iter().flat_map(error).collect()
            }
            (Answer::ChildWords(text), _) => {
                written(text, 0, 20_000, &name).into_iter().flat_map(error).collect()
            }
            (Answer::Date(date), Kind::Date { from, to }) => self.date(*date, *from, *to, &name),
            (Answer::Choice(code), Kind::Choice(options)) => self.choice(options, std::slice::from_ref(code)),
            (Answer::Several(codes), Kind::Several(options)) => self.choice(options, codes),
            (Answer::Number(n), Kind::Number(kind)) => number(*n, kind, &name),
            (Answer::Scale(n), Kind::Scale { from, to, .. }) if !(from..=to).contains(&n) => {
                error(format!("Select a number from {from} to {to}"))
            }
            (Answer::Rows(rows), Kind::Table { row, least, most, .. }) => {
                rows_of(rows, row, (*least).max(u16::from(question.required)), *most)
            }
            (Answer::Person(p), _) => {
                let lines = [("name", &p.name, 100), ("role", &p.role, 100), ("contact", &p.contact, 200)];
                let check = |(part, text, most): (&'static str, &String, u32)| {
                    written(text, 0, most, &name).into_iter().map(move |m| (part, Severity::Error, m))
                };
                lines.into_iter().flat_map(check).collect()
            }
            (Answer::Address(a), _) => {
                let mut out: Found = Vec::new();
                out.extend(written(&a.lines, 0, 400, &name).map(|m| ("lines", Severity::Error, m)));
                if !a.postcode.trim().is_empty()
                    && kinfold_record::identifiers::postcode(a.postcode.trim()).is_err()
                {
                    let message = "The postcode is not a United Kingdom postcode. Check it, and leave it if the address is abroad";
                    out.push(("postcode", Severity::Advisory, message.to_owned()));
                }
                out
            }
            (Answer::Uploads(files), Kind::Upload { most }) if files.len() > usize::from(*most) => {
                error(format!("Keep at most {most} files and remove the others"))
            }
            (Answer::Signature { name: signed, on }, _) => {
                let mut out: Found = written(signed, 0, 100, &name).into_iter().flat_map(error).collect();
                if *on > self.facts.today {
                    out.extend(error("The day of the signature is in the future. Sign again".to_owned()));
                }
                out
            }
            (Answer::Items(given), Kind::Instrument { items, from, to, .. }) => {
                if given.iter().any(|(i, n)| !items.contains(i) || !(from..=to).contains(&n)) {
                    return error(format!("Select an answer from {from} to {to} for each item"));
                }
                match items.len() - given.len() {
                    0 => Vec::new(),
                    1 => vec![("", Severity::Advisory, "1 item has no answer".to_owned())],
                    n => vec![("", Severity::Advisory, format!("{n} items have no answer"))],
                }
            }
            _ => Vec::new(),
        }
    }

    fn choice(&self, options: &kinfold_guidance::form::Options, chosen: &[SmolStr]) -> Found {
        let may = words::options(options, self.codes, self.facts.today);
        if chosen.iter().all(|code| may.iter().any(|(c, _)| c == code)) {
            return Vec::new();
        }
        vec![("", Severity::Error, "Select one of the answers that can be chosen today".to_owned())]
    }

    fn date(
        &self,
        date: jiff::civil::Date,
        from: Option<DayLimit>,
        to: Option<DayLimit>,
        name: &Name<'_>,
    ) -> Found {
        let day_of = |limit| match limit {
            DayLimit::Today => Some(self.facts.today),
            DayLimit::Birth => self.facts.born,
            DayLimit::Day(date) => Some(date),
        };
        let error = |message: String| vec![("day", Severity::Error, message)];
        if let Some(limit) = from
            && day_of(limit).is_some_and(|first| date < first)
        {
            return error(match limit {
                DayLimit::Today => format!("{} must be today or in the future", name.capital()),
                DayLimit::Birth => format!("{} must not be before the child was born", name.capital()),
                DayLimit::Day(first) => format!("{} must be on or after {}", name.capital(), day(first)),
            });
        }
        if let Some(limit) = to
            && day_of(limit).is_some_and(|last| date > last)
        {
            return error(match limit {
                DayLimit::Today => format!("{} must be today or in the past", name.capital()),
                DayLimit::Birth => format!("{} must not be after the child was born", name.capital()),
                DayLimit::Day(last) => format!("{} must be on or before {}", name.capital(), day(last)),
            });
        }
        Vec::new()
    }
}

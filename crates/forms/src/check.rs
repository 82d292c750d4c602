//! What is wrong with answers, said so that whoever filled them in can put it right.

use kinfold_guidance::form::{DayLimit, Kind, NumberKind, Question, Section};
use smol_str::{SmolStr, format_smolstr};

use crate::answer::{Answer, Key, Row};
use crate::eval::{Place, holds};
use crate::sheet::Sheet;
use crate::words::{self, day};

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
type Found = Vec<(&'static str, Severity, String)>;

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

/// What a message calls a question.
struct Name<'q>(&'q Question);

impl Name<'_> {
    fn plain(&self) -> String {
        self.0.name.clone().unwrap_or_else(|| format!("the answer to “{}”", self.0.label))
    }

    fn capital(&self) -> String {
        let plain = self.plain();
        let mut chars = plain.chars();
        chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
    }
}

fn missing(question: &Question) -> String {
    let quoted = |verb: &str| match &question.name {
        Some(name) => format!("{verb} {name}"),
        None => format!("Answer “{}”", question.label),
    };
    let what = match &question.kind {
        Kind::YesNo | Kind::Choice(_) | Kind::Several(_) | Kind::Scale { .. } => quoted("Select"),
        Kind::Table { row, .. } => format!("Add at least 1: {}", lower(row)),
        Kind::Upload { .. } => quoted("Add"),
        Kind::Signature { .. } => "Type your name to sign".to_owned(),
        Kind::ChildWords { .. } => {
            return "Write what the child said, or select why there is nothing in their own words".to_owned();
        }
        _ => quoted("Enter"),
    };
    if question.or_reason.is_some() { format!("{what}, or select why there is no answer") } else { what }
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn unreadable(question: &Question, typed: &std::collections::BTreeMap<SmolStr, Vec<String>>) -> Found {
    let name = Name(question);
    let error = |part, message| vec![(part, Severity::Error, message)];
    match &question.kind {
        Kind::Date { .. } => {
            let blank = |part: &str| typed.get(part).is_none_or(|v| v.iter().all(|t| t.trim().is_empty()));
            let parts = [("day", "a day"), ("month", "a month"), ("year", "a year")];
            let missing: Vec<_> = parts.into_iter().filter(|(part, _)| blank(part)).collect();
            match missing.as_slice() {
                [] => error("day", format!("{} must be a real date, like 27 3 2026", name.capital())),
                [(part, words), rest @ ..] => {
                    let more: String = rest.iter().map(|(_, words)| format!(" and {words}")).collect();
                    error(part, format!("{} must include {words}{more}", name.capital()))
                }
            }
        }
        Kind::Number(kind) => {
            let example = if kind.places == 0 { "12" } else { "12.5" };
            error("", format!("{} must be a number, like {example}", name.capital()))
        }
        Kind::YesNo | Kind::Choice(_) | Kind::Several(_) | Kind::Scale { .. } => {
            error("", "Select one of the answers".to_owned())
        }
        Kind::Instrument { from, to, .. } => {
            error("", format!("Select an answer from {from} to {to} for each item"))
        }
        _ => error("", missing(question)),
    }
}

/// Too short, too long, or with characters nobody can see.
fn written(text: &str, least: u32, most: u32, name: &Name<'_>) -> Option<String> {
    let length = text.trim().chars().count();
    let size = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    if length > size(most) {
        return Some(format!("{} must be {most} characters or fewer. It has {length}", name.capital()));
    }
    if length > 0 && length < size(least) {
        return Some(format!("Say more in {}: at least {least} characters", name.plain()));
    }
    let unseen = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\r' | '\t')
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if text.chars().any(unseen) {
        return Some(format!(
            "{} has characters that cannot be shown. Type it again instead of pasting it",
            name.capital()
        ));
    }
    None
}

fn number(n: kinfold_guidance::form::Decimal, kind: &NumberKind, name: &Name<'_>) -> Found {
    let unit = kind.unit.as_ref().map(|u| format!(" {u}")).unwrap_or_default();
    let error = |message: String| vec![("", Severity::Error, message)];
    if n.places() > kind.places {
        return error(match kind.places {
            0 => format!("{} must be a whole number", name.capital()),
            1 => format!("{} can have 1 decimal place", name.capital()),
            p => format!("{} can have {p} decimal places", name.capital()),
        });
    }
    match (kind.least, kind.most) {
        (Some(least), Some(most)) if n < least || n > most => {
            return error(format!("{} must be between {least} and {most}{unit}", name.capital()));
        }
        (Some(least), _) if n < least => {
            return error(format!("{} must be {least}{unit} or more", name.capital()));
        }
        (_, Some(most)) if n > most => {
            return error(format!("{} must be {most}{unit} or less", name.capital()));
        }
        _ => {}
    }
    let unusual = kind.unusual_below.is_some_and(|limit| n < limit)
        || kind.unusual_above.is_some_and(|limit| n > limit);
    if unusual {
        let message =
            format!("{n}{unit} is unusual for {}. Check it, and leave it if it is right", name.plain());
        return vec![("", Severity::Advisory, message)];
    }
    Vec::new()
}

fn rows_of(rows: &[Row], row: &str, least: u16, most: u16) -> Found {
    let many = rows.iter().filter(|r| r.has_anything()).count();
    let error = |message: String| vec![("", Severity::Error, message)];
    if many < usize::from(least) {
        return error(format!(
            "Add at least {least}: {}. There {} {many}",
            lower(row),
            if many == 1 { "is" } else { "are" }
        ));
    }
    if many > usize::from(most) {
        return error(format!("Keep at most {most}: {}. There are {many}", lower(row)));
    }
    if let Some(empty) = rows.iter().position(|r| !r.has_anything()) {
        let part = format_smolstr!("{}", empty + 1);
        return error(format!("{row} {part} is empty. Fill it in or remove it"));
    }
    Vec::new()
}

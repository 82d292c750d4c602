//! Answers in words: for checking them, for the document, and for what they become in the record.

use jiff::civil::Date;
use kinfold_guidance::Codes;
use kinfold_guidance::form::{Kind, Options, Question};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::answer::{Answer, AnsweredPerson, Upload};
use crate::rich;
use crate::sheet::Sheet;

/// An answer in words, independent of how it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Not answered.
    Nothing,
    /// On one line.
    Line(String),
    /// Paragraphs and lists.
    Rich(Vec<rich::Part>),
    /// What the child said, to be set apart as a quotation.
    ChildWords(Vec<rich::Part>),
    /// Several short texts.
    List(Vec<String>),
    /// A table: heads, and rows of as many cells.
    Table {
        /// Heads of the columns.
        heads: Vec<String>,
        /// Rows; an empty cell was not asked or not answered.
        rows: Vec<Vec<String>>,
    },
    /// Files.
    Files(Vec<Upload>),
    /// Items of an instrument: number, its words if licensed, the answer.
    Items(Vec<ShownItem>),
    /// Why there is no answer.
    NotGiven {
        /// The reason in words.
        reason: String,
        /// What was added.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        text: String,
    },
}

/// One item of an instrument with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownItem {
    /// Number of the item.
    pub item: SmolStr,
    /// Its licensed words, when the authority has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The answer in words, or its number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
}

/// "2 November 2026".
pub fn day(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month =
        usize::try_from(date.month() - 1).ok().and_then(|m| MONTHS.get(m)).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

/// "Yes" or "No".
pub fn yes_no(flag: bool) -> &'static str {
    if flag { "Yes" } else { "No" }
}

/// What a person reads for a code.
pub fn option_title<'x>(options: &'x Options, code: &'x str, codes: &'x Codes) -> &'x str {
    match options {
        Options::List { list, .. } => codes.title(list, code),
        Options::Own(own) => own.iter().find(|(c, _)| c == code).map_or(code, |(_, title)| title),
    }
}

/// Everything that may be chosen on a day, with its words, in order.
pub fn options(options: &Options, codes: &Codes, today: Date) -> Vec<(SmolStr, String)> {
    match options {
        Options::Own(own) => own.clone(),
        Options::List { list, only } => {
            let Some(list) = codes.list(list) else { return Vec::new() };
            let usable: Vec<_> = list.on(today).collect();
            let pair = |c: &&kinfold_guidance::Code| (c.code.clone(), c.title.clone());
            if only.is_empty() {
                return usable.iter().map(pair).collect();
            }
            only.iter().filter_map(|code| usable.iter().find(|c| c.code == *code).map(pair)).collect()
        }
    }
}

/// An answer in words.
pub fn shown(sheet: &Sheet<'_>, question: &Question, answer: Option<&Answer>) -> Shown {
    let Some(answer) = answer.filter(|a| a.fits(question) && !a.is_empty()) else { return Shown::Nothing };
    let codes = sheet.codes;
    match (answer, &question.kind) {
        (Answer::Text(text), Kind::Rich { .. }) => Shown::Rich(rich::parts(text)),
        (Answer::Text(text), _) => Shown::Line(text.clone()),
        (Answer::ChildWords(text), _) => Shown::ChildWords(rich::parts(text)),
        (Answer::Date(date), _) => Shown::Line(day(*date)),
        (Answer::YesNo(flag), _) => Shown::Line(yes_no(*flag).to_owned()),
        (Answer::Choice(code), Kind::Choice(options)) => {
            Shown::Line(option_title(options, code, codes).to_owned())
        }
        (Answer::Several(list), Kind::Several(options)) => {
            Shown::List(list.iter().map(|c| option_title(options, c, codes).to_owned()).collect())
        }
        (Answer::Number(n), Kind::Number(kind)) => Shown::Line(match &kind.unit {
            Some(unit) => format!("{n} {unit}"),
            None => n.to_string(),
        }),
        (Answer::Scale(n), Kind::Scale { from, to, low, high }) => Shown::Line(match *n {
            n if n == *from => format!("{n} ({low})"),
            n if n == *to => format!("{n} ({high})"),
            n => format!("{n}, from {from} ({low}) to {to} ({high})"),
        }),
        (Answer::Rows(rows), Kind::Table { columns, .. }) => {
            let cell = |row: &crate::answer::Row, column: &Question| {
                row.get(&column.id).map(|a| text(sheet, column, a)).unwrap_or_default()
            };
            Shown::Table {
                heads: columns.iter().map(|c| c.label.clone()).collect(),
                rows: rows.iter().map(|row| columns.iter().map(|c| cell(row, c)).collect()).collect(),
            }
        }
        (Answer::Person(person), _) => Shown::List(person_lines(person)),
        (Answer::Address(address), _) => {
            let lines = address.lines.lines().chain([address.postcode.as_str()]).map(str::trim);
            Shown::List(lines.filter(|l| !l.is_empty()).map(str::to_owned).collect())
        }
        (Answer::Uploads(files), _) => Shown::Files(files.clone()),
        (Answer::Signature { name, on }, _) => Shown::Line(format!("{name}, {}", day(*on))),
        (Answer::Items(given), Kind::Instrument { items, .. }) => {
            let (variant, licensed) = (variant(sheet, question), sheet.licensed);
            let one = |item: &SmolStr| ShownItem {
                item: item.clone(),
                words: licensed.and_then(|w| w.item(&variant, item)).map(str::to_owned),
                answer: given.get(item).map(|n| item_answer(sheet, *n)).unwrap_or_default(),
            };
            Shown::Items(items.iter().map(one).collect())
        }
        (Answer::NotGiven { reason, text }, _) => {
            let list = match &question.kind {
                Kind::ChildWords { reasons } => Some(reasons),
                _ => question.or_reason.as_ref(),
            };
            let title = list.map_or(reason.as_str(), |list| codes.title(list, reason));
            Shown::NotGiven { reason: title.to_owned(), text: text.clone() }
        }
        _ => Shown::Nothing,
    }
}

/// Which wording of an instrument is used: the code of the question that says so, else "all".
pub fn variant(sheet: &Sheet<'_>, question: &Question) -> SmolStr {
    let Kind::Instrument { variant: Some(id), .. } = &question.kind else {
        return SmolStr::new_static("all");
    };
    match sheet.answer(&crate::answer::Key::of(id)) {
        Some(Answer::Choice(code)) => code.clone(),
        _ => SmolStr::new_static("all"),
    }
}

/// In which language an instrument is asked, as it was said; `None` where nobody has said.
pub fn language(sheet: &Sheet<'_>, question: &Question) -> Option<String> {
    let Kind::Instrument { language: Some(id), .. } = &question.kind else { return None };
    match sheet.answer(&crate::answer::Key::of(id)) {
        Some(Answer::Text(said)) if !said.trim().is_empty() => Some(said.clone()),
        Some(Answer::Choice(code)) => Some(code.to_string()),
        _ => None,
    }
}

/// The licensed words of an answer to an item, or its number.
pub fn item_answer(sheet: &Sheet<'_>, answer: i32) -> String {
    let number = kinfold_guidance::form::Decimal::whole(i64::from(answer));
    let words = sheet.licensed.and_then(|w| w.answers.iter().find(|(n, _)| *n == number));
    words.map_or_else(|| answer.to_string(), |(_, words)| words.clone())
}

fn person_lines(person: &AnsweredPerson) -> Vec<String> {
    let lines = [&person.name, &person.role, &person.contact].into_iter();
    lines.filter(|l| !l.trim().is_empty()).cloned().collect()
}

/// An answer as plain text: lines for lists, tabs never.
pub(crate) fn text(sheet: &Sheet<'_>, question: &Question, answer: &Answer) -> String {
    match shown(sheet, question, Some(answer)) {
        Shown::Nothing => String::new(),
        Shown::Line(line) => line,
        Shown::Rich(_) | Shown::ChildWords(_) => match answer {
            Answer::Text(text) | Answer::ChildWords(text) => text.trim().to_owned(),
            _ => String::new(),
        },
        Shown::List(list) if matches!(answer, Answer::Several(_) | Answer::Person(_)) => list.join(", "),
        Shown::List(list) => list.join("\n"),
        Shown::Table { heads, rows } => {
            let line = |row: &Vec<String>| {
                let cells = heads.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
                cells.map(|(head, cell)| format!("{head}: {cell}")).collect::<Vec<_>>().join("\n")
            };
            rows.iter().map(line).collect::<Vec<_>>().join("\n\n")
        }
        Shown::Files(files) => files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(", "),
        Shown::Items(items) => {
            let answered = items.iter().filter(|i| !i.answer.is_empty());
            answered.map(|i| format!("{}: {}", i.item, i.answer)).collect::<Vec<_>>().join("\n")
        }
        Shown::NotGiven { reason, text } if text.is_empty() => reason,
        Shown::NotGiven { reason, text } => format!("{reason}: {text}"),
    }
}

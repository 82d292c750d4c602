//! Reading what was typed on a page into answers. Nothing that was typed is ever thrown away: what cannot be read stays
//! as [`Answer::Typed`], to be shown again beside its error.
//!
//! Names of fields: a question of one field has its id (`mood`); parts of others follow after a hyphen, which no id
//! holds: `seen_on-day`, `gp-name`, `sdq-29a`, `mood-reason`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kinfold_guidance::form::{Kind, Question};
use kinfold_record::PersonId;
use smol_str::SmolStr;

use crate::answer::{Address, Answer, AnsweredPerson, Row};

/// What a page sent: names of fields and their values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posted(BTreeMap<String, Vec<String>>);

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Posted {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(pairs: T) -> Self {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            all.entry(name.into()).or_default().push(value.into());
        }
        Self(all)
    }
}

/// The name of a field: the question's id, and the part after a hyphen if there is one.
pub fn field(question: &str, part: &str) -> String {
    if part.is_empty() { question.to_owned() } else { format!("{question}-{part}") }
}

/// The parts of a question's fields, in order; the empty part is the field named after the question alone.
pub fn parts(question: &Question) -> Vec<SmolStr> {
    let fixed: &[&'static str] = match &question.kind {
        Kind::Date { .. } => &["day", "month", "year"],
        Kind::Person => &["", "name", "role", "contact"],
        Kind::Address => &["lines", "postcode"],
        Kind::Upload { .. } | Kind::Table { .. } => &[],
        Kind::Instrument { items, .. } => {
            return items.iter().cloned().chain(reason_parts(question)).collect();
        }
        _ => &[""],
    };
    fixed.iter().map(|p| SmolStr::new_static(p)).chain(reason_parts(question)).collect()
}

fn reason_parts(question: &Question) -> Vec<SmolStr> {
    if question.or_reason.is_some() || matches!(question.kind, Kind::ChildWords { .. }) {
        vec![SmolStr::new_static("reason"), SmolStr::new_static("reason-text")]
    } else {
        Vec::new()
    }
}

impl Posted {
    /// The first value of a field, line ends as `\n`, without blanks around it.
    fn one(&self, question: &Question, part: &str) -> String {
        let first = self.0.get(&field(&question.id, part)).and_then(|v| v.first());
        first.map(|v| v.replace("\r\n", "\n").trim().to_owned()).unwrap_or_default()
    }

    fn all(&self, question: &Question) -> Vec<String> {
        self.0.get(question.id.as_str()).cloned().unwrap_or_default()
    }

    /// Everything typed for a question, by part, to be shown again.
    fn typed(&self, question: &Question) -> Answer {
        let kept = parts(question).into_iter().filter_map(|part| {
            let values = self.0.get(&field(&question.id, &part))?.clone();
            values.iter().any(|v| !v.is_empty()).then_some((part, values))
        });
        Answer::Typed(kept.collect())
    }
}

/// The answer to one question; `None` when nothing was said. Files are not read here: they are added one by one.
///
/// `circle` gives the name and role of somebody in the child's circle by their id, so that no other account can be named.
pub fn read(
    question: &Question,
    posted: &Posted,
    today: Date,
    circle: &dyn Fn(PersonId) -> Option<AnsweredPerson>,
) -> Option<Answer> {
    let answer = answer(question, posted, today, circle);
    if let Some(answer) = answer.filter(|a| !a.is_empty() || matches!(a, Answer::Typed(_))) {
        return Some(answer);
    }
    let reason = posted.one(question, "reason");
    if reason.is_empty() || reason_parts(question).is_empty() {
        return None;
    }
    Some(Answer::NotGiven { reason: reason.into(), text: posted.one(question, "reason-text") })
}

fn answer(
    question: &Question,
    posted: &Posted,
    today: Date,
    circle: &dyn Fn(PersonId) -> Option<AnsweredPerson>,
) -> Option<Answer> {
    let one = posted.one(question, "");
    let typed = || Some(posted.typed(question));
    if one.is_empty()
        && matches!(question.kind, Kind::YesNo | Kind::Choice(_) | Kind::Number(_) | Kind::Scale { .. })
    {
        return None;
    }
    match &question.kind {
        Kind::Text { .. } | Kind::Rich { .. } => Some(Answer::Text(one)),
        Kind::ChildWords { .. } => Some(Answer::ChildWords(one)),
        Kind::Date { .. } => date(question, posted),
        Kind::YesNo => match one.as_str() {
            "yes" => Some(Answer::YesNo(true)),
            "no" => Some(Answer::YesNo(false)),
            _ => typed(),
        },
        Kind::Choice(_) => Some(Answer::Choice(one.into())),
        Kind::Several(_) => {
            let mut codes: Vec<SmolStr> = Vec::new();
            for code in posted.all(question).iter().map(|c| c.trim()).filter(|c| !c.is_empty()) {
                if !codes.iter().any(|c| c == code) {
                    codes.push(SmolStr::new(code));
                }
            }
            Some(Answer::Several(codes))
        }
        Kind::Number(_) => one.parse().map(Answer::Number).ok().or_else(typed),
        Kind::Scale { .. } => one.parse().map(Answer::Scale).ok().or_else(typed),
        Kind::Person => Some(Answer::Person(person(question, posted, circle))),
        Kind::Address => Some(Answer::Address(Address {
            lines: posted.one(question, "lines"),
            postcode: posted.one(question, "postcode"),
        })),
        Kind::Signature { .. } => Some(Answer::Signature { name: one, on: today }),
        Kind::Instrument { items, .. } => {
            let mut given = BTreeMap::new();
            for item in items {
                let text = posted.one(question, item);
                if text.is_empty() {
                    continue;
                }
                match text.parse() {
                    Ok(n) => given.insert(item.clone(), n),
                    Err(_) => return typed(),
                };
            }
            Some(Answer::Items(given))
        }
        Kind::Upload { .. } | Kind::Table { .. } => None,
    }
}

fn date(question: &Question, posted: &Posted) -> Option<Answer> {
    let [day, month, year] = ["day", "month", "year"].map(|part| posted.one(question, part));
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return None;
    }
    let date = (|| {
        // A year of two figures could be in either century.
        let year: i16 = (year.len() == 4).then(|| year.parse().ok())??;
        Date::new(year, month_of(&month)?, day.parse().ok()?).ok()
    })();
    Some(date.map_or_else(|| posted.typed(question), Answer::Date))
}

/// A month by its number, or by the first letters of its name.
fn month_of(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Ok(n) = text.parse() {
        return Some(n);
    }
    let start = text.get(..3)?.to_lowercase();
    MONTHS.iter().zip(1..).find(|(m, _)| **m == start).map(|(_, n)| n)
}

fn person(
    question: &Question,
    posted: &Posted,
    circle: &dyn Fn(PersonId) -> Option<AnsweredPerson>,
) -> AnsweredPerson {
    let chosen = posted.one(question, "").parse().ok().and_then(circle);
    chosen.unwrap_or_else(|| AnsweredPerson {
        person: None,
        name: posted.one(question, "name"),
        role: posted.one(question, "role"),
        contact: posted.one(question, "contact"),
    })
}

/// One row of a table: its columns are read like questions.
pub fn read_row(
    columns: &[Question],
    posted: &Posted,
    today: Date,
    circle: &dyn Fn(PersonId) -> Option<AnsweredPerson>,
) -> Row {
    let one = |column: &Question| Some((column.id.clone(), read(column, posted, today, circle)?));
    Row(columns.iter().filter_map(one).collect())
}

/// What stands in the fields of a question: what was answered, or what was typed and could not be read.
pub fn values(question: &Question, answer: Option<&Answer>) -> BTreeMap<SmolStr, Vec<String>> {
    let mut out: BTreeMap<SmolStr, Vec<String>> = BTreeMap::new();
    let mut put = |part: &str, value: String| {
        if !value.is_empty() {
            out.entry(SmolStr::new(part)).or_default().push(value);
        }
    };
    match answer {
        None => {}
        Some(Answer::Typed(typed)) => return typed.clone(),
        Some(answer) if !answer.fits(question) => {}
        Some(Answer::Text(text) | Answer::ChildWords(text)) => put("", text.clone()),
        Some(Answer::Date(date)) => {
            put("day", date.day().to_string());
            put("month", date.month().to_string());
            put("year", format!("{:04}", date.year()));
        }
        Some(Answer::YesNo(flag)) => put("", if *flag { "yes" } else { "no" }.to_owned()),
        Some(Answer::Choice(code)) => put("", code.to_string()),
        Some(Answer::Several(codes)) => codes.iter().for_each(|c| put("", c.to_string())),
        Some(Answer::Number(n)) => put("", n.to_string()),
        Some(Answer::Scale(n)) => put("", n.to_string()),
        Some(Answer::Person(p)) => match p.person {
            Some(id) => put("", id.to_string()),
            None => {
                put("name", p.name.clone());
                put("role", p.role.clone());
                put("contact", p.contact.clone());
            }
        },
        Some(Answer::Address(a)) => {
            put("lines", a.lines.clone());
            put("postcode", a.postcode.clone());
        }
        Some(Answer::Signature { name, .. }) => put("", name.clone()),
        Some(Answer::Items(items)) => items.iter().for_each(|(item, n)| put(item, n.to_string())),
        Some(Answer::NotGiven { reason, text }) => {
            put("reason", reason.to_string());
            put("reason-text", text.clone());
        }
        Some(Answer::Rows(_) | Answer::Uploads(_)) => {}
    }
    out
}

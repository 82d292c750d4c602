//! Working out expressions.

use kinfold_guidance::form::{Expr, Name, Question, Section};
use smol_str::SmolStr;

use crate::answer::{Answer, Key, Row};
use crate::sheet::Sheet;
use crate::value::Value;
use crate::words;

/// Where an expression stands.
#[derive(Clone, Copy, Default)]
pub(crate) struct Place<'a> {
    /// The section at hand and which time round.
    pub time: Option<(&'a Section, u8)>,
    /// The row at hand, without hidden columns, and the columns of its table.
    pub row: Option<(&'a Row, &'a [Question])>,
    /// Which submission, and which row or time round: for references.
    pub index: Option<(&'a str, usize)>,
}

/// Whether a condition holds. What rests on an answer that is not there does not.
pub(crate) fn holds(sheet: &Sheet<'_>, place: &Place<'_>, condition: &Expr) -> bool {
    value(sheet, place, condition) == Some(Value::Flag(true))
}

/// What an expression comes to. Unanswered is unknown: not yes, not no, and not the opposite of either.
pub(crate) fn value(sheet: &Sheet<'_>, place: &Place<'_>, expr: &Expr) -> Option<Value> {
    let of = |e: &Expr| value(sheet, place, e);
    let number = |e: &Expr| match of(e) {
        Some(Value::Number(n)) => Some(n),
        _ => None,
    };
    match expr {
        Expr::Text(text) => Some(Value::Text(text.clone())),
        Expr::Number(n) => Some(Value::Number(*n)),
        Expr::Date(d) => Some(Value::Date(*d)),
        Expr::Flag(f) => Some(Value::Flag(*f)),
        Expr::Name(name) => named(sheet, place, name),
        Expr::Not(e) => match of(e)? {
            Value::Flag(f) => Some(Value::Flag(!f)),
            _ => None,
        },
        Expr::All(list) => every(list.iter().map(of), false),
        Expr::Any(list) => every(list.iter().map(of), true),
        Expr::Compare(a, how, b) => Some(Value::Flag(of(a)?.compare(*how, &of(b)?))),
        Expr::In(e, list) => {
            let list: Vec<Value> = list.iter().filter_map(of).collect();
            Some(Value::Flag(of(e)?.is_among(&list)))
        }
        Expr::Answered(e) => Some(Value::Flag(of(e).is_some())),
        Expr::Count(e) => count(sheet, place, e),
        Expr::Plus(a, b) => number(a)?.plus(number(b)?).map(Value::Number),
        Expr::Minus(a, b) => number(a)?.minus(number(b)?).map(Value::Number),
        Expr::Times(a, by) => number(a)?.times(*by).map(Value::Number),
        Expr::Round(a) => Some(Value::Number(number(a)?.round_half_up())),
        Expr::If(condition, a, b) => match of(condition)? {
            Value::Flag(true) => of(a),
            Value::Flag(false) => of(b),
            _ => None,
        },
        Expr::First(list) => list.iter().find_map(of),
        Expr::Words(e) => worded(sheet, place, e).map(Value::Text),
        Expr::Labelled(names) => {
            let labelled = |name: &Name| {
                let words = worded(sheet, place, &Expr::Name(name.clone()))?;
                Some(format!("{}\n{words}", label(sheet, place, name)?))
            };
            joined(names.iter().filter_map(labelled))
        }
        Expr::Lines(list) => joined(list.iter().filter_map(|e| worded(sheet, place, e))),
        Expr::Reason(name) => match answer(sheet, place, name)? {
            Answer::NotGiven { reason, .. } => Some(Value::Code(reason.clone())),
            _ => None,
        },
        Expr::Items(name) => items(sheet, place, name),
        Expr::Reference(word) => {
            let (submission, index) = place.index?;
            Some(Value::Text(format!("{submission}.{word}.{index}")))
        }
    }
}

/// All (or any) of these, when unknown ones cannot change it.
fn every(list: impl Iterator<Item = Option<Value>>, decides: bool) -> Option<Value> {
    let mut unknown = false;
    for value in list {
        match value {
            Some(Value::Flag(f)) if f == decides => return Some(Value::Flag(decides)),
            Some(Value::Flag(_)) => {}
            _ => unknown = true,
        }
    }
    (!unknown).then_some(Value::Flag(!decides))
}

fn joined(parts: impl Iterator<Item = String>) -> Option<Value> {
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| Value::Text(parts.join("\n\n")))
}

/// The key of a question named at a place.
pub(crate) fn key(sheet: &Sheet<'_>, place: &Place<'_>, question: &SmolStr) -> Option<Key> {
    let (section, _) = sheet.form.question(question)?;
    let time = match (&section.repeat, place.time) {
        (None, _) => 0,
        (Some(_), Some((here, time))) if here.id == section.id => time,
        // A question asked several times has no one answer elsewhere.
        (Some(_), _) => return None,
    };
    Some(Key { question: question.clone(), time })
}

fn answer<'x>(sheet: &'x Sheet<'_>, place: &Place<'x>, name: &Name) -> Option<&'x Answer> {
    match name {
        Name::Answer(id) => sheet.answer(&key(sheet, place, id)?),
        Name::Column(id) => {
            let (row, columns) = place.row?;
            let column = columns.iter().find(|c| c.id == *id)?;
            row.get(id).filter(|a| a.fits(column))
        }
        _ => None,
    }
}

fn named(sheet: &Sheet<'_>, place: &Place<'_>, name: &Name) -> Option<Value> {
    match name {
        Name::Answer(_) | Name::Column(_) => answer(sheet, place, name).and_then(Value::of),
        Name::Fact(id) => sheet.facts.get(id).cloned(),
        Name::Score(id) => sheet.scores().iter().find(|s| s.id == *id)?.value.map(Value::Number),
        Name::Band(id) => {
            let scored = sheet.scores().iter().find(|s| s.id == *id)?;
            scored.band.as_ref().map(|b| Value::Code(b.code.clone()))
        }
        Name::Times(id) => {
            let section = sheet.sections().find(|s| s.id == *id)?;
            Some(Value::Many(usize::from(sheet.answers.times(section))))
        }
    }
}

fn count(sheet: &Sheet<'_>, place: &Place<'_>, of: &Expr) -> Option<Value> {
    let n = match value(sheet, place, of) {
        Some(Value::Many(n)) => n,
        Some(Value::Codes(codes)) => codes.len(),
        // Nothing chosen and no rows are none, which can be asked about.
        None => 0,
        Some(_) => return None,
    };
    i64::try_from(n).ok().map(|n| Value::Number(kinfold_guidance::form::Decimal::whole(n)))
}

fn items(sheet: &Sheet<'_>, place: &Place<'_>, name: &Name) -> Option<Value> {
    let Name::Answer(id) = name else { return None };
    let (_, question) = sheet.form.question(id)?;
    let kinfold_guidance::form::Kind::Instrument { items, .. } = &question.kind else { return None };
    let Some(Answer::Items(given)) = answer(sheet, place, name) else { return None };
    let one = |item: &SmolStr| given.get(item).map_or_else(|| "-".to_owned(), i32::to_string);
    (!given.is_empty()).then(|| Value::Text(items.iter().map(one).collect()))
}

/// The label of what is named.
fn label(sheet: &Sheet<'_>, place: &Place<'_>, name: &Name) -> Option<String> {
    match name {
        Name::Answer(id) => Some(sheet.form.question(id)?.1.label.clone()),
        Name::Column(id) => Some(place.row?.1.iter().find(|c| c.id == *id)?.label.clone()),
        Name::Score(id) => Some(sheet.form.score(id)?.title.clone()),
        _ => None,
    }
}

/// What a person reads for an expression.
fn worded(sheet: &Sheet<'_>, place: &Place<'_>, expr: &Expr) -> Option<String> {
    let question = match expr {
        Expr::Name(Name::Answer(id)) => sheet.form.question(id).map(|(_, q)| q),
        Expr::Name(Name::Column(id)) => {
            place.row.and_then(|(_, columns)| columns.iter().find(|c| c.id == *id))
        }
        Expr::Name(Name::Band(id)) => {
            let scored = sheet.scores().iter().find(|s| s.id == *id)?;
            return scored.band.as_ref().map(|b| b.title.clone());
        }
        _ => None,
    };
    if let (Some(question), Expr::Name(name)) = (question, expr) {
        let answer = answer(sheet, place, name).filter(|a| !a.is_empty())?;
        return Some(words::text(sheet, question, answer));
    }
    Some(match value(sheet, place, expr)? {
        Value::Text(text) => text,
        Value::Number(n) => n.to_string(),
        Value::Date(d) => words::day(d),
        Value::Flag(f) => words::yes_no(f).to_owned(),
        Value::Code(code) => code.to_string(),
        Value::Codes(codes) => codes.join(", "),
        Value::Person(p) => p.name,
        Value::Address(a) => format!("{}\n{}", a.lines, a.postcode).trim().to_owned(),
        Value::Many(n) => n.to_string(),
    })
}

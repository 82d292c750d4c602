//! The words for what is wrong with an answer.

use std::collections::BTreeMap;

use kinfold_guidance::form::{Decimal, Kind, NumberKind, Question};
use smol_str::{SmolStr, format_smolstr};

use crate::answer::Row;
use crate::check::{Found, Severity};

/// What a message calls a question.
pub(crate) struct Name<'q>(pub &'q Question);

impl Name<'_> {
    pub fn plain(&self) -> String {
        self.0.name.clone().unwrap_or_else(|| format!("the answer to “{}”", self.0.label))
    }

    pub fn capital(&self) -> String {
        let plain = self.plain();
        let mut chars = plain.chars();
        chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
    }
}

/// What to do about an answer that is not there.
pub(crate) fn missing(question: &Question) -> String {
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

/// What to do about something typed that is no answer.
pub(crate) fn unreadable(question: &Question, typed: &BTreeMap<SmolStr, Vec<String>>) -> Found {
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
pub(crate) fn written(text: &str, least: u32, most: u32, name: &Name<'_>) -> Option<String> {
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

/// A number beyond its limits.
pub(crate) fn number(n: Decimal, kind: &NumberKind, name: &Name<'_>) -> Found {
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

/// Too few rows, too many, or empty ones.
pub(crate) fn rows_of(rows: &[Row], row: &str, least: u16, most: u16) -> Found {
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

//! What was typed: empty, too long, or with characters that nobody can see.

use super::Check;
use super::Severity::Impossible;
use crate::field::{FieldKind, FieldSpec};

/// Longest name of a person, a household or a home, in characters.
const NAME: usize = 100;
/// Longest other text on one line.
const LINE: usize = 200;
/// Longest address.
const ADDRESS: usize = 500;
/// Longest free text.
const TEXT: usize = 20_000;

impl Check<'_> {
    pub(super) fn texts(&mut self) {
        let e = self.e;
        e.event.strings(&mut |field, text| {
            if let Some(message) = wrong(field, text) {
                self.say(Impossible, format!("{}: {message}", field.label.trim_end_matches('?')));
            }
        });
    }
}

fn wrong(field: &FieldSpec, text: &str) -> Option<String> {
    let several_lines = matches!(field.kind, FieldKind::Text | FieldKind::Address);
    let limit = match field.kind {
        FieldKind::Text => TEXT,
        FieldKind::Address => ADDRESS,
        FieldKind::Line if is_name(field.name) => NAME,
        _ => LINE,
    };
    if text.trim().is_empty() {
        let instead = if field.required {
            "write something here."
        } else {
            "leave it out instead of leaving it empty."
        };
        return Some(instead.to_owned());
    }
    // A character is at least a byte: only a text that could be too long is counted.
    if text.len() > limit && text.chars().count() > limit {
        return Some(format!("keep it under {} characters.", thousands(limit)));
    }
    if text.chars().any(|c| is_invisible(c) && !(several_lines && matches!(c, '\n' | '\r' | '\t'))) {
        return Some(
            "it has characters that cannot be shown. Type it again instead of pasting it.".to_owned(),
        );
    }
    None
}

fn is_name(field: &str) -> bool {
    matches!(field, "given_name" | "family_name" | "known_as" | "also_known_as" | "carer_name" | "name")
}

/// Control characters, and those that turn the direction of what follows and so can disguise a name. The marks that
/// right-to-left scripts need (U+200E, U+200F) are not among them.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn thousands(n: usize) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) }
}

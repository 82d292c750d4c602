//! `rules.lock`: the hash of every published version. A version that has been used is never edited, so a hash that
//! changed while its version did not is a mistake.
//!
//! Format: one line per version, `id version hash`, sorted. A version that is not in the file yet is not published;
//! `kinfold guidance check` says so, and `lock_file` gives the text that publishes it.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::layer::Layer;
use crate::mistake::Mistake;
use crate::rule::Rule;

const NAME: &str = "rules.lock";

/// The text of a lock file for these rules of one layer.
pub fn lock_file<'a>(rules: impl IntoIterator<Item = &'a Rule>) -> String {
    let mut lines: Vec<String> =
        rules.into_iter().map(|r| format!("{} {} {}\n", r.id, r.version, r.hash)).collect();
    lines.sort();
    lines.concat()
}

/// The published versions and their hashes.
///
/// # Errors
/// The number (from 1) of the first line that is not `id version hash`.
pub fn read_lock(text: &str) -> Result<BTreeMap<(SmolStr, u16), String>, usize> {
    let mut out = BTreeMap::new();
    for (i, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut parts = line.split_whitespace();
        match (parts.next(), parts.next().and_then(|v| v.parse().ok()), parts.next(), parts.next()) {
            (Some(id), Some(version), Some(hash), None) => {
                out.insert((SmolStr::new(id), version), hash.to_owned())
            }
            _ => return Err(i + 1),
        };
    }
    Ok(out)
}

/// Compares a layer's rules with its lock file, if it has one.
pub(crate) fn check(layer: &Layer, rules: &[Rule], mistakes: &mut Vec<Mistake>) {
    let Some(file) = layer.files.iter().find(|f| f.path == NAME) else { return };
    let mut wrong = |line: usize, message: String, hint: &str| {
        mistakes.push(Mistake {
            file: layer.label(NAME),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: 1,
            message,
            hint: Some(hint.to_owned()),
        });
    };
    let locked = match read_lock(&file.text) {
        Ok(locked) => locked,
        Err(line) => {
            return wrong(
                line,
                "this line is not `id version hash`".to_owned(),
                "Restore the line from history.",
            );
        }
    };
    for ((id, version), hash) in &locked {
        let line =
            file.text.lines().position(|l| l.starts_with(&format!("{id} {version} "))).unwrap_or(0) + 1;
        match rules.iter().find(|r| r.id == *id && r.version == *version && r.origin.layer == layer.name) {
            None => wrong(
                line,
                format!("{id} version {version} was published and is gone"),
                "Put its file back; duties still point to it.",
            ),
            Some(rule) if rule.hash != *hash => wrong(
                line,
                format!("{id} version {version} was changed after it was published ({})", rule.origin.file),
                "Undo the change, and write it as a new version with a later effective_from.",
            ),
            Some(_) => {}
        }
    }
}

//! `rules.lock`: the hash of every published version. A version that has been used is never edited, so a hash that
//! changed while its version did not is a mistake.
//!
//! Format: one line per version, `id version hash`, sorted. A version that is not in the file yet is not published;
//! `kinfold guidance check` says so, and `lock_file` gives the text that publishes it.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::form::Form;
use crate::layer::Layer;
use crate::library::{Headed, Library};
use crate::mistake::Mistake;
use crate::rule::Rule;

const RULES: &str = "rules.lock";
/// The same for forms.
const FORMS: &str = "forms.lock";

/// The text of a lock file for these rules of one layer.
pub fn lock_file<'a>(rules: impl IntoIterator<Item = &'a Rule>) -> String {
    text(rules.into_iter().map(|r| (&r.id, r.version, &r.hash)))
}

/// The text of `forms.lock` for these forms of one layer.
pub fn forms_lock_file<'a>(forms: impl IntoIterator<Item = &'a Form>) -> String {
    text(forms.into_iter().map(|f| (&f.id, f.version, &f.hash)))
}

/// The text of `frameworks.lock`, `surveys.lock` or `plans.lock` for these items of one layer.
pub fn library_lock_file<'a, T: Headed + 'a>(items: impl IntoIterator<Item = &'a T>) -> String {
    text(items.into_iter().map(|x| (&x.head().id, x.head().version, &x.head().hash)))
}

fn text<'a>(items: impl Iterator<Item = (&'a SmolStr, u16, &'a String)>) -> String {
    let mut lines: Vec<String> =
        items.map(|(id, version, hash)| format!("{id} {version} {hash}\n")).collect();
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
    let ours = rules.iter().filter(|r| r.origin.layer == layer.name);
    let items =
        ours.map(|r| Published { id: &r.id, version: r.version, hash: &r.hash, file: &r.origin.file });
    compare(layer, RULES, &items.collect::<Vec<_>>(), mistakes);
}

/// The same for forms.
pub(crate) fn check_forms(layer: &Layer, forms: &[Form], mistakes: &mut Vec<Mistake>) {
    let ours = forms.iter().filter(|f| f.origin.layer == layer.name);
    let items =
        ours.map(|f| Published { id: &f.id, version: f.version, hash: &f.hash, file: &f.origin.file });
    compare(layer, FORMS, &items.collect::<Vec<_>>(), mistakes);
}

/// The same for frameworks, surveys and action plans.
pub(crate) fn check_library<T: Headed>(layer: &Layer, library: &Library<T>, mistakes: &mut Vec<Mistake>) {
    let ours = library.list.iter().map(Headed::head).filter(|h| h.origin.layer == layer.name);
    let items =
        ours.map(|h| Published { id: &h.id, version: h.version, hash: &h.hash, file: &h.origin.file });
    compare(layer, &format!("{}.lock", T::FOLDER), &items.collect::<Vec<_>>(), mistakes);
}

/// One version of a rule, a form or another item.
struct Published<'a> {
    id: &'a SmolStr,
    version: u16,
    hash: &'a String,
    file: &'a str,
}

fn compare(layer: &Layer, name: &str, items: &[Published<'_>], mistakes: &mut Vec<Mistake>) {
    let Some(file) = layer.files.iter().find(|f| f.path == name) else { return };
    let mut wrong = |line: usize, message: String, hint: &str| {
        mistakes.push(Mistake {
            file: layer.label(name),
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
        match items.iter().find(|p| p.id == id && p.version == *version) {
            None => wrong(
                line,
                format!("{id} version {version} was published and is gone"),
                match name {
                    RULES => "Put its file back; duties still point to it.",
                    FORMS => "Put its file back; forms that were started with it still need it.",
                    _ => "Put its file back; what was begun with it still needs it.",
                },
            ),
            Some(p) if p.hash != hash => wrong(
                line,
                format!("{id} version {version} was changed after it was published ({})", p.file),
                "Undo the change, and write it as a new version with a later effective_from.",
            ),
            Some(_) => {}
        }
    }
}

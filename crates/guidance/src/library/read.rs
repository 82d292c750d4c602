//! Reading the head of a file, and the small parts that its readers share.

use smol_str::SmolStr;
use toml::de::DeTable;

use super::Head;
use crate::canonical;
use crate::layer::LayerName;
use crate::rule::{Confidence, Origin, Source};
use crate::rule_read::supersedes;
use crate::table::Table;

/// Longest name or label, in characters.
const LINE: usize = 200;
/// Longest text in one place, in characters: more than that is a document and belongs beside it.
const LONG: usize = 2000;

/// Reads the keys of a head. `what` is the word for messages: "framework".
pub(crate) fn head(
    t: &Table<'_, '_>,
    root: &DeTable<'_>,
    layer: &LayerName,
    path: &str,
    what: &str,
) -> Option<Head> {
    let version = t.must("version", t.number("version")).unwrap_or(1);
    if version < 1 {
        t.at("version", "versions count from 1", None);
    }
    let id = id(t, layer, path, version, what);
    let title = few(t, "title");
    let why = long(t, "why");
    let letters = [Confidence::A, Confidence::B, Confidence::L, Confidence::M];
    let parse = |s: &str| letters.into_iter().find(|c| c.as_str() == s);
    let confidence = t.must("confidence", t.choice("confidence", &letters.map(Confidence::as_str), parse));
    let from = t.must("effective_from", t.date("effective_from"));
    let to = t.date("effective_to");
    if from.zip(to).is_some_and(|(from, to)| to <= from) {
        t.at("effective_to", format!("the {what} ends before it begins"), None);
    }
    let source = t.must("source", t.table("source")).and_then(|s| {
        let cite = s.must("cite", s.text("cite")).map(str::to_owned);
        let (url, note) = (s.text("url").map(str::to_owned), s.text("note").map(str::to_owned));
        s.finish();
        Some(Source { cite: cite?, url, note })
    });
    let supersedes = supersedes(t, layer);
    Some(Head {
        id: id?,
        version: u16::try_from(version).unwrap_or(1),
        title: SmolStr::new(title?),
        why: why?,
        confidence: confidence?,
        effective_from: from?,
        effective_to: to,
        source: source?,
        supersedes,
        origin: Origin { layer: layer.clone(), file: path.to_owned(), line: 1 },
        hash: canonical::hash(root),
    })
}

fn id(t: &Table<'_, '_>, layer: &LayerName, path: &str, version: i32, what: &str) -> Option<SmolStr> {
    let id = t.must("id", t.text("id"))?;
    if !(id.contains('.') && id.split('.').all(is_word)) {
        let hint =
            "Write it like \"healthy_care.audit\": small letters, digits and _, with a dot.".to_owned();
        t.at("id", format!("\"{id}\" is not an id"), Some(hint));
    }
    let local = id.starts_with("local.");
    match layer {
        LayerName::National if local => {
            t.at("id", format!("a national {what} cannot have an id that starts with `local.`"), None);
        }
        LayerName::Local(_) if !local => t.at(
            "id",
            format!("\"{id}\" is in a local layer, so its id must start with `local.`"),
            Some(format!(
                "To use it instead of a national {what}, name that in `supersedes`, with `reason` and `approved_by`."
            )),
        ),
        _ => {}
    }
    let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml");
    let wanted = if version == 1 { id.to_owned() } else { format!("{id}.v{version}") };
    if stem != wanted {
        let message = format!("the file of {id} version {version} is called {stem}.toml");
        t.at("id", message, Some(format!("Call it {wanted}.toml.")));
    }
    Some(SmolStr::new(id))
}

/// Small letters, digits and `_`, starting with a letter.
fn is_word(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_lowercase())
        && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// A text that must be there and fits on a line.
pub(crate) fn few(t: &Table<'_, '_>, key: &'static str) -> Option<String> {
    measured(t, key, LINE)
}

/// A text that must be there, of a paragraph at most.
pub(crate) fn long(t: &Table<'_, '_>, key: &'static str) -> Option<String> {
    measured(t, key, LONG)
}

fn measured(t: &Table<'_, '_>, key: &'static str, most: usize) -> Option<String> {
    let text = t.must(key, t.text(key))?;
    let length = text.chars().count();
    if length > most {
        let hint = format!("At most {most} characters.");
        t.at(key, format!("`{key}` is {length} characters long"), Some(hint));
    }
    Some(text.to_owned())
}

/// A word that names something once in its file: stored with what people write, and part of addresses.
pub(crate) fn place<'x>(
    t: &Table<'_, '_>,
    key: &'static str,
    taken: impl IntoIterator<Item = &'x str>,
) -> Option<SmolStr> {
    let id = t.must(key, t.text(key))?;
    if !is_word(id) {
        let hint = "Small letters, digits and _, starting with a letter.".to_owned();
        t.at(key, format!("`{key}` cannot be \"{id}\""), Some(hint));
    }
    if taken.into_iter().any(|other| other == id) {
        t.at(key, format!("\"{id}\" is there twice"), Some("Each has a name of its own.".into()));
    }
    Some(SmolStr::new(id))
}

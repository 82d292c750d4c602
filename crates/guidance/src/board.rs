//! The columns of the pathway board: `guidance/board.toml`. A council's own file replaces the national one, since which
//! duties are looked at together is a matter of how a council works.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use toml::de::DeTable;

use crate::layer::LayerName;
use crate::mistake::Mistake;
use crate::rule::Rule;
use crate::table::{Reading, Table, hint};

/// Which rules are counted together, and whose file says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// The layer the file is in.
    pub layer: LayerName,
    /// The groups, in the order of the board.
    pub groups: Vec<BoardGroup>,
}

/// A column of the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardGroup {
    /// Stable, for addresses: `first_review`.
    pub id: SmolStr,
    /// What a person reads: "First review".
    pub title: String,
    /// Ids of rules; one that ends in `*` names every rule whose id begins so.
    pub rules: Vec<SmolStr>,
}

impl BoardGroup {
    /// Whether it names a rule.
    pub fn names(&self, rule: &str) -> bool {
        self.rules.iter().any(|name| fits(name, rule))
    }
}

fn fits(name: &str, rule: &str) -> bool {
    match name.strip_suffix('*') {
        Some(start) => rule.starts_with(start),
        None => rule == name,
    }
}

/// A name of a rule, and where in which file it stands.
pub(crate) struct Named {
    name: SmolStr,
    /// The mistake to record when there is no such rule, without its words.
    place: Mistake,
}

/// A file of groups as read, before the rules it names are looked for.
pub(crate) struct Read {
    pub board: Board,
    pub named: Vec<Named>,
}

/// Reads `[[group]]` tables.
pub(crate) fn read(reading: &Reading<'_>, root: &DeTable<'_>, layer: &LayerName) -> Read {
    let table = Table::new(reading, root, 0..0, "the file of the board");
    let mut groups: Vec<BoardGroup> = Vec::new();
    let mut named: Vec<Named> = Vec::new();
    for t in table.tables("group") {
        let id = t.must("id", t.text("id"));
        let title = t.must("title", t.text("title"));
        let rules = t.must("rules", t.texts("rules")).unwrap_or_default();
        if let Some(id) = id {
            if !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
                let hint = "Use small letters, digits and _, such as `first_review`.".to_owned();
                t.at("id", format!("\"{id}\" cannot stand in an address"), Some(hint));
            } else if groups.iter().any(|g| g.id == id) {
                t.at("id", format!("the group \"{id}\" is there twice"), None);
            }
        }
        if t.has("rules") && rules.is_empty() {
            t.at("rules", "this group names no rule", Some("Name a rule, or leave the group out.".into()));
        }
        for (name, at) in &rules {
            if named.iter().any(|n| n.name == *name) {
                let hint = "A rule is counted in the first group that names it.".to_owned();
                reading.mistake(*at, format!("\"{name}\" is named already"), Some(hint));
            } else {
                named.push(Named { name: name.clone(), place: reading.place(*at) });
            }
        }
        if let (Some(id), Some(title)) = (id, title) {
            groups.push(BoardGroup {
                id: id.into(),
                title: title.to_owned(),
                rules: rules.into_iter().map(|(name, _)| name).collect(),
            });
        }
        t.finish();
    }
    if groups.is_empty() {
        reading.mistake(0, "there is no [[group]] in this file", Some("Take the file away.".into()));
    }
    table.finish();
    Read { board: Board { layer: layer.clone(), groups }, named }
}

/// Every name in a council's file is that of a rule. The national file is held to it by the tests of the house, so that
/// it may be read with a few rules only.
pub(crate) fn check(read: &Read, rules: &[Rule], mistakes: &mut Vec<Mistake>) {
    if read.board.layer == LayerName::National {
        return;
    }
    for Named { name, place } in &read.named {
        if !rules.iter().any(|r| fits(name, &r.id)) {
            let what = if name.ends_with('*') { "no rule has an id like" } else { "there is no rule" };
            mistakes.push(Mistake {
                message: format!("{what} \"{name}\""),
                hint: hint(name.trim_end_matches('*'), rules.iter().map(|r| r.id.as_str())),
                ..place.clone()
            });
        }
    }
}

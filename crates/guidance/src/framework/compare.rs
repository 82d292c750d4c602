//! Two audits side by side, and the profile on one page. Levels are compared by their order on the scale and never
//! averaged: where people saw it differently, all they said stays beside what was agreed.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{Framework, Scale};

/// How one item was judged in one audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// Which item.
    pub item: SmolStr,
    /// The level that was agreed on; `None` while there is none.
    pub level: Option<SmolStr>,
    /// Levels of those who saw it differently.
    pub apart: Vec<SmolStr>,
}

impl Judged {
    /// Whether somebody saw it differently: from what was agreed, or from each other.
    pub fn disagreed(&self) -> bool {
        let said = || self.level.iter().chain(&self.apart);
        said().any(|level| Some(level) != said().next())
    }
}

/// How far an item moved between two audits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Movement {
    /// By so many levels up.
    Up(usize),
    /// By so many levels down.
    Down(usize),
    /// Not at all.
    Same,
    /// Judged in the later audit only.
    First,
    /// Judged in the earlier audit only.
    Missing,
    /// In neither.
    Never,
    /// The question or the scale has changed, so that the levels say different things.
    NotComparable,
}

/// One item in two audits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Which item.
    pub item: SmolStr,
    /// How it was judged then; `None` when nobody did.
    pub before: Option<Judged>,
    /// How it is judged now.
    pub after: Option<Judged>,
    /// How far it moved.
    pub movement: Movement,
}

/// One audit: the framework in the version it was made with, and how its items were judged.
#[derive(Debug, Clone, Copy)]
pub struct Audit<'a> {
    /// The framework.
    pub framework: &'a Framework,
    /// At most one for each item; later ones of the same item are not looked at.
    pub judged: &'a [Judged],
}

impl Audit<'_> {
    fn of(&self, item: &str) -> Option<&Judged> {
        self.judged.iter().find(|j| j.item == item)
    }
}

/// Every item of the later audit's framework in its order, then those that only the earlier one had.
pub fn compare(before: Audit<'_>, after: Audit<'_>) -> Vec<Compared> {
    let ours = after.framework.items();
    let gone = before.framework.items().filter(|i| after.framework.item(&i.id).is_none());
    let same_scale = levels(&before.framework.scale).eq(levels(&after.framework.scale));
    ours.chain(gone)
        .map(|item| {
            let text = |audit: &Audit<'_>| audit.framework.item(&item.id).map(|(_, i)| i.text.clone());
            let comparable = same_scale && text(&before) == text(&after);
            let (then, now) = (before.of(&item.id), after.of(&item.id));
            Compared {
                item: item.id.clone(),
                before: then.cloned(),
                after: now.cloned(),
                movement: movement(then, now, comparable.then_some(&after.framework.scale)),
            }
        })
        .collect()
}

fn levels(scale: &Scale) -> impl Iterator<Item = &SmolStr> {
    scale.levels.iter().map(|l| &l.code)
}

fn movement(before: Option<&Judged>, after: Option<&Judged>, scale: Option<&Scale>) -> Movement {
    let level = |judged: Option<&Judged>| judged.and_then(|j| j.level.clone());
    let (then, now) = match (level(before), level(after)) {
        (None, None) => return Movement::Never,
        (None, Some(_)) => return Movement::First,
        (Some(_), None) => return Movement::Missing,
        (Some(then), Some(now)) => (then, now),
    };
    let height = |code: &str| scale.and_then(|s| s.height(code));
    match (height(&then), height(&now)) {
        (Some(then), Some(now)) if now > then => Movement::Up(now - then),
        (Some(then), Some(now)) if now < then => Movement::Down(then - now),
        (Some(_), Some(_)) => Movement::Same,
        _ => Movement::NotComparable,
    }
}

/// One row of the profile: a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileRow {
    /// Which part.
    pub part: SmolStr,
    /// One field for each aspect, in the order of aspects.
    pub fields: Vec<Field>,
}

/// A part under an aspect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Which aspect.
    pub aspect: SmolStr,
    /// Levels that were agreed on, from the lowest, with how many items have each.
    pub levels: Vec<(SmolStr, usize)>,
    /// Items that have no level yet.
    pub open: usize,
    /// Items that somebody saw differently.
    pub disagreed: usize,
}

impl Field {
    /// The level the field is drawn in: the lowest there is, so that nothing weak hides behind what is strong.
    pub fn lowest(&self) -> Option<&SmolStr> {
        self.levels.first().map(|(level, _)| level)
    }
}

/// The profile on one page: parts against aspects.
pub fn profile(audit: Audit<'_>) -> Vec<ProfileRow> {
    let framework = audit.framework;
    let field = |part: &str, aspect: &SmolStr| {
        let items: Vec<_> = framework.field(part, aspect).map(|i| audit.of(&i.id)).collect();
        let judged = || items.iter().copied().flatten();
        let agreed = |code: &SmolStr| judged().filter(|j| j.level.as_ref() == Some(code)).count();
        let counted = levels(&framework.scale).map(|code| (code.clone(), agreed(code)));
        let levels: Vec<(SmolStr, usize)> = counted.filter(|(_, n)| *n > 0).collect();
        Field {
            aspect: aspect.clone(),
            open: items.len() - levels.iter().map(|(_, n)| n).sum::<usize>(),
            disagreed: judged().filter(|j| j.disagreed()).count(),
            levels,
        }
    };
    framework
        .parts
        .iter()
        .map(|p| ProfileRow {
            part: p.id.clone(),
            fields: framework.aspects.iter().map(|a| field(&p.id, &a.id)).collect(),
        })
        .collect()
}

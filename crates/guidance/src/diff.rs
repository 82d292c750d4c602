//! What differs between two bodies of guidance: the `guidance diff` command, and the page that shows what a local file
//! would change before it is switched on.

use kinfold_record::calendar::Calendar;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::form;
use crate::layer::LayerName;
use crate::library;
use crate::load::Guidance;
use crate::rule::{By, Due, Handoff, Rule};

/// How something differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A rule, or another item with versions, that was not there.
    Added,
    /// A rule that is no longer there.
    Removed,
    /// A new version of a rule that was there.
    NewVersion,
    /// The same version with other content (refused by the lock once published).
    Changed,
    /// A local rule (or another item with versions) takes the place of a national one.
    Supersedes,
    /// The calendar, a code list or the terms differ.
    Other,
}

/// One difference, in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// How.
    pub kind: ChangeKind,
    /// Rule id, or name of the file; of a form, framework, survey or plan its folder and id: "frameworks/healthy_care.audit".
    pub id: SmolStr,
    /// Version, for what has versions.
    pub version: Option<u16>,
    /// Which layer the new content is in (the old one, when removed).
    pub layer: LayerName,
    /// What differs, one line each: "due: 20 working days → 15 working days".
    pub lines: Vec<String>,
}

impl Guidance {
    /// What `other` changes, compared with this.
    pub fn diff(&self, other: &Self) -> Vec<Change> {
        let mut out = Vec::new();
        for new in &other.rules {
            let same = self.rule(&new.id, new.version);
            if same.is_some_and(|old| old.hash == new.hash) {
                continue;
            }
            let earlier = self.rules.iter().rfind(|r| r.id == new.id && r.version < new.version);
            let superseded =
                new.supersedes.as_ref().and_then(|s| self.rules.iter().rfind(|r| r.id == s.rule));
            let (kind, old) = match (same, earlier, superseded) {
                (Some(old), ..) => (ChangeKind::Changed, Some(old)),
                (_, Some(old), _) => (ChangeKind::NewVersion, Some(old)),
                (_, _, Some(old)) => (ChangeKind::Supersedes, Some(old)),
                _ => (ChangeKind::Added, None),
            };
            out.push(Change {
                kind,
                id: new.id.clone(),
                version: Some(new.version),
                layer: new.origin.layer.clone(),
                lines: old.map_or_else(|| summary(new), |old| differences(old, new)),
            });
        }
        for old in &self.rules {
            if other.rule(&old.id, old.version).is_none() {
                out.push(Change {
                    kind: ChangeKind::Removed,
                    id: old.id.clone(),
                    version: Some(old.version),
                    layer: old.origin.layer.clone(),
                    lines: summary(old),
                });
            }
        }
        out.extend(form::changes(&self.forms, &other.forms));
        out.extend(library::changes(&self.frameworks, &other.frameworks));
        out.extend(library::changes(&self.surveys, &other.surveys));
        out.extend(library::changes(&self.plans, &other.plans));
        out.extend(library::changes(&self.outlines, &other.outlines));
        out.extend(library::changes(&self.needs, &other.needs));
        let mut rest = |id: &str, changed: bool, lines: Vec<String>| {
            if changed {
                let (kind, layer) = (ChangeKind::Other, LayerName::National);
                out.push(Change { kind, id: id.into(), version: None, layer, lines });
            }
        };
        rest("calendar.toml", self.calendar != other.calendar, holidays(&self.calendar, &other.calendar));
        rest(
            "terms.toml",
            self.terms != other.terms,
            vec![format!("{} terms → {}", self.terms.len(), other.terms.len())],
        );
        rest(
            "inspection.toml",
            self.inspection != other.inspection,
            vec![format!("{} lists → {}", self.inspection.lists.len(), other.inspection.lists.len())],
        );
        for (name, list) in other.codes.lists() {
            let old = self.codes.list(name);
            let lines = list
                .codes
                .iter()
                .filter(|c| old.and_then(|o| o.get(&c.code)).is_none_or(|o| o.title != c.title))
                .map(|c| format!("{}: {}", c.code, c.title))
                .collect();
            rest(&format!("codes/{name}.csv"), old != Some(list), lines);
        }
        if self.board.groups != other.board.groups {
            out.push(Change {
                kind: ChangeKind::Other,
                id: "board.toml".into(),
                version: None,
                layer: other.board.layer.clone(),
                lines: columns(self, other),
            });
        }
        out
    }
}

fn columns(old: &Guidance, new: &Guidance) -> Vec<String> {
    let (old, new) = (&old.board.groups, &new.board.groups);
    let mut lines = Vec::new();
    for group in new {
        match old.iter().find(|g| g.id == group.id) {
            None => lines.push(format!("column “{}” is new", group.title)),
            Some(was) if was != group => lines.push(format!("column “{}” differs", group.title)),
            Some(_) => {}
        }
    }
    let gone = old.iter().filter(|g| !new.iter().any(|n| n.id == g.id));
    lines.extend(gone.map(|g| format!("column “{}” goes", g.title)));
    if lines.is_empty() {
        lines.push("the columns stand in another order".to_owned());
    }
    lines
}

fn holidays(old: &Calendar, new: &Calendar) -> Vec<String> {
    let mut lines = Vec::new();
    for (day, name) in &new.holidays {
        if !old.holidays.iter().any(|(d, _)| d == day) {
            lines.push(format!("{day} becomes a bank holiday ({name})"));
        }
    }
    for (day, name) in &old.holidays {
        if !new.holidays.iter().any(|(d, _)| d == day) {
            lines.push(format!("{day} is no longer a bank holiday ({name})"));
        }
    }
    if old.horizon != new.horizon {
        lines.push(format!("the calendar ends on {} → {}", old.horizon, new.horizon));
    }
    lines
}

fn by(due: &Due) -> String {
    let text = match &due.by {
        By::Within { period, .. } => format!("within {period}"),
        By::Start => "on the day it starts".to_owned(),
        By::AnchorEnd => "by its last day".to_owned(),
        By::Birthday(age) => format!("by the {age}th birthday"),
        By::Field(name) => format!("on the date in `{name}`"),
    };
    if due.before { format!("before the start, else {text}") } else { text }
}

fn facts(rule: &Rule) -> Vec<(&'static str, String)> {
    let list = |items: Vec<String>| items.join("; ");
    vec![
        ("title", rule.title.to_string()),
        ("source", rule.source.cite.clone()),
        ("confidence", rule.confidence.as_str().to_owned()),
        (
            "in force",
            format!(
                "{} to {}",
                rule.effective_from,
                rule.effective_to.map_or_else(|| "further notice".into(), |d| d.to_string())
            ),
        ),
        (
            "owner",
            format!("{}, else {}", rule.owner.role, rule.owner.fallback.as_deref().unwrap_or("nobody")),
        ),
        ("due", list(rule.due.iter().map(by).collect())),
        ("then", list(rule.then.iter().map(|t| by(&t.due)).collect())),
        ("starts", format!("{:?}", rule.starts)),
        ("met by", list(rule.met_by.iter().map(|m| m.filter.event.title().to_owned()).collect())),
        ("excused by", list(rule.excused_by.iter().map(|m| m.filter.event.title().to_owned()).collect())),
        ("ladder", list(rule.ladder.iter().map(|r| format!("after {}: {}", r.after, r.role)).collect())),
        ("hand-offs", list(rule.handoffs.iter().map(handoff).collect())),
    ]
}

fn handoff(h: &Handoff) -> String {
    match (h.within, h.before_due) {
        (Some(p), _) => format!("{} within {p}", h.title),
        (None, Some(p)) => format!("{} {p} before it is due", h.title),
        (None, None) => h.title.clone(),
    }
}

fn summary(rule: &Rule) -> Vec<String> {
    facts(rule)
        .into_iter()
        .filter(|(name, text)| !text.is_empty() && *name != "starts")
        .map(|(name, text)| format!("{name}: {text}"))
        .collect()
}

fn differences(old: &Rule, new: &Rule) -> Vec<String> {
    let mut lines: Vec<String> = facts(old)
        .into_iter()
        .zip(facts(new))
        .filter(|((_, a), (_, b))| a != b)
        .map(|((name, a), (_, b))| match name {
            // What starts a rule is too long for one line; the rule's page shows it in full.
            "starts" => "what starts it differs".to_owned(),
            _ => format!("{name}: {a} → {b}"),
        })
        .collect();
    if lines.is_empty() {
        lines.push("details of the wording or of a condition differ".to_owned());
    }
    lines
}

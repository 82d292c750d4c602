//! What differs between two libraries.

use smol_str::format_smolstr;

use super::{Head, Headed, Library};
use crate::diff::{Change, ChangeKind};

/// What `new` changes, compared with `old`.
pub(crate) fn changes<T: Headed>(old: &Library<T>, new: &Library<T>) -> Vec<Change> {
    let change = |kind: ChangeKind, head: &Head, lines: Vec<String>| Change {
        kind,
        id: format_smolstr!("{}/{}", T::FOLDER, head.id),
        version: Some(head.version),
        layer: head.origin.layer.clone(),
        lines,
    };
    let mut out = Vec::new();
    for item in &new.list {
        let head = item.head();
        let same = old.version(&head.id, head.version);
        if same.is_some_and(|was| was.head().hash == head.hash) {
            continue;
        }
        let earlier = old.list.iter().rfind(|x| x.head().id == head.id && x.head().version < head.version);
        let replaced = head.supersedes.as_ref();
        let replaced = replaced.and_then(|s| old.list.iter().rfind(|x| x.head().id == s.rule));
        let (kind, was) = match (same, earlier, replaced) {
            (Some(was), ..) => (ChangeKind::Changed, Some(was)),
            (_, Some(was), _) => (ChangeKind::NewVersion, Some(was)),
            (_, _, Some(was)) => (ChangeKind::Supersedes, Some(was)),
            _ => (ChangeKind::Added, None),
        };
        let lines = was.map_or_else(|| summary(head), |was| differences(item, was));
        out.push(change(kind, head, lines));
    }
    for item in &old.list {
        let head = item.head();
        if new.version(&head.id, head.version).is_none() {
            out.push(change(ChangeKind::Removed, head, summary(head)));
        }
    }
    out
}

fn facts(head: &Head) -> [(&'static str, String); 4] {
    let to = head.effective_to.map_or_else(|| "further notice".into(), |d| d.to_string());
    [
        ("title", head.title.to_string()),
        ("source", head.source.cite.clone()),
        ("confidence", head.confidence.as_str().to_owned()),
        ("in force", format!("{} to {to}", head.effective_from)),
    ]
}

fn summary(head: &Head) -> Vec<String> {
    facts(head).into_iter().map(|(name, text)| format!("{name}: {text}")).collect()
}

fn differences<T: Headed>(new: &T, old: &T) -> Vec<String> {
    let mut lines: Vec<String> = facts(old.head())
        .into_iter()
        .zip(facts(new.head()))
        .filter(|((_, a), (_, b))| a != b)
        .map(|((name, a), (_, b))| format!("{name}: {a} → {b}"))
        .collect();
    lines.extend(new.differences(old));
    if lines.is_empty() {
        lines.push("details of the wording differ".to_owned());
    }
    lines
}

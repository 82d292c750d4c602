//! Which rules the board counts together: `guidance/board.toml`, and the strand for a rule that no group names.

use kinfold_pathway::Rules;
use serde::Deserialize;

use crate::error::{Error, Result};

/// A column of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Stable, for addresses: `first_review`.
    pub id: String,
    /// What a person reads: "First review".
    pub title: String,
    /// The ids of the rules counted in it, in order.
    pub rules: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    group: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    id: String,
    title: String,
    rules: Vec<String>,
}

impl Listed {
    fn names(&self, rule: &str) -> bool {
        self.rules.iter().any(|name| match name.strip_suffix('*') {
            Some(start) => rule.starts_with(start),
            None => rule == name,
        })
    }
}

/// Every group that holds a rule, in the order of the file, then one for each strand with rules that no group names.
pub(super) fn groups(rules: &Rules) -> Result<Vec<Group>> {
    let file: File = toml::from_str(include_str!("../../../../guidance/board.toml"))
        .map_err(|e| Error::Guidance(format!("guidance/board.toml: {e}")))?;
    let mut groups: Vec<Group> = file
        .group
        .iter()
        .map(|g| Group { id: g.id.clone(), title: g.title.clone(), rules: Vec::new() })
        .collect();
    for rule in rules.all() {
        let at = match file.group.iter().position(|g| g.names(&rule.id)) {
            Some(at) => at,
            None => {
                let id = format!("strand-{}", rule.strand.as_str());
                groups.iter().position(|g| g.id == id).unwrap_or_else(|| {
                    groups.push(Group {
                        id,
                        title: format!("{}: other", rule.strand.title()),
                        rules: Vec::new(),
                    });
                    groups.len() - 1
                })
            }
        };
        let held = &mut groups[at].rules;
        // A rule comes once for each of its versions.
        if held.last().is_none_or(|last| last != rule.id.as_str())
            && !held.iter().any(|r| r == rule.id.as_str())
        {
            held.push(rule.id.to_string());
        }
    }
    groups.retain(|g| !g.rules.is_empty());
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use kinfold_guidance::Guidance;

    use super::*;

    #[test]
    fn every_rule_is_in_one_group_and_reviews_are_told_apart() {
        let guidance = Guidance::national().unwrap();
        let rules = Rules::compile(&guidance);
        let groups = groups(&rules).unwrap();
        for id in guidance.ids() {
            let holding: Vec<_> =
                groups.iter().filter(|g| g.rules.iter().any(|r| r == id.as_str())).collect();
            assert_eq!(holding.len(), 1, "{id}");
        }
        let of = |id: &str| groups.iter().find(|g| g.rules.iter().any(|r| r == id)).map(|g| g.id.as_str());
        assert_eq!(of("review.first"), Some("first_review"));
        assert_eq!(of("review.later"), Some("later_reviews"));
        assert_eq!(of("health.initial"), Some("initial_health"));
        assert!(
            groups.iter().all(|g| !g.id.starts_with("strand-")),
            "a national rule is in no group of the file"
        );
    }
}

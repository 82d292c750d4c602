//! Which rules the board counts together: `board.toml` of the guidance, the national one or the council's own, and the
//! strand for a rule that no group names.

use kinfold_guidance::Guidance;

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

/// Every group that holds a rule, in the order of the file, then one for each strand with rules that no group names.
pub(super) fn groups(guidance: &Guidance) -> Vec<Group> {
    let columns = &guidance.board.groups;
    let mut groups: Vec<Group> = columns
        .iter()
        .map(|g| Group { id: g.id.to_string(), title: g.title.clone(), rules: Vec::new() })
        .collect();
    for rule in &guidance.rules {
        let at = match columns.iter().position(|g| g.names(&rule.id)) {
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
    groups
}

#[cfg(test)]
mod tests {
    use kinfold_guidance::{Layer, LayerName};

    use super::*;

    #[test]
    fn every_rule_is_in_one_group_and_reviews_are_told_apart() {
        let guidance = Guidance::national().unwrap();
        let groups = groups(&guidance);
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
        let idle: Vec<_> =
            guidance.board.groups.iter().filter(|g| !groups.iter().any(|held| *held.id == g.id)).collect();
        assert!(idle.is_empty(), "no rule is counted in {idle:?}");
    }

    #[test]
    fn a_council_has_its_own_columns() {
        let file = "[[group]]\nid = \"in_time\"\ntitle = \"Reviews in time\"\nrules = [\"review.*\"]\n";
        let own = Layer::from_texts(
            LayerName::Local("fernshire".into()),
            [("board.toml".to_owned(), file.to_owned())],
        );
        let groups = groups(&Guidance::load(&[Layer::national(), own]).unwrap());
        assert_eq!(groups[0].title, "Reviews in time");
        assert!(groups[0].rules.iter().any(|r| r == "review.first"));
        assert!(groups[1..].iter().all(|g| g.id.starts_with("strand-")));
        assert!(groups.iter().any(|g| g.rules.iter().any(|r| r == "visit.standard")));
    }
}

//! The health of the birth family, and each decision to share it.

use kinfold_record::{Entry, Event};
use smol_str::SmolStr;

use super::{HealthFacts, Source};

/// A fact about the health of the birth family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyFact {
    /// Where it stands.
    pub source: Source,
    /// Its reference.
    pub item: SmolStr,
    /// Whose: a code of `family_relation`.
    pub relation: SmolStr,
    /// What about: a code of `family_health`.
    pub topic: SmolStr,
    /// Whether they agree that it is shared.
    pub agreed: Option<bool>,
    /// What is known.
    pub text: Option<String>,
    /// Every decision to share it or not, oldest first.
    pub decisions: Vec<SharingDecision>,
}

/// A decision whether a fact about the birth family is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharingDecision {
    /// Where it stands.
    pub source: Source,
    /// A code of `sharing_decision`.
    pub decision: SmolStr,
    /// Codes of `health_recipient`.
    pub recipients: Vec<SmolStr>,
    /// By name.
    pub to: Option<String>,
    /// Who decided, in what role.
    pub decided_by: Option<String>,
    /// Why.
    pub why: Option<String>,
}

impl FamilyFact {
    /// Whether the decision that stands gives it to this recipient (a code of `health_recipient`). The last decision alone
    /// counts: an older one may have been made before something went wrong. A fact shared in part needs somebody who
    /// writes down the part, so it is never taken over by a program.
    pub fn shared_with(&self, recipient: &str) -> bool {
        self.decisions
            .last()
            .is_some_and(|d| d.decision == "share" && d.recipients.iter().any(|r| r == recipient))
    }
}

impl HealthFacts {
    pub(super) fn birth_family(&mut self, entries: &[&Entry]) {
        for entry in entries {
            match &entry.event {
                Event::FamilyHistory { item, relation, topic, agreed, told_by, text } => {
                    // A fact told again in other words is another fact until somebody decides anew.
                    self.family.retain(|f| f.item != *item);
                    self.family.push(FamilyFact {
                        source: Source::of(entry, told_by.as_ref()),
                        item: item.clone(),
                        relation: relation.clone(),
                        topic: topic.clone(),
                        agreed: *agreed,
                        text: text.clone(),
                        decisions: Vec::new(),
                    });
                }
                Event::FamilyHistoryShared { item, decision, recipients, to, decided_by, why } => {
                    for fact in self.family.iter_mut().filter(|f| f.item == *item) {
                        fact.decisions.push(SharingDecision {
                            source: Source::of(entry, None),
                            decision: decision.clone(),
                            recipients: recipients.clone().unwrap_or_default(),
                            to: to.clone(),
                            decided_by: decided_by.clone(),
                            why: why.clone(),
                        });
                    }
                }
                _ => {}
            }
        }
    }
}

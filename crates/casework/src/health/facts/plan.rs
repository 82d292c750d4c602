//! The health plan: needs, and who does what about them by when.

use jiff::civil::Date;
use kinfold_record::{Entry, Event};
use smol_str::SmolStr;

use super::{HealthFacts, Source};

/// A health need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Where it stands.
    pub source: Source,
    /// Its reference.
    pub need: SmolStr,
    /// What about: a code of `health_area`.
    pub area: SmolStr,
    /// What is needed.
    pub text: String,
    /// What should become better.
    pub goal: Option<String>,
    /// What the child said.
    pub child_words: Option<String>,
    /// How it ended: a code of `need_outcome`, and the day.
    pub closed: Option<(Date, SmolStr)>,
    /// What is done about it, by day.
    pub actions: Vec<PlanAction>,
}

/// What somebody is to do by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanAction {
    /// Where it stands.
    pub source: Source,
    /// Its reference.
    pub action: SmolStr,
    /// For which need.
    pub need: Option<SmolStr>,
    /// What will be done.
    pub text: String,
    /// Who does it now: a code of `action_owner`.
    pub owner: SmolStr,
    /// Their name, where it was written down.
    pub owner_name: Option<String>,
    /// By when now.
    pub by: Date,
    /// The day it was first to be done by, when it was moved.
    pub first_by: Option<Date>,
    /// What came of it.
    pub answer: Option<Answer>,
    /// Whether it helped, and the day somebody looked.
    pub helped: Option<(Date, bool)>,
}

/// What came of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The day.
    pub on: Date,
    /// A code of `action_outcome`.
    pub outcome: SmolStr,
    /// Why it is not provided: a code of `not_provided`.
    pub reason: Option<SmolStr>,
    /// What was done, or why not.
    pub text: Option<String>,
}

impl HealthFacts {
    pub(super) fn needs_and_actions(&mut self, entries: &[&Entry]) {
        let mut actions: Vec<PlanAction> = Vec::new();
        for entry in entries {
            match &entry.event {
                Event::HealthNeed { need, area, text, goal, child_words, told_by, .. } => {
                    // Said again, a need is the same need in newer words.
                    self.needs.retain(|n| n.need != *need);
                    self.needs.push(Need {
                        source: Source::of(entry, told_by.as_ref()),
                        need: need.clone(),
                        area: area.clone(),
                        text: text.clone(),
                        goal: goal.clone(),
                        child_words: child_words.clone(),
                        closed: None,
                        actions: Vec::new(),
                    });
                }
                Event::HealthNeedClosed { need, outcome, .. } => {
                    for open in self.needs.iter_mut().filter(|n| n.need == *need) {
                        open.closed = Some((entry.happened_on, outcome.clone()));
                    }
                }
                Event::HealthAction { action, text, owner, by, need, owner_name, .. } => {
                    actions.push(PlanAction {
                        source: Source::of(entry, None),
                        action: action.clone(),
                        need: need.clone(),
                        text: text.clone(),
                        owner: owner.clone(),
                        owner_name: owner_name.clone(),
                        by: *by,
                        first_by: None,
                        answer: None,
                        helped: None,
                    })
                }
                Event::HealthActionMoved { action, owner, by, owner_name, .. } => {
                    for moved in actions.iter_mut().filter(|a| a.action == *action) {
                        moved.first_by.get_or_insert(moved.by);
                        (moved.by, moved.owner, moved.owner_name) = (*by, owner.clone(), owner_name.clone());
                    }
                }
                Event::HealthActionAnswered { action, outcome, reason, text } => {
                    for answered in actions.iter_mut().filter(|a| a.action == *action) {
                        answered.answer = Some(Answer {
                            on: entry.happened_on,
                            outcome: outcome.clone(),
                            reason: reason.clone(),
                            text: text.clone(),
                        });
                    }
                }
                Event::HealthActionReviewed { action, helped, .. } => {
                    for looked in actions.iter_mut().filter(|a| a.action == *action) {
                        looked.helped = Some((entry.happened_on, *helped));
                    }
                }
                _ => {}
            }
        }
        actions.sort_by_key(|a| (a.answer.is_some(), a.by));
        for action in actions {
            let need = self.needs.iter_mut().find(|n| action.need.as_ref() == Some(&n.need));
            match need {
                Some(need) => need.actions.push(action),
                None => self.loose.push(action),
            }
        }
        // How a child feels comes before everything else in the plan.
        self.needs
            .sort_by_key(|n| (n.closed.is_some(), !matches!(n.area.as_str(), "emotional" | "behaviour")));
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;
    use kinfold_record::{ChildId, EntryId, Sensitivity};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_one_form_records_is_read_alike_in_whatever_order_its_ids_fall() {
        let day = date(2026, 11, 2);
        let events = [
            serde_json::json!({"kind": "health_need", "need": "1", "area": "teeth", "text": "Is afraid of the dentist"}),
            serde_json::json!({"kind": "health_action", "action": "a", "need": "1", "text": "See to it", "owner": "gp", "by": "2026-12-02"}),
            serde_json::json!({"kind": "health_action_answered", "action": "a", "outcome": "not_provided", "reason": "too_long"}),
        ];
        let entry = |id: u128, event: &serde_json::Value| Entry {
            id: EntryId(Uuid::from_u128(id)),
            child: ChildId(Uuid::from_u128(9)),
            happened_on: day,
            happened_at: None,
            recorded_at: Timestamp::UNIX_EPOCH,
            recorded_by: None,
            source: None,
            sensitivity: Sensitivity::Ordinary,
            about: Vec::new(),
            replaces: None,
            event: serde_json::from_value(event.clone()).unwrap(),
        };
        for ids in [[1, 2, 3], [3, 2, 1], [2, 3, 1], [1, 3, 2]] {
            let entries: Vec<Entry> = ids.iter().zip(&events).map(|(id, event)| entry(*id, event)).collect();
            let facts = HealthFacts::of(&entries.iter().collect::<Vec<_>>(), day);
            let answer = facts.needs[0].actions[0].answer.as_ref();
            assert_eq!(answer.map(|a| a.outcome.as_str()), Some("not_provided"), "{ids:?}");
        }
    }
}

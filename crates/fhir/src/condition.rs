//! Conditions and difficulties.

use kinfold_record::{Entry, Event};
use serde_json::{Value, json};

use crate::part::{concept, day, hl7, identified, notes, to, uk_core, words};
use crate::{Facts, Resource};

pub(crate) fn of(facts: &Facts<'_>, entry: &Entry) -> Vec<Resource> {
    let Event::ConditionNoted { item, name, diagnosed, code, since, care, text, .. } = &entry.event else {
        return Vec::new();
    };
    let over = facts.entries.iter().rev().find_map(|later| match &later.event {
        Event::ConditionEnded { item: other, .. } if other == item => Some(later.happened_on),
        _ => None,
    });
    let status = if over.is_some() { "resolved" } else { "active" };
    let sure = if *diagnosed == Some(true) { "confirmed" } else { "unconfirmed" };
    vec![
        Resource::new("Condition", entry.id.to_string())
            .profile(&uk_core("Condition"))
            .with("identifier", identified(&entry.id.to_string()))
            .with("clinicalStatus", concept(&hl7("condition-clinical"), status, None))
            .with("verificationStatus", concept(&hl7("condition-ver-status"), sure, None))
            .with("category", json!([concept(&hl7("condition-category"), "problem-list-item", None)]))
            .with("code", words(name, code.as_deref()))
            .with("subject", to(&facts.patient()))
            .with("onsetDateTime", since.map_or(Value::Null, day))
            .with("abatementDateTime", over.map_or(Value::Null, day))
            .with("recordedDate", entry.recorded_at.to_string())
            .with("note", notes([care.as_deref(), text.as_deref()])),
    ]
}

//! Medicines the child takes or took.

use kinfold_record::{Entry, Event};
use serde_json::json;

use crate::part::{identified, notes, to, uk_core, words};
use crate::{Facts, Resource};

pub(crate) fn of(facts: &Facts<'_>, entry: &Entry) -> Vec<Resource> {
    let Event::MedicineStarted { item, name, dose, how, against, code, text, .. } = &entry.event else {
        return Vec::new();
    };
    let after = facts.entries.iter().skip_while(|other| other.id != entry.id).skip(1);
    // Stopped, or told again under the same reference with another dose: then the newer words are the ones in force.
    let ended = after.clone().find_map(|later| match &later.event {
        Event::MedicineStopped { item: other, text } if other == item => {
            Some((later.happened_on, "stopped", text.as_deref()))
        }
        Event::MedicineStarted { item: other, .. } if other == item => {
            Some((later.happened_on, "completed", None))
        }
        _ => None,
    });
    let mut period = json!({ "start": entry.happened_on.to_string() });
    if let (Some((end, ..)), Some(map)) = (ended, period.as_object_mut()) {
        map.insert("end".to_owned(), json!(end.to_string()));
    }
    let taken: Vec<&str> =
        [dose, how].into_iter().flatten().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    let taken = (!taken.is_empty()).then(|| json!([{ "text": taken.join(", ") }]));
    let against = against.as_deref().map(str::trim).filter(|why| !why.is_empty());
    vec![
        Resource::new("MedicationStatement", entry.id.to_string())
            .profile(&uk_core("MedicationStatement"))
            .with("identifier", identified(&entry.id.to_string()))
            .with("status", ended.map_or("active", |(_, status, _)| status))
            .with("medicationCodeableConcept", words(name, code.as_deref()))
            .with("subject", to(&facts.patient()))
            .with("effectivePeriod", period)
            .with("dateAsserted", entry.recorded_at.to_string())
            .with("reasonCode", against.map(|why| json!([{ "text": why }])).unwrap_or_default())
            .with("note", notes([text.as_deref(), ended.and_then(|(_, _, text)| text)]))
            .with("dosage", taken.unwrap_or_default()),
    ]
}

//! Allergies and intolerances.

use kinfold_record::{Entry, Event};
use serde_json::{Value, json};

use crate::part::{concept, day, hl7, identified, notes, to, uk_core, words};
use crate::{Facts, Resource};

pub(crate) fn of(facts: &Facts<'_>, entry: &Entry) -> Vec<Resource> {
    let Event::AllergyNoted { item, name, allergy, severity, reaction, emergency, code, since, .. } =
        &entry.event
    else {
        return Vec::new();
    };
    let over = facts
        .entries
        .iter()
        .any(|later| matches!(&later.event, Event::AllergyEnded { item: other, .. } if other == item));
    let category = match allergy.as_deref() {
        Some("food") => json!(["food"]),
        Some("medicine") => json!(["medication"]),
        Some("animal" | "plant" | "material") => json!(["environment"]),
        _ => Value::Null,
    };
    let criticality = match severity.as_deref() {
        Some("severe" | "life_threatening") => json!("high"),
        Some("mild" | "moderate") => json!("low"),
        Some(_) => json!("unable-to-assess"),
        None => Value::Null,
    };
    let grade = match severity.as_deref() {
        Some("mild") => Some("mild"),
        Some("moderate") => Some("moderate"),
        Some("severe" | "life_threatening") => Some("severe"),
        _ => None,
    };
    let reaction = reaction.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(|text| {
        let mut reaction = json!({ "manifestation": [{ "text": text }] });
        if let (Some(grade), Some(map)) = (grade, reaction.as_object_mut()) {
            map.insert("severity".to_owned(), json!(grade));
        }
        json!([reaction])
    });
    vec![
        Resource::new("AllergyIntolerance", entry.id.to_string())
            .profile(&uk_core("AllergyIntolerance"))
            .with("identifier", identified(&entry.id.to_string()))
            .with(
                "clinicalStatus",
                concept(&hl7("allergyintolerance-clinical"), if over { "resolved" } else { "active" }, None),
            )
            .with("verificationStatus", concept(&hl7("allergyintolerance-verification"), "unconfirmed", None))
            .with("category", category)
            .with("criticality", criticality)
            .with("code", words(name, code.as_deref()))
            .with("patient", to(&facts.patient()))
            .with("onsetDateTime", since.map_or(Value::Null, day))
            .with("recordedDate", entry.recorded_at.to_string())
            .with("note", notes([emergency.as_deref()]))
            .with("reaction", reaction.unwrap_or_default()),
    ]
}

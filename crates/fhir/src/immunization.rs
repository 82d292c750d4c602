//! Immunisations given and not given.

use kinfold_record::{Entry, Event};
use serde_json::{Value, json};

use crate::part::{concept, day, identified, notes, own, to, uk_core};
use crate::{Facts, Resource};

/// What a note says of a day that is only estimated: taken in again, it says the same.
pub(crate) const ESTIMATED: &str = "The date is estimated.";

pub(crate) fn of(facts: &Facts<'_>, entry: &Entry) -> Vec<Resource> {
    let titled = |list: &str, code: &str| concept(&own(list), code, Some(facts.titles.title(list, code)));
    let start = |status: &str, vaccine: &str| {
        Resource::new("Immunization", entry.id.to_string())
            .profile(&uk_core("Immunization"))
            .with("identifier", identified(&entry.id.to_string()))
            .with("status", status)
            .with("vaccineCode", titled("vaccine", vaccine))
            .with("patient", to(&facts.patient()))
            .with("occurrenceDateTime", day(entry.happened_on))
            .with("recorded", entry.recorded_at.to_string())
    };
    let told =
        |told_by: &Option<_>| told_by.as_deref().map_or(Value::Null, |code| titled("provenance", code));
    match &entry.event {
        Event::ImmunisationGiven { vaccine, dose, estimated, batch, place, told_by } => {
            let protocol =
                dose.filter(|dose| *dose > 0).map(|dose| json!([{ "doseNumberPositiveInt": dose }]));
            let place = place.as_deref().map(str::trim).filter(|place| !place.is_empty());
            let estimated = (*estimated == Some(true)).then_some(ESTIMATED);
            vec![
                start("completed", vaccine)
                    // What we were told by others is not the record of whoever gave it.
                    .with("primarySource", told_by.as_deref() == Some("seen"))
                    .with("reportOrigin", told(told_by))
                    .with("lotNumber", batch.clone().map_or(Value::Null, Value::String))
                    .with("location", place.map(|place| json!({ "display": place })).unwrap_or_default())
                    .with("note", notes([estimated]))
                    .with("protocolApplied", protocol.unwrap_or_default()),
            ]
        }
        Event::ImmunisationNotGiven { vaccine, reason, dose, told_by, text } => {
            let protocol =
                dose.filter(|dose| *dose > 0).map(|dose| json!([{ "doseNumberPositiveInt": dose }]));
            vec![
                start("not-done", vaccine)
                    .with("statusReason", titled("not_immunised", reason))
                    .with("primarySource", told_by.as_deref() == Some("seen"))
                    .with("reportOrigin", told(told_by))
                    .with("note", notes([text.as_deref()]))
                    .with("protocolApplied", protocol.unwrap_or_default()),
            ]
        }
        _ => Vec::new(),
    }
}

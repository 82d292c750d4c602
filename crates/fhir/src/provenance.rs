//! When and from what a fact was recorded.

use kinfold_record::Entry;
use serde_json::json;

use crate::Resource;
use crate::part::{concept, hl7, to, uk_core};

/// One for everything an entry became. It names no person: who recorded it is in the log of the record.
pub(crate) fn provenance(entry: &Entry, made: &[Resource]) -> Resource {
    let targets: Vec<_> = made.iter().map(|resource| to(&resource.reference())).collect();
    let agent = json!({
        "type": concept(&hl7("provenance-participant-type"), "author", None),
        "who": { "display": if entry.recorded_by.is_some() { "A colleague of the authority" } else { "Imported" } },
    });
    Resource::new("Provenance", format!("{}-provenance", entry.id))
        .profile(&uk_core("Provenance"))
        .with("target", targets)
        .with("occurredDateTime", entry.happened_on.to_string())
        .with("recorded", entry.recorded_at.to_string())
        .with("agent", json!([agent]))
}

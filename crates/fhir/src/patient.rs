//! The child.

use kinfold_record::identifiers::nhs_number;
use serde_json::{Value, json};

use crate::part::{NHS_NUMBER, day, own, uk_core};
use crate::{Facts, Resource};

pub(crate) fn patient(facts: &Facts<'_>) -> Resource {
    let identity = facts.identity;
    let mut identifiers = Vec::new();
    // Only a number whose check digit fits is an NHS number; another one would find another child.
    if let Some(number) = identity.nhs_number.as_ref().and_then(|number| nhs_number(number).ok()) {
        identifiers.push(json!({ "system": NHS_NUMBER, "value": number }));
    }
    if let Some(local) = identity.local_id.as_ref().filter(|id| !id.trim().is_empty()) {
        identifiers.push(json!({ "system": own("local_id"), "value": local.trim() }));
    }
    let mut names = Vec::new();
    names.extend(name("official", &[&identity.given_name], &identity.family_name));
    names.extend(identity.known_as.as_ref().and_then(|known| name("usual", &[known], "")));
    names.extend(identity.also_known_as.iter().filter_map(|other| name_in_words(other)));
    let gender = match identity.sex.as_deref() {
        Some("M" | "1") => "male",
        Some("F" | "2") => "female",
        _ => "unknown",
    };
    Resource::new("Patient", facts.child.to_string())
        .profile(&uk_core("Patient"))
        .with("identifier", identifiers)
        .with("name", names)
        .with("gender", gender)
        .with("birthDate", facts.born.map_or(Value::Null, day))
        .with("deceasedDateTime", facts.died.map_or(Value::Null, day))
}

fn name(kind: &str, given: &[&str], family: &str) -> Option<Value> {
    let given: Vec<&str> = given.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    let family = family.trim();
    match (given.is_empty(), family.is_empty()) {
        (true, true) => None,
        (true, false) => Some(json!({ "use": kind, "family": family })),
        (false, true) => Some(json!({ "use": kind, "given": given })),
        (false, false) => Some(json!({ "use": kind, "family": family, "given": given })),
    }
}

fn name_in_words(text: &str) -> Option<Value> {
    let text = text.trim();
    (!text.is_empty()).then(|| json!({ "use": "old", "text": text }))
}

//! Consent to one decision.

use kinfold_record::{Entry, Event};
use serde_json::{Value, json};

use crate::part::{concept, hl7, identified, own, to, uk_core};
use crate::{Facts, Resource};

pub(crate) fn of(facts: &Facts<'_>, entry: &Entry) -> Vec<Resource> {
    let Event::Consent { decision, outcome, by, until, .. } = &entry.event else { return Vec::new() };
    let (status, permit) = match outcome.as_str() {
        "given" => ("active", Some("permit")),
        "refused" => ("active", Some("deny")),
        "withdrawn" => ("inactive", None),
        "asked" => ("proposed", None),
        _ => ("rejected", None),
    };
    let scope = match decision.as_str() {
        "sharing" | "history" | "family_history" => "patient-privacy",
        _ => "treatment",
    };
    let mut provision = serde_json::Map::new();
    if let Some(permit) = permit {
        provision.insert("type".to_owned(), json!(permit));
    }
    if let Some(until) = until {
        let from = entry.happened_on.min(*until);
        provision.insert("period".to_owned(), json!({ "start": from.to_string(), "end": until.to_string() }));
    }
    if let Some(by) = by {
        let role = concept(&own("consent_giver"), by, Some(facts.titles.title("consent_giver", by)));
        // Who decided is said by their part in the child's life, never by name.
        let who = json!({ "display": facts.titles.title("consent_giver", by) });
        provision.insert("actor".to_owned(), json!([{ "role": role, "reference": who }]));
    }
    vec![
        Resource::new("Consent", entry.id.to_string())
            .profile(&uk_core("Consent"))
            .with("identifier", identified(&entry.id.to_string()))
            .with("status", status)
            .with("scope", concept(&hl7("consentscope"), scope, None))
            .with(
                "category",
                json!([concept(
                    &own("consent_decision"),
                    decision,
                    Some(facts.titles.title("consent_decision", decision))
                )]),
            )
            .with("patient", to(&facts.patient()))
            .with("dateTime", entry.happened_on.to_string())
            // R4 asks for a policy; ours is the law of England as it stands.
            .with("policyRule", json!({ "text": "Children Act 1989; Family Law Reform Act 1969 section 8" }))
            .with("provision", Value::Object(provision)),
    ]
}

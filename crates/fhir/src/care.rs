//! What is to be done for the child's health: referrals and actions.

use kinfold_record::{Entry, Event};
use serde_json::{Value, json};

use crate::part::{concept, day, identified, notes, own, to, uk_core};
use crate::{Facts, Resource, plan};

/// A referral with what became of it.
pub(crate) fn referral(facts: &Facts<'_>, entry: &Entry) -> Vec<Resource> {
    let Event::ReferralMade {
        referral, service, goal, to: service_name, urgent, waiting_since, text, ..
    } = &entry.event
    else {
        return Vec::new();
    };
    let last = facts.entries.iter().rev().find_map(|later| match &later.event {
        Event::ReferralStep { referral: other, step, .. } if other == referral => Some(step.as_str()),
        _ => None,
    });
    let status = match last {
        Some("closed") => "completed",
        Some("declined" | "withdrawn" | "passed_on") => "revoked",
        _ => "active",
    };
    let performer = service_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    vec![
        Resource::new("ServiceRequest", entry.id.to_string())
            .profile(&uk_core("ServiceRequest"))
            .with("identifier", identified(&entry.id.to_string()))
            .with("status", status)
            .with("intent", "order")
            .with("priority", if *urgent == Some(true) { "urgent" } else { "routine" })
            .with(
                "code",
                concept(
                    &own("referral_service"),
                    service,
                    Some(facts.titles.title("referral_service", service)),
                ),
            )
            .with("subject", to(&facts.patient()))
            // The wait counts from the first day, whichever area it began in.
            .with("occurrenceDateTime", waiting_since.map_or(Value::Null, day))
            .with("authoredOn", day(entry.happened_on))
            .with("performer", performer.map_or(Value::Null, |name| json!([{ "display": name }])))
            .with(
                "reasonCode",
                json!([{ "text": if goal.trim().is_empty() { "Not said" } else { goal.trim() } }]),
            )
            .with("note", notes([text.as_deref()])),
    ]
}

/// An action of the health plan with its owner, its day and its answer.
pub(crate) fn action(facts: &Facts<'_>, entry: &Entry) -> Vec<Resource> {
    let Event::HealthAction { action, text, owner, by, need, .. } = &entry.event else { return Vec::new() };
    let mut owner = owner.as_str();
    let mut by = *by;
    let mut status = "requested";
    let mut reason = Value::Null;
    for later in facts.entries {
        match &later.event {
            Event::HealthActionMoved { action: other, owner: to, by: day, .. } if other == action => {
                owner = to;
                by = *day;
            }
            Event::HealthActionAnswered { action: other, outcome, .. } if other == action => {
                status = match outcome.as_str() {
                    "done" | "done_in_part" => "completed",
                    "not_wanted" => "rejected",
                    _ => "cancelled",
                };
                let title = facts.titles.title("action_outcome", outcome);
                reason = concept(&own("action_outcome"), outcome, Some(title));
            }
            _ => {}
        }
    }
    let role = concept(&own("action_owner"), owner, Some(facts.titles.title("action_owner", owner)));
    vec![
        Resource::new("Task", entry.id.to_string())
            .with("identifier", identified(&entry.id.to_string()))
            .with(
                "basedOn",
                plan::of_need(facts, need.as_deref())
                    .map(|plan| json!([to(&format!("CarePlan/{plan}"))]))
                    .unwrap_or_default(),
            )
            .with("status", status)
            .with("statusReason", reason)
            .with("intent", "order")
            .with("description", text.as_str())
            .with("for", to(&facts.patient()))
            .with("authoredOn", entry.recorded_at.to_string())
            .with("performerType", json!([role]))
            .with("restriction", json!({ "period": { "end": by.to_string() } })),
    ]
}

//! A need of the child's health with what is done about it, as a plan of care.

use kinfold_record::{Entry, EntryId, Event};
use serde_json::{Value, json};

use crate::part::{concept, day, identified, notes, own, to, uk_core};
use crate::{Facts, Resource};

/// A need as a CarePlan: its actions are Tasks of their own, which it refers to where the reader may read them.
pub(crate) fn of(facts: &Facts<'_>, entry: &Entry) -> Vec<Resource> {
    let Event::HealthNeed { need, area, text, goal, child_words, .. } = &entry.event else {
        return Vec::new();
    };
    let closed = facts.entries.iter().rev().find_map(|later| match &later.event {
        Event::HealthNeedClosed { need: other, text, .. } if other == need => {
            Some((later.happened_on, text.as_deref()))
        }
        _ => None,
    });
    let mut period = json!({ "start": entry.happened_on.to_string() });
    // An end before the start is no period: what was closed on an earlier day is only closed.
    if let (Some((end, _)), Some(map)) =
        (closed.filter(|(end, _)| *end >= entry.happened_on), period.as_object_mut())
    {
        map.insert("end".to_owned(), json!(end.to_string()));
    }
    let tasks: Vec<Value> = facts
        .entries
        .iter()
        .filter(|other| matches!(&other.event, Event::HealthAction { need: Some(of), .. } if of == need))
        .map(|action| json!({ "reference": to(&format!("Task/{}", action.id)) }))
        .collect();
    let title = facts.titles.title("health_area", area);
    let said = child_words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let said = said.map(|words| format!("In the child's own words: {words}"));
    vec![
        Resource::new("CarePlan", entry.id.to_string())
            .profile(&uk_core("CarePlan"))
            .with("identifier", identified(&entry.id.to_string()))
            .with("status", if closed.is_some() { "completed" } else { "active" })
            .with("intent", "plan")
            .with("category", json!([concept(&own("health_area"), area, Some(title))]))
            .with("title", title)
            .with("description", text.trim())
            .with("subject", to(&facts.patient()))
            .with("period", period)
            .with("created", day(entry.happened_on))
            .with("activity", tasks)
            .with("note", notes([goal.as_deref(), said.as_deref(), closed.and_then(|(_, text)| text)])),
    ]
}

/// The plan that an action belongs to, where its need may be read.
pub(crate) fn of_need(facts: &Facts<'_>, need: Option<&str>) -> Option<EntryId> {
    let need = need?;
    facts.entries.iter().find_map(|entry| match &entry.event {
        Event::HealthNeed { need: own, .. } if own == need => Some(entry.id),
        _ => None,
    })
}

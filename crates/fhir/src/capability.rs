//! What a server says it can do.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::Resource;

/// One type of resource that is served.
#[derive(Debug, Clone, Copy)]
pub struct Served<'a> {
    /// The type.
    pub kind: &'a str,
    /// The address of the profile it conforms to, where there is one.
    pub profile: Option<&'a str>,
    /// Whether one may be read by its id.
    pub read: bool,
    /// Whether it may be sent in, and not only read.
    pub create: bool,
    /// Search parameters with their types. Without any it is not searched.
    pub search: &'a [(&'a str, &'a str)],
    /// Operations by name, without the `$`, with the addresses of their definitions.
    pub operations: &'a [(&'a str, &'a str)],
}

/// The statement of a server: `version` and `date` of the software, the types it serves.
pub fn capability(version: &str, date: Date, served: &[Served<'_>]) -> Resource {
    let resources: Vec<Value> = served
        .iter()
        .map(|one| {
            let does = [("read", one.read), ("search-type", !one.search.is_empty()), ("create", one.create)];
            let interaction: Vec<Value> =
                does.iter().filter(|(_, yes)| *yes).map(|(code, _)| json!({ "code": code })).collect();
            let search: Vec<Value> =
                one.search.iter().map(|(name, kind)| json!({ "name": name, "type": kind })).collect();
            let operations: Vec<Value> = one
                .operations
                .iter()
                .map(|(name, definition)| json!({ "name": name, "definition": definition }))
                .collect();
            let mut resource = json!({ "type": one.kind });
            if let Some(map) = resource.as_object_mut() {
                if !interaction.is_empty() {
                    map.insert("interaction".to_owned(), json!(interaction));
                }
                if let Some(profile) = one.profile {
                    map.insert("supportedProfile".to_owned(), json!([profile]));
                }
                if !search.is_empty() {
                    map.insert("searchParam".to_owned(), json!(search));
                }
                if !operations.is_empty() {
                    map.insert("operation".to_owned(), json!(operations));
                }
            }
            resource
        })
        .collect();
    Resource::new("CapabilityStatement", "kinfold")
        .with("status", "active")
        .with("date", date.to_string())
        .with("kind", "instance")
        .with("software", json!({ "name": "Kinfold", "version": version }))
        .with("implementation", json!({ "description": "The record of a child in care" }))
        .with("fhirVersion", "4.0.1")
        .with("format", json!(["application/fhir+json"]))
        .with("rest", json!([{ "mode": "server", "resource": resources }]))
}

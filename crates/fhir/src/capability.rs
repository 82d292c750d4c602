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
    /// Whether it may be sent in, and not only read.
    pub create: bool,
    /// Search parameters with their types.
    pub search: &'a [(&'a str, &'a str)],
}

/// The statement of a server: `version` and `date` of the software, the types it serves.
pub fn capability(version: &str, date: Date, served: &[Served<'_>]) -> Resource {
    let resources: Vec<Value> = served
        .iter()
        .map(|one| {
            let mut interaction = vec![json!({ "code": "read" }), json!({ "code": "search-type" })];
            if one.create {
                interaction.push(json!({ "code": "create" }));
            }
            let search: Vec<Value> =
                one.search.iter().map(|(name, kind)| json!({ "name": name, "type": kind })).collect();
            let mut resource = json!({ "type": one.kind, "interaction": interaction });
            if let Some(map) = resource.as_object_mut() {
                if let Some(profile) = one.profile {
                    map.insert("supportedProfile".to_owned(), json!([profile]));
                }
                if !search.is_empty() {
                    map.insert("searchParam".to_owned(), json!(search));
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

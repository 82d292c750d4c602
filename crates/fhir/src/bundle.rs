//! Several resources together.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::Resource;

/// What a bundle is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleKind {
    /// Facts handed over, like a passport.
    Collection,
    /// The answer to a search.
    Search,
}

/// A bundle made at an instant. `base` is the address of the server that has the resources, without a slash at its end.
pub fn bundle(kind: BundleKind, id: &str, base: &str, at: Timestamp, resources: Vec<Resource>) -> Resource {
    let total = resources.len();
    let entries = resources.into_iter().map(|resource| {
        let mut entry = serde_json::Map::new();
        entry.insert("fullUrl".to_owned(), json!(format!("{base}/{}", resource.reference())));
        entry.insert("resource".to_owned(), resource.json());
        if kind == BundleKind::Search {
            entry.insert("search".to_owned(), json!({ "mode": "match" }));
        }
        Value::Object(entry)
    });
    let entries: Vec<Value> = entries.collect();
    let bundle = Resource::new("Bundle", id)
        .with("type", if kind == BundleKind::Search { "searchset" } else { "collection" })
        .with("timestamp", at.to_string())
        .with("entry", entries);
    // Only searches have a total.
    if kind == BundleKind::Search { bundle.with("total", total) } else { bundle }
}

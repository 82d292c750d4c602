//! One resource.

use serde_json::{Map, Value, json};
use thiserror::Error;

/// A FHIR resource: always with its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource(Map<String, Value>);

/// JSON that is no resource.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotAResource {
    /// No JSON at all: what the reader said.
    #[error("This is not JSON: {0}")]
    Json(String),
    /// Not an object with a type.
    #[error("This is not a FHIR resource: it has no resourceType.")]
    NoType,
}

impl Resource {
    /// A resource of a type, with an id of letters, figures, `-` and `.`, 64 at most.
    pub fn new(kind: &str, id: impl Into<String>) -> Self {
        let mut map = Map::new();
        map.insert("resourceType".to_owned(), json!(kind));
        map.insert("id".to_owned(), json!(id.into()));
        Self(map)
    }

    /// Reads what somebody sent. Nothing is lost, also what Kinfold does not know.
    ///
    /// # Errors
    /// When it is not JSON, or no resource.
    pub fn read(text: &str) -> Result<Self, NotAResource> {
        match serde_json::from_str(text).map_err(|error| NotAResource::Json(error.to_string()))? {
            Value::Object(map) if map.get("resourceType").is_some_and(Value::is_string) => Ok(Self(map)),
            _ => Err(NotAResource::NoType),
        }
    }

    /// With the profile it conforms to.
    #[must_use]
    pub fn profile(self, url: &str) -> Self {
        self.with("meta", json!({ "profile": [url] }))
    }

    /// With an element. Null, an empty text and an empty list are left out: FHIR has no empty elements.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(list) => list.is_empty(),
            Value::Object(map) => map.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        if !empty {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    /// Its type.
    pub fn kind(&self) -> &str {
        self.0.get("resourceType").and_then(Value::as_str).unwrap_or_default()
    }

    /// Its id.
    pub fn id(&self) -> &str {
        self.0.get("id").and_then(Value::as_str).unwrap_or_default()
    }

    /// How other resources refer to it: `Patient/…`.
    pub fn reference(&self) -> String {
        format!("{}/{}", self.kind(), self.id())
    }

    /// The JSON of it.
    pub fn json(self) -> Value {
        Value::Object(self.0)
    }

    /// An element of it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
}

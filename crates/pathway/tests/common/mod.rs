//! Short ways to write a chronology of an invented child.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "test helpers: each test file uses some of them"
)]

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use kinfold_guidance::{Guidance, Layer, LayerName};
use kinfold_pathway::{Duties, Duty, Rules, duties, history};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, Sensitivity, Timeline};
use serde_json::json;
use uuid::Uuid;

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn national() -> Rules {
    Rules::compile(&Guidance::national().unwrap_or_else(|m| panic!("\n{m}")))
}

/// The calendar, codes and terms of the national layer with nothing but these rules (and so without the forms and
/// frameworks, which name rules).
pub fn only(rules: &[&str]) -> Rules {
    let mut layer = Layer::national();
    layer.files.retain(|f| !["rules", "forms", "frameworks"].iter().any(|start| f.path.starts_with(start)));
    let ids: Vec<(String, String)> = rules
        .iter()
        .map(|text| {
            let id = text.lines().find_map(|l| l.strip_prefix("id = ")).unwrap().trim_matches('"').to_owned();
            let v = text.lines().find_map(|l| l.strip_prefix("version = ")).unwrap().to_owned();
            let name = if v == "1" { id } else { format!("{id}.v{v}") };
            (format!("rules/{name}.toml"), (*text).to_owned())
        })
        .collect();
    let mut files: Vec<(String, String)> = layer.files.into_iter().map(|f| (f.path, f.text)).collect();
    files.extend(ids);
    let layer = Layer::from_texts(LayerName::National, files);
    Rules::compile(&Guidance::load(&[layer]).unwrap_or_else(|m| panic!("\n{m}")))
}

/// A rule with only what must be there; `rest` are its tables.
pub fn rule(id: &str, rest: &str) -> String {
    format!(
        "id = \"{id}\"\nversion = 1\ntitle = \"A duty\"\nstrand = \"care\"\nwhy = \"Because.\"\nconfidence = \"M\"\n\
         effective_from = 2011-04-01\nowner = {{ role = \"social_worker\" }}\n[source]\ncite = \"A law\"\n{rest}\n"
    )
}

#[derive(Debug)]
pub struct Child {
    pub id: ChildId,
    pub entries: Vec<Entry>,
}

impl Child {
    pub fn born(born: &str) -> Self {
        let mut child = Self { id: ChildId(Uuid::from_u128(1)), entries: Vec::new() };
        child.add(born, json!({"kind": "child_registered", "given_name": "Robin", "family_name": "Ashdown", "date_of_birth": born}));
        child
    }

    pub fn add(&mut self, on: &str, event: serde_json::Value) -> EntryId {
        self.add_at(on, None, event)
    }

    pub fn add_at(&mut self, on: &str, at: Option<Time>, event: serde_json::Value) -> EntryId {
        let n = self.entries.len() as u128 + 1;
        let event: Event = serde_json::from_value(event).unwrap();
        let id = EntryId(Uuid::from_u128(0x1000 + n));
        self.entries.push(Entry {
            id,
            child: self.id,
            happened_on: day(on),
            happened_at: at,
            recorded_at: Timestamp::from_second(1_800_000_000 + n as i64).unwrap(),
            recorded_by: None,
            source: None,
            about: Vec::new(),
            sensitivity: Sensitivity::Ordinary,
            replaces: None,
            event,
        });
        id
    }

    pub fn care(&mut self, on: &str) -> EntryId {
        self.add(on, json!({"kind": "care_started", "legal_status": "V2"}))
    }

    pub fn home(&mut self, on: &str) -> EntryId {
        self.add(on, json!({"kind": "placement_started", "placement_type": "U6"}))
    }

    pub fn visit(&mut self, on: &str) -> EntryId {
        self.add(on, json!({"kind": "visit", "seen": true}))
    }

    pub fn review(&mut self, on: &str) -> EntryId {
        self.add(on, json!({"kind": "review_held", "review": "looked_after"}))
    }

    pub fn timeline(&self) -> Timeline {
        Timeline::fold(&Chronology::new(self.id, self.entries.clone()).unwrap(), None)
    }

    pub fn duties(&self, rules: &Rules, on: &str) -> Duties {
        duties(&self.timeline(), rules, day(on))
    }

    pub fn history(&self, rules: &Rules, on: &str) -> Vec<Duty> {
        history(&self.timeline(), rules, day(on))
    }

    /// The open duty of a rule, if there is one.
    pub fn open(&self, rules: &Rules, id: &str, on: &str) -> Option<Duty> {
        self.duties(rules, on)
            .duties
            .into_iter()
            .find(|d| d.rule == id && d.state == kinfold_pathway::State::Open)
    }

    /// The latest closed duty of a rule, if there is one.
    pub fn closed(&self, rules: &Rules, id: &str, on: &str) -> Option<Duty> {
        self.duties(rules, on)
            .duties
            .into_iter()
            .find(|d| d.rule == id && d.state != kinfold_pathway::State::Open)
    }
}

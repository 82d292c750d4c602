//! Forms that were handed in: each as a document to be opened, and as the answers to a questionnaire.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::part::{coding, concept, own, to, uk_core};
use crate::{Facts, Resource};

/// A document that was frozen, with the sections that the recipient may read and no others.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// The id of its form: `health.sdq`.
    pub form: String,
    /// The version of the form.
    pub version: u16,
    /// What it is called.
    pub title: String,
    /// When it was handed in.
    pub at: Timestamp,
    /// The document it replaces.
    pub replaces: Option<String>,
    /// Whether another one replaces it.
    pub replaced: bool,
    /// Where it is opened, from the root of the server.
    pub address: String,
    /// Its sections, each with its questions.
    pub sections: Vec<Item>,
}

/// A section or a question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// Its id within the form: the section's, or the question's (with `~2` for the second time round).
    pub link: String,
    /// Its words.
    pub text: String,
    /// What was answered.
    pub answers: Vec<Answer>,
    /// What belongs to it.
    pub items: Vec<Item>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Words.
    Text(String),
    /// A day.
    Day(Date),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Whole(i32),
    /// A number.
    Number(f64),
    /// A code: the list's name, the code, its title.
    Code(String, String, String),
}

/// The canonical address of a form: what a questionnaire's answers say they answer.
pub fn questionnaire(form: &str) -> String {
    format!("urn:kinfold:forms:{form}")
}

impl Answer {
    fn json(&self) -> Option<Value> {
        Some(match self {
            Self::Text(text) if text.trim().is_empty() => return None,
            Self::Text(text) => json!({ "valueString": text }),
            Self::Day(day) => json!({ "valueDate": day.to_string() }),
            Self::Flag(flag) => json!({ "valueBoolean": flag }),
            Self::Whole(number) => json!({ "valueInteger": number }),
            Self::Number(number) => json!({ "valueDecimal": number }),
            Self::Code(list, code, title) => json!({ "valueCoding": coding(&own(list), code, Some(title)) }),
        })
    }
}

impl Item {
    /// Without what is empty: FHIR has no empty items.
    fn json(&self) -> Option<Value> {
        let answers: Vec<Value> = self.answers.iter().filter_map(Answer::json).collect();
        let items: Vec<Value> = self.items.iter().filter_map(Self::json).collect();
        if answers.is_empty() && items.is_empty() {
            return None;
        }
        let mut map = Map::new();
        map.insert("linkId".to_owned(), json!(self.link));
        if !self.text.trim().is_empty() {
            map.insert("text".to_owned(), json!(self.text));
        }
        if !answers.is_empty() {
            map.insert("answer".to_owned(), json!(answers));
        }
        if !items.is_empty() {
            map.insert("item".to_owned(), json!(items));
        }
        Some(Value::Object(map))
    }
}

/// The document, and its answers.
pub(crate) fn of(facts: &Facts<'_>, document: &Document) -> Vec<Resource> {
    let at = document.at.to_string();
    let replaces = document
        .replaces
        .as_ref()
        .map(|old| json!([{ "code": "replaces", "target": to(&format!("DocumentReference/{old}")) }]));
    let reference = Resource::new("DocumentReference", document.id.as_str())
        .profile(&uk_core("DocumentReference"))
        .with("identifier", json!([{ "system": own("document"), "value": document.id }]))
        .with("status", if document.replaced { "superseded" } else { "current" })
        .with("docStatus", if document.replaces.is_some() { "amended" } else { "final" })
        .with("type", concept(&own("form"), &document.form, Some(&document.title)))
        .with("subject", to(&facts.patient()))
        .with("date", at.as_str())
        .with("relatesTo", replaces.unwrap_or_default())
        .with("description", document.title.as_str())
        .with(
            "content",
            json!([{ "attachment": {
                "contentType": "text/html",
                "language": "en-GB",
                "url": document.address,
                "title": document.title,
                "creation": at,
            } }]),
        );
    let items: Vec<Value> = document.sections.iter().filter_map(Item::json).collect();
    let response = Resource::new("QuestionnaireResponse", document.id.as_str())
        .profile(&uk_core("QuestionnaireResponse"))
        .with("identifier", json!({ "system": own("document"), "value": document.id }))
        .with("questionnaire", format!("{}|{}", questionnaire(&document.form), document.version))
        .with("status", if document.replaces.is_some() { "amended" } else { "completed" })
        .with("subject", to(&facts.patient()))
        .with("authored", at)
        .with("item", items);
    vec![reference, response]
}

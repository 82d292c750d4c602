//! What other programs send in, read strictly: whatever would be lost or misunderstood is refused, with the element it
//! stands in and what to do. Pure; who may record it, and whether it can be true, is decided elsewhere.

mod immunization;
mod observation;
mod response;

use jiff::civil::Date;
use kinfold_record::{ChildId, Event};
use serde_json::Value;
use uuid::Uuid;

use crate::Resource;
use crate::part::own;

pub use response::{Response, response};

/// The tag by which a sender says that somebody has looked at what is doubtful: it is recorded as it is.
pub const CONFIRMED: (&str, &str) = ("urn:kinfold:fhir", "confirmed");

/// The extension that tells who told us: a code of `provenance`.
pub const TOLD_BY: &str = "urn:kinfold:extension:told-by";

/// Longest identifier that is taken, in characters of its system and its value.
const LONGEST: usize = 255;

/// What is wrong with one element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Where: a FHIRPath like `Observation.valueQuantity.code`.
    pub at: String,
    /// What is wrong and what to do.
    pub words: String,
    /// A code of FHIR's `issue-type`: `required`, `value`, `not-supported`.
    pub code: &'static str,
}

/// What every resource that is sent in says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Whose it is.
    pub child: ChildId,
    /// The sender's own identifier, as system and value: sent twice, it is recorded once.
    pub identifier: (String, String),
    /// Whether somebody has looked at what is doubtful.
    pub confirmed: bool,
}

/// A fact that was sent in.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Whose, and under which identifier.
    pub about: About,
    /// The day it happened.
    pub on: Date,
    /// What happened.
    pub event: Event,
}

/// Reads a resource that becomes one entry.
///
/// # Errors
/// Everything that is wrong with it.
pub fn fact(resource: &Resource) -> Result<Fact, Vec<Wrong>> {
    match resource.kind() {
        "Observation" => observation::read(resource),
        "Immunization" => immunization::read(resource),
        other => Err(vec![Wrong {
            at: other.to_owned(),
            words: "This server takes in Observation, Immunization and QuestionnaireResponse.".to_owned(),
            code: "not-supported",
        }]),
    }
}

/// Reads a resource element by element and gathers what is wrong.
struct Reading<'r> {
    resource: &'r Resource,
    wrong: Vec<Wrong>,
}

impl<'r> Reading<'r> {
    fn of(resource: &'r Resource) -> Self {
        let mut reading = Self { resource, wrong: Vec::new() };
        for name in ["modifierExtension", "implicitRules", "contained"] {
            reading.unsupported(name, "It could change what the rest means.");
        }
        reading
    }

    fn say(&mut self, element: &str, code: &'static str, words: impl Into<String>) {
        let at = format!("{}.{element}", self.resource.kind());
        self.wrong.push(Wrong { at, words: words.into(), code });
    }

    /// Refuses an element that is there.
    fn unsupported(&mut self, name: &str, why: &str) {
        if self.resource.get(name).is_some() {
            self.say(
                name,
                "not-supported",
                format!("This element is not understood here. {why} Leave it out."),
            );
        }
    }

    fn get(&self, name: &str) -> Option<&'r Value> {
        self.resource.get(name)
    }

    fn text(&self, name: &str) -> Option<&'r str> {
        self.get(name).and_then(Value::as_str)
    }

    /// The status has to be one of these.
    fn status(&mut self, taken: &[&str]) {
        if !self.text("status").is_some_and(|status| taken.contains(&status)) {
            self.say("status", "value", format!("Only this status is taken in: {}.", taken.join(", ")));
        }
    }

    /// Whose it is, under which identifier. `None` when that is wrong, and then it has been said.
    fn about(&mut self, patient: &str) -> Option<About> {
        let child = self.child(patient);
        let identifier = self.identifier();
        let tags = self.get("meta").and_then(|meta| meta.get("tag")).and_then(Value::as_array);
        let confirmed = tags.into_iter().flatten().any(|tag| {
            tag.get("system").and_then(Value::as_str) == Some(CONFIRMED.0)
                && tag.get("code").and_then(Value::as_str) == Some(CONFIRMED.1)
        });
        Some(About { child: child?, identifier: identifier?, confirmed })
    }

    fn child(&mut self, name: &str) -> Option<ChildId> {
        let reference = self.get(name).and_then(|to| to.get("reference")).and_then(Value::as_str);
        let id =
            reference.and_then(|to| to.rsplit_once("Patient/")).and_then(|(_, id)| Uuid::try_parse(id).ok());
        if id.is_none() {
            let words = "Say whose record it is: a reference to the Patient as this server names it.";
            self.say(&format!("{name}.reference"), "required", words);
        }
        id.map(ChildId)
    }

    fn identifier(&mut self) -> Option<(String, String)> {
        let given = self.get("identifier");
        let first = given.and_then(|given| if given.is_array() { given.get(0) } else { Some(given) });
        let part = |name: &str| {
            let part = first?.get(name)?.as_str()?.trim();
            (!part.is_empty() && part.chars().count() <= LONGEST).then(|| part.to_owned())
        };
        let found = part("system").zip(part("value"));
        if found.is_none() {
            let words =
                "Give an identifier of your own with a system and a value: sent twice, it is recorded once.";
            self.say("identifier", "required", words);
        }
        found
    }

    /// A day in England as the sender wrote it: a whole day, or an instant of which the day is taken.
    fn day(&mut self, name: &str) -> Option<Date> {
        let day = self.text(name).and_then(|text| text.get(..10)).and_then(|day| day.parse().ok());
        if day.is_none() {
            self.say(name, "required", "Give the day it happened, as YYYY-MM-DD.");
        }
        day
    }

    /// The code of a concept in one of these systems. Codes of other systems beside it are passed over.
    fn code(&self, concept: Option<&'r Value>, system: &str) -> Option<&'r str> {
        let codings = concept?.get("coding")?.as_array()?;
        let ours = codings.iter().find(|coding| coding.get("system").and_then(Value::as_str) == Some(system));
        ours?.get("code")?.as_str()
    }

    /// A code of one of our own lists, which has to be there.
    fn own_code(&mut self, name: &str, list: &str) -> Option<&'r str> {
        let code = self.code(self.get(name), &own(list));
        if code.is_none() {
            let words = format!("Give a code of the system {}.", own(list));
            self.say(&format!("{name}.coding"), "required", words);
        }
        code
    }

    /// The notes as one text.
    fn notes(&self) -> Option<String> {
        let notes = self.get("note").and_then(Value::as_array)?;
        let texts: Vec<&str> = notes
            .iter()
            .filter_map(|note| note.get("text")?.as_str())
            .map(str::trim)
            .filter(|t| !t.is_empty())
            .collect();
        (!texts.is_empty()).then(|| texts.join("\n"))
    }

    /// Who told us, where the sender says so in our own codes.
    fn told_by(&self) -> Option<&'r str> {
        let extensions = self.get("extension").and_then(Value::as_array)?;
        let ours = extensions.iter().find(|one| one.get("url").and_then(Value::as_str) == Some(TOLD_BY))?;
        ours.get("valueCoding")?.get("code")?.as_str()
    }

    fn done<T>(self, made: Option<T>) -> Result<T, Vec<Wrong>> {
        match made {
            Some(made) if self.wrong.is_empty() => Ok(made),
            _ => Err(self.wrong),
        }
    }
}

//! What a copy says, as it is kept: exactly what its reader gets, and what was taken out of it and why.

use kinfold_record::{Chronology, Event, Timeline};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use uuid::Uuid;

use crate::reviews::homes_in;

/// A section of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentSection {
    /// Its heading.
    pub title: String,
    /// Each question, or nothing, with what is said.
    pub lines: Vec<(Option<String>, String)>,
}

/// Something that was taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOutOf {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
}

/// A copy. Kept encrypted for as long as the record: fields are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBody {
    /// Its heading.
    pub title: String,
    /// The list its reader's role is a code of: `circle_role` or `health_recipient`.
    pub roles: SmolStr,
    /// The reader's role.
    pub role: SmolStr,
    /// What the reader gets.
    pub sections: Vec<SentSection>,
    /// What stands below it.
    pub foot: Option<String>,
    /// What was taken out, and why. Not for the reader.
    pub left_out: Vec<LeftOutOf>,
    /// What in it is sensitive, so that a second person releases it. Not for the reader.
    pub sensitive: Vec<String>,
    /// Why the reader may know it. Not for the reader.
    pub why: Option<String>,
    /// Whether the reader may know a home whose address is confidential.
    pub home: bool,
    /// The review and the part it is a copy for.
    pub review: Option<(SmolStr, SmolStr)>,
    /// The reader's place in the circle: when it ends, so does the link.
    pub member: Option<SmolStr>,
    /// The reader's account, should they have one: when it is switched off, the link opens nothing.
    pub person: Option<Uuid>,
    /// Who looked it over before it was made, besides who made it.
    pub made_ready_by: Option<Uuid>,
    /// The rendering and the purpose of a health summary, for the record of its being shared.
    pub rendering: Option<(SmolStr, String)>,
}

impl SentBody {
    /// Everything the reader gets, as text.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.sections
            .iter()
            .flat_map(|s| &s.lines)
            .flat_map(|(label, text)| [label.as_deref().unwrap_or(""), text.as_str()])
    }

    /// Words in it that name a home whose address is confidential today.
    pub(super) fn homes(&self, timeline: &Timeline) -> Vec<String> {
        homes_in(self.texts(), timeline)
    }

    /// Why nothing of it may go out, as things stand.
    pub(super) fn barred(&self, timeline: &Timeline) -> Option<String> {
        let homes = if self.home { Vec::new() } else { self.homes(timeline) };
        (!homes.is_empty()).then(|| {
            format!(
                "It names the home, which has to be kept from this person: {}. Correct what it is made from, or leave that \
                 part out.",
                homes.join("; ")
            )
        })
    }

    /// Adds what is sensitive by what it says: the home, and people of the family other than the reader.
    pub(super) fn weigh(&mut self, timeline: &Timeline, chronology: &Chronology, restricted: bool) {
        if restricted {
            self.sensitive.push("The record is restricted to named readers.".to_owned());
        }
        if self.home && !self.homes(timeline).is_empty() {
            self.sensitive.push("It names the home, whose address is confidential.".to_owned());
        }
        let named = family_in(self.texts(), chronology, self.member.as_deref());
        if !named.is_empty() {
            self.sensitive.push(format!("It names somebody of the family: {}.", named.join("; ")));
        }
    }
}

/// Letters and digits alone, in lower case: what is compared.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Names, numbers and addresses of people of the family in a text, but for the reader's own.
fn family_in<'t>(
    texts: impl Iterator<Item = &'t str>,
    chronology: &Chronology,
    reader: Option<&str>,
) -> Vec<String> {
    let said: Vec<String> = texts.map(squeeze).collect();
    let mut found = Vec::new();
    for entry in chronology.standing(None) {
        let Event::CircleJoined { role, name, contact, .. } = &entry.event else { continue };
        let family = matches!(role.as_str(), "parent" | "relative" | "sibling");
        if !family || reader.is_some_and(|reader| entry.id.to_string() == reader) {
            continue;
        }
        let lines = contact.iter().flat_map(|c| c.split(['\n', ',', ';']));
        for part in lines.chain(name.as_deref()) {
            let needle = squeeze(part);
            // Shorter ones stand in any text.
            if needle.chars().count() >= 6 && said.iter().any(|text| text.contains(&needle)) {
                found.push(part.trim().to_owned());
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

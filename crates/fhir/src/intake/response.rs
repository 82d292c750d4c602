//! The answers to a form.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{About, Reading, Wrong};
use crate::Resource;
use crate::document::{Answer, questionnaire};

/// The answers to a form, by the id of its question (`informant`) or of an item of an instrument (`items-25`).
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Whose, and under which identifier.
    pub about: About,
    /// The id of the form: `health.sdq`.
    pub form: String,
    /// The version of the form the answers were given to, where the sender says it.
    pub version: Option<u16>,
    /// The answers. The system of a code is told as the sender wrote it.
    pub answers: BTreeMap<String, Vec<Answer>>,
}

/// Deeper than this nobody asks.
const DEEPEST: usize = 8;

/// Reads answers.
///
/// # Errors
/// Everything that is wrong with them as FHIR. Whether they are answers to the questions of the form is not asked here.
pub fn response(resource: &Resource) -> Result<Response, Vec<Wrong>> {
    let mut reading = Reading::of(resource);
    reading.status(&["completed"]);
    let about = reading.about("subject");
    let prefix = questionnaire("");
    let canonical = reading.text("questionnaire").and_then(|text| text.strip_prefix(prefix.as_str()));
    let form = canonical.map(|canonical| match canonical.split_once('|') {
        Some((form, version)) => (form.to_owned(), Some(version.parse::<u16>())),
        None => (canonical.to_owned(), None),
    });
    if form.is_none() {
        let words = format!("Name the form as {prefix} with its id, like {prefix}health.sdq.");
        reading.say("questionnaire", "required", words);
    }
    let (form, version) = match form {
        Some((form, Some(Ok(version)))) => (Some(form), Some(version)),
        Some((form, None)) => (Some(form), None),
        Some((_, Some(Err(_)))) => {
            reading.say("questionnaire", "value", "After | stands the version of the form, a number.");
            (None, None)
        }
        None => (None, None),
    };
    let mut answers = BTreeMap::new();
    items(&mut reading, resource.get("item"), "item", 0, &mut answers);
    let made = about.zip(form).map(|(about, form)| Response { about, form, version, answers });
    reading.done(made)
}

fn items(
    reading: &mut Reading<'_>,
    list: Option<&Value>,
    at: &str,
    depth: usize,
    answers: &mut BTreeMap<String, Vec<Answer>>,
) {
    let Some(list) = list.and_then(Value::as_array) else { return };
    if depth > DEEPEST {
        reading.say(at, "too-costly", "The items are nested too deeply.");
        return;
    }
    for (n, item) in list.iter().enumerate() {
        let at = format!("{at}[{n}]");
        let Some(link) = item.get("linkId").and_then(Value::as_str) else {
            reading.say(&format!("{at}.linkId"), "required", "Say which question this is.");
            continue;
        };
        let given = item.get("answer").and_then(Value::as_array);
        let mut read = Vec::new();
        for (k, answer) in given.into_iter().flatten().enumerate() {
            match one(answer) {
                Some(answer) => read.push(answer),
                None => reading.say(
                    &format!("{at}.answer[{k}]"),
                    "value",
                    "An answer is a valueString, valueDate, valueBoolean, valueInteger, valueDecimal or valueCoding.",
                ),
            }
        }
        if !read.is_empty() && answers.insert(link.to_owned(), read).is_some() {
            reading.say(
                &format!("{at}.linkId"),
                "duplicate",
                format!("The question {link} is answered twice."),
            );
        }
        items(reading, item.get("item"), &format!("{at}.item"), depth + 1, answers);
    }
}

fn one(answer: &Value) -> Option<Answer> {
    let map = answer.as_object()?;
    let (name, value) = map.iter().find(|(name, _)| name.starts_with("value"))?;
    Some(match name.as_str() {
        "valueString" => Answer::Text(value.as_str()?.to_owned()),
        "valueDate" => Answer::Day(value.as_str()?.parse().ok()?),
        "valueBoolean" => Answer::Flag(value.as_bool()?),
        "valueInteger" => Answer::Whole(i32::try_from(value.as_i64()?).ok()?),
        "valueDecimal" => Answer::Number(value.as_f64()?),
        "valueCoding" => {
            let part = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            Answer::Code(part("system"), Some(part("code")).filter(|code| !code.is_empty())?, part("display"))
        }
        _ => return None,
    })
}

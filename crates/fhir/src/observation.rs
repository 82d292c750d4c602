//! Growth, and the scores of the strengths and difficulties questionnaire.

use kinfold_record::{Entry, Event};
use serde_json::{Value, json};

use crate::intake::TOLD_BY;
use crate::part::{LOINC, coding, concept, day, hl7, identified, notes, own, quantity, to, uk_core};
use crate::{Facts, Resource};

pub(crate) fn of(facts: &Facts<'_>, entry: &Entry) -> Vec<Resource> {
    match &entry.event {
        Event::GrowthMeasured { .. } => growth(facts, entry),
        Event::Sdq { informant, total, reason } => {
            let value = match (total, reason) {
                (Some(total), _) => Ok(*total),
                (None, Some(reason)) => Err(facts.titles.title("sdq_reason", reason).to_owned()),
                (None, None) => Err("Not known".to_owned()),
            };
            vec![sdq(facts, entry, "total", "total difficulties", informant, value)]
        }
        Event::SdqAnswers {
            informant, emotional, conduct, hyperactivity, peers, prosocial, impact, ..
        } => {
            let scores = [
                ("emotional", "emotional symptoms", emotional),
                ("conduct", "conduct", conduct),
                ("hyperactivity", "hyperactivity and attention", hyperactivity),
                ("peers", "getting on with other children", peers),
                ("prosocial", "kind and helpful behaviour", prosocial),
                ("impact", "impact", impact),
            ];
            let scored = scores.into_iter().filter_map(|(code, words, score)| Some((code, words, (*score)?)));
            scored.map(|(code, words, score)| sdq(facts, entry, code, words, informant, Ok(score))).collect()
        }
        _ => Vec::new(),
    }
}

fn start(facts: &Facts<'_>, entry: &Entry, part: &str, category: &str) -> Resource {
    let id = format!("{}-{part}", entry.id);
    Resource::new("Observation", id.as_str())
        .with("identifier", identified(&id))
        .with("status", "final")
        .with("category", json!([concept(&hl7("observation-category"), category, None)]))
        .with("subject", to(&facts.patient()))
        .with("effectiveDateTime", day(entry.happened_on))
        .with("issued", entry.recorded_at.to_string())
}

fn growth(facts: &Facts<'_>, entry: &Entry) -> Vec<Resource> {
    let Event::GrowthMeasured { weight_g, height_mm, head_mm, lying, told_by, text } = &entry.event else {
        return Vec::new();
    };
    let some = |number: &Option<i32>| number.filter(|number| *number > 0).map(f64::from);
    let (weight, height) = (some(weight_g).map(|g| g / 1000.0), some(height_mm).map(|mm| mm / 10.0));
    let bmi = weight.zip(height).map(|(kg, cm)| {
        // To one decimal, as it is read.
        (kg / (cm / 100.0).powi(2) * 10.0).round() / 10.0
    });
    let (tall, height_name) = if *lying == Some(true) { ("8306-3", "Length") } else { ("8302-2", "Height") };
    let measures = [
        ("weight", "29463-7", "Weight", "kg", weight),
        ("height", tall, height_name, "cm", height),
        ("head", "9843-4", "Head circumference", "cm", some(head_mm).map(|mm| mm / 10.0)),
        ("bmi", "39156-5", "Body mass index", "kg/m2", bmi),
    ];
    let told = told_by.as_deref().map(|code| {
        let title = facts.titles.title("provenance", code);
        json!([{ "url": TOLD_BY, "valueCoding": coding(&own("provenance"), code, Some(title)) }])
    });
    let told = told.unwrap_or_default();
    let measured = measures.into_iter().filter_map(|(part, code, name, unit, value)| {
        let resource = start(facts, entry, part, "vital-signs")
            .profile(&uk_core("Observation-VitalSigns"))
            .with("extension", told.clone())
            .with("code", concept(LOINC, code, Some(name)))
            .with("valueQuantity", quantity(value?, unit));
        // What was written about the measuring goes with its first figure, once.
        Some(resource)
    });
    let mut measured: Vec<Resource> = measured.collect();
    if let Some(first) = measured.first_mut() {
        *first = first.clone().with("note", notes([text.as_deref()]));
    }
    measured
}

fn sdq(
    facts: &Facts<'_>,
    entry: &Entry,
    part: &str,
    words: &str,
    informant: &str,
    value: Result<i32, String>,
) -> Resource {
    let name = format!("Strengths and difficulties questionnaire: {words}");
    let who = facts.titles.title("sdq_informant", informant);
    let resource = start(facts, entry, part, "survey")
        .profile(&uk_core("Observation"))
        .with("code", concept(&own("sdq"), part, Some(&name)))
        .with("method", concept(&own("sdq_informant"), informant, Some(who)));
    match value {
        Ok(score) => resource.with("valueInteger", score),
        Err(why) => resource.with("dataAbsentReason", absent(&why)),
    }
}

fn absent(why: &str) -> Value {
    let mut concept = concept(&hl7("data-absent-reason"), "not-performed", None);
    if let Some(map) = concept.as_object_mut() {
        map.insert("text".to_owned(), json!(why));
    }
    concept
}

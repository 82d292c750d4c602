//! The parts resources are made of.

use jiff::civil::Date;
use serde_json::{Value, json};

/// Where NHS numbers come from.
pub const NHS_NUMBER: &str = "https://fhir.nhs.uk/Id/nhs-number";
/// Where codes of clinical terms come from.
pub const SNOMED: &str = "http://snomed.info/sct";
/// Where codes of observations come from.
pub const LOINC: &str = "http://loinc.org";
/// Where codes of units come from.
pub const UNITS: &str = "http://unitsofmeasure.org";

/// The address of a UK Core profile.
pub fn uk_core(name: &str) -> String {
    format!("https://fhir.hl7.org.uk/StructureDefinition/UKCore-{name}")
}

/// The address of a list of codes of Kinfold's own.
pub fn own(list: &str) -> String {
    format!("urn:kinfold:codes:{list}")
}

/// The address of a list of codes that FHIR itself defines.
pub fn hl7(list: &str) -> String {
    format!("http://terminology.hl7.org/CodeSystem/{list}")
}

/// A code.
pub fn coding(system: &str, code: &str, display: Option<&str>) -> Value {
    match display {
        Some(display) => json!({ "system": system, "code": code, "display": display }),
        None => json!({ "system": system, "code": code }),
    }
}

/// A concept with one code.
pub fn concept(system: &str, code: &str, display: Option<&str>) -> Value {
    let coding = coding(system, code, display);
    match display {
        Some(text) => json!({ "coding": [coding], "text": text }),
        None => json!({ "coding": [coding] }),
    }
}

/// A concept in words, with a SNOMED CT code where there is one that has the shape of one.
pub fn words(text: &str, snomed: Option<&str>) -> Value {
    let code = snomed.map(str::trim).filter(|code| is_snomed(code));
    let text = text.trim();
    match (code, text.is_empty()) {
        (Some(code), false) => json!({ "coding": [{ "system": SNOMED, "code": code }], "text": text }),
        (Some(code), true) => json!({ "coding": [{ "system": SNOMED, "code": code }] }),
        // A concept without anything would be an empty element.
        (None, true) => json!({ "text": "Not named" }),
        (None, false) => json!({ "text": text }),
    }
}

/// Six to eighteen figures that do not begin with 0.
fn is_snomed(code: &str) -> bool {
    (6..=18).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit()) && !code.starts_with('0')
}

/// A reference within the same bundle or server.
pub fn to(reference: &str) -> Value {
    json!({ "reference": reference })
}

/// The identifier that a resource has here, so that whoever passes it on and whoever takes it in again know that it is the
/// same fact.
pub fn identified(id: &str) -> Value {
    json!([{ "system": own("entry"), "value": id }])
}

/// An amount with its unit by the code of UCUM.
pub fn quantity(value: f64, unit: &str) -> Value {
    json!({ "value": value, "unit": unit, "system": UNITS, "code": unit })
}

/// A day.
pub fn day(date: Date) -> Value {
    json!(date.to_string())
}

/// Notes of what was said, without the empty ones.
pub fn notes<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> Value {
    let texts = texts.into_iter().flatten().map(str::trim).filter(|text| !text.is_empty());
    Value::Array(texts.map(|text| json!({ "text": text })).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_concept_keeps_its_words_and_takes_only_what_may_be_a_snomed_code() {
        assert_eq!(words("Asthma", Some("195967001"))["coding"][0]["code"], "195967001");
        for wrong in ["", "12345", "0123456", "J45.9", "1234567890123456789"] {
            assert!(words("Asthma", Some(wrong)).get("coding").is_none(), "{wrong}");
        }
        assert_eq!(words(" ", None)["text"], "Not named");
    }
}

//! A weight, a height or the circumference of a head.

use kinfold_record::Event;
use serde_json::Value;

use super::{Fact, Reading, Wrong};
use crate::Resource;
use crate::part::{LOINC, SNOMED, UNITS};

/// What may be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Weight,
    Height,
    /// Measured lying down.
    Length,
    Head,
}

const CODES: [(&str, &str, Measure); 7] = [
    (LOINC, "29463-7", Measure::Weight),
    (LOINC, "8302-2", Measure::Height),
    (LOINC, "8306-3", Measure::Length),
    (LOINC, "9843-4", Measure::Head),
    (SNOMED, "27113001", Measure::Weight),
    (SNOMED, "50373000", Measure::Height),
    (SNOMED, "363812007", Measure::Head),
];

impl Measure {
    /// The units that are taken in, by the code of UCUM, and how many of ours each is: grams or millimetres.
    fn units(self) -> &'static [(&'static str, f64)] {
        match self {
            Self::Weight => &[("kg", 1000.0), ("g", 1.0)],
            Self::Height | Self::Length => &[("cm", 10.0), ("mm", 1.0), ("m", 1000.0)],
            Self::Head => &[("cm", 10.0), ("mm", 1.0)],
        }
    }
}

pub(super) fn read(resource: &Resource) -> Result<Fact, Vec<Wrong>> {
    let mut reading = Reading::of(resource);
    reading.status(&["final"]);
    for name in ["component", "dataAbsentReason", "hasMember", "derivedFrom"] {
        reading.unsupported(name, "One observation is one figure.");
    }
    let about = reading.about("subject");
    let on = reading.day("effectiveDateTime");
    let measure = measure(&mut reading);
    let value = measure.and_then(|measure| value(&mut reading, measure));
    let made = about.zip(on).zip(measure.zip(value)).map(|((about, on), (measure, value))| {
        let only = |these: &[Measure]| these.contains(&measure).then_some(value);
        Fact {
            about,
            on,
            event: Event::GrowthMeasured {
                weight_g: only(&[Measure::Weight]),
                height_mm: only(&[Measure::Height, Measure::Length]),
                head_mm: only(&[Measure::Head]),
                lying: (measure == Measure::Length).then_some(true),
                told_by: reading.told_by().map(Into::into),
                text: reading.notes(),
            },
        }
    });
    reading.done(made)
}

fn measure(reading: &mut Reading<'_>) -> Option<Measure> {
    let concept = reading.get("code");
    let mut found: Vec<Measure> = CODES
        .into_iter()
        .filter(|(system, code, _)| {
            let codings = concept.and_then(|c| c.get("coding")).and_then(Value::as_array);
            codings.into_iter().flatten().any(|coding| {
                coding.get("system").and_then(Value::as_str) == Some(system)
                    && coding.get("code").and_then(Value::as_str) == Some(code)
            })
        })
        .map(|(.., measure)| measure)
        .collect();
    found.dedup();
    match found[..] {
        [measure] => Some(measure),
        [] => {
            let words = "Weight, height, length lying down and head circumference are taken in: LOINC 29463-7, 8302-2, 8306-3, 9843-4.";
            reading.say("code.coding", "not-supported", words);
            None
        }
        _ => {
            reading.say(
                "code.coding",
                "value",
                "The codes name different measures. Send one observation for each.",
            );
            None
        }
    }
}

/// In grams or millimetres.
fn value(reading: &mut Reading<'_>, measure: Measure) -> Option<i32> {
    let Some(quantity) = reading.get("valueQuantity") else {
        reading.say("valueQuantity", "required", "Give the value with its unit.");
        return None;
    };
    if quantity.get("comparator").is_some() {
        reading.say(
            "valueQuantity.comparator",
            "not-supported",
            "Give the figure that was measured, not a limit.",
        );
        return None;
    }
    let unit = (quantity.get("system").and_then(Value::as_str) == Some(UNITS))
        .then(|| quantity.get("code").and_then(Value::as_str))
        .flatten();
    let Some((_, times)) = unit.and_then(|unit| measure.units().iter().find(|(code, _)| *code == unit))
    else {
        let units: Vec<&str> = measure.units().iter().map(|(code, _)| *code).collect();
        let words = format!("Give the unit as a code of {UNITS}: {}.", units.join(", "));
        reading.say("valueQuantity.code", "value", words);
        return None;
    };
    let value = quantity.get("value").and_then(Value::as_f64).map(|value| (value * times).round());
    // What no figure of the record can hold is no measurement; what no child can measure is said with its limits later.
    match value.filter(|value| (0.0..1e9).contains(value)) {
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and a thousand million")]
        Some(value) => Some(value as i32),
        None => {
            reading.say("valueQuantity.value", "value", "Give the figure that was measured as a number.");
            None
        }
    }
}

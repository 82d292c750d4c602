//! An immunisation that was given, or not given and why.

use kinfold_record::Event;
use serde_json::Value;

use super::{Fact, Reading, Wrong};
use crate::Resource;
use crate::immunization::ESTIMATED;
use crate::part::own;

pub(super) fn read(resource: &Resource) -> Result<Fact, Vec<Wrong>> {
    let mut reading = Reading::of(resource);
    reading.status(&["completed", "not-done"]);
    reading.unsupported("occurrenceString", "A day can be estimated, words cannot be counted.");
    reading.unsupported("isSubpotent", "Record such a dose in Kinfold.");
    let about = reading.about("patient");
    let on = reading.day("occurrenceDateTime");
    let vaccine = reading.own_code("vaccineCode", "vaccine");
    let dose = dose(&mut reading);
    let told_by = reading.code(reading.get("reportOrigin"), &own("provenance"));
    let event = match (vaccine, reading.text("status")) {
        (Some(vaccine), Some("not-done")) => {
            reading.own_code("statusReason", "not_immunised").map(|reason| Event::ImmunisationNotGiven {
                vaccine: vaccine.into(),
                reason: reason.into(),
                dose,
                told_by: told_by.map(Into::into),
                text: reading.notes(),
            })
        }
        (Some(vaccine), _) => {
            let notes = reading.notes();
            let estimated = notes.as_deref() == Some(ESTIMATED);
            if notes.is_some() && !estimated {
                let words =
                    format!("A dose that was given has no place for a note but “{ESTIMATED}”. Leave it out.");
                reading.say("note", "not-supported", words);
            }
            let place = reading.get("location").and_then(|l| l.get("display")).and_then(Value::as_str);
            Some(Event::ImmunisationGiven {
                vaccine: vaccine.into(),
                dose,
                estimated: estimated.then_some(true),
                batch: reading.text("lotNumber").map(Into::into),
                place: place.map(Into::into),
                told_by: told_by.map(Into::into),
            })
        }
        (None, _) => None,
    };
    let made = about.zip(on).zip(event).map(|((about, on), event)| Fact { about, on, event });
    reading.done(made)
}

fn dose(reading: &mut Reading<'_>) -> Option<i32> {
    let protocols = reading.get("protocolApplied").and_then(Value::as_array)?;
    let number = match protocols.as_slice() {
        [one] => one.get("doseNumberPositiveInt").and_then(Value::as_i64).and_then(|n| i32::try_from(n).ok()),
        _ => None,
    };
    if number.is_none() {
        let words = "Give which dose it was as one number, or leave the element out.";
        reading.say("protocolApplied.doseNumberPositiveInt", "value", words);
    }
    number
}

//! A measurement against the tables, before it is recorded: what nobody of that age can measure is refused, what hardly
//! anybody measures is said. The limits without tables are told in `kinfold_record::limits`.

use kinfold_health::growth::{Gestation, Impossible, Measure, Reading, Reference, Sex, assess};
use kinfold_record::{Entry, Event, Problem, Severity, Timeline};

/// What is wrong with a measurement at this child's age, by the tables that are loaded. Nothing where sex, birth or a table
/// is missing.
pub(crate) fn measured(
    timeline: &Timeline,
    others: &[Entry],
    entry: &Entry,
    reference: &Reference,
) -> Vec<Problem> {
    let Event::GrowthMeasured { weight_g, height_mm, head_mm, .. } = &entry.event else { return Vec::new() };
    let sex = match timeline.identity.sex.as_deref() {
        Some("M" | "1") => Sex::Male,
        Some("F" | "2") => Sex::Female,
        _ => return Vec::new(),
    };
    let Some(born) = timeline.born else { return Vec::new() };
    let gestation = gestation(others);
    let measures = [
        (Measure::Weight, weight_g.map(|g| f64::from(g) / 1000.0)),
        (Measure::Height, height_mm.map(|mm| f64::from(mm) / 10.0)),
        (Measure::Head, head_mm.map(|mm| f64::from(mm) / 10.0)),
    ];
    let say = |severity, message| Problem { entry: entry.id, severity, message };
    measures
        .into_iter()
        .filter_map(|(measure, value)| {
            let on = entry.happened_on;
            match assess(reference, &Reading { sex, born, gestation, on, measure, value: value? }) {
                Ok(found) => {
                    let words = found.advice.words()?;
                    Some(say(Severity::Doubtful, format!("Look at the {} again. {words}", measure.words())))
                }
                // What is before birth or outside the limits of any child is said by the record's own check.
                Err(wrong @ Impossible::AtThisAge { .. }) => {
                    Some(say(Severity::Impossible, wrong.to_string()))
                }
                Err(_) => None,
            }
        })
        .collect()
}

/// The gestation, as the last word on the record says it.
fn gestation(entries: &[Entry]) -> Option<Gestation> {
    let standing = |entry: &&Entry| !entries.iter().any(|other| other.replaces == Some(entry.id));
    let told = entries.iter().filter(standing).filter_map(|entry| match &entry.event {
        Event::BirthDetails { gestation_weeks: Some(weeks), gestation_days, .. } => {
            Some((entry.happened_on, *weeks, gestation_days.unwrap_or(0)))
        }
        _ => None,
    });
    let (_, weeks, days) = told.max_by_key(|(on, ..)| *on)?;
    Gestation::new(u8::try_from(weeks).ok()?, u8::try_from(days).ok()?).ok()
}

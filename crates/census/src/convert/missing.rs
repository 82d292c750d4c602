//! Missing and DoLo.

use kinfold_record::{Event, Sensitivity};

use super::history::latest;
use super::rows::ChildRows;
use super::writer::{Fact, Writer};
use crate::codes::CodeList;

/// Times missing or away without authorisation.
pub(super) fn missing(rows: &ChildRows<'_>, writer: &mut Writer<'_>) {
    let kept = latest(&rows.missing, writer, |seen, writer| {
        let start = writer.day(seen, "MIS_START", &seen.row.mis_start)?;
        Some((start, seen.row.missing.code()))
    });
    for seen in kept {
        let Some(on) = seen.row.mis_start.value() else { continue };
        let Some(category) = writer.code(seen, "MISSING", &seen.row.missing, CodeList::Missing) else {
            if seen.row.missing.value().is_none() {
                writer.error(
                    seen,
                    "MISSING",
                    "The cell is empty, so the row was left out. Write M (missing) or A (away).",
                );
            }
            continue;
        };
        let end = writer.end(seen, "MIS_END", on, &seen.row.mis_end);
        // Missing and away can start, and end, on one day.
        let started = format!("{on}:{category}");
        let event = Event::WentMissing { category: category.clone() };
        let fact = Fact::new("MIS_START", on, event).sensitivity(Sensitivity::Safeguarding).tag(&started);
        if writer.add(seen.origin(), fact)
            && let Some(end) = end
        {
            // Known by its start, so that an end put right later is the same fact.
            let fact = Fact::new("MIS_END", end, Event::Found { text: None });
            writer.add(seen.origin(), fact.sensitivity(Sensitivity::Safeguarding).tag(&started));
        }
    }
}

/// Deprivation of liberty orders.
pub(super) fn liberty(rows: &ChildRows<'_>, writer: &mut Writer<'_>) {
    for seen in latest(&rows.dolo, writer, |seen, w| w.day(seen, "DOLO_START", &seen.row.dolo_start)) {
        let Some(on) = seen.row.dolo_start.value() else { continue };
        let end = writer.end(seen, "DOLO_END", on, &seen.row.dolo_end);
        // An end still to come is the day on which the order runs out.
        let expires_on = end.filter(|end| *end > writer.today);
        let fact = Fact::new("DOLO_START", on, Event::LibertyOrderStarted { expires_on });
        if writer.add(seen.origin(), fact)
            && let Some(end) = end.filter(|_| expires_on.is_none())
        {
            let fact = Fact::new("DOLO_END", end, Event::LibertyOrderEnded {});
            writer.add(seen.origin(), fact.tag(&on.to_string()));
        }
    }
}

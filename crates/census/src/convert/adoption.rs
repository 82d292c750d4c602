//! AD1 and PlacedAdoption.

use kinfold_record::{Event, Sensitivity};

use super::history::latest;
use super::rows::ChildRows;
use super::writer::{Fact, Writer};
use crate::codes::CodeList;

/// The decision that the child should be placed, its reversal, and the match.
pub(super) fn convert(rows: &ChildRows<'_>, writer: &mut Writer<'_>) {
    let mut decided = Vec::new();
    for seen in latest(&rows.placed_adoption, writer, |s, w| w.day(s, "DATE_PLACED", &s.row.date_placed)) {
        let Some(on) = seen.row.date_placed.value() else { continue };
        if writer
            .add(seen.origin(), Fact::new("DATE_PLACED", on, Event::AdoptionDecided { authorised_by: None }))
        {
            decided.push(on);
        }
        let Some(end) = writer.end(seen, "DATE_PLACED_CEASED", on, &seen.row.date_placed_ceased) else {
            continue;
        };
        let column = "REASON_PLACED_CEASED";
        let cell = &seen.row.reason_placed_ceased;
        match writer.code(seen, column, cell, CodeList::ReasonPlacedCeased) {
            Some(reason) => {
                let event = Event::AdoptionDecisionReversed { reason };
                // Known by the decision it reverses, so that a day put right later is the same fact.
                let tag = on.to_string();
                writer.add(seen.origin(), Fact::new("DATE_PLACED_CEASED", end, event).tag(&tag));
            }
            None if cell.value().is_none() => {
                let reason = "The decision was reversed but no reason is given, so the reversal was left out. Give the reason.";
                writer.error(seen, column, reason);
            }
            None => {}
        }
    }
    for seen in latest(&rows.ad1, writer, |s, w| w.day(s, "DATE_MATCH", &s.row.date_match)) {
        let Some(on) = seen.row.date_match.value() else { continue };
        // The same decision usually stands in both tables.
        if let Some(day) = seen.row.date_int.value().filter(|day| !decided.contains(day)) {
            writer.add(
                seen.origin(),
                Fact::new("DATE_INT", day, Event::AdoptionDecided { authorised_by: None }),
            );
        }
        let adopters = seen.row.nb_adoptr.value().filter(|n| {
            let possible = (1..=2).contains(n);
            if !possible {
                writer.error(
                    seen,
                    "NB_ADOPTR",
                    "There are one or two adopters, so this was left out. Correct it.",
                );
            }
            possible
        });
        let event = Event::AdoptersMatched {
            foster_carers: seen.row.foster_care.value(),
            adopters,
            adopter_sex: writer.code(seen, "SEX_ADOPTR", &seen.row.sex_adoptr, CodeList::SexAdoptr),
            adopter_status: writer.code(seen, "LS_ADOPTR", &seen.row.ls_adoptr, CodeList::LsAdoptr),
        };
        let fact = Fact::new("DATE_MATCH", on, event).sensitivity(Sensitivity::Restricted);
        writer.add(seen.origin(), fact);
    }
}

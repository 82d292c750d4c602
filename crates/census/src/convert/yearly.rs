//! What the return says once a year: reviews (by day), OC2 and OC3 (by year).

use jiff::civil::Date;
use kinfold_record::{Event, Sensitivity};
use smol_str::SmolStr;

use super::episodes::History;
use super::history::latest;
use super::rows::{ChildRows, Seen};
use super::writer::{Fact, Writer};
use crate::codes::CodeList;
use crate::tables::{Oc2Row, YearReturn};

/// What is put behind the source of a fact that the return gives only for the year.
pub(super) const NO_DAY: &str = "day not given: dated at the end of the year";

/// The day on which a return describes the children: 31 March, or while the year still runs, the last day that it
/// says anything about. `None` when the year is no year.
pub(super) fn as_of(year: &YearReturn, today: Date) -> Option<Date> {
    let end = Date::new(year.year, 3, 31).ok()?;
    if end <= today {
        return Some(end);
    }
    let days = year.reviews.iter().filter_map(|r| r.review.value());
    let days = days.chain(year.episodes.iter().filter_map(|r| r.decom.value()));
    let days = days.chain(year.episodes.iter().filter_map(|r| r.dec.value()));
    days.filter(|day| *day <= today).max()
}

/// The same, by year.
pub(super) fn year_day(year: i16, as_of: &[(i16, Option<Date>)]) -> Option<Date> {
    as_of.iter().find(|(y, _)| *y == year).and_then(|(_, day)| *day)
}

/// Reviews of the child's case. Of a child in a series of short breaks it is the short-break review.
pub(super) fn reviews(rows: &ChildRows<'_>, history: &History, writer: &mut Writer<'_>) {
    let kept = latest(&rows.reviews, writer, |seen, w| w.day(seen, "REVIEW", &seen.row.review));
    for seen in kept {
        let Some(on) = seen.row.review.value() else { continue };
        let review = if history.short_break_on(on) { "short_break" } else { "looked_after" };
        let event = Event::ReviewHeld {
            review: SmolStr::new_static(review),
            participation: writer.code(seen, "REVIEW_CODE", &seen.row.review_code, CodeList::ReviewCode),
            meeting: None,
            chaired_by: None,
            spoke_alone: None,
            adjourned: None,
            text: None,
            occasion: None,
        };
        writer.add(seen.origin(), Fact::new("REVIEW", on, event));
    }
}

/// Health and behaviour in the year. A nought for something that can only be done (a check, a conviction) means that
/// nothing happened, and nothing is recorded.
pub(super) fn oc2(rows: &ChildRows<'_>, as_of: &[(i16, Option<Date>)], writer: &mut Writer<'_>) {
    for seen in latest(&rows.oc2, writer, |seen, _| Some(seen.year.year)) {
        let Some(on) = year_day(seen.year.year, as_of) else { continue };
        let said = format!(
            "Some time in the year to 31 March {}: the return does not give the day.",
            seen.year.year
        );
        let tag = seen.year.year.to_string();
        let mut add = |column: &str, sensitivity, event| {
            let fact = Fact::new(column, on, event).sensitivity(sensitivity).tag(&tag).remark(NO_DAY);
            writer.add(seen.origin(), fact);
        };
        let row = seen.row;
        if row.health_assessment.value() == Some(true) {
            let assessment = SmolStr::new_static("review");
            let event = Event::HealthAssessment {
                assessment,
                practitioner: None,
                text: Some(said.clone()),
                child_words: None,
                no_words_reason: None,
            };
            add("HEALTH_ASSESSMENT", Sensitivity::Ordinary, event);
        }
        if row.teeth_check.value() == Some(true) {
            let event =
                Event::DentalCheck { outcome: Some(said), treatment: None, again_on: None, told_by: None };
            add("TEETH_CHECK", Sensitivity::Ordinary, event);
        }
        if let Some(up_to_date) = row.immunisations.value() {
            add("IMMUNISATIONS", Sensitivity::Ordinary, Event::ImmunisationStatus { up_to_date });
        }
        if let Some(up_to_date) = row.health_check.value() {
            add("HEALTH_CHECK", Sensitivity::Ordinary, Event::DevelopmentCheck { up_to_date });
        }
        if row.convicted.value() == Some(true) {
            add("CONVICTED", Sensitivity::Safeguarding, Event::Conviction { convicted: true });
        }
        if row.substance_misuse.value() == Some(true) {
            let event = Event::SubstanceMisuse {
                identified: true,
                help_offered: row.intervention_offered.value(),
                help_received: row.intervention_received.value(),
            };
            add("SUBSTANCE_MISUSE", event.kind().usual_sensitivity(), event);
        }
        if let Some(event) = sdq(seen, writer) {
            let fact =
                Fact::new("SDQ_SCORE", on, event).sensitivity(Sensitivity::Health).tag(&tag).remark(NO_DAY);
            writer.add(seen.origin(), fact);
        }
    }
}

/// The questionnaire that the carer fills in: its score, or why there is none.
fn sdq(seen: Seen<'_, Oc2Row>, writer: &mut Writer<'_>) -> Option<Event> {
    let total = seen.row.sdq_score.value().filter(|total| {
        let possible = (0..=40).contains(total);
        if !possible {
            let reason = "A total difficulties score is between 0 and 40, so this was left out. Correct it.";
            writer.error(seen, "SDQ_SCORE", reason);
        }
        possible
    });
    let reason = writer.code(seen, "SDQ_REASON", &seen.row.sdq_reason, CodeList::SdqReason);
    let informant = SmolStr::new_static("parent_carer");
    // A score needs no reason for its absence.
    let reason = reason.filter(|_| total.is_none());
    (total.is_some() || reason.is_some()).then_some(Event::Sdq { informant, total, reason })
}

/// How a care leaver was doing around the birthday in the year.
pub(super) fn oc3(rows: &ChildRows<'_>, writer: &mut Writer<'_>) {
    for seen in latest(&rows.oc3, writer, |seen, _| Some(seen.year.year)) {
        let Some(on) = birthday_in(writer.born, seen.year.year) else { continue };
        let Some(in_touch) = writer.code(seen, "IN_TOUCH", &seen.row.in_touch, CodeList::InTouch) else {
            if seen.row.in_touch.value().is_none() {
                writer.error(
                    seen,
                    "IN_TOUCH",
                    "The cell is empty, so the row was left out. Say whether you were in touch.",
                );
            }
            continue;
        };
        // A nought stands for "does not apply".
        let applies = |code: &SmolStr| code != "0";
        let activity = writer.code(seen, "ACTIV", &seen.row.activ, CodeList::Activ).filter(applies);
        let accommodation = writer.code(seen, "ACCOM", &seen.row.accom, CodeList::Accom).filter(applies);
        let event = Event::LeaverContact { in_touch, activity, accommodation };
        let tag = seen.year.year.to_string();
        let fact =
            Fact::new("DOB", on, event).tag(&tag).remark("day not given: dated on the birthday in the year");
        writer.add(seen.origin(), fact);
    }
}

/// The birthday that falls in a collection year.
fn birthday_in(born: Date, year: i16) -> Option<Date> {
    birthday_in_year(born, if born.month() >= 4 { year - 1 } else { year })
}

/// The birthday in a calendar year; born on 29 February, 1 March in common years.
pub(super) fn birthday_in_year(born: Date, year: i16) -> Option<Date> {
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_birthday_in_a_collection_year_lies_between_april_and_march() {
        assert_eq!(birthday_in(date(2006, 4, 1), 2026), Some(date(2025, 4, 1)));
        assert_eq!(birthday_in(date(2006, 3, 31), 2026), Some(date(2026, 3, 31)));
        assert_eq!(birthday_in(date(2008, 2, 29), 2026), Some(date(2026, 3, 1)));
    }

    #[test]
    fn a_return_of_a_year_that_still_runs_speaks_of_its_last_dated_day() {
        let mut year = YearReturn { year: 2027, ..YearReturn::default() };
        let today = date(2026, 11, 21);
        assert_eq!(as_of(&year, today), None);
        let mut problems = crate::problem::Problems::new("f", 1);
        let at = crate::tables::RowRef { file: 0, line: 2 };
        year.push(crate::tables::Table::Reviews, at, &["1", "", "02/09/2026", "PN1"], &mut problems);
        assert_eq!(as_of(&year, today), Some(date(2026, 9, 2)));
        assert_eq!(as_of(&year, date(2027, 4, 1)), Some(date(2027, 3, 31)));
    }
}

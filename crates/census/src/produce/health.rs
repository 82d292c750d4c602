//! OC2: health and behaviour in the year of children looked after for all of it.

use jiff::civil::Date;
use kinfold_record::{EntryId, Event};
use smol_str::SmolStr;

use super::child::Child;
use super::gather::{Rows, code, flag, number};
use crate::tables::Table;

/// Ages, in years, that a column is asked of.
const CONVICTED_FROM: i32 = 10;
const HEALTH_CHECK_UNTIL: i32 = 5;
const SDQ_FROM: i32 = 4;
const SDQ_UNTIL: i32 = 17;

/// Looked after from 1 April to 31 March without a break, and not in a series of short breaks.
fn asked(child: &Child<'_>) -> bool {
    let window = &child.window;
    let all_year = child.t.care_on(window.as_of).is_some_and(|p| p.start <= window.start);
    let breaks = child.t.statuses.iter().filter(|s| super::child::is_short_break(&s.code));
    let in_year =
        |start: Date, end: Option<Date>| start <= window.as_of && end.is_none_or(|end| end > window.start);
    all_year && !breaks.into_iter().any(|s| in_year(s.start, s.end))
}

/// One row of what was recorded in the year. A check that is not recorded was not made; whether immunisations and
/// development checks are up to date is something that somebody has to say.
pub(super) fn oc2(child: &Child<'_>, rows: &mut Rows<'_>) {
    if !asked(child) {
        return;
    }
    let window = child.window;
    let turned = |years: i32| child.t.birthday(years).is_some_and(|day| day <= window.as_of);
    // Some part of the year between the fourth and the seventeenth birthday.
    let sdq_age = turned(SDQ_FROM) && child.t.birthday(SDQ_UNTIL).is_some_and(|day| day > window.start);
    let facts = Facts::read(child);
    let mut from = facts.from;
    let (score, why_not) = match (facts.score, facts.no_score) {
        _ if !sdq_age => (None, None),
        (Some((total, e)), _) => {
            from.push(e);
            (Some(total), None)
        }
        (None, Some((why, e))) => {
            from.push(e);
            (None, Some(why))
        }
        (None, None) => (None, None),
    };
    let misuse = facts.misuse;
    let (offered, received) = misuse.map_or((None, None), |m| (m.0, m.1));
    let cells = [
        number(score),
        code(why_not.as_ref()),
        flag(turned(CONVICTED_FROM).then_some(facts.convicted)),
        flag(facts.development.filter(|_| !turned(HEALTH_CHECK_UNTIL))),
        flag(facts.immunised),
        flag(Some(facts.teeth)),
        flag(Some(facts.assessed)),
        flag(Some(misuse.is_some())),
        flag(received),
        flag(offered.filter(|_| received != Some(true))),
    ];
    let wanted = [
        (sdq_age && why_not.is_none(), "SDQ_SCORE"),
        (!turned(HEALTH_CHECK_UNTIL), "HEALTH_CHECK"),
        (true, "IMMUNISATIONS"),
        (misuse.is_some(), "INTERVENTION_RECEIVED"),
        (misuse.is_some() && received == Some(false), "INTERVENTION_OFFERED"),
    ];
    let needed: Vec<&'static str> = wanted.iter().filter(|(w, _)| *w).map(|(_, column)| *column).collect();
    rows.add(Table::Oc2, &cells, &needed, from);
}

/// What was recorded in the year, the later word standing over the earlier.
#[derive(Default)]
struct Facts {
    score: Option<(i32, EntryId)>,
    no_score: Option<(SmolStr, EntryId)>,
    convicted: bool,
    development: Option<bool>,
    immunised: Option<bool>,
    teeth: bool,
    assessed: bool,
    /// Help offered and received, when a problem was identified.
    misuse: Option<(Option<bool>, Option<bool>)>,
    from: Vec<EntryId>,
}

impl Facts {
    fn read(child: &Child<'_>) -> Self {
        let mut out = Self::default();
        for e in child.in_year() {
            match &e.event {
                // The return asks for the carer's questionnaire.
                Event::Sdq { informant, total, reason } if informant == "parent_carer" => {
                    if let Some(total) = total {
                        out.score = Some((*total, e.id));
                    } else if let Some(reason) = reason {
                        out.no_score = Some((reason.clone(), e.id));
                    }
                    continue;
                }
                Event::Conviction { convicted } => out.convicted |= *convicted,
                Event::DentalCheck { .. } => out.teeth = true,
                Event::HealthAssessment { assessment, .. } if assessment != "leaving_care" => {
                    out.assessed = true
                }
                Event::SubstanceMisuse { identified: true, help_offered, help_received } => {
                    let (offered, received) = out.misuse.unwrap_or_default();
                    out.misuse = Some((help_offered.or(offered), help_received.or(received)));
                }
                Event::ImmunisationStatus { .. } | Event::DevelopmentCheck { .. } => continue,
                _ => continue,
            }
            out.from.push(e.id);
        }
        // A state holds until somebody says otherwise, so the last word may be older than the year.
        for e in child.backwards() {
            match &e.event {
                Event::ImmunisationStatus { up_to_date } if out.immunised.is_none() => {
                    out.immunised = Some(*up_to_date);
                }
                Event::DevelopmentCheck { up_to_date } if out.development.is_none() => {
                    out.development = Some(*up_to_date);
                }
                _ => continue,
            }
            out.from.push(e.id);
            if out.immunised.is_some() && out.development.is_some() {
                break;
            }
        }
        out
    }
}

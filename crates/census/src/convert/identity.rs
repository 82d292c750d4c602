//! Who the child is: Header, UASC and PrevPerm.

use jiff::civil::Date;
use kinfold_record::{Event, identifiers};
use smol_str::SmolStr;

use super::episodes::History;
use super::history::latest;
use super::rows::{ChildRows, Seen};
use super::writer::{Fact, Writer};
use super::yearly::{NO_DAY, year_day};
use crate::cell::Cell;
use crate::codes::CodeList;
use crate::problem::{Level, RowError};
use crate::tables::{HeaderRow, PrevPermRow, TableRow};

/// The date of birth: the latest return's, from Header or else from any other table.
pub(super) fn born(rows: &ChildRows<'_>, today: Date, errors: &mut Vec<RowError>) -> Option<Date> {
    let mut found: Option<(Date, Seen<'_, HeaderRow>)> = None;
    for seen in &rows.header {
        let Some(day) = seen.row.dob.value() else {
            if seen.row.dob.is_blank() {
                let reason = "The date of birth is missing. Give it: nothing can be due without it.";
                errors.push(seen.cell(Level::Error, "DOB", reason));
            }
            continue;
        };
        if day > today {
            let reason = "The date of birth is in the future, so it was not used. Correct it.";
            errors.push(seen.cell(Level::Error, "DOB", reason));
            continue;
        }
        if let Some((before, _)) = found.filter(|(before, _)| *before != day) {
            let reason = format!(
                "Another row said that the child was born on {}. The later was used.",
                before.strftime("%d/%m/%Y")
            );
            errors.push(seen.cell(Level::Note, "DOB", reason));
        }
        found = Some((day, *seen));
    }
    found.map(|(day, _)| day).or_else(|| born_elsewhere(rows, today))
}

fn born_elsewhere(rows: &ChildRows<'_>, today: Date) -> Option<Date> {
    fn last<R: TableRow>(rows: &[Seen<'_, R>], dob: impl Fn(&R) -> &Cell<Date>) -> Option<(i16, Date)> {
        rows.iter().rev().find_map(|s| dob(s.row).value().map(|day| (s.year.year, day)))
    }
    let found = [
        last(&rows.reviews, |r| &r.dob),
        last(&rows.uasc, |r| &r.dob),
        last(&rows.oc2, |r| &r.dob),
        last(&rows.oc3, |r| &r.dob),
        last(&rows.ad1, |r| &r.dob),
        last(&rows.placed_adoption, |r| &r.dob),
        last(&rows.prev_perm, |r| &r.dob),
        last(&rows.missing, |r| &r.dob),
        last(&rows.sw_episodes, |r| &r.dob),
        last(&rows.dolo, |r| &r.dob),
    ];
    found
        .into_iter()
        .flatten()
        .filter(|(_, day)| *day <= today)
        .max_by_key(|(year, _)| *year)
        .map(|(_, day)| day)
}

/// The child's registration, with everything Header says as last returned.
pub(super) fn registered(rows: &ChildRows<'_>, as_of: &[(i16, Option<Date>)], writer: &mut Writer<'_>) {
    let first_year = as_of.first().and_then(|(year, _)| Date::new(year - 1, 4, 1).ok());
    let on = writer.first_day().or(first_year).unwrap_or(writer.born).clamp(writer.born, writer.today);
    let mut sex = None;
    let mut ethnicity = None;
    // One row a child and year: of two in one return the last counts.
    let header = latest(&rows.header, writer, |seen, _| Some(seen.year.year));
    for seen in &header {
        if let Some(code) = writer.code(*seen, "SEX", &seen.row.sex, CodeList::Sex) {
            // The codes to 2023-24 were figures.
            let code = match code.as_str() {
                "1" => SmolStr::new_static("M"),
                "2" => SmolStr::new_static("F"),
                _ => code,
            };
            changed(*seen, "SEX", &mut sex, code, writer);
        }
        if let Some(code) = writer.code(*seen, "ETHNIC", &seen.row.ethnic, CodeList::Ethnic) {
            changed(*seen, "ETHNIC", &mut ethnicity, code, writer);
        }
    }
    // The newest number; only when there is none, the newest reason why.
    let mut different: Vec<Seen<'_, HeaderRow>> = header.iter().rev().copied().collect();
    different.dedup_by(|a, b| a.row.upn == b.row.upn);
    let numbers: Vec<String> = different.into_iter().filter_map(|seen| upn(seen, writer)).collect();
    let number = numbers.iter().find(|n| !identifiers::is_upn_absence(n)).or(numbers.first());
    let upn = number.cloned();
    let from = match header.last() {
        Some(seen) => seen.origin(),
        None => {
            let Some(from) = rows.first() else { return };
            let reason = "The child has no row in Header: only the date of birth is known, from another table. Add the row.";
            writer.errors.push(RowError::line(Level::Error, from.file, from.line, reason));
            from
        }
    };
    let event = Event::ChildRegistered {
        given_name: "Child".to_owned(),
        family_name: writer.local_id.to_owned(),
        date_of_birth: writer.born,
        known_as: None,
        sex,
        ethnicity,
        nhs_number: None,
        upn,
        local_id: Some(writer.local_id.to_owned()),
        first_language: None,
        disabled: None,
    };
    writer.add(from, Fact::new("DOB", on, event).tag(""));
}

/// Keeps the newest code, and notes what the return before said.
fn changed(
    seen: Seen<'_, HeaderRow>,
    column: &str,
    kept: &mut Option<SmolStr>,
    code: SmolStr,
    writer: &mut Writer<'_>,
) {
    if let Some(before) = kept.as_ref().filter(|before| **before != code) {
        writer.note(seen, column, format!("An earlier return said “{before}”. The later return was used."));
    }
    *kept = Some(code);
}

/// The unique pupil number, or the code that says why there is none (UN1 to UN5).
fn upn(seen: Seen<'_, HeaderRow>, writer: &mut Writer<'_>) -> Option<String> {
    let text = seen.row.upn.value()?;
    match identifiers::upn(text) {
        Ok(upn) => Some(upn),
        // The return's own rules check the shape only, and schools hold such numbers: kept, and worth a look.
        Err(identifiers::UpnError::CheckLetter) => {
            writer.note(seen, "UPN", identifiers::UpnError::CheckLetter.to_string());
            Some(text.to_string())
        }
        Err(wrong) => {
            writer.error(seen, "UPN", format!("{wrong} It was left out."));
            None
        }
    }
}

/// Unaccompanied asylum-seeking status, from the first time in care that we know of.
pub(super) fn asylum(
    rows: &ChildRows<'_>,
    history: &History,
    as_of: &[(i16, Option<Date>)],
    writer: &mut Writer<'_>,
) {
    let Some(seen) = latest(&rows.uasc, writer, |_, _| Some(())).pop() else { return };
    let first = rows.uasc.first().map_or(seen.year.year, |s| s.year.year);
    let Some(on) = history.first_day().or_else(|| year_day(first, as_of)) else { return };
    let ends_on = writer.end(seen, "DUC", on, &seen.row.duc);
    let event = Event::AsylumStatus { unaccompanied: true, trafficked: None, ends_on };
    writer.add(seen.origin(), Fact::new("DUC", on.max(writer.born), event).tag("").remark(FROM_FIRST_CARE));
}

const FROM_FIRST_CARE: &str = "day not given: dated when care started";

/// Motherhood, on the baby's date of birth where it is given.
pub(super) fn mother(rows: &ChildRows<'_>, as_of: &[(i16, Option<Date>)], writer: &mut Writer<'_>) {
    let Some(first) = rows.header.iter().find(|s| s.row.mother.value() == Some(true)) else { return };
    let dated = rows.header.iter().rev().find(|s| s.row.mc_dob.value().is_some());
    if let Some((seen, born)) = dated.and_then(|s| s.row.mc_dob.value().map(|born| (s, born))) {
        let event = Event::BecameMother { baby_born_on: Some(born) };
        writer.add(seen.origin(), Fact::new("MC_DOB", born, event).tag(""));
    } else if let Some(on) = year_day(first.year.year, as_of) {
        let event = Event::BecameMother { baby_born_on: None };
        writer.add(first.origin(), Fact::new("MOTHER", on, event).tag("").remark(NO_DAY));
    }
}

/// An earlier permanent arrangement, told when the period of care started that the return reports it for.
pub(super) fn previous_permanence(
    rows: &ChildRows<'_>,
    history: &History,
    as_of: &[(i16, Option<Date>)],
    writer: &mut Writer<'_>,
) {
    let on_day = |seen: Seen<'_, PrevPermRow>| {
        let end = year_day(seen.year.year, as_of)?;
        Some(history.last_start_by(end).unwrap_or(end))
    };
    for seen in latest(&rows.prev_perm, writer, |seen, _| on_day(seen)) {
        let Some(arrangement) = writer.code(seen, "PREV_PERM", &seen.row.prev_perm, CodeList::PrevPerm)
        else {
            continue;
        };
        let Some(on) = on_day(seen) else { continue };
        let event = Event::PreviousPermanence {
            arrangement,
            authority: writer.code(seen, "LA_PERM", &seen.row.la_perm, CodeList::LaPerm),
            ordered_on: writer.line(seen, "DATE_PERM", &seen.row.date_perm),
        };
        writer.add(seen.origin(), Fact::new("PREV_PERM", on, event).remark(FROM_FIRST_CARE));
    }
}

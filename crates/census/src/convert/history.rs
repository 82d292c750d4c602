//! Laying years over each other: the same row in two returns is one thing, and the later return knows better.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::rows::Seen;
use super::writer::Writer;
use crate::problem::Level;
use crate::tables::TableRow;

/// One row for each key, as the latest return has it, in the order of the keys. Rows without a key are left out (the
/// caller has reported them). What two returns say differently is noted; an empty cell filled later is no difference.
pub(super) fn latest<'a, R, K>(
    rows: &[Seen<'a, R>],
    writer: &mut Writer<'_>,
    mut key: impl FnMut(Seen<'a, R>, &mut Writer<'_>) -> Option<K>,
) -> Vec<Seen<'a, R>>
where
    R: TableRow,
    K: Ord,
{
    let mut out: BTreeMap<K, Seen<'a, R>> = BTreeMap::new();
    for row in rows {
        let Some(key) = key(*row, writer) else { continue };
        if let Some(before) = out.insert(key, *row) {
            compare(before, *row, writer);
        }
    }
    out.into_values().collect()
}

/// Says what two rows about the same thing say differently.
fn compare<R: TableRow>(before: Seen<'_, R>, after: Seen<'_, R>, writer: &mut Writer<'_>) {
    let differing = R::TABLE.columns().iter().enumerate().filter(|(i, column)| {
        let (old, new) = (before.row.raw(*i), after.row.raw(*i));
        // Sex and date of birth are compared once, in Header.
        !old.is_empty() && !old.eq_ignore_ascii_case(new) && !matches!(**column, "CHILD" | "DOB" | "SEX")
    });
    let differing: Vec<(usize, &str)> = differing.map(|(i, column)| (i, *column)).collect();
    if before.year.year == after.year.year {
        let (level, reason) = if differing.is_empty() {
            (Level::Note, format!("The same row stands in line {} too. It was used once.", before.line()))
        } else {
            let columns: Vec<&str> = differing.iter().map(|(_, column)| *column).collect();
            let reason = format!(
                "Line {} is about the same thing and says something else in {}. This line was used: take the wrong one away.",
                before.line(),
                columns.join(", ")
            );
            (Level::Error, reason)
        };
        writer.errors.push(after.problem(level, reason));
        return;
    }
    for (i, column) in differing {
        let reason = format!(
            "The return of {} said “{}”. The later return was used.",
            before.year.year,
            before.row.raw(i)
        );
        writer.note(after, column, reason);
    }
}

/// Whether something that was still running at the end of one return has gone from the child's rows in the next: the
/// later return no longer believes in it (its start was put right, or it never was), so it is left out, with a note.
pub(super) fn superseded<R: TableRow>(
    seen: Seen<'_, R>,
    rows: &[Seen<'_, R>],
    column: &str,
    start: impl Fn(&R) -> Option<Date>,
    writer: &mut Writer<'_>,
) -> bool {
    let next_year = seen.year.year.saturating_add(1);
    let mut next = rows.iter().filter(|s| s.year.year == next_year).peekable();
    if next.peek().is_none() {
        return false;
    }
    // A row whose start could not be read may well be this one.
    if next.any(|s| start(s.row).is_none_or(|day| Some(day) == start(seen.row))) {
        return false;
    }
    let reason = format!(
        "It was still running at the end of the return of {}, but the return of {next_year} no longer has it. The later return was used.",
        seen.year.year
    );
    writer.note(seen, column, reason);
    true
}

//! From the tables of several years to each child's history.
//!
//! The return is a photograph of a year: the same episode stands in every return in which it was still running, and a
//! later return may put right an earlier one. Here the years are laid over each other, the later winning, and what
//! they say is turned into entries that can be recorded. What a return does not say is not made up.

mod adoption;
mod episodes;
mod history;
mod identity;
mod missing;
mod rows;
mod workers;
mod writer;
mod yearly;

pub(crate) use episodes::BEGAN_EARLIER;
use jiff::civil::Date;
use kinfold_record::{Event, Sensitivity};
use serde::Serialize;
use smol_str::SmolStr;

use crate::problem::{Level, RowError};
use crate::tables::YearReturn;
use rows::ChildRows;
use writer::Writer;

/// What the conversion has to know from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConvertOptions {
    /// Today in England. Nothing after it can have happened.
    pub today: Date,
}

/// What became of the returns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Converted {
    /// Every child with at least a date of birth, in the order of their keys.
    pub children: Vec<ImportedChild>,
    /// What could not be used and what was put right between years.
    pub errors: Vec<RowError>,
}

/// One child's history.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportedChild {
    /// The same in every import of this child: `ssda903:100031`.
    pub key: String,
    /// The local identifier as the return has it.
    pub local_id: SmolStr,
    /// What happened, oldest first. The first is always `child_registered`.
    pub entries: Vec<ImportedEntry>,
}

/// One entry to be, without id, child and time of recording, which the importer gives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportedEntry {
    /// The same whenever this fact is imported, unique within all imports:
    /// `ssda903:100031:care_started:2019-10-24`.
    pub key: String,
    /// Changes if and only if what is said under the key changes: 128 bits of SHA-256, in hexadecimal.
    pub digest: String,
    /// The day it happened. Where the return gives only the year, 31 March of it, and `source` says so.
    pub happened_on: Date,
    /// What happened.
    pub event: Event,
    /// Where it was read: `ssda903 2026 episodes.csv row 12`.
    pub source: String,
    /// Who may read it.
    pub sensitivity: Sensitivity,
}

/// What [`ImportedEntry::digest`] is for an entry that says this.
pub fn digest_of(happened_on: Date, sensitivity: Sensitivity, event: &Event) -> String {
    writer::digest(&writer::Said { happened_on, sensitivity, event }, &mut Vec::new())
}

/// Lays the years over each other and gives each child's history. The order of `years` does not matter.
///
/// A fact is left out, with an error that says where it stands and what to do, when its cell cannot be read or cannot
/// be true: before the child's birth, after `options.today`, an end before its start, a code no list knows. The rest
/// of the child's history still comes. A child whose date of birth stands nowhere is left out altogether.
pub fn to_chronologies(years: &[YearReturn], options: &ConvertOptions) -> Converted {
    let mut sorted: Vec<&YearReturn> = years.iter().collect();
    sorted.sort_by_key(|y| y.year);
    let mut errors = Vec::new();
    let mut children = Vec::new();
    let last_dates: Vec<(i16, Option<Date>)> =
        sorted.iter().map(|y| (y.year, yearly::as_of(y, options.today))).collect();
    for (local_id, rows) in rows::by_child(&sorted, &mut errors) {
        let born = identity::born(&rows, options.today, &mut errors);
        let Some(born) = born else {
            if let Some(from) = rows.first() {
                errors.push(RowError::line(
                    Level::Error,
                    from.file,
                    from.line,
                    format!("Child {local_id} was left out: no table gives a date of birth that can be read. Add the child's row to Header."),
                ));
            }
            continue;
        };
        let mut writer = Writer::new(local_id, born, options.today, rows.count() + 8, &mut errors);
        convert(&rows, &last_dates, &mut writer);
        let entries = writer.finish();
        children.push(ImportedChild {
            key: format!("ssda903:{local_id}"),
            local_id: SmolStr::new(local_id),
            entries,
        });
    }
    Converted { children, errors }
}

fn convert(rows: &ChildRows<'_>, as_of: &[(i16, Option<Date>)], writer: &mut Writer<'_>) {
    let history = episodes::convert(rows, as_of, writer);
    yearly::reviews(rows, &history, writer);
    yearly::oc2(rows, as_of, writer);
    yearly::oc3(rows, writer);
    adoption::convert(rows, writer);
    missing::missing(rows, writer);
    missing::liberty(rows, writer);
    workers::convert(rows, writer);
    identity::asylum(rows, &history, as_of, writer);
    identity::mother(rows, as_of, writer);
    identity::previous_permanence(rows, &history, as_of, writer);
    // Last, because a child is added to the record on the first day that anything is known of.
    identity::registered(rows, as_of, writer);
}

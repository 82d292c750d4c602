//! Making a return of what was imported, and comparing returns row by row.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};
use kinfold_census::check::{Returns, Supplied};
use kinfold_census::{
    Converted, HeldReturns, ImportedChild, ProduceOptions, Produced, Table, TableRow, YearReturn, produce,
    produce_child_years,
};
use kinfold_record::{ChildId, Chronology, Entry, EntryId};
use uuid::Uuid;

use super::TODAY;

/// Chronologies of imported children, as a bulk import would record them.
pub fn chronologies(converted: &Converted) -> Vec<Chronology> {
    converted.children.iter().enumerate().map(|(n, child)| chronology(child, n as u128)).collect()
}

fn chronology(child: &ImportedChild, n: u128) -> Chronology {
    let id = ChildId(Uuid::from_u128(n + 1));
    let entry = |(i, e): (usize, &kinfold_census::ImportedEntry)| Entry {
        id: EntryId(Uuid::from_u128((n << 64) + 100 + i as u128)),
        child: id,
        happened_on: e.happened_on,
        happened_at: None,
        recorded_at: Timestamp::UNIX_EPOCH + 1.hour(),
        recorded_by: None,
        source: Some(e.source.clone()),
        about: Vec::new(),
        sensitivity: e.sensitivity,
        replaces: None,
        event: e.event.clone(),
    };
    Chronology::new(id, child.entries.iter().enumerate().map(entry).collect()).expect("one child's entries")
}

/// The return of a year with everything that is held from before it, as the rules take it.
pub fn held(chronologies: &[Chronology], year: i16) -> Returns {
    let options = ProduceOptions::new(year, TODAY);
    let children = chronologies.iter().filter_map(|c| produce_child_years(c, &options)).collect();
    let held = HeldReturns::of(&options, children);
    Returns::with_history(held.this.year, Some(held.last.year), held.earlier, &Supplied::default())
}

/// The return of a year, with every table but social workers before the collection asked for them.
pub fn made(chronologies: &[Chronology], year: i16) -> Produced {
    let options = ProduceOptions::new(year, TODAY);
    // The data has deprivation of liberty orders in years in which the collection did not ask for them yet.
    let tables = [options.tables.clone(), vec![Table::Dolo]].concat();
    produce(chronologies, &ProduceOptions { tables, ..options })
}

/// The rows of a table as text.
pub fn rows(year: &YearReturn, table: Table) -> Vec<Vec<String>> {
    fn all<R: TableRow>(rows: &[R]) -> Vec<Vec<String>> {
        let cells = |row: &R| (0..R::TABLE.columns().len()).map(|i| row.raw(i).to_owned()).collect();
        rows.iter().map(cells).collect()
    }
    match table {
        Table::Header => all(&year.header),
        Table::Episodes => all(&year.episodes),
        Table::Reviews => all(&year.reviews),
        Table::Uasc => all(&year.uasc),
        Table::Oc2 => all(&year.oc2),
        Table::Oc3 => all(&year.oc3),
        Table::Ad1 => all(&year.ad1),
        Table::PlacedAdoption => all(&year.placed_adoption),
        Table::PrevPerm => all(&year.prev_perm),
        Table::Missing => all(&year.missing),
        Table::SwEpisodes => all(&year.sw_episodes),
        Table::Dolo => all(&year.dolo),
    }
}

/// What two returns say differently, counted by kind: `Header.UPN`, `OC3 row only made`.
pub fn differences(given: &YearReturn, made: &YearReturn) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for table in Table::ALL {
        let mut only_given = rows(given, *table);
        let mut only_made = rows(made, *table);
        only_given.sort();
        only_made.sort();
        let shared = only_given.clone();
        only_given.retain(|row| only_made.binary_search(row).is_err());
        only_made.retain(|row| shared.binary_search(row).is_err());
        let key = |row: &[String]| match table {
            Table::Header | Table::Oc2 | Table::Oc3 | Table::Uasc | Table::PrevPerm | Table::Ad1 => {
                vec![row[0].clone()]
            }
            Table::Episodes => row[..2].to_vec(),
            Table::Missing => row[..4].to_vec(),
            Table::SwEpisodes => vec![row[0].clone(), row[3].clone()],
            _ => row[..3].to_vec(),
        };
        for row in only_given {
            let other = only_made.iter().position(|m| key(m) == key(&row)).map(|i| only_made.remove(i));
            let Some(other) = other else {
                *out.entry(format!("{} row not made", table.title())).or_default() += 1;
                continue;
            };
            for (i, column) in table.columns().iter().enumerate().filter(|(i, _)| row[*i] != other[*i]) {
                *out.entry(format!("{}.{column}", table.title())).or_default() += 1;
                if std::env::var_os("KINFOLD_SHOW").is_some() && *column != "UPN" {
                    eprintln!(
                        "{} {} {column}: {} -> {} {row:?}",
                        given.year,
                        table.title(),
                        row[i],
                        other[i]
                    );
                }
            }
        }
        for _ in only_made {
            *out.entry(format!("{} row only made", table.title())).or_default() += 1;
        }
    }
    out
}

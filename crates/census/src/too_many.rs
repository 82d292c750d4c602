//! Rows that no child can have: copied again and again by mistake, or made so that whoever checks them never comes to an
//! end. Many rules compare each row of a child with every other.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::cell::Column as _;
use crate::tables::{RowRef, TableRow};

/// A child with too many rows in one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TooMany {
    /// The child, as written.
    pub(crate) child: SmolStr,
    /// The first row that is too many.
    pub(crate) at: RowRef,
    /// How many rows there are altogether.
    pub(crate) rows: usize,
}

/// For each row whether it is to be kept: at most so many of each child, the first ones. `None` when all are.
pub(crate) fn kept<T: TableRow>(rows: &[T], most: usize, found: &mut Vec<TooMany>) -> Option<Vec<bool>> {
    if rows.len() <= most {
        return None;
    }
    let mut counts: HashMap<&str, (usize, RowRef)> = HashMap::new();
    let keep: Vec<bool> = rows
        .iter()
        .map(|row| {
            let (count, first_left_out) = counts.entry(row.child().text()).or_insert((0, row.at()));
            *count += 1;
            if *count == most + 1 {
                *first_left_out = row.at();
            }
            *count <= most
        })
        .collect();
    let mut over: Vec<TooMany> = counts
        .into_iter()
        .filter(|(_, (rows, _))| *rows > most)
        .map(|(child, (rows, at))| TooMany { child: child.into(), at, rows })
        .collect();
    over.sort_by_key(|one| one.at);
    let any = !over.is_empty();
    found.append(&mut over);
    any.then_some(keep)
}

/// Keeps those of a list that stand at the same place.
pub(crate) fn retain<T>(list: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    list.retain(|_| keep.next().copied().unwrap_or(true));
}

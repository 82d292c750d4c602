//! The statutory return from the record: the reverse of [`to_chronologies`](crate::to_chronologies).
//!
//! Each child's whole history is folded and one collection year is cut from it, so nothing depends on what an earlier
//! return said. What the record does not say stays an empty cell, and a [`Lack`] says what to record. How each column
//! comes about, and where a return that was imported cannot come back cell by cell, is in
//! `docs/reference/census-return.md`.
//!
//! Source: Department for Education, *Children looked-after by local authorities in England: guide to the SSDA903
//! collection*.

mod adoption;
mod child;
mod episodes;
mod gather;
mod health;
mod held;
mod identity;
mod lack;
mod leavers;
mod safety;
mod workers;

use std::borrow::Borrow;

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_record::Chronology;
use rayon::prelude::*;

pub use gather::{ChildReturn, Origins, Produced, RowOrigin};
pub use held::{ChildYears, HeldReturns, produce_child_years};
pub use lack::{Lack, Source, recorded_by};

use crate::tables::Table;
use child::{Child, Window};
use gather::Rows;

/// What the return is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProduceOptions {
    /// The year in which the collection ends: 2026 is 1 April 2025 to 31 March 2026.
    pub year: i16,
    /// Today in England. While the year runs, the return is as it would be if it ended today.
    pub today: Date,
    /// Leaves out what was recorded later, to make a return again as it was. `None`: everything known now, also what
    /// was put right after the year ended.
    pub known_at: Option<Timestamp>,
    /// The tables to fill; the others stay empty.
    pub tables: Vec<Table>,
}

impl ProduceOptions {
    /// Everything known, and the tables that the collection of that year takes.
    pub fn new(year: i16, today: Date) -> Self {
        let tables = Table::ALL.iter().copied().filter(|table| table.collected_in(year)).collect();
        Self { year, today, known_at: None, tables }
    }
}

impl Table {
    /// Whether the collection that ends in this year takes the table: social workers from 2023-24, deprivation of
    /// liberty from 2026-27, everything else in every year that Kinfold knows.
    pub fn collected_in(self, year: i16) -> bool {
        match self {
            Self::SwEpisodes => year >= 2024,
            Self::Dolo => year >= 2027,
            _ => true,
        }
    }
}

/// The return of one year, made of every child's whole history. The order of the chronologies, and of the entries in
/// them, does not matter. Chronologies of carers and homes are passed over.
pub fn produce<C>(chronologies: &[C], options: &ProduceOptions) -> Produced
where
    C: Borrow<Chronology> + Sync,
{
    let children = chronologies.par_iter().filter_map(|c| produce_child(c.borrow(), options)).collect();
    Produced::of(options, children)
}

/// One child's part of the return; `None` when the child does not stand in it. For callers that do not hold everyone's
/// chronology at once: gather the parts with [`Produced::of`].
pub fn produce_child(chronology: &Chronology, options: &ProduceOptions) -> Option<ChildReturn> {
    cut(&Child::read(chronology, Window::of(options)?, options.known_at)?, options)
}

/// The part of a child that was read, for the year of the child's window.
fn cut(child: &Child<'_>, options: &ProduceOptions) -> Option<ChildReturn> {
    let mut rows = Rows::new(child, options);
    let episodes = episodes::of_year(child);
    let leaver = leavers::of_year(child);
    if episodes.is_empty() && leaver.is_none() {
        return None;
    }
    identity::header(child, &episodes, &mut rows);
    if let Some(leaver) = leaver {
        leavers::oc3(child, &leaver, &mut rows);
    }
    // Of care leavers who were not looked after in the year, nothing else is returned.
    if !episodes.is_empty() {
        episodes::write(child, &episodes, &mut rows);
        identity::reviews(child, &mut rows);
        identity::uasc(child, &mut rows);
        health::oc2(child, &mut rows);
        adoption::ad1(child, &mut rows);
        adoption::placed(child, &mut rows);
        identity::previous_permanence(child, &episodes, &mut rows);
        safety::missing(child, &mut rows);
        workers::social_workers(child, &mut rows);
        safety::liberty(child, &mut rows);
    }
    Some(rows.finish())
}

//! Which placements are one home, and which are one stay with the same carers.
//!
//! A child who goes away for a time (SSDA903 T0 to T4) and comes back has lived in one home. A child who moves together
//! with the carers lives in another home, and goes on staying with the same people.

use jiff::civil::{Date, Time};
use kinfold_record::{EntryId, Placement};

/// An anchor's first day, its end, the entry that started it and the time of day.
type Edges = (Date, Option<Date>, EntryId, Option<Time>);

/// For each placement, the positions of the first of its home and of the first of its stay. Empty when no placement
/// goes on with another, which is so for most children.
#[derive(Debug, Default)]
pub(crate) struct Homes {
    first: Vec<(usize, usize)>,
}

impl Homes {
    pub fn of(placements: &[Placement]) -> Self {
        let mut first = Vec::new();
        if placements.iter().all(|p| p.continues.is_none()) {
            return Self { first };
        }
        let (mut home, mut stay) = (0, 0);
        let mut away = false;
        for (i, p) in placements.iter().enumerate() {
            if p.continues.is_none() {
                (home, stay) = (i, i);
            } else if !p.is_temporary() && !away {
                home = i;
            }
            first.push((home, stay));
            away = p.is_temporary();
        }
        Self { first }
    }

    /// Position of the placement with which the home (or the stay) began.
    pub fn first(&self, at: usize, stay: bool) -> usize {
        self.first.get(at).map_or(at, |(h, s)| if stay { *s } else { *h })
    }

    /// The placement itself, or while it is an absence, the one the child is away from.
    pub fn home<'a>(&self, placements: &'a [Placement], at: usize) -> Option<&'a Placement> {
        let p = placements.get(at)?;
        if !p.is_temporary() {
            return Some(p);
        }
        let from = self.first(at, false);
        placements.get(from..at)?.iter().rev().find(|p| !p.is_temporary()).or(Some(p))
    }

    /// Each home, or each stay, oldest first.
    pub fn each<'a>(&'a self, placements: &'a [Placement], stay: bool) -> impl Iterator<Item = Edges> + 'a {
        let starts = move |i: usize| i >= placements.len() || self.first(i, stay) == i;
        placements.iter().enumerate().filter(move |(i, _)| starts(*i)).map(move |(i, p)| {
            let last = (i..placements.len()).find(|i| starts(i + 1)).unwrap_or(i);
            (p.start, placements.get(last).and_then(|p| p.end), p.entry, None)
        })
    }
}

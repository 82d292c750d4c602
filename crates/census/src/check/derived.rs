//! What is worked out for the rows of a year: from the postcodes, where a placement lies and how far from home; from
//! the table of unaccompanied children, who is one.

use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;

use super::context::Supplied;
use super::places::{Spot, authority_code, looks_like_postcode, miles, plain_postcode};
use super::view::Row;
use crate::tables::{EpisodeRow, HeaderRow, Table, YearReturn};

/// What is worked out for the rows of a year; a list that is shorter than its table reads as blank.
#[derive(Debug, Clone, Default)]
pub(crate) struct Derived {
    /// Of each row of Header: whether the child is unaccompanied and seeking asylum, `1`, `0` or what was written.
    pub(crate) uasc: Vec<SmolStr>,
    /// Of each episode: the authority of the placement.
    pub(crate) pl_la: Vec<SmolStr>,
    /// Of each episode: `IN` or `OUT`.
    pub(crate) pl_location: Vec<SmolStr>,
    /// Of each episode: miles from home, as text.
    pub(crate) pl_distance: Vec<SmolStr>,
    /// Of each episode: whether the directory knows the home's and the placement's postcode. Empty without a
    /// directory.
    pub(crate) known: Vec<(bool, bool)>,
}

impl Derived {
    pub(crate) fn of(year: &YearReturn, supplied: &Supplied<'_>) -> Self {
        let mut out = Self { uasc: uasc(year), ..Self::default() };
        let Some(places) = supplied.places else { return out };
        let authority = supplied.authority.map(str::to_ascii_uppercase);
        // Homes repeat from one row to the next, and looking up is the dear part.
        let mut known: HashMap<SmolStr, Option<Spot>> = HashMap::new();
        for episode in &year.episodes {
            let mut find = |postcode: &str| -> Option<Spot> {
                let postcode = plain_postcode(postcode);
                if postcode.is_empty() {
                    return None;
                }
                known.entry(postcode).or_insert_with_key(|p| places.find(p)).clone()
            };
            let home = find(episode.home_post.raw());
            let placed = find(episode.pl_post.raw());
            let distance =
                home.as_ref().zip(placed.as_ref()).map(|(a, b)| miles(a, b)).filter(|d| d.is_finite());
            let la = placed.as_ref().map(|spot| authority_code(&spot.authority)).unwrap_or_default();
            let location = match authority.as_deref() {
                Some(own) if !la.is_empty() => SmolStr::new_static(if la == own { "IN" } else { "OUT" }),
                _ => SmolStr::default(),
            };
            out.known.push((home.is_some(), placed.is_some()));
            out.pl_la.push(la);
            out.pl_location.push(location);
            out.pl_distance.push(distance.map(|d| SmolStr::from(format!("{d:.1}"))).unwrap_or_default());
        }
        out
    }
}

/// In XML the header says it; in CSV it follows from the table of unaccompanied children.
fn uasc(year: &YearReturn) -> Vec<SmolStr> {
    if year.from_xml {
        return year.header_uasc.clone();
    }
    if !year.sent.contains(&Table::Uasc) {
        return Vec::new();
    }
    let children: HashSet<&str> = year.uasc.iter().map(|row| row.child.raw()).collect();
    let flag = |child: &str| SmolStr::new_static(if children.contains(child) { "1" } else { "0" });
    year.header.iter().map(|row| flag(row.child.raw())).collect()
}

impl<'a> Row<'a, HeaderRow> {
    /// Whether the child is unaccompanied and seeking asylum: `1`, `0`, blank, or what the XML said.
    pub fn uasc(&self) -> &'a str {
        self.derived(|d| &d.uasc)
    }
}

impl<'a> Row<'a, EpisodeRow> {
    /// The authority of the placement (`E10000016`, `WAL`); blank when not known.
    pub fn pl_la(&self) -> &'a str {
        self.derived(|d| &d.pl_la)
    }

    /// `IN` or `OUT` of the authority; blank when not known.
    pub fn pl_location(&self) -> &'a str {
        self.derived(|d| &d.pl_location)
    }

    /// Whether the home's postcode is a real one: one that the directory knows or, without a directory, one of the right
    /// form. A blank is not.
    pub fn home_post_is_real(&self) -> bool {
        self.known().map_or_else(|| looks_like_postcode(self.home_post.raw()), |known| known.0)
    }

    /// The same of the placement's postcode.
    pub fn pl_post_is_real(&self) -> bool {
        self.known().map_or_else(|| looks_like_postcode(self.pl_post.raw()), |known| known.1)
    }

    /// Miles from home; `None` when not known.
    pub fn pl_distance(&self) -> Option<f64> {
        self.derived(|d| &d.pl_distance).parse().ok()
    }
}

//! What a rule sees: a child, and the child's rows of either year.

use std::ops::Deref;

use jiff::civil::{Date, date};
use smol_str::SmolStr;

use super::derived::Derived;
use super::returns::{InYear, Year};
use crate::tables::{
    Ad1Row, DoloRow, EpisodeRow, HeaderRow, MissingRow, Oc2Row, Oc3Row, PlacedAdoptionRow, PrevPermRow,
    ReviewRow, SwEpisodeRow, UascRow,
};

/// A child in this year's return. Everything of [`ChildYear`] can be asked of it directly.
#[derive(Debug, Clone, Copy)]
pub struct Child<'a> {
    id: &'a str,
    this: ChildYear<'a>,
    last: ChildYear<'a>,
    earlier: &'a [Year],
}

impl<'a> Child<'a> {
    pub(crate) fn new(
        id: &'a str,
        number: u32,
        this: &'a Year,
        last: Option<&'a Year>,
        earlier: &'a [Year],
    ) -> Self {
        let of = |year| ChildYear { year, number };
        Self { id, this: of(Some(this)), last: of(last), earlier }
    }

    /// The local identifier; empty for a row that has none.
    pub fn id(&self) -> &'a str {
        self.id
    }

    /// The child in last year's return; without rows when there is no such return.
    pub fn last(&self) -> ChildYear<'a> {
        self.last
    }

    /// The child in every return before this year's that is held: last year's, then those before it, the newest first.
    pub fn before(&self) -> impl Iterator<Item = ChildYear<'a>> + use<'a> {
        let number = self.this.number;
        let earlier = self.earlier.iter().map(move |year| ChildYear { year: Some(year), number });
        std::iter::once(self.last).chain(earlier)
    }
}

impl<'a> Deref for Child<'a> {
    type Target = ChildYear<'a>;

    fn deref(&self) -> &Self::Target {
        &self.this
    }
}

/// A child's rows in one year's return. Rows of a table that has a day come sorted by it.
#[derive(Debug, Clone, Copy)]
pub struct ChildYear<'a> {
    year: Option<&'a Year>,
    number: u32,
}

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident $row:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name(&self) -> Rows<'a, $row> {
            self.rows()
        }
    )*};
}

impl<'a> ChildYear<'a> {
    /// The last day of the collection: 31 March. `None` when there is no such return.
    pub fn ends(&self) -> Option<Date> {
        self.year.map(|year| date(year.rows.year, 3, 31))
    }

    fn rows<T: InYear>(&self) -> Rows<'a, T> {
        self.year.map_or(Rows { of: None, order: &[] }, |year| year.of(self.number))
    }

    /// The first row of Header, if there is one.
    pub fn header(&self) -> Option<Row<'a, HeaderRow>> {
        self.headers().first()
    }

    tables! {
        /// Rows of Header; more than one is a mistake, which other rules should survive.
        headers HeaderRow;
        /// Episodes by `DECOM`.
        episodes EpisodeRow;
        /// Reviews by `REVIEW`.
        reviews ReviewRow;
        /// Rows of UASC.
        uasc UascRow;
        /// Rows of OC2.
        oc2 Oc2Row;
        /// Rows of OC3.
        oc3 Oc3Row;
        /// Rows of AD1.
        ad1 Ad1Row;
        /// Rows of PlacedAdoption by `DATE_PLACED`.
        placed_adoption PlacedAdoptionRow;
        /// Rows of PrevPerm.
        prev_perm PrevPermRow;
        /// Rows of Missing by `MIS_START`.
        missing MissingRow;
        /// Rows of SWEpisodes by `SW_DECOM`.
        sw_episodes SwEpisodeRow;
        /// Rows of DoLo by `DOLO_START`.
        dolo DoloRow;
    }
}

/// A row: all its columns, and where it stands.
#[derive(Debug)]
pub struct Row<'a, T> {
    row: &'a T,
    index: u32,
    year: &'a Year,
}

impl<T> Clone for Row<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Row<'_, T> {}

impl<T> Deref for Row<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.row
    }
}

impl<'a, T> Row<'a, T> {
    /// The row itself, for as long as the return lives: for text that is kept beyond this row.
    pub fn row(&self) -> &'a T {
        self.row
    }

    /// Its position in its table, from 0, in the order of the file.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Whether it is of last year's return.
    pub fn is_last_year(&self) -> bool {
        self.year.is_last
    }

    /// Whether this is the very row that `other` is.
    pub fn is_row(&self, other: &Self) -> bool {
        std::ptr::eq(self.row, other.row)
    }

    /// Of an episode: whether the directory knows both postcodes; `None` without a directory.
    pub(crate) fn known(&self) -> Option<(bool, bool)> {
        self.year.derived.known.get(self.index as usize).copied()
    }

    /// What was worked out for this row, from the list of it.
    pub(crate) fn derived(&self, list: impl FnOnce(&'a Derived) -> &'a [SmolStr]) -> &'a str {
        list(&self.year.derived).get(self.index as usize).map_or("", SmolStr::as_str)
    }
}

/// Rows in an order.
#[derive(Debug)]
pub struct Rows<'a, T> {
    of: Option<(&'a Year, &'a [T])>,
    order: &'a [u32],
}

impl<T> Clone for Rows<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Rows<'_, T> {}

impl<'a, T: InYear> Rows<'a, T> {
    pub(crate) fn new(year: &'a Year, order: &'a [u32]) -> Self {
        Self { of: Some((year, T::rows(&year.rows))), order }
    }
}

impl<'a, T> Rows<'a, T> {
    /// How many.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The row at a position in this order.
    pub fn get(&self, position: usize) -> Option<Row<'a, T>> {
        let (year, rows) = self.of?;
        let index = *self.order.get(position)?;
        Some(Row { row: rows.get(index as usize)?, index, year })
    }

    /// The first.
    pub fn first(&self) -> Option<Row<'a, T>> {
        self.get(0)
    }

    /// The last.
    pub fn last(&self) -> Option<Row<'a, T>> {
        self.get(self.len().checked_sub(1)?)
    }

    /// All of them, from either end.
    pub fn iter(&self) -> Iter<'a, T> {
        Iter { rows: *self, front: 0, back: self.len() }
    }

    /// Each row but the last, with the one after it.
    pub fn pairs(&self) -> impl Iterator<Item = (Row<'a, T>, Row<'a, T>)> + use<'a, T> {
        self.iter().zip(self.iter().skip(1))
    }

    /// Each row with the one before it and the one after it, where there are such.
    pub fn neighbours(
        &self,
    ) -> impl Iterator<Item = (Option<Row<'a, T>>, Row<'a, T>, Option<Row<'a, T>>)> + use<'a, T> {
        let rows = *self;
        rows.iter()
            .enumerate()
            .map(move |(i, row)| (i.checked_sub(1).and_then(|before| rows.get(before)), row, rows.get(i + 1)))
    }

    /// The rows in the order of the file.
    pub fn in_file_order(&self) -> Vec<Row<'a, T>> {
        let mut rows: Vec<_> = self.iter().collect();
        rows.sort_by_key(|row| row.index);
        rows
    }
}

impl<'a, T> IntoIterator for Rows<'a, T> {
    type Item = Row<'a, T>;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// Rows one after the other.
#[derive(Debug, Clone)]
pub struct Iter<'a, T> {
    rows: Rows<'a, T>,
    front: usize,
    back: usize,
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = Row<'a, T>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.front >= self.back {
            return None;
        }
        let row = self.rows.get(self.front);
        self.front += 1;
        row
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.back.saturating_sub(self.front);
        (left, Some(left))
    }
}

impl<T> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        if self.front >= self.back {
            return None;
        }
        self.back -= 1;
        self.rows.get(self.back)
    }
}

impl<T> ExactSizeIterator for Iter<'_, T> {}

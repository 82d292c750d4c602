//! The rows of one child in all years.

use std::collections::BTreeMap;

use crate::problem::{Level, RowError};
use crate::tables::{
    Ad1Row, DoloRow, EpisodeRow, HeaderRow, MissingRow, Oc2Row, Oc3Row, PlacedAdoptionRow, PrevPermRow,
    ReviewRow, SwEpisodeRow, TableRow, UascRow, YearReturn,
};

/// Longer than any local identifier: the return allows ten characters.
const LONGEST_IDENTIFIER: usize = 40;

/// A row and the return it stands in.
pub(super) struct Seen<'a, R> {
    pub(super) year: &'a YearReturn,
    pub(super) row: &'a R,
}

impl<R> Clone for Seen<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Seen<'_, R> {}

/// Where a fact was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin<'a> {
    pub(super) year: i16,
    pub(super) file: &'a str,
    pub(super) line: u32,
}

impl Origin<'_> {
    /// What an entry gives as its source.
    pub(super) fn source(self) -> String {
        let name = self.file.rsplit(['/', '\\']).next().unwrap_or_default();
        format!("ssda903 {} {name} row {}", self.year, self.line)
    }
}

impl<'a, R: TableRow> Seen<'a, R> {
    pub(super) fn origin(self) -> Origin<'a> {
        Origin { year: self.year.year, file: self.file(), line: self.line() }
    }

    /// The file as it was handed over.
    pub(super) fn file(self) -> &'a str {
        self.year.files.get(usize::from(self.row.at().file)).map_or("", String::as_str)
    }

    pub(super) fn line(self) -> u32 {
        self.row.at().line
    }

    pub(super) fn problem(self, level: Level, reason: impl Into<String>) -> RowError {
        RowError::line(level, self.file(), self.line(), reason)
    }

    /// A problem with one cell.
    pub(super) fn cell(self, level: Level, column: &str, reason: impl Into<String>) -> RowError {
        let at = R::TABLE.columns().iter().position(|c| *c == column);
        self.problem(level, reason).cell(column, at.map_or("", |at| self.row.raw(at)))
    }
}

macro_rules! child_rows {
    ($($field:ident: $row:ident),* $(,)?) => {
        /// The rows of one child, each table by year and then as they stand in the file.
        #[derive(Default)]
        pub(super) struct ChildRows<'a> {
            $(pub(super) $field: Vec<Seen<'a, $row>>,)*
        }

        /// Every child's rows, by local identifier. `years` are oldest first.
        pub(super) fn by_child<'a>(
            years: &[&'a YearReturn],
            errors: &mut Vec<RowError>,
        ) -> BTreeMap<&'a str, ChildRows<'a>> {
            let mut out: BTreeMap<&str, ChildRows<'_>> = BTreeMap::new();
            for year in years.iter().copied() {
                $(
                    for row in &year.$field {
                        let seen = Seen { year, row };
                        match identifier(row.child.raw()) {
                            Ok(id) => out.entry(id).or_default().$field.push(seen),
                            Err(reason) => errors.push(seen.cell(Level::Error, "CHILD", reason)),
                        }
                    }
                )*
            }
            out
        }

        impl<'a> ChildRows<'a> {
            /// How many rows there are.
            pub(super) fn count(&self) -> usize {
                0 $(+ self.$field.len())*
            }

            /// The first row there is.
            pub(super) fn first(&self) -> Option<Origin<'a>> {
                $(
                    if let Some(seen) = self.$field.first() {
                        return Some(seen.origin());
                    }
                )*
                None
            }
        }
    };
}

child_rows! {
    header: HeaderRow,
    episodes: EpisodeRow,
    reviews: ReviewRow,
    uasc: UascRow,
    oc2: Oc2Row,
    oc3: Oc3Row,
    ad1: Ad1Row,
    placed_adoption: PlacedAdoptionRow,
    prev_perm: PrevPermRow,
    missing: MissingRow,
    sw_episodes: SwEpisodeRow,
    dolo: DoloRow,
}

/// Characters that cannot be seen, and those that turn the direction of writing and so make one text look like another.
pub(super) fn hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn identifier(raw: &str) -> Result<&str, &'static str> {
    if raw.is_empty() {
        Err("The row does not say whose it is, so it was left out. Give the child's identifier.")
    } else if raw.chars().nth(LONGEST_IDENTIFIER).is_some() || raw.chars().any(hidden) {
        Err(
            "This is not a child's identifier, so the row was left out. The return allows ten letters and figures.",
        )
    } else {
        Ok(raw)
    }
}

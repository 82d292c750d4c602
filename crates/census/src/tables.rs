//! The twelve tables of the return and their rows. A row keeps where it stood and the text of every cell beside what
//! the cell means, so that the rules that check a return see exactly what was sent.
//!
//! Source: Department for Education, *Children looked-after by local authorities in England: guide to the SSDA903
//! collection*; columns as in `docs/reference/import-ssda903.md`.

use jiff::civil::Date;
use serde::Serialize;
use smol_str::SmolStr;

use crate::cell::{Cell, Column, Place, Text, capitals};
use crate::problem::Problems;
use crate::too_many::{TooMany, kept, retain};

/// Where a row stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct RowRef {
    /// Position in [`YearReturn::files`].
    pub file: u16,
    /// Line in that file, from 1; in XML the line on which the element begins.
    pub line: u32,
}

/// What every row of every table can be asked.
pub trait TableRow {
    /// Its table.
    const TABLE: Table;

    /// Where it stood.
    fn at(&self) -> RowRef;

    /// The local identifier of the child as written.
    fn child(&self) -> &Text;

    /// The text of a column by its position in [`Table::columns`]; empty past the last.
    fn raw(&self, column: usize) -> &str;
}

macro_rules! tables {
    ($(
        $(#[$doc:meta])*
        $table:ident $title:literal $row:ident $rows:ident told_by [$($key:literal)+]
        { $($field:ident : $ty:ty = $column:literal $(or $alias:literal)?),* $(,)? }
    )*) => {
        /// A table of the return.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        pub enum Table {$(
            $(#[$doc])*
            $table,
        )*}

        impl Table {
            /// Every table, in the order of the collection.
            pub const ALL: &'static [Self] = &[$(Self::$table),*];

            /// Its name in the collection.
            pub fn title(self) -> &'static str {
                match self { $(Self::$table => $title),* }
            }

            /// Its columns, in the order of the collection.
            pub fn columns(self) -> &'static [&'static str] {
                match self { $(Self::$table => &[$($column),*]),* }
            }

            /// The columns that no other table has: by them a file is recognised.
            pub fn told_by(self) -> &'static [&'static str] {
                match self { $(Self::$table => &[$($key),+]),* }
            }

            /// Position of a column by its name or another name it goes by, in capitals.
            pub(crate) fn position(self, name: &str) -> Option<usize> {
                match self {$(
                    Self::$table => {
                        let names: &[(&str, &str)] = &[$(($column, tables!(@alias $($alias)?))),*];
                        names.iter().position(|(column, alias)| {
                            *column == name || (!alias.is_empty() && *alias == name)
                        })
                    }
                )*}
            }
        }

        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
            #[expect(missing_docs, reason = "each field is the column of the same name")]
            pub struct $row {
                pub at: RowRef,
                $(pub $field: $ty,)*
            }

            impl TableRow for $row {
                const TABLE: Table = Table::$table;

                fn at(&self) -> RowRef {
                    self.at
                }

                fn child(&self) -> &Text {
                    &self.child
                }

                fn raw(&self, column: usize) -> &str {
                    [$(self.$field.text()),*].get(column).copied().unwrap_or_default()
                }
            }
        )*

        /// The return of one year.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
        pub struct YearReturn {
            /// The year in which the collection ends: 2026 is 1 April 2025 to 31 March 2026.
            pub year: i16,
            /// The files it was read from, as they were handed over.
            pub files: Vec<String>,
            /// The tables that were sent, with or without rows. XML holds them all.
            pub sent: Vec<Table>,
            /// Whether it came as XML.
            pub from_xml: bool,
            /// In XML, what each row of Header says of unaccompanied asylum-seeking status; CSV has no such column.
            pub header_uasc: Vec<SmolStr>,
            $(
                #[doc = concat!("Rows of ", $title, ".")]
                pub $rows: Vec<$row>,
            )*
        }

        impl YearReturn {
            /// How many rows a table has.
            pub fn rows(&self, table: Table) -> usize {
                match table { $(Table::$table => self.$rows.len()),* }
            }

            /// The text of a cell by row and by position of the column; empty where there is none.
            pub(crate) fn raw(&self, table: Table, row: usize, column: usize) -> &str {
                match table { $(Table::$table => self.$rows.get(row).map_or("", |r| r.raw(column))),* }
            }

            /// Where a row stood.
            pub(crate) fn at(&self, table: Table, row: usize) -> Option<RowRef> {
                match table { $(Table::$table => self.$rows.get(row).map(|r| r.at)),* }
            }

            /// Puts all text in capitals, as the collection reads it.
            pub(crate) fn capitals(&mut self) {
                $(for row in &mut self.$rows {
                    $(row.$field.capitals();)*
                })*
                for flag in &mut self.header_uasc {
                    capitals(flag);
                }
            }

            /// Gives every row this number of a child.
            pub(crate) fn name_child(&mut self, id: &str) {
                $(for row in &mut self.$rows {
                    row.child = Text::new(id);
                })*
            }

            /// Leaves out what one child has more than so many rows of in one table; answers which children.
            pub(crate) fn keep_at_most(&mut self, most: usize) -> Vec<(Table, TooMany)> {
                let mut out = Vec::new();
                $({
                    let mut found = Vec::new();
                    if let Some(keep) = kept(&self.$rows, most, &mut found) {
                        retain(&mut self.$rows, &keep);
                        if Table::$table == Table::Header {
                            retain(&mut self.header_uasc, &keep);
                        }
                    }
                    out.extend(found.into_iter().map(|found| (Table::$table, found)));
                })*
                out
            }

            /// Reads one row. `cells` are in the order of [`Table::columns`], trimmed.
            pub(crate) fn push(&mut self, table: Table, at: RowRef, cells: &[&str], problems: &mut Problems<'_>) {
                let mut cells = cells.iter().copied();
                match table {$(
                    Table::$table => {
                        let row = $row {
                            at,
                            $($field: {
                                let mut place = Place { line: at.line, column: $column, problems: &mut *problems };
                                Column::read(cells.next().unwrap_or_default(), &mut place)
                            },)*
                        };
                        self.$rows.push(row);
                    }
                )*}
            }

            /// Takes over the rows and files of another part of the same year's return.
            pub(crate) fn append(&mut self, mut other: Self) {
                let shift = u16::try_from(self.files.len()).unwrap_or(u16::MAX);
                self.files.append(&mut other.files);
                self.sent.append(&mut other.sent);
                self.from_xml |= other.from_xml;
                self.header_uasc.append(&mut other.header_uasc);
                $(
                    for row in &mut other.$rows {
                        row.at.file = row.at.file.saturating_add(shift);
                    }
                    if self.$rows.is_empty() {
                        self.$rows = other.$rows;
                    } else {
                        self.$rows.append(&mut other.$rows);
                    }
                )*
            }
        }
    };
    (@alias) => { "" };
    (@alias $alias:literal) => { $alias };
}

tables! {
    /// Who the child is: one row a child.
    Header "Header" HeaderRow header told_by ["ETHNIC" "MC_DOB"] {
        child: Text = "CHILD" or "CHILDID", sex: Text = "SEX", dob: Cell<Date> = "DOB", ethnic: Text = "ETHNIC",
        upn: Text = "UPN", mother: Cell<bool> = "MOTHER", mc_dob: Cell<Date> = "MC_DOB",
    }
    /// A stretch of care with the same legal status and the same home.
    Episodes "Episodes" EpisodeRow episodes told_by ["DECOM" "RNE" "REC"] {
        child: Text = "CHILD" or "CHILDID", decom: Cell<Date> = "DECOM", rne: Text = "RNE", ls: Text = "LS", cin: Text = "CIN",
        place: Text = "PLACE" or "PL", place_provider: Text = "PLACE_PROVIDER", dec: Cell<Date> = "DEC",
        rec: Text = "REC", reason_place_change: Text = "REASON_PLACE_CHANGE", home_post: Text = "HOME_POST",
        pl_post: Text = "PL_POST", urn: Text = "URN",
    }
    /// A review of the child's case.
    Reviews "Reviews" ReviewRow reviews told_by ["REVIEW" "REVIEW_CODE"] {
        child: Text = "CHILD" or "CHILDID", dob: Cell<Date> = "DOB", review: Cell<Date> = "REVIEW", review_code: Text = "REVIEW_CODE",
    }
    /// Unaccompanied asylum-seeking status.
    Uasc "UASC" UascRow uasc told_by ["DUC"] {
        child: Text = "CHILD" or "CHILDID", sex: Text = "SEX", dob: Cell<Date> = "DOB", duc: Cell<Date> = "DUC",
    }
    /// Health and behaviour of children looked after for a year.
    Oc2 "OC2" Oc2Row oc2 told_by ["SDQ_SCORE" "TEETH_CHECK" "IMMUNISATIONS"] {
        child: Text = "CHILD" or "CHILDID", dob: Cell<Date> = "DOB", sdq_score: Cell<i32> = "SDQ_SCORE", sdq_reason: Text = "SDQ_REASON",
        convicted: Cell<bool> = "CONVICTED", health_check: Cell<bool> = "HEALTH_CHECK",
        immunisations: Cell<bool> = "IMMUNISATIONS", teeth_check: Cell<bool> = "TEETH_CHECK",
        health_assessment: Cell<bool> = "HEALTH_ASSESSMENT", substance_misuse: Cell<bool> = "SUBSTANCE_MISUSE",
        intervention_received: Cell<bool> = "INTERVENTION_RECEIVED", intervention_offered: Cell<bool> = "INTERVENTION_OFFERED",
    }
    /// How care leavers of 17 to 21 are doing around their birthday.
    Oc3 "OC3" Oc3Row oc3 told_by ["IN_TOUCH" "ACTIV" "ACCOM"] {
        child: Text = "CHILD" or "CHILDID", dob: Cell<Date> = "DOB", in_touch: Text = "IN_TOUCH", activ: Text = "ACTIV", accom: Text = "ACCOM",
    }
    /// Children adopted in the year.
    Ad1 "AD1" Ad1Row ad1 told_by ["DATE_INT" "DATE_MATCH" "NB_ADOPTR"] {
        child: Text = "CHILD" or "CHILDID", dob: Cell<Date> = "DOB", date_int: Cell<Date> = "DATE_INT", date_match: Cell<Date> = "DATE_MATCH",
        foster_care: Cell<bool> = "FOSTER_CARE", nb_adoptr: Cell<i32> = "NB_ADOPTR", sex_adoptr: Text = "SEX_ADOPTR",
        ls_adoptr: Text = "LS_ADOPTR",
    }
    /// Children for whom it is decided that they should be placed for adoption.
    PlacedAdoption "PlacedAdoption" PlacedAdoptionRow placed_adoption told_by ["DATE_PLACED" "DATE_PLACED_CEASED"] {
        child: Text = "CHILD" or "CHILDID", dob: Cell<Date> = "DOB", date_placed: Cell<Date> = "DATE_PLACED",
        date_placed_ceased: Cell<Date> = "DATE_PLACED_CEASED", reason_placed_ceased: Text = "REASON_PLACED_CEASED",
    }
    /// A permanent arrangement that the child had before.
    PrevPerm "PrevPerm" PrevPermRow prev_perm told_by ["PREV_PERM"] {
        child: Text = "CHILD" or "CHILDID", dob: Cell<Date> = "DOB", prev_perm: Text = "PREV_PERM", la_perm: Text = "LA_PERM",
        date_perm: Text = "DATE_PERM",
    }
    /// A time missing, or away without authorisation.
    Missing "Missing" MissingRow missing told_by ["MIS_START" "MIS_END"] {
        child: Text = "CHILD" or "CHILDID", dob: Cell<Date> = "DOB", missing: Text = "MISSING", mis_start: Cell<Date> = "MIS_START",
        mis_end: Cell<Date> = "MIS_END",
    }
    /// A stretch of time with the same social worker (from 2023-24).
    SwEpisodes "SWEpisodes" SwEpisodeRow sw_episodes told_by ["SW_ID" "SW_DECOM"] {
        child: Text = "CHILD" or "CHILDID", dob: Cell<Date> = "DOB", sw_id: Text = "SW_ID", sw_decom: Cell<Date> = "SW_DECOM",
        sw_dec: Cell<Date> = "SW_DEC", sw_reason: Text = "SW_REASON",
    }
    /// A deprivation of liberty order (from 2026-27).
    Dolo "DoLo" DoloRow dolo told_by ["DOLO_START" "DOLO_END"] {
        child: Text = "CHILD" or "CHILDID", dob: Cell<Date> = "DOB", dolo_start: Cell<Date> = "DOLO_START", dolo_end: Cell<Date> = "DOLO_END",
    }
}

impl Table {
    /// The table that a list of headings (in capitals) belongs to: the one whose own columns it has most of, if any.
    pub(crate) fn recognise(headings: &[String]) -> Option<Self> {
        let own = |table: &Self| table.told_by().iter().filter(|c| headings.iter().any(|h| h == *c)).count();
        let best = Self::ALL.iter().copied().max_by_key(|table| {
            let shared = table.columns().iter().filter(|c| headings.iter().any(|h| h == *c)).count();
            // Ties go to the table that would use more of the file, then to the first.
            (own(table), shared, std::cmp::Reverse(*table))
        })?;
        (own(&best) > 0).then_some(best)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_twelve_tables_and_seventy_eight_columns() {
        assert_eq!(Table::ALL.len(), 12);
        let columns: usize = Table::ALL.iter().map(|t| t.columns().len()).sum();
        assert_eq!(columns, 78);
    }

    #[test]
    fn every_table_is_told_by_columns_that_no_other_has() {
        for table in Table::ALL {
            for key in table.told_by() {
                let owners: Vec<_> = Table::ALL.iter().filter(|t| t.columns().contains(key)).collect();
                assert_eq!(owners, [table], "{key}");
            }
            let headings: Vec<String> = table.columns().iter().map(|c| (*c).to_owned()).collect();
            assert_eq!(Table::recognise(&headings), Some(*table));
        }
    }

    #[test]
    fn a_provider_list_is_no_table() {
        let headings = ["URN", "PROVIDER TYPE", "LOCAL AUTHORITY"].map(String::from);
        assert_eq!(Table::recognise(&headings), None);
    }

    #[test]
    fn a_row_gives_back_the_text_of_every_column() {
        let mut year = YearReturn::default();
        let mut problems = Problems::new("f", 10);
        let cells =
            ["1", "01/01/2025", "s", "V2", "N1", "U6", "PR1", "", "", "", "AB1 2CD", "EF3 4GH", "SC1"];
        year.push(Table::Episodes, RowRef { file: 0, line: 2 }, &cells, &mut problems);
        let row = &year.episodes[0];
        for (i, cell) in cells.iter().enumerate() {
            assert_eq!(row.raw(i), *cell);
        }
        assert_eq!(row.raw(99), "");
        assert_eq!(row.rne.code().as_deref(), Some("S"));
    }
}

//! From tables to the files that are sent: twelve CSV files, or one XML document.
//!
//! Writing is the reverse of [`Return::read`]: what is written here is read back cell by cell as it was.

mod csv_files;
mod document;
pub(crate) mod guard;

use crate::collect::Return;
use crate::tables::{Table, YearReturn};

pub use document::{Unsaid, XmlReturn};

/// A file to hand out: nothing has been written to a disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFile {
    /// Its name, without folders: `episodes.csv`, `2026.xml`.
    pub name: String,
    /// What it holds: UTF-8 without a mark.
    pub bytes: Vec<u8>,
}

impl Return {
    /// The tables as CSV, in the order of the collection: every table that was sent, also one without rows, with its
    /// headings in the order of [`Table::columns`]; all twelve when the return does not say which were sent. Lines end
    /// in CR LF, as RFC 4180 has it and spreadsheets write.
    ///
    /// No cell of a return is a formula. One that a spreadsheet could take for one is written with an apostrophe before
    /// it, which [`Return::read`] takes away again: see `docs/reference/census-return.md`.
    pub fn write_csv(year: &YearReturn) -> Vec<WrittenFile> {
        let wanted = |t: &Table| year.sent.is_empty() || year.sent.contains(t) || year.rows(*t) > 0;
        Table::ALL.iter().copied().filter(wanted).map(|table| csv_files::write(year, table)).collect()
    }

    /// The whole return as one XML document, and what of it XML has no way to say.
    ///
    /// The document has one header a child. Tables with one row for each child in their Header, and dates of birth that
    /// agree with it, lose nothing; [`produce`](crate::produce) makes no others.
    pub fn write_xml(year: &YearReturn) -> XmlReturn {
        document::write(year)
    }
}

impl Table {
    /// The name of its CSV file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Header => "header.csv",
            Self::Episodes => "episodes.csv",
            Self::Reviews => "reviews.csv",
            Self::Uasc => "uasc.csv",
            Self::Oc2 => "oc2.csv",
            Self::Oc3 => "oc3.csv",
            Self::Ad1 => "ad1.csv",
            Self::PlacedAdoption => "placed_for_adoption.csv",
            Self::PrevPerm => "previous_permanence.csv",
            Self::Missing => "missing.csv",
            Self::SwEpisodes => "sw_episodes.csv",
            Self::Dolo => "dolo.csv",
        }
    }
}

/// Does the same with the rows of whichever table it is: `rows_of!(year, table, |rows| …)`.
macro_rules! rows_of {
    ($year:expr, $table:expr, |$rows:ident| $body:expr) => {{
        use $crate::tables::Table;
        let year = $year;
        match $table {
            Table::Header => {
                let $rows = &year.header;
                $body
            }
            Table::Episodes => {
                let $rows = &year.episodes;
                $body
            }
            Table::Reviews => {
                let $rows = &year.reviews;
                $body
            }
            Table::Uasc => {
                let $rows = &year.uasc;
                $body
            }
            Table::Oc2 => {
                let $rows = &year.oc2;
                $body
            }
            Table::Oc3 => {
                let $rows = &year.oc3;
                $body
            }
            Table::Ad1 => {
                let $rows = &year.ad1;
                $body
            }
            Table::PlacedAdoption => {
                let $rows = &year.placed_adoption;
                $body
            }
            Table::PrevPerm => {
                let $rows = &year.prev_perm;
                $body
            }
            Table::Missing => {
                let $rows = &year.missing;
                $body
            }
            Table::SwEpisodes => {
                let $rows = &year.sw_episodes;
                $body
            }
            Table::Dolo => {
                let $rows = &year.dolo;
                $body
            }
        }
    }};
}

pub(crate) use rows_of;

//! The SSDA903 statutory return (Department for Education: children looked after by local authorities in England).
//!
//! [`Return::read`] turns files into typed tables, one [`YearReturn`] a collection year, and says what could not be
//! read and where. [`check::check`] asks the rules of the collection of one or two years' tables. [`to_chronologies`]
//! turns several years' tables into each child's history as entries. Nothing here reads a file, a clock or a
//! database: whoever calls hands over names and bytes.

mod cell;
pub mod check;
mod codes;
mod collect;
mod convert;
mod csv_file;
mod problem;
pub mod rules;
mod source;
mod tables;
mod xml;

pub use cell::{Cell, Text};
pub use codes::CodeList;
pub use collect::{ReadOptions, Return};
pub use convert::{ConvertOptions, Converted, ImportedChild, ImportedEntry, digest_of, to_chronologies};
pub use problem::{Level, RowError};
pub use source::{Limits, SourceFile};
pub use tables::{
    Ad1Row, DoloRow, EpisodeRow, HeaderRow, MissingRow, Oc2Row, Oc3Row, PlacedAdoptionRow, PrevPermRow,
    ReviewRow, RowRef, SwEpisodeRow, Table, TableRow, UascRow, YearReturn,
};

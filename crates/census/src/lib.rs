//! The SSDA903 statutory return (Department for Education: children looked after by local authorities in England).
//!
//! [`Return::read`] turns files into typed tables, one [`YearReturn`] a collection year, and says what could not be
//! read and where. [`check::check`] asks the rules of the collection of one or two years' tables. [`to_chronologies`]
//! turns several years' tables into each child's history as entries, and [`produce`] makes a year's return of the
//! record again, which [`Return::write_csv`] and [`Return::write_xml`] turn into files. Nothing here reads a file, a
//! clock or a database: whoever calls hands over names and bytes.

mod cell;
pub mod check;
mod codes;
mod collect;
mod convert;
mod csv_file;
mod entry;
mod problem;
mod produce;
pub mod rules;
mod source;
mod tables;
mod too_many;
mod write;
mod xml;

pub use cell::{Cell, Text};
pub use codes::CodeList;
pub use collect::{ReadOptions, Return};
pub use convert::{ConvertOptions, Converted, ImportedChild, ImportedEntry, digest_of, to_chronologies};
pub use entry::{EntryFinding, NOT_AT_ENTRY, NotAtEntry, at_entries, at_entry, feeds};
pub use problem::{Level, RowError};
pub use produce::{
    ChildReturn, ChildYears, HeldReturns, Lack, Origins, ProduceOptions, Produced, RowOrigin, Source,
    produce, produce_child, produce_child_years, recorded_by,
};
pub use source::{Limits, SourceFile};
pub use tables::{
    Ad1Row, DoloRow, EpisodeRow, HeaderRow, MissingRow, Oc2Row, Oc3Row, PlacedAdoptionRow, PrevPermRow,
    ReviewRow, RowRef, SwEpisodeRow, Table, TableRow, UascRow, YearReturn,
};
pub use write::{Unsaid, WrittenFile, XmlReturn};

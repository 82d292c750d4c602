//! One table as a CSV file.

use csv::{Terminator, WriterBuilder};

use super::guard::guarded;
use super::{WrittenFile, rows_of};
use crate::tables::{Table, TableRow, YearReturn};

/// Bytes in a row, roughly: room is made once.
const ROW: usize = 96;

pub(super) fn write(year: &YearReturn, table: Table) -> WrittenFile {
    let bytes = rows_of!(year, table, |rows| bytes(rows));
    WrittenFile { name: table.file_name().to_owned(), bytes }
}

#[expect(clippy::expect_used, reason = "a list of bytes in memory takes whatever is written to it")]
fn bytes<R: TableRow>(rows: &[R]) -> Vec<u8> {
    let room = Vec::with_capacity(ROW * (rows.len() + 1));
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(room);
    let columns = R::TABLE.columns();
    writer.write_record(columns).expect("memory takes every row");
    for row in rows {
        for column in 0..columns.len() {
            writer.write_field(guarded(row.raw(column)).as_bytes()).expect("memory takes every cell");
        }
        writer.write_record(None::<&[u8]>).expect("memory takes every row");
    }
    writer.into_inner().expect("memory takes what is left")
}

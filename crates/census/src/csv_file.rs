//! One CSV file of a return. Its columns say which table it is; its name says nothing.

use csv::{ByteRecord, ReaderBuilder};

use crate::problem::{Level, Problems};
use crate::tables::{RowRef, Table, YearReturn};
use crate::write::guard::unguarded;

/// How often an unclosed quotation mark may be stepped over before the file counts as no CSV at all.
const MOST_RESTARTS: usize = 1_000;

/// Reads the rows of one file into `year`. `file` is its position in [`YearReturn::files`]. Gives the table.
pub(crate) fn read(
    text: &str,
    file: u16,
    year: &mut YearReturn,
    problems: &mut Problems<'_>,
) -> Option<Table> {
    // Old Macintosh line ends: the line counter knows only the others.
    let normal;
    let text = if text.contains('\n') || !text.contains('\r') {
        text
    } else {
        normal = text.replace('\r', "\n");
        &normal
    };
    let mut lines = Lines::new(text);
    let (headings, first_line) = loop {
        match lines.next(problems) {
            None => {
                problems.file(Level::Error, "The file holds no headings. Export it again.");
                return None;
            }
            Some(row) if row.cells().all(str::is_empty) => {}
            Some(row) => break (row.cells().map(str::to_ascii_uppercase).collect::<Vec<_>>(), row.line),
        }
    };
    let layout = Layout::find(headings, first_line, problems)?;
    let ends_whole = text.ends_with('\n');
    while let Some(row) = lines.next(problems) {
        if layout.is_headings(&row) {
            problems.line(
                Level::Note,
                row.line,
                "The headings stand here a second time. The line was left out.",
            );
            continue;
        }
        if row.cells().all(str::is_empty) {
            continue;
        }
        // Some spreadsheets leave out empty cells at the end of a row; but a last line without an end that is too
        // short is what a broken download looks like, and a date cut in half would be believed.
        if row.len() < layout.headings.len() && row.last && !ends_whole {
            problems.line(
                Level::Error,
                row.line,
                "The file stops in the middle of this line, so the line was left out. Export the file again: more may be missing.",
            );
            continue;
        }
        if row.cells().skip(layout.headings.len()).any(|c| !c.is_empty()) {
            problems.line(
                Level::Error,
                row.line,
                "There are more cells in this line than headings, so they may have slipped sideways: look for a comma inside a cell. The line was left out.",
            );
            continue;
        }
        let cells: Vec<&str> =
            layout.columns.iter().map(|at| at.and_then(|i| row.cell(i)).unwrap_or_default()).collect();
        year.push(layout.table, RowRef { file, line: row.line }, &cells, problems);
    }
    Some(layout.table)
}

/// Which column of the file holds which column of the table.
struct Layout {
    table: Table,
    headings: Vec<String>,
    columns: Vec<Option<usize>>,
}

impl Layout {
    fn find(headings: Vec<String>, line: u32, problems: &mut Problems<'_>) -> Option<Self> {
        let Some(table) = Table::recognise(&headings) else {
            problems.file(
                Level::Note,
                "The headings are not those of any of the twelve tables of the return, so the file was not used.",
            );
            return None;
        };
        let mut columns = vec![None; table.columns().len()];
        let mut extra = Vec::new();
        for (i, heading) in headings.iter().enumerate() {
            match table.position(heading) {
                Some(at) if columns[at].is_none() => columns[at] = Some(i),
                Some(_) => problems.line(
                    Level::Error,
                    line,
                    format!("The column {heading} stands here twice. The first was read: check that it is the right one."),
                ),
                None if heading.is_empty() => {}
                None => extra.push(heading.as_str()),
            }
        }
        if !extra.is_empty() {
            let reason =
                format!("Not columns of {}, so they were not used: {}.", table.title(), short_list(&extra));
            problems.line(Level::Note, line, reason);
        }
        let missing: Vec<&str> = table
            .columns()
            .iter()
            .zip(&columns)
            .filter(|(_, at)| at.is_none())
            .map(|(column, _)| *column)
            .collect();
        if missing.contains(&"CHILD") {
            let reason = format!(
                "This looks like {}, but there is no CHILD column to say whose row it is. Add it and import again.",
                table.title()
            );
            problems.line(Level::Error, line, reason);
            return None;
        }
        if !missing.is_empty() {
            let reason = format!(
                "These columns of {} are missing and were read as empty: {}. Add them and import again if they hold anything.",
                table.title(),
                short_list(&missing)
            );
            problems.line(Level::Error, line, reason);
        }
        Some(Self { table, headings, columns })
    }

    fn is_headings(&self, row: &Row<'_>) -> bool {
        row.cells().zip(&self.headings).all(|(cell, heading)| cell.eq_ignore_ascii_case(heading))
    }
}

/// A list of names for a message, cut short when a hostile file has thousands.
fn short_list(names: &[&str]) -> String {
    let mut out: Vec<String> = names.iter().take(20).map(|n| n.chars().take(40).collect()).collect();
    if names.len() > out.len() {
        out.push(format!("and {} more", names.len() - out.len()));
    }
    out.join(", ")
}

/// The lines of a file as cells, stepping over unclosed quotation marks.
struct Lines<'t> {
    text: &'t str,
    delimiter: u8,
    reader: csv::Reader<&'t [u8]>,
    record: ByteRecord,
    /// Where the reader's text starts in the file.
    base_byte: usize,
    base_line: u64,
    restarts: usize,
}

/// One line. Cells are trimmed.
struct Row<'a> {
    record: &'a ByteRecord,
    line: u32,
    last: bool,
}

impl Row<'_> {
    fn cell(&self, i: usize) -> Option<&str> {
        // The text is a `str` and a cell never cuts a character in two, so this always succeeds.
        self.record.get(i).and_then(|c| std::str::from_utf8(c).ok()).map(|c| unguarded(c.trim()))
    }

    fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.record.len()).map(|i| self.cell(i).unwrap_or_default())
    }

    fn len(&self) -> usize {
        self.record.len()
    }
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let delimiter = delimiter(text);
        Self {
            text,
            delimiter,
            reader: reader(text, delimiter),
            record: ByteRecord::new(),
            base_byte: 0,
            base_line: 0,
            restarts: 0,
        }
    }

    fn next(&mut self, problems: &mut Problems<'_>) -> Option<Row<'_>> {
        loop {
            if !self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
                return None;
            }
            let (byte, line) = self.record.position().map_or((0, 1), |p| (p.byte(), p.line()));
            let start = self.base_byte.saturating_add(usize::try_from(byte).unwrap_or(usize::MAX));
            // The reader gives the place where it began to look, which is before blank lines and half line ends.
            let skipped = self.text.as_bytes().get(start..).unwrap_or_default().iter();
            let skipped = skipped.take_while(|b| matches!(b, b'\r' | b'\n')).filter(|b| **b == b'\n').count();
            let line = u32::try_from(self.base_line + line + skipped as u64).unwrap_or(u32::MAX);
            let over_lines = self.record.iter().any(|cell| trimmed(cell).contains(&b'\n'));
            if !over_lines {
                let end = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
                let last = self.base_byte.saturating_add(end) >= self.text.len();
                return Some(Row { record: &self.record, line, last });
            }
            // No cell of the return has several lines: a quotation mark was opened and never closed. Without this,
            // every row after it would be swallowed into one cell.
            problems.line(
                Level::Error,
                line,
                "A quotation mark opens in this line and does not close, so the line was left out. Take the mark out, or close it.",
            );
            self.restarts += 1;
            let begin = start
                + self.text.get(start..).map_or(0, |t| t.len() - t.trim_start_matches(['\r', '\n']).len());
            let next = self.text.get(begin..).and_then(|rest| rest.find('\n')).map(|n| begin + n + 1);
            match next {
                Some(next) if self.restarts < MOST_RESTARTS => {
                    self.base_byte = next;
                    self.base_line = u64::from(line);
                    self.reader = reader(&self.text[next..], self.delimiter);
                }
                _ => {
                    problems.file(
                        Level::Error,
                        "Too many lines have unclosed quotation marks; the rest was not read. Export the file again.",
                    );
                    return None;
                }
            }
        }
    }
}

fn trimmed(cell: &[u8]) -> &[u8] {
    cell.trim_ascii()
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// Comma, unless the first line has none but has semicolons or tabs, as some spreadsheets write.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    if first.contains(',') {
        b','
    } else if first.contains(';') {
        b';'
    } else if first.contains('\t') {
        b'\t'
    } else {
        b','
    }
}

//! What is wrong with a row, said so that the person who made the file can put it right.

use std::fmt;

use serde::Serialize;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Read, but worth knowing: an unusual way of writing a date, a column that is not used.
    Note,
    /// Something was left out because it could not be read or cannot be true.
    Error,
}

/// One thing to know about one place in a file.
///
/// `value` and `reason` can hold what stands in the file, so this is for the person importing it and never for a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowError {
    /// Whether something was left out.
    pub level: Level,
    /// The file as it was handed over: `2026/episodes.csv`.
    pub file: String,
    /// Line in the file, counted from 1 (the headings of a CSV file are line 1); `None` for the file as a whole.
    pub line: Option<u32>,
    /// The column, when one cell is meant.
    pub column: Option<String>,
    /// What the cell holds, cut to 80 characters.
    pub value: Option<String>,
    /// What is wrong and what to do, in plain words.
    pub reason: String,
}

/// As many characters of a cell as an error repeats.
const VALUE_SHOWN: usize = 80;

impl RowError {
    /// A problem with a whole file.
    pub fn file(level: Level, file: &str, reason: impl Into<String>) -> Self {
        Self { level, file: file.to_owned(), line: None, column: None, value: None, reason: reason.into() }
    }

    /// A problem with a line.
    pub fn line(level: Level, file: &str, line: u32, reason: impl Into<String>) -> Self {
        Self { line: Some(line), ..Self::file(level, file, reason) }
    }

    /// The same problem, about one cell.
    #[must_use]
    pub fn cell(mut self, column: &str, value: &str) -> Self {
        self.column = Some(column.to_owned());
        self.value = Some(shown(value));
        self
    }
}

/// A cell cut to what an error can show, without characters that would disturb a terminal.
fn shown(value: &str) -> String {
    let mut out: String =
        value.chars().take(VALUE_SHOWN).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if value.chars().nth(VALUE_SHOWN).is_some() {
        out.push('…');
    }
    out
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        if let Some(value) = &self.value {
            write!(f, " “{value}”")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Problems of one file while it is read. Bounded, so that a hostile file cannot fill the memory with complaints, and
/// the same remark about a whole column is made once with a count.
#[derive(Debug)]
pub(crate) struct Problems<'f> {
    file: &'f str,
    limit: usize,
    left_out: usize,
    list: Vec<RowError>,
    remarks: Vec<(RowError, usize)>,
}

impl<'f> Problems<'f> {
    pub(crate) fn new(file: &'f str, limit: usize) -> Self {
        Self { file, limit, left_out: 0, list: Vec::new(), remarks: Vec::new() }
    }

    pub(crate) fn file(&mut self, level: Level, reason: impl Into<String>) {
        self.push(RowError::file(level, self.file, reason));
    }

    pub(crate) fn line(&mut self, level: Level, line: u32, reason: impl Into<String>) {
        self.push(RowError::line(level, self.file, line, reason));
    }

    pub(crate) fn cell(&mut self, line: u32, column: &str, value: &str, reason: impl Into<String>) {
        self.push(RowError::line(Level::Error, self.file, line, reason).cell(column, value));
    }

    /// A note that would otherwise be repeated for every row of a column.
    pub(crate) fn remark(&mut self, line: u32, column: &str, value: &str, reason: &'static str) {
        let known =
            self.remarks.iter_mut().find(|(r, _)| r.column.as_deref() == Some(column) && r.reason == reason);
        match known {
            Some((_, count)) => *count += 1,
            None => self
                .remarks
                .push((RowError::line(Level::Note, self.file, line, reason).cell(column, value), 1)),
        }
    }

    fn push(&mut self, problem: RowError) {
        if self.list.len() < self.limit {
            self.list.push(problem);
        } else {
            self.left_out += 1;
        }
    }

    pub(crate) fn finish(mut self, into: &mut Vec<RowError>) {
        if self.left_out > 0 {
            let reason = format!(
                "{} more problems in this file are not listed. Put these right and read it again.",
                self.left_out
            );
            self.list.push(RowError::file(Level::Error, self.file, reason));
        }
        into.append(&mut self.list);
        for (mut remark, count) in self.remarks {
            if count > 1 {
                remark.reason = format!("{} The same holds for {} more rows.", remark.reason, count - 1);
            }
            into.push(remark);
        }
    }
}

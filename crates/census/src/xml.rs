//! The return as XML: one `CHILD` element a child, with a `HEADER` and `EPISODE` elements in it.
//!
//! Every element that holds cells (elements with text and nothing else) is a row of the table its cells belong to;
//! the child's number and date of birth come from the header. So a table whose element name we have not seen is read
//! as long as its cells have the names of the collection.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

use crate::problem::{Level, Problems};
use crate::tables::{RowRef, Table, YearReturn};

/// Deeper than any return goes: a file that nests further is not one.
const DEEPEST: usize = 32;

/// An element being read: what it is called, the text in it, and the cells found in it so far.
#[derive(Default)]
struct Open {
    name: String,
    text: String,
    has_children: bool,
    cells: HashMap<String, String>,
    line: u32,
}

/// Reads the rows of one file into `year`. `file` is its position in [`YearReturn::files`].
pub(crate) fn read(text: &str, file: u16, year: &mut YearReturn, problems: &mut Problems<'_>) {
    let mut reader = Reader::from_str(text);
    let mut lines = LineCount { text, at: 0, line: 1 };
    let mut open: Vec<Open> = Vec::new();
    let mut groups: Vec<Open> = Vec::new();
    let mut children = 0usize;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let line = lines.at(reader.error_position());
                problems.line(
                    Level::Error,
                    line,
                    format!(
                        "The XML is broken here ({error}); what follows was not read. Export the file again."
                    ),
                );
                break;
            }
        };
        let line = lines.at(reader.buffer_position());
        match event {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    problems.line(
                        Level::Error,
                        line,
                        "Elements are nested too deeply for a return; the rest was not read.",
                    );
                    break;
                }
                if let Some(parent) = open.last_mut() {
                    parent.has_children = true;
                }
                let name = start.local_name().as_ref().to_ascii_uppercase();
                open.push(Open { name, line, ..Open::default() });
            }
            Event::Empty(cell) => {
                if let Some(parent) = open.last_mut() {
                    parent.has_children = true;
                    parent.cells.entry(cell.local_name().as_ref().to_ascii_uppercase()).or_default();
                }
            }
            Event::Text(piece) => add_text(&mut open, &piece),
            Event::CData(piece) => add_text(&mut open, &piece),
            Event::GeneralRef(piece) => match unescape(&format!("&{};", &*piece)) {
                Ok(character) => add_text(&mut open, &character),
                // Names that only the file itself could define are not looked up: that is how a small file becomes a
                // large one.
                Err(_) => problems.line(
                    Level::Error,
                    line,
                    "An entity of the file's own was not read. Write the characters themselves.",
                ),
            },
            Event::End(_) => {
                let Some(done) = open.pop() else { break };
                if done.name == "CHILD" && done.has_children {
                    children += 1;
                    child(&groups, file, year, problems);
                    groups.clear();
                } else if done.has_children {
                    groups.push(done);
                } else if let Some(parent) = open.last_mut() {
                    let value = done.text.trim();
                    parent.cells.insert(done.name, value.to_owned());
                }
            }
            Event::Eof => {
                if let Some(unclosed) = open.iter().find(|o| o.name == "CHILD") {
                    problems.line(
                        Level::Error,
                        unclosed.line,
                        "The file stops in the middle of this child, who was left out. Export the file again: more may be missing.",
                    );
                }
                break;
            }
            _ => {}
        }
    }
    if children == 0 {
        problems.file(
            Level::Error,
            "There is no CHILD element with a HEADER in this XML file, so it is not a return. Check that it is the right file.",
        );
    }
}

/// Makes rows of the elements of one child.
fn child(groups: &[Open], file: u16, year: &mut YearReturn, problems: &mut Problems<'_>) {
    let Some(header) = groups.iter().find(|g| g.name == "HEADER") else {
        if let Some(first) = groups.first() {
            problems.line(
                Level::Error,
                first.line,
                "A child without a HEADER was left out: it says who the child is. Add it.",
            );
        }
        return;
    };
    let get = |group: &Open, column: &str| group.cells.get(column).cloned().unwrap_or_default();
    let number =
        header.cells.get("CHILDID").or_else(|| header.cells.get("CHILD")).cloned().unwrap_or_default();
    let born = get(header, "DOB");
    let mut push = |table: Table, group: &Open| {
        let cells: Vec<&str> = table
            .columns()
            .iter()
            .map(|column| match *column {
                "CHILD" => number.as_str(),
                "DOB" => born.as_str(),
                "SEX" => header.cells.get("SEX").map_or("", String::as_str),
                "PLACE" => {
                    group.cells.get("PL").or_else(|| group.cells.get("PLACE")).map_or("", String::as_str)
                }
                column => group.cells.get(column).map_or("", String::as_str),
            })
            .collect();
        year.push(table, RowRef { file, line: group.line }, &cells, problems);
    };
    push(Table::Header, header);
    let unaccompanied = get(header, "UASC");
    if unaccompanied == "1" || !get(header, "DUC").is_empty() {
        push(Table::Uasc, header);
    }
    for group in groups {
        for table in Table::ALL.iter().copied().filter(|t| !matches!(t, Table::Header | Table::Uasc)) {
            let own = table.told_by().iter().any(|column| group.cells.contains_key(*column));
            let mut values = table.columns().iter().filter(|c| !matches!(**c, "CHILD" | "DOB" | "SEX"));
            let says_something = values.any(|c| group.cells.get(*c).is_some_and(|value| !value.is_empty()));
            if own && says_something {
                push(table, group);
            }
        }
    }
    year.header_uasc.push(unaccompanied.into());
}

fn add_text(open: &mut [Open], piece: &str) {
    if let Some(top) = open.last_mut() {
        top.text.push_str(piece);
    }
}

/// Turns positions, which only grow, into lines.
struct LineCount<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl LineCount<'_> {
    fn at(&mut self, byte: u64) -> u32 {
        let to = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        if let Some(piece) = self.text.as_bytes().get(self.at..to) {
            let ends = piece.iter().filter(|b| **b == b'\n').count();
            self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
            self.at = to;
        }
        self.line
    }
}

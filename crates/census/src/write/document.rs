//! The return as XML: `EXPSSDA903`, one `CHILD` a child with a `HEADER` and its `EPISODE`s.
//!
//! Element names are those of the collection as published returns have them. For social workers and deprivation of
//! liberty none is published outside the Department's own schema; `ASWEPISODE` and `ADOLO` follow its habit (`AREVIEW`,
//! `AMISSING`), and the reader goes by the cells in an element, not by its name.

use std::collections::HashMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde::Serialize;

use super::{WrittenFile, rows_of};
use crate::tables::{HeaderRow, Table, TableRow, YearReturn};

/// A return as XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlReturn {
    /// The document.
    pub file: WrittenFile,
    /// What it does not say, by table and row. Empty for a return made by [`produce`](crate::produce), but for rows in
    /// which every cell is empty.
    pub unsaid: Vec<Unsaid>,
}

/// Something that the tables say and the XML document cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Unsaid {
    /// The table.
    pub table: Table,
    /// Position of the row in it.
    pub row: usize,
    /// What is lost, in plain words.
    pub what: &'static str,
}

/// The rows of one child: positions in each table, tables as in [`Table::ALL`].
type Rows = [Vec<usize>; 12];

/// Tables with an element of their own inside `HEADER`, in the order of the document.
const GROUPS: [(Table, &str); 4] = [
    (Table::PrevPerm, "PERMANENCE"),
    (Table::Missing, "AMISSING"),
    (Table::PlacedAdoption, "AD_PLACED"),
    (Table::Oc2, "OC2"),
];

/// The same, behind everything else: they joined the collection last.
const LAST_GROUPS: [(Table, &str); 2] = [(Table::SwEpisodes, "ASWEPISODE"), (Table::Dolo, "ADOLO")];

/// Tables whose cells stand in `HEADER` itself; of a child with several rows, each has its own element instead.
const FLAT: [(Table, &str); 2] = [(Table::Ad1, "ADOPTION"), (Table::Oc3, "LEAVING_CARE")];

#[expect(clippy::expect_used, reason = "a list of bytes in memory takes whatever is written to it")]
pub(super) fn write(year: &YearReturn) -> XmlReturn {
    let mut document = Document {
        out: Writer::new_with_indent(Vec::with_capacity(1_500 * (year.header.len() + 1)), b' ', 1),
        year,
        unsaid: Vec::new(),
    };
    document.all().expect("memory takes every element");
    let Document { out, mut unsaid, .. } = document;
    unsaid.sort_by_key(|u| (u.table, u.row));
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    XmlReturn { file: WrittenFile { name: format!("{}.xml", year.year), bytes }, unsaid }
}

struct Document<'y> {
    out: Writer<Vec<u8>>,
    year: &'y YearReturn,
    unsaid: Vec<Unsaid>,
}

impl Document<'_> {
    fn all(&mut self) -> io::Result<()> {
        let year = self.year;
        let (order, mut children) = by_child(year);
        self.out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        self.out.write_event(Event::Start(BytesStart::new("EXPSSDA903")))?;
        for (i, header) in year.header.iter().enumerate() {
            // Of a child with two headers, the first has all the rows.
            let rows = children.remove(header.child.raw()).unwrap_or_default();
            self.child(header.child.raw(), Some((i, header)), &rows)?;
        }
        for id in order {
            if let Some(rows) = children.remove(id) {
                self.child(id, None, &rows)?;
            }
        }
        self.out.write_event(Event::End(BytesEnd::new("EXPSSDA903")))
    }

    fn child(&mut self, id: &str, header: Option<(usize, &HeaderRow)>, rows: &Rows) -> io::Result<()> {
        let year = self.year;
        let born = header.map_or_else(|| first_born(year, rows), |(_, header)| header.dob.raw());
        let sex = header.map_or_else(
            || of(rows, Table::Uasc).first().and_then(|i| year.uasc.get(*i)).map_or("", |r| r.sex.raw()),
            |(_, header)| header.sex.raw(),
        );
        self.disagreements(header.is_some(), born, sex, rows);
        self.start("CHILD")?;
        self.start("HEADER")?;
        self.cell("CHILDID", id)?;
        let cell = |pick: fn(&HeaderRow) -> &str| header.map_or("", |(_, header)| pick(header));
        self.cell("UPN", cell(|h| h.upn.raw()))?;
        self.cell("SEX", sex)?;
        self.cell("DOB", born)?;
        self.cell("ETHNIC", cell(|h| h.ethnic.raw()))?;
        let status = of(rows, Table::Uasc).first().and_then(|i| year.uasc.get(*i));
        self.cell("UASC", if status.is_some() { "1" } else { "0" })?;
        if let Some(status) = status {
            self.cell("DUC", status.duc.raw())?;
        }
        self.group(Table::Reviews, "AREVIEW", rows)?;
        self.cell("MOTHER", cell(|h| h.mother.raw()))?;
        self.cell("MC_DOB", cell(|h| h.mc_dob.raw()))?;
        for (table, name) in GROUPS {
            self.group(table, name, rows)?;
        }
        for (table, name) in FLAT {
            match *of(rows, table) {
                [row] => self.cells(table, row)?,
                _ => self.group(table, name, rows)?,
            }
        }
        for (table, name) in LAST_GROUPS {
            self.group(table, name, rows)?;
        }
        self.end("HEADER")?;
        self.group(Table::Episodes, "EPISODE", rows)?;
        self.end("CHILD")
    }

    /// Notes what one header a child cannot hold.
    fn disagreements(&mut self, has_header: bool, born: &str, sex: &str, rows: &Rows) {
        let year = self.year;
        for table in Table::ALL.iter().copied().filter(|t| *t != Table::Header) {
            for (nth, row) in of(rows, table).iter().copied().enumerate() {
                let mut note = |what| self.unsaid.push(Unsaid { table, row, what });
                if !has_header {
                    note(
                        "The child has no row in Header; the document gives one with nothing but what this row says.",
                    );
                }
                let cell = |column: &str| {
                    let at = table.columns().iter().position(|c| *c == column)?;
                    Some(rows_of!(year, table, |rows| rows.get(row).map_or("", |r| r.raw(at))))
                };
                if cell("DOB").is_some_and(|own| own != born) {
                    note("The date of birth is not the one in Header, and only that one is written.");
                }
                if cell("SEX").is_some_and(|own| own != sex) {
                    note("The sex is not the one in Header, and only that one is written.");
                }
                if table == Table::Uasc {
                    if nth > 0 {
                        note("Only the first row of a child has a place.");
                    }
                } else if rows_of!(year, table, |rows| rows.get(row).is_some_and(is_empty)) {
                    note("Nothing is said but whose row it is, and an empty element is no row.");
                }
            }
        }
    }

    fn group(&mut self, table: Table, name: &str, rows: &Rows) -> io::Result<()> {
        for row in of(rows, table) {
            self.start(name)?;
            self.cells(table, *row)?;
            self.end(name)?;
        }
        Ok(())
    }

    /// The cells of a row that the header does not already give.
    fn cells(&mut self, table: Table, row: usize) -> io::Result<()> {
        let year = self.year;
        for (i, column) in table.columns().iter().enumerate().filter(|(_, c)| !in_header(c)) {
            let name = if *column == "PLACE" { "PL" } else { *column };
            let text = rows_of!(year, table, |rows| rows.get(row).map_or("", |r| r.raw(i)));
            self.cell(name, text)?;
        }
        Ok(())
    }

    fn cell(&mut self, name: &str, text: &str) -> io::Result<()> {
        let element = self.out.create_element(name);
        if text.is_empty() {
            element.write_empty()?;
        } else if text.chars().all(allowed) {
            element.write_text_content(BytesText::new(text))?;
        } else {
            // No cell that was read from a file or the record has such characters; a document with them is none.
            let clean: String = text.chars().map(|c| if allowed(c) { c } else { '\u{FFFD}' }).collect();
            element.write_text_content(BytesText::new(&clean))?;
        }
        Ok(())
    }

    fn start(&mut self, name: &str) -> io::Result<()> {
        self.out.write_event(Event::Start(BytesStart::new(name)))
    }

    fn end(&mut self, name: &str) -> io::Result<()> {
        self.out.write_event(Event::End(BytesEnd::new(name)))
    }
}

/// Characters that XML 1.0 knows.
fn allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

fn in_header(column: &str) -> bool {
    matches!(column, "CHILD" | "DOB" | "SEX")
}

fn is_empty<R: TableRow>(row: &R) -> bool {
    R::TABLE.columns().iter().enumerate().all(|(i, column)| in_header(column) || row.raw(i).is_empty())
}

/// The positions of a child's rows in a table.
fn of(rows: &Rows, table: Table) -> &[usize] {
    Table::ALL.iter().zip(rows).find(|(t, _)| **t == table).map_or(&[], |(_, rows)| rows.as_slice())
}

/// The date of birth that a child's first row gives, for a child without a header.
fn first_born<'y>(year: &'y YearReturn, rows: &Rows) -> &'y str {
    for table in Table::ALL {
        let Some(at) = table.columns().iter().position(|c| *c == "DOB") else { continue };
        let born = of(rows, *table)
            .iter()
            .map(|row| rows_of!(year, *table, |rows| rows.get(*row).map_or("", |r| r.raw(at))));
        if let Some(born) = born.into_iter().find(|b| !b.is_empty()) {
            return born;
        }
    }
    ""
}

/// Every child's rows, but for Header, and the children in the order in which they first stand.
fn by_child(year: &YearReturn) -> (Vec<&str>, HashMap<&str, Rows>) {
    let mut order = Vec::new();
    let mut children: HashMap<&str, Rows> = HashMap::with_capacity(year.header.len());
    for (slot, table) in Table::ALL.iter().enumerate().filter(|(_, t)| **t != Table::Header) {
        rows_of!(year, *table, |rows| for (i, row) in rows.iter().enumerate() {
            let mine = children.entry(row.child.raw()).or_insert_with(|| {
                order.push(row.child.raw());
                Rows::default()
            });
            if let Some(slot) = mine.get_mut(slot) {
                slot.push(i);
            }
        });
    }
    (order, children)
}

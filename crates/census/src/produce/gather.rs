//! Rows of one child, and the rows of all of them with where each came from.

use std::ops::Range;

use jiff::civil::Date;
use kinfold_record::{ChildId, EntryId};
use smol_str::{SmolStr, format_smolstr};

use super::ProduceOptions;
use super::child::Child;
use super::lack::{Lack, recorded_by};
use crate::problem::Problems;
use crate::tables::{RowRef, Table, YearReturn};

/// One child's part of a return.
#[derive(Debug, Clone)]
pub struct ChildReturn {
    /// Whose.
    pub child: ChildId,
    /// The child's local identifier, as it stands in every row; empty when the record has none.
    pub local_id: SmolStr,
    /// The rows.
    pub year: YearReturn,
    /// What the record does not say.
    pub lacks: Vec<Lack>,
    /// The rows in the order they were made, each with where its entries end in `entries`.
    made: Vec<(Table, usize)>,
    entries: Vec<EntryId>,
}

/// A return with where its rows come from.
#[derive(Debug, Clone, Default)]
pub struct Produced {
    /// The return. Children stand in the order of their local identifiers, and a row's [`RowRef`] names the file and
    /// line that [`Return::write_csv`](crate::Return::write_csv) gives it.
    pub year: YearReturn,
    /// Whose each row is and which entries say so.
    pub origins: Origins,
    /// What the record does not say, by child.
    pub lacks: Vec<Lack>,
}

/// Where every row comes from. Kept flat: one list of entries, and for each row the part of it that is its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins {
    children: Vec<ChildId>,
    entries: Vec<EntryId>,
    /// For each table of [`Table::ALL`] and each row: the child, and where its entries begin and end.
    rows: [Vec<(u32, u32, u32)>; 12],
}

/// Where one row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowOrigin<'a> {
    /// Whose row it is.
    pub child: ChildId,
    /// The entries that it was made of. [`recorded_by`] says which kind gives which column.
    pub entries: &'a [EntryId],
}

impl Origins {
    /// Everybody who stands in the return, in the order of the rows.
    pub fn children(&self) -> &[ChildId] {
        &self.children
    }

    /// Which rows of a table are a child's, by the child's position in [`Self::children`]: they stand together.
    pub fn rows(&self, child: usize, table: Table) -> Range<usize> {
        let rows = self.rows.get(slot(table)).map_or(&[][..], Vec::as_slice);
        let child = narrow(child);
        rows.partition_point(|r| r.0 < child)..rows.partition_point(|r| r.0 <= child)
    }

    /// Where a row comes from, by table and position.
    pub fn of(&self, table: Table, row: usize) -> Option<RowOrigin<'_>> {
        let (child, from, to) = *self.rows.get(slot(table))?.get(row)?;
        let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        Some(RowOrigin {
            child: *self.children.get(at(child))?,
            entries: self.entries.get(at(from)..at(to)).unwrap_or_default(),
        })
    }
}

impl Produced {
    /// Puts the parts together, in the order of the local identifiers.
    pub fn of(options: &ProduceOptions, mut children: Vec<ChildReturn>) -> Self {
        children.sort_by(|a, b| (&a.local_id, a.child).cmp(&(&b.local_id, b.child)));
        let mut sent: Vec<Table> =
            Table::ALL.iter().copied().filter(|t| options.tables.contains(t)).collect();
        // As they are numbered when they are read again.
        sent.sort_by_key(|t| t.file_name());
        let files: Vec<&'static str> = sent.iter().map(|t| t.file_name()).collect();
        let mut out = Self::default();
        out.year.year = options.year;
        out.year.files = files.iter().map(|f| (*f).to_owned()).collect();
        out.year.sent = sent;
        for child in children {
            out.take(child, &files);
        }
        out
    }

    fn take(&mut self, child: ChildReturn, files: &[&str]) {
        let whose = narrow(self.origins.children.len());
        self.origins.children.push(child.child);
        let base = self.origins.entries.len();
        self.origins.entries.extend(child.entries);
        let mut before = [0usize; 12];
        for (count, table) in before.iter_mut().zip(Table::ALL) {
            *count = self.year.rows(*table);
        }
        let mut from = 0;
        for (table, to) in child.made {
            if let Some(rows) = self.origins.rows.get_mut(slot(table)) {
                rows.push((whose, narrow(base + from), narrow(base + to)));
            }
            from = to;
        }
        self.lacks.extend(child.lacks.into_iter().map(|lack| {
            let shift = before.get(slot(lack.table)).copied().unwrap_or_default();
            Lack { row: lack.row.map(|row| row + shift), ..lack }
        }));
        let mut rows = child.year;
        macro_rules! take {
            ($($table:ident $rows:ident),*) => {$(
                let file = files.iter().position(|f| *f == Table::$table.file_name()).unwrap_or_default();
                for mut row in rows.$rows.drain(..) {
                    // Headings are line 1.
                    let line = narrow(self.year.$rows.len()).saturating_add(2);
                    row.at = RowRef { file: u16::try_from(file).unwrap_or(u16::MAX), line };
                    self.year.$rows.push(row);
                }
            )*};
        }
        take!(
            Header header, Episodes episodes, Reviews reviews, Uasc uasc, Oc2 oc2, Oc3 oc3, Ad1 ad1,
            PlacedAdoption placed_adoption, PrevPerm prev_perm, Missing missing, SwEpisodes sw_episodes, Dolo dolo
        );
    }

    /// The table and position of a row by where it stands, as findings name it.
    pub fn row_at(&self, at: RowRef) -> Option<(Table, usize)> {
        let name = self.year.files.get(usize::from(at.file))?;
        let table = Table::ALL.iter().copied().find(|t| t.file_name() == name)?;
        let row = usize::try_from(at.line).ok()?.checked_sub(2)?;
        (row < self.year.rows(table)).then_some((table, row))
    }

    /// Where a row comes from, by where it stands.
    pub fn origin_at(&self, at: RowRef) -> Option<RowOrigin<'_>> {
        let (table, row) = self.row_at(at)?;
        self.origins.of(table, row)
    }
}

fn slot(table: Table) -> usize {
    Table::ALL.iter().position(|t| *t == table).unwrap_or_default()
}

/// There are never four thousand million rows.
fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Collects the rows of a child.
pub(super) struct Rows<'o> {
    tables: &'o [Table],
    out: ChildReturn,
    /// Date of birth, as the tables repeat it.
    born: SmolStr,
}

impl<'o> Rows<'o> {
    pub(super) fn new(child: &Child<'_>, options: &'o ProduceOptions) -> Self {
        let out = ChildReturn {
            child: child.t.child,
            local_id: text(child.t.identity.local_id.as_deref()),
            year: YearReturn { year: options.year, ..YearReturn::default() },
            lacks: Vec::new(),
            made: Vec::new(),
            entries: Vec::new(),
        };
        Self { tables: &options.tables, out, born: day(child.t.born) }
    }

    /// Adds a row of the cells that follow the child's own, with the columns that must not be empty. The entries are
    /// those that the row is made of.
    pub(super) fn add(
        &mut self,
        table: Table,
        cells: &[SmolStr],
        needed: &[&'static str],
        from: impl IntoIterator<Item = EntryId>,
    ) {
        if !self.tables.contains(&table) {
            return;
        }
        let columns = table.columns();
        let repeats_birth = columns.get(1) == Some(&"DOB");
        let mut all: Vec<&str> = Vec::with_capacity(columns.len());
        all.push(&self.out.local_id);
        if repeats_birth {
            all.push(&self.born);
        }
        all.extend(cells.iter().map(SmolStr::as_str));
        // A line of empty cells is no row: nothing at all is known, not even whose it would be.
        let row = all.iter().any(|cell| !cell.is_empty()).then(|| self.out.year.rows(table));
        for column in needed {
            let at = columns.iter().position(|c| c == column);
            if at.and_then(|at| all.get(at)).is_none_or(|cell| cell.is_empty()) {
                self.out.lacks.extend(lack(&self.out, table, row, column));
            }
        }
        if row.is_none() {
            return;
        }
        let at = RowRef { file: 0, line: 0 };
        self.out.year.push(table, at, &all, &mut Problems::new("", 0));
        self.out.entries.extend(from);
        self.out.made.push((table, self.out.entries.len()));
    }

    /// Says that something is not recorded for which there is no row.
    pub(super) fn lacks(&mut self, table: Table, column: &'static str) {
        if self.tables.contains(&table) {
            self.out.lacks.extend(lack(&self.out, table, None, column));
        }
    }

    pub(super) fn born(&self) -> SmolStr {
        self.born.clone()
    }

    pub(super) fn finish(self) -> ChildReturn {
        self.out
    }
}

fn lack(of: &ChildReturn, table: Table, row: Option<usize>, column: &'static str) -> Option<Lack> {
    let source = recorded_by(table, column)?;
    Some(Lack { child: of.child, local_id: of.local_id.clone(), table, row, column, source })
}

/// A date as the return writes it.
pub(super) fn day(day: Option<Date>) -> SmolStr {
    day.map_or_else(SmolStr::default, |d| format_smolstr!("{:02}/{:02}/{:04}", d.day(), d.month(), d.year()))
}

/// Yes or no as the return writes it.
pub(super) fn flag(flag: Option<bool>) -> SmolStr {
    SmolStr::new_static(match flag {
        Some(true) => "1",
        Some(false) => "0",
        None => "",
    })
}

pub(super) fn number(number: Option<i32>) -> SmolStr {
    number.map_or_else(SmolStr::default, |n| format_smolstr!("{n}"))
}

/// A text as a cell: on one line and without spaces around it.
pub(super) fn text(text: Option<&str>) -> SmolStr {
    let Some(text) = text else { return SmolStr::default() };
    if text.chars().any(char::is_control) {
        let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        return SmolStr::new(line.trim());
    }
    SmolStr::new(text.trim())
}

/// A code as a cell.
pub(super) fn code(code: Option<&SmolStr>) -> SmolStr {
    text(code.map(SmolStr::as_str))
}

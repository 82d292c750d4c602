//! This year's return, last year's and those before it, put in order once: which rows are whose, and by what day they
//! are sorted.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;
use smol_str::SmolStr;

use super::context::Supplied;
use super::derived::Derived;
use super::view::{Child, Rows};
use crate::tables::{
    Ad1Row, DoloRow, EpisodeRow, HeaderRow, MissingRow, Oc2Row, Oc3Row, PlacedAdoptionRow, PrevPermRow,
    ReviewRow, SwEpisodeRow, Table, TableRow, UascRow, YearReturn,
};

/// The rows of one table by child: those of child `n` are `order[starts[n]..starts[n + 1]]`.
#[derive(Debug, Clone, Default)]
struct ByChild {
    starts: Vec<u32>,
    order: Vec<u32>,
    /// Every row in the order of the file.
    in_file: Vec<u32>,
}

/// One year's return with its order.
#[derive(Debug)]
pub struct Year {
    pub(crate) rows: YearReturn,
    pub(crate) derived: Derived,
    pub(crate) is_last: bool,
    by_child: Vec<ByChild>,
}

/// A table's rows in a year, and the day by which they are sorted.
pub trait InYear: TableRow + Sized + 'static {
    /// The rows in the order of the file.
    fn rows(year: &YearReturn) -> &[Self];
    /// The day by which a child's rows are sorted; without one they stay in the order of the file.
    fn day(&self) -> Option<Date>;
}

macro_rules! in_year {
    ($($row:ident $rows:ident $($day:ident)?;)*) => {$(
        impl InYear for $row {
            fn rows(year: &YearReturn) -> &[Self] { &year.$rows }
            fn day(&self) -> Option<Date> { None $(.or(self.$day.value()))? }
        }
    )*};
}

in_year! {
    HeaderRow header;
    EpisodeRow episodes decom;
    ReviewRow reviews review;
    UascRow uasc;
    Oc2Row oc2;
    Oc3Row oc3;
    Ad1Row ad1;
    PlacedAdoptionRow placed_adoption date_placed;
    PrevPermRow prev_perm;
    MissingRow missing mis_start;
    SwEpisodeRow sw_episodes sw_decom;
    DoloRow dolo dolo_start;
}

impl Year {
    /// All rows of a table, in the order of the file.
    pub fn all<T: InYear>(&self) -> Rows<'_, T> {
        let order = self.by_child.get(T::TABLE as usize).map_or(&[][..], |by| &by.in_file);
        Rows::new(self, order)
    }

    /// Whether the table was sent.
    pub fn has(&self, table: Table) -> bool {
        self.rows.sent.contains(&table)
    }

    /// The rows of a child, by the day of the table.
    pub(crate) fn of<T: InYear>(&self, child: u32) -> Rows<'_, T> {
        let order = self.by_child.get(T::TABLE as usize).and_then(|by| by.order.get(by.range(child)));
        Rows::new(self, order.unwrap_or_default())
    }

    /// Where a row stood and what its columns say, for the report.
    pub(crate) fn cell(&self, table: Table, row: u32, column: &str) -> SmolStr {
        let at = row as usize;
        let of = |list: &[SmolStr]| list.get(at).cloned().unwrap_or_default();
        match (table, column) {
            (Table::Header, "UASC") => of(&self.derived.uasc),
            (Table::Episodes, "PL_LA") => of(&self.derived.pl_la),
            (Table::Episodes, "PL_LOCATION") => of(&self.derived.pl_location),
            (Table::Episodes, "PL_DISTANCE") => of(&self.derived.pl_distance),
            _ => {
                table.position(column).map(|c| SmolStr::from(self.rows.raw(table, at, c))).unwrap_or_default()
            }
        }
    }
}

impl ByChild {
    fn range(&self, child: u32) -> Range<usize> {
        let at = |n: usize| self.starts.get(n).copied().unwrap_or(0) as usize;
        at(child as usize)..at(child as usize + 1)
    }

    fn new<T: InYear>(rows: &[T], child_of: &[u32], children: usize) -> Self {
        let in_file: Vec<u32> = (0u32..).take(rows.len()).collect();
        let mut starts = vec![0u32; children + 1];
        for child in child_of {
            starts[*child as usize + 1] += 1;
        }
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0u32; rows.len()];
        for (row, child) in in_file.iter().zip(child_of) {
            let place = &mut next[*child as usize];
            order[*place as usize] = *row;
            *place += 1;
        }
        let by = Self { starts, order, in_file };
        by.sorted(rows, children)
    }

    fn sorted<T: InYear>(mut self, rows: &[T], children: usize) -> Self {
        for child in (0u32..).take(children) {
            let range = self.range(child);
            if range.len() > 1 {
                // A row without a day comes last; rows of the same day stay in the order of the file.
                self.order[range].sort_by_key(|row| {
                    let day = rows[*row as usize].day();
                    (day.is_none(), day)
                });
            }
        }
        self
    }
}

/// The returns that are checked: this year's, last year's when there is one, and what is held of the years before.
#[derive(Debug)]
pub struct Returns {
    this: Year,
    last: Option<Year>,
    /// The years before last, the newest first. Nothing in them is flagged: they answer what was before.
    earlier: Vec<Year>,
    ids: Vec<SmolStr>,
}

impl Returns {
    /// Puts the returns in order and works out what is derived. The tables are taken over, and their text is put in
    /// capitals, as the collection reads it.
    pub fn new(this: YearReturn, last: Option<YearReturn>, supplied: &Supplied<'_>) -> Self {
        Self::with_history(this, last, Vec::new(), supplied)
    }

    /// The same with every earlier return that is held, in any order: a rule that asks what ever happened to a child
    /// looks through all of them, and one that asks about last year does not.
    pub fn with_history(
        this: YearReturn,
        last: Option<YearReturn>,
        earlier: Vec<YearReturn>,
        supplied: &Supplied<'_>,
    ) -> Self {
        let with = |mut year: YearReturn| {
            year.capitals();
            let derived = Derived::of(&year, supplied);
            (year, derived)
        };
        let plain = |mut year: YearReturn| {
            year.capitals();
            // No rule asks where somebody lived before last year.
            (year, Derived::default())
        };
        Self::put_in_order(with(this), last.map(with), earlier.into_iter().map(plain).collect())
    }

    /// The same where what is derived is given, as the conformance cases do.
    pub(crate) fn ordered(this: WithDerived, last: Option<WithDerived>) -> Self {
        Self::put_in_order(this, last, Vec::new())
    }

    pub(crate) fn put_in_order(
        this: WithDerived,
        last: Option<WithDerived>,
        mut earlier: Vec<WithDerived>,
    ) -> Self {
        earlier.sort_by_key(|(rows, _)| std::cmp::Reverse(rows.year));
        let mut names = Names::default();
        let (this, this_of) = children_of(this, &mut names);
        let last = last.map(|year| children_of(year, &mut names));
        let earlier: Vec<_> = earlier.into_iter().map(|year| children_of(year, &mut names)).collect();
        let children = names.ids.len();
        let order = |(rows, derived): (YearReturn, Derived), of: Vec<Vec<u32>>, is_last| {
            let by_child = by_child(&rows, &of, children);
            Year { rows, derived, is_last, by_child }
        };
        Self {
            this: order(this, this_of, false),
            last: last.map(|(y, of)| order(y, of, true)),
            earlier: earlier.into_iter().map(|(y, of)| order(y, of, true)).collect(),
            ids: names.ids,
        }
    }

    /// This year's return.
    pub fn this(&self) -> &Year {
        &self.this
    }

    /// Last year's return.
    pub fn last(&self) -> Option<&Year> {
        self.last.as_ref()
    }

    /// Every child of any year, in the order in which they first appear.
    pub fn children(&self) -> impl Iterator<Item = Child<'_>> {
        (0u32..).take(self.ids.len()).map(|number| self.child(number))
    }

    /// How many children there are in all of them. A row without a child's number counts as a child of its own.
    pub fn count(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn child(&self, number: u32) -> Child<'_> {
        let id = self.ids.get(number as usize).map_or("", SmolStr::as_str);
        Child::new(id, number, &self.this, self.last.as_ref(), &self.earlier)
    }

    /// This year's return, or last year's.
    pub(crate) fn year(&self, last: bool) -> Option<&Year> {
        if last { self.last() } else { Some(&self.this) }
    }
}

/// Numbers for children, in the order in which they appear.
#[derive(Default)]
struct Names {
    ids: Vec<SmolStr>,
    by_id: HashMap<SmolStr, u32>,
}

impl Names {
    fn number(&mut self, id: &str) -> u32 {
        // Past four thousand million children the last one stands in; the readers stop long before.
        let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        // Of a row without a number nobody knows whose it is: it is nobody else's.
        if id.is_empty() {
            self.ids.push(SmolStr::default());
            return next;
        }
        if let Some(found) = self.by_id.get(id) {
            return *found;
        }
        let id = SmolStr::new(id);
        self.by_id.insert(id.clone(), next);
        self.ids.push(id);
        next
    }
}

/// A year, and what was worked out for its rows.
pub(crate) type WithDerived = (YearReturn, Derived);

/// The number of the child of every row, table by table.
fn children_of(year: WithDerived, names: &mut Names) -> (WithDerived, Vec<Vec<u32>>) {
    fn of<T: InYear>(year: &YearReturn, names: &mut Names) -> Vec<u32> {
        T::rows(year).iter().map(|row| names.number(row.child().raw())).collect()
    }
    let rows = &year.0;
    let of = vec![
        of::<HeaderRow>(rows, names),
        of::<EpisodeRow>(rows, names),
        of::<ReviewRow>(rows, names),
        of::<UascRow>(rows, names),
        of::<Oc2Row>(rows, names),
        of::<Oc3Row>(rows, names),
        of::<Ad1Row>(rows, names),
        of::<PlacedAdoptionRow>(rows, names),
        of::<PrevPermRow>(rows, names),
        of::<MissingRow>(rows, names),
        of::<SwEpisodeRow>(rows, names),
        of::<DoloRow>(rows, names),
    ];
    (year, of)
}

/// The order of every table, in the order of [`Table::ALL`].
fn by_child(rows: &YearReturn, of: &[Vec<u32>], children: usize) -> Vec<ByChild> {
    fn by<T: InYear>(rows: &YearReturn, of: &[Vec<u32>], children: usize) -> ByChild {
        let child_of = of.get(T::TABLE as usize).map_or(&[][..], Vec::as_slice);
        ByChild::new(T::rows(rows), child_of, children)
    }
    vec![
        by::<HeaderRow>(rows, of, children),
        by::<EpisodeRow>(rows, of, children),
        by::<ReviewRow>(rows, of, children),
        by::<UascRow>(rows, of, children),
        by::<Oc2Row>(rows, of, children),
        by::<Oc3Row>(rows, of, children),
        by::<Ad1Row>(rows, of, children),
        by::<PlacedAdoptionRow>(rows, of, children),
        by::<PrevPermRow>(rows, of, children),
        by::<MissingRow>(rows, of, children),
        by::<SwEpisodeRow>(rows, of, children),
        by::<DoloRow>(rows, of, children),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{Row, Sheet};
    use super::*;

    fn episodes(rows: &[[&'static str; 2]]) -> (YearReturn, Derived) {
        let mut sheet = Sheet::new(2026);
        sheet.add(Table::Episodes, &["CHILD", "DECOM"], rows.iter().map(|row| row.to_vec()));
        sheet.finish()
    }

    fn order(child: &Child<'_>) -> Vec<u32> {
        child.episodes().iter().map(|e| e.index()).collect()
    }

    #[test]
    fn the_rows_of_a_child_come_by_day_and_those_without_one_last() {
        let rows = [["a", "01/05/2025"], ["b", ""], ["A", "x"], ["A ", "01/04/2025"], ["A", "01/05/2025"]];
        let returns = Returns::ordered(episodes(&rows), None);
        let children: Vec<_> = returns.children().map(|c| (c.id().to_owned(), order(&c))).collect();
        assert_eq!(children, [("A".to_owned(), vec![3, 0, 4, 2]), ("B".to_owned(), vec![1])]);
        let a = returns.child(0);
        assert_eq!(a.episodes().iter().rev().map(|e| e.index()).collect::<Vec<_>>(), [2, 4, 0, 3]);
        assert_eq!(a.episodes().pairs().map(|(e, next)| (e.index(), next.index())).last(), Some((4, 2)));
        assert_eq!(a.episodes().in_file_order().iter().map(Row::index).collect::<Vec<_>>(), [0, 2, 3, 4]);
    }

    #[test]
    fn a_row_without_a_number_is_nobody_elses() {
        let returns = Returns::ordered(episodes(&[["", "01/05/2025"], ["", "01/06/2025"]]), None);
        assert_eq!(returns.count(), 2);
        assert!(returns.children().all(|c| c.id().is_empty() && c.episodes().len() == 1));
    }

    #[test]
    fn a_child_of_last_year_only_is_a_child() {
        let this = episodes(&[["1", "01/05/2025"]]);
        let returns = Returns::ordered(this, Some(episodes(&[["2", "01/05/2024"], ["1", "01/05/2024"]])));
        let told: Vec<_> =
            returns.children().map(|c| (c.episodes().len(), c.last().episodes().len())).collect();
        assert_eq!(told, [(1, 1), (0, 1)]);
        let last = returns.child(0).last().episodes().first().unwrap();
        assert!(last.is_last_year() && last.index() == 1);
    }
}

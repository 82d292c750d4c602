//! The rules of the collection at the point of entry: what one new entry would add to what they find in one child's
//! return, said before it is recorded.
//!
//! The child's rows are made twice, as the record stands and as it would stand, and the rules that the entry's facts
//! touch are asked of both. What is told is what the entry adds, or what stays wrong about the very facts that it gives.
//! Half a story is normal, so three things are left out on purpose: cells that another kind of event fills
//! ([`Lack`](crate::Lack)), rules that speak of something not recorded yet or of the end of the year ([`NOT_AT_ENTRY`]),
//! and rules that compare children with each other, which no single child can answer.
//!
//! While a year runs, the rules are asked as though the collection ended today, as the return itself is made.

mod feeds;
mod not_yet;

use std::collections::HashSet;

use jiff::civil::Date;
use kinfold_record::{Chronology, Entry, EntryId, Event};
use serde_json::Value;
use smol_str::SmolStr;

use crate::check::{
    Context, Finding, OfYear, Returns, Rule, Run, Supplied, Version, is_derived, run_for_one_child,
};
use crate::collect::collection_year;
use crate::produce::{HeldReturns, ProduceOptions, Produced, produce_child_years, recorded_by};
use crate::rules;
use crate::tables::{Table, YearReturn};

pub use feeds::feeds;
pub use not_yet::{NOT_AT_ENTRY, NotAtEntry};

/// The first collection whose rules are known: 2022-23.
const FIRST_YEAR: i16 = 2023;

/// The number of a child who has none, so that the child's rows belong together.
const STAND_IN: &str = "1";

/// Something the rules would find because of an entry.
#[derive(Debug, Clone)]
pub struct EntryFinding {
    /// The rule.
    pub rule: &'static Rule,
    /// The year in which the collection ends.
    pub year: i16,
    /// The table of the row.
    pub table: Table,
    /// The day on which what the row tells of began; `None` for tables with one row a child.
    pub day: Option<Date>,
    /// Whether it is only an answer that the entry leaves open. Such a thing can be told once it is recorded; everything
    /// else is a contradiction, worth asking about before.
    pub left_open: bool,
    /// What stands in the columns of the row that the rule looks at, as it would be returned; empty cells too.
    pub cells: Vec<(&'static str, SmolStr)>,
    /// Every column that the rule is about: who may not read one of them is not to be told.
    pub about: Vec<(Table, &'static str)>,
}

/// What an entry would add to what the rules find, by year and rule. `before` is the child's chronology as it stands,
/// `after` the same with the entry, which may replace or withdraw another; `supplied` as for
/// [`check`](crate::check::check): what cannot be asked without it is not asked. Empty for entries that no column of the
/// return is made of, and for children who do not stand in the return.
pub fn at_entry(
    before: &Chronology,
    after: &Chronology,
    entry: EntryId,
    today: Date,
    supplied: &Supplied<'_>,
) -> Vec<EntryFinding> {
    at_entries(before, after, &[entry], today, supplied)
}

/// The same of several entries that are recorded together, as a form does: what one of them leaves open and another
/// answers is not told. `after` holds all of them.
pub fn at_entries(
    before: &Chronology,
    after: &Chronology,
    new: &[EntryId],
    today: Date,
    supplied: &Supplied<'_>,
) -> Vec<EntryFinding> {
    let entries: Vec<&Entry> = after.entries().iter().filter(|e| new.contains(&e.id)).collect();
    let is_replaced = |old: &&Entry| entries.iter().any(|e| e.replaces == Some(old.id));
    let replaced: Vec<&Entry> = before.entries().iter().filter(is_replaced).collect();
    let touch = Touch::of(&entries, &replaced);
    if touch.tables.is_empty() {
        return Vec::new();
    }
    let runs = collection_year(today);
    let mut years: Vec<i16> =
        entries.iter().chain(&replaced).map(|e| collection_year(e.happened_on)).chain([runs]).collect();
    years.retain(|year| (FIRST_YEAR..=runs).contains(year));
    years.sort_unstable();
    years.dedup();
    let at = |year| At { year, today, supplied };
    years.into_iter().flat_map(|year| of_year(before, after, &touch, &at(year))).collect()
}

/// What new entries have to do with the return.
struct Touch<'a> {
    entries: &'a [&'a Entry],
    /// The kinds of event whose facts come or go with it.
    events: Vec<&'a Event>,
    tables: Vec<Table>,
}

impl<'a> Touch<'a> {
    fn of(entries: &'a [&'a Entry], replaced: &[&'a Entry]) -> Self {
        let events: Vec<&Event> = entries.iter().chain(replaced).map(|e| &e.event).collect();
        let fed =
            |table: &Table| table.columns().iter().any(|c| events.iter().any(|e| feeds(e.kind(), *table, c)));
        let tables = Table::ALL.iter().copied().filter(fed).collect();
        Self { entries, events, tables }
    }

    /// Whether the rule looks at a table that the entries' facts stand in.
    fn reaches(&self, version: &Version) -> bool {
        version.tables.iter().chain(version.last).any(|table| self.tables.contains(table))
    }

    /// Whether the rule is about a column that the entries' facts stand in.
    fn is_about(&self, about: &[(Table, &'static str)]) -> bool {
        about.iter().any(|(table, column)| self.events.iter().any(|e| feeds(e.kind(), *table, column)))
    }

    /// Whether an entry itself says what stands in a column.
    fn says(&self, table: Table, column: &str) -> bool {
        let Some(source) = recorded_by(table, column) else { return false };
        let says = |event: &Event| {
            source.field.is_empty()
                || serde_json::to_value(event)
                    .is_ok_and(|event| event.get(source.field).is_some_and(|value| *value != Value::Null))
        };
        self.entries.iter().any(|e| e.event.kind() == source.kind && says(&e.event))
    }
}

/// The collection that is asked about.
struct At<'a> {
    year: i16,
    today: Date,
    supplied: &'a Supplied<'a>,
}

/// A child's rows of a year and what the rules find in them.
struct Asked {
    made: Produced,
    findings: Vec<Finding>,
}

/// `None` when the child does not stand in the return of the year.
fn ask(chronology: &Chronology, touch: &Touch<'_>, at: &At<'_>) -> Option<Asked> {
    let At { year, today, supplied } = *at;
    let options = ProduceOptions::new(year, today);
    let child = produce_child_years(chronology, &options)?.or_named(STAND_IN);
    let HeldReturns { this: made, last, earlier } = HeldReturns::of(&options, vec![child]);
    if made.origins.children().is_empty() {
        return None;
    }
    let returns = Returns::with_history(made.year.clone(), Some(last.year), earlier, supplied);
    let context = Context::new(year, false, supplied).on(today);
    let asked: Vec<OfYear> = rules::ALL
        .iter()
        .filter_map(|entry| Some((entry.rule, entry.rule.version(year)?)))
        .filter(|(rule, version)| {
            matches!(version.run, Run::Child(_))
                && touch.reaches(version)
                && !not_yet::holds(rule.code, year, today)
        })
        .collect();
    let findings = run_for_one_child(&asked, &returns, &context);
    Some(Asked { made, findings })
}

/// Which finding it is, whatever rows come and go around it.
type Key = (&'static str, Table, bool, SmolStr);

fn key(finding: &Finding, day: &SmolStr) -> Key {
    (finding.rule.code, finding.table, finding.last_year, day.clone())
}

/// The day by which a row is told from the others of its table, as it is written.
fn day_of(year: &YearReturn, finding: &Finding) -> SmolStr {
    let row = finding.row as usize;
    let column = match finding.table {
        Table::Episodes => "DECOM",
        Table::Reviews => "REVIEW",
        Table::PlacedAdoption => "DATE_PLACED",
        Table::Missing => "MIS_START",
        Table::SwEpisodes => "SW_DECOM",
        Table::Dolo => "DOLO_START",
        Table::Header | Table::Uasc | Table::Oc2 | Table::Oc3 | Table::Ad1 | Table::PrevPerm => {
            return SmolStr::default();
        }
    };
    // A row of last year's is not at hand; the cells that are shown of it have the day, if the rule is about it.
    if finding.last_year {
        return finding
            .cells
            .iter()
            .find(|(name, _)| *name == column)
            .map(|(_, day)| day.clone())
            .unwrap_or_default();
    }
    finding
        .table
        .position(column)
        .map(|column| SmolStr::from(year.raw(finding.table, row, column)))
        .unwrap_or_default()
}

fn of_year(before: &Chronology, after: &Chronology, touch: &Touch<'_>, at: &At<'_>) -> Vec<EntryFinding> {
    let Some(now) = ask(after, touch, at) else { return Vec::new() };
    if now.findings.is_empty() {
        return Vec::new();
    }
    let old: HashSet<Key> = ask(before, touch, at).map_or_else(HashSet::new, |asked| {
        asked.findings.iter().map(|f| key(f, &day_of(&asked.made.year, f))).collect()
    });
    let mut told: Vec<EntryFinding> = Vec::new();
    for finding in &now.findings {
        let day = day_of(&now.made.year, finding);
        let about = about(finding);
        let Some(left_open) = worth_telling(finding, &now.made, touch, &about, &old, &day) else { continue };
        // A rule that finds several rows says the same of each.
        if told.iter().any(|t| t.rule.code == finding.rule.code) {
            continue;
        }
        let day = Date::strptime("%d/%m/%Y", day.as_str()).ok();
        told.push(EntryFinding {
            rule: finding.rule,
            year: at.year,
            table: finding.table,
            day,
            left_open,
            cells: finding.cells.clone(),
            about,
        });
    }
    told
}

/// Every column that a rule shows, in each of its tables that has it.
fn about(finding: &Finding) -> Vec<(Table, &'static str)> {
    let version = finding.version;
    let mut tables: Vec<Table> = version.tables.iter().chain(version.last).copied().collect();
    tables.push(finding.table);
    tables.sort_unstable();
    tables.dedup();
    let has = |table: Table, f: &'static str| table.columns().contains(&f) || is_derived(table, f);
    let of = |table: Table| version.fields.iter().copied().filter(move |f| has(table, f));
    tables.into_iter().flat_map(|table| of(table).map(move |field| (table, field))).collect()
}

/// Whether a finding is to be told because of the entry, and then whether it is only an answer left open.
fn worth_telling(
    finding: &Finding,
    made: &Produced,
    touch: &Touch<'_>,
    about: &[(Table, &'static str)],
    old: &HashSet<Key>,
    day: &SmolStr,
) -> Option<bool> {
    let is_old = old.contains(&key(finding, day));
    let of_last = finding.last_year;
    let own = !of_last
        && made
            .origins
            .of(finding.table, finding.row as usize)
            .is_some_and(|origin| touch.entries.iter().any(|e| origin.entries.contains(&e.id)));
    // Where a home lies and how far away is worked out from postcodes.
    let from_postcodes = finding.cells.iter().any(|(name, _)| is_derived(Table::Episodes, name));
    let shown = |column: &str| {
        finding.cells.iter().any(|(name, _)| *name == column)
            || from_postcodes && matches!(column, "PL_POST" | "HOME_POST")
    };
    let mut lacks = made
        .lacks
        .iter()
        .filter(|l| {
            !of_last && l.table == finding.table && l.row == Some(finding.row as usize) && shown(l.column)
        })
        .peekable();
    if lacks.peek().is_some() {
        // What other events fill will come with them; what this one could have said is worth a word, once.
        let kind_is = |kind| touch.entries.iter().any(|e| e.event.kind() == kind);
        // The cell may have been empty before it: a home on the day on which care started. The child's particulars are of
        // many entries, and none of them is asked for what all of them leave out.
        let first = touch.entries.iter().any(|e| e.replaces.is_none()) && finding.table != Table::Header;
        return (own && (!is_old || first) && lacks.any(|lack| kind_is(lack.source.kind))).then_some(true);
    }
    if is_old {
        return (own && finding.cells.iter().any(|(c, _)| touch.says(finding.table, c))).then_some(false);
    }
    let rule_was_broken = old.iter().any(|(code, ..)| *code == finding.rule.code);
    (!rule_was_broken || touch.is_about(about)).then_some(false)
}

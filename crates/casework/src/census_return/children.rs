//! The return child by child: the rows of each table, what the rules find beside them, and where to put it right.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use kinfold_access::Action;
use kinfold_census::{Table, TableRow, YearReturn};
use kinfold_record::{ChildId, EntryId, EventKind, PersonId, Subject};
use kinfold_store::{ChildLine, Page, Paged, ReturnAskRow, Unit};
use serde_json::json;
use uuid::Uuid;

use super::InOrder as _;
use super::asks::{Asked, PutRight, standing};
use super::eyes::{Eyes, fixes};
use super::make::{Found, Kept};
use crate::actor::Actor;
use crate::census_entry::in_words;
use crate::error::Result;
use crate::house::Casework;

/// A row as it will be sent: a text for each column of its table. `None` is returned, and not for this person to read
/// beside a name.
pub type ReturnRow = Vec<Option<String>>;

/// A child's rows in one table.
#[derive(Debug, Clone)]
pub struct ReturnTable {
    /// The table's name.
    pub title: &'static str,
    /// Its columns.
    pub columns: &'static [&'static str],
    /// The rows.
    pub rows: Vec<ReturnRow>,
}

/// Where a finding is put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The kind of event that gives the column.
    pub kind: EventKind,
    /// The entry to correct; `None` to record a new one.
    pub entry: Option<EntryId>,
    /// What to record, in plain words.
    pub words: &'static str,
    /// Whether this person may record it themselves.
    pub may: bool,
}

/// A row that breaks a rule, beside the child.
#[derive(Debug, Clone)]
pub struct ReturnFinding {
    /// The rule's code.
    pub code: &'static str,
    /// What is wrong.
    pub title: &'static str,
    /// The table of the row.
    pub table: &'static str,
    /// Whether it is a row of last year's return.
    pub last_year: bool,
    /// The columns shown with it, and what stands in them.
    pub cells: Vec<(&'static str, Option<String>)>,
    /// What is recorded behind those cells that this person may read, as the forms ask for it; an empty answer is
    /// nothing recorded.
    pub words: Vec<(String, String)>,
    /// Where to put it right.
    pub fixes: Vec<Fix>,
    /// That the key worker was asked to.
    pub asked: Option<Asked>,
}

/// Findings that this person may not read beside the child's name: their words would tell what the record does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedFindings {
    /// What they are about, in a word or two: "health".
    pub about: &'static str,
    /// How many.
    pub findings: usize,
}

/// One child in the return.
#[derive(Debug, Clone)]
pub struct ReturnChild {
    /// Which record: to ask its key worker.
    pub id: ChildId,
    /// The child's own number in the return; may be empty.
    pub local_id: String,
    /// The child, for those who may open the record. `None` of a restricted record: then there are no rows or findings
    /// to read either, only how many there are.
    pub child: Option<ChildLine>,
    /// The rows, table by table; tables without any are left out.
    pub tables: Vec<ReturnTable>,
    /// What the rules find, as far as this person may read it.
    pub findings: Vec<ReturnFinding>,
    /// The others.
    pub closed: Vec<ClosedFindings>,
    /// When the key worker was last asked about something that is still found.
    pub asked: Option<Asked>,
    /// What was asked for and is found no more.
    pub put_right: Vec<PutRight>,
    /// How many rows are returned.
    pub rows: usize,
    /// How many findings there are.
    pub found: usize,
}

/// A page of the return, child by child.
#[derive(Debug, Clone)]
pub struct ReturnChildren {
    /// The year.
    pub year: i16,
    /// The rule that the children are chosen by, with its title.
    pub rule: Option<(&'static str, &'static str)>,
    /// The children. One whose findings of the rule may not be read beside the name is left out.
    pub page: Paged<ReturnChild>,
    /// How many were left out of this page.
    pub left_out: usize,
}

impl Casework {
    /// A part of the return, child by child; of those with findings of one rule when it is named.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] without the right to make the return, for a year that cannot be made or an unknown rule.
    pub async fn return_children(
        &self,
        actor: &Actor,
        year: i16,
        rule: Option<&str>,
        page: Page,
    ) -> Result<ReturnChildren> {
        actor.require(Action::ExportReturn)?;
        let rule = match rule {
            Some(code) => Some(kinfold_census::rules::find(code).ok_or(crate::Error::Absent)?.rule),
            None => None,
        };
        let kept = self.returned(year).await?;
        let wanted = rule.map(|r| r.code);
        let all = children_of(&kept, wanted);
        let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let clamp = |n: i64| usize::try_from(n).unwrap_or(0);
        let ids: Vec<ChildId> = all.into_iter().skip(clamp(page.offset)).take(clamp(page.limit)).collect();
        let open = self.open_children(actor, &ids).await?;
        let mut unit = self.house.store.glance().await?;
        let asks = Asks::read(self, &mut *unit, year).await?;
        let mut rows = Vec::with_capacity(ids.len());
        for id in &ids {
            rows.push(
                self.return_child(&mut *unit, actor, &kept, *id, open.get(&id.0), wanted, &asks).await?,
            );
        }
        drop(unit);
        let shown = rows.len();
        // Whoever stands in the list of a rule has what the rule finds: where that may not be read, nor may the name.
        rows.retain(|row| wanted.is_none() || row.closed.is_empty());
        let left_out = shown - rows.len();
        let opened = rows.iter().filter_map(|row| row.child.as_ref()).map(|child| child.id).map(|child| {
            actor.line("export_return", Some(child), true, &json!({"page": "child", "year": year}))
        });
        let mut lines: Vec<_> = opened.collect();
        lines.push(actor.line("export_return", None, true, &json!({"page": "children", "year": year})));
        self.house.pen.write(lines).await?;
        let rule = rule.map(|rule| (rule.code, rule.title));
        Ok(ReturnChildren { year, rule, page: Paged { rows, total }, left_out })
    }

    /// Those of the children whose records this person's lists show.
    pub(super) async fn open_children(
        &self,
        actor: &Actor,
        ids: &[ChildId],
    ) -> Result<HashMap<Uuid, ChildLine>> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let mut unit = self.house.store.read().await?;
        let found = unit.children_among(&self.scope(actor, Subject::Child), &ids).await?;
        Ok(found.into_iter().map(|line| (line.id, line)).collect())
    }

    #[expect(clippy::too_many_arguments, reason = "what one child's part is made of")]
    pub(super) async fn return_child(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        kept: &Kept,
        id: ChildId,
        line: Option<&ChildLine>,
        wanted: Option<&str>,
        asks: &Asks,
    ) -> Result<ReturnChild> {
        let at = kept.made.origins.children().iter().position(|child| *child == id);
        let made = &kept.made.year;
        let ranges: Vec<(Table, Range<usize>)> = at
            .into_iter()
            .flat_map(|at| made.sent_in_order().map(move |t| (t, kept.made.origins.rows(at, t))))
            .filter(|(_, rows)| !rows.is_empty())
            .collect();
        let found: Vec<&Found> = kept
            .found
            .iter()
            .filter(|f| f.child == id && wanted.is_none_or(|code| f.finding.rule.code == code))
            .collect();
        let mut child = ReturnChild {
            id,
            local_id: local_id(kept, &ranges, &found),
            child: line.cloned(),
            tables: Vec::new(),
            findings: Vec::new(),
            closed: Vec::new(),
            asked: asks.latest(id, &kept.found),
            put_right: Vec::new(),
            rows: ranges.iter().map(|(_, rows)| rows.len()).sum(),
            found: found.len(),
        };
        if line.is_none() {
            return Ok(child);
        }
        let looked = self.look(unit, actor, id).await?;
        let may = looked.handle.may;
        let eyes = Eyes::of(&looked);
        child.tables = ranges
            .into_iter()
            .map(|(table, rows)| ReturnTable {
                title: table.title(),
                columns: table.columns(),
                rows: rows
                    .map(|row| {
                        let named = table.columns().iter().zip(cells(made, table, row));
                        named.map(|(column, text)| eyes.see(table, column).then_some(text)).collect()
                    })
                    .collect(),
            })
            .collect();
        child.put_right = standing(asks.of(id), kept, id, &eyes, wanted);
        if found.is_empty() {
            return Ok(child);
        }
        let kinds: HashMap<EntryId, String> =
            unit.entries(id.0).await?.into_iter().map(|row| (EntryId(row.id), row.kind)).collect();
        let book = self.book();
        let codes = &book.guidance.codes;
        for found in found {
            let finding = &found.finding;
            if let Some(about) = eyes.hides(finding.version, finding.table) {
                match child.closed.iter_mut().find(|closed| closed.about == about) {
                    Some(closed) => closed.findings += 1,
                    None => child.closed.push(ClosedFindings { about, findings: 1 }),
                }
                continue;
            }
            child.findings.push(ReturnFinding {
                code: finding.rule.code,
                title: finding.rule.title,
                table: finding.table.title(),
                last_year: finding.last_year,
                cells: finding
                    .cells
                    .iter()
                    .map(|(name, text)| (*name, eyes.see(finding.table, name).then(|| text.to_string())))
                    .collect(),
                words: finding
                    .cells
                    .iter()
                    .filter(|(name, _)| !matches!(*name, "CHILD" | "RNE") && eyes.see(finding.table, name))
                    .map(|(name, text)| in_words(finding.table, name, text, codes))
                    .collect(),
                fixes: fixes(found, &kinds, |fix| may.has(Action::to_record_kind(fix))),
                asked: asks.about(id, finding.rule.code),
            });
        }
        Ok(child)
    }
}

/// Everybody in the return and those of last year of whom something was found; or only those with a rule's findings.
fn children_of(kept: &Kept, rule: Option<&str>) -> Vec<ChildId> {
    let with_findings: HashSet<ChildId> = kept
        .found
        .iter()
        .filter(|found| rule.is_none_or(|code| found.finding.rule.code == code))
        .map(|found| found.child)
        .collect();
    let here = kept.made.origins.children();
    let in_return: HashSet<ChildId> = here.iter().copied().collect();
    let mut gone: Vec<ChildId> =
        with_findings.iter().copied().filter(|child| !in_return.contains(child)).collect();
    gone.sort();
    let shown = here.iter().copied().filter(|child| rule.is_none() || with_findings.contains(child));
    shown.chain(gone).collect()
}

/// The number that stands in the child's rows.
fn local_id(kept: &Kept, ranges: &[(Table, Range<usize>)], found: &[&Found]) -> String {
    let row = ranges.first().map(|(table, rows)| cells(&kept.made.year, *table, rows.start));
    let of_row = row.and_then(|cells| cells.into_iter().next());
    of_row.or_else(|| found.first().map(|f| f.finding.child.to_string())).unwrap_or_default()
}

fn cells(year: &YearReturn, table: Table, row: usize) -> Vec<String> {
    fn of<R: TableRow>(rows: &[R], row: usize) -> Vec<String> {
        let Some(row) = rows.get(row) else { return Vec::new() };
        (0..R::TABLE.columns().len()).map(|column| row.raw(column).to_owned()).collect()
    }
    match table {
        Table::Header => of(&year.header, row),
        Table::Episodes => of(&year.episodes, row),
        Table::Reviews => of(&year.reviews, row),
        Table::Uasc => of(&year.uasc, row),
        Table::Oc2 => of(&year.oc2, row),
        Table::Oc3 => of(&year.oc3, row),
        Table::Ad1 => of(&year.ad1, row),
        Table::PlacedAdoption => of(&year.placed_adoption, row),
        Table::PrevPerm => of(&year.prev_perm, row),
        Table::Missing => of(&year.missing, row),
        Table::SwEpisodes => of(&year.sw_episodes, row),
        Table::Dolo => of(&year.dolo, row),
    }
}

/// What key workers were asked for in a year, with the names of those who were asked.
pub(super) struct Asks {
    by_child: HashMap<Uuid, Vec<ReturnAskRow>>,
    names: HashMap<PersonId, String>,
}

impl Asks {
    pub(super) async fn read(casework: &Casework, unit: &mut dyn Unit, year: i16) -> Result<Self> {
        let rows = unit.return_asks_of_year(year.into()).await?;
        let asked: Vec<Uuid> = rows.iter().map(|row| row.asked_of).collect();
        let names = casework.names(unit, &asked).await?;
        let mut by_child: HashMap<Uuid, Vec<ReturnAskRow>> = HashMap::new();
        for row in rows {
            by_child.entry(row.child).or_default().push(row);
        }
        Ok(Self { by_child, names })
    }

    pub(super) fn of(&self, child: ChildId) -> &[ReturnAskRow] {
        self.by_child.get(&child.0).map_or(&[], Vec::as_slice)
    }

    fn told(&self, row: &ReturnAskRow) -> Asked {
        let of = self.names.get(&PersonId(row.asked_of)).cloned().unwrap_or_default();
        Asked { at: row.asked_at, of }
    }

    fn about(&self, child: ChildId, rule: &str) -> Option<Asked> {
        self.of(child).iter().find(|row| row.rule == rule).map(|row| self.told(row))
    }

    fn latest(&self, child: ChildId, found: &[Found]) -> Option<Asked> {
        let still =
            |row: &&ReturnAskRow| found.iter().any(|f| f.child == child && f.finding.rule.code == row.rule);
        self.of(child).iter().filter(still).max_by_key(|row| row.asked_at).map(|row| self.told(row))
    }
}

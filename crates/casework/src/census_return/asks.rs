//! Asking a child's key worker to put right what the rules of the return find. Whoever makes the return reads the
//! record and writes nothing in it: what is wrong is put right by those who know the child, and the asking stands
//! beside the finding until the rules no longer find it.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use kinfold_access::{Action, Code};
use kinfold_census::rules;
use kinfold_record::{ChildId, Subject};
use kinfold_store::{ChildLine, NoticeRow, ReturnAskRow, Unit};
use serde_json::json;
use uuid::Uuid;

use super::eyes::Eyes;
use super::make::Kept;
use super::{collection, running_on};
use crate::actor::Actor;
use crate::child::Looked;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// That somebody was asked to put a finding right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// When.
    pub at: Timestamp,
    /// Who, by name.
    pub of: String,
}

/// Something that was asked for and is found no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutRight {
    /// The rule's code.
    pub code: &'static str,
    /// What was wrong.
    pub title: &'static str,
    /// When it was asked for.
    pub asked_at: Timestamp,
}

/// What somebody was asked to put right in the record of one child.
#[derive(Debug, Clone)]
pub struct AskedChild {
    /// The child.
    pub child: ChildLine,
    /// The collection, by the year in whose March it ends.
    pub year: i16,
    /// How many findings that were asked about still stand.
    pub findings: usize,
    /// When the oldest of them was asked about.
    pub asked_at: Timestamp,
}

/// Of what was asked about a child, what is found no more, as far as this person may read it.
pub(super) fn standing(
    asks: &[ReturnAskRow],
    kept: &Kept,
    child: ChildId,
    eyes: &Eyes,
    wanted: Option<&str>,
) -> Vec<PutRight> {
    let gone = |ask: &&ReturnAskRow| {
        wanted.is_none_or(|code| code == ask.rule)
            && !kept.found.iter().any(|f| f.child == child && f.finding.rule.code == ask.rule)
    };
    asks.iter()
        .filter(gone)
        .filter_map(|ask| {
            let rule = rules::find(&ask.rule)?.rule;
            let version = rule.version(kept.year)?;
            let hidden = version.tables.first().is_some_and(|table| eyes.hides(version, *table).is_some());
            let told = PutRight { code: rule.code, title: rule.title, asked_at: ask.asked_at };
            (!hidden).then_some(told)
        })
        .collect()
}

impl Casework {
    /// Asks the key worker of a child to put right what a rule finds in a return; what every rule finds when none is
    /// named. The key worker gets a notice and sees it among their work. Answers how many rules it is about.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to make the return, or by a rule for a child that this person's lists do not
    /// show; [`Error::Invalid`] when nothing is found any more, or nobody who could do it is the key worker.
    pub async fn ask_key_worker(
        &self,
        actor: &Actor,
        year: i16,
        child: ChildId,
        rule: Option<&str>,
    ) -> Result<usize> {
        actor.require(Action::ExportReturn)?;
        if rule.is_some() && self.open_children(actor, &[child]).await?.is_empty() {
            return Err(Error::Absent);
        }
        let kept = self.returned(year).await?;
        let of_child = kept.found.iter().filter(|found| found.child == child);
        let mut codes: Vec<&'static str> = of_child.map(|found| found.finding.rule.code).collect();
        codes.retain(|code| rule.is_none_or(|wanted| wanted.eq_ignore_ascii_case(code)));
        codes.dedup();
        if codes.is_empty() {
            return Err(Error::invalid("", "The rules find nothing there any more, so nobody was asked."));
        }
        let mut unit = self.house.store.write().await?;
        let worker = self.key_worker_for_return(&mut *unit, child).await?;
        let now = self.now();
        let rows: Vec<ReturnAskRow> = codes
            .iter()
            .map(|code| ReturnAskRow {
                child: child.0,
                year: year.into(),
                rule: (*code).to_owned(),
                asked_by: actor.person().0,
                asked_of: worker,
                asked_at: now,
            })
            .collect();
        unit.save_return_asks(&rows).await?;
        let what = if rows.len() == 1 { "a finding" } else { "findings" };
        let notice = NoticeRow {
            id: self.new_id(),
            person: worker,
            child: Some(child.0),
            kind: "return_ask".to_owned(),
            text: format!("You were asked to put right {what} of the statutory return {}", collection(year)),
            link: Some(format!("/children/{child}/return?year={year}")),
            created_at: now,
            read_at: None,
        };
        self.give_notices(&mut *unit, &[notice], &mut HashSet::new()).await?;
        // Which rules, the log does not say: a code can tell what somebody suffers from.
        let detail = json!({"asked": rows.len(), "year": year});
        let line = actor.line(Action::ExportReturn.as_str(), Some(child.0), true, &detail);
        log(&mut *unit, vec![line]).await?;
        unit.commit().await?;
        Ok(rows.len())
    }

    /// Who can be asked about a child: the key worker of today, if they may open the record.
    async fn key_worker_for_return(&self, unit: &mut dyn Unit, child: ChildId) -> Result<Uuid> {
        let today = self.today();
        let row = unit.child_row(child.0).await?.ok_or(Error::Absent)?.child;
        let timeline = crate::project::decode_timeline(&row.projection.timeline)?;
        let worker = timeline.key_worker_on(today).and_then(|member| member.person);
        let account = match worker {
            Some(worker) => unit.account(worker.0, today).await?,
            None => None,
        };
        let Some(account) = account.filter(|account| account.person.disabled_at.is_none()) else {
            let words = "Nobody was asked: the child has no key worker with an account. Ask the team manager to arrange one in the child’s circle.";
            return Err(Error::invalid("", words));
        };
        let worker = account.person.id;
        if row.restricted {
            let tie = unit.tie(child.0, worker, today, self.now()).await?;
            if !tie.is_some_and(|tie| tie.reader) {
                let words = "Nobody was asked: the record is restricted, and its key worker is not among its readers. Ask the head of service.";
                return Err(Error::invalid("", words));
            }
        }
        Ok(worker)
    }

    /// What this person, as key worker, was asked to put right and the rules still find. Says nothing to the log: the
    /// page that it is part of does.
    pub(crate) async fn asked_of(&self, unit: &mut dyn Unit, actor: &Actor) -> Result<Vec<AskedChild>> {
        let rows = unit.return_asks_for(actor.person().0, self.today()).await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut ids: Vec<Uuid> = rows.iter().map(|row| row.child).collect();
        ids.sort_unstable();
        ids.dedup();
        let open = unit.children_among(&self.scope(actor, Subject::Child), &ids).await?;
        let open: HashMap<Uuid, ChildLine> = open.into_iter().map(|line| (line.id, line)).collect();
        let mut by_year: BTreeMap<i16, Vec<&ReturnAskRow>> = BTreeMap::new();
        for row in rows.iter().filter(|row| open.contains_key(&row.child)) {
            let year = i16::try_from(row.year).unwrap_or_default();
            // Nobody puts a collection right that lies years back.
            if year + 1 >= running_on(self.today()) {
                by_year.entry(year).or_default().push(row);
            }
        }
        let mut asked: Vec<AskedChild> = Vec::new();
        for (year, rows) in by_year {
            let ids: HashSet<Uuid> = rows.iter().map(|row| row.child).collect();
            let kept = self.returned_of(unit, &ids.iter().copied().collect::<Vec<_>>(), year).await?;
            for row in rows {
                let of_ask =
                    |f: &&super::make::Found| f.child.0 == row.child && f.finding.rule.code == row.rule;
                let findings = kept.found.iter().filter(of_ask).count();
                if findings == 0 {
                    continue;
                }
                match asked.iter_mut().find(|a| a.child.id == row.child && a.year == year) {
                    Some(known) => {
                        known.findings += findings;
                        known.asked_at = known.asked_at.min(row.asked_at);
                    }
                    None => asked.extend(open.get(&row.child).map(|line| {
                        let (child, asked_at) = (line.clone(), row.asked_at);
                        AskedChild { child, year, findings, asked_at }
                    })),
                }
            }
        }
        asked.sort_by_key(|asked| asked.asked_at);
        Ok(asked)
    }

    /// As `look_for`, for the pages on which a child's findings are put right.
    pub(super) async fn look_to_put_right(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        child: ChildId,
    ) -> Result<Looked> {
        self.look_for(unit, actor, child, Action::CorrectEntry).await
    }
}

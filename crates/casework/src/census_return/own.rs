//! The return as those see it who know the children: the findings in the records they may correct, with the way to put
//! each right. Nothing here needs the right to make the return.

use kinfold_access::{Action, Role};
use kinfold_record::{ChildId, Subject};
use kinfold_store::{ChildFilter, Page};
use serde_json::json;
use uuid::Uuid;

use super::children::{Asks, ReturnChild};
use super::running_on;
use crate::actor::Actor;
use crate::error::Result;
use crate::house::Casework;

/// Children whose findings are worked out for one page: the children of a few teams.
const MOST: i64 = 200;

/// One child's part in a return.
#[derive(Debug, Clone)]
pub struct OwnReturn {
    /// The year in whose March the collection ends.
    pub year: i16,
    /// The years that can be asked for, newest first: the one that runs and the one before.
    pub years: [i16; 2],
    /// The child's rows and findings.
    pub child: ReturnChild,
}

/// The findings in the records of one's own children.
#[derive(Debug, Clone)]
pub struct MyReturn {
    /// The year in whose March the collection ends.
    pub year: i16,
    /// The years that can be asked for, newest first.
    pub years: [i16; 2],
    /// Children with findings, or with something put right that was asked for.
    pub children: Vec<ReturnChild>,
    /// How many children were looked at.
    pub looked_at: usize,
    /// Whether there are more children than are looked at.
    pub more: bool,
}

impl Casework {
    /// One child's part in a return, for those who may correct the record. `None` for the collection that runs.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] when the person may not correct this record, or for a year that is not put right any
    /// more.
    pub async fn child_return(&self, actor: &Actor, id: ChildId, year: Option<i16>) -> Result<OwnReturn> {
        let (year, years) = self.year_to_put_right(year)?;
        let mut unit = self.house.store.read().await?;
        self.look_to_put_right(&mut *unit, actor, id).await?;
        let line = unit.children_among(&self.scope(actor, Subject::Child), &[id.0]).await?.into_iter().next();
        let kept = self.returned_of(&mut *unit, &[id.0], year).await?;
        let asks = Asks::read(self, &mut *unit, year).await?;
        let child = self.return_child(&mut *unit, actor, &kept, id, line.as_ref(), None, &asks).await?;
        drop(unit);
        let detail = json!({"page": "return", "year": year});
        self.house.pen.write(vec![actor.line("view_child", Some(id.0), true, &detail)]).await?;
        Ok(OwnReturn { year, years, child })
    }

    /// The findings in the records of the children this person works with, and of the teams they manage, as far as they
    /// may correct them. `None` for the collection that runs.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] for a year that is not put right any more.
    pub async fn my_return(&self, actor: &Actor, year: Option<i16>) -> Result<MyReturn> {
        let (year, years) = self.year_to_put_right(year)?;
        let scope = self.scope(actor, Subject::Child);
        let mut unit = self.house.store.read().await?;
        let circle = ChildFilter { circle_of: Some(actor.person().0), ..ChildFilter::default() };
        let mut found = unit.children(&scope, &circle, Page::first(MOST)).await?;
        let mut more = found.total > MOST;
        let managed: Vec<Uuid> = actor.snapshot.managed.iter().copied().collect();
        if actor.has(Role::TeamManager) && !managed.is_empty() {
            let teams = ChildFilter { teams: managed, ..ChildFilter::default() };
            let of_teams = unit.children(&scope, &teams, Page::first(MOST)).await?;
            more |= of_teams.total > MOST;
            let known: Vec<Uuid> = found.rows.iter().map(|line| line.id).collect();
            found.rows.extend(of_teams.rows.into_iter().filter(|line| !known.contains(&line.id)));
        }
        let mut lines = Vec::new();
        for line in found.rows {
            let looked = self.look(&mut *unit, actor, ChildId(line.id)).await?;
            if looked.handle.may.has(Action::CorrectEntry) {
                lines.push(line);
            }
        }
        let ids: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
        let kept = self.returned_of(&mut *unit, &ids, year).await?;
        let asks = Asks::read(self, &mut *unit, year).await?;
        let mut children = Vec::new();
        for line in &lines {
            let id = ChildId(line.id);
            let child = self.return_child(&mut *unit, actor, &kept, id, Some(line), None, &asks).await?;
            if child.found > 0 || !child.put_right.is_empty() {
                children.push(child);
            }
        }
        drop(unit);
        let detail = json!({"page": "return", "year": year});
        let shown = children.iter().map(|child| actor.line("view_child", Some(child.id.0), true, &detail));
        let mut log: Vec<_> = shown.collect();
        let page = json!({"page": "my return", "year": year, "children": children.len()});
        log.push(actor.line("view_worklist", None, true, &page));
        self.house.pen.write(log).await?;
        Ok(MyReturn { year, years, children, looked_at: lines.len(), more })
    }

    /// The year that is asked for, of those in which something can still be put right.
    fn year_to_put_right(&self, year: Option<i16>) -> Result<(i16, [i16; 2])> {
        let runs = running_on(self.today());
        let years = [runs, runs - 1];
        let year = year.unwrap_or(runs);
        if years.contains(&year) { Ok((year, years)) } else { Err(crate::Error::Absent) }
    }
}

//! Lists of what is due: a person's own work, and the scope every list is cut to.

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_access::{CircleRole, Code, CodeSet, Purpose};
use kinfold_record::Subject;
use kinfold_store::{BoardCell, BoardFilter, DutyLine, DutyRow, NewAudit, Page, Scope, Standing, Worklist};
use serde_json::json;

use crate::actor::Actor;
use crate::bulk::subject_kind;
use crate::error::Result;
use crate::house::Casework;

/// A person's own work.
#[derive(Debug, Clone)]
pub struct MyWork {
    /// The day it is.
    pub today: Date,
    /// Open duties this person owns, the most urgent first.
    pub duties: Vec<DutyLine>,
    /// How many there are altogether.
    pub total: i64,
    /// How many of them are late.
    pub late: i64,
    /// How many are due soon.
    pub due: i64,
    /// Children in whose circle the person stands, or whose key worker they are.
    pub children: Vec<kinfold_store::ChildLine>,
    /// How many children that is.
    pub children_total: i64,
    /// What they were asked to put right for the statutory return, as key workers.
    pub asked: Vec<crate::census_return::AskedChild>,
    /// Notices not yet read.
    pub unread: i64,
}

impl Casework {
    /// The children (or carers, or homes) that lists may show this person: the policy's reach, as the store's scope.
    pub(crate) fn scope(&self, actor: &Actor, subject: Subject) -> Scope {
        let (reach, emergency) = actor.snapshot.reach.get_or_init(|| {
            [Subject::Child, Subject::Carer, Subject::Home].map(|subject| {
                let reach = |purpose| self.house.engine.reach(&actor.snapshot.who, purpose, subject);
                (reach(actor.purpose()), reach(Purpose::Safeguarding))
            })
        })[subject as usize];
        let now = self.now();
        let mut scope = Scope::nothing(Some(actor.person().0), self.today());
        let ways = reach.open;
        scope.everything = ways.everything;
        if ways.own_teams {
            scope.teams.extend(actor.snapshot.teams.iter().copied());
        }
        if ways.managed_teams {
            scope.teams.extend(actor.snapshot.managed.iter().copied());
        }
        scope.teams.sort_unstable();
        scope.teams.dedup();
        // One's own record is the one in whose circle one is the child.
        let own = ways.own.then_some(CircleRole::YoungPerson);
        let places: CodeSet<CircleRole> = ways.circle.iter().chain(own).collect();
        scope.own_circle = !places.is_empty();
        scope.places = (places.len() < CircleRole::ALL.len()).then(|| codes(places));
        scope.barred = codes(ways.barred.union(reach.named.barred));
        scope.named = reach.named.named || reach.named.everything;
        // An emergency opening is for that purpose, and only where the policy lets one find the record.
        if emergency.open.opened || emergency.open.everything {
            scope.break_glass =
                actor.snapshot.glass.iter().filter(|o| now < o.until).map(|o| o.child).collect();
        }
        scope.own_restricted = reach.restricted.own;
        scope.past_restriction = emergency.opened.everything || emergency.opened.opened;
        scope.subjects = vec![subject_kind(subject)];
        scope
    }

    /// The children, carers and homes together: duties about carers and homes are work like any other.
    pub(crate) fn whole_scope(&self, actor: &Actor) -> Scope {
        let mut scope = self.scope(actor, Subject::Child);
        let others = [Subject::Carer, Subject::Home].map(|subject| self.scope(actor, subject));
        scope.also = others.into_iter().filter(|other| !other.shows_nothing()).collect();
        scope
    }

    /// What this person owns that is not done.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn my_work(&self, actor: &Actor, page: Page) -> Result<MyWork> {
        let (now, today) = (self.now(), self.today());
        let me = actor.person().0;
        let scope = self.whole_scope(actor);
        let mut unit = self.house.store.read().await?;
        let mut duties = unit.worklist(&scope, Worklist::Person(me), page).await?;
        let closed = self.closed_to(&mut *unit, actor).await?;
        if !closed.is_empty() {
            // A carer who has not signed is not told whose these are: the first page says that there is something to sign.
            let all = duties.rows.len();
            duties.rows.retain(|line| !closed.contains(&line.duty.child));
            duties.total -= count(all - duties.rows.len());
        }
        let (late, due) = if page.offset == 0 && i64::try_from(duties.rows.len()) == Ok(duties.total) {
            // Everything is on this page: no need to ask the database to count it.
            let late = duties.rows.iter().filter(|line| is_late(&line.duty, today, now)).count();
            (count(late), count(duties.rows.len() - late))
        } else {
            let mut filter = BoardFilter::at(now);
            filter.owner_person = Some(me);
            // Every open duty is due by then; said so, the database looks only among the open ones.
            filter.due_by = Some(Date::MAX);
            let of = |wanted: Standing, cells: &[BoardCell]| {
                cells.iter().filter(|cell| cell.standing == wanted).map(|cell| cell.duties).sum::<i64>()
            };
            let cells = unit.board(&scope, &filter).await?;
            (of(Standing::Late, &cells), of(Standing::Due, &cells))
        };
        let mine = kinfold_store::ChildFilter { circle_of: Some(me), ..Default::default() };
        let mut children = unit.children(&scope, &mine, Page::first(60)).await?;
        children.rows.retain(|line| !closed.contains(&line.id));
        let unread = unit.unread_notices(me).await?;
        let asked = self.asked_of(&mut *unit, actor).await?;
        drop(unit);
        self.house.pen.write(vec![actor.looked_at_work(duties.rows.len())]).await?;
        Ok(MyWork {
            today: self.today(),
            duties: duties.rows,
            total: duties.total,
            late,
            due,
            children: children.rows,
            children_total: children.total,
            asked,
            unread,
        })
    }
}

impl Actor {
    /// The line that says they read the list of their own work.
    pub(crate) fn looked_at_work(&self, duties: usize) -> NewAudit {
        self.line("view_worklist", None, true, &json!({"duties": duties}))
    }
}

fn is_late(duty: &DutyRow, today: Date, now: Timestamp) -> bool {
    duty.due_on < today || duty.due_at.is_some_and(|at| at < now)
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn codes(places: CodeSet<CircleRole>) -> Vec<String> {
    places.iter().map(|place| place.as_str().to_owned()).collect()
}

#[cfg(test)]
#[path = "scope_tests.rs"]
mod scope_tests;

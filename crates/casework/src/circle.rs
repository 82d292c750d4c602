//! The circle round a child: who is in it and when, the key worker at every moment, and the team that holds the case.

use jiff::civil::Date;
use kinfold_access::{Action, Code, Role};
use kinfold_record::{ChildId, Entry, EntryId, Event, Membership, PersonId, Timeline};
use kinfold_store::{Page, PeopleFilter, TeamRow};
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use crate::actor::Actor;
use crate::census_entry::Foreseen;
use crate::child::ChildPage;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::record::{NewEntry, Recorded};
use crate::veil::entries_for;

/// Somebody in the circle, now or once.
#[derive(Debug, Clone)]
pub struct Place {
    /// The membership.
    pub member: Membership,
    /// How to reach them; `None` when it is not known or may not be read.
    pub contact: Option<String>,
}

/// Time for which there was no key worker though the child was looked after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// First day.
    pub from: Date,
    /// The day somebody took over; `None` while it lasts.
    pub to: Option<Date>,
}

/// The circle's page.
#[derive(Debug, Clone)]
pub struct CirclePage {
    /// The child's page it belongs to.
    pub child: ChildPage,
    /// Everybody who is or was in it.
    pub places: Vec<Place>,
    /// When there was no key worker.
    pub gaps: Vec<Gap>,
    /// Every team, to give the child to another; empty without the right.
    pub teams: Vec<TeamRow>,
    /// The name of the team that holds the case.
    pub team: Option<String>,
}

/// Somebody with an account who can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Their account.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Roles they hold today, in words.
    pub roles: String,
}

/// A new member as a form gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// A code of `circle_role`.
    pub role: SmolStr,
    /// The account, or else…
    pub person: Option<PersonId>,
    /// …the name.
    pub name: Option<String>,
    /// Whether this is the key worker: the one before is relieved.
    pub key_worker: bool,
    /// Whether they have parental responsibility.
    pub parental_responsibility: Option<bool>,
    /// Why the worker changed (a code of `worker_change_reason`).
    pub change_reason: Option<SmolStr>,
    /// A social worker's registration number, which the statutory return asks for.
    pub worker_id: Option<String>,
    /// How to reach them.
    pub contact: Option<String>,
    /// First day.
    pub on: Date,
}

/// How many people a search offers.
const OFFERED: i64 = 20;

/// When a looked-after child had no key worker, up to today.
pub fn gaps(timeline: &Timeline, today: Date) -> Vec<Gap> {
    let mut out: Vec<Gap> = Vec::new();
    for care in &timeline.care {
        // A place that begins and ends on one day covers no moment of it.
        let mut covered: Vec<(Date, Option<Date>)> = timeline
            .circle
            .iter()
            .filter(|m| m.key_worker && m.end.is_none_or(|end| end > m.start))
            .map(|m| (m.start, m.end))
            .collect();
        covered.sort_unstable();
        let until = care.end.filter(|end| *end <= today);
        let mut at = Some(care.start);
        for (start, end) in covered {
            let Some(from) = at else { break };
            if until.is_some_and(|until| start >= until) {
                break;
            }
            if start > from {
                out.push(Gap { from, to: Some(start) });
            }
            at = end.map(|end| from.max(end));
        }
        if let Some(from) = at
            && from <= today
            && until.is_none_or(|until| from < until)
        {
            out.push(Gap { from, to: until });
        }
    }
    out
}

/// The first time that a change leaves without the key worker it had before.
pub(crate) fn loses_key_worker(before: &Timeline, after: &Timeline, today: Date) -> Option<Gap> {
    let had = gaps(before, today);
    let known = |day: Date| {
        had.iter().any(|g| g.from <= day && g.to.is_none_or(|to| day < to)) || before.care_on(day).is_none()
    };
    gaps(after, today).into_iter().find(|gap| {
        let last = gap.to.unwrap_or(today);
        // Where a new gap starts, or where an old one ended and a new one goes on.
        let mut days = vec![gap.from];
        days.extend(
            had.iter()
                .filter_map(|g| g.to)
                .filter(|to| gap.from < *to && (*to < last || gap.to.is_none() && *to <= last)),
        );
        days.extend(before.care.iter().map(|c| c.start).filter(|s| gap.from < *s && *s < last));
        days.into_iter().any(|day| !known(day))
    })
}

impl Casework {
    /// The circle of a child.
    ///
    /// # Errors
    /// [`Error::Absent`] when this person may not open the child.
    pub async fn circle_page(&self, actor: &Actor, id: ChildId) -> Result<CirclePage> {
        let child = self.child_page(actor, id).await?;
        let mut unit = self.house.store.glance().await?;
        let contacts: Vec<Entry> = if child.handle.may.has(Action::ViewContacts) {
            entries_for(&mut *unit, &child.handle).await?
        } else {
            Vec::new()
        };
        let all = unit.teams().await?;
        drop(unit);
        let places = child
            .timeline
            .circle
            .iter()
            .map(|member| Place {
                member: member.clone(),
                contact: contacts.iter().find(|e| e.id == member.entry).and_then(|e| match &e.event {
                    Event::CircleJoined { contact, .. } => contact.clone(),
                    _ => None,
                }),
            })
            .collect();
        let gaps = gaps(&child.timeline, child.today);
        let team = child.handle.team.and_then(|id| all.iter().find(|t| t.id == id)).map(|t| t.name.clone());
        let teams = if child.handle.may.has(Action::Allocate) { all } else { Vec::new() };
        Ok(CirclePage { child, places, gaps, teams, team })
    }

    /// Teams that can hold a child, for somebody who may add or give a child.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody who may do neither.
    pub async fn teams_for_children(&self, actor: &Actor) -> Result<Vec<TeamRow>> {
        if !actor.may().has(Action::AddChild) && !actor.may().has(Action::ImportReturn) {
            return Err(Error::Absent);
        }
        let teams = self.house.store.glance().await?.teams().await?;
        Ok(teams.into_iter().filter(|t| matches!(t.kind.as_str(), "care" | "leaving_care")).collect())
    }

    /// Accounts that fit some words, to be chosen from: for people who may add a child or change a circle.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody who works with no child.
    pub async fn candidates(&self, actor: &Actor, words: &str) -> Result<Vec<Candidate>> {
        if !actor.roles().any(Role::works_here)
            || actor.has(Role::Administrator) && actor.roles().count() == 1
        {
            return Err(Error::Absent);
        }
        self.people_like(words, |_| true).await
    }

    /// Accounts that are on, fit some words and hold a role today that fits.
    pub(crate) async fn people_like(&self, words: &str, fits: fn(Role) -> bool) -> Result<Vec<Candidate>> {
        let words = words.trim();
        if words.chars().count() < 2 {
            return Ok(Vec::new());
        }
        let today = self.today();
        let mut unit = self.house.store.glance().await?;
        let filter =
            PeopleFilter { words: Some(words.to_owned()), disabled: Some(false), ..PeopleFilter::default() };
        let found = unit.people(&filter, Page::first(OFFERED)).await?.rows;
        let grants = unit.grants_on(today).await?;
        let out = found
            .into_iter()
            .filter(|row| {
                let mut held = grants.iter().filter(|g| g.person == row.id);
                held.any(|g| Role::parse(&g.role).is_some_and(fits))
            })
            .map(|row| {
                let mut roles: Vec<&str> = grants
                    .iter()
                    .filter(|g| g.person == row.id)
                    .map(|g| Role::parse(&g.role).map_or("", Role::title))
                    .collect();
                roles.dedup();
                Candidate { person: PersonId(row.id), name: row.name, roles: roles.join(", ") }
            })
            .filter(|c| !c.roles.is_empty())
            .collect();
        Ok(out)
    }

    /// Somebody joins the circle. A key worker relieves the one before in the same step; a worker who holds the place
    /// already leaves it the same day and takes it again as key worker.
    ///
    /// # Errors
    /// As [`Casework::record`]; [`Error::Invalid`] when nobody is named.
    pub async fn join_circle(
        &self,
        actor: &Actor,
        child: ChildId,
        seen: i64,
        key: &str,
        new: Joining,
    ) -> Result<Recorded> {
        let entries = self.joins(actor, child, new).await?;
        self.record(actor, child, seen, key, entries).await
    }

    /// What would be doubtful about somebody joining, for whoever is about to record it; as [`Casework::foresee`].
    ///
    /// # Errors
    /// As [`Casework::join_circle`].
    pub async fn foresee_joining(
        &self,
        actor: &Actor,
        child: ChildId,
        key: &str,
        new: Joining,
    ) -> Result<Foreseen> {
        let entries = self.joins(actor, child, new).await?;
        self.foresee_all(actor, child, key, entries).await
    }

    async fn joins(&self, actor: &Actor, child: ChildId, new: Joining) -> Result<Vec<NewEntry>> {
        let page = self.child_page(actor, child).await?;
        let name = match new.person {
            Some(person) => {
                let mut unit = self.house.store.glance().await?;
                let row = unit.person(person.0).await?.filter(|row| row.disabled_at.is_none());
                Some(row.ok_or_else(|| Error::invalid("person", "Choose somebody from the list"))?.name)
            }
            None => new.name.clone(),
        };
        joining(&page.timeline, Joining { name, ..new })
    }

    /// Somebody leaves the circle.
    ///
    /// # Errors
    /// As [`Casework::record`]; refused for the key worker of a looked-after child, whom the next one relieves.
    pub async fn leave_circle(
        &self,
        actor: &Actor,
        child: ChildId,
        seen: i64,
        key: &str,
        place: EntryId,
        on: Date,
    ) -> Result<Recorded> {
        let entry = self.leaves(actor, child, place, on).await?;
        self.record(actor, child, seen, key, vec![entry]).await
    }

    /// What would be doubtful about somebody leaving, for whoever is about to record it; as [`Casework::foresee`].
    ///
    /// # Errors
    /// As [`Casework::leave_circle`].
    pub async fn foresee_leaving(
        &self,
        actor: &Actor,
        child: ChildId,
        key: &str,
        place: EntryId,
        on: Date,
    ) -> Result<Foreseen> {
        let entry = self.leaves(actor, child, place, on).await?;
        self.foresee_all(actor, child, key, vec![entry]).await
    }

    async fn leaves(&self, actor: &Actor, child: ChildId, place: EntryId, on: Date) -> Result<NewEntry> {
        let page = self.child_page(actor, child).await?;
        let member = page.timeline.circle.iter().find(|m| m.entry == place).ok_or(Error::Absent)?;
        leaving(member, on, page.today)
    }

    /// Gives the child to another team. What nobody in the circle owns falls to that team from now on.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Conflict`] when the record changed meanwhile.
    pub async fn allocate(&self, actor: &Actor, child: ChildId, seen: i64, team: Uuid) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, mut looked) = self.look_to_write(unit, actor, child, Action::Allocate).await?;
        if looked.handle.version != seen {
            return Err(Error::Conflict { current: looked.handle.version });
        }
        unit.team(team).await?.ok_or_else(|| Error::invalid("team", "Choose a team from the list"))?;
        if looked.row.team == Some(team) {
            return Err(Error::invalid("team", "The child is with this team already. Choose another one"));
        }
        let before = looked.row.team;
        unit.set_team(child.0, Some(team)).await?;
        looked.row.team = Some(team);
        log(
            &mut *unit,
            vec![actor.line("allocate", Some(child.0), true, &json!({"from": before, "to": team}))],
        )
        .await?;
        self.rederive(&mut *unit, &looked).await?;
        unit.commit().await?;
        Ok(())
    }
}

/// The entries with which somebody joins. A key worker relieves the one before by the fold itself; whoever holds the
/// place already leaves it first.
pub(crate) fn joining(timeline: &Timeline, new: Joining) -> Result<Vec<NewEntry>> {
    if new.name.is_none() {
        return Err(Error::invalid("name", "Choose somebody with an account, or enter a name"));
    }
    if new.key_worker && new.person.is_none() {
        return Err(Error::invalid(
            "person",
            "The key worker needs an account, so that what is due reaches them",
        ));
    }
    let mut entries = Vec::new();
    let held = timeline
        .circle_on(new.on)
        .find(|m| m.role == new.role && m.person.is_some() && m.person == new.person);
    if let Some(held) = held {
        if held.key_worker || !new.key_worker {
            return Err(Error::invalid("person", "This person is in the circle with this role already"));
        }
        entries.push(NewEntry::on(new.on, left(held)));
    }
    entries.push(NewEntry::on(
        new.on,
        Event::CircleJoined {
            role: new.role,
            person: new.person,
            name: new.name,
            key_worker: new.key_worker.then_some(true),
            parental_responsibility: new.parental_responsibility,
            worker_id: new.worker_id,
            change_reason: new.change_reason,
            contact: new.contact,
        },
    ));
    Ok(entries)
}

/// The entry with which a place ends on a day.
pub(crate) fn leaving(member: &Membership, on: Date, today: Date) -> Result<NewEntry> {
    if member.end.is_some_and(|end| end <= today) {
        return Err(Error::invalid("", "This place in the circle has ended already."));
    }
    if on < member.start {
        return Err(Error::invalid("on", "The last day cannot be before they joined. Choose a later day"));
    }
    Ok(NewEntry::on(on, left(member)))
}

/// What ends a membership, naming it so that no other is meant.
fn left(member: &Membership) -> Event {
    Event::CircleLeft {
        role: member.role.clone(),
        person: member.person,
        name: member.name.clone(),
        worker_id: member.worker_id.as_deref().map(str::to_owned),
    }
}

#[cfg(test)]
#[path = "circle_tests.rs"]
mod tests;

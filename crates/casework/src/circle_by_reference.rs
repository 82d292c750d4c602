//! Circles by reference: an administrator who is given a child's reference arranges which colleagues are in the circle,
//! and learns nothing else of the child. They may read no record, so nothing here hands out a timeline, a child's id or a
//! place of family, carers or the child.

use std::sync::Arc;

use jiff::civil::Date;
use kinfold_access::{Action, CircleRole, Code, Role};
use kinfold_record::{ChildId, EntryId, Event, Membership, PersonId, Subject, Timeline};
use kinfold_store::Unit;
use serde_json::{Value, json};
use smol_str::SmolStr;
use uuid::Uuid;

use crate::actor::Actor;
use crate::child::{Looked, subject};
use crate::circle::{Candidate, Gap, Joining, gaps, joining, leaving};
use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::pen::log;
use crate::record::{NewEntry, Recorded};

/// The longest reference looked for, in characters; nobody types more.
const LONGEST: usize = 40;

/// The places of colleagues: those that an administrator sees and fills. All others are of the family, of carers, of the
/// child, or say something about the child by being there.
const PLACES: [CircleRole; 12] = [
    CircleRole::SocialWorker,
    CircleRole::CoverWorker,
    CircleRole::TeamManager,
    CircleRole::ReviewingOfficer,
    CircleRole::PersonalAdviser,
    CircleRole::LookedAfterNurse,
    CircleRole::DesignatedDoctor,
    CircleRole::HealthVisitor,
    CircleRole::Gp,
    CircleRole::DesignatedTeacher,
    CircleRole::VirtualSchool,
    CircleRole::SupervisingSocialWorker,
];

/// The places that the key worker can have.
const KEY_PLACES: [CircleRole; 3] =
    [CircleRole::SocialWorker, CircleRole::CoverWorker, CircleRole::PersonalAdviser];

/// A place held by a colleague with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColleaguePlace {
    /// The entry that began it, by which it is ended.
    pub entry: EntryId,
    /// A code of `circle_role`.
    pub role: SmolStr,
    /// The colleague's name.
    pub name: String,
    /// First day.
    pub from: Date,
    /// The day they left; `None` while it lasts.
    pub to: Option<Date>,
    /// Whether this is the key worker.
    pub key_worker: bool,
}

/// Who the key worker is today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyWorker {
    /// A colleague with an account, and since when.
    Colleague(String, Date),
    /// Somebody whom only the record names, since they have no account.
    Elsewhere,
    /// Nobody.
    Nobody,
}

/// What an administrator sees of a circle.
#[derive(Debug, Clone)]
pub struct ColleagueCircle {
    /// The child's reference.
    pub reference: String,
    /// Version of the record as read: a change says which one it was made from.
    pub version: i64,
    /// The day it is.
    pub today: Date,
    /// The first day on which a place may begin: nothing may be tried before what is shown here.
    pub earliest: Date,
    /// The places of colleagues, now and before.
    pub places: Vec<ColleaguePlace>,
    /// When the child was looked after without a key worker.
    pub gaps: Vec<Gap>,
    /// Who the key worker is today.
    pub key_worker: KeyWorker,
    /// The guidance, for the words of codes.
    pub book: Arc<Book>,
}

/// A colleague's place as a form gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placing {
    /// A code of `circle_role`, one of [`places`].
    pub role: SmolStr,
    /// The colleague's account.
    pub person: PersonId,
    /// Whether they become the key worker: the one before is relieved.
    pub key_worker: bool,
    /// Why the worker changed (a code of `worker_change_reason`).
    pub change_reason: Option<SmolStr>,
    /// First day.
    pub from: Date,
    /// The day they left, when that is known and past.
    pub to: Option<Date>,
}

/// The codes of the places an administrator can fill; with `key_worker`, those of a key worker.
pub fn places(key_worker: bool) -> impl Iterator<Item = &'static str> {
    let places: &[CircleRole] = if key_worker { &KEY_PLACES } else { &PLACES };
    places.iter().map(|place| place.as_str())
}

fn of_colleague(member: &Membership) -> bool {
    member.person.is_some() && CircleRole::parse(&member.role).is_some_and(|role| PLACES.contains(&role))
}

/// Whether somebody with this role may work with children at all, so that a place in a circle can be theirs.
fn works_with_children(role: Role) -> bool {
    role.works_here()
        && !matches!(
            role,
            Role::Administrator
                | Role::Commissioner
                | Role::Councillor
                | Role::DataAnalyst
                | Role::DataProtectionOfficer
                | Role::PanelClerk
                | Role::PartnershipLead
        )
}

/// The first day on which a place may begin: the earliest of the days that are shown. An earlier one could be tried to
/// learn by the refusals when the child was born.
fn earliest(timeline: &Timeline, today: Date) -> Date {
    let shown = timeline.circle.iter().filter(|m| of_colleague(m)).map(|m| m.start);
    shown.chain(gaps(timeline, today).into_iter().map(|gap| gap.from)).min().unwrap_or(today).min(today)
}

/// What a reference leads to.
enum Led {
    /// A child whose circle may be arranged.
    Here(Box<Looked>),
    /// A record that may not be opened here: to the person the same as none.
    Closed(Uuid),
    /// No record.
    Nowhere,
}

impl Casework {
    async fn follow(&self, unit: &mut dyn Unit, actor: &Actor, typed: &str) -> Result<Led> {
        let reference: String = typed.trim().chars().take(LONGEST).flat_map(char::to_uppercase).collect();
        let Some(row) = unit.child_by_reference(&reference).await? else { return Ok(Led::Nowhere) };
        if row.restricted || subject(row.subject) != Subject::Child {
            return Ok(Led::Closed(row.id));
        }
        Ok(Led::Here(Box::new(self.look(unit, actor, ChildId(row.id)).await?)))
    }

    /// Whether this person may ask for circles by reference at all: for the page that reads nothing yet.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right.
    pub async fn may_arrange_circles(&self, actor: &Actor) -> Result<()> {
        self.require_logged(actor, Action::ArrangeCircle).await
    }

    /// Looks for a child by reference and gives the reference as it is written, or `None` when there is no such child or
    /// the record is restricted. Every look is logged, and what was typed never is: it may be a name.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right.
    pub async fn find_circle(&self, actor: &Actor, typed: &str) -> Result<Option<String>> {
        self.require_logged(actor, Action::ArrangeCircle).await?;
        let mut unit = self.house.store.glance().await?;
        let led = self.follow(&mut *unit, actor, typed).await?;
        drop(unit);
        let (found, line) = match led {
            Led::Here(looked) => {
                let child = looked.handle.id().0;
                (
                    Some(looked.row.reference),
                    actor.line("find_circle", Some(child), true, &json!({"found": true})),
                )
            }
            Led::Closed(child) => {
                (None, actor.line("find_circle", Some(child), false, &json!({"found": false})))
            }
            Led::Nowhere => (None, actor.line("find_circle", None, true, &json!({"found": false}))),
        };
        self.house.pen.write(vec![line]).await?;
        Ok(found)
    }

    /// The colleagues in the circle of the child with this reference.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, when there is no such child, and when the record is restricted.
    pub async fn circle_by_reference(&self, actor: &Actor, reference: &str) -> Result<ColleagueCircle> {
        const DEED: &str = "view_circle_by_reference";
        self.require_logged(actor, Action::ArrangeCircle).await?;
        let mut unit = self.house.store.glance().await?;
        let looked = match self.follow(&mut *unit, actor, reference).await? {
            Led::Here(looked) => looked,
            led => {
                drop(unit);
                return self.nowhere(actor, DEED, led).await;
            }
        };
        let timeline = &looked.timeline;
        let shown: Vec<&Membership> = timeline.circle.iter().filter(|m| of_colleague(m)).collect();
        let ids: Vec<Uuid> = shown.iter().filter_map(|m| m.person).map(|person| person.0).collect();
        let names = self.names(&mut *unit, &ids).await?;
        drop(unit);
        let today = self.today();
        let name = |m: &Membership| {
            let known = m.person.and_then(|person| names.get(&person)).cloned();
            known.unwrap_or_else(|| "Somebody whose account is gone".to_owned())
        };
        let key_worker = match timeline.key_worker_on(today) {
            Some(m) if of_colleague(m) => KeyWorker::Colleague(name(m), m.start),
            Some(_) => KeyWorker::Elsewhere,
            None => KeyWorker::Nobody,
        };
        let circle = ColleagueCircle {
            reference: looked.row.reference.clone(),
            version: looked.row.version,
            today,
            earliest: earliest(timeline, today),
            places: shown
                .iter()
                .map(|m| ColleaguePlace {
                    entry: m.entry,
                    role: m.role.clone(),
                    name: name(m),
                    from: m.start,
                    to: m.end,
                    key_worker: m.key_worker,
                })
                .collect(),
            gaps: gaps(timeline, today),
            key_worker,
            book: self.book(),
        };
        self.house.pen.write(vec![actor.line(DEED, Some(looked.handle.id().0), true, &json!({}))]).await?;
        Ok(circle)
    }

    /// Colleagues whose name or e-mail address fits some words: people with an account who work with children, and never
    /// whoever asks.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right.
    pub async fn colleagues(&self, actor: &Actor, words: &str) -> Result<Vec<Candidate>> {
        actor.require(Action::ArrangeCircle)?;
        let mut found = self.people_like(words, works_with_children).await?;
        found.retain(|candidate| candidate.person != actor.person());
        Ok(found)
    }

    /// A colleague joins the circle. A key worker relieves the one before in the same step.
    ///
    /// # Errors
    /// [`Error::Absent`] as [`Casework::circle_by_reference`]; [`Error::Conflict`] when the record has moved on;
    /// [`Error::Invalid`] for oneself, for somebody who works with no child, for a day that cannot be, and when the child
    /// would be without a key worker. Nothing is written then.
    pub async fn place_colleague(
        &self,
        actor: &Actor,
        reference: &str,
        seen: i64,
        key: &str,
        new: Placing,
    ) -> Result<()> {
        let Some((mut unit, looked)) = self.begin_arranging(actor, reference, seen, key).await? else {
            return Ok(());
        };
        if new.person == actor.person() {
            // Whoever could place themselves would read the record as soon as they administer no more.
            drop(unit);
            let child = Some(looked.handle.id().0);
            let line = actor.line("arrange_circle", child, false, &json!({"change": "own place"}));
            self.house.pen.write(vec![line]).await?;
            return Err(Error::invalid(
                "person",
                "You cannot place yourself in a circle. Ask the child’s team manager to do it",
            ));
        }
        if !places(new.key_worker).any(|code| code == new.role) {
            return Err(Error::invalid("role", "Choose their place from the list"));
        }
        let today = self.today();
        let account = unit.account(new.person.0, today).await?.filter(|a| {
            a.person.disabled_at.is_none()
                && a.roles.iter().any(|g| Role::parse(&g.role).is_some_and(works_with_children))
        });
        let Some(account) = account else {
            return Err(Error::invalid("person", "Choose a colleague from the list"));
        };
        let change = if new.key_worker { "key worker" } else { "joined" };
        let entries = placing(&looked.timeline, new, account.person.name, today)?;
        self.arrange(unit, actor, &looked, key, entries, change).await
    }

    /// A colleague leaves the circle.
    ///
    /// # Errors
    /// As [`Casework::place_colleague`].
    pub async fn end_colleague_place(
        &self,
        actor: &Actor,
        reference: &str,
        seen: i64,
        key: &str,
        place: EntryId,
        on: Date,
    ) -> Result<()> {
        let Some((unit, looked)) = self.begin_arranging(actor, reference, seen, key).await? else {
            return Ok(());
        };
        let today = self.today();
        let member = looked.timeline.circle.iter().find(|m| m.entry == place && of_colleague(m));
        let member = member.ok_or(Error::Absent)?;
        not_to_come("on", on, today)?;
        let entry = leaving(member, on, today)?;
        self.arrange(unit, actor, &looked, key, vec![entry], "left").await
    }

    /// Opens the child to write in the circle; `None` when this form has been sent before and was answered.
    async fn begin_arranging(
        &self,
        actor: &Actor,
        reference: &str,
        seen: i64,
        key: &str,
    ) -> Result<Option<(Box<dyn Unit>, Box<Looked>)>> {
        self.require_logged(actor, Action::ArrangeCircle).await?;
        let mut unit = self.house.store.write().await?;
        if unit.kept_answer(key, actor.person().0).await?.is_some() {
            return Ok(None);
        }
        match self.follow(&mut *unit, actor, reference).await? {
            Led::Here(looked) if looked.handle.version == seen => Ok(Some((unit, looked))),
            Led::Here(looked) => Err(Error::Conflict { current: looked.handle.version }),
            led => {
                // The pen waits for every unit that writes, and would wait for this one for ever.
                drop(unit);
                self.nowhere(actor, "arrange_circle", led).await
            }
        }
    }

    async fn arrange(
        &self,
        mut unit: Box<dyn Unit>,
        actor: &Actor,
        looked: &Looked,
        key: &str,
        entries: Vec<NewEntry>,
        change: &str,
    ) -> Result<()> {
        let recorded: Recorded = match self.append(&mut *unit, actor, looked, entries).await {
            // Why it cannot be so would say something about the child.
            Err(Error::Impossible(_)) => {
                return Err(Error::invalid(
                    "on",
                    "This day does not fit the record. Choose another, or ask the child’s team",
                ));
            }
            recorded => recorded?,
        };
        let child = Some(looked.handle.id().0);
        log(&mut *unit, vec![actor.line("arrange_circle", child, true, &json!({"change": change}))]).await?;
        let answer = serde_json::to_string(&recorded).map_err(|e| Error::Internal(e.to_string()))?;
        unit.keep_answer(key, actor.person().0, self.now(), &answer).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Logs that a reference led nowhere, and refuses: a record that is closed looks like none.
    async fn nowhere<T>(&self, actor: &Actor, deed: &str, led: Led) -> Result<T> {
        let (child, detail): (Option<Uuid>, Value) = match led {
            Led::Closed(child) => (Some(child), json!({})),
            _ => (None, json!({"found": false})),
        };
        self.house.pen.write(vec![actor.line(deed, child, false, &detail)]).await?;
        Err(Error::Absent)
    }
}

/// The entries of a colleague's place, within what an administrator may know.
fn placing(timeline: &Timeline, new: Placing, name: String, today: Date) -> Result<Vec<NewEntry>> {
    not_to_come("on", new.from, today)?;
    if new.from < earliest(timeline, today) {
        return Err(Error::invalid(
            "on",
            "A place begins on the earliest day that this page shows, or later. For one before that, ask the child’s team",
        ));
    }
    if let Some(to) = new.to {
        not_to_come("until", to, today)?;
        if to <= new.from {
            return Err(Error::invalid("until", "The day they left must be after the day they joined"));
        }
    }
    let person = Some(new.person);
    let again = timeline.circle.iter().any(|m| {
        m.role == new.role && m.person == person && m.start > new.from && new.to.is_none_or(|to| m.start < to)
    });
    if again {
        return Err(Error::invalid("person", "This person is in the circle with this role already"));
    }
    let left =
        Event::CircleLeft { role: new.role.clone(), person, name: Some(name.clone()), worker_id: None };
    let mut entries = joining(
        timeline,
        Joining {
            role: new.role,
            person,
            name: Some(name),
            key_worker: new.key_worker,
            worker_id: None,
            parental_responsibility: None,
            change_reason: new.change_reason,
            contact: None,
            on: new.from,
        },
    )?;
    entries.extend(new.to.map(|to| NewEntry::on(to, left)));
    Ok(entries)
}

fn not_to_come(field: &str, day: Date, today: Date) -> Result<()> {
    if day > today {
        return Err(Error::invalid(field, "The day cannot be in the future. Enter it when it has come"));
    }
    Ok(())
}

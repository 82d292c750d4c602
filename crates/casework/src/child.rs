//! Opening a child. A raw id becomes a [`ChildHandle`] only here, after access has been decided.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_access::{Action, ActionSet, CircleRole, Code, CodeSet, Purpose, Relations, Target, Ties};
use kinfold_guidance::Rule;
use kinfold_pathway::Duty;
use kinfold_record::{ChildId, PersonId, Sensitivity, Subject, Timeline};
use kinfold_store::{ChildRow, NewAudit, SubjectKind, Unit};
use serde_json::json;
use uuid::Uuid;

use crate::actor::{Actor, Opening};
use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::project::{decode_duties, decode_timeline};
use crate::veil::Veil;

/// A child this person has been allowed to open, and what they may do with it. Only casework makes one.
#[derive(Debug, Clone)]
pub struct ChildHandle {
    id: ChildId,
    /// Version of the record as read: a change says which version it was made from.
    pub version: i64,
    /// Short public number, safe in addresses and file names.
    pub reference: String,
    /// A child, a carer household or a home.
    pub subject: Subject,
    /// The child's team.
    pub team: Option<Uuid>,
    /// Whether the record is restricted to named readers.
    pub restricted: bool,
    /// What the person may do.
    pub may: ActionSet,
    /// How the person stands to the child.
    pub relations: Relations,
    /// The emergency opening that lets the person in, while it runs.
    pub opening: Option<Opening>,
    /// What they may not read in anybody's words.
    pub(crate) veil: Veil,
}

impl ChildHandle {
    /// The child.
    pub fn id(&self) -> ChildId {
        self.id
    }
}

/// Everything a child's page needs, without what this person may not know.
#[derive(Debug, Clone)]
pub struct ChildPage {
    /// What may be done.
    pub handle: ChildHandle,
    /// The day it is.
    pub today: Date,
    /// The instant it is.
    pub now: Timestamp,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// Open duties and the last closed one of each rule, those this person may read.
    pub duties: Vec<Duty>,
    /// How many entries the chronology has.
    pub entries: i64,
    /// Names of the people in the circle who have accounts.
    pub names: HashMap<PersonId, String>,
    /// The guidance the duties come from.
    pub book: Arc<Book>,
}

/// What a read found, before it is shown to anybody.
pub(crate) struct Looked {
    pub row: ChildRow,
    pub handle: ChildHandle,
    pub timeline: Timeline,
    pub epoch: i64,
}

/// What of a record's row decides who may do what with it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held {
    pub id: uuid::Uuid,
    pub team: Option<uuid::Uuid>,
    pub restricted: bool,
    pub subject: SubjectKind,
}

/// How somebody stands to a record, and what they may do with it.
pub(crate) struct Rights {
    pub may: ActionSet,
    pub relations: Relations,
    pub ties: Ties,
}

pub(crate) fn subject(kind: SubjectKind) -> Subject {
    match kind {
        SubjectKind::Child => Subject::Child,
        SubjectKind::Carer => Subject::Carer,
        SubjectKind::Home => Subject::Home,
    }
}

/// The places somebody holds in a circle on a day. A code this version does not know gives no more than
/// [`CircleRole::Other`].
fn places(timeline: &Timeline, person: PersonId, on: Date) -> CodeSet<CircleRole> {
    timeline
        .circle_on(on)
        .filter(|m| m.person == Some(person))
        .map(|m| CircleRole::parse(&m.role).unwrap_or(CircleRole::Other))
        .collect()
}

impl Actor {
    /// The line that says they opened a child's page.
    pub(crate) fn looked_at_child(&self, child: ChildId) -> NewAudit {
        self.line("view_child", Some(child.0), true, &json!({"page": "child"}))
    }
}

impl Casework {
    /// Reads a child and decides what this person may do. Says nothing to the log: the caller does, for what it does.
    pub(crate) async fn look(&self, unit: &mut dyn Unit, actor: &Actor, id: ChildId) -> Result<Looked> {
        let glance = unit.child_row(id.0).await?.ok_or(Error::Absent)?;
        let row = glance.child;
        let timeline = decode_timeline(&row.projection.timeline)?;
        let of = Held { id: row.id, team: row.team, restricted: row.restricted, subject: row.subject };
        let Rights { may, relations, ties } = self.rights(unit, actor, of, &timeline).await?;
        let handle = ChildHandle {
            id,
            version: row.version,
            reference: row.reference.clone(),
            subject: subject(row.subject),
            team: row.team,
            restricted: row.restricted,
            may,
            relations,
            opening: actor.snapshot.opening(id.0, self.now()).filter(|_| ties.break_glass).cloned(),
            veil: Veil::of(&timeline, may, ties.is_the_child, actor.snapshot.who.person),
        };
        Ok(Looked { row, handle, timeline, epoch: glance.access_epoch })
    }

    /// What this person may do with a record whose row and timeline were read.
    ///
    /// # Errors
    /// [`Error::Absent`] when it is restricted and the person is no tie of it.
    pub(crate) async fn rights(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        of: Held,
        timeline: &Timeline,
    ) -> Result<Rights> {
        let today = self.today();
        let now = self.now();
        let who = &actor.snapshot.who;
        let circle = places(timeline, who.person, today);
        let managed = of.team.is_some_and(|team| actor.snapshot.managed.contains(&team));
        let mut ties = Ties {
            team: of.team,
            teams_above: if managed { actor.snapshot.managed.iter().copied().collect() } else { Vec::new() },
            circle,
            was_in_circle: timeline.circle.iter().any(|m| m.person == Some(who.person)),
            is_the_child: circle.has(CircleRole::YoungPerson),
            named_reader: false,
            break_glass: actor.snapshot.opening(of.id, now).is_some(),
        };
        if of.restricted {
            let tie = unit.tie(of.id, who.person.0, today, now).await?.ok_or(Error::Absent)?;
            ties.named_reader = tie.reader;
            ties.break_glass = tie.break_glass_until.is_some_and(|until| now < until);
        }
        let relations = Relations::of(who, &ties);
        let target = Target::Child { relations, restricted: of.restricted, subject: subject(of.subject) };
        let mut may = self.house.engine.may(who, actor.purpose(), target);
        if ties.break_glass {
            // An emergency adds to what somebody may do anyway and takes nothing from it.
            may = may.union(self.house.engine.may(who, Purpose::Safeguarding, target));
        }
        if crate::carers::unsigned(who.roles(), circle, timeline, who.person, &self.book().guidance.carers) {
            // Until they have signed the confidentiality undertaking, a carer knows of the child that they care for them.
            let known = [Action::FindChild, Action::KeepLog].into_iter().collect();
            may = may.intersection(known);
        }
        if ties.is_the_child && may.has(Action::SayIt) && crate::me::something_closed(timeline, today) {
            // What is not shown in their own space is not to be found by another way: the space shows what is open.
            may = may.without(Action::ViewChronology);
        }
        Ok(Rights { may, relations, ties })
    }

    /// As [`Casework::look`], refused (and the refusal logged) unless the person may do `action`. For a unit that reads.
    pub(crate) async fn look_for(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        id: ChildId,
        action: Action,
    ) -> Result<Looked> {
        let looked = self.look(unit, actor, id).await?;
        // Who looked at a record stands outside it: the data protection officer sees that and never the record.
        let found = looked.handle.may.has(Action::FindChild) || action == Action::ViewAccessLog;
        if looked.handle.may.has(action) && found {
            return Ok(looked);
        }
        self.refused(actor, id, action).await
    }

    /// As [`Casework::look_for`] with a unit that writes. A refusal gives the unit up before it is logged: the pen
    /// waits for every unit that writes, and would wait for this one for ever.
    pub(crate) async fn look_to_write(
        &self,
        mut unit: Box<dyn Unit>,
        actor: &Actor,
        id: ChildId,
        action: Action,
    ) -> Result<(Box<dyn Unit>, Looked)> {
        let looked = self.look(&mut *unit, actor, id).await?;
        if looked.handle.may.has(action) && looked.handle.may.has(Action::FindChild) {
            return Ok((unit, looked));
        }
        drop(unit);
        self.refused(actor, id, action).await
    }

    /// Logs a refusal and refuses.
    pub(crate) async fn refused<T>(&self, actor: &Actor, id: ChildId, action: Action) -> Result<T> {
        let line = actor.line(action.as_str(), Some(id.0), false, &json!({}));
        self.house.pen.write(vec![line]).await?;
        Err(Error::Absent)
    }

    /// The child's page.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such child or this person may not open it.
    pub async fn child_page(&self, actor: &Actor, id: ChildId) -> Result<ChildPage> {
        let mut unit = self.house.store.glance().await?;
        let looked = self.look_for(&mut *unit, actor, id, Action::ViewChild).await?;
        drop(unit);
        let book = self.book();
        let may = looked.handle.may;
        let mut duties = decode_duties(&looked.row.projection.duties)?;
        duties.retain(|duty| book.rules.rule_of(duty).is_some_and(|rule| may_know_duty(may, rule)));
        let mut timeline = looked.timeline;
        redact(&mut timeline, may, looked.handle.relations);
        let names = self.circle_names(&timeline, looked.epoch).await?;
        self.house.pen.write(vec![actor.looked_at_child(id)]).await?;
        Ok(ChildPage {
            entries: looked.row.projection.entries,
            handle: looked.handle,
            today: self.today(),
            now: self.now(),
            timeline,
            duties,
            names,
            book,
        })
    }

    /// Names of the people with accounts in a circle: remembered, since they change seldom and every page needs them.
    async fn circle_names(&self, timeline: &Timeline, epoch: i64) -> Result<HashMap<PersonId, String>> {
        let ids: Vec<Uuid> = timeline.circle.iter().filter_map(|m| m.person).map(|p| p.0).collect();
        let mut names = self.house.names.known(&ids, epoch);
        let missing: Vec<Uuid> = ids.into_iter().filter(|id| !names.contains_key(&PersonId(*id))).collect();
        if !missing.is_empty() {
            let mut unit = self.house.store.glance().await?;
            let found = self.names(&mut *unit, &missing).await?;
            self.house.names.learn(&found, epoch);
            names.extend(found);
        }
        Ok(names)
    }
}

/// Names by account, good until the accounts change.
#[derive(Default)]
pub(crate) struct Names(RwLock<(i64, HashMap<PersonId, String>)>);

impl Names {
    fn known(&self, ids: &[Uuid], epoch: i64) -> HashMap<PersonId, String> {
        let Ok(held) = self.0.read() else { return HashMap::new() };
        if held.0 != epoch {
            return HashMap::new();
        }
        ids.iter().filter_map(|id| Some((PersonId(*id), held.1.get(&PersonId(*id))?.clone()))).collect()
    }

    fn learn(&self, names: &HashMap<PersonId, String>, epoch: i64) {
        let Ok(mut held) = self.0.write() else { return };
        if held.0 != epoch {
            *held = (epoch, HashMap::new());
        }
        held.1.extend(names.iter().map(|(id, name)| (*id, name.clone())));
    }
}

/// Whether a duty of this rule may be seen with these rights: that something is due is everyday knowledge on the
/// child's page, unless the rule says that the duty itself is sensitive.
pub(crate) fn may_know_duty(may: ActionSet, rule: &Rule) -> bool {
    match rule.sensitivity {
        Sensitivity::Ordinary => may.has(Action::ViewChild),
        sensitivity => may.may_read(rule.strand, sensitivity),
    }
}

/// Takes out of a timeline what these rights do not give.
pub(crate) fn redact(timeline: &mut Timeline, may: ActionSet, relations: Relations) {
    let own = relations.circle.has(CircleRole::YoungPerson);
    for placement in &mut timeline.placements {
        let address = may.has(Action::ViewAddress)
            && (!placement.address_confidential || may.has(Action::ViewConfidentialAddress) || own);
        if !address {
            placement.address = None;
            placement.carer_name = None;
            placement.urn = None;
        }
    }
    if !may.has(Action::ViewIdentity) {
        timeline.identity.nhs_number = None;
        timeline.identity.upn = None;
    }
    if !may.has(Action::ViewLaw) {
        timeline.statuses.clear();
    }
    timeline.happenings.retain(|h| may.may_read(h.kind.strand(), h.kind.read_as(h.sensitivity)));
    if !may.has(Action::ViewThirdParty) && !may.has(Action::ViewContacts) {
        timeline
            .circle
            .retain(|m| m.person.is_some() || !matches!(m.role.as_str(), "parent" | "relative" | "sibling"));
    }
    timeline.problems.clear();
}

//! From a chronology to everything derived from it, written in the same transaction as the entries.

use std::collections::HashMap;
use std::hash::BuildHasher as _;
use std::sync::{Arc, RwLock};

use foldhash::quality::FixedState;
use jiff::civil::Date;
use kinfold_pathway::category::categories;
use kinfold_pathway::{Duty, Rules, State, duties};
use kinfold_record::{Chronology, Timeline};
use kinfold_store::{CircleMemberRow, DutyRow, DutyState, Projection, RoleGrantRow, TeamRow, Term, Unit};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::house::Book;
use crate::terms::terms;

/// Moves on whenever the bytes of a timeline or a duty change shape, or the fold does: `rebuild` then rewrites all.
pub(crate) const PROJECTION_VERSION: i64 = 5;

/// Everything derived from one chronology.
pub(crate) struct Derived {
    pub timeline: Timeline,
    pub projection: Projection,
    pub circle: Vec<CircleMemberRow>,
    pub duties: Vec<DutyRow>,
    pub terms: Vec<Term>,
    pub restricted: bool,
}

impl Derived {
    /// Gives the open duties of a restricted record to its named readers where their owner is none of them.
    pub fn assign_to(&mut self, readers: &[Uuid]) {
        let Some(first) = readers.first() else { return };
        for duty in self.duties.iter_mut().filter(|d| d.state == DutyState::Open) {
            if !duty.owner_person.is_some_and(|owner| readers.contains(&owner)) {
                duty.owner_person = Some(*first);
            }
        }
    }
}

/// Who holds which role in which team today: read once for many children.
pub(crate) struct Directory {
    holders: HashMap<String, Vec<(Uuid, Option<Uuid>)>>,
    managers: HashMap<Uuid, Uuid>,
}

impl Directory {
    pub async fn read(unit: &mut dyn Unit, on: Date) -> Result<Self> {
        Ok(Self::new(&unit.grants_on(on).await?, &unit.teams().await?))
    }

    pub fn new(grants: &[RoleGrantRow], teams: &[TeamRow]) -> Self {
        let mut holders: HashMap<String, Vec<(Uuid, Option<Uuid>)>> = HashMap::new();
        for grant in grants {
            holders.entry(grant.role.clone()).or_default().push((grant.person, grant.team));
        }
        for list in holders.values_mut() {
            list.sort_unstable();
        }
        let managers = teams.iter().filter_map(|t| Some((t.id, t.manager?))).collect();
        Self { holders, managers }
    }

    /// The person who owns a duty of this role for this child: in the circle first, then in the child's team, then in
    /// the authority (spread over the holders so that one of five nurses does not own every child).
    pub fn owner(&self, role: &str, timeline: &Timeline, team: Option<Uuid>, on: Date) -> Option<Uuid> {
        let in_circle = circle_codes(role);
        let member =
            timeline.circle_on(on).find(|m| in_circle.contains(&m.role.as_str()) && m.person.is_some());
        if let Some(person) = member.and_then(|m| m.person) {
            return Some(person.0);
        }
        if role == "team_manager"
            && let Some(manager) = team.and_then(|team| self.managers.get(&team))
        {
            return Some(*manager);
        }
        let holders = self.holders.get(role)?;
        let in_team = holders.iter().find(|(_, held)| held.is_some() && *held == team);
        // A social worker of another team does not own this child's duty: it goes to the fallback.
        let of_team = matches!(role, "social_worker" | "personal_adviser" | "team_manager" | "foster_carer");
        in_team
            .or_else(|| {
                let index =
                    usize::try_from(timeline.child.0.as_u128() % holders.len().max(1) as u128).ok()?;
                holders.get(index).filter(|_| !of_team)
            })
            .map(|(person, _)| *person)
    }
}

/// The directory of a day, kept until somebody's role or team changes: reading it takes as long as the authority is
/// large, and every entry that is recorded needs it.
#[derive(Default)]
pub(crate) struct Directories(RwLock<Option<(i64, Date, Arc<Directory>)>>);

impl Directories {
    /// The directory as this unit sees it. Not for a unit that has changed roles or teams itself: what it changed is
    /// known only once it is committed.
    pub async fn read(&self, unit: &mut dyn Unit, on: Date) -> Result<Arc<Directory>> {
        let epoch = unit.access_epoch().await?;
        if let Ok(held) = self.0.read()
            && let Some((of, day, directory)) = &*held
            && (*of, *day) == (epoch, on)
        {
            return Ok(Arc::clone(directory));
        }
        let directory = Arc::new(Directory::read(unit, on).await?);
        if let Ok(mut held) = self.0.write() {
            *held = Some((epoch, on, Arc::clone(&directory)));
        }
        Ok(directory)
    }
}

/// The places in a circle that answer to a role.
fn circle_codes(role: &str) -> Vec<&str> {
    match role {
        "social_worker" => vec!["social_worker", "cover_worker"],
        "designated_nurse" | "health_administrator" => vec!["looked_after_nurse"],
        "virtual_school_head" => vec!["virtual_school"],
        // Whoever cares for the child at home: the key worker of a children's home has the same space and the same work.
        "foster_carer" => vec!["foster_carer", "residential_worker"],
        role => vec![role],
    }
}

pub(crate) fn encode<T: serde::Serialize>(value: &T) -> Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(|e| Error::Internal(format!("a projection cannot be written: {e}")))
}

/// A digest of derived duties and of the day on which they next change by themselves: where either differs, so does it,
/// but for a chance that does not count. It only ever says whether what is stored must be written again, so it need not
/// withstand anybody, and may come out differently from another build of the program: every child is then written once
/// more. The form of the projection goes into it, so that bytes of another form are never taken for these.
pub(crate) fn digest(duties: &[Duty], next_change: Option<Date>) -> i64 {
    let hashes = FixedState::with_seed(PROJECTION_VERSION.unsigned_abs());
    hashes.hash_one((duties, next_change)).cast_signed()
}

pub(crate) fn decode_timeline(bytes: &[u8]) -> Result<Timeline> {
    postcard::from_bytes(bytes)
        .map_err(|_| Error::Internal("a projection is out of date: run kinfold rebuild".into()))
}

pub(crate) fn decode_duties(bytes: &[u8]) -> Result<Vec<Duty>> {
    postcard::from_bytes(bytes)
        .map_err(|_| Error::Internal("a projection is out of date: run kinfold rebuild".into()))
}

/// Folds and derives. Pure but for the serialisation.
pub(crate) fn derive(
    chronology: &Chronology,
    team: Option<Uuid>,
    book: &Book,
    directory: &Directory,
    today: Date,
) -> Result<Derived> {
    let timeline = Timeline::fold(chronology, None);
    let entries = i64::try_from(chronology.entries().len()).unwrap_or(i64::MAX);
    derive_from(timeline, entries, team, book, directory, today)
}

/// As [`derive`], from a timeline already folded.
pub(crate) fn derive_from(
    timeline: Timeline,
    entries: i64,
    team: Option<Uuid>,
    book: &Book,
    directory: &Directory,
    today: Date,
) -> Result<Derived> {
    let found = duties(&timeline, &book.rules, today);
    let rows = duty_rows(&found.duties, &book.rules, &timeline, team, directory, today);
    let identity = &timeline.identity;
    let status = timeline.status_on(today);
    let placement = timeline.placement_on(today);
    let care = timeline.care_on(today);
    let category = categories(&timeline, &book.rules, today)
        .into_iter()
        .rfind(|c| c.start <= today && c.end.is_none_or(|end| today < end));
    let restricted = timeline.holds(kinfold_record::SpellKind::Restricted, today);
    let bytes = encode(&found.duties)?;
    let next_change = next_change(found.next_change, &timeline, today);
    let projection = Projection {
        name: identity.name(),
        sort_name: format!("{} {}", identity.family_name, identity.given_name).to_lowercase(),
        born: timeline.born,
        looked_after: care.is_some(),
        leaver_category: category.map(|c| c.category.as_str().to_owned()),
        legal_status: status.map(|s| s.code.to_string()),
        placement_type: placement.map(|p| p.code_on(today).to_string()),
        location: placement.and_then(|p| p.location.as_ref()).map(ToString::to_string),
        in_care_since: care.map(|c| c.start),
        key_worker: timeline.key_worker_on(today).and_then(|m| m.person).map(|p| p.0),
        next_change,
        entries,
        digest: digest(&found.duties, next_change),
        projection_version: PROJECTION_VERSION,
        timeline: encode(&timeline)?,
        duties: bytes,
    };
    let circle = circle_rows(&timeline);
    Ok(Derived { terms: terms(&timeline), projection, circle, duties: rows, restricted, timeline })
}

/// The earliest day on which the answer changes with nobody doing anything: as the pathway says, or because somebody
/// leaves the circle on a day already known.
pub(crate) fn next_change(pathway: Option<Date>, timeline: &Timeline, today: Date) -> Option<Date> {
    timeline.circle.iter().filter_map(|m| m.end).filter(|end| *end > today).chain(pathway).min()
}

fn circle_rows(timeline: &Timeline) -> Vec<CircleMemberRow> {
    timeline
        .circle
        .iter()
        .filter(|m| m.end.is_none_or(|end| end > m.start))
        .filter_map(|m| {
            Some(CircleMemberRow {
                child: timeline.child.0,
                person: m.person?.0,
                role: m.role.to_string(),
                key_worker: m.key_worker,
                from_on: m.start,
                to_on: m.end,
            })
        })
        .collect()
}

/// The role that the entry which started a duty names as its owner, where its rule asks for one.
fn named_owner<'a>(duty: &Duty, rule: &kinfold_guidance::Rule, timeline: &'a Timeline) -> Option<&'a str> {
    let (field, entry) = (rule.owner.field.as_deref()?, duty.occurrence.entry?);
    let started = timeline.happenings.iter().find(|h| h.entry == entry)?;
    let at = started.kind.fields().iter().position(|f| f.name == field)?;
    started.fact(u8::try_from(at).ok()?)
}

fn duty_rows(
    duties: &[Duty],
    rules: &Rules,
    timeline: &Timeline,
    team: Option<Uuid>,
    directory: &Directory,
    today: Date,
) -> Vec<DutyRow> {
    duties
        .iter()
        .filter_map(|duty| Some((duty, rules.rule_of(duty)?)))
        .map(|(duty, rule)| {
            let (state, closed_on, days_late) = match &duty.state {
                State::Open => (DutyState::Open, None, None),
                State::Met { on, days_late, .. } => (DutyState::Met, Some(*on), Some(i64::from(*days_late))),
                State::Excused { on, .. } => (DutyState::Excused, Some(*on), None),
                State::Ended { on, .. } => (DutyState::Ended, Some(*on), None),
            };
            let owner = (state == DutyState::Open)
                .then(|| {
                    let fallback = rule.owner.fallback.as_deref();
                    named_owner(duty, rule, timeline)
                        .and_then(|role| directory.owner(role, timeline, team, today))
                        .or_else(|| directory.owner(&rule.owner.role, timeline, team, today))
                        .or_else(|| directory.owner(fallback?, timeline, team, today))
                        .or_else(|| directory.owner("team_manager", timeline, team, today))
                })
                .flatten();
            // The step waited for, named only once it is stuck: that is what the board shows.
            let stuck = duty.stuck_at(today).and_then(|i| rule.handoffs.get(i)).map(|h| h.step.to_string());
            DutyRow {
                child: timeline.child.0,
                rule: duty.rule.to_string(),
                rule_version: duty.version.to_string(),
                occurrence: duty.occurrence.to_string(),
                title: rule.title.to_string(),
                strand: rule.strand.as_str().to_owned(),
                state,
                opens_on: duty.opens_on,
                due_on: duty.due_on,
                due_at: duty.due_at,
                closed_on,
                days_late,
                owner_role: rule.owner.role.to_string(),
                owner_person: owner,
                team,
                rung: 0,
                escalated_at: None,
                stuck_step: stuck,
            }
        })
        .collect()
}

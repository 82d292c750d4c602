//! Adding a child to the record: who they are, whether they may be here already, their team and their key worker.

use jiff::civil::Date;
use kinfold_access::{Action, Code, Role};
use kinfold_record::{
    ChildId, Chronology, Entry, EntryId, Event, PersonId, Sensitivity, Severity, Subject, Timeline, check,
};
use kinfold_store::{ChildLine, NoticeRow, Probe, Scope, Search, SubjectKind, TermKind, Unit};
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use crate::actor::Actor;
use crate::bulk::NewChronology;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::record::check_codes;
use crate::terms::fold_name;

/// A child to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct NewChild {
    /// A `child_registered` event.
    pub registered: Event,
    /// The first day that anything is known of.
    pub on: Date,
    /// The team that holds the case.
    pub team: Uuid,
    /// The key worker.
    pub key_worker: PersonId,
    /// The key worker's place in the circle (a code of `circle_role`).
    pub role: SmolStr,
}

/// What names a child in searches.
struct Known {
    names: Vec<String>,
    born: Date,
    nhs: Option<String>,
    upn: Option<String>,
}

fn known(event: &Event) -> Option<Known> {
    let Event::ChildRegistered { given_name, family_name, date_of_birth, nhs_number, upn, .. } = event else {
        return None;
    };
    let squeeze = |text: &Option<String>| {
        text.as_ref().map(|t| {
            t.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>()
        })
    };
    let names = [given_name, family_name]
        .into_iter()
        .flat_map(|n| fold_name(n).split(' ').map(str::to_owned).collect::<Vec<_>>());
    Some(Known {
        names: names.filter(|n| !n.is_empty()).collect(),
        born: *date_of_birth,
        nhs: squeeze(nhs_number),
        upn: squeeze(upn),
    })
}

fn exactly(kind: TermKind, term: String) -> Vec<Probe> {
    vec![Probe { kind, term, prefix: false, weight: 1 }]
}

/// Searches that find the same child: each way by itself is enough.
fn searches(known: &Known) -> Vec<Search> {
    let mut out = Vec::new();
    for (kind, number) in [(TermKind::Nhs, &known.nhs), (TermKind::Upn, &known.upn)] {
        if let Some(number) = number {
            out.push(Search { words: vec![exactly(kind, number.clone())], at_least: 0 });
        }
    }
    let mut words: Vec<Vec<Probe>> =
        known.names.iter().take(8).map(|n| exactly(TermKind::Name, n.clone())).collect();
    words.push(exactly(TermKind::Dob, known.born.to_string()));
    out.push(Search { words, at_least: 0 });
    out
}

async fn matches(unit: &mut dyn Unit, scope: &Scope, known: &Known) -> Result<Vec<ChildLine>> {
    let mut out: Vec<ChildLine> = Vec::new();
    for search in searches(known) {
        for found in unit.search(scope, &search, 10).await? {
            if !out.iter().any(|line| line.id == found.child.id) {
                out.push(found.child);
            }
        }
    }
    Ok(out)
}

impl Casework {
    /// Children who may be the same, among those this person may find. What they may not find is not hinted at: the
    /// safeguarding lead hears of it when the child is added.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to add a child.
    pub async fn same_children(&self, actor: &Actor, registered: &Event) -> Result<Vec<ChildLine>> {
        actor.require(Action::AddChild)?;
        let Some(known) = known(registered) else { return Ok(Vec::new()) };
        let mut unit = self.house.store.read().await?;
        let found = matches(&mut *unit, &self.scope(actor, Subject::Child), &known).await?;
        drop(unit);
        let detail = json!({"found": found.len()});
        self.house.pen.write(vec![actor.line("look_for_same_child", None, true, &detail)]).await?;
        Ok(found)
    }

    /// Adds a child with a team and a key worker. The same form sent twice adds one child.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] or [`Error::Impossible`] when it cannot be so.
    pub async fn add_child(&self, actor: &Actor, key: &str, new: NewChild) -> Result<ChildId> {
        actor.require(Action::AddChild)?;
        let known = known(&new.registered).ok_or_else(|| Error::Internal("not a registration".into()))?;
        let mut unit = self.house.store.write().await?;
        if let Some(kept) = unit.kept_answer(key, actor.person().0).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer cannot be read".into()));
        }
        let team = unit
            .team(new.team)
            .await?
            .ok_or_else(|| Error::invalid("team", "Choose the team that holds the case"))?;
        let worker = unit.account(new.key_worker.0, self.today()).await?;
        let worker = worker
            .filter(|a| {
                a.person.disabled_at.is_none()
                    && a.roles.iter().any(|g| Role::parse(&g.role).is_some_and(Role::works_here))
            })
            .ok_or_else(|| Error::invalid("key_worker", "Choose a key worker from the list"))?;
        let id = ChildId(self.new_id());
        let joined = Event::CircleJoined {
            role: new.role.clone(),
            person: Some(new.key_worker),
            name: Some(worker.person.name),
            key_worker: Some(true),
            parental_responsibility: None,
            worker_id: None,
            change_reason: None,
            contact: None,
        };
        let mut entries = Vec::new();
        for event in [new.registered, joined] {
            let entry = Entry {
                id: EntryId(self.new_id()),
                child: id,
                happened_on: new.on,
                happened_at: None,
                recorded_at: self.now(),
                recorded_by: Some(actor.person()),
                source: None,
                sensitivity: Sensitivity::Ordinary,
                about: Vec::new(),
                replaces: None,
                event,
            };
            self.fits(&entries, &entry)?;
            entries.push(entry);
        }
        let number = unit.take_references(1).await?;
        let reference = reference(number);
        let theirs = matches(&mut *unit, &self.scope(actor, Subject::Child), &known).await?;
        let everywhere = Scope {
            everything: true,
            subjects: vec![SubjectKind::Child],
            ..Scope::nothing(None, self.today())
        };
        let others: Vec<ChildLine> = matches(&mut *unit, &everywhere, &known)
            .await?
            .into_iter()
            .filter(|line| !theirs.iter().any(|seen| seen.id == line.id))
            .collect();
        let chronology = NewChronology {
            id,
            subject: Subject::Child,
            reference: reference.clone(),
            team: Some(team.id),
            entries,
            readers: Vec::new(),
            import_run: None,
        };
        self.insert_chronologies(&mut *unit, vec![chronology]).await?;
        if !others.is_empty() {
            self.tell_of_same(&mut *unit, id, &reference, &others).await?;
        }
        unit.keep_answer(key, actor.person().0, self.now(), &id.to_string()).await?;
        log(&mut *unit, vec![actor.line("add_child", Some(id.0), true, &json!({"team": team.id}))]).await?;
        unit.commit().await?;
        Ok(id)
    }

    /// Whether an entry can be true beside those of the same new chronology.
    fn fits(&self, entries: &[Entry], entry: &Entry) -> Result<()> {
        check_codes(entry, &self.book())?;
        let chronology =
            Chronology::new(entry.child, entries.to_vec()).map_err(|e| Error::Internal(e.to_string()))?;
        let impossible: Vec<_> = check(&Timeline::fold(&chronology, None), entry, self.today())
            .into_iter()
            .filter(|p| p.severity == Severity::Impossible)
            .collect();
        if impossible.is_empty() { Ok(()) } else { Err(Error::Impossible(impossible)) }
    }

    /// A child was added who may be in the record already, where the person who added them cannot look: somebody who
    /// may compare the two is asked to.
    async fn tell_of_same(
        &self,
        unit: &mut dyn Unit,
        id: ChildId,
        reference: &str,
        others: &[ChildLine],
    ) -> Result<()> {
        let others: Vec<&str> = others.iter().take(5).map(|line| line.reference.as_str()).collect();
        let text = format!(
            "A child has just been added ({reference}) who may be in the record already: {}. Compare them.",
            others.join(", ")
        );
        let leads = unit.holders(Role::SafeguardingLead.as_str(), None, self.today()).await?;
        let rows: Vec<NoticeRow> = leads
            .into_iter()
            .map(|lead| NoticeRow {
                id: self.new_id(),
                person: lead.id,
                child: Some(id.0),
                kind: "same_child".to_owned(),
                text: text.clone(),
                link: None,
                created_at: self.now(),
                read_at: None,
            })
            .collect();
        unit.insert_notices(&rows).await?;
        Ok(())
    }
}

/// The short public number made from a number never given before.
pub(crate) fn reference(number: i64) -> String {
    format!("K{number:05}")
}

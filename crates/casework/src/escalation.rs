//! The ladder: a duty that stays late is told to one person after another, and a hand-off that waits too long to the
//! one whose step it is. Each is told once.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use kinfold_access::Purpose;
use kinfold_guidance::{Rule, Rung, Unit as TimeUnit};
use kinfold_record::{ChildId, Chronology, Timeline};
use kinfold_store::{ChildRow, DutyRow, NewAudit, NoticeRow, Page, Unit};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::actor::audit_line;
use crate::error::Result;
use crate::house::{Book, Casework};
use crate::pen::log;
use crate::project::{Directory, decode_timeline};

/// Duties read at a time, and climbed in one transaction.
const CHUNK: i64 = 1000;
const TOGETHER: usize = 100;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Climbed {
    /// Late duties that went up at least one rung.
    pub duties: usize,
    /// Hand-offs newly found stuck.
    pub stuck: usize,
    /// Notices made.
    pub notices: usize,
    /// Rungs on which nobody could be found: the roles are not filled.
    pub nobody: usize,
}

/// A child with the people who may be told about it.
struct About {
    row: ChildRow,
    timeline: Timeline,
    /// Named readers, when the record is restricted.
    readers: Option<Vec<Uuid>>,
}

impl About {
    /// The person of a role for this child; for a restricted record one of its named readers.
    fn person(&self, directory: &Directory, role: &str, today: Date) -> Option<Uuid> {
        let person = directory.owner(role, &self.timeline, self.row.team, today);
        self.allowed(person)
    }

    fn allowed(&self, person: Option<Uuid>) -> Option<Uuid> {
        match &self.readers {
            None => person,
            Some(readers) => person.filter(|p| readers.contains(p)).or_else(|| readers.first().copied()),
        }
    }
}

/// One step that has to be told.
struct Step {
    duty: DutyRow,
    /// The rung reached, for a late duty; `None` for a stuck hand-off.
    rung: Option<i64>,
}

impl Casework {
    /// Tells whoever must be told today: late duties climb, stuck hand-offs go to their owners. Bring the duties up to
    /// date first ([`Casework::refresh_due`]). Running it again tells nobody twice.
    ///
    /// # Errors
    /// When the store does not answer. What was told by then stays told.
    pub async fn run_escalation(&self) -> Result<Climbed> {
        let (now, today, book) = (self.now(), self.today(), self.book());
        let mut unit = self.house.store.read().await?;
        let directory = Directory::read(&mut *unit, today).await?;
        let mut steps = Vec::new();
        let mut page = Page::first(CHUNK);
        loop {
            let late = unit.late_duties(today, now, page).await?;
            let more = i64::try_from(late.len()).unwrap_or(0) == CHUNK;
            for duty in late {
                let reached = rule_of(&book, &duty).map_or(0, |rule| reached(rule, &duty, &book, today, now));
                if reached > duty.rung {
                    steps.push(Step { duty, rung: Some(reached) });
                }
            }
            if !more {
                break;
            }
            page.offset += CHUNK;
        }
        page.offset = 0;
        loop {
            let stuck = unit.stuck_duties(page).await?;
            let more = i64::try_from(stuck.len()).unwrap_or(0) == CHUNK;
            for duty in stuck {
                if !unit.has_notice(stuck_id(&duty)).await? {
                    steps.push(Step { duty, rung: None });
                }
            }
            if !more {
                break;
            }
            page.offset += CHUNK;
        }
        drop(unit);
        let mut done = Climbed::default();
        // One message a person a run, however many notices.
        let mut mailed = HashSet::new();
        for chunk in steps.chunks(TOGETHER) {
            self.climb(chunk, &book, &directory, &mut done, &mut mailed).await?;
        }
        done.notices += self.climb_plans(&mut mailed).await?;
        done.notices += self.remind_of_listings(&mut mailed).await?;
        self.remind_of_surveys().await?;
        Ok(done)
    }

    async fn climb(
        &self,
        steps: &[Step],
        book: &Book,
        directory: &Directory,
        done: &mut Climbed,
        mailed: &mut HashSet<Uuid>,
    ) -> Result<()> {
        let (now, today) = (self.now(), self.today());
        let mut unit = self.house.store.write().await?;
        let (mut notices, mut lines): (Vec<NoticeRow>, Vec<NewAudit>) = (Vec::new(), Vec::new());
        let mut known: HashMap<Uuid, Option<About>> = HashMap::new();
        for Step { duty, rung } in steps {
            let Some(rule) = rule_of(book, duty) else { continue };
            let about = match known.entry(duty.child) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(about(&mut *unit, duty.child, today).await?),
            };
            let Some(about) = about else { continue };
            let (action, told) = match rung {
                Some(rung) => {
                    if !unit.escalate(duty.child, &duty.rule, &duty.occurrence, *rung, now).await? {
                        continue;
                    }
                    done.duties += 1;
                    let told = self.tell_late(duty, *rung, rule, about, directory, done, &mut notices);
                    ("escalate", told)
                }
                None => {
                    // Another process may have told it since it was read.
                    if unit.has_notice(stuck_id(duty)).await? {
                        continue;
                    }
                    let told = self.tell_stuck(duty, rule, about, directory, done, &mut notices);
                    if told.is_empty() {
                        // Told as soon as there is somebody to tell; until then nothing has happened to log.
                        continue;
                    }
                    done.stuck += 1;
                    ("handoff_stuck", told)
                }
            };
            let detail =
                json!({"rule": duty.rule, "occurrence": duty.occurrence, "rung": rung, "told": told});
            lines.push(audit_line(
                now,
                None,
                None,
                action,
                Some(duty.child),
                Purpose::Management,
                true,
                &detail,
            ));
        }
        done.notices += notices.len();
        self.give_notices(&mut *unit, &notices, mailed).await?;
        if !lines.is_empty() {
            log(&mut *unit, lines).await?;
        }
        unit.commit().await?;
        Ok(())
    }

    /// Notices for each rung passed since the last time, and for the owner when it is the first. One person is told
    /// once, however many of the rungs are theirs.
    #[expect(clippy::too_many_arguments, reason = "what a notice is made from")]
    fn tell_late(
        &self,
        duty: &DutyRow,
        rung: i64,
        rule: &Rule,
        about: &About,
        directory: &Directory,
        done: &mut Climbed,
        notices: &mut Vec<NoticeRow>,
    ) -> Vec<Uuid> {
        let today = self.today();
        let mut told: Vec<Uuid> = Vec::new();
        if duty.rung == 0 {
            told.extend(about.allowed(duty.owner_person));
        }
        let from = usize::try_from(duty.rung).unwrap_or(0);
        let to = usize::try_from(rung).unwrap_or(0);
        for step in rule.ladder.iter().take(to).skip(from) {
            match about.person(directory, &step.role, today) {
                Some(person) if !told.contains(&person) => told.push(person),
                Some(_) => {}
                None => {
                    done.nobody += 1;
                    tracing::warn!(rule = %duty.rule, role = %step.role, "nobody holds the role that a late duty climbs to");
                }
            }
        }
        let days = duty.due_on.until(today).map_or(0, |span| span.get_days());
        let how = match days {
            0 => "is late since today".to_owned(),
            1 => "is 1 day late".to_owned(),
            n => format!("is {n} days late"),
        };
        let text = format!("{} ({}) {how}.", duty.title, about.row.reference);
        notices.extend(
            told.iter().map(|person| self.notice_of(duty, *person, "late", text.clone(), self.new_id())),
        );
        told
    }

    fn tell_stuck(
        &self,
        duty: &DutyRow,
        rule: &Rule,
        about: &About,
        directory: &Directory,
        done: &mut Climbed,
        notices: &mut Vec<NoticeRow>,
    ) -> Vec<Uuid> {
        let step = duty.stuck_step.as_deref().unwrap_or_default();
        let handoff = rule.handoffs.iter().find(|h| h.step == step);
        let owner = handoff
            .and_then(|h| about.person(directory, &h.owner, self.today()))
            .or_else(|| about.allowed(duty.owner_person))
            .or_else(|| about.person(directory, "team_manager", self.today()));
        let Some(person) = owner else {
            done.nobody += 1;
            tracing::warn!(rule = %duty.rule, %step, "nobody can be told of a stuck hand-off");
            return Vec::new();
        };
        let title = handoff.map_or_else(|| step.replace('_', " "), |h| h.title.clone());
        let text = format!("{} ({}) waits for this step of yours: {title}.", duty.title, about.row.reference);
        notices.push(self.notice_of(duty, person, "stuck", text, stuck_id(duty)));
        vec![person]
    }

    fn notice_of(&self, duty: &DutyRow, person: Uuid, kind: &str, text: String, id: Uuid) -> NoticeRow {
        NoticeRow {
            id,
            person,
            child: Some(duty.child),
            kind: kind.to_owned(),
            text,
            link: Some(format!("/children/{}/duties/{}/{}", duty.child, duty.rule, duty.occurrence)),
            created_at: self.now(),
            read_at: None,
        }
    }
}

async fn about(unit: &mut dyn Unit, child: Uuid, today: Date) -> Result<Option<About>> {
    let Some(glance) = unit.child_row(child).await? else { return Ok(None) };
    let row = glance.child;
    let timeline = match decode_timeline(&row.projection.timeline) {
        Ok(timeline) => timeline,
        Err(error) => {
            // What is late is told all the same: to whoever has the role in the team.
            tracing::error!(record = %child, %error, "who is around a child could not be read");
            let Ok(nothing) = Chronology::new(ChildId(child), Vec::new()) else { return Ok(None) };
            Timeline::fold(&nothing, None)
        }
    };
    let readers = if row.restricted {
        let all = unit.restricted_readers(child).await?;
        let current = all.into_iter().filter(|r| r.from_on <= today && r.to_on.is_none_or(|to| today < to));
        Some(current.map(|r| r.person).collect())
    } else {
        None
    };
    Ok(Some(About { row, timeline, readers }))
}

fn rule_of<'a>(book: &'a Book, duty: &DutyRow) -> Option<&'a Rule> {
    book.guidance.rule(&duty.rule, duty.rule_version.parse().ok()?)
}

/// How many rungs of its ladder a late duty has reached.
fn reached(rule: &Rule, duty: &DutyRow, book: &Book, today: Date, now: Timestamp) -> i64 {
    let passed = |rung: &&Rung| match (rung.after.unit, duty.due_at) {
        // Hours are counted from the hour it was due, where there is one.
        (TimeUnit::Hours, Some(at)) => at + SignedDuration::from_hours(rung.after.count.into()) <= now,
        // A whole day late is late since the day after; an hour late is late at once.
        (_, Some(at)) if rung.after.count == 0 => at <= now,
        _ => book.rules.add(duty.due_on, rung.after, false) < today,
    };
    // A ladder is climbed in order: a rung that comes later is not reached before the ones below it.
    i64::try_from(rule.ladder.iter().take_while(passed).count()).unwrap_or(0)
}

/// The id of the one notice about a duty that is stuck at a step: made from what it is about, so it is made once.
fn stuck_id(duty: &DutyRow) -> Uuid {
    let mut hash = Sha256::new();
    let step = duty.stuck_step.as_deref().unwrap_or_default();
    for part in [&duty.child.to_string(), &duty.rule, &duty.occurrence, step] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

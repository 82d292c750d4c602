//! The child's health page.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_health::sdq::{Band, Informant, Scale, Scheme, band};
use kinfold_pathway::{Duty, State};
use kinfold_record::{ChildId, Chronology, Entry, PersonId, Sensitivity, Strand, Timeline};
use kinfold_store::Unit;
use serde_json::json;

use super::facts::{HealthFacts, Sdq};
use super::growth::GrowthReport;
use super::immunised::ImmunisationReport;
use super::pipeline::{Pipeline, pipelines};
use crate::actor::Actor;
use crate::child::{ChildHandle, Looked, may_know_duty, redact};
use crate::chronology::may_read;
use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::me::AskedSdq;
use crate::project::decode_duties;
use crate::record::is_notice_to_health;
use crate::veil::entries_for;

/// A questionnaire with its band.
#[derive(Debug, Clone, PartialEq)]
pub struct SdqLine {
    /// The questionnaire.
    pub sdq: Sdq,
    /// The band of its total, where cut-offs for this informant and age are known.
    pub band: Option<Band>,
    /// By how much the total changed since the one before of the same informant.
    pub change: Option<i32>,
}

/// A child's health, as one person may know it.
#[derive(Debug, Clone)]
pub struct HealthPage {
    /// What may be done.
    pub handle: ChildHandle,
    /// The day it is.
    pub today: Date,
    /// The instant it is.
    pub now: Timestamp,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The guidance in force.
    pub book: Arc<Book>,
    /// Where the assessments are on their way, open ones first.
    pub pipelines: Vec<Pipeline>,
    /// Open duties about health that have come into view.
    pub duties: Vec<Duty>,
    /// What is known, as far as this person may know it.
    pub facts: HealthFacts,
    /// Growth with centiles.
    pub growth: GrowthReport,
    /// Immunisations against the schedule.
    pub immunisation: Option<ImmunisationReport>,
    /// Questionnaires, newest first.
    pub sdq: Vec<SdqLine>,
    /// Whether the young person can be asked for a questionnaire of their own, and the one that is open in their space.
    pub own_sdq: (bool, Option<AskedSdq>),
    /// Names of people in the circle who have accounts.
    pub names: HashMap<PersonId, String>,
}

impl HealthPage {
    /// Whether clinical detail may be read: without it, an empty section means nothing.
    pub fn reads_health(&self) -> bool {
        self.handle.may.has(Action::ViewHealth)
    }
}

/// The entries that stand and that this person may read. Whoever records and chases a notice to health services sees who was
/// told and has answered, also an administrator who reads no chronology.
pub(super) fn readable<'e>(chronology: &'e Chronology, looked: &Looked) -> Vec<&'e Entry> {
    let may = looked.handle.may;
    let chased = |entry: &Entry| {
        may.has(Action::RecordHealthNotice)
            && is_notice_to_health(&entry.event)
            && entry.sensitivity == Sensitivity::Ordinary
            && entry.about.is_empty()
    };
    let mut entries = chronology.standing(None);
    entries.retain(|entry| may_read(may, entry) || chased(entry));
    entries
}

impl Casework {
    /// The child's health page.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such child or this person may not open it.
    pub async fn health_page(&self, actor: &Actor, child: ChildId) -> Result<HealthPage> {
        let page = self.read_health(actor, child, Action::ViewChild).await?;
        let line = actor.line("view_child", Some(child.0), true, &json!({"page": "health"}));
        self.house.pen.write(vec![line]).await?;
        Ok(page)
    }

    /// The same page for the health of the birth family, with its own right and its own line in the log.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such child or this person may not read it.
    pub async fn family_health(&self, actor: &Actor, child: ChildId) -> Result<HealthPage> {
        let page = self.read_health(actor, child, Action::ViewFamilyHealth).await?;
        let line = actor.line("view_child", Some(child.0), true, &json!({"page": "family_health"}));
        self.house.pen.write(vec![line]).await?;
        Ok(page)
    }

    /// A child's health, asked for with a right. Says nothing to the log: the caller does, for what it does.
    pub(super) async fn read_health(
        &self,
        actor: &Actor,
        child: ChildId,
        action: Action,
    ) -> Result<HealthPage> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, action).await?;
        self.health_of(&mut *unit, looked).await
    }

    /// What somebody who has been let in may know of a child's health.
    pub(super) async fn health_of(&self, unit: &mut dyn Unit, looked: Looked) -> Result<HealthPage> {
        let (book, today, now) = (self.book(), self.today(), self.now());
        let may = looked.handle.may;
        let entries = entries_for(unit, &looked.handle).await?;
        let chronology =
            Chronology::new(looked.handle.id(), entries).map_err(|e| Error::Internal(e.to_string()))?;
        let mut duties = decode_duties(&looked.row.projection.duties)?;
        duties.retain(|duty| {
            book.rules
                .rule_of(duty)
                .is_some_and(|rule| rule.strand == Strand::Health && may_know_duty(may, rule))
        });
        let own_sdq = self.own_sdq_asked(unit, &looked).await?;
        let mut timeline = looked.timeline.clone();
        let facts =
            HealthFacts::of(&readable(&chronology, &looked), today).with_ages(|on| timeline.age_on(on));
        let growth = GrowthReport::of(&facts, &timeline, &book.guidance.growth);
        let immunisation = ImmunisationReport::of(&facts, &timeline, &book.guidance.immunisation, today);
        redact(&mut timeline, may, looked.handle.relations);
        let ids: Vec<_> = timeline.circle.iter().filter_map(|m| m.person).map(|p| p.0).collect();
        let names = self.names(unit, &ids).await?;
        Ok(HealthPage {
            today,
            now,
            pipelines: pipelines(&duties, &book, today),
            duties: duties.into_iter().filter(|d| d.state == State::Open && d.opens_on <= today).collect(),
            sdq: sdq_lines(&facts.sdq),
            own_sdq,
            handle: looked.handle,
            timeline,
            book,
            facts,
            growth,
            immunisation,
            names,
        })
    }
}

/// Questionnaires with bands and change, newest first. What one informant says is never set against another.
fn sdq_lines(questionnaires: &[Sdq]) -> Vec<SdqLine> {
    let mut lines: Vec<SdqLine> = questionnaires
        .iter()
        .enumerate()
        .map(|(at, sdq)| {
            let before = questionnaires
                .iter()
                .take(at)
                .rev()
                .find(|earlier| earlier.informant == sdq.informant && earlier.total.is_some());
            let form = Informant::from_code(&sdq.informant)
                .zip(sdq.age.and_then(|age| u8::try_from(age).ok()))
                .and_then(|(informant, age)| informant.form(age).ok());
            let banded = form
                .zip(sdq.total.and_then(|total| u8::try_from(total).ok()))
                .and_then(|(form, total)| band(form, Scheme::Three, Scale::Total, total));
            SdqLine {
                band: banded,
                change: sdq.total.zip(before.and_then(|b| b.total)).map(|(now, then)| now - then),
                sdq: sdq.clone(),
            }
        })
        .collect();
    lines.reverse();
    lines
}

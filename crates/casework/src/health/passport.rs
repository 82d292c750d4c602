//! The passport: what the young person keeps of their health, as a page for a telephone and for paper.

use jiff::civil::Date;
use kinfold_access::{Action, Relation};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, Sensitivity};
use serde_json::json;
use smol_str::SmolStr;

use super::facts::{HealthFacts, Shared};
use super::immunised::ImmunisationReport;
use super::page::HealthPage;
use super::pieces::Material;
use super::share::{Audience, Decided, Rendered, Rendering, SharePurpose, render};
use super::summary::{SummaryAsk, drafted, told_of};
use crate::actor::Actor;
use crate::child::redact;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::record::{NewEntry, Recorded};
use crate::veil::entries_for;

/// A passport.
#[derive(Debug, Clone)]
pub struct Passport {
    /// What the young person is called.
    pub name: String,
    /// The child's health as the person who looks may know it; `None` for the young person, who sees the passport alone.
    pub page: Option<HealthPage>,
    /// What it says.
    pub rendered: Rendered,
    /// Passports issued before, newest first.
    pub issued: Vec<Shared>,
    /// The day it says how things stand on.
    pub on: Date,
    /// Whether the record has changed since the last was issued: it is to be issued anew.
    pub changed: bool,
}

/// A passport with the entries it was made from, before anything is logged.
pub(crate) struct Made {
    pub passport: Passport,
    /// The entries that are told of in it.
    pub told: Vec<Entry>,
    /// Who it is about, without what this person may not know.
    pub timeline: kinfold_record::Timeline,
    /// Whether this person may know the date of birth and the numbers of the child.
    pub identified: bool,
}

impl Casework {
    /// The passport. A young person sees the last one that was issued to them, as it was issued; whoever works with them
    /// sees what would be issued now.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such child, none was issued yet, or this person may not see it.
    pub async fn health_passport(&self, actor: &Actor, child: ChildId) -> Result<Passport> {
        let made = self.make_passport(actor, child).await?;
        let line = actor.line("view_child", Some(child.0), true, &json!({"page": "health_passport"}));
        self.house.pen.write(vec![line]).await?;
        Ok(made.passport)
    }

    /// The same to be taken away as a file.
    ///
    /// # Errors
    /// As [`Casework::health_passport`]; [`Error::Reauthenticate`] unless the password was given lately.
    pub async fn passport_copy(&self, actor: &Actor, child: ChildId) -> Result<Passport> {
        let made = self.make_passport(actor, child).await?;
        actor.require_fresh()?;
        let detail = json!({"page": "health_passport", "lines": made.told.len()});
        self.house.pen.write(vec![actor.line("export_passport", Some(child.0), true, &detail)]).await?;
        Ok(made.passport)
    }

    /// Reads the passport for whoever may see it. The caller writes the line in the log.
    pub(crate) async fn make_passport(&self, actor: &Actor, child: ChildId) -> Result<Made> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        let entries = entries_for(&mut *unit, &looked.handle).await?;
        let chronology = Chronology::new(child, entries).map_err(|e| Error::Internal(e.to_string()))?;
        let last = chronology
            .standing(None)
            .into_iter()
            .filter(|e| matches!(e.event, Event::HealthPassportIssued { .. }))
            .max_by_key(|e| e.recorded_at)
            .cloned();
        let may = looked.handle.may;
        let identified = may.has(Action::ViewIdentity);
        if may.has(Action::ViewHealth) {
            let page = self.health_of(&mut *unit, looked).await?;
            drop(unit);
            let (rendered, told) = drafted(&page, &for_themselves());
            let changed = last
                .as_ref()
                .is_none_or(|last| self.as_issued(&chronology, last, &page.timeline).0 != rendered.sections);
            let told = standing_of(&chronology, &told);
            let timeline = page.timeline.clone();
            let passport = Passport {
                name: page.timeline.identity.name(),
                issued: page.facts.passports.clone(),
                on: page.today,
                page: Some(page),
                rendered,
                changed,
            };
            return Ok(Made { passport, told, timeline, identified });
        }
        drop(unit);
        let own = looked.handle.relations.relation.has(Relation::Own);
        let Some(last) = last.filter(|_| own) else {
            return self.refused(actor, child, Action::ViewHealth).await;
        };
        let Kept { rendered, told, issued } =
            self.as_known(&chronology, Some(last.recorded_at), last.happened_on, &looked.timeline);
        // Whether a newer one would say something else, and no word of what.
        let now = self.as_known(&chronology, None, self.today(), &looked.timeline);
        let changed = now.rendered.sections != rendered.sections;
        let mut timeline = looked.timeline;
        redact(&mut timeline, may, looked.handle.relations);
        let passport = Passport {
            name: timeline.identity.name(),
            page: None,
            rendered,
            issued,
            on: last.happened_on,
            changed,
        };
        Ok(Made { passport, told, timeline, identified })
    }

    /// The sections of the passport as it was when it was issued, and those it was made from.
    fn as_issued(
        &self,
        chronology: &Chronology,
        issued: &Entry,
        timeline: &kinfold_record::Timeline,
    ) -> (Vec<super::share::RenderedSection>, Vec<Entry>) {
        let kept = self.as_known(chronology, Some(issued.recorded_at), issued.happened_on, timeline);
        (kept.rendered.sections, kept.told)
    }

    /// The passport as the record was known at an instant (now when it is none) on a day: entries never change, so what was
    /// known then can be said again. What goes into it is what the policy of sharing gives the child, whoever issued it.
    fn as_known(
        &self,
        chronology: &Chronology,
        known_at: Option<jiff::Timestamp>,
        on: Date,
        timeline: &kinfold_record::Timeline,
    ) -> Kept {
        let open = |e: &&Entry| {
            let label = e.event.kind().read_as(e.sensitivity);
            e.about.is_empty() && matches!(label, Sensitivity::Ordinary | Sensitivity::Health)
        };
        let entries: Vec<&Entry> = chronology.standing(known_at).into_iter().filter(open).collect();
        let book = self.book();
        let facts = HealthFacts::of(&entries, on);
        let immunisation = ImmunisationReport::of(&facts, timeline, &book.guidance.immunisation, on);
        let material = Material {
            facts: &facts,
            timeline,
            immunisation: immunisation.as_ref(),
            codes: &book.guidance.codes,
            today: on,
        };
        let audience = Audience {
            recipient: "child".to_owned(),
            rendering: Rendering::YoungPerson,
            purpose: SharePurpose::Keeping,
            age: timeline.age_on(on),
            consent: true,
            decided: Decided::default(),
        };
        let pieces = material.pieces();
        let ids = told_of(&pieces, &audience);
        let told = entries.into_iter().filter(|e| ids.contains(&e.id)).cloned().collect();
        Kept { told, rendered: render(&pieces, audience), issued: facts.passports }
    }

    /// Records that the passport was issued.
    ///
    /// # Errors
    /// As [`Casework::record`]; [`Error::Absent`] unless this person reads health detail.
    pub async fn issue_passport(
        &self,
        actor: &Actor,
        child: ChildId,
        seen: i64,
        key: &str,
        reason: &str,
        forms: &[String],
    ) -> Result<Recorded> {
        let page = self.read_health(actor, child, Action::ViewHealth).await?;
        if !page.handle.may.has(Action::RecordHealth) {
            return self.refused(actor, child, Action::RecordHealth).await;
        }
        let version = page.facts.passports.iter().filter_map(|p| p.version).max().unwrap_or(0) + 1;
        let event = Event::HealthPassportIssued {
            reason: reason.into(),
            forms: (!forms.is_empty()).then(|| forms.iter().map(SmolStr::new).collect()),
            version: Some(version),
            document: None,
        };
        self.record(actor, child, seen, key, vec![NewEntry::on(page.today, event)]).await
    }
}

fn for_themselves() -> SummaryAsk {
    SummaryAsk {
        recipient: "child".to_owned(),
        rendering: Some(Rendering::YoungPerson),
        purpose: Some(SharePurpose::Keeping),
        decided: Decided::default(),
    }
}

/// A passport as it was known, with the entries it tells of and the ones issued till then.
struct Kept {
    rendered: Rendered,
    told: Vec<Entry>,
    issued: Vec<Shared>,
}

/// The entries that stand, of those named.
fn standing_of(chronology: &Chronology, ids: &[EntryId]) -> Vec<Entry> {
    chronology.standing(None).into_iter().filter(|e| ids.contains(&e.id)).cloned().collect()
}

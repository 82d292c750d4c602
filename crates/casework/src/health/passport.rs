//! The passport: what the young person keeps of their health, as a page for a telephone and for paper.

use jiff::civil::Date;
use kinfold_access::{Action, Relation};
use kinfold_record::{ChildId, Chronology, Entry, Event, Sensitivity};
use serde_json::json;
use smol_str::SmolStr;

use super::facts::{HealthFacts, Shared};
use super::immunised::ImmunisationReport;
use super::page::HealthPage;
use super::pieces::Material;
use super::share::{Audience, Decided, Rendered, Rendering, SharePurpose, render};
use super::summary::{SummaryAsk, draft};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::record::{NewEntry, Recorded, read_entries};

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

impl Casework {
    /// The passport. A young person sees the last one that was issued to them, as it was issued; whoever works with them
    /// sees what would be issued now.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such child, none was issued yet, or this person may not see it.
    pub async fn health_passport(&self, actor: &Actor, child: ChildId) -> Result<Passport> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        let entries = read_entries(&mut *unit, child).await?;
        let chronology = Chronology::new(child, entries).map_err(|e| Error::Internal(e.to_string()))?;
        let last = chronology
            .standing(None)
            .into_iter()
            .filter(|e| matches!(e.event, Event::HealthPassportIssued { .. }))
            .max_by_key(|e| e.recorded_at)
            .cloned();
        let line = actor.line("view_child", Some(child.0), true, &json!({"page": "health_passport"}));
        if looked.handle.may.has(Action::ViewHealth) {
            let page = self.health_of(&mut *unit, looked).await?;
            drop(unit);
            let rendered = draft(&page, &for_themselves());
            let changed = last.as_ref().is_none_or(|last| {
                self.as_issued(&chronology, last, &page.timeline).rendered.sections != rendered.sections
            });
            self.house.pen.write(vec![line]).await?;
            return Ok(Passport {
                name: page.timeline.identity.name(),
                issued: page.facts.passports.clone(),
                on: page.today,
                page: Some(page),
                rendered,
                changed,
            });
        }
        drop(unit);
        let own = looked.handle.relations.relation.has(Relation::Own);
        let Some(last) = last.filter(|_| own) else {
            return self.refused(actor, child, Action::ViewHealth).await;
        };
        let passport = self.as_issued(&chronology, &last, &looked.timeline);
        self.house.pen.write(vec![line]).await?;
        Ok(passport)
    }

    /// The passport as it was when it was issued: entries never change, so what was known then can be said again. What
    /// goes into it is what the policy of sharing gives the child, whoever issued it.
    fn as_issued(
        &self,
        chronology: &Chronology,
        issued: &Entry,
        timeline: &kinfold_record::Timeline,
    ) -> Passport {
        let open = |e: &&Entry| {
            e.about.is_empty() && matches!(e.sensitivity, Sensitivity::Ordinary | Sensitivity::Health)
        };
        let entries: Vec<&Entry> =
            chronology.standing(Some(issued.recorded_at)).into_iter().filter(open).collect();
        let (on, book) = (issued.happened_on, self.book());
        let facts = HealthFacts::of(&entries, on);
        let immunisation = ImmunisationReport::of(&facts, timeline, &book.guidance.immunisation, on);
        let material = Material {
            facts: &facts,
            timeline,
            immunisation: immunisation.as_ref(),
            codes: &book.guidance.codes,
            today: on,
        };
        let rendered = render(
            &material.pieces(),
            Audience {
                recipient: "child".to_owned(),
                rendering: Rendering::YoungPerson,
                purpose: SharePurpose::Keeping,
                age: timeline.age_on(on),
                consent: true,
                decided: Decided::default(),
            },
        );
        Passport {
            name: timeline.identity.name(),
            page: None,
            rendered,
            issued: facts.passports,
            on,
            changed: false,
        }
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

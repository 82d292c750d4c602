//! What a draft is begun with: the words of the outline, and sentences told from the record. From then on it is text, and
//! belongs to those who edit it.

use jiff::civil::Date;
use kinfold_guidance::Outline;
use kinfold_guidance::framework::Voice;
use kinfold_guidance::outline::Draw;
use kinfold_store::Unit;
use uuid::Uuid;

use super::publication::{Kept, PromiseTest, PublicationEvent};
use super::read::{pledge_of, publications};
use crate::authority::audit::{Audit, AuditEvent};
use crate::authority::entry::room;
use crate::authority::panel::{held, quotes_since, visits_since};
use crate::authority::plan::{Plan, PlanEvent, Status};
use crate::error::Result;
use crate::house::Casework;

/// A sentence in a list.
fn point(words: &str) -> String {
    format!("- {}", words.replace('\n', " "))
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

impl Casework {
    /// The entries that a draft begins with, after the one that begins it.
    pub(in crate::authority) async fn drafted(
        &self,
        unit: &mut dyn Unit,
        outline: &Outline,
        year: i16,
    ) -> Result<Vec<(Option<Uuid>, PublicationEvent)>> {
        let authority = &self.settings().authority;
        let fill =
            |text: &str| text.trim().replace("{authority}", authority).replace("{year}", &year.to_string());
        let mut out = Vec::new();
        for section in &outline.sections {
            let mut text = fill(&section.text);
            for draw in &section.draws {
                for line in self.drawn(unit, *draw).await? {
                    text.push('\n');
                    text.push_str(&line);
                }
            }
            let (heading, measures) = (fill(&section.heading), section.measures.clone());
            out.push((Some(self.new_id()), PublicationEvent::SectionWritten { heading, text, measures }));
        }
        for promise in &outline.promises {
            let test = match &promise.measure {
                None => PromiseTest::Judgement,
                Some(measure) => PromiseTest::Measure {
                    measure: measure.clone(),
                    at_least: promise.at_least.map(f64::from),
                    at_most: promise.at_most.map(f64::from),
                },
            };
            let (text, means) = (fill(&promise.text), fill(&promise.means));
            out.push((Some(self.new_id()), PublicationEvent::PromiseWritten { text, means, test }));
        }
        let figures = self.placed_all(Some(year), &[]).await?;
        let profile = match outline.profile.as_deref() {
            Some(id) => Some(Box::new(self.needs_told(Some(id), Some(year)).await?)),
            None => None,
        };
        out.push((None, PublicationEvent::FiguresFixed { on: self.today(), figures, profile }));
        Ok(out)
    }

    /// Lines told from the record.
    async fn drawn(&self, unit: &mut dyn Unit, draw: Draw) -> Result<Vec<String>> {
        let today = self.today();
        let since = today.saturating_sub(jiff::Span::new().years(1));
        Ok(match draw {
            Draw::Plans => plans(unit, today).await?,
            Draw::Audits => audits(unit).await?,
            Draw::Panel => {
                let met = held(unit, since, today).await?;
                let visits = visits_since(unit, since, today).await?;
                vec![point(&format!(
                    "The panel met {}; its members wrote down {}.",
                    count(met, "time", "times"),
                    count(visits.len(), "visit or event", "visits and events")
                ))]
            }
            Draw::Visits => {
                visits_since(unit, since, today).await?.iter().map(|visit| point(&visit.sentence())).collect()
            }
            Draw::Voice => {
                let whose = |of: &str| {
                    Voice::ALL.into_iter().find(|v| v.as_str() == of).map_or("Somebody", Voice::title)
                };
                let quotes = quotes_since(unit, Some(since)).await?;
                quotes.iter().map(|q| point(&format!("“{}” ({})", q.words, whose(&q.of)))).collect()
            }
            Draw::Pledge => self.pledge_lines(unit).await?,
            Draw::Arising | Draw::Measures => Vec::new(),
        })
    }

    async fn pledge_lines(&self, unit: &mut dyn Unit) -> Result<Vec<String>> {
        let all = publications(unit).await?;
        let Some(pledge) = pledge_of(&all) else { return Ok(Vec::new()) };
        let Some(latest) = pledge.latest() else { return Ok(Vec::new()) };
        let check = pledge.checks.last();
        let line = |(id, text, _): &(Uuid, String, String)| {
            let judged = check.and_then(|(_, promises, _)| promises.iter().find(|j| j.promise == *id));
            let how = judged.map_or(Kept::NotKnown.title(), |judged| judged.kept.title());
            let why = judged.and_then(|judged| judged.why.as_deref()).unwrap_or_default();
            point(format!("{text} {how}. {why}").trim())
        };
        Ok(latest.document.promises.iter().map(line).collect())
    }
}

async fn plans(unit: &mut dyn Unit, today: Date) -> Result<Vec<String>> {
    let found = room::<PlanEvent>(unit).await?;
    let plans = found.iter().filter_map(|(id, entries)| Plan::of(*id, entries));
    let mut out = Vec::new();
    for plan in plans.filter(|plan| !plan.recommendations.is_empty()) {
        let done = plan.recommendations.iter().filter(|r| r.status() == Status::Done).count();
        let (all, late) = (plan.recommendations.len(), plan.late(today).count());
        out.push(point(&format!(
            "{}: {}, {done} done, {} still to do, {late} late.",
            plan.title,
            count(all, "recommendation", "recommendations"),
            plan.open()
        )));
    }
    Ok(out)
}

async fn audits(unit: &mut dyn Unit) -> Result<Vec<String>> {
    let found = room::<AuditEvent>(unit).await?;
    let audits = found.iter().filter_map(|(id, entries)| Audit::of(*id, entries));
    let line = |audit: Audit| {
        let judged = audit.judged();
        let held = judged.iter().filter(|j| j.level.is_some()).count();
        let apart = judged.iter().filter(|j| j.disagreed()).count();
        let summary = audit.closed.and_then(|(_, summary)| summary).unwrap_or_default();
        point(
            format!(
                "{}: {} judged, {} seen differently. {summary}",
                audit.title,
                count(held, "question", "questions"),
                apart
            )
            .trim(),
        )
    };
    Ok(audits.map(line).collect())
}

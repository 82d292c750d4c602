//! A recommendation that stays late is told to one person after another, as a duty is: its lead, the head of service,
//! the director. Each step is told once, by notices; so is a progress report that was not made in time.

use std::collections::{BTreeMap, HashSet};

use kinfold_access::Purpose;
use kinfold_store::{NoticeRow, Unit};
use serde_json::json;
use uuid::Uuid;

use super::entry::{lock, room};
use super::plan::{LADDER, Plan, PlanEvent, Recommendation};
use crate::actor::audit_line;
use crate::error::Result;
use crate::house::Casework;
use crate::pen::log;

impl Casework {
    /// Tells whoever must be told today of recommendations that are late. Running it again tells nobody twice. Answers
    /// how many notices were made. `mailed` holds who was sent a message in this run.
    pub(crate) async fn climb_plans(&self, mailed: &mut HashSet<Uuid>) -> Result<usize> {
        let today = self.today();
        let behind = |r: &Recommendation| r.rungs(today) > r.climbed;
        let mut unit = self.house.store.glance().await?;
        let due = room::<PlanEvent>(&mut *unit).await?;
        let due = due.iter().filter_map(|(id, entries)| Plan::of(*id, entries));
        let due: Vec<Uuid> = due
            .filter(|plan| plan.recommendations.iter().any(behind) || plan.report_to_tell(today).is_some())
            .map(|plan| plan.id)
            .collect();
        drop(unit);
        let mut made = 0;
        for id in due {
            let mut unit = self.house.store.write().await?;
            lock(&mut *unit).await?;
            // Read again: another process may have told it meanwhile.
            let (plan, _) = super::plans::plan(&mut *unit, id).await?;
            let late: Vec<&Recommendation> = plan.recommendations.iter().filter(|r| behind(r)).collect();
            let report = plan.report_to_tell(today);
            if late.is_empty() && report.is_none() {
                continue;
            }
            let mut told: BTreeMap<Uuid, Vec<&Recommendation>> = BTreeMap::new();
            let mut events = Vec::new();
            for recommendation in late {
                let rung = recommendation.rungs(today);
                let people = self.to_tell(&mut *unit, &plan, recommendation, rung).await?;
                for person in &people {
                    told.entry(*person).or_default().push(recommendation);
                }
                events.push((Some(recommendation.item), PlanEvent::Climbed { rung, told: people }));
            }
            let mut notices: Vec<NoticeRow> =
                told.into_iter().map(|(person, late)| self.late_notice(&plan, person, &late)).collect();
            if let Some(due) = report {
                // Whoever answers for the plan makes the report, and the panel’s clerk waits for it.
                let mut people = vec![plan.owner];
                people.extend(unit.holders("panel_clerk", None, today).await?.into_iter().map(|p| p.id));
                people.sort_unstable();
                people.dedup();
                notices.extend(people.iter().map(|person| self.report_notice(&plan, *person)));
                events.push((None, PlanEvent::ReportLate { due, told: people }));
            }
            self.add_entries(&mut *unit, id, plan.version, None, &events).await?;
            made += notices.len();
            self.give_notices(&mut *unit, &notices, mailed).await?;
            let detail = json!({"plan": id, "late": events.len(), "told": notices.len()});
            let line =
                audit_line(self.now(), None, None, "plan_late", None, Purpose::Management, true, &detail);
            log(&mut *unit, vec![line]).await?;
            unit.commit().await?;
        }
        Ok(made)
    }

    /// Who is told now: those on the steps that were not told yet, each once. Without a lead who has an account it is
    /// whoever answers for the plan.
    async fn to_tell(
        &self,
        unit: &mut dyn Unit,
        plan: &Plan,
        late: &Recommendation,
        rung: u8,
    ) -> Result<Vec<Uuid>> {
        let mut people: Vec<Uuid> = Vec::new();
        for (_, role) in LADDER.iter().take(rung.into()).skip(late.climbed.into()) {
            let found = match *role {
                "lead" => vec![late.lead_person().unwrap_or(plan.owner)],
                role => unit.holders(role, None, self.today()).await?.into_iter().map(|p| p.id).collect(),
            };
            if found.is_empty() {
                tracing::warn!(%role, "nobody holds the role that a late recommendation climbs to");
            }
            for person in found {
                if !people.contains(&person) {
                    people.push(person);
                }
            }
        }
        Ok(people)
    }

    fn report_notice(&self, plan: &Plan, person: Uuid) -> NoticeRow {
        NoticeRow {
            id: self.new_id(),
            person,
            child: None,
            kind: "plan_report_late".to_owned(),
            text: format!("The progress report of the action plan “{}” is late.", plan.title),
            link: Some(format!("/plans/{}/report", plan.id)),
            created_at: self.now(),
            read_at: None,
        }
    }

    fn late_notice(&self, plan: &Plan, person: Uuid, late: &[&Recommendation]) -> NoticeRow {
        let numbers: Vec<&str> = late.iter().map(|r| r.number.as_str()).collect();
        let (what, link) = match late {
            [one] => ("Recommendation", format!("/plans/{}/{}", plan.id, one.item)),
            _ => ("Recommendations", format!("/plans/{}", plan.id)),
        };
        let verb = if late.len() == 1 { "is" } else { "are" };
        NoticeRow {
            id: self.new_id(),
            person,
            child: None,
            kind: "plan_late".to_owned(),
            text: format!("{what} {} of the action plan “{}” {verb} late.", numbers.join(", "), plan.title),
            link: Some(link),
            created_at: self.now(),
            read_at: None,
        }
    }
}

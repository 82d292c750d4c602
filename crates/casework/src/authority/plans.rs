//! Reading action plans: all of them, one, and one as it stood when a report was made.

use std::collections::HashMap;

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_store::Unit;
use serde_json::json;
use uuid::Uuid;

use super::entry::{Written, entries, names, room};
use super::plan::{Lead, Plan, PlanEvent, Recommendation, Report};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;

/// A plan in the list.
#[derive(Debug, Clone)]
pub struct PlanLine {
    /// The plan.
    pub plan: Plan,
    /// Who answers for it, by name.
    pub owner: String,
    /// How many recommendations are late.
    pub late: usize,
    /// The day by which the next progress report is to be made.
    pub report_due: Option<Date>,
}

/// All plans.
#[derive(Debug, Clone)]
pub struct PlansPage {
    /// The plans, the newest first.
    pub plans: Vec<PlanLine>,
    /// Whether this person makes plans.
    pub may_edit: bool,
    /// The day.
    pub today: Date,
}

/// One plan as it stands, or stood.
#[derive(Debug, Clone)]
pub struct PlanPage {
    /// The plan.
    pub plan: Plan,
    /// Its entries, oldest first.
    pub entries: Vec<Written<PlanEvent>>,
    /// Names of everybody in it.
    pub names: HashMap<Uuid, String>,
    /// The day that lateness is counted on: today, or that of the report.
    pub on: Date,
    /// The report it is shown for.
    pub report: Option<Report>,
    /// Whether this person changes the plan.
    pub may_edit: bool,
    /// Whether this person writes down what the panel says.
    pub may_comment: bool,
    /// Who is looking.
    pub me: Uuid,
}

impl PlanPage {
    /// A person's name; the program's own where there is none.
    pub fn name(&self, person: Option<Uuid>) -> &str {
        match person {
            Some(person) => self.names.get(&person).map_or("somebody", String::as_str),
            None => "Kinfold",
        }
    }

    /// Who leads, in words.
    pub fn lead(&self, recommendation: &Recommendation) -> Option<String> {
        recommendation.lead.as_ref().map(|(lead, _)| match lead {
            Lead::Person(person) => self.name(Some(*person)).to_owned(),
            Lead::Post(post) => post.clone(),
        })
    }

    /// Whether this person writes about the progress of a recommendation: they change the plan, or lead on it.
    pub fn may_report_on(&self, recommendation: &Recommendation) -> bool {
        self.may_edit || recommendation.lead_person() == Some(self.me)
    }
}

/// Everybody who wrote in a plan, answers for it or leads on a part of it.
fn people(plan: &Plan, entries: &[Written<PlanEvent>]) -> Vec<Uuid> {
    let mut out = vec![plan.owner];
    for entry in entries {
        out.extend(entry.by);
        match &entry.event {
            PlanEvent::Led { person, .. } => out.extend(*person),
            PlanEvent::Climbed { told, .. } | PlanEvent::ReportLate { told, .. } => out.extend(told),
            PlanEvent::HandedOver { owner } => out.push(*owner),
            _ => {}
        }
    }
    out
}

/// A plan with its entries.
pub(super) async fn plan(unit: &mut dyn Unit, id: Uuid) -> Result<(Plan, Vec<Written<PlanEvent>>)> {
    let entries = entries::<PlanEvent>(unit, id).await?;
    let plan = Plan::of(id, &entries).ok_or(Error::Absent)?;
    Ok((plan, entries))
}

impl Casework {
    /// Every action plan.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read plans.
    pub async fn plans(&self, actor: &Actor) -> Result<PlansPage> {
        actor.require(Action::ViewPlans)?;
        let today = self.today();
        let mut unit = self.house.store.glance().await?;
        let found = room::<PlanEvent>(&mut *unit).await?;
        let mut plans: Vec<Plan> = found.iter().filter_map(|(id, entries)| Plan::of(*id, entries)).collect();
        plans.sort_by_key(|plan| std::cmp::Reverse(plan.id));
        let names = names(&mut *unit, plans.iter().map(|plan| plan.owner).collect()).await?;
        drop(unit);
        let line = |plan: Plan| PlanLine {
            owner: names.get(&plan.owner).cloned().unwrap_or_default(),
            late: plan.late(today).count(),
            report_due: plan.next_report_on(),
            plan,
        };
        let plans: Vec<PlanLine> = plans.into_iter().map(line).collect();
        let detail = json!({"page": "plans", "rows": plans.len()});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        Ok(PlansPage { plans, may_edit: actor.may().has(Action::EditPlans), today })
    }

    /// One plan as it stands; with a report, as it stood when that was made.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read plans, or when there is no such plan or report.
    pub async fn plan(&self, actor: &Actor, id: Uuid, report: Option<i64>) -> Result<PlanPage> {
        actor.require(Action::ViewPlans)?;
        let page = self.plan_page(actor, id, report).await?;
        let detail = json!({"plan": id, "report": report});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        Ok(page)
    }

    /// The same without a line in the log, for use cases that write their own.
    pub(super) async fn plan_page(&self, actor: &Actor, id: Uuid, report: Option<i64>) -> Result<PlanPage> {
        let mut unit = self.house.store.glance().await?;
        let (mut plan, mut entries) = plan(&mut *unit, id).await?;
        let names = names(&mut *unit, people(&plan, &entries)).await?;
        drop(unit);
        let report = match report {
            None => None,
            Some(version) => {
                let made = plan.reports.iter().find(|r| r.made.version == version).cloned();
                let made = made.ok_or(Error::Absent)?;
                // What was recorded after it is not of that report, not even a correction of a word.
                entries.retain(|entry| entry.version < version);
                plan = Plan::of(id, &entries).ok_or(Error::Absent)?;
                Some(made)
            }
        };
        let may = actor.may();
        Ok(PlanPage {
            on: report.as_ref().map_or_else(|| self.today(), |report| report.on),
            may_edit: report.is_none() && may.has(Action::EditPlans),
            may_comment: report.is_none() && may.has(Action::CommentAsPanel),
            me: actor.person().0,
            plan,
            entries,
            names,
            report,
        })
    }
}

//! Taking up a plan that lies in the guidance as a file: an example to learn from, or a council's own.

use kinfold_access::Action;
use kinfold_guidance::{ActionPlan, ActionStatus};
use uuid::Uuid;

use super::plan::Status;
use super::plan_change::{NewPlan, NewRecommendation};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;

/// A plan that can be taken up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFile {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many recommendations it has.
    pub recommendations: usize,
}

fn status(of: ActionStatus) -> Status {
    match of {
        ActionStatus::NotStarted => Status::NotStarted,
        ActionStatus::UnderWay => Status::UnderWay,
        ActionStatus::Continuing => Status::Continuing,
        ActionStatus::Done => Status::Done,
        ActionStatus::NotTakenFurther => Status::NotTakenFurther,
    }
}

fn recommendation(of: &kinfold_guidance::action_plan::Action) -> NewRecommendation {
    let mut text = of.recommendation.clone();
    for (letter, point) in ('a'..='z').zip(&of.points) {
        text.push_str(&format!("\n{letter}) {point}"));
    }
    let targets = of.targets.iter().map(|target| match &target.of {
        Some(part) => format!("{} ({part})", target.words),
        None => target.words.clone(),
    });
    NewRecommendation {
        number: of.number.to_string(),
        text,
        email: String::new(),
        post: of.lead.clone(),
        target: targets.collect::<Vec<_>>().join("; "),
        target_on: of.due(),
        from: of.place.clone(),
        progress: of.progress.iter().map(|note| (note.text.clone(), note.on)).collect(),
        comments: of
            .comments
            .iter()
            .map(|said| (said.text.clone(), said.on, Some(said.by.clone())))
            .collect(),
        status: Some((status(of.status), of.status_reason.clone())),
    }
}

pub(super) fn plan(of: &ActionPlan) -> NewPlan {
    let months = of.reports_every.map_or(0, |every| match every.unit {
        kinfold_guidance::Unit::Months => u8::try_from(every.count).unwrap_or(0),
        kinfold_guidance::Unit::Years => u8::try_from(every.count.saturating_mul(12)).unwrap_or(0),
        _ => 0,
    });
    let said = |c: &kinfold_guidance::action_plan::Comment| (c.text.clone(), c.on, Some(c.by.clone()));
    NewPlan {
        title: of.head.title.to_string(),
        about: of.summary.clone().unwrap_or_default(),
        source: of.from.clone(),
        report_months: months,
        file: Some(format!("{} {}", of.head.id, of.head.version)),
        recommendations: of.actions.iter().map(recommendation).collect(),
        comments: of.comments.iter().map(said).collect(),
    }
}

impl Casework {
    /// The plans in the guidance that can be taken up today.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to make plans.
    pub fn plan_files(&self, actor: &Actor) -> Result<Vec<PlanFile>> {
        actor.require(Action::EditPlans)?;
        let book = self.book();
        let file = |plan: &&ActionPlan| PlanFile {
            id: plan.head.id.to_string(),
            title: plan.head.title.to_string(),
            recommendations: plan.actions.len(),
        };
        Ok(book.guidance.plans.offered(self.today()).iter().map(file).collect())
    }

    /// Takes up a plan from the guidance, with all that its file holds. Answers the new plan.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to make plans; [`Error::Invalid`] when there is no such file.
    pub async fn take_up_plan(&self, actor: &Actor, file: &str, key: &str) -> Result<Uuid> {
        let book = self.book();
        let found = book.guidance.plans.on(file, self.today());
        let found = found.ok_or_else(|| Error::invalid("file", "Choose a plan from the list"))?;
        self.make_plan(actor, &plan(found), key).await
    }
}

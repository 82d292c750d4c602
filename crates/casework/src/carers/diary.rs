//! The diary: what is coming for the children in somebody's care, from what stands in the record.

use jiff::civil::Date;
use kinfold_pathway::State;
use kinfold_record::{ChildId, Event};
use kinfold_store::Unit;
use smol_str::SmolStr;

use super::home::{in_care, my_children};
use super::space::Space;
use crate::actor::Actor;
use crate::child::may_know_duty;
use crate::error::Result;
use crate::house::Casework;
use crate::reviews::ReviewFacts;

/// What is coming.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coming {
    /// The review: at what time, and where (a code of `review_place`; never an address).
    Review(Option<String>, Option<SmolStr>),
    /// A health assessment: a code of `health_assessment`.
    HealthAssessment(SmolStr),
    /// An appointment after a referral: a code of `referral_service`.
    Appointment(SmolStr),
    /// The dentist.
    Dentist,
    /// Eyes.
    Optician,
    /// Hearing.
    Hearing,
    /// A medicine is looked at again: its name.
    MedicineReview(String),
    /// Who decides is looked at again: a code of `delegated_decision`.
    Decision(SmolStr),
    /// The social worker visits by this day.
    VisitBy,
    /// The review is held by this day; none has been called yet.
    ReviewBy,
    /// The plan for school is made or looked at by this day.
    SchoolPlanBy,
    /// The health assessment takes place by this day.
    HealthBy,
    /// Something the carer does: the title of the duty, its rule and occasion.
    Mine(String, SmolStr, String),
}

impl Coming {
    /// Whether the day is the last day rather than the day itself.
    pub fn is_by(&self) -> bool {
        matches!(self, Self::VisitBy | Self::ReviewBy | Self::SchoolPlanBy | Self::HealthBy | Self::Mine(..))
    }
}

/// One thing in the diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiaryLine {
    /// The day, or the last day.
    pub on: Date,
    /// What.
    pub what: Coming,
    /// Whose.
    pub child: ChildId,
    /// What their carers call the child.
    pub called: String,
}

/// The diary of a carer.
#[derive(Debug, Clone)]
pub struct DiaryPage {
    /// The day it is.
    pub today: Date,
    /// What is coming, soonest first. What the carer owes and is late with stands first.
    pub lines: Vec<DiaryLine>,
    /// Children whose pages are closed until the undertaking is signed: nothing of theirs is listed.
    pub closed: usize,
}

/// What is coming for one child, soonest first.
pub(super) fn coming(space: &Space) -> Vec<DiaryLine> {
    let mut lines = Vec::new();
    let mut add = |on: Date, what: Coming| {
        lines.push(DiaryLine { on, what, child: space.child(), called: space.called() });
    };
    let today = space.today;
    let entries = space.readable();
    let facts = ReviewFacts::of(&entries);
    let called = facts.next().filter(|r| r.on >= today);
    if let Some(review) = called {
        add(review.on, Coming::Review(review.time.clone(), review.place.clone()));
    }
    for entry in &entries {
        match &entry.event {
            Event::HealthStep { appointment: Some(on), assessment, .. } => {
                add(*on, Coming::HealthAssessment(assessment.clone()))
            }
            Event::DentalCheck { again_on: Some(on), .. } => add(*on, Coming::Dentist),
            Event::EyeTest { again_on: Some(on), .. } => add(*on, Coming::Optician),
            Event::HearingTest { again_on: Some(on), .. } => add(*on, Coming::Hearing),
            Event::MedicineStarted { review_on: Some(on), name, .. } => {
                add(*on, Coming::MedicineReview(name.clone()))
            }
            Event::DelegationDecided { review_on: Some(on), decision, .. } => {
                add(*on, Coming::Decision(decision.clone()))
            }
            Event::ReferralStep { appointment: Some(on), referral, .. } => {
                let service = entries.iter().find_map(|e| match &e.event {
                    Event::ReferralMade { referral: made, service, .. } if made == referral => {
                        Some(service.clone())
                    }
                    _ => None,
                });
                add(*on, Coming::Appointment(service.unwrap_or_default()));
            }
            _ => {}
        }
    }
    for duty in space.duties.iter().filter(|d| d.state == State::Open) {
        let Some(rule) = space.book.rules.rule_of(duty) else { continue };
        if !may_know_duty(space.looked.handle.may, rule) {
            continue;
        }
        let what = match duty.rule.as_str() {
            _ if rule.owner.role == "foster_carer" => {
                Coming::Mine(rule.title.to_string(), duty.rule.clone(), duty.occurrence.to_string())
            }
            "visit.seen_alone" => continue,
            rule if rule.starts_with("visit.") => Coming::VisitBy,
            "review.first" | "review.later" if called.is_none() => Coming::ReviewBy,
            rule if rule.starts_with("education.") => Coming::SchoolPlanBy,
            "health.initial" | "health.review" => Coming::HealthBy,
            _ => continue,
        };
        // A day that has passed says nothing of what comes, unless it is the carer's own to see to.
        let mine = matches!(what, Coming::Mine(..)) && duty.opens_on <= today;
        if mine || (!matches!(what, Coming::Mine(..)) && duty.due_on >= today) {
            add(duty.due_on, what);
        }
    }
    lines.retain(|l| l.on >= today || matches!(l.what, Coming::Mine(..)));
    lines.sort_by(|a, b| (a.on, &a.what).cmp(&(b.on, &b.what)));
    lines.dedup_by(|a, b| a.on == b.on && a.what == b.what);
    // Of what only has a last day, the soonest says enough.
    let mut seen = Vec::new();
    lines.retain(|l| {
        let again = l.what.is_by() && !matches!(l.what, Coming::Mine(..)) && seen.contains(&l.what);
        seen.push(l.what.clone());
        !again
    });
    lines
}

impl Casework {
    /// What is coming for the children in somebody's care, for their calendar: with the child's short reference and no name.
    /// What is theirs to do is among their duties. The caller writes the line in the log: a calendar that asks every hour is
    /// nobody who looked at a child.
    pub(crate) async fn diary_for_calendar(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
    ) -> Result<Vec<(DiaryLine, String)>> {
        let (open, _) = in_care(self, unit, actor).await?;
        let mut lines = Vec::new();
        for looked in open {
            let space = self.space_for(unit, looked).await?;
            let coming = coming(&space).into_iter().filter(|l| !matches!(l.what, Coming::Mine(..)));
            lines.extend(coming.map(|line| (line, space.looked.row.reference.clone())));
        }
        Ok(lines)
    }

    /// The diary of whoever asks, over all children in their care.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] for somebody who is no carer.
    pub async fn carers_diary(&self, actor: &Actor) -> Result<DiaryPage> {
        let (open, closed) = my_children(self, actor, "diary").await?;
        let mut lines: Vec<DiaryLine> = open.iter().flat_map(coming).collect();
        lines.sort_by(|a, b| (a.on, &a.called, &a.what).cmp(&(b.on, &b.called, &b.what)));
        Ok(DiaryPage { today: self.today(), lines, closed: closed.len() })
    }
}

//! Clinic slots against the assessments that fall due: whether what must happen in the coming quarter can happen.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use kinfold_access::{Action, Code};
use kinfold_record::Subject;
use kinfold_store::{BoardFilter, ChildFilter, Page, Standing};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::Actor;
use crate::error::{Error, FieldProblem, Result};
use crate::house::Casework;
use crate::pen::log;

/// Weeks looked ahead: a quarter.
pub const WEEKS: i32 = 13;
/// The setting of the authority that holds the clinics.
const KEY: &str = "health_clinics";
/// The assessments a clinic is for.
const RULES: [&str; 2] = ["health.initial", "health.review"];
/// Clinics kept at most.
const MOST_CLINICS: usize = 20;

/// A clinic that sees children week by week. Stored as JSON among the settings of the authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clinic {
    /// What it is called.
    pub name: String,
    /// Children it can see in a week.
    pub slots: u32,
    /// Minutes for one assessment with its report.
    pub minutes: u32,
}

/// What falls due in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekOfNeed {
    /// Its first day; the first week is the coming seven days.
    pub from: Date,
    /// Assessments due in it.
    pub due: i64,
    /// Slots there are.
    pub slots: i64,
    /// Assessments that wait for a slot at its end, with those from before.
    pub behind: i64,
}

/// Slots against need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// The clinics.
    pub clinics: Vec<Clinic>,
    /// Assessments that are late now.
    pub late: i64,
    /// The coming weeks.
    pub weeks: Vec<WeekOfNeed>,
    /// Looked-after children in sight.
    pub children: i64,
    /// Whether this person may change the clinics.
    pub may_change: bool,
}

impl Capacity {
    /// Slots in a week.
    pub fn slots(&self) -> i64 {
        self.clinics.iter().map(|clinic| i64::from(clinic.slots)).sum()
    }

    /// Assessments due by the end of the quarter, with those late now.
    pub fn need(&self) -> i64 {
        self.late + self.weeks.iter().map(|week| week.due).sum::<i64>()
    }

    /// Minutes one assessment takes, over all clinics; `None` without a clinic.
    pub fn minutes_each(&self) -> Option<i64> {
        let slots = self.slots();
        let minutes: i64 = self.clinics.iter().map(|c| i64::from(c.slots) * i64::from(c.minutes)).sum();
        (slots > 0).then(|| minutes / slots)
    }

    /// Hours of clinic a week that the need of the quarter asks for, for each hundred children, in tenths. `None` without
    /// children or clinics.
    pub fn tenths_of_hours_for_100(&self) -> Option<i64> {
        let minutes = self.minutes_each()?;
        let of = self.children * 60 * i64::from(WEEKS);
        (of > 0).then(|| self.need() * minutes * 100 * 10 / of)
    }
}

/// Counts what is due, week by week, against the slots.
fn weeks(today: Date, late: i64, due: &[Date], slots: i64) -> Vec<WeekOfNeed> {
    let mut behind = late;
    (0..WEEKS)
        .map(|week| {
            let at = |weeks: i32| today.saturating_add(Span::new().weeks(weeks));
            let (from, to) = (at(week), at(week + 1));
            let count = due.iter().filter(|day| **day >= from && **day < to).count();
            let due = i64::try_from(count).unwrap_or(i64::MAX);
            behind = (behind + due - slots).max(0);
            WeekOfNeed { from, due, slots, behind }
        })
        .collect()
}

impl Casework {
    /// Clinic slots against the assessments of the coming quarter, over the children this person may find.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to the queue.
    pub async fn health_capacity(&self, actor: &Actor) -> Result<Capacity> {
        actor.require(Action::ViewHealthQueue)?;
        let today = self.today();
        let scope = self.scope(actor, Subject::Child);
        let mut filter = BoardFilter::at(self.now());
        filter.rules = RULES.map(str::to_owned).to_vec();
        filter.standings = vec![Standing::Late, Standing::Due, Standing::Upcoming];
        filter.due_by = Some(today.saturating_add(WEEKS.weeks()));
        let mut unit = self.house.store.read().await?;
        let found = unit.board_list(&scope, &filter, Page { limit: 20_000, offset: 0 }).await?;
        let looked_after = ChildFilter { looked_after: Some(true), ..ChildFilter::default() };
        let children = unit.children(&scope, &looked_after, Page::first(1)).await?.total;
        let clinics = clinics(unit.setting(KEY).await?.as_deref())?;
        drop(unit);
        let due: Vec<Date> = found.rows.iter().map(|line| line.duty.due_on).collect();
        let late = i64::try_from(due.iter().filter(|day| **day < today).count()).unwrap_or(i64::MAX);
        let slots = clinics.iter().map(|clinic| i64::from(clinic.slots)).sum();
        let line = actor.line(
            Action::ViewHealthQueue.as_str(),
            None,
            true,
            &json!({"page": "health_capacity", "rows": due.len()}),
        );
        self.house.pen.write(vec![line]).await?;
        Ok(Capacity {
            clinics,
            late,
            weeks: weeks(today, late, &due, slots),
            children,
            may_change: actor.may().has(Action::SetHealthClinics),
        })
    }

    /// Says which clinics there are and how many children they can see.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] with what cannot be used.
    pub async fn set_health_clinics(&self, actor: &Actor, clinics: &[Clinic]) -> Result<()> {
        actor.require(Action::SetHealthClinics)?;
        let mut problems = Vec::new();
        if clinics.len() > MOST_CLINICS {
            problems.push(("", "Up to 20 clinics can be kept. Put small ones together."));
        }
        for clinic in clinics {
            if clinic.name.trim().is_empty() || clinic.name.chars().count() > 100 {
                problems.push(("name", "Give every clinic a name of up to 100 characters."));
            }
            if !(1..=500).contains(&clinic.slots) {
                problems.push(("slots", "Slots a week are a number from 1 to 500."));
            }
            if !(5..=480).contains(&clinic.minutes) {
                problems.push(("minutes", "Minutes for one assessment are a number from 5 to 480."));
            }
        }
        if !problems.is_empty() {
            let said = |(field, message): (&str, &str)| FieldProblem {
                field: field.into(),
                message: message.into(),
            };
            return Err(Error::Invalid(problems.into_iter().map(said).collect()));
        }
        let text = serde_json::to_string(clinics).map_err(|e| Error::Internal(e.to_string()))?;
        let mut unit = self.house.store.write().await?;
        unit.set_setting(KEY, &text).await?;
        let detail = json!({"clinics": clinics.len()});
        log(&mut *unit, vec![actor.line(Action::SetHealthClinics.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }
}

fn clinics(kept: Option<&str>) -> Result<Vec<Clinic>> {
    let Some(text) = kept else { return Ok(Vec::new()) };
    serde_json::from_str(text).map_err(|e| Error::Internal(format!("the clinics that are kept: {e}")))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_finds_no_slot_waits_for_the_next_week() {
        let today = date(2026, 11, 22);
        let due = [date(2026, 11, 22), date(2026, 11, 28), date(2026, 11, 29), date(2027, 6, 1)];
        let weeks = weeks(today, 3, &due, 2);
        assert_eq!(weeks.len(), 13);
        let first: Vec<(i64, i64)> = weeks.iter().take(4).map(|w| (w.due, w.behind)).collect();
        assert_eq!(first, [(2, 3), (1, 2), (0, 0), (0, 0)], "three late and two due, two slots: three wait");
    }

    #[test]
    fn hours_for_a_hundred_children_are_worked_out_from_the_need() {
        let clinic = |slots, minutes| Clinic { name: "Clinic".into(), slots, minutes };
        let capacity = Capacity {
            clinics: vec![clinic(2, 60), clinic(2, 120)],
            late: 6,
            weeks: weeks(date(2026, 11, 22), 6, &[date(2026, 11, 23); 20], 4),
            children: 50,
            may_change: false,
        };
        assert_eq!((capacity.slots(), capacity.need(), capacity.minutes_each()), (4, 26, Some(90)));
        // 26 assessments of an hour and a half in 13 weeks are 3 hours a week for 50 children, 6 for a hundred.
        assert_eq!(capacity.tenths_of_hours_for_100(), Some(60));
        let none = Capacity { clinics: Vec::new(), ..capacity };
        assert_eq!(none.tenths_of_hours_for_100(), None);
    }
}

//! A plan as a table that leaves the house.

use kinfold_access::Action;
use serde_json::json;
use uuid::Uuid;

use super::plan::{Recommendation, Said};
use super::plans::PlanPage;
use crate::actor::Actor;
use crate::board::{Exported, ExportedCell};
use crate::clock::day;
use crate::error::Result;
use crate::house::Casework;

/// Notes with their days, one under another.
pub fn said(notes: &[Said]) -> String {
    let line = |note: &Said| {
        let who = note.who.as_ref().map_or_else(String::new, |who| format!("{who}, "));
        format!("{} ({who}{})", note.text, note.on.strftime("%-d %B %Y"))
    };
    notes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Every target date, the earlier ones as having been moved.
pub fn targets(recommendation: &Recommendation) -> String {
    let mut out: Vec<String> = Vec::new();
    for (at, target) in recommendation.targets.iter().enumerate() {
        let moved = at + 1 < recommendation.targets.len();
        let until = recommendation.targets.get(at + 1).map(|next| day(next.set.at));
        out.push(match until.filter(|_| moved) {
            Some(until) => format!("{} (until {})", target.words, until.strftime("%-d %B %Y")),
            None => target.words.clone(),
        });
    }
    out.reverse();
    out.join("\n")
}

fn row(page: &PlanPage, r: &Recommendation) -> Vec<ExportedCell> {
    let text = |words: String| match words.is_empty() {
        true => ExportedCell::Empty,
        false => ExportedCell::Text(words),
    };
    let standing = r.standings.last();
    vec![
        text(r.number.clone()),
        text(r.text.clone()),
        text(targets(r)),
        r.target().and_then(|target| target.on).map_or(ExportedCell::Empty, ExportedCell::Day),
        text(said(&r.progress)),
        text(said(&r.comments)),
        text(page.lead(r).unwrap_or_default()),
        text(r.status().title().to_owned()),
        text(standing.map(|s| s.reason.clone()).unwrap_or_default()),
        r.days_late(page.on).map_or(ExportedCell::Empty, |days| ExportedCell::Number(days.into())),
    ]
}

impl Casework {
    /// A plan, or a report of it, as a table: a row for each recommendation.
    ///
    /// # Errors
    /// As [`Casework::plan`]; [`crate::Error::Reauthenticate`] unless the password was given lately.
    pub async fn export_plan(
        &self,
        actor: &Actor,
        id: Uuid,
        report: Option<i64>,
        format: &str,
    ) -> Result<Exported> {
        actor.require(Action::ViewPlans)?;
        actor.require_fresh()?;
        let page = self.plan_page(actor, id, report).await?;
        let rows: Vec<_> = page.plan.recommendations.iter().map(|r| row(&page, r)).collect();
        let columns = [
            "No",
            "Recommendation",
            "Target date",
            "Last day in time",
            "Progress",
            "Comment by the panel",
            "Lead",
            "Status",
            "Why it stands so",
            "Days late",
        ];
        let detail = json!({"plan": id, "report": report, "format": format, "rows": rows.len()});
        self.house.pen.write(vec![actor.line("export_plan", None, true, &detail)]).await?;
        Ok(Exported {
            name: format!("Action plan {}", page.on),
            columns: columns.map(str::to_owned).to_vec(),
            rows,
        })
    }
}

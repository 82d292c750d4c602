//! What a round came to, as a table that leaves the house. What is hidden on the page is hidden here.

use kinfold_access::Action;
use serde_json::json;
use uuid::Uuid;

use super::results::{Counted, Results};
use crate::actor::Actor;
use crate::board::{Exported, ExportedCell};
use crate::error::{Error, Result};
use crate::house::Casework;

/// What stands in a table for a number that is hidden.
pub const HIDDEN: &str = "c";

fn rows(results: &Results) -> Vec<Vec<ExportedCell>> {
    let text = |words: &str| ExportedCell::Text(words.to_owned());
    let mut out = Vec::new();
    for outcome in &results.questions {
        let mut line = |answer: &str, count: ExportedCell, share: ExportedCell| {
            out.push(vec![text(&outcome.section), text(&outcome.label), text(answer), count, share]);
        };
        match &outcome.counted {
            Counted::Choices(choices) => {
                for row in &choices.rows {
                    let count = row.count.map_or_else(|| text(HIDDEN), |n| ExportedCell::Number(n.into()));
                    line(&row.title, count, row.tenths.map_or_else(|| text(HIDDEN), ExportedCell::Tenths));
                }
            }
            Counted::Mean(mean, unit) => {
                let words = unit.as_ref().map_or_else(|| "Mean".to_owned(), |unit| format!("Mean, {unit}"));
                line(&words, mean.map_or_else(|| text(HIDDEN), ExportedCell::Tenths), ExportedCell::Empty);
            }
            Counted::Texts(texts) => {
                for words in texts.cleared.iter().flatten() {
                    line(words, ExportedCell::Empty, ExportedCell::Empty);
                }
            }
        }
    }
    out
}

impl Casework {
    /// What a closed round came to, as a table: a row for each answer that could be given, and for each text that may be
    /// read. A number that is hidden is "c".
    ///
    /// # Errors
    /// As [`Casework::survey_round`]; [`Error::Absent`] while it is open; [`Error::Reauthenticate`] unless the password was
    /// given lately.
    pub async fn export_round(&self, actor: &Actor, id: Uuid, format: &str) -> Result<Exported> {
        actor.require(Action::ViewSurveys)?;
        actor.require_fresh()?;
        let page = self.round_page(actor, id).await?;
        let results = page.results.ok_or(Error::Absent)?;
        let rows = rows(&results);
        let detail = json!({"round": id, "format": format, "rows": rows.len()});
        self.house.pen.write(vec![actor.line("export_survey", None, true, &detail)]).await?;
        let columns = ["Part", "Question", "Answer", "How many", "Per cent of those who answered"];
        Ok(Exported {
            name: format!("Survey {}", page.round.ended_on()),
            columns: columns.map(str::to_owned).to_vec(),
            rows,
        })
    }
}

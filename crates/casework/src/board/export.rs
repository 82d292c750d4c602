//! Taking the board or a list away: as plain cells, which `exchange` writes as CSV or XLSX.

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_record::PersonId;
use kinfold_store::Page;
use serde_json::json;

use super::{BoardAsk, state_of};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;

/// One cell of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportedCell {
    /// Text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A number with one decimal, in tenths.
    Tenths(i64),
    /// A day.
    Day(Date),
    /// Nothing known.
    Empty,
}

/// A table that leaves the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// What it is.
    pub name: String,
    /// Column headings.
    pub columns: Vec<String>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<ExportedCell>>,
}

/// Rows read at a time.
const CHUNK: i64 = 2000;
/// More than a spreadsheet takes.
const MOST: i64 = 1_000_000;

fn text(words: impl Into<String>) -> ExportedCell {
    ExportedCell::Text(words.into())
}

impl Casework {
    /// The figures of the board as a table: a row for each team, group of duties and state.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to export; [`Error::Reauthenticate`] unless the password was given lately.
    pub async fn export_board(&self, actor: &Actor, ask: &BoardAsk, format: &str) -> Result<Exported> {
        actor.require(Action::ExportBoard)?;
        actor.require_fresh()?;
        let board = self.count_board(actor, ask).await?;
        let mut rows = Vec::new();
        for line in &board.rows {
            for (group, counts) in board.columns.iter().zip(&line.cells) {
                for (state, count) in counts {
                    rows.push(vec![
                        text(&line.name),
                        text(&group.title),
                        text(state.title()),
                        ExportedCell::Number(*count),
                    ]);
                }
            }
        }
        let columns = ["Team", "Duties", "State", "How many"].map(str::to_owned).to_vec();
        let exported = Exported { name: format!("Pathway board {}", board.today), columns, rows };
        self.note_export(actor, "board", format, exported.rows.len()).await?;
        Ok(exported)
    }

    /// The list behind a figure as a table, all of it.
    ///
    /// # Errors
    /// As [`Casework::export_board`]; [`Error::Invalid`] when the list is longer than a spreadsheet takes.
    pub async fn export_board_list(&self, actor: &Actor, ask: &BoardAsk, format: &str) -> Result<Exported> {
        actor.require(Action::ExportBoard)?;
        actor.require_fresh()?;
        let mut rows = Vec::new();
        let mut offset = 0;
        let today = self.today();
        loop {
            let list = self.read_list(actor, ask, Page { limit: CHUNK, offset }).await?;
            if list.duties.total > MOST {
                return Err(Error::invalid(
                    "",
                    "This list is longer than a spreadsheet takes. Narrow it with the filters first.",
                ));
            }
            for line in &list.duties.rows {
                let duty = &line.duty;
                let owner = duty.owner_person.and_then(|id| list.owners.get(&PersonId(id)));
                let team = duty.team.and_then(|id| list.teams.get(&id));
                let step =
                    duty.stuck_step.as_ref().map_or(ExportedCell::Empty, |s| text(s.replace('_', " ")));
                rows.push(vec![
                    text(&line.child_reference),
                    text(&line.child_name),
                    text(&duty.title),
                    ExportedCell::Day(duty.due_on),
                    text(state_of(duty, today, self.now()).title()),
                    duty.closed_on.map_or(ExportedCell::Empty, ExportedCell::Day),
                    duty.days_late.map_or(ExportedCell::Empty, ExportedCell::Number),
                    step,
                    text(Self::role_title(&duty.owner_role)),
                    owner.map_or(ExportedCell::Empty, text),
                    team.map_or(ExportedCell::Empty, text),
                ]);
            }
            offset += CHUNK;
            if offset >= list.duties.total {
                break;
            }
        }
        let columns = [
            "Reference",
            "Name",
            "Duty",
            "Due",
            "State",
            "Closed",
            "Days late",
            "Stuck at",
            "Whose role",
            "Owner",
            "Team",
        ];
        let name = format!("Duties {today}");
        let exported = Exported { name, columns: columns.map(str::to_owned).to_vec(), rows };
        self.note_export(actor, "board_list", format, exported.rows.len()).await?;
        Ok(exported)
    }

    async fn note_export(&self, actor: &Actor, what: &str, format: &str, rows: usize) -> Result<()> {
        let detail = json!({"what": what, "format": format, "rows": rows});
        self.house.pen.write(vec![actor.line(Action::ExportBoard.as_str(), None, true, &detail)]).await
    }
}

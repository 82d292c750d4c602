//! Measures as tables that leave the house: the figures, and the children behind one of them.

use kinfold_access::Action;
use kinfold_measures::{Audience, Cell, Table};
use kinfold_store::Page;
use serde_json::json;

use super::{Part, Seen, audience_of, chosen, seen, spans, years_on};
use crate::actor::Actor;
use crate::board::{Exported, ExportedCell};
use crate::error::{Error, Result};
use crate::house::Casework;

/// What stands in place of a figure that nothing was recorded for.
const NOT_RECORDED: &str = "not recorded";

impl Casework {
    /// Every measure with its splits in every year counted, or in one.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to see figures; [`Error::Reauthenticate`] unless the password was given lately.
    pub async fn export_measures(&self, actor: &Actor, year: Option<i16>, format: &str) -> Result<Exported> {
        actor.require(Action::ViewMeasures)?;
        actor.require_fresh()?;
        let table = self.measures_table(year, audience_of(actor)).await?;
        let columns = table.columns.iter().map(|&c| c.to_owned()).collect();
        let rows: Vec<Vec<ExportedCell>> =
            table.rows.into_iter().map(|row| row.into_iter().map(exported).collect()).collect();
        let detail = json!({"what": "measures", "format": format, "rows": rows.len()});
        self.house.pen.write(vec![actor.line("export_measures", None, true, &detail)]).await?;
        Ok(Exported { name: format!("Measures {}", self.today()), columns, rows })
    }

    /// The children behind a figure, all of them.
    ///
    /// # Errors
    /// As [`Casework::export_measures`]; [`Error::Absent`] also without the right to export lists, and
    /// [`Error::Forbidden`] for a measure whose children the person may not have listed.
    pub async fn export_measure_children(
        &self,
        actor: &Actor,
        id: &str,
        year: Option<i16>,
        format: &str,
    ) -> Result<Exported> {
        actor.require(Action::ViewMeasures)?;
        actor.require(Action::ExportBoard)?;
        actor.require_fresh()?;
        let year = chosen(&years_on(self.today()), year)?;
        let book = self.book();
        let measure = book.guidance.measures.on(id, year.span.to).ok_or(Error::Absent)?;
        let all = Page { limit: i64::MAX, offset: 0 };
        let behind = self.children_behind(actor, measure, year.span, Part::Denominator, all).await?;
        let Some(behind) = behind else {
            let words =
                "The children behind this figure are listed only for those who may read what it counts.";
            return Err(Error::Forbidden(words.to_owned()));
        };
        let text = |words: &str| ExportedCell::Text(words.to_owned());
        let rows: Vec<Vec<ExportedCell>> = behind
            .page
            .rows
            .into_iter()
            .map(|row| {
                vec![
                    ExportedCell::Text(row.child.reference),
                    ExportedCell::Text(row.child.name),
                    row.child.born.map_or(ExportedCell::Empty, ExportedCell::Day),
                    text(if row.amount.is_some() { "Yes" } else { "No" }),
                    row.amount.map_or(ExportedCell::Empty, ExportedCell::Number),
                ]
            })
            .collect();
        let detail = json!({"what": "measure", "measure": id, "year": year.year, "format": format, "rows": rows.len()});
        self.house.pen.write(vec![actor.line("export_measures", None, true, &detail)]).await?;
        let columns = ["Reference", "Name", "Born", "Counted", "Amount"].map(str::to_owned).to_vec();
        Ok(Exported { name: format!("{} {}", measure.title, year.span.to), columns, rows })
    }

    /// Every measure with its splits as a table: for the command line, whose user has the database.
    ///
    /// # Errors
    /// When the store does not answer; [`Error::Invalid`] for a year that is not counted.
    pub async fn measures_table(&self, year: Option<i16>, audience: Audience) -> Result<Table> {
        let years = years_on(self.today());
        if let Some(year) = year.filter(|year| !years.iter().any(|y| y.year == *year)) {
            let (newest, oldest) = (years.first().map_or(0, |y| y.year), years.last().map_or(0, |y| y.year));
            let words = format!("There are no figures for {year}. Choose a year from {oldest} to {newest}.");
            return Err(Error::invalid("year", words));
        }
        let book = self.book();
        let kept = self.counted(&spans(&years)).await?;
        // All are laid out before some are left out: what is hidden depends on everything that is published.
        let mut table = Table::of(&kept.figures, &book.guidance, audience);
        let missing: Vec<(String, String)> = kept
            .figures
            .iter()
            .filter(|f| seen(&kept, &book, &f.measure, f.span, audience) == Some(Seen::NotRecorded))
            .map(|f| (f.measure.to_string(), f.span.to.to_string()))
            .collect();
        let wanted =
            year.and_then(|year| years.iter().find(|y| y.year == year)).map(|y| y.span.to.to_string());
        let at = |name: &str| table.columns.iter().position(|c| *c == name);
        let (Some(measure), Some(year_to), Some(figure)) = (at("Measure"), at("Year to"), at("Figure"))
        else {
            return Ok(table);
        };
        let (Some(first), Some(last)) = (at("Numerator"), at("Unit")) else { return Ok(table) };
        table.rows.retain(|row| {
            wanted.as_ref().is_none_or(|end| row.get(year_to).is_some_and(|cell| cell.text() == *end))
        });
        for row in &mut table.rows {
            let of = |at: usize| row.get(at).map(Cell::text).unwrap_or_default();
            let (id, end) = (of(measure), of(year_to));
            if missing.iter().any(|(m, e)| *m == id && *e == end) {
                for cell in row.iter_mut().take(last).skip(first) {
                    *cell = Cell::Empty;
                }
                if let Some(cell) = row.get_mut(figure) {
                    *cell = Cell::Text(NOT_RECORDED.to_owned());
                }
            }
        }
        Ok(table)
    }
}

fn exported(cell: Cell) -> ExportedCell {
    match cell {
        Cell::Empty => ExportedCell::Empty,
        Cell::Text(text) => ExportedCell::Text(text),
        Cell::Whole(n) => ExportedCell::Number(n),
        #[expect(clippy::cast_possible_truncation, reason = "figures are far below 2^53")]
        Cell::Figure(n) => ExportedCell::Tenths((n * 10.0).round() as i64),
        Cell::Hidden => ExportedCell::Text("c".to_owned()),
    }
}

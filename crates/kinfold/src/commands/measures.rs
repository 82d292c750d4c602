//! `kinfold measures`: the indicators of a council, counted from its record.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use kinfold_casework::Cost;
use kinfold_casework::measures::{Audience, Cell, Table, years_on};
use serde_json::{Map, Value};

use crate::council::Database;
use crate::table::table;

/// Count the measures: figures, numerators, denominators, splits
#[derive(Debug, Args)]
pub(crate) struct Measures {
    #[command(flatten)]
    database: Database,
    /// The council's own guidance, on top of the national
    #[arg(long, value_name = "FOLDER")]
    guidance: Option<PathBuf>,
    /// The year that ends on 31 March of this one; the running year is the twelve months to today
    /// [default: the newest that is over]
    #[arg(long, value_name = "YYYY")]
    year: Option<i16>,
    /// Hide small numbers, as in anything published
    #[arg(long)]
    public: bool,
    /// Print JSON, with splits
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, with splits
    #[arg(long)]
    csv: bool,
}

impl Measures {
    pub async fn run(self) -> Result<()> {
        let council = self.database.open(self.guidance.as_deref(), Cost::Real).await?;
        let over = years_on(council.casework.today()).into_iter().find(|year| !year.running);
        let year = self.year.or(over.map(|year| year.year));
        let audience = if self.public { Audience::Public } else { Audience::Inside };
        let counted = council.casework.measures_table(year, audience).await;
        council.store.close().await;
        let counted = counted.map_err(in_words)?;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&json(&counted))?);
        } else if self.csv {
            print!("{}", csv_text(&counted)?);
        } else {
            println!("{}", plain(&counted));
        }
        Ok(())
    }
}

/// What is wrong with the arguments, in the words of the use case.
fn in_words(error: kinfold_casework::Error) -> anyhow::Error {
    match error {
        kinfold_casework::Error::Invalid(problems) => {
            let words: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
            anyhow::anyhow!(words.join(" "))
        }
        other => other.into(),
    }
}

/// Names of the members of a row in JSON: those of the columns, in small letters, with underscores.
fn member(column: &str) -> String {
    column.to_lowercase().replace(' ', "_")
}

fn json(of: &Table) -> Value {
    let value = |cell: &Cell| match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Whole(n) => Value::from(*n),
        Cell::Figure(n) => Value::from(*n),
        Cell::Hidden => Value::from("c"),
    };
    let row = |row: &Vec<Cell>| {
        let members = of.columns.iter().zip(row).map(|(column, cell)| (member(column), value(cell)));
        Value::Object(members.collect::<Map<String, Value>>())
    };
    Value::Array(of.rows.iter().map(row).collect())
}

fn csv_text(of: &Table) -> Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(&of.columns)?;
    for row in &of.rows {
        // Titles and groups come from files of the council; a spreadsheet program must run nothing in them.
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) => kinfold_exchange::sheet::harmless(text),
            other => other.text(),
        });
        out.write_record(cells)?;
    }
    let bytes = out.into_inner().context("the CSV could not be written")?;
    Ok(String::from_utf8(bytes)?)
}

/// The totals alone: the splits would fill the screen.
fn plain(of: &Table) -> String {
    let shown = [
        "Measure",
        "Title",
        "Figure",
        "Unit",
        "Numerator",
        "Denominator",
        "Target",
        "Compared with",
        "Their figure",
    ];
    let at = |name: &str| of.columns.iter().position(|column| *column == name);
    let places: Vec<usize> = shown.iter().filter_map(|name| at(name)).collect();
    let everybody = |row: &&Vec<Cell>| {
        at("Split").and_then(|split| row.get(split)).is_none_or(|cell| cell.text().is_empty())
    };
    let rows: Vec<Vec<String>> = of
        .rows
        .iter()
        .filter(everybody)
        .map(|row| places.iter().map(|place| row.get(*place).map(Cell::text).unwrap_or_default()).collect())
        .collect();
    let end = of.rows.first().zip(at("Year to")).and_then(|(row, place)| row.get(place)).map(Cell::text);
    let heading = end.map_or_else(|| "No measures are in force".to_owned(), |end| format!("Year to {end}"));
    format!("{heading}\n\n{}", table(&shown, &rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Table {
        let text = |s: &str| Cell::Text(s.to_owned());
        Table {
            columns: vec!["Measure", "Title", "Year to", "Split", "Figure"],
            rows: vec![
                vec![
                    text("health.dental"),
                    text("=Teeth"),
                    text("2026-03-31"),
                    text(""),
                    Cell::Figure(66.666),
                ],
                vec![text("health.dental"), text("=Teeth"), text("2026-03-31"), text("Sex"), Cell::Hidden],
            ],
        }
    }

    #[test]
    fn json_has_a_row_for_each_total_and_group_and_says_what_is_hidden() {
        let rows = json(&small());
        assert_eq!(rows[0]["figure"], 66.666);
        assert_eq!(rows[0]["year_to"], "2026-03-31");
        assert_eq!(rows[1]["figure"], "c");
    }

    #[test]
    fn csv_runs_no_formula_and_the_terminal_shows_totals_only() {
        let text = csv_text(&small()).unwrap();
        assert_eq!(text.lines().nth(1), Some("health.dental,'=Teeth,2026-03-31,,66.7"));
        let shown = plain(&small());
        assert!(shown.starts_with("Year to 2026-03-31\n") && shown.contains("66.7"), "{shown}");
        assert_eq!(shown.matches("health.dental").count(), 1, "{shown}");
    }
}

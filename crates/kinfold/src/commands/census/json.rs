//! What a check gave, as JSON: an object a line, told apart by `kind`. The names are described in
//! `docs/reference/cli.md` and stay.

use std::io::Write;

use kinfold_census::RowError;
use serde::Serialize;

use super::outcome::{Outcome, page};

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Line<'a> {
    Finding {
        rule: &'a str,
        child: &'a str,
        year: i16,
        table: &'a str,
        /// Position in the table, from 0.
        row: u32,
        file: &'a str,
        line: u32,
        cells: Vec<Cell<'a>>,
        message: &'a str,
        what: &'a str,
        why: &'a str,
        fix: &'a str,
    },
    Problem(&'a RowError),
    NotAsked {
        rule: &'a str,
        because: &'a str,
    },
    Summary {
        year: i16,
        last_year: Option<i16>,
        earlier_years: &'a [i16],
        files: &'a [String],
        last_files: &'a [String],
        findings: usize,
        errors: usize,
        asked: &'a [&'a str],
        not_asked: usize,
    },
}

#[derive(Serialize)]
struct Cell<'a> {
    column: &'a str,
    value: &'a str,
}

pub(super) fn write(outcome: &Outcome, out: &mut impl Write) -> anyhow::Result<()> {
    for of_rule in outcome.by_rule() {
        let Some(page) = of_rule.first().map(page) else { continue };
        let [what, why, fix] = [&page.what, &page.why, &page.fix].map(|part| part.replace('\n', " "));
        for finding in of_rule {
            let cells = finding.cells.iter();
            let line = Line::Finding {
                rule: finding.rule.code,
                child: &finding.child,
                year: outcome.year_of(finding),
                table: finding.table.title(),
                row: finding.row,
                file: outcome.file(finding),
                line: finding.at.line,
                cells: cells.map(|(column, value)| Cell { column, value }).collect(),
                message: finding.rule.title,
                what: &what,
                why: &why,
                fix: &fix,
            };
            one(&line, out)?;
        }
    }
    for problem in &outcome.problems {
        one(&Line::Problem(problem), out)?;
    }
    for not_run in &outcome.report.not_run {
        one(&Line::NotAsked { rule: not_run.code, because: &not_run.because }, out)?;
    }
    one(
        &Line::Summary {
            year: outcome.year,
            last_year: outcome.last_year,
            earlier_years: &outcome.earlier,
            files: &outcome.files,
            last_files: &outcome.last_files,
            findings: outcome.report.findings.len(),
            errors: outcome.errors().count(),
            asked: &outcome.report.run,
            not_asked: outcome.report.not_run.len(),
        },
        out,
    )
}

fn one(line: &Line<'_>, out: &mut impl Write) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

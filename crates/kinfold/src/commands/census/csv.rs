//! What a check gave, as CSV: a row for each finding. What is not a finding goes to standard error, so that the file
//! is one table.

use std::io::Write;

use kinfold_exchange::sheet::harmless;

use super::outcome::{Outcome, page};
use super::text;

pub(super) fn write(outcome: &Outcome, out: &mut impl Write) -> anyhow::Result<()> {
    // Spreadsheet programs take a file without the mark for one in an older encoding.
    out.write_all("\u{feff}".as_bytes())?;
    let mut rows = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(&mut *out);
    rows.write_record([
        "rule", "message", "child", "year", "table", "file", "line", "columns", "values", "why", "fix",
    ])
    .map_err(io)?;
    for of_rule in outcome.by_rule() {
        let Some(page) = of_rule.first().map(page) else { continue };
        let [why, fix] = [&page.why, &page.fix].map(|part| part.replace('\n', " "));
        for finding in of_rule {
            let columns: Vec<&str> = finding.cells.iter().map(|(column, _)| *column).collect();
            let values: Vec<&str> = finding.cells.iter().map(|(_, value)| value.as_str()).collect();
            let cells = [
                finding.rule.code,
                finding.rule.title,
                &finding.child,
                &outcome.year_of(finding).to_string(),
                finding.table.title(),
                outcome.file(finding),
                &finding.at.line.to_string(),
                &columns.join("; "),
                &values.join("; "),
                &why,
                &fix,
            ];
            rows.write_record(cells.map(harmless)).map_err(io)?;
        }
    }
    rows.flush()?;
    drop(rows);
    let mut beside = std::io::stderr().lock();
    for problem in outcome.listed() {
        writeln!(beside, "{}", super::outcome::plain(&problem.to_string()))?;
    }
    text::asked(outcome, &mut beside)?;
    Ok(writeln!(beside, "{}", outcome.summary())?)
}

/// The cause itself, by which a reader that went away is known.
fn io(error: ::csv::Error) -> anyhow::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error.into(),
        other => anyhow::anyhow!("the table could not be written: {other:?}"),
    }
}

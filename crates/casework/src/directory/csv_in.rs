//! Reading a spreadsheet of entries, saved as CSV: the first line names the columns, each line after it is an entry.

use csv::{ReaderBuilder, Trim};

use super::cells::{COLUMNS, Cells, column};
use super::import::{Incoming, Patch, WrongRow};
use super::oruk::{named, subject};
use crate::error::{Error, Result};
use crate::surveys::{line_of, with_plain_ends};

/// The most entries that one file brings.
pub(super) const MOST: usize = 5_000;

/// What a cell held before it was made harmless for spreadsheet programs on its way out.
fn as_it_was(cell: &str) -> String {
    let formula = |rest: &str| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    match cell.strip_prefix('\'') {
        Some(rest) if formula(rest.trim_start()) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// Reads a spreadsheet. What is wrong with a line is told with its number and leaves out that line alone.
///
/// # Errors
/// [`Error::Invalid`] when it is no such file at all.
pub(super) fn sheet(text: &str) -> Result<(Vec<Incoming>, Vec<WrongRow>)> {
    let text = with_plain_ends(text);
    let text = text.as_str();
    let first = text.lines().next().unwrap_or_default();
    let most = [b',', b';', b'\t'].into_iter().max_by_key(|d| first.bytes().filter(|b| b == d).count());
    let mut reader = ReaderBuilder::new()
        .flexible(true)
        .trim(Trim::All)
        .delimiter(most.unwrap_or(b','))
        .from_reader(text.as_bytes());
    let heads: Vec<String> = match reader.headers() {
        Ok(heads) => heads.iter().map(str::to_owned).collect(),
        Err(_) => return Err(not_a_file()),
    };
    let columns: Vec<Option<&'static str>> = heads.iter().map(|head| column(head)).collect();
    if !columns.contains(&Some("name")) {
        return Err(not_a_file());
    }
    let (mut out, mut wrong) = (Vec::new(), Vec::new());
    for (head, _) in heads.iter().zip(&columns).filter(|(head, known)| known.is_none() && !head.is_empty()) {
        let known: Vec<&str> = COLUMNS.iter().map(|(_, title)| *title).collect();
        let why =
            format!("The column “{head}” is not known and was not read. Known are: {}.", known.join(", "));
        wrong.push(WrongRow { place: "line 1".to_owned(), text: String::new(), why, note: true });
    }
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = line_of(text, error.position());
                let why = "This line cannot be read. Save the file as CSV in UTF-8.".to_owned();
                wrong.push(WrongRow { place: format!("line {line}"), text: String::new(), why, note: false });
                continue;
            }
        };
        let line = line_of(text, record.position());
        if record.iter().all(str::is_empty) {
            continue;
        }
        let place = format!("line {line}");
        let beyond =
            record.len() > columns.len() && record.iter().skip(columns.len()).any(|cell| !cell.is_empty());
        let cells: Cells = columns
            .iter()
            .zip(record.iter())
            .filter_map(|(c, cell)| Some(((*c)?, as_it_was(cell))))
            .collect();
        let why = if beyond {
            "This line has more cells than there are columns. A comma in a text needs quotation marks round it."
        } else if out.len() == MOST {
            "One file brings up to 5,000 entries. Put the rest into another."
        } else {
            out.push(incoming(place, cells));
            continue;
        };
        wrong.push(WrongRow { place, text: start_of(&record), why: why.to_owned(), note: false });
    }
    Ok((out, wrong))
}

fn incoming(place: String, cells: Cells) -> Incoming {
    let cell = |name: &str| cells.get(name).map(|c| c.trim()).filter(|c| !c.is_empty());
    let id = cell("id").map(str::to_owned);
    let (name, organisation) = (cell("name").unwrap_or_default(), cell("organisation").unwrap_or_default());
    let subject = id.as_deref().map_or_else(|| named("row", &format!("{name}|{organisation}")), subject);
    Incoming {
        place,
        subject,
        has_id: id.is_some(),
        version: cell("version").and_then(|v| v.parse().ok()),
        patch: Patch::Cells(cells),
    }
}

fn start_of(record: &csv::StringRecord) -> String {
    record.iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ").chars().take(120).collect()
}

fn not_a_file() -> Error {
    Error::invalid(
        "file",
        "This is neither a spreadsheet saved as CSV with a column “Name”, nor Open Referral UK. Look at the example, and save \
         the file as CSV in UTF-8",
    )
}

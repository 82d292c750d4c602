//! Tables as CSV and XLSX. A cell that a spreadsheet program would take for a formula is made harmless: exported
//! records hold text that strangers typed.

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use thiserror::Error;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A number with one decimal, in tenths.
    Tenths(i64),
    /// A day.
    Day(Date),
    /// Not known.
    Empty,
}

impl From<&str> for Cell {
    fn from(s: &str) -> Self {
        Self::Text(s.to_owned())
    }
}
impl From<String> for Cell {
    fn from(s: String) -> Self {
        Self::Text(s)
    }
}
impl From<i64> for Cell {
    fn from(n: i64) -> Self {
        Self::Number(n)
    }
}
impl From<Date> for Cell {
    fn from(d: Date) -> Self {
        Self::Day(d)
    }
}
impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(x: Option<T>) -> Self {
        x.map_or(Self::Empty, Into::into)
    }
}

/// A table to export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it is: the name of the sheet in XLSX (cut to 31 characters).
    pub name: String,
    /// Column headings.
    pub columns: Vec<String>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// Why a table could not be written.
#[derive(Debug, Error)]
pub enum SheetError {
    /// The CSV writer failed.
    #[error("the CSV file could not be written: {0}")]
    Csv(#[from] csv::Error),
    /// The XLSX writer failed.
    #[error("the XLSX file could not be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

/// Text that no spreadsheet program will run: one that starts with `=`, `+`, `-`, `@`, a tab or a line end gets an
/// apostrophe in front (the advice of OWASP on CSV injection).
pub fn harmless(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{feff}', '\u{a0}']).chars().next();
    if matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
    ) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A number of tenths with its decimal: 667 is "66.7".
fn tenths(n: i64) -> String {
    let sign = if n < 0 { "-" } else { "" };
    format!("{sign}{}.{}", n.unsigned_abs() / 10, n.unsigned_abs() % 10)
}

impl Sheet {
    /// As CSV in UTF-8 with a byte-order mark, so that spreadsheet programs read accents rightly. Dates are ISO.
    ///
    /// # Errors
    /// When the writer fails; it writes to memory, so only for rows of unequal length.
    pub fn to_csv(&self) -> Result<Vec<u8>, SheetError> {
        let mut out = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        out.write_record(self.columns.iter().map(|c| harmless(c)))?;
        for row in &self.rows {
            out.write_record(row.iter().map(|cell| match cell {
                Cell::Text(s) => harmless(s),
                Cell::Number(n) => n.to_string(),
                Cell::Tenths(n) => tenths(*n),
                Cell::Day(d) => d.to_string(),
                Cell::Empty => String::new(),
            }))?;
        }
        out.into_inner().map_err(|e| SheetError::Csv(e.into_error().into()))
    }

    /// As XLSX: text cells are stored as text, so nothing in them is ever run.
    ///
    /// # Errors
    /// When the table is larger than a sheet can be.
    pub fn to_xlsx(&self) -> Result<Vec<u8>, SheetError> {
        to_book(std::slice::from_ref(self))
    }

    fn write(&self, book: &mut Workbook) -> Result<(), SheetError> {
        let head = Format::new().set_bold().set_text_wrap();
        let day = Format::new().set_num_format("ddd d mmm yyyy");
        let one_decimal = Format::new().set_num_format("0.0");
        let sheet = book.add_worksheet();
        let name: String = self.name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
        sheet.set_name(if name.is_empty() { "Kinfold".to_owned() } else { name })?;
        for (c, title) in (0u16..).zip(&self.columns) {
            sheet.write_string_with_format(0, c, title, &head)?;
        }
        for (r, row) in (1u32..).zip(&self.rows) {
            for (c, cell) in (0u16..).zip(row) {
                match cell {
                    // A cell holds at most 32,767 characters.
                    Cell::Text(s) => sheet.write_string(r, c, s.chars().take(32_767).collect::<String>())?,
                    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
                    Cell::Number(n) => sheet.write_number(r, c, *n as f64)?,
                    #[expect(clippy::cast_precision_loss, reason = "figures far below 2^53")]
                    Cell::Tenths(n) => {
                        sheet.write_number_with_format(r, c, *n as f64 / 10.0, &one_decimal)?
                    }
                    Cell::Day(d) => {
                        let (y, m, dd) =
                            (d.year().unsigned_abs(), d.month().unsigned_abs(), d.day().unsigned_abs());
                        sheet.write_datetime_with_format(r, c, ExcelDateTime::from_ymd(y, m, dd)?, &day)?
                    }
                    Cell::Empty => sheet,
                };
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofit();
        Ok(())
    }
}

/// Several tables as one XLSX, a sheet each, as [`Sheet::to_xlsx`] writes them.
///
/// # Errors
/// When a table is larger than a sheet can be, or two sheets have one name.
pub fn to_book(sheets: &[Sheet]) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    for sheet in sheets {
        sheet.write(&mut book)?;
    }
    Ok(book.save_to_buffer()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet {
            name: "Board: all/teams".into(),
            columns: vec!["What".into(), "Due".into(), "How many".into()],
            rows: vec![
                vec![
                    "=HYPERLINK(\"http://x\")".into(),
                    Cell::Day(jiff::civil::date(2026, 12, 31)),
                    Cell::Number(3),
                ],
                vec!["Élodie, “quoted”".into(), Cell::Empty, Cell::Number(0)],
            ],
        }
    }

    #[test]
    fn csv_is_harmless_and_exact() {
        let text = String::from_utf8(sheet().to_csv().unwrap()).unwrap();
        assert_eq!(
            text,
            "\u{feff}What,Due,How many\r\n\"'=HYPERLINK(\"\"http://x\"\")\",2026-12-31,3\r\n\"Élodie, “quoted”\",,0\r\n"
        );
    }

    #[test]
    fn every_way_to_start_a_formula_is_made_harmless() {
        for start in ["=", "+", "-", "@", "\t", "\r", " =", "\u{a0}=", "＝"] {
            assert!(harmless(&format!("{start}1+1")).starts_with('\''), "{start:?}");
        }
        assert_eq!(harmless("a=b"), "a=b");
    }

    #[test]
    fn tenths_keep_their_decimal_and_their_sign() {
        assert_eq!([667, 0, 5, -12].map(tenths), ["66.7", "0.0", "0.5", "-1.2"]);
    }

    #[test]
    fn xlsx_is_a_zip_with_text_cells() {
        let bytes = sheet().to_xlsx().unwrap();
        assert_eq!(&bytes[..2], b"PK");
    }
}

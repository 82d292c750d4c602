//! Cells: what a return says, and what it means. The text is always kept, so that a validation rule can look at what
//! was written even where it means nothing.

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use smol_str::SmolStr;

use crate::problem::Problems;

/// A cell of text or codes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
#[serde(transparent)]
pub struct Text(SmolStr);

impl Text {
    /// What would be written.
    pub(crate) fn new(text: &str) -> Self {
        Self(SmolStr::new(text))
    }

    /// What was written, without the spaces around it.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// What was written, or `None` for an empty cell.
    pub fn value(&self) -> Option<&SmolStr> {
        (!self.0.is_empty()).then_some(&self.0)
    }

    /// The code in capitals, as code lists hold it; `None` for an empty cell.
    pub fn code(&self) -> Option<SmolStr> {
        let value = self.value()?;
        if value.bytes().any(|b| b.is_ascii_lowercase()) {
            Some(SmolStr::from(value.to_ascii_uppercase()))
        } else {
            Some(value.clone())
        }
    }

    /// Whether the code is this one, however it is capitalised.
    pub fn is(&self, code: &str) -> bool {
        self.0.eq_ignore_ascii_case(code)
    }

    /// Whether the code is one of these, however it is capitalised. An empty cell is none of them.
    pub fn is_any(&self, codes: &[&str]) -> bool {
        !self.0.is_empty() && codes.iter().any(|code| self.is(code))
    }

    /// Whether nothing was written.
    pub fn is_blank(&self) -> bool {
        self.0.is_empty()
    }
}

/// A cell with a meaning: a date, a number, yes or no.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell<T> {
    raw: SmolStr,
    value: Option<T>,
}

impl<T: Copy> Cell<T> {
    /// What was written, without the spaces around it.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// What it means: `None` when the cell is empty or makes no sense.
    pub fn value(&self) -> Option<T> {
        self.value
    }

    /// Whether nothing was written.
    pub fn is_blank(&self) -> bool {
        self.raw.is_empty()
    }

    /// Whether something was written that makes no sense.
    pub fn is_nonsense(&self) -> bool {
        !self.raw.is_empty() && self.value.is_none()
    }
}

impl<T> Serialize for Cell<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.raw)
    }
}

/// Where a cell stands, and where to complain about it.
pub(crate) struct Place<'a, 'f> {
    pub(crate) line: u32,
    pub(crate) column: &'static str,
    pub(crate) problems: &'a mut Problems<'f>,
}

impl Place<'_, '_> {
    fn error(&mut self, value: &str, reason: impl Into<String>) {
        self.problems.cell(self.line, self.column, value, reason);
    }

    fn remark(&mut self, value: &str, reason: &'static str) {
        self.problems.remark(self.line, self.column, value, reason);
    }
}

/// How a column is read. Complains about what makes no sense, and keeps the text all the same.
pub(crate) trait Column: Sized {
    fn read(text: &str, place: &mut Place<'_, '_>) -> Self;
    fn text(&self) -> &str;
    fn capitals(&mut self);
}

/// Puts text in capitals where it is not.
pub(crate) fn capitals(text: &mut SmolStr) {
    if text.chars().any(char::is_lowercase) {
        *text = SmolStr::from(text.to_uppercase());
    }
}

impl Column for Text {
    fn read(text: &str, _: &mut Place<'_, '_>) -> Self {
        Self(SmolStr::new(text))
    }

    fn text(&self) -> &str {
        &self.0
    }

    fn capitals(&mut self) {
        capitals(&mut self.0);
    }
}

impl Column for Cell<Date> {
    fn read(text: &str, place: &mut Place<'_, '_>) -> Self {
        let value = match date(text) {
            Ok(None) => None,
            Ok(Some((date, Style::Slashes))) => Some(date),
            Ok(Some((date, Style::Iso))) => {
                place.remark(
                    text,
                    "The date is written year first. It was read; the return itself wants dd/mm/yyyy.",
                );
                Some(date)
            }
            Ok(Some((date, Style::WithTime))) => {
                place.remark(
                    text,
                    "The date has a time after it. The time was left out; the return wants dd/mm/yyyy.",
                );
                Some(date)
            }
            Err(BadDate::NoSuchDay) => {
                place.error(text, "There is no such day. Correct the date (dd/mm/yyyy).");
                None
            }
            Err(BadDate::NotADate) => {
                place.error(
                    text,
                    "This is not a date. Write it as dd/mm/yyyy, with all four figures of the year.",
                );
                None
            }
        };
        Self { raw: SmolStr::new(text), value }
    }

    fn text(&self) -> &str {
        &self.raw
    }

    fn capitals(&mut self) {
        capitals(&mut self.raw);
    }
}

impl Column for Cell<bool> {
    fn read(text: &str, place: &mut Place<'_, '_>) -> Self {
        let value = match text {
            "" => None,
            "1" => Some(true),
            "0" => Some(false),
            _ => {
                place.error(
                    text,
                    "Only 1 (yes) or 0 (no) can stand here. Correct it, or leave the cell empty.",
                );
                None
            }
        };
        Self { raw: SmolStr::new(text), value }
    }

    fn text(&self) -> &str {
        &self.raw
    }

    fn capitals(&mut self) {
        capitals(&mut self.raw);
    }
}

impl Column for Cell<i32> {
    fn read(text: &str, place: &mut Place<'_, '_>) -> Self {
        let value = if text.is_empty() {
            None
        } else if let Some(number) = text.parse().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit())) {
            Some(number)
        } else {
            place.error(text, "Only a whole number can stand here. Correct it, or leave the cell empty.");
            None
        };
        Self { raw: SmolStr::new(text), value }
    }

    fn text(&self) -> &str {
        &self.raw
    }

    fn capitals(&mut self) {
        capitals(&mut self.raw);
    }
}

#[derive(Clone, Copy)]
enum Style {
    Slashes,
    Iso,
    WithTime,
}

enum BadDate {
    NoSuchDay,
    NotADate,
}

/// Reads `dd/mm/yyyy` (one figure will do for day and month) and `yyyy-mm-dd`, either with a time after it.
fn date(text: &str) -> Result<Option<(Date, Style)>, BadDate> {
    if text.is_empty() {
        return Ok(None);
    }
    let (day, time) = match text.split_once([' ', 'T']) {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    if time.is_some_and(|t| t.is_empty() || t.bytes().any(|b| !b.is_ascii_digit() && b != b':' && b != b'.'))
    {
        return Err(BadDate::NotADate);
    }
    let (parts, iso) = if day.contains('/') { (day.split('/'), false) } else { (day.split('-'), true) };
    let mut numbers = [0i16; 3];
    let mut widths = [0usize; 3];
    let mut count = 0;
    for part in parts {
        if count == 3 || part.len() > 4 || part.is_empty() || part.bytes().any(|b| !b.is_ascii_digit()) {
            return Err(BadDate::NotADate);
        }
        numbers[count] = part.parse().map_err(|_| BadDate::NotADate)?;
        widths[count] = part.len();
        count += 1;
    }
    // Year first only in ISO; "24-10-2019" is day first with other marks, as some exports write it.
    let year_first = iso && widths[0] == 4;
    let (y, d) = if year_first { (0, 2) } else { (2, 0) };
    if count != 3 || widths[y] != 4 || widths[1] > 2 || widths[d] > 2 {
        return Err(BadDate::NotADate);
    }
    let narrow = |n: i16| i8::try_from(n).map_err(|_| BadDate::NoSuchDay);
    let found =
        Date::new(numbers[y], narrow(numbers[1])?, narrow(numbers[d])?).map_err(|_| BadDate::NoSuchDay)?;
    // A year outside living memory is a slip of the pen, and would put the whole history out of order.
    if !(1900..=2100).contains(&found.year()) {
        return Err(BadDate::NoSuchDay);
    }
    let style = match time {
        Some(_) => Style::WithTime,
        None if year_first => Style::Iso,
        None => Style::Slashes,
    };
    Ok(Some((found, style)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    fn read(text: &str) -> (Option<Date>, usize) {
        let mut problems = Problems::new("f.csv", 10);
        let cell = Cell::<Date>::read(text, &mut Place { line: 2, column: "DEC", problems: &mut problems });
        assert_eq!(cell.raw(), text, "the text is always kept");
        let mut out = Vec::new();
        problems.finish(&mut out);
        (cell.value(), out.len())
    }

    #[test]
    fn dates_as_the_return_writes_them_need_no_comment() {
        assert_eq!(read("24/10/2019"), (Some(day(2019, 10, 24)), 0));
        assert_eq!(read("4/1/2019"), (Some(day(2019, 1, 4)), 0));
        assert_eq!(read(""), (None, 0));
    }

    #[test]
    fn other_ways_of_writing_a_date_are_read_with_a_note() {
        for text in ["2019-10-24", "24/10/2019 00:00", "2019-10-24T00:00:00", "2019-10-24 00:00:00.000"] {
            assert_eq!(read(text), (Some(day(2019, 10, 24)), 1), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_an_error() {
        for text in [
            "31/02/2026",
            "29/02/2025",
            "0/1/2020",
            "24/10/19",
            "2019/10/24",
            "24.10.2019",
            "x",
            "24/10/2019/1",
            "99/99/9999",
            "24/10/2019 noon",
            "24/10/0019",
            "１/１/2020",
            "-1/10/2019",
            "//",
            "24/10/",
            "43762",
        ] {
            assert_eq!(read(text), (None, 1), "{text}");
        }
    }

    #[test]
    fn a_flag_is_one_or_nought_and_a_number_is_whole() {
        let mut problems = Problems::new("f.csv", 10);
        let mut place = Place { line: 2, column: "CONVICTED", problems: &mut problems };
        assert_eq!(Cell::<bool>::read("1", &mut place).value(), Some(true));
        assert_eq!(Cell::<bool>::read("0", &mut place).value(), Some(false));
        assert_eq!(Cell::<bool>::read("Y", &mut place).value(), None);
        assert_eq!(Cell::<i32>::read("40", &mut place).value(), Some(40));
        assert_eq!(Cell::<i32>::read("+4", &mut place).value(), None);
        assert_eq!(Cell::<i32>::read("99999999999", &mut place).value(), None);
        let mut out = Vec::new();
        problems.finish(&mut out);
        assert_eq!(out.len(), 3);
    }
}

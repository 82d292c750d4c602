//! Cells that a spreadsheet could take for a formula.
//!
//! The return has codes, dates, numbers, postcodes and identifiers, and none of them begins like a formula. What
//! does was typed by somebody, so it is kept exactly and made harmless: it is written with an apostrophe before it,
//! which spreadsheets show as text, and the apostrophe is taken away when the file is read.

use std::borrow::Cow;

/// What a formula begins with, in half and full width. Tab and carriage return, which some also run, cannot begin a
/// cell: cells are trimmed.
fn begins_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// Whether the text begins like a formula behind any number of apostrophes: one of them may be a guard.
fn formula_behind(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(begins_formula)
}

/// The cell as it is written.
pub(crate) fn guarded(cell: &str) -> Cow<'_, str> {
    if formula_behind(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell as it was before [`guarded`].
pub(crate) fn unguarded(written: &str) -> &str {
    match written.strip_prefix('\'') {
        Some(cell) if formula_behind(cell) => cell,
        _ => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_guarded_and_comes_back() {
        for cell in ["=1+1", "+44", "-1", "@SUM(A1)", "'=1", "''@x", "＝1", "", "SW1", "'", "O'Neil", "'tis"]
        {
            let written = guarded(cell);
            assert!(!written.starts_with(begins_formula), "{cell}");
            assert_eq!(unguarded(&written), cell);
        }
        assert_eq!(guarded("SC012345"), "SC012345");
        assert_eq!(guarded("O'Neil"), "O'Neil");
    }
}

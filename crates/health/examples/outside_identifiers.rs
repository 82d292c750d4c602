//! Compares NHS numbers and unique pupil numbers with what `scripts/outside-checks/identifiers.py` was told by
//! python-stdnum. Run by `scripts/outside-checks.sh identifiers`.

#![expect(clippy::disallowed_methods, reason = "a program beside the pure crate reads what it is given")]

use std::process::ExitCode;
use std::{env, fs};

use kinfold_record::identifiers::{nhs_number, upn};

fn main() -> ExitCode {
    let file = env::args().nth(1).unwrap_or_default();
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file} cannot be read: {error}");
            return ExitCode::FAILURE;
        }
    };
    let (mut passed, mut failed, mut valid) = (0, 0, 0);
    for row in text.lines().skip(1) {
        let mut cells = row.split(',');
        let (kind, number, theirs) = (cells.next(), cells.next().unwrap_or_default(), cells.next());
        let ours = match kind {
            Some("nhs") => nhs_number(number).is_ok(),
            _ => upn(number).is_ok(),
        };
        valid += usize::from(ours);
        if theirs == Some(if ours { "yes" } else { "no" }) {
            passed += 1;
        } else {
            failed += 1;
            eprintln!("{row}: here it is {}", if ours { "right" } else { "wrong" });
        }
    }
    println!("identifiers: {passed} passed, {failed} failed");
    if failed == 0 && valid > 3000 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

//! A file of a return, as CSV or whatever the bytes make of it: read, and every rule asked.
#![no_main]

use kinfold_census::check::{Returns, Supplied, check};
use kinfold_census::{Limits, ReadOptions, Return, SourceFile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { file_bytes: 1 << 20, all_bytes: 1 << 21, problems_per_file: 100 };
    let files = [SourceFile::new("2026/any.csv", bytes)];
    let (mut years, problems) = Return::read(&files, &ReadOptions { year: Some(2026), limits });
    assert!(!years.is_empty() || !problems.is_empty(), "a file was passed over in silence");
    if let Some(year) = years.pop() {
        let supplied = Supplied::default();
        check(&Returns::new(year, None, &supplied), &supplied);
    }
});

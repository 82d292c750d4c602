//! A file of a return as XML: read, and every rule asked. What follows the first bracket is anything.
#![no_main]

use kinfold_census::check::{Returns, Supplied, check};
use kinfold_census::{Limits, ReadOptions, Return, SourceFile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { file_bytes: 1 << 20, all_bytes: 1 << 21, problems_per_file: 100 };
    let text = [b"<".as_slice(), bytes].concat();
    let files = [SourceFile::new("2026/any.xml", text)];
    let (mut years, problems) = Return::read(&files, &ReadOptions { year: Some(2026), limits });
    assert!(!years.is_empty() || !problems.is_empty(), "a file was passed over in silence");
    if let Some(year) = years.pop() {
        let supplied = Supplied::default();
        check(&Returns::new(year, None, &supplied), &supplied);
    }
});

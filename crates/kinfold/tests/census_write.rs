//! The return written from the record of an invented council, and read again by the command that checks it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use std::fs;
use std::path::Path;

use kinfold_census::{ReadOptions, Return, SourceFile};
use support::{Server, run, said};

const DB: &str = "sqlite:council.db";

fn read(folder: &Path) -> kinfold_census::YearReturn {
    let files: Vec<SourceFile> = fs::read_dir(folder)
        .expect("a folder")
        .map(|file| {
            let path = file.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            SourceFile::new(format!("2026/{name}"), fs::read(&path).expect("read"))
        })
        .collect();
    let (mut years, errors) = Return::read(&files, &ReadOptions::default());
    assert!(errors.is_empty(), "{errors:?}");
    years.pop().expect("a year")
}

#[test]
fn what_is_written_is_read_back_and_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    drop(Server::start(folder, &["demo", "--db", DB, "--children", "12", "--seed", "7"]));

    let written = run(folder, &["census", "write", "--db", DB, "--year", "2026", "--out", "out/2026"]);
    assert!(written.status.success(), "{}", said(&written));
    let year = read(&folder.join("out/2026"));
    assert!(year.header.len() > 3 && year.episodes.len() > 3, "{} children", year.header.len());
    for file in Return::write_csv(&year) {
        let path = folder.join("out/2026").join(&file.name);
        assert_eq!(fs::read(path).expect("read"), file.bytes, "{} comes back as it was", file.name);
    }

    let checked = run(folder, &["census", "check", "out", "--year", "2026"]);
    let words = said(&checked);
    assert!(matches!(checked.status.code(), Some(0 | 1)), "everything could be read: {words}");
    assert!(words.contains("in the return of 2026;"), "{words}");

    let xml = run(folder, &["census", "write", "--db", DB, "--year", "2026", "--out", "xml", "--xml"]);
    assert!(xml.status.success(), "{}", said(&xml));
    let as_xml = read(&folder.join("xml"));
    assert_eq!((as_xml.header.len(), as_xml.episodes.len()), (year.header.len(), year.episodes.len()));

    // Before anything was recorded there was nobody to return.
    let early = ["--known-at", "2000-01-01T00:00:00Z"];
    let args = ["census", "write", "--db", DB, "--year", "2026", "--out", "early"];
    assert!(run(folder, &[&args[..], &early].concat()).status.success());
    assert_eq!(read(&folder.join("early")).header.len(), 0);

    let wrong = run(folder, &["census", "write", "--db", DB, "--year", "1999", "--out", "none"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("There is no return of 1999"), "{}", said(&wrong));
}

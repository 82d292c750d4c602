//! Writing is the reverse of reading: cell by cell, whatever a cell holds.
#![allow(clippy::expect_used, reason = "a test says what it takes for granted")]

mod common;

use std::collections::BTreeMap;

use common::made::differences;
use kinfold_census::{Return, SourceFile, Table, WrittenFile, YearReturn};
use proptest::collection::vec;
use proptest::prelude::*;

fn files(written: Vec<WrittenFile>) -> Vec<SourceFile> {
    written.into_iter().map(|f| SourceFile::new(format!("2026/{}", f.name), f.bytes)).collect()
}

/// Reads, whatever may be complained about.
fn read(files: &[SourceFile]) -> YearReturn {
    let (years, _) = common::read(files);
    years.into_iter().next().expect("a year was read")
}

/// A cell as a return can hold it: on one line, with no space around it.
fn cell() -> impl Strategy<Value = String> {
    let odd = [
        "",
        "",
        "=1+1",
        "+44 20",
        "-1",
        "@SUM(A1)",
        "'=1",
        "''",
        "'",
        "O'Neil",
        "a,b",
        "a;b",
        "say \"so\"",
        "\"",
        "Zoë",
        "日本",
        "＝1",
        "<b>&amp;</b>",
        "]]>",
        "&#10;",
        "24/10/2019",
        "31/02/2019",
        "SC012345",
        "1",
        "0",
        "x\u{2028}y",
    ];
    let odd = prop::sample::select(odd.map(String::from).to_vec());
    prop_oneof![3 => odd, 2 => "[^\\p{C}]{0,12}".prop_map(|s| s.trim().to_owned())]
}

/// One row of every table for some of the children: the table, the child, and a cell for each column.
fn rows() -> impl Strategy<Value = Vec<(Table, usize, Vec<String>)>> {
    let table = prop::sample::select(Table::ALL.to_vec());
    vec((table, 0..4usize, vec(cell(), 14)), 0..24)
}

/// The tables as files, with unique children whose dates of birth and sex agree, as XML needs it.
fn tables(rows: &[(Table, usize, Vec<String>)], who: &[(String, String, String)]) -> Vec<SourceFile> {
    let file = |table: &Table| {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(table.columns()).expect("memory");
        let headers = who.iter().enumerate().map(|(i, _)| (Table::Header, i, vec!["x".to_owned(); 14]));
        let mut own: Vec<_> =
            headers.chain(rows.iter().filter(|(t, ..)| *t != Table::Header).cloned()).collect();
        own.retain(|(t, ..)| t == table);
        // Stable: a child's rows stay in their order, and children stand as in Header.
        own.sort_by_key(|(_, child, _)| *child);
        if *table == Table::Uasc {
            own.dedup_by_key(|(_, child, _)| *child);
        }
        for (_, child, cells) in own {
            let (id, born, sex) = &who[child];
            let cell = |(i, column): (usize, &&str)| match *column {
                "CHILD" => id.clone(),
                "DOB" => born.clone(),
                "SEX" => sex.clone(),
                // A formula that somebody wrote is guarded by whoever wrote it; here nobody did.
                _ => {
                    if cells[i].starts_with('\'') {
                        format!("x{}", cells[i])
                    } else {
                        cells[i].clone()
                    }
                }
            };
            writer.write_record(table.columns().iter().enumerate().map(cell)).expect("memory");
        }
        SourceFile::new(format!("2026/{}", table.file_name()), writer.into_inner().expect("memory"))
    };
    Table::ALL.iter().map(file).collect()
}

fn who() -> impl Strategy<Value = Vec<(String, String, String)>> {
    let one = ("[A-Z0-9]{0,6}", cell(), cell());
    vec(one, 4).prop_map(|all| {
        let unique = |(i, (id, born, sex)): (usize, (String, String, String))| {
            let plain = |s: String| if s.starts_with('\'') { String::new() } else { s };
            (format!("{id}{i}"), plain(born), plain(sex))
        };
        all.into_iter().enumerate().map(unique).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn csv_reads_back_as_it_was(rows in rows(), who in who()) {
        let given = read(&tables(&rows, &who));
        let written = Return::write_csv(&given);
        prop_assert_eq!(written.len(), 12);
        let again = read(&files(written.clone()));
        prop_assert_eq!(&again, &given);
        // Read, written and read it stays the same to the byte.
        prop_assert_eq!(Return::write_csv(&again), written);
    }

    #[test]
    fn xml_reads_back_as_it_was(rows in rows(), who in who()) {
        let given = read(&tables(&rows, &who));
        let xml = Return::write_xml(&given);
        let again = read(&files(vec![xml.file.clone()]));
        let mut expected: BTreeMap<String, usize> = BTreeMap::new();
        for unsaid in &xml.unsaid {
            prop_assert!(unsaid.what.contains("empty element"), "{:?}", unsaid);
            *expected.entry(format!("{} row not made", unsaid.table.title())).or_default() += 1;
        }
        let found = differences(&given, &again);
        for (kind, n) in &found {
            prop_assert!(expected.get(kind).is_some_and(|e| n <= e), "{} {:?}", kind, found);
        }
        for table in Table::ALL {
            let unsaid = expected.get(&format!("{} row not made", table.title())).copied().unwrap_or_default();
            prop_assert_eq!(again.rows(*table) + unsaid, given.rows(*table), "{:?}", table);
        }
    }

    #[test]
    fn no_cell_is_written_that_a_spreadsheet_would_run(rows in rows(), who in who()) {
        for file in Return::write_csv(&read(&tables(&rows, &who))) {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file.bytes.as_slice());
            for record in reader.records() {
                for cell in &record.expect("a row") {
                    prop_assert!(!cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']), "{}", cell);
                }
            }
        }
    }
}

#[test]
fn a_guarded_formula_is_read_as_what_was_typed() {
    let header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n'-7,M,01/01/2015,WBRI,'=1+1,,\n";
    let year = read(&[common::csv(2026, "header", header)]);
    assert_eq!((year.header[0].child.raw(), year.header[0].upn.raw()), ("-7", "=1+1"));
    let written = String::from_utf8(Return::write_csv(&year)[0].bytes.clone()).expect("UTF-8");
    assert_eq!(written, header.replace('\n', "\r\n"));
}

#[test]
fn only_the_tables_that_were_sent_are_written_and_empty_ones_have_headings() {
    let year = YearReturn { year: 2026, sent: vec![Table::Reviews], ..YearReturn::default() };
    let written = Return::write_csv(&year);
    assert_eq!(written.len(), 1);
    assert_eq!(written[0].name, "reviews.csv");
    assert_eq!(written[0].bytes, b"CHILD,DOB,REVIEW,REVIEW_CODE\r\n");
    assert_eq!(Return::write_csv(&YearReturn::default()).len(), 12);
}

#[test]
fn what_xml_cannot_say_is_named() {
    let header =
        common::csv(2026, "header", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA,M,01/01/2015,WBRI,UN4,,\n");
    let reviews = "CHILD,DOB,REVIEW,REVIEW_CODE\nA,02/01/2015,05/06/2025,PN1\nB,01/01/2014,05/06/2025,PN1\nA,01/01/2015,,\n";
    let uasc = "CHILD,SEX,DOB,DUC\nA,F,01/01/2015,\nA,M,01/01/2015,01/01/2033\n";
    let year = read(&[header, common::csv(2026, "reviews", reviews), common::csv(2026, "uasc", uasc)]);
    let xml = Return::write_xml(&year);
    let said: Vec<_> = xml
        .unsaid
        .iter()
        .map(|u| (u.table, u.row, u.what.split(' ').take(4).collect::<Vec<_>>().join(" ")))
        .collect();
    let expected = [
        (Table::Reviews, 0, "The date of birth"),
        (Table::Reviews, 1, "The child has no"),
        (Table::Reviews, 2, "Nothing is said but"),
        (Table::Uasc, 0, "The sex is not"),
        (Table::Uasc, 1, "Only the first row"),
    ];
    assert_eq!(said, expected.map(|(t, r, w)| (t, r, w.to_owned())));
    let text = String::from_utf8(xml.file.bytes).expect("UTF-8");
    assert!(text.contains("<CHILDID>B</CHILDID>"), "{text}");
}

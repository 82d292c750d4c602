//! Files that are not what they should be: each gives an error that says what to do, and spoils nothing else.
#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it takes for granted")]

mod common;

use common::{convert, csv, lines, read, said};
use kinfold_census::{Level, Limits, ReadOptions, Return, RowError, SourceFile, Table};

const EPISODES: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB";

/// A year with one good child, and whatever else is given in Episodes.
fn beside_a_good_child(rows: &[u8]) -> (Vec<SourceFile>, usize) {
    let header = csv(
        2026,
        "header",
        &format!("{HEADER}\nGOOD,F,01/01/2015,WBRI,UN4,,\nBAD,F,01/01/2015,WBRI,UN4,,\n"),
    );
    let mut text = format!("{EPISODES}\nGOOD,01/05/2025,S,V2,N1,U6,PR1,,,,,,\n").into_bytes();
    text.extend_from_slice(rows);
    (vec![header, SourceFile::new("2026/episodes.csv", text)], 2)
}

fn errors_of(rows: &str) -> Vec<RowError> {
    let (files, children) = beside_a_good_child(rows.as_bytes());
    let converted = convert(&files);
    assert_eq!(converted.children.len(), children);
    let good = converted.children.iter().find(|c| c.local_id == "GOOD").expect("the good child");
    assert_eq!(
        lines(good),
        ["2025-05-01 child_registered", "2025-05-01 care_started", "2025-05-01 placement_started"],
        "the good child is spoilt by {rows}"
    );
    converted.errors.into_iter().filter(|e| e.level == Level::Error).collect()
}

/// The one error of the bad rows, as line, column and a piece of the reason.
fn only(rows: &str, line: u32, column: &str, reason: &str) {
    let errors = errors_of(rows);
    assert_eq!(errors.len(), 1, "{rows}: {:#?}", said(&errors));
    assert_eq!(errors[0].file, "2026/episodes.csv");
    assert_eq!(errors[0].line, Some(line), "{rows}");
    assert_eq!(errors[0].column.as_deref().unwrap_or_default(), column, "{rows}");
    assert!(errors[0].reason.contains(reason), "{rows}: {}", errors[0].reason);
}

#[test]
fn what_cannot_be_true_is_an_error_with_its_place() {
    only("BAD,01/05/2025,S,V2,N1,U6,PR1,30/04/2025,E4A,,,,\n", 3, "DEC", "ends before it starts");
    only("BAD,31/02/2026,S,V2,N1,U6,PR1,,,,,,\n", 3, "DECOM", "no such day");
    only("BAD,31/12/2014,S,V2,N1,U6,PR1,,,,,,\n", 3, "DECOM", "before the child was born");
    only("BAD,22/11/2026,S,V2,N1,U6,PR1,,,,,,\n", 3, "DECOM", "in the future");
    only("BAD,01/05/2025,S,V2,N1,U6,PR1,22/11/2026,E4A,,,,\n", 3, "DEC", "in the future");
    only("BAD,,S,V2,N1,U6,PR1,,,,,,\n", 3, "DECOM", "missing");
    only("BAD,01/05/2025,S,V2,N9,U6,PR1,,,,,,\n", 3, "CIN", "N1, N2");
    only("BAD,01/05/2025,S,V2,N1,U7,PR1,,,,,,\n", 3, "PLACE", "not known");
    only("BAD,01/05/2025,S,V2,N1,U6,PR1,01/06/2025,,,,,\n", 3, "REC", "no reason");
    only("BAD,01/05/2025,S,V2,N1,U6,PR1,,E4A,,,,\n", 3, "REC", "without a day");
    only("BAD,01/05/2025,S,V2,N1,U6,PR1,01/06/2025,X1,,,,\n", 3, "REC", "none does");
    only(",01/05/2025,S,V2,N1,U6,PR1,,,,,,\n", 3, "CHILD", "whose it is");
    only("BAD,01/05/2033,S,V2,N1,U6,PR1,,,,,,\n", 3, "DECOM", "in the future");
}

#[test]
fn the_rest_of_a_child_with_an_error_still_comes_in() {
    let rows = "BAD,01/05/2025,S,V2,N1,U6,PR1,01/06/2025,X1,,,,\n\
                BAD,01/06/2025,P,V2,N1,U7,PR1,31/06/2025,X1,,,,\n\
                BAD,01/08/2025,L,C1,N1,U7,PR1,,,,,,\n";
    let (files, _) = beside_a_good_child(rows.as_bytes());
    let converted = convert(&files);
    let bad = converted.children.iter().find(|c| c.local_id == "BAD").expect("the child");
    assert_eq!(
        lines(bad),
        [
            "2025-05-01 child_registered",
            "2025-05-01 care_started",
            "2025-05-01 placement_started",
            "2025-08-01 legal_status_changed"
        ]
    );
    let errors = said(&converted.errors);
    assert!(errors.iter().any(|e| e.contains("line 4, DEC “31/06/2025”")), "{errors:#?}");
    assert!(errors.iter().any(|e| e.contains("line 4, PLACE “U7”")), "{errors:#?}");
}

#[test]
fn overlapping_episodes_are_reported() {
    let rows = "BAD,01/05/2025,S,V2,N1,U6,PR1,10/06/2025,X1,,,,\n\
                BAD,01/06/2025,P,V2,N1,U4,PR1,,,,,,\n";
    only(rows, 3, "DEC", "starts before this one ends");
}

#[test]
fn nobody_is_looked_after_beyond_eighteen() {
    let header = csv(2026, "header", &format!("{HEADER}\nBAD,F,01/02/2008,WBRI,UN4,,\n"));
    let rows = "BAD,01/05/2025,S,V2,N1,U6,PR1,01/03/2026,E17,,,,\nBAD,02/03/2026,S,V2,N1,U6,PR1,,,,,,\n";
    let converted = convert(&[header, csv(2026, "episodes", &format!("{EPISODES}\n{rows}"))]);
    let errors = said(&converted.errors);
    assert_eq!(errors.len(), 2, "{errors:#?}");
    assert!(errors.iter().all(|e| e.contains("18th birthday")));
    assert_eq!(lines(&converted.children[0]).len(), 3);
}

#[test]
fn a_file_cut_in_the_middle_of_a_row_says_so() {
    only("BAD,01/05/2025,S,V2,N1,U6,PR1,01/0", 3, "", "stops in the middle");
    // The same row with an end to the line is what a spreadsheet writes that leaves out empty cells.
    assert_eq!(said(&errors_of("BAD,01/05/2025,S,V2,N1,U6,PR1\n")), Vec::<String>::new());
}

#[test]
fn an_unclosed_quotation_mark_takes_no_more_than_its_line() {
    let rows = "BAD,01/05/2025,S,\"V2,N1,U6,PR1,,,,,,\n\
                BAD,01/06/2025,S,V2,N1,U6,PR1,,,,,,\n\
                BAD,01/07/2025,P,V2,N1,U4,PR1,,,,,,\n";
    let errors = errors_of(rows);
    assert_eq!(errors[0].line, Some(3));
    assert!(errors[0].reason.contains("quotation mark"));
    let (files, _) = beside_a_good_child(rows.as_bytes());
    let (years, _) = read(&files);
    assert_eq!(years[0].episodes.iter().map(|e| e.at.line).collect::<Vec<_>>(), [2, 4, 5]);
}

#[test]
fn a_row_slipped_sideways_is_left_out() {
    only("BAD,01/05/2025,S,V2,N1,U6,PR1,,,,12, High Street,ZZ1 1AA,SC000001\n", 3, "", "more cells");
}

#[test]
fn headings_twice_extra_columns_and_two_of_a_name_are_told() {
    let text = format!(
        "{HEADER},DOB,NOTES\nG1,M,01/01/2015,WBRI,UN4,,,,x\n{HEADER},DOB,NOTES\nG2,M,01/01/2015,WBRI,UN4,,\n"
    );
    let (years, errors) = read(&[csv(2026, "h", &text)]);
    assert_eq!(years[0].header.len(), 2);
    let errors = said(&errors);
    assert_eq!(errors.len(), 3, "{errors:#?}");
    assert!(errors.iter().any(|e| e.contains("line 1") && e.contains("DOB stands here twice")));
    assert!(errors.iter().any(|e| e.contains("not used: NOTES")));
    assert!(errors.iter().any(|e| e.contains("line 3") && e.contains("second time")));
}

#[test]
fn missing_columns_are_named() {
    let (years, errors) = read(&[csv(2026, "e", "CHILD,DECOM,RNE,LS\nG1,01/05/2025,S,V2\n")]);
    assert_eq!(years[0].episodes.len(), 1);
    assert!(said(&errors)[0].contains("CIN, PLACE, PLACE_PROVIDER, DEC"), "{errors:?}");
    let (years, errors) = read(&[csv(2026, "e", "DECOM,RNE,LS\n01/05/2025,S,V2\n")]);
    assert!(years.is_empty());
    assert!(said(&errors)[0].contains("no CHILD column"));
}

#[test]
fn wrong_files_are_named_and_the_right_ones_read() {
    let wrong: [(&str, &[u8]); 8] = [
        ("2026/empty.csv", b""),
        ("2026/blank.csv", b"\n\n  \n"),
        ("2026/book.csv", b"PK\x03\x04\x14\x00\x06\x00"),
        ("2026/letter.csv", b"%PDF-1.7 ..."),
        ("2026/odd.csv", b"\xFF\xFE\x00\xD8\x00\xD8"),
        ("2026/noughts.csv", b"CHILD,\0\0\0\0DECOM"),
        ("2026/a.xml", b"<html><body>not found</body></html>"),
        ("2026/b.xml", b"<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID>"),
    ];
    let (mut files, _) = beside_a_good_child(b"");
    files.extend(wrong.iter().map(|(name, bytes)| SourceFile::new(*name, *bytes)));
    files.push(csv(2026, "providers", "URN,Provider type\nSC1,Other\n"));
    let (years, errors) = read(&files);
    assert_eq!(years.len(), 1);
    assert_eq!(years[0].rows(Table::Episodes), 1);
    for (name, _) in wrong {
        assert!(
            errors.iter().any(|e| e.file == name && e.level == Level::Error),
            "{name}: {:#?}",
            said(&errors)
        );
    }
    assert!(errors.iter().any(|e| e.file == "2026/providers.csv" && e.level == Level::Note));
}

#[test]
fn a_table_exported_twice_is_reported() {
    let (mut files, _) = beside_a_good_child(b"");
    files.push(csv(2026, "episodes (1)", &format!("{EPISODES}\nGOOD,01/05/2025,S,V2,N1,U6,PR1,,,,,,\n")));
    let converted = convert(&files);
    let errors = said(&converted.errors);
    assert!(errors.iter().any(|e| e.contains("also Episodes")), "{errors:#?}");
    assert!(errors.iter().any(|e| e.contains("It was used once")), "{errors:#?}");
    assert_eq!(lines(&converted.children[1]).len(), 3);
}

#[test]
fn more_than_the_limit_is_not_read_whatever_the_file_claims() {
    let limits = Limits { file_bytes: 1_000, all_bytes: 1_500, problems_per_file: 3, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    // A reader that would give two gigabytes gives up after a thousand bytes.
    let endless = std::io::Read::take(std::io::repeat(b'a'), 2 << 30);
    let big = SourceFile::from_reader("2026/big.csv", endless, &limits).expect("the reader does not fail");
    assert!(big.len() <= 1_000);
    let (mut files, _) = beside_a_good_child(b"");
    files.push(big);
    files.push(SourceFile::new("2026/z1.csv", vec![b'a'; 900]));
    files.push(SourceFile::new("2026/z2.csv", vec![b'a'; 900]));
    let (years, errors) = Return::read(&files, &options);
    assert_eq!(years[0].rows(Table::Episodes), 1);
    let errors = said(&errors);
    assert!(errors.iter().any(|e| e.contains("big.csv") && e.contains("larger than")), "{errors:#?}");
    assert!(errors.iter().any(|e| e.contains("z2.csv") && e.contains("together")), "{errors:#?}");
}

#[test]
fn problems_are_counted_when_there_are_too_many_to_list() {
    let rows = "G1,99/99/9999,S,V2,N1,U6,PR1,,,,,,\n".repeat(50);
    let limits = Limits { problems_per_file: 3, ..Limits::default() };
    let file = csv(2026, "e", &format!("{EPISODES}\n{rows}"));
    let (_, errors) = Return::read(&[file], &ReadOptions { limits, ..ReadOptions::default() });
    assert_eq!(errors.len(), 4);
    assert!(errors[3].reason.starts_with("47 more"));
}

#[test]
fn hostile_text_stays_text() {
    let formula = "=cmd|' /C calc'!A0";
    let rows = format!(
        "\"{formula}\",01/05/2025,S,V2,N1,U6,PR1,,,,\"=HYPERLINK(\"\"x\"\")\",\"<script>\",\"'; DROP TABLE\"\n\
         \u{202E}DAB,01/05/2025,S,V2,N1,U6,PR1,,,,,,\n\
         {},01/05/2025,S,V2,N1,U6,PR1,,,,,,\n\
         BAD,01/05/2025,S,V2,N1,U6,PR1,,,,\u{202E}abc,{},\n",
        "X".repeat(100_000),
        "Y".repeat(100_000)
    );
    let header = csv(
        2026,
        "header",
        &format!("{HEADER}\n\"{formula}\",M,01/01/2015,WBRI,UN4,,\nBAD,M,01/01/2015,WBRI,UN4,,\n"),
    );
    let converted = convert(&[header, csv(2026, "episodes", &format!("{EPISODES}\n{rows}"))]);
    assert_eq!(converted.children.len(), 2);
    let child = converted.children.iter().find(|c| c.local_id == formula).expect("the formula is a name");
    let kinfold_record::Event::CareStarted { home_postcode, .. } = &child.entries[1].event else {
        panic!("care started");
    };
    assert_eq!(home_postcode.as_deref(), Some("=HYPERLINK(\"x\")"));
    let errors = said(&converted.errors);
    assert_eq!(errors.len(), 4, "{errors:#?}");
    assert!(errors.iter().all(|e| e.len() < 1_000), "what is shown is cut short");
}

#[test]
fn an_xml_that_breaks_keeps_the_children_before() {
    let child = |id: &str| {
        format!(
            "<CHILD><HEADER><CHILDID>{id}</CHILDID><DOB>01/01/2015</DOB><SEX>M</SEX></HEADER><EPISODE><DECOM>01/05/2025</DECOM><RNE>S</RNE></EPISODE></CHILD>\n"
        )
    };
    let text = format!("<EXPSSDA903>{}{}<CHILD><HEADER></EPISODE>", child("1"), child("2"));
    let (years, errors) = read(&[SourceFile::new("2026.xml", text.as_bytes())]);
    assert_eq!(years[0].header.len(), 2);
    assert_eq!(years[0].episodes.len(), 2);
    assert!(errors.iter().any(|e| e.line == Some(3)), "{:#?}", said(&errors));
    // A file that defines a name for a great deal of text does not get it read.
    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><EXPSSDA903>{}</EXPSSDA903>", child("&a;&a;"));
    let (years, errors) = read(&[SourceFile::new("2026.xml", bomb.as_bytes())]);
    assert_eq!(years[0].header[0].child.raw(), "");
    assert!(errors.iter().any(|e| e.reason.contains("entity")));
    let deep = format!("{}{}", "<A>".repeat(100_000), "</A>".repeat(100_000));
    let (years, errors) = read(&[SourceFile::new("2026.xml", deep.as_bytes())]);
    assert!(years.iter().all(|y| y.header.is_empty()));
    assert!(!errors.is_empty());
}

#[test]
fn a_return_without_a_year_in_its_name_is_told_by_its_dates() {
    let files = [SourceFile::new(
        "episodes.csv",
        format!("{EPISODES}\nG1,01/05/2023,S,V2,N1,U6,PR1,30/03/2026,E4A,,,,\n").as_bytes(),
    )];
    let (years, _) = read(&files);
    assert_eq!(years[0].year, 2026);
    let (years, _) = Return::read(&files, &ReadOptions { year: Some(2025), ..ReadOptions::default() });
    assert_eq!(years[0].year, 2025);
    let undated =
        [SourceFile::new("header.csv", format!("{HEADER}\nG1,M,01/01/2015,WBRI,UN4,,\n").as_bytes())];
    let (years, errors) = read(&undated);
    assert!(years.is_empty());
    assert!(said(&errors)[0].contains("which year"));
}

#[test]
fn a_child_without_a_date_of_birth_is_left_out_with_a_reason() {
    let converted = convert(&[csv(2026, "e", &format!("{EPISODES}\nG1,01/05/2025,S,V2,N1,U6,PR1,,,,,,\n"))]);
    assert!(converted.children.is_empty());
    assert!(said(&converted.errors)[0].contains("no table gives a date of birth"));
    let missing =
        csv(2026, "m", "CHILD,DOB,MISSING,MIS_START,MIS_END\nG1,01/01/2015,M,03/05/2025,04/05/2025\n");
    let episodes = csv(2026, "e", &format!("{EPISODES}\nG1,01/05/2025,S,V2,N1,U6,PR1,,,,,,\n"));
    let converted = convert(&[missing, episodes]);
    assert_eq!(lines(&converted.children[0]).len(), 5, "the date of birth is in another table");
}

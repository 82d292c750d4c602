//! The commands on the statutory return: what they find, in every format, and what they do with files that are none.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Output;

use support::{run, said};

const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n";
const EPISODES: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n";

fn file(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// A return of 2026 in which the sex of the second child is wrong and looks like a formula.
fn faulty() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "1,F,01/01/2015,WBRI,UN4,,\n2,=1+1,01/01/2015,WBRI,UN4,,\n";
    file(folder.path(), "2026/any name.csv", format!("{HEADER}{rows}"));
    folder
}

fn check(folder: &Path, args: &[&str]) -> Output {
    run(folder, &[&["census", "check"], args].concat())
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("a status")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_finding_is_told_with_its_place_and_its_page() {
    let folder = faulty();
    let found = check(folder.path(), &["2026", "--rule", "101"]);
    let text = said(&found);
    assert_eq!(status(&found), 1, "{text}");
    for words in [
        "Rule 101",
        "What it does",
        "Why it matters",
        "How to put it right",
        "2026/any name.csv, line 3",
        "child 2",
        "SEX “=1+1”",
        "The return of 2026 (2025-26).",
        "1 finding of 1 rule in the return of 2026; 1 rule asked, 0 not.",
    ] {
        assert!(text.contains(words), "no “{words}” in\n{text}");
    }
}

#[test]
fn nothing_found_is_status_nought() {
    let folder = tempfile::tempdir().expect("a folder");
    file(folder.path(), "2026/h.csv", format!("{HEADER}1,F,01/01/2015,WBRI,UN4,,\n"));
    let clean = check(folder.path(), &["2026", "--rule", "101", "--rule", "102"]);
    assert_eq!(status(&clean), 0, "{}", said(&clean));
    assert!(out(&clean).contains("Nothing was found"), "{}", said(&clean));
}

#[test]
fn every_rule_is_asked_or_it_is_said_why_not() {
    let folder = faulty();
    let found = check(folder.path(), &["2026"]);
    let text = out(&found);
    assert!(text.contains("Rules not asked, because last year's return was not given"), "{text}");
    assert!(text.contains("Rules not asked, because the table Episodes is not in the return"), "{text}");
    let asked = run(folder.path(), &["census", "rules", "--year", "2026"]);
    let all: usize =
        out(&asked).lines().last().and_then(|l| l.split(' ').next()?.parse().ok()).expect("a number");
    let last = text.lines().last().expect("a line");
    // "… in the return of 2026; 266 rules asked, 1 not."
    let (asked, not) =
        last.split_once("; ").and_then(|(_, l)| l.split_once(" rules asked, ")).expect("numbers");
    let number = |words: &str| words.trim_end_matches(" not.").parse::<usize>().expect("a number");
    let (asked, not) = (number(asked), number(not));
    assert_eq!(asked + not, all, "{last}");
}

#[test]
fn as_json_each_line_is_an_object_and_says_all_of_a_finding() {
    let folder = faulty();
    let found = check(folder.path(), &["2026", "--format", "json"]);
    assert_eq!(status(&found), 1, "{}", said(&found));
    let lines: Vec<serde_json::Value> =
        out(&found).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let finding = lines.iter().find(|l| l["kind"] == "finding" && l["rule"] == "101").expect("a finding");
    assert_eq!(finding["child"], "2");
    assert_eq!(finding["table"], "Header");
    assert_eq!(finding["file"], "2026/any name.csv");
    assert_eq!((finding["line"].as_u64(), finding["row"].as_u64()), (Some(3), Some(1)));
    assert_eq!(finding["cells"], serde_json::json!([{"column": "SEX", "value": "=1+1"}]));
    for words in ["message", "what", "why", "fix"] {
        assert!(finding[words].as_str().is_some_and(|w| w.len() > 10), "{words}: {finding}");
    }
    assert!(lines.iter().any(|l| l["kind"] == "not_asked" && l["because"].is_string()));
    let summary = lines.last().expect("a line");
    assert_eq!(summary["kind"], "summary");
    assert_eq!(summary["findings"], lines.iter().filter(|l| l["kind"] == "finding").count());
}

#[test]
fn as_csv_no_cell_is_a_formula() {
    let folder = faulty();
    let found = check(folder.path(), &["2026", "--format", "csv", "--rule", "101"]);
    let text = out(&found);
    assert!(text.starts_with("\u{feff}rule,message,child,"), "{text}");
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(|r| r.expect("a row")).collect();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].iter().nth(8), Some("'=1+1"));
    assert!(rows[0].iter().all(|cell| !cell.starts_with('=')));
    assert!(String::from_utf8_lossy(&found.stderr).contains("Rules asked"), "the rest is beside the table");
}

#[test]
fn as_html_it_is_one_page_without_script_and_with_everything_escaped() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "<script>alert(1)</script>,X<b>,01/01/2015,WBRI,UN4,,\n";
    file(folder.path(), "2026/h.csv", format!("{HEADER}{rows}"));
    let found = check(folder.path(), &["2026", "--format", "html", "--rule", "101"]);
    let page = out(&found);
    assert!(
        page.starts_with("<!DOCTYPE html><html lang=\"en-GB\">") && page.ends_with("</html>\n"),
        "{page}"
    );
    assert!(!page.contains("<script") && !page.contains("http"), "{page}");
    assert!(page.contains("X&lt;B&gt;") && page.contains("<th scope=\"col\">Child</th>"), "{page}");
    let title = page.split("<title>").nth(1).and_then(|t| t.split('<').next()).expect("a title");
    assert_eq!(title, "Check of the return of 2025-26", "no child in the title");
}

#[test]
fn of_several_years_the_latest_is_checked_beside_the_one_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let of = |day: &str, urn: &str| format!("{EPISODES}1,{day},S,V2,N1,U6,PR1,,,,,,{urn}\n");
    file(folder.path(), "in/2024/e.csv", of("01/02/2024", "SC400001"));
    file(folder.path(), "in/2025/e.csv", of("01/02/2025", "SC400001"));
    file(folder.path(), "in/2026/e.csv", of("01/02/2025", "SC400002"));
    let lines = |args: &[&str]| out(&check(folder.path(), args));
    let both = lines(&["in", "--rule", "503F"]);
    let beside = "The return of 2026 (2025-26) beside that of 2025; what happened before from 2024.";
    assert!(both.contains(beside), "{both}");
    assert!(both.contains("2026/e.csv, line 2"), "{both}");
    let earlier = lines(&["in", "--year", "2025", "--rule", "503F"]);
    assert!(earlier.contains("The return of 2025 (2024-25) beside that of 2024."), "{earlier}");
    let alone = lines(&["in/2026", "--rule", "503F"]);
    assert!(alone.contains("because last year's return was not given"), "{alone}");
    let given = lines(&["in/2026", "--previous", "in/2025", "--rule", "503F"]);
    assert!(given.contains("1 finding of 1 rule"), "{given}");
    let wrong = check(folder.path(), &["in/2026", "--previous", "in/2024"]);
    assert_eq!(status(&wrong), 2);
    assert!(said(&wrong).contains("is to be the return of 2025"), "{}", said(&wrong));
}

#[test]
fn what_is_no_return_is_status_two_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    file(at, "empty/2026/h.csv", "");
    file(at, "other/2026/h.csv", "NAME,COLOUR\nx,y\n");
    file(at, "book/2026/h.csv", b"PK\x03\x04zip");
    fs::create_dir_all(at.join("none")).expect("made");
    file(at, "2021/h.csv", format!("{HEADER}1,X,01/01/2015,WBRI,UN4,,\n"));
    for (args, words) in [
        (&["absent"][..], "absent cannot be read"),
        (&["none"], "there is no return in"),
        (&["empty"], "The file is empty"),
        (&["other"], "not those of any of the twelve tables"),
        (&["book"], "a spreadsheet workbook"),
        (&["2021"], "the rules of 2023 (2022-23) and later are known"),
        (&["2021", "--year", "2026"], "there is 2021"),
        (&["2021", "--rule", "no-such"], "there is no rule no-such"),
        (&["2021", "--postcodes", "absent.csv"], "the postcode directory absent.csv cannot be used"),
        (&["2021", "--providers", "other/2026/h.csv"], "no column called URN"),
    ] {
        let refused = check(at, args);
        assert_eq!(status(&refused), 2, "{args:?}: {}", said(&refused));
        assert!(said(&refused).contains(words), "{args:?}: no “{words}” in {}", said(&refused));
        assert_eq!(out(&refused), "", "{args:?}");
    }
}

#[test]
fn a_file_that_is_far_too_large_is_refused_and_the_others_are_checked() {
    let folder = faulty();
    // Two gigabytes without a byte on the disk.
    let large = fs::File::create(folder.path().join("2026/large.csv")).expect("made");
    large.set_len(2 << 30).expect("a length");
    let found = check(folder.path(), &["2026", "--rule", "101"]);
    let text = said(&found);
    assert_eq!(status(&found), 2, "{text}");
    assert!(text.contains("large.csv: The file is larger than 256 MB"), "{text}");
    assert!(text.contains("1 finding of 1 rule"), "{text}");
}

#[test]
fn a_billion_laughs_are_not_laughed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut entities = String::from("<!ENTITY a0 \"ha\">");
    for n in 1..30 {
        entities.push_str(&format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)));
    }
    let xml = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [{entities}]><DATA><CHILD><HEADER><CHILDID>1</CHILDID>\
         <SEX>&a29;</SEX></HEADER></CHILD></DATA>"
    );
    file(folder.path(), "2026.xml", xml);
    let found = check(folder.path(), &["2026.xml", "--rule", "101"]);
    let text = said(&found);
    assert_eq!(status(&found), 1, "{text}");
    assert!(text.contains("An entity of the file's own was not read"), "{text}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = faulty();
    let mut child = support::kinfold()
        .args(["census", "check", "2026", "--format", "json"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("ended");
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}

const CASE: &str = r#"{"rule": "101", "ruleset_file": "lac2022_23", "cases": [{
    "tables": {"Header": {"columns": ["SEX"], "rows": [["1"], ["X"]]}}, "expected_csv": {"Header": [ROWS]}}]}"#;

#[test]
fn cases_pass_or_fail_and_the_last_line_counts_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    file(at, "c/a.json", CASE.replace("ROWS", "1"));
    let good = run(at, &["census", "conformance", "c"]);
    assert_eq!(out(&good), "pass      2023 101\n1 passed, 0 failed, 0 diverge\n");
    assert_eq!(status(&good), 0);
    file(at, "c/deeper/b.json", CASE.replace("ROWS", "0"));
    file(at, "c/c.json", "{");
    let bad = run(at, &["census", "conformance", "c"]);
    let text = out(&bad);
    assert_eq!(status(&bad), 1, "{text}");
    assert!(
        text.contains("fail      2023 101: case 0: not flagged: Header 0, flagged too: Header 1\n"),
        "{text}"
    );
    assert!(text.ends_with("1 passed, 2 failed, 0 diverge\n"), "{text}");
    let none = run(at, &["census", "conformance", "."]);
    assert_eq!(status(&none), 1, "the folder below is read too: {}", said(&none));
    fs::create_dir(at.join("none")).expect("made");
    let none = run(at, &["census", "conformance", "none"]);
    assert_eq!((status(&none), out(&none)), (2, String::new()));
}

#[test]
fn a_rule_has_a_manual_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = out(&run(folder.path(), &["census", "rules", "503f"]));
    for words in
        ["Rule 503F\n", "What it does\n", "Example\n", "Asked in 2022-23 on\n", "needs Episodes of last year"]
    {
        assert!(page.contains(words), "no “{words}” in\n{page}");
    }
    let list = out(&run(folder.path(), &["census", "rules"]));
    assert!(list.lines().any(|line| line.starts_with("101 ")), "{list}");
    assert_eq!(status(&run(folder.path(), &["census", "rules", "nosuch"])), 2);
}

#[test]
fn postcodes_are_looked_up_the_same_in_either_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    file(
        at,
        "codes.csv",
        "pcds,UTLA21CD,UTLA21NM,oseast1m,osnrth1m\nAB1 2CD,E10000016,\"Kent, County of\",0,0\nEF3 4GH,E06000035,Medway,0,160930\n",
    );
    let made = run(at, &["reference", "postcodes", "codes.csv"]);
    assert!(out(&made).starts_with("2 postcodes in codes.places"), "{}", said(&made));
    // The placement is a hundred miles away, so the distance is shown with what is found.
    let row = "1,01/05/2025,S,V2,N1,K2,PR4,,,,AB1 2CD,EF3 4GH,XXXXXXX\n";
    file(at, "2026/e.csv", format!("{EPISODES}{row}"));
    let shown = |postcodes: &str| {
        let found =
            check(at, &["2026", "--postcodes", postcodes, "--authority", "E10000016", "--format", "json"]);
        assert_ne!(status(&found), 2, "{}", said(&found));
        out(&found)
    };
    let from_csv = shown("codes.csv");
    assert_eq!(from_csv, shown("codes.places"));
    assert!(!from_csv.contains("no postcode directory was given"), "{from_csv}");
    let without = out(&check(at, &["2026", "--format", "json"]));
    assert!(without.contains("no postcode directory was given"), "{without}");
    let mut bytes = fs::read(at.join("codes.places")).expect("read");
    bytes.pop();
    file(at, "cut.places", bytes);
    let cut = check(at, &["2026", "--postcodes", "cut.places"]);
    assert_eq!(status(&cut), 2);
    assert!(said(&cut).contains("damaged or cut short"), "{}", said(&cut));
}

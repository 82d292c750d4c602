//! The engine from files to report: both ways of sending a return, with and without what may be supplied.

use kinfold_census::check::{self, Places, Providers, Returns, Spot, Supplied};
use kinfold_census::{ReadOptions, Return, SourceFile, Table};

const HEADER: &str =
    "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,m,01/01/2015,WBRI,UN1,,\n2,1,01/01/2015,WBRI,UN1,,\n";
const EPISODES: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n\
    2,01/05/2025,S,V2,N1,U6,PR1,,,,AA1 1AA,bb1 1bb,SC1\n";

fn read(files: &[(&str, &str)]) -> Vec<kinfold_census::YearReturn> {
    let files: Vec<SourceFile> = files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect();
    Return::read(&files, &ReadOptions::default()).0
}

fn one(files: &[(&str, &str)]) -> Returns {
    let mut years = read(files);
    assert_eq!(years.len(), 1);
    Returns::new(years.remove(0), None, &Supplied::default())
}

#[test]
fn a_finding_says_where_and_what() {
    let returns = one(&[("2026/header.csv", HEADER)]);
    let report = check::check(&returns, &Supplied::default());
    let found: Vec<_> = report.findings.iter().filter(|f| f.rule.code == "101").collect();
    assert_eq!(found.len(), 1);
    let finding = found[0];
    assert_eq!((finding.table, finding.row, finding.at.line), (Table::Header, 1, 3));
    assert_eq!(finding.child, "2");
    assert_eq!(finding.cells, [("SEX", "1".into())]);
}

#[test]
fn every_rule_of_the_year_is_run_or_says_why_not() {
    let returns = one(&[("2026/header.csv", HEADER)]);
    let report = check::check(&returns, &Supplied::default());
    let of_year = kinfold_census::rules::ALL.iter().filter(|e| e.rule.version(2026).is_some()).count();
    assert_eq!(report.run.len() + report.not_run.len(), of_year);
    let why = |code: &str| report.not_run.iter().find(|n| n.code == code).map(|n| n.because.as_str());
    assert_eq!(why("564"), Some("the table Missing is not in the return"));
    assert_eq!(why("101"), None);
}

#[test]
fn rules_wait_for_what_is_not_supplied() {
    let files = [("2026/header.csv", HEADER), ("2026/episodes.csv", EPISODES)];
    let report = check::check(&one(&files), &Supplied::default());
    for (code, word) in [("227", "providers"), ("453", "last year"), ("411", "postcode")] {
        let not_run = report.not_run.iter().find(|n| n.code == code);
        assert!(not_run.is_some_and(|n| n.because.contains(word)), "{code}: {not_run:?}");
    }
}

/// Two postcodes, three and four kilometres apart on the axes.
struct TwoPlaces;

impl Places for TwoPlaces {
    fn find(&self, postcode: &str) -> Option<Spot> {
        match postcode {
            "AA11AA" => Some(Spot { authority: "E10000016".into(), east: 0.0, north: 0.0 }),
            "BB11BB" => Some(Spot { authority: "W06000015".into(), east: 3_000.0, north: 4_000.0 }),
            _ => None,
        }
    }
}

#[test]
fn distance_and_authority_are_worked_out_from_the_postcodes() {
    let mut years = read(&[("2026/header.csv", HEADER), ("2026/episodes.csv", EPISODES)]);
    let providers = Providers::from_csv("URN\nSC1\n").unwrap();
    let supplied =
        Supplied { places: Some(&TwoPlaces), providers: Some(&providers), authority: Some("e10000016") };
    let returns = Returns::new(years.remove(0), None, &supplied);
    let child = returns.children().find(|c| c.id() == "2").unwrap();
    let episode = child.episodes().first().unwrap();
    assert_eq!((episode.pl_la(), episode.pl_location(), episode.pl_distance()), ("WAL", "OUT", Some(3.1)));
    let report = check::check(&returns, &supplied);
    assert!(report.run.contains(&"411") && report.run.contains(&"227"));
}

#[test]
fn csv_and_xml_say_who_is_unaccompanied() {
    let uasc = "CHILD,SEX,DOB,DUC\n2,M,01/01/2015,\n";
    let csv = one(&[("2026/header.csv", HEADER), ("2026/uasc.csv", uasc)]);
    let flags: Vec<_> = csv.children().map(|c| c.header().unwrap().uasc()).collect();
    assert_eq!(flags, ["0", "1"]);
    let xml = "<R><CHILD><HEADER><CHILDID>1</CHILDID><SEX>M</SEX><UASC>0</UASC></HEADER></CHILD>\
        <CHILD><HEADER><CHILDID>2</CHILDID><SEX>M</SEX><UASC>x</UASC></HEADER></CHILD></R>";
    let xml = one(&[("2026.xml", xml)]);
    let flags: Vec<_> = xml.children().map(|c| c.header().unwrap().uasc()).collect();
    assert_eq!(flags, ["0", "X"]);
    assert!(xml.this().has(Table::Dolo), "XML holds every table, with or without rows");
}

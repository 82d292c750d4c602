//! What two returns say about the same child: laid over each other, the later winning.
#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it takes for granted")]

mod common;

use common::{convert, csv, fold, lines, said};
use jiff::civil::date;
use kinfold_census::{Converted, Level, SourceFile};

const EPISODES: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";

fn year(year: i16, episodes: &str) -> [SourceFile; 2] {
    let header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nG1,M,01/01/2015,WBRI,UN4,,\n";
    [csv(year, "header", header), csv(year, "episodes", &format!("{EPISODES}\n{episodes}"))]
}

fn two(first: &str, second: &str) -> Converted {
    convert(&[year(2025, first), year(2026, second)].concat())
}

#[test]
fn an_episode_open_in_one_return_and_closed_in_the_next_is_one() {
    let converted =
        two("G1,01/05/2024,S,V2,N1,U6,PR1,,,,,,\n", "G1,01/05/2024,S,V2,N1,U6,PR1,01/06/2025,E4A,,,,\n");
    assert_eq!(said(&converted.errors), Vec::<String>::new());
    let timeline = fold(&converted.children[0]);
    assert_eq!(timeline.care.len(), 1);
    assert_eq!(timeline.care[0].end, Some(date(2025, 6, 1)));
    assert_eq!(timeline.placements.len(), 1);
}

#[test]
fn the_later_return_wins_and_the_difference_is_noted() {
    let converted = two("G1,01/05/2024,S,V2,N1,U6,PR1,,,,,,\n", "G1,01/05/2024,S,C1,N1,U4,PR1,,,,,,\n");
    let timeline = fold(&converted.children[0]);
    assert_eq!(timeline.statuses[0].code, "C1");
    assert_eq!(timeline.placements[0].code, "U4");
    let notes: Vec<_> =
        converted.errors.iter().map(|e| (e.level, e.column.as_deref(), e.file.as_str())).collect();
    assert_eq!(
        notes,
        [(Level::Note, Some("LS"), "2026/episodes.csv"), (Level::Note, Some("PLACE"), "2026/episodes.csv")]
    );
    assert!(converted.errors[0].reason.contains("return of 2025 said “V2”"));
}

#[test]
fn a_start_put_right_in_the_next_return_is_not_a_second_start() {
    let converted = two("G1,01/05/2024,S,V2,N1,U6,PR1,,,,,,\n", "G1,03/05/2024,S,V2,N1,U6,PR1,,,,,,\n");
    let timeline = fold(&converted.children[0]);
    assert_eq!(timeline.care.iter().map(|p| p.start).collect::<Vec<_>>(), [date(2024, 5, 3)]);
    assert_eq!(timeline.problems, []);
    assert!(converted.errors.iter().any(|e| e.level == Level::Note && e.reason.contains("no longer has it")));
}

#[test]
fn a_start_that_cannot_be_read_in_the_next_return_does_not_undo_the_first() {
    let converted = two("G1,01/05/2024,S,V2,N1,U6,PR1,,,,,,\n", "G1,31/04/2024,S,V2,N1,U6,PR1,,,,,,\n");
    assert_eq!(fold(&converted.children[0]).care.len(), 1);
    assert!(converted.errors.iter().any(|e| e.level == Level::Error && e.reason.contains("no such day")));
}

#[test]
fn a_child_still_in_care_who_vanishes_from_the_next_return_is_asked_about() {
    let converted = two("G1,01/05/2024,S,V2,N1,U6,PR1,,,,,,\n", "");
    let care = &fold(&converted.children[0]).care[0];
    // Only the eighteenth birthday ends it.
    assert_eq!((care.end, &care.end_reason), (Some(date(2033, 1, 1)), &None));
    let errors = said(&converted.errors);
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(errors[0].contains("no episode in the return of 2026"));
    // Nothing to ask while the next return is not there.
    let converted = convert(&year(2025, "G1,01/05/2024,S,V2,N1,U6,PR1,,,,,,\n"));
    assert_eq!(said(&converted.errors), Vec::<String>::new());
}

#[test]
fn two_different_rows_in_one_return_are_an_error_and_the_same_row_twice_a_note() {
    let one = "G1,01/05/2024,S,V2,N1,U6,PR1,,,,,,\n";
    let other = "G1,01/05/2024,S,V2,N1,K2,PR1,,,,,,\n";
    let converted = convert(&year(2025, &format!("{one}{other}")));
    assert_eq!(converted.errors.len(), 1);
    assert_eq!((converted.errors[0].level, converted.errors[0].line), (Level::Error, Some(3)));
    assert!(converted.errors[0].reason.contains("Line 2") && converted.errors[0].reason.contains("PLACE"));
    let converted = convert(&year(2025, &format!("{one}{one}")));
    assert_eq!(converted.errors.len(), 1);
    assert_eq!(converted.errors[0].level, Level::Note);
}

#[test]
fn care_that_ends_and_starts_again_is_two_periods_even_on_one_day() {
    let rows = "G1,01/05/2024,S,V2,N1,U6,PR1,01/06/2024,E4A,,,,\n\
                G1,01/06/2024,S,L2,N1,K2,PR1,05/06/2024,X1,,,,\n\
                G1,05/06/2024,B,C1,N1,U6,PR1,,,,,,\n";
    let converted = convert(&year(2025, rows));
    assert_eq!(said(&converted.errors), Vec::<String>::new());
    let timeline = fold(&converted.children[0]);
    assert_eq!(timeline.problems, []);
    let care: Vec<_> = timeline.care.iter().map(|p| (p.start, p.end)).collect();
    assert_eq!(
        care,
        [(date(2024, 5, 1), Some(date(2024, 6, 1))), (date(2024, 6, 1), Some(date(2033, 1, 1)))]
    );
    assert_eq!(timeline.placements.len(), 3);
    assert_eq!(timeline.statuses.len(), 3);
}

#[test]
fn a_chain_that_breaks_is_mended_by_what_is_known_and_reported() {
    // Care ceased, and then a change of placement, which there cannot be.
    let rows = "G1,01/05/2024,S,V2,N1,U6,PR1,01/06/2024,E4A,,,,\n\
                G1,01/07/2024,P,V2,N1,K2,PR1,,,,,,\n";
    let converted = convert(&year(2025, rows));
    assert_eq!(fold(&converted.children[0]).care.len(), 2);
    assert!(said(&converted.errors)[0].contains("this starts it again"));
    // A reason for the episode that no list knows: what changed is plain.
    let rows = "G1,01/05/2024,S,V2,N1,U6,PR1,01/06/2024,X1,,,,\n\
                G1,01/06/2024,Q,C1,N1,U6,PR1,,,,,,\n";
    let converted = convert(&year(2025, rows));
    let timeline = fold(&converted.children[0]);
    assert_eq!((timeline.placements.len(), timeline.statuses.len()), (1, 2));
    assert!(said(&converted.errors)[0].contains("RNE “Q”"));
}

#[test]
fn keys_stay_when_an_end_is_put_right() {
    let entry = |dec: &str| {
        let converted = convert(&year(2025, &format!("G1,01/05/2024,S,V2,N1,U6,PR1,{dec},E4A,,,,\n")));
        let child = &converted.children[0];
        assert_eq!(lines(child).len(), 4);
        child.entries.iter().find(|e| e.key.contains("care_ceased")).expect("care ceased").clone()
    };
    let (first, later) = (entry("01/06/2024"), entry("02/06/2024"));
    assert_eq!(first.key, later.key);
    assert_ne!(first.digest, later.digest);
}

#[test]
fn a_child_who_died_in_care_is_recorded_so() {
    let converted = convert(&year(2025, "G1,01/05/2024,S,V2,N1,U6,PR1,01/06/2024,E2,,,,\n"));
    let timeline = fold(&converted.children[0]);
    assert_eq!(timeline.died, Some(date(2024, 6, 1)));
    assert_eq!(timeline.problems, []);
}

//! Two invented years with all twelve tables, in every encoding and line ending in use, and one of them as XML.
#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it takes for granted")]

mod common;

use std::collections::BTreeSet;

use common::{convert, csv, fixtures, fold, lines, read, said};
use jiff::civil::date;
use kinfold_census::{Converted, ImportedChild, Level, Table};
use kinfold_record::{Event, Sensitivity, SpellKind};

fn both_years() -> Converted {
    convert(&fixtures("two_years"))
}

fn child<'a>(converted: &'a Converted, id: &str) -> &'a ImportedChild {
    converted.children.iter().find(|c| c.local_id == id).expect("the child is in the fixture")
}

#[test]
fn all_twelve_tables_are_recognised_by_their_columns() {
    let (years, errors) = read(&fixtures("two_years"));
    assert_eq!(said(&errors), Vec::<String>::new());
    assert_eq!(years.iter().map(|y| y.year).collect::<Vec<_>>(), [2025, 2026]);
    for table in Table::ALL {
        assert!(years[1].rows(*table) > 0, "{table:?}");
    }
    assert_eq!(years[0].rows(Table::Episodes), 7);
    assert_eq!(years[1].missing[2].at.line, 4, "old line ends are counted too");
    assert_eq!(years[0].episodes[6].at.line, 8, "two characters are one line end");
}

#[test]
fn a_child_in_two_returns_has_one_history() {
    let converted = both_years();
    let child = child(&converted, "F001");
    assert_eq!(child.key, "ssda903:F001");
    assert_eq!(
        lines(child),
        [
            "2024-05-10 child_registered",
            "2024-05-10 care_started",
            "2024-05-10 previous_permanence",
            "2024-05-10 placement_started",
            "2024-05-10 circle_joined",
            "2024-06-06 review_held",
            "2024-08-12 circle_joined",
            "2024-08-12 circle_left",
            "2024-09-01 legal_status_changed",
            "2024-09-02 review_held",
            "2025-06-12 placement_started",
            "2025-06-12 placement_ended",
            "2025-08-20 review_held",
            "2025-10-01 placement_started",
            "2025-10-01 placement_ended",
            "2025-11-03 circle_joined",
            "2025-11-03 circle_left",
            "2026-01-15 care_ceased",
        ]
    );
    let timeline = fold(child);
    assert_eq!(timeline.problems, []);
    let care = &timeline.care[0];
    assert_eq!(
        (care.start, care.end, care.end_reason.as_deref()),
        (date(2024, 5, 10), Some(date(2026, 1, 15)), Some("E45"))
    );
    assert_eq!(care.category_of_need.as_deref(), Some("N1"));
    let homes: Vec<_> = timeline
        .placements
        .iter()
        .map(|p| (p.code.as_str(), p.start, p.end, p.end_reason.as_deref(), p.same_carer))
        .collect();
    assert_eq!(
        homes,
        [
            ("U6", date(2024, 5, 10), Some(date(2025, 6, 12)), Some("CARPL"), false),
            ("U4", date(2025, 6, 12), Some(date(2025, 10, 1)), Some("CREQO"), false),
            ("U4", date(2025, 10, 1), Some(date(2026, 1, 15)), None, true),
        ]
    );
    assert_eq!(timeline.placements[0].urn.as_deref(), Some("SC000001"));
    assert_eq!(timeline.placements[0].location, None, "the return does not say, and nobody guesses");
    let statuses: Vec<_> = timeline.statuses.iter().map(|s| (s.code.as_str(), s.start)).collect();
    assert_eq!(statuses, [("V2", date(2024, 5, 10)), ("C1", date(2024, 9, 1))]);
    let worker = timeline.key_worker_on(date(2025, 1, 1)).and_then(|m| m.worker_id.clone());
    assert_eq!(worker.as_deref(), Some("SW0000002"));
    // Sex was a figure in the first return and the number was not known yet; the later return knows both.
    assert_eq!(timeline.identity.sex.as_deref(), Some("F"));
    assert_eq!(timeline.identity.upn.as_deref(), Some("H801200001001"));
    assert_eq!(timeline.identity.name(), "Child F001");
}

#[test]
fn an_entry_says_where_it_was_read() {
    let converted = both_years();
    let entry = &child(&converted, "F001").entries[1];
    assert_eq!(entry.source, "ssda903 2025 extract.csv row 2");
    assert_eq!(entry.key, "ssda903:F001:care_started:2024-05-10");
    assert_eq!(entry.digest.len(), 32);
    let Event::PreviousPermanence { arrangement, authority, ordered_on } =
        &child(&converted, "F001").entries[2].event
    else {
        panic!("the third entry tells of the arrangement before");
    };
    assert_eq!(arrangement, "P2");
    assert_eq!(authority.as_deref(), Some("202"));
    assert_eq!(ordered_on.as_deref(), Some("zz/05/2019"));
}

#[test]
fn an_unaccompanied_child_missing_and_deprived_of_liberty() {
    let converted = both_years();
    let timeline = fold(child(&converted, "F002"));
    assert_eq!(timeline.problems, []);
    let missing: Vec<_> = timeline.missing.iter().map(|m| (m.category.as_str(), m.start, m.end)).collect();
    assert_eq!(
        missing,
        [
            ("M", date(2025, 8, 30), Some(date(2025, 9, 1))),
            ("A", date(2025, 9, 1), Some(date(2025, 9, 1))),
            ("M", date(2026, 2, 14), None),
        ]
    );
    let holds = |kind, day| timeline.holds(kind, day);
    assert!(holds(SpellKind::Unaccompanied, date(2025, 7, 3)));
    assert!(!holds(SpellKind::Unaccompanied, date(2027, 12, 9)));
    assert!(holds(SpellKind::LibertyOrder, date(2025, 12, 9)));
    assert!(!holds(SpellKind::LibertyOrder, date(2025, 12, 10)));
    let missing = child(&converted, "F002").entries.iter().find(|e| e.key.contains("went_missing"));
    assert_eq!(missing.map(|e| e.sensitivity), Some(Sensitivity::Safeguarding));
}

#[test]
fn a_baby_is_adopted() {
    let converted = both_years();
    let baby = child(&converted, "F003");
    let timeline = fold(baby);
    assert_eq!(timeline.problems, []);
    assert_eq!(timeline.statuses.len(), 3);
    assert_eq!(timeline.care[0].end_reason.as_deref(), Some("E12"));
    let home = timeline.placements.last().expect("a home");
    assert_eq!((home.code.as_str(), home.basis.as_deref(), home.same_carer), ("A5", Some("adoption"), true));
    assert!(home.address_confidential);
    // One decision, though it stands in two tables and two returns.
    let decided = lines(baby).iter().filter(|l| l.ends_with("adoption_decided")).count();
    assert_eq!(decided, 1);
    let matched =
        baby.entries.iter().find(|e| matches!(e.event, Event::AdoptersMatched { .. })).expect("a match");
    assert_eq!((matched.happened_on, matched.sensitivity), (date(2025, 5, 1), Sensitivity::Restricted));
}

#[test]
fn short_breaks_are_their_own_regime() {
    let converted = both_years();
    let child = child(&converted, "F004");
    let timeline = fold(child);
    assert_eq!(timeline.placements[0].basis.as_deref(), Some("short_break"));
    let review = child.entries.iter().find_map(|e| match &e.event {
        Event::ReviewHeld { review, participation, .. } => Some((review.as_str(), participation.as_deref())),
        _ => None,
    });
    assert_eq!(review, Some(("short_break", Some("PN5"))), "codes are read in small letters too");
    assert!(lines(child).contains(&"2025-12-01 adoption_decision_reversed".to_owned()));
}

#[test]
fn a_care_leaver_is_told_of_on_the_birthday_in_the_year() {
    let converted = both_years();
    let child = child(&converted, "F005");
    assert_eq!(
        lines(child),
        [
            "2024-04-01 child_registered",
            "2024-04-01 leaver_contact",
            "2024-11-19 became_mother",
            "2025-04-01 leaver_contact"
        ]
    );
    let Event::LeaverContact { in_touch, activity, accommodation } = &child.entries[3].event else {
        panic!("the last entry tells of the second year");
    };
    assert_eq!((in_touch.as_str(), activity, accommodation), ("NO", &None, &None));
}

#[test]
fn a_year_of_health_is_dated_at_its_end_and_says_so() {
    let converted = both_years();
    let child = child(&converted, "F006");
    let of_year = |year: &str| -> BTreeSet<&str> {
        let of = child.entries.iter().filter(|e| e.key.ends_with(&format!(":{year}")));
        of.map(|e| e.event.kind().as_str()).collect()
    };
    let all =
        ["conviction", "dental_check", "health_assessment", "immunisation_status", "sdq", "substance_misuse"];
    assert_eq!(of_year("2025"), BTreeSet::from(all));
    // A nought is no check, no conviction and no misuse; immunisations are a state, known to be behind.
    assert_eq!(of_year("2026"), BTreeSet::from(["immunisation_status", "sdq"]));
    for entry in child.entries.iter().filter(|e| e.key.ends_with(":2025")) {
        assert_eq!(entry.happened_on, date(2025, 3, 31));
        assert!(entry.source.ends_with("(day not given: dated at the end of the year)"), "{}", entry.source);
    }
}

#[test]
fn a_history_that_began_before_the_returns_begins_with_what_they_know() {
    let converted = both_years();
    let child = child(&converted, "F006");
    assert_eq!(child.entries[1].happened_on, date(2022, 3, 2));
    assert!(matches!(child.entries[1].event, Event::CareStarted { .. }));
    assert!(child.entries[1].source.contains("care began earlier"));
    let note = converted.errors.iter().find(|e| e.reason.contains("history starts here")).expect("a note");
    assert_eq!((note.level, note.line), (Level::Note, Some(9)));
    assert_eq!(fold(child).problems, []);
}

#[test]
fn nothing_else_is_remarked_on() {
    let converted = both_years();
    assert_eq!(converted.errors.len(), 1, "{:#?}", said(&converted.errors));
}

#[test]
fn the_same_year_as_xml_says_the_same() {
    let (xml, errors) = read(&fixtures("xml"));
    assert_eq!(said(&errors), Vec::<String>::new());
    assert_eq!(xml[0].year, 2026);
    for table in
        [Table::Header, Table::Uasc, Table::Oc2, Table::Oc3, Table::Ad1, Table::Dolo, Table::PrevPerm]
    {
        assert!(xml[0].rows(table) > 0, "{table:?}");
    }
    assert_eq!(xml[0].episodes[0].at.line, 13);
    let csv_year: Vec<_> = fixtures("two_years").into_iter().filter(|f| f.name.contains("2025-26")).collect();
    let (from_csv, from_xml) = (convert(&csv_year), convert(&fixtures("xml")));
    for id in ["F003", "F005", "F006"] {
        let facts = |c: &Converted| -> Vec<(String, String)> {
            let entries = c.children.iter().filter(|c| c.local_id == id).flat_map(|c| &c.entries);
            // F006 has no episodes in the XML.
            let yearly = |e: &&kinfold_census::ImportedEntry| id != "F006" || e.key.ends_with(":2026");
            entries.filter(yearly).map(|e| (e.key.clone(), e.digest.clone())).collect()
        };
        assert_eq!(facts(&from_xml), facts(&from_csv), "{id}");
        assert!(!facts(&from_xml).is_empty());
    }
}

#[test]
fn the_digest_follows_what_is_said_and_not_where_it_stands() {
    let episodes =
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n";
    let header = csv(2026, "h", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nG1,M,01/01/2015,WBRI,UN4,,\n");
    let with = |rows: &str| {
        let file = csv(2026, "e", &format!("{episodes}{rows}"));
        convert(&[header.clone(), file]).children[0].entries[1].clone()
    };
    let first = with("G1,01/05/2025,S,V2,N1,U6,PR1,,,,,,\n");
    let moved = with("\n\nG1,1/5/2025,s,v2,n1,U6,PR1,,,,,,\n");
    let other = with("G1,01/05/2025,S,C1,N1,U6,PR1,,,,,,\n");
    assert_eq!((&first.key, &first.digest), (&moved.key, &moved.digest));
    assert_ne!(first.source, moved.source);
    assert_eq!(first.key, other.key);
    assert_ne!(first.digest, other.digest);
}

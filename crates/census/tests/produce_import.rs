//! What was imported and is made again.
#![allow(clippy::expect_used, reason = "a test says what it takes for granted")]

mod common;

use common::made::{chronologies, differences, held, made};
use common::told::{Told, care, ceased, home};
use common::{TODAY, fixtures};
use jiff::civil::date;
use kinfold_census::check::{Returns, Supplied, check};
use kinfold_census::{
    ConvertOptions, ProduceOptions, Return, SourceFile, Table, TableRow, produce, to_chronologies,
};
use kinfold_record::Event;

#[test]
fn what_is_made_is_read_back_as_it_is_and_every_row_says_whose_it_is() {
    let converted = import();
    let all = chronologies(&converted);
    for y in [2025, 2026] {
        let made = made(&all, y);
        let files = Return::write_csv(&made.year).into_iter();
        let files: Vec<_> = files.map(|f| SourceFile::new(f.name, f.bytes)).collect();
        let (again, errors) =
            Return::read(&files, &kinfold_census::ReadOptions { year: Some(y), ..Default::default() });
        assert_eq!(common::said(&errors), Vec::<String>::new());
        assert_eq!(again, std::slice::from_ref(&made.year));
        // Child by child, in the order of the rows, and together every row there is.
        for table in Table::ALL {
            let children = 0..made.origins.children().len();
            let rows: Vec<usize> = children.flat_map(|n| made.origins.rows(n, *table)).collect();
            assert_eq!(rows, (0..made.year.rows(*table)).collect::<Vec<_>>());
        }
        for (n, child) in made.origins.children().iter().enumerate() {
            let ids: Vec<_> =
                made.origins.rows(n, Table::Episodes).map(|i| made.year.episodes[i].child.raw()).collect();
            assert!(ids.iter().all(|id| *id == made.year.header[n].child.raw()));
            assert_eq!(made.origins.of(Table::Header, n).map(|o| o.child), Some(*child));
        }
        for (i, row) in made.year.episodes.iter().enumerate() {
            assert_eq!(made.row_at(row.at()), Some((Table::Episodes, i)));
            let origin = made.origin_at(row.at()).expect("an origin");
            let chronology = all.iter().find(|c| c.child == origin.child).expect("a child");
            assert!(!origin.entries.is_empty());
            assert!(origin.entries.iter().all(|id| chronology.entries().iter().any(|e| e.id == *id)));
        }
    }
}

fn import() -> kinfold_census::Converted {
    let (years, _) = common::read(&fixtures("two_years"));
    to_chronologies(&years, &ConvertOptions { today: TODAY })
}

/// These returns break the guide in many ways, and the return made of them does not.
#[test]
fn what_a_return_should_not_have_said_does_not_come_back() {
    let (years, _) = common::read(&fixtures("two_years"));
    let all = chronologies(&import());
    let found: Vec<_> = years.iter().map(|given| differences(given, &made(&all, given.year).year)).collect();
    let expected = [
        vec![
            // Asked neither of care leavers nor of short breaks; asked of every other girl looked after.
            ("Header.MC_DOB", 1),
            ("Header.MOTHER", 3),
            // From 2024-25 in letters.
            ("Header.SEX", 2),
            // The later return knew the number.
            ("Header.UPN", 1),
            // A child came into care, and nobody said whether there was a permanent home before.
            ("PrevPerm row only made", 1),
            // Of a short break.
            ("Reviews row not made", 1),
        ],
        vec![
            ("Header.MC_DOB", 1),
            ("Header.MOTHER", 2),
            // Left on 28 February: not looked after on 31 March, and a care leaver at eighteen on 1 March.
            ("OC2 row not made", 1),
            ("OC3 row only made", 1),
            // Left in January: the workers of those looked after on 31 March are asked for.
            ("SWEpisodes row not made", 2),
        ],
    ];
    for (found, expected) in found.into_iter().zip(expected) {
        let expected = expected.into_iter().map(|(kind, n)| (kind.to_owned(), n)).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn what_was_imported_comes_back() {
    let file = |year: i16, table: Table, rows: &str| {
        let text = format!("{}\n{}", table.columns().join(","), rows.replace(' ', "\n"));
        common::csv(year, table.file_name(), &text)
    };
    use Table::{
        Ad1, Dolo, Episodes, Header, Missing, Oc2, Oc3, PlacedAdoption, PrevPerm, Reviews, SwEpisodes, Uasc,
    };
    let files = [
        file(
            2025,
            Header,
            "1,M,01/05/2012,WBRI,UN4,, 2,F,07/09/2009,BAFR,UN2,0, 3,M,11/12/2023,MOTH,UN1,, 4,M,01/03/2006,WOTH,UN5,,",
        ),
        file(
            2025,
            Episodes,
            "1,03/02/2020,P,C2,N1,U6,PR1,09/09/2024,X1,PLACE,AB11AA,AB22BB,SC900001 1,09/09/2024,T,C2,N1,U4,PR1,,,,AB11AA,AB22BB,SC900001 \
             2,01/11/2024,S,V2,N8,K3,PR4,,,,,AB33CC,9000002 \
             3,20/12/2023,S,C1,N1,U5,PR5,01/07/2024,X1,,AB44DD,AB55EE,SC900003 3,01/07/2024,L,E1,N1,U5,PR5,,,,AB44DD,AB55EE,SC900003",
        ),
        file(2025, Reviews, "1,01/05/2012,04/06/2024,PN1 2,07/09/2009,20/11/2024,PN3"),
        file(2025, Uasc, "2,F,07/09/2009,07/09/2027"),
        file(2025, Oc2, "1,01/05/2012,14,,0,,1,1,1,1,0,1 3,11/12/2023,,,,1,1,0,1,0,,"),
        file(2025, Oc3, "4,01/03/2006,YES,F2,D1"),
        file(2025, PlacedAdoption, "3,11/12/2023,20/06/2024,,"),
        file(2025, PrevPerm, "2,07/09/2009,P2,NUK,zz/zz/2019"),
        file(2025, Missing, "2,07/09/2009,M,01/03/2025,"),
        file(
            2025,
            SwEpisodes,
            "1,01/05/2012,SW0000001,03/02/2020,10/10/2024,FCONTA 1,01/05/2012,SW0000002,10/10/2024,,LEFTRL 2,07/09/2009,SW0000003,01/11/2024,,FCONTA 3,11/12/2023,SW0000001,20/12/2023,,FCONTA",
        ),
        file(
            2026,
            Header,
            "1,M,01/05/2012,WBRI,UN4,, 2,F,07/09/2009,BAFR,UN2,1,04/01/2026 3,M,11/12/2023,MOTH,UN1,, 4,M,01/03/2006,WOTH,UN5,,",
        ),
        file(
            2026,
            Episodes,
            "1,09/09/2024,T,C2,N1,U4,PR1,01/06/2025,X1,,AB11AA,AB22BB,SC900001 1,01/06/2025,L,V2,N1,U4,PR1,04/07/2025,E4A,,AB11AA,AB22BB,SC900001 1,03/08/2025,S,L1,N5,K2,PR1,,,,AB11AA,AB99AA,SC900009 \
             2,01/11/2024,S,V2,N8,K3,PR4,12/12/2025,X1,OTHER,,AB33CC,9000002 2,12/12/2025,P,V2,N8,R3,PR4,,,,,AB66CC,9000005 \
             3,01/07/2024,L,E1,N1,U5,PR5,02/05/2025,X1,CARPL,AB44DD,AB55EE,SC900003 3,02/05/2025,T,E1,N1,A5,PR5,01/12/2025,E11,,AB44DD,AB55EE,SC900003",
        ),
        file(2026, Reviews, "2,07/09/2009,20/05/2025,PN3 3,11/12/2023,01/05/2025,PN0"),
        file(2026, Uasc, "2,F,07/09/2009,07/09/2027"),
        file(2026, Oc2, "2,07/09/2009,,SDQ5,1,,0,0,0,0,,"),
        file(2026, Oc3, "4,01/03/2006,REFU,0,0"),
        file(2026, Ad1, "3,11/12/2023,20/06/2024,01/02/2025,1,2,MM,L12"),
        file(2026, PlacedAdoption, "3,11/12/2023,20/06/2024,,"),
        file(2026, PrevPerm, "1,01/05/2012,Z1,,"),
        file(2026, Missing, "2,07/09/2009,M,01/03/2025,02/04/2025 2,07/09/2009,A,05/05/2025,06/05/2025"),
        file(
            2026,
            SwEpisodes,
            "1,01/05/2012,SW0000002,10/10/2024,03/08/2025,LEFTRL 1,01/05/2012,SW0000004,03/08/2025,,FCONTA 2,07/09/2009,SW0000003,01/11/2024,,FCONTA",
        ),
        file(2026, Dolo, "1,01/05/2012,05/09/2025,05/12/2025 1,01/05/2012,05/12/2025,"),
    ];
    let (years, errors) = common::read(&files);
    assert_eq!(common::said(&errors), Vec::<String>::new());
    let converted = to_chronologies(&years, &ConvertOptions { today: TODAY });
    let notes: Vec<_> =
        common::said(&converted.errors).into_iter().filter(|e| !e.contains("history starts here")).collect();
    assert_eq!(notes, Vec::<String>::new());
    let mut all = chronologies(&converted);
    for given in &years {
        let first = made(&all, given.year);
        assert_eq!(differences(given, &first.year), [].into());
        assert_eq!(first.lacks, []);
        all.reverse();
        assert_eq!(made(&all, given.year).year, first.year, "whose chronology comes first does not matter");
    }
}

#[test]
fn what_a_rule_cannot_see_in_two_years_the_whole_history_answers() {
    let mut told = Told::born(date(2006, 1, 10));
    told.on(date(2021, 1, 10), care("C2"));
    told.on(date(2021, 1, 10), home("U6"));
    told.on(date(2022, 7, 10), ceased("E6"));
    let contact = Event::LeaverContact {
        in_touch: "YES".into(),
        activity: Some("F1".into()),
        accommodation: Some("U1".into()),
    };
    told.on(date(2026, 1, 9), contact);
    let of_oc3 = |returns: &Returns| -> Vec<&'static str> {
        let report = check(returns, &Supplied::default());
        report.findings.iter().filter(|f| f.table == Table::Oc3).map(|f| f.rule.code).collect()
    };
    let of_two_years = |told: &Told| {
        let made = |year| produce(&[told.chronology()], &ProduceOptions::new(year, TODAY));
        assert_eq!(made(2026).year.oc3.len(), 1);
        of_oc3(&Returns::new(made(2026).year, Some(made(2025).year), &Supplied::default()))
    };
    let of_everything = |told: &Told| of_oc3(&held(&[told.chronology()], 2026));
    assert_eq!((of_two_years(&told), of_everything(&told)), (vec!["1001", "1002"], vec![]));
    // Of an import that begins too late, only that there was care is known.
    let mut late = Told::born(date(2006, 1, 10));
    late.imported(date(2021, 7, 10), care("C2"));
    late.imported(date(2021, 8, 10), ceased("E6"));
    late.imported(
        date(2026, 1, 10),
        Event::LeaverContact {
            in_touch: "YES".into(),
            activity: Some("F1".into()),
            accommodation: Some("U1".into()),
        },
    );
    assert_eq!((of_two_years(&late), of_everything(&late)), (vec!["1001", "1002"], vec!["1001"]));
}

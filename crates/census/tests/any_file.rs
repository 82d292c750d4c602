//! Whatever the files of a return hold, reading and checking them come to an end: what cannot be read is said with
//! its file, in words and in bounded number, and no rule falls over what could. A short run of what `fuzz/` does at
//! length.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it takes for granted")]

use std::path::Path;

use kinfold_census::check::{Directory, Providers, Returns, Supplied, check};
use kinfold_census::{Limits, ReadOptions, Return, RowError, SourceFile, YearReturn};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// A file as bytes that can be spoilt.
#[derive(Debug, Clone)]
struct Raw {
    name: String,
    bytes: Vec<u8>,
}

const PROBLEMS: usize = 50;

fn limits() -> Limits {
    Limits { problems_per_file: PROBLEMS, ..Limits::default() }
}

/// The tables of two years, and one as XML.
#[expect(clippy::disallowed_methods, reason = "the crate takes bytes; this test reads them from files")]
fn real() -> Vec<Raw> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut out = Vec::new();
    for folder in ["two_years/return 2024-25", "two_years/return 2025-26", "xml"] {
        for item in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = item.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            out.push(Raw { name, bytes: std::fs::read(&path).unwrap() });
        }
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    out
}

/// Reads and checks; every problem must name its file and say something short.
fn all_the_way(files: &[Raw]) -> (Vec<YearReturn>, Vec<RowError>) {
    let sources: Vec<SourceFile> =
        files.iter().map(|f| SourceFile::new(f.name.clone(), f.bytes.clone())).collect();
    let (years, problems) = Return::read(&sources, &ReadOptions { year: Some(2026), limits: limits() });
    for problem in &problems {
        assert!(files.iter().any(|f| f.name == problem.file), "{problem}");
        assert!(problem.reason.len() > 10 && problem.reason.chars().count() < 2_000, "{problem}");
        let shown = problem.value.as_deref().unwrap_or_default();
        assert!(shown.chars().count() <= 81 && !shown.chars().any(char::is_control), "{shown:?}");
    }
    // Besides those of each file, a line that counts the rest, one remark a column and what is said of the years.
    assert!(problems.len() <= files.len() * (PROBLEMS + 40), "{} problems", problems.len());
    let mut newest = years.clone();
    if let Some(this) = newest.pop() {
        let supplied = Supplied::default();
        let rows: usize = kinfold_census::Table::ALL.iter().map(|t| this.rows(*t)).sum();
        let last = newest.pop();
        let of_last: usize =
            last.iter().flat_map(|y| kinfold_census::Table::ALL.iter().map(|t| y.rows(*t))).sum();
        let report = check(&Returns::new(this, last, &supplied), &supplied);
        assert!(report.findings.len() <= (rows + of_last) * kinfold_census::rules::ALL.len());
    }
    (years, problems)
}

/// One way to spoil a file.
#[derive(Debug, Clone)]
enum Harm {
    Cut(Index),
    Byte(Index, u8),
    Insert(Index, Vec<u8>),
    Repeat(Index, usize),
    Empty,
    Rename(String),
    Twice,
    Utf16(bool),
    Latin,
    LineEnds(&'static str),
    Swap(Index, Index),
}

fn harm() -> impl Strategy<Value = Harm> {
    let odd = [
        &b"=cmd|' /C calc'!A0"[..],
        b"\"",
        b"\n\n",
        b"\0",
        b"\xFF\xFE",
        b"&lol9;",
        b"<!DOCTYPE x [<!ENTITY a \"&a;&a;\">]>",
        b"<CHILD>",
        b"</CHILD>",
        b"]]>",
        b"31/02/2026",
        b"99999999999999999999",
        "\u{202e}\u{0}é".as_bytes(),
        b",,,,,,,,,,,,,,,,,",
    ];
    prop_oneof![
        any::<Index>().prop_map(Harm::Cut),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Harm::Byte(at, byte)),
        (any::<Index>(), proptest::sample::select(odd.to_vec()))
            .prop_map(|(at, t)| Harm::Insert(at, t.to_vec())),
        (any::<Index>(), 1usize..400).prop_map(|(at, times)| Harm::Repeat(at, times)),
        Just(Harm::Empty),
        "[ -~é]{0,12}".prop_map(Harm::Rename),
        Just(Harm::Twice),
        any::<bool>().prop_map(Harm::Utf16),
        Just(Harm::Latin),
        proptest::sample::select(vec!["\r", "\r\n", "\n\n"]).prop_map(Harm::LineEnds),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Harm::Swap(a, b)),
    ]
}

impl Harm {
    fn done_to(&self, files: &mut Vec<Raw>, at: usize) {
        let copy = files[at].clone();
        let file = &mut files[at];
        let text = || String::from_utf8_lossy(&copy.bytes).into_owned();
        let length = copy.bytes.len() + 1;
        match self {
            Self::Cut(to) => file.bytes.truncate(to.index(length)),
            Self::Byte(place, byte) if !copy.bytes.is_empty() => {
                file.bytes[place.index(copy.bytes.len())] = *byte
            }
            Self::Byte(..) => {}
            Self::Insert(place, bytes) => {
                let place = place.index(length);
                file.bytes.splice(place..place, bytes.iter().copied());
            }
            Self::Repeat(line, times) => {
                let lines: Vec<&[u8]> = copy.bytes.split_inclusive(|b| *b == b'\n').collect();
                if !lines.is_empty() {
                    let line = lines[line.index(lines.len())];
                    file.bytes.extend(line.repeat(*times));
                }
            }
            Self::Empty => file.bytes.clear(),
            Self::Rename(name) => file.name.clone_from(name),
            Self::Twice => files.push(Raw { name: format!("{} copy.csv", copy.name), ..copy }),
            Self::Utf16(big) => {
                let units: Vec<u16> = text().encode_utf16().collect();
                let bytes = |u: &u16| if *big { u.to_be_bytes() } else { u.to_le_bytes() };
                file.bytes = units.iter().flat_map(bytes).collect();
            }
            Self::Latin => {
                file.bytes = text().chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
            }
            Self::LineEnds(end) => file.bytes = text().replace("\r\n", "\n").replace('\n', end).into_bytes(),
            Self::Swap(a, b) => {
                // Two pieces of the file change places, as when two downloads are mixed up.
                let (a, b) = (a.index(length), b.index(length));
                let (a, b) = (a.min(b), a.max(b));
                let bytes = &copy.bytes;
                file.bytes = [&bytes[b..], &bytes[a..b], &bytes[..a]].concat();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn files_that_were_spoilt(harms in vec((any::<Index>(), harm()), 1..6)) {
        let mut files = real();
        for (which, harm) in &harms {
            let at = which.index(files.len());
            harm.done_to(&mut files, at);
        }
        all_the_way(&files);
    }

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..600)) {
        let (years, problems) = all_the_way(&[Raw { name: "2026/any.csv".into(), bytes }]);
        prop_assert!(!years.is_empty() || !problems.is_empty(), "a file was passed over in silence");
    }

    #[test]
    fn any_cells_under_real_headings(table in 0usize..12, rows in vec(vec("[ -~é\"]{0,12}", 0..15), 0..20)) {
        let mut text = kinfold_census::Table::ALL[table].columns().join(",");
        for row in rows {
            text.push('\n');
            text.push_str(&row.join(","));
        }
        all_the_way(&[Raw { name: "2026/any.csv".into(), bytes: text.into_bytes() }]);
    }

    #[test]
    fn any_elements(pieces in vec(proptest::sample::select(PIECES.to_vec()), 0..40)) {
        let bytes = pieces.concat().into_bytes();
        let (years, problems) = all_the_way(&[Raw { name: "2026/any.xml".into(), bytes }]);
        prop_assert!(!years.is_empty() || !problems.is_empty(), "a file was passed over in silence");
    }

    #[test]
    fn any_bytes_as_lists(bytes in vec(any::<u8>(), 0..400)) {
        let headed = [b"pcds,oscty,oseast1m,osnrth1m\n".as_slice(), &bytes].concat();
        for bytes in [&bytes, &headed] {
            drop(Directory::from_csv(bytes.as_slice()));
            drop(Directory::from_bytes(bytes.clone()));
        }
        drop(Providers::from_csv(&format!("URN,Deregistration date\n{}", String::from_utf8_lossy(&bytes))));
    }
}

const PIECES: [&str; 22] = [
    "<DATA>",
    "</DATA>",
    "<CHILD>",
    "</CHILD>",
    "<HEADER>",
    "</HEADER>",
    "<EPISODE>",
    "</EPISODE>",
    "<CHILDID>1",
    "</CHILDID>",
    "<DECOM>",
    "01/05/2025",
    "</DECOM>",
    "<RNE/>",
    "<x y='z'>",
    "</x>",
    "&amp;",
    "&a;",
    "<![CDATA[<]]>",
    "<!-- -->",
    "<?xml version='1.0'?>",
    "<!DOCTYPE d [<!ENTITY a 'b'>]>",
];

#[test]
fn each_kind_of_harm_alone_is_said_or_harmless() {
    let whole = |files: &[Raw]| -> usize {
        let (years, _) = all_the_way(files);
        years.iter().map(|y| kinfold_census::Table::ALL.iter().map(|t| y.rows(*t)).sum::<usize>()).sum()
    };
    let of = |folder: &str| -> Vec<Raw> { real().into_iter().filter(|f| f.name.contains(folder)).collect() };
    let files = of("2025-26");
    let rows = whole(&files);
    assert!(rows > 20, "{rows} rows");
    let spoilt = |harm: &Harm| {
        let (mut one, others): (Vec<Raw>, Vec<Raw>) =
            files.iter().cloned().partition(|f| f.name.ends_with("episodes.csv"));
        harm.done_to(&mut one, 0);
        [one, others].concat()
    };
    for harm in [Harm::Utf16(true), Harm::Utf16(false), Harm::LineEnds("\r"), Harm::LineEnds("\r\n")] {
        let files = spoilt(&harm);
        assert!(whole(&files) == rows, "{harm:?}: {} of {rows} rows", whole(&files));
    }
    for harm in [Harm::Empty, Harm::Twice] {
        let (_, problems) = all_the_way(&spoilt(&harm));
        assert!(
            problems.iter().any(|p| p.file.contains("episodes.csv") && p.line.is_none()),
            "{harm:?}: {problems:?}"
        );
    }
    let mut cut = of("xml");
    let half = cut[0].bytes.len() / 2;
    cut[0].bytes.truncate(half);
    let (_, problems) = all_the_way(&cut);
    assert!(problems.iter().any(|p| p.reason.contains("stops in the middle")), "{problems:?}");
}

/// A file in which one row was copied over and over comes to an end like any other, and what was left out is said.
#[test]
fn rows_that_no_child_can_have_are_left_out_and_said() {
    let mut text = "CHILD,DOB,MISSING,MIS_START,MIS_END\n".to_owned();
    text.push_str("2,01/02/2012,M,03/04/2025,04/04/2025\n");
    text.push_str(&"1,01/02/2012,M,01/06/2025,\n".repeat(40_000));
    text.push_str("2,01/02/2012,M,07/04/2025,08/04/2025\n");
    let (years, problems) = all_the_way(&[Raw { name: "2026/missing.csv".into(), bytes: text.into_bytes() }]);
    assert_eq!(years[0].rows(kinfold_census::Table::Missing), 1_002, "the other child's are all there");
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!((problem.file.as_str(), problem.line), ("2026/missing.csv", Some(1_003)));
    assert_eq!(problem.value.as_deref(), Some("1"));
    assert!(problem.reason.contains("40000 rows"), "{problem}");
}

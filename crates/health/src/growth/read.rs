//! Reading a file of reference data. Its form is in `docs/reference/growth.md`; a file is taken whole or not at all,
//! because a curve with a hole in it would be believed.

use std::collections::BTreeMap;
use std::fmt;

use thiserror::Error;

use super::table::{Lms, Table};
use super::{Measure, Part, Sex};

/// One mistake in a file of reference data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1. 0 when it is about the file as a whole.
    pub line: usize,
    /// What is wrong and what to do about it.
    pub words: String,
}

/// Every mistake found in one reading. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}", self.words),
            line => write!(f, "line {line}: {}", self.words),
        }
    }
}

const HEAD: &str = "part,sex,measure,age,l,m,s";

/// More than this many mistakes say that it is another kind of file.
const ENOUGH: usize = 20;

type Key = (Part, Sex, Measure);

/// The tables of a file by part, sex and measure.
pub(super) fn tables(text: &str) -> Result<BTreeMap<Key, Table>, Mistakes> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
    let head = lines.by_ref().map(|(_, line)| line).find(|line| !line.is_empty() && !line.starts_with('#'));
    if head != Some(HEAD) {
        let words = format!("the first line of a growth reference is “{HEAD}”");
        return Err(Mistakes(vec![Mistake { line: 1, words }]));
    }
    let mut mistakes = Vec::new();
    let mut found: BTreeMap<Key, BTreeMap<i32, Lms>> = BTreeMap::new();
    for (line, row) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        match read_row(row) {
            Ok((key, step, lms)) => {
                if found.entry(key).or_default().insert(step, lms).is_some() {
                    mistakes.push(Mistake {
                        line,
                        words: "this row has been given before: take one of them out".into(),
                    });
                }
            }
            Err(words) => mistakes.push(Mistake { line, words }),
        }
        if mistakes.len() >= ENOUGH {
            return Err(Mistakes(mistakes));
        }
    }
    if found.is_empty() && mistakes.is_empty() {
        mistakes.push(Mistake { line: 0, words: "the file has no rows".into() });
    }
    if mistakes.is_empty() {
        mistakes.extend(gaps(&found).into_iter().take(ENOUGH).map(|words| Mistake { line: 0, words }));
    }
    if !mistakes.is_empty() {
        return Err(Mistakes(mistakes));
    }
    let table = |(key, rows): (Key, BTreeMap<i32, Lms>)| {
        let first = rows.keys().next().copied().unwrap_or_default();
        (key, Table { step: key.0.step(), first, rows: rows.into_values().collect() })
    };
    Ok(found.into_iter().map(table).collect())
}

fn read_row(row: &str) -> Result<(Key, i32, Lms), String> {
    let cells: Vec<&str> = row.split(',').map(str::trim).collect();
    let [part, sex, measure, age, l, m, s] = cells[..] else {
        return Err(format!("a row has 7 cells, as {HEAD} has; this one has {}", cells.len()));
    };
    let part = Part::ALL.into_iter().find(|p| p.name() == part).ok_or_else(|| {
        format!("“{part}” is no part of the reference: {}", Part::ALL.map(Part::name).join(", "))
    })?;
    let sex = match sex {
        "male" => Sex::Male,
        "female" => Sex::Female,
        other => return Err(format!("“{other}” is not male or female")),
    };
    let measure = match measure {
        "weight" => Measure::Weight,
        "height" => Measure::Height,
        "head" => Measure::Head,
        "bmi" => Measure::Bmi,
        other => return Err(format!("“{other}” is not weight, height, head or bmi")),
    };
    let (first, last) = part
        .steps(sex, measure)
        .ok_or_else(|| format!("{} has no rows for {}: take this one out", part.name(), measure.words()))?;
    let step = age
        .parse()
        .ok()
        .filter(|step| (first..=last).contains(step))
        .ok_or_else(|| format!("“{age}” is not one of {first} to {last} {}", part.step_words()))?;
    let lms = Lms { l: number("l", l, -5.0, 5.0)?, m: median(measure, m)?, s: number("s", s, 0.005, 0.5)? };
    Ok(((part, sex, measure), step, lms))
}

/// Bounds far outside every reference: they find columns that were mixed up and other units.
fn median(measure: Measure, cell: &str) -> Result<f64, String> {
    let (low, high) = match measure {
        Measure::Weight => (0.3, 120.0),
        Measure::Height => (20.0, 200.0),
        Measure::Head => (15.0, 70.0),
        Measure::Bmi => (10.0, 35.0),
    };
    number("m", cell, low, high)
        .map_err(|words| format!("{words}; m is the median {} in {}", measure.words(), measure.unit()))
}

fn number(name: &str, cell: &str, low: f64, high: f64) -> Result<f64, String> {
    let value: Option<f64> = cell.parse().ok();
    value
        .filter(|value| (low..=high).contains(value))
        .ok_or_else(|| format!("{name} is “{cell}”, which is not a number from {low} to {high}"))
}

/// What is missing: a part is there for both sexes and every measure it has, with every step of age.
fn gaps(found: &BTreeMap<Key, BTreeMap<i32, Lms>>) -> Vec<String> {
    let mut gaps = Vec::new();
    for part in Part::ALL.into_iter().filter(|part| found.keys().any(|(p, _, _)| p == part)) {
        for sex in [Sex::Male, Sex::Female] {
            for measure in Measure::ALL {
                let Some((first, last)) = part.steps(sex, measure) else { continue };
                let rows = found.get(&(part, sex, measure));
                let missing = (first..=last).find(|step| !rows.is_some_and(|rows| rows.contains_key(step)));
                if let Some(step) = missing {
                    let whose = if sex == Sex::Male { "boys" } else { "girls" };
                    gaps.push(format!(
                        "{} has no row for {whose}’ {} at {step} {}: every one from {first} to {last} is needed",
                        part.name(),
                        measure.words(),
                        part.step_words()
                    ));
                }
            }
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn preterm() -> String {
        let mut text = format!("{HEAD}\n");
        for sex in ["male", "female"] {
            for (measure, first, m) in [("weight", 23, 2.0), ("height", 25, 45.0), ("head", 23, 30.0)] {
                for week in first..=42 {
                    text += &format!("uk90-preterm,{sex},{measure},{week},1,{m},0.1\n");
                }
            }
        }
        text
    }

    fn said(text: &str) -> String {
        tables(text).unwrap_err().to_string()
    }

    #[test]
    fn a_whole_part_is_read() {
        let read = tables(&preterm()).unwrap();
        assert_eq!(read.len(), 6);
        assert_eq!(read[&(Part::Uk90Preterm, Sex::Male, Measure::Height)].first, 25);
        assert_eq!(tables(&format!("\u{feff}# a remark\n{}", preterm())).unwrap(), read);
    }

    #[test]
    fn mistakes_name_their_line_and_what_to_do() {
        for (row, words) in [
            (
                "uk90,male,weight,23,1,1,0.1",
                "line 2: “uk90” is no part of the reference: uk90-preterm, who-lying",
            ),
            ("uk90-preterm,boy,weight,23,1,1,0.1", "line 2: “boy” is not male or female"),
            ("uk90-preterm,male,length,23,1,1,0.1", "line 2: “length” is not weight, height, head or bmi"),
            ("uk90-preterm,male,bmi,30,1,12,0.1", "uk90-preterm has no rows for body mass index"),
            ("uk90-preterm,male,height,24,1,30,0.1", "“24” is not one of 25 to 42 weeks of gestation"),
            (
                "uk90-preterm,male,weight,23,1,640,0.1",
                "m is “640”, which is not a number from 0.3 to 120; m is the median weight in kg",
            ),
            ("uk90-preterm,male,weight,23,1,0.6,0", "s is “0”, which is not a number from 0.005 to 0.5"),
            ("uk90-preterm,male,weight,23,NaN,0.6,0.1", "l is “NaN”"),
            ("uk90-preterm,male", "a row has 7 cells"),
        ] {
            let said = said(&format!("{HEAD}\n{row}\n"));
            assert!(said.contains(words), "{said}");
        }
    }

    #[test]
    fn a_table_with_a_hole_or_a_row_twice_is_refused() {
        let hole = preterm().replace("uk90-preterm,female,head,30,1,30,0.1\n", "");
        assert_eq!(
            said(&hole),
            "uk90-preterm has no row for girls’ head circumference at 30 weeks of gestation: every one from 23 to 42 is needed"
        );
        assert!(
            said(&format!("{}uk90-preterm,male,head,30,1,30,0.1\n", preterm()))
                .starts_with("line 118: this row")
        );
        assert_eq!(said(&format!("{HEAD}\n")), "the file has no rows");
        assert!(said("years,L.ht").starts_with("line 1: the first line"));
    }

    #[test]
    fn another_kind_of_file_is_given_up_early() {
        let text = format!("{HEAD}\n{}", "1;2;3\n".repeat(500));
        assert_eq!(tables(&text).unwrap_err().0.len(), ENOUGH);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_fail(text in ".*", rows in proptest::collection::vec("[a-z0-9,.-]{0,40}", 0..20)) {
            let _ = tables(&text);
            let _ = tables(&format!("{HEAD}\n{}", rows.join("\n")));
        }
    }
}

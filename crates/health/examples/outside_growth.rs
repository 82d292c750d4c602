//! Compares growth with what `scripts/outside-checks/growth.py` was told by rcpchgrowth. Run by
//! `scripts/outside-checks.sh growth`.

#![expect(clippy::disallowed_methods, reason = "a program beside the pure crate reads what it is given")]

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use jiff::civil::Date;
use kinfold_health::growth::{
    Gestation, Measure, Reading, Reference, Sex, Standing, assess, centile_band, decimal_age,
};

/// Standard deviations that two right answers may differ by.
const TOLERANCE: f64 = 1e-6;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let folder = env::args().nth(1).unwrap_or_default();
    match compare(Path::new(&folder)) {
        Ok((passed, failed)) => {
            println!("growth: {passed} passed, {failed} failed");
            if failed == 0 && passed > 10_000 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("growth cannot be compared in {folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn compare(folder: &Path) -> Result<(usize, usize), Box<dyn std::error::Error>> {
    let reference = Reference::shipped().clone().with(&fs::read_to_string(folder.join("uk90.csv"))?)?;
    let (mut passed, mut failed) = (0, 0);
    let mut check = |row: &str, outcome: Outcome| match outcome {
        Ok(()) => passed += 1,
        Err(why) => {
            failed += 1;
            if failed <= 20 {
                eprintln!("{why}\n    {row}");
            }
        }
    };
    for row in fs::read_to_string(folder.join("growth.csv"))?.lines().skip(1) {
        check(row, measurement(&reference, row));
    }
    for row in fs::read_to_string(folder.join("curves.csv"))?.lines().skip(1) {
        check(row, point(&reference, row));
    }
    Ok((passed, failed))
}

fn measurement(reference: &Reference, row: &str) -> Outcome {
    let cells: Vec<&str> = row.split(',').collect();
    let [sex, born, weeks, days, on, measure, value, age, sds, centile, band, corrected_age, corrected] =
        cells[..]
    else {
        return Err("13 cells are needed".into());
    };
    let (born, on): (Date, Date) = (born.parse()?, on.parse()?);
    let gestation =
        if weeks.is_empty() { None } else { Some(Gestation::new(weeks.parse()?, days.parse()?)?) };
    let measure = measure_of(measure)?;
    let reading = Reading { sex: sex_of(sex)?, born, gestation, on, measure, value: value.parse()? };
    same("age", decimal_age(born, on), age.parse()?, 1e-12)?;
    // Limits are tried elsewhere: a value beyond them has no assessment here, and the score is worked out all the same.
    let (ours, ours_corrected) = match assess(reference, &reading) {
        Ok(said) => (said.since_birth, said.corrected),
        Err(_) => {
            let score =
                reference.lms(reading.sex, measure, decimal_age(born, on)).map(|lms| lms.sds(reading.value));
            return standing("sds", score.ok(), sds);
        }
    };
    standing("sds", score(ours), sds)?;
    if let Ok(score) = ours.score {
        same("centile", score.centile, centile.parse()?, 1e-6)?;
        let words = match centile_band(score.sds).to_string() {
            below if below.starts_with("below") => "below the normal range".to_owned(),
            above if above.starts_with("above") => "above the normal range".to_owned(),
            other => other,
        };
        if !band.is_empty() && !band.contains(&words) {
            return Err(format!("band: “{words}” here, “{band}” there").into());
        }
    }
    if let Some(ours) = ours_corrected {
        same("corrected age", ours.age, corrected_age.parse()?, 1e-12)?;
        standing("corrected sds", score(ours), if corrected == "none" { "" } else { corrected })?;
    }
    Ok(())
}

fn point(reference: &Reference, row: &str) -> Outcome {
    let cells: Vec<&str> = row.split(',').collect();
    let [sex, measure, age, sds, value] = cells[..] else { return Err("5 cells are needed".into()) };
    let lms = reference.lms(sex_of(sex)?, measure_of(measure)?, age.parse()?).ok();
    let value: f64 = if value.is_empty() { 0.0 } else { value.parse()? };
    standing("sds", lms.map(|lms| lms.sds(value)), sds)?;
    if let (Some(lms), false) = (lms, sds.is_empty()) {
        let back = lms.value(sds.parse()?).ok_or("no value on the curve")?;
        same("value", back, value, 1e-6)?;
    }
    Ok(())
}

fn score(standing: Standing) -> Option<f64> {
    standing.score.ok().map(|score| score.sds)
}

/// `theirs` is empty where there is no reference.
fn standing(what: &str, ours: Option<f64>, theirs: &str) -> Outcome {
    match (ours, theirs) {
        (None, "") => Ok(()),
        (Some(ours), theirs) if !theirs.is_empty() => same(what, ours, theirs.parse()?, TOLERANCE),
        (ours, theirs) => Err(format!("{what}: {ours:?} here, “{theirs}” there").into()),
    }
}

fn same(what: &str, ours: f64, theirs: f64, tolerance: f64) -> Outcome {
    // Written so that something that is no number differs.
    let near = (ours - theirs).abs() <= tolerance;
    if near { Ok(()) } else { Err(format!("{what}: {ours} here, {theirs} there").into()) }
}

fn sex_of(word: &str) -> Result<Sex, String> {
    match word {
        "male" => Ok(Sex::Male),
        "female" => Ok(Sex::Female),
        other => Err(format!("“{other}” is no sex")),
    }
}

fn measure_of(word: &str) -> Result<Measure, String> {
    match word {
        "weight" => Ok(Measure::Weight),
        "height" => Ok(Measure::Height),
        "head" => Ok(Measure::Head),
        "bmi" => Ok(Measure::Bmi),
        other => Err(format!("“{other}” is no measure")),
    }
}

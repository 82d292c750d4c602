//! The numbers of a growth chart: nine lines and a child's points. Drawing is done elsewhere.

use super::normal::CENTILES;
use super::table::Step;
use super::{Assessment, Measure, Part, Reference, Sex};

/// One of the nine lines. It is broken where one table ends and the next begins, because they do not meet: children
/// measure less standing than lying.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The centile it is named for.
    pub centile: f64,
    /// Runs of (age in years, value), each without a break.
    pub runs: Vec<Vec<(f64, f64)>>,
}

/// A child's point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The age to read, in years.
    pub age: f64,
    /// The age since birth, where the one to read is corrected: a chart joins both with a line.
    pub since_birth: Option<f64>,
    /// In the unit of the measure.
    pub value: f64,
}

/// A chart from one age to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What is drawn.
    pub measure: Measure,
    /// Years at the left and right side.
    pub ages: (f64, f64),
    /// The nine lines, from the lowest. Runs are missing where the reference has none or its part is not loaded.
    pub curves: Vec<Curve>,
    /// Parts that would be drawn, had they been loaded.
    pub missing: Vec<Part>,
}

impl Point {
    /// The point of a measurement.
    pub fn of(assessment: &Assessment, value: f64) -> Self {
        let age = assessment.standing().age;
        let since_birth = Some(assessment.since_birth.age).filter(|birth| *birth != age);
        Self { age, since_birth, value }
    }
}

/// The nine lines between two ages in years.
pub fn chart(reference: &Reference, sex: Sex, measure: Measure, from: f64, to: f64) -> Chart {
    let mut curves: Vec<Curve> =
        CENTILES.iter().map(|(centile, _)| Curve { centile: *centile, runs: Vec::new() }).collect();
    let mut missing = Vec::new();
    for part in Part::ALL {
        let ages = ages(part, sex, measure, from, to);
        let Some(first) = ages.first() else { continue };
        if reference.lms_in(part, sex, measure, *first).is_none() {
            missing.push(part);
            continue;
        }
        for (curve, (_, sds)) in curves.iter_mut().zip(CENTILES) {
            let value = |age: &f64| Some((*age, reference.lms_in(part, sex, measure, *age)?.value(sds)?));
            curve.runs.push(ages.iter().filter_map(value).collect());
        }
    }
    Chart { measure, ages: (from, to), curves, missing }
}

/// The ages at which a part is drawn: weeks to three months, then months, and both its ends. Empty when it lies outside.
fn ages(part: Part, sex: Sex, measure: Measure, from: f64, to: f64) -> Vec<f64> {
    let Some((first, last)) = part.steps(sex, measure) else { return Vec::new() };
    let (starts, ends) = part.ages();
    // The tables of the youngest and the oldest end where their rows do; those between are drawn up to the border.
    let low = if part == Part::Uk90Preterm { part.step().age(first) } else { starts }.max(from);
    let high = if part == Part::Uk90Child { part.step().age(last) } else { ends }.min(to);
    if low.total_cmp(&high).is_ge() {
        return Vec::new();
    }
    let weeks = (-17..=13).map(|week| f64::from(week) * 7.0 / 365.25);
    let months = (4..=240).map(|month| Step::Month.age(month));
    let between = weeks.chain(months).filter(|age| *age > low && *age < high);
    std::iter::once(low).chain(between).chain(std::iter::once(high)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_of_early_years_has_nine_lines_broken_at_two() {
        let chart = chart(Reference::shipped(), Sex::Female, Measure::Height, 0.0, 4.0);
        assert_eq!(chart.curves.len(), 9);
        assert_eq!(chart.missing, [Part::Uk90Preterm]);
        for curve in &chart.curves {
            assert_eq!(curve.runs.len(), 2);
            assert_eq!(curve.runs[0].last().unwrap().0, 2.0);
            assert_eq!(curve.runs[1].first().unwrap().0, 2.0);
            assert_eq!(curve.runs[1].last().unwrap().0, 4.0);
            assert!(curve.runs.iter().all(|run| run.is_sorted_by(|a, b| a.0 < b.0)));
        }
        // Length lying is more than height standing.
        assert!(chart.curves[4].runs[0].last().unwrap().1 > chart.curves[4].runs[1][0].1);
    }

    #[test]
    fn the_lines_never_cross() {
        for sex in [Sex::Male, Sex::Female] {
            for measure in Measure::ALL {
                let chart = chart(Reference::shipped(), sex, measure, -0.4, 20.0);
                for pair in chart.curves.windows(2) {
                    let (low, high) = (pair[0].runs.concat(), pair[1].runs.concat());
                    assert_eq!(low.len(), high.len());
                    assert!(low.iter().zip(&high).all(|(a, b)| a.0 == b.0 && a.1 < b.1));
                }
            }
        }
    }

    #[test]
    fn a_chart_outside_the_reference_is_empty() {
        for (from, to) in [(30.0, 40.0), (3.0, 3.0), (4.0, 2.0), (f64::NAN, 2.0)] {
            let chart = chart(Reference::shipped(), Sex::Male, Measure::Weight, from, to);
            assert!(chart.curves.iter().all(|curve| curve.runs.len() <= 1), "{from} {to}");
        }
    }
}

//! Measurements with their centiles.

use jiff::civil::Date;
use kinfold_health::growth::{
    Assessment, Chart, Gestation, Measure, Part, Point, Reading, Reference, Sex, assess, body_mass_index,
    chart,
};
use kinfold_record::Timeline;

use super::facts::{HealthFacts, Source};

/// One measure of one day.
#[derive(Debug, Clone, PartialEq)]
pub struct GrowthPoint {
    /// What was measured.
    pub measure: Measure,
    /// In the unit of the measure.
    pub value: f64,
    /// Where it stands; `None` when sex or date of birth is not known, or the figure cannot be right at this age.
    pub assessment: Option<Assessment>,
}

/// One day's measurements.
#[derive(Debug, Clone, PartialEq)]
pub struct GrowthLine {
    /// Where it stands.
    pub source: Source,
    /// What was measured, and the body mass index from the second birthday on.
    pub points: Vec<GrowthPoint>,
}

/// Growth, ready to be shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GrowthReport {
    /// Measurements, newest first.
    pub lines: Vec<GrowthLine>,
    /// A chart for each measure there are points of.
    pub charts: Vec<(Chart, Vec<Point>)>,
    /// Why there are no centiles.
    pub why_none: Option<&'static str>,
    /// Weeks and days of the pregnancy, where ages were corrected for it.
    pub gestation: Option<(i32, i32)>,
}

/// Years at the sides of a chart: it shows the ages measured with some room before and after.
fn sides(ages: &[f64]) -> (f64, f64) {
    let first = ages.iter().copied().fold(f64::INFINITY, f64::min);
    let last = ages.iter().copied().fold(0.0, f64::max);
    match (first, last) {
        (_, last) if last < 2.0 => (0.0, 2.0),
        (_, last) if last < 4.0 => (0.0, 4.0),
        (first, last) => ((first - 1.0).floor().max(0.0), (last + 1.0).ceil().max(first + 4.0).min(20.0)),
    }
}

/// Whether a chart would have lines for ages whose reference is not loaded. Those before term are missed by nobody: they
/// are read by the age corrected for an early birth.
fn lacks_later_years((chart, _): &(Chart, Vec<Point>)) -> bool {
    chart.missing.iter().any(|part| *part != Part::Uk90Preterm)
}

impl GrowthReport {
    /// Works out what the measurements of a child say.
    pub(crate) fn of(facts: &HealthFacts, timeline: &Timeline, reference: &Reference) -> Self {
        let sex = match timeline.identity.sex.as_deref() {
            Some("M" | "1") => Some(Sex::Male),
            Some("F" | "2") => Some(Sex::Female),
            _ => None,
        };
        let gestation = facts.birth.as_ref().and_then(|birth| birth.gestation);
        let gestation_known = gestation.and_then(|(weeks, days)| {
            Gestation::new(u8::try_from(weeks).ok()?, u8::try_from(days).ok()?).ok()
        });
        let reading = |on: Date, measure, value| {
            let (sex, born) = (sex?, timeline.born?);
            assess(reference, &Reading { sex, born, gestation: gestation_known, on, measure, value }).ok()
        };
        let lines: Vec<GrowthLine> = facts
            .growth
            .iter()
            .rev()
            .map(|line| {
                let on = line.source.on;
                let thousandth = |n: i32| f64::from(n) / 1000.0;
                let tenth = |n: i32| f64::from(n) / 10.0;
                let (weight, height) = (line.weight_g.map(thousandth), line.height_mm.map(tenth));
                let toddler = timeline.age_on(on).is_some_and(|age| age < 2);
                let bmi = weight.zip(height).filter(|_| !toddler).and_then(|(w, h)| body_mass_index(w, h));
                let head = line.head_mm.map(tenth);
                let measures = [
                    (Measure::Weight, weight),
                    (Measure::Height, height),
                    (Measure::Head, head),
                    (Measure::Bmi, bmi),
                ];
                let points = measures.into_iter().filter_map(|(measure, value)| {
                    let value = value?;
                    Some(GrowthPoint { measure, value, assessment: reading(on, measure, value) })
                });
                GrowthLine { source: line.source.clone(), points: points.collect() }
            })
            .collect();
        let charts = Measure::ALL.into_iter().filter_map(|measure| {
            let points: Vec<Point> = lines
                .iter()
                .rev()
                .flat_map(|line| line.points.iter())
                .filter(|point| point.measure == measure)
                .filter_map(|point| Some(Point::of(point.assessment.as_ref()?, point.value)))
                .collect();
            let ages: Vec<f64> = points.iter().map(|p| p.age).collect();
            if points.is_empty() {
                return None;
            }
            let (from, to) = sides(&ages);
            Some((chart(reference, sex?, measure, from, to), points))
        });
        let charts: Vec<(Chart, Vec<Point>)> = charts.collect();
        let why_none = match (sex, timeline.born, charts.iter().any(lacks_later_years)) {
            (None, ..) => Some("Centiles need the child’s sex, which is not on the record."),
            (_, None, _) => Some(
                "Centiles need the date of birth, which is not on the record or may not be shown to you.",
            ),
            (.., true) => Some(
                "From the fourth birthday on centiles need the British 1990 reference, which may not be given away with the \
                 program. Without it there are measurements and no centiles.",
            ),
            _ => None,
        };
        let corrected = gestation.filter(|(weeks, _)| *weeks < 37);
        Self { lines, charts, why_none, gestation: corrected }
    }
}

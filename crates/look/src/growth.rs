//! A growth chart: nine lines of how children grow, and where one child stands among them. The table of the same figures
//! always stands beside or behind it.

use maud::{Markup, html};

/// One of the lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What stands at its end ("50").
    pub label: String,
    /// Runs of age in years and value, each without a break.
    pub runs: Vec<Vec<(f64, f64)>>,
}

/// A measurement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The age to read, in years.
    pub age: f64,
    /// The age since birth, where the one to read is corrected.
    pub since_birth: Option<f64>,
    /// In the unit of the chart.
    pub value: f64,
}

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct GrowthChart {
    /// What is drawn ("Weight").
    pub title: String,
    /// Its unit ("kg").
    pub unit: String,
    /// What it says, in a sentence.
    pub words: String,
    /// Years at the left and the right side.
    pub ages: (f64, f64),
    /// The lines, from the lowest.
    pub curves: Vec<Curve>,
    /// The child's measurements, oldest first.
    pub points: Vec<Point>,
}

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 34.0;
const TOP: f64 = 24.0;
const FOOT: f64 = 34.0;

impl GrowthChart {
    /// The least and the most that is drawn, with a little room.
    fn span(&self) -> (f64, f64) {
        let lines = self.curves.iter().flat_map(|c| c.runs.iter().flatten()).map(|(_, value)| *value);
        let all = lines.chain(self.points.iter().map(|p| p.value)).filter(|value| value.is_finite());
        let (least, most) = all
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if least > most {
            return (0.0, 1.0);
        }
        let room = ((most - least) * 0.04).max(0.5);
        ((least - room).max(0.0).floor(), (most + room).ceil())
    }

    fn x(&self, age: f64) -> f64 {
        let (from, to) = self.ages;
        let part = if to > from { (age - from) / (to - from) } else { 0.0 };
        LEFT + (WIDTH - LEFT - RIGHT) * part.clamp(0.0, 1.0)
    }

    /// The whole chart under the sentence that says what it shows.
    #[must_use]
    pub fn draw(&self) -> Markup {
        let (least, most) = self.span();
        let y = |value: f64| TOP + (HEIGHT - TOP - FOOT) * (1.0 - (value - least) / (most - least));
        let at = |n: f64| format!("{n:.1}");
        let run = |points: &[(f64, f64)]| {
            let places: Vec<String> =
                points.iter().map(|(age, value)| format!("{:.1},{:.1}", self.x(*age), y(*value))).collect();
            places.join(" ")
        };
        html! {
            figure.kf-chart {
                figcaption.kf-chart__caption { (self.words) }
                svg.kf-chart__drawing viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(format!("{} by age, with centiles", self.title)) focusable="false" {
                    @for part in [0.0, 0.25, 0.5, 0.75, 1.0] {
                        @let value = least + (most - least) * part;
                        line.kf-chart__grid x1=(at(LEFT)) x2=(at(WIDTH - RIGHT)) y1=(at(y(value))) y2=(at(y(value))) {}
                        text.kf-chart__scale x=(at(LEFT - 6.0)) y=(at(y(value) + 4.5)) text-anchor="end" { (figure(value, most - least)) }
                    }
                    text.kf-chart__scale x=(at(LEFT - 6.0)) y=(at(TOP - 10.0)) text-anchor="end" { (self.unit) }
                    @for age in self.years() {
                        text.kf-chart__year x=(at(self.x(age))) y=(at(HEIGHT - 12.0)) text-anchor="middle" { (format!("{age:.0}")) }
                    }
                    text.kf-chart__year x=(at(WIDTH - RIGHT + 4.0)) y=(at(HEIGHT - 12.0)) text-anchor="start" { "years" }
                    @for (i, curve) in self.curves.iter().enumerate() {
                        @for points in curve.runs.iter().filter(|run| run.len() > 1) {
                            polyline class=(if i % 2 == 1 { "kf-chart__centile" } else { "kf-chart__centile kf-chart__centile--between" }) points=(run(points)) {}
                        }
                        @if let Some((age, value)) = curve.runs.iter().flatten().last() {
                            text.kf-chart__scale x=(at(self.x(*age) + 4.0)) y=(at(y(*value) + 4.0)) text-anchor="start" { (curve.label) }
                        }
                    }
                    @for pair in self.points.windows(2) {
                        @if let [a, b] = pair {
                            line.kf-chart__line x1=(at(self.x(a.age))) y1=(at(y(a.value))) x2=(at(self.x(b.age))) y2=(at(y(b.value))) {}
                        }
                    }
                    @for point in &self.points {
                        @if let Some(since_birth) = point.since_birth {
                            line.kf-chart__born x1=(at(self.x(point.age))) x2=(at(self.x(since_birth))) y1=(at(y(point.value))) y2=(at(y(point.value))) {}
                        }
                        circle.kf-chart__point cx=(at(self.x(point.age))) cy=(at(y(point.value))) r="4.5" {}
                    }
                }
            }
        }
    }

    /// The years named under the chart: never so many that they run into one another.
    fn years(&self) -> Vec<f64> {
        let (from, to) = self.ages;
        let step = (((to - from) / 8.0).ceil()).max(1.0);
        let mut out = Vec::new();
        let mut age = from.ceil();
        while age <= to && out.len() < 40 {
            out.push(age);
            age += step;
        }
        out
    }
}

/// A figure of the scale: with a decimal where whole numbers would repeat.
fn figure(value: f64, span: f64) -> String {
    if span < 6.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> GrowthChart {
        GrowthChart {
            title: "Weight <now>".into(),
            unit: "kg".into(),
            words: "Weight 14.2 kg".into(),
            ages: (0.0, 4.0),
            curves: ["2", "50"]
                .map(|label| Curve {
                    label: label.into(),
                    runs: vec![vec![(0.0, 3.0), (2.0, 12.0)], vec![(2.0, 12.0), (4.0, 16.0)]],
                })
                .to_vec(),
            points: vec![
                Point { age: 1.0, since_birth: Some(1.2), value: 9.0 },
                Point { age: 3.0, since_birth: None, value: 14.2 },
            ],
        }
    }

    #[test]
    fn lines_are_broken_where_the_reference_is_and_the_child_stands_among_them() {
        let text = chart().draw().into_string();
        assert_eq!(text.matches("<polyline").count(), 4, "{text}");
        assert_eq!(text.matches("kf-chart__point").count(), 2, "{text}");
        assert_eq!(text.matches("kf-chart__born").count(), 1, "one age was corrected: {text}");
        assert!(text.contains("Weight &lt;now&gt; by age") && !text.contains("NaN"), "{text}");
    }

    #[test]
    fn more_stands_higher_and_later_stands_further_right() {
        let text = chart().draw().into_string();
        let of = |name: &str| -> Vec<f64> {
            let wanted = format!(" {name}=\"");
            let found = text.match_indices(&wanted).map(|(at, found)| &text[at + found.len()..]);
            found.filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
        };
        let (cx, cy) = (of("cx"), of("cy"));
        assert!(cx[0] < cx[1] && cy[0] > cy[1], "{cx:?} {cy:?}");
    }

    #[test]
    fn a_chart_without_anything_still_stands() {
        let empty = GrowthChart { curves: Vec::new(), points: Vec::new(), ages: (3.0, 3.0), ..chart() };
        assert!(!empty.draw().into_string().contains("NaN"));
    }
}

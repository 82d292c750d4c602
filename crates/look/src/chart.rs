//! A figure over some years as a line. The table of the same figures always stands beside or behind it, so a chart may be
//! small and say little.

use maud::{Markup, html};

/// One year.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What stands under it ("2026").
    pub label: String,
    /// The figure; `None` leaves a gap.
    pub value: Option<f64>,
    /// The figure as it is written ("87.7%"), or why there is none ("not recorded").
    pub words: String,
}

/// A line over years, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What is drawn, for somebody who hears it.
    pub title: String,
    /// The years.
    pub points: Vec<Point>,
    /// What is aimed at, and its words.
    pub target: Option<(f64, String)>,
}

/// Units of the drawing: narrow, so that its words can be read on a telephone.
const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 210.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 26.0;
const FOOT: f64 = 30.0;

impl Line {
    /// The whole chart with its scale, values and years, under a sentence that says what it shows.
    #[must_use]
    pub fn draw(&self) -> Markup {
        let top = self.top();
        // The first and last figures need room for their words beside the scale.
        let area = Area {
            left: LEFT + 24.0,
            top: TOP,
            width: WIDTH - LEFT - RIGHT - 24.0,
            height: HEIGHT - TOP - FOOT,
        };
        let places = self.places(area, top);
        let text_at = |n: f64| format!("{n:.1}");
        html! {
            figure.kf-chart {
                figcaption.kf-chart__caption { (self.words()) }
                svg.kf-chart__drawing viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(self.title) focusable="false" {
                    @for part in [0.0, 0.5, 1.0] {
                        @let y = area.y(part);
                        line.kf-chart__grid x1=(text_at(LEFT)) x2=(text_at(WIDTH - RIGHT)) y1=(text_at(y)) y2=(text_at(y)) {}
                        text.kf-chart__scale x=(text_at(LEFT - 6.0)) y=(text_at(y + 4.5)) text-anchor="end" { (scale(top * part)) }
                    }
                    @if let Some((target, _)) = &self.target {
                        @let y = area.y(target / top);
                        line.kf-chart__target x1=(text_at(LEFT)) x2=(text_at(WIDTH - RIGHT)) y1=(text_at(y)) y2=(text_at(y)) {}
                        text.kf-chart__scale x=(text_at(WIDTH - RIGHT)) y=(text_at(y - 5.0)) text-anchor="end" { "target" }
                    }
                    (segments(&places))
                    @for ((x, y), point) in places.iter().zip(&self.points) {
                        text.kf-chart__year x=(text_at(*x)) y=(text_at(HEIGHT - 8.0)) text-anchor="middle" { (point.label) }
                        @if let Some(y) = y {
                            circle.kf-chart__point cx=(text_at(*x)) cy=(text_at(*y)) r="4.5" {}
                            text.kf-chart__value x=(text_at(*x)) y=(text_at(y - 10.0)) text-anchor="middle" { (point.words) }
                        }
                    }
                }
            }
        }
    }

    /// Only the line, for a row of a table. What it says stands in its label.
    #[must_use]
    pub fn spark(&self) -> Markup {
        let area = Area { left: 5.0, top: 5.0, width: 100.0, height: 22.0 };
        let places = self.places(area, self.top());
        html! {
            svg.kf-chart__spark viewBox="0 0 110 32" role="img" aria-label=(self.words()) focusable="false" {
                (segments(&places))
                @for (x, y) in &places {
                    @if let Some(y) = y { circle.kf-chart__point cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="2.5" {} }
                }
            }
        }
    }

    /// The chart in a sentence: "Children in three homes: 2025 10.2%, 2026 not recorded. Target 9%."
    #[must_use]
    pub fn words(&self) -> String {
        let years: Vec<String> =
            self.points.iter().map(|point| format!("{} {}", point.label, point.words)).collect();
        let target = self.target.as_ref().map_or_else(String::new, |(_, words)| format!(" Target {words}."));
        format!("{}: {}.{target}", self.title, years.join(", "))
    }

    /// Where the scale ends: a round number no figure is above.
    fn top(&self) -> f64 {
        let values = self.points.iter().filter_map(|point| point.value);
        let most = values.chain(self.target.iter().map(|(target, _)| *target)).fold(0.0, f64::max);
        if most <= 0.0 {
            return 1.0;
        }
        let ten = 10_f64.powf(most.log10().floor());
        let steps = [1.0, 2.0, 4.0, 5.0, 6.0, 8.0, 10.0];
        steps.into_iter().map(|step| step * ten).find(|end| *end >= most).unwrap_or(most)
    }

    fn places(&self, area: Area, top: f64) -> Vec<(f64, Option<f64>)> {
        let gaps = u32::try_from(self.points.len().saturating_sub(1)).unwrap_or(u32::MAX).max(1);
        let step = area.width / f64::from(gaps);
        let at = |i: u32| area.left + step * f64::from(i);
        let points = (0_u32..).zip(&self.points);
        points.map(|(i, point)| (at(i), point.value.map(|value| area.y(value / top)))).collect()
    }
}

#[derive(Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Area {
    /// The height at which a part of the scale stands.
    fn y(self, part: f64) -> f64 {
        self.top + self.height * (1.0 - part.clamp(0.0, 1.0))
    }
}

fn scale(n: f64) -> String {
    if n.fract().abs() < 0.05 { format!("{n:.0}") } else { format!("{n:.1}") }
}

/// Lines between neighbouring years that both have a figure.
fn segments(places: &[(f64, Option<f64>)]) -> Markup {
    html! {
        @for pair in places.windows(2) {
            @if let [(x1, Some(y1)), (x2, Some(y2))] = pair {
                line.kf-chart__line x1=(format!("{x1:.1}")) y1=(format!("{y1:.1}")) x2=(format!("{x2:.1}")) y2=(format!("{y2:.1}")) {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(values: &[Option<f64>]) -> Line {
        let points = (2022..).zip(values).map(|(year, value)| Point {
            label: year.to_string(),
            value: *value,
            words: value.map_or("not recorded".to_owned(), |v| format!("{v:.1}%")),
        });
        Line { title: "Homes <three>".to_owned(), points: points.collect(), target: None }
    }

    #[test]
    fn a_year_without_a_figure_leaves_a_gap_and_is_said() {
        let text = line(&[Some(10.0), None, Some(20.0), Some(15.0)]).draw().into_string();
        assert_eq!(text.matches("class=\"kf-chart__line\"").count(), 1, "{text}");
        assert_eq!(text.matches("class=\"kf-chart__point\"").count(), 3, "{text}");
        assert!(text.contains("2023 not recorded"), "{text}");
        assert!(text.contains("Homes &lt;three&gt;") && !text.contains("<three>"), "{text}");
    }

    #[test]
    fn the_scale_begins_at_nought_and_ends_at_a_round_number() {
        assert_eq!(line(&[Some(87.7)]).top(), 100.0);
        assert_eq!(line(&[Some(11.0), Some(37.0)]).top(), 40.0);
        assert_eq!(line(&[Some(0.0)]).top(), 1.0);
        assert_eq!(line(&[]).top(), 1.0);
        let mut aimed = line(&[Some(3.0)]);
        aimed.target = Some((9.0, "9%".to_owned()));
        assert_eq!(aimed.top(), 10.0, "a target is never above the chart");
        assert!(aimed.draw().into_string().contains("kf-chart__target"));
    }

    #[test]
    fn higher_figures_stand_higher() {
        let line = line(&[Some(10.0), Some(40.0)]);
        let places = line.places(Area { left: 0.0, top: 0.0, width: 100.0, height: 100.0 }, line.top());
        assert_eq!(places, [(0.0, Some(75.0)), (100.0, Some(0.0))]);
    }

    #[test]
    fn a_small_line_says_all_its_figures() {
        let text = line(&[Some(10.0), Some(12.5)]).spark().into_string();
        assert!(text.contains("role=\"img\"") && text.contains("2022 10.0%, 2023 12.5%."), "{text}");
        assert!(!text.contains("style="), "{text}");
    }
}

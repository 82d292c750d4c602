//! A map drawn from the places of entries alone: no tiles from elsewhere, no boundaries. Towns are where their entries are.
//! Every point leads to its entry in the list beside it, so that nothing is on the map that is not in words too.

use std::collections::BTreeMap;

use kinfold_look::{Markup, html};

/// Units of the drawing: narrow, so that its words can be read on a telephone.
const WIDTH: f64 = 360.0;
const MARGIN: f64 = 44.0;
/// The tallest and the lowest it becomes.
const TALLEST: f64 = 440.0;
const LOWEST: f64 = 160.0;
/// Points nearer than this become one.
const NEAR: f64 = 24.0;
/// Kilometres of a degree of latitude.
const DEGREE: f64 = 111.2;

/// A place of an entry.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point {
    /// The number of its entry in the list.
    pub number: usize,
    /// Latitude and longitude in degrees.
    pub at: (f64, f64),
    /// The entry's name.
    pub name: String,
    /// The town, if the entry says.
    pub town: String,
}

/// One or several points at one spot.
#[derive(Debug, Clone, PartialEq)]
struct Spot {
    x: f64,
    y: f64,
    points: Vec<Point>,
}

/// Degrees to units of the drawing.
struct Projection {
    west: f64,
    north: f64,
    /// How much narrower a degree of longitude is here.
    narrow: f64,
    scale: f64,
    left: f64,
    height: f64,
}

impl Projection {
    fn of(points: &[Point]) -> Option<Self> {
        let latitudes = || points.iter().map(|p| p.at.0);
        let longitudes = || points.iter().map(|p| p.at.1);
        let (south, north) = (latitudes().reduce(f64::min)?, latitudes().reduce(f64::max)?);
        let (west, east) = (longitudes().reduce(f64::min)?, longitudes().reduce(f64::max)?);
        let narrow = ((south + north) / 2.0).to_radians().cos().max(0.05);
        // At least a kilometre, so that one point stands in the middle and not in a corner.
        let wide = ((east - west) * narrow).max(1.0 / DEGREE);
        let tall = (north - south).max(1.0 / DEGREE);
        let inside = WIDTH - 2.0 * MARGIN;
        let scale = (inside / wide).min((TALLEST - 2.0 * MARGIN) / tall);
        let drawn = ((east - west) * narrow * scale, (north - south) * scale);
        let height = (drawn.1 + 2.0 * MARGIN).clamp(LOWEST, TALLEST);
        let left = (WIDTH - drawn.0) / 2.0;
        let top = (height - drawn.1) / 2.0;
        Some(Self { west, north: north + top / scale, narrow, scale, left, height })
    }

    fn place(&self, (latitude, longitude): (f64, f64)) -> (f64, f64) {
        let x = self.left + (longitude - self.west) * self.narrow * self.scale;
        (x, (self.north - latitude) * self.scale)
    }

    /// A round distance in kilometres and how long it is drawn.
    fn bar(&self) -> (f64, f64) {
        let unit = self.scale / DEGREE;
        let steps = [0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
        let found = steps.into_iter().rfind(|km| km * unit <= WIDTH / 3.0).unwrap_or(0.2);
        (found, found * unit)
    }
}

/// Points near each other as one spot, each where its first point is.
fn spots(points: &[Point], on: &Projection) -> Vec<Spot> {
    let mut out: Vec<Spot> = Vec::new();
    for point in points {
        let (x, y) = on.place(point.at);
        match out.iter_mut().find(|s| (s.x - x).hypot(s.y - y) < NEAR) {
            Some(spot) => spot.points.push(point.clone()),
            None => out.push(Spot { x, y, points: vec![point.clone()] }),
        }
    }
    out
}

/// Towns with the middle of their points and how far those reach.
fn towns(points: &[Point], on: &Projection) -> Vec<(String, f64, f64, f64)> {
    let mut by: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for point in points.iter().filter(|p| !p.town.is_empty()) {
        by.entry(&point.town).or_default().push(on.place(point.at));
    }
    by.into_iter()
        .map(|(town, at)| {
            let count = f64::from(u32::try_from(at.len()).unwrap_or(1));
            let (x, y) = at.iter().fold((0.0, 0.0), |(x, y), p| (x + p.0 / count, y + p.1 / count));
            let reach = at.iter().map(|p| (p.0 - x).hypot(p.1 - y)).fold(0.0, f64::max);
            (town.to_owned(), x, y, reach + 22.0)
        })
        .collect()
}

/// The map; nothing when no entry says where it is.
pub(super) fn draw(points: &[Point]) -> Markup {
    let Some(on) = Projection::of(points) else { return html! {} };
    let n = |n: f64| format!("{n:.1}");
    let (kilometres, length) = on.bar();
    let bar = on.height - 14.0;
    let distance = if kilometres < 1.0 {
        format!("{:.0} m", kilometres * 1_000.0)
    } else {
        format!("{kilometres:.0} km")
    };
    html! {
        figure.kf-map {
            figcaption.kf-map__caption { "Where they are. The numbers are those of the list. North is at the top." }
            svg.kf-map__drawing viewBox=(format!("0 0 {WIDTH} {}", n(on.height))) role="group" aria-label="Map of the services in the list" {
                @for (_, x, y, reach) in towns(points, &on) {
                    circle.kf-map__area cx=(n(x)) cy=(n(y)) r=(n(reach)) aria-hidden="true" {}
                }
                @for (town, x, y, reach) in towns(points, &on) {
                    text.kf-map__town x=(n(x.clamp(40.0, WIDTH - 40.0))) y=(n((y - reach - 4.0).max(14.0))) text-anchor="middle" { (town) }
                }
                @for spot in spots(points, &on) { (mark(&spot)) }
                line.kf-map__bar x1="14" x2=(n(14.0 + length)) y1=(n(bar)) y2=(n(bar)) {}
                text.kf-map__distance x=(n(20.0 + length)) y=(n(bar + 4.0)) { (distance) }
            }
        }
    }
}

fn mark(spot: &Spot) -> Markup {
    let n = |n: f64| format!("{n:.1}");
    let Some(first) = spot.points.first() else { return html! {} };
    let mut numbers: Vec<usize> = spot.points.iter().map(|p| p.number).collect();
    numbers.dedup();
    let names: Vec<String> = spot.points.iter().map(|p| format!("{}. {}", p.number, p.name)).collect();
    let label = match numbers.as_slice() {
        [one] => one.to_string(),
        [one, other] => format!("{one}, {other}"),
        [one, ..] => format!("{one} +{}", numbers.len() - 1),
        [] => String::new(),
    };
    let wide = 11.0 + 4.0 * f64::from(u32::try_from(label.chars().count()).unwrap_or(1));
    html! {
        a.kf-map__link href=(format!("#entry-{}", first.number)) aria-label=(format!("{label}: {}", names.join("; "))) {
            rect.kf-map__point x=(n(spot.x - wide)) y=(n(spot.y - 11.0)) width=(n(2.0 * wide)) height="22" rx="11" {}
            text.kf-map__number x=(n(spot.x)) y=(n(spot.y + 5.0)) text-anchor="middle" { (label) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(number: usize, at: (f64, f64), town: &str) -> Point {
        Point { number, at, name: format!("Service {number}"), town: town.to_owned() }
    }

    #[test]
    fn north_is_up_and_east_is_right() {
        let points = [point(1, (51.0, -1.0), "A"), point(2, (51.4, -0.2), "B")];
        let on = Projection::of(&points).unwrap();
        let (south_west, north_east) = (on.place(points[0].at), on.place(points[1].at));
        assert!(south_west.0 < north_east.0 && south_west.1 > north_east.1);
        for (x, y) in [south_west, north_east] {
            assert!((0.0..=WIDTH).contains(&x) && (0.0..=on.height).contains(&y), "{x} {y} {}", on.height);
        }
    }

    #[test]
    fn points_at_one_spot_become_one_that_says_them_all() {
        let points = [point(1, (51.0, -1.0), ""), point(2, (51.0, -1.0), ""), point(3, (51.3, -1.0), "")];
        let text = draw(&points).into_string();
        assert_eq!(text.matches("kf-map__link").count(), 2, "{text}");
        assert!(text.contains("1. Service 1; 2. Service 2") && text.contains("href=\"#entry-3\""), "{text}");
        assert!(!text.contains("style="), "the policy of the pages takes no inline style");
    }

    #[test]
    fn one_point_stands_in_the_middle_and_none_draws_nothing() {
        let points = [point(1, (51.0, -1.0), "Fernham")];
        let on = Projection::of(&points).unwrap();
        let (x, y) = on.place(points[0].at);
        assert!((x - WIDTH / 2.0).abs() < 1e-6 && (y - on.height / 2.0).abs() < 1e-6, "{x} {y}");
        assert_eq!(draw(&[]).into_string(), "");
        let edges = [point(1, (90.0, 180.0), ""), point(2, (-90.0, -180.0), "")];
        assert!(!draw(&edges).into_string().contains("NaN"));
    }

    #[test]
    fn a_name_is_never_markup() {
        let mut one = point(1, (51.0, -1.0), "<b>");
        one.name = "<script>".to_owned();
        let text = draw(&[one]).into_string();
        assert!(!text.contains("<script>") && !text.contains("<b>"), "{text}");
    }
}

//! Where everything in a ribbon goes. Units are those of the drawing's `viewBox`.

use super::{Band, Due, Ribbon, Span};
use jiff::ToSpan;
use jiff::civil::Date;

/// Width of the drawing with the band names.
pub(super) const NAMES_WIDTH: f64 = 150.0;
/// Width of the drawing with the time axis.
pub(super) const TIME_WIDTH: f64 = 850.0;
/// Room at both ends of the axis, for half a circle and half a word.
pub(super) const PAD: f64 = 20.0;
/// Room above the bands, for years.
pub(super) const HEAD: f64 = 22.0;
/// Room below the bands, for the word "today".
pub(super) const FOOT: f64 = 20.0;
/// Height of a lane, and of the bar in it.
pub(super) const LANE: f64 = 28.0;
pub(super) const BAR: f64 = 22.0;
/// Half the width of an open circle, with its stroke.
pub(super) const CIRCLE: f64 = 9.0;
/// The narrowest a stretch is drawn: one day must still be seen.
const NARROWEST: f64 = 3.0;
/// Room within a band above and below its lanes.
const BAND_PAD: f64 = 5.0;

/// Something placed in a lane of a band.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed<'a> {
    pub what: What<'a>,
    pub left: f64,
    pub right: f64,
    /// Middle of its lane.
    pub middle: f64,
    pub lane: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum What<'a> {
    Span(Span),
    Due(&'a Due),
}

/// A band in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placement<'a> {
    pub band: &'a Band,
    pub top: f64,
    pub height: f64,
    pub items: Vec<Placed<'a>>,
    /// Where the moves are.
    pub joins: Vec<f64>,
}

/// A line on the axis with its label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub x: f64,
    pub label: String,
}

/// About how many units a letter takes in a label of 13 units.
pub(super) const LETTER: f64 = 6.9;

/// Where a word that belongs to a place starts, ends or has its middle: words near an edge lean inwards.
pub(super) fn anchor(x: f64, word: &str) -> &'static str {
    let half = word.chars().map(|_| LETTER / 2.0).sum::<f64>();
    if x < half {
        "start"
    } else if x > TIME_WIDTH - half {
        "end"
    } else {
        "middle"
    }
}

/// The whole ribbon in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout<'a> {
    pub height: f64,
    pub bands: Vec<Placement<'a>>,
    pub ticks: Vec<Tick>,
    pub today: Option<f64>,
}

/// From days to units.
pub(super) struct Axis {
    from: Date,
    to: Date,
}

impl Axis {
    pub(super) fn new(ribbon: &Ribbon) -> Self {
        // An axis of no length would divide by nothing.
        let least = ribbon.from.saturating_add(1.day());
        Self { from: ribbon.from, to: ribbon.to.max(least) }
    }

    /// Place of a day, kept within the axis.
    pub(super) fn x(&self, day: Date) -> f64 {
        let day = day.clamp(self.from, self.to);
        let whole = f64::from((self.to - self.from).get_days());
        let part = f64::from((day - self.from).get_days());
        PAD + part / whole * (TIME_WIDTH - 2.0 * PAD)
    }

    fn touches(&self, from: Date, to: Date) -> bool {
        from <= self.to && to >= self.from
    }

    /// Lines for years, or for months on an axis of up to three years, far enough apart for their labels.
    fn ticks(&self) -> Vec<Tick> {
        let days = f64::from((self.to - self.from).get_days());
        let per_day = (TIME_WIDTH - 2.0 * PAD) / days;
        let by_month = days < 3.0 * 366.0;
        let (unit, width) = if by_month { (28.0, 76.0) } else { (365.0, 38.0) };
        let steps: &[i32] = if by_month { &[1, 2, 3, 6] } else { &[1, 2, 5, 10] };
        let step = steps.iter().copied().find(|n| f64::from(*n) * unit * per_day >= width).unwrap_or(12);
        let mut day = if by_month { self.from.first_of_month() } else { self.from.first_of_year() };
        let mut ticks = Vec::new();
        while day <= self.to {
            let count = if by_month { i32::from(day.month()) - 1 } else { i32::from(day.year()) };
            if day >= self.from && count % step == 0 {
                let label = if by_month { day.strftime("%b %Y") } else { day.strftime("%Y") };
                ticks.push(Tick { x: self.x(day), label: label.to_string() });
            }
            let next = if by_month { day.checked_add(1.month()) } else { day.checked_add(1.year()) };
            let Ok(next) = next else { break };
            day = next;
        }
        ticks
    }
}

/// Places everything.
pub(super) fn layout(ribbon: &Ribbon) -> Layout<'_> {
    let axis = Axis::new(ribbon);
    let mut top = HEAD;
    let bands = ribbon
        .bands
        .iter()
        .map(|band| {
            let placed = place(band, &axis, ribbon.today, top);
            top += placed.height;
            placed
        })
        .collect();
    let on_axis = axis.touches(ribbon.today, ribbon.today);
    Layout { height: top + FOOT, bands, ticks: axis.ticks(), today: on_axis.then(|| axis.x(ribbon.today)) }
}

fn place<'a>(band: &'a Band, axis: &Axis, today: Date, top: f64) -> Placement<'a> {
    let spans =
        band.with_gaps(today).into_iter().filter(|span| axis.touches(span.from, span.end(today))).map(
            |span| {
                let left = axis.x(span.from);
                let right = axis.x(span.end(today)).max(left + NARROWEST).min(TIME_WIDTH - PAD + NARROWEST);
                (left.min(right - NARROWEST), right, What::Span(span))
            },
        );
    let dues = band.dues.iter().filter(|due| axis.touches(due.on, due.on)).map(|due| {
        let x = axis.x(due.on);
        (x - CIRCLE, x + CIRCLE, What::Due(due))
    });
    let mut wanted: Vec<_> = spans.chain(dues).collect();
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
    // The first lane that is free at its left edge: few lanes, and nothing over anything else.
    let mut free: Vec<f64> = Vec::new();
    let items: Vec<_> = wanted
        .into_iter()
        .map(|(left, right, what)| {
            let lane = free.iter().position(|end| *end <= left).unwrap_or(free.len());
            if lane == free.len() {
                free.push(right);
            } else {
                free[lane] = right;
            }
            let lane_top = u16::try_from(lane).map_or(0.0, |n| f64::from(n) * LANE);
            Placed { what, left, right, middle: top + BAND_PAD + lane_top + LANE / 2.0, lane }
        })
        .collect();
    let lanes = u16::try_from(free.len().max(1)).map_or(1.0, f64::from);
    let joins = if band.joins {
        band.moves().into_iter().filter(|day| axis.touches(*day, *day)).map(|day| axis.x(day)).collect()
    } else {
        Vec::new()
    };
    Placement { band, top, height: lanes * LANE + 2.0 * BAND_PAD, items, joins }
}

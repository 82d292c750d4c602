//! From standard deviations to centiles and the words of a chart.

use std::fmt;

/// The nine lines of a British growth chart with their standard deviations, two thirds apart.
pub const CENTILES: [(f64, f64); 9] = [
    (0.4, -8.0 / 3.0),
    (2.0, -2.0),
    (9.0, -4.0 / 3.0),
    (25.0, -2.0 / 3.0),
    (50.0, 0.0),
    (75.0, 2.0 / 3.0),
    (91.0, 4.0 / 3.0),
    (98.0, 2.0),
    (99.6, 8.0 / 3.0),
];

/// Where the normal distribution has exactly the nine centiles; the lines are drawn at two thirds, but what counts as
/// near a line is measured from here.
const EXACT: [f64; 9] = [
    -2.652_069_807_902_195_4,
    -2.053_748_910_631_823,
    -1.340_755_033_690_216_5,
    -0.674_489_750_196_081_7,
    0.0,
    0.674_489_750_196_081_7,
    1.340_755_033_690_216_5,
    2.053_748_910_631_822_5,
    2.652_069_807_902_195_4,
];

/// A quarter of the space between two lines: nearer than this is on the line.
const NEAR: f64 = 0.25 * 0.666;

/// Where a measurement lies among the nine lines. A whole number is an index into [`CENTILES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// Below the lowest line.
    Below,
    /// On this line or within a quarter of the space to the next.
    Near(usize),
    /// Between this line and the next above it.
    Between(usize),
    /// Above the highest line.
    Above,
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |i: usize| CENTILES.get(i).map_or(0.0, |(centile, _)| *centile);
        match self {
            Self::Below => write!(f, "below the 0.4th centile"),
            Self::Near(i) => write!(f, "on or near the {} centile", ordinal(line(*i))),
            Self::Between(i) => {
                write!(f, "between the {} and {} centiles", ordinal(line(*i)), ordinal(line(i + 1)))
            }
            Self::Above => write!(f, "above the 99.6th centile"),
        }
    }
}

fn ordinal(centile: f64) -> String {
    let ending = if centile == 2.0 {
        "nd"
    } else if centile == 91.0 {
        "st"
    } else {
        "th"
    };
    format!("{centile}{ending}")
}

/// The centile, from 0 to 100, at so many standard deviations from the median.
pub fn centile(sds: f64) -> f64 {
    50.0 * libm::erfc(-sds / std::f64::consts::SQRT_2)
}

/// Where so many standard deviations lie among the nine lines.
pub fn centile_band(sds: f64) -> Band {
    let mut band = Band::Below;
    for (i, line) in EXACT.iter().enumerate() {
        // The lowest border belongs to what is below it, every other to what is above.
        let reached = if i == 0 { sds > line - NEAR } else { sds >= line - NEAR };
        if reached {
            band = Band::Near(i);
        }
        let passed = if i == EXACT.len() - 1 { sds > line + NEAR } else { sds >= line + NEAR };
        if passed {
            band = if i == EXACT.len() - 1 { Band::Above } else { Band::Between(i) };
        }
    }
    band
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_exact_lines_have_the_centiles_they_are_named_for() {
        for ((named, two_thirds), exact) in CENTILES.iter().zip(EXACT) {
            assert!((centile(exact) - named).abs() < 1e-12, "{named}");
            assert!((exact - two_thirds).abs() < 0.06, "{named}");
        }
    }

    #[test]
    fn bands_are_said_as_on_a_chart() {
        for (sds, words) in [
            (-2.9, "below the 0.4th centile"),
            (-2.65, "on or near the 0.4th centile"),
            (-2.35, "between the 0.4th and 2nd centiles"),
            (-2.0, "on or near the 2nd centile"),
            (-1.0, "between the 9th and 25th centiles"),
            (0.0, "on or near the 50th centile"),
            (0.3, "between the 50th and 75th centiles"),
            (1.34, "on or near the 91st centile"),
            (2.3, "between the 98th and 99.6th centiles"),
            (2.9, "above the 99.6th centile"),
        ] {
            assert_eq!(centile_band(sds).to_string(), words, "{sds}");
        }
    }

    proptest! {
        #[test]
        fn a_greater_measurement_never_has_a_lower_centile(a in -12.0..12.0_f64, more in 0.0..3.0_f64) {
            prop_assert!(centile(a) <= centile(a + more));
            prop_assert!((0.0..=100.0).contains(&centile(a)));
            prop_assert!(place(centile_band(a)) <= place(centile_band(a + more)));
        }

        #[test]
        fn half_the_children_lie_on_each_side(a in -6.0..6.0_f64) {
            prop_assert!((centile(a) + centile(-a) - 100.0).abs() < 1e-9);
        }
    }

    fn place(band: Band) -> usize {
        match band {
            Band::Below => 0,
            Band::Near(i) => 2 * i + 1,
            Band::Between(i) => 2 * i + 2,
            Band::Above => 18,
        }
    }
}

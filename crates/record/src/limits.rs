//! Limits of what can be measured in a child, kept in one place for whoever checks or draws a measurement.
//!
//! Two kinds: what no child can weigh or measure, which needs no tables and is refused when an entry is checked; and how
//! far from the middle of the reference a measurement may lie (in standard deviations, SDS), which is for those who
//! have the tables.

use std::ops::RangeInclusive;

/// Weight in grams, from the smallest newborn that lives to far above any child.
pub const WEIGHT_G: RangeInclusive<i32> = 200..=350_000;
/// Height or length in millimetres.
pub const HEIGHT_MM: RangeInclusive<i32> = 200..=2_500;
/// Circumference of the head in millimetres.
pub const HEAD_MM: RangeInclusive<i32> = 150..=800;
/// Weight at birth in grams.
pub const BIRTH_WEIGHT_G: RangeInclusive<i32> = 200..=8_000;
/// Whole weeks of pregnancy at birth.
pub const GESTATION_WEEKS: RangeInclusive<i32> = 22..=44;

/// Further from the middle than this, a measurement is worth measuring again.
pub const SDS_DOUBTFUL: f64 = 4.0;
/// Further from the middle than this, a height, weight or head cannot be right.
pub const SDS_IMPOSSIBLE: f64 = 8.0;
/// The same for body mass index, whose upper tail is long.
pub const SDS_IMPOSSIBLE_BMI: f64 = 15.0;

//! One table of a reference: L, M and S at equal steps of age for one sex and measure.

/// The three numbers that describe how a measure is spread at one age: the power that makes it symmetrical, the
/// median, and the coefficient of variation (Cole and Green 1992).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lms {
    /// Box-Cox power.
    pub l: f64,
    /// Median, in the unit of the measure.
    pub m: f64,
    /// Coefficient of variation.
    pub s: f64,
}

impl Lms {
    /// How many standard deviations from the median `value` lies.
    pub fn sds(self, value: f64) -> f64 {
        let ratio = value / self.m;
        if self.l == 0.0 { ratio.ln() / self.s } else { (ratio.powf(self.l) - 1.0) / (self.l * self.s) }
    }

    /// The value that lies `sds` standard deviations from the median. None where the curve has no such value.
    pub fn value(self, sds: f64) -> Option<f64> {
        if self.l == 0.0 {
            return Some(self.m * (self.s * sds).exp());
        }
        let base = 1.0 + self.l * self.s * sds;
        (base >= 0.0).then(|| self.m * base.powf(1.0 / self.l)).filter(|value| value.is_finite())
    }

    fn mixed(rows: &[Self], weights: &[f64]) -> Self {
        let sum = |part: fn(&Self) -> f64| rows.iter().zip(weights).map(|(row, w)| part(row) * w).sum();
        Self { l: sum(|r| r.l), m: sum(|r| r.m), s: sum(|r| r.s) }
    }
}

/// What a step of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A completed week of gestation.
    GestationWeek,
    /// A day since birth.
    Day,
    /// A twelfth of a year since birth.
    Month,
}

impl Step {
    /// The age in years at a step.
    pub fn age(self, step: i32) -> f64 {
        let step = f64::from(step);
        match self {
            Self::GestationWeek => (step * 7.0 - 280.0) / 365.25,
            Self::Day => step / 365.25,
            Self::Month => step / 12.0,
        }
    }

    /// Where an age in years lies among the steps, with its fraction.
    fn place(self, age: f64) -> f64 {
        match self {
            Self::GestationWeek => (age * 365.25 + 280.0) / 7.0,
            Self::Day => age * 365.25,
            Self::Month => age * 12.0,
        }
    }
}

/// The rows of one sex and measure, without a gap. Never empty.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub step: Step,
    /// The step of the first row.
    pub first: i32,
    pub rows: Vec<Lms>,
}

/// Ages are the same when they agree to four decimals, about an hour.
fn same(a: f64, b: f64) -> bool {
    (a * 1e4).round() == (b * 1e4).round()
}

impl Table {
    /// L, M and S at an age in years: the row where there is one, else between rows by a cubic through the four nearest,
    /// or by a straight line in the first and last interval. An age outside the table gets its nearest row.
    pub fn at(&self, age: f64) -> Option<Lms> {
        let last = self.rows.len().checked_sub(1)?;
        let place = (self.step.place(age) - f64::from(self.first)).clamp(0.0, last as f64);
        // Not a number becomes the first row; callers have refused it before.
        let nearest = place.round() as usize;
        let age_of = |row: usize| self.step.age(self.first + i32::try_from(row).unwrap_or(i32::MAX));
        if same(age, age_of(nearest)) || place <= 0.0 || place >= last as f64 {
            return self.rows.get(nearest).copied();
        }
        let below = place.floor() as usize;
        let from = if below >= 1 && below + 2 <= last { below - 1 } else { below };
        let to = if from < below { below + 2 } else { below + 1 };
        let ages: Vec<f64> = (from..=to).map(age_of).collect();
        Some(Lms::mixed(self.rows.get(from..=to)?, &lagrange(&ages, age)))
    }
}

/// The weights of a polynomial through points at `ages`, worth at `age`.
fn lagrange(ages: &[f64], age: f64) -> Vec<f64> {
    let weight = |i: usize, here: f64| {
        let others = ages.iter().enumerate().filter(|(j, _)| *j != i);
        others.map(|(_, other)| (age - other) / (here - other)).product()
    };
    ages.iter().enumerate().map(|(i, here)| weight(i, *here)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cubes() -> Table {
        // The third power of a month as L, M and S: a cubic goes through it exactly.
        let row = |x: f64| Lms { l: x, m: x.powi(3), s: x.powi(2) };
        Table { step: Step::Month, first: 0, rows: (0..8).map(|x| row(f64::from(x))).collect() }
    }

    #[test]
    fn between_rows_a_cubic_goes_through_the_four_nearest() {
        let at = cubes().at(2.5 / 12.0).unwrap();
        assert!((at.m - 2.5_f64.powi(3)).abs() < 1e-12, "{at:?}");
    }

    #[test]
    fn the_first_and_last_interval_are_straight() {
        assert!((cubes().at(0.5 / 12.0).unwrap().m - 0.5).abs() < 1e-12);
        assert!((cubes().at(6.5 / 12.0).unwrap().m - (216.0 + 343.0) / 2.0).abs() < 1e-9);
    }

    #[test]
    fn outside_the_table_its_nearest_row_counts() {
        assert_eq!(cubes().at(-1.0).unwrap().m, 0.0);
        assert_eq!(cubes().at(9.0).unwrap().m, 343.0);
        assert_eq!(Table { step: Step::Day, first: 0, rows: Vec::new() }.at(1.0), None);
    }

    #[test]
    fn a_value_and_its_standard_deviations_go_both_ways() {
        for l in [-1.3, 0.0, 1.0] {
            let lms = Lms { l, m: 16.0, s: 0.1 };
            assert!((lms.sds(lms.value(1.5).unwrap()) - 1.5).abs() < 1e-12, "{l}");
            assert_eq!(lms.sds(16.0), 0.0);
        }
        // 1 + 1.0 x 0.1 x -11 is less than nothing.
        assert_eq!(Lms { l: 1.0, m: 16.0, s: 0.1 }.value(-11.0), None);
    }
}

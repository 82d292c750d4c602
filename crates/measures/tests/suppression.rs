//! Whoever has every published number still cannot work out a number of one to five children.
#![allow(clippy::expect_used, reason = "test helpers")]

use std::collections::BTreeSet;

use kinfold_guidance::measure::{Better, MeasureUnit};
use kinfold_measures::{Figure, Public, PublicFigure, Span, Sum, publish};
use proptest::prelude::*;

/// A figure of one split, from the denominator and numerator of each group.
fn figure(rows: &[(u32, u32)]) -> Figure {
    of_amounts(MeasureUnit::Percent, &rows.iter().map(|(d, n)| (*d, *n, i64::from(*n))).collect::<Vec<_>>())
}

fn of_amounts(unit: MeasureUnit, rows: &[(u32, u32, i64)]) -> Figure {
    let sum = |(denominator, numerator, amount): &(u32, u32, i64)| Sum {
        denominator: *denominator,
        numerator: *numerator,
        amount: *amount,
    };
    let sums: Vec<Sum> = rows.iter().map(sum).collect();
    let total = sums.iter().fold(Sum::default(), |a, b| Sum {
        denominator: a.denominator + b.denominator,
        numerator: a.numerator + b.numerator,
        amount: a.amount + b.amount,
    });
    Figure {
        measure: "test.measure".into(),
        version: 1,
        span: Span::year(2026).expect("a year"),
        unit,
        better: Better::Up,
        total,
        splits: vec![sums],
        children: Vec::new(),
        excluded: Vec::new(),
        reasons: Vec::new(),
    }
}

fn one(figure: Figure) -> PublicFigure {
    publish(&[figure]).remove(0)
}

fn numerators(public: &PublicFigure) -> Vec<Option<u32>> {
    public.splits[0].iter().map(|row| row.numerator).collect()
}

fn denominators(public: &PublicFigure) -> Vec<Option<u32>> {
    public.splits[0].iter().map(|row| row.denominator).collect()
}

#[test]
fn a_small_numerator_is_hidden_and_another_with_it_but_not_their_denominators() {
    let public = one(figure(&[(40, 20), (30, 15), (20, 3)]));
    assert_eq!((public.total.denominator, public.total.numerator), (Some(90), Some(38)));
    // The third has 3; the second, smaller than the first, hides it.
    assert_eq!(numerators(&public), [Some(20), None, None]);
    assert_eq!(denominators(&public), [Some(40), Some(30), Some(20)]);
    let values: Vec<Option<f64>> = public.splits[0].iter().map(|row| row.value).collect();
    assert_eq!(values, [Some(50.0), None, None], "a percentage would tell the numerator");
}

#[test]
fn few_who_do_not_meet_a_measure_are_hidden_too() {
    assert_eq!(numerators(&one(figure(&[(40, 20), (30, 15), (20, 18)]))), [Some(20), None, None]);
}

#[test]
fn hidden_groups_that_are_few_together_hide_a_third() {
    // Two groups of 2 and 3 children have 5 between them, which the total would give away.
    let public = one(figure(&[(40, 20), (30, 15), (2, 1), (3, 1)]));
    assert_eq!(denominators(&public), [Some(40), None, None, None]);
    assert_eq!(numerators(&public), [Some(20), None, None, None]);
}

#[test]
fn an_empty_group_hides_nothing() {
    let public = one(figure(&[(40, 20), (30, 15), (0, 0), (20, 3)]));
    assert_eq!(numerators(&public), [Some(20), None, Some(0), None]);
}

#[test]
fn a_small_total_hides_its_groups() {
    let public = one(figure(&[(10, 2), (10, 2), (0, 0)]));
    assert_eq!(
        (public.total.denominator, public.total.numerator, public.total.value),
        (Some(20), None, None)
    );
    assert_eq!(numerators(&public), [None, None, None]);
    assert_eq!(denominators(&public), [Some(10), Some(10), Some(0)]);
}

#[test]
fn large_numbers_and_noughts_are_shown() {
    let public = one(figure(&[(40, 20), (30, 0), (0, 0), (12, 12)]));
    assert_eq!(numerators(&public), [Some(20), Some(0), Some(0), Some(12)]);
}

#[test]
fn a_mean_is_hidden_with_its_children_and_a_sum_of_scores_is_not_a_number_of_them() {
    let public = one(of_amounts(MeasureUnit::Mean, &[(40, 40, 500), (10, 10, 4), (3, 3, 44)]));
    assert_eq!(denominators(&public), [Some(40), None, None]);
    let amounts: Vec<Option<i64>> = public.splits[0].iter().map(|row| row.amount).collect();
    assert_eq!(amounts, [Some(500), None, None]);
    let public = one(of_amounts(MeasureUnit::Mean, &[(40, 40, 500), (10, 10, 4)]));
    assert_eq!(public.splits[0][1].value, Some(0.4));
}

#[test]
fn times_missing_are_hidden_when_few_and_with_the_mean_that_would_tell_them() {
    let times = [(40, 20, 50), (30, 15, 30), (20, 8, 16)];
    let mean: Vec<(u32, u32, i64)> = times.iter().map(|(_, n, amount)| (*n, *n, *amount)).collect();
    let shown = publish(&[of_amounts(MeasureUnit::Count, &times), of_amounts(MeasureUnit::Mean, &mean)]);
    assert!(shown.iter().flat_map(|f| &f.splits[0]).all(|row| row.value.is_some()));
    let few = [(40, 20, 50), (30, 15, 30), (20, 2, 16)];
    let mean: Vec<(u32, u32, i64)> = few.iter().map(|(_, n, amount)| (*n, *n, *amount)).collect();
    let shown = publish(&[of_amounts(MeasureUnit::Count, &few), of_amounts(MeasureUnit::Mean, &mean)]);
    for figure in shown {
        let amounts: Vec<Option<i64>> = figure.splits[0].iter().map(|row| row.amount).collect();
        assert_eq!(amounts, [Some(50), None, None]);
    }
}

#[test]
fn what_one_figure_hides_another_does_not_show() {
    // The numerator of the first is the denominator of the second, which by itself would hide the first two groups.
    let first = figure(&[(90, 3), (60, 6), (30, 20), (50, 40)]);
    let second = figure(&[(3, 0), (6, 6), (20, 19), (40, 20)]);
    let public = publish(&[first, second]);
    assert_eq!(numerators(&public[0]), denominators(&public[1]));
    assert_eq!(denominators(&public[1])[..2], [None, None]);
}

/// The most children in a group of the tables that are attacked.
const LARGEST: u32 = 11;

/// Which number of a row.
type Look = fn(&Public) -> Option<u32>;

/// A number in its groups: what is published of it (in any of the figures), and what it is.
struct Numbers {
    total: Option<u32>,
    shown: Vec<Option<u32>>,
    truth: Vec<u32>,
}

impl Numbers {
    fn of(truth: Vec<u32>, published: &[(&PublicFigure, Look)]) -> Self {
        let row = |i: usize| published.iter().find_map(|(figure, look)| look(&figure.splits[0][i]));
        let shown = (0..truth.len()).map(row).collect();
        Self { total: published.iter().find_map(|(figure, look)| look(&figure.total)), shown, truth }
    }

    /// Every way the hidden groups could be filled so that the published total comes out. Without a total there is nothing
    /// that binds them to each other, so each is tried by itself.
    fn ways(&self) -> Vec<Vec<u32>> {
        let known: u32 = self.shown.iter().flatten().sum();
        let mut out = Vec::new();
        if let Some(total) = self.total {
            fill(&self.shown, 0, total - known, &mut Vec::new(), &mut out);
            return out;
        }
        for (i, n) in self.shown.iter().enumerate() {
            for other in 0..=LARGEST {
                let mut way = self.truth.clone();
                way[i] = n.unwrap_or(other);
                out.push(way);
            }
        }
        out
    }
}

fn fill(shown: &[Option<u32>], at: usize, left: u32, so_far: &mut Vec<u32>, out: &mut Vec<Vec<u32>>) {
    let Some(row) = shown.get(at) else {
        if left == 0 {
            out.push(so_far.clone());
        }
        return;
    };
    let (from, to) = row.map_or((0, left), |n| (n, n));
    for n in from..=to {
        so_far.push(n);
        fill(shown, at + 1, if row.is_none() { left - n } else { left }, so_far, out);
        so_far.pop();
    }
}

fn within(small: &[u32], large: &[u32]) -> bool {
    small.iter().zip(large).all(|(s, l)| s <= l)
}

/// What every group of every number could be, by an attacker who knows which is part of which.
fn attack(
    whole: &Numbers,
    part: &Numbers,
    second: &Numbers,
    chained: bool,
) -> [Vec<BTreeSet<(u32, u32)>>; 3] {
    let empty = || vec![BTreeSet::new(); whole.truth.len()];
    let mut out = [empty(), empty(), empty()];
    let (parts, seconds) = (part.ways(), second.ways());
    for d in whole.ways() {
        for n in parts.iter().filter(|n| within(n, &d)) {
            let over = if chained { n } else { &d };
            for m in seconds.iter().filter(|m| within(m, over)) {
                for i in 0..d.len() {
                    // Each number, and what is left of what it is part of.
                    out[0][i].insert((d[i], 0));
                    out[1][i].insert((n[i], d[i] - n[i]));
                    out[2][i].insert((m[i], over[i] - m[i]));
                }
            }
        }
    }
    out
}

fn nobody_is_given_away(rows: &[(u32, u32, u32)], chained: bool) {
    let first = figure(&rows.iter().map(|(d, n, _)| (*d, *n)).collect::<Vec<_>>());
    let over = |r: &(u32, u32, u32)| if chained { r.1 } else { r.0 };
    let second = figure(&rows.iter().map(|r| (over(r), r.2)).collect::<Vec<_>>());
    let public = publish(&[first, second]);
    let (a, b) = (&public[0], &public[1]);
    let column = |of: fn(&(u32, u32, u32)) -> u32| rows.iter().map(of).collect::<Vec<u32>>();
    let d: Look = |row| row.denominator;
    let n: Look = |row| row.numerator;
    let whole = if chained { vec![(a, d)] } else { vec![(a, d), (b, d)] };
    let part = if chained { vec![(a, n), (b, d)] } else { vec![(a, n)] };
    let numbers = [
        Numbers::of(column(|r| r.0), &whole),
        Numbers::of(column(|r| r.1), &part),
        Numbers::of(column(|r| r.2), &[(b, n)]),
    ];
    let few = |n: u32| (1..=5).contains(&n);
    for numbers in &numbers {
        assert!(
            numbers.shown.iter().chain([&numbers.total]).flatten().all(|n| !few(*n)),
            "{rows:?} shows a few"
        );
    }
    let [whole, part, second] = &numbers;
    for (which, looks) in attack(whole, part, second, chained).iter().enumerate() {
        for (group, ways) in looks.iter().enumerate() {
            let own: BTreeSet<u32> = ways.iter().map(|w| w.0).collect();
            let rest: BTreeSet<u32> = ways.iter().map(|w| w.1).collect();
            assert!(own.contains(&numbers[which].truth[group]), "the attack is right");
            for sure in [own, rest].iter().filter(|s| s.len() == 1) {
                assert!(!sure.iter().any(|n| few(*n)), "{rows:?} gives away {sure:?} of {which} in {group}");
            }
        }
    }
}

fn rows(chained: bool) -> impl Strategy<Value = Vec<(u32, u32, u32)>> {
    let row = (0..=LARGEST).prop_flat_map(|d| (Just(d), 0..=d));
    let row = row.prop_flat_map(move |(d, n)| (Just(d), Just(n), 0..=(if chained { n } else { d })));
    prop::collection::vec(row, 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_can_be_worked_out_of_two_figures_of_one_cohort(rows in rows(false)) {
        nobody_is_given_away(&rows, false);
    }

    #[test]
    fn nobody_can_be_worked_out_of_a_figure_within_a_figure(rows in rows(true)) {
        nobody_is_given_away(&rows, true);
    }
}

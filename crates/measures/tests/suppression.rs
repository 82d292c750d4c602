//! Whoever has every published number still cannot work out a number of one to five children.

use kinfold_guidance::measure::{Better, MeasureUnit};
use kinfold_measures::{Figure, Public, PublicFigure, Span, Sum, publish};
use proptest::prelude::*;

fn figure(rows: &[(u32, u32)]) -> Figure {
    let sums: Vec<Sum> = rows
        .iter()
        .map(|(all, some)| Sum { denominator: *all, numerator: *some, amount: i64::from(*some) })
        .collect();
    let total = sums.iter().fold(Sum::default(), |a, b| Sum {
        denominator: a.denominator + b.denominator,
        numerator: a.numerator + b.numerator,
        amount: a.amount + b.amount,
    });
    Figure {
        measure: "test.measure".into(),
        version: 1,
        span: Span::year(2026).expect("a year"),
        unit: MeasureUnit::Percent,
        better: Better::Up,
        total,
        splits: vec![sums],
        children: Vec::new(),
        excluded: Vec::new(),
        reasons: Vec::new(),
    }
}

fn shown(public: &PublicFigure) -> Vec<bool> {
    public.splits[0].iter().map(|row| row.shown().is_some()).collect()
}

#[test]
fn a_small_row_is_hidden_and_another_with_it() {
    let public = publish(&figure(&[(40, 20), (30, 15), (20, 3)]));
    assert!(public.total.shown().is_some());
    // The third has 3; the second, smaller than the first, hides it.
    assert_eq!(shown(&public), [true, false, false]);
}

#[test]
fn few_who_do_not_meet_a_measure_are_hidden_too() {
    assert_eq!(shown(&publish(&figure(&[(40, 20), (30, 15), (20, 18)]))), [true, false, false]);
}

#[test]
fn hidden_rows_that_are_few_together_hide_a_third() {
    // Two rows with 2 and 3 children have 5 between them, which the total would give away.
    assert_eq!(shown(&publish(&figure(&[(40, 20), (30, 15), (2, 1), (3, 1)]))), [true, false, false, false]);
}

#[test]
fn an_empty_row_hides_nothing() {
    assert_eq!(shown(&publish(&figure(&[(40, 20), (30, 15), (0, 0), (20, 3)]))), [true, false, true, false]);
}

#[test]
fn a_small_total_hides_everything() {
    let public = publish(&figure(&[(10, 2), (10, 2), (0, 0)]));
    assert_eq!(public.total, Public::Hidden);
    assert_eq!(shown(&public), [false, false, false]);
}

#[test]
fn large_numbers_and_noughts_are_shown() {
    assert_eq!(shown(&publish(&figure(&[(40, 20), (30, 0), (0, 0), (12, 12)]))), [true; 4]);
}

/// Every way the hidden rows could be filled that agrees with what is published: an attacker's view.
fn possible(total: (u32, u32), public: &[Public]) -> Vec<Vec<(u32, u32)>> {
    let (mut all, mut some) = total;
    for row in public.iter().filter_map(|row| row.shown()) {
        all -= row.denominator;
        some -= row.numerator;
    }
    let hidden = public.iter().filter(|row| row.shown().is_none()).count();
    let mut out = Vec::new();
    fill(all, some, hidden, &mut Vec::new(), &mut out);
    out
}

fn fill(all: u32, some: u32, left: usize, so_far: &mut Vec<(u32, u32)>, out: &mut Vec<Vec<(u32, u32)>>) {
    if left == 0 {
        return;
    }
    if left == 1 {
        if some <= all {
            so_far.push((all, some));
            out.push(so_far.clone());
            so_far.pop();
        }
        return;
    }
    for a in 0..=all {
        for s in 0..=some.min(a) {
            so_far.push((a, s));
            fill(all - a, some - s, left - 1, so_far, out);
            so_far.pop();
        }
    }
}

fn row() -> impl Strategy<Value = (u32, u32)> {
    (0..14u32).prop_flat_map(|all| (Just(all), 0..=all))
}

proptest! {
    #[test]
    fn no_number_from_one_to_five_can_be_worked_out(rows in prop::collection::vec(row(), 1..4)) {
        let figure = figure(&rows);
        let public = publish(&figure);
        let few = |n: u32| (1..=5).contains(&n);
        for sum in public.splits[0].iter().chain([&public.total]).filter_map(|row| row.shown()) {
            prop_assert!(!few(sum.denominator) && !few(sum.numerator) && !few(sum.denominator - sum.numerator));
        }
        let Some(total) = public.total.shown() else {
            prop_assert!(public.splits[0].iter().all(|row| row.shown().is_none()));
            return Ok(());
        };
        let ways = possible((total.denominator, total.numerator), &public.splits[0]);
        let hidden: Vec<(u32, u32)> = rows
            .iter()
            .zip(&public.splits[0])
            .filter(|(_, public)| public.shown().is_none())
            .map(|(row, _)| *row)
            .collect();
        for (i, (all, some)) in hidden.iter().enumerate() {
            let looks: [(u32, fn(&(u32, u32)) -> u32); 3] =
                [(*all, |w| w.0), (*some, |w| w.1), (*all - *some, |w| w.0 - w.1)];
            for (true_number, look) in looks {
                let sure = ways.iter().all(|way| look(&way[i]) == true_number);
                prop_assert!(!few(true_number) || !sure, "{rows:?} gives away {true_number}");
            }
        }
    }
}

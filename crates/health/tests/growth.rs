//! Growth against figures worked out by rcpchgrowth 4.6.5, and what holds for any measurement. The full comparison,
//! with the parts of the reference that are not shipped, is `scripts/outside-checks.sh growth`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use jiff::civil::{Date, date};
use kinfold_health::growth::{
    Advice, Ages, Gestation, Impossible, Measure, NoReference, Part, Point, Reading, Reference, Sex, assess,
    body_mass_index,
};
use proptest::prelude::*;

fn reading() -> Reading {
    Reading {
        sex: Sex::Female,
        born: date(2024, 3, 1),
        gestation: None,
        on: date(2025, 3, 1),
        measure: Measure::Weight,
        value: 9.0,
    }
}

#[test]
fn figures_are_those_of_the_college() {
    let mut tried = 0;
    for row in include_str!("vectors/growth.csv").lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let [sex, born, weeks, days, on, measure, value, sds, corrected] = cells[..] else { panic!("{row}") };
        let gestation = (!weeks.is_empty())
            .then(|| Gestation::new(weeks.parse().unwrap(), days.parse().unwrap()).unwrap());
        let sex = if sex == "male" { Sex::Male } else { Sex::Female };
        let measure = match measure {
            "weight" => Measure::Weight,
            "height" => Measure::Height,
            "head" => Measure::Head,
            _ => Measure::Bmi,
        };
        let (born, on, value) = (born.parse().unwrap(), on.parse().unwrap(), value.parse().unwrap());
        let said =
            assess(Reference::shipped(), &Reading { sex, born, gestation, on, measure, value }).unwrap();
        let near = |ours: f64, theirs: &str| (ours - theirs.parse::<f64>().unwrap()).abs() < 1e-6;
        assert!(near(said.since_birth.score.unwrap().sds, sds), "{row}: {said:?}");
        if let Some(standing) = said.corrected {
            assert!(near(standing.score.unwrap().sds, corrected), "{row}: {said:?}");
        }
        tried += 1;
    }
    assert!(tried > 50);
}

#[test]
fn a_child_born_early_is_read_by_the_corrected_age_until_clinics_stop() {
    let weeks = |weeks, on| Reading { gestation: Some(Gestation::new(weeks, 0).unwrap()), on, ..reading() };
    let read = |reading| assess(Reference::shipped(), &reading).unwrap();
    assert_eq!(read(weeks(34, date(2025, 2, 27))).read, Ages::Corrected);
    // 365 days are not yet a mean year, 366 are more.
    assert_eq!(read(weeks(34, date(2025, 3, 1))).read, Ages::Corrected);
    assert_eq!(read(weeks(34, date(2025, 3, 2))).read, Ages::SinceBirth);
    assert_eq!(read(weeks(28, date(2025, 3, 2))).read, Ages::Corrected);
    assert_eq!(read(weeks(28, date(2026, 3, 2))).read, Ages::SinceBirth);
    assert_eq!(read(weeks(38, date(2024, 9, 1))).read, Ages::SinceBirth);
    let early = read(weeks(28, date(2025, 2, 1)));
    assert!(early.corrected.unwrap().score.unwrap().sds > early.since_birth.score.unwrap().sds);
    assert_eq!(early.standing(), early.corrected.unwrap());
    let point = Point::of(&early, 9.0);
    assert_eq!((point.age, point.since_birth), (early.corrected.unwrap().age, Some(early.since_birth.age)));
    assert_eq!(Point::of(&read(reading()), 9.0).since_birth, None);
}

#[test]
fn a_measurement_far_from_usual_is_taken_with_advice_and_an_impossible_one_is_not() {
    let at = |value| assess(Reference::shipped(), &Reading { value, ..reading() });
    assert_eq!(at(9.0).unwrap().advice, Advice::Usual);
    assert_eq!(at(5.2).unwrap().advice, Advice::CheckIt);
    assert!(matches!(at(1.5), Err(Impossible::AtThisAge { .. })));
    assert!(matches!(at(9000.0), Err(Impossible::Anybody { .. })));
    assert!(matches!(at(f64::NAN), Err(Impossible::Anybody { .. })));
    let before = Reading { on: date(2024, 2, 29), ..reading() };
    assert_eq!(assess(Reference::shipped(), &before), Err(Impossible::BeforeBirth));
}

#[test]
fn without_a_reference_a_measurement_is_taken_without_a_score() {
    let older = Reading { on: date(2030, 3, 1), value: 19.0, ..reading() };
    let said = assess(Reference::shipped(), &older).unwrap();
    assert_eq!(said.since_birth.score, Err(NoReference::NotLoaded(Part::Uk90Child)));
    assert_eq!(said.advice, Advice::Usual);
    assert!(said.since_birth.score.unwrap_err().to_string().contains("British 1990"));
}

#[test]
fn body_mass_index_needs_a_weight_and_a_height_that_can_be_right() {
    assert_eq!(body_mass_index(16.0, 100.0), Some(16.0));
    assert_eq!(body_mass_index(16.0, 1.0), None);
    assert_eq!(body_mass_index(f64::NAN, 100.0), None);
}

fn any_date() -> impl Strategy<Value = Date> {
    (-9999i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d))
}

fn any_reading() -> impl Strategy<Value = Reading> {
    let sex = prop_oneof![Just(Sex::Male), Just(Sex::Female)];
    let measure = proptest::sample::select(&Measure::ALL[..]);
    let gestation =
        proptest::option::of((22u8..=44, 0u8..=6).prop_map(|(w, d)| Gestation::new(w, d).unwrap()));
    let near = (any_date(), 0i32..8000)
        .prop_map(|(born, days)| (born, born.saturating_add(jiff::Span::new().days(days))));
    let dates = prop_oneof![near, (any_date(), any_date())];
    let value = prop_oneof![any::<f64>(), 0.1..200.0_f64];
    (sex, measure, gestation, dates, value).prop_map(|(sex, measure, gestation, (born, on), value)| Reading {
        sex,
        born,
        gestation,
        on,
        measure,
        value,
    })
}

proptest! {
    #[test]
    fn nothing_typed_makes_it_fail_and_a_score_is_a_number(reading in any_reading()) {
        let said = assess(Reference::shipped(), &reading);
        if let Some(score) = said.ok().and_then(|said| said.standing().score.ok()) {
            prop_assert!(score.sds.is_finite());
            prop_assert!((0.0..=100.0).contains(&score.centile));
            prop_assert!(score.percent_of_median > 0.0);
        }
    }

    #[test]
    fn more_is_never_a_lower_score(days in 14i32..1460, value in 3.0..16.0_f64, more in 0.0..4.0_f64) {
        let on = date(2024, 3, 1).saturating_add(jiff::Span::new().days(days));
        let score = |value| {
            let said = assess(Reference::shipped(), &Reading { on, value, ..reading() });
            said.ok().map(|said| said.since_birth.score.unwrap().sds)
        };
        if let (Some(less), Some(more)) = (score(value), score(value + more)) {
            prop_assert!(less <= more);
        }
    }
}

//! The shipped schedule against the cohorts of the reference, and what must hold for any history.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use jiff::civil::{Date, date};
use kinfold_health::immunisation::{
    Confidence, Dose, History, Known, Schedule, Sex, State, in_force, read, report,
};
use proptest::prelude::*;

fn vaccines() -> Vec<&'static str> {
    let codes = include_str!("../../../guidance/codes/vaccine.csv").lines().skip(1);
    codes.filter_map(|line| line.split(',').next()).collect()
}

fn schedule() -> Schedule {
    read("england-2026.toml", include_str!("../../../guidance/immunisation/england-2026.toml"), &vaccines())
        .unwrap()
}

fn dose(vaccine: &str, on: Date) -> Dose {
    Dose { on, vaccine: vaccine.to_owned(), told_by: "gp_record".to_owned() }
}

fn known(born: Date, history: History, doses: &[(&str, Date)]) -> Known {
    let doses = doses.iter().map(|(vaccine, on)| dose(vaccine, *on)).collect();
    Known { born, sex: None, doses, history, had: Vec::new() }
}

/// What a child born on a day is offered, by age.
fn offered(born: Date) -> Vec<(String, Vec<String>)> {
    let schedule = schedule();
    let known = known(born, History::Unknown, &[]);
    let report = report(&schedule, &known, born);
    let mut visits: Vec<(Date, String, Vec<String>)> = Vec::new();
    for row in &report.rows {
        let on = row.slot.first_day(born);
        let age = row.slot.age.map_or("catch-up".to_owned(), |age| age.to_string());
        match visits.iter_mut().find(|(day, _, _)| *day == on) {
            Some((_, _, offers)) if offers.contains(&row.slot.offer) => {}
            Some((_, _, offers)) => offers.push(row.slot.offer.clone()),
            None => visits.push((on, age, vec![row.slot.offer.clone()])),
        }
    }
    visits.sort();
    visits.into_iter().map(|(_, age, offers)| (age, offers)).collect()
}

fn visits(rows: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    rows.iter()
        .map(|(age, offers)| ((*age).to_owned(), offers.iter().map(|o| (*o).to_owned()).collect()))
        .collect()
}

const TEENAGE: [(&str, &[&str]); 2] = [("12 years", &["hpv"]), ("14 years", &["three_in_one", "menacwy"])];

#[test]
fn a_baby_of_today_is_offered_the_schedule_of_2026() {
    let mut expected = vec![
        ("8 weeks", &["six_in_one", "rotavirus", "menb"][..]),
        ("12 weeks", &["six_in_one", "rotavirus", "menb"]),
        ("16 weeks", &["six_in_one", "pcv"]),
        ("1 year", &["menb", "pcv", "mmrv"]),
        ("18 months", &["six_in_one", "mmrv"]),
        ("3 years 4 months", &["four_in_one"]),
    ];
    expected.extend(TEENAGE);
    assert_eq!(offered(date(2026, 3, 1)), visits(&expected));
    assert_eq!(offered(date(2025, 4, 8)), visits(&expected));
}

#[test]
fn each_year_of_birth_has_its_own_visits_for_mmrv() {
    let with = |born, vaccine: &str| -> Vec<String> {
        let all = offered(born).into_iter();
        all.filter(|(_, offers)| offers.iter().any(|o| o == vaccine)).map(|(age, _)| age).collect()
    };
    assert_eq!(with(date(2025, 1, 1), "mmrv"), ["1 year", "18 months"]);
    // Born in the second half of 2024: both.
    for born in [date(2024, 7, 1), date(2024, 12, 31)] {
        assert_eq!(with(born, "mmrv"), ["18 months", "3 years 4 months"]);
        assert_eq!(with(born, "mmr"), ["1 year"]);
        assert_eq!(with(born, "six_in_one").len(), 4);
    }
    for born in [date(2022, 9, 1), date(2024, 6, 30)] {
        assert_eq!(with(born, "mmrv"), ["3 years 4 months"]);
        assert_eq!(with(born, "six_in_one").len(), 3);
        assert_eq!(with(born, "hib_menc"), ["1 year"]);
    }
    for born in [date(2020, 1, 1), date(2022, 8, 31)] {
        assert_eq!(with(born, "mmrv"), ["catch-up"]);
        assert_eq!(with(born, "mmr"), ["1 year", "3 years 4 months"]);
    }
    assert!(with(date(2019, 12, 31), "mmrv").is_empty());
    assert_eq!(with(date(2025, 4, 7), "pcv"), ["12 weeks", "1 year"]);
    assert_eq!(with(date(2025, 4, 7), "menb"), ["8 weeks", "16 weeks", "1 year"]);
}

fn state_of(known: &Known, on: Date, series: &str, number: usize) -> State {
    let schedule = schedule();
    let report = report(&schedule, known, on);
    report.rows.iter().find(|row| row.series.id == series && row.number == number).unwrap().state.clone()
}

#[test]
fn a_dose_of_the_earlier_schedule_counts() {
    // Given MMR at one year, before MMRV began: nothing is missing, and MMRV comes at 18 months.
    let child = known(date(2024, 8, 1), History::CompleteTo(date(2025, 12, 1)), &[("mmr", date(2025, 8, 4))]);
    let on = date(2025, 12, 1);
    assert_eq!(state_of(&child, on, "mmr", 1), State::Given(dose("mmr", date(2025, 8, 4))));
    assert_eq!(state_of(&child, on, "mmr", 2), State::Next { on: date(2026, 2, 1) });
    assert_eq!(state_of(&child, on, "varicella", 1), State::Next { on: date(2026, 2, 1) });
    // One MMRV counts for both.
    let child = known(date(2025, 2, 1), History::CompleteTo(date(2026, 3, 1)), &[("mmrv", date(2026, 2, 2))]);
    assert!(matches!(state_of(&child, date(2026, 3, 1), "varicella", 1), State::Given(_)));
    assert!(matches!(state_of(&child, date(2026, 3, 1), "mmr", 1), State::Given(_)));
}

#[test]
fn what_is_missing_is_said_only_where_the_history_is_known() {
    let born = date(2025, 2, 1);
    let on = date(2026, 4, 1);
    let one_year = date(2026, 2, 1);
    let with = |history| known(born, history, &[]);
    assert_eq!(state_of(&with(History::CompleteTo(on)), on, "mmr", 1), State::Missing { since: one_year });
    assert_eq!(state_of(&with(History::Partly), on, "mmr", 1), State::NotKnown { since: one_year });
    assert_eq!(state_of(&with(History::Unknown), on, "mmr", 1), State::NotKnown { since: one_year });
    // The record was read before the dose was due.
    assert_eq!(
        state_of(&with(History::CompleteTo(date(2026, 1, 1))), on, "mmr", 1),
        State::NotKnown { since: one_year }
    );
    // Four weeks are left to give it.
    let early = date(2026, 2, 20);
    assert_eq!(
        state_of(&with(History::CompleteTo(early)), early, "mmr", 1),
        State::Due { since: one_year, until: date(2026, 3, 1) }
    );
}

#[test]
fn a_report_says_what_is_missing_what_is_next_and_who_decides() {
    let schedule = schedule();
    let born = date(2025, 9, 1);
    let on = date(2026, 2, 1);
    let given = [
        ("six_in_one", date(2025, 10, 27)),
        ("rotavirus", date(2025, 10, 27)),
        ("menb", date(2025, 10, 27)),
        ("six_in_one", date(2025, 11, 24)),
        ("menb", date(2025, 11, 24)),
        ("bcg", date(2025, 9, 10)),
    ];
    let child = known(born, History::CompleteTo(on), &given);
    let said = report(&schedule, &child, on);
    let missing: Vec<(&str, usize)> =
        said.missing().map(|row| (row.series.id.as_str(), row.number)).collect();
    assert_eq!(missing, [("six_in_one", 3), ("rotavirus", 2), ("pcv", 1)]);
    let (day, rows) = said.next().unwrap();
    assert_eq!(day, date(2026, 9, 1));
    let offers: Vec<&str> = rows.iter().map(|row| row.slot.offer.as_str()).collect();
    assert_eq!(offers, ["menb", "pcv", "mmrv", "mmrv"]);
    assert_eq!(said.besides, [dose("bcg", date(2025, 9, 10))]);
    assert_eq!(said.up_to_date(), Some(false));
    assert!(said.clinician.unwrap().starts_with("Doses are missing"));
    // From 24 weeks on rotavirus is not given any more.
    let later = report(&schedule, &child, date(2026, 2, 16));
    let rotavirus = later.rows.iter().find(|row| row.series.id == "rotavirus" && row.number == 2).unwrap();
    assert_eq!(rotavirus.state, State::Over);
    let unknown = report(&schedule, &Known { history: History::Unknown, ..child }, on);
    assert_eq!(unknown.up_to_date(), None);
    assert!(unknown.clinician.unwrap().contains("not complete"));
}

#[test]
fn a_dose_that_two_sources_told_of_counts_once() {
    let on = date(2026, 3, 1);
    let mut child = known(date(2026, 1, 1), History::CompleteTo(on), &[("six_in_one", date(2026, 2, 26))]);
    child.doses.push(Dose { told_by: "red_book".to_owned(), ..dose("six_in_one", date(2026, 2, 26)) });
    assert!(matches!(state_of(&child, on, "six_in_one", 1), State::Given(_)));
    assert!(matches!(state_of(&child, on, "six_in_one", 2), State::Next { .. }));
    assert!(report(&schedule(), &child, on).besides.is_empty());
}

#[test]
fn doses_given_late_move_the_next_one() {
    let child =
        known(date(2026, 1, 1), History::CompleteTo(date(2026, 4, 10)), &[("six_in_one", date(2026, 4, 10))]);
    assert_eq!(state_of(&child, date(2026, 4, 10), "six_in_one", 2), State::Next { on: date(2026, 5, 8) });
}

#[test]
fn the_catch_up_against_chickenpox_is_offered_between_its_two_days() {
    let born = date(2021, 5, 5);
    let at = |child: &Known, on| state_of(child, on, "varicella", 1);
    let child = known(born, History::Unknown, &[]);
    let (first, last) = (date(2026, 11, 1), date(2028, 3, 31));
    assert_eq!(at(&child, date(2026, 10, 31)), State::Next { on: first });
    // No matter what is known of the history.
    assert_eq!(at(&child, first), State::Due { since: first, until: last });
    assert_eq!(at(&child, last), State::Due { since: first, until: last });
    assert_eq!(at(&child, date(2028, 4, 1)), State::Over);
    let had = Known { had: vec!["chickenpox".to_owned()], ..child.clone() };
    assert_eq!(at(&had, first), State::NotNeeded);
    let one = known(born, History::Unknown, &[("varicella", date(2023, 1, 1))]);
    assert!(matches!(at(&one, first), State::Due { .. }));
    let two =
        known(born, History::Unknown, &[("varicella", date(2023, 1, 1)), ("varicella", date(2023, 6, 1))]);
    assert_eq!(at(&two, first), State::NotNeeded);
    let came = known(born, History::Unknown, &[("mmrv", date(2026, 12, 1))]);
    assert!(matches!(at(&came, date(2027, 1, 1)), State::Given(_)));
}

#[test]
fn hpv_is_due_for_two_years_before_it_is_called_missing() {
    let child = known(date(2013, 6, 1), History::CompleteTo(date(2028, 1, 1)), &[]);
    let at = |on| state_of(&child, on, "hpv", 1);
    assert!(matches!(at(date(2025, 5, 31)), State::Next { .. }));
    assert!(matches!(at(date(2027, 6, 1)), State::Due { .. }));
    assert!(matches!(at(date(2027, 6, 2)), State::Missing { .. }));
    // One line, whether the sex is known or not.
    let schedule = schedule();
    for sex in [None, Some(Sex::Male), Some(Sex::Female)] {
        let report = report(&schedule, &Known { sex, ..child.clone() }, date(2026, 1, 1));
        assert_eq!(report.rows.iter().filter(|row| row.series.id == "hpv").count(), 1);
    }
}

#[test]
fn what_was_due_before_the_schedule_began_is_unverified() {
    let schedule = schedule();
    let child = known(date(2024, 8, 1), History::Unknown, &[]);
    let report = report(&schedule, &child, date(2026, 11, 1));
    let sure = |series: &str, number| {
        report.rows.iter().find(|r| r.series.id == series && r.number == number).unwrap().confidence
    };
    assert_eq!(sure("mmr", 1), Confidence::Unverified);
    assert_eq!(sure("mmr", 2), Confidence::Read);
}

#[test]
fn of_several_schedules_the_latest_that_has_begun_counts() {
    let now = schedule();
    let later = Schedule { from: date(2027, 1, 1), ..now.clone() };
    let both = [later, now];
    assert_eq!(in_force(&both, date(2025, 12, 31)), None);
    assert_eq!(in_force(&both, date(2026, 12, 31)).unwrap().from, date(2026, 1, 1));
    assert_eq!(in_force(&both, date(2027, 1, 1)).unwrap().from, date(2027, 1, 1));
}

#[test]
fn mistakes_in_a_schedule_name_file_and_line() {
    let head = "id = \"x\"\ntitle = \"X\"\nfrom = 2026-01-01\nsource = \"S\"\nmissing_after = \"4 weeks\"\n";
    let dose = |line: &str| {
        format!(
            "{head}[[series]]\nid = \"mmr\"\ntitle = \"M\"\ncounts = [\"mmr\"]\n[[series.dose]]\noffer = \"mmr\"\nconfidence = \"A\"\n{line}\n"
        )
    };
    assert!(read("f.toml", &dose("age = \"1 year\""), &vaccines()).is_ok());
    for (text, words) in [
        (dose("age = \"soon\""), "f.toml:13: “soon” is not a length of time"),
        (dose("age = \"1 year\"\nsex = \"boys\""), "f.toml:14: “boys” is not male or female"),
        (dose("age = \"1 year\"\nborn_from = 2026-13-01"), "f.toml:14:"),
        (
            dose("age = \"1 year\"\nborn_from = 2026-02-01\nborn_to = 2026-01-01"),
            "f.toml:10: a period of this dose ends",
        ),
        (dose("age = \"1 year\"\nuntil = \"12 weeks\""), "f.toml:10: until is not after age"),
        (dose("offered_from = 2026-01-01"), "f.toml:10: a dose has an age, or both"),
        (dose("age = \"1 year\"\nunless_had = \"mumps\""), "f.toml:14: “mumps” is not known here"),
        (dose("agee = \"1 year\""), "f.toml:13: unknown field `agee`"),
        (dose("age = \"1 year\"").replace("\"A\"", "\"Z\""), "f.toml:12: confidence is A, B or M"),
        (dose("age = \"1 year\"").replace("[\"mmr\"]", "[\"mmmr\"]"), "f.toml:9: there is no vaccine “mmmr”"),
        (
            dose("age = \"1 year\"").replace("offer = \"mmr\"", "offer = \"mmrv\""),
            "f.toml:11: “mmrv” is offered but",
        ),
        (head.to_owned(), "f.toml:1: a schedule has at least one"),
        ("id = ".to_owned(), "f.toml:1:"),
    ] {
        let said = read("f.toml", &text, &vaccines()).unwrap_err().to_string();
        assert!(said.contains(words), "{said}\nis not\n{words}");
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (2004i16..2030, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d))
}

fn any_known() -> impl Strategy<Value = Known> {
    let history =
        prop_oneof![any_day().prop_map(History::CompleteTo), Just(History::Partly), Just(History::Unknown)];
    let sex = prop_oneof![Just(None), Just(Some(Sex::Male)), Just(Some(Sex::Female))];
    let dose = (proptest::sample::select(vaccines()), any_day()).prop_map(|(vaccine, on)| dose(vaccine, on));
    let doses = proptest::collection::vec(dose, 0..12);
    let had = prop_oneof![Just(Vec::new()), Just(vec!["chickenpox".to_owned()])];
    (any_day(), sex, doses, history, had).prop_map(|(born, sex, doses, history, had)| Known {
        born,
        sex,
        doses,
        history,
        had,
    })
}

proptest! {
    #[test]
    fn nothing_is_missing_where_the_history_is_not_complete(mut child in any_known(), on in any_day(), some in any::<bool>()) {
        child.history = if some { History::Partly } else { History::Unknown };
        let schedule = schedule();
        let said = report(&schedule, &child, on);
        prop_assert_eq!(said.missing().count(), 0);
        prop_assert_ne!(said.up_to_date(), Some(false));
    }

    #[test]
    fn the_order_of_doses_does_not_matter(mut child in any_known(), on in any_day()) {
        let schedule = schedule();
        let before = report(&schedule, &child, on);
        child.doses.reverse();
        prop_assert_eq!(before, report(&schedule, &child, on));
    }

    #[test]
    fn one_more_dose_never_makes_fewer_given(mut child in any_known(), on in any_day(), vaccine in proptest::sample::select(vaccines()), day in any_day()) {
        let schedule = schedule();
        let given = |child: &Known| {
            report(&schedule, child, on).rows.iter().filter(|row| matches!(row.state, State::Given(_))).count()
        };
        let before = given(&child);
        child.doses.push(dose(vaccine, day));
        prop_assert!(given(&child) >= before);
    }

    #[test]
    fn what_is_next_lies_ahead_and_what_was_due_does_not(child in any_known(), on in any_day()) {
        let schedule = schedule();
        for row in report(&schedule, &child, on).rows {
            match row.state {
                State::Next { on: day } => prop_assert!(day > on),
                State::Due { since, until } => prop_assert!(since <= on && on <= until),
                State::Missing { since } | State::NotKnown { since } => prop_assert!(since <= on),
                State::Given(dose) => prop_assert!(dose.on <= on && dose.on >= child.born),
                State::Over | State::NotNeeded => {}
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_fail(text in ".*") {
        let _ = read("f", &text, &vaccines());
    }
}

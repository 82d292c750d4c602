//! What a chronology adds up to, where the order of a day or a correction makes it hard to say.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should fail")]

mod support;

use jiff::ToSpan;
use jiff::civil::{Date, date, time};
use kinfold_record::{Spell, SpellKind, Timeline};
use serde_json::json;
use support::*;

const D: Date = date(2026, 3, 10);

fn day(n: i64) -> Date {
    D + n.days()
}

fn messages(t: &Timeline) -> Vec<&str> {
    t.problems.iter().map(|p| p.message.as_str()).collect()
}

fn care(t: &Timeline) -> Vec<(Date, Option<Date>)> {
    t.care.iter().map(|p| (p.start, p.end)).collect()
}

fn homes(t: &Timeline) -> Vec<(&str, Date, Option<Date>)> {
    t.placements.iter().map(|p| (p.code.as_str(), p.start, p.end)).collect()
}

fn spells(t: &Timeline, kind: SpellKind) -> Vec<(Date, Option<Date>)> {
    t.spells.iter().filter(|s| s.kind == kind).map(|s: &Spell| (s.start, s.end)).collect()
}

fn eighteen() -> Option<Date> {
    Some(date(2033, 5, 1))
}

#[test]
fn care_that_ceases_and_starts_again_on_one_day_is_two_periods() {
    let t = told(&[
        (D, "care_started", json!({"legal_status": "V2"})),
        (D, "placement_started", json!({"placement_type": "U6"})),
        // Recorded in the wrong order on purpose.
        (day(30), "care_started", json!({"legal_status": "C1"})),
        (day(30), "placement_started", json!({"placement_type": "K2"})),
        (day(30), "care_ceased", json!({"reason": "E4A"})),
        (day(30), "legal_status_changed", json!({"legal_status": "C2"})),
    ]);
    assert_eq!(care(&t), [(D, Some(day(30))), (day(30), eighteen())]);
    assert_eq!(homes(&t), [("U6", D, Some(day(30))), ("K2", day(30), eighteen())]);
    assert_eq!(t.status_on(day(30)).unwrap().code, "C2");
    assert_eq!(messages(&t), [""; 0]);
}

#[test]
fn care_of_a_few_hours_is_a_period_that_covers_no_day() {
    let t = told(&[
        (D, "care_ceased", json!({"reason": "E4A"})),
        (D, "placement_ended", json!({"reason": "OTHER"})),
        (D, "placement_started", json!({"placement_type": "U6"})),
        (D, "care_started", json!({"legal_status": "L1"})),
    ]);
    assert_eq!(care(&t), [(D, Some(D))]);
    assert_eq!(homes(&t), [("U6", D, Some(D))]);
    assert_eq!(t.placements.first().unwrap().end_reason.as_deref(), Some("OTHER"));
    assert!(t.care_on(D).is_none() && t.placement_on(D).is_none() && t.status_on(D).is_none());
    assert_eq!(messages(&t), [""; 0]);
}

#[test]
fn a_move_says_why_the_home_before_was_left_unless_that_was_said_already() {
    let moved = |on, why: &str| {
        (on, "placement_started", json!({"placement_type": "U6", "same_carer": false, "left_because": why}))
    };
    let why = |t: &Timeline| -> Vec<Option<String>> {
        t.placements.iter().map(|p| p.end_reason.as_ref().map(ToString::to_string)).collect()
    };
    let start = (D, "care_started", json!({"legal_status": "C2"}));
    // There was no home before the first, and nobody left the last.
    let t = told(&[start.clone(), moved(D, "CHILD"), moved(day(9), "CREQB")]);
    assert_eq!(why(&t), [Some("CREQB".into()), None]);
    let left = (day(9), "placement_ended", json!({"reason": "CLOSE"}));
    let t = told(&[start.clone(), moved(D, "CHILD"), left, moved(day(9), "CREQB")]);
    assert_eq!(why(&t), [Some("CLOSE".into()), None], "said on the day they left");
    let again = [
        (day(9), "care_ceased", json!({"reason": "E4A"})),
        (day(9), "care_started", json!({"legal_status": "C2"})),
    ];
    let t = told(&[start, moved(D, "CHILD"), again[0].clone(), again[1].clone(), moved(day(9), "CREQB")]);
    assert_eq!(why(&t), [None, None], "care ended there, which is why");
}

#[test]
fn a_home_left_and_a_home_moved_to_on_one_day_are_two_homes_and_the_first_keeps_its_reason() {
    let t = told(&[
        (D, "care_started", json!({"legal_status": "C2"})),
        (D, "placement_started", json!({"placement_type": "U6"})),
        (day(9), "placement_started", json!({"placement_type": "K2"})),
        (day(9), "placement_ended", json!({"reason": "ALLEG"})),
    ]);
    assert_eq!(homes(&t), [("U6", D, Some(day(9))), ("K2", day(9), eighteen())]);
    assert_eq!(t.placements.first().unwrap().end_reason.as_deref(), Some("ALLEG"));
    assert_eq!(t.placements.last().unwrap().end_reason, None);
}

#[test]
fn the_end_of_care_ends_the_home_and_an_entry_of_the_same_day_says_why() {
    let t = told(&[
        (D, "care_started", json!({"legal_status": "C2"})),
        (D, "placement_started", json!({"placement_type": "U4"})),
        (day(5), "care_ceased", json!({"reason": "E4A"})),
        (day(5), "placement_ended", json!({"reason": "CARPL"})),
    ]);
    assert_eq!(homes(&t), [("U4", D, Some(day(5)))]);
    assert_eq!(t.placements.first().unwrap().end_reason.as_deref(), Some("CARPL"));
    assert_eq!(spells(&t, SpellKind::LongTermFostering), [(D, Some(day(5)))]);
    assert_eq!(messages(&t), [""; 0]);
}

#[test]
fn missing_twice_in_one_day_is_two_episodes() {
    let twice = [
        (D, "care_started", json!({"legal_status": "C2"})),
        (day(1), "went_missing", json!({"category": "M"})),
        (day(1), "went_missing", json!({"category": "M"})),
        (day(1), "found", json!({})),
        (day(1), "found", json!({})),
    ];
    let t = told(&twice);
    assert_eq!((t.missing.len(), messages(&t).len()), (2, 0));
    assert!(t.missing.iter().all(|m| m.end == Some(day(1))));
    // With times the order is theirs: back at seven from the night before, gone again at nine.
    let mut entries = story(date(2015, 5, 1), &twice);
    entries[2].happened_on = D;
    entries[2].happened_at = Some(time(22, 0, 0, 0));
    entries[3].happened_at = Some(time(9, 0, 0, 0));
    entries[4].happened_at = Some(time(11, 0, 0, 0));
    entries[5].happened_at = Some(time(7, 0, 0, 0));
    let t = fold(entries);
    let times: Vec<_> =
        t.missing.iter().map(|m| (m.start_at.unwrap().hour(), m.end_at.unwrap().hour())).collect();
    assert_eq!(times, [(22, 7), (9, 11)]);
}

#[test]
fn away_that_becomes_missing_is_another_episode_and_a_repeat_is_not() {
    let t = told(&[
        (D, "went_missing", json!({"category": "A"})),
        (day(1), "went_missing", json!({"category": "M"})),
        (day(2), "went_missing", json!({"category": "M"})),
        (day(3), "found", json!({})),
    ]);
    let episodes: Vec<_> = t.missing.iter().map(|m| (m.category.as_str(), m.start, m.end)).collect();
    assert_eq!(episodes, [("A", D, Some(day(1))), ("M", day(1), Some(day(3)))]);
    assert_eq!(messages(&t), ["Went missing again without having come back."]);
}

#[test]
fn an_order_that_ends_and_is_renewed_on_one_day_runs_on() {
    let t = told(&[
        (D, "liberty_order_started", json!({})),
        (day(28), "liberty_order_started", json!({})),
        (day(28), "liberty_order_ended", json!({})),
    ]);
    assert_eq!(spells(&t, SpellKind::LibertyOrder), [(D, Some(day(28))), (day(28), None)]);
}

#[test]
fn nobody_is_looked_after_from_their_eighteenth_birthday() {
    let born = date(2008, 3, 12);
    let t = fold(story(
        born,
        &[
            (D, "care_started", json!({"legal_status": "C2"})),
            (D, "placement_started", json!({"placement_type": "U1"})),
            (D, "asylum_status", json!({"unaccompanied": true})),
            (day(6), "legal_status_changed", json!({"legal_status": "V2"})),
            (day(7), "care_ceased", json!({"reason": "E17"})),
            (day(9), "placement_started", json!({"placement_type": "P2"})),
            (day(11), "care_started", json!({"legal_status": "V2"})),
        ],
    ));
    let birthday = Some(date(2026, 3, 12));
    assert_eq!(care(&t), [(D, birthday), (day(11), Some(day(11)))]);
    assert_eq!(t.care.first().unwrap().end_reason.as_deref(), Some("E17"));
    assert_eq!(homes(&t), [("U1", D, birthday), ("P2", day(9), None)]);
    assert_eq!(t.statuses.iter().map(|s| (s.start, s.end)).collect::<Vec<_>>(), [(D, birthday)]);
    assert_eq!(spells(&t, SpellKind::Unaccompanied), [(D, birthday)]);
    assert_eq!(spells(&t, SpellKind::ToEighteen), [(D, birthday)]);
    assert_eq!(t.problems.len(), 2, "{:?}", messages(&t));
}

#[test]
fn a_date_of_birth_put_right_later_moves_the_eighteenth_birthday() {
    let mut entries = story(date(2015, 5, 1), &[(D, "care_started", json!({"legal_status": "V2"}))]);
    entries.push(entry(9, day(40), "identity_changed", json!({"date_of_birth": "2010-02-01"})));
    assert_eq!(care(&fold(entries)), [(D, Some(date(2028, 2, 1)))]);
}

#[test]
fn death_ends_everything_but_the_restriction_of_the_record() {
    let t = told(&[
        (D, "care_started", json!({"legal_status": "C2"})),
        (D, "placement_started", json!({"placement_type": "U4"})),
        (D, "restricted", json!({})),
        (D, "proceedings_issued", json!({})),
        (day(3), "went_missing", json!({"category": "M"})),
        (day(4), "died", json!({})),
        (day(4), "care_ceased", json!({"reason": "E2"})),
    ]);
    assert_eq!((care(&t), homes(&t)), (vec![(D, Some(day(4)))], vec![("U4", D, Some(day(4)))]));
    assert_eq!(spells(&t, SpellKind::Proceedings), [(D, Some(day(4)))]);
    assert_eq!(spells(&t, SpellKind::Restricted), [(D, None)]);
    assert_eq!(t.missing.first().unwrap().end, Some(day(4)));
}

#[test]
fn a_holiday_does_not_end_a_long_term_foster_placement() {
    let t = told(&[
        (D, "care_started", json!({"legal_status": "C2"})),
        (D, "placement_started", json!({"placement_type": "U4", "carer_name": "Mx Heron"})),
        (day(1), "placement_terms_changed", json!({"fewer_visits_agreed": true})),
        (day(10), "placement_started", json!({"placement_type": "T3"})),
        (day(17), "placement_started", json!({"placement_type": "U4", "carer_name": "Mx Heron"})),
        (day(40), "placement_started", json!({"placement_type": "U4", "carer_name": "Mr Wren"})),
    ]);
    let codes: Vec<_> = t.placements.iter().map(|p| (p.code.as_str(), p.continues)).collect();
    assert_eq!(codes, [("U4", None), ("T3", Some(id(2))), ("U4", Some(id(2))), ("U4", None)]);
    assert_eq!(spells(&t, SpellKind::LongTermFostering), [(D, Some(day(40))), (day(40), eighteen())]);
    assert_eq!(spells(&t, SpellKind::FewerVisitsAgreed), [(day(1), Some(day(40)))]);
}

#[test]
fn who_does_not_come_back_from_a_temporary_stay_has_left_the_placement() {
    let t = told(&[
        (D, "care_started", json!({"legal_status": "C2"})),
        (D, "placement_started", json!({"placement_type": "U4", "carer_name": "Mx Heron"})),
        (day(10), "placement_started", json!({"placement_type": "T1"})),
        (day(12), "placement_started", json!({"placement_type": "K2", "urn": "SC123456"})),
    ]);
    assert_eq!(spells(&t, SpellKind::LongTermFostering), [(D, Some(day(12)))]);
    assert_eq!(t.placements.last().unwrap().continues, None);
}

#[test]
fn carers_who_move_with_the_child_continue_the_stay_unless_the_code_ends_the_agreement() {
    let moved = |code: &str| {
        told(&[
            (D, "care_started", json!({"legal_status": "C2"})),
            (D, "placement_started", json!({"placement_type": "U4"})),
            (day(10), "placement_started", json!({"placement_type": code, "same_carer": true})),
        ])
    };
    assert_eq!(spells(&moved("U4"), SpellKind::LongTermFostering), [(D, eighteen())]);
    assert_eq!(spells(&moved("U6"), SpellKind::LongTermFostering), [(D, Some(day(10)))]);
    assert_eq!(moved("U6").placements.last().unwrap().continues, Some(id(2)));
}

#[test]
fn status_terms_and_homes_without_care_are_doubtful() {
    let t = told(&[
        (D, "legal_status_changed", json!({"legal_status": "C2"})),
        (D, "placement_started", json!({"placement_type": "U4"})),
        (day(1), "placement_ended", json!({})),
        (day(2), "placement_terms_changed", json!({"to_eighteen": true})),
        (day(3), "placement_ended", json!({})),
        (day(4), "found", json!({})),
        (day(5), "circle_left", json!({"role": "gp"})),
        (day(6), "care_ceased", json!({"reason": "E8"})),
    ]);
    assert!(t.statuses.is_empty());
    assert_eq!(spells(&t, SpellKind::ToEighteen), [(D, Some(day(1)))]);
    assert_eq!(t.problems.len(), 7, "{:?}", messages(&t));
}

#[test]
fn the_key_worker_is_relieved_by_the_next_and_may_leave_on_the_same_day_or_later() {
    let worker = |name: &str| json!({"role": "social_worker", "name": name, "key_worker": true});
    for (left_on, left) in [
        (day(8), json!({"role": "social_worker"})),
        (day(12), json!({"role": "social_worker", "name": "Ada"})),
    ] {
        let t = told(&[
            (D, "circle_joined", worker("Ada")),
            (day(8), "circle_joined", worker("Ben")),
            (left_on, "circle_left", left),
        ]);
        let circle: Vec<_> = t.circle.iter().map(|m| (m.name.as_deref().unwrap(), m.start, m.end)).collect();
        assert_eq!(circle, [("Ada", D, Some(day(8))), ("Ben", day(8), None)]);
        assert_eq!(messages(&t), [""; 0]);
    }
}

#[test]
fn an_announced_end_is_overtaken_by_what_happened() {
    let t = told(&[
        (D, "asylum_status", json!({"unaccompanied": true, "ends_on": day(100)})),
        (day(50), "asylum_status", json!({"unaccompanied": true})),
        (day(60), "asylum_status", json!({"unaccompanied": false})),
    ]);
    assert_eq!(spells(&t, SpellKind::Unaccompanied), [(D, Some(day(60)))]);
}

#[test]
fn a_new_name_keeps_the_old_one_once() {
    let t = told(&[
        (D, "identity_changed", json!({"family_name": "Birch", "also_known_as": "Bobbie"})),
        (day(1), "identity_changed", json!({"family_name": "Birch", "also_known_as": "Bobbie"})),
    ]);
    assert_eq!(t.identity.name(), "Robin Birch");
    assert_eq!(t.identity.also_known_as, ["Robin Ashdown", "Bobbie"]);
}

#[test]
fn a_code_of_long_term_fostering_given_later_counts_from_that_day() {
    let t = told(&[
        (D, "care_started", json!({"legal_status": "C2"})),
        (D, "placement_started", json!({"placement_type": "U6"})),
        (day(90), "placement_terms_changed", json!({"placement_type": "U4"})),
    ]);
    assert_eq!(spells(&t, SpellKind::LongTermFostering), [(day(90), eighteen())]);
}

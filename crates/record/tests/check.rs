//! What is refused, what is questioned, and what is let through.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should fail")]

mod support;

use jiff::ToSpan;
use jiff::civil::{Date, date, time};
use kinfold_record::Severity::{self, Doubtful, Impossible};
use kinfold_record::{Entry, Timeline, check};
use serde_json::{Value, json};
use support::*;

const TODAY: Date = date(2026, 6, 1);
const D: Date = date(2026, 3, 10);

fn day(n: i64) -> Date {
    D + n.days()
}

fn problems(t: &Timeline, entry: &Entry) -> Vec<(Severity, String)> {
    check(t, entry, TODAY).into_iter().map(|p| (p.severity, p.message)).collect()
}

/// Adding this to the timeline of these events meets exactly one problem, which says this.
#[track_caller]
fn says(t: &Timeline, (on, kind, fields): (Date, &str, Value), severity: Severity, words: &str) {
    let found = problems(t, &entry(99, on, kind, fields));
    assert!(
        found.len() == 1 && found.iter().all(|(s, m)| *s == severity && m.contains(words)),
        "expected {severity:?} {words:?}, found {found:?}"
    );
}

#[track_caller]
fn fits(t: &Timeline, (on, kind, fields): (Date, &str, Value)) {
    assert_eq!(problems(t, &entry(99, on, kind, fields)), []);
}

/// Looked after from D, in a home from D.
fn in_care() -> Timeline {
    told(&[
        (D, "care_started", json!({"legal_status": "C2"})),
        (D, "placement_started", json!({"placement_type": "U6"})),
    ])
}

fn at_home() -> Timeline {
    told(&[])
}

fn registration(born: &str) -> (Date, &'static str, Value) {
    (D, "child_registered", json!({"given_name": "Robin", "family_name": "Ashdown", "date_of_birth": born}))
}

#[test]
fn a_future_date_is_refused_and_today_is_not() {
    says(&at_home(), (TODAY + 1.day(), "note", json!({"text": "x"})), Impossible, "future");
    fits(&at_home(), (TODAY, "note", json!({"text": "x"})));
}

#[test]
fn nothing_happens_before_birth() {
    says(
        &at_home(),
        (date(2015, 4, 30), "note", json!({"text": "x"})),
        Impossible,
        "before the child was born",
    );
    fits(&at_home(), (date(2015, 5, 1), "note", json!({"text": "x"})));
}

#[test]
fn a_date_of_birth_is_neither_in_the_future_nor_thirty_years_ago() {
    let nobody = fold(vec![]);
    says(&nobody, registration("2026-06-02"), Impossible, "future");
    says(&nobody, registration("2026-03-11"), Impossible, "before the date of birth given with it");
    says(&nobody, registration("1996-03-10"), Impossible, "30 years");
    fits(&nobody, registration("1996-03-11"));
    fits(&nobody, registration("2026-03-10"));
    says(&at_home(), registration("2015-05-01"), Impossible, "already on the record");
    let born = |date: &str| (day(1), "identity_changed", json!({ "date_of_birth": date }));
    says(&in_care(), born("2026-03-11"), Impossible, "before they were born");
    fits(&in_care(), born("2026-03-10"));
}

#[test]
fn a_placement_ends_after_it_started_and_only_once() {
    let ended = |on| (on, "placement_ended", json!({}));
    says(&in_care(), ended(day(-1)), Impossible, "started on 2026-03-10, after this date");
    says(&at_home(), ended(D), Impossible, "no open placement");
    fits(&in_care(), ended(D));
    let left = told(&[
        (D, "care_started", json!({"legal_status": "C2"})),
        (D, "placement_started", json!({"placement_type": "U6"})),
        (day(5), "care_ceased", json!({"reason": "E4A"})),
    ]);
    fits(&left, ended(day(5)));
    says(&left, ended(day(6)), Impossible, "no open placement");
    says(&left, (day(5), "placement_terms_changed", json!({})), Impossible, "no open placement");
    fits(&in_care(), (day(5), "placement_terms_changed", json!({})));
}

#[test]
fn only_who_is_looked_after_or_was_and_is_sixteen_moves_to_a_home() {
    let moved = |on| (on, "placement_started", json!({"placement_type": "U6"}));
    says(&at_home(), moved(D), Impossible, "not looked after");
    says(&in_care(), moved(day(-1)), Impossible, "not looked after");
    fits(&in_care(), moved(D));
    let left = |born| {
        fold(story(
            born,
            &[
                (D, "care_started", json!({"legal_status": "C2"})),
                (day(5), "care_ceased", json!({"reason": "E4A"})),
            ],
        ))
    };
    says(&left(date(2015, 5, 1)), moved(day(9)), Impossible, "not looked after");
    fits(&left(date(2009, 5, 1)), moved(day(9)));
}

#[test]
fn care_ceases_only_while_looked_after() {
    let ceased = |on| (on, "care_ceased", json!({"reason": "E4A"}));
    says(&at_home(), ceased(D), Impossible, "not looked after");
    says(&in_care(), ceased(day(-1)), Impossible, "not looked after");
    fits(&in_care(), ceased(D));
    fits(&in_care(), ceased(day(3)));
}

#[test]
fn care_starts_only_while_not_looked_after() {
    let started = |on| (on, "care_started", json!({"legal_status": "V2"}));
    says(&in_care(), started(day(3)), Impossible, "already looked after");
    says(&in_care(), started(D), Impossible, "already looked after");
    says(&in_care(), started(day(-3)), Doubtful, "later period of care");
    fits(&at_home(), started(D));
    let left = told(&[
        (D, "care_started", json!({"legal_status": "C2"})),
        (day(5), "care_ceased", json!({"reason": "E4A"})),
    ]);
    fits(&left, started(day(5)));
}

#[test]
fn a_legal_status_changes_only_while_looked_after() {
    let changed = |on| (on, "legal_status_changed", json!({"legal_status": "C2"}));
    says(&at_home(), changed(D), Impossible, "not looked after");
    fits(&in_care(), changed(day(2)));
}

#[test]
fn nobody_is_looked_after_from_their_eighteenth_birthday() {
    let t = fold(story(date(2008, 3, 20), &[(D, "care_started", json!({"legal_status": "C2"}))]));
    let birthday = date(2026, 3, 20);
    says(&t, (day(11), "care_ceased", json!({"reason": "E17"})), Impossible, "Date it that day");
    fits(&t, (birthday, "care_ceased", json!({"reason": "E17"})));
    says(
        &t,
        (birthday, "legal_status_changed", json!({"legal_status": "V2"})),
        Impossible,
        "18th birthday, 2026-03-20",
    );
    let never = fold(story(date(2008, 3, 20), &[]));
    says(&never, (birthday, "care_started", json!({"legal_status": "V2"})), Impossible, "18th birthday");
    fits(&never, (day(9), "care_started", json!({"legal_status": "V2"})));
}

#[test]
fn who_is_found_was_missing_and_a_return_interview_follows_the_return() {
    let missing = told(&[(D, "went_missing", json!({"category": "M"}))]);
    let found = |on| (on, "found", json!({}));
    let interview = |on| (on, "return_interview", json!({"outcome": "held"}));
    says(&at_home(), found(D), Impossible, "not missing");
    says(&missing, found(day(-1)), Impossible, "not missing");
    fits(&missing, found(D));
    says(&missing, interview(day(1)), Impossible, "had not come back");
    says(&missing, (day(1), "went_missing", json!({"category": "M"})), Doubtful, "already missing");
    fits(&missing, (day(1), "went_missing", json!({"category": "A"})));
    let back = told(&[(D, "went_missing", json!({"category": "M"})), (day(2), "found", json!({}))]);
    says(&back, found(day(3)), Impossible, "not missing");
    says(&back, interview(day(1)), Impossible, "had not come back");
    fits(&back, interview(day(2)));
}

#[test]
fn times_of_one_day_are_compared() {
    let mut entries = story(date(2015, 5, 1), &[(D, "went_missing", json!({"category": "M"}))]);
    entries[1].happened_at = Some(time(18, 0, 0, 0));
    let t = fold(entries.clone());
    let mut found = entry(99, D, "found", json!({}));
    found.happened_at = Some(time(9, 0, 0, 0));
    assert!(problems(&t, &found).iter().any(|(s, m)| *s == Impossible && m.contains("before they went")));
    found.happened_at = Some(time(20, 0, 0, 0));
    assert_eq!(problems(&t, &found), []);
    entries.push(found);
    let t = fold(entries);
    let mut interview = entry(100, D, "return_interview", json!({"outcome": "held"}));
    interview.happened_at = Some(time(19, 0, 0, 0));
    assert!(
        problems(&t, &interview).iter().any(|(s, m)| *s == Impossible && m.contains("had not come back"))
    );
    interview.happened_at = Some(time(21, 0, 0, 0));
    assert_eq!(problems(&t, &interview), []);
}

#[test]
fn a_visit_does_not_contradict_itself() {
    let visit = |fields| (D, "visit", fields);
    let t = at_home();
    let alone = json!({"seen": false, "seen_alone": true, "not_seen_reason": "out"});
    says(&t, visit(alone), Impossible, "cannot have been seen alone");
    says(&t, visit(json!({"seen": false})), Doubtful, "why the child was not seen");
    says(&t, visit(json!({"seen": true, "not_seen_reason": "out"})), Doubtful, "but the child was seen");
    fits(&t, visit(json!({"seen": false, "not_seen_reason": "out"})));
    fits(&t, visit(json!({"seen": true, "seen_alone": true})));
}

#[test]
fn a_questionnaire_has_a_score_in_range_or_a_reason() {
    let sdq = |total: Option<i32>, reason: Option<&str>| {
        (D, "sdq", json!({"informant": "parent_carer", "total": total, "reason": reason}))
    };
    let t = at_home();
    says(&t, sdq(Some(41), None), Impossible, "between 0 and 40");
    says(&t, sdq(Some(-1), None), Impossible, "between 0 and 40");
    says(&t, sdq(None, None), Impossible, "either the score or the reason");
    says(&t, sdq(Some(4), Some("SDQ4")), Impossible, "either the score or the reason");
    fits(&t, sdq(Some(0), None));
    fits(&t, sdq(Some(40), None));
    fits(&t, sdq(None, Some("SDQ2")));
}

#[test]
fn an_initial_health_assessment_by_a_nurse_is_questioned() {
    let by = |assessment: &str, who: &str| {
        (D, "health_assessment", json!({"assessment": assessment, "practitioner": who}))
    };
    says(&at_home(), by("initial", "nurse"), Doubtful, "registered medical practitioner");
    fits(&at_home(), by("initial", "doctor"));
    fits(&at_home(), by("review", "nurse"));
}

#[test]
fn a_mother_who_is_recorded_as_male_is_questioned() {
    let mother = (day(2), "became_mother", json!({}));
    let male = told(&[(D, "identity_changed", json!({"sex": "M"}))]);
    says(&male, mother.clone(), Doubtful, "male");
    fits(&told(&[(D, "identity_changed", json!({"sex": "F"}))]), mother.clone());
    says(&told(&[mother]), (day(3), "identity_changed", json!({"sex": "M"})), Doubtful, "mother");
    says(&at_home(), (day(2), "became_mother", json!({"baby_born_on": "2026-06-02"})), Impossible, "future");
    says(&at_home(), (day(2), "became_mother", json!({"baby_born_on": "2026-03-01"})), Doubtful, "under 11");
}

#[test]
fn a_complaint_has_stage_one_two_or_three() {
    for kind in ["complaint_made", "complaint_answered"] {
        says(&at_home(), (D, kind, json!({"stage": 0})), Impossible, "stage 1, 2 or 3");
        says(&at_home(), (D, kind, json!({"stage": 4})), Impossible, "stage 1, 2 or 3");
        fits(&at_home(), (D, kind, json!({"stage": 3})));
    }
    says(&at_home(), (D, "adopters_matched", json!({"adopters": 3})), Impossible, "1 or 2 people");
}

#[test]
fn nothing_runs_out_before_it_starts() {
    let early = "2026-03-09";
    for (kind, fields) in [
        ("legal_status_changed", json!({"legal_status": "C1", "expires_on": early})),
        ("liberty_order_started", json!({"expires_on": early})),
        ("proceedings_issued", json!({"extended_to": early})),
        ("restricted", json!({"review_on": early})),
        ("asylum_status", json!({"unaccompanied": true, "ends_on": early})),
    ] {
        says(&in_care(), (D, kind, fields), Impossible, "ends before it starts");
    }
    fits(&in_care(), (D, "liberty_order_started", json!({"expires_on": "2026-03-10"})));
    let late = json!({"unaccompanied": true, "ends_on": "2033-05-02"});
    says(&in_care(), (D, "asylum_status", late), Doubtful, "18th birthday");
}

#[test]
fn an_advisers_visit_to_a_looked_after_child_under_sixteen_is_questioned() {
    says(&in_care(), (day(2), "adviser_visit", json!({"seen": true})), Doubtful, "from 16");
    let older = fold(story(date(2010, 3, 1), &[(D, "care_started", json!({"legal_status": "C2"}))]));
    fits(&older, (day(2), "adviser_visit", json!({"seen": true})));
}

#[test]
fn texts_have_a_limit_and_the_message_names_it() {
    let note = |text: String| (D, "note", json!({ "text": text }));
    fits(&at_home(), note("é".repeat(20_000)));
    says(&at_home(), note("é".repeat(20_001)), Impossible, "What happened: keep it under 20,000 characters.");
    says(&at_home(), note("x".repeat(2_000_000)), Impossible, "20,000");
    says(&at_home(), note(" \n".to_owned()), Impossible, "write something here");
    let school = |name: String| (D, "school_started", json!({ "school": name }));
    says(&at_home(), school("x".repeat(201)), Impossible, "under 200 characters");
    fits(&at_home(), school("x".repeat(200)));
    let address = json!({"accommodation": "U1", "address": "x".repeat(501)});
    says(&at_home(), (D, "leaver_moved", address), Impossible, "under 500 characters");
}

#[test]
fn names_are_neither_empty_nor_endless() {
    let named = |name: &str| (D, "identity_changed", json!({ "given_name": name }));
    says(&at_home(), named(""), Impossible, "First name: leave it out");
    says(&at_home(), named(&"x".repeat(101)), Impossible, "under 100 characters");
    fits(&at_home(), named(&"x".repeat(100)));
    let registered = json!({"given_name": " ", "family_name": "Ashdown", "date_of_birth": "2020-01-01"});
    says(&fold(vec![]), (D, "child_registered", registered), Impossible, "First name: write something here.");
}

#[test]
fn characters_that_nobody_can_see_are_refused() {
    let note = |text: &str| (D, "note", json!({ "text": text }));
    for hidden in ["a\u{0}b", "a\u{1b}[31mb", "a\u{202e}b", "a\u{2066}b", "a\u{85}b"] {
        says(&at_home(), note(hidden), Impossible, "cannot be shown");
    }
    fits(&at_home(), note("First line\r\n\tsecond line, שלום\u{200f}, ☺"));
    says(
        &at_home(),
        (D, "identity_changed", json!({"given_name": "Ro\nbin"})),
        Impossible,
        "cannot be shown",
    );
}

#[test]
fn wrong_identifiers_are_refused_and_odd_ones_questioned() {
    let changed = |fields| (D, "identity_changed", fields);
    says(&at_home(), changed(json!({"nhs_number": "9434765871"})), Impossible, "NHS number has a mistake");
    says(&at_home(), changed(json!({"upn": "A801200005001"})), Doubtful, "pupil number has a mistake");
    fits(&at_home(), changed(json!({"nhs_number": "943 476 5870", "upn": "B801200005001"})));
    let moved = |fields: Value| {
        let mut all = json!({"placement_type": "U6"});
        all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        (D, "placement_started", all)
    };
    says(&in_care(), moved(json!({"postcode": "75001"})), Doubtful, "not a full UK postcode");
    says(&in_care(), moved(json!({"urn": "12"})), Doubtful, "Ofsted number");
    fits(&in_care(), moved(json!({"postcode": "sw1a2aa", "urn": "SC123456"})));
    let started = json!({"legal_status": "V2", "home_postcode": "?"});
    says(&at_home(), (D, "care_started", started), Doubtful, "postcode");
    says(&at_home(), (D, "home_registered", json!({"name": "The Larches", "urn": "x"})), Doubtful, "Ofsted");
}

#[test]
fn the_dead_are_not_visited() {
    let t = told(&[(D, "care_started", json!({"legal_status": "C2"})), (day(2), "died", json!({}))]);
    says(&t, (day(3), "visit", json!({"seen": true})), Impossible, "had died");
    says(&t, (day(3), "went_missing", json!({"category": "M"})), Impossible, "had died");
    fits(&t, (day(3), "note", json!({"text": "A letter of condolence was sent."})));
    fits(&t, (day(2), "visit", json!({"seen": true})));
}

#[test]
fn a_withdrawal_names_what_it_withdraws_and_a_member_of_the_circle_is_somebody() {
    let withdrawn = entry(99, D, "withdrawn", json!({"reason": "Another child's"}));
    assert!(problems(&at_home(), &withdrawn).iter().any(|(_, m)| m.contains("which entry")));
    let named = correction(99, 0, D, "withdrawn", json!({"reason": "Another child's"}));
    assert_eq!(problems(&at_home(), &named), []);
    says(&at_home(), (D, "circle_joined", json!({"role": "gp"})), Doubtful, "who joined");
    fits(&at_home(), (D, "circle_joined", json!({"role": "gp", "name": "Dr Finch"})));
}

#[test]
fn the_worst_comes_first() {
    let found = problems(&at_home(), &entry(99, TODAY + 1.day(), "visit", json!({"seen": false})));
    assert_eq!(found.iter().map(|(s, _)| *s).collect::<Vec<_>>(), [Impossible, Doubtful]);
}

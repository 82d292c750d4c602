//! The timescales of the law, as the national rules give them.

mod common;

use common::{Child, day, national};
use jiff::civil::time;
use kinfold_pathway::{EndReason, Standing, State, working_lines};
use serde_json::json;

#[test]
fn the_first_review_is_due_twenty_working_days_after_coming_into_care() {
    let rules = national();
    for (start, due) in [
        ("2026-12-01", "2026-12-31"),
        ("2026-12-24", "2027-01-26"),
        ("2027-03-25", "2027-04-26"),
        ("2027-05-28", "2027-06-28"),
    ] {
        let mut child = Child::born("2016-05-02");
        child.care(start);
        let duty = child.open(&rules, "review.first", start).unwrap();
        assert_eq!(duty.due_on, day(due), "from {start}");
    }
}

#[test]
fn the_sum_names_the_days_the_holidays_and_nothing_else() {
    let rules = national();
    let mut child = Child::born("2016-05-02");
    child.care("2026-12-01");
    let duty = child.open(&rules, "review.first", "2026-12-02").unwrap();
    assert_eq!(
        working_lines(&duty, &rules),
        [
            "Counted from coming into care: Tue 1 Dec 2026.",
            "First review: 20 working days after Tue 1 Dec 2026 is Thu 31 Dec 2026; 25 and 28 Dec are bank holidays.",
        ]
    );
}

#[test]
fn later_reviews_are_counted_from_the_review_that_was_held() {
    let rules = national();
    let mut child = Child::born("2016-05-02");
    child.care("2025-01-06");
    assert!(child.open(&rules, "review.later", "2025-01-10").is_none());
    child.review("2025-02-10");
    let first = child.closed(&rules, "review.first", "2025-02-11").unwrap();
    assert!(matches!(first.state, State::Met { days_late: 7, .. }), "{:?}", first.state);
    assert_eq!(child.open(&rules, "review.later", "2025-02-11").unwrap().due_on, day("2025-05-10"));
    child.review("2025-04-30");
    assert_eq!(child.open(&rules, "review.later", "2025-05-01").unwrap().due_on, day("2025-10-30"));
    child.review("2025-08-31");
    // The corresponding date, clipped to the end of the month.
    assert_eq!(child.open(&rules, "review.later", "2025-09-01").unwrap().due_on, day("2026-02-28"));
    assert!(child.open(&rules, "review.first", "2025-09-01").is_none());
}

#[test]
fn visits_are_a_week_then_six_weeks_from_the_last_visit_made() {
    let rules = national();
    let mut child = Child::born("2016-05-02");
    child.care("2026-01-05");
    child.home("2026-01-05");
    assert_eq!(child.open(&rules, "visit.standard", "2026-01-05").unwrap().due_on, day("2026-01-12"));
    child.visit("2026-01-09");
    assert_eq!(child.open(&rules, "visit.standard", "2026-01-09").unwrap().due_on, day("2026-02-20"));
    child.add("2026-02-10", json!({"kind": "visit", "seen": false, "not_seen_reason": "out"}));
    assert_eq!(child.open(&rules, "visit.standard", "2026-02-11").unwrap().due_on, day("2026-02-20"));
    // Another home: a week again.
    child.home("2026-03-02");
    let duty = child.open(&rules, "visit.standard", "2026-03-02").unwrap();
    assert_eq!(duty.due_on, day("2026-03-09"));
    let ended = child
        .history(&rules, "2026-03-02")
        .into_iter()
        .filter(|d| d.rule == "visit.standard")
        .nth(1)
        .unwrap();
    assert_eq!(ended.state, State::Ended { on: day("2026-03-02"), reason: EndReason::MovedHome });
}

#[test]
fn a_home_meant_to_last_is_visited_every_three_months_after_a_year() {
    let rules = national();
    let mut child = Child::born("2014-05-02");
    child.care("2024-01-08");
    child
        .add("2024-01-08", json!({"kind": "placement_started", "placement_type": "U6", "to_eighteen": true}));
    child.visit("2024-01-10");
    child.visit("2024-12-30");
    assert_eq!(child.open(&rules, "visit.standard", "2025-01-02").unwrap().due_on, day("2025-02-10"));
    child.visit("2025-02-05");
    assert_eq!(child.open(&rules, "visit.standard", "2025-02-06").unwrap().due_on, day("2025-05-05"));
}

#[test]
fn the_initial_health_assessment_is_due_by_the_first_review_if_that_is_earlier() {
    let rules = national();
    let mut child = Child::born("2016-05-02");
    child.care("2026-12-01");
    assert_eq!(child.open(&rules, "health.initial", "2026-12-10").unwrap().due_on, day("2026-12-31"));
    child.review("2026-12-18");
    let duty = child.open(&rules, "health.initial", "2026-12-19").unwrap();
    assert_eq!(duty.due_on, day("2026-12-18"));
    assert_eq!(duty.standing(day("2026-12-19"), None), Standing::Late);
    assert!(working_lines(&duty, &rules).iter().any(|l| l.contains("which is earlier")));
}

#[test]
fn an_assessment_of_the_last_three_months_counts() {
    let rules = national();
    let mut child = Child::born("2016-05-02");
    let assessment = json!({"kind": "health_assessment", "assessment": "initial", "practitioner": "doctor"});
    child.add("2026-10-01", assessment.clone());
    child.care("2026-12-01");
    assert!(child.open(&rules, "health.initial", "2026-12-02").is_none());
    let mut other = Child::born("2016-05-02");
    other.add("2026-08-01", assessment);
    other.care("2026-12-01");
    assert!(other.open(&rules, "health.initial", "2026-12-02").is_some());
}

#[test]
fn a_nurse_cannot_do_the_initial_assessment_and_a_competent_child_may_refuse_it() {
    let rules = national();
    let mut child = Child::born("2010-05-02");
    child.care("2026-12-01");
    child.add(
        "2026-12-10",
        json!({"kind": "health_assessment", "assessment": "initial", "practitioner": "nurse"}),
    );
    assert!(child.open(&rules, "health.initial", "2026-12-11").is_some());
    child.add(
        "2026-12-11",
        json!({"kind": "health_assessment_refused", "assessment": "initial", "competent": false}),
    );
    assert!(child.open(&rules, "health.initial", "2026-12-12").is_some());
    child.add(
        "2026-12-12",
        json!({"kind": "health_assessment_refused", "assessment": "initial", "competent": true}),
    );
    let duty = child.closed(&rules, "health.initial", "2026-12-13").unwrap();
    assert!(matches!(duty.state, State::Excused { .. }));
}

#[test]
fn the_interval_between_health_reviews_changes_at_the_fifth_birthday() {
    let rules = national();
    let mut child = Child::born("2021-06-15");
    child.care("2025-06-02");
    let seen = json!({"kind": "health_assessment", "assessment": "initial", "practitioner": "doctor"});
    child.add("2025-06-20", seen);
    // Still four on the day six months would give.
    assert_eq!(child.open(&rules, "health.review", "2025-06-21").unwrap().due_on, day("2025-12-20"));
    child.add(
        "2025-12-15",
        json!({"kind": "health_assessment", "assessment": "review", "practitioner": "nurse"}),
    );
    // Six months would end on the fifth birthday itself: twelve apply.
    assert_eq!(child.open(&rules, "health.review", "2025-12-16").unwrap().due_on, day("2026-12-15"));
}

#[test]
fn hand_offs_say_where_the_assessment_is_stuck() {
    let rules = national();
    let mut child = Child::born("2016-05-02");
    child.care("2026-12-01");
    let step = |s: &str| json!({"kind": "health_step", "assessment": "initial", "step": s});
    child.add("2026-12-02", step("told"));
    child.add("2026-12-07", step("consent"));
    let stuck = |child: &Child, on: &str| {
        let duty = child.open(&rules, "health.initial", on).unwrap();
        let at = duty.stuck_at(day(on))?;
        Some(rules.rule_of(&duty).unwrap().handoffs[at].step.to_string())
    };
    assert_eq!(stuck(&child, "2026-12-09").as_deref(), Some("background"));
    assert_eq!(stuck(&child, "2026-12-08"), None);
    child.add("2026-12-08", step("background_sent"));
    assert_eq!(stuck(&child, "2026-12-16").as_deref(), Some("booked"));
    assert_eq!(stuck(&child, "2026-12-15"), None);
}

#[test]
fn consent_is_a_hand_off_whether_it_was_recorded_as_a_step_or_as_consent() {
    let rules = national();
    let consent = |outcome: &str| json!({"kind": "consent", "decision": "assessment", "outcome": outcome});
    let done = |told: serde_json::Value| {
        let mut child = Child::born("2016-05-02");
        child.care("2026-12-01");
        child.add("2026-12-04", told);
        let duty = child.open(&rules, "health.initial", "2026-12-04").unwrap();
        let rule = rules.rule_of(&duty).unwrap();
        let at = rule.handoffs.iter().position(|h| h.step == "consent").unwrap();
        duty.handoffs[at].done.is_some()
    };
    assert!(done(json!({"kind": "health_step", "assessment": "initial", "step": "consent"})));
    assert!(done(consent("given")));
    assert!(!done(consent("asked")));
    assert!(!done(json!({"kind": "health_step", "assessment": "initial", "step": "booked"})));
}

#[test]
fn a_review_assessment_is_stuck_when_nobody_booked_it_in_time() {
    let rules = national();
    let mut child = Child::born("2016-05-02");
    child.care("2025-03-03");
    child.add("2025-03-10", json!({"kind": "health_assessment", "assessment": "initial"}));
    // Due on 10 March 2026: booked four weeks before, seen one week before.
    let stuck = |child: &Child, on: &str| {
        let duty = child.open(&rules, "health.review", on).unwrap();
        assert_eq!(duty.due_on, day("2026-03-10"));
        let at = duty.stuck_at(day(on))?;
        Some(rules.rule_of(&duty).unwrap().handoffs[at].step.to_string())
    };
    assert_eq!(stuck(&child, "2026-02-10"), None);
    assert_eq!(child.duties(&rules, "2026-02-10").next_change, Some(day("2026-02-11")));
    assert_eq!(stuck(&child, "2026-02-11").as_deref(), Some("booked"));
    child.add("2026-02-12", json!({"kind": "health_step", "assessment": "review", "step": "booked"}));
    assert_eq!(stuck(&child, "2026-03-03"), None);
    assert_eq!(stuck(&child, "2026-03-04").as_deref(), Some("seen"));
}

#[test]
fn a_return_interview_is_due_in_hours_also_over_the_change_of_the_clocks() {
    let rules = national();
    let mut child = Child::born("2012-05-02");
    child.care("2026-01-05");
    child.add_at("2026-03-26", Some(time(22, 0, 0, 0)), json!({"kind": "went_missing", "category": "M"}));
    child.add_at("2026-03-27", Some(time(14, 30, 0, 0)), json!({"kind": "found"}));
    let duty = child.open(&rules, "return.interview", "2026-03-27").unwrap();
    // British Summer Time began on 29 March 2026: 72 hours end at half past three.
    assert_eq!(duty.due_at.unwrap().to_string(), "2026-03-30T14:30:00Z");
    assert_eq!(duty.due_on, day("2026-03-30"));
    let before = "2026-03-30T14:00:00Z".parse().unwrap();
    let after = "2026-03-30T14:31:00Z".parse().unwrap();
    assert_eq!(duty.standing(day("2026-03-30"), Some(before)), Standing::Due);
    assert_eq!(duty.standing(day("2026-03-30"), Some(after)), Standing::Late);
    child.add_at(
        "2026-03-30",
        Some(time(16, 0, 0, 0)),
        json!({"kind": "return_interview", "outcome": "held"}),
    );
    let done = child.closed(&rules, "return.interview", "2026-03-30").unwrap();
    assert_eq!(done.standing(day("2026-03-30"), None), Standing::MetLate);
}

#[test]
fn a_return_without_a_time_counts_to_the_end_of_the_third_day() {
    let rules = national();
    let mut child = Child::born("2012-05-02");
    child.care("2026-01-05");
    child.add("2026-03-02", json!({"kind": "went_missing", "category": "A"}));
    child.add("2026-03-03", json!({"kind": "found"}));
    let duty = child.open(&rules, "return.interview", "2026-03-03").unwrap();
    assert_eq!((duty.due_on, duty.due_at), (day("2026-03-06"), None));
}

#[test]
fn everyone_must_be_told_of_a_placement_in_one_notice_or_several() {
    let rules = national();
    let mut child = Child::born("2012-05-02");
    child.care("2026-01-05");
    child.home("2026-01-05");
    child.add(
        "2026-01-05",
        json!({"kind": "notice_sent", "notice": "placement", "recipients": ["child", "icb", "gp"]}),
    );
    assert!(child.open(&rules, "notify.placement", "2026-01-06").is_some());
    child.add(
        "2026-01-08",
        json!({"kind": "notice_sent", "notice": "placement", "recipients": ["school", "reviewing_officer"], "withheld_from": ["parent"]}),
    );
    let duty = child.closed(&rules, "notify.placement", "2026-01-09").unwrap();
    assert_eq!(duty.standing(day("2026-01-09"), None), Standing::Met);
}

#[test]
fn an_eligible_child_is_assessed_within_three_months() {
    let rules = national();
    let mut child = Child::born("2010-03-10");
    child.care("2025-10-01");
    assert!(child.open(&rules, "leaving.needs_assessment", "2026-03-09").is_none());
    let duty = child.open(&rules, "leaving.needs_assessment", "2026-03-10").unwrap();
    assert_eq!(duty.due_on, day("2026-06-10"));
    // Not thirteen weeks at sixteen: eligible when they are complete.
    let mut late = Child::born("2010-03-10");
    late.care("2026-03-01");
    assert!(late.open(&rules, "leaving.needs_assessment", "2026-05-30").is_none());
    let duty = late.open(&rules, "leaving.needs_assessment", "2026-05-31").unwrap();
    assert_eq!(duty.due_on, day("2026-08-31"));
}

#[test]
fn an_education_plan_is_owed_each_term_and_missed_when_the_next_begins() {
    let rules = national();
    let mut child = Child::born("2014-05-02");
    child.care("2026-01-12");
    let spring = child.open(&rules, "education.plan_review", "2026-02-02").unwrap();
    assert_eq!(spring.due_on.month(), 3);
    child.add("2026-03-02", json!({"kind": "education_plan", "stage": "reviewed"}));
    assert!(child.open(&rules, "education.plan_review", "2026-03-03").is_none());
    assert!(child.open(&rules, "education.plan_review", "2026-07-01").is_some());
    let all = child.history(&rules, "2026-10-01");
    let summer: Vec<_> = all.iter().filter(|d| d.rule == "education.plan_review").map(|d| &d.state).collect();
    assert!(matches!(summer[0], State::Met { .. }), "{summer:?}");
    assert!(matches!(summer[1], State::Ended { reason: EndReason::Missed, .. }), "{summer:?}");
    assert_eq!(summer[2], &State::Open);
}

#[test]
fn an_unmet_need_is_answered_by_an_answer_to_the_same_need() {
    let rules = national();
    let mut child = Child::born("2014-05-02");
    child.care("2026-01-12");
    child.add(
        "2026-02-02",
        json!({"kind": "unmet_need_raised", "need": "health", "text": "Waiting for speech therapy"}),
    );
    child.add("2026-02-03", json!({"kind": "unmet_need_raised", "need": "home", "text": "No bed"}));
    child.add(
        "2026-02-05",
        json!({"kind": "unmet_need_answered", "need": "home", "text": "Bed comes on Friday"}),
    );
    let open: Vec<_> = child
        .duties(&rules, "2026-02-06")
        .duties
        .into_iter()
        .filter(|d| d.rule == "need.answered" && d.state == State::Open)
        .collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].anchor_on(), day("2026-02-02"));
}

#[test]
fn leaving_care_ends_open_duties_with_the_reason() {
    let rules = national();
    let mut child = Child::born("2016-05-02");
    child.care("2026-01-05");
    child.home("2026-01-05");
    child.add("2026-01-09", json!({"kind": "care_ceased", "reason": "E4A"}));
    for id in ["review.first", "visit.standard", "health.initial"] {
        assert!(child.open(&rules, id, "2026-01-10").is_none(), "{id}");
        let duty = child.closed(&rules, id, "2026-01-10").unwrap();
        assert_eq!(duty.state, State::Ended { on: day("2026-01-09"), reason: EndReason::CareCeased }, "{id}");
    }
}

#[test]
fn short_breaks_have_none_of_the_ordinary_duties() {
    let rules = national();
    let mut child = Child::born("2016-05-02");
    child.add("2026-01-05", json!({"kind": "care_started", "legal_status": "V4"}));
    child.home("2026-01-05");
    for id in ["review.first", "visit.standard", "health.initial", "notify.placement"] {
        assert!(child.open(&rules, id, "2026-01-06").is_none(), "{id}");
    }
    // An ordinary status starts them, from that day.
    child.add("2026-02-02", json!({"kind": "legal_status_changed", "legal_status": "V2"}));
    assert_eq!(child.open(&rules, "review.first", "2026-02-02").unwrap().anchor_on(), day("2026-02-02"));
}

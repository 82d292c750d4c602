//! What is refused and what is questioned in entries about health.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should fail")]

mod support;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kinfold_record::Severity::{self, Doubtful, Impossible};
use kinfold_record::{Entry, EventKind, Sensitivity, Timeline, check};
use serde_json::{Value, json};
use support::*;

const TODAY: Date = date(2026, 6, 1);
const D: Date = date(2026, 3, 10);

fn day(n: i64) -> Date {
    D + n.days()
}

/// The entry with the label that is usual for its kind.
fn usual(on: Date, kind: &str, fields: Value) -> Entry {
    let mut entry = entry(99, on, kind, fields);
    entry.sensitivity = entry.event.kind().usual_sensitivity();
    entry
}

fn problems(t: &Timeline, entry: &Entry) -> Vec<(Severity, String)> {
    check(t, entry, TODAY).into_iter().map(|p| (p.severity, p.message)).collect()
}

#[track_caller]
fn says(t: &Timeline, (kind, fields): (&str, Value), severity: Severity, words: &str) {
    let found = problems(t, &usual(D, kind, fields));
    assert!(
        found.len() == 1 && found.iter().all(|(s, m)| *s == severity && m.contains(words)),
        "expected {severity:?} {words:?}, found {found:?}"
    );
}

#[track_caller]
fn fits(t: &Timeline, (kind, fields): (&str, Value)) {
    assert_eq!(problems(t, &usual(D, kind, fields)), []);
}

/// Eleven years old on the day.
fn child() -> Timeline {
    told(&[])
}

#[test]
fn a_compartment_cannot_be_opened_by_a_label() {
    for (kind, fields) in [
        ("therapy_note", json!({"text": "x"})),
        ("sexual_health_note", json!({"topic": "advice"})),
        ("family_history", json!({"item": "f1", "relation": "mother", "topic": "genetic"})),
        ("sdq_answers", json!({"informant": "self", "form": "s11_17", "emotional": 3})),
    ] {
        let mut entry = usual(D, kind, fields);
        assert_eq!(problems(&child(), &entry), [], "{kind}");
        assert_eq!(Some(entry.sensitivity), entry.event.kind().compartment());
        for open in Sensitivity::ALL {
            let may = Some(open) == entry.event.kind().compartment() || open == Sensitivity::Restricted;
            entry.sensitivity = open;
            assert_eq!(problems(&child(), &entry).is_empty(), may, "{kind} {}", open.as_str());
        }
    }
    assert_eq!(EventKind::Sdq.usual_sensitivity(), Sensitivity::Health);
    assert_eq!(EventKind::SubstanceScreening.usual_sensitivity(), Sensitivity::SubstanceUse);
    assert_eq!(EventKind::FormSubmitted.usual_sensitivity(), Sensitivity::Ordinary);
}

#[test]
fn what_no_child_measures_is_refused_at_both_ends() {
    let growth = |fields| ("growth_measured", fields);
    says(&child(), growth(json!({})), Impossible, "Nothing was measured");
    for (field, least, most) in [("weight_g", 200, 350_000), ("height_mm", 200, 2_500), ("head_mm", 150, 800)]
    {
        fits(&child(), growth(json!({ field: least })));
        fits(&child(), growth(json!({ field: most })));
        says(&child(), growth(json!({ field: least - 1 })), Impossible, "Check the unit");
        says(&child(), growth(json!({ field: most + 1 })), Impossible, "Check the unit");
    }
    // Kilograms typed for grams.
    says(&child(), growth(json!({"weight_g": 38})), Impossible, "given in grams");
}

#[test]
fn a_child_who_shrank_is_questioned() {
    let before = told(&[(
        day(-90),
        "growth_measured",
        json!({"height_mm": 1402, "head_mm": 530, "weight_g": 36_000}),
    )]);
    let growth = |fields| ("growth_measured", fields);
    fits(&before, growth(json!({"height_mm": 1387, "weight_g": 31_000})));
    says(&before, growth(json!({"height_mm": 1386})), Doubtful, "height was more");
    says(&before, growth(json!({"head_mm": 510})), Doubtful, "head was more");
    // Only what was measured before counts.
    let after = told(&[(day(30), "growth_measured", json!({"height_mm": 1402}))]);
    fits(&after, growth(json!({"height_mm": 1300})));
}

#[test]
fn a_pregnancy_lasts_twenty_two_to_forty_four_weeks() {
    let birth = |weeks: i32, days: Option<i32>| {
        ("birth_details", json!({"gestation_weeks": weeks, "gestation_days": days}))
    };
    fits(&child(), birth(22, Some(0)));
    fits(&child(), birth(44, Some(6)));
    says(&child(), birth(21, None), Impossible, "22 to 44 weeks");
    says(&child(), birth(45, None), Impossible, "22 to 44 weeks");
    says(&child(), birth(38, Some(7)), Impossible, "0 to 6 days");
    says(&child(), ("birth_details", json!({"gestation_days": 3})), Impossible, "whole weeks");
    says(&child(), ("birth_details", json!({"weight_g": 8_001})), Impossible, "birth weight");
}

#[test]
fn a_dose_given_twice_is_questioned() {
    let before = told(&[(day(-40), "immunisation_given", json!({"vaccine": "mmr", "dose": 1}))]);
    let given =
        |vaccine: &str, dose: Option<i32>| ("immunisation_given", json!({"vaccine": vaccine, "dose": dose}));
    fits(&before, given("mmr", Some(2)));
    fits(&before, given("mmr", None));
    fits(&before, given("hpv", Some(1)));
    says(&before, given("mmr", Some(1)), Doubtful, "on the record already");
    says(&before, given("mmr", Some(0)), Impossible, "counted from 1");
    let same_day = told(&[(D, "immunisation_given", json!({"vaccine": "mmr"}))]);
    says(&same_day, given("mmr", None), Doubtful, "on the record already");
}

#[test]
fn answers_are_twenty_five_and_fit_their_form() {
    let row = "0120120120120120120120-20";
    let sdq = |informant: &str, form: &str, answers: &str| {
        ("sdq_answers", json!({"informant": informant, "form": form, "answers": answers}))
    };
    assert_eq!(row.len(), 25);
    fits(&child(), sdq("parent_carer", "p4_17", row));
    fits(&child(), sdq("teacher", "t4_17", row));
    fits(&child(), sdq("self", "s11_17", row));
    says(&child(), sdq("teacher", "p4_17", row), Impossible, "somebody else");
    says(&child(), sdq("self", "s11_17", &row[1..]), Impossible, "25 answers");
    says(&child(), sdq("self", "s11_17", &row.replace('2', "3")), Impossible, "25 answers");
    let scores = |n: i32| ("sdq_answers", json!({"informant": "self", "form": "s11_17", "conduct": n}));
    fits(&child(), scores(10));
    says(&child(), scores(11), Impossible, "between 0 and 10");
    let empty = ("sdq_answers", json!({"informant": "self", "form": "s11_17"}));
    says(&child(), empty, Impossible, "answers or the scores");
    let impact = json!({"informant": "self", "form": "s11_17", "impact": 0, "impact_answers": "0000x"});
    says(&child(), ("sdq_answers", impact), Impossible, "0 to 3");
}

#[test]
fn a_child_who_decides_understands_the_decision() {
    let by_child = |gillick: Option<&str>| {
        ("consent", json!({"decision": "assessment", "outcome": "given", "by": "child", "gillick": gillick}))
    };
    fits(&child(), by_child(Some("yes")));
    says(&child(), by_child(Some("no")), Impossible, "cannot give consent");
    says(&child(), by_child(None), Doubtful, "under 16 and decides");
    says(&child(), by_child(Some("not_needed")), Doubtful, "under 16 and decides");
    let found = problems(&child(), &usual(D, "consent", by_child(Some("sixteen")).1));
    assert!(found.iter().any(|(s, m)| *s == Impossible && m.contains("under 16")), "{found:?}");
    let old = told(&[(D, "identity_changed", json!({"date_of_birth": "2009-03-10"}))]);
    fits(&old, by_child(Some("sixteen")));
    fits(&old, by_child(None));
}

#[test]
fn consent_is_given_by_whom_the_law_lets_or_questioned() {
    let by_authority =
        ("consent", json!({"decision": "immunisation", "outcome": "given", "by": "authority"}));
    let under = |status: &str| told(&[(D, "care_started", json!({"legal_status": status}))]);
    for shares in ["C1", "C2", "E1"] {
        fits(&under(shares), by_authority.clone());
    }
    for alone in ["V2", "L1", "J1"] {
        says(&under(alone), by_authority.clone(), Doubtful, "no parental responsibility");
    }
    let refused = |reason: Option<&str>| {
        ("consent", json!({"decision": "assessment", "outcome": "refused", "by": "mother", "reason": reason}))
    };
    fits(&child(), refused(Some("parent_refused")));
    says(&child(), refused(None), Doubtful, "why there is no consent");
    let both = json!({"decision": "assessment", "outcome": "given", "by": "mother", "reason": "no_answer"});
    says(&child(), ("consent", both), Doubtful, "reason why there is none");
    let over = json!({"decision": "assessment", "outcome": "given", "by": "mother", "until": "2026-03-09"});
    says(&child(), ("consent", over), Impossible, "before the day of the entry");
}

#[test]
fn an_outcome_is_of_an_action_that_is_there() {
    let action =
        json!({"action": "a1", "text": "Book the optician", "owner": "foster_carer", "by": "2026-04-10"});
    let set = told(&[(day(-3), "health_action", action.clone())]);
    let answered = |action: &str, outcome: &str, reason: Option<&str>| {
        ("health_action_answered", json!({"action": action, "outcome": outcome, "reason": reason}))
    };
    fits(&set, answered("a1", "done", None));
    says(&set, answered("a2", "done", None), Impossible, "not on the record");
    says(&set, answered("a1", "not_provided", None), Impossible, "why it is not provided");
    fits(&set, answered("a1", "not_provided", Some("no_service")));
    let later = told(&[(
        day(3),
        "health_action",
        json!({"action": "a1", "text": "x", "owner": "gp", "by": "2026-04-10"}),
    )]);
    says(&later, answered("a1", "done", None), Impossible, "after this date");
    says(&set, ("health_action", action), Impossible, "reference of its own");
    let late = json!({"action": "a9", "text": "x", "owner": "gp", "by": "2026-03-09"});
    says(&child(), ("health_action", late), Impossible, "before the day of the entry");
    let twice = told(&[
        (day(-3), "health_action", json!({"action": "a1", "text": "x", "owner": "gp", "by": "2026-04-10"})),
        (day(-1), "health_action_answered", json!({"action": "a1", "outcome": "done"})),
    ]);
    says(&twice, answered("a1", "done_in_part", None), Doubtful, "answered already");
}

#[test]
fn a_step_is_of_a_referral_that_is_open() {
    let made = |on: Date| {
        (on, "referral_made", json!({"referral": "r1", "service": "mental_health", "goal": "Sleeps"}))
    };
    let step = |step: &str| ("referral_step", json!({"referral": "r1", "step": step}));
    fits(&told(&[made(day(-9))]), step("accepted"));
    says(&child(), step("accepted"), Impossible, "not on the record");
    says(&told(&[made(day(-9))]), step("declined"), Doubtful, "why the service declined");
    let closed =
        told(&[made(day(-9)), (day(-2), "referral_step", json!({"referral": "r1", "step": "closed"}))]);
    says(&closed, step("chased"), Doubtful, "closed before");
    says(&told(&[made(day(-9))]), (made(D).1, made(D).2), Impossible, "reference of its own");
    let wait = json!({"referral": "r2", "service": "therapy", "goal": "x", "waiting_since": "2026-03-11"});
    says(&child(), ("referral_made", wait), Impossible, "after the day of the entry");
}

#[test]
fn none_known_beside_one_that_is_known_is_questioned() {
    let noted = (day(-9), "allergy_noted", json!({"item": "k1", "name": "Peanuts"}));
    let none = |topic: &str| ("none_known", json!({ "topic": topic }));
    says(&told(std::slice::from_ref(&noted)), none("allergies"), Doubtful, "has not ended");
    fits(&told(std::slice::from_ref(&noted)), none("medicines"));
    fits(&told(&[noted, (day(-1), "allergy_ended", json!({"item": "k1"}))]), none("allergies"));
}

#[test]
fn sharing_says_with_whom_and_the_childs_words_are_there_or_are_not() {
    let fact =
        told(&[(day(-1), "family_history", json!({"item": "f1", "relation": "mother", "topic": "genetic"}))]);
    let shared = |decision: &str, with: Option<&str>| {
        ("family_history_shared", json!({"item": "f1", "decision": decision, "to": with}))
    };
    fits(&fact, shared("share", Some("The adopters")));
    fits(&fact, shared("not_share", None));
    says(&fact, shared("share_in_part", None), Impossible, "with whom");
    says(&child(), shared("not_share", None), Impossible, "not on the record");
    let words = |words: Option<&str>, why: Option<&str>| {
        ("health_assessment", json!({"assessment": "review", "child_words": words, "no_words_reason": why}))
    };
    fits(&child(), words(Some("I am fine"), None));
    fits(&child(), words(None, Some("too_young")));
    says(&child(), words(Some("I am fine"), Some("too_young")), Impossible, "Keep one");
}

#[test]
fn what_is_half_said_is_asked_about() {
    says(&child(), ("red_book", json!({"state": "held"})), Doubtful, "who has the red book");
    fits(&child(), ("red_book", json!({"state": "never_existed"})));
    says(&child(), ("early_history", json!({"what": "birth", "known": "asked"})), Doubtful, "who was asked");
    fits(&child(), ("early_history", json!({"what": "birth", "known": "asked", "asked": ["maternity"]})));
    let disputed = json!({"service": "mental_health", "body": "Fernshire ICB", "disputed": true});
    says(&child(), ("responsible_commissioner", disputed), Doubtful, "who else");
}

//! What the rule language can say, each with a rule of its own.

mod common;

use common::{Child, day, only, rule};
use kinfold_guidance::{Guidance, Layer, LayerName};
use kinfold_pathway::{EndReason, Rules, State};
use serde_json::json;

#[test]
fn a_limit_is_met_when_what_it_limits_ends_and_late_when_it_does_not() {
    let rules = only(&[&rule(
        "law.police",
        "[starts]\non = \"legal_status\"\ncodes = [\"L1\"]\nending = \"meets\"\n[due]\nwithin = \"72 hours\"",
    )]);
    let mut child = Child::born("2016-05-02");
    child.add("2026-03-02", json!({"kind": "care_started", "legal_status": "L1"}));
    assert_eq!(child.open(&rules, "law.police", "2026-03-03").unwrap().due_on, day("2026-03-05"));
    let order = child.add("2026-03-04", json!({"kind": "legal_status_changed", "legal_status": "C1"}));
    let done = child.closed(&rules, "law.police", "2026-03-06").unwrap();
    assert_eq!(done.state, State::Met { on: day("2026-03-04"), entry: Some(order), days_late: 0 });
}

#[test]
fn counting_may_begin_with_the_day_itself() {
    let rules = only(&[&rule(
        "law.proceedings",
        "[starts]\non = \"spell\"\nspell = \"proceedings\"\nending = \"meets\"\n[due]\nwithin = \"26 weeks\"\ncount_from = \"inclusive\"",
    )]);
    let mut child = Child::born("2016-05-02");
    child.add("2026-01-05", json!({"kind": "proceedings_issued"}));
    // 182 days of which the fifth of January is the first.
    assert_eq!(child.open(&rules, "law.proceedings", "2026-01-06").unwrap().due_on, day("2026-07-05"));
}

#[test]
fn an_extension_recorded_in_the_event_moves_the_date() {
    let rules = only(&[&rule(
        "law.extended",
        "[starts]\non = \"event\"\nevent = \"proceedings_issued\"\nwith = [\"extended_to\"]\n[due]\nfield = \"extended_to\"\n[[met_by]]\nevent = \"proceedings_ended\"",
    )]);
    let mut child = Child::born("2016-05-02");
    child.add("2026-01-05", json!({"kind": "proceedings_issued"}));
    assert!(child.open(&rules, "law.extended", "2026-01-06").is_none());
    child.add("2026-02-05", json!({"kind": "proceedings_issued", "extended_to": "2026-09-01"}));
    assert_eq!(child.open(&rules, "law.extended", "2026-02-06").unwrap().due_on, day("2026-09-01"));
}

#[test]
fn a_duty_that_must_be_done_before_its_start_is_met_by_what_came_before() {
    let rules = only(&[&rule(
        "home.distant",
        "[starts]\non = \"placement\"\nwhere = { location = \"distant\" }\n[due]\nbefore = true\n[[met_by]]\nevent = \"approval_given\"\nwhere = { approval = \"at_distance\", approver = \"director\" }",
    )]);
    let mut child = Child::born("2016-05-02");
    child.care("2026-01-05");
    child.home("2026-01-05");
    assert!(child.duties(&rules, "2026-01-06").duties.is_empty());
    child.add(
        "2026-02-20",
        json!({"kind": "approval_given", "approval": "at_distance", "approver": "nominated_officer"}),
    );
    child.add(
        "2026-02-25",
        json!({"kind": "approval_given", "approval": "at_distance", "approver": "director"}),
    );
    child.add(
        "2026-03-02",
        json!({"kind": "placement_started", "placement_type": "K2", "location": "distant"}),
    );
    let duty = child.closed(&rules, "home.distant", "2026-03-03").unwrap();
    assert!(matches!(duty.state, State::Met { days_late: 0, on, .. } if on == day("2026-02-25")));
    // Half a year old approval is not for this home.
    child.add(
        "2026-09-01",
        json!({"kind": "placement_started", "placement_type": "K2", "location": "distant"}),
    );
    assert_eq!(child.open(&rules, "home.distant", "2026-09-02").unwrap().due_on, day("2026-09-01"));
}

#[test]
fn what_happened_on_the_day_care_ended_is_looked_at_the_day_before() {
    let rules = only(&[&rule(
        "law.ceasing",
        "[starts]\non = \"care_period\"\nfrom = \"end\"\nwhen = { age = { from = 16 }, not = { legal_status = [\"C1\", \"C2\"] } }\n[due]\nbefore = true\n[[met_by]]\nevent = \"approval_given\"\nwhere = { approval = \"ceasing\", approver = \"director\" }",
    )]);
    let mut child = Child::born("2009-05-02");
    child.care("2025-01-06");
    child.add("2026-01-09", json!({"kind": "care_ceased", "reason": "E4A"}));
    assert!(child.open(&rules, "law.ceasing", "2026-01-09").is_some());
    let mut young = Child::born("2012-05-02");
    young.care("2025-01-06");
    young.add("2026-01-09", json!({"kind": "care_ceased", "reason": "E4A"}));
    assert!(young.duties(&rules, "2026-01-09").duties.is_empty());
}

const REGIME_A: &str = "[starts]\non = \"placement\"\nwhile = { not = { spell = \"fewer_visits_agreed\" } }\ncontinues_from = \"placement\"\n[due]\nwithin = \"1 week\"\n[[then]]\nwithin = \"6 weeks\"\n[[met_by]]\nevent = \"visit\"\nwhere = { seen = true }";
const REGIME_B: &str = "[starts]\non = \"placement\"\nwhile = { spell = \"fewer_visits_agreed\" }\ncontinues_from = \"placement\"\n[due]\nwithin = \"1 week\"\n[[then]]\nwithin = \"6 months\"\n[[met_by]]\nevent = \"visit\"\nwhere = { seen = true }";

#[test]
fn another_regime_goes_on_from_the_last_visit() {
    let rules = only(&[&rule("visit.a", REGIME_A), &rule("visit.b", REGIME_B)]);
    let mut child = Child::born("2012-05-02");
    child.care("2025-01-06");
    child.home("2025-01-06");
    child.visit("2025-01-08");
    child.visit("2025-02-10");
    child.add("2025-03-03", json!({"kind": "placement_terms_changed", "fewer_visits_agreed": true}));
    assert!(child.open(&rules, "visit.a", "2025-03-03").is_none());
    let b = child.open(&rules, "visit.b", "2025-03-03").unwrap();
    assert_eq!((b.due_on, b.working.ordinal), (day("2025-08-10"), 1));
    // The child no longer agrees: six weeks from the last visit again, not a week from today.
    child.visit("2025-06-02");
    child.add("2025-06-09", json!({"kind": "placement_terms_changed", "fewer_visits_agreed": false}));
    assert_eq!(child.open(&rules, "visit.a", "2025-06-10").unwrap().due_on, day("2025-07-14"));
    assert!(child.open(&rules, "visit.b", "2025-06-10").is_none());
}

#[test]
fn stages_have_their_times() {
    let rules = only(&[&rule(
        "review.secure",
        "[starts]\non = \"placement\"\nwhile = { placement_type = [\"K1\"] }\n[due]\nwithin = \"1 month\"\n[[then]]\nwithin = \"2 months\"\ntimes = 2\n[[then]]\nwithin = \"3 months\"\n[[met_by]]\nevent = \"review_held\"\nwhere = { review = \"secure\" }",
    )]);
    let mut child = Child::born("2012-05-02");
    child.care("2025-01-06");
    child.add("2025-01-06", json!({"kind": "placement_started", "placement_type": "K1"}));
    let due = |child: &Child, on| child.open(&rules, "review.secure", on).unwrap().due_on;
    assert_eq!(due(&child, "2025-01-07"), day("2025-02-06"));
    for (held, next) in [
        ("2025-02-01", "2025-04-01"),
        ("2025-03-01", "2025-05-01"),
        ("2025-04-01", "2025-07-01"),
        ("2025-05-01", "2025-08-01"),
    ] {
        child.add(held, json!({"kind": "review_held", "review": "secure"}));
        assert_eq!(due(&child, held), day(next), "after {held}");
    }
    let all = child.history(&rules, "2025-05-02");
    assert_eq!(all.iter().map(|d| d.working.ordinal).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
}

#[test]
fn a_chain_stops_when_no_stage_applies() {
    let rules = only(&[&rule(
        "visit.weekly",
        "[starts]\non = \"placement\"\n[due]\nwithin = \"1 week\"\n[[then]]\nwithin = \"1 week\"\nwhen = { not = { happened = { event = \"review_held\", since = \"placement\" } } }\n[[met_by]]\nevent = \"visit\"",
    )]);
    let mut child = Child::born("2012-05-02");
    child.care("2025-01-06");
    child.home("2025-01-06");
    child.visit("2025-01-10");
    assert_eq!(child.open(&rules, "visit.weekly", "2025-01-10").unwrap().due_on, day("2025-01-17"));
    child.review("2025-01-14");
    child.visit("2025-01-15");
    assert!(child.open(&rules, "visit.weekly", "2025-01-16").is_none());
}

#[test]
fn days_used_add_up_over_separate_stays() {
    let rules = only(&[&rule(
        "break.days",
        "[starts]\non = \"condition\"\nwhile = { days_used = { legal_status = [\"V3\"], from = 10, in = \"12 months\" } }\n[due]\nwithin = \"5 days\"\n[[met_by]]\nevent = \"review_held\"",
    )]);
    let mut child = Child::born("2012-05-02");
    for (from, to) in
        [("2025-01-06", "2025-01-10"), ("2025-03-03", "2025-03-07"), ("2025-05-05", "2025-05-09")]
    {
        child.add(from, json!({"kind": "care_started", "legal_status": "V3"}));
        child.add(to, json!({"kind": "care_ceased", "reason": "E4A"}));
    }
    assert!(child.open(&rules, "break.days", "2025-05-05").is_none());
    // Four, four, and the second day of the third stay.
    assert_eq!(child.open(&rules, "break.days", "2025-05-08").unwrap().anchor_on(), day("2025-05-06"));
}

#[test]
fn an_excuse_excuses_its_own_occasion_only() {
    let rules = only(&[&rule("visit.a", REGIME_A)]);
    let mut child = Child::born("2012-05-02");
    child.care("2025-01-06");
    child.home("2025-01-06");
    child.visit("2025-01-08");
    let open = child.open(&rules, "visit.a", "2025-02-20").unwrap();
    let excuse = |occurrence: String, rule: &str| json!({"kind": "duty_excused", "rule": rule, "occurrence": occurrence, "reason": "child_missing"});
    child.add("2025-02-20", excuse(open.occurrence.to_string(), "visit.other"));
    assert!(
        child.closed(&rules, "visit.a", "2025-02-20").is_some_and(|d| matches!(d.state, State::Met { .. }))
    );
    child.add("2025-02-21", excuse(open.occurrence.to_string(), "visit.a"));
    let closed = child.closed(&rules, "visit.a", "2025-02-21").unwrap();
    assert!(matches!(&closed.state, State::Excused { reason, .. } if reason == "child_missing"));
    // The clock goes on from the excuse.
    let next = child.open(&rules, "visit.a", "2025-02-21").unwrap();
    assert_eq!(next.due_on, day("2025-04-04"));
    assert_ne!(next.occurrence, open.occurrence);
}

#[test]
fn the_version_in_force_when_counting_began_decides() {
    let v1 = rule("visit.v", "effective_to_here\n[starts]\non = \"event\"\nevent = \"visit\"\n[due]\nwithin = \"6 weeks\"\n[[met_by]]\nevent = \"visit\"")
        .replace("effective_to_here\n", "")
        .replace("effective_from = 2011-04-01", "effective_from = 2011-04-01\neffective_to = 2025-03-01");
    let v2 = v1
        .replace("version = 1", "version = 2")
        .replace("effective_from = 2011-04-01\neffective_to = 2025-03-01", "effective_from = 2025-03-01")
        .replace("6 weeks", "4 weeks");
    let rules = only(&[&v1, &v2]);
    let mut child = Child::born("2012-05-02");
    child.visit("2025-02-24");
    let old = child.open(&rules, "visit.v", "2025-03-10").unwrap();
    assert_eq!((old.version, old.due_on), (1, day("2025-04-07")));
    child.visit("2025-03-12");
    let new = child.open(&rules, "visit.v", "2025-03-13").unwrap();
    assert_eq!((new.version, new.due_on), (2, day("2025-04-09")));
    let versions: Vec<u16> = child.history(&rules, "2025-03-13").iter().map(|d| d.version).collect();
    assert_eq!(versions, [1, 2]);
}

#[test]
fn a_local_rule_takes_over_openly() {
    let local = rule("local.review", "[starts]\non = \"care_period\"\n[due]\nwithin = \"15 working days\"\n[[met_by]]\nevent = \"review_held\"")
        .replace("owner = ", "supersedes = \"review.first\"\nreason = \"We promised it\"\napproved_by = \"Director\"\nowner = ")
        .replace("2011-04-01", "2026-06-01");
    let layer = Layer::from_texts(
        LayerName::Local("fernshire".into()),
        [("rules/local.review.toml".to_owned(), local)],
    );
    let rules = Rules::compile(&Guidance::load(&[Layer::national(), layer]).unwrap());
    let mut before = Child::born("2016-05-02");
    before.care("2026-05-18");
    assert_eq!(before.open(&rules, "review.first", "2026-05-19").unwrap().due_on, day("2026-06-16"));
    let mut after = Child::born("2016-05-02");
    after.care("2026-06-01");
    assert!(after.open(&rules, "review.first", "2026-06-02").is_none());
    let duty = after.open(&rules, "local.review", "2026-06-02").unwrap();
    assert_eq!(duty.due_on, day("2026-06-22"));
    assert!(kinfold_pathway::working_lines(&duty, &rules).iter().any(|l| l.contains("We promised it")));
}

#[test]
fn a_carer_has_duties_of_their_own() {
    let text = rule("carer.review", "[starts]\non = \"event\"\nevents = [{ event = \"carer_step\", where = { step = \"approved\" } }, { event = \"carer_review\" }]\n[due]\nwithin = \"1 year\"\n[[met_by]]\nevent = \"carer_review\"")
        .replace("strand = \"care\"", "about = \"carer\"\nstrand = \"carers\"");
    let rules = only(&[&text]);
    let mut home = Child::born("2016-05-02");
    home.entries.clear();
    home.add("2024-01-02", json!({"kind": "carer_registered", "name": "The Marlows"}));
    home.add("2024-02-29", json!({"kind": "carer_step", "step": "approved"}));
    assert_eq!(home.open(&rules, "carer.review", "2024-03-01").unwrap().due_on, day("2025-02-28"));
    home.add("2025-01-15", json!({"kind": "carer_review"}));
    assert_eq!(home.open(&rules, "carer.review", "2025-02-01").unwrap().due_on, day("2026-01-15"));
}

#[test]
fn an_unmet_duty_lapses_and_says_so() {
    let rules = only(&[&rule(
        "review.decisions",
        "[starts]\non = \"event\"\nevent = \"review_held\"\n[due]\nwithin = \"5 working days\"\nlapses = \"2 months\"\n[[met_by]]\nevent = \"review_output\"",
    )]);
    let mut child = Child::born("2012-05-02");
    child.review("2025-01-06");
    let open = child.duties(&rules, "2025-02-01");
    assert_eq!(open.next_change, Some(day("2025-03-01").min(day("2025-03-13"))).map(|_| day("2025-03-13")));
    let gone = child.closed(&rules, "review.decisions", "2025-03-13").unwrap();
    assert_eq!(gone.state, State::Ended { on: day("2025-03-13"), reason: EndReason::Lapsed });
}

#[test]
fn what_lies_after_the_day_is_not_known_on_it() {
    let rules = only(&[&rule("visit.a", REGIME_A)]);
    let mut child = Child::born("2012-05-02");
    child.care("2025-01-06");
    child.home("2025-01-06");
    child.visit("2025-01-08");
    child.add("2025-02-03", json!({"kind": "care_ceased", "reason": "E4A"}));
    let then = child.duties(&rules, "2025-01-07");
    assert_eq!(then.duties.len(), 1);
    assert_eq!(then.duties[0].state, State::Open);
    assert_eq!(then.next_change, Some(day("2025-01-08")));
}

#[test]
fn a_number_may_be_in_a_range_or_have_risen() {
    let rules = only(&[
        &rule(
            "score.high",
            "[starts]\non = \"event\"\nevent = \"sdq\"\nwhere = { total = { from = 14, under = 17 } }\n[due]\nwithin = \"5 days\"\n[[met_by]]\nevent = \"note\"",
        ),
        &rule(
            "score.rose",
            "[starts]\non = \"event\"\nevent = \"sdq\"\nwhere = { total = { rose_by = 4, of_same = [\"informant\"] } }\n[due]\nwithin = \"5 days\"\n[[met_by]]\nevent = \"note\"",
        ),
    ]);
    let sdq = |who: &str, total: Option<i32>| json!({"kind": "sdq", "informant": who, "total": total, "reason": total.is_none().then_some("SDQ4")});
    let owed = |scores: &[(&str, &str, Option<i32>)], rule: &str| {
        let mut child = Child::born("2014-05-02");
        for (on, who, total) in scores {
            child.add(on, sdq(who, *total));
        }
        child.open(&rules, rule, "2026-01-05").map(|d| d.due_on)
    };
    for (total, high) in [(13, false), (14, true), (16, true), (17, false)] {
        assert_eq!(owed(&[("2026-01-05", "self", Some(total))], "score.high").is_some(), high, "{total}");
    }
    let rose = |scores: &[(&str, &str, Option<i32>)]| owed(scores, "score.rose").is_some();
    assert!(!rose(&[("2026-01-05", "self", Some(20))]), "nothing to compare with");
    assert!(rose(&[("2025-01-05", "self", Some(10)), ("2026-01-05", "self", Some(14))]));
    assert!(!rose(&[("2025-01-05", "self", Some(10)), ("2026-01-05", "self", Some(13))]));
    assert!(!rose(&[("2025-01-05", "teacher", Some(2)), ("2026-01-05", "self", Some(14))]), "somebody else");
    // The last score counts, and what came back without one is passed over.
    let lower_since =
        [("2024-01-05", "self", Some(14)), ("2025-01-05", "self", Some(9)), ("2026-01-05", "self", Some(13))];
    assert!(rose(&lower_since));
    let none_between =
        [("2024-01-05", "self", Some(10)), ("2025-01-05", "self", None), ("2026-01-05", "self", Some(14))];
    assert!(rose(&none_between));
}

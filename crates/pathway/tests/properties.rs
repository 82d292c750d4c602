//! What must hold for every chronology and every rule of the national guidance.

mod common;

use std::sync::LazyLock;

use common::{Child, day, national};
use jiff::ToSpan;
use kinfold_guidance::By;
use kinfold_pathway::{Rules, State, duties, history, working_lines};
use kinfold_record::{Chronology, Timeline};
use proptest::prelude::*;
use serde_json::{Value, json};

static RULES: LazyLock<Rules> = LazyLock::new(national);

fn event() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => any::<bool>().prop_map(|seen| json!({"kind": "visit", "seen": seen})),
        2 => Just(json!({"kind": "review_held", "review": "looked_after"})),
        1 => Just(json!({"kind": "review_output", "output": "decisions"})),
        2 => prop::sample::select(vec!["U6", "U1", "K2", "P1", "A3", "H5", "R5", "T3"])
            .prop_map(|code| json!({"kind": "placement_started", "placement_type": code})),
        1 => prop::sample::select(vec!["in_area", "adjoining", "distant"])
            .prop_map(|l| json!({"kind": "placement_started", "placement_type": "U6", "location": l, "to_eighteen": true})),
        1 => prop::sample::select(vec!["temporary_approval", "with_parents_early", "short_break", "remand"])
            .prop_map(|b| json!({"kind": "placement_started", "placement_type": "Q1", "basis": b})),
        1 => any::<bool>().prop_map(|b| json!({"kind": "placement_terms_changed", "long_term_fostering": b, "fewer_visits_agreed": b})),
        2 => prop::sample::select(vec!["V2", "C1", "C2", "V4", "V3", "J1", "L1"])
            .prop_map(|code| json!({"kind": "legal_status_changed", "legal_status": code})),
        1 => Just(json!({"kind": "care_ceased", "reason": "E4A"})),
        1 => prop::sample::select(vec!["V2", "V3", "C1"]).prop_map(|code| json!({"kind": "care_started", "legal_status": code})),
        1 => Just(json!({"kind": "health_assessment", "assessment": "initial", "practitioner": "doctor"})),
        1 => Just(json!({"kind": "health_assessment", "assessment": "review"})),
        1 => Just(json!({"kind": "went_missing", "category": "M"})),
        1 => Just(json!({"kind": "found"})),
        1 => Just(json!({"kind": "return_interview", "outcome": "held"})),
        1 => Just(json!({"kind": "education_plan", "stage": "reviewed"})),
        1 => Just(json!({"kind": "plan_made", "plan": "care_plan"})),
        1 => Just(json!({"kind": "needs_assessed"})),
        1 => Just(json!({"kind": "proceedings_issued"})),
        1 => any::<bool>().prop_map(|b| json!({"kind": "leaver_moved", "accommodation": "B2", "provided_by_authority": b})),
    ]
}

prop_compose! {
    fn child()(
        age in 0i32..21,
        events in prop::collection::vec((0i32..900, event()), 0..50),
    ) -> Child {
        let first = day("2024-06-03");
        let born = first.saturating_sub((age * 12 + 2).months());
        let mut child = Child::born(&born.to_string());
        child.care("2024-06-03");
        child.home("2024-06-03");
        for (days, event) in events {
            child.add(&first.saturating_add(days.days()).to_string(), event);
        }
        child
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn the_same_entries_in_any_order_give_the_same_duties(child in child(), after in 0i32..900, seed in any::<u64>()) {
        let on = day("2024-06-03").saturating_add(after.days());
        let mut shuffled = child.entries.clone();
        let n = shuffled.len();
        let mut state = seed;
        for i in (1..n).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(i, (state >> 33) as usize % (i + 1));
        }
        let other = Timeline::fold(&Chronology::new(child.id, shuffled).unwrap(), None);
        let found = duties(&child.timeline(), &RULES, on);
        prop_assert_eq!(&found, &duties(&other, &RULES, on));
        prop_assert_eq!(&found, &duties(&child.timeline(), &RULES, on));
    }

    #[test]
    fn every_duty_cites_its_law_and_its_sum_comes_to_its_date(child in child(), after in 0i32..900) {
        let on = day("2024-06-03").saturating_add(after.days());
        for duty in history(&child.timeline(), &RULES, on) {
            let rule = RULES.rule_of(&duty).unwrap();
            prop_assert!(!rule.source.cite.is_empty());
            let at = usize::from(duty.working.alternative);
            let due = if duty.working.ordinal == 0 { &rule.due[at] } else { &rule.then[at].due };
            if let By::Within { period, inclusive } = &due.by && duty.due_at.is_none() {
                prop_assert_eq!(RULES.add(duty.working.from, *period, *inclusive), duty.working.uncapped, "{}", rule.id);
            }
            prop_assert!(duty.due_on == duty.working.uncapped || duty.working.cap.is_some());
            prop_assert!(duty.due_on <= duty.working.uncapped);
            prop_assert!(working_lines(&duty, &RULES).len() >= 2, "{}", rule.id);
            if !due.before && !matches!(due.by, By::Field(_) | By::Birthday(_)) {
                prop_assert!(duty.due_on >= duty.working.from, "{} is due before it starts", rule.id);
            }
            prop_assert!(duty.working.from <= on);
        }
    }

    #[test]
    fn the_short_answer_agrees_with_the_whole_history(child in child(), after in 0i32..900) {
        let on = day("2024-06-03").saturating_add(after.days());
        let timeline = child.timeline();
        let all = history(&timeline, &RULES, on);
        let short = duties(&timeline, &RULES, on);
        let mut open: Vec<_> = all.iter().filter(|d| d.state == State::Open).collect();
        let mut found: Vec<_> = short.duties.iter().filter(|d| d.state == State::Open).collect();
        let key = |d: &&kinfold_pathway::Duty| (d.rule.clone(), d.version, d.occurrence);
        open.sort_by_key(key);
        found.sort_by_key(key);
        prop_assert_eq!(found, open);
        for duty in short.duties.iter().filter(|d| d.state != State::Open) {
            prop_assert!(all.contains(duty), "{:?}", duty);
        }
    }

    #[test]
    fn no_two_duties_of_a_rule_are_the_same_occasion(child in child(), after in 0i32..900) {
        let on = day("2024-06-03").saturating_add(after.days());
        let all = history(&child.timeline(), &RULES, on);
        let mut keys: Vec<_> = all.iter().map(|d| (&d.rule, d.version, d.occurrence)).collect();
        keys.sort();
        for pair in keys.windows(2) {
            prop_assert_ne!(pair[0], pair[1]);
        }
    }

    #[test]
    fn nothing_changes_before_the_day_that_says_so(child in child(), after in 0i32..900) {
        let on = day("2024-06-03").saturating_add(after.days());
        let timeline = child.timeline();
        let today = duties(&timeline, &RULES, on);
        let last = on.saturating_add(400.days());
        let until = today.next_change.map_or(last, |d| d.yesterday().unwrap().min(last));
        for later in [on.saturating_add(1.day()).min(until), on.saturating_add(((until - on).get_days() / 2).days()), until] {
            if later > on {
                prop_assert_eq!(&duties(&timeline, &RULES, later).duties, &today.duties, "on {}", later);
            }
        }
    }

    #[test]
    fn duties_survive_storing(child in child()) {
        let found = duties(&child.timeline(), &RULES, day("2025-06-01"));
        let bytes = postcard::to_stdvec(&found).unwrap();
        let back: kinfold_pathway::Duties = postcard::from_bytes(&bytes).unwrap();
        prop_assert_eq!(&back, &found);
        let text = serde_json::to_string(&found).unwrap();
        let back: kinfold_pathway::Duties = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&back, &found);
    }
}

#[test]
fn correcting_the_day_of_an_entry_moves_its_duties() {
    let mut child = Child::born("2016-05-02");
    let wrong = child.care("2026-12-01");
    assert_eq!(child.open(&RULES, "review.first", "2026-12-05").unwrap().due_on, day("2026-12-31"));
    child.care("2026-12-24");
    child.entries.last_mut().unwrap().replaces = Some(wrong);
    assert!(child.open(&RULES, "review.first", "2026-12-05").is_none());
    assert_eq!(child.open(&RULES, "review.first", "2026-12-24").unwrap().due_on, day("2027-01-26"));
}

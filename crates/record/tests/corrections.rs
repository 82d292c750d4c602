//! What stands when entries correct each other, and what holds for every chronology.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should fail")]

mod support;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kinfold_record::{Chronology, ChronologyError, Entry, Event, Timeline};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::*;

const D: Date = date(2026, 3, 10);

fn visit(n: u32) -> Entry {
    entry(n, D, "visit", json!({"seen": true}))
}

fn again(n: u32, of: u32) -> Entry {
    correction(n, of, D, "visit", json!({"seen": true}))
}

fn withdrawal(n: u32, of: u32) -> Entry {
    correction(n, of, D, "withdrawn", json!({"reason": "Another child's"}))
}

fn standing(entries: Vec<Entry>) -> Vec<u32> {
    let c = chronology(entries);
    let mut out: Vec<_> =
        c.standing(None).iter().map(|e| u32::try_from(e.id.0.as_u128() - 0x1000).unwrap()).collect();
    out.sort_unstable();
    out
}

#[test]
fn a_correction_stands_in_place_of_what_it_corrects() {
    assert_eq!(standing(vec![visit(1), again(2, 1)]), [2]);
    assert_eq!(standing(vec![visit(1), again(2, 1), again(3, 2)]), [3]);
}

#[test]
fn of_two_corrections_of_one_entry_the_last_recorded_stands() {
    assert_eq!(standing(vec![visit(1), again(2, 1), again(3, 1)]), [3]);
    // Also when the first of them is itself corrected, before or after.
    assert_eq!(standing(vec![visit(1), again(2, 1), again(3, 1), again(4, 2)]), [4]);
    assert_eq!(standing(vec![visit(1), again(2, 1), again(3, 2), again(4, 1)]), [4]);
}

#[test]
fn withdrawing_a_correction_brings_nothing_back() {
    assert_eq!(standing(vec![visit(1), withdrawal(2, 1), visit(9)]), [9]);
    assert_eq!(standing(vec![visit(1), again(2, 1), withdrawal(3, 2)]), [0u32; 0]);
    // Recording it again does.
    assert_eq!(standing(vec![visit(1), again(2, 1), withdrawal(3, 2), again(4, 3)]), [4]);
}

#[test]
fn what_took_the_place_of_an_entry_can_be_named() {
    let c = chronology(vec![visit(1), again(2, 1), again(3, 1), visit(4)]);
    let replaced = c.replaced(None);
    assert_eq!(replaced.get(&id(1)), Some(&id(3)));
    assert_eq!(replaced.get(&id(2)), Some(&id(3)));
    assert_eq!(replaced.len(), 2);
    assert_eq!(c.replaced(Some(instant(2))).get(&id(1)), Some(&id(2)));
}

#[test]
fn a_chronology_that_cannot_be_one_is_refused_also_when_read_back() {
    let new = |entries| Chronology::new(CHILD, entries).unwrap_err();
    assert_eq!(new(vec![visit(1), visit(1)]), ChronologyError::Twice(id(1)));
    assert_eq!(new(vec![again(2, 1)]), ChronologyError::Dangling { entry: id(2), missing: id(1) });
    assert!(matches!(new(vec![again(1, 2), again(2, 1)]), ChronologyError::Circular(_)));
    let stranger = Entry { child: kinfold_record::ChildId(id(7).0), ..visit(1) };
    assert!(matches!(new(vec![stranger]), ChronologyError::Stranger { .. }));
    let twice = json!({"child": CHILD, "entries": [visit(1), visit(1)]});
    assert!(serde_json::from_value::<Chronology>(twice).is_err());
}

/// Kinds that change the timeline, with a choice of facts.
fn any_event() -> impl Strategy<Value = (&'static str, Value)> {
    let code = |codes: &'static [&'static str]| prop::sample::select(codes);
    prop_oneof![
        code(&["V2", "C1"]).prop_map(|c| ("care_started", json!({"legal_status": c}))),
        code(&["C2", "E1"]).prop_map(|c| ("legal_status_changed", json!({"legal_status": c}))),
        Just(("care_ceased", json!({"reason": "E8"}))),
        (code(&["U4", "U6", "K2", "T3"]), any::<bool>())
            .prop_map(|(c, same)| ("placement_started", json!({"placement_type": c, "same_carer": same}))),
        any::<bool>()
            .prop_map(|x| ("placement_terms_changed", json!({"long_term_fostering": x, "to_eighteen": !x}))),
        Just(("placement_ended", json!({}))),
        code(&["M", "A"]).prop_map(|c| ("went_missing", json!({"category": c}))),
        Just(("found", json!({}))),
        code(&["Ada", "Ben"])
            .prop_map(|n| ("circle_joined", json!({"role": "social_worker", "name": n, "key_worker": true}))),
        code(&["Ada", "Ben"]).prop_map(|n| ("circle_left", json!({"role": "social_worker", "name": n}))),
        any::<bool>().prop_map(|x| ("asylum_status", json!({"unaccompanied": x}))),
        Just(("liberty_order_started", json!({}))),
        Just(("liberty_order_ended", json!({}))),
        any::<bool>()
            .prop_map(|x| ("leaver_moved", json!({"accommodation": "U1", "provided_by_authority": x}))),
        Just(("identity_changed", json!({"date_of_birth": "2009-06-01"}))),
        Just(("died", json!({}))),
        Just(("withdrawn", json!({"reason": "Entered twice"}))),
        any::<bool>().prop_map(|x| ("visit", json!({"seen": x}))),
    ]
}

/// A few dozen entries in a few weeks around the eighteenth birthday, many on the same day, a third of them corrections.
fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
    let one = (any_event(), 0i64..25, prop::option::weighted(0.3, any::<prop::sample::Index>()));
    prop::collection::vec(one, 1..40).prop_map(|list| {
        let mut out = story(date(2008, 3, 20), &[]);
        for ((kind, fields), day, corrects) in list {
            let n = u32::try_from(out.len()).unwrap();
            let mut e = entry(n, D + day.days(), kind, fields);
            e.replaces = corrects.map(|i| i.get(&out).id);
            if e.replaces == Some(id(0)) || matches!(e.event, Event::Withdrawn { .. }) && e.replaces.is_none()
            {
                e.replaces = (n > 1).then(|| id(n - 1));
            }
            out.push(e);
        }
        out
    })
}

fn in_order<T>(spells: &[T], start: impl Fn(&T) -> Date, end: impl Fn(&T) -> Option<Date>) -> bool {
    spells.iter().all(|s| end(s).is_none_or(|end| start(s) <= end))
        && spells.windows(2).all(|w| end(&w[0]).is_some_and(|end| end <= start(&w[1])))
}

proptest! {
    #[test]
    fn the_fold_does_not_depend_on_the_order_entries_are_given_in(entries in any_entries(), seed: u64) {
        let mut shuffled = entries.clone();
        shuffled.sort_by_key(|e| (e.id.0.as_u128() as u64).wrapping_mul(seed | 1).rotate_left(17));
        prop_assert_eq!(fold(shuffled), fold(entries));
    }

    #[test]
    fn no_correction_removes_an_entry(entries in any_entries()) {
        let c = chronology(entries.clone());
        prop_assert_eq!(c.entries().len(), entries.len());
        // Every entry stands, is replaced, or is a withdrawal.
        let (standing, replaced) = (c.standing(None), c.replaced(None));
        for e in c.entries() {
            let stands = standing.iter().any(|s| s.id == e.id);
            let withdrawal = matches!(e.event, Event::Withdrawn { .. });
            prop_assert_eq!(stands, !replaced.contains_key(&e.id) && !withdrawal);
        }
    }

    #[test]
    fn what_was_known_then_is_what_was_recorded_by_then(entries in any_entries(), upto: prop::sample::Index) {
        let upto = instant(u32::try_from(upto.index(entries.len())).unwrap());
        let then: Vec<_> = entries.iter().filter(|e| e.recorded_at <= upto).cloned().collect();
        prop_assert_eq!(Timeline::fold(&chronology(entries), Some(upto)), fold(then));
    }

    #[test]
    fn what_holds_for_a_while_never_overlaps_itself(entries in any_entries()) {
        let t = fold(entries);
        prop_assert!(in_order(&t.care, |p| p.start, |p| p.end), "{:?}", t.care);
        prop_assert!(in_order(&t.statuses, |p| p.start, |p| p.end), "{:?}", t.statuses);
        prop_assert!(in_order(&t.placements, |p| p.start, |p| p.end), "{:?}", t.placements);
        prop_assert!(in_order(&t.missing, |p| p.start, |p| p.end), "{:?}", t.missing);
        for kind in t.spells.iter().map(|s| s.kind) {
            let same: Vec<_> = t.spells.iter().filter(|s| s.kind == kind).collect();
            prop_assert!(in_order(&same, |s| s.start, |s| s.end), "{:?}", same);
        }
        prop_assert!(t.happenings.is_sorted_by_key(|h| h.on));
        let last_day = t.birthday(18).into_iter().chain(t.died).min();
        for p in t.care.iter().filter(|p| p.start < last_day.unwrap()) {
            prop_assert!(p.end.is_some_and(|end| Some(end) <= last_day));
        }
        for day in (0..30).map(|n| D + n.days()) {
            prop_assert!(t.circle_on(day).filter(|m| m.key_worker).count() <= 1);
        }
    }

    #[test]
    fn a_timeline_is_stored_and_read_back_unchanged(entries in any_entries()) {
        let c = chronology(entries);
        let t = Timeline::fold(&c, None);
        let json = serde_json::to_string(&t).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Timeline>(&json).unwrap(), &t);
        let bytes = postcard::to_stdvec(&t).unwrap();
        prop_assert_eq!(&postcard::from_bytes::<Timeline>(&bytes).unwrap(), &t);
        let json = serde_json::to_string(&c).unwrap();
        prop_assert_eq!(serde_json::from_str::<Chronology>(&json).unwrap(), c);
    }
}

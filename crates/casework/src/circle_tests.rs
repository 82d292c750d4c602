use jiff::civil::{Date, date};
use kinfold_record::{ChildId, EntryId, PeriodOfCare, Timeline};
use uuid::Uuid;

use super::*;

fn member(start: Date, end: Option<Date>) -> Membership {
    Membership {
        entry: EntryId(Uuid::nil()),
        person: Some(PersonId(Uuid::from_u128(1))),
        name: None,
        role: "social_worker".into(),
        key_worker: true,
        parental_responsibility: false,
        worker_id: None,
        start,
        end,
    }
}

fn timeline(care: &[(Date, Option<Date>)], workers: &[(Date, Option<Date>)]) -> Timeline {
    let chronology = kinfold_record::Chronology::new(ChildId(Uuid::nil()), Vec::new()).unwrap();
    let mut t = Timeline::fold(&chronology, None);
    t.care = care
        .iter()
        .map(|(start, end)| PeriodOfCare {
            entry: EntryId(Uuid::nil()),
            start: *start,
            end: *end,
            end_reason: None,
            category_of_need: None,
            planned: None,
        })
        .collect();
    t.circle = workers.iter().map(|(start, end)| member(*start, *end)).collect();
    t
}

const TODAY: Date = date(2026, 6, 1);

#[test]
fn a_worker_who_follows_without_a_gap_leaves_none() {
    let t = timeline(
        &[(date(2026, 1, 1), None)],
        &[(date(2025, 12, 1), Some(date(2026, 2, 1))), (date(2026, 2, 1), None)],
    );
    assert_eq!(gaps(&t, TODAY), []);
}

#[test]
fn every_time_without_a_key_worker_is_found() {
    let t = timeline(
        &[(date(2026, 1, 1), None)],
        &[(date(2026, 1, 10), Some(date(2026, 2, 1))), (date(2026, 3, 1), Some(date(2026, 5, 1)))],
    );
    assert_eq!(
        gaps(&t, TODAY),
        [
            Gap { from: date(2026, 1, 1), to: Some(date(2026, 1, 10)) },
            Gap { from: date(2026, 2, 1), to: Some(date(2026, 3, 1)) },
            Gap { from: date(2026, 5, 1), to: None },
        ]
    );
}

#[test]
fn time_out_of_care_needs_no_key_worker() {
    let t = timeline(
        &[(date(2026, 1, 1), Some(date(2026, 2, 1)))],
        &[(date(2026, 1, 1), Some(date(2026, 2, 1)))],
    );
    assert_eq!(gaps(&t, TODAY), []);
}

#[test]
fn ending_the_key_worker_in_the_past_is_noticed_though_another_works_today() {
    let care = [(date(2026, 1, 1), None)];
    let before = timeline(&care, &[(date(2026, 1, 1), Some(date(2026, 4, 1))), (date(2026, 4, 1), None)]);
    let after = timeline(&care, &[(date(2026, 1, 1), Some(date(2026, 3, 1))), (date(2026, 4, 1), None)]);
    let gap = loses_key_worker(&before, &after, TODAY).expect("a gap");
    assert_eq!((gap.from, gap.to), (date(2026, 3, 1), Some(date(2026, 4, 1))));
}

#[test]
fn a_child_who_comes_into_care_before_a_worker_is_named_is_not_refused() {
    let before = timeline(&[], &[]);
    let after = timeline(&[(date(2026, 5, 1), None)], &[]);
    assert_eq!(loses_key_worker(&before, &after, TODAY), None);
}

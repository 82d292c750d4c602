//! The forms that come with the program, filled in from one end to the other.
#![allow(clippy::unwrap_used, reason = "test helpers")]

mod support;

use kinfold_forms::{Answers, Facts, Severity, Sheet};
use kinfold_guidance::form::Section;
use proptest::prelude::*;
use support::{day, facts, fill_times, impossible, national, today};

/// A day of birth for each form, so that it is offered.
fn born(form: &kinfold_guidance::Form) -> jiff::civil::Date {
    ["2024-03-01", "2019-03-01", "2013-03-01", "2009-12-01"]
        .map(day)
        .into_iter()
        .find(|born| form.offered_if.as_ref().is_none_or(|_| offered(form, &facts(*born))))
        .unwrap_or_else(|| day("2013-03-01"))
}

fn offered(form: &kinfold_guidance::Form, facts: &Facts) -> bool {
    kinfold_forms::is_offered(form, facts, &national().codes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 12 } else { 60 }))]

    #[test]
    fn every_form_can_be_filled_in_and_becomes_entries_the_record_takes(seed in any::<u64>()) {
        for form in &national().forms.list {
            let born = born(form);
            let facts = facts(born);
            // None, one, two or three times round, where a section repeats.
            let times = |s: &Section| s.repeat.as_ref().map(|r| u8::try_from(seed % 4).unwrap().clamp(r.least, r.most));
            let answers = fill_times(form, &facts, seed, times);
            let sheet = Sheet::new(form, &answers, &facts, &national().codes);
            let errors: Vec<_> = sheet.check_all().into_iter().filter(|p| p.severity == Severity::Error).collect();
            prop_assert!(errors.is_empty(), "{}: {errors:?}", form.id);
            prop_assert!(sheet.is_ready(&[]), "{}", form.id);
            let entries = sheet.becomes("s1").unwrap();
            prop_assert!(!entries.is_empty() || form.becomes.is_empty(), "{}", form.id);
            let wrong = impossible(born, &entries);
            prop_assert!(wrong.is_empty(), "{}: {wrong:#?}", form.id);
            // The codes of an entry are codes of its lists.
            for entry in &entries {
                entry.event.strings(&mut |spec, text| {
                    if let kinfold_record::FieldKind::Code(list) | kinfold_record::FieldKind::Codes(list) = spec.kind {
                        let known = national().codes.list(list).is_some_and(|l| l.get(text).is_some());
                        assert!(known, "{}: {list} has no {text}", form.id);
                    }
                });
            }
        }
    }
}

#[test]
fn an_empty_form_says_what_is_missing_and_becomes_nothing_by_halves() {
    for form in &national().forms.list {
        let (answers, facts) = (Answers::default(), facts(born(form)));
        let sheet = Sheet::new(form, &answers, &facts, &national().codes);
        assert!(!sheet.is_ready(&[]), "{}", form.id);
        assert!(!sheet.check_all().is_empty(), "{}", form.id);
        // Entries without their date are refused with words, not made up.
        let _ = sheet.becomes("s1");
        assert_eq!(sheet.freeze(&[]).on, today());
    }
}

#[test]
fn reviews_are_offered_by_age() {
    let offered_at = |born: &str| -> Vec<String> {
        let facts = facts(day(born));
        let reviews = national().forms.offered(today()).into_iter().filter(|f| f.id.contains("review_"));
        reviews.filter(|f| offered(f, &facts)).map(|f| f.id.to_string()).collect()
    };
    assert_eq!(offered_at("2021-11-23"), ["health.review_under_5"]);
    assert_eq!(offered_at("2021-11-22"), ["health.review_5_to_9"]);
    assert_eq!(offered_at("2016-11-23"), ["health.review_5_to_9"]);
    assert_eq!(offered_at("2016-11-22"), ["health.review_10_and_over"]);
}

//! A survey is asked by the same engine as a form: page by page, with the same checks, and about nobody.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "test helpers")]

use kinfold_forms::{Answer, Answers, Facts, Key, Sheet};
use kinfold_guidance::Guidance;

#[test]
fn the_survey_of_schools_is_asked_a_section_at_a_time() {
    let guidance = Guidance::national().unwrap_or_else(|m| panic!("\n{m}"));
    let survey = guidance.surveys.version("schools.survey", 1).expect("the survey");
    let form = survey.as_form();
    let facts = Facts::on("2026-11-22".parse().unwrap());
    let mut answers = Answers::default();
    let sheet = Sheet::new(&form, &answers, &facts, &guidance.codes);
    assert_eq!(sheet.asked().count(), 12);
    let pages: Vec<usize> = form.sections.iter().map(|s| sheet.pages(s, 0).len()).collect();
    assert_eq!(pages, [1, 1, 1]);
    // The last question may be left out; the eleven of the source may not.
    assert_eq!(sheet.check_all().len(), 11);
    for question in survey.questions().filter(|q| q.required) {
        answers.set(Key::of(&question.id), Some(Answer::Choice("cannot_say".into())));
    }
    let sheet = Sheet::new(&form, &answers, &facts, &guidance.codes);
    assert_eq!(sheet.check_all(), []);
    // It becomes nothing in anybody's record, and nobody may start it as a form.
    assert_eq!(sheet.becomes("once").expect("nothing to become"), []);
    assert!(!form.may_start(&["social_worker", "administrator"]));
    let frozen = sheet.freeze(&[]);
    assert_eq!(frozen.sections.len(), 3);
}

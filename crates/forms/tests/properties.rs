//! Whatever is posted to whatever form: nothing breaks, nothing is lost, and what is not asked comes to nothing.
#![allow(clippy::unwrap_used, reason = "test helpers")]

mod support;

use kinfold_forms::posted::{self, Posted};
use kinfold_forms::{Answer, Answers, Facts, Frozen, Key, Sheet, Step};
use kinfold_guidance::form::{Form, Kind};
use proptest::prelude::*;
use support::{day, facts, fill, national, today};

const EVERYTHING: &str = include_str!("support/everything.toml");

fn forms() -> &'static [Form] {
    static ONCE: std::sync::OnceLock<Vec<Form>> = std::sync::OnceLock::new();
    ONCE.get_or_init(|| {
        let mut all = national().forms.list.clone();
        all.extend(support::with_forms(&[EVERYTHING]).forms.list);
        all
    })
}

/// What people type, and what others send.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("yes".to_owned()),
        Just("no".to_owned()),
        Just("other".to_owned()),
        "[0-9]{1,2}",
        Just("2026".to_owned()),
        Just("-9223372036854775808".to_owned()),
        Just("999999999.9999".to_owned()),
        Just("1e308".to_owned()),
        Just("NaN".to_owned()),
        Just("\u{0}".to_owned()),
        Just("\u{202E}gnp.exe".to_owned()),
        Just("<script>alert(1)</script>".to_owned()),
        Just("=HYPERLINK(\"x\")".to_owned()),
        Just("'; drop table entries; --".to_owned()),
        Just("رُوبِن".to_owned()),
        Just("x".repeat(25_000)),
        "\\PC{0,40}",
        "(?s).{0,40}",
    ]
}

/// Which question, which of its fields, what is typed there, and a number to choose by.
type Post = (usize, usize, String, usize);

/// A form, a day of birth, and posted fields: most of them named as the form names them, with codes it knows.
fn posts() -> impl Strategy<Value = (usize, i16, Vec<Post>)> {
    let one =
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), typed(), any::<prop::sample::Index>())
            .prop_map(|(a, b, text, c)| (a.index(1000), b.index(1000), text, c.index(1000)));
    (0..forms().len(), 2005_i16..2026, prop::collection::vec(one, 0..120))
}

fn answers_of(form: &Form, posts: &[Post]) -> Answers {
    let mut answers = Answers::default();
    let questions: Vec<_> =
        form.sections.iter().flat_map(|s| s.questions.iter().map(move |q| (s, q))).collect();
    for (n, part, text, dice) in posts {
        let (section, question) = questions[n % questions.len()];
        let time = u8::try_from(dice % 4).unwrap();
        answers.times.insert(section.id.clone(), u8::try_from(dice % 256).unwrap());
        let known: Vec<String> = match &question.kind {
            Kind::Choice(options) | Kind::Several(options) => {
                let may = kinfold_forms::words::options(options, &national().codes, today());
                may.into_iter().map(|(code, _)| code.to_string()).collect()
            }
            _ => vec!["yes".to_owned(), "2".to_owned(), "2025".to_owned()],
        };
        let value = |i: usize| {
            if i.is_multiple_of(3) { text.clone() } else { known[(dice + i) % known.len()].clone() }
        };
        let key = if section.repeat.is_some() { Key::at(&question.id, time) } else { Key::of(&question.id) };
        let answer = if let Kind::Table { columns, .. } = &question.kind {
            let posted: Posted = columns
                .iter()
                .flat_map(|c| posted::parts(c).into_iter().map(move |p| posted::field(&c.id, &p)))
                .enumerate()
                .map(|(i, name)| (name, value(part + i)))
                .collect();
            let mut rows = match answers.get(&key) {
                Some(Answer::Rows(rows)) => rows.clone(),
                _ => Vec::new(),
            };
            rows.push(posted::read_row(columns, &posted, today(), &|_| None));
            Some(Answer::Rows(rows))
        } else {
            let parts = posted::parts(question);
            let posted: Posted = parts
                .iter()
                .enumerate()
                .map(|(i, p)| (posted::field(&question.id, p), value(part + i)))
                .chain([(text.clone(), text.clone())])
                .collect();
            posted::read(question, &posted, today(), &|_| None)
        };
        answers.set(key, answer);
    }
    answers
}

/// Everything that is worked out from answers.
fn everything(form: &Form, answers: &Answers, facts: &Facts) -> (String, String, Frozen) {
    let sheet = Sheet::new(form, answers, facts, &national().codes);
    let problems = sheet.check_all();
    let tasks = sheet.tasks(&[]);
    for task in &tasks {
        for time in 0..answers.times(task.section) {
            for step in sheet.pages(task.section, time) {
                assert_eq!(step.to_string().parse::<Step>().unwrap(), step);
                assert!(
                    sheet.has_step(&step)
                        && sheet.has_step(&sheet.next(&step))
                        && sheet.has_step(&sheet.before(&step))
                );
            }
            let _ = (sheet.check_answers(task.section, time), sheet.resume(task.section));
        }
    }
    for (_, key, question) in sheet.asked() {
        let _ = (sheet.prefill(question), posted::values(question, answers.get(&key)));
    }
    (format!("{problems:?}{tasks:?}"), format!("{:?}", sheet.becomes("s1")), sheet.freeze(&[]))
}

/// The same answers without those to questions that are not asked.
fn only_asked(form: &Form, answers: &Answers, facts: &Facts) -> Answers {
    let sheet = Sheet::new(form, answers, facts, &national().codes);
    let mut kept = answers.clone();
    for (key, answer) in &answers.given {
        if !sheet.is_asked(key) {
            kept.given.remove(key);
        } else if let Answer::Rows(_) = answer {
            kept.given.insert(key.clone(), sheet.answer(key).cloned().unwrap_or_else(|| answer.clone()));
        }
    }
    kept
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn nothing_posted_breaks_anything((n, year, posts) in posts()) {
        let form = &forms()[n];
        let facts = facts(jiff::civil::Date::new(year, 2, 28).unwrap());
        let answers = answers_of(form, &posts);
        let (problems, entries, frozen) = everything(form, &answers, &facts);
        // The same again: nothing depends on chance.
        prop_assert_eq!(&everything(form, &answers, &facts), &(problems, entries, frozen.clone()));
        // Written and read back.
        let json = serde_json::to_string(&answers).unwrap();
        let back: Answers = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&back, &answers);
        prop_assert_eq!(serde_json::to_string(&back).unwrap(), json);
        let json = serde_json::to_string(&frozen).unwrap();
        prop_assert_eq!(serde_json::from_str::<Frozen>(&json).unwrap(), frozen);
    }

    #[test]
    fn what_is_not_asked_comes_to_nothing((n, year, posts) in posts(), seed in any::<u64>()) {
        let form = &forms()[n];
        let facts = facts(jiff::civil::Date::new(year, 2, 28).unwrap());
        // A complete form over which something else was typed reaches further than one that is nearly empty.
        let mut answers = fill(form, &facts, seed);
        answers.given.extend(answers_of(form, &posts).given);
        let (_, entries, frozen) = everything(form, &answers, &facts);
        let (_, entries_of_asked, frozen_of_asked) = everything(form, &only_asked(form, &answers, &facts), &facts);
        prop_assert_eq!(entries, entries_of_asked);
        prop_assert_eq!(frozen, frozen_of_asked);
    }

    #[test]
    fn nobody_reads_a_section_that_is_not_theirs(n in 0..forms().len(), seed in any::<u64>(), role in 0_usize..kinfold_guidance::ROLES.len()) {
        let form = &forms()[n];
        let facts = facts(day("2013-03-01"));
        let answers = fill(form, &facts, seed);
        let frozen = Sheet::new(form, &answers, &facts, &national().codes).freeze(&[]);
        let role = kinfold_guidance::ROLES[role];
        let read = frozen.for_reader(|s| s.may_read(&[role]));
        for section in &frozen.sections {
            let may = form.section(&section.id).unwrap().may_read(&[role]);
            prop_assert_eq!(read.sections.iter().any(|s| s.id == section.id), may);
        }
        for score in &read.scores {
            prop_assert!(score.sections.iter().all(|id| form.section(id).unwrap().may_read(&[role])));
        }
        prop_assert_eq!(read.sections.len() + read.withheld, frozen.sections.len());
    }
}

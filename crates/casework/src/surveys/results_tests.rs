//! What is hidden, and what is shown.

use super::*;

use jiff::civil::date;
use kinfold_forms::Answers;
use kinfold_guidance::Guidance;

const ON: Date = date(2026, 12, 1);

/// Read once: the property asks thousands of times.
fn guidance() -> &'static Guidance {
    static READ: std::sync::OnceLock<Guidance> = std::sync::OnceLock::new();
    READ.get_or_init(|| Guidance::national().unwrap())
}

/// So many answers of each kind to one question of the schools' survey.
fn given(counts: &[(&str, usize)]) -> Vec<Answers> {
    let one = |code: &str| {
        let mut answers = Answers::default();
        if !code.is_empty() {
            answers.set(Key::of("coordination"), Some(Answer::Choice(code.into())));
        }
        answers
    };
    counts.iter().flat_map(|(code, n)| std::iter::repeat_n(one(code), *n)).collect()
}

fn counted(counts: &[(&str, usize)]) -> (Results, Vec<(String, Option<u32>)>) {
    let guidance = guidance();
    let survey = guidance.surveys.on("schools.survey", ON).unwrap();
    let answers = given(counts);
    let results = results(survey, &answers.iter().collect::<Vec<_>>(), &guidance.codes, ON);
    let rows = match results.questions.first().map(|q| &q.counted) {
        Some(Counted::Choices(c)) => c.rows.iter().map(|r| (r.code.to_string(), r.count)).collect(),
        _ => Vec::new(),
    };
    (results, rows)
}

fn of(rows: &[(String, Option<u32>)], code: &str) -> Option<Option<u32>> {
    rows.iter().find(|(c, _)| c == code).map(|(_, n)| *n)
}

#[test]
fn too_few_answers_show_nothing() {
    let (results, _) = counted(&[("very", 5)]);
    assert!(!results.enough && results.questions.is_empty());
    assert!(counted(&[("very", 6)]).0.enough);
}

#[test]
fn a_small_number_is_hidden_and_so_is_what_would_give_it_away() {
    let (_, rows) = counted(&[("very", 20), ("fairly", 12), ("little", 3)]);
    assert_eq!(of(&rows, "very"), Some(Some(20)));
    assert_eq!(of(&rows, "little"), Some(None), "three are few");
    assert_eq!(of(&rows, "fairly"), Some(None), "35 less 20 would tell the three");
    assert_eq!(of(&rows, "not_at_all"), Some(Some(0)), "nobody is nobody");
}

#[test]
fn those_who_said_nothing_are_a_group_like_any_other() {
    let (_, rows) = counted(&[("very", 20), ("fairly", 12), ("", 2)]);
    assert_eq!(of(&rows, "no_answer"), Some(None));
    assert_eq!(of(&rows, "fairly"), Some(None), "it would tell the two");
    let (_, rows) = counted(&[("very", 20), ("fairly", 12)]);
    assert_eq!(of(&rows, "no_answer"), None, "everybody answered");
}

#[test]
fn shares_are_of_all_who_answered() {
    let (results, _) = counted(&[("very", 20), ("fairly", 10)]);
    let Some(Counted::Choices(choices)) = results.questions.first().map(|q| &q.counted) else {
        panic!("none")
    };
    let tenths: Vec<Option<i64>> = choices.rows.iter().take(2).map(|r| r.tenths).collect();
    assert_eq!(tenths, [Some(667), Some(333)]);
}

#[test]
fn what_can_be_added_and_taken_away_gives_no_small_number() {
    for (very, fairly, little) in
        (0..14).flat_map(|a| (0..14).flat_map(move |b| (0..9).map(move |c| (a, b, c))))
    {
        if very + fairly + little < 6 {
            continue;
        }
        let (_, rows) = counted(&[("very", very), ("fairly", fairly), ("little", little)]);
        let all = very + fairly + little;
        let hidden: Vec<usize> = [very, fairly, little]
            .into_iter()
            .zip(["very", "fairly", "little"])
            .filter(|(_, code)| of(&rows, code) == Some(None))
            .map(|(n, _)| n)
            .collect();
        let shown: usize = rows.iter().filter_map(|(_, n)| *n).map(|n| n as usize).sum();
        assert!(
            rows.iter().all(|(_, n)| n.is_none_or(|n| n == 0 || n >= 6)),
            "{very} {fairly} {little}: {rows:?}"
        );
        let left = all - shown;
        assert!(hidden.is_empty() || left >= 6, "{very} {fairly} {little}: the rest is {left}");
    }
}

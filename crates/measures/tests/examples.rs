//! The worked example of every definition comes out as its file says by hand.
#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it takes for granted")]

use kinfold_guidance::{Guidance, Layer};
use kinfold_measures::{check_examples, work};

#[test]
fn every_example_comes_out_as_it_was_worked_by_hand() {
    let guidance = Guidance::national().unwrap_or_else(|m| panic!("\n{m}"));
    let wrong: Vec<String> = check_examples(&guidance).iter().map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(guidance.measures.list.len() >= 28, "only {} measures", guidance.measures.list.len());
}

#[test]
fn an_example_that_says_something_else_is_a_mistake_with_its_place() {
    let mut guidance = Guidance::national().unwrap_or_else(|m| panic!("\n{m}"));
    let dental = guidance.measures.list.iter_mut().find(|m| m.id == "health.dental").expect("it is there");
    dental.example.value = "50.0".into();
    dental.example.numerator.pop();
    let found = check_examples(&guidance);
    let path = "measures/health.dental.toml";
    let file = Layer::national().files.into_iter().find(|f| f.path == path).expect("it is there");
    let above = file.text.lines().take_while(|line| *line != "[[example.child]]").count();
    let line = u32::try_from(above + 1).expect("a short file");
    let said: Vec<_> = found.iter().map(|m| (m.file.as_str(), m.line, m.message.as_str())).collect();
    assert_eq!(
        said,
        [
            (
                "guidance/measures/health.dental.toml",
                line,
                "the example's numerator is Rosa, Tess, the file says Rosa"
            ),
            (
                "guidance/measures/health.dental.toml",
                line,
                "the example's figure is 66.7, the file says 50.0"
            ),
        ]
    );
}

#[test]
fn every_example_has_somebody_who_is_counted() {
    let guidance = Guidance::national().unwrap_or_else(|m| panic!("\n{m}"));
    for measure in &guidance.measures.list {
        let outcome =
            work(measure, &guidance).unwrap_or_else(|(line, m)| panic!("{}:{line}: {m}", measure.id));
        assert!(!outcome.numerator.is_empty(), "{}: nobody meets the numerator", measure.id);
        assert_eq!(outcome.figure.children.len(), outcome.denominator.len(), "{}", measure.id);
    }
}

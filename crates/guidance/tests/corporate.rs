//! Frameworks, surveys and action plans that come with the program are read without a mistake.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "test helpers")]

use kinfold_guidance::Guidance;

#[test]
fn what_comes_with_the_program_is_read() {
    let guidance = Guidance::national().unwrap_or_else(|m| panic!("\n{m}"));
    let ids: Vec<&str> = guidance.frameworks.list.iter().map(|f| f.head.id.as_str()).collect();
    assert!(ids.contains(&"inspection.being_healthy"), "{ids:?}");
}

//! Frameworks, surveys, action plans and needs profiles that come with the program are read without a mistake, and so are the examples
//! in their manuals.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "test helpers")]

use kinfold_guidance::{Guidance, Layer, LayerName};

const FRAMEWORKS: &str = include_str!("../../../docs/reference/frameworks.md");
const SURVEYS: &str = include_str!("../../../docs/reference/surveys.md");
const PLANS: &str = include_str!("../../../docs/reference/action-plans.md");
const NEEDS: &str = include_str!("../../../docs/reference/needs.md");

fn example(manual: &str) -> &str {
    let start = manual.find("```toml\nid = ").expect("an example") + "```toml\n".len();
    &manual[start..start + manual[start..].find("```").expect("its end")]
}

#[test]
fn what_comes_with_the_program_is_in_the_manuals() {
    let guidance = Guidance::national().unwrap_or_else(|m| panic!("\n{m}"));
    let listed = |manual: &str| -> Vec<String> {
        let rows = manual.split("## What comes with the program").nth(1).expect("the list").lines();
        rows.filter_map(|row| row.strip_prefix("| `")?.split('`').next().map(str::to_owned)).collect()
    };
    let ids = |list: Vec<&kinfold_guidance::Head>| -> Vec<String> {
        list.iter().map(|h| h.id.to_string()).collect()
    };
    assert_eq!(listed(FRAMEWORKS), ids(guidance.frameworks.list.iter().map(|f| &f.head).collect()));
    assert_eq!(listed(SURVEYS), ids(guidance.surveys.list.iter().map(|s| &s.head).collect()));
    assert_eq!(listed(PLANS), ids(guidance.plans.list.iter().map(|p| &p.head).collect()));
    assert_eq!(listed(NEEDS), ids(guidance.needs.list.iter().map(|p| &p.head).collect()));
}

#[test]
fn the_examples_in_the_manuals_are_read() {
    let local = Layer::from_texts(
        LayerName::Local("fernshire".into()),
        [
            ("frameworks/local.welcome", FRAMEWORKS),
            ("surveys/local.suppers", SURVEYS),
            ("plans/local.suppers", PLANS),
            ("needs/local.suppers", NEEDS),
        ]
        .map(|(path, manual)| (format!("{path}.toml"), example(manual).to_owned())),
    );
    let guidance = Guidance::load(&[Layer::national(), local]).unwrap_or_else(|m| panic!("\n{m}"));
    let welcome = guidance.frameworks.version("local.welcome", 1).expect("the framework");
    assert_eq!(welcome.field("evening", "participation").count(), 1);
    let suppers = guidance.surveys.version("local.suppers", 1).expect("the survey");
    assert_eq!(suppers.as_form().sections[0].questions.len(), 2);
    let plan = guidance.plans.version("local.suppers", 1).expect("the plan");
    assert_eq!(plan.actions[0].due(), Some("2026-07-31".parse().unwrap()));
    let needs = guidance.needs.version("local.suppers", 1).expect("the profile");
    assert_eq!(needs.sections[0].figures[0].by, ["age", "area"]);
}

//! What papers that are published start from: what comes with the program is in the manual, its example is read, and
//! mistakes are found where they are.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "test helpers")]

use kinfold_guidance::outline::Draw;
use kinfold_guidance::{Guidance, Layer, LayerName, PaperKind};

const MANUAL: &str = include_str!("../../../docs/reference/outlines.md");

fn example() -> &'static str {
    let start = MANUAL.find("```toml\nid = ").expect("an example") + "```toml\n".len();
    &MANUAL[start..start + MANUAL[start..].find("```").expect("its end")]
}

fn with(text: &str) -> Result<Guidance, kinfold_guidance::Mistakes> {
    let name = LayerName::Local("fernshire".into());
    let layer = Layer::from_texts(name, [("outlines/local.schools.toml".to_owned(), text.to_owned())]);
    Guidance::load(&[Layer::national(), layer])
}

#[test]
fn what_comes_with_the_program_is_in_the_manual() {
    let guidance = Guidance::national().unwrap_or_else(|m| panic!("\n{m}"));
    let rows = MANUAL.split("## What comes with the program").nth(1).expect("the list").lines();
    let listed: Vec<&str> = rows.filter_map(|row| row.strip_prefix("| `")?.split('`').next()).collect();
    let ids: Vec<&str> = guidance.outlines.list.iter().map(|o| o.head.id.as_str()).collect();
    assert_eq!(listed, ids);
}

#[test]
fn every_reader_that_the_recommendation_names_has_a_report_held_against_what_it_names() {
    let guidance = Guidance::national().unwrap_or_else(|m| panic!("\n{m}"));
    let reports: Vec<_> =
        guidance.outlines.list.iter().filter(|o| o.kind == PaperKind::AnnualReport).collect();
    assert_eq!(reports.len(), 5);
    for report in reports {
        let draws: Vec<Draw> = report.sections.iter().flat_map(|s| s.draws.clone()).collect();
        assert!(draws.contains(&Draw::Voice), "{}: what children say", report.head.id);
        assert!(draws.contains(&Draw::Plans) || draws.contains(&Draw::Pledge), "{}", report.head.id);
        assert!(report.sections.iter().any(|s| !s.measures.is_empty()), "{}: indicators", report.head.id);
    }
    let pledge = guidance.outlines.version("corporate.pledge", 1).expect("the pledge");
    assert!(pledge.promises.len() >= 5 && pledge.promises.iter().any(|p| p.measure.is_some()));
}

#[test]
fn the_example_in_the_manual_is_read_and_a_mistake_is_found_where_it_is() {
    let guidance = with(example()).unwrap_or_else(|m| panic!("\n{m}"));
    let outline = guidance.outlines.version("local.schools", 1).expect("the outline");
    assert_eq!(
        (outline.sections[0].draws.as_slice(), outline.sections[0].measures.len()),
        (&[Draw::Voice][..], 1)
    );
    for (from, to, words) in [
        ("education.plan_reviewed", "education.plan", "there is no measure \"education.plan\""),
        ("\"voice\"", "\"voices\"", "nothing is drawn as \"voices\""),
        ("annual_report", "report", "kind"),
        ("annual_report", "needs_profile", "does not say which needs profile"),
        ("reader = ", "profile = \"joint.profile\"\nreader = ", "only a paper of the kind needs_profile"),
        (
            "kind = \"annual_report\"",
            "kind = \"needs_profile\"\nprofile = \"joint.profil\"",
            "there is no needs profile \"joint.profil\"",
        ),
        ("heading = ", "headings = ", "headings"),
    ] {
        let text = example().replacen(from, to, 1);
        assert_ne!(text, example(), "{from}");
        let mistakes = with(&text).expect_err(words).to_string();
        assert!(mistakes.contains(words) && mistakes.contains("local.schools.toml"), "{mistakes}");
    }
    let promise = "[[promise]]\ntext = \"We help.\"\nmeans = \"We do.\"\nmeasure = \"health.dental\"\n";
    let mistakes = with(&format!("{}\n{promise}", example())).expect_err("a promise").to_string();
    assert!(mistakes.contains("only a pledge has promises"), "{mistakes}");
    assert!(mistakes.contains("does not say which figure keeps it"), "{mistakes}");
}

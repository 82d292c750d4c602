//! Schedules of immunisations and growth references are read with the rest of the guidance, and a mistake in one stops
//! it like any other.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use kinfold_guidance::{Guidance, Layer, LayerName, SourceFile};

#[test]
fn the_national_schedule_is_there() {
    let guidance = Guidance::national().unwrap();
    let schedule = guidance.immunisation.last().unwrap();
    assert_eq!(schedule.id, "england");
    assert!(schedule.series.len() >= 10);
}

#[test]
fn a_mistake_in_a_councils_schedule_is_said_with_its_line() {
    let text = "id = \"x\"\ntitle = \"X\"\nfrom = 2026-01-01\nsource = \"S\"\nmissing_after = \"soon\"\n";
    let file = SourceFile { path: "immunisation/ours.toml".to_owned(), text: text.to_owned() };
    let local = Layer { name: LayerName::Local("ours".to_owned()), files: vec![file] };
    let mistakes = Guidance::load(&[Layer::national(), local]).unwrap_err().0;
    let found: Vec<_> = mistakes.iter().filter(|m| m.file.ends_with("immunisation/ours.toml")).collect();
    assert_eq!(found.len(), 2, "{mistakes:?}");
    assert!(found.iter().any(|m| m.line == 5 && m.message.contains("not a length of time")));
}

#[test]
fn an_authority_with_the_licence_lays_its_growth_reference_over_what_is_shipped() {
    use kinfold_health::growth::Part;
    assert_eq!(Guidance::national().unwrap().growth.parts(), [Part::WhoLying, Part::WhoStanding]);
    let local = |text: String| {
        let file = SourceFile { path: "growth/uk90.csv".to_owned(), text };
        Guidance::load(&[
            Layer::national(),
            Layer { name: LayerName::Local("ours".to_owned()), files: vec![file] },
        ])
    };
    let mut text = "part,sex,measure,age,l,m,s\n".to_owned();
    for sex in ["male", "female"] {
        for (measure, first, m) in [("weight", 23, 2.0), ("height", 25, 45.0), ("head", 23, 30.0)] {
            for week in first..=42 {
                text += &format!("uk90-preterm,{sex},{measure},{week},1,{m},0.1\n");
            }
        }
    }
    let loaded = local(text.clone()).unwrap().growth;
    assert_eq!(loaded.parts(), [Part::Uk90Preterm, Part::WhoLying, Part::WhoStanding]);
    let mistakes = local(text.replacen(",30,1,30,", ",30,1,300,", 1)).unwrap_err().0;
    assert_eq!((mistakes[0].file.as_str(), mistakes.len()), ("ours/growth/uk90.csv", 1));
    assert!(mistakes[0].message.contains("head circumference"), "{mistakes:?}");
}

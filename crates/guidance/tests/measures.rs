//! Mistakes in definitions of measures are found where they are, with a way out.
#![allow(clippy::expect_used, reason = "test helpers")]

use kinfold_guidance::{Guidance, Layer, LayerName, Mistakes};

const GOOD: &str = r#"id = "test.teeth"
version = 1
title = "Teeth"
question = "How many?"
why = "Because."
unit = "percent"
better = "up"
confidence = "B"
effective_from = 2015-04-01

[source]
cite = "A return"

[denominator]
cohort = "looked_after"
words = "children"
where = { age = { from = 5, under = 17 } }

[numerator]
words = "with teeth checked"
where = { happened = { event = "dental_check", within = "year" } }

[example]
working = "Amy was checked."
year = 2026
denominator = ["Amy"]
numerator = ["Amy"]
value = "100"

[[example.child]]
name = "Amy"
born = 2014-05-01
story = [
  "2024-01-10 care_started legal_status=C2",
  "2025-08-10 dental_check",
]
"#;

fn layer(path: &str, text: &str) -> Layer {
    let mut files: Vec<(String, String)> = Layer::national()
        .files
        .into_iter()
        .filter(|f| {
            !["rules", "forms", "frameworks", "outlines", "needs", "inspection"]
                .iter()
                .any(|start| f.path.starts_with(start))
                && (!f.path.starts_with("measures") || f.path.ends_with("cohorts.toml"))
        })
        .map(|f| (f.path, f.text))
        .collect();
    files.retain(|(p, _)| p != path);
    files.push((path.to_owned(), text.to_owned()));
    Layer::from_texts(LayerName::National, files)
}

fn read(text: &str) -> Result<Guidance, Mistakes> {
    Guidance::load(&[layer("measures/test.teeth.toml", text)])
}

/// Changes the good file and expects one of the mistakes on this line, with these words.
#[track_caller]
fn expect(from: &str, to: &str, line: u32, words: &[&str]) {
    assert!(GOOD.contains(from), "{from}");
    let found = read(&GOOD.replacen(from, to, 1)).expect_err("a mistake").0;
    let says = |m: &kinfold_guidance::Mistake| {
        let text = format!("{} {}", m.message, m.hint.clone().unwrap_or_default());
        m.file == "guidance/measures/test.teeth.toml"
            && m.line == line
            && words.iter().all(|w| text.contains(w))
    };
    assert!(found.iter().any(says), "no mistake on line {line} with {words:?} in {found:#?}");
}

#[test]
fn a_good_file_is_read() {
    let guidance = read(GOOD).unwrap_or_else(|m| panic!("\n{m}"));
    let measure = &guidance.measures.list[0];
    assert_eq!((measure.id.as_str(), measure.area(), measure.hash.len()), ("test.teeth", "test", 64));
    assert_eq!(measure.example.children[0].story.len(), 2);
}

#[test]
fn words_that_are_not_known_are_mistakes() {
    expect("better = \"up\"", "better = \"high\"", 7, &["`better` cannot be \"high\"", "up, down, neither"]);
    expect("why =", "wy =", 5, &["has no key `wy`", "why"]);
    expect("cohort = \"looked_after\"", "cohort = \"lookedafter\"", 15, &["no cohort", "looked_after"]);
    expect("age = {", "aged = {", 17, &["has no key `aged`", "age"]);
    expect("happened = {", "hapened = {", 21, &["has no key `hapened`", "happened"]);
    expect("event = \"dental_check\"", "event = \"dental\"", 21, &["`event` cannot be \"dental\""]);
    expect("within = \"year\"", "within = \"yeer\"", 21, &["`within` cannot be \"yeer\"", "year"]);
    expect("within = \"year\"", "within = \"3 hours\"", 21, &["hours or working days"]);
    expect("within = \"year\"", "within = \"year\", where = { seen = true }", 21, &["no field `seen`"]);
}

#[test]
fn what_makes_no_sense_is_a_mistake() {
    expect("under = 17", "under = 5", 17, &["no age is both"]);
    expect("{ from = 5, under = 17 }", "{ on = \"end\" }", 17, &["`from` or `under`"]);
    expect(
        "where = { happened = { event = \"dental_check\", within = \"year\" } }",
        "where = {}",
        21,
        &["nothing is asked"],
    );
    expect("unit = \"percent\"", "unit = \"mean\"", 21, &["a mean is of an amount"]);
    expect(
        "where = { happened = { event = \"dental_check\", within = \"year\" } }",
        "amount = { homes = { within = \"year\" } }",
        21,
        &["a percentage counts children"],
    );
    expect(
        "effective_from = 2015-04-01",
        "effective_from = 2015-04-01\neffective_to = 2014-01-01",
        10,
        &["ends before"],
    );
    expect(
        "id = \"test.teeth\"",
        "id = \"test.tooth\"",
        1,
        &["is called test.teeth.toml", "test.tooth.toml"],
    );
}

#[test]
fn an_example_is_checked_line_by_line() {
    expect("2025-08-10 dental_check", "dental_check", 35, &["does not start with a day"]);
    expect("2025-08-10 dental_check", "2025-08-10 dental_chek", 35, &["no kind of event", "dental_check"]);
    expect("legal_status=C2", "legal_status=C9", 34, &["\"C9\" is not a code of legal_status"]);
    expect("care_started legal_status=C2", "care_started", 34, &["needs `legal_status`"]);
    expect("numerator = [\"Amy\"]", "numerator = [\"Ann\"]", 27, &["no child called Ann", "Amy"]);
    expect("value = \"100\"", "value = \"all\"", 28, &["must be a number"]);
}

#[test]
fn two_versions_must_follow_each_other() {
    let mut national = layer("measures/test.teeth.toml", GOOD);
    let newer = GOOD.replace("version = 1", "version = 2").replace("2015-04-01", "2026-03-31");
    let mut files: Vec<(String, String)> = national.files.drain(..).map(|f| (f.path, f.text)).collect();
    files.push(("measures/test.teeth.v2.toml".to_owned(), newer));
    let both = |files: &[(String, String)]| {
        Guidance::load(&[Layer::from_texts(LayerName::National, files.iter().cloned())])
    };
    let found = both(&files).expect_err("the first has no end").0;
    assert!(found[0].message.contains("while version 1 still holds"), "{found:#?}");
    let first = files.iter_mut().find(|(p, _)| p == "measures/test.teeth.toml").expect("it is there");
    first.1 =
        GOOD.replace("effective_from = 2015-04-01", "effective_from = 2015-04-01\neffective_to = 2026-03-31");
    let guidance = both(&files).unwrap_or_else(|m| panic!("\n{m}"));
    let version =
        |on: &str| guidance.measures.on("test.teeth", on.parse().expect("a day")).map(|m| m.version);
    assert_eq!(
        (version("2026-03-30"), version("2026-03-31"), version("2015-03-31")),
        (Some(1), Some(2), None)
    );
}

#[test]
fn a_council_adds_measures_of_its_own_and_targets_for_national_ones() {
    let local = |files: &[(&str, &str)]| {
        let files = files.iter().map(|(p, t)| ((*p).to_owned(), (*t).to_owned()));
        let ours = Layer::from_texts(LayerName::Local("shire".into()), files);
        Guidance::load(&[layer("measures/test.teeth.toml", GOOD), ours])
    };
    let ours = GOOD.replace("id = \"test.teeth\"", "id = \"local.teeth\"");
    let figures = "[[target]]\nmeasure = \"test.teeth\"\nyear = 2026\nvalue = \"90\"\n";
    let guidance = local(&[("measures/local.teeth.toml", &ours), ("measures/figures.toml", figures)])
        .unwrap_or_else(|m| panic!("\n{m}"));
    let target = |year: i16| {
        let end = jiff::civil::date(year, 3, 31);
        guidance.measures.target("test.teeth", end).map(|t| t.value.to_string())
    };
    assert_eq!((target(2025), target(2026), target(2030)), (None, Some("90".into()), Some("90".into())));
    assert!(guidance.measures.list.iter().any(|m| m.id == "local.teeth" && m.area() == "teeth"));

    let found = local(&[("measures/test.teeth.toml", GOOD)]).expect_err("an id of ours").0;
    assert!(found.iter().any(|m| m.file == "shire/measures/test.teeth.toml" && m.message.contains("local.")));
    let unknown = figures.replace("test.teeth", "test.tooth");
    let found = local(&[("measures/figures.toml", &unknown)]).expect_err("no such measure").0;
    assert_eq!((found[0].file.as_str(), found[0].line), ("shire/measures/figures.toml", 2));
}

#[test]
fn splits_and_cohorts_are_checked() {
    let split = |text: &str| {
        let found = Guidance::load(&[layer("measures/splits.toml", text)]).expect_err("a mistake").0;
        found.iter().map(|m| format!("{}: {}", m.line, m.message)).collect::<Vec<_>>().join("; ")
    };
    let head = "[[split]]\nid = \"a\"\ntitle = \"A\"\n";
    let ages = format!(
        "{head}by = \"age\"\ngroup = [{{ title = \"x\", under = 5 }}, {{ title = \"y\", from = 4 }}]\n"
    );
    assert!(split(&ages).contains("5: these ages are in another group too"), "{}", split(&ages));
    let sex = format!("{head}by = \"sex\"\ngroup = [{{ title = \"x\", codes = [\"Q\"] }}]\n");
    assert!(split(&sex).contains("5: \"Q\" is not a code of sex"), "{}", split(&sex));
    assert!(split(&format!("{head}by = \"height\"\n")).contains("4: `by` cannot be \"height\""));
    let twice =
        "[[cohort]]\nid = \"a\"\ntitle = \"A\"\nsource = \"s\"\nwhere = { looked_after = \"at_end\" }\n"
            .repeat(2);
    let found = Guidance::load(&[layer("measures/cohorts.toml", &twice)]).expect_err("a mistake").0;
    assert!(found.iter().any(|m| m.line == 7 && m.message.contains("already")), "{found:#?}");
}

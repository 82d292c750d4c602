//! The forms that come with the program are read without a mistake, and mistakes in forms are found where they are,
//! with a way out.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "test helpers")]

use kinfold_guidance::form::{Expr, Kind, Name};
use kinfold_guidance::{ChangeKind, Guidance, Layer, LayerName, Mistake, Mistakes, forms_lock_file};

const GOOD: &str = r#"id = "test.good"
version = 1
title = "A good form"
why = "For tests."
strand = "health"
confidence = "M"
effective_from = 2020-01-01
starts = ["social_worker"]

[source]
cite = "Nothing"

[[section]]
id = "one"
title = "One"
fills = ["social_worker"]
reads = ["circle"]
sensitivity = "ordinary"

[[section.question]]
id = "mood"
kind = "choice"
label = "How are things?"
options = { good = "Good", low = "Low" }
analysis = { when = 'mood = "low"', label = "Why?" }

[[section.question]]
id = "on"
kind = "date"
label = "When?"

[[section.question]]
id = "more"
kind = "rich"
label = "More?"
show_if = 'mood = "low" and child.age >= 10'

[[section]]
id = "two"
title = "Two"
fills = ["designated_nurse"]
reads = ["social_worker"]
sensitivity = "health"
after = ["one"]

[[section.question]]
id = "kg"
kind = "number"
label = "Weight"
unit = "kg"
places = 1
least = 0.2
most = 350

[[section.question]]
id = "needs"
kind = "table"
label = "Needs"
row = "Need"
[[section.question.column]]
id = "need"
kind = "text"
label = "Need"

[[becomes]]
event = "growth_measured"
happened_on = 'on'
[becomes.fields]
weight_g = 'round(kg * 1000)'

[[becomes]]
event = "health_need"
for_each = "needs"
happened_on = 'on'
[becomes.fields]
need = 'reference(need)'
area = '"growth"'
text = 'row.need'
"#;

fn national_with(files: &[(&str, &str)]) -> Layer {
    let without = ["rules", "forms", "measures", "board", "frameworks", "outlines", "needs", "inspection"];
    let kept = |path: &str| !without.iter().any(|start| path.starts_with(start));
    let national = Layer::national().files.into_iter().filter(|f| kept(&f.path)).map(|f| (f.path, f.text));
    let ours = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    Layer::from_texts(LayerName::National, national.chain(ours))
}

fn read(text: &str) -> Result<Guidance, Mistakes> {
    Guidance::load(&[national_with(&[("forms/test.good.toml", text)])])
}

/// Where a text stands in the good form.
fn line_of(text: &str) -> u32 {
    let before = &GOOD[..GOOD.find(text).expect("in the good form")];
    u32::try_from(before.matches('\n').count() + 1).unwrap()
}

/// With something replaced, there is a mistake on that line that says these words.
#[track_caller]
fn expect(from: &str, to: &str, words: &[&str]) {
    let line = line_of(from);
    let found = read(&GOOD.replacen(from, to, 1)).expect_err("a mistake").0;
    let says = |m: &Mistake| {
        let text = format!("{} {}", m.message, m.hint.clone().unwrap_or_default());
        m.line == line && words.iter().all(|word| text.contains(word))
    };
    assert!(found.iter().any(says), "line {line}: {found:#?}");
}

#[test]
fn what_comes_with_the_program_is_read() {
    let guidance = Guidance::national().unwrap_or_else(|m| panic!("\n{m}"));
    let ids: Vec<&str> = guidance.forms.list.iter().map(|f| f.id.as_str()).collect();
    for id in [
        "health.initial_assessment",
        "health.review_under_5",
        "health.review_5_to_9",
        "health.review_10_and_over",
        "health.leaving_care",
        "health.assessment_request",
        "health.quality_check",
        "health.sdq",
        "health.consent",
        "health.carer_observation",
        "health.secure_entry",
        "health.out_of_area",
        "health.plan",
        "health.carers_views",
        "school.health_contribution",
    ] {
        assert!(ids.contains(&id), "{id} is not among {ids:?}");
    }
    assert!(guidance.forms.licensed.is_empty(), "licensed words do not come with the program");
}

#[test]
fn the_good_form_is_good() {
    let guidance = read(GOOD).unwrap_or_else(|m| panic!("\n{m}"));
    let form = &guidance.forms.list[0];
    // The analysis is a question of its own, on the page of the question it explains.
    let ids: Vec<_> = form.sections[0].questions.iter().map(|q| (q.id.as_str(), q.page.as_str())).collect();
    assert_eq!(ids, [("mood", "mood"), ("mood_analysis", "mood"), ("on", "on"), ("more", "more")]);
    let Some(Expr::All(parts)) = &form.sections[0].questions[3].show_if else { panic!("not read as `and`") };
    assert_eq!(parts.len(), 2);
    let Expr::Reference(word) = &form.becomes[1].fields[0].1 else { panic!("no reference") };
    assert_eq!(word, "need");
    assert_eq!(form.becomes[1].fields[2].1, Expr::Name(Name::Column("need".into())));
    // The options stay in the order of the file.
    let Kind::Choice(kinfold_guidance::form::Options::Own(own)) = &form.sections[0].questions[0].kind else {
        panic!("no options")
    };
    assert_eq!(own[0].0, "good");
}

#[test]
fn keys_and_names_are_known() {
    expect("title = \"A good form\"", "titel = \"A good form\"", &["no key `titel`", "title"]);
    expect(
        "starts = [\"social_worker\"]",
        "starts = [\"social_wroker\"]",
        &["social_wroker", "social_worker"],
    );
    expect("kind = \"choice\"", "kind = \"radio\"", &["cannot be \"radio\"", "choice"]);
    expect("sensitivity = \"health\"", "sensitivity = \"secret\"", &["secret"]);
    expect("after = [\"one\"]", "after = [\"three\"]", &["no section \"three\""]);
    expect("id = \"more\"", "id = \"mood\"", &["there twice"]);
    expect("id = \"more\"", "id = \"and\"", &["cannot have the id"]);
    expect("id = \"two\"", "id = \"check\"", &["cannot be called"]);
}

#[test]
fn conditions_look_at_what_comes_before() {
    expect("show_if = 'mood = \"low\"", "show_if = 'moud = \"low\"", &["no question \"moud\"", "mood"]);
    expect(
        "show_if = 'mood = \"low\"",
        "show_if = 'needs = \"low\"",
        &["no question \"needs\" comes before"],
    );
    expect("show_if = 'mood = \"low\"", "show_if = 'mood = \"bad\"", &["\"bad\" cannot be chosen"]);
    expect(
        "show_if = 'mood = \"low\" and child.age >= 10'",
        "show_if = 'mood'",
        &["must be a condition, not a code"],
    );
    expect("child.age >= 10", "child.aeg >= 10", &["child.aeg", "child.age"]);
    expect("child.age >= 10", "child.age >= \"ten\"", &["a number cannot be compared with a text"]);
    expect("child.age >= 10", "child.age >= ", &["something is missing"]);
    expect("child.age >= 10", "(child.age >= 10", &["there should be `)`"]);
    expect("child.age >= 10", "ago(child.age)", &["no `ago(…)`"]);
    expect("child.age >= 10", "mood in [\"low\", \"sad\"]", &["\"sad\" cannot be chosen"]);
    expect("child.age >= 10", "row.need = \"x\"", &["no row here"]);
    let deep = format!("show_if = '{}yes{}'", "(".repeat(5000), ")".repeat(5000));
    expect("show_if = 'mood = \"low\" and child.age >= 10'", &deep, &["too deep"]);
}

#[test]
fn columns_are_where_the_mistake_is() {
    let found = read(&GOOD.replace("child.age >= 10", "child.aeg >= 10")).expect_err("a mistake").0;
    let line = GOOD.lines().find(|l| l.contains("child.age")).unwrap();
    assert_eq!(found[0].column, u32::try_from(line.find("child.age").unwrap() + 1).unwrap(), "{found:?}");
}

#[test]
fn entries_are_checked_against_what_they_hold() {
    expect("event = \"growth_measured\"", "event = \"growth\"", &["cannot be \"growth\""]);
    expect("weight_g =", "weight =", &["no field `weight`", "weight_g"]);
    expect("'round(kg * 1000)'", "'mood'", &["takes a number, not a code"]);
    expect("area = '\"growth\"'", "area = '\"groth\"'", &["not a code of health_area", "growth"]);
    expect("area = '\"growth\"'", "area = 'mood'", &["cannot hold \"good\""]);
    expect("text = 'row.need'", "text = 'row.want'", &["no column \"want\""]);
    expect("for_each = \"needs\"", "for_each = \"need\"", &["neither a table nor a section"]);
    expect("happened_on = 'on'", "happened_on = 'mood'", &["not a date"]);
}

#[test]
fn a_required_field_is_named() {
    let found = read(&GOOD.replace("text = 'row.need'\n", "")).expect_err("a mistake");
    assert!(found.to_string().contains("health_need needs `text`"), "{found}");
}

#[test]
fn an_entry_is_not_read_by_more_people_than_its_answers() {
    let open = GOOD
        .replace("event = \"growth_measured\"", "event = \"growth_measured\"\nsensitivity = \"ordinary\"");
    let found = read(&open).expect_err("a mistake").to_string();
    assert!(found.contains("would be ordinary, but answers it comes from are health"), "{found}");
    let said = open.replace(
        "sensitivity = \"ordinary\"\nhappened",
        "sensitivity = \"ordinary\"\nopen_because = \"The carer needs it.\"\nhappened",
    );
    assert!(read(&said).is_ok());
    let compartment =
        GOOD.replace("event = \"growth_measured\"", "event = \"growth_measured\"\nsensitivity = \"therapy\"");
    assert!(read(&compartment).is_ok(), "a compartment is closer than health");
    let note = GOOD.replace(
        "[[becomes]]\nevent = \"growth_measured\"",
        "[[becomes]]\nevent = \"therapy_note\"\nsensitivity = \"health\"",
    );
    let found = read(&note.replace("weight_g = 'round(kg * 1000)'", "text = 'more'"))
        .expect_err("a mistake")
        .to_string();
    assert!(found.contains("is therapy, or restricted"), "{found}");
}

#[test]
fn limits_make_sense() {
    let found = read(&GOOD.replace("least = 0.2", "least = 400.5")).expect_err("a mistake").to_string();
    assert!(found.contains("these limits contradict each other"), "{found}");
    expect("least = 0.2", "least = 0.00001", &["at most four places"]);
    expect(
        "options = { good = \"Good\", low = \"Low\" }",
        "options = { good = \"Good\" }",
        &["1 options are no choice"],
    );
}

#[test]
fn versions_follow_each_other_and_published_ones_stay() {
    let second = GOOD.replace("version = 1", "version = 2");
    let both = |first: &str, second: &str| {
        Guidance::load(&[national_with(&[
            ("forms/test.good.toml", first),
            ("forms/test.good.v2.toml", second),
        ])])
    };
    let found = both(GOOD, &second).expect_err("both start that day").to_string();
    assert!(found.contains("while version 1 still holds"), "{found}");
    // A later version ends the one before it, which was published and cannot be edited any more.
    let first = GOOD.to_owned();
    let second = second.replace("effective_from = 2020-01-01", "effective_from = 2026-01-01");
    let guidance = both(&first, &second).unwrap_or_else(|m| panic!("\n{m}"));
    assert_eq!(guidance.forms.offered("2026-01-01".parse().unwrap()).len(), 1);
    let on = |day: &str| guidance.forms.on("test.good", day.parse().unwrap()).map(|f| f.version);
    assert_eq!([on("2019-12-31"), on("2025-12-31"), on("2026-01-01")], [None, Some(1), Some(2)]);
    let lock = forms_lock_file(&guidance.forms.list);
    let locked = |text: &str| {
        Guidance::load(&[national_with(&[
            ("forms/test.good.toml", &first),
            ("forms/test.good.v2.toml", text),
            ("forms.lock", &lock),
        ])])
    };
    assert!(locked(&second).is_ok());
    let found = locked(&second.replace("\"Weight\"", "\"Mass\"")).expect_err("changed").to_string();
    assert!(found.contains("test.good version 2 was changed after it was published"), "{found}");
}

#[test]
fn a_council_adds_forms_and_licensed_words() {
    let national = || national_with(&[("forms/test.good.toml", GOOD)]);
    let local = |files: &[(&str, &str)]| {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        Guidance::load(&[national(), Layer::from_texts(LayerName::Local("fernshire".into()), files)])
    };
    let ours = GOOD.replace("test.good", "local.good");
    let found = local(&[("forms/test.good.toml", GOOD)]).expect_err("not local").to_string();
    assert!(found.contains("must start with `local.`"), "{found}");
    let today = "2026-11-22".parse().unwrap();
    let guidance = local(&[("forms/local.good.toml", &ours)]).unwrap_or_else(|m| panic!("\n{m}"));
    assert_eq!(guidance.forms.offered(today).len(), 2);
    let instead = ours.replace(
        "[source]",
        "supersedes = \"test.good\"\nreason = \"Our panel\"\napproved_by = \"Panel\"\n[source]",
    );
    let guidance = local(&[("forms/local.good.toml", &instead)]).unwrap_or_else(|m| panic!("\n{m}"));
    let ids: Vec<&str> = guidance.forms.offered(today).iter().map(|f| f.id.as_str()).collect();
    assert_eq!(ids, ["local.good"]);

    let words = "licence = \"As agreed with its owner\"\n[items.all]\n1 = \"First\"\n[items.teacher]\n1 = \"First, at school\"\n\
                 [answers]\n0 = \"No\"\n1 = \"Yes\"\n";
    let guidance = local(&[("words/licensed/sample/en.toml", words)]).unwrap_or_else(|m| panic!("\n{m}"));
    let found = guidance.forms.licensed("sample", "en").expect("there");
    assert_eq!(found.item("teacher", "1"), Some("First, at school"));
    assert_eq!(found.item("self", "1"), Some("First"));
    assert_eq!(found.item("self", "2"), None);
    let polish = format!("called = [\"Polish\", \"Polski\"]\n{words}");
    let both = [("words/licensed/sample/en.toml", words), ("words/licensed/sample/pl.toml", polish.as_str())];
    let guidance = local(&both).unwrap_or_else(|m| panic!("\n{m}"));
    let called = |said: &str| guidance.forms.licensed_called("sample", said).map(|w| w.language.as_str());
    assert_eq!(["polski ", "PL", "English"].map(called), [Some("pl"), Some("pl"), Some("en")]);
    assert_eq!(
        (called("Klingon"), called("")),
        (None, None),
        "no words rather than those of another language"
    );
    let shipped = Guidance::load(&[national_with(&[("words/licensed/sample/en.toml", words)])]);
    assert!(shipped.expect_err("shipped").to_string().contains("do not come with the program"));
}

#[test]
fn the_example_in_the_manual_is_read() {
    let manual = include_str!("../../../docs/reference/forms.md");
    let start = manual.find("```toml\nid = ").expect("an example") + "```toml\n".len();
    let example = &manual[start..start + manual[start..].find("```").expect("its end")];
    let id = example.lines().next().unwrap().trim_start_matches("id = ").trim_matches('"').to_owned();
    let layer = Layer::from_texts(
        LayerName::Local("fernshire".into()),
        [(format!("forms/{id}.toml"), example.to_owned())],
    );
    let guidance = Guidance::load(&[Layer::national(), layer]).unwrap_or_else(|m| panic!("\n{m}"));
    assert!(guidance.forms.list.iter().any(|f| f.id == id));
}

#[test]
fn the_manual_names_every_kind_fact_and_function() {
    let manual = include_str!("../../../docs/reference/forms.md");
    for (name, _, title) in kinfold_guidance::form::FACTS {
        assert!(manual.contains(&format!("| `{name}` | {title}")), "{name}: {title}");
    }
    for kind in kinfold_guidance::form::KINDS {
        assert!(manual.contains(&format!("| `{kind}` |")), "{kind}");
    }
    for function in kinfold_guidance::form::FUNCTIONS {
        assert!(manual.contains(&format!("`{function}(")), "{function}");
    }
}

#[test]
fn a_comparison_says_which_question_came_and_went_and_who_reads_now() {
    let old = read(GOOD).unwrap();
    assert!(old.diff(&read(GOOD).unwrap()).is_empty(), "a form does not differ from itself");
    let second = GOOD
        .replace("version = 1", "version = 2")
        .replace("effective_from = 2020-01-01", "effective_from = 2027-01-01")
        .replace("label = \"When?\"", "label = \"On what day?\"\nrequired = false")
        .replace("reads = [\"circle\"]", "reads = [\"reviewing_officer\"]")
        .replace("id = \"more\"", "id = \"further\"")
        .replace("label = \"More?\"", "label = \"Further?\"")
        .replace("'\"growth\"'", "'\"safety\"'");
    let files = [("forms/test.good.toml", GOOD), ("forms/test.good.v2.toml", second.as_str())];
    let both = Guidance::load(&[national_with(&files)]).unwrap_or_else(|m| panic!("\n{m}"));
    let changes = old.diff(&both);
    let [change] = changes.as_slice() else { panic!("{changes:?}") };
    assert_eq!((change.kind, change.id.as_str()), (ChangeKind::NewVersion, "forms/test.good"));
    assert_eq!(change.version, Some(2));
    for line in [
        "in force: 2020-01-01 to further notice → 2027-01-01 to further notice",
        "section “One”, read by: circle → reviewing_officer",
        "question “On what day?”: it was asked as “When?”",
        "question “On what day?”: it may go unanswered now",
        "question “Further?” is new in “One”",
        "question “More?” goes",
        "what the answers become in the record differs",
    ] {
        assert!(change.lines.iter().any(|l| l == line), "{line}: {:#?}", change.lines);
    }
    assert_eq!(change.lines.len(), 7, "and nothing else: {:#?}", change.lines);
    // The same version with other content, and a form that is no longer there.
    let edited = old.diff(&read(&GOOD.replace("\"When?\"", "\"On what day?\"")).unwrap());
    assert_eq!((edited.len(), edited[0].kind), (1, ChangeKind::Changed));
    let gone = both.diff(&old);
    assert_eq!((gone.len(), gone[0].kind, gone[0].version), (1, ChangeKind::Removed, Some(2)));
    let words = "licence = \"Ours\"\n\n[items.all]\n1 = \"Considerate\"\n\n[answers]\n0 = \"No\"\n";
    let own = Layer::from_texts(
        LayerName::Local("fernshire".into()),
        [("words/licensed/sdq/en.toml".to_owned(), words.to_owned())],
    );
    let licensed =
        old.diff(&Guidance::load(&[national_with(&[("forms/test.good.toml", GOOD)]), own]).unwrap());
    assert_eq!(licensed[0].id, "words/licensed/sdq/en.toml", "{licensed:?}");
}

//! Mistakes in guidance files are found where they are, with a way out.
#![allow(clippy::expect_used, reason = "test helpers")]

use kinfold_guidance::{ChangeKind, Guidance, Layer, LayerName, Mistake, Mistakes, lock_file};

const GOOD: &str = r#"id = "test.visit"
version = 1
title = "A visit"
strand = "care"
why = "Because."
confidence = "A"
effective_from = 2011-04-01
owner = { role = "social_worker", fallback = "team_manager" }

[source]
cite = "A law"

[starts]
on = "placement"
while = { regime = "full" }

[due]
within = "1 week"

[[met_by]]
event = "visit"
where = { seen = true }
"#;

fn national_with(path: &str, text: &str) -> Vec<Layer> {
    let mut files: Vec<(String, String)> = Layer::national()
        .files
        .into_iter()
        .filter(|f| !["rules", "forms", "frameworks"].iter().any(|start| f.path.starts_with(start)))
        .map(|f| (f.path, f.text))
        .collect();
    files.push((path.to_owned(), text.to_owned()));
    vec![Layer::from_texts(LayerName::National, files)]
}

fn read(text: &str) -> Result<Guidance, Mistakes> {
    Guidance::load(&national_with("rules/test.visit.toml", text))
}

/// The only mistake in the text: its line, and message and hint together.
fn mistake(text: &str) -> (u32, String) {
    let found = read(text).expect_err("a mistake").0;
    assert_eq!(found.len(), 1, "{found:#?}");
    let m = &found[0];
    assert_eq!(m.file, "guidance/rules/test.visit.toml");
    (m.line, format!("{} {}", m.message, m.hint.clone().unwrap_or_default()))
}

#[track_caller]
fn expect(from: &str, to: &str, line: u32, words: &[&str]) {
    assert!(GOOD.contains(from), "{from}");
    let found = read(&GOOD.replace(from, to)).expect_err("a mistake").0;
    let says = |m: &Mistake| {
        let text = format!("{} {}", m.message, m.hint.clone().unwrap_or_default());
        m.line == line && words.iter().all(|word| text.contains(word))
    };
    assert!(found.iter().any(says), "nothing on line {line} says {words:?}: {found:#?}");
}

#[test]
fn the_good_rule_is_good() {
    let guidance = read(GOOD).unwrap_or_else(|m| panic!("\n{m}"));
    assert_eq!(guidance.rules[0].title, "A visit");
}

#[test]
fn unknown_keys_are_named_with_the_nearest_known_one() {
    expect("within =", "witin =", 18, &["witin", "within"]);
}

#[test]
fn unknown_events_fields_and_codes_are_named() {
    expect("event = \"visit\"", "event = \"visits\"", 21, &["visits", "Did you mean \"visit\""]);
    expect("where = { seen = true }", "where = { sean = true }", 22, &["visit has no field `sean`", "seen"]);
    expect(
        "where = { seen = true }",
        "where = { visitor = \"uncle\" }",
        22,
        &["\"uncle\" is not a code of visitor"],
    );
    expect("where = { seen = true }", "where = { seen = \"yes\" }", 22, &["true or false"]);
    expect("where = { seen = true }", "where = { text = \"x\" }", 22, &["free text"]);
    expect(
        "regime = \"full\"",
        "legal_status = [\"C2\", \"C9\"]",
        15,
        &["\"C9\" is not a code of legal_status"],
    );
}

#[test]
fn a_rule_without_its_law_is_refused() {
    expect("cite = \"A law\"", "url = \"https://example.org\"", 10, &["no `cite`"]);
    expect("[source]\ncite = \"A law\"\n\n", "", 1, &["no `source`"]);
}

#[test]
fn words_of_fixed_lists_are_checked() {
    expect("confidence = \"A\"", "confidence = \"C\"", 6, &["cannot be \"C\""]);
    expect("\"social_worker\"", "\"social_wroker\"", 8, &["no role", "social_worker"]);
    expect("\"1 week\"", "\"a week\"", 18, &["not a length of time"]);
    expect("on = \"placement\"", "on = \"placements\"", 14, &["placement"]);
    expect("2011-04-01", "2011-04-01\neffective_to = 2010-01-01", 8, &["ends before it begins"]);
    expect("id = \"test.visit\"", "id = \"Test Visit\"\n", 1, &["not an id"]);
}

#[test]
fn stages_that_cannot_be_reached_are_found() {
    expect(
        "[[met_by]]",
        "[[then]]\nwithin = \"6 weeks\"\n[[then]]\nwithin = \"3 months\"\n[[met_by]]",
        20,
        &["second [[then]] can never be reached"],
    );
}

#[test]
fn a_ladder_goes_up_in_time() {
    let text = format!(
        "{GOOD}[[ladder]]\nafter = \"5 days\"\nrole = \"team_manager\"\n[[ladder]]\nafter = \"2 days\"\nrole = \"director\"\n"
    );
    let (line, message) = mistake(&text);
    assert_eq!(line, 27);
    assert!(message.contains("not later"), "{message}");
}

#[test]
fn what_nothing_can_meet_is_refused() {
    expect("[[met_by]]\nevent = \"visit\"\nwhere = { seen = true }\n", "", 13, &["nothing can meet"]);
}

#[test]
fn text_that_is_not_toml_has_a_line() {
    let (line, message) = mistake(&GOOD.replace("[due]", "[due"));
    assert_eq!(line, 17, "{message}");
}

#[test]
fn the_file_is_called_after_the_rule() {
    let found = Guidance::load(&national_with("rules/other.toml", GOOD)).expect_err("a mistake").0;
    assert!(found[0].message.contains("is called other.toml"), "{}", found[0]);
}

#[test]
fn a_version_that_was_published_cannot_be_changed_or_lost() {
    let guidance = read(GOOD).unwrap();
    let lock = lock_file(&guidance.rules);
    let with_lock = |text: &str, lock: &str| {
        let mut layers = national_with("rules/test.visit.toml", text);
        layers[0]
            .files
            .push(kinfold_guidance::SourceFile { path: "rules.lock".into(), text: lock.to_owned() });
        Guidance::load(&layers)
    };
    assert!(with_lock(GOOD, &lock).is_ok());
    // Layout and comments are not content.
    assert!(with_lock(&GOOD.replace("[due]", "# how long\n[due]\n"), &lock).is_ok());
    let changed = with_lock(&GOOD.replace("1 week", "2 weeks"), &lock).expect_err("changed").0;
    assert!(changed[0].message.contains("changed after it was published"), "{}", changed[0]);
    let gone = with_lock(&GOOD.replace("test.visit", "test.visit2"), &lock).expect_err("gone").0;
    assert!(gone.iter().any(|m| m.message.contains("is gone")), "{gone:?}");
}

#[test]
fn versions_follow_each_other() {
    let second = GOOD.replace("version = 1", "version = 2").replace("1 week", "5 days");
    let load = |first: &str, second: &str| {
        let mut layers = national_with("rules/test.visit.toml", first);
        layers[0].files.push(kinfold_guidance::SourceFile {
            path: "rules/test.visit.v2.toml".into(),
            text: second.to_owned(),
        });
        Guidance::load(&layers)
    };
    let found = load(GOOD, &second).expect_err("they overlap").0;
    assert_eq!((found[0].file.as_str(), found[0].line), ("guidance/rules/test.visit.v2.toml", 7));
    let later = second.replace("2011-04-01", "2027-01-01");
    let both = load(GOOD, &later).unwrap_or_else(|m| panic!("\n{m}"));
    let old = read(GOOD).unwrap();
    let changes = old.diff(&both);
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].kind, ChangeKind::NewVersion);
    assert!(
        changes[0].lines.iter().any(|l| l == "due: within 1 week → within 5 days"),
        "{:?}",
        changes[0].lines
    );
}

#[test]
fn a_local_layer_replaces_only_openly() {
    let local = |text: &str, name: &str| {
        let mut layers = national_with("rules/test.visit.toml", GOOD);
        layers.push(Layer::from_texts(
            LayerName::Local("fernshire".into()),
            [(format!("rules/{name}.toml"), text.to_owned())],
        ));
        Guidance::load(&layers)
    };
    let silent = local(&GOOD.replace("1 week", "5 days"), "test.visit").expect_err("silent").0;
    assert!(silent.iter().any(|m| m.message.contains("must start with `local.`")), "{silent:?}");
    let text =
        GOOD.replace("test.visit", "local.visit").replace("owner =", "supersedes = \"test.visit\"\nowner =");
    let half = local(&text, "local.visit").expect_err("no reason").0;
    assert!(half[0].message.contains("go together"), "{}", half[0]);
    let text = text.replace("owner =", "reason = \"We promised\"\napproved_by = \"Director\"\nowner =");
    let both = local(&text, "local.visit").unwrap_or_else(|m| panic!("\n{m}"));
    assert_eq!(both.rules[0].origin.layer.to_string(), "local:fernshire");
    let changes = read(GOOD).unwrap().diff(&both);
    assert_eq!(changes[0].kind, ChangeKind::Supersedes);
    let unknown =
        local(&text.replace("\"test.visit\"", "\"test.visti\""), "local.visit").expect_err("unknown").0;
    assert!(unknown[0].hint.as_ref().is_some_and(|h| h.contains("test.visit")), "{}", unknown[0]);
}

#[test]
fn a_hand_off_says_by_when_it_is_expected() {
    let step =
        "[[handoffs]]\nstep = \"seen\"\ntitle = \"Seen\"\nowner = \"social_worker\"\nevent = \"visit\"\n";
    let (line, text) = mistake(&format!("{GOOD}{step}"));
    assert_eq!(line, 24);
    assert!(text.contains("can ever be stuck") && text.contains("before_due"), "{text}");
    let (line, text) =
        mistake(&format!("{GOOD}{step}within = \"5 working days\"\nbefore_due = \"1 week\"\n"));
    assert_eq!(line, 29);
    assert!(text.contains("not both"), "{text}");
    for day in ["within = \"5 working days\"", "before_due = \"1 week\"\ncite = \"A law\""] {
        read(&format!("{GOOD}{step}{day}\n")).unwrap_or_else(|m| panic!("\n{m}"));
    }
}

fn own_board(text: &str) -> Result<Guidance, Mistakes> {
    let own = Layer::from_texts(
        LayerName::Local("fernshire".to_owned()),
        [("board.toml".to_owned(), text.to_owned())],
    );
    Guidance::load(&[Layer::national(), own])
}

#[test]
fn a_council_lays_out_its_own_board_and_the_comparison_says_so() {
    let own = own_board("[[group]]\nid = \"reviews\"\ntitle = \"All reviews\"\nrules = [\"review.*\"]\n")
        .unwrap_or_else(|m| panic!("\n{m}"));
    assert_eq!(own.board.layer, LayerName::Local("fernshire".to_owned()));
    assert_eq!(own.board.groups.len(), 1);
    let national = Guidance::national().expect("guidance without mistakes");
    let change = national.diff(&own).into_iter().find(|c| c.id == "board.toml").expect("a change");
    assert_eq!((change.kind, &change.layer), (ChangeKind::Other, &own.board.layer));
    assert!(change.lines.iter().any(|l| l.contains("All reviews") && l.contains("new")), "{change:?}");
    assert!(change.lines.iter().any(|l| l.contains("First review") && l.contains("goes")), "{change:?}");
}

#[test]
fn mistakes_in_a_councils_board_are_found_where_they_are() {
    let good = "[[group]]\nid = \"reviews\"\ntitle = \"Reviews\"\nrules = [\"review.first\"]\n";
    let told = |text: String, line: u32, words: &str| {
        let found = own_board(&text).expect_err("a mistake").0;
        let says =
            |m: &Mistake| m.file == "fernshire/board.toml" && m.line == line && m.message.contains(words);
        assert!(found.iter().any(says), "nothing on line {line} says {words:?}: {found:#?}");
    };
    told(good.replace("review.first", "review.frist"), 4, "no rule \"review.frist\"");
    told(good.replace("review.first", "reviews.*"), 4, "no rule has an id like \"reviews.*\"");
    told(good.replace("\"review.first\"", ""), 4, "names no rule");
    told(good.replace("\"reviews\"", "\"All reviews\""), 2, "cannot stand in an address");
    told(good.replace("title", "titel"), 3, "no key `titel`");
    told(format!("{good}\n{good}"), 7, "there twice");
    told(format!("{good}\n{good}").replacen("reviews", "first", 1), 9, "named already");
    told("# Nothing yet\n".to_owned(), 1, "no [[group]]");
}

#[test]
fn a_test_of_a_number_says_one_thing_about_a_number() {
    let sdq = |test: &str| {
        GOOD.replace(
            "event = \"visit\"\nwhere = { seen = true }",
            &format!("event = \"sdq\"\nwhere = {{ {test} }}"),
        )
    };
    for good in [
        "total = { from = 17 }",
        "total = { from = 1, under = 9 }",
        "total = { rose_by = 4, of_same = [\"informant\"] }",
    ] {
        assert!(read(&sdq(good)).is_ok(), "{good}");
    }
    for (wrong, words) in [
        ("informant = { from = 1 }", "not a number"),
        ("total = { from = 1, rose_by = 4 }", "too little or too much"),
        ("total = { of_same = [\"informant\"] }", "too little or too much"),
        ("total = { from = 1, to = 9 }", "has no key `to`"),
        ("total = { rose_by = 4, of_same = [\"who\"] }", "has no field `who`"),
    ] {
        let (line, said) = mistake(&sdq(wrong));
        assert!(line == 22 && said.contains(words), "{wrong}: line {line}: {said}");
    }
}

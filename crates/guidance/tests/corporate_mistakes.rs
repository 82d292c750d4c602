//! Mistakes in frameworks, surveys and action plans are found where they are, with a way out; a council adds its own or
//! replaces one openly; a published version is never edited; and a comparison says what differs.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "test helpers")]

use std::sync::OnceLock;

use kinfold_guidance::{ChangeKind, Guidance, Layer, LayerName, Mistake, Mistakes, library_lock_file};

const FRAMEWORKS: &str = include_str!("../../../docs/reference/frameworks.md");
const SURVEYS: &str = include_str!("../../../docs/reference/surveys.md");
const PLANS: &str = include_str!("../../../docs/reference/action-plans.md");
const NEEDS: &str = include_str!("../../../docs/reference/needs.md");

/// The example in a manual.
fn example(manual: &str) -> &str {
    let start = manual.find("```toml\nid = ").expect("an example") + "```toml\n".len();
    &manual[start..start + manual[start..].find("```").expect("its end")]
}

/// The national layer without what these tests do not need, so that it is read quickly many times.
fn national() -> Layer {
    static SLIM: OnceLock<Layer> = OnceLock::new();
    SLIM.get_or_init(slim).clone()
}

fn slim() -> Layer {
    let one = "frameworks/inspection.being_healthy.toml";
    let all = Layer::national().files;
    let named: String =
        all.iter().filter(|f| f.path == one).map(|f| f.text.as_str()).chain([FRAMEWORKS]).collect();
    let kept = all.into_iter().filter(|f| {
        let id =
            f.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml").trim_end_matches(".v2");
        match f.path.split('/').next().unwrap_or_default() {
            "rules" => named.contains(&format!("list = \"{id}\"")),
            "measures" | "codes" | "calendar.toml" => true,
            _ => f.path == one,
        }
    });
    Layer::from_texts(LayerName::National, kept.map(|f| (f.path, f.text)))
}

fn load(files: &[(&str, &str)]) -> Result<Guidance, Mistakes> {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    Guidance::load(&[national(), Layer::from_texts(LayerName::Local("fernshire".into()), files)])
}

/// What a reading is refused for; a failure does not print everything that was read.
trait Refused {
    fn refused(self, because: &str) -> Mistakes;
}

impl Refused for Result<Guidance, Mistakes> {
    #[track_caller]
    fn refused(self, because: &str) -> Mistakes {
        match self {
            Ok(_) => panic!("read without a mistake: {because}"),
            Err(mistakes) => mistakes,
        }
    }
}

/// With something replaced, the file has a mistake on that line that says these words.
#[track_caller]
fn expect(path: &str, good: &str, from: &str, to: &str, words: &[&str]) {
    let at = good.find(from).unwrap_or_else(|| panic!("{from} is not there"));
    let line = u32::try_from(good[..at].matches('\n').count() + 1).unwrap();
    let found = load(&[(path, &good.replacen(from, to, 1))]).refused("a mistake").0;
    let says = |m: &Mistake| {
        let text = format!("{} {}", m.message, m.hint.clone().unwrap_or_default());
        m.file == format!("fernshire/{path}")
            && m.line == line
            && words.iter().all(|word| text.contains(word))
    };
    assert!(found.iter().any(says), "nothing on line {line} says {words:?}: {found:#?}");
}

#[test]
fn mistakes_in_a_framework_are_found_where_they_are() {
    let good = example(FRAMEWORKS);
    let wrong = |from: &str, to: &str, words: &[&str]| {
        expect("frameworks/local.welcome.toml", good, from, to, words);
    };
    wrong("part_word = ", "part_wrod = ", &["no key `part_wrod`", "part_word"]);
    wrong("id = \"local.welcome\"", "id = \"Welcome\"", &["not an id"]);
    wrong("id = \"local.welcome\"", "id = \"local.wellcome\"", &["is called local.welcome.toml"]);
    wrong("confidence = \"M\"", "confidence = \"Z\"", &["cannot be \"Z\""]);
    wrong("colour = \"green\"", "colour = \"gren\"", &["cannot be \"gren\"", "green"]);
    wrong(
        "title = \"Green\"",
        "title = \"Red\"",
        &["two levels are called \"Red\"", "colour is only a help"],
    );
    wrong("code = \"green\"", "code = \"red\"", &["there twice"]);
    wrong("kind = \"standard\"", "kind = \"standart\"", &["cannot be \"standart\"", "standard"]);
    wrong("aspect = \"policy\"", "aspect = \"polcy\"", &["no aspect \"polcy\"", "policy"]);
    wrong("id = \"evening_heard\"", "id = \"evening_policy\"", &["there twice"]);
    wrong("id = \"evening_heard\"", "id = \"Evening heard\"", &["cannot be \"Evening heard\""]);
    wrong(
        "measure = \"stability.homes\"",
        "measure = \"stability.homse\"",
        &["no measure", "stability.homes"],
    );
    wrong("list = \"plan.placement_plan\"", "list = \"plan.placement\"", &["no rule \"plan.placement\""]);
    wrong("{ document = \"Welcome book of the home\" }", "{ of = \"carers\" }", &["`quotation`"]);
    wrong("of = \"children\"", "of = \"childern\"", &["cannot be \"childern\"", "children"]);
    wrong("why = ", "effective_to = 2026-01-01\nwhy = ", &["ends before it begins"]);
}

#[test]
fn what_is_absent_is_said_at_the_table() {
    let good = example(FRAMEWORKS);
    let path = "frameworks/local.welcome.toml";
    let told = |from: &str, to: &str, words: &str| {
        let found = load(&[(path, &good.replacen(from, to, 1))]).refused("a mistake").to_string();
        assert!(found.contains(words), "{found}");
    };
    // An item of the source says where it stands there; one of our own does not pretend to.
    told("number = \"1.1\"\n", "", "an item of the source says where it stands there");
    told("ours = true\ntext", "ours = true\nplace = \"page 3\"\ntext", "an item of our own has no place");
    // A profile has no empty field.
    told(
        "aspect = \"participation\"",
        "aspect = \"policy\"",
        "nothing in \"evening\" stands under the aspect \"participation\"",
    );
    told("[source]\ncite = \"Our children in care council, 3 March 2026\"\n", "", "has no `source`");
    told(
        "[[scale.level]]\ncode = \"green\"\ntitle = \"Green\"\nmeans = \"For nearly every child.\"\ncolour = \"green\"\n",
        "",
        "a scale of 1 levels cannot be used",
    );
    let no_parts = &good[..good.find("[[part]]").unwrap()];
    let found = load(&[(path, no_parts)]).refused("no parts").to_string();
    assert!(found.contains("the framework has no part"), "{found}");
    let long = good.replacen("The first evening in a new home", &"long ".repeat(1000), 1);
    let found = load(&[(path, &long)]).refused("too long").to_string();
    assert!(found.contains("characters long"), "{found}");
}

#[test]
fn mistakes_in_a_survey_are_found_where_they_are() {
    let good = example(SURVEYS);
    let wrong = |from: &str, to: &str, words: &[&str]| {
        expect("surveys/local.suppers.toml", good, from, to, words);
    };
    wrong("anonymous = true", "anonymous = \"yes\"", &["true or false"]);
    wrong(
        "anonymous = true",
        "least = 2\nanonymous = true",
        &["cannot be shown from 2", "nobody can be told"],
    );
    wrong("kind = \"rich\"", "kind = \"person\"", &["cannot ask for a person"]);
    wrong("id = \"why_not\"", "id = \"together\"", &["there twice"]);
    wrong("id = \"suppers\"", "id = \"The suppers\"", &["cannot be"]);
    wrong("show_if = 'together < 3'", "show_if = 'togehter < 3'", &["no question \"togehter\"", "together"]);
    let with = |from: &str, to: &str| {
        load(&[("surveys/local.suppers.toml", &good.replacen(from, to, 1))]).refused("a mistake").to_string()
    };
    // There is no child whose age could be asked about.
    let found = with("show_if = 'together < 3'", "show_if = 'child.age < 3'");
    assert!(found.contains("a survey is about no child"), "{found}");
    let found = with("required = false", "required = false\nprefill = 'child.first_language'");
    assert!(found.contains("has no `prefill`"), "{found}");
}

#[test]
fn mistakes_in_a_needs_profile_are_found_where_they_are() {
    let good = example(NEEDS);
    let wrong = |from: &str, to: &str, words: &[&str]| {
        expect("needs/local.suppers.toml", good, from, to, words);
    };
    wrong("\"children.looked_after\"", "\"children.looked_ater\"", &["no measure", "children.looked_after"]);
    wrong("\"area\"]", "\"aera\"]", &["no split \"aera\"", "area"]);
    wrong("[\"help_now\"", "[\"help_nwo\"", &["help_nwo", "help_now"]);
    wrong("limits = [\"Children", "limit = [\"Children", &["limit"]);
    let bare = &good[..good.find("[[section]]").unwrap()];
    let found = load(&[("needs/local.suppers.toml", bare)]).refused("no sections").to_string();
    assert!(found.contains("the profile has no section"), "{found}");
}

#[test]
fn mistakes_in_a_plan_are_found_where_they_are() {
    let good = example(PLANS);
    let wrong = |from: &str, to: &str, words: &[&str]| {
        expect("plans/local.suppers.toml", good, from, to, words);
    };
    wrong("status = \"under_way\"", "status = \"late\"", &["cannot be \"late\"", "under_way"]);
    wrong(
        "lead_role = \"head_of_service\"",
        "lead_role = \"head_of_servise\"",
        &["no role", "head_of_service"],
    );
    wrong("on = 2026-07-31", "on = \"in July\"", &["must be a date"]);
    wrong("reports_every = \"6 months\"", "reports_every = \"now and then\"", &["not a length of time"]);
    let found = load(&[(
        "plans/local.suppers.toml",
        &good.replacen("target = [{ words = \"July 2026\", on = 2026-07-31 }]\n", "", 1),
    )]);
    assert!(found.refused("no target").to_string().contains("does not say by when"));
    let second = &good[good.find("[[action]]").unwrap()..];
    let found =
        load(&[("plans/local.suppers.toml", &format!("{good}\n{second}"))]).refused("twice").to_string();
    assert!(found.contains("the action 1 is there twice"), "{found}");
}

const OWN: &str = "supersedes = \"inspection.being_healthy\"\nreason = \"Our partnership\"\napproved_by = \"Panel\"\npart_word";

#[test]
fn a_council_adds_its_own_and_replaces_one_openly() {
    let good = example(FRAMEWORKS);
    let path = "frameworks/local.welcome.toml";
    let today = "2026-11-22".parse().unwrap();
    let national = load(&[]).unwrap_or_else(|m| panic!("\n{m}"));
    let added = load(&[(path, good)]).unwrap_or_else(|m| panic!("\n{m}"));
    assert_eq!(added.frameworks.offered(today).len(), national.frameworks.offered(today).len() + 1);
    let replacing = good.replacen("part_word", OWN, 1);
    let replaced = load(&[(path, &replacing)]).unwrap_or_else(|m| panic!("\n{m}"));
    let offered: Vec<&str> = replaced.frameworks.offered(today).iter().map(|f| f.head.id.as_str()).collect();
    assert!(
        offered.contains(&"local.welcome") && !offered.contains(&"inspection.being_healthy"),
        "{offered:?}"
    );
    // What was begun with the national one goes on with it.
    assert!(replaced.frameworks.version("inspection.being_healthy", 1).is_some());
    let silent = good.replacen("local.welcome", "inspection.being_healthy", 1);
    let found = load(&[("frameworks/inspection.being_healthy.toml", &silent)]).refused("silent").to_string();
    assert!(found.contains("must start with `local.`"), "{found}");
    expect(
        path,
        &replacing,
        "supersedes = \"inspection.being_healthy\"",
        "supersedes = \"inspection.healthy\"",
        &["no national framework", "inspection.being_healthy"],
    );
    let twice = replacing.replacen("local.welcome", "local.welcome_two", 1);
    let found = load(&[(path, &replacing), ("frameworks/local.welcome_two.toml", &twice)]).refused("twice");
    assert!(found.to_string().contains("is replaced by local.welcome already"), "{found}");
}

#[test]
fn a_published_version_is_never_edited() {
    let good = example(FRAMEWORKS);
    let path = "frameworks/local.welcome.toml";
    let guidance = load(&[(path, good)]).unwrap_or_else(|m| panic!("\n{m}"));
    let ours = || guidance.frameworks.list.iter().filter(|f| f.head.id == "local.welcome");
    let lock = library_lock_file(ours());
    assert!(load(&[(path, good), ("frameworks.lock", &lock)]).is_ok());
    let edited = good.replacen("For few children.", "For hardly any child.", 1);
    let found = load(&[(path, &edited), ("frameworks.lock", &lock)]).refused("edited").to_string();
    assert!(
        found.contains("fernshire/frameworks.lock:1") && found.contains("was changed after it was published"),
        "{found}"
    );
    let found = load(&[("frameworks.lock", &lock)]).refused("gone").to_string();
    assert!(found.contains("was published and is gone"), "{found}");
    // A comment or another layout is no change.
    assert!(load(&[(path, &format!("# Welcome\n{good}")), ("frameworks.lock", &lock)]).is_ok());
    // The next version takes its place from its first day.
    let second = edited.replacen("version = 1", "version = 2", 1).replacen("2026-04-01", "2027-01-01", 1);
    let both =
        load(&[(path, good), ("frameworks/local.welcome.v2.toml", &second), ("frameworks.lock", &lock)])
            .unwrap_or_else(|m| panic!("\n{m}"));
    let on = |day: &str| both.frameworks.on("local.welcome", day.parse().unwrap()).map(|f| f.head.version);
    assert_eq!([on("2026-03-31"), on("2026-12-31"), on("2027-01-01")], [None, Some(1), Some(2)]);
    let same_day = edited.replacen("version = 1", "version = 2", 1);
    let found = load(&[(path, good), ("frameworks/local.welcome.v2.toml", &same_day)]).refused("same day");
    assert!(found.to_string().contains("while version 1 still holds"), "{found}");
    // Surveys and plans have a lock of their own.
    for (folder, manual) in [("surveys", SURVEYS), ("plans", PLANS)] {
        let file = format!("{folder}/local.suppers.toml");
        let (name, text) = (format!("{folder}.lock"), example(manual));
        let guidance = load(&[(&file, text)]).unwrap_or_else(|m| panic!("\n{m}"));
        let lock = match folder {
            "surveys" => library_lock_file(guidance.surveys.version("local.suppers", 1)),
            _ => library_lock_file(guidance.plans.version("local.suppers", 1)),
        };
        assert!(load(&[(&file, text), (&name, &lock)]).is_ok(), "{folder}");
        let edited = text.replacen("uppers\"\nwhy", "upper\"\nwhy", 1);
        let found = load(&[(&file, &edited), (&name, &lock)]).refused("edited").to_string();
        assert!(found.contains("was changed after it was published"), "{found}");
    }
}

#[test]
fn a_comparison_says_what_differs() {
    let good = example(FRAMEWORKS);
    let path = "frameworks/local.welcome.toml";
    let national = load(&[]).unwrap_or_else(|m| panic!("\n{m}"));
    let one = load(&[(path, good)]).unwrap_or_else(|m| panic!("\n{m}"));
    let only = |old: &Guidance, new: &Guidance| {
        let changes = old.diff(new);
        assert_eq!(changes.len(), 1, "{changes:#?}");
        changes.into_iter().next().unwrap()
    };
    let added = only(&national, &one);
    assert_eq!((added.kind, added.id.as_str()), (ChangeKind::Added, "frameworks/local.welcome"));
    assert_eq!(only(&one, &national).kind, ChangeKind::Removed);
    let second = good
        .replacen("version = 1", "version = 2", 1)
        .replacen("2026-04-01", "2027-01-01", 1)
        .replacen("likes to eat before the child arrives", "likes to eat", 1);
    let both = load(&[(path, good), ("frameworks/local.welcome.v2.toml", &second)]).unwrap();
    let newer = only(&one, &both);
    assert_eq!((newer.kind, newer.version), (ChangeKind::NewVersion, Some(2)));
    assert!(
        newer.lines.iter().any(|l| l.starts_with("1.1: Every home knows") && l.contains(" → ")),
        "{newer:?}"
    );
    let replaced = load(&[(path, &good.replacen("part_word", OWN, 1))]).unwrap();
    assert_eq!(only(&national, &replaced).kind, ChangeKind::Supersedes);
    let survey = load(&[("surveys/local.suppers.toml", example(SURVEYS))]).unwrap();
    assert_eq!(only(&national, &survey).id, "surveys/local.suppers");
    let plan = load(&[("plans/local.suppers.toml", example(PLANS))]).unwrap();
    let done = example(PLANS).replacen("\"under_way\"", "\"done\"", 1);
    let done = load(&[("plans/local.suppers.toml", &done)]).unwrap();
    let changed = only(&plan, &done);
    assert_eq!((changed.kind, changed.lines), (ChangeKind::Changed, vec!["1: Under way → Done".to_owned()]));
}

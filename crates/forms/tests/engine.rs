//! A form with everything a form can ask, step by step.
#![allow(clippy::unwrap_used, clippy::panic, reason = "test helpers")]

mod support;

use std::sync::OnceLock;

use kinfold_forms::posted::{self, Posted};
use kinfold_forms::{
    Answer, Answers, Facts, Filled, Handed, Key, Row, Severity, Sheet, Step, TaskState, words::Shown,
};
use kinfold_guidance::{Form, Guidance};
use kinfold_record::{Event, Sensitivity};
use support::{day, facts, today, with_forms};

const TEXT: &str = include_str!("support/everything.toml");

fn guidance() -> &'static Guidance {
    static ONCE: OnceLock<Guidance> = OnceLock::new();
    ONCE.get_or_init(|| with_forms(&[TEXT]))
}

fn form() -> &'static Form {
    &guidance().forms.list[0]
}

fn teen() -> Facts {
    facts(day("2013-03-01"))
}

fn sheet<'a>(answers: &'a Answers, facts: &'a Facts) -> Sheet<'a> {
    Sheet::new(form(), answers, facts, &guidance().codes)
}

/// Reads what was typed for a question into the answers.
fn post(answers: &mut Answers, question: &str, fields: &[(&str, &str)]) {
    let (_, q) = form().question(question).unwrap();
    let posted: Posted = fields.iter().map(|(k, v)| (posted::field(question, k), *v)).collect();
    answers.set(Key::of(question), posted::read(q, &posted, today(), &|_| None));
}

fn row(pairs: &[(&str, Answer)]) -> Row {
    Row(pairs.iter().map(|(k, a)| ((*k).into(), a.clone())).collect())
}

fn complete() -> Answers {
    let mut a = Answers::default();
    post(&mut a, "line", &[("", "English")]);
    post(&mut a, "day", &[("day", "2"), ("month", "nov"), ("year", "2026")]);
    post(&mut a, "mood", &[("", "low")]);
    post(&mut a, "mood_analysis", &[("", "Three moves in one year.\r\nNobody stayed.")]);
    post(&mut a, "smokes", &[("", "yes")]);
    post(&mut a, "how_many", &[("", "5")]);
    post(&mut a, "scale", &[("", "4")]);
    post(&mut a, "words", &[("", "I miss my dog")]);
    post(&mut a, "items", &[("1", "2"), ("2", "0")]);
    post(&mut a, "signed", &[("", "Alex Moor")]);
    let needs = vec![
        row(&[
            ("need", Answer::Text("A dentist".into())),
            ("done", Answer::YesNo(true)),
            ("by", Answer::Date(day("2026-12-01"))),
        ]),
        row(&[
            ("need", Answer::Text("A dog".into())),
            ("done", Answer::YesNo(false)),
            ("why_not", Answer::Text("No pets".into())),
        ]),
    ];
    a.set(Key::of("needs"), Some(Answer::Rows(needs)));
    a
}

fn messages(answers: &Answers, question: &str) -> Vec<String> {
    let facts = teen();
    let all = sheet(answers, &facts).check_all();
    all.into_iter().filter(|p| p.key.question == question).map(|p| p.message).collect()
}

#[test]
fn a_complete_form_is_ready_and_becomes_entries() {
    let (answers, facts) = (complete(), teen());
    let sheet = sheet(&answers, &facts);
    let found: Vec<_> = sheet.check_all().into_iter().map(|p| (p.severity, p.message)).collect();
    assert_eq!(found, [(Severity::Advisory, "1 item has no answer".to_owned())]);
    assert!(sheet.is_ready(&[]));
    let entries = sheet.becomes("s1").unwrap();
    assert_eq!(entries.len(), 3);
    let Event::Note { text, .. } = &entries[0].event else { panic!() };
    assert_eq!(
        text,
        "A line\nEnglish\n\nHow are things?\nLow\n\nWhy do you think so?\nThree moves in one year.\nNobody stayed.\n\n\
         Smoking?\nYes\n\nHow many a day?\n5 a day\n\nSample\n6"
    );
    assert_eq!((entries[0].happened_on, entries[0].sensitivity), (day("2026-11-02"), Sensitivity::Health));
    let Event::HealthNeed { need, text, goal, .. } = &entries[2].event else { panic!() };
    assert_eq!((need.as_str(), text.as_str(), goal.as_deref()), ("s1.need.1", "A dog", Some("No pets")));
}

#[test]
fn what_is_hidden_is_kept_but_never_becomes_anything() {
    let (mut answers, facts) = (complete(), teen());
    post(&mut answers, "smokes", &[("", "no")]);
    let sheet = sheet(&answers, &facts);
    assert!(answers.get(&Key::of("how_many")).is_some());
    assert_eq!(sheet.answer(&Key::of("how_many")), None);
    let Event::Note { text, .. } = &sheet.becomes("s1").unwrap()[0].event else { panic!() };
    assert!(!text.contains("How many"), "{text}");
    let document = serde_json::to_string(&sheet.freeze(&[])).unwrap();
    assert!(!document.contains("how_many"), "{document}");
    // In a row too: met, so why not is no longer asked.
    let Some(Answer::Rows(mut rows)) = answers.get(&Key::of("needs")).cloned() else { panic!() };
    rows[1].0.insert("done".into(), Answer::YesNo(true));
    rows[1].0.insert("by".into(), Answer::Date(today()));
    let mut answers = answers.clone();
    answers.set(Key::of("needs"), Some(Answer::Rows(rows)));
    let sheet = self::sheet(&answers, &facts);
    let Event::HealthNeed { goal, .. } = &sheet.becomes("s1").unwrap()[2].event else { panic!() };
    assert_eq!(*goal, None);
}

#[test]
fn a_younger_child_is_not_asked() {
    let (answers, facts) = (complete(), facts(day("2020-03-01")));
    let sheet = sheet(&answers, &facts);
    assert!(!sheet.is_asked(&Key::of("smokes")) && !sheet.is_asked(&Key::of("how_many")));
}

#[test]
fn unanswered_is_neither_yes_nor_no() {
    let (mut answers, facts) = (complete(), teen());
    answers.set(Key::of("smokes"), None);
    assert!(!sheet(&answers, &facts).is_asked(&Key::of("how_many")));
    let mut table = vec![row(&[("need", Answer::Text("x".into()))])];
    answers.set(Key::of("needs"), Some(Answer::Rows(table.clone())));
    // `not row.done` does not hold while nobody said: neither of the two columns is asked yet.
    let sheet = sheet(&answers, &facts);
    let section = form().section("second").unwrap();
    let kinfold_guidance::form::Kind::Table { columns, .. } = &section.question("needs").unwrap().kind else {
        panic!()
    };
    let asked = |row: &Row| -> Vec<&str> {
        columns
            .iter()
            .filter(|c| sheet.column_asked(section, 0, columns, row, c))
            .map(|c| c.id.as_str())
            .collect()
    };
    assert_eq!(asked(&table[0]), ["need", "done"]);
    table[0].0.insert("done".into(), Answer::YesNo(false));
    assert_eq!(asked(&table[0]), ["need", "done", "why_not"]);
}

#[test]
fn what_cannot_be_read_is_kept_as_typed_and_explained() {
    let mut a = complete();
    post(&mut a, "day", &[("day", "31"), ("month", "2"), ("year", "2026")]);
    assert_eq!(messages(&a, "day"), ["The day must be a real date, like 27 3 2026"]);
    let typed = posted::values(form().question("day").unwrap().1, a.get(&Key::of("day")));
    assert_eq!(typed["day"], ["31"]);
    post(&mut a, "day", &[("day", "3"), ("month", ""), ("year", "26")]);
    assert_eq!(messages(&a, "day"), ["The day must include a month"]);
    post(&mut a, "how_many", &[("", "a few")]);
    assert_eq!(messages(&a, "how_many"), ["The number a day must be a number, like 12"]);
    post(&mut a, "mood", &[("", "<script>")]);
    assert_eq!(messages(&a, "mood"), ["Select one of the answers that can be chosen today"]);
    post(&mut a, "smokes", &[("", "perhaps")]);
    assert_eq!(messages(&a, "smokes"), ["Select one of the answers"]);
    post(&mut a, "items", &[("1", "x")]);
    assert_eq!(messages(&a, "items"), ["Select an answer from 0 to 2 for each item"]);
}

#[test]
fn limits_are_errors_and_the_unusual_is_advice() {
    let mut a = complete();
    post(&mut a, "day", &[("day", "23"), ("month", "11"), ("year", "2026")]);
    assert_eq!(messages(&a, "day"), ["The day must be today or in the past"]);
    post(&mut a, "day", &[("day", "28"), ("month", "2"), ("year", "2013")]);
    assert_eq!(messages(&a, "day"), ["The day must not be before the child was born"]);
    a = complete();
    post(&mut a, "how_many", &[("", "101")]);
    assert_eq!(messages(&a, "how_many"), ["The number a day must be between 0 and 100 a day"]);
    post(&mut a, "how_many", &[("", "2.5")]);
    assert_eq!(messages(&a, "how_many"), ["The number a day must be a whole number"]);
    post(&mut a, "how_many", &[("", "60")]);
    assert_eq!(
        messages(&a, "how_many"),
        ["60 a day is unusual for the number a day. Check it, and leave it if it is right"]
    );
    let facts = teen();
    assert!(sheet(&a, &facts).is_ready(&[]), "advice does not keep a form from being handed in");
    post(&mut a, "line", &[("", "twenty-one characters")]);
    assert_eq!(messages(&a, "line"), ["The line must be 20 characters or fewer. It has 21"]);
    post(&mut a, "line", &[("", "a\u{202E}b")]);
    assert!(messages(&a, "line")[0].contains("cannot be shown"));
    post(&mut a, "mood_analysis", &[("", "n/a")]);
    assert!(messages(&a, "mood_analysis")[0].contains("at least 20 characters"));
}

#[test]
fn the_childs_words_or_the_reason() {
    let mut a = complete();
    post(&mut a, "words", &[]);
    assert_eq!(
        messages(&a, "words"),
        ["Write what the child said, or select why there is nothing in their own words"]
    );
    post(&mut a, "words", &[("reason", "too_young")]);
    assert_eq!(messages(&a, "words"), [""; 0]);
    post(&mut a, "words", &[("reason", "other")]);
    assert_eq!(messages(&a, "words"), ["Say what the reason is"]);
    post(&mut a, "words", &[("reason", "because")]);
    assert_eq!(messages(&a, "words"), ["Select one of the reasons"]);
    // A reason is no answer: what depends on the answer does not hold.
    post(&mut a, "smokes", &[("reason", "not_asked")]);
    let facts = teen();
    assert!(!sheet(&a, &facts).is_asked(&Key::of("how_many")));
    // A question without reasons takes none.
    a.set(Key::of("line"), Some(Answer::NotGiven { reason: "not_asked".into(), text: String::new() }));
    assert_eq!(messages(&a, "line"), ["Enter the line"]);
}

#[test]
fn rows_have_their_own_mistakes() {
    let mut a = complete();
    let bad = vec![
        row(&[("need", Answer::Text("A dentist".into())), ("done", Answer::YesNo(true))]),
        Row::default(),
    ];
    a.set(Key::of("needs"), Some(Answer::Rows(bad)));
    let facts = teen();
    let mut found = sheet(&a, &facts).check_section(form().section("second").unwrap(), 0);
    found.retain(|p| p.severity == Severity::Error);
    let rows: Vec<_> =
        found.iter().map(|p| (p.row.clone().map(|(i, c)| format!("{i} {c}")), p.message.as_str())).collect();
    assert_eq!(
        rows,
        [
            (None, "Need 2 is empty. Fill it in or remove it"),
            (Some("0 by".into()), "Enter the day"),
            (Some("1 need".into()), "Enter the need"),
            (Some("1 done".into()), "Answer “Will it be met?”"),
        ]
    );
    a.set(Key::of("needs"), None);
    assert_eq!(messages(&a, "needs"), ["Add at least 1: need"]);
    let many = vec![
        row(&[
            ("need", Answer::Text("x".into())),
            ("done", Answer::YesNo(true)),
            ("by", Answer::Date(today()))
        ]);
        4
    ];
    a.set(Key::of("needs"), Some(Answer::Rows(many)));
    assert_eq!(messages(&a, "needs"), ["Keep at most 3: need. There are 4"]);
    post(&mut a, "mood", &[("", "good")]);
    assert_eq!(messages(&a, "needs").len(), 2, "the check of the file is said as well");
}

#[test]
fn sections_have_a_state() {
    let facts = teen();
    let mut a = Answers::default();
    let states = |a: &Answers, handed: &[Handed]| -> Vec<String> {
        sheet(a, &facts)
            .tasks(handed)
            .into_iter()
            .map(|t| format!("{}: {}", t.section.id, t.state.words()))
            .collect()
    };
    assert_eq!(states(&a, &[]), ["first: Not started", "second: Cannot start yet", "siblings: Not started"]);
    post(&mut a, "line", &[("", "x")]);
    assert_eq!(states(&a, &[])[0], "first: In progress");
    let handed = [Handed { section: "first".into(), to: "Moor School".into(), due: day("2026-11-20") }];
    assert_eq!(states(&a, &handed)[0], "first: Waiting");
    let done = complete();
    let sheet = sheet(&done, &facts);
    let tasks = sheet.tasks(&handed);
    assert_eq!(
        tasks[0].state,
        TaskState::Waiting { to: "Moor School".into(), due: day("2026-11-20"), late: true }
    );
    assert_eq!(tasks[1].state, TaskState::CannotStart(vec!["First".into()]));
    assert!(!sheet.is_ready(&handed));
    assert_eq!(states(&done, &[]), ["first: Completed", "second: Completed", "siblings: Not started"]);
    assert!(sheet.is_ready(&[]), "a section that may be left out does not hinder");
}

#[test]
fn a_section_repeats() {
    let facts = teen();
    let siblings = form().section("siblings").unwrap();
    let mut a = complete();
    assert_eq!(a.times(siblings), 0);
    assert!(a.add_time(siblings) && a.add_time(siblings) && a.add_time(siblings) && !a.add_time(siblings));
    for (time, name) in [(0, "Sam"), (1, "Kit"), (2, "Jo")] {
        a.set(Key::at("sibling", time), Some(Answer::Text(name.into())));
        a.set(Key::at("sees", time), Some(Answer::YesNo(time != 1)));
        a.set(Key::at("how_often", time), Some(Answer::Text(format!("{name} weekly"))));
    }
    let notes = |a: &Answers| -> Vec<String> {
        let entries = sheet(a, &facts).becomes("s").unwrap();
        entries
            .iter()
            .filter(|e| e.sensitivity == Sensitivity::ThirdParty)
            .map(|e| match &e.event {
                Event::Note { text, .. } => text.replace('\n', " "),
                _ => panic!(),
            })
            .collect()
    };
    assert_eq!(notes(&a), ["Sam  Sam weekly", "Jo  Jo weekly"]);
    a.remove_time(siblings, 0);
    assert_eq!(a.times(siblings), 2);
    assert_eq!(a.get(&Key::at("sibling", 1)), Some(&Answer::Text("Jo".into())));
    assert_eq!(notes(&a), ["Jo  Jo weekly"]);
    // Never more often than the form allows, whatever is stored.
    a.times.insert("siblings".into(), 255);
    assert_eq!(a.times(siblings), 3);
    let titles: Vec<String> = sheet(&a, &facts).freeze(&[]).sections.into_iter().map(|s| s.title).collect();
    assert_eq!(titles[3], "Brothers and sisters: Brother or sister 2");
}

#[test]
fn steps_lead_through_what_is_asked() {
    let (answers, facts) = (complete(), teen());
    let sheet = sheet(&answers, &facts);
    let first = form().section("first").unwrap();
    let mut step = sheet.first(first, 0);
    let mut seen = Vec::new();
    while !matches!(step, Step::Tasks) {
        assert!(sheet.has_step(&step), "{step}");
        assert_eq!(step.to_string().parse::<Step>().unwrap(), step);
        seen.push(step.to_string());
        let next = sheet.next(&step);
        if !matches!(next, Step::Tasks) {
            assert_eq!(sheet.before(&next), step, "back from {next}");
        }
        step = next;
    }
    assert_eq!(
        seen,
        [
            "first/line",
            "first/day",
            "first/mood",
            "first/areas",
            "first/smokes",
            "first/how_many",
            "first/weight",
            "first/scale",
            "first"
        ]
    );
    for (text, there) in [
        ("second/needs/1", true),
        ("second/needs/2", true),
        ("second/needs/3", false),
        ("second/needs/new", true),
        ("siblings/sibling", false),
        ("siblings~1/sibling", false),
        ("first/nothing", false),
        ("tasks", true),
        ("check", true),
    ] {
        assert_eq!(sheet.has_step(&text.parse().unwrap()), there, "{text}");
    }
    for text in [
        "",
        "first/",
        "first~0/line",
        "first~x/line",
        "first/needs/0",
        "first/needs/01",
        "a/b/c/d",
        "first/needs/99999",
    ] {
        assert!(text.parse::<Step>().is_err(), "{text}");
    }
    let mut answers = complete();
    answers.set(Key::of("scale"), None);
    let sheet = self::sheet(&answers, &facts);
    assert_eq!(sheet.resume(first).to_string(), "first/scale");
    assert_eq!(sheet.resume(form().section("second").unwrap()).to_string(), "second");
}

#[test]
fn scores_reverse_prorate_and_band() {
    let facts = teen();
    let mut a = complete();
    let score = |a: &Answers| {
        let s = sheet(a, &facts).scores()[0].clone();
        (s.value.map(|v| v.to_string()), s.band.map(|b| b.code.to_string()), s.answered)
    };
    // 2 and (2 - 0): 4 of two items, 6 of three.
    assert_eq!(score(&a), (Some("6".into()), Some("high".into()), 2));
    post(&mut a, "items", &[("1", "0"), ("2", "2"), ("3", "1")]);
    assert_eq!(score(&a), (Some("1".into()), Some("low".into()), 3));
    post(&mut a, "items", &[("1", "0")]);
    assert_eq!(score(&a), (None, None, 1));
}

#[test]
fn prefill_is_offered_and_no_answer() {
    let (answers, facts) = (Answers::default(), teen());
    let sheet = sheet(&answers, &facts);
    let (_, line) = form().question("line").unwrap();
    assert_eq!(sheet.prefill(line), Some(Answer::Text("English".into())));
    assert_eq!(sheet.answer(&Key::of("line")), None);
}

#[test]
fn readers_see_their_sections_and_no_score_of_others() {
    let (answers, facts) = (complete(), teen());
    let at = "2026-11-22T09:30:00Z".parse().unwrap();
    let filled = Filled {
        section: "first".into(),
        person: None,
        name: "Moor School".into(),
        role: "School".into(),
        at,
    };
    let frozen = sheet(&answers, &facts).freeze(&[filled]);
    assert_eq!(frozen.sections[0].filled[0].name, "Moor School");
    let ids = |f: &kinfold_forms::Frozen| f.sections.iter().map(|s| s.id.to_string()).collect::<Vec<_>>();
    assert_eq!((ids(&frozen), frozen.scores.len()), (vec!["first".into(), "second".into()], 1));
    let circle = frozen.for_reader(|s| s.may_read(&["circle"]));
    assert_eq!((ids(&circle), circle.scores.len(), circle.withheld), (vec!["first".into()], 0, 1));
    let text = serde_json::to_string(&circle).unwrap();
    assert!(!text.contains("dog") && !text.contains("Second"), "{text}");
    let nurse = frozen.for_reader(|s| s.may_read(&["designated_nurse"]));
    assert_eq!((ids(&nurse), nurse.scores.len()), (vec!["second".into()], 1));
}

#[test]
fn answers_are_checked_in_words() {
    let (answers, facts) = (complete(), teen());
    let sheet = sheet(&answers, &facts);
    let lines = sheet.check_answers(form().section("second").unwrap(), 0);
    assert_eq!(lines[1].step.to_string(), "second/needs");
    assert_eq!(
        lines[1].shown,
        Shown::Table {
            heads: ["Need", "Will it be met?", "By when", "Why not"].map(str::to_owned).to_vec(),
            rows: vec![
                ["A dentist", "Yes", "1 December 2026", ""].map(str::to_owned).to_vec(),
                ["A dog", "No", "", "No pets"].map(str::to_owned).to_vec(),
            ],
        }
    );
    assert_eq!(lines[6].shown, Shown::Line("Alex Moor, 22 November 2026".into()));
    assert!(lines.iter().all(|l| l.shown != Shown::Line(String::new())));
}

#[test]
fn an_entry_without_its_date_is_refused_with_words() {
    let (mut answers, facts) = (complete(), teen());
    answers.set(Key::of("day"), None);
    let problems = sheet(&answers, &facts).becomes("s").unwrap_err();
    assert_eq!(problems[0].message, "Note: enter the date when it happened");
    assert!(
        problems.iter().all(|p| p.severity == Severity::Error && p.key == Key::of("day")),
        "{problems:?}"
    );
}

#[test]
fn drafts_are_kept_by_section_and_joined_again() {
    let mut all = complete();
    all.times.insert("siblings".into(), 1);
    all.set(Key::of("sibling"), Some(Answer::Text("Sam".into())));
    let parts: Vec<Answers> = form().sections.iter().map(|s| all.part(s)).collect();
    assert_eq!(parts[2].given.len(), 1);
    assert!(parts[0].get(&Key::of("words")).is_none());
    assert_eq!(Answers::join(parts), all);
}

#[test]
fn what_is_unknown_stays_unknown_unless_it_cannot_matter() {
    let facts = teen();
    let asked = |condition: &str| {
        let guidance =
            with_forms(&[&TEXT.replace("show_if = 'smokes'", &format!("show_if = '{condition}'"))]);
        let mut a = Answers::default();
        a.set(Key::of("mood"), Some(Answer::Choice("low".into())));
        Sheet::new(&guidance.forms.list[0], &a, &facts, &guidance.codes).is_asked(&Key::of("how_many"))
    };
    assert!(asked(r#"not (mood = "good" and smokes)"#) && asked(r#"mood = "low" or smokes"#));
    assert!(!asked(r#"not (mood = "good" or smokes)"#) && !asked(r#"mood = "low" and smokes"#));
}

#[test]
fn a_score_of_two_sections_needs_both() {
    let (answers, facts) = (complete(), teen());
    let mut frozen = sheet(&answers, &facts).freeze(&[]);
    frozen.scores[0].sections = vec!["first".into(), "second".into()];
    assert_eq!(frozen.for_reader(|s| s.id == "first").scores, []);
    assert_eq!(frozen.for_reader(|_| true).scores.len(), 1);
}

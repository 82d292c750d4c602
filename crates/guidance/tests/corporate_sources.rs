//! What comes with the program is complete for what its sources contain: every standard, question, criterion and
//! recommendation is counted against the page or paragraph it stands on. And it is told in our own words.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "test helpers")]

use std::collections::HashSet;

use kinfold_guidance::framework::{Framework, ItemKind};
use kinfold_guidance::{ActionPlan, ActionStatus, Guidance, Headed, Layer, Library, Survey, read_lock};
use smol_str::SmolStr;

fn national() -> Guidance {
    Guidance::national().unwrap_or_else(|m| panic!("\n{m}"))
}

fn framework<'a>(guidance: &'a Guidance, id: &str) -> &'a Framework {
    guidance.frameworks.version(id, 1).unwrap_or_else(|| panic!("no framework {id}"))
}

/// How many items of the source each part has, in the order of parts.
fn sizes(framework: &Framework, kind: ItemKind) -> Vec<usize> {
    framework.parts.iter().map(|p| p.of_kind(kind).filter(|i| !i.ours).count()).collect()
}

fn points(framework: &Framework) -> usize {
    framework.items().map(|i| i.points.len()).sum()
}

#[test]
fn the_toolkit_has_its_eight_lines_and_the_sixth_in_full() {
    let guidance = national();
    let toolkit = framework(&guidance, "audit_commission.toolkit");
    // Audit Commission's note, paragraph 4: eight key lines of enquiry.
    assert_eq!(toolkit.parts.len(), 8);
    // Paragraph 5: under health, safety and well-being, nine standards and three key questions.
    assert_eq!(sizes(toolkit, ItemKind::Standard), [0, 0, 0, 0, 0, 9, 0, 0]);
    assert_eq!(sizes(toolkit, ItemKind::Question), [0, 0, 0, 0, 0, 3, 0, 0]);
    assert_eq!(toolkit.parts[5].title, "Health, safety and well-being");
    // The others have something to judge too, and it is not given out as the source's.
    assert_eq!(toolkit.items().filter(|i| i.ours).count(), 7);
    assert!(toolkit.scale.ours);
}

#[test]
fn the_concerns_are_those_of_paragraph_12() {
    let guidance = national();
    let concerns = framework(&guidance, "audit_commission.concerns");
    // Audit Commission's note, paragraph 12: four headings with 4, 5, 4 and 4 points.
    assert_eq!(sizes(concerns, ItemKind::Concern), [4, 5, 4, 4]);
}

#[test]
fn the_trust_is_asked_thirteen_questions() {
    let guidance = national();
    let trust = framework(&guidance, "childrens_trust.governance");
    // Audit Commission's note, paragraph 10: five things a trust needs. Paragraph 11: thirteen questions.
    assert_eq!(trust.counted(ItemKind::Standard), 5);
    assert_eq!(sizes(trust, ItemKind::Question), [0, 2, 4, 6, 1]);
    let numbers: Vec<_> = trust.items().filter(|i| i.kind == ItemKind::Question).map(|i| i.label()).collect();
    assert_eq!(numbers, (1..=13).map(|n| format!("11, question {n}")).collect::<Vec<_>>());
}

#[test]
fn the_healthy_care_audit_has_six_entitlements_in_four_areas() {
    let guidance = national();
    let audit = framework(&guidance, "healthy_care.audit");
    // The briefing's audit tool, page 6: six entitlements, four areas, three colours, and the profile with what is asked at its head.
    assert_eq!(
        audit.parts.iter().map(|p| p.number.as_str()).collect::<Vec<_>>(),
        ["1", "2", "3", "4", "5", "6"]
    );
    let areas: Vec<_> = audit.aspects.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(areas, ["policy", "partnership", "practice", "participation"]);
    assert_eq!(
        audit.scale.levels.iter().map(|l| l.code.as_str()).collect::<Vec<_>>(),
        ["red", "amber", "green"]
    );
    assert!(!audit.scale.ours);
    let profile = audit.profile.as_ref().expect("a profile");
    assert_eq!(profile.asks, ["Location", "Organisation", "Date completed"]);
    // Two findings in each area, all about health: the points of the fourth entitlement.
    for area in &audit.aspects {
        for part in &audit.parts {
            let items: Vec<_> = audit.field(&part.id, &area.id).collect();
            assert_eq!(items.len(), 1, "{} {}", part.id, area.id);
            let expected = if part.number == "4" { 2 } else { 0 };
            assert_eq!((items[0].points.len(), items[0].ours), (expected, part.number != "4"));
        }
    }
}

#[test]
fn young_people_can_be_auditors_of_every_framework() {
    let guidance = national();
    for framework in &guidance.frameworks.list {
        let id = &framework.head.id;
        for item in framework.items() {
            assert!(item.plain.is_some(), "{id} {} has no plain words", item.id);
            assert_ne!(item.plain.as_deref(), Some(item.text.as_str()), "{id} {}", item.id);
        }
        assert!(framework.scale.levels.iter().all(|level| level.plain.is_some()), "{id}: a level");
        let mut plain: Vec<&String> = framework.items().filter_map(|i| i.plain.as_ref()).collect();
        let all = plain.len();
        plain.sort();
        plain.dedup();
        assert_eq!(plain.len(), all, "{id}: two questions read alike");
    }
}

#[test]
fn the_inspection_schedule_has_ten_criteria() {
    let guidance = national();
    // The briefing, table 1, paragraph 31: ten points.
    assert_eq!(framework(&guidance, "inspection.being_healthy").counted(ItemKind::Criterion), 10);
}

#[test]
fn two_recommendations_are_whole_and_53_are_there() {
    let guidance = national();
    let two = framework(&guidance, "nice.commissioning");
    // As published: eleven actions (with 2 and 5 points) and four (with 7 and 4); three and two who should act.
    assert_eq!(sizes(two, ItemKind::Action), [11, 4]);
    assert_eq!(points(two), 18);
    assert_eq!(two.parts.iter().map(|p| p.who.len()).collect::<Vec<_>>(), [3, 2]);
    let fieldwork = framework(&guidance, "nice.fieldwork");
    // The fieldwork report: recommendations 1 to 53, each in the sections of its appendices that discuss it.
    let numbers: Vec<_> = fieldwork.items().map(|i| i.label().to_owned()).collect();
    assert_eq!(numbers, (1..=53).map(|n| format!("Recommendation {n}")).collect::<Vec<_>>());
    assert_eq!(fieldwork.counted(ItemKind::Recommendation), 53);
    assert!(
        fieldwork.items().all(|i| i.title.is_some() && i.points.len() >= 2),
        "each has what practice asked for"
    );
}

fn survey(guidance: &Guidance) -> &Survey {
    guidance.surveys.version("schools.survey", 1).expect("the survey")
}

#[test]
fn the_survey_of_schools_asks_what_the_source_asks() {
    let guidance = national();
    let survey = survey(&guidance);
    // Audit Commission's note, paragraph 7: five questions in the first column, six in the second. The last one is our own.
    let sizes: Vec<_> = survey.sections.iter().map(|s| (s.place.is_some(), s.questions.len())).collect();
    assert_eq!(sizes, [(true, 5), (true, 6), (false, 1)]);
    assert!(survey.anonymous && survey.least >= 5);
    // One scale for all of them, so that a year can be set beside another.
    let asked: Vec<_> = survey.questions().filter(|q| q.kind.as_str() == "choice").collect();
    assert!(asked.len() == 11 && asked.iter().all(|q| q.kind == asked[0].kind));
}

fn plan(guidance: &Guidance) -> &ActionPlan {
    guidance.plans.version("best_value.children_in_public_care", 1).expect("the plan")
}

#[test]
fn the_plan_of_21_recommendations_is_whole() {
    let guidance = national();
    let plan = plan(&guidance);
    // The report of September 2003: recommendations 1 to 21.
    let numbers: Vec<_> = plan.actions.iter().map(|a| a.number.to_string()).collect();
    assert_eq!(numbers, (1..=21).map(|n| n.to_string()).collect::<Vec<_>>());
    // The panel commented on four of them, and three times on the whole (paragraphs 3.1 to 3.3).
    let commented: Vec<_> =
        plan.actions.iter().filter(|a| !a.comments.is_empty()).map(|a| a.number.as_str()).collect();
    assert_eq!(commented, ["2", "8", "13", "14"]);
    assert_eq!(plan.comments.len(), 3);
    // Numbered notes of progress: 6, 7, 12 and 13 have three, three, three and four; 17 and 19 two.
    let notes: Vec<_> = plan.actions.iter().map(|a| a.progress.len()).collect();
    assert_eq!(notes, [1, 1, 1, 1, 1, 3, 3, 1, 1, 1, 1, 3, 4, 1, 1, 1, 2, 1, 2, 1, 1]);
    // Lettered points: 2, 4, 5, 6, 13 and 19; the four kinds of carers of 12; what the service of 17 does.
    let points: Vec<_> = plan.actions.iter().map(|a| a.points.len()).collect();
    assert_eq!(points, [0, 2, 0, 2, 3, 3, 0, 0, 0, 0, 0, 4, 4, 0, 0, 0, 4, 0, 3, 0, 0]);
    // Three have no target day at all; of several days the latest counts.
    let endless: Vec<_> =
        plan.actions.iter().filter(|a| a.due().is_none()).map(|a| a.number.as_str()).collect();
    assert_eq!(endless, ["5", "7", "21"]);
    assert_eq!(plan.action("19").and_then(|a| a.due()), Some("2005-04-30".parse().unwrap()));
    let done: Vec<_> =
        plan.actions.iter().filter(|a| a.status == ActionStatus::Done).map(|a| a.number.as_str()).collect();
    assert_eq!(done, ["11", "18"]);
}

/// Every text of ours, with where it stands.
fn texts(guidance: &Guidance) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for f in &guidance.frameworks.list {
        for part in &f.parts {
            let at = format!("{} {}", f.head.id, part.id);
            let words = [part.title.clone()].into_iter().chain(part.plain.clone()).chain(part.about.clone());
            out.extend(words.map(|t| (at.clone(), t)));
            out.extend(part.who.iter().map(|t| (at.clone(), t.clone())));
        }
        for item in f.items() {
            let short = item.plain.clone().into_iter().chain(item.title.clone());
            let all = [item.text.clone()].into_iter().chain(short).chain(item.points.clone());
            out.extend(all.map(|t| (format!("{} {}", f.head.id, item.id), t)));
        }
    }
    for s in &guidance.surveys.list {
        out.extend(s.questions().map(|q| (format!("{} {}", s.head.id, q.id), q.label.clone())));
    }
    for p in &guidance.plans.list {
        let whole = p.summary.iter().cloned().chain(p.comments.iter().map(|c| c.text.clone()));
        out.extend(whole.map(|t| (p.head.id.to_string(), t)));
        for a in &p.actions {
            let all = [a.recommendation.clone(), a.status_reason.clone()]
                .into_iter()
                .chain(a.points.clone())
                .chain(a.progress.iter().map(|p| p.text.clone()))
                .chain(a.comments.iter().map(|c| c.text.clone()));
            out.extend(all.map(|t| (format!("{} {}", p.head.id, a.number), t)));
        }
    }
    out
}

fn words(text: &str) -> Vec<String> {
    let word = |w: &str| w.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    text.split(|c: char| c.is_whitespace() || c == '-' || c == '/')
        .map(word)
        .filter(|w| !w.is_empty())
        .collect()
}

/// The longest run of words that may be the source's: names of documents and bodies are as long.
const RUN: usize = 8;

/// Needs the sources, which do not come with the program: `KINFOLD_SEEDS` names the folder with their texts.
#[test]
fn nothing_is_copied() {
    let Ok(folder) = std::env::var("KINFOLD_SEEDS") else { return };
    let mut runs: HashSet<Vec<String>> = HashSet::new();
    let mut read = 0;
    for file in std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{folder}: {e}")) {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap_or_default();
        runs.extend(words(&text).windows(RUN + 1).map(<[String]>::to_vec));
        read += 1;
    }
    assert!(read >= 5 && runs.len() > 1000, "{folder} does not hold the sources");
    let copied: Vec<String> = texts(&national())
        .into_iter()
        .filter_map(|(at, text)| {
            let words = words(&text);
            let run = words.windows(RUN + 1).find(|w| runs.contains(*w))?;
            Some(format!("{at}: {}", run.join(" ")))
        })
        .collect();
    assert!(copied.is_empty(), "{} texts copy more than {RUN} words:\n{}", copied.len(), copied.join("\n"));
}

/// What a folder of the national guidance has: each version with its hash, and the lock file that keeps them.
fn published<T: Headed>(library: &Library<T>, layer: &Layer) -> (Vec<(SmolStr, u16, String)>, String) {
    let name = format!("{}.lock", T::FOLDER);
    let lock = layer.files.iter().find(|file| file.path == name);
    let lock = lock.unwrap_or_else(|| panic!("there is no guidance/{name}")).text.clone();
    let heads = library.list.iter().map(Headed::head);
    (heads.map(|h| (h.id.clone(), h.version, h.hash.clone())).collect(), lock)
}

#[test]
fn every_version_that_can_be_begun_is_published_for_good() {
    let (layer, guidance) = (Layer::national(), national());
    for (folder, (versions, lock)) in [
        ("frameworks", published(&guidance.frameworks, &layer)),
        ("surveys", published(&guidance.surveys, &layer)),
        ("plans", published(&guidance.plans, &layer)),
    ] {
        assert!(!versions.is_empty(), "{folder}");
        let locked = read_lock(&lock).unwrap_or_else(|line| panic!("guidance/{folder}.lock:{line}"));
        for (id, version, hash) in versions {
            let kept = locked.get(&(id.clone(), version));
            assert_eq!(
                kept,
                Some(&hash),
                "publish {id} version {version}: cargo run -p kinfold-guidance --example corporate_lock -- {folder} DATE"
            );
        }
    }
}

#[test]
fn one_word_changed_in_a_published_file_is_refused_and_says_where() {
    for (path, word, other) in [
        (
            "frameworks/healthy_care.audit.toml",
            "Is it written down what a good home",
            "Is it written what a good home",
        ),
        ("surveys/schools.survey.toml", "anonymous = true", "anonymous = false"),
    ] {
        let mut layer = Layer::national();
        let file = layer.files.iter_mut().find(|file| file.path == path).unwrap_or_else(|| panic!("{path}"));
        assert!(file.text.contains(word), "{path} says something else: {word}");
        file.text = file.text.replacen(word, other, 1);
        let Err(mistakes) = Guidance::load(&[layer]) else { panic!("{path} was edited and taken") };
        let said = mistakes.to_string();
        let lock = format!("guidance/{}.lock:", path.split('/').next().unwrap_or_default());
        assert!(said.contains(&lock) && said.contains("was changed after it was published"), "{said}");
    }
}

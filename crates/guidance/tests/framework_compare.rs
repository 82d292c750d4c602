//! Two audits side by side, and the profile on one page: levels have an order, and nothing is averaged.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "test helpers")]

use kinfold_guidance::framework::Framework;
use kinfold_guidance::framework::compare::{Audit, Judged, Movement, compare, profile};
use kinfold_guidance::{Guidance, Library};

fn audit() -> Framework {
    let guidance = Guidance::national().unwrap_or_else(|m| panic!("\n{m}"));
    let Library { list } = guidance.frameworks;
    list.into_iter().find(|f| f.head.id == "healthy_care.audit").expect("the audit")
}

fn judged(item: &str, level: &str, apart: &[&str]) -> Judged {
    let level = (!level.is_empty()).then(|| level.into());
    Judged { item: item.into(), level, apart: apart.iter().map(|l| (*l).into()).collect() }
}

fn movement(before: &[Judged], after: &[Judged], item: &str) -> Movement {
    let framework = audit();
    let list = compare(
        Audit { framework: &framework, judged: before },
        Audit { framework: &framework, judged: after },
    );
    assert_eq!(list.len(), 24);
    list.into_iter().find(|c| c.item == item).expect("every item is there").movement
}

#[test]
fn an_item_moves_by_levels() {
    let one = |level: &str| vec![judged("safe_policy", level, &[])];
    let moved = |before: &str, after: &str| movement(&one(before), &one(after), "safe_policy");
    assert_eq!(moved("red", "green"), Movement::Up(2));
    assert_eq!(moved("green", "amber"), Movement::Down(1));
    assert_eq!(moved("amber", "amber"), Movement::Same);
    assert_eq!(moved("", "amber"), Movement::First);
    assert_eq!(moved("amber", ""), Movement::Missing);
    assert_eq!(moved("", ""), Movement::Never);
    assert_eq!(moved("amber", "purple"), Movement::NotComparable);
    assert_eq!(movement(&[], &[], "leaving_policy"), Movement::Never);
}

#[test]
fn what_says_something_else_is_not_compared() {
    let old = audit();
    let said = [judged("safe_policy", "amber", &[]), judged("home_policy", "amber", &[])];
    let mut reworded = audit();
    reworded.parts[0].items[0].text.push_str(" Always?");
    let against = |new: &Framework, item: &str| {
        let list = compare(Audit { framework: &old, judged: &said }, Audit { framework: new, judged: &said });
        list.into_iter().find(|c| c.item == item).map(|c| c.movement)
    };
    assert_eq!(against(&reworded, "safe_policy"), Some(Movement::NotComparable));
    assert_eq!(against(&reworded, "home_policy"), Some(Movement::Same));
    // With another scale the same words say something else.
    let mut rescaled = audit();
    rescaled.scale.levels.remove(0);
    assert_eq!(against(&rescaled, "home_policy"), Some(Movement::NotComparable));
    // What the later framework no longer asks stands at the end, and is not lost.
    let mut shorter = audit();
    shorter.parts.remove(0);
    let list = compare(Audit { framework: &old, judged: &said }, Audit { framework: &shorter, judged: &[] });
    assert_eq!(
        (list.len(), list[20].item.as_str(), list[20].movement),
        (24, "safe_policy", Movement::Missing)
    );
}

#[test]
fn disagreement_is_kept() {
    let framework = audit();
    let said = [judged("safe_policy", "green", &["red", "green"])];
    let list = compare(
        Audit { framework: &framework, judged: &said },
        Audit { framework: &framework, judged: &said },
    );
    let kept = list[0].after.as_ref().expect("judged");
    assert!(kept.disagreed());
    assert_eq!(kept.apart, ["red", "green"]);
    // Agreed green stays green: those who said red are not reckoned into it.
    assert_eq!(list[0].movement, Movement::Same);
    assert!(!judged("x", "green", &["green"]).disagreed());
    assert!(
        judged("x", "", &["green", "red"]).disagreed(),
        "they differ from each other, and nothing is agreed"
    );
    assert!(!judged("x", "", &[]).disagreed());
}

#[test]
fn the_profile_shows_the_lowest_and_what_is_open() {
    let mut framework = audit();
    // A second item in one field.
    let mut second = framework.parts[0].items[0].clone();
    second.id = "safe_policy_two".into();
    framework.parts[0].items.push(second);
    let said = [
        judged("safe_policy", "green", &["red"]),
        judged("safe_policy_two", "amber", &[]),
        judged("safe_practice", "", &["red"]),
    ];
    let rows = profile(Audit { framework: &framework, judged: &said });
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().all(|r| r.fields.len() == 4));
    let policy = &rows[0].fields[0];
    assert_eq!(
        policy.lowest().map(|l| l.as_str()),
        Some("amber"),
        "what is weak does not hide behind what is strong"
    );
    assert_eq!(policy.levels, [("amber".into(), 1), ("green".into(), 1)]);
    assert_eq!((policy.open, policy.disagreed), (0, 1));
    let practice = &rows[0].fields[2];
    assert_eq!((practice.aspect.as_str(), practice.lowest(), practice.open), ("practice", None, 1));
}

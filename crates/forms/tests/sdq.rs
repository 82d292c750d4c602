//! The questionnaire's form scores as the health crate does, and as the vectors of its published scoring say.
#![allow(clippy::unwrap_used, reason = "test helpers")]

mod support;

use std::collections::BTreeMap;

use kinfold_forms::{Answer, Answers, Key, Sheet};
use kinfold_health::sdq::{Answers as Items, Form, Scale, score};
use proptest::prelude::*;
use smol_str::{SmolStr, format_smolstr};
use support::{day, facts, national, today};

/// The form filled in: who, on which form, items 1 to 25, item 26, impact items.
fn answers(form: Form, items: &[Option<u8>; 25], difficulties: Option<u8>, impact: &[Option<u8>]) -> Answers {
    let (informant, question) = match form {
        Form::Carer2To4 | Form::Carer4To17 => ("parent_carer", "form_carer"),
        Form::Teacher4To17 => ("teacher", "form_teacher"),
        Form::Young11To17 => ("self", "form_self"),
        _ => ("teacher", "form_teacher"),
    };
    let mut a = Answers::default();
    let mut set = |q: &str, answer| a.set(Key::of(q), Some(answer));
    set("filled_in", Answer::YesNo(true));
    set("informant", Answer::Choice(informant.into()));
    set(question, Answer::Choice(form.code().into()));
    set("filled_on", Answer::Date(today()));
    let given = |list: &[Option<u8>], name: &dyn Fn(usize) -> SmolStr| -> BTreeMap<SmolStr, i32> {
        list.iter().enumerate().filter_map(|(i, n)| Some((name(i), i32::from((*n)?)))).collect()
    };
    set("items", Answer::Items(given(items, &|i| format_smolstr!("{}", i + 1))));
    if let Some(n) = difficulties {
        set("item_26", Answer::Scale(i32::from(n)));
    }
    let names = ["28", "29a", "29b", "29c", "29d"];
    let question = if informant == "teacher" { "impact_items_teacher" } else { "impact_items" };
    set(question, Answer::Items(given(impact, &|i| names[i].into())));
    a
}

fn value(sheet: &Sheet<'_>, id: &str) -> Option<u8> {
    let scored = sheet.scores().iter().find(|s| s.id == id).unwrap();
    scored.value.map(|v| u8::try_from(v.to_whole().unwrap()).unwrap())
}

fn some() -> impl Strategy<Value = Option<u8>> {
    prop_oneof![1 => Just(None), 6 => (0_u8..3).prop_map(Some)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn both_score_the_same(
        form in prop::sample::select(&[Form::Carer4To17, Form::Carer2To4, Form::Teacher4To17, Form::Young11To17][..]),
        items in prop::array::uniform25(some()),
        difficulties in prop_oneof![Just(None), (0_u8..4).prop_map(Some)],
        impact in prop::collection::vec(prop_oneof![1 => Just(None), 4 => (0_u8..4).prop_map(Some)], 5),
    ) {
        let mut there = Items::new();
        for (i, n) in items.iter().enumerate() {
            there.item(i + 1, *n).unwrap();
        }
        there.difficulties(difficulties).unwrap();
        let impact = &impact[..form.impact_questions()];
        // The form asks how much it gets in the way only where there are difficulties.
        let asked = difficulties.is_some_and(|n| n > 0);
        there.impact(form, &if asked { impact.to_vec() } else { vec![None; impact.len()] }).unwrap();
        let there = score(form, &there);
        let (answers, facts) = (answers(form, &items, difficulties, impact), facts(day("2013-03-01")));
        let sheet = Sheet::new(national().forms.on("health.sdq", today()).unwrap(), &answers, &facts, &national().codes);
        for (id, scale) in [
            ("emotional", Scale::Emotional),
            ("conduct", Scale::Conduct),
            ("hyperactivity", Scale::Hyperactivity),
            ("peers", Scale::Peer),
            ("prosocial", Scale::Prosocial),
            ("total", Scale::Total),
            ("impact", Scale::Impact),
        ] {
            prop_assert_eq!(value(&sheet, id), there.of(scale).as_ref().ok().copied(), "{}", id);
        }
    }
}

#[test]
fn halves_go_up_and_bands_follow_the_form() {
    let facts = facts(day("2013-03-01"));
    let form = national().forms.on("health.sdq", today()).unwrap();
    let mut items = [Some(0); 25];
    // Four emotional items that sum to 2, the fifth missing: 2.5, so 3 (rounding to even would give 2).
    for (item, n) in [(3, Some(1)), (8, Some(1)), (13, Some(0)), (16, Some(0)), (24, None)] {
        items[item - 1] = n;
    }
    let given = answers(Form::Carer4To17, &items, Some(0), &[]);
    let sheet = Sheet::new(form, &given, &facts, &national().codes);
    assert_eq!(value(&sheet, "emotional"), Some(3));
    // All zeros: the reversed items 7, 21, 25, 11 and 14 count 2 each.
    assert_eq!(
        ["conduct", "hyperactivity", "peers", "total", "impact"].map(|id| value(&sheet, id)),
        [Some(2), Some(4), Some(4), Some(13), Some(0)]
    );
    let band = |sheet: &Sheet<'_>| {
        let scored = sheet.scores().iter().find(|s| s.id == "total").unwrap().clone();
        scored.band.map(|b| (b.code.to_string(), b.confidence.as_str()))
    };
    assert_eq!(band(&sheet), Some(("normal".into(), "B")));
    items[0] = Some(0);
    items[2] = Some(2);
    let given = answers(Form::Carer4To17, &items, Some(0), &[]);
    let sheet = Sheet::new(form, &given, &facts, &national().codes);
    assert_eq!((value(&sheet, "total"), band(&sheet)), (Some(14), Some(("borderline".into(), "B"))));
    let given = answers(Form::Teacher4To17, &items, Some(0), &[]);
    let sheet = Sheet::new(form, &given, &facts, &national().codes);
    assert_eq!(band(&sheet), Some(("slightly_raised".into(), "A")));
}

#[test]
fn the_row_of_answers_holds_what_was_left_out() {
    let facts = facts(day("2013-03-01"));
    let form = national().forms.on("health.sdq", today()).unwrap();
    let mut items = [Some(1); 25];
    items[4] = None;
    let given = answers(Form::Teacher4To17, &items, Some(2), &[Some(3), None, Some(1)]);
    let entries = Sheet::new(form, &given, &facts, &national().codes).becomes("s1").unwrap();
    let kinfold_record::Event::SdqAnswers { answers, impact_answers, form, .. } = &entries[1].event else {
        unreachable!("the second entry holds the answers")
    };
    assert_eq!(answers.as_deref(), Some("1111-11111111111111111111"));
    assert_eq!((impact_answers.as_deref(), form.as_str()), (Some("3-1"), "t4_17"));
}

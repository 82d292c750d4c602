//! What a recipient may have, case by case. Whether nothing else ever slips through is a property in
//! `tests/health/sharing.rs`.

use jiff::civil::date;
use kinfold_record::EntryId;
use uuid::Uuid;

use super::*;

fn piece(section: Section, sensitivity: Sensitivity, words: &str) -> Piece {
    Piece {
        section,
        words: words.to_owned(),
        detail: Some("the detail".to_owned()),
        source: Source {
            entry: EntryId(Uuid::from_u128(1)),
            on: date(2026, 11, 2),
            sensitivity,
            about_others: false,
            told_by: None,
        },
        dated: false,
        decided_for: Vec::new(),
        confidential: false,
    }
}

fn to(recipient: &str, age: i32) -> Audience {
    Audience {
        rendering: Rendering::open_to(recipient).first().copied().unwrap_or(Rendering::Full),
        purpose: SharePurpose::usual(recipient),
        recipient: recipient.to_owned(),
        age: Some(age),
        consent: false,
        decided: Decided::default(),
    }
}

fn words(rendered: &Rendered) -> Vec<&str> {
    rendered.sections.iter().flat_map(|s| &s.lines).map(|(words, _)| words.as_str()).collect()
}

#[test]
fn school_hears_what_keeps_a_child_safe_and_no_detail() {
    let pieces = [
        piece(Section::Allergies, Sensitivity::Health, "Peanuts"),
        piece(Section::Sdq, Sensitivity::Health, "Total 22"),
        piece(Section::Needs, Sensitivity::Health, "Nightmares"),
    ];
    assert_eq!(words(&render(&pieces, to("school", 12))), ["Peanuts"]);
    assert_eq!(words(&render(&pieces, to("gp", 12))).len(), 3);
    assert!(words(&render(&pieces, to("gp", 12)))[0].contains("the detail"));
}

#[test]
fn compartments_go_to_nobody_and_family_history_only_where_it_was_decided() {
    let mut family = piece(Section::Family, Sensitivity::FamilyHealth, "Mother, epilepsy");
    let closed = [
        piece(Section::Needs, Sensitivity::SexualHealth, "s"),
        piece(Section::Needs, Sensitivity::Therapy, "t"),
        piece(Section::Needs, Sensitivity::SubstanceUse, "u"),
        piece(Section::Sdq, Sensitivity::Answers, "a"),
        piece(Section::Needs, Sensitivity::Restricted, "r"),
        piece(Section::Needs, Sensitivity::Safeguarding, "g"),
    ];
    assert!(render(&closed, to("gp", 12)).sections.is_empty());
    assert!(render(std::slice::from_ref(&family), to("gp", 12)).sections.is_empty());
    family.decided_for = vec!["gp".into(), "carer".into()];
    let all = [family];
    assert_eq!(words(&render(&all, to("gp", 12))).len(), 1);
    assert_eq!(words(&render(&all, to("carer", 12))).len(), 1, "decided for the carer, though not usual");
    assert!(render(&all, to("school", 12)).sections.is_empty());
}

#[test]
fn a_confidential_address_goes_out_only_by_decision_and_never_to_a_parent() {
    let mut home = piece(Section::Home, Sensitivity::Ordinary, "1 Mill Lane");
    assert_eq!(words(&render(std::slice::from_ref(&home), to("gp", 9))).len(), 1);
    home.confidential = true;
    let all = [home];
    assert!(render(&all, to("gp", 9)).sections.is_empty());
    for recipient in ["gp", "parent"] {
        let decided = Decided { address: true, others: false };
        let got = render(&all, Audience { decided, purpose: SharePurpose::Treating, ..to(recipient, 9) });
        assert_eq!(got.sections.is_empty(), recipient == "parent", "{recipient}");
    }
}

#[test]
fn from_sixteen_on_a_parent_hears_what_the_young_person_agrees_to() {
    let all = [piece(Section::Allergies, Sensitivity::Health, "Peanuts")];
    assert!(render(&all, to("parent", 15)).barred.is_none());
    let grown = render(&all, to("parent", 16));
    assert!(grown.barred.is_some() && grown.sections.is_empty());
    assert_eq!(words(&render(&all, Audience { consent: true, ..to("parent", 16) })).len(), 1);
    assert!(render(&all, to("gp", 16)).barred.is_none(), "whoever treats them is told");
}

#[test]
fn a_recipient_nobody_thought_of_receives_nothing() {
    let all = [piece(Section::Allergies, Sensitivity::Health, "Peanuts")];
    for rendering in Rendering::ALL {
        assert!(render(&all, Audience { rendering, ..to("newspaper", 12) }).sections.is_empty());
    }
}

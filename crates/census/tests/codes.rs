//! The codes that the reader knows are those that the guidance gives a meaning to.
#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it takes for granted")]

use std::collections::BTreeSet;
use std::path::Path;

use kinfold_census::CodeList;

/// The codes of a list under `guidance/codes/`.
fn guidance(list: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../guidance/codes/{list}.csv"));
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|e| panic!("{list}: {e}"));
    reader.records().map(|r| r.expect("a row")[0].to_owned()).collect()
}

#[test]
fn every_code_of_the_return_has_a_meaning() {
    let lists = [
        (CodeList::Sex, "sex"),
        (CodeList::Ethnic, "ethnicity"),
        (CodeList::Ls, "legal_status"),
        (CodeList::Cin, "category_of_need"),
        (CodeList::Place, "placement_type"),
        (CodeList::PlaceProvider, "placement_provider"),
        (CodeList::ReasonPlaceChange, "placement_end_reason"),
        (CodeList::ReviewCode, "review_participation"),
        (CodeList::Missing, "missing_category"),
        (CodeList::SdqReason, "sdq_reason"),
        (CodeList::InTouch, "in_touch"),
        (CodeList::Activ, "activity"),
        (CodeList::Accom, "accommodation"),
        (CodeList::PrevPerm, "previous_permanence"),
        (CodeList::LaPerm, "local_authority"),
        (CodeList::ReasonPlacedCeased, "adoption_reversal_reason"),
        (CodeList::SexAdoptr, "adopter_sex"),
        (CodeList::LsAdoptr, "adopter_status"),
        (CodeList::SwReason, "worker_change_reason"),
    ];
    for (list, name) in lists {
        let known: BTreeSet<String> = list.codes().iter().map(|c| (*c).to_owned()).collect();
        assert_eq!(known, guidance(name), "{name}");
    }
    // X1 ends an episode, not care.
    let ends: BTreeSet<String> =
        CodeList::Rec.codes().iter().filter(|c| **c != "X1").map(|c| (*c).to_owned()).collect();
    assert_eq!(ends, guidance("care_end_reason"));
}

#[test]
fn the_codes_that_the_conversion_gives_by_itself_exist() {
    for (list, code) in [
        ("review", "looked_after"),
        ("review", "short_break"),
        ("health_assessment", "review"),
        ("sdq_informant", "parent_carer"),
        ("circle_role", "social_worker"),
        ("placement_basis", "short_break"),
        ("placement_basis", "adoption"),
        ("placement_basis", "remand"),
    ] {
        assert!(guidance(list).contains(code), "{list}: {code}");
    }
}

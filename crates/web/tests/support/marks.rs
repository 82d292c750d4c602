//! What must not reach everybody, each with a mark of its own that stands nowhere else: finding one in an answer to
//! somebody whom the policies deny it is a leak. And a review that is called, so that its pages are really drawn.

use jiff::civil::{Date, date};
use kinfold_access::{Action, ActionSet};
use kinfold_record::{ChildId, Sensitivity};
use serde_json::{Value, json};

use super::OPEN;

/// One more entry: its day, its label and its event.
pub type More = (Date, Sensitivity, Value);

/// The review that is called for both children, one part of it, and an action decided at one before.
pub const REVIEW: &str = "reviewcalled";
pub const PART: &str = "reviewcalled-2";
pub const ACTION: &str = "actiondecided";

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// The confidential home: address, postcode, carer.
    Home,
    /// Who the family is.
    Family,
    /// How to reach the family.
    Contact,
    /// A fact about somebody else.
    ThirdParty,
    /// Whom the child does not want at the review.
    Unwanted,
    /// A safeguarding entry.
    Safeguarding,
    /// A restricted entry.
    Restricted,
    /// Health.
    Health,
    /// Sexual health.
    Sexual,
    /// A therapy note.
    Therapy,
    /// The health of the birth family.
    FamilyHealth,
    /// What is said of alcohol and drugs.
    SubstanceUse,
    /// What the child said to nobody in particular.
    Voice,
}

pub const SECRETS: [(Secret, &str); 13] = [
    (Secret::Home, "zqhome"),
    (Secret::Family, "zqkin"),
    (Secret::Contact, "zqring"),
    (Secret::ThirdParty, "zqthird"),
    (Secret::Unwanted, "zqunwanted"),
    (Secret::Safeguarding, "zqsafe"),
    (Secret::Restricted, "zqclosed"),
    (Secret::Health, "zqill"),
    (Secret::Sexual, "zqsexual"),
    (Secret::Therapy, "zqtherapy"),
    (Secret::FamilyHealth, "zqgenes"),
    (Secret::SubstanceUse, "zqdrugs"),
    (Secret::Voice, "zqvoice"),
];

/// The mark of a secret of a child.
pub fn mark(child: ChildId, mark: &str) -> String {
    format!("{}{mark}", if child == OPEN { "o" } else { "h" })
}

impl Secret {
    /// Whether somebody who may do this, and is the child or not, may meet it.
    pub fn open_to(self, may: ActionSet, own: bool) -> bool {
        if !may.has(Action::FindChild) {
            return false;
        }
        match self {
            Self::Home => may.has(Action::ViewAddress) && (may.has(Action::ViewConfidentialAddress) || own),
            Self::Family => may.has(Action::ViewContacts) || may.has(Action::ViewThirdParty) || own,
            Self::Contact => may.has(Action::ViewContacts) || own,
            Self::ThirdParty => may.has(Action::ViewThirdParty),
            // The child's own words come back to them.
            Self::Unwanted => may.has(Action::ViewThirdParty) || own,
            Self::Safeguarding => may.has(Action::ViewSafeguarding),
            Self::Restricted => may.has(Action::ViewRestrictedEntry),
            // The passport that was issued tells the young person of their own health.
            Self::Health => may.has(Action::ViewHealth) || own,
            Self::Sexual => may.has(Action::ViewSexualHealth),
            Self::Therapy => may.has(Action::ViewTherapy),
            Self::FamilyHealth => may.has(Action::ViewFamilyHealth),
            Self::SubstanceUse => may.has(Action::ViewSubstanceUse),
            Self::Voice => own,
        }
    }
}

/// A review called for both children, with its parts and an action.
pub fn called(child: ChildId) -> Vec<More> {
    let on = date(2026, 11, 20);
    let mut out = Vec::new();
    let mut add = |event: Value| out.push((on, Sensitivity::Ordinary, event));
    add(
        json!({"kind": "review_called", "occasion": REVIEW, "review": "looked_after", "on": "2026-12-10", "place": "school"}),
    );
    for (n, role) in ["young_person", "social_worker", "designated_teacher", "parent"].into_iter().enumerate()
    {
        add(
            json!({"kind": "review_invited", "occasion": REVIEW, "part": format!("{REVIEW}-{n}"), "role": role, "due": "2026-12-03"}),
        );
    }
    add(
        json!({"kind": "review_action", "action": ACTION, "text": "A bicycle", "owner": "social_worker", "by": "2026-12-20", "occasion": REVIEW}),
    );
    let unwanted = json!({"kind": "review_wishes", "occasion": REVIEW, "people": mark(child, "zqunwanted")});
    out.push((on, Sensitivity::ThirdParty, unwanted));
    out
}

/// The same and everything that bears a mark.
pub fn marked(child: ChildId) -> Vec<More> {
    let on = date(2026, 2, 2);
    let m = |what: &str| mark(child, what);
    let mut out = called(child);
    out.push((
        on,
        Sensitivity::Ordinary,
        json!({"kind": "placement_started", "placement_type": "U6",
        "address": format!("7 {} Rise\n{} Green", m("zqhome"), m("zqhome")), "postcode": "FE9 9ZQ",
        "carer_name": format!("Isolde {}", m("zqhome")), "address_confidential": true}),
    ));
    for role in ["parent", "sibling"] {
        out.push((
            on,
            Sensitivity::Ordinary,
            json!({"kind": "circle_joined", "role": role,
            "name": format!("Dana {}", m("zqkin")), "contact": format!("{} 01632 960717", m("zqring"))}),
        ));
    }
    // What somebody typed without thinking: everyday entries that everybody in the circle reads.
    let typed = format!("We walked to 7 {} Rise and back.", m("zqhome"));
    out.push((on, Sensitivity::Ordinary, json!({"kind": "note", "text": typed})));
    out.push((
        on,
        Sensitivity::Ordinary,
        json!({"kind": "need_to_know", "topic": "routine", "text": format!("The bus stops at {} Rise", m("zqhome"))}),
    ));
    out.push((
        on,
        Sensitivity::Ordinary,
        json!({"kind": "unmet_need_raised", "need": "n1", "text": format!("A lift to fe99zq, from Isolde {}", m("zqhome"))}),
    ));
    for (sensitivity, what) in [
        (Sensitivity::ThirdParty, "zqthird"),
        (Sensitivity::Safeguarding, "zqsafe"),
        (Sensitivity::Restricted, "zqclosed"),
    ] {
        out.push((on, sensitivity, json!({"kind": "note", "text": m(what)})));
    }
    out.push((on, Sensitivity::Health, json!({"kind": "allergy_noted", "item": "a1", "name": m("zqill")})));
    out.push((
        on,
        Sensitivity::SexualHealth,
        json!({"kind": "sexual_health_note", "topic": "advice", "text": m("zqsexual")}),
    ));
    out.push((on, Sensitivity::Therapy, json!({"kind": "therapy_note", "text": m("zqtherapy")})));
    out.push((on, Sensitivity::FamilyHealth, json!({"kind": "family_history", "item": "f1", "relation": "mother", "topic": "mental", "text": m("zqgenes")})));
    // As it was labelled before what is said of alcohol and drugs had a label of its own: such entries stand for ever.
    for sensitivity in [Sensitivity::SubstanceUse, Sensitivity::Health, Sensitivity::Ordinary] {
        let asked = json!({"kind": "substance_screening", "outcome": "advice", "text": m("zqdrugs")});
        out.push((on, sensitivity, asked));
    }
    out.push((
        on,
        Sensitivity::Voice,
        json!({"kind": "voice_said", "voice": "v1", "topic": "worry", "text": m("zqvoice")}),
    ));
    out
}

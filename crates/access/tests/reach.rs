//! The scope of a list and the decision about one child are the same: for any person, any child and any ties between
//! them, a record belongs to the reach exactly if the person may find it.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::sync::LazyLock;

use kinfold_access::{
    Action, Appointment, CircleRole, Code, Engine, Purpose, Reach, Relations, Request, Role, Target, Ties,
    Who,
};
use kinfold_record::{PersonId, Subject};
use proptest::prelude::*;
use uuid::Uuid;

static HOUSE: LazyLock<Engine> = LazyLock::new(|| Engine::house().unwrap());

fn team() -> impl Strategy<Value = Uuid> {
    (1..4_u128).prop_map(Uuid::from_u128)
}

fn appointment() -> impl Strategy<Value = Appointment> {
    (prop::sample::select(Role::ALL), prop::option::weighted(0.7, team()))
        .prop_map(|(role, team)| Appointment { role, team })
}

fn who() -> impl Strategy<Value = Who> {
    (prop::collection::vec(appointment(), 0..3), prop::bool::weighted(0.05)).prop_map(
        |(appointments, disabled)| Who { person: PersonId(Uuid::from_u128(9)), appointments, disabled },
    )
}

fn ties() -> impl Strategy<Value = Ties> {
    let places = prop::collection::vec(prop::sample::select(CircleRole::ALL), 0..3);
    let seldom = || prop::bool::weighted(0.2);
    (
        prop::option::of(team()),
        prop::collection::vec(team(), 0..2),
        places,
        seldom(),
        seldom(),
        seldom(),
        seldom(),
    )
        .prop_map(
            |(team, teams_above, places, was_in_circle, is_the_child, named_reader, break_glass)| Ties {
                team,
                teams_above,
                circle: places.into_iter().collect(),
                was_in_circle,
                is_the_child,
                named_reader,
                break_glass,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_list_holds_what_its_reader_may_find(
        who in who(),
        children in prop::collection::vec((ties(), any::<bool>()), 1..12),
        purpose in prop::sample::select(Purpose::ALL),
        subject in prop::sample::select(&[Subject::Child, Subject::Child, Subject::Carer, Subject::Home][..]),
    ) {
        let reach = HOUSE.reach(&who, purpose, subject);
        for (ties, restricted) in &children {
            let target = Target::Child { relations: Relations::of(&who, ties), restricted: *restricted, subject };
            let may = HOUSE.allows(&Request { who: &who, purpose, action: Action::FindChild, target });
            prop_assert_eq!(reach.includes(&who, ties, *restricted), may, "{:?} restricted {}", ties, restricted);
        }
    }
}

fn reach(role: Role, purpose: Purpose) -> Reach {
    let who = Who::new(PersonId(Uuid::from_u128(9)), vec![Appointment { role, team: None }]);
    HOUSE.reach(&who, purpose, Subject::Child)
}

#[test]
fn each_role_reaches_what_it_should() {
    let worker = reach(Role::SocialWorker, Purpose::DirectCare);
    assert!(worker.open.own_teams && !worker.open.everything && !worker.open.former);
    assert!(
        worker.open.circle.has(CircleRole::SocialWorker) && worker.open.circle.has(CircleRole::CoverWorker)
    );
    assert!(worker.open.barred.has(CircleRole::Relative));
    assert!(worker.restricted.is_empty() && worker.named.everything);
    assert!(reach(Role::Director, Purpose::Management).open.everything);
    assert!(reach(Role::TeamManager, Purpose::DirectCare).open.managed_teams);
    assert!(reach(Role::YoungPerson, Purpose::DirectCare).open.own);
    for role in [
        Role::Administrator,
        Role::Councillor,
        Role::Commissioner,
        Role::DataProtectionOfficer,
        Role::PanelClerk,
        Role::PartnershipLead,
    ] {
        assert!(Purpose::ALL.iter().all(|purpose| reach(role, *purpose).is_empty()), "{role}");
    }
}

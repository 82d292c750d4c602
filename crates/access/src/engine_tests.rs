use std::sync::LazyLock;

use kinfold_record::{PersonId, Sensitivity, Strand, Subject};
use uuid::Uuid;

use super::*;
use crate::codes::Code;
use crate::relation::{CircleRole, Relation, Relations};
use crate::request::Appointment;
use crate::role::{Role, RoleSet};

static HOUSE: LazyLock<Engine> = LazyLock::new(|| Engine::house().unwrap());

fn who(roles: &[Role]) -> Who {
    let appointments = roles.iter().map(|role| Appointment { role: *role, team: None }).collect();
    Who::new(PersonId(Uuid::from_u128(7)), appointments)
}

fn stranger() -> Relations {
    Relations::NONE.with(Relation::SameAuthority)
}

fn may(roles: &[Role], relations: Relations) -> ActionSet {
    let who = who(roles);
    HOUSE.may(&who, Purpose::of_opening(who.roles(), relations), Target::child(relations))
}

#[test]
fn without_a_role_nobody_does_anything_but_read_the_rules() {
    assert_eq!(may(&[], stranger()), ActionSet::EMPTY);
    let authority = HOUSE.may(&who(&[]), Purpose::DirectCare, Target::Authority);
    assert_eq!(authority, ActionSet::EMPTY.with(Action::ViewGuidance));
}

#[test]
fn a_social_worker_reads_in_the_circle_and_not_outside_it() {
    let in_circle = may(&[Role::SocialWorker], stranger().in_circle(CircleRole::SocialWorker));
    assert!(in_circle.has(Action::ViewThirdParty) && in_circle.may_record(Strand::Law));
    let outside = may(&[Role::SocialWorker], stranger());
    assert_eq!(outside, ActionSet::EMPTY.with(Action::BreakGlass));
    let former = may(&[Role::SocialWorker], stranger().with(Relation::FormerCircle));
    assert_eq!(former, outside, "a place that has ended gives nothing");
}

#[test]
fn a_team_steps_in_with_the_essentials_only() {
    let cover = may(&[Role::SocialWorker], stranger().with(Relation::OwnTeam));
    assert!(cover.has(Action::ViewChronology) && cover.may_record(Strand::Care));
    for kept in [Action::ViewHealth, Action::ViewThirdParty, Action::ManageCircle, Action::ViewLaw] {
        assert!(!cover.has(kept), "{kept}");
    }
}

#[test]
fn a_place_counts_only_with_the_role_it_belongs_to() {
    let nurse = may(&[Role::DesignatedTeacher], stranger().in_circle(CircleRole::SocialWorker));
    assert_eq!(nurse, ActionSet::EMPTY);
}

#[test]
fn an_administrator_reaches_no_child_whatever_else_they_are() {
    let every_role = Role::ALL;
    for relations in [
        stranger().in_circle(CircleRole::SocialWorker),
        stranger().with(Relation::ManagedTeam).with(Relation::NamedReader),
        stranger().with(Relation::BreakGlass).with(Relation::Own),
    ] {
        for purpose in Purpose::all() {
            let allowed = HOUSE.may(&who(every_role), *purpose, Target::child(relations));
            assert_eq!(allowed, ActionSet::EMPTY);
        }
    }
    assert!(
        HOUSE
            .may(&who(&[Role::Administrator]), Purpose::Support, Target::Authority)
            .has(Action::ManageAccounts)
    );
}

#[test]
fn councillors_commissioners_and_partnership_leads_see_figures_only() {
    for role in [Role::Councillor, Role::Commissioner, Role::PartnershipLead] {
        for relation in Relation::ALL {
            assert_eq!(may(&[role], stranger().with(*relation)), ActionSet::EMPTY, "{role} {relation}");
        }
        let authority = HOUSE.may(&who(&[role]), Purpose::Management, Target::Authority);
        let of_children: ActionSet = [Action::ViewMeasures, Action::ViewGuidance].into_iter().collect();
        let of_the_authority = [
            Action::ViewPlans,
            Action::EditPlans,
            Action::CommentAsPanel,
            Action::AnswerAudit,
            Action::LeadAudit,
            Action::RunPanel,
            Action::Publish,
            Action::ViewSurveys,
            Action::RunSurveys,
            Action::ViewDirectory,
            Action::EditDirectory,
        ];
        let beside = authority.iter().filter(|action| !of_the_authority.contains(action));
        assert_eq!(beside.collect::<ActionSet>(), of_children, "{role}");
    }
}

#[test]
fn what_the_authority_writes_about_itself_is_read_by_many_and_changed_by_few() {
    let may = |role: Role| HOUSE.may(&who(&[role]), Purpose::of_role(role), Target::Authority);
    for role in [Role::FosterCarer, Role::YoungPerson, Role::Administrator] {
        assert!(!may(role).has(Action::ViewPlans), "{role}");
    }
    let held =
        |action: Action| Role::ALL.iter().copied().filter(|role| may(*role).has(action)).collect::<Vec<_>>();
    assert_eq!(
        held(Action::EditPlans),
        [Role::HeadOfService, Role::Director, Role::Commissioner, Role::NominatedOfficer, Role::PanelClerk]
    );
    let mut leads = held(Action::EditPlans);
    leads.push(Role::PartnershipLead);
    assert_eq!(held(Action::LeadAudit), leads, "one of the partners may lead, and keeps no plan");
    assert_eq!(held(Action::YoungAuditor), [Role::YoungPerson]);
    assert_eq!(held(Action::PrepareInspection), [Role::HeadOfService, Role::Director, Role::DataAnalyst]);
    assert_eq!(held(Action::CommentAsPanel), [Role::Councillor, Role::PanelClerk]);
    assert_eq!(held(Action::RunPanel), [Role::PanelClerk]);
    assert_eq!(held(Action::Publish), [Role::HeadOfService, Role::Director, Role::PanelClerk]);
    assert!(
        may(Role::SocialWorker).has(Action::ViewPlans) && !may(Role::SocialWorker).has(Action::AnswerAudit)
    );
    for role in leads.into_iter().chain(held(Action::AnswerAudit)) {
        assert!(may(role).has(Action::ViewPlans), "whoever writes reads: {role}");
    }
    assert_eq!(
        held(Action::RunSurveys),
        [Role::HeadOfService, Role::Director, Role::VirtualSchoolHead, Role::Commissioner, Role::PanelClerk]
    );
    assert_eq!(
        held(Action::EditDirectory),
        [
            Role::HeadOfService,
            Role::DesignatedNurse,
            Role::HealthAdministrator,
            Role::VirtualSchoolHead,
            Role::Commissioner,
            Role::PanelClerk
        ]
    );
    for role in held(Action::RunSurveys) {
        assert!(may(role).has(Action::ViewSurveys), "whoever asks reads the answers: {role}");
    }
    for role in held(Action::EditDirectory) {
        assert!(may(role).has(Action::ViewDirectory), "whoever keeps it reads it: {role}");
    }
    assert!(!may(Role::YoungPerson).has(Action::ViewDirectory), "theirs is the public page");
    let nobody = HOUSE.may(&who(&[]), Purpose::DirectCare, Target::Authority);
    assert!(!nobody.has(Action::ViewPlans), "an account without a role");
}

/// Every role that is not kept from children: nobody has more rights than somebody with all of them.
fn all_but_the_barred() -> Vec<Role> {
    Role::ALL
        .iter()
        .copied()
        .filter(|role| {
            let barred = [Role::Administrator, Role::Councillor, Role::PanelClerk, Role::PartnershipLead];
            !barred.contains(role)
        })
        .collect()
}

#[test]
fn a_restricted_record_does_not_exist_for_anybody_it_does_not_name() {
    let everybody = who(&all_but_the_barred());
    let apart: ActionSet = [Action::BreakGlass, Action::ViewAccessLog].into_iter().collect();
    for place in CircleRole::ALL {
        for purpose in Purpose::all() {
            let relations = stranger().in_circle(*place).with(Relation::ManagedTeam).with(Relation::OwnTeam);
            let open = HOUSE.may(&everybody, *purpose, Target::child(relations));
            let shut = HOUSE.may(&everybody, *purpose, Target::restricted_child(relations));
            assert_eq!(shut.minus(apart), ActionSet::EMPTY, "{place} {purpose}");
            assert_eq!(shut, open.intersection(apart), "{place} {purpose}");
        }
    }
}

#[test]
fn a_restriction_never_takes_the_young_persons_own_space_away() {
    let own = stranger().in_circle(CircleRole::YoungPerson).with(Relation::Own);
    let ask = |role: Role, relations, target: fn(Relations) -> Target| {
        HOUSE.may(&who(&[role]), Purpose::DirectCare, target(relations))
    };
    let open = ask(Role::YoungPerson, own, Target::child);
    assert!(open.has(Action::SayIt) && open.has(Action::FindChild));
    assert_eq!(ask(Role::YoungPerson, own, Target::restricted_child), open);
    let brother = stranger().in_circle(CircleRole::Sibling);
    assert_eq!(ask(Role::YoungPerson, brother, Target::restricted_child), ActionSet::EMPTY);
    let worker = ask(Role::SocialWorker, own, Target::restricted_child);
    assert!(!worker.has(Action::ViewChild), "the tie counts for a young person and for nobody else");
}

#[test]
fn being_named_gives_a_tie_on_a_restricted_record_what_it_gives_elsewhere() {
    for role in Role::ALL {
        for tie in crate::matrix::Tie::all() {
            let relations = tie.relations(*role).0.with(Relation::NamedReader);
            let purpose = Purpose::of_opening(RoleSet::EMPTY.with(*role), relations);
            let telling = [
                Action::FindChild,
                Action::ViewLaw,
                Action::ViewThirdParty,
                Action::RecordNote,
                Action::Allocate,
            ];
            let asked =
                |target| HOUSE.decide_many(&who(&[*role]), purpose, target, telling.into_iter().collect());
            let (open, shut) = (Target::child(relations), Target::restricted_child(relations));
            assert_eq!(asked(open), asked(shut), "{role} {tie:?}");
        }
    }
}

#[test]
fn actions_that_are_asked_together_are_decided_alike() {
    let tell_apart = |one: Action, other: Action| {
        let target = if one.about_a_child() { Target::child(stranger()) } else { Target::Authority };
        let ask = |action| {
            HOUSE.decide(&Request { who: &who(Role::ALL), purpose: Purpose::DirectCare, action, target })
        };
        ask(one) != ask(other)
    };
    let twins: Vec<(Action, Action)> =
        Action::ALL.iter().map(|action| (*action, HOUSE.policies.twin(*action))).collect();
    assert!(twins.iter().all(|(one, other)| !tell_apart(*one, *other)));
    assert!(twins.iter().any(|(one, other)| one != other));
    assert_ne!(HOUSE.policies.twin(Action::ViewThirdParty), HOUSE.policies.twin(Action::ViewHealth));
}

#[test]
fn an_emergency_opening_of_a_restricted_record_is_for_few() {
    let opened = stranger().with(Relation::BreakGlass).in_circle(CircleRole::SocialWorker);
    let reads = |role| {
        HOUSE
            .may(&who(&[role]), Purpose::Safeguarding, Target::restricted_child(opened))
            .has(Action::ViewChronology)
    };
    assert!(!reads(Role::SocialWorker));
    assert!(reads(Role::Director) && reads(Role::SafeguardingLead));
    assert!(!may(&[Role::Director], opened).has(Action::ViewRestrictedEntry));
}

#[test]
fn family_is_not_read_about_through_the_job() {
    let uncle = stranger().in_circle(CircleRole::Relative).in_circle(CircleRole::SocialWorker);
    assert_eq!(may(&[Role::SocialWorker], uncle), ActionSet::EMPTY);
    let grandmother = Relations::NONE.in_circle(CircleRole::Relative).in_circle(CircleRole::FosterCarer);
    assert!(may(&[Role::FosterCarer], grandmother).has(Action::ViewChild));
}

#[test]
fn health_colleagues_read_health_and_neither_courts_nor_third_parties() {
    let nurse = may(&[Role::DesignatedNurse], stranger());
    assert!(nurse.may_read(Strand::Health, Sensitivity::Health) && nurse.may_record(Strand::Health));
    assert!(!nurse.may_read(Strand::Law, Sensitivity::Ordinary));
    assert!(!nurse.may_read(Strand::Care, Sensitivity::ThirdParty));
    assert!(!nurse.may_record(Strand::Law));
}

#[test]
fn a_foster_carer_reads_what_care_needs() {
    let carer = may(&[Role::FosterCarer], Relations::NONE.in_circle(CircleRole::FosterCarer));
    assert!(carer.has(Action::ViewHealth) && carer.has(Action::ViewChronology));
    for kept in
        [Action::ViewLaw, Action::ViewThirdParty, Action::ViewContacts, Action::ViewConfidentialAddress]
    {
        assert!(!carer.has(kept), "{kept}");
    }
}

#[test]
fn an_analyst_reads_for_the_return_and_for_nothing_else() {
    let analyst = who(&[Role::DataAnalyst]);
    let target = Target::child(stranger());
    let facts = HOUSE.may(&analyst, Purpose::StatutoryReturn, target);
    assert!(facts.has(Action::FindChild) && facts.has(Action::ViewLaw));
    for kept in [
        Action::ViewHealth,
        Action::ViewThirdParty,
        Action::ViewSafeguarding,
        Action::ViewConfidentialAddress,
    ] {
        assert!(!facts.has(kept), "{kept}");
    }
    assert_eq!(HOUSE.may(&analyst, Purpose::DirectCare, target), ActionSet::EMPTY);
}

#[test]
fn the_data_protection_officer_sees_who_looked_and_not_at_what() {
    let target = Target::restricted_child(stranger());
    let allowed = HOUSE.may(&who(&[Role::DataProtectionOfficer]), Purpose::Audit, target);
    assert_eq!(allowed, ActionSet::EMPTY.with(Action::ViewAccessLog));
}

#[test]
fn several_roles_give_the_rights_of_each() {
    let relations = stranger().in_circle(CircleRole::SocialWorker).with(Relation::ManagedTeam);
    let both = may(&[Role::SocialWorker, Role::TeamManager], relations);
    let apart = may(&[Role::SocialWorker], relations).union(may(&[Role::TeamManager], relations));
    assert_eq!(both, apart);
}

#[test]
fn an_account_that_is_switched_off_does_nothing() {
    let off = Who { disabled: true, ..who(&[Role::TeamManager]) };
    let target = Target::child(stranger().with(Relation::ManagedTeam));
    assert_eq!(HOUSE.may(&off, Purpose::DirectCare, target), ActionSet::EMPTY);
    assert_eq!(HOUSE.may(&off, Purpose::DirectCare, Target::Authority), ActionSet::EMPTY);
    let asked = Request { who: &off, purpose: Purpose::DirectCare, action: Action::ViewChild, target };
    let decision = HOUSE.decide(&asked);
    assert_eq!(
        (decision.allowed, decision.reasons.as_slice()),
        (false, ["never.switched_off".into()].as_slice())
    );
}

#[test]
fn a_decision_says_why() {
    let worker = who(&[Role::SocialWorker]);
    let ask = |target| {
        let request =
            Request { who: &worker, purpose: Purpose::DirectCare, action: Action::ViewHealth, target };
        HOUSE.decide(&request)
    };
    let allowed = ask(Target::child(stranger().in_circle(CircleRole::CoverWorker)));
    assert_eq!(allowed.reasons, ["circle.social_worker"]);
    assert!(allowed.explanation.starts_with("A child's social worker"));
    assert_eq!(ask(Target::child(stranger())).explanation, "No policy allows it.");
    let shut = ask(Target::restricted_child(stranger()));
    assert_eq!(
        shut.explanation,
        "A restricted record exists only for the people it names, and for the young person whose it is."
    );
}

#[test]
fn what_is_remembered_is_what_was_decided() {
    let engine = Engine::house().unwrap();
    let person = who(&[Role::TeamManager, Role::ReviewingOfficer]);
    for relation in Relation::ALL {
        let target = Target::child(stranger().with(*relation));
        let one_by_one: ActionSet = Action::ALL
            .iter()
            .copied()
            .filter(|action| {
                let request =
                    Request { who: &person, purpose: Purpose::Safeguarding, action: *action, target };
                let first = engine.allows(&request);
                assert_eq!((first, first), (engine.allows(&request), engine.decide(&request).allowed));
                first
            })
            .collect();
        assert_eq!(engine.may(&person, Purpose::Safeguarding, target), one_by_one);
        let some = [Action::ViewHealth, Action::FindChild].into_iter().collect();
        assert_eq!(
            engine.decide_many(&person, Purpose::Safeguarding, target, some),
            one_by_one.intersection(some)
        );
    }
    assert!(read(&engine.known).len() <= Relation::ALL.len(), "one memory for each situation");
}

#[test]
fn memory_is_capped() {
    let engine = Engine::house().unwrap();
    let nobody = who(&[]);
    for bits in 0..=REMEMBERED as u64 {
        let circle: Vec<CircleRole> =
            CircleRole::ALL.iter().copied().filter(|place| bits >> place.index() & 1 == 1).collect();
        let circle = circle.into_iter().collect();
        let situation = Situation::of(
            &nobody,
            Purpose::DirectCare,
            Target::child(Relations { circle, ..Relations::NONE }),
        );
        engine.remember(situation, Known::default());
    }
    assert!(read(&engine.known).len() <= REMEMBERED);
}

#[test]
fn every_action_can_be_asked_of_its_target_and_of_no_other() {
    let policies = &HOUSE.policies;
    for action in Action::ALL {
        for subject in [Subject::Child, Subject::Carer, Subject::Home] {
            let target = Target::Child { relations: stranger(), restricted: false, subject };
            let situation = Situation::of(&who(Role::ALL), Purpose::DirectCare, target);
            let question = policies.question(situation).unwrap();
            assert_eq!(question.fits_the_schema(*action), action.about_a_child(), "{action}");
        }
        let situation = Situation::of(&who(Role::ALL), Purpose::DirectCare, Target::Authority);
        let question = policies.question(situation).unwrap();
        assert_eq!(question.fits_the_schema(*action), !action.about_a_child(), "{action}");
    }
}

#[test]
fn the_matrix_in_the_documentation_is_the_matrix_of_the_policies() {
    let file = include_str!("../../../docs/reference/access-matrix.md");
    assert!(
        file == HOUSE.matrix_markdown(),
        "run: cargo run -p kinfold-access --example access_matrix > docs/reference/access-matrix.md"
    );
    // Every role has a right of its own, and every action somebody who may do it. One test with the file, because
    // working the matrix out is the dear part.
    let mut used = ActionSet::EMPTY;
    for rights in HOUSE.matrix() {
        let columns = rights.records.iter().flat_map(|table| &table.columns);
        let given = columns.fold(rights.authority, |given, column| given.union(column.actions()));
        assert!(given.len() > 1, "{}", rights.role);
        used = used.union(given);
    }
    assert_eq!(used, ActionSet::all());
}

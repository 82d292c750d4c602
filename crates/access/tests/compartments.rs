//! Compartments of health: who reads and records what is kept apart, and that nobody else does, whatever their role and
//! whatever place they have in the circle.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::sync::LazyLock;

use kinfold_access::{
    Action, ActionSet, Appointment, CircleRole, Code, Engine, Purpose, Relation, Relations, Role, Target, Who,
};
use kinfold_record::{EventKind, PersonId, Sensitivity, Strand};
use uuid::Uuid;

static HOUSE: LazyLock<Engine> = LazyLock::new(|| Engine::house().unwrap());

fn may(role: Role, relations: Relations) -> ActionSet {
    let appointments = vec![Appointment { role, team: None }];
    let who = Who::new(PersonId(Uuid::from_u128(7)), appointments);
    HOUSE.may(&who, Purpose::DirectCare, Target::child(relations))
}

fn stranger() -> Relations {
    Relations::NONE.with(Relation::SameAuthority)
}

/// Every role, alone and in every place of the circle, does this exactly where `allowed` says so.
#[track_caller]
fn only(action: Action, allowed: fn(Role, Option<CircleRole>) -> bool) {
    let mut given = 0;
    for role in Role::ALL.iter().copied() {
        for place in std::iter::once(None).chain(CircleRole::ALL.iter().copied().map(Some)) {
            let relations = place.map_or_else(stranger, |place| stranger().in_circle(place));
            // Nobody reads about their own family through the job.
            let family =
                matches!(place, Some(CircleRole::Parent | CircleRole::Relative | CircleRole::Sibling));
            let wanted = allowed(role, place) && !family;
            given += u32::from(wanted);
            assert_eq!(may(role, relations).has(action), wanted, "{action}: {role} as {place:?}");
        }
    }
    assert!(given > 0, "nobody may {action}");
}

fn worker(role: Role, place: Option<CircleRole>) -> bool {
    role == Role::SocialWorker && matches!(place, Some(CircleRole::SocialWorker | CircleRole::CoverWorker))
}

fn clinician(role: Role) -> bool {
    matches!(role, Role::DesignatedNurse | Role::DesignatedDoctor)
}

#[test]
fn the_birth_familys_health_is_for_those_who_asked_for_it() {
    only(Action::ViewFamilyHealth, |role, place| worker(role, place) || clinician(role));
    only(Action::RecordFamilyHealth, |role, place| worker(role, place) || clinician(role));
}

#[test]
fn sexual_health_is_for_the_childs_own_nurse_or_doctor() {
    let own = |role: Role, place: Option<CircleRole>| {
        clinician(role) && matches!(place, Some(CircleRole::LookedAfterNurse | CircleRole::DesignatedDoctor))
    };
    only(Action::ViewSexualHealth, own);
    only(Action::RecordSexualHealth, own);
    let named = stranger().with(Relation::NamedReader);
    assert!(may(Role::SocialWorker, named).has(Action::ViewSexualHealth));
    assert!(!may(Role::FosterCarer, named).has(Action::ViewSexualHealth));
}

#[test]
fn alcohol_and_drugs_are_for_the_nurses_and_doctors_who_ask_and_for_named_readers() {
    only(Action::ViewSubstanceUse, |role, _| clinician(role));
    let named = stranger().with(Relation::NamedReader);
    assert!(may(Role::SocialWorker, named).has(Action::ViewSubstanceUse));
    for role in [Role::FosterCarer, Role::HealthAdministrator, Role::DesignatedTeacher, Role::DataAnalyst] {
        assert!(!may(role, named).has(Action::ViewSubstanceUse), "{role}");
    }
    for kind in [EventKind::SubstanceScreening, EventKind::SubstanceMisuse] {
        let nurse = may(Role::DesignatedNurse, stranger());
        assert!(nurse.has(Action::to_record_kind(kind)), "{}", kind.as_str());
        assert!(nurse.may_read(kind.strand(), kind.usual_sensitivity()), "whoever records it reads it again");
        let carer = may(Role::FosterCarer, stranger().in_circle(CircleRole::FosterCarer));
        assert!(!carer.may_read(kind.strand(), kind.usual_sensitivity()));
    }
}

#[test]
fn the_health_team_records_that_health_services_were_told_and_a_carer_does_not() {
    let nobody_of = [Role::FosterCarer, Role::DesignatedTeacher, Role::YoungPerson, Role::DataAnalyst];
    for role in nobody_of {
        for place in CircleRole::ALL.iter().copied() {
            assert!(
                !may(role, stranger().in_circle(place)).has(Action::RecordHealthNotice),
                "{role} as {place}"
            );
        }
    }
    for role in [Role::DesignatedNurse, Role::DesignatedDoctor, Role::HealthAdministrator] {
        let rights = may(role, stranger());
        assert!(rights.has(Action::RecordHealthNotice) && !rights.has(Action::RecordLaw), "{role}");
    }
    assert!(
        may(Role::SocialWorker, stranger().in_circle(CircleRole::SocialWorker))
            .has(Action::RecordHealthNotice)
    );
    assert!(!may(Role::SocialWorker, stranger()).has(Action::RecordHealthNotice));
}

#[test]
fn therapy_notes_are_for_the_therapist_and_not_for_the_reviewing_officer() {
    let therapist = |role: Role, place: Option<CircleRole>| {
        (clinician(role) || role == Role::HealthSenior) && place == Some(CircleRole::Therapist)
    };
    only(Action::ViewTherapy, therapist);
    only(Action::RecordTherapy, therapist);
    // That there is therapy, and which goal it serves, stands in the referral.
    let officer = may(Role::ReviewingOfficer, stranger().in_circle(CircleRole::ReviewingOfficer));
    assert!(officer.may_read(EventKind::ReferralMade.strand(), EventKind::ReferralMade.usual_sensitivity()));
    assert!(!officer.may_read(EventKind::TherapyNote.strand(), EventKind::TherapyNote.usual_sensitivity()));
    // Not even in an emergency, and not as a named reader.
    for tie in [Relation::BreakGlass, Relation::NamedReader] {
        let relations = stranger().with(tie).in_circle(CircleRole::ReviewingOfficer);
        let who = Who::new(
            PersonId(Uuid::from_u128(7)),
            vec![Appointment { role: Role::ReviewingOfficer, team: None }],
        );
        for purpose in [Purpose::DirectCare, Purpose::Safeguarding] {
            assert!(!HOUSE.may(&who, purpose, Target::child(relations)).has(Action::ViewTherapy));
        }
    }
}

#[test]
fn whoever_makes_the_lists_of_an_inspection_learns_the_days_of_health_and_nothing_of_it() {
    // For the care of a child; an analyst looks for the return, below.
    only(Action::ViewHealthDates, |role, _| matches!(role, Role::Director | Role::HeadOfService));
    for role in [Role::Director, Role::HeadOfService, Role::DataAnalyst] {
        let who = Who::new(PersonId(Uuid::from_u128(7)), vec![Appointment { role, team: None }]);
        let may = |target| HOUSE.may(&who, Purpose::of_role(role), target);
        let open = may(Target::child(stranger()));
        assert!(open.has(Action::ViewHealthDates), "{role}");
        for kind in
            [EventKind::HealthAssessment, EventKind::DentalCheck, EventKind::Sdq, EventKind::SdqAnswers]
        {
            assert!(!open.may_read(kind.strand(), kind.usual_sensitivity()), "{role} {}", kind.as_str());
        }
        let restricted = Target::Child {
            relations: stranger(),
            restricted: true,
            subject: kinfold_record::Subject::Child,
        };
        assert!(!may(restricted).has(Action::ViewHealthDates), "{role}");
        assert!(!HOUSE.may(&who, Purpose::Audit, Target::child(stranger())).has(Action::ViewHealthDates));
    }
}

#[test]
fn answers_one_by_one_are_for_those_who_score_them() {
    only(Action::ViewAnswers, |role, place| worker(role, place) || clinician(role));
    // A carer reads the score, and not what the young person answered.
    let carer = may(Role::FosterCarer, stranger().in_circle(CircleRole::FosterCarer));
    assert!(carer.may_read(Strand::Health, EventKind::Sdq.usual_sensitivity()));
    assert!(!carer.may_read(Strand::Health, EventKind::SdqAnswers.usual_sensitivity()));
}

/// What only the reviewing officer records: the right to record care is not enough.
const LED: [EventKind; 11] = [
    EventKind::ReviewCalled,
    EventKind::ReviewMoved,
    EventKind::ReviewCalledOff,
    EventKind::ReviewInvited,
    EventKind::ReviewLeftOut,
    EventKind::ReviewAction,
    EventKind::ReviewActionMoved,
    EventKind::ReviewCopyReady,
    EventKind::DisputeRaised,
    EventKind::DisputeReferred,
    EventKind::DisputeSettled,
];

#[test]
fn reviews_and_disputes_are_the_reviewing_officers_to_record() {
    for kind in LED {
        assert_eq!(Action::to_record_kind(kind), Action::ConductReview, "{}", kind.as_str());
    }
    assert_eq!(Action::to_record_kind(EventKind::DisputeAnswered), Action::RecordCare);
}

/// What of their own space a child is not shown: for those who answer for the circle, not for whoever records safety.
const CLOSED_TO_THE_CHILD: [EventKind; 2] = [EventKind::OwnPartClosed, EventKind::OwnPartOpened];

#[test]
fn what_a_child_said_opens_to_no_role_but_their_own_and_a_carer_closes_nothing() {
    for role in Role::ALL.iter().copied() {
        for place in CircleRole::ALL.iter().copied() {
            assert!(!may(role, stranger().in_circle(place)).has(Action::SayIt), "{role} as {place}");
        }
        let own = may(role, stranger().with(Relation::Own)).has(Action::SayIt);
        assert_eq!(own, role == Role::YoungPerson, "{role}");
    }
    for kind in [EventKind::VoiceSaid, EventKind::VoiceReplied] {
        assert_eq!(kind.compartment(), Some(Sensitivity::Voice));
        assert_eq!(Action::to_record_kind(kind), Action::SayIt);
    }
    for kind in CLOSED_TO_THE_CHILD {
        assert_eq!(Action::to_record_kind(kind), Action::ManageCircle, "{}", kind.as_str());
    }
    let carer = may(Role::FosterCarer, stranger().in_circle(CircleRole::FosterCarer));
    assert!(carer.has(Action::RecordSafety) && !carer.has(Action::ManageCircle));
}

#[test]
fn a_carers_log_is_read_by_those_who_answer_for_the_home_and_kept_by_carers_alone() {
    let answers = |role: Role, place: CircleRole| match role {
        Role::SocialWorker => matches!(place, CircleRole::SocialWorker | CircleRole::CoverWorker),
        Role::PersonalAdviser => matches!(place, CircleRole::PersonalAdviser | CircleRole::CoverWorker),
        Role::SupervisingSocialWorker => place == CircleRole::SupervisingSocialWorker,
        Role::TeamManager => place == CircleRole::TeamManager,
        _ => false,
    };
    for role in Role::ALL.iter().copied() {
        for place in CircleRole::ALL.iter().copied() {
            let rights = may(role, stranger().in_circle(place));
            assert_eq!(rights.has(Action::AnswerCarer), answers(role, place), "{role} as {place}");
            let at_home = matches!(place, CircleRole::FosterCarer | CircleRole::ResidentialWorker);
            let cares = role == Role::FosterCarer && at_home;
            assert_eq!(rights.has(Action::KeepLog), cares, "{role} as {place}");
        }
        assert!(!may(role, stranger().with(Relation::Own)).has(Action::AnswerCarer), "{role}");
    }
    for kind in [
        EventKind::CarerLogWritten,
        EventKind::CarerLogAnswered,
        EventKind::CarerAsked,
        EventKind::CarerReplied,
    ] {
        assert_eq!(kind.compartment(), Some(Sensitivity::Carer));
        assert_eq!(Action::to_record_kind(kind), Action::AnswerCarer);
    }
}

#[test]
fn health_detail_alone_opens_no_compartment() {
    for sensitivity in Sensitivity::ALL {
        let asked = Action::for_sensitivity(sensitivity);
        let health = ActionSet::EMPTY.with(Action::ViewHealth).with(Action::ViewChronology);
        let open = matches!(sensitivity, Sensitivity::Ordinary | Sensitivity::Health);
        assert_eq!(health.has(asked), open, "{}", sensitivity.as_str());
    }
    for kind in EventKind::ALL {
        let own = kind.compartment().is_some_and(|c| c != Sensitivity::Answers)
            || LED.contains(kind)
            || CLOSED_TO_THE_CHILD.contains(kind);
        assert_eq!(
            Action::to_record_kind(*kind) != Action::to_record(kind.strand()),
            own,
            "{}",
            kind.as_str()
        );
    }
}

//! How a person stands to a child today. The caller states the facts; [`Relations::of`] turns them into relations in
//! one place, so that the store, the pages and the tests mean the same thing by "own team".

use uuid::Uuid;

use crate::codes::{CodeSet, codes};
use crate::request::Who;
use crate::role::Role;

codes! {
    /// A place in a child's circle (guidance/codes/circle_role.csv).
    CircleRole
    SocialWorker "social_worker" "Social worker";
    CoverWorker "cover_worker" "Cover for the social worker";
    TeamManager "team_manager" "Team manager";
    ReviewingOfficer "reviewing_officer" "Independent reviewing officer";
    PersonalAdviser "personal_adviser" "Personal adviser";
    LookedAfterNurse "looked_after_nurse" "Nurse for looked-after children";
    DesignatedDoctor "designated_doctor" "Doctor";
    HealthVisitor "health_visitor" "Health visitor";
    Gp "gp" "GP";
    Therapist "therapist" "Therapist";
    DesignatedTeacher "designated_teacher" "Designated teacher";
    VirtualSchool "virtual_school" "Virtual school adviser";
    FosterCarer "foster_carer" "Foster carer";
    ResidentialWorker "residential_worker" "Key worker in the home";
    SupervisingSocialWorker "supervising_social_worker" "Supervising social worker";
    Parent "parent" "Parent";
    Relative "relative" "Relative";
    Sibling "sibling" "Brother or sister";
    Advocate "advocate" "Advocate";
    IndependentVisitor "independent_visitor" "Independent visitor";
    Guardian "guardian" "Children's guardian (Cafcass)";
    Adopter "adopter" "Adopter";
    YoungPerson "young_person" "The child or young person";
    Solicitor "solicitor" "Solicitor";
    Other "other" "Somebody else";
}

codes! {
    /// How somebody stands to a child, besides their places in its circle.
    Relation
    OwnTeam "own_team" "Works in the child's team";
    ManagedTeam "managed_team" "Manages the child's team";
    SameAuthority "same_authority" "Works for the child's authority";
    Own "self" "Is the child";
    NamedReader "named_reader" "Is named as a reader of the restricted record";
    BreakGlass "break_glass" "Has opened the record in an emergency";
    FormerCircle "former_circle" "Was in the child's circle once";
}

/// Everything that ties somebody to a child today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Relations {
    /// Places held in the circle today.
    pub circle: CodeSet<CircleRole>,
    /// The rest.
    pub relation: CodeSet<Relation>,
}

/// The facts about one child and one person from which relations come. Dates have been applied by the caller: only
/// what holds today is here.
#[derive(Debug, Clone, Default)]
pub struct Ties {
    /// The child's team.
    pub team: Option<Uuid>,
    /// The teams above the child's team, if teams are nested.
    pub teams_above: Vec<Uuid>,
    /// Places the person holds in the child's circle today. A code this version does not know is
    /// [`CircleRole::Other`].
    pub circle: CodeSet<CircleRole>,
    /// Did the person have a place in the circle that has ended?
    pub was_in_circle: bool,
    /// Is the person the child?
    pub is_the_child: bool,
    /// Is the person named as a reader of this restricted record today?
    pub named_reader: bool,
    /// Does an emergency opening by this person still run?
    pub break_glass: bool,
}

impl Relations {
    /// No tie at all.
    pub const NONE: Self = Self { circle: CodeSet::EMPTY, relation: CodeSet::EMPTY };

    /// How `who` stands to a child with these ties. Everybody with an account works for the authority whose
    /// database this is, except the people who have one because of the child: carers and young people.
    pub fn of(who: &Who, ties: &Ties) -> Self {
        let mut relation = CodeSet::EMPTY;
        if who.works_here() {
            relation.insert(Relation::SameAuthority);
        }
        if ties.team.is_some_and(|team| who.works_in(team)) {
            relation.insert(Relation::OwnTeam);
        }
        if ties.team.iter().chain(&ties.teams_above).any(|team| who.manages(*team)) {
            relation.insert(Relation::ManagedTeam);
        }
        for (holds, code) in [
            (ties.is_the_child, Relation::Own),
            (ties.named_reader, Relation::NamedReader),
            (ties.break_glass, Relation::BreakGlass),
            (ties.was_in_circle, Relation::FormerCircle),
        ] {
            if holds {
                relation.insert(code);
            }
        }
        Self { circle: ties.circle, relation }
    }

    /// The ties that are in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self {
            circle: self.circle.intersection(other.circle),
            relation: self.relation.intersection(other.relation),
        }
    }

    /// With this place in the circle as well.
    #[must_use]
    pub fn in_circle(mut self, place: CircleRole) -> Self {
        self.circle.insert(place);
        self
    }

    /// With this relation as well.
    #[must_use]
    pub fn with(mut self, relation: Relation) -> Self {
        self.relation.insert(relation);
        self
    }
}

/// Roles whose appointment to a team means managing it.
pub(crate) const MANAGING: [Role; 3] = [Role::TeamManager, Role::HeadOfService, Role::Director];

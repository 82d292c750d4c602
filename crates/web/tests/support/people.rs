//! One person for each role and tie, and what the policies say of them.

use kinfold_access::{ActionSet, Relation};
use kinfold_access::{
    Appointment, CircleRole, Code, CodeSet, Engine, Purpose, Relations, Role, Target, Ties, Who,
};
use kinfold_record::{ChildId, PersonId, Subject};
use uuid::Uuid;

use super::{CARE, HIDDEN, OPEN};

/// How somebody stands to the two children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tie {
    /// In the circle of both, in the place that belongs to the role; named for neither.
    Circle,
    /// In the circle of the open child until last year.
    Former,
    /// A member of the children's team.
    Team,
    /// Holds the role in the children's team: for managers that is managing it.
    Managed,
    /// None.
    Nobody,
    /// A relative in the open child's circle.
    Family,
    /// Named as a reader of the hidden child.
    Named,
}

pub const TIES: [Tie; 7] =
    [Tie::Circle, Tie::Former, Tie::Team, Tie::Managed, Tie::Nobody, Tie::Family, Tie::Named];

#[derive(Debug, Clone)]
pub struct Someone {
    pub id: PersonId,
    pub role: Role,
    pub tie: Tie,
    pub name: String,
    pub email: String,
    pub held_in: Option<Uuid>,
    pub member_of: Option<Uuid>,
}

/// Every role with every tie.
pub fn everybody() -> Vec<Someone> {
    let pairs = Role::ALL.iter().flat_map(|role| TIES.map(|tie| (*role, tie)));
    pairs.map(|(role, tie)| someone(role, tie)).collect()
}

pub fn someone(role: Role, tie: Tie) -> Someone {
    let number = 0x9000 + (role.index() * 16 + tie as usize) as u128;
    Someone {
        id: PersonId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)),
        role,
        tie,
        name: format!("{} {tie:?}", role.title()),
        email: format!("{}.{}@fernshire.example", role.as_str(), format!("{tie:?}").to_lowercase()),
        held_in: (tie == Tie::Managed).then_some(CARE),
        member_of: (tie == Tie::Team).then_some(CARE),
    }
}

/// The place in a circle that belongs to a role.
pub fn place(role: Role) -> &'static str {
    match role {
        Role::DesignatedNurse => "looked_after_nurse",
        Role::VirtualSchoolHead => "virtual_school",
        Role::SocialWorker
        | Role::TeamManager
        | Role::ReviewingOfficer
        | Role::PersonalAdviser
        | Role::DesignatedDoctor
        | Role::DesignatedTeacher
        | Role::FosterCarer
        | Role::SupervisingSocialWorker
        | Role::YoungPerson => role.as_str(),
        _ => "other",
    }
}

impl Someone {
    fn who(&self) -> Who {
        let mut appointments = vec![Appointment { role: self.role, team: self.held_in }];
        // Being a member of a team is working in it, but nobody manages a team by being its member.
        let manages = matches!(self.role, Role::TeamManager | Role::HeadOfService | Role::Director);
        if self.member_of.is_some() && !manages {
            appointments.push(Appointment { role: self.role, team: self.member_of });
        }
        Who::new(self.id, appointments)
    }

    fn ties(&self, child: ChildId) -> Ties {
        let circle: CodeSet<CircleRole> = match (self.tie, child) {
            (Tie::Circle, OPEN | HIDDEN) => CircleRole::parse(place(self.role)).into_iter().collect(),
            (Tie::Family, OPEN) => [CircleRole::Relative].into_iter().collect(),
            _ => CodeSet::EMPTY,
        };
        Ties {
            team: Some(CARE),
            circle,
            was_in_circle: child == OPEN && matches!(self.tie, Tie::Circle | Tie::Former | Tie::Family)
                || child == HIDDEN && self.tie == Tie::Circle,
            is_the_child: circle.has(CircleRole::YoungPerson),
            named_reader: child == HIDDEN && self.tie == Tie::Named,
            ..Ties::default()
        }
    }

    /// What the policies give them about a child.
    pub fn may_about(&self, engine: &Engine, child: ChildId) -> ActionSet {
        let who = self.who();
        let relations = Relations::of(&who, &self.ties(child));
        let target = Target::Child { relations, restricted: child == HIDDEN, subject: Subject::Child };
        engine.may(&who, Purpose::usual(who.roles()), target)
    }

    /// What the policies give them about a child whose record they have opened in an emergency.
    pub fn may_about_opened(&self, engine: &Engine, child: ChildId) -> ActionSet {
        let who = self.who();
        let relations = Relations::of(&who, &Ties { break_glass: true, ..self.ties(child) });
        let target = Target::Child { relations, restricted: child == HIDDEN, subject: Subject::Child };
        let usual = engine.may(&who, Purpose::usual(who.roles()), target);
        usual.union(engine.may(&who, Purpose::Safeguarding, target))
    }

    /// What the policies give them in the authority.
    pub fn may(&self, engine: &Engine) -> ActionSet {
        let who = self.who();
        engine.may(&who, Purpose::usual(who.roles()), Target::Authority)
    }

    /// Whether some record could be opened in an emergency.
    pub fn may_break_glass(&self, engine: &Engine) -> bool {
        let who = self.who();
        let relations = Relations::NONE.with(Relation::SameAuthority);
        who.works_here()
            && [Target::child(relations), Target::restricted_child(relations)].into_iter().any(|t| {
                engine.may(&who, Purpose::usual(who.roles()), t).has(kinfold_access::Action::BreakGlass)
            })
    }
}

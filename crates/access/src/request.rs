//! The question: who, what, for which purpose, about whom. And the answer.

use kinfold_record::{PersonId, Subject};
use smol_str::SmolStr;
use uuid::Uuid;

use crate::action::Action;
use crate::codes::CodeSet;
use crate::purpose::Purpose;
use crate::relation::{MANAGING, Relations};
use crate::role::{Role, RoleSet};

/// One role of an account that runs today, in a team or for the whole authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Appointment {
    /// The role.
    pub role: Role,
    /// The team it is held in; none for a role that belongs to the authority.
    pub team: Option<Uuid>,
}

/// Somebody who asks: an account and the appointments it holds today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The person.
    pub person: PersonId,
    /// The appointments that run today. The caller applies the dates.
    pub appointments: Vec<Appointment>,
    /// Has the account been switched off? Then nothing is allowed.
    pub disabled: bool,
}

impl Who {
    /// Somebody with these appointments and a live account.
    pub fn new(person: PersonId, appointments: Vec<Appointment>) -> Self {
        Self { person, appointments, disabled: false }
    }

    /// The roles held today, in any team.
    pub fn roles(&self) -> RoleSet {
        self.appointments.iter().map(|held| held.role).collect()
    }

    /// Does the person hold a role in this team?
    pub fn works_in(&self, team: Uuid) -> bool {
        self.appointments.iter().any(|held| held.team == Some(team))
    }

    /// Is the person appointed to manage this team?
    pub fn manages(&self, team: Uuid) -> bool {
        self.appointments.iter().any(|held| held.team == Some(team) && MANAGING.contains(&held.role))
    }

    /// Does any role mean working for the authority or its partners, rather than being a carer or a young person?
    pub fn works_here(&self) -> bool {
        self.roles().iter().any(Role::works_here)
    }
}

/// What the action is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// One record.
    Child {
        /// How the person stands to it.
        relations: Relations,
        /// Is it restricted to named readers?
        restricted: bool,
        /// A child, a carer household or a children's home.
        subject: Subject,
    },
    /// The authority as a whole.
    Authority,
}

impl Target {
    /// An unrestricted child.
    pub fn child(relations: Relations) -> Self {
        Self::Child { relations, restricted: false, subject: Subject::Child }
    }

    /// A restricted child.
    pub fn restricted_child(relations: Relations) -> Self {
        Self::Child { relations, restricted: true, subject: Subject::Child }
    }
}

/// May this person do this, for this purpose, to this?
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Who asks.
    pub who: &'a Who,
    /// What for.
    pub purpose: Purpose,
    /// What they want to do.
    pub action: Action,
    /// To what.
    pub target: Target,
}

/// The answer, with the policies that decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// May they?
    pub allowed: bool,
    /// The ids of the policies that allowed or forbade it. Empty: no policy allows it.
    pub reasons: Vec<SmolStr>,
    /// Why, in plain words: the policies' own descriptions.
    pub explanation: String,
}

/// All of a situation that decides: requests that are equal in this get the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Situation {
    pub roles: RoleSet,
    pub disabled: bool,
    pub purpose: Purpose,
    pub target: Target,
}

impl Situation {
    pub(crate) fn of(who: &Who, purpose: Purpose, target: Target) -> Self {
        Self { roles: who.roles(), disabled: who.disabled, purpose, target }
    }

    /// The situation of somebody with exactly these roles and a live account.
    pub(crate) fn of_roles(roles: CodeSet<Role>, purpose: Purpose, target: Target) -> Self {
        Self { roles, disabled: false, purpose, target }
    }
}

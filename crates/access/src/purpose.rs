//! Why somebody is looking: rights are given for a purpose, and the log says which.

use crate::codes::{Code, CodeSet, codes};
use crate::relation::{Relation, Relations};
use crate::role::{Role, RoleSet};

codes! {
    /// Why a record is opened or an act done (UK GDPR art 5(1)(b), purpose limitation). In the order of how near
    /// they are to the child.
    Purpose
    DirectCare "direct_care" "Caring for and working with the child";
    Management "management" "Managing and overseeing the work";
    StatutoryReturn "statutory_return" "The statutory return and its checks";
    Safeguarding "safeguarding" "Keeping a child safe in an emergency";
    Audit "audit" "Checking who did what";
    Support "support" "Keeping the system running";
}

impl Purpose {
    /// What somebody with this role works for.
    pub fn of_role(role: Role) -> Self {
        match role {
            Role::HeadOfService
            | Role::Director
            | Role::NominatedOfficer
            | Role::Commissioner
            | Role::Councillor
            | Role::PanelClerk
            | Role::PartnershipLead => Self::Management,
            Role::DataAnalyst => Self::StatutoryReturn,
            Role::SafeguardingLead | Role::DataProtectionOfficer => Self::Audit,
            Role::Administrator => Self::Support,
            _ => Self::DirectCare,
        }
    }

    /// The purposes somebody with these roles can choose from, the nearest to the child first.
    pub fn open_to(roles: RoleSet) -> impl Iterator<Item = Self> {
        roles.iter().map(Self::of_role).collect::<CodeSet<Self>>().iter()
    }

    /// The purpose somebody with these roles works for unless they say otherwise: the nearest to the child.
    pub fn usual(roles: RoleSet) -> Self {
        Self::open_to(roles).next().unwrap_or(Self::DirectCare)
    }

    /// The purpose of opening this record: the usual one, or safeguarding while an emergency opening runs.
    pub fn of_opening(roles: RoleSet, relations: Relations) -> Self {
        if relations.relation.has(Relation::BreakGlass) { Self::Safeguarding } else { Self::usual(roles) }
    }

    /// Every purpose.
    pub fn all() -> &'static [Self] {
        <Self as Code>::ALL
    }
}

//! Why somebody is looking: rights are given for a purpose, and the log says which.

use crate::codes::{Code, codes};
use crate::role::{Role, RoleSet};

codes! {
    /// Why a record is opened or an act done (UK GDPR art 5(1)(b), purpose limitation).
    Purpose
    DirectCare "direct_care" "Caring for and working with the child";
    Management "management" "Managing and overseeing the work";
    StatutoryReturn "statutory_return" "The statutory return and its checks";
    Safeguarding "safeguarding" "Keeping a child safe in an emergency";
    Audit "audit" "Checking who did what";
    Support "support" "Keeping the system running";
}

impl Purpose {
    /// The purpose somebody with these roles works for unless they say otherwise: the first that fits, the nearest
    /// to the child first.
    pub fn usual(roles: RoleSet) -> Self {
        let order: [(Self, &[Role]); 4] = [
            (Self::Support, &[Role::Administrator]),
            (Self::Audit, &[Role::DataProtectionOfficer, Role::SafeguardingLead]),
            (Self::StatutoryReturn, &[Role::DataAnalyst]),
            (
                Self::Management,
                &[
                    Role::HeadOfService,
                    Role::Director,
                    Role::NominatedOfficer,
                    Role::Commissioner,
                    Role::Councillor,
                ],
            ),
        ];
        let named: Vec<Role> = order.iter().flat_map(|(_, roles)| roles.iter().copied()).collect();
        if roles.iter().any(|role| !named.contains(&role)) {
            return Self::DirectCare;
        }
        order
            .iter()
            .rev()
            .find(|(_, held)| roles.has_any(held))
            .map_or(Self::DirectCare, |(purpose, _)| *purpose)
    }

    /// Every purpose.
    pub fn all() -> &'static [Self] {
        <Self as Code>::ALL
    }
}

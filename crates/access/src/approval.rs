//! Approvals: who may give one. Policy says who holds the right at all; this says it is never one's own request and
//! always in the capacity the law names.

use kinfold_record::PersonId;

use crate::codes::Code;
use crate::request::Who;
use crate::role::Role;

/// What an approval asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval<'a> {
    /// Who asked for it.
    pub requested_by: PersonId,
    /// The roles any one of which may give it (from the rule that requires it). Empty: any role that policy lets
    /// approve.
    pub capacities: &'a [Role],
}

/// Why somebody may not give an approval.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The same person asked for it.
    #[error("You asked for this approval yourself. Somebody else has to give it.")]
    Own,
    /// The approver holds none of the roles that may give it.
    #[error("This approval can only be given by: {needed}.")]
    Capacity {
        /// The titles of the roles that may.
        needed: String,
    },
    /// The approver's account is switched off.
    #[error("This account is switched off.")]
    Disabled,
}

/// May `approver` give this approval? Returns the role they give it in. Ask [`crate::Action::ApproveExcuse`] of the
/// engine as well: this does not look at the child.
///
/// # Errors
/// [`Refusal`] says why not, in words for the page.
pub fn may_approve(approver: &Who, approval: Approval<'_>) -> Result<Option<Role>, Refusal> {
    if approver.disabled {
        return Err(Refusal::Disabled);
    }
    if approver.person == approval.requested_by {
        return Err(Refusal::Own);
    }
    if approval.capacities.is_empty() {
        return Ok(None);
    }
    let held = approver.roles();
    approval.capacities.iter().copied().find(|role| held.has(*role)).map(Some).ok_or_else(|| {
        Refusal::Capacity {
            needed: approval.capacities.iter().map(|role| role.title()).collect::<Vec<_>>().join(", "),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Appointment;
    use uuid::Uuid;

    fn person(n: u128, role: Role) -> Who {
        Who::new(PersonId(Uuid::from_u128(n)), vec![Appointment { role, team: None }])
    }

    #[test]
    fn nobody_gives_the_approval_they_asked_for() {
        let director = person(1, Role::Director);
        let asked = Approval { requested_by: director.person, capacities: &[Role::Director] };
        assert_eq!(may_approve(&director, asked), Err(Refusal::Own));
        let asked = Approval { requested_by: PersonId(Uuid::from_u128(2)), ..asked };
        assert_eq!(may_approve(&director, asked), Ok(Some(Role::Director)));
    }

    #[test]
    fn an_approval_is_given_in_the_capacity_the_rule_names() {
        let manager = person(1, Role::TeamManager);
        let capacities = [Role::NominatedOfficer, Role::Director];
        let asked = Approval { requested_by: PersonId(Uuid::from_u128(2)), capacities: &capacities };
        let refused = may_approve(&manager, asked).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "This approval can only be given by: Nominated officer, Director of children's services."
        );
        assert_eq!(may_approve(&manager, Approval { capacities: &[], ..asked }), Ok(None));
    }

    #[test]
    fn an_account_that_is_switched_off_approves_nothing() {
        let off = Who { disabled: true, ..person(1, Role::Director) };
        let asked = Approval { requested_by: PersonId(Uuid::from_u128(2)), capacities: &[] };
        assert_eq!(may_approve(&off, asked), Err(Refusal::Disabled));
    }
}

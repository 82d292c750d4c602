//! What a colleague may be: roles given and ended, each with its days and the team it is held in.

use jiff::civil::Date;
use kinfold_access::{Action, Code, Role};
use kinfold_store::{RoleGrantRow, TeamMemberRow, Unit};
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// A role to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewGrant {
    /// The role.
    pub role: Role,
    /// The team it is held in; `None`: the whole authority.
    pub team: Option<Uuid>,
    /// First day.
    pub from_on: Date,
    /// The day it stops; `None` while it lasts.
    pub to_on: Option<Date>,
}

impl Casework {
    /// Gives a role.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for oneself; [`Error::Invalid`] when the dates make no sense or the role is held already.
    pub async fn give_role(&self, actor: &Actor, id: Uuid, grant: NewGrant) -> Result<()> {
        actor.require(Action::ManageAccounts)?;
        self.not_oneself(actor, id, "Nobody gives a role to themselves: another administrator does.")?;
        let mut unit = self.house.store.write().await?;
        unit.person(id).await?.ok_or(Error::Absent)?;
        self.grant(&mut *unit, id, grant).await?;
        let detail =
            json!({"account": id, "role": grant.role.as_str(), "team": grant.team, "from": grant.from_on});
        log(&mut *unit, vec![actor.line("give_role", None, true, &detail)]).await?;
        unit.commit().await?;
        self.owners_changed();
        Ok(())
    }

    /// Writes the grant, and the membership of its team where there is none yet.
    pub(super) async fn grant(&self, unit: &mut dyn Unit, person: Uuid, new: NewGrant) -> Result<()> {
        if new.to_on.is_some_and(|to| to <= new.from_on) {
            return Err(Error::invalid("to", "The role must end after it starts. Check both dates"));
        }
        if new.from_on > self.today().saturating_add(jiff::Span::new().years(1)) {
            return Err(Error::invalid("from", "The role starts more than a year from now. Check the date"));
        }
        if let Some(team) = new.team {
            unit.team(team).await?.ok_or_else(|| Error::invalid("team", "Choose a team from the list"))?;
        }
        let overlaps = unit.role_grants(person).await?.into_iter().any(|old| {
            old.role == new.role.as_str()
                && old.team == new.team
                && old.to_on.is_none_or(|to| new.from_on < to)
                && new.to_on.is_none_or(|to| old.from_on < to)
        });
        if overlaps {
            return Err(Error::invalid(
                "role",
                "This role is held there already in that time. End it first, or choose other dates",
            ));
        }
        let (role, team) = (new.role.as_str().to_owned(), new.team);
        let row =
            RoleGrantRow { id: self.new_id(), person, role, team, from_on: new.from_on, to_on: new.to_on };
        unit.grant_roles(&[row]).await?;
        if let Some(team) = new.team {
            let member = unit.memberships(person, Some(new.from_on)).await?.iter().any(|m| m.team == team);
            if !member {
                let row = TeamMemberRow { team, person, from_on: new.from_on, to_on: new.to_on };
                unit.add_team_members(&[row]).await?;
            }
        }
        Ok(())
    }

    /// Ends a role on a day (the first day it is no longer held), and the membership of its team with the last role
    /// held there.
    ///
    /// # Errors
    /// [`Error::Absent`] when the account has no such role; [`Error::Invalid`] when it would end before it started.
    pub async fn end_role(&self, actor: &Actor, id: Uuid, grant: Uuid, on: Date) -> Result<()> {
        actor.require(Action::ManageAccounts)?;
        self.not_oneself(
            actor,
            id,
            "Another administrator ends your roles, so that somebody can always manage accounts.",
        )?;
        let mut unit = self.house.store.write().await?;
        let grants = unit.role_grants(id).await?;
        let held = grants.iter().find(|g| g.id == grant).ok_or(Error::Absent)?;
        if on < held.from_on {
            return Err(Error::invalid("on", "The role cannot end before it started. Choose a later day"));
        }
        unit.end_role(grant, on).await?;
        if let Some(team) = held.team {
            let others = grants
                .iter()
                .any(|g| g.id != grant && g.team == Some(team) && g.to_on.is_none_or(|to| to > on));
            if !others {
                unit.end_team_member(team, id, on).await?;
            }
        }
        let detail = json!({"account": id, "role": held.role, "on": on});
        log(&mut *unit, vec![actor.line("end_role", None, true, &detail)]).await?;
        unit.commit().await?;
        self.owners_changed();
        Ok(())
    }
}

//! Agencies and their teams. A team's manager owns what nobody else does, so a change of manager moves duties.

use kinfold_access::{Action, Code, Role};
use kinfold_store::{AgencyRow, PersonRow, TeamRow, Unit};
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::error::{Error, FieldProblem, Result};
use crate::house::Casework;
use crate::pen::log;

/// What kinds of team there are: code and words.
pub const TEAM_KINDS: &[(&str, &str)] = &[
    ("care", "Children’s social work"),
    ("leaving_care", "Leaving care"),
    ("fostering", "Fostering"),
    ("reviewing", "Independent reviewing"),
    ("health", "Health"),
    ("education", "Education"),
];

/// What kinds of agency there are: code and words.
pub const AGENCY_KINDS: &[(&str, &str)] = &[
    ("authority", "Local authority"),
    ("health", "Health"),
    ("school", "School"),
    ("provider", "Provider of homes or care"),
];

/// Roles that manage a team.
const MANAGERS: [Role; 5] =
    [Role::TeamManager, Role::HeadOfService, Role::Director, Role::HealthSenior, Role::VirtualSchoolHead];

/// Teams and agencies.
#[derive(Debug, Clone)]
pub struct TeamsPage {
    /// Every agency, by name.
    pub agencies: Vec<AgencyRow>,
    /// Every team, by name, with how many people hold a role in it today.
    pub teams: Vec<(TeamRow, usize)>,
    /// Who can be a manager: id and name, by name. Managers of teams who no longer hold such a role are here as well.
    pub managers: Vec<(Uuid, String)>,
}

/// A team as a form gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamForm {
    /// Its name.
    pub name: String,
    /// Its agency.
    pub agency: Uuid,
    /// A code of [`TEAM_KINDS`].
    pub kind: String,
    /// The team it is part of.
    pub parent: Option<Uuid>,
    /// Who manages it.
    pub manager: Option<Uuid>,
}

fn named(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 120 {
        return Err(Error::invalid("name", "Enter a name of up to 120 characters"));
    }
    Ok(name.to_owned())
}

fn said(error: kinfold_store::Error) -> Error {
    match error {
        kinfold_store::Error::Conflict { current, .. } => Error::Conflict { current },
        error => error.into(),
    }
}

impl Casework {
    /// Every team and agency.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to manage teams.
    pub async fn teams_page(&self, actor: &Actor) -> Result<TeamsPage> {
        actor.require(Action::ManageTeams)?;
        let mut unit = self.house.store.glance().await?;
        let grants = unit.grants_on(self.today()).await?;
        let teams = unit.teams().await?;
        let mut ids: Vec<Uuid> = grants
            .iter()
            .filter(|g| Role::parse(&g.role).is_some_and(|role| MANAGERS.contains(&role)))
            .map(|g| g.person)
            .chain(teams.iter().filter_map(|t| t.manager))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut managers: Vec<(Uuid, String)> =
            unit.persons(&ids).await?.into_iter().map(|PersonRow { id, name, .. }| (id, name)).collect();
        managers.sort_by(|a, b| a.1.cmp(&b.1));
        let teams = teams
            .into_iter()
            .map(|team| {
                let mut people: Vec<Uuid> =
                    grants.iter().filter(|g| g.team == Some(team.id)).map(|g| g.person).collect();
                people.sort_unstable();
                people.dedup();
                (team, people.len())
            })
            .collect();
        let agencies = unit.agencies().await?;
        drop(unit);
        self.house.pen.write(vec![actor.line("view_teams", None, true, &json!({}))]).await?;
        Ok(TeamsPage { agencies, teams, managers })
    }

    /// Adds a team.
    ///
    /// # Errors
    /// [`Error::Invalid`] when something is missing or does not exist.
    pub async fn add_team(&self, actor: &Actor, form: &TeamForm) -> Result<Uuid> {
        actor.require(Action::ManageTeams)?;
        let mut unit = self.house.store.write().await?;
        let id = self.new_id();
        let row = team_row(&mut *unit, id, 1, form).await?;
        unit.insert_teams(&[row]).await?;
        log(&mut *unit, vec![actor.line("add_team", None, true, &json!({"team": id}))]).await?;
        unit.commit().await?;
        self.owners_changed();
        Ok(id)
    }

    /// Changes a team.
    ///
    /// # Errors
    /// [`Error::Conflict`] when somebody changed it meanwhile; [`Error::Invalid`] as above, or when the team would be
    /// part of itself.
    pub async fn change_team(&self, actor: &Actor, id: Uuid, version: i64, form: &TeamForm) -> Result<()> {
        actor.require(Action::ManageTeams)?;
        let mut unit = self.house.store.write().await?;
        unit.team(id).await?.ok_or(Error::Absent)?;
        let row = team_row(&mut *unit, id, version, form).await?;
        unit.update_team(&row).await.map_err(said)?;
        let detail = json!({"team": id, "parent": row.parent, "manager": row.manager, "kind": row.kind});
        log(&mut *unit, vec![actor.line("change_team", None, true, &detail)]).await?;
        unit.commit().await?;
        self.owners_changed();
        Ok(())
    }

    /// Adds an agency.
    ///
    /// # Errors
    /// [`Error::Invalid`] when something is missing.
    pub async fn add_agency(&self, actor: &Actor, name: &str, kind: &str) -> Result<Uuid> {
        actor.require(Action::ManageTeams)?;
        let row = agency_row(self.new_id(), 1, name, kind)?;
        let id = row.id;
        let mut unit = self.house.store.write().await?;
        unit.insert_agencies(&[row]).await?;
        log(&mut *unit, vec![actor.line("add_agency", None, true, &json!({"agency": id}))]).await?;
        unit.commit().await?;
        Ok(id)
    }

    /// Changes an agency.
    ///
    /// # Errors
    /// As [`Casework::change_team`].
    pub async fn change_agency(
        &self,
        actor: &Actor,
        id: Uuid,
        version: i64,
        name: &str,
        kind: &str,
    ) -> Result<()> {
        actor.require(Action::ManageTeams)?;
        let row = agency_row(id, version, name, kind)?;
        let mut unit = self.house.store.write().await?;
        unit.update_agency(&row).await.map_err(said)?;
        log(&mut *unit, vec![actor.line("change_agency", None, true, &json!({"agency": id}))]).await?;
        unit.commit().await?;
        Ok(())
    }
}

fn agency_row(id: Uuid, version: i64, name: &str, kind: &str) -> Result<AgencyRow> {
    if !AGENCY_KINDS.iter().any(|(code, _)| *code == kind) {
        return Err(Error::invalid("kind", "Choose what kind of agency it is"));
    }
    Ok(AgencyRow { id, name: named(name)?, kind: kind.to_owned(), version })
}

async fn team_row(unit: &mut dyn Unit, id: Uuid, version: i64, form: &TeamForm) -> Result<TeamRow> {
    let mut wrong = Vec::new();
    let mut say = |field: &str, message: &str| {
        wrong.push(FieldProblem { field: field.to_owned(), message: message.to_owned() })
    };
    let name = named(&form.name).unwrap_or_else(|_| {
        say("name", "Enter a name of up to 120 characters");
        String::new()
    });
    if !TEAM_KINDS.iter().any(|(code, _)| *code == form.kind) {
        say("kind", "Choose what kind of team it is");
    }
    if !unit.agencies().await?.iter().any(|a| a.id == form.agency) {
        say("agency", "Choose the agency it belongs to");
    }
    let teams = unit.teams().await?;
    let mut above = form.parent;
    let mut steps = 0;
    while let Some(parent) = above {
        let Some(found) = teams.iter().find(|t| t.id == parent) else {
            say("parent", "Choose a team from the list");
            break;
        };
        steps += 1;
        if parent == id || steps > teams.len() {
            say("parent", "A team cannot be part of itself. Choose another team, or none");
            break;
        }
        above = found.parent;
    }
    if let Some(manager) = form.manager
        && unit.person(manager).await?.is_none_or(|p| p.disabled_at.is_some())
    {
        say("manager", "This account is switched off. Choose another manager");
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    Ok(TeamRow {
        id,
        name,
        agency: form.agency,
        parent: form.parent,
        manager: form.manager,
        kind: form.kind.clone(),
        version,
    })
}

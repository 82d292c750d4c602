//! Agencies and teams.

use jiff::civil;
use uuid::Uuid;

use super::cell::first;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{AgencyRow, Result, TeamMemberRow, TeamRow};

table!(($) agency, AgencyRow, "agency", id, name, kind, version);
table!(($) team, TeamRow, "team", id, name, agency, parent, manager, kind, version);
table!(($) member, TeamMemberRow, "team_member", team, person, from_on, to_on);

statements! {
    AGENCIES = concat!("SELECT ", agency!(), " FROM agency ORDER BY name, id");
    AGENCY_VERSION = "SELECT version FROM agency WHERE id = $1";
    UPDATE_AGENCY = "UPDATE agency SET name = $3, kind = $4, version = version + 1
        WHERE id = $1 AND version = $2 RETURNING version";
    TEAMS = concat!("SELECT ", team!(), " FROM team ORDER BY name, id");
    TEAM = concat!("SELECT ", team!(), " FROM team WHERE id = $1");
    TEAM_VERSION = "SELECT version FROM team WHERE id = $1";
    UPDATE_TEAM = "UPDATE team SET name = $3, agency = $4, parent = $5, manager = $6, kind = $7, version = version + 1
        WHERE id = $1 AND version = $2 RETURNING version";
    MEMBERS = concat!("SELECT ", member!(), " FROM team_member WHERE team = $1
        ORDER BY (to_on IS NOT NULL), from_on DESC, person");
    MEMBERS_ON = concat!("SELECT ", member!(), " FROM team_member
        WHERE team = $1 AND from_on <= $2 AND (to_on IS NULL OR to_on > $2) ORDER BY from_on DESC, person");
    TEAMS_OF = concat!("SELECT ", member!(), " FROM team_member WHERE person = $1
        ORDER BY (to_on IS NOT NULL), from_on DESC, team");
    TEAMS_OF_ON = concat!("SELECT ", member!(), " FROM team_member
        WHERE person = $1 AND from_on <= $2 AND (to_on IS NULL OR to_on > $2) ORDER BY from_on DESC, team");
    END_MEMBER = "UPDATE team_member SET to_on = $3 WHERE team = $1 AND person = $2 AND (to_on IS NULL OR to_on > $3)";
}

impl DbUnit {
    pub(super) async fn list_agencies(&mut self) -> Result<Vec<AgencyRow>> {
        self.all(Sql::new(AGENCIES), agency::read).await
    }

    pub(super) async fn add_agencies(&mut self, rows: &[AgencyRow]) -> Result<()> {
        self.insert(agency::INSERT, rows, agency::write).await?;
        Ok(())
    }

    pub(super) async fn change_agency(&mut self, row: &AgencyRow) -> Result<i64> {
        let sql = Sql::new(UPDATE_AGENCY).v(&row.id).v(&row.version).v(&row.name).v(&row.kind);
        let changed = self.one(sql, first).await?;
        self.versioned("agency", changed, Sql::new(AGENCY_VERSION).v(&row.id)).await
    }

    pub(super) async fn list_teams(&mut self) -> Result<Vec<TeamRow>> {
        self.all(Sql::new(TEAMS), team::read).await
    }

    pub(super) async fn one_team(&mut self, id: Uuid) -> Result<Option<TeamRow>> {
        self.one(Sql::new(TEAM).v(&id), team::read).await
    }

    pub(super) async fn add_teams(&mut self, rows: &[TeamRow]) -> Result<()> {
        self.insert(team::INSERT, rows, team::write).await?;
        self.rights_changed = true;
        Ok(())
    }

    pub(super) async fn change_team(&mut self, row: &TeamRow) -> Result<i64> {
        let sql = Sql::new(UPDATE_TEAM)
            .v(&row.id)
            .v(&row.version)
            .v(&row.name)
            .v(&row.agency)
            .v(&row.parent)
            .v(&row.manager)
            .v(&row.kind);
        self.rights_changed = true;
        let changed = self.one(sql, first).await?;
        self.versioned("team", changed, Sql::new(TEAM_VERSION).v(&row.id)).await
    }

    pub(super) async fn members(
        &mut self,
        team: Uuid,
        on: Option<civil::Date>,
    ) -> Result<Vec<TeamMemberRow>> {
        let sql = match on {
            Some(on) => Sql::new(MEMBERS_ON).v(&team).v(&on),
            None => Sql::new(MEMBERS).v(&team),
        };
        self.all(sql, member::read).await
    }

    pub(super) async fn teams_of(
        &mut self,
        person: Uuid,
        on: Option<civil::Date>,
    ) -> Result<Vec<TeamMemberRow>> {
        let sql = match on {
            Some(on) => Sql::new(TEAMS_OF_ON).v(&person).v(&on),
            None => Sql::new(TEAMS_OF).v(&person),
        };
        self.all(sql, member::read).await
    }

    pub(super) async fn add_members(&mut self, rows: &[TeamMemberRow]) -> Result<()> {
        self.insert(member::INSERT, rows, member::write).await?;
        self.rights_changed = true;
        Ok(())
    }

    pub(super) async fn end_member(&mut self, team: Uuid, person: Uuid, to_on: civil::Date) -> Result<bool> {
        self.rights_changed = true;
        Ok(self.run(Sql::new(END_MEMBER).v(&team).v(&person).v(&to_on)).await? > 0)
    }
}

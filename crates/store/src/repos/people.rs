//! Accounts and roles.

use async_trait::async_trait;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use super::bulk::Into;
use super::cell::first;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{
    Account, AgencyRow, Error, Page, Paged, People, PeopleFilter, PersonRow, Result, RoleGrantRow,
    TeamMemberRow, TeamRow,
};

table!(($) person, PersonRow, "person", id, name, email, phone, password_hash, totp_secret, totp_last_step, disabled_at,
    created_at, version);
table!(($) grant, RoleGrantRow, "role_grant", id, person, role, team, from_on, to_on);

const INSERT_PERSON: Into = Into::rows(
    "INSERT INTO person (id, name, email, phone, password_hash, totp_secret, totp_last_step, disabled_at, created_at,
        version, email_key, search_key) VALUES ",
    12,
);

statements! {
    PERSON = concat!("SELECT ", person!(), " FROM person WHERE id = $1");
    BY_EMAIL = concat!("SELECT ", person!(), " FROM person WHERE email_key = $1");
    VERSION = "SELECT version FROM person WHERE id = $1";
    UPDATE = "UPDATE person SET name = $3, email = $4, phone = $5, password_hash = $6, totp_secret = $7,
        totp_last_step = $8, disabled_at = $9, email_key = $10, search_key = $11, version = version + 1
        WHERE id = $1 AND version = $2 RETURNING version";
    TOTP = "UPDATE person SET totp_last_step = $2 WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)";
    FIRST = "SELECT count(*) FROM first_password WHERE person = $1";
    FIRST_GIVEN = "INSERT INTO first_password (person, given_by, given_at) VALUES ($1, $2, $3)
        ON CONFLICT (person) DO UPDATE SET given_by = excluded.given_by, given_at = excluded.given_at";
    FIRST_CHANGED = "DELETE FROM first_password WHERE person = $1";
    GRANTS = concat!("SELECT ", grant!(), " FROM role_grant WHERE person = $1 ORDER BY from_on DESC, id DESC");
    GRANTS_ON = concat!("SELECT ", grant!(), " FROM role_grant
        WHERE person = $1 AND from_on <= $2 AND (to_on IS NULL OR to_on > $2) ORDER BY role, id");
    ALL_GRANTS_ON = concat!("SELECT ", grant!(), " FROM role_grant WHERE from_on <= $1 AND (to_on IS NULL OR to_on > $1)
        AND person IN (SELECT id FROM person WHERE disabled_at IS NULL) ORDER BY role, id");
    END_ROLE = "UPDATE role_grant SET to_on = $2 WHERE id = $1";
    HOLDERS = concat!("SELECT ", person!(), " FROM person WHERE disabled_at IS NULL AND id IN (
            SELECT person FROM role_grant WHERE role = $1 AND team IS NULL AND from_on <= $2 AND (to_on IS NULL OR to_on > $2))
        ORDER BY name, id");
    HOLDERS_IN_TEAM = concat!("SELECT ", person!(), " FROM person WHERE disabled_at IS NULL AND id IN (
            SELECT person FROM role_grant WHERE role = $1 AND team = $3 AND from_on <= $2 AND (to_on IS NULL OR to_on > $2))
        ORDER BY name, id");
}

fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

fn search_key(row: &PersonRow) -> String {
    format!("{} {}", row.name, row.email).to_lowercase()
}

/// A pattern for LIKE that finds `words` as they stand. The escape is `!`, which both databases take alike.
fn containing(words: &str) -> String {
    let mut pattern = String::from("%");
    for c in words.trim().to_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

fn narrow(sql: &mut Sql, filter: &PeopleFilter) {
    sql.text(" WHERE 1 = 1");
    if let Some(words) = &filter.words {
        sql.text(" AND search_key LIKE ").bind(&containing(words)).text(" ESCAPE '!'");
    }
    match filter.disabled {
        Some(true) => _ = sql.text(" AND disabled_at IS NOT NULL"),
        Some(false) => _ = sql.text(" AND disabled_at IS NULL"),
        None => {}
    }
    if let Some(team) = &filter.team {
        sql.text(" AND id IN (SELECT person FROM team_member WHERE team = ").bind(team);
        running(sql, filter.on);
    }
    if let Some(role) = &filter.role {
        sql.text(" AND id IN (SELECT person FROM role_grant WHERE role = ").bind(role);
        running(sql, filter.on);
    }
}

fn running(sql: &mut Sql, on: Option<civil::Date>) {
    if let Some(on) = on {
        sql.text(" AND from_on <= ").bind(&on).text(" AND (to_on IS NULL OR to_on > ").bind(&on).text(")");
    }
    sql.text(")");
}

#[async_trait]
impl People for DbUnit {
    async fn person(&mut self, id: Uuid) -> Result<Option<PersonRow>> {
        self.one(Sql::new(PERSON).v(&id), person::read).await
    }

    async fn person_by_email(&mut self, email: &str) -> Result<Option<PersonRow>> {
        self.one(Sql::new(BY_EMAIL).v(&email_key(email)), person::read).await
    }

    async fn persons(&mut self, ids: &[Uuid]) -> Result<Vec<PersonRow>> {
        let mut people = Vec::with_capacity(ids.len());
        for some in ids.chunks(1000) {
            let mut sql = Sql::new(concat!("SELECT ", person!(), " FROM person WHERE id IN "));
            sql.list(some);
            people.extend(self.all(sql, person::read).await?);
        }
        Ok(people)
    }

    async fn people(&mut self, filter: &PeopleFilter, page: Page) -> Result<Paged<PersonRow>> {
        let mut count = Sql::new("SELECT count(*) FROM person");
        narrow(&mut count, filter);
        let mut list = Sql::new(concat!("SELECT ", person!(), " FROM person"));
        narrow(&mut list, filter);
        list.text(" ORDER BY name, id").page(page);
        Ok(Paged { total: self.value(count).await?, rows: self.all(list, person::read).await? })
    }

    async fn insert_people(&mut self, rows: &[PersonRow]) -> Result<()> {
        self.insert(INSERT_PERSON, rows, |row, t| {
            person::write(row, t);
            t.v(&email_key(&row.email)).v(&search_key(row));
        })
        .await?;
        self.rights_changed = true;
        Ok(())
    }

    async fn update_person(&mut self, row: &PersonRow) -> Result<i64> {
        let sql = Sql::new(UPDATE)
            .v(&row.id)
            .v(&row.version)
            .v(&row.name)
            .v(&row.email)
            .v(&row.phone)
            .v(&row.password_hash)
            .v(&row.totp_secret)
            .v(&row.totp_last_step)
            .v(&row.disabled_at)
            .v(&email_key(&row.email))
            .v(&search_key(row));
        self.rights_changed = true;
        let changed = self.one(sql, first).await?;
        self.versioned("person", changed, Sql::new(VERSION).v(&row.id)).await
    }

    async fn accept_totp_step(&mut self, person: Uuid, step: i64) -> Result<bool> {
        Ok(self.run(Sql::new(TOTP).v(&person).v(&step)).await? > 0)
    }

    async fn must_change_password(&mut self, person: Uuid) -> Result<bool> {
        Ok(self.value::<i64>(Sql::new(FIRST).v(&person)).await? > 0)
    }

    async fn note_first_password(&mut self, person: Uuid, given: Option<(Uuid, Timestamp)>) -> Result<()> {
        let sql = match given {
            Some((by, at)) => Sql::new(FIRST_GIVEN).v(&person).v(&by).v(&at),
            None => Sql::new(FIRST_CHANGED).v(&person),
        };
        self.run(sql).await?;
        self.rights_changed = true;
        Ok(())
    }

    async fn account(&mut self, id: Uuid, on: civil::Date) -> Result<Option<Account>> {
        let Some(person) = self.person(id).await? else { return Ok(None) };
        let roles = self.all(Sql::new(GRANTS_ON).v(&id).v(&on), grant::read).await?;
        let teams = self.memberships(id, Some(on)).await?;
        Ok(Some(Account { person, roles, teams }))
    }

    async fn grants_on(&mut self, on: civil::Date) -> Result<Vec<RoleGrantRow>> {
        self.all(Sql::new(ALL_GRANTS_ON).v(&on), grant::read).await
    }

    async fn role_grants(&mut self, person: Uuid) -> Result<Vec<RoleGrantRow>> {
        self.all(Sql::new(GRANTS).v(&person), grant::read).await
    }

    async fn grant_roles(&mut self, rows: &[RoleGrantRow]) -> Result<()> {
        self.insert(grant::INSERT, rows, grant::write).await?;
        self.rights_changed = true;
        Ok(())
    }

    async fn end_role(&mut self, grant: Uuid, to_on: civil::Date) -> Result<bool> {
        self.rights_changed = true;
        Ok(self.run(Sql::new(END_ROLE).v(&grant).v(&to_on)).await? > 0)
    }

    async fn holders(&mut self, role: &str, team: Option<Uuid>, on: civil::Date) -> Result<Vec<PersonRow>> {
        let sql = match team {
            Some(team) => Sql::new(HOLDERS_IN_TEAM).v(&role.to_owned()).v(&on).v(&team),
            None => Sql::new(HOLDERS).v(&role.to_owned()).v(&on),
        };
        self.all(sql, person::read).await
    }

    async fn agencies(&mut self) -> Result<Vec<AgencyRow>> {
        self.list_agencies().await
    }

    async fn insert_agencies(&mut self, rows: &[AgencyRow]) -> Result<()> {
        self.add_agencies(rows).await
    }

    async fn update_agency(&mut self, row: &AgencyRow) -> Result<i64> {
        self.change_agency(row).await
    }

    async fn teams(&mut self) -> Result<Vec<TeamRow>> {
        self.list_teams().await
    }

    async fn team(&mut self, id: Uuid) -> Result<Option<TeamRow>> {
        self.one_team(id).await
    }

    async fn insert_teams(&mut self, rows: &[TeamRow]) -> Result<()> {
        self.add_teams(rows).await
    }

    async fn update_team(&mut self, row: &TeamRow) -> Result<i64> {
        self.change_team(row).await
    }

    async fn team_members(&mut self, team: Uuid, on: Option<civil::Date>) -> Result<Vec<TeamMemberRow>> {
        self.members(team, on).await
    }

    async fn memberships(&mut self, person: Uuid, on: Option<civil::Date>) -> Result<Vec<TeamMemberRow>> {
        self.teams_of(person, on).await
    }

    async fn add_team_members(&mut self, rows: &[TeamMemberRow]) -> Result<()> {
        self.add_members(rows).await
    }

    async fn end_team_member(&mut self, team: Uuid, person: Uuid, to_on: civil::Date) -> Result<bool> {
        self.end_member(team, person, to_on).await
    }
}

impl DbUnit {
    /// What an update of a versioned row came to: its new version, or why not.
    pub(super) async fn versioned(
        &mut self,
        what: &'static str,
        changed: Option<i64>,
        current: Sql,
    ) -> Result<i64> {
        if let Some(version) = changed {
            return Ok(version);
        }
        match self.one(current, first).await? {
            Some(current) => Err(Error::Conflict { what, current }),
            None => Err(Error::Dangling { what: what.to_owned() }),
        }
    }
}

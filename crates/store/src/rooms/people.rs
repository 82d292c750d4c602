//! Accounts, roles, agencies and teams.

use async_trait::async_trait;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use crate::{Page, Paged, Result};

/// A person with an account, or who may be given one.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRow {
    /// Their id, which also names them in entries and circles.
    pub id: Uuid,
    /// Their full name.
    pub name: String,
    /// Their e-mail address; unique without regard to case. Kept as typed.
    pub email: String,
    /// Their telephone number.
    pub phone: Option<String>,
    /// The password, hashed (PHC string); `None` until one is chosen.
    pub password_hash: Option<String>,
    /// The second factor's secret, encrypted by the caller.
    pub totp_secret: Option<Vec<u8>>,
    /// The last time step accepted from the second factor, so that a code is good once.
    pub totp_last_step: Option<i64>,
    /// When the account was disabled.
    pub disabled_at: Option<Timestamp>,
    /// When the account was made.
    pub created_at: Timestamp,
    /// Grows by one with each change. New rows: 1.
    pub version: i64,
}

/// A role held for a time, in a team or in the whole authority.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleGrantRow {
    /// This grant.
    pub id: Uuid,
    /// Who holds it.
    pub person: Uuid,
    /// The account role: "social_worker".
    pub role: String,
    /// The team it is held in; `None` for the whole authority.
    pub team: Option<Uuid>,
    /// The first day.
    pub from_on: civil::Date,
    /// The day it stops (not included); `None` while it lasts.
    pub to_on: Option<civil::Date>,
}

/// An agency: the council, a health trust, a school, a provider.
#[derive(Debug, Clone, PartialEq)]
pub struct AgencyRow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is: "council", "health", "school", "provider"…
    pub kind: String,
    /// Grows by one with each change. New rows: 1.
    pub version: i64,
}

/// A team of an agency.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamRow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its agency.
    pub agency: Uuid,
    /// The team it is part of.
    pub parent: Option<Uuid>,
    /// Who manages it.
    pub manager: Option<Uuid>,
    /// "care", "health", "education", "reviewing", "leaving_care" or "fostering".
    pub kind: String,
    /// Grows by one with each change. New rows: 1.
    pub version: i64,
}

/// Somebody's time in a team.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamMemberRow {
    /// The team.
    pub team: Uuid,
    /// The member.
    pub person: Uuid,
    /// The first day.
    pub from_on: civil::Date,
    /// The day they leave (not included); `None` while they are in it.
    pub to_on: Option<civil::Date>,
}

/// An account with what it holds on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The person.
    pub person: PersonRow,
    /// The roles held that day.
    pub roles: Vec<RoleGrantRow>,
    /// The teams belonged to that day.
    pub teams: Vec<TeamMemberRow>,
}

/// Which people to list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeopleFilter {
    /// Part of the name or e-mail address, without regard to case.
    pub words: Option<String>,
    /// Members of this team on `on`.
    pub team: Option<Uuid>,
    /// Holders of this role on `on`.
    pub role: Option<String>,
    /// Disabled accounts only, or enabled ones only.
    pub disabled: Option<bool>,
    /// The day for `team` and `role`; without it any day counts.
    pub on: Option<civil::Date>,
}

/// Accounts, roles, agencies and teams.
#[async_trait]
pub trait People: Send {
    /// A person.
    async fn person(&mut self, id: Uuid) -> Result<Option<PersonRow>>;
    /// The person with this e-mail address, without regard to case.
    async fn person_by_email(&mut self, email: &str) -> Result<Option<PersonRow>>;
    /// These people, in no order; ids nobody has are left out.
    async fn persons(&mut self, ids: &[Uuid]) -> Result<Vec<PersonRow>>;
    /// People by name.
    async fn people(&mut self, filter: &PeopleFilter, page: Page) -> Result<Paged<PersonRow>>;
    /// Adds people; [`crate::Error::Duplicate`] when an address is taken.
    async fn insert_people(&mut self, rows: &[PersonRow]) -> Result<()>;
    /// Changes a person whose version is still `row.version`; answers the new version.
    async fn update_person(&mut self, row: &PersonRow) -> Result<i64>;
    /// Remembers the last accepted step of the second factor; `false` when `step` is not later than it (a replay).
    async fn accept_totp_step(&mut self, person: Uuid, step: i64) -> Result<bool>;
    /// Whether the password was given by somebody else and not changed since.
    async fn must_change_password(&mut self, person: Uuid) -> Result<bool>;
    /// Notes that a password was given (`Some`: by whom, when), or that it has been changed (`None`).
    async fn note_first_password(&mut self, person: Uuid, given: Option<(Uuid, Timestamp)>) -> Result<()>;
    /// The account with its roles and teams on a day.
    async fn account(&mut self, id: Uuid, on: civil::Date) -> Result<Option<Account>>;

    /// Every role held on a day by an account that is not switched off.
    async fn grants_on(&mut self, on: civil::Date) -> Result<Vec<RoleGrantRow>>;
    /// Every role a person has held, newest first.
    async fn role_grants(&mut self, person: Uuid) -> Result<Vec<RoleGrantRow>>;
    /// Gives roles.
    async fn grant_roles(&mut self, rows: &[RoleGrantRow]) -> Result<()>;
    /// Ends a role on a day; `false` when there is no such grant.
    async fn end_role(&mut self, grant: Uuid, to_on: civil::Date) -> Result<bool>;
    /// Enabled people who hold a role on a day, by name: those who hold it in `team` when one is given, otherwise
    /// those who hold it in the whole authority (no team).
    async fn holders(&mut self, role: &str, team: Option<Uuid>, on: civil::Date) -> Result<Vec<PersonRow>>;

    /// Every agency, by name.
    async fn agencies(&mut self) -> Result<Vec<AgencyRow>>;
    /// Adds agencies.
    async fn insert_agencies(&mut self, rows: &[AgencyRow]) -> Result<()>;
    /// Changes an agency whose version is still `row.version`; answers the new version.
    async fn update_agency(&mut self, row: &AgencyRow) -> Result<i64>;

    /// Every team, by name.
    async fn teams(&mut self) -> Result<Vec<TeamRow>>;
    /// A team.
    async fn team(&mut self, id: Uuid) -> Result<Option<TeamRow>>;
    /// Adds teams; a parent before its parts.
    async fn insert_teams(&mut self, rows: &[TeamRow]) -> Result<()>;
    /// Changes a team whose version is still `row.version`; answers the new version.
    async fn update_team(&mut self, row: &TeamRow) -> Result<i64>;
    /// Who has been in a team, current members first; on one day when `on` is given.
    async fn team_members(&mut self, team: Uuid, on: Option<civil::Date>) -> Result<Vec<TeamMemberRow>>;
    /// Which teams a person has been in; on one day when `on` is given.
    async fn memberships(&mut self, person: Uuid, on: Option<civil::Date>) -> Result<Vec<TeamMemberRow>>;
    /// Adds members.
    async fn add_team_members(&mut self, rows: &[TeamMemberRow]) -> Result<()>;
    /// Ends a membership on a day; `false` when the person is not a current member.
    async fn end_team_member(&mut self, team: Uuid, person: Uuid, to_on: civil::Date) -> Result<bool>;
}

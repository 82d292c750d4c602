//! Making a council where there was none: its settings, agencies, teams and first accounts, in one transaction. Who
//! has the key file and the database is the operator, so nobody signs in for this.

use jiff::{Timestamp, civil::Date};
use kinfold_access::Purpose;
use kinfold_store::{AgencyRow, PersonRow, RoleGrantRow, Store, TeamMemberRow, TeamRow};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::actor::audit_line;
use crate::audit_tree::ORIGIN;
use crate::clock::{Clock, Ids};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::{Cost, Keys, hash_password, new_totp_secret, totp_base32};
use crate::sign_in::totp_context;

/// A council to be made.
#[derive(Debug, Clone, Default)]
pub struct Founding {
    /// Its name: "Fernshire County Council".
    pub authority: String,
    /// Where people reach it, for links in e-mail.
    pub address: String,
    /// Its code in statistics (`E10000016`), if it is known.
    pub authority_code: Option<String>,
    /// Whether everybody in it is invented.
    pub demo: bool,
    /// The authority and its partners.
    pub agencies: Vec<NewAgency>,
    /// Their teams.
    pub teams: Vec<NewTeam>,
    /// The first accounts.
    pub people: Vec<NewPerson>,
}

/// An agency to be made.
#[derive(Debug, Clone)]
pub struct NewAgency {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// "authority", "health", "school"…
    pub kind: String,
}

/// A team to be made.
#[derive(Debug, Clone)]
pub struct NewTeam {
    /// Its id.
    pub id: Uuid,
    /// Whose team.
    pub agency: Uuid,
    /// Its name.
    pub name: String,
    /// "care", "health", "education", "reviewing", "leaving_care" or "fostering".
    pub kind: String,
    /// Who manages it.
    pub manager: Option<Uuid>,
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Its id, which entries and circles already name.
    pub id: Uuid,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// The password, if the account may sign in at once.
    pub password: Option<String>,
    /// Whether the second step is set up for them; otherwise they do it when they first sign in.
    pub enrolled: bool,
    /// Roles with the team they are held in (`None`: the whole authority), first day and the day they ended.
    pub roles: Vec<(String, Option<Uuid>, Date, Option<Date>)>,
    /// Teams with first day and the day they left.
    pub teams: Vec<(Uuid, Date, Option<Date>)>,
}

/// An account of the invented council that is shown to whoever tries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccount {
    /// Code of the role it shows.
    pub role: String,
    /// Who.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Secret of the second step in base32, as an authenticator app takes it.
    pub totp_secret: String,
}

/// The setting that lists the shown accounts; it is written last, so its presence says that the council is whole.
const SHOWN: &str = "demo_accounts";

/// Whether a council lives in this database already.
///
/// # Errors
/// When the store does not answer.
pub async fn is_founded(store: &Store) -> Result<bool> {
    Ok(store.glance().await?.setting("authority").await?.is_some())
}

/// Makes the council. The database must be new.
///
/// # Errors
/// When a council is there already, a password cannot be used, or an e-mail address comes twice. Nothing is written
/// then.
pub async fn found(store: &Store, keys: &Keys, clock: &dyn Clock, cost: Cost, new: Founding) -> Result<()> {
    if is_founded(store).await? {
        return Err(Error::Forbidden("There is a council in this database already.".to_owned()));
    }
    let now = clock.now();
    // Hashing is most of the work, and each account's is its own.
    let people: Vec<PersonRow> = tokio::task::block_in_place(|| {
        new.people.par_iter().map(|person| person_row(person, keys, cost, now)).collect::<Result<_>>()
    })?;
    let agencies: Vec<AgencyRow> = new
        .agencies
        .iter()
        .map(|a| AgencyRow { id: a.id, name: a.name.clone(), kind: a.kind.clone(), version: 1 })
        .collect();
    let teams: Vec<TeamRow> = new.teams.iter().map(team_row).collect();
    let ids = Ids::default();
    let grants: Vec<RoleGrantRow> = new
        .people
        .iter()
        .flat_map(|p| p.roles.iter().map(|role| (p.id, role)))
        .map(|(person, (role, team, from_on, to_on))| RoleGrantRow {
            id: ids.next(now),
            person,
            role: role.clone(),
            team: *team,
            from_on: *from_on,
            to_on: *to_on,
        })
        .collect();
    let members: Vec<TeamMemberRow> = new
        .people
        .iter()
        .flat_map(|p| p.teams.iter().map(|team| (p.id, team)))
        .map(|(person, (team, from_on, to_on))| TeamMemberRow {
            team: *team,
            person,
            from_on: *from_on,
            to_on: *to_on,
        })
        .collect();
    let mut unit = store.write().await?;
    unit.set_setting("authority", &new.authority).await?;
    unit.set_setting("address", &new.address).await?;
    if let Some(code) = &new.authority_code {
        unit.set_setting("authority_code", code).await?;
    }
    unit.set_setting(ORIGIN, &format!("{} audit", new.authority)).await?;
    unit.set_setting("demo", if new.demo { "yes" } else { "no" }).await?;
    unit.insert_agencies(&agencies).await?;
    unit.insert_people(&people).await?;
    unit.insert_teams(&teams).await?;
    unit.grant_roles(&grants).await?;
    unit.add_team_members(&members).await?;
    let detail = json!({"agencies": agencies.len(), "teams": teams.len(), "accounts": people.len()});
    log(&mut *unit, vec![audit_line(now, None, None, "found", None, Purpose::Support, true, &detail)])
        .await?;
    unit.commit().await?;
    Ok(())
}

fn person_row(new: &NewPerson, keys: &Keys, cost: Cost, now: Timestamp) -> Result<PersonRow> {
    let secret = new.enrolled.then(new_totp_secret);
    Ok(PersonRow {
        id: new.id,
        name: new.name.clone(),
        email: new.email.clone(),
        phone: None,
        password_hash: new.password.as_deref().map(|password| hash_password(password, cost)).transpose()?,
        totp_secret: secret.map(|secret| keys.seal(&totp_context(new.id), &secret)).transpose()?,
        totp_last_step: new.enrolled.then_some(0),
        disabled_at: None,
        created_at: now,
        version: 1,
    })
}

fn team_row(new: &NewTeam) -> TeamRow {
    TeamRow {
        id: new.id,
        name: new.name.clone(),
        agency: new.agency,
        parent: None,
        manager: new.manager,
        kind: new.kind.clone(),
        version: 1,
    }
}

impl Casework {
    /// Remembers which accounts of an invented council are shown, by role, and so that the council is whole.
    ///
    /// # Errors
    /// [`Error::Absent`] when the council is not an invented one.
    pub async fn show_accounts(&self, accounts: &[(String, Uuid)]) -> Result<()> {
        if !self.settings().demo {
            return Err(Error::Absent);
        }
        let list = serde_json::to_string(accounts).map_err(|e| Error::Internal(e.to_string()))?;
        let mut unit = self.house.store.write().await?;
        unit.set_setting(SHOWN, &list).await?;
        unit.commit().await?;
        Ok(())
    }

    /// The accounts shown, with the secrets of their second step. `None` when the council was left half made.
    ///
    /// # Errors
    /// [`Error::Absent`] when the council is not an invented one: no real account's secret leaves by this door.
    pub async fn shown_accounts(&self) -> Result<Option<Vec<DemoAccount>>> {
        if !self.settings().demo {
            return Err(Error::Absent);
        }
        let mut unit = self.house.store.glance().await?;
        let Some(list) = unit.setting(SHOWN).await? else { return Ok(None) };
        let list: Vec<(String, Uuid)> =
            serde_json::from_str(&list).map_err(|e| Error::Internal(e.to_string()))?;
        let mut out = Vec::with_capacity(list.len());
        for (role, id) in list {
            let Some(person) = unit.person(id).await? else { continue };
            let secret = match &person.totp_secret {
                Some(sealed) => self.house.keys.open(&totp_context(id), sealed)?,
                None => continue,
            };
            out.push(DemoAccount {
                role,
                name: person.name,
                email: person.email,
                totp_secret: totp_base32(&secret),
            });
        }
        Ok(Some(out))
    }
}

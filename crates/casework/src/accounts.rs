//! Accounts: who works here, with which roles, and whether they may sign in. The administrator who manages accounts can
//! read no child, so nothing here touches a chronology.

mod roles;

use jiff::{Timestamp, civil::Date};
use kinfold_access::{Action, Code, Role};
use kinfold_store::{AgencyRow, Page, PeopleFilter, PersonRow, RoleGrantRow, TeamRow};
use serde_json::json;
use uuid::Uuid;

pub use roles::NewGrant;

use crate::actor::Actor;
use crate::clock::random;
use crate::error::{Error, FieldProblem, Result};
use crate::house::Casework;
use crate::pen::log;

/// An account as its administrator sees it: no secret in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// Full name.
    pub name: String,
    /// E-mail address, with which the person signs in.
    pub email: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// When it was switched off.
    pub off_since: Option<Timestamp>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Whether a password has been given or chosen.
    pub has_password: bool,
    /// Whether the second step is set up.
    pub has_second_factor: bool,
    /// Grows with each change: a form says which version it was made from.
    pub version: i64,
}

impl From<PersonRow> for Account {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            phone: row.phone,
            off_since: row.disabled_at,
            made_at: row.created_at,
            has_password: row.password_hash.is_some(),
            has_second_factor: row.totp_last_step.is_some(),
            version: row.version,
        }
    }
}

/// Which accounts to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountQuery {
    /// Part of the name or the e-mail address.
    pub words: Option<String>,
    /// Who holds this role today.
    pub role: Option<Role>,
    /// Who is in this team today.
    pub team: Option<Uuid>,
    /// Switched off only, or on only.
    pub off: Option<bool>,
}

/// A page of accounts.
#[derive(Debug, Clone)]
pub struct AccountList {
    /// The accounts, with the roles they hold today.
    pub accounts: Vec<(Account, Vec<RoleGrantRow>)>,
    /// How many there are altogether.
    pub total: i64,
    /// Every team, for filters and words.
    pub teams: Vec<TeamRow>,
}

/// One account with its history.
#[derive(Debug, Clone)]
pub struct AccountPage {
    /// The account.
    pub account: Account,
    /// Every role it has held, newest first.
    pub grants: Vec<RoleGrantRow>,
    /// Every team, for words and for giving a role.
    pub teams: Vec<TeamRow>,
    /// Every agency, for words.
    pub agencies: Vec<AgencyRow>,
    /// Whether a given password waits to be changed.
    pub must_change_password: bool,
    /// How many sessions are open.
    pub sessions: usize,
    /// The day it is.
    pub today: Date,
}

/// What a person's account says of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: Option<String>,
}

fn checked(details: &Details) -> Result<Details> {
    let mut wrong = Vec::new();
    let mut say = |field: &str, message: &str| {
        wrong.push(FieldProblem { field: field.to_owned(), message: message.to_owned() })
    };
    let (name, email) = (details.name.trim(), details.email.trim());
    if name.is_empty() || name.chars().count() > 200 {
        say("name", "Enter the person’s full name, in up to 200 characters");
    }
    let parts = email.split_once('@');
    let plain = !email.chars().any(|c| c.is_whitespace() || c.is_control()) && email.len() <= 254;
    if !plain
        || !parts
            .is_some_and(|(before, after)| !before.is_empty() && after.contains('.') && !after.contains('@'))
    {
        say("email", "Enter an e-mail address in the correct format, like name@example.org");
    }
    let phone = details.phone.as_deref().map(str::trim).filter(|p| !p.is_empty());
    if phone.is_some_and(|p| p.chars().count() > 40) {
        say("phone", "Enter a telephone number of up to 40 characters");
    }
    if wrong.is_empty() {
        Ok(Details { name: name.to_owned(), email: email.to_owned(), phone: phone.map(str::to_owned) })
    } else {
        Err(Error::Invalid(wrong))
    }
}

/// A change made from an older version, said as casework says it; an address in use, as the form says it.
fn said(error: kinfold_store::Error) -> Error {
    match error {
        kinfold_store::Error::Conflict { current, .. } => Error::Conflict { current },
        kinfold_store::Error::Duplicate { .. } => Error::invalid(
            "email",
            "Somebody already has an account with this e-mail address. Find that account instead",
        ),
        error => error.into(),
    }
}

/// A password that can be read out over a telephone: 80 bits in letters and figures that nobody confuses.
fn first_password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789w";
    let picked: Vec<char> = random::<16>()
        .iter()
        .map(|b| char::from(LETTERS.get(usize::from(b & 31)).copied().unwrap_or(b'x')))
        .collect();
    picked.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

impl Casework {
    /// Accounts by name.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to manage accounts.
    pub async fn accounts(&self, actor: &Actor, query: &AccountQuery, page: Page) -> Result<AccountList> {
        actor.require(Action::ManageAccounts)?;
        let today = self.today();
        let mut unit = self.house.store.glance().await?;
        let filter = PeopleFilter {
            words: query.words.clone().filter(|w| !w.trim().is_empty()),
            team: query.team,
            role: query.role.map(|role| role.as_str().to_owned()),
            disabled: query.off,
            on: Some(today),
        };
        let found = unit.people(&filter, page).await?;
        let grants = unit.grants_on(today).await?;
        let teams = unit.teams().await?;
        drop(unit);
        let accounts = found
            .rows
            .into_iter()
            .map(|row| {
                let held = grants.iter().filter(|g| g.person == row.id).cloned().collect();
                (Account::from(row), held)
            })
            .collect();
        self.house
            .pen
            .write(vec![actor.line("view_accounts", None, true, &json!({"total": found.total}))])
            .await?;
        Ok(AccountList { accounts, total: found.total, teams })
    }

    /// One account.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, or when there is none.
    pub async fn account_page(&self, actor: &Actor, id: Uuid) -> Result<AccountPage> {
        actor.require(Action::ManageAccounts)?;
        let mut unit = self.house.store.glance().await?;
        let account = unit.person(id).await?.ok_or(Error::Absent)?.into();
        let page = AccountPage {
            account,
            grants: unit.role_grants(id).await?,
            teams: unit.teams().await?,
            agencies: unit.agencies().await?,
            must_change_password: unit.must_change_password(id).await?,
            sessions: unit.sessions_of(id).await?.len(),
            today: self.today(),
        };
        drop(unit);
        self.house.pen.write(vec![actor.line("view_account", None, true, &json!({"account": id}))]).await?;
        Ok(page)
    }

    /// Adds a person, with their first roles. They cannot sign in until they are given a first password.
    ///
    /// # Errors
    /// [`Error::Invalid`] when something cannot be used, the address is taken, or a role's dates make no sense.
    pub async fn add_account(&self, actor: &Actor, details: &Details, grants: &[NewGrant]) -> Result<Uuid> {
        actor.require(Action::ManageAccounts)?;
        let details = checked(details)?;
        let id = self.new_id();
        let row = PersonRow {
            id,
            name: details.name,
            email: details.email,
            phone: details.phone,
            password_hash: None,
            totp_secret: None,
            totp_last_step: None,
            disabled_at: None,
            created_at: self.now(),
            version: 1,
        };
        let mut unit = self.house.store.write().await?;
        unit.insert_people(&[row]).await.map_err(said)?;
        for grant in grants {
            self.grant(&mut *unit, id, *grant).await?;
        }
        let roles: Vec<&str> = grants.iter().map(|g| g.role.as_str()).collect();
        log(&mut *unit, vec![actor.line("add_account", None, true, &json!({"account": id, "roles": roles}))])
            .await?;
        unit.commit().await?;
        self.owners_changed();
        Ok(id)
    }

    /// Changes name, e-mail address and telephone number.
    ///
    /// # Errors
    /// [`Error::Conflict`] when somebody changed the account meanwhile.
    pub async fn change_account(
        &self,
        actor: &Actor,
        id: Uuid,
        version: i64,
        details: &Details,
    ) -> Result<()> {
        actor.require(Action::ManageAccounts)?;
        let details = checked(details)?;
        let mut unit = self.house.store.write().await?;
        let mut row = unit.person(id).await?.ok_or(Error::Absent)?;
        (row.name, row.email, row.phone, row.version) = (details.name, details.email, details.phone, version);
        unit.update_person(&row).await.map_err(said)?;
        log(&mut *unit, vec![actor.line("change_account", None, true, &json!({"account": id}))]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Switches an account off or on. Off ends every session of it at once.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for one's own account; [`Error::Conflict`] as above.
    pub async fn switch_account(&self, actor: &Actor, id: Uuid, version: i64, off: bool) -> Result<()> {
        actor.require(Action::ManageAccounts)?;
        self.not_oneself(
            actor,
            id,
            "Another administrator switches your account off, so that somebody can always sign in.",
        )?;
        let mut unit = self.house.store.write().await?;
        let mut row = unit.person(id).await?.ok_or(Error::Absent)?;
        row.disabled_at = off.then(|| self.now());
        row.version = version;
        unit.update_person(&row).await.map_err(said)?;
        if off {
            unit.end_sessions_of(id, None).await?;
        }
        let action = if off { "switch_account_off" } else { "switch_account_on" };
        log(&mut *unit, vec![actor.line(action, None, true, &json!({"account": id}))]).await?;
        unit.commit().await?;
        self.owners_changed();
        Ok(())
    }

    /// Gives a first password and ends every session. The password is returned once, to be told to the person, who must
    /// change it when they sign in.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for oneself.
    pub async fn give_first_password(&self, actor: &Actor, id: Uuid) -> Result<String> {
        actor.require(Action::ManageAccounts)?;
        self.not_oneself(actor, id, "Change your own password on your account page.")?;
        let password = first_password();
        let hash = self.check_and_hash(&password, "")?;
        let mut unit = self.house.store.write().await?;
        let mut row = unit.person(id).await?.ok_or(Error::Absent)?;
        row.password_hash = Some(hash);
        unit.update_person(&row).await.map_err(said)?;
        unit.note_first_password(id, Some((actor.person().0, self.now()))).await?;
        unit.end_sessions_of(id, None).await?;
        log(&mut *unit, vec![actor.line("give_first_password", None, true, &json!({"account": id}))]).await?;
        unit.commit().await?;
        Ok(password)
    }

    /// Forgets the second step, for somebody who has lost their telephone: they set it up again when they sign in.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for oneself.
    pub async fn reset_second_factor(&self, actor: &Actor, id: Uuid) -> Result<()> {
        actor.require(Action::ManageAccounts)?;
        self.not_oneself(actor, id, "Another administrator resets your second step.")?;
        let mut unit = self.house.store.write().await?;
        let mut row = unit.person(id).await?.ok_or(Error::Absent)?;
        (row.totp_secret, row.totp_last_step) = (None, None);
        unit.update_person(&row).await.map_err(said)?;
        unit.end_sessions_of(id, None).await?;
        log(&mut *unit, vec![actor.line("reset_second_factor", None, true, &json!({"account": id}))]).await?;
        unit.commit().await?;
        Ok(())
    }

    fn not_oneself(&self, actor: &Actor, id: Uuid, words: &str) -> Result<()> {
        if actor.person().0 == id { Err(Error::Forbidden(words.to_owned())) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_password_is_long_and_never_the_same() {
        let (a, b) = (first_password(), first_password());
        assert_eq!(a.len(), 19);
        assert_ne!(a, b);
        assert!(!a.contains(['l', 'o', 'i', '0', '1']));
    }

    #[test]
    fn an_address_without_a_domain_is_refused() {
        let details = |email: &str| Details { name: "Ann Example".into(), email: email.into(), phone: None };
        assert!(checked(&details("ann@fernshire.example")).is_ok());
        for wrong in ["", "ann", "ann@", "@b.c", "a b@c.d", "a@b@c.d", "a@b\n.c"] {
            assert!(checked(&details(wrong)).is_err(), "{wrong}");
        }
    }
}

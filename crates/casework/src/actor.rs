//! Who is asking. An [`Actor`] can only be had from a live session, and carries the rights of this moment: when the
//! access epoch in the database has moved on, they are read again.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, RwLock};

use jiff::{SignedDuration, Timestamp};
use kinfold_access::{Action, ActionSet, Appointment, Code, Purpose, Role, Target, Who};
use kinfold_record::PersonId;
use kinfold_store::{NewAudit, Unit};
use smol_str::SmolStr;
use uuid::Uuid;

use crate::clock::day;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::porter::Caller;
use crate::secrets::{hex, same, token_hash};

/// How long a session lives at most, and how long without use.
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_hours(12);
const IDLE: SignedDuration = SignedDuration::from_mins(60);
/// How long after it was last noted a session's use is noted again.
const SEEN_LATELY: SignedDuration = SignedDuration::from_mins(5);
/// How long giving one's password again lasts.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// What is remembered about a person between requests.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub epoch: i64,
    pub day: jiff::civil::Date,
    pub name: String,
    pub email: String,
    pub who: Who,
    /// Teams worked in, and teams managed with all below them.
    pub teams: HashSet<Uuid>,
    pub managed: HashSet<Uuid>,
    pub may: ActionSet,
    /// Whether the password was given by somebody else and must be changed before anything else.
    pub must_change_password: bool,
    /// Records opened in an emergency.
    pub glass: Vec<Opening>,
    /// Which records lists may show, usually and in an emergency, of children, carers and homes: worked out when a list
    /// is first asked for, since it takes the policies hundreds of questions.
    pub reach: std::sync::OnceLock<[(kinfold_access::Reach, kinfold_access::Reach); 3]>,
}

/// A record that somebody opened in an emergency, while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// This opening.
    pub id: Uuid,
    /// Which record.
    pub child: Uuid,
    /// When it ends by itself.
    pub until: Timestamp,
    /// Why, in the words of the person who opened it.
    pub reason: String,
}

impl Snapshot {
    /// The opening of this record that still runs, the one that lasts longest.
    pub fn opening(&self, child: Uuid, now: Timestamp) -> Option<&Opening> {
        self.glass.iter().filter(|o| o.child == child && now < o.until).max_by_key(|o| o.until)
    }
}

#[derive(Default)]
pub(crate) struct Snapshots(RwLock<HashMap<Uuid, Arc<Snapshot>>>);

/// Somebody signed in, with the rights of this moment.
#[derive(Debug, Clone)]
pub struct Actor {
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) token: [u8; 32],
    csrf: Arc<str>,
    reauthenticated_at: Option<Timestamp>,
    purpose: Purpose,
    pub(crate) now: Timestamp,
    /// The epochs as this request found them.
    pub(crate) access_epoch: i64,
    pub(crate) data_epoch: i64,
}

impl Actor {
    /// Their id.
    pub fn person(&self) -> PersonId {
        self.snapshot.who.person
    }

    /// Their name.
    pub fn name(&self) -> &str {
        &self.snapshot.name
    }

    /// Their e-mail address.
    pub fn email(&self) -> &str {
        &self.snapshot.email
    }

    /// The roles they hold today.
    pub fn roles(&self) -> impl Iterator<Item = Role> + '_ {
        self.snapshot.who.roles().iter()
    }

    /// Whether they hold a role today.
    pub fn has(&self, role: Role) -> bool {
        self.snapshot.who.roles().has(role)
    }

    /// What they may do that is not about one child.
    pub fn may(&self) -> ActionSet {
        self.snapshot.may
    }

    /// Whether their password was given by somebody else: nothing else opens until they have changed it.
    pub fn must_change_password(&self) -> bool {
        self.snapshot.must_change_password
    }

    /// The purpose they work for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The token every form of this session must carry.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// Whether a form's token is this session's, in constant time.
    pub fn csrf_fits(&self, token: &str) -> bool {
        same(token.as_bytes(), self.csrf.as_bytes())
    }

    /// Whether the password was given within the last ten minutes.
    pub fn is_fresh(&self) -> bool {
        self.reauthenticated_at.is_some_and(|at| self.now.duration_since(at) < FRESH)
    }

    /// Refuses unless the person may do this (something not about one child).
    pub(crate) fn require(&self, action: Action) -> Result<()> {
        if self.may().has(action) { Ok(()) } else { Err(Error::Absent) }
    }

    /// Refuses unless the password was given again lately.
    pub(crate) fn require_fresh(&self) -> Result<()> {
        if self.is_fresh() { Ok(()) } else { Err(Error::Reauthenticate) }
    }

    /// Somebody whose calendar is asked for by its link: their rights, and no session that a form could come from.
    pub(crate) fn by_feed(
        snapshot: Arc<Snapshot>,
        token: [u8; 32],
        now: Timestamp,
        access_epoch: i64,
    ) -> Self {
        Self {
            purpose: Purpose::usual(snapshot.who.roles()),
            snapshot,
            token,
            csrf: hex(&crate::clock::random::<32>()).into(),
            reauthenticated_at: None,
            now,
            access_epoch,
            data_epoch: 0,
        }
    }

    /// A line for the log.
    pub(crate) fn line(
        &self,
        action: &str,
        child: Option<Uuid>,
        allowed: bool,
        detail: &serde_json::Value,
    ) -> NewAudit {
        let emergency = child.is_some_and(|child| self.snapshot.opening(child, self.now).is_some());
        let purpose = if emergency { Purpose::Safeguarding } else { self.purpose };
        audit_line(
            self.now,
            Some(self.person().0),
            Some(&self.token),
            action,
            child,
            purpose,
            allowed,
            detail,
        )
    }
}

/// A line for the log, not yet sealed.
#[expect(clippy::too_many_arguments, reason = "the fields of one line")]
pub(crate) fn audit_line(
    at: Timestamp,
    person: Option<Uuid>,
    token: Option<&[u8; 32]>,
    action: &str,
    child: Option<Uuid>,
    purpose: Purpose,
    allowed: bool,
    detail: &serde_json::Value,
) -> NewAudit {
    // Enough of the session's hash to tell sessions apart, useless for anything else.
    let session = token.map(|token| hex(&token[..6]));
    let (action, purpose, detail) = (action.to_owned(), purpose.as_str().to_owned(), detail.to_string());
    // Sealed by the pen, which knows the line's place in the log.
    NewAudit { at, person, session, action, child, purpose, allowed, detail, leaf: [0; 32] }
}

impl Casework {
    /// The person whose session cookie this is.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when there is no such session, it has ended, has been idle too long, has not passed its
    /// second step, or the account is switched off.
    pub async fn actor(&self, token: &str) -> Result<Actor> {
        let now = self.now();
        let token = token_hash(token);
        let mut caller = self.house.porter.session(&token).await?.ok_or(Error::SignedOut)?;
        if now.duration_since(caller.session.last_seen_at) > SEEN_LATELY {
            // Another request, or another server, may have noted it since the porter read it.
            caller = self.house.porter.session_afresh(&token).await?.ok_or(Error::SignedOut)?;
        }
        let Caller { session, disabled_at, epochs } = caller;
        let idle = now.duration_since(session.last_seen_at);
        if disabled_at.is_some() || !session.second_factor || now >= session.expires_at || idle > IDLE {
            return Err(Error::SignedOut);
        }
        let snapshot = match self.house.snapshots.get(session.person, epochs.access, now) {
            Some(snapshot) => snapshot,
            None => {
                let mut unit = self.house.store.glance().await?;
                self.read_snapshot(&mut *unit, session.person, epochs.access, now).await?
            }
        };
        // Seen lately enough: a write for each page would make every reader a writer.
        if idle > SEEN_LATELY {
            let mut unit = self.house.store.write().await?;
            unit.touch_session(&token, now).await?;
            unit.commit().await?;
        }
        let purpose = Purpose::usual(snapshot.who.roles());
        let csrf = hex(&session.csrf).into();
        Ok(Actor {
            snapshot,
            token,
            csrf,
            reauthenticated_at: session.reauthenticated_at,
            purpose,
            now,
            access_epoch: epochs.access,
            data_epoch: epochs.data,
        })
    }

    pub(crate) async fn read_snapshot(
        &self,
        unit: &mut dyn Unit,
        person: Uuid,
        epoch: i64,
        now: Timestamp,
    ) -> Result<Arc<Snapshot>> {
        let today = day(now);
        let account = unit.account(person, today).await?.ok_or(Error::SignedOut)?;
        let mut appointments: Vec<Appointment> = account
            .roles
            .iter()
            .filter_map(|grant| Some(Appointment { role: Role::parse(&grant.role)?, team: grant.team }))
            .collect();
        // Membership of a team is working in it: the roles held for the whole authority are held there too.
        let held: Vec<Role> = appointments.iter().filter(|a| a.team.is_none()).map(|a| a.role).collect();
        for member in &account.teams {
            for role in
                held.iter().filter(|r| !matches!(r, Role::TeamManager | Role::HeadOfService | Role::Director))
            {
                appointments.push(Appointment { role: *role, team: Some(member.team) });
            }
        }
        let who =
            Who { person: PersonId(person), appointments, disabled: account.person.disabled_at.is_some() };
        let all = unit.teams().await?;
        let teams = all.iter().map(|t| t.id).filter(|t| who.works_in(*t)).collect();
        let mut managed: HashSet<Uuid> = all.iter().map(|t| t.id).filter(|t| who.manages(*t)).collect();
        loop {
            let below: Vec<Uuid> = all
                .iter()
                .filter(|t| t.parent.is_some_and(|p| managed.contains(&p)) && !managed.contains(&t.id))
                .map(|t| t.id)
                .collect();
            if below.is_empty() {
                break;
            }
            managed.extend(below);
        }
        let glass = unit
            .break_glass_of(person, now)
            .await?
            .into_iter()
            .map(|g| Opening { id: g.id, child: g.child, until: g.until_at, reason: g.reason })
            .collect();
        let must_change_password = unit.must_change_password(person).await?;
        let may = self.house.engine.may(&who, Purpose::usual(who.roles()), Target::Authority);
        let snapshot = Arc::new(Snapshot {
            epoch,
            day: today,
            name: account.person.name,
            email: account.person.email,
            who,
            teams,
            managed,
            may,
            must_change_password,
            glass,
            reach: std::sync::OnceLock::new(),
        });
        self.house.snapshots.put(person, Arc::clone(&snapshot));
        Ok(snapshot)
    }

    /// Everybody's titles, for pages that name a role.
    pub fn role_title(code: &str) -> SmolStr {
        Role::parse(code)
            .map_or_else(|| SmolStr::new(code.replace('_', " ")), |role| SmolStr::new_static(role.title()))
    }
}

impl Snapshots {
    fn get(&self, person: Uuid, epoch: i64, now: Timestamp) -> Option<Arc<Snapshot>> {
        let held = self.0.read().ok()?;
        // Roles and places run from day to day, so a snapshot is good for its day only.
        held.get(&person).filter(|s| s.epoch == epoch && s.day == day(now)).map(Arc::clone)
    }

    fn put(&self, person: Uuid, snapshot: Arc<Snapshot>) {
        if let Ok(mut held) = self.0.write() {
            held.insert(person, snapshot);
        }
    }
}

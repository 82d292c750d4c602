//! The confidentiality undertaking: what a carer promises before anything about a child opens to them.

use jiff::civil::Date;
use kinfold_access::{Action, CircleRole, Code as _, CodeSet, Role};
use kinfold_guidance::{CarerWords, Undertaking};
use kinfold_record::{ChildId, Event, EventKind, PersonId, Subject, Timeline};
use serde_json::json;

use super::space::Space;
use crate::actor::Actor;
use crate::child::Looked;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::record::NewEntry;

/// A carer of a child, and whether they have signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Their account.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// When they signed the words in force; `None` while they have not.
    pub on: Option<Date>,
    /// When they signed words that no longer hold.
    pub before: Option<Date>,
}

/// The undertaking, to read and sign.
#[derive(Debug, Clone)]
pub struct UndertakingPage {
    /// The child, by the name people use: the one thing a carer knows of them before they have signed.
    pub child: String,
    /// The words.
    pub words: Undertaking,
    /// When this carer signed them.
    pub signed: Option<Date>,
    /// Whether they signed earlier words.
    pub changed: bool,
}

/// When somebody signed: the words in force, and any words at all.
fn signatures(timeline: &Timeline, person: PersonId, words: &Undertaking) -> (Option<Date>, Option<Date>) {
    let account = person.to_string();
    let (mut now, mut before) = (None, None);
    for happening in timeline.happenings.iter().filter(|h| h.kind == EventKind::UndertakingSigned) {
        if happening.value("account") != Some(account.as_str()) {
            continue;
        }
        let holds = happening.value("words") == Some(words.id.as_str())
            && happening.value("version") == Some(words.version.to_string().as_str());
        if holds { now = Some(happening.on) } else { before = Some(happening.on) }
    }
    (now, before)
}

/// The places in a circle of those who care for the child at home: in a family, or in a children's home.
const AT_HOME: [&str; 2] = ["foster_carer", "residential_worker"];

/// Whether a place in the circle is that of somebody who cares for the child at home.
pub(super) fn at_home(role: &str) -> bool {
    AT_HOME.contains(&role)
}

/// Whether a child's pages are closed to somebody because they have not signed: carers in the circle are asked, and nobody
/// else.
pub(crate) fn unsigned(
    roles: CodeSet<Role>,
    circle: CodeSet<CircleRole>,
    timeline: &Timeline,
    person: PersonId,
    words: &CarerWords,
) -> bool {
    let asked = roles.has(Role::FosterCarer)
        && circle.iter().any(|place| at_home(place.as_str()))
        && timeline.subject == Subject::Child;
    asked && words.undertaking.as_ref().is_some_and(|words| signatures(timeline, person, words).0.is_none())
}

/// Whether a looked-up child is closed to a carer who has not signed.
pub(super) fn closed(looked: &Looked) -> bool {
    looked.handle.may.has(Action::KeepLog) && !looked.handle.may.has(Action::ViewChild)
}

impl Space {
    /// The carers with accounts in the circle today, and whether they have signed.
    pub fn signers(&self) -> Vec<Signer> {
        let Some(words) = &self.book.guidance.carers.undertaking else { return Vec::new() };
        let carers = self.looked.timeline.circle_on(self.today).filter(|m| at_home(&m.role));
        let mut out: Vec<Signer> = carers
            .filter_map(|m| {
                let person = m.person?;
                let (on, before) = signatures(&self.looked.timeline, person, words);
                Some(Signer { person, name: self.names.get(&person)?.clone(), on, before })
            })
            .collect();
        out.sort_by(|a, b| a.name.cmp(&b.name));
        out.dedup_by_key(|s| s.person);
        out
    }
}

impl Casework {
    /// The words a carer is asked to sign, whether they have signed them or not.
    ///
    /// # Errors
    /// [`Error::Absent`] for everybody who is not a carer of this child.
    pub async fn undertaking(&self, actor: &Actor, child: ChildId) -> Result<UndertakingPage> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::KeepLog).await?;
        drop(unit);
        let words = self.book().guidance.carers.undertaking.clone().ok_or(Error::Absent)?;
        let (signed, before) = signatures(&looked.timeline, actor.person(), &words);
        let line = actor.line(
            "view_undertaking",
            Some(child.0),
            true,
            &json!({"words": words.id, "version": words.version}),
        );
        self.house.pen.write(vec![line]).await?;
        let identity = &looked.timeline.identity;
        Ok(UndertakingPage {
            child: identity.known_as.clone().unwrap_or_else(|| identity.given_name.clone()),
            words,
            signed,
            changed: signed.is_none() && before.is_some(),
        })
    }

    /// Signs the words in force. Signing them twice is signing them once.
    ///
    /// # Errors
    /// [`Error::Absent`] for everybody who is not a carer of this child; [`Error::Invalid`] without the tick or a name;
    /// [`Error::Conflict`] when the words changed while the page was open.
    pub async fn sign_undertaking(
        &self,
        actor: &Actor,
        child: ChildId,
        seen: (&str, i32),
        promised: bool,
        name: &str,
    ) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::KeepLog).await?;
        let words = self.book().guidance.carers.undertaking.clone().ok_or(Error::Absent)?;
        if signatures(&looked.timeline, actor.person(), &words).0.is_some() {
            return Ok(());
        }
        if (words.id.as_str(), words.version) != seen {
            return Err(Error::Conflict { current: words.version.into() });
        }
        let mut problems = Vec::new();
        let mut wrong = |field: &str, message: &str| {
            problems
                .push(crate::error::FieldProblem { field: field.to_owned(), message: message.to_owned() });
        };
        if !promised {
            wrong("promised", "Tick the box if you promise this. Without it, nothing about the child opens");
        }
        let name = name.trim();
        if name.is_empty() {
            wrong("name", "Type your own name");
        } else if name.chars().count() > 100 {
            wrong("name", "Type your name in no more than 100 characters");
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let event = Event::UndertakingSigned {
            account: actor.person().to_string().into(),
            words: words.id.clone(),
            version: words.version,
            name: name.to_owned(),
        };
        self.append(&mut *unit, actor, &looked, vec![NewEntry::on(self.today(), event)]).await?;
        let line = actor.line(
            "sign_undertaking",
            Some(child.0),
            true,
            &json!({"words": words.id, "version": words.version}),
        );
        log(&mut *unit, vec![line]).await?;
        unit.commit().await?;
        Ok(())
    }
}

//! Young auditors: a young person who was invited to a self-assessment opens that one in plain words, answers what was
//! given to them and says of the rest what they think, beside what the partners say. Nothing else of the authority opens.

use jiff::civil::Date;
use kinfold_access::{Action, Code, Role};
use kinfold_guidance::Framework;
use kinfold_guidance::framework::Level;
use kinfold_store::{NoticeRow, Unit};
use serde_json::json;
use std::collections::HashSet;
use uuid::Uuid;

use super::audit::{Answers, Audit, AuditEvent, Judgement};
use super::audit_change::{level, open};
use super::audits::{audit, framework_of};
use super::entry::{lock, room};
use super::{LONGEST_TEXT, text};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::surveys::is_email;

/// A self-assessment that a young person was invited to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YoungAuditLine {
    /// Its id.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// How many questions they may answer.
    pub questions: usize,
    /// How many they have answered.
    pub answered: usize,
    /// Whether it is closed.
    pub closed: bool,
}

/// The same, opened.
#[derive(Debug, Clone)]
pub struct YoungAudit {
    /// Its line.
    pub line: YoungAuditLine,
    /// First day of the period looked at.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// What is asked of every question.
    pub asks: Option<String>,
    /// The levels to choose from: code, title and meaning. Where a level has plain words they are its title, and there is
    /// nothing more to it.
    pub levels: Vec<(String, String, String)>,
    /// The questions, in the parts of the framework.
    pub parts: Vec<YoungPart>,
    /// What was learnt, once it is closed.
    pub summary: Option<String>,
}

/// A part with a question for young auditors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YoungPart {
    /// Its title.
    pub title: String,
    /// Its questions.
    pub questions: Vec<YoungQuestion>,
}

/// A question in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YoungQuestion {
    /// Its id.
    pub id: String,
    /// Its words: the plain ones where the framework has them.
    pub words: String,
    /// The partner for whom it was given to them, if it was.
    pub owned: Option<String>,
    /// What they said.
    pub mine: Option<Judgement>,
    /// What the partners say, by title of the level: shown once they have said what they think, so that nobody's
    /// judgement leads theirs.
    pub partners: Vec<(String, String)>,
    /// What the partners agreed on.
    pub agreed: Option<String>,
}

impl YoungAudit {
    /// One of its questions.
    pub fn question(&self, id: &str) -> Option<&YoungQuestion> {
        self.parts.iter().flat_map(|part| &part.questions).find(|question| question.id == id)
    }
}

/// The partner for whom they answer. Where somebody else has answered for it since, what they say stands beside it.
fn owned(answers: &Answers, me: Uuid) -> Option<String> {
    let theirs = |partner: &String| answers.judgements.get(partner).is_none_or(|j| j.written.by == Some(me));
    let owners = answers.owners.iter().filter(|(_, (person, _))| *person == me);
    let mut named = owners.map(|(partner, _)| partner);
    named.find(|partner| theirs(partner)).cloned()
}

/// What a young auditor sees of an audit; `None` for everybody who was not invited.
fn seen(audit: &Audit, framework: &Framework, me: Uuid) -> Option<YoungAudit> {
    if !audit.is_young_auditor(me) {
        return None;
    }
    let words = |l: &Level| l.plain.as_ref().unwrap_or(&l.title).clone();
    let title = |code: &str| framework.scale.level(code).map_or_else(String::new, words);
    let mut parts = Vec::new();
    for part in &framework.parts {
        let questions: Vec<YoungQuestion> = part
            .items
            .iter()
            .filter_map(|item| {
                let answers = audit.answers(&item.id);
                let owned = owned(&answers, me);
                let words = match (&item.plain, &owned) {
                    (Some(plain), _) => plain.clone(),
                    (None, Some(_)) => item.text.clone(),
                    (None, None) => return None,
                };
                let mine = match &owned {
                    Some(partner) => answers.judgements.get(partner),
                    None => answers.young.get(&me),
                };
                let open = mine.is_some() || audit.closed.is_some();
                let others = answers.judgements.iter().filter(|(partner, _)| owned.as_ref() != Some(partner));
                let partners = others.filter(|_| open).map(|(p, j)| (p.clone(), title(&j.level))).collect();
                let agreed = answers.agreed.as_ref().filter(|_| open).map(|j| title(&j.level));
                let (id, mine) = (item.id.to_string(), mine.cloned());
                Some(YoungQuestion { id, words, owned, mine, partners, agreed })
            })
            .collect();
        if !questions.is_empty() {
            parts.push(YoungPart { title: part.plain.as_ref().unwrap_or(&part.title).clone(), questions });
        }
    }
    let all = parts.iter().flat_map(|part| &part.questions);
    let line = YoungAuditLine {
        id: audit.id,
        title: audit.title.clone(),
        questions: all.clone().count(),
        answered: all.filter(|question| question.mine.is_some()).count(),
        closed: audit.closed.is_some(),
    };
    let levels = framework.scale.levels.iter();
    let means = |l: &Level| if l.plain.is_some() { String::new() } else { l.means.clone() };
    let levels = levels.map(|l| (l.code.to_string(), words(l), means(l))).collect();
    let summary = audit.closed.as_ref().and_then(|(_, summary)| summary.clone());
    let asks = framework.scale.plain.clone();
    Some(YoungAudit { line, from: audit.from, to: audit.to, asks, levels, parts, summary })
}

impl Casework {
    /// Whether whoever asks was invited to any self-assessment as a young auditor, for the way to them.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn is_young_auditor(&self, actor: &Actor) -> Result<bool> {
        if !actor.may().has(Action::YoungAuditor) {
            return Ok(false);
        }
        let me = actor.person().0;
        let mut unit = self.house.store.glance().await?;
        let found = room::<AuditEvent>(&mut *unit).await?;
        let audits = found.iter().filter_map(|(id, entries)| Audit::of(*id, entries));
        Ok(audits.into_iter().any(|audit| audit.is_young_auditor(me)))
    }

    /// Whether whoever asks has a space of their own: the children's council may have accounts without a record.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn has_own_space(&self, actor: &Actor) -> Result<bool> {
        let mut unit = self.house.store.read().await?;
        Ok(self.own_record(&mut *unit, actor).await?.is_some())
    }

    /// The self-assessments that whoever asks was invited to as a young auditor, the newest first.
    ///
    /// # Errors
    /// [`Error::Absent`] for everybody but young people.
    pub async fn young_audits(&self, actor: &Actor) -> Result<Vec<YoungAuditLine>> {
        actor.require(Action::YoungAuditor)?;
        let me = actor.person().0;
        let mut unit = self.house.store.glance().await?;
        let found = room::<AuditEvent>(&mut *unit).await?;
        drop(unit);
        let book = self.book();
        let mut lines = Vec::new();
        for (id, entries) in found.iter().rev() {
            let Some(audit) = Audit::of(*id, entries).filter(|audit| audit.is_young_auditor(me)) else {
                continue;
            };
            lines.extend(seen(&audit, &framework_of(&book, &audit)?, me).map(|young| young.line));
        }
        let detail = json!({"page": "young_audits", "rows": lines.len()});
        self.house.pen.write(vec![actor.line(Action::YoungAuditor.as_str(), None, true, &detail)]).await?;
        Ok(lines)
    }

    /// One of them.
    ///
    /// # Errors
    /// [`Error::Absent`] for everybody but a young auditor of it.
    pub async fn young_audit(&self, actor: &Actor, id: Uuid) -> Result<YoungAudit> {
        actor.require(Action::YoungAuditor)?;
        let mut unit = self.house.store.glance().await?;
        let (audit, _) = audit(&mut *unit, id).await?;
        drop(unit);
        let framework = framework_of(&self.book(), &audit)?;
        let young = seen(&audit, &framework, actor.person().0);
        let detail = json!({"audit": id});
        let line = actor.line(Action::YoungAuditor.as_str(), None, young.is_some(), &detail);
        self.house.pen.write(vec![line]).await?;
        young.ok_or(Error::Absent)
    }

    /// What a young auditor says about a question: the partner's answer where it was given to them, their own beside the
    /// partners' everywhere else. Said again, the newer words stand; the older stay readable.
    ///
    /// # Errors
    /// [`Error::Absent`] for everybody but a young auditor of it, and for a question that is not asked of them;
    /// [`Error::Invalid`] when something is missing, too long, or it is closed.
    pub async fn answer_as_young_auditor(
        &self,
        actor: &Actor,
        (id, question): (Uuid, &str),
        (said, reason): (&str, &str),
        key: &str,
    ) -> Result<()> {
        actor.require(Action::YoungAuditor)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        let (audit, _) = audit(&mut *unit, id).await?;
        let framework = framework_of(&self.book(), &audit)?;
        let young = seen(&audit, &framework, me).ok_or(Error::Absent)?;
        let asked = young.question(question).ok_or(Error::Absent)?;
        if unit.kept_answer(key, me).await?.is_some() {
            return Ok(());
        }
        open(&audit)?;
        let level = level(&framework, said).map_err(|_| Error::invalid("level", "Pick one of these"))?;
        let reason = text("reason", reason, LONGEST_TEXT, "Tell us why you think so")?;
        let question = question.into();
        let event = match asked.owned.clone() {
            Some(partner) => AuditEvent::Rated { question, partner, level, reason },
            None => AuditEvent::YoungRated { question, level, reason },
        };
        self.add_entries(&mut *unit, id, audit.version, Some(me), &[(None, event)]).await?;
        unit.keep_answer(key, me, self.now(), "done").await?;
        let detail = json!({"audit": id, "question": asked.id, "what": "judgement"});
        log(&mut *unit, vec![actor.line(Action::YoungAuditor.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Invites a young person to a self-assessment by the address of their account, and tells them. Where no young person has
    /// the address, everything that whoever leads can see is the same: an account tells that somebody is in care.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to lead one; [`Error::Invalid`] when the address is none, the framework has no
    /// plain words, or it is closed.
    pub async fn invite_young_auditor(&self, actor: &Actor, id: Uuid, email: &str, key: &str) -> Result<()> {
        actor.require(Action::LeadAudit)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        let (audit, _) = audit(&mut *unit, id).await?;
        if unit.kept_answer(key, me).await?.is_some() {
            return Ok(());
        }
        open(&audit)?;
        if framework_of(&self.book(), &audit)?.items().all(|item| item.plain.is_none()) {
            let words = "This framework has no plain words for young auditors. Start one that has: the Healthy Care audit, for example";
            return Err(Error::invalid("email", words));
        }
        if !is_email(email.trim()) {
            return Err(Error::invalid("email", "Enter an e-mail address, like name@example.com"));
        }
        let stand_in = self.stand_in(id, email);
        let known = self.young_person(&mut *unit, email).await?;
        let person = known.unwrap_or(stand_in);
        if !audit.is_young_auditor(person) {
            let instead_of = Some(stand_in).filter(|of| *of != person && audit.young_name(*of).is_some());
            let invited = AuditEvent::YoungAuditorInvited { person, instead_of };
            self.add_entries(&mut *unit, id, audit.version, Some(me), &[(None, invited)]).await?;
            let notice = |person| NoticeRow {
                id: self.new_id(),
                person,
                child: None,
                kind: "young_auditor".to_owned(),
                text: "We want to know how well we look after young people. Will you tell us what you think?"
                    .to_owned(),
                link: Some(format!("/me/audits/{id}")),
                created_at: self.now(),
                read_at: None,
            };
            let notices: Vec<NoticeRow> = known.map(notice).into_iter().collect();
            self.give_notices(&mut *unit, &notices, &mut HashSet::new()).await?;
        }
        unit.keep_answer(key, me, self.now(), "done").await?;
        let detail = json!({"audit": id, "what": "young auditor invited"});
        log(&mut *unit, vec![actor.line(Action::LeadAudit.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Ends the invitation of the young auditor with this number. What they said stays.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to lead one, or when nobody with the number is invited.
    pub async fn end_young_auditor(&self, actor: &Actor, id: Uuid, number: usize) -> Result<()> {
        actor.require(Action::LeadAudit)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let (audit, _) = audit(&mut *unit, id).await?;
        let at = number.checked_sub(1).and_then(|at| audit.young.get(at));
        let (person, _) = *at.filter(|(_, still)| *still).ok_or(Error::Absent)?;
        let left = AuditEvent::YoungAuditorLeft { person };
        let me = actor.person().0;
        self.add_entries(&mut *unit, id, audit.version, Some(me), &[(None, left)]).await?;
        let detail = json!({"audit": id, "what": "young auditor left"});
        log(&mut *unit, vec![actor.line(Action::LeadAudit.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// The account of a young person with this address.
    async fn young_person(&self, unit: &mut dyn Unit, email: &str) -> Result<Option<Uuid>> {
        let Some(person) = unit.person_by_email(email.trim()).await? else { return Ok(None) };
        let Some(account) = unit.account(person.id, self.today()).await? else { return Ok(None) };
        let young = account.roles.iter().any(|grant| grant.role == Role::YoungPerson.as_str());
        Ok(Some(person.id).filter(|_| young && account.person.disabled_at.is_none()))
    }

    /// What stands in an audit for an address that no young person has an account with.
    fn stand_in(&self, audit: Uuid, email: &str) -> Uuid {
        self.house.keys.stand_in(&format!("young_auditor:{audit}"), &email.trim().to_lowercase())
    }

    /// The young auditor of an audit that an address stands for, whether somebody has an account with it or not.
    pub(super) async fn invited_by_address(
        &self,
        unit: &mut dyn Unit,
        audit: &Audit,
        email: &str,
    ) -> Result<Option<Uuid>> {
        let known = unit.person_by_email(email.trim()).await?.map(|person| person.id);
        let mut both = known.into_iter().chain([self.stand_in(audit.id, email)]);
        Ok(both.find(|id| audit.is_young_auditor(*id)))
    }
}

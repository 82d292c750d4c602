//! Writing in self-assessments. Each partner's judgement is its own; where two people change the same one, the second is
//! told and nothing is overwritten.

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_guidance::Framework;
use kinfold_store::{NoticeRow, Unit};
use serde_json::json;
use smol_str::SmolStr;
use std::collections::HashSet;
use uuid::Uuid;

use super::audit::{Answers, Audit, AuditEvent, Evidence};
use super::audits::{audit, framework_of};
use super::entry::lock;
use super::panel::NewPaper;
use super::plan::Lead;
use super::plan_change::{NewRecommendation, numbered};
use super::plans::plan;
use super::{LONGEST_TEXT, LONGEST_TITLE, optional, text};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// The most partners that answer together.
const MOST_PARTNERS: usize = 8;

/// A self-assessment to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAudit {
    /// Its title.
    pub title: String,
    /// The framework.
    pub framework: String,
    /// Which part of the authority.
    pub location: String,
    /// First day of the period.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Who answers together, one a line.
    pub partners: String,
}

/// Evidence to be put beside a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewEvidence {
    /// The figure of a measure as it is today.
    Measure {
        /// Its id.
        measure: String,
    },
    /// A page elsewhere.
    Link {
        /// What it is.
        title: String,
        /// Its address.
        address: String,
    },
    /// A document that lies elsewhere.
    Document {
        /// What it is and where it lies.
        title: String,
    },
    /// A document to be kept here.
    File(NewPaper),
    /// The children behind a measure, where they are listed.
    List {
        /// Its id.
        measure: String,
    },
    /// What somebody said.
    Quotation {
        /// The words.
        words: String,
        /// Of whom in general.
        of: String,
    },
}

/// A change to what is said about one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditChange {
    /// Who answers it for a partner.
    Own {
        /// The partner.
        partner: String,
        /// A colleague's address.
        email: String,
    },
    /// A partner's judgement.
    Rate {
        /// The partner.
        partner: String,
        /// A level of the scale.
        level: String,
        /// Why.
        reason: String,
    },
    /// What was agreed.
    Agree {
        /// A level of the scale.
        level: String,
        /// Why.
        reason: String,
    },
    /// Evidence.
    Bring {
        /// The partner that brings it.
        partner: String,
        /// What.
        evidence: NewEvidence,
    },
    /// Evidence taken back.
    Withdraw {
        /// The entry that brought it.
        entry: i64,
        /// Why.
        reason: String,
    },
}

impl AuditChange {
    /// The entry that holds what this would replace.
    fn replaces(&self, now: &Answers) -> Option<i64> {
        match self {
            Self::Own { partner, .. } => now.owners.get(partner).map(|(_, version)| *version),
            Self::Rate { partner, .. } => now.judgements.get(partner).map(|j| j.written.version),
            Self::Agree { .. } => now.agreed.as_ref().map(|j| j.written.version),
            Self::Bring { .. } | Self::Withdraw { .. } => None,
        }
    }

    fn allowed(&self, actor: &Actor, now: &Answers) -> bool {
        let may = actor.may();
        match self {
            Self::Own { .. } | Self::Agree { .. } => may.has(Action::LeadAudit),
            _ => {
                let me = actor.person().0;
                may.has(Action::AnswerAudit) || now.owners.values().any(|(person, _)| *person == me)
            }
        }
    }

    fn what(&self) -> &'static str {
        match self {
            Self::Own { .. } => "owner",
            Self::Rate { .. } => "judgement",
            Self::Agree { .. } => "agreed",
            Self::Bring { .. } => "evidence",
            Self::Withdraw { .. } => "evidence taken back",
        }
    }
}

fn partner(audit: &Audit, name: &str) -> Result<String> {
    let found = audit.partners.iter().find(|partner| *partner == name.trim());
    found.cloned().ok_or_else(|| Error::invalid("partner", "Choose a partner from the list"))
}

pub(super) fn level(framework: &Framework, code: &str) -> Result<SmolStr> {
    let found = framework.scale.level(code).map(|level| level.code.clone());
    found.ok_or_else(|| Error::invalid("level", "Choose a judgement"))
}

/// The partners named one a line, each once.
fn partners(typed: &str) -> Result<Vec<String>> {
    let mut out: Vec<String> = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let name = text("partners", line, 80, "Name a partner")?;
        if !out.contains(&name) {
            out.push(name);
        }
    }
    match out.len() {
        0 => Err(Error::invalid("partners", "Name at least one partner, one a line")),
        n if n > MOST_PARTNERS => {
            Err(Error::invalid("partners", format!("Name up to {MOST_PARTNERS} partners; these are {n}")))
        }
        _ => Ok(out),
    }
}

impl Casework {
    /// Starts a self-assessment. Answers its id; a form sent twice starts one.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to; [`Error::Invalid`] when something is missing or makes no sense.
    pub async fn start_audit(&self, actor: &Actor, new: &NewAudit, key: &str) -> Result<Uuid> {
        actor.require(Action::LeadAudit)?;
        let title = text("title", &new.title, LONGEST_TITLE, "Enter a title")?;
        let location = optional("location", &new.location, LONGEST_TITLE)?;
        let partners = partners(&new.partners)?;
        if new.from > new.to {
            return Err(Error::invalid("to", "The period must end after it starts. Check both dates"));
        }
        let book = self.book();
        let framework = book.guidance.frameworks.on(&new.framework, self.today());
        let framework =
            framework.ok_or_else(|| Error::invalid("framework", "Choose a framework from the list"))?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if let Some(kept) = unit.kept_answer(key, me).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer is no id".to_owned()));
        }
        let id = self.new_id();
        let started = AuditEvent::AuditStarted {
            title,
            framework: framework.head.id.clone(),
            version: framework.head.version,
            hash: Some(framework.head.hash.clone()),
            location,
            from: new.from,
            to: new.to,
            partners,
            lead: me,
        };
        self.add_entries(&mut *unit, id, 0, Some(me), &[(None, started)]).await?;
        unit.keep_answer(key, me, self.now(), &id.to_string()).await?;
        let detail = json!({"audit": id, "what": "started", "framework": new.framework});
        log(&mut *unit, vec![actor.line(Action::LeadAudit.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(id)
    }

    /// Changes what is said about one question, or adds to it. `seen` is the version of the audit that the person had
    /// before them.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to it; [`Error::Invalid`] when something is missing, too long, or the audit is
    /// closed; [`Error::Conflict`] when somebody else changed the same thing since `seen`.
    pub async fn change_audit(
        &self,
        actor: &Actor,
        (id, question): (Uuid, &str),
        seen: i64,
        change: &AuditChange,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::ViewPlans)?;
        // Counting takes a while, so it is done before anybody waits.
        let brought = match change {
            AuditChange::Bring { evidence, .. } => Some(self.brought(evidence).await?),
            _ => None,
        };
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        let (audit, _) = audit(&mut *unit, id).await?;
        let framework = framework_of(&self.book(), &audit)?;
        framework.item(question).ok_or(Error::Absent)?;
        let now = audit.answers(question);
        if !change.allowed(actor, &now) {
            return Err(Error::Absent);
        }
        if unit.kept_answer(key, me).await?.is_some() {
            return Ok(());
        }
        open(&audit)?;
        let event = self.said(&mut *unit, &audit, &framework, (question, &now), change, brought).await?;
        if change.replaces(&now).is_some_and(|version| version > seen) {
            return Err(Error::Conflict { current: audit.version });
        }
        // Nobody stands behind some addresses of young auditors; whoever named them cannot see which.
        let owner = match &event {
            AuditEvent::Owned { person, .. } if *person != me => unit.person(*person).await?.map(|p| p.id),
            _ => None,
        };
        self.keep_evidence(&mut *unit, id, &event, change, me).await?;
        self.add_entries(&mut *unit, id, audit.version, Some(me), &[(None, event)]).await?;
        if let Some(person) = owner {
            let notice = NoticeRow {
                id: self.new_id(),
                person,
                child: None,
                kind: "audit_owner".to_owned(),
                text: format!("You answer a question of the self-assessment “{}”.", audit.title),
                link: Some(if audit.is_young_auditor(person) {
                    format!("/me/audits/{id}/{question}")
                } else {
                    format!("/audits/{id}/questions/{question}")
                }),
                created_at: self.now(),
                read_at: None,
            };
            self.give_notices(&mut *unit, &[notice], &mut HashSet::new()).await?;
        }
        unit.keep_answer(key, me, self.now(), "done").await?;
        let detail = json!({"audit": id, "question": question, "what": change.what()});
        log(&mut *unit, vec![actor.line(Action::AnswerAudit.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// The entry that a change stands for, once it is known to fit.
    async fn said(
        &self,
        unit: &mut dyn Unit,
        audit: &Audit,
        framework: &Framework,
        (question, now): (&str, &Answers),
        change: &AuditChange,
        brought: Option<Evidence>,
    ) -> Result<AuditEvent> {
        let why = |reason: &str| {
            text("reason", reason, LONGEST_TEXT, "Say why: a judgement without a reason says nothing")
        };
        let question = SmolStr::from(question);
        Ok(match change {
            AuditChange::Own { partner: of, email } => {
                let partner = partner(audit, of)?;
                let person = match self.invited_by_address(unit, audit, email).await? {
                    Some(young) => young,
                    None => match self.lead(unit, email, "").await? {
                        Some(Lead::Person(person)) => person,
                        _ => return Err(Error::invalid("email", "Enter the e-mail address of a colleague")),
                    },
                };
                AuditEvent::Owned { question, partner, person }
            }
            AuditChange::Rate { partner: of, level: code, reason } => AuditEvent::Rated {
                question,
                partner: partner(audit, of)?,
                level: level(framework, code)?,
                reason: why(reason)?,
            },
            AuditChange::Agree { level: code, reason } => {
                if now.judgements.is_empty() {
                    let words = "Nobody has judged it yet. Each partner judges first, then you agree";
                    return Err(Error::invalid("level", words));
                }
                AuditEvent::Agreed { question, level: level(framework, code)?, reason: why(reason)? }
            }
            AuditChange::Bring { partner: of, .. } => {
                let evidence = brought.ok_or_else(|| Error::Internal("no evidence was made".to_owned()))?;
                AuditEvent::Evidenced { question, partner: partner(audit, of)?, evidence }
            }
            AuditChange::Withdraw { entry, reason } => {
                let stands =
                    |b: &&super::audit::Brought| b.written.version == *entry && b.withdrawn.is_none();
                now.evidence.iter().find(stands).ok_or(Error::Absent)?;
                let reason = text("reason", reason, LONGEST_TEXT, "Say why it is taken back")?;
                AuditEvent::EvidenceWithdrawn { question, entry: *entry, reason }
            }
        })
    }

    /// Makes a recommendation of an action plan out of a finding. Answers the recommendation.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to; [`Error::Invalid`] when something is missing or too long.
    pub async fn act_on_finding(
        &self,
        actor: &Actor,
        (id, question): (Uuid, &str),
        plan_id: Uuid,
        new: &NewRecommendation,
        key: &str,
    ) -> Result<Uuid> {
        actor.require(Action::LeadAudit)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if let Some(kept) = unit.kept_answer(key, me).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer is no id".to_owned()));
        }
        let (audit, _) = audit(&mut *unit, id).await?;
        let framework = framework_of(&self.book(), &audit)?;
        let (part, item) = framework.item(question).ok_or(Error::Absent)?;
        let found = plan(&mut *unit, plan_id).await.map_err(|error| match error {
            Error::Absent => Error::invalid("plan", "Choose an action plan from the list"),
            error => error,
        });
        let (plan, _) = found?;
        numbered(&plan, &new.number, None)?;
        let from = format!("{}: {} {}, {}", audit.title, framework.part_word, part.number, item.label());
        let new = NewRecommendation { from: Some(from), ..new.clone() };
        let (events, lead) = self.begun(&mut *unit, &new).await?;
        let recommendation = events.first().and_then(|(item, _)| *item).ok_or(Error::Absent)?;
        self.add_entries(&mut *unit, plan_id, plan.version, Some(me), &events).await?;
        let acted = AuditEvent::ActedOn { question: question.into(), plan: plan_id, recommendation };
        self.add_entries(&mut *unit, id, audit.version, Some(me), &[(None, acted)]).await?;
        let lead = lead.filter(|lead| *lead != me);
        self.tell_lead(&mut *unit, &plan, recommendation, new.number.trim(), lead).await?;
        unit.keep_answer(key, me, self.now(), &recommendation.to_string()).await?;
        let detail =
            json!({"audit": id, "question": question, "plan": plan_id, "recommendation": recommendation});
        log(&mut *unit, vec![actor.line(Action::LeadAudit.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(recommendation)
    }

    /// Closes a self-assessment: nothing is answered any more. What was found may still become an action.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to; [`Error::Invalid`] when it is closed already.
    pub async fn close_audit(&self, actor: &Actor, id: Uuid, summary: &str) -> Result<()> {
        actor.require(Action::LeadAudit)?;
        let summary = optional("summary", summary, LONGEST_TEXT)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let (audit, _) = audit(&mut *unit, id).await?;
        open(&audit)?;
        let me = actor.person().0;
        let closed = AuditEvent::AuditClosed { summary };
        self.add_entries(&mut *unit, id, audit.version, Some(me), &[(None, closed)]).await?;
        let detail = json!({"audit": id, "what": "closed"});
        log(&mut *unit, vec![actor.line(Action::LeadAudit.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }
}

pub(super) fn open(audit: &Audit) -> Result<()> {
    match audit.closed {
        None => Ok(()),
        Some(_) => Err(Error::invalid("", "This self-assessment is closed. Start a new one to judge again")),
    }
}

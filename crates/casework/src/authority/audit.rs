//! A self-assessment as its entries tell it. Pure: entries in, the audit out. Several partners answer a question; what
//! they say stands side by side, and is never averaged.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kinfold_guidance::framework::compare::Judged;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use uuid::Uuid;

use super::entry::{Body, Stamp, Written};

/// What can be recorded of an audit. Entries about a question carry its id in the framework.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AuditEvent {
    /// It was started.
    AuditStarted {
        /// Its title.
        title: String,
        /// The framework and the version it is made with, for good.
        framework: SmolStr,
        /// That version.
        version: u16,
        /// The hash of what it said that day, so that an edited file is noticed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hash: Option<String>,
        /// Which part of the authority it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        location: Option<String>,
        /// First day of the period looked at.
        from: Date,
        /// Last day.
        to: Date,
        /// Who answers together, in words: "Council", "Health", "Schools".
        partners: Vec<String>,
        /// Who leads on it.
        lead: Uuid,
    },
    /// Somebody is to answer a question for a partner.
    Owned {
        /// The question.
        question: SmolStr,
        /// The partner.
        partner: String,
        /// Who.
        person: Uuid,
    },
    /// A partner's judgement.
    Rated {
        /// The question.
        question: SmolStr,
        /// The partner.
        partner: String,
        /// A level of the framework's scale.
        level: SmolStr,
        /// Why.
        reason: String,
    },
    /// What the partners agreed on after they had seen each other's judgements.
    Agreed {
        /// The question.
        question: SmolStr,
        /// A level of the framework's scale.
        level: SmolStr,
        /// Why, and what those who saw it differently said.
        reason: String,
    },
    /// Evidence was put beside a question.
    Evidenced {
        /// The question.
        question: SmolStr,
        /// The partner that brings it.
        partner: String,
        /// What it is.
        evidence: Evidence,
    },
    /// Evidence was taken back. It stays readable.
    EvidenceWithdrawn {
        /// The question.
        question: SmolStr,
        /// The entry that brought it.
        entry: i64,
        /// Why.
        reason: String,
    },
    /// A finding became a recommendation of an action plan.
    ActedOn {
        /// The question.
        question: SmolStr,
        /// The plan.
        plan: Uuid,
        /// The recommendation.
        recommendation: Uuid,
    },
    /// A young person was invited to look at it, in plain words.
    YoungAuditorInvited {
        /// Who: a person, or what stands for an address that no young person has an account with. Which of the two is told
        /// nowhere, since it would tell who is in care.
        person: Uuid,
        /// What stood for the same address until they had an account: they keep its number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<Uuid>,
    },
    /// The invitation ended. What they said stays.
    YoungAuditorLeft {
        /// Who.
        person: Uuid,
    },
    /// What a young auditor says, beside what the partners say. Whoever recorded it is the young auditor.
    YoungRated {
        /// The question.
        question: SmolStr,
        /// A level of the framework's scale.
        level: SmolStr,
        /// Why.
        reason: String,
    },
    /// It was closed: nothing is answered any more.
    AuditClosed {
        /// What was learnt, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        summary: Option<String>,
    },
}

impl Body for AuditEvent {
    const ROOM: &'static str = "audit";
}

/// What a judgement rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "evidence", rename_all = "snake_case")]
pub enum Evidence {
    /// A measure, with its figure as it was on the day it was brought.
    Measure {
        /// Its id.
        measure: SmolStr,
        /// The year counted, by the year in whose March it ends.
        year: i16,
        /// Its title.
        title: String,
        /// The figure in words; what small numbers hide stays hidden.
        figure: String,
        /// What the figure is made of, in words.
        made_of: String,
        /// The last day counted.
        to: Date,
    },
    /// A page elsewhere.
    Link {
        /// What it is.
        title: String,
        /// Its address.
        address: String,
    },
    /// A document that lies elsewhere, named so that it can be found.
    Document {
        /// What it is and where it lies.
        title: String,
    },
    /// A document that is kept here.
    File {
        /// The file.
        file: Uuid,
        /// What it is.
        title: String,
        /// What it was found to be.
        media: String,
        /// How many bytes it has.
        size: i64,
    },
    /// A list from the record: the children behind a measure, for those who may read what it counts. Nobody is named here.
    List {
        /// Its id.
        measure: SmolStr,
        /// The year counted, by the year in whose March it ends.
        year: i16,
        /// Its title.
        title: String,
    },
    /// What somebody said, by whom in general: nobody is named.
    Quotation {
        /// The words.
        words: String,
        /// Children, care leavers, carers, family or practitioners.
        of: SmolStr,
    },
}

/// A judgement of a partner, or the one that was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// A level of the scale.
    pub level: SmolStr,
    /// Why.
    pub reason: String,
    /// Who wrote it down.
    pub written: Stamp,
}

/// Evidence that was brought.
#[derive(Debug, Clone, PartialEq)]
pub struct Brought {
    /// For which partner.
    pub partner: String,
    /// What.
    pub evidence: Evidence,
    /// Who brought it.
    pub written: Stamp,
    /// Why it was taken back, if it was.
    pub withdrawn: Option<String>,
}

/// What was said about one question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// Who is to answer, by partner, and the entry that says so.
    pub owners: BTreeMap<String, (Uuid, i64)>,
    /// The judgement of each partner that stands.
    pub judgements: BTreeMap<String, Judgement>,
    /// What was agreed.
    pub agreed: Option<Judgement>,
    /// Evidence, oldest first.
    pub evidence: Vec<Brought>,
    /// Recommendations that came of it: plan and recommendation.
    pub actions: Vec<(Uuid, Uuid)>,
    /// What young auditors say, each by their id. They are no partner: it stands beside what holds and never makes it.
    pub young: BTreeMap<Uuid, Judgement>,
}

impl Answers {
    /// The level that holds, with the levels of those who saw it differently: what was agreed, or else what all who
    /// judged say. Where they differ and nothing was agreed there is none.
    pub fn judged(&self, question: &str) -> Judged {
        let mut said: Vec<&SmolStr> = self.judgements.values().map(|j| &j.level).collect();
        said.sort_unstable();
        said.dedup();
        let level = match (&self.agreed, said.as_slice()) {
            (Some(agreed), _) => Some(agreed.level.clone()),
            (None, [one]) => Some((*one).clone()),
            (None, _) => None,
        };
        // Before any partner has judged there is nothing that a young auditor could see differently.
        let young = self.young.values().filter(|_| !self.judgements.is_empty());
        let all = self.judgements.values().chain(young).map(|j| j.level.clone());
        let apart = all.filter(|l| Some(l) != level.as_ref());
        Judged { item: question.into(), apart: apart.collect(), level }
    }
}

/// An audit.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// Its id.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// The framework's id.
    pub framework: SmolStr,
    /// The version it is made with.
    pub framework_version: u16,
    /// The hash of what the framework said when it was started; older ones kept none.
    pub framework_hash: Option<String>,
    /// Which part of the authority.
    pub location: Option<String>,
    /// First day of the period.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Who answers together.
    pub partners: Vec<String>,
    /// Who leads.
    pub lead: Uuid,
    /// Who started it.
    pub started: Stamp,
    /// Its last entry.
    pub version: i64,
    /// What was said, by question.
    pub answers: BTreeMap<SmolStr, Answers>,
    /// When it was closed, and what was learnt.
    pub closed: Option<(Stamp, Option<String>)>,
    /// Young people who were invited, in the order in which they were, and whether they still are.
    pub young: Vec<(Uuid, bool)>,
}

impl Audit {
    /// The audit that entries tell, oldest first; `None` when they do not begin one.
    pub fn of(id: Uuid, entries: &[Written<AuditEvent>]) -> Option<Self> {
        let mut audit: Option<Self> = None;
        for entry in entries {
            match (&mut audit, &entry.event) {
                (
                    None,
                    AuditEvent::AuditStarted {
                        title,
                        framework,
                        version,
                        hash,
                        location,
                        from,
                        to,
                        partners,
                        lead,
                    },
                ) => {
                    audit = Some(Self {
                        id,
                        title: title.clone(),
                        framework: framework.clone(),
                        framework_version: *version,
                        framework_hash: hash.clone(),
                        location: location.clone(),
                        from: *from,
                        to: *to,
                        partners: partners.clone(),
                        lead: *lead,
                        started: entry.stamp(),
                        version: entry.version,
                        answers: BTreeMap::new(),
                        closed: None,
                        young: Vec::new(),
                    });
                }
                (Some(audit), _) => audit.then(entry),
                (None, _) => {}
            }
        }
        audit
    }

    fn about(&mut self, question: &SmolStr) -> &mut Answers {
        self.answers.entry(question.clone()).or_default()
    }

    fn then(&mut self, entry: &Written<AuditEvent>) {
        self.version = entry.version;
        let written = entry.stamp();
        match &entry.event {
            AuditEvent::AuditStarted { .. } => {}
            AuditEvent::Owned { question, partner, person } => {
                self.about(question).owners.insert(partner.clone(), (*person, written.version));
            }
            AuditEvent::Rated { question, partner, level, reason } => {
                let judgement = Judgement { level: level.clone(), reason: reason.clone(), written };
                self.about(question).judgements.insert(partner.clone(), judgement);
            }
            AuditEvent::Agreed { question, level, reason } => {
                self.about(question).agreed =
                    Some(Judgement { level: level.clone(), reason: reason.clone(), written });
            }
            AuditEvent::Evidenced { question, partner, evidence } => {
                let (partner, evidence) = (partner.clone(), evidence.clone());
                self.about(question).evidence.push(Brought { partner, evidence, written, withdrawn: None });
            }
            AuditEvent::EvidenceWithdrawn { question, entry, reason } => {
                let mut brought = self.about(question).evidence.iter_mut();
                if let Some(found) = brought.find(|b| b.written.version == *entry) {
                    found.withdrawn = Some(reason.clone());
                }
            }
            AuditEvent::ActedOn { question, plan, recommendation } => {
                self.about(question).actions.push((*plan, *recommendation));
            }
            AuditEvent::YoungAuditorInvited { person, instead_of } => {
                match self.young.iter_mut().find(|y| y.0 == *person || Some(y.0) == *instead_of) {
                    Some(young) => *young = (*person, true),
                    None => self.young.push((*person, true)),
                }
            }
            AuditEvent::YoungAuditorLeft { person } => {
                self.young.iter_mut().filter(|y| y.0 == *person).for_each(|y| y.1 = false);
            }
            AuditEvent::YoungRated { question, level, reason } => {
                if let Some(by) = entry.by {
                    let judgement = Judgement { level: level.clone(), reason: reason.clone(), written };
                    self.about(question).young.insert(by, judgement);
                }
            }
            AuditEvent::AuditClosed { summary } => self.closed = Some((written, summary.clone())),
        }
    }

    /// Whether somebody is a young auditor of it today.
    pub fn is_young_auditor(&self, person: Uuid) -> bool {
        self.young.iter().any(|(young, still)| *young == person && *still)
    }

    /// What somebody who was ever invited as a young auditor is called on pages that others read: that a young person
    /// has an account here tells that they are in care.
    pub fn young_name(&self, person: Uuid) -> Option<String> {
        let at = self.young.iter().position(|(young, _)| *young == person)?;
        Some(format!("Young auditor {}", at + 1))
    }

    /// What was said about a question; nothing yet is no mistake.
    pub fn answers(&self, question: &str) -> Answers {
        self.answers.get(question).cloned().unwrap_or_default()
    }

    /// How every question that anybody judged was judged.
    pub fn judged(&self) -> Vec<Judged> {
        self.answers.iter().map(|(question, answers)| answers.judged(question)).collect()
    }
}

//! Reading self-assessments: all of them, one, and two side by side.

use std::collections::HashMap;
use std::sync::Arc;

use kinfold_access::{Action, Code};
use kinfold_guidance::Framework;
use kinfold_guidance::framework::compare::{self, Compared, ProfileRow, compare, profile};
use kinfold_store::Unit;
use serde_json::json;
use uuid::Uuid;

use super::audit::{Audit, AuditEvent};
use super::entry::{Written, entries, names, room};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::{Book, Casework};

/// A self-assessment in the list.
#[derive(Debug, Clone)]
pub struct AuditLine {
    /// The audit.
    pub audit: Audit,
    /// The title of its framework.
    pub framework: String,
    /// Who leads, by name.
    pub lead: String,
    /// How many questions it has.
    pub questions: usize,
    /// How many have a level that holds.
    pub judged: usize,
    /// How many somebody saw differently.
    pub disagreed: usize,
}

/// All self-assessments.
#[derive(Debug, Clone)]
pub struct AuditsPage {
    /// The newest first.
    pub audits: Vec<AuditLine>,
    /// Whether this person starts them.
    pub may_start: bool,
    /// Frameworks that can be begun: id, title and number of questions.
    pub frameworks: Vec<(String, String, usize)>,
}

/// One self-assessment.
#[derive(Debug, Clone)]
pub struct AuditPage {
    /// The audit.
    pub audit: Audit,
    /// Its entries, oldest first.
    pub entries: Vec<Written<AuditEvent>>,
    /// What it asks, in the version it was started with.
    pub framework: Arc<Framework>,
    /// Names of everybody in it.
    pub names: HashMap<Uuid, String>,
    /// Whether the framework says something else today than when the audit was started, in the same version.
    pub edited: bool,
    /// Parts against aspects, where the framework has a profile.
    pub profile: Vec<ProfileRow>,
    /// Whether this person leads: names owners, writes down what was agreed, makes actions, closes.
    pub may_lead: bool,
    /// Whether this person answers any question.
    pub may_answer: bool,
    /// Who is looking.
    pub me: Uuid,
}

impl AuditPage {
    /// A person's name.
    pub fn name(&self, person: Option<Uuid>) -> &str {
        person.and_then(|person| self.names.get(&person)).map_or("somebody", String::as_str)
    }

    /// Whether this person answers a question: by right, or because it was given to them.
    pub fn may_answer(&self, question: &str) -> bool {
        let owner = || self.audit.answers(question).owners.values().any(|(person, _)| *person == self.me);
        self.audit.closed.is_none() && (self.may_answer || owner())
    }
}

/// Two self-assessments side by side.
#[derive(Debug, Clone)]
pub struct AuditComparison {
    /// The earlier.
    pub before: AuditPage,
    /// The later.
    pub after: AuditPage,
    /// Every question of the later, then those only the earlier had.
    pub lines: Vec<Compared>,
}

/// The framework of an audit in the version it was started with.
pub(super) fn framework_of(book: &Book, audit: &Audit) -> Result<Framework> {
    let found = book.guidance.frameworks.version(&audit.framework, audit.framework_version);
    found.cloned().ok_or_else(|| {
        let words = format!(
            "the framework {} in version {}, which the self-assessment “{}” was made with, is not there: switch its layer on again",
            audit.framework, audit.framework_version, audit.title
        );
        Error::Guidance(words)
    })
}

/// An audit with its entries.
pub(super) async fn audit(unit: &mut dyn Unit, id: Uuid) -> Result<(Audit, Vec<Written<AuditEvent>>)> {
    let entries = entries::<AuditEvent>(unit, id).await?;
    let audit = Audit::of(id, &entries).ok_or(Error::Absent)?;
    Ok((audit, entries))
}

impl Casework {
    /// What the page that starts a self-assessment shows.
    ///
    /// # Errors
    /// [`Error::Absent`] for those who may not start one.
    pub async fn audit_to_start(&self, actor: &Actor) -> Result<AuditsPage> {
        actor.require(Action::LeadAudit)?;
        self.self_assessments(actor).await
    }

    /// Every self-assessment.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read them.
    pub async fn self_assessments(&self, actor: &Actor) -> Result<AuditsPage> {
        actor.require(Action::ViewPlans)?;
        let mut unit = self.house.store.glance().await?;
        let found = room::<AuditEvent>(&mut *unit).await?;
        let mut audits: Vec<Audit> =
            found.iter().filter_map(|(id, entries)| Audit::of(*id, entries)).collect();
        audits.sort_by_key(|audit| std::cmp::Reverse(audit.id));
        let names = names(&mut *unit, audits.iter().map(|audit| audit.lead).collect()).await?;
        drop(unit);
        let book = self.book();
        let mut lines = Vec::with_capacity(audits.len());
        for audit in audits {
            let framework = framework_of(&book, &audit)?;
            let judged = audit.judged();
            lines.push(AuditLine {
                framework: framework.head.title.to_string(),
                lead: names.get(&audit.lead).cloned().unwrap_or_default(),
                questions: framework.items().count(),
                judged: judged.iter().filter(|judged| judged.level.is_some()).count(),
                disagreed: judged.iter().filter(|judged| judged.disagreed()).count(),
                audit,
            });
        }
        let detail = json!({"page": "audits", "rows": lines.len()});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        let offered = book.guidance.frameworks.offered(self.today());
        let offered =
            offered.iter().map(|f| (f.head.id.to_string(), f.head.title.to_string(), f.items().count()));
        Ok(AuditsPage {
            audits: lines,
            may_start: actor.may().has(Action::LeadAudit),
            frameworks: offered.collect(),
        })
    }

    /// One self-assessment.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read it, or when there is none; [`Error::Guidance`] when its framework is
    /// no longer there.
    pub async fn self_assessment(&self, actor: &Actor, id: Uuid) -> Result<AuditPage> {
        actor.require(Action::ViewPlans)?;
        let page = self.one_audit(actor, id).await?;
        let detail = json!({"audit": id});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        Ok(page)
    }

    pub(super) async fn one_audit(&self, actor: &Actor, id: Uuid) -> Result<AuditPage> {
        let mut unit = self.house.store.glance().await?;
        let (audit, entries) = audit(&mut *unit, id).await?;
        let mut people = vec![audit.lead];
        people.extend(entries.iter().filter_map(|entry| entry.by));
        people.extend(audit.answers.values().flat_map(|a| a.owners.values().map(|(person, _)| *person)));
        let mut names = names(&mut *unit, people).await?;
        drop(unit);
        names.extend(audit.young.iter().filter_map(|(young, _)| Some((*young, audit.young_name(*young)?))));
        let framework = framework_of(&self.book(), &audit)?;
        let judged = audit.judged();
        let profile = match framework.profile {
            Some(_) => profile(compare::Audit { framework: &framework, judged: &judged }),
            None => Vec::new(),
        };
        let may = actor.may();
        Ok(AuditPage {
            may_lead: may.has(Action::LeadAudit),
            may_answer: may.has(Action::AnswerAudit),
            me: actor.person().0,
            edited: audit.framework_hash.as_ref().is_some_and(|hash| *hash != framework.head.hash),
            framework: Arc::new(framework),
            audit,
            entries,
            names,
            profile,
        })
    }

    /// Two self-assessments side by side, the earlier period first.
    ///
    /// # Errors
    /// As [`Casework::self_assessment`]; [`Error::Invalid`] when they were made with different frameworks.
    pub async fn compare_audits(&self, actor: &Actor, one: Uuid, other: Uuid) -> Result<AuditComparison> {
        actor.require(Action::ViewPlans)?;
        let (mut before, mut after) =
            (self.one_audit(actor, one).await?, self.one_audit(actor, other).await?);
        let when = |page: &AuditPage| (page.audit.to, page.audit.started.at);
        if when(&before) > when(&after) {
            std::mem::swap(&mut before, &mut after);
        }
        if before.audit.framework != after.audit.framework {
            let words = "They were made with different frameworks, so that no question is the same. Choose two of one framework.";
            return Err(Error::invalid("with", words));
        }
        let (then, now) = (before.audit.judged(), after.audit.judged());
        let lines = compare(
            compare::Audit { framework: &before.framework, judged: &then },
            compare::Audit { framework: &after.framework, judged: &now },
        );
        let detail = json!({"audit": after.audit.id, "with": before.audit.id});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        Ok(AuditComparison { before, after, lines })
    }
}

//! Writing in action plans. Notes and comments stand beside one another; where two people change the same thing, the
//! second is told and nothing is overwritten.

use jiff::civil::Date;
use kinfold_access::{Action, Appointment, Code, Purpose, Role, Target as Aim, Who};
use kinfold_record::PersonId;
use kinfold_store::{NoticeRow, Unit};
use serde_json::json;
use std::collections::HashSet;
use uuid::Uuid;

use super::entry::lock;
use super::plan::{Lead, Plan, PlanEvent, Recommendation, Status};
use super::plans::plan;
use super::{LONGEST_TEXT, LONGEST_TITLE, optional, text};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// A plan to be made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewPlan {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Where its recommendations come from.
    pub source: String,
    /// Months between progress reports; 0: none.
    pub report_months: u8,
    /// The file it is made from, with its version: "east-sussex 1".
    pub file: Option<String>,
    /// What it begins with.
    pub recommendations: Vec<NewRecommendation>,
    /// What the panel said already about it as a whole: the words, the day, and who.
    pub comments: Vec<(String, Date, Option<String>)>,
}

impl NewPlan {
    /// The entry that begins it.
    pub(super) fn started(&self, owner: Uuid, on: Date) -> PlanEvent {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        PlanEvent::PlanStarted {
            title: self.title.clone(),
            about: some(&self.about),
            source: some(&self.source),
            owner,
            started_on: on,
            report_months: self.report_months,
            file: self.file.clone(),
        }
    }
}

/// A recommendation to be added.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewRecommendation {
    /// Its number.
    pub number: String,
    /// What is to be done.
    pub text: String,
    /// The e-mail address of whoever leads on it, if it is a colleague.
    pub email: String,
    /// The post that leads on it, if it is no colleague with an account.
    pub post: String,
    /// Target date in words.
    pub target: String,
    /// The last day in time.
    pub target_on: Option<Date>,
    /// What it came from.
    pub from: Option<String>,
    /// What was done already: the words and the day.
    pub progress: Vec<(String, Date)>,
    /// What the panel said already: the words, the day, and who.
    pub comments: Vec<(String, Date, Option<String>)>,
    /// How it stands already, and why.
    pub status: Option<(Status, String)>,
}

/// A change to one recommendation.
#[derive(Debug, Clone, PartialEq)]
pub enum PlanChange {
    /// Its number and words.
    Words {
        /// Number.
        number: String,
        /// What is to be done.
        text: String,
    },
    /// Who leads: an e-mail address, or a post.
    Lead {
        /// A colleague's address.
        email: String,
        /// A post in words.
        post: String,
    },
    /// When it is to be done by.
    Target {
        /// In words.
        words: String,
        /// The last day in time.
        on: Option<Date>,
        /// Why it is moved.
        reason: String,
    },
    /// What has been done.
    Progress {
        /// In words.
        text: String,
        /// The day it tells of.
        on: Date,
    },
    /// How it stands.
    Status {
        /// Where.
        status: Status,
        /// Why.
        reason: String,
    },
    /// What the panel said.
    Comment {
        /// In words.
        text: String,
        /// The day.
        on: Date,
    },
}

impl PlanChange {
    /// The entry that holds what this would replace; `None` for what is only ever added to.
    fn replaces(&self, now: &Recommendation) -> Option<i64> {
        match self {
            Self::Words { .. } => Some(now.worded.version),
            Self::Lead { .. } => now.lead.as_ref().map(|(_, set)| set.version),
            Self::Target { .. } => now.target().map(|target| target.set.version),
            Self::Status { .. } => now.standings.last().map(|standing| standing.said.version),
            Self::Progress { .. } | Self::Comment { .. } => None,
        }
    }

    fn allowed(&self, actor: &Actor, now: &Recommendation) -> bool {
        let may = actor.may();
        match self {
            Self::Comment { .. } => may.has(Action::CommentAsPanel),
            Self::Progress { .. } | Self::Status { .. } => {
                may.has(Action::EditPlans) || now.lead_person() == Some(actor.person().0)
            }
            _ => may.has(Action::EditPlans),
        }
    }
}

fn past(field: &str, on: Date, today: Date) -> Result<Date> {
    if on > today {
        return Err(Error::invalid(field, "The day is in the future. Enter the day it happened"));
    }
    Ok(on)
}

pub(super) fn numbered(plan: &Plan, number: &str, but: Option<Uuid>) -> Result<String> {
    let number = text("number", number, 20, "Enter a number, such as 4 or 2a")?;
    let taken = plan.recommendations.iter().any(|r| r.number == number && Some(r.item) != but);
    if taken {
        return Err(Error::invalid("number", format!("There is a number {number} already. Choose another")));
    }
    Ok(number)
}

impl Casework {
    /// Makes a plan, with what it begins with. Answers its id; a form sent twice makes one plan.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to make plans; [`Error::Invalid`] when something is missing or too long.
    pub async fn make_plan(&self, actor: &Actor, new: &NewPlan, key: &str) -> Result<Uuid> {
        actor.require(Action::EditPlans)?;
        let title = text("title", &new.title, LONGEST_TITLE, "Enter a title")?;
        let about = optional("about", &new.about, LONGEST_TEXT)?.unwrap_or_default();
        let source = optional("source", &new.source, LONGEST_TITLE)?.unwrap_or_default();
        if new.report_months > 24 {
            return Err(Error::invalid("report_months", "Choose up to 24 months, or 0 for no reports"));
        }
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if let Some(kept) = unit.kept_answer(key, me).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer is no id".to_owned()));
        }
        let id = self.new_id();
        let mut events =
            vec![(None, NewPlan { title, about, source, ..new.clone() }.started(me, self.today()))];
        for new in &new.recommendations {
            let (more, _) = self.begun(&mut *unit, new).await?;
            events.extend(more);
        }
        for (said, on, who) in &new.comments {
            let (text, who) = (said.clone(), who.clone());
            events.push((None, PlanEvent::PanelSaid { text, on: past("on", *on, self.today())?, who }));
        }
        self.add_entries(&mut *unit, id, 0, Some(me), &events).await?;
        unit.keep_answer(key, me, self.now(), &id.to_string()).await?;
        let detail = json!({"plan": id, "what": "made", "recommendations": new.recommendations.len()});
        log(&mut *unit, vec![actor.line(Action::EditPlans.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(id)
    }

    /// The entries that a recommendation begins with, and the account that leads on it.
    pub(super) async fn begun(
        &self,
        unit: &mut dyn Unit,
        new: &NewRecommendation,
    ) -> Result<(Vec<(Option<Uuid>, PlanEvent)>, Option<Uuid>)> {
        let today = self.today();
        let item = Some(self.new_id());
        let number = text("number", &new.number, 20, "Enter a number, such as 4 or 2a")?;
        let words = text("text", &new.text, LONGEST_TEXT, "Enter what is to be done")?;
        let mut out = vec![(item, PlanEvent::Recommended { number, text: words, from: new.from.clone() })];
        let lead = self.lead(unit, &new.email, &new.post).await?;
        let person = lead.as_ref().and_then(|lead| match lead {
            Lead::Person(person) => Some(*person),
            Lead::Post(_) => None,
        });
        out.extend(lead.map(|lead| (item, led(lead))));
        let target = optional("target", &new.target, LONGEST_TITLE)?;
        let target = target.or_else(|| new.target_on.map(|on| on.strftime("%-d %B %Y").to_string()));
        if let Some(words) = target {
            out.push((item, PlanEvent::Targeted { words, on: new.target_on, reason: None }));
        }
        for (said, on) in &new.progress {
            let text = text("progress", said, LONGEST_TEXT, "Enter what has been done")?;
            out.push((item, PlanEvent::Progressed { text, on: past("on", *on, today)? }));
        }
        for (said, on, who) in &new.comments {
            let text = text("comment", said, LONGEST_TEXT, "Enter what the panel said")?;
            out.push((item, PlanEvent::PanelSaid { text, on: past("on", *on, today)?, who: who.clone() }));
        }
        if let Some((status, reason)) = &new.status {
            out.push((item, PlanEvent::Stood { status: *status, reason: reason.clone() }));
        }
        Ok((out, person))
    }

    /// Whoever an e-mail address or the name of a post stands for. They must be able to read the plan.
    pub(super) async fn lead(&self, unit: &mut dyn Unit, email: &str, post: &str) -> Result<Option<Lead>> {
        let (email, post) = (email.trim(), optional("post", post, LONGEST_TITLE)?);
        if email.is_empty() {
            return Ok(post.map(Lead::Post));
        }
        if post.is_some() {
            return Err(Error::invalid("post", "Name a colleague or a post, not both"));
        }
        let nobody = || {
            Error::invalid(
                "email",
                "No colleague who reads action plans has this address. Check it, or name the post instead",
            )
        };
        let person = unit.person_by_email(email).await?.ok_or_else(nobody)?;
        let account = unit.account(person.id, self.today()).await?.ok_or_else(nobody)?;
        let roles = account.roles.iter().filter_map(|grant| Role::parse(&grant.role));
        let held: Vec<Appointment> = roles.map(|role| Appointment { role, team: None }).collect();
        let mut who = Who::new(PersonId(person.id), held);
        who.disabled = account.person.disabled_at.is_some();
        let purpose = Purpose::usual(who.roles());
        if !self.house.engine.may(&who, purpose, Aim::Authority).has(Action::ViewPlans) {
            return Err(nobody());
        }
        Ok(Some(Lead::Person(person.id)))
    }

    /// Adds a recommendation to a plan. Answers its id.
    ///
    /// # Errors
    /// As [`Casework::make_plan`]; [`Error::Absent`] when there is no such plan.
    pub async fn add_recommendation(
        &self,
        actor: &Actor,
        id: Uuid,
        new: &NewRecommendation,
        key: &str,
    ) -> Result<Uuid> {
        actor.require(Action::EditPlans)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if let Some(kept) = unit.kept_answer(key, me).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer is no id".to_owned()));
        }
        let (plan, _) = plan(&mut *unit, id).await?;
        numbered(&plan, &new.number, None)?;
        let (events, lead) = self.begun(&mut *unit, new).await?;
        let item = events.first().and_then(|(item, _)| *item).ok_or(Error::Absent)?;
        self.add_entries(&mut *unit, id, plan.version, Some(me), &events).await?;
        self.tell_lead(&mut *unit, &plan, item, new.number.trim(), lead.filter(|lead| *lead != me)).await?;
        unit.keep_answer(key, me, self.now(), &item.to_string()).await?;
        let detail = json!({"plan": id, "recommendation": item, "what": "added"});
        log(&mut *unit, vec![actor.line(Action::EditPlans.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(item)
    }

    /// Changes a recommendation, or adds to what is said about it. `seen` is the version of the plan that the person
    /// had before them.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to it; [`Error::Invalid`] when something is missing or too long;
    /// [`Error::Conflict`] when somebody else changed the same thing since `seen`.
    pub async fn change_plan(
        &self,
        actor: &Actor,
        (id, item): (Uuid, Uuid),
        seen: i64,
        change: &PlanChange,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::ViewPlans)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        let (plan, _) = plan(&mut *unit, id).await?;
        let now = plan.recommendation(item).ok_or(Error::Absent)?;
        if !change.allowed(actor, now) {
            return Err(Error::Absent);
        }
        if unit.kept_answer(key, me).await?.is_some() {
            return Ok(());
        }
        let event = self.meant(&mut *unit, &plan, now, change).await?;
        if change.replaces(now).is_some_and(|version| version > seen) {
            return Err(Error::Conflict { current: plan.version });
        }
        let lead = match &event {
            PlanEvent::Led { person, .. } => person.filter(|lead| *lead != me),
            _ => None,
        };
        self.add_entries(&mut *unit, id, plan.version, Some(me), &[(Some(item), event)]).await?;
        self.tell_lead(&mut *unit, &plan, item, &now.number, lead).await?;
        unit.keep_answer(key, me, self.now(), "done").await?;
        let action = match change {
            PlanChange::Comment { .. } => Action::CommentAsPanel,
            _ => Action::EditPlans,
        };
        let detail = json!({"plan": id, "recommendation": item, "what": what(change)});
        log(&mut *unit, vec![actor.line(action.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// The entry that a change stands for, once it is known to fit.
    async fn meant(
        &self,
        unit: &mut dyn Unit,
        plan: &Plan,
        now: &Recommendation,
        change: &PlanChange,
    ) -> Result<PlanEvent> {
        let today = self.today();
        Ok(match change {
            PlanChange::Words { number, text: words } => PlanEvent::Reworded {
                number: numbered(plan, number, Some(now.item))?,
                text: text("text", words, LONGEST_TEXT, "Enter what is to be done")?,
            },
            PlanChange::Lead { email, post } => {
                let lead = self.lead(unit, email, post).await?;
                led(lead.ok_or_else(|| {
                    Error::invalid("email", "Enter the e-mail address of a colleague, or name a post")
                })?)
            }
            PlanChange::Target { words, on, reason } => {
                let on_words = on.map(|on| on.strftime("%-d %B %Y").to_string());
                let words = optional("words", words, LONGEST_TITLE)?.or(on_words);
                let words = words.ok_or_else(|| {
                    Error::invalid("words", "Enter a day, or say when it is to be done by in words")
                })?;
                let reason = match now.targets.is_empty() {
                    true => optional("reason", reason, LONGEST_TEXT)?,
                    false => Some(text("reason", reason, LONGEST_TEXT, "Say why the target date moves")?),
                };
                PlanEvent::Targeted { words, on: *on, reason }
            }
            PlanChange::Progress { text: said, on } => PlanEvent::Progressed {
                text: text("text", said, LONGEST_TEXT, "Enter what has been done")?,
                on: past("on", *on, today)?,
            },
            PlanChange::Status { status, reason } => PlanEvent::Stood {
                status: *status,
                reason: text("reason", reason, LONGEST_TEXT, "Say why it stands so")?,
            },
            PlanChange::Comment { text: said, on } => PlanEvent::PanelSaid {
                text: text("text", said, LONGEST_TEXT, "Enter what the panel said")?,
                on: past("on", *on, today)?,
                who: None,
            },
        })
    }

    pub(super) async fn tell_lead(
        &self,
        unit: &mut dyn Unit,
        plan: &Plan,
        item: Uuid,
        number: &str,
        lead: Option<Uuid>,
    ) -> Result<()> {
        let Some(person) = lead else { return Ok(()) };
        let notice = NoticeRow {
            id: self.new_id(),
            person,
            child: None,
            kind: "plan_lead".to_owned(),
            text: format!("You lead on recommendation {number} of the action plan “{}”.", plan.title),
            link: Some(format!("/plans/{}/{item}", plan.id)),
            created_at: self.now(),
            read_at: None,
        };
        self.give_notices(unit, &[notice], &mut HashSet::new()).await
    }

    /// Makes a progress report: the plan as it stands now, kept as it is for good. Answers its number among the entries.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to change plans; [`Error::Invalid`] when something is missing or too long.
    pub async fn report_plan(
        &self,
        actor: &Actor,
        id: Uuid,
        to: &str,
        words: &str,
        key: &str,
    ) -> Result<i64> {
        actor.require(Action::EditPlans)?;
        let to = text("to", to, LONGEST_TITLE, "Say whom the report is for")?;
        let words = optional("words", words, LONGEST_TEXT)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if let Some(kept) = unit.kept_answer(key, me).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer is no number".to_owned()));
        }
        let (plan, _) = plan(&mut *unit, id).await?;
        if plan.recommendations.is_empty() {
            return Err(Error::invalid("", "There is nothing to report on yet. Add a recommendation first"));
        }
        let version = plan.version + 1;
        let report = PlanEvent::Reported { on: self.today(), to, words };
        self.add_entries(&mut *unit, id, plan.version, Some(me), &[(None, report)]).await?;
        unit.keep_answer(key, me, self.now(), &version.to_string()).await?;
        let detail = json!({"plan": id, "what": "report", "report": version});
        log(&mut *unit, vec![actor.line(Action::EditPlans.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(version)
    }
}

fn led(lead: Lead) -> PlanEvent {
    match lead {
        Lead::Person(person) => PlanEvent::Led { person: Some(person), post: None },
        Lead::Post(post) => PlanEvent::Led { person: None, post: Some(post) },
    }
}

fn what(change: &PlanChange) -> &'static str {
    match change {
        PlanChange::Words { .. } => "words",
        PlanChange::Lead { .. } => "lead",
        PlanChange::Target { .. } => "target",
        PlanChange::Progress { .. } => "progress",
        PlanChange::Status { .. } => "status",
        PlanChange::Comment { .. } => "comment",
    }
}

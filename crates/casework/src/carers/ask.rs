//! A carer's questions, each with the day a reply is owed by.

use std::collections::HashMap;

use jiff::civil::Date;
use kinfold_guidance::By;
use kinfold_record::{ChildId, EntryId, Event, PersonId};
use serde_json::json;
use smol_str::SmolStr;

use super::facts::Question;
use super::log::LONGEST_NOTE;
use super::space::Space;
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::record::NewEntry;

/// Places in the circle that answer carers.
const ANSWER: [&str; 5] =
    ["social_worker", "cover_worker", "supervising_social_worker", "personal_adviser", "team_manager"];

/// What the page of questions shows.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The child.
    pub child: ChildId,
    /// What their carers call the child.
    pub called: String,
    /// The day it is.
    pub today: Date,
    /// Who can be asked: account, name, role (a code of `circle_role`). The first is asked unless another is chosen.
    pub people: Vec<(PersonId, String, SmolStr)>,
    /// By when a question that is asked today is answered.
    pub reply_by: Option<Date>,
    /// The carer's own questions, newest first.
    pub questions: Vec<Question>,
    /// Names of those who answered.
    pub names: HashMap<PersonId, String>,
}

fn people(space: &Space) -> Vec<(PersonId, String, SmolStr)> {
    let mut members: Vec<_> =
        space.looked.timeline.circle_on(space.today).filter(|m| ANSWER.contains(&m.role.as_str())).collect();
    members.sort_by_key(|m| (!m.key_worker, ANSWER.iter().position(|r| *r == m.role)));
    let mut out: Vec<(PersonId, String, SmolStr)> = members
        .into_iter()
        .filter_map(|m| Some((m.person?, space.name(m.person)?, m.role.clone())))
        .collect();
    let mut seen = std::collections::HashSet::new();
    out.retain(|(person, ..)| seen.insert(*person));
    out
}

impl Casework {
    /// The questions of whoever asks, for one child.
    ///
    /// # Errors
    /// [`Error::Absent`] for everybody who is not a carer of this child, and before the undertaking is signed.
    pub async fn carers_questions(&self, actor: &Actor, child: ChildId) -> Result<Asking> {
        let space = self.caring(actor, child, "questions").await?;
        let rule = space.book.guidance.rule_on("caring.reply", space.today);
        let reply_by = rule.and_then(|rule| match rule.due.first()?.by {
            By::Within { period, inclusive } => Some(space.book.rules.add(space.today, period, inclusive)),
            _ => None,
        });
        Ok(Asking {
            child,
            called: space.called(),
            today: space.today,
            people: people(&space),
            reply_by,
            questions: space.facts().of_carer(actor.person()).questions,
            names: space.names,
        })
    }

    /// Asks something. `key` makes a double submit give the first question again.
    ///
    /// # Errors
    /// [`Error::Absent`] for everybody who is not a carer of this child, and before the undertaking is signed;
    /// [`Error::Invalid`] with what is wrong.
    pub async fn ask_worker(
        &self,
        actor: &Actor,
        child: ChildId,
        key: &str,
        text: &str,
        decision: Option<&str>,
        to: Option<PersonId>,
    ) -> Result<EntryId> {
        let (mut unit, space) = self.caring_to_write(actor, child).await?;
        if let Some(kept) = unit.kept_answer(key, actor.person().0).await? {
            return serde_json::from_str(&kept).map_err(|e| Error::Internal(e.to_string()));
        }
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::invalid("text", "Write your question"));
        }
        let long = text.chars().count();
        if long > LONGEST_NOTE {
            return Err(Error::invalid(
                "text",
                format!(
                    "This is {long} characters long, and a question takes {LONGEST_NOTE}. Make it shorter"
                ),
            ));
        }
        let list = space.book.guidance.codes.list("delegated_decision");
        if decision.is_some_and(|d| !list.is_some_and(|l| l.on(space.today).any(|c| c.code == d))) {
            return Err(Error::invalid("decision", "Choose one of the decisions, or none"));
        }
        let people = people(&space);
        let asked = match to {
            Some(to) => Some(
                people
                    .iter()
                    .find(|(p, ..)| *p == to)
                    .ok_or_else(|| Error::invalid("to", "Choose somebody who works with the child"))?,
            ),
            None => people.first(),
        };
        let event = Event::CarerAsked {
            question: self.new_id().to_string().into(),
            text: text.to_owned(),
            decision: decision.map(SmolStr::new),
            reply_from: asked.map(|(p, ..)| *p),
            reply_role: Some(asked.map_or(SmolStr::new_static("social_worker"), |(_, _, role)| {
                // The one who covers answers as the child's social worker.
                if role == "cover_worker" { SmolStr::new_static("social_worker") } else { role.clone() }
            })),
        };
        let recorded =
            self.append(&mut *unit, actor, &space.looked, vec![NewEntry::on(space.today, event)]).await?;
        let entry = *recorded.entries.first().ok_or(Error::Absent)?;
        if let Some((person, ..)) = asked {
            let text = format!("A carer ({}) asks you something.", space.looked.handle.reference);
            let link = format!("/children/{child}/carers/questions/{entry}");
            let notice = self.carers_notice(*person, child, "carer_asked", text, link);
            self.give_notices(&mut *unit, &[notice], &mut std::collections::HashSet::new()).await?;
        }
        let answer = serde_json::to_string(&entry).map_err(|e| Error::Internal(e.to_string()))?;
        unit.keep_answer(key, actor.person().0, self.now(), &answer).await?;
        log(&mut *unit, vec![actor.line("carer_asked", Some(child.0), true, &json!({"entry": entry}))])
            .await?;
        unit.commit().await?;
        Ok(entry)
    }
}

//! Changing a plan as a whole: its title, what it is about, and who answers for it.

use kinfold_access::{Action, Code};
use kinfold_store::NoticeRow;
use serde_json::json;
use std::collections::HashSet;
use uuid::Uuid;

use super::entry::lock;
use super::plan::{Lead, PlanEvent};
use super::plans::plan;
use super::{LONGEST_TEXT, LONGEST_TITLE, optional, text};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// What a plan is to be called, and who is to answer for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanHead {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// The e-mail address of whoever is to answer for it; empty: it stays as it is.
    pub email: String,
}

impl Casework {
    /// Changes a plan's title, what it is about, or who answers for it. Only what differs is recorded, and whoever answers
    /// for it from now on is told. `seen` is the version that the person had before them.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to change plans; [`Error::Invalid`] when something is missing or too long, or the
    /// address is nobody's who reads plans; [`Error::Conflict`] when somebody else changed it since `seen`.
    pub async fn change_plan_head(
        &self,
        actor: &Actor,
        id: Uuid,
        seen: i64,
        new: &PlanHead,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::EditPlans)?;
        let title = text("title", &new.title, LONGEST_TITLE, "Enter a title")?;
        let about = optional("about", &new.about, LONGEST_TEXT)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        let (plan, _) = plan(&mut *unit, id).await?;
        if unit.kept_answer(key, me).await?.is_some() {
            return Ok(());
        }
        let owner = match self.lead(&mut *unit, &new.email, "").await? {
            Some(Lead::Person(person)) => Some(person).filter(|person| *person != plan.owner),
            _ => None,
        };
        if plan.headed.version > seen {
            return Err(Error::Conflict { current: plan.version });
        }
        let mut events = Vec::new();
        if title != plan.title || about != plan.about {
            events.push((None, PlanEvent::Retitled { title: title.clone(), about }));
        }
        events.extend(owner.map(|owner| (None, PlanEvent::HandedOver { owner })));
        self.add_entries(&mut *unit, id, plan.version, Some(me), &events).await?;
        if let Some(person) = owner.filter(|person| *person != me) {
            let notice = NoticeRow {
                id: self.new_id(),
                person,
                child: None,
                kind: "plan_owner".to_owned(),
                text: format!("You answer for the action plan “{title}”."),
                link: Some(format!("/plans/{id}")),
                created_at: self.now(),
                read_at: None,
            };
            self.give_notices(&mut *unit, &[notice], &mut HashSet::new()).await?;
        }
        unit.keep_answer(key, me, self.now(), "done").await?;
        let detail = json!({"plan": id, "what": "head", "entries": events.len()});
        log(&mut *unit, vec![actor.line(Action::EditPlans.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }
}

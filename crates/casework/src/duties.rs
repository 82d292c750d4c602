//! One duty: looked at, and excused. Every occasion of its rule can be seen, not only the open one.

use kinfold_access::Action;
use kinfold_pathway::{Duty, State, history};
use kinfold_record::{ChildId, Event};
use kinfold_store::DutyRow;
use serde_json::json;

use crate::actor::Actor;
use crate::child::{ChildPage, may_know_duty};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::record::{NewEntry, Recorded};

/// A duty's page.
#[derive(Debug, Clone)]
pub struct DutyPage {
    /// The child's page it belongs to.
    pub child: ChildPage,
    /// The duty.
    pub duty: Duty,
    /// The row behind lists: owner and rung of the ladder. `None` for an occasion long closed.
    pub row: Option<DutyRow>,
    /// The owner's name.
    pub owner: Option<String>,
    /// Earlier occasions of the same rule, newest first.
    pub earlier: Vec<Duty>,
    /// The forms that serve it and that this person may start, as ids and titles; none once it is closed.
    pub forms: Vec<(String, String)>,
}

impl Casework {
    /// One duty of a child.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such duty, or this person may not know of it.
    pub async fn duty_page(
        &self,
        actor: &Actor,
        child: ChildId,
        rule: &str,
        occurrence: &str,
    ) -> Result<DutyPage> {
        let child_page = self.child_page(actor, child).await?;
        let mut unit = self.house.store.read().await?;
        // The history is derived from the whole timeline; what may be known of it was decided above.
        let looked = self.look(&mut *unit, actor, child).await?;
        let row = unit.duty(child.0, rule, occurrence).await?;
        let owner = match row.as_ref().and_then(|r| r.owner_person) {
            Some(person) => unit.person(person).await?.map(|p| p.name),
            None => None,
        };
        drop(unit);
        let book = &child_page.book;
        let mut earlier: Vec<Duty> = history(&looked.timeline, &book.rules, child_page.today)
            .into_iter()
            .filter(|d| {
                d.rule == rule
                    && book.rules.rule_of(d).is_some_and(|r| may_know_duty(child_page.handle.may, r))
            })
            .collect();
        earlier.sort_by_key(|d| std::cmp::Reverse(d.due_on));
        let current = child_page
            .duties
            .iter()
            .find(|d| d.rule == rule && d.occurrence.to_string() == occurrence)
            .cloned();
        let duty = current
            .or_else(|| earlier.iter().find(|d| d.occurrence.to_string() == occurrence).cloned())
            .ok_or(Error::Absent)?;
        earlier.retain(|d| d.occurrence != duty.occurrence);
        let open = matches!(duty.state, State::Open);
        let forms = if open { self.forms_serving(actor, &looked, rule) } else { Vec::new() };
        let detail = json!({"page": "duty", "rule": rule});
        self.house.pen.write(vec![actor.line("view_duty", Some(child.0), true, &detail)]).await?;
        Ok(DutyPage { child: child_page, duty, row, owner, earlier, forms })
    }

    /// Excuses one occasion of a duty, with a coded reason.
    ///
    /// # Errors
    /// As [`Casework::record`]; [`Error::Forbidden`] where the law asks for an approver this person is not.
    #[expect(clippy::too_many_arguments, reason = "the fields of one form")]
    pub async fn excuse(
        &self,
        actor: &Actor,
        child: ChildId,
        seen: i64,
        key: &str,
        duty: (&str, &str),
        reason: &str,
        text: Option<String>,
        requested_by: Option<kinfold_record::PersonId>,
    ) -> Result<Recorded> {
        let page = self.duty_page(actor, child, duty.0, duty.1).await?;
        if !page.child.handle.may.has(Action::ExcuseDuty) {
            return Err(Error::Forbidden(
                "Your role for this child does not include excusing duties.".to_owned(),
            ));
        }
        if page.duty.state != kinfold_pathway::State::Open {
            return Err(Error::invalid("", "This duty is not open any more: there is nothing to excuse."));
        }
        let event = Event::DutyExcused {
            rule: duty.0.into(),
            occurrence: duty.1.into(),
            reason: reason.into(),
            text,
            approved_by: requested_by.or(Some(actor.person())),
        };
        self.record(actor, child, seen, key, vec![NewEntry::on(self.today(), event)]).await
    }
}

//! Saying which promises of a pledge are kept. A promise tied to a figure or an action is judged by it, and nobody can say
//! otherwise; people say why.

use std::collections::HashMap;

use kinfold_access::{Action, Code};
use kinfold_store::Unit;
use serde_json::json;
use uuid::Uuid;

use super::publication::{DraftPromise, Judged, Kept, PromiseTest, PublicationEvent};
use super::read::publication;
use crate::actor::Actor;
use crate::authority::entry::lock;
use crate::authority::plan::Status;
use crate::authority::plans::plan;
use crate::authority::{LONGEST_TEXT, optional};
use crate::error::{Error, FieldProblem, Result};
use crate::house::Casework;
use crate::pen::log;

/// How a promise would be judged today.
#[derive(Debug, Clone, PartialEq)]
pub struct Judging {
    /// The promise.
    pub promise: DraftPromise,
    /// What its figure or action says; `None` where people say it.
    pub found: Option<Judged>,
}

impl Casework {
    /// Every promise of a pledge as its figure or action says today.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to publish, or when there is no such pledge or it was not published.
    pub async fn promises_to_judge(&self, actor: &Actor, id: Uuid) -> Result<Vec<Judging>> {
        actor.require(Action::Publish)?;
        let mut unit = self.house.store.glance().await?;
        let out = self.judging(&mut *unit, id).await?;
        drop(unit);
        let detail = json!({"publication": id});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        Ok(out)
    }

    async fn judging(&self, unit: &mut dyn Unit, id: Uuid) -> Result<Vec<Judging>> {
        let (of, _) = publication(unit, id).await?;
        let given = of.latest().ok_or(Error::Absent)?;
        let promised: Vec<Uuid> = given.document.promises.iter().map(|(id, _, _)| *id).collect();
        let mut out = Vec::new();
        for promise in of.promises.into_iter().filter(|p| promised.contains(&p.item)) {
            let found = self.found(unit, &promise).await?;
            out.push(Judging { promise, found });
        }
        if out.is_empty() { Err(Error::Absent) } else { Ok(out) }
    }

    async fn found(&self, unit: &mut dyn Unit, promise: &DraftPromise) -> Result<Option<Judged>> {
        let judged = |kept, figure| Some(Judged { promise: promise.item, kept, figure, why: None });
        Ok(match &promise.test {
            PromiseTest::Judgement => None,
            PromiseTest::Measure { measure, at_least, at_most } => {
                let figure = match self.placed(measure, None).await {
                    Ok(figure) => figure,
                    Err(Error::Absent) => return Ok(judged(Kept::NotKnown, None)),
                    Err(error) => return Err(error),
                };
                let kept = match figure.value {
                    None => Kept::NotKnown,
                    // To the tenth that is written: a page that says 90.0% of 90 has kept it.
                    Some(value) => {
                        let value = (value * 10.0).round() / 10.0;
                        let kept = at_least.is_none_or(|least| value >= least)
                            && at_most.is_none_or(|most| value <= most);
                        if kept { Kept::Kept } else { Kept::NotYet }
                    }
                };
                judged(kept, Some(figure))
            }
            PromiseTest::Action { plan: of, recommendation } => {
                let kept = match plan(unit, *of).await {
                    Ok((plan, _)) => match plan.recommendation(*recommendation).map(|r| r.status()) {
                        Some(Status::Done) => Kept::Kept,
                        Some(_) => Kept::NotYet,
                        None => Kept::NotKnown,
                    },
                    Err(Error::Absent) => Kept::NotKnown,
                    Err(error) => return Err(error),
                };
                judged(kept, None)
            }
        })
    }

    /// Writes down how the promises stand today, for everybody to read. `said` holds for each promise what people say where
    /// nothing is counted, and why. Every promise that is not kept needs a reason.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to publish; [`Error::Invalid`] when something is missing or too long, with the
    /// promise's place in the name of the field: "why-2".
    pub async fn judge_promises(
        &self,
        actor: &Actor,
        id: Uuid,
        said: &HashMap<Uuid, (Option<Kept>, String)>,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::Publish)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if unit.kept_answer(key, me).await?.is_some() {
            return Ok(());
        }
        let (mut promises, mut wrong) = (Vec::new(), Vec::new());
        let judging = self.judging(&mut *unit, id).await?;
        for (at, Judging { promise, found }) in judging.into_iter().enumerate() {
            let (kept, why) = said.get(&promise.item).cloned().unwrap_or_default();
            let mut problem = |field: &str, message: String| {
                wrong.push(FieldProblem { field: format!("{field}-{at}"), message });
            };
            let judged = match (found, kept) {
                (Some(found), _) => found,
                (None, Some(kept)) => Judged { promise: promise.item, kept, figure: None, why: None },
                (None, None) => {
                    problem("kept", format!("Say whether this is kept: {}", promise.text));
                    continue;
                }
            };
            match optional("why", &why, LONGEST_TEXT) {
                Ok(None) if judged.kept != Kept::Kept => {
                    problem("why", format!("Say why, so that a child understands: {}", promise.text));
                }
                Ok(why) => promises.push(Judged { why, ..judged }),
                Err(Error::Invalid(found)) => {
                    found.into_iter().for_each(|found| problem("why", found.message));
                }
                Err(error) => return Err(error),
            }
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let (of, _) = publication(&mut *unit, id).await?;
        let event = PublicationEvent::Checked { on: self.today(), promises };
        self.add_entries(&mut *unit, id, of.version, Some(me), &[(None, event)]).await?;
        unit.keep_answer(key, me, self.now(), "done").await?;
        let detail = json!({"publication": id, "what": "promises"});
        log(&mut *unit, vec![actor.line(Action::Publish.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }
}

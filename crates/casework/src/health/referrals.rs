//! Referrals of many children in one list, so that none is lost between two desks.

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_record::{ChildId, Chronology, Subject};
use kinfold_store::{BoardFilter, DutyLine, Page, Standing};
use serde_json::json;
use uuid::Uuid;

use super::facts::{HealthFacts, Referral};
use super::page::readable;
use crate::actor::Actor;
use crate::child::may_know_duty;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::veil::entries_for;

/// The rules that watch over referrals: one asks how it stands, one asks for an alternative.
const WATCH: [&str; 2] = ["health.referral_lost", "health.referral_alternative"];
/// Duties read at most.
const MOST: i64 = 2000;

/// An open referral of a child.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferralLine {
    /// The child.
    pub child: Uuid,
    /// Its name.
    pub name: String,
    /// Its reference.
    pub reference: String,
    /// The referral.
    pub referral: Referral,
    /// By when somebody has to ask how it stands, or ask for an alternative.
    pub ask_by: Option<Date>,
    /// Whether that day is past: nobody has heard of it for too long.
    pub lost: bool,
}

/// Referrals of many children.
#[derive(Debug, Clone)]
pub struct ReferralsPage {
    /// The day it is.
    pub today: Date,
    /// Open referrals: lost ones first, then the longest wait.
    pub lines: Vec<ReferralLine>,
}

impl Casework {
    /// The open referrals of every child this person may find and whose referrals they may read.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to the queue.
    pub async fn health_referrals(&self, actor: &Actor) -> Result<ReferralsPage> {
        actor.require(Action::ViewHealthQueue)?;
        let today = self.today();
        let scope = self.scope(actor, Subject::Child);
        let mut filter = BoardFilter::at(self.now());
        filter.standings = vec![Standing::Late, Standing::Due, Standing::Upcoming];
        filter.rules = WATCH.map(str::to_owned).to_vec();
        let mut unit = self.house.store.read().await?;
        let found = unit.board_list(&scope, &filter, Page { limit: MOST, offset: 0 }).await?;
        let mut children: Vec<Uuid> = found.rows.iter().map(|line| line.duty.child).collect();
        children.sort_unstable();
        children.dedup();
        let book = self.book();
        let mut lines = Vec::new();
        for child in children {
            // The list was cut by scope; what may be read in it is decided child by child, as on the child's own page.
            let looked = match self.look(&mut *unit, actor, ChildId(child)).await {
                Ok(looked) if looked.handle.may.has(Action::ViewHealth) => looked,
                Ok(_) | Err(Error::Absent) => continue,
                Err(error) => return Err(error),
            };
            let known = WATCH.iter().any(|id| {
                book.guidance.rule_on(id, today).is_some_and(|rule| may_know_duty(looked.handle.may, rule))
            });
            if !known {
                continue;
            }
            let entries = entries_for(&mut *unit, &looked.handle).await?;
            let chronology =
                Chronology::new(ChildId(child), entries).map_err(|e| Error::Internal(e.to_string()))?;
            let facts = HealthFacts::of(&readable(&chronology, &looked), today);
            let watched: Vec<&DutyLine> = found.rows.iter().filter(|line| line.duty.child == child).collect();
            lines.extend(facts.referrals.into_iter().filter(|r| r.standing().is_open()).map(|referral| {
                let ask_by = watched.iter().filter(|w| belongs(w, &referral)).map(|w| w.duty.due_on).min();
                ReferralLine {
                    child,
                    name: looked.row.projection.name.clone(),
                    reference: looked.row.reference.clone(),
                    lost: ask_by.is_some_and(|day| day < today),
                    ask_by,
                    referral,
                }
            }));
        }
        drop(unit);
        lines.sort_by(|a, b| {
            (!a.lost, a.referral.waiting_since, &a.reference).cmp(&(
                !b.lost,
                b.referral.waiting_since,
                &b.reference,
            ))
        });
        let detail = json!({"page": "health_referrals", "rows": lines.len()});
        let line = actor.line(Action::ViewHealthQueue.as_str(), None, true, &detail);
        self.house.pen.write(vec![line]).await?;
        Ok(ReferralsPage { today, lines })
    }
}

/// Whether a duty watches over this referral: it is counted from the entry that made it, or from one of its steps.
fn belongs(line: &DutyLine, referral: &Referral) -> bool {
    let occurrence = &line.duty.occurrence;
    let starts = |entry: kinfold_record::EntryId| occurrence.starts_with(&entry.to_string());
    starts(referral.source.entry) || referral.steps.iter().any(|step| starts(step.source.entry))
}

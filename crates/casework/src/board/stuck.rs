//! Where duties are stuck, hand-off by hand-off.

use kinfold_store::BoardCell;
use serde_json::json;

use super::{BoardAsk, Offers};
use crate::actor::Actor;
use crate::error::Result;
use crate::house::Casework;

/// Where the duties of one rule are stuck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckRule {
    /// The rule.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// Each hand-off in order: name, title, whose it is, how many wait there longer than they should.
    pub steps: Vec<(String, String, String, i64)>,
}

/// Stuck hand-offs, counted.
#[derive(Debug, Clone)]
pub struct StuckPage {
    /// Rules with hand-offs at which something is stuck.
    pub rules: Vec<StuckRule>,
    /// What the filters offer.
    pub offers: Offers,
}

impl Casework {
    /// Where duties are stuck, hand-off by hand-off.
    ///
    /// # Errors
    /// As [`Casework::board`].
    pub async fn board_stuck(&self, actor: &Actor, ask: &BoardAsk) -> Result<StuckPage> {
        let mut unit = self.house.store.read().await?;
        let mut cut = self.cut(&mut *unit, actor, ask).await?;
        (cut.filter.stuck, cut.filter.standings) = (Some(true), Vec::new());
        let counted = unit.board(&cut.scope, &cut.filter).await?;
        drop(unit);
        let rules = self.stuck_rules(&counted);
        self.house
            .pen
            .write(vec![actor.line("view_board", None, true, &json!({"page": "board_stuck"}))])
            .await?;
        Ok(StuckPage { rules, offers: cut.offers })
    }

    fn stuck_rules(&self, counted: &[BoardCell]) -> Vec<StuckRule> {
        let book = self.book();
        let today = self.today();
        let mut found: Vec<StuckRule> = Vec::new();
        for cell in counted {
            let Some(step) = &cell.stuck_step else { continue };
            let at = found.iter().position(|r| r.rule == cell.rule).unwrap_or_else(|| {
                let rule = book.guidance.rule_on(&cell.rule, today);
                let steps = rule.map(|rule| {
                    let whose = |h: &kinfold_guidance::Handoff| Self::role_title(&h.owner).to_string();
                    rule.handoffs.iter().map(|h| (h.step.to_string(), h.title.clone(), whose(h), 0)).collect()
                });
                found.push(StuckRule {
                    rule: cell.rule.clone(),
                    title: rule.map_or_else(|| cell.rule.clone(), |rule| rule.title.to_string()),
                    steps: steps.unwrap_or_default(),
                });
                found.len() - 1
            });
            let steps = &mut found[at].steps;
            match steps.iter_mut().find(|s| s.0 == *step) {
                Some(known) => known.3 += cell.duties,
                // A step of an earlier version of the rule.
                None => steps.push((step.clone(), step.replace('_', " "), String::new(), cell.duties)),
            }
        }
        found
    }
}

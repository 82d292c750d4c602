//! Asks the policies, and remembers. An answer depends only on the situation (roles, relations, purpose, what the
//! target is) and the action, so each distinct combination is decided once and then looked up.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use crate::action::{Action, ActionSet};
use crate::policy::{Policies, PolicyError, PolicyFile, PolicyListed, house_policies};
use crate::purpose::Purpose;
use crate::request::{Decision, Request, Situation, Target, Who};

/// How many situations, and how many explained decisions, are remembered before starting afresh. An authority has a
/// few hundred; the cap only keeps a hostile mix of accounts from filling memory.
const REMEMBERED: usize = 16_384;

/// The policies in force and what they have decided so far. Share one (`Arc`) for the life of a policy set.
pub struct Engine {
    policies: Policies,
    known: RwLock<HashMap<Situation, Known>>,
    explained: RwLock<HashMap<(Situation, Action), Arc<Decision>>>,
}

/// What has been asked about one situation, and what was allowed.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    asked: ActionSet,
    allowed: ActionSet,
}

impl Engine {
    /// The policies of the house and nothing else.
    ///
    /// # Errors
    /// Never for a released version: a test loads them.
    pub fn house() -> Result<Self, PolicyError> {
        Self::new(&house_policies())
    }

    /// These policy files, checked strictly against the schema. Start from [`house_policies`] and append a
    /// council's own.
    ///
    /// # Errors
    /// The first mistake, with its file and line.
    pub fn new(files: &[PolicyFile]) -> Result<Self, PolicyError> {
        Ok(Self { policies: Policies::load(files)?, known: RwLock::default(), explained: RwLock::default() })
    }

    /// May they? The answer alone: for use cases.
    pub fn allows(&self, request: &Request<'_>) -> bool {
        self.allows_in(Situation::of(request.who, request.purpose, request.target), request.action)
    }

    /// Everything `who` may do for this purpose to this target: one snapshot for a page.
    pub fn may(&self, who: &Who, purpose: Purpose, target: Target) -> ActionSet {
        let child = matches!(target, Target::Child { .. });
        self.answer(Situation::of(who, purpose, target), ActionSet::all().about_a_child(child))
    }

    /// Which of `actions` may they do?
    pub fn decide_many(&self, who: &Who, purpose: Purpose, target: Target, actions: ActionSet) -> ActionSet {
        self.answer(Situation::of(who, purpose, target), actions)
    }

    /// May they, and why: for explanations, the matrix and tests. Remembered like the rest.
    pub fn decide(&self, request: &Request<'_>) -> Arc<Decision> {
        let situation = self.plain(Situation::of(request.who, request.purpose, request.target));
        let key = (situation, request.action);
        if let Some(decision) = read(&self.explained).get(&key) {
            return Arc::clone(decision);
        }
        let decision = Arc::new(self.explain(situation, request.action));
        let mut explained = write(&self.explained);
        if explained.len() >= REMEMBERED {
            explained.clear();
        }
        explained.insert(key, Arc::clone(&decision));
        decision
    }

    /// Every policy in force, by name.
    pub fn policies(&self) -> impl Iterator<Item = &PolicyListed> {
        self.policies.list()
    }

    pub(crate) fn allows_in(&self, situation: Situation, action: Action) -> bool {
        self.answer(situation, ActionSet::EMPTY.with(action)).has(action)
    }

    /// Which of `actions` are allowed; asks the policies only about those never asked before.
    pub(crate) fn answer(&self, situation: Situation, actions: ActionSet) -> ActionSet {
        let situation = self.plain(situation);
        let mut known = read(&self.known).get(&situation).copied().unwrap_or_default();
        let new = actions.minus(known.asked);
        if !new.is_empty() {
            known.asked = known.asked.union(new);
            // Nothing can be asked of a situation that cannot be put: then nothing is allowed.
            if let Ok(question) = self.policies.question(situation) {
                let first: ActionSet = new.iter().map(|action| self.policies.twin(action)).collect();
                let allowed: ActionSet = first.iter().filter(|action| question.ask(*action).0).collect();
                let new = new.iter().filter(|action| allowed.has(self.policies.twin(*action)));
                known.allowed = known.allowed.union(new.collect());
            }
            self.remember(situation, known);
        }
        known.allowed.intersection(actions)
    }

    /// The situation without the ties that no policy names: they count for nothing.
    fn plain(&self, mut situation: Situation) -> Situation {
        if let Target::Child { relations, .. } = &mut situation.target {
            *relations = relations.intersection(self.policies.named());
        }
        situation
    }

    fn remember(&self, situation: Situation, known: Known) {
        let mut remembered = write(&self.known);
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        // Another thread may have learnt more about the same situation meanwhile.
        let slot = remembered.entry(situation).or_default();
        slot.asked = slot.asked.union(known.asked);
        slot.allowed = slot.allowed.union(known.allowed);
    }

    fn explain(&self, situation: Situation, action: Action) -> Decision {
        let asked = self.policies.question(situation).map(|question| question.ask(action));
        let (allowed, reasons) = asked.unwrap_or_default();
        let mut said: Vec<&str> = reasons.iter().filter_map(|id| self.policies.says(id)).collect();
        said.dedup();
        let explanation = match (allowed, said.is_empty()) {
            (_, false) => said.join(" "),
            (true, true) => "A policy allows it.".to_owned(),
            (false, true) => "No policy allows it.".to_owned(),
        };
        Decision { allowed, reasons, explanation }
    }
}

// A poisoned lock means a thread died while writing a remembered answer; the map itself is whole.
fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("policies", &self.policies).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "engine_tests.rs"]
mod tests;

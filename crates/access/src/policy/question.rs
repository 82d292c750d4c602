//! One situation put in Cedar's terms, and asked about.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError};

use cedar_policy::{Context, Decision, Entities, Entity, EntityUid, Request, RestrictedExpression, Schema};
use smol_str::SmolStr;

use crate::action::Action;
use crate::codes::Code;
use crate::relation::Relations;
use crate::request::{Situation, Target};

use super::{CASTS, Policies, uid, uids};

impl Policies {
    /// The situation in Cedar's terms, ready to be asked about any action done to its kind of target.
    pub(crate) fn question(&self, situation: Situation) -> Result<Question<'_>, Box<dyn std::error::Error>> {
        let names = &self.names;
        let (about_a_child, ties) = match situation.target {
            Target::Authority => (false, Relations::NONE),
            Target::Child { relations, .. } => (true, relations),
        };
        let set = |uids: &mut dyn Iterator<Item = EntityUid>| {
            RestrictedExpression::new_set(uids.map(RestrictedExpression::new_entity_uid))
        };
        let purpose = uid(&names.purpose, situation.purpose.as_str());
        let context = Context::from_pairs([
            ("purpose".to_owned(), RestrictedExpression::new_entity_uid(purpose)),
            ("circle".to_owned(), set(&mut uids(&names.place, ties.circle))),
            ("relation".to_owned(), set(&mut uids(&names.relation, ties.relation))),
        ])?;
        let person = uid(&names.person, "somebody");
        let target = uid(if about_a_child { &names.record } else { &names.authority }, "this");
        Ok(Question {
            policies: self,
            person,
            target,
            about_a_child,
            context,
            entities: self.cast(situation)?,
        })
    }

    /// The person and the target as entities, with the actions. They do not depend on ties and purpose, so the few
    /// there are get kept: putting them together is half the price of a question.
    fn cast(&self, situation: Situation) -> Result<Arc<Entities>, Box<dyn std::error::Error>> {
        let target = match situation.target {
            Target::Authority => Target::Authority,
            Target::Child { restricted, subject, .. } => {
                Target::Child { relations: Relations::NONE, restricted, subject }
            }
        };
        let key = (situation.roles, situation.disabled, target);
        let casts = || self.casts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entities) = casts().get(&key) {
            return Ok(Arc::clone(entities));
        }
        let names = &self.names;
        let roles = uids(&names.role, situation.roles).collect();
        let disabled = ("disabled".to_owned(), RestrictedExpression::new_bool(situation.disabled));
        let somebody = Entity::new(uid(&names.person, "somebody"), [disabled].into(), roles)?;
        let target = match target {
            Target::Authority => Entity::with_uid(uid(&names.authority, "this")),
            Target::Child { restricted, subject, .. } => {
                let subject = RestrictedExpression::new_entity_uid(uid(&names.subject, subject.as_str()));
                let restricted = RestrictedExpression::new_bool(restricted);
                let attributes = [("restricted".to_owned(), restricted), ("subject".to_owned(), subject)];
                Entity::new(uid(&names.record, "this"), attributes.into(), HashSet::new())?
            }
        };
        // Everything here is made from closed lists, which a test holds against the schema for every action: so the
        // schema need not be asked again each time.
        let entities = Arc::new(self.actions.clone().add_entities([somebody, target], None)?);
        let mut casts = casts();
        if casts.len() >= CASTS {
            casts.clear();
        }
        casts.insert(key, Arc::clone(&entities));
        Ok(entities)
    }
}

/// One situation, put in Cedar's terms once and asked about as many actions as there are.
pub(crate) struct Question<'p> {
    policies: &'p Policies,
    person: EntityUid,
    target: EntityUid,
    about_a_child: bool,
    context: Context,
    entities: Arc<Entities>,
}

impl Question<'_> {
    /// Is the action allowed, and which policies decided? An action that is not done to this kind of target is not,
    /// and a policy that fails to evaluate refuses: an error never widens access.
    pub(crate) fn ask(&self, action: Action) -> (bool, Vec<SmolStr>) {
        if action.about_a_child() != self.about_a_child {
            return (false, Vec::new());
        }
        let Ok(request) = self.request(action, None) else { return (false, Vec::new()) };
        let Some(set) = self.policies.sets.get(action.index()) else { return (false, Vec::new()) };
        let response = self.policies.authorizer.is_authorized(&request, set, &self.entities);
        let sound = response.diagnostics().errors().next().is_none();
        let allowed = sound && response.decision() == Decision::Allow;
        let mut reasons: Vec<SmolStr> = response.diagnostics().reason().map(SmolStr::new).collect();
        reasons.sort();
        (allowed, reasons)
    }

    fn request(
        &self,
        action: Action,
        schema: Option<&Schema>,
    ) -> Result<Request, Box<dyn std::error::Error>> {
        let action = uid(&self.policies.names.action, action.as_str());
        Request::new(self.person.clone(), action, self.target.clone(), self.context.clone(), schema)
            .map_err(Into::into)
    }

    /// Does the schema know this action on this target, with this context and these entities?
    #[cfg(test)]
    pub(crate) fn fits_the_schema(&self, action: Action) -> bool {
        let schema = Some(&self.policies.schema);
        let entities =
            self.entities.iter().filter(|entity| entity.uid().type_name() != &self.policies.names.action);
        self.request(action, schema).is_ok() && Entities::from_entities(entities.cloned(), schema).is_ok()
    }
}

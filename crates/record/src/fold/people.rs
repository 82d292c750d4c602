//! Who the child is and who is in their circle.

use super::Fold;
use crate::timeline::{Membership, SpellKind, Subject};
use crate::{Entry, Event};

impl Membership {
    /// Whether this entry says that this person left: the same role, and whatever else the entry names is theirs.
    pub(super) fn is_named_by(&self, e: &Entry) -> bool {
        let Event::CircleLeft { role, person, name, worker_id } = &e.event else { return false };
        self.role == *role
            && (person.is_none() || self.person == *person)
            && (name.is_none() || self.name == *name)
            && (worker_id.is_none() || self.worker_id.as_deref() == worker_id.as_deref())
    }

    /// Whether this entry ends this membership.
    pub(super) fn is_left_by(&self, e: &Entry) -> bool {
        self.end.is_none() && self.is_named_by(e)
    }
}

impl Fold {
    pub(super) fn household(&mut self, e: &Entry) {
        match &e.event {
            Event::CarerRegistered { name, .. } => {
                self.t.subject = Subject::Carer;
                self.t.identity.family_name.clone_from(name);
            }
            Event::HomeRegistered { name, urn } => {
                self.t.subject = Subject::Home;
                self.t.identity.family_name.clone_from(name);
                self.t.identity.local_id = urn.as_deref().map(Into::into);
            }
            _ => {}
        }
    }

    pub(super) fn identity(&mut self, e: &Entry) {
        let id = &mut self.t.identity;
        let disabled = match &e.event {
            Event::ChildRegistered {
                given_name,
                family_name,
                date_of_birth: _,
                known_as,
                sex,
                ethnicity,
                nhs_number,
                upn,
                local_id,
                first_language,
                disabled,
            } => {
                id.given_name.clone_from(given_name);
                id.family_name.clone_from(family_name);
                id.known_as.clone_from(known_as);
                id.sex.clone_from(sex);
                id.ethnicity.clone_from(ethnicity);
                id.nhs_number = nhs_number.as_deref().map(Into::into);
                id.upn = upn.as_deref().map(Into::into);
                id.local_id = local_id.as_deref().map(Into::into);
                id.first_language.clone_from(first_language);
                id.disabled = *disabled;
                *disabled
            }
            Event::IdentityChanged {
                given_name,
                family_name,
                date_of_birth: _,
                known_as,
                sex,
                ethnicity,
                nhs_number,
                upn,
                local_id,
                first_language,
                religion,
                disabled,
                also_known_as,
            } => {
                let old = format!("{} {}", id.given_name, id.family_name);
                update(&mut id.given_name, given_name.as_ref());
                update(&mut id.family_name, family_name.as_ref());
                let new = format!("{} {}", id.given_name, id.family_name);
                let earlier = Some(old).filter(|old| *old != new && !old.trim().is_empty());
                for name in earlier.into_iter().chain(also_known_as.clone()) {
                    if !id.also_known_as.contains(&name) {
                        id.also_known_as.push(name);
                    }
                }
                replace(&mut id.known_as, known_as.as_ref());
                replace(&mut id.sex, sex.as_ref());
                replace(&mut id.ethnicity, ethnicity.as_ref());
                replace(&mut id.nhs_number, nhs_number.as_deref().map(Into::into).as_ref());
                replace(&mut id.upn, upn.as_deref().map(Into::into).as_ref());
                replace(&mut id.local_id, local_id.as_deref().map(Into::into).as_ref());
                replace(&mut id.first_language, first_language.as_ref());
                replace(&mut id.religion, religion.as_ref());
                replace(&mut id.disabled, disabled.as_ref());
                *disabled
            }
            _ => return,
        };
        self.set(SpellKind::Disabled, disabled, e);
    }

    pub(super) fn circle(&mut self, e: &Entry) {
        let on = e.happened_on;
        match &e.event {
            Event::CircleJoined {
                role,
                person,
                name,
                key_worker,
                parental_responsibility,
                worker_id,
                ..
            } => {
                let key_worker = key_worker.unwrap_or(false);
                if key_worker {
                    // Exactly one key worker at every moment: the new one relieves the old.
                    for m in self.t.circle.iter_mut().filter(|m| m.key_worker && m.end.is_none()) {
                        m.end = Some(on);
                    }
                }
                self.t.circle.push(Membership {
                    entry: e.id,
                    person: *person,
                    name: name.clone(),
                    role: role.clone(),
                    key_worker,
                    parental_responsibility: parental_responsibility.unwrap_or(false),
                    worker_id: worker_id.as_deref().map(Into::into),
                    start: on,
                    end: None,
                });
            }
            Event::CircleLeft { .. } => {
                if let Some(m) = self.t.circle.iter_mut().rev().find(|m| m.is_left_by(e)) {
                    m.end = Some(on);
                // A key worker relieved by the next one has already left.
                } else if !self.t.circle.iter().any(|m| m.key_worker && m.is_named_by(e)) {
                    self.problem(e.id, "Somebody left the circle who was not in it.");
                }
            }
            _ => {}
        }
    }
}

fn update(to: &mut String, from: Option<&String>) {
    if let Some(from) = from {
        to.clone_from(from);
    }
}

fn replace<T: Clone>(to: &mut Option<T>, from: Option<&T>) {
    if from.is_some() {
        *to = from.cloned();
    }
}

//! Where the child lives.
//!
//! A statutory return records a short absence (T0 to T4: hospital, a holiday) as an episode of its own, and the return
//! to the carers as another. Each stays a placement of its own here, but the stay with the carers goes on: agreements
//! about it (long-term fostering, fewer visits, until eighteen) last through the absence, and `continues` names the
//! placement where that stay began.

use jiff::civil::Date;
use smol_str::SmolStr;

use super::Fold;
use crate::timeline::{Placement, PlacementTerms, SpellKind, years_between};
use crate::{Entry, EntryId, Event};

/// What is agreed about a stay and ends with it.
const AGREED: [SpellKind; 3] =
    [SpellKind::LongTermFostering, SpellKind::FewerVisitsAgreed, SpellKind::ToEighteen];

/// The long-term foster codes say the same as the three conditions do.
fn is_long_term(code: &str) -> bool {
    matches!(code, "U1" | "U4")
}

impl Fold {
    pub(super) fn end_placement(&mut self, on: Date) {
        if let Some(p) = self.t.placements.last_mut()
            && p.end.is_none()
        {
            p.end = Some(on.max(p.start));
        }
        for kind in AGREED {
            self.stop(kind, on);
        }
    }

    pub(super) fn placement_started(&mut self, e: &Entry) {
        let Event::PlacementStarted {
            placement_type,
            provider,
            carer_name,
            carer,
            address,
            postcode,
            address_confidential,
            urn,
            location,
            basis,
            planned,
            to_eighteen,
            same_carer,
            ks4_disrupted,
            left_because,
        } = &e.event
        else {
            return;
        };
        let on = e.happened_on;
        let leaver = !self.t.care.is_empty() && self.t.born.is_some_and(|born| years_between(born, on) >= 16);
        if !self.in_care() && !leaver {
            self.problem(e.id, "Moved to a home while not looked after.");
        }
        let address = match (address, postcode) {
            (Some(a), Some(p)) => Some(format!("{a}\n{p}")),
            (a, p) => a.clone().or_else(|| p.clone()),
        };
        let mut new = Placement {
            entry: e.id,
            continues: None,
            code: placement_type.clone(),
            start: on,
            end: None,
            end_reason: None,
            provider: provider.clone(),
            carer: *carer,
            carer_name: carer_name.clone(),
            location: location.clone(),
            basis: basis.clone(),
            changes: Vec::new(),
            planned: *planned,
            ks4_disrupted: *ks4_disrupted,
            same_carer: same_carer.unwrap_or(false),
            address_confidential: address_confidential.unwrap_or(false),
            address,
            urn: urn.as_deref().map(Into::into),
        };
        new.continues = self.continued_by(&new);
        self.end_placement(on);
        // Whoever said why on the day the child left said it first; and where care ended, that is why.
        let goes_on = self.t.care.last().is_some_and(|care| care.start < on);
        if goes_on
            && let Some(left) = self.t.placements.last_mut()
            && (left.end, &left.end_reason) == (Some(on), &None)
        {
            left.end_reason.clone_from(left_because);
        }
        let long_term = is_long_term(placement_type);
        if new.continues.is_some() {
            // The same carers under a code that is no longer long-term: that agreement has ended.
            let was_long_term = self.t.placements.iter().rev().find(|p| !p.is_temporary());
            let over = was_long_term.is_some_and(|p| is_long_term(p.code_on(e.happened_on)))
                && !long_term
                && !new.is_temporary();
            let last = |kind| move |s: &&mut crate::Spell| s.kind == kind;
            for kind in AGREED {
                if let Some(s) = self.t.spells.iter_mut().rev().find(last(kind))
                    && s.end == Some(on)
                    && !(over && kind == SpellKind::LongTermFostering)
                {
                    s.end = None;
                }
            }
        }
        self.t.placements.push(new);
        self.set(SpellKind::LongTermFostering, long_term.then_some(true), e);
        self.set(SpellKind::ToEighteen, to_eighteen.or(long_term.then_some(true)), e);
    }

    /// The placement in which the stay that `new` goes on with began: the child goes away for a time, comes back from
    /// being away, or moves together with the carers.
    fn continued_by(&self, new: &Placement) -> Option<EntryId> {
        let before = self.t.placements.last().filter(|p| p.end.is_none_or(|end| end == new.start))?;
        let began = before.continues.or((!before.is_temporary()).then_some(before.entry))?;
        if new.is_temporary() {
            return Some(began);
        }
        let home = self.t.placements.iter().rev().find(|p| !p.is_temporary())?;
        let back = before.is_temporary()
            && (new.carer.is_some() && new.carer == home.carer
                || new.carer_name.is_some() && new.carer_name == home.carer_name
                // A fostering service's number covers many homes; a children's home's or school's is one place.
                || new.urn.is_some() && new.urn == home.urn && new.code == home.code && new.code.starts_with(['K', 'R', 'S']));
        (new.same_carer || back).then_some(began)
    }

    pub(super) fn placement_terms(&mut self, e: &Entry) {
        let Event::PlacementTermsChanged {
            to_eighteen,
            long_term_fostering,
            fewer_visits_agreed,
            address_confidential,
            placement_type,
            basis,
        } = &e.event
        else {
            return;
        };
        let Some(p) = self.t.placements.last_mut().filter(|p| p.end.is_none()) else {
            self.problem(e.id, "Terms changed for a placement that is not there.");
            return;
        };
        p.address_confidential = address_confidential.unwrap_or(p.address_confidential);
        if placement_type.is_some() || basis.is_some() {
            let from = e.happened_on.max(p.start);
            let terms = PlacementTerms {
                from,
                code: placement_type.clone().unwrap_or_else(|| p.code_on(from).clone()),
                basis: basis.clone().or_else(|| p.basis_on(from).cloned()),
            };
            p.changes.push(terms);
        }
        let long_term = placement_type.as_deref().map(is_long_term).filter(|long_term| *long_term);
        self.set(SpellKind::ToEighteen, to_eighteen.or(long_term), e);
        self.set(SpellKind::LongTermFostering, long_term_fostering.or(long_term), e);
        self.set(SpellKind::FewerVisitsAgreed, *fewer_visits_agreed, e);
    }

    pub(super) fn placement_ended(&mut self, e: &Entry, reason: Option<&SmolStr>) {
        match self.t.placements.last_mut() {
            // Ended the same day by the end of care: this entry says why.
            Some(p) if p.end.is_none_or(|end| end == e.happened_on) => p.end_reason = reason.cloned(),
            _ => self.problem(e.id, "A home ended that had not started."),
        }
        self.end_placement(e.happened_on);
    }
}

//! Chronology in, timeline out. Depends only on the set of entries, never on the order they are given in.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::check::{Problem, Severity};
use crate::timeline::{
    Happening, Identity, LegalStatus, Membership, MissingEpisode, PeriodOfCare, Placement, Spell, SpellKind,
    Subject, Timeline, birthday,
};
use crate::{Chronology, Entry, EntryId, Event};

impl Timeline {
    /// The timeline as known at an instant (`None`: everything recorded).
    pub fn fold(chronology: &Chronology, known_at: Option<Timestamp>) -> Self {
        let standing = chronology.standing(known_at);
        let mut fold = Fold { t: empty(chronology), unknown_death: None };
        for entry in &standing {
            fold.entry(entry);
        }
        fold.finish()
    }
}

fn empty(chronology: &Chronology) -> Timeline {
    Timeline {
        child: chronology.child,
        subject: Subject::Child,
        born: None,
        died: None,
        identity: Identity::default(),
        care: Vec::new(),
        statuses: Vec::new(),
        placements: Vec::new(),
        circle: Vec::new(),
        missing: Vec::new(),
        spells: Vec::new(),
        happenings: Vec::new(),
        problems: Vec::new(),
    }
}

struct Fold {
    t: Timeline,
    unknown_death: Option<EntryId>,
}

impl Fold {
    fn problem(&mut self, entry: EntryId, message: &str) {
        self.t.problems.push(Problem { entry, severity: Severity::Doubtful, message: message.to_owned() });
    }

    fn start(&mut self, kind: SpellKind, e: &Entry) {
        if !self.t.spells.iter().any(|s| s.kind == kind && s.end.is_none()) {
            self.t.spells.push(Spell { kind, entry: e.id, start: e.happened_on, end: None });
        }
    }

    fn stop(&mut self, kind: SpellKind, on: Date) {
        for s in self.t.spells.iter_mut().filter(|s| s.kind == kind && s.end.is_none()) {
            s.end = Some(on.max(s.start));
        }
    }

    fn set(&mut self, kind: SpellKind, holds: Option<bool>, e: &Entry) {
        match holds {
            Some(true) => self.start(kind, e),
            Some(false) => self.stop(kind, e.happened_on),
            None => {}
        }
    }

    fn end_placement(&mut self, on: Date) {
        if let Some(p) = self.t.placements.last_mut()
            && p.end.is_none()
        {
            p.end = Some(on.max(p.start));
        }
        for kind in [SpellKind::LongTermFostering, SpellKind::FewerVisitsAgreed, SpellKind::ToEighteen] {
            self.stop(kind, on);
        }
    }

    fn end_status(&mut self, on: Date) {
        if let Some(s) = self.t.statuses.last_mut()
            && s.end.is_none()
        {
            s.end = Some(on.max(s.start));
        }
    }

    fn status(&mut self, e: &Entry, code: &smol_str::SmolStr, expires_on: Option<Date>) {
        self.end_status(e.happened_on);
        self.t.statuses.push(LegalStatus {
            entry: e.id,
            code: code.clone(),
            start: e.happened_on,
            end: None,
            expires_on,
        });
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each kind that changes the timeline; the rest only happen"
    )]
    fn entry(&mut self, e: &Entry) {
        let on = e.happened_on;
        self.t.happenings.push(Happening {
            entry: e.id,
            kind: e.event.kind(),
            on,
            at: e.happened_at,
            sensitivity: e.sensitivity,
            facts: e.event.facts(),
        });
        match &e.event {
            Event::ChildRegistered { .. } | Event::IdentityChanged { .. } => self.identity(e),
            Event::CarerRegistered { name, .. } => {
                self.t.subject = Subject::Carer;
                self.t.identity.family_name.clone_from(name);
            }
            Event::HomeRegistered { name, urn } => {
                self.t.subject = Subject::Home;
                self.t.identity.family_name.clone_from(name);
                self.t.identity.local_id = urn.as_deref().map(Into::into);
            }
            Event::Died { .. } => {
                self.t.died = Some(on);
                self.unknown_death = Some(e.id);
            }
            Event::AsylumStatus { unaccompanied, trafficked, ends_on } => {
                self.set(SpellKind::Unaccompanied, Some(*unaccompanied), e);
                self.set(SpellKind::Trafficked, *trafficked, e);
                if let (true, Some(end)) = (*unaccompanied, *ends_on) {
                    self.stop(SpellKind::Unaccompanied, end);
                }
            }
            Event::CareStarted { legal_status, category_of_need, planned, .. } => {
                if self.t.care.last().is_some_and(|p| p.end.is_none()) {
                    self.problem(e.id, "Came into care again without having stopped being looked after.");
                    let category = category_of_need.clone();
                    if let (Some(p), Some(c)) = (self.t.care.last_mut(), category) {
                        p.category_of_need.get_or_insert(c);
                    }
                } else {
                    self.t.care.push(PeriodOfCare {
                        entry: e.id,
                        start: on,
                        end: None,
                        end_reason: None,
                        category_of_need: category_of_need.clone(),
                        planned: *planned,
                    });
                }
                self.status(e, legal_status, None);
            }
            Event::LegalStatusChanged { legal_status, expires_on } => {
                self.status(e, legal_status, *expires_on)
            }
            Event::CareCeased { reason, .. } => {
                match self.t.care.last_mut() {
                    Some(p) if p.end.is_none() => {
                        p.end = Some(on);
                        p.end_reason = Some(reason.clone());
                    }
                    _ => self.problem(e.id, "Stopped being looked after without being looked after."),
                }
                self.end_status(on);
                self.end_placement(on);
            }
            Event::ProceedingsIssued { .. } => self.start(SpellKind::Proceedings, e),
            Event::ProceedingsEnded { .. } => self.stop(SpellKind::Proceedings, on),
            Event::LibertyOrderStarted { .. } => self.start(SpellKind::LibertyOrder, e),
            Event::LibertyOrderEnded { .. } => self.stop(SpellKind::LibertyOrder, on),
            Event::AdoptionDecided { .. } => self.start(SpellKind::AdoptionPlan, e),
            Event::AdoptionDecisionReversed { .. } => self.stop(SpellKind::AdoptionPlan, on),
            Event::PlacementStarted { .. } => self.placement(e),
            Event::PlacementTermsChanged {
                to_eighteen,
                long_term_fostering,
                fewer_visits_agreed,
                address_confidential,
                placement_type,
                basis,
            } => {
                self.set(SpellKind::ToEighteen, *to_eighteen, e);
                self.set(SpellKind::LongTermFostering, *long_term_fostering, e);
                self.set(SpellKind::FewerVisitsAgreed, *fewer_visits_agreed, e);
                let open = self.t.placements.last_mut().filter(|p| p.end.is_none());
                if let Some(p) = open {
                    p.address_confidential = address_confidential.unwrap_or(p.address_confidential);
                    if let Some(code) = placement_type {
                        p.code = code.clone();
                    }
                    if basis.is_some() {
                        p.basis.clone_from(basis);
                    }
                } else {
                    self.problem(e.id, "Terms changed for a placement that is not there.");
                }
            }
            Event::PlacementEnded { reason, .. } => {
                match self.t.placements.last_mut() {
                    Some(p) if p.end.is_none() || p.end == Some(on) => p.end_reason.clone_from(reason),
                    _ => self.problem(e.id, "A home ended that had not started."),
                }
                self.end_placement(on);
            }
            Event::CircleJoined { .. } | Event::CircleLeft { .. } => self.circle(e),
            Event::WentMissing { category } => self.t.missing.push(MissingEpisode {
                entry: e.id,
                category: category.clone(),
                start: on,
                start_at: e.happened_at,
                end: None,
                end_at: None,
            }),
            Event::Found { .. } => {
                let open = self.t.missing.iter_mut().rev().find(|m| m.end.is_none());
                if let Some(m) = open {
                    m.end = Some(on.max(m.start));
                    m.end_at = e.happened_at;
                } else {
                    self.problem(e.id, "Came back without having been missing.");
                }
            }
            Event::Restricted { .. } => self.start(SpellKind::Restricted, e),
            Event::RestrictionLifted { .. } => self.stop(SpellKind::Restricted, on),
            Event::LeaverMoved { provided_by_authority, .. } => {
                // A new address is a new stay, even when the authority provides both.
                self.stop(SpellKind::AuthorityAccommodation, on);
                self.set(SpellKind::AuthorityAccommodation, *provided_by_authority, e);
            }
            _ => {}
        }
    }

    fn identity(&mut self, e: &Entry) {
        match &e.event {
            Event::ChildRegistered {
                given_name,
                family_name,
                date_of_birth,
                known_as,
                sex,
                ethnicity,
                nhs_number,
                upn,
                local_id,
                first_language,
                disabled,
            } => {
                let id = &mut self.t.identity;
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
                self.t.born = Some(*date_of_birth);
                self.set(SpellKind::Disabled, *disabled, e);
            }
            Event::IdentityChanged {
                given_name,
                family_name,
                date_of_birth,
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
                let id = &mut self.t.identity;
                let old = format!("{} {}", id.given_name, id.family_name);
                let renamed = given_name.is_some() || family_name.is_some();
                update(&mut id.given_name, given_name);
                update(&mut id.family_name, family_name);
                if renamed && !id.also_known_as.contains(&old) {
                    id.also_known_as.push(old);
                }
                id.also_known_as.extend(also_known_as.clone());
                replace(&mut id.known_as, known_as);
                replace(&mut id.sex, sex);
                replace(&mut id.ethnicity, ethnicity);
                replace(&mut id.nhs_number, &nhs_number.as_deref().map(Into::into));
                replace(&mut id.upn, &upn.as_deref().map(Into::into));
                replace(&mut id.local_id, &local_id.as_deref().map(Into::into));
                replace(&mut id.first_language, first_language);
                replace(&mut id.religion, religion);
                replace(&mut id.disabled, disabled);
                self.t.born = date_of_birth.or(self.t.born);
                self.set(SpellKind::Disabled, *disabled, e);
            }
            _ => {}
        }
    }

    fn placement(&mut self, e: &Entry) {
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
        } = &e.event
        else {
            return;
        };
        self.end_placement(e.happened_on);
        let address = match (address, postcode) {
            (Some(a), Some(p)) => Some(format!("{a}\n{p}")),
            (a, p) => a.clone().or_else(|| p.clone()),
        };
        self.t.placements.push(Placement {
            entry: e.id,
            code: placement_type.clone(),
            start: e.happened_on,
            end: None,
            end_reason: None,
            provider: provider.clone(),
            carer: *carer,
            carer_name: carer_name.clone(),
            location: location.clone(),
            basis: basis.clone(),
            planned: *planned,
            ks4_disrupted: *ks4_disrupted,
            same_carer: same_carer.unwrap_or(false),
            address_confidential: address_confidential.unwrap_or(false),
            address,
            urn: urn.as_deref().map(Into::into),
        });
        // The long-term foster codes U1 and U4 say the same as the three conditions do.
        let long_term = matches!(placement_type.as_str(), "U1" | "U4");
        self.set(SpellKind::LongTermFostering, long_term.then_some(true), e);
        self.set(SpellKind::ToEighteen, to_eighteen.or(long_term.then_some(true)), e);
    }

    fn circle(&mut self, e: &Entry) {
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
                        m.end = Some(e.happened_on.max(m.start));
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
                    start: e.happened_on,
                    end: None,
                });
            }
            Event::CircleLeft { role, person, name, worker_id } => {
                let found = self.t.circle.iter_mut().rev().find(|m| {
                    m.end.is_none()
                        && m.role == *role
                        && (person.is_none() || m.person == *person)
                        && (name.is_none() || m.name == *name)
                        && (worker_id.is_none() || m.worker_id.as_deref() == worker_id.as_deref())
                });
                if let Some(m) = found {
                    m.end = Some(e.happened_on.max(m.start));
                } else {
                    // A key worker relieved by the next one has already left.
                    let relieved =
                        self.t.circle.iter().any(|m| m.role == *role && m.end == Some(e.happened_on));
                    if !relieved {
                        self.problem(e.id, "Somebody left the circle who was not in it.");
                    }
                }
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Timeline {
        let eighteen = self.t.born.and_then(|born| birthday(born, 18));
        let last_day = match (eighteen, self.t.died) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        if let Some(limit) = last_day
            && self.t.care.last().is_some_and(|p| p.end.is_none_or(|end| end > limit))
        {
            if let Some(p) = self.t.care.last_mut()
                && p.start < limit
            {
                p.end = Some(limit);
            }
            for s in
                self.t.statuses.iter_mut().filter(|s| s.start < limit && s.end.is_none_or(|end| end > limit))
            {
                s.end = Some(limit);
            }
            for p in self
                .t
                .placements
                .iter_mut()
                .filter(|p| p.start < limit && p.end.is_none_or(|end| end > limit))
            {
                p.end = Some(limit);
            }
            for s in &mut self.t.spells {
                let placement = matches!(
                    s.kind,
                    SpellKind::LongTermFostering | SpellKind::FewerVisitsAgreed | SpellKind::ToEighteen
                );
                if placement && s.end.is_none() && s.start <= limit {
                    s.end = Some(limit);
                }
            }
        }
        self.t.circle.sort_by_key(|m| (m.start, m.entry));
        self.t.spells.sort_by_key(|s| (s.start, s.entry, s.kind as u8));
        self.t.problems.sort_by_key(|p| p.entry);
        self.t
    }
}

fn update(to: &mut String, from: &Option<String>) {
    if let Some(from) = from {
        to.clone_from(from);
    }
}

fn replace<T: Clone>(to: &mut Option<T>, from: &Option<T>) {
    if from.is_some() {
        to.clone_from(from);
    }
}

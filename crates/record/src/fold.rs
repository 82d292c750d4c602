//! Chronology in, timeline out. Depends only on the set of entries, never on the order they are given in.
//!
//! Entries are taken day by day. Within a day `day.rs` puts them in the order they must have happened; `home.rs`
//! follows placements and `people.rs` the child's details and circle.

mod day;
mod home;
mod people;

use jiff::Timestamp;
use jiff::civil::Date;
use smol_str::SmolStr;

use crate::check::{Problem, Severity};
use crate::timeline::{
    Happening, Identity, LegalStatus, MissingEpisode, PeriodOfCare, Spell, SpellKind, Subject, Timeline,
    birthday,
};
use crate::{ChildId, Chronology, Entry, EntryId, Event};

impl Timeline {
    /// The timeline as known at an instant (`None`: everything recorded).
    pub fn fold(chronology: &Chronology, known_at: Option<Timestamp>) -> Self {
        let mut standing = chronology.standing(known_at);
        let mut fold = Fold::new(chronology.child, &standing);
        for day in standing.chunk_by_mut(|a, b| a.happened_on == b.happened_on) {
            fold.day(day);
        }
        fold.finish()
    }
}

struct Fold {
    t: Timeline,
    /// The eighteenth birthday, or the day of death when that is earlier: nobody is looked after from then on. Known
    /// before the first entry is read, because a date of birth may be put right by a later one.
    limit: Option<Date>,
    /// Whether what the limit ends has been ended.
    past_limit: bool,
}

impl Fold {
    fn new(child: ChildId, standing: &[&Entry]) -> Self {
        let mut born = None;
        let mut died = None;
        for e in standing {
            match &e.event {
                Event::ChildRegistered { date_of_birth, .. } => born = Some(*date_of_birth),
                Event::IdentityChanged { date_of_birth: Some(date), .. } => born = Some(*date),
                Event::Died { .. } => died = Some(e.happened_on),
                _ => {}
            }
        }
        let eighteen = born.and_then(|born| birthday(born, 18));
        let limit = match (eighteen, died) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let t = Timeline {
            child,
            subject: Subject::Child,
            born,
            died,
            identity: Identity::default(),
            care: Vec::new(),
            statuses: Vec::new(),
            placements: Vec::new(),
            circle: Vec::new(),
            missing: Vec::new(),
            spells: Vec::new(),
            happenings: Vec::with_capacity(standing.len()),
            problems: Vec::new(),
        };
        Self { t, limit, past_limit: false }
    }

    fn day(&mut self, day: &mut [&Entry]) {
        if let Some(first) = day.first()
            && self.limit.is_some_and(|limit| limit < first.happened_on)
        {
            self.pass_limit();
        }
        day::order(day, &self.t);
        for entry in day {
            self.entry(entry);
        }
    }

    fn problem(&mut self, entry: EntryId, message: &str) {
        self.t.problems.push(Problem { entry, severity: Severity::Doubtful, message: message.to_owned() });
    }

    /// Opens a spell, unless one of its kind holds already: that one then holds on, whatever end was announced.
    fn start(&mut self, kind: SpellKind, e: &Entry) {
        let on = e.happened_on;
        match self.t.spells.iter_mut().rev().find(|s| s.kind == kind) {
            Some(s) if s.end.is_none_or(|end| end > on) => s.end = None,
            _ => self.t.spells.push(Spell { kind, entry: e.id, start: on, end: None }),
        }
    }

    fn stop(&mut self, kind: SpellKind, on: Date) {
        for s in self.t.spells.iter_mut().filter(|s| s.kind == kind && s.end.is_none_or(|end| end > on)) {
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

    fn in_care(&self) -> bool {
        self.t.care.last().is_some_and(|p| p.end.is_none())
    }

    fn end_status(&mut self, on: Date) {
        if let Some(s) = self.t.statuses.last_mut()
            && s.end.is_none()
        {
            s.end = Some(on.max(s.start));
        }
    }

    fn status(&mut self, e: &Entry, code: &SmolStr, expires_on: Option<Date>) {
        self.end_status(e.happened_on);
        self.t.statuses.push(LegalStatus {
            entry: e.id,
            code: code.clone(),
            start: e.happened_on,
            end: None,
            expires_on,
        });
    }

    fn entry(&mut self, e: &Entry) {
        let on = e.happened_on;
        self.t.happenings.push(Happening {
            entry: e.id,
            kind: e.event.kind(),
            on,
            at: e.happened_at,
            sensitivity: e.sensitivity,
            facts: e.event.facts().into_iter().collect(),
        });
        match &e.event {
            Event::ChildRegistered { .. } | Event::IdentityChanged { .. } => self.identity(e),
            Event::CarerRegistered { .. } | Event::HomeRegistered { .. } => self.household(e),
            Event::AsylumStatus { unaccompanied, trafficked, ends_on } => {
                self.set(SpellKind::Unaccompanied, Some(*unaccompanied), e);
                self.set(SpellKind::Trafficked, *trafficked, e);
                if let (true, Some(end)) = (*unaccompanied, *ends_on) {
                    self.stop(SpellKind::Unaccompanied, end);
                }
            }
            Event::CareStarted { .. } => self.care_started(e),
            Event::LegalStatusChanged { legal_status, expires_on } => {
                if self.in_care() {
                    self.status(e, legal_status, *expires_on);
                } else {
                    self.problem(e.id, "The legal status changed while the child was not looked after.");
                }
            }
            Event::CareCeased { reason, .. } => self.care_ceased(e, reason),
            Event::ProceedingsIssued { .. } => self.start(SpellKind::Proceedings, e),
            Event::ProceedingsEnded { .. } => self.stop(SpellKind::Proceedings, on),
            Event::LibertyOrderStarted { .. } => self.start(SpellKind::LibertyOrder, e),
            Event::LibertyOrderEnded { .. } => self.stop(SpellKind::LibertyOrder, on),
            Event::AdoptionDecided { .. } => self.start(SpellKind::AdoptionPlan, e),
            Event::AdoptionDecisionReversed { .. } => self.stop(SpellKind::AdoptionPlan, on),
            Event::PlacementStarted { .. } => self.placement_started(e),
            Event::PlacementTermsChanged { .. } => self.placement_terms(e),
            Event::PlacementEnded { reason, .. } => self.placement_ended(e, reason.as_ref()),
            Event::CircleJoined { .. } | Event::CircleLeft { .. } => self.circle(e),
            Event::WentMissing { category } => self.went_missing(e, category),
            Event::Found { .. } => self.found(e),
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

    fn care_started(&mut self, e: &Entry) {
        let Event::CareStarted { legal_status, category_of_need, planned, .. } = &e.event else { return };
        let on = e.happened_on;
        let too_late = self.limit.is_some_and(|limit| limit <= on);
        if too_late {
            self.problem(e.id, "Came into care on or after the eighteenth birthday, or after death.");
        }
        if self.in_care() {
            self.problem(e.id, "Came into care again without having stopped being looked after.");
            if let (Some(p), Some(c)) = (self.t.care.last_mut(), category_of_need.clone()) {
                p.category_of_need.get_or_insert(c);
            }
        } else {
            self.t.care.push(PeriodOfCare {
                entry: e.id,
                start: on,
                // Shown, because it was recorded, but it covers no day.
                end: too_late.then_some(on),
                end_reason: None,
                category_of_need: category_of_need.clone(),
                planned: *planned,
            });
        }
        if !too_late {
            self.status(e, legal_status, None);
        }
    }

    fn care_ceased(&mut self, e: &Entry, reason: &SmolStr) {
        let on = e.happened_on;
        match self.t.care.last_mut() {
            Some(p) if p.end.is_none() => {
                p.end = Some(on);
                p.end_reason = Some(reason.clone());
            }
            // The birthday ended it already; the entry, dated later, says why.
            Some(p) if self.past_limit && p.end == self.limit && p.end_reason.is_none() => {
                p.end_reason = Some(reason.clone());
                return;
            }
            _ => {
                self.problem(e.id, "Stopped being looked after without being looked after.");
                return;
            }
        }
        self.end_status(on);
        self.end_placement(on);
        self.stop(SpellKind::AdoptionPlan, on);
    }

    fn went_missing(&mut self, e: &Entry, category: &SmolStr) {
        let open = self.t.missing.last_mut().filter(|m| m.end.is_none());
        if let Some(m) = open {
            if m.category == *category {
                self.problem(e.id, "Went missing again without having come back.");
                return;
            }
            // Away became missing, or the other way round: the return counts each as its own.
            m.end = Some(e.happened_on);
            m.end_at = e.happened_at;
        }
        self.t.missing.push(MissingEpisode {
            entry: e.id,
            category: category.clone(),
            start: e.happened_on,
            start_at: e.happened_at,
            end: None,
            end_at: None,
        });
    }

    fn found(&mut self, e: &Entry) {
        if let Some(m) = self.t.missing.last_mut().filter(|m| m.end.is_none()) {
            m.end = Some(e.happened_on);
            m.end_at = e.happened_at;
        } else {
            self.problem(e.id, "Came back without having been missing.");
        }
    }

    /// Ends what ends at the eighteenth birthday or at death. A home that starts that very day is where the young
    /// person lives as a care leaver, and stays.
    fn pass_limit(&mut self) {
        let Some(limit) = self.limit.filter(|_| !self.past_limit) else { return };
        self.past_limit = true;
        if let Some(p) = self.t.care.last_mut()
            && p.end.is_none()
        {
            p.end = Some(limit.max(p.start));
        }
        self.end_status(limit);
        if self.t.placements.last().is_some_and(|p| p.start < limit) {
            self.end_placement(limit);
        }
        self.stop(SpellKind::AdoptionPlan, limit);
        self.stop(SpellKind::Unaccompanied, limit);
    }

    fn finish(mut self) -> Timeline {
        self.pass_limit();
        if let Some(died) = self.t.died {
            if let Some(p) = self.t.placements.last_mut()
                && p.end.is_none()
            {
                p.end = Some(died.max(p.start));
            }
            if let Some(m) = self.t.missing.last_mut()
                && m.end.is_none()
            {
                m.end = Some(died.max(m.start));
            }
            for s in self.t.spells.iter_mut().filter(|s| s.end.is_none_or(|end| end > died)) {
                // Who may read the record does not change with death.
                if s.kind != SpellKind::Restricted {
                    s.end = Some(died.max(s.start));
                }
            }
        }
        self.t.circle.sort_by_key(|m| (m.start, m.entry));
        self.t.spells.sort_by_key(|s| (s.start, s.entry, s.kind as u8));
        self.t.problems.sort_by_key(|p| p.entry);
        self.t
    }
}

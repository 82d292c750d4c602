//! One child's history, and the year that is cut from it.

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_record::{Chronology, Entry, EntryId, Event, EventKind, Subject, Timeline};

use super::ProduceOptions;

/// A collection year, first and last day, and the day the return speaks of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) year: i16,
    /// 1 April.
    pub(super) start: Date,
    /// 31 March, or today while the year runs. Nothing later has happened as far as the return goes.
    pub(super) as_of: Date,
}

impl Window {
    /// `None` when the year is no year, or has not begun.
    pub(super) fn of(options: &ProduceOptions) -> Option<Self> {
        let start = Date::new(options.year.checked_sub(1)?, 4, 1).ok()?;
        let as_of = Date::new(options.year, 3, 31).ok()?.min(options.today);
        (start <= as_of).then_some(Self { year: options.year, start, as_of })
    }

    /// Whether something that holds from one day to another touches the year. What ended on the first day does.
    pub(super) fn touches(&self, start: Date, end: Option<Date>) -> bool {
        start <= self.as_of && end.is_none_or(|end| end >= self.start)
    }

    /// An end, unless the return does not know of it yet.
    pub(super) fn cut(&self, end: Option<Date>) -> Option<Date> {
        end.filter(|end| *end <= self.as_of)
    }

    pub(super) fn holds(&self, day: Date) -> bool {
        self.start <= day && day <= self.as_of
    }
}

/// A child as the return sees them.
pub(super) struct Child<'a> {
    pub(super) window: Window,
    pub(super) t: Timeline,
    /// The entries that stand, by day.
    pub(super) standing: Vec<&'a Entry>,
}

impl<'a> Child<'a> {
    /// `None` when the chronology is a carer's or a home's.
    pub(super) fn read(
        chronology: &'a Chronology,
        window: Window,
        known_at: Option<Timestamp>,
    ) -> Option<Self> {
        let mut standing = chronology.standing(known_at);
        standing.retain(|e| matters(&e.event));
        // Most of what is recorded about a child (visits, notes, steps) does not concern the return, and to fold it
        // would take most of the time. What stands is settled, so nothing that is left replaces anything.
        let folded = standing.iter().filter(|e| is_folded(&e.event));
        let folded =
            folded.map(|e| Entry { replaces: None, source: None, about: Vec::new(), ..(*e).clone() });
        let t = Timeline::fold(&Chronology::new(chronology.child, folded.collect()).ok()?, None);
        if t.subject != Subject::Child {
            return None;
        }
        Some(Self { window, t, standing })
    }

    /// The entries of one day.
    pub(super) fn on(&self, day: Date) -> &[&'a Entry] {
        let from = self.standing.partition_point(|e| e.happened_on < day);
        let to = self.standing.partition_point(|e| e.happened_on <= day);
        self.standing.get(from..to).unwrap_or_default()
    }

    /// The entries in the year, up to the day the return speaks of.
    pub(super) fn in_year(&self) -> &[&'a Entry] {
        let from = self.standing.partition_point(|e| e.happened_on < self.window.start);
        let to = self.standing.partition_point(|e| e.happened_on <= self.window.as_of);
        self.standing.get(from..to).unwrap_or_default()
    }

    /// The entries of any time up to the day the return speaks of, newest first.
    pub(super) fn backwards(&self) -> impl Iterator<Item = &'a Entry> {
        let to = self.standing.partition_point(|e| e.happened_on <= self.window.as_of);
        self.standing.iter().take(to).rev().copied()
    }

    pub(super) fn entry(&self, id: EntryId) -> Option<&'a Entry> {
        self.standing.iter().find(|e| e.id == id).copied()
    }

    /// The entries of these kinds on one day.
    pub(super) fn of_kinds(&self, day: Date, kinds: &[EventKind]) -> impl Iterator<Item = EntryId> {
        self.on(day).iter().filter(|e| kinds.contains(&e.event.kind())).map(|e| e.id)
    }

    /// Whether the child is looked after when the day the return speaks of ends: 31 March.
    pub(super) fn in_care_at_end(&self) -> bool {
        let at = self.window.as_of;
        self.t.care_on(at).is_some()
    }

    /// Whether the status on a day is an agreed series of short breaks.
    pub(super) fn short_break_on(&self, day: Date) -> bool {
        self.t.status_on(day).is_some_and(|s| is_short_break(&s.code))
    }
}

/// Whether the return is made of events of this kind.
fn matters(event: &Event) -> bool {
    is_folded(event)
        || matches!(
            event.kind(),
            EventKind::AsylumStatus
                | EventKind::BecameMother
                | EventKind::AdoptersMatched
                | EventKind::PreviousPermanence
                | EventKind::ReviewHeld
                | EventKind::HealthAssessment
                | EventKind::DentalCheck
                | EventKind::ImmunisationStatus
                | EventKind::DevelopmentCheck
                | EventKind::Sdq
                | EventKind::SubstanceMisuse
                | EventKind::Conviction
                | EventKind::LeaverContact
        )
}

/// Whether it takes part in what is read off the timeline: who the child is, care, homes, the circle's social workers,
/// times missing, orders and decisions.
fn is_folded(event: &Event) -> bool {
    match event {
        Event::CircleJoined { role, key_worker, .. } => role == "social_worker" || *key_worker == Some(true),
        Event::CircleLeft { role, .. } => role == "social_worker",
        _ => matches!(
            event.kind(),
            EventKind::ChildRegistered
                | EventKind::CarerRegistered
                | EventKind::HomeRegistered
                | EventKind::IdentityChanged
                | EventKind::Died
                | EventKind::CareStarted
                | EventKind::LegalStatusChanged
                | EventKind::CareCeased
                | EventKind::PlacementStarted
                | EventKind::PlacementTermsChanged
                | EventKind::PlacementEnded
                | EventKind::AdoptionDecided
                | EventKind::AdoptionDecisionReversed
                | EventKind::LibertyOrderStarted
                | EventKind::LibertyOrderEnded
                | EventKind::WentMissing
                | EventKind::Found
        ),
    }
}

/// An agreed series of short-term breaks: most of the return does not ask about those children.
pub(super) fn is_short_break(legal_status: &str) -> bool {
    matches!(legal_status, "V3" | "V4")
}

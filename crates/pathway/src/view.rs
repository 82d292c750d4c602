//! A timeline as it was on a day, with its events indexed by kind.
//!
//! What lies after the day is not known on it: later events are left out, and a spell whose end is later still runs.

use std::cell::Cell;

use jiff::civil::Date;
use kinfold_guidance::{EventFilter, Test};
use kinfold_record::{
    EntryId, EventKind, Happening, LegalStatus, MissingEpisode, PeriodOfCare, Placement, Spell, Timeline,
};

use crate::category::Categories;
use crate::gate::Holds;
use crate::homes::Homes;
use crate::matchers::Bits;
use crate::rules::Rules;

const KINDS: usize = EventKind::ALL.len();

/// See the module.
pub(crate) struct View<'a> {
    pub rules: &'a Rules,
    pub t: &'a Timeline,
    pub on: Date,
    pub events: &'a [Happening],
    pub care: &'a [PeriodOfCare],
    pub statuses: &'a [LegalStatus],
    pub placements: &'a [Placement],
    /// Which placements go on with the one before.
    pub homes: Homes,
    pub missing: &'a [MissingEpisode],
    pub spells: &'a [Spell],
    /// Day of death, if it was on or before the day.
    pub died: Option<Date>,
    /// Whether any stretch of the record is under the short-break regime: mostly not, which saves looking.
    pub short_breaks: bool,
    pub categories: Categories,
    /// Positions of events, grouped by kind, in the order of events.
    order: Vec<u32>,
    heads: [u32; KINDS + 1],
    /// Which filters of the rules each event fits, by position.
    fit: Vec<Bits>,
    /// What the record holds: which filters some event fits, and more.
    pub held: Holds,
    /// The day last asked for in [`View::placement_at`], and the answer.
    last_placement: Cell<Option<(Date, Option<usize>)>>,
}

impl<'a> View<'a> {
    pub fn new(rules: &'a Rules, t: &'a Timeline, on: Date) -> Self {
        let events = upto(&t.happenings, |h| h.on <= on);
        let mut heads = [0u32; KINDS + 1];
        for h in events {
            if let Some(count) = heads.get_mut(h.kind as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for head in &mut heads {
            sum += *head;
            *head = sum;
        }
        let mut place = heads;
        let mut order = vec![0u32; events.len()];
        for (i, h) in (0u32..).zip(events) {
            if let Some(at) = place.get_mut(h.kind as usize) {
                if let Some(slot) = order.get_mut(*at as usize) {
                    *slot = i;
                }
                *at += 1;
            }
        }
        let statuses = upto(&t.statuses, |s| s.start <= on);
        let placements = upto(&t.placements, |p| p.start <= on);
        let short_breaks = statuses.iter().any(|s| is_short_break_status(&s.code))
            || placements.iter().any(|p| {
                p.basis.as_deref() == Some("short_break")
                    || p.changes.iter().any(|c| c.basis.as_deref() == Some("short_break"))
            });
        let mut view = Self {
            rules,
            t,
            on,
            events,
            care: upto(&t.care, |p| p.start <= on),
            statuses,
            placements,
            homes: Homes::of(placements),
            missing: upto(&t.missing, |m| m.start <= on),
            spells: upto(&t.spells, |s| s.start <= on),
            died: t.died.filter(|d| *d <= on),
            short_breaks,
            categories: Categories::default(),
            order,
            heads,
            fit: Vec::new(),
            held: [0; _],
            last_placement: Cell::new(None),
        };
        view.fit =
            (0u32..).zip(events).map(|(i, h)| rules.matchers.of(h, |test| view.passes(test, i, h))).collect();
        for (h, bits) in events.iter().zip(&view.fit) {
            if let Some(some) = view.held.get_mut(h.kind as usize) {
                *some |= bits;
            }
        }
        view.categories = Categories::of(&view);
        let things = rules.gates.things(&view);
        view.held.iter_mut().skip(KINDS).zip(things).for_each(|(word, bits)| *word = bits);
        view
    }

    /// An end as known on the day.
    pub fn end(&self, end: Option<Date>) -> Option<Date> {
        end.filter(|e| *e <= self.on)
    }

    /// Whether a spell holds on a day, as known on the day of the view.
    pub fn covers(&self, start: Date, end: Option<Date>, day: Date) -> bool {
        start <= day && self.end(end).is_none_or(|end| day < end)
    }

    pub fn care_on(&self, day: Date) -> Option<&'a PeriodOfCare> {
        self.care.iter().rev().find(|p| self.covers(p.start, p.end, day))
    }

    pub fn status_on(&self, day: Date) -> Option<&'a LegalStatus> {
        self.statuses.iter().rev().find(|s| self.covers(s.start, s.end, day))
    }

    /// Position of the placement on a day. A condition asks for the same day again and again.
    pub fn placement_at(&self, day: Date) -> Option<usize> {
        if let Some((asked, at)) = self.last_placement.get()
            && asked == day
        {
            return at;
        }
        let at = self.placements.iter().rposition(|p| self.covers(p.start, p.end, day));
        self.last_placement.set(Some((day, at)));
        at
    }

    /// The home of a day: while the child is away from it for a time, the one they are away from.
    pub fn home_on(&self, day: Date) -> Option<&'a Placement> {
        self.placement_at(day).and_then(|i| self.homes.home(self.placements, i))
    }

    pub fn placement_on(&self, day: Date) -> Option<&'a Placement> {
        self.placement_at(day).and_then(|i| self.placements.get(i))
    }

    /// Whether the short-break regime holds on a day.
    pub fn short_break_on(&self, day: Date) -> bool {
        self.short_breaks
            && (self.status_on(day).is_some_and(|s| is_short_break_status(&s.code))
                || self.placement_on(day).and_then(|p| p.basis_on(day)).is_some_and(|b| b == "short_break"))
    }

    /// Positions of the events of a kind, in order.
    pub fn of_kind(&self, kind: EventKind) -> &[u32] {
        let from = self.heads.get(kind as usize).copied().unwrap_or(0) as usize;
        let to = self.heads.get(kind as usize + 1).copied().unwrap_or(0) as usize;
        self.order.get(from..to).unwrap_or(&[])
    }

    pub fn event(&self, at: u32) -> Option<&'a Happening> {
        self.events.get(at as usize)
    }

    /// The events that fit a filter, with their positions, in order.
    pub fn fitting<'s>(
        &'s self,
        filter: &'s EventFilter,
    ) -> impl DoubleEndedIterator<Item = (u32, &'a Happening)> + 's {
        self.fitting_where(filter, |_, _| true)
    }

    /// As [`Self::fitting`], of those that `counts` says count.
    pub fn fitting_where<'s>(
        &'s self,
        filter: &'s EventFilter,
        counts: impl Fn(u32, &Happening) -> bool + 's,
    ) -> impl DoubleEndedIterator<Item = (u32, &'a Happening)> + 's {
        self.of_kind(filter.event)
            .iter()
            .filter_map(|i| Some((*i, self.event(*i)?)))
            .filter(move |(i, h)| self.fits(filter, *i, h) && counts(*i, h))
    }

    /// Whether an event of the filter's kind, at its position, fits it.
    pub fn fits(&self, filter: &EventFilter, at: u32, h: &Happening) -> bool {
        match (filter.bit, self.fit.get(at as usize)) {
            (Some(bit), Some(bits)) => bits >> bit & 1 == 1,
            _ => filter.tests.iter().all(|test| self.passes(test, at, h)),
        }
    }

    /// Whether some event fits the filter.
    pub fn any_fits(&self, filter: &EventFilter) -> bool {
        match (filter.bit, self.held.get(filter.event as usize)) {
            (Some(bit), Some(bits)) => bits >> bit & 1 == 1,
            _ => !self.of_kind(filter.event).is_empty(),
        }
    }

    fn passes(&self, test: &Test, at: u32, h: &Happening) -> bool {
        match test {
            Test::Rose { field, by, of_same } => self.rose(at, h, *field, *by, of_same),
            test => test.passes(h),
        }
    }

    /// Whether a number is at least this much more than in the last event of its kind that holds it, and the same in
    /// these fields.
    fn rose(&self, at: u32, h: &Happening, field: u8, by: i32, of_same: &[u8]) -> bool {
        let order = self.of_kind(h.kind);
        let earlier = order.get(..order.partition_point(|i| *i < at)).unwrap_or(&[]);
        let before = earlier
            .iter()
            .rev()
            .filter_map(|i| self.event(*i))
            .filter(|e| of_same.iter().all(|f| e.fact(*f) == h.fact(*f)))
            .find_map(|e| e.number(field));
        h.number(field).zip(before).is_some_and(|(now, before)| now - before >= by)
    }

    /// The event an entry became.
    pub fn by_entry(&self, kinds: &[EventKind], entry: EntryId) -> Option<(u32, &'a Happening)> {
        kinds.iter().find_map(|kind| {
            self.of_kind(*kind)
                .iter()
                .filter_map(|i| Some((*i, self.event(*i)?)))
                .find(|(_, h)| h.entry == entry)
        })
    }
}

/// Short breaks under CA89 s.20: single episodes (V3) or an agreement (V4).
pub(crate) fn is_short_break_status(code: &str) -> bool {
    matches!(code, "V3" | "V4")
}

/// The beginning of a list sorted by day.
fn upto<T>(list: &[T], known: impl FnMut(&T) -> bool) -> &[T] {
    list.get(..list.partition_point(known)).unwrap_or(list)
}

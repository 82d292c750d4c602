//! Finding the event that meets or excuses a duty.

use jiff::civil::{Date, Time};
use kinfold_guidance::{LookBack, MetBy};
use kinfold_record::calendar::add_days;
use kinfold_record::{EventKind, Happening};
use smol_str::SmolStr;

use crate::duty::Occurrence;
use crate::view::View;

/// Where a search begins and ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Search {
    /// The day counted from.
    pub from: Date,
    /// Only events after this one: the event counted from.
    pub after: Option<u32>,
    /// The event that started the duty, for `same`.
    pub start_event: Option<u32>,
    /// Last day that counts.
    pub until: Option<Date>,
    /// Looks back 28 days even when the rule does not say so.
    pub before: bool,
    /// Whether looking back is allowed at all: only on the first occasion of a chain.
    pub first: bool,
}

impl View<'_> {
    /// The event that meets any of these.
    pub fn find(&self, any: &[MetBy], search: &Search) -> Option<u32> {
        any.iter().filter_map(|m| self.find_one(m, search)).min()
    }

    fn find_one(&self, m: &MetBy, search: &Search) -> Option<u32> {
        if !self.any_fits(&m.filter) {
            return None;
        }
        let earliest = match m.from_before {
            _ if !search.first => search.from,
            LookBack::Ever => Date::MIN,
            LookBack::By(p) => self.rules.back(search.from, p),
            LookBack::No if search.before => add_days(search.from, -28),
            LookBack::No => search.from,
        };
        let backwards = earliest < search.from;
        let fits = |i: u32, h: &Happening| {
            h.on >= earliest
                && search.until.is_none_or(|until| h.on <= until)
                && search.start_event != Some(i)
                && search.after.is_none_or(|after| i > after || (backwards && i != after))
                && self.same(m, h, search)
        };
        if let Some(every) = &m.every {
            let mut missing: Vec<&SmolStr> = every.codes.iter().collect();
            for (i, h) in self.fitting_where(&m.filter, fits) {
                let named = |code: &SmolStr| {
                    h.facts.iter().any(|(field, value)| {
                        (field == every.field || Some(field) == every.or) && value == code
                    })
                };
                missing.retain(|code| !named(code));
                if missing.is_empty() {
                    return Some(i);
                }
            }
            return None;
        }
        if backwards {
            // The last one before the start counts, or else the first one after.
            let mut found = None;
            for (i, h) in self.fitting_where(&m.filter, fits) {
                if h.on >= search.from && found.is_some() {
                    break;
                }
                found = Some(i);
                if h.on >= search.from {
                    break;
                }
            }
            return found;
        }
        let order = self.of_kind(m.filter.event);
        let skip = match search.after {
            Some(after) => order.partition_point(|i| *i <= after),
            None => order.partition_point(|i| self.event(*i).is_some_and(|h| h.on < earliest)),
        };
        order
            .iter()
            .skip(skip)
            .filter_map(|i| Some((*i, self.event(*i)?)))
            .take_while(|(_, h)| search.until.is_none_or(|until| h.on <= until))
            .find(|(i, h)| self.fits(&m.filter, *i, h) && fits(*i, h))
            .map(|(i, _)| i)
    }

    fn same(&self, m: &MetBy, h: &Happening, search: &Search) -> bool {
        m.same.is_empty()
            || search.start_event.and_then(|i| self.event(i)).is_some_and(|start| {
                m.same.iter().all(|name| h.value(name).is_some() && h.value(name) == start.value(name))
            })
    }

    /// The last of these events on or after `since` and before `until`.
    pub fn last_before(&self, any: &[MetBy], since: Date, until: Date) -> Option<u32> {
        any.iter()
            .filter_map(|m| self.fitting_where(&m.filter, |_, h| since <= h.on && h.on < until).next_back())
            .map(|(i, _)| i)
            .max()
    }

    /// The entry `duty_excused` for this occasion of this rule (or of the rule it supersedes).
    pub fn excused_by_hand(&self, ids: [Option<&SmolStr>; 2], occurrence: Occurrence) -> Option<u32> {
        let order = self.of_kind(EventKind::DutyExcused);
        if order.is_empty() {
            return None;
        }
        order.iter().copied().find(|i| {
            self.event(*i).is_some_and(|h| {
                h.value("rule").is_some_and(|r| ids.iter().flatten().any(|id| *id == r))
                    && h.value("occurrence").and_then(|o| o.parse().ok()) == Some(occurrence)
            })
        })
    }

    /// Whether any occasion of this rule was excused by hand.
    pub fn has_excuse(&self, ids: [Option<&SmolStr>; 2]) -> bool {
        self.of_kind(EventKind::DutyExcused)
            .iter()
            .filter_map(|i| self.event(*i))
            .any(|h| h.value("rule").is_some_and(|r| ids.iter().flatten().any(|id| *id == r)))
    }

    /// The time of day of an event.
    pub fn time_of(&self, i: u32) -> Option<Time> {
        self.event(i).and_then(|h| h.at)
    }
}

//! Which rows a child has in an inspection's lists, and what is asked of its timeline for them. Pure: a timeline that was
//! cut to what its reader may read goes in, cells come out.

use std::collections::HashMap;

use jiff::civil::Date;
use kinfold_access::{Action, ActionSet, CircleRole, Code as _};
use kinfold_guidance::Codes;
use kinfold_guidance::inspection::{Holds, InspectionList};
use kinfold_record::{
    EventKind, Happening, Membership, MissingEpisode, PersonId, Placement, Sensitivity, SpellKind, Timeline,
};

use crate::board::ExportedCell;

/// What stands in a cell whose content its reader may not read.
pub const NOT_SHOWN: &str = "not shown";

/// What a row is about, beside its child.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of<'a> {
    Child,
    Episode(&'a MissingEpisode),
    Review(&'a Happening),
}

/// The last days on which health was looked after, whoever may read what was found: all that whoever makes these lists
/// learns of it (EIA 2006 s.136).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct HealthDays {
    assessment: Option<Date>,
    teeth: Option<Date>,
    questionnaire: Option<Date>,
}

impl HealthDays {
    /// Those of a timeline that was not cut yet. Entries that somebody closed further than health are not among them.
    pub fn of(timeline: &Timeline, today: Date) -> Self {
        let last = |kind: EventKind| {
            let open = |h: &&Happening| {
                let label = kind.read_as(h.sensitivity);
                h.kind == kind
                    && h.on <= today
                    && matches!(label, Sensitivity::Ordinary | Sensitivity::Health)
            };
            timeline.happenings.iter().rev().find(open).map(|h| h.on)
        };
        Self {
            assessment: last(EventKind::HealthAssessment),
            teeth: last(EventKind::DentalCheck),
            questionnaire: last(EventKind::Sdq),
        }
    }

    fn on(self, kind: EventKind) -> Option<Date> {
        match kind {
            EventKind::HealthAssessment => self.assessment,
            EventKind::DentalCheck => self.teeth,
            EventKind::Sdq => self.questionnaire,
            _ => None,
        }
    }
}

/// A child in a list: what its reader may read, and what they may do.
pub(super) struct Listed<'a> {
    pub reference: &'a str,
    pub team: Option<&'a str>,
    pub health: HealthDays,
    pub leaver_category: Option<&'a str>,
    pub timeline: &'a Timeline,
    pub may: ActionSet,
    pub names: &'a HashMap<PersonId, String>,
    pub codes: &'a Codes,
    pub today: Date,
    /// First day looked back to.
    pub since: Date,
}

pub(super) fn text(words: impl Into<String>) -> ExportedCell {
    ExportedCell::Text(words.into())
}

pub(super) fn day(on: Option<Date>) -> ExportedCell {
    on.map_or(ExportedCell::Empty, ExportedCell::Day)
}

pub(super) fn count(n: usize) -> ExportedCell {
    ExportedCell::Number(i64::try_from(n).unwrap_or(i64::MAX))
}

impl Listed<'_> {
    /// The rows of this child in a list; none when it is not one of those that the list holds.
    pub fn rows(&self, list: &InspectionList) -> Vec<Vec<ExportedCell>> {
        let t = self.timeline;
        let within = |on: Date| self.since <= on && on <= self.today;
        let row = |of: Of<'_>| list.columns.iter().map(|column| self.cell(column, of)).collect();
        let once = |holds: bool| if holds { vec![row(Of::Child)] } else { Vec::new() };
        match list.of {
            Holds::LookedAfter => {
                let ceased = t.care.iter().any(|care| care.end.is_some_and(within));
                once(t.care_on(self.today).is_some() || ceased)
            }
            Holds::CareLeavers => once(self.leaver_category.is_some()),
            Holds::Adoption => once(t.spells.iter().any(|spell| {
                let runs = spell.end.is_none_or(|end| self.since <= end);
                spell.kind == SpellKind::AdoptionPlan && spell.start <= self.today && runs
            })),
            Holds::Missing => {
                t.missing.iter().filter(|m| within(m.start)).map(|m| row(Of::Episode(m))).collect()
            }
            Holds::Reviews => self
                .all(EventKind::ReviewHeld)
                .filter(|review| within(review.on))
                .map(|review| row(Of::Review(review)))
                .collect(),
        }
    }

    pub(super) fn title(&self, list: &str, code: Option<&str>) -> ExportedCell {
        let Some(code) = code else { return ExportedCell::Empty };
        let found = self.codes.list(list).and_then(|list| list.get(code));
        text(found.map_or_else(|| code.to_owned(), |found| found.title.to_string()))
    }

    pub(super) fn all(&self, kind: EventKind) -> impl DoubleEndedIterator<Item = &Happening> {
        let today = self.today;
        self.timeline.happenings.iter().filter(move |h| h.kind == kind && h.on <= today)
    }

    pub(super) fn last(&self, kind: EventKind) -> Option<&Happening> {
        self.all(kind).next_back()
    }

    /// Whether happenings of a kind are read at all by these rights: what was cut away must not look like nothing.
    pub(super) fn reads(&self, kind: EventKind) -> bool {
        self.may.may_read(kind.strand(), kind.read_as(kind.usual_sensitivity()))
    }

    pub(super) fn seen(&self, kind: EventKind, cell: impl FnOnce(&Self) -> ExportedCell) -> ExportedCell {
        if self.reads(kind) { cell(self) } else { text(NOT_SHOWN) }
    }

    pub(super) fn last_day(&self, kind: EventKind) -> ExportedCell {
        self.seen(kind, |me| day(me.last(kind).map(|h| h.on)))
    }

    pub(super) fn with(&self, right: Action, cell: impl FnOnce(&Self) -> ExportedCell) -> ExportedCell {
        if self.may.has(right) { cell(self) } else { text(NOT_SHOWN) }
    }

    pub(super) fn holds(&self, kind: SpellKind) -> ExportedCell {
        let ever = self.timeline.spells.iter().any(|s| s.kind == kind && s.start <= self.today);
        text(if self.timeline.holds(kind, self.today) {
            "Yes"
        } else if ever {
            "No longer"
        } else {
            "No"
        })
    }

    /// A day on which health was looked after: for those who read health, and for those who may know the day alone.
    pub(super) fn health_day(&self, kind: EventKind) -> ExportedCell {
        if self.reads(kind) {
            return self.last_day(kind);
        }
        self.with(Action::ViewHealthDates, |me| day(me.health.on(kind)))
    }

    /// The name of somebody in the circle.
    pub(super) fn named(&self, member: Option<&Membership>) -> ExportedCell {
        let Some(member) = member else { return ExportedCell::Empty };
        let known = member.person.and_then(|person| self.names.get(&person)).or(member.name.as_ref());
        known.map_or(ExportedCell::Empty, text)
    }

    pub(super) fn adviser(&self) -> Option<&Membership> {
        self.timeline.circle_on(self.today).find(|member| member.role == CircleRole::PersonalAdviser.as_str())
    }

    pub(super) fn of_episodes(&self, category: &str, since: Date) -> usize {
        let within = |m: &&MissingEpisode| since <= m.start && m.start <= self.today;
        self.timeline.missing.iter().filter(within).filter(|m| m.category == category).count()
    }

    /// The last day on which somebody was in touch with the young person, or tried to.
    pub(super) fn in_touch(&self) -> Option<Date> {
        let kinds = [EventKind::LeaverContact, EventKind::AdviserVisit];
        kinds.into_iter().filter_map(|kind| self.last(kind)).map(|h| h.on).max()
    }

    pub(super) fn pathway_plan(&self) -> Option<Date> {
        let kinds = [EventKind::PlanMade, EventKind::PlanReviewed];
        let of = |h: &&Happening| h.value("plan").is_some_and(|plan| plan.starts_with("pathway"));
        kinds.into_iter().filter_map(|kind| self.all(kind).rev().find(of)).map(|h| h.on).max()
    }

    /// What became of the first return interview after an episode began and before the next did.
    pub(super) fn interview(&self, episode: &MissingEpisode) -> Option<&str> {
        let next = self.timeline.missing.iter().map(|m| m.start).find(|start| *start > episode.start);
        let mut of = self.all(EventKind::ReturnInterview);
        of.find(|h| h.on >= episode.start && next.is_none_or(|next| h.on <= next))?.value("outcome")
    }

    /// The same after the last time the child was missing.
    pub(super) fn last_interview(&self) -> Option<&str> {
        let mut missing = self.timeline.missing.iter().rev();
        self.interview(missing.find(|m| m.category == "M" && m.start <= self.today)?)
    }

    /// Where a young person lives: the newest that somebody recorded, by its code.
    pub(super) fn accommodation(&self) -> Option<&str> {
        let told = |kind| self.all(kind).rev().find_map(|h| Some((h.on, h.value("accommodation")?)));
        let kinds = [EventKind::LeaverContact, EventKind::LeaverMoved];
        kinds.into_iter().filter_map(told).max_by_key(|(on, _)| *on).map(|(_, code)| code)
    }

    /// The first day of the newest stay of one of these kinds.
    pub(super) fn stayed(&self, kinds: &[&str]) -> Option<Date> {
        let of = |home: &&Placement| home.start <= self.today && kinds.contains(&home.code.as_str());
        self.timeline.placements.iter().rev().find(of).map(|home| home.start)
    }
}

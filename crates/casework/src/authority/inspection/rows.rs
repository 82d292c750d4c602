//! The cells of an inspection's lists. Pure: a timeline that was cut to what its reader may read goes in, cells come out.

use std::collections::HashMap;

use jiff::civil::Date;
use kinfold_access::{Action, ActionSet};
use kinfold_guidance::Codes;
use kinfold_guidance::inspection::{Holds, InspectionList, Take};
use kinfold_record::{EventKind, Happening, MissingEpisode, PersonId, SpellKind, Timeline};

use crate::board::ExportedCell;

/// What stands in a cell whose content its reader may not read.
pub const NOT_SHOWN: &str = "not shown";

/// What a row is about, beside its child.
#[derive(Debug, Clone, Copy)]
enum Of<'a> {
    Child,
    Episode(&'a MissingEpisode),
    Review(&'a Happening),
}

/// A child in a list: what its reader may read, and what they may do.
pub(super) struct Listed<'a> {
    pub reference: &'a str,
    pub leaver_category: Option<&'a str>,
    pub timeline: &'a Timeline,
    pub may: ActionSet,
    pub names: &'a HashMap<PersonId, String>,
    pub codes: &'a Codes,
    pub today: Date,
    /// First day looked back to.
    pub since: Date,
}

fn text(words: impl Into<String>) -> ExportedCell {
    ExportedCell::Text(words.into())
}

fn day(on: Option<Date>) -> ExportedCell {
    on.map_or(ExportedCell::Empty, ExportedCell::Day)
}

fn count(n: usize) -> ExportedCell {
    ExportedCell::Number(i64::try_from(n).unwrap_or(i64::MAX))
}

impl Listed<'_> {
    /// The rows of this child in a list; none when it is not one of those that the list holds.
    pub fn rows(&self, list: &InspectionList) -> Vec<Vec<ExportedCell>> {
        let t = self.timeline;
        let within = |on: Date| self.since <= on && on <= self.today;
        let row = |of: Of<'_>| list.columns.iter().map(|column| self.cell(column.take, of)).collect();
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

    fn title(&self, list: &str, code: Option<&str>) -> ExportedCell {
        let Some(code) = code else { return ExportedCell::Empty };
        let found = self.codes.list(list).and_then(|list| list.get(code));
        text(found.map_or_else(|| code.to_owned(), |found| found.title.to_string()))
    }

    fn all(&self, kind: EventKind) -> impl DoubleEndedIterator<Item = &Happening> {
        let today = self.today;
        self.timeline.happenings.iter().filter(move |h| h.kind == kind && h.on <= today)
    }

    fn last(&self, kind: EventKind) -> Option<&Happening> {
        self.all(kind).next_back()
    }

    /// Whether happenings of a kind are read at all by these rights: what was cut away must not look like nothing.
    fn reads(&self, kind: EventKind) -> bool {
        self.may.may_read(kind.strand(), kind.read_as(kind.usual_sensitivity()))
    }

    fn seen(&self, kind: EventKind, cell: impl FnOnce(&Self) -> ExportedCell) -> ExportedCell {
        if self.reads(kind) { cell(self) } else { text(NOT_SHOWN) }
    }

    fn last_day(&self, kind: EventKind) -> ExportedCell {
        self.seen(kind, |me| day(me.last(kind).map(|h| h.on)))
    }

    fn with(&self, right: Action, cell: impl FnOnce(&Self) -> ExportedCell) -> ExportedCell {
        if self.may.has(right) { cell(self) } else { text(NOT_SHOWN) }
    }

    fn holds(&self, kind: SpellKind) -> ExportedCell {
        let ever = self.timeline.spells.iter().any(|s| s.kind == kind && s.start <= self.today);
        text(if self.timeline.holds(kind, self.today) {
            "Yes"
        } else if ever {
            "No longer"
        } else {
            "No"
        })
    }

    fn key_worker(&self) -> ExportedCell {
        let Some(member) = self.timeline.key_worker_on(self.today) else { return ExportedCell::Empty };
        let known = member.person.and_then(|person| self.names.get(&person)).or(member.name.as_ref());
        known.map_or(ExportedCell::Empty, text)
    }

    fn of_episodes(&self, category: &str) -> usize {
        let within = |m: &&MissingEpisode| self.since <= m.start && m.start <= self.today;
        self.timeline.missing.iter().filter(within).filter(|m| m.category == category).count()
    }

    /// The last day on which somebody was in touch with the young person, or tried to.
    fn in_touch(&self) -> Option<Date> {
        let kinds = [EventKind::LeaverContact, EventKind::AdviserVisit];
        kinds.into_iter().filter_map(|kind| self.last(kind)).map(|h| h.on).max()
    }

    fn pathway_plan(&self) -> Option<Date> {
        let kinds = [EventKind::PlanMade, EventKind::PlanReviewed];
        let of = |h: &&Happening| h.value("plan").is_some_and(|plan| plan.starts_with("pathway"));
        kinds.into_iter().filter_map(|kind| self.all(kind).rev().find(of)).map(|h| h.on).max()
    }

    /// The first return interview after an episode began and before the next did.
    fn interview(&self, episode: &MissingEpisode) -> ExportedCell {
        let next = self.timeline.missing.iter().map(|m| m.start).find(|start| *start > episode.start);
        let mut of = self.all(EventKind::ReturnInterview);
        let found = of.find(|h| h.on >= episode.start && next.is_none_or(|next| h.on <= next));
        found.map_or(ExportedCell::Empty, |h| self.title("return_interview_outcome", h.value("outcome")))
    }

    fn cell(&self, take: Take, of: Of<'_>) -> ExportedCell {
        let t = self.timeline;
        let on = match of {
            Of::Child => self.today,
            Of::Episode(episode) => episode.start,
            Of::Review(review) => review.on,
        };
        let home = t.placement_on(on).or_else(|| t.placements.iter().rfind(|p| p.start <= on));
        let care = t.care.iter().rfind(|care| care.start <= self.today);
        let status = t.status_on(on).or_else(|| t.statuses.iter().rfind(|s| s.start <= on));
        let within = |day: Date| self.since <= day && day <= self.today;
        match take {
            Take::Reference => text(self.reference),
            Take::Name => text(t.identity.name()),
            Take::Born => self.with(Action::ViewIdentity, |_| day(t.born)),
            Take::Age => t.age_on(on).map_or(ExportedCell::Empty, |age| ExportedCell::Number(age.into())),
            Take::Sex => self.title("sex", t.identity.sex.as_deref()),
            Take::Ethnicity => {
                self.with(Action::ViewIdentity, |me| me.title("ethnicity", t.identity.ethnicity.as_deref()))
            }
            Take::FirstLanguage => t.identity.first_language.clone().map_or(ExportedCell::Empty, text),
            Take::Disabled => self.with(Action::ViewIdentity, |_| match t.identity.disabled {
                Some(true) => text("Yes"),
                Some(false) => text("No"),
                None => ExportedCell::Empty,
            }),
            Take::Unaccompanied => self.with(Action::ViewIdentity, |me| me.holds(SpellKind::Unaccompanied)),
            Take::KeyWorker => self.key_worker(),
            Take::CareStarted => day(care.map(|care| care.start)),
            Take::CategoryOfNeed => self.with(Action::ViewLaw, |me| {
                me.title("category_of_need", care.and_then(|care| care.category_of_need.as_deref()))
            }),
            Take::TimesInCare => count(t.care.iter().filter(|care| within(care.start)).count()),
            Take::CareCeased => day(care.and_then(|care| care.end).filter(|end| *end <= self.today)),
            Take::CeaseReason => self.with(Action::ViewLaw, |me| {
                me.title("care_end_reason", care.and_then(|care| care.end_reason.as_deref()))
            }),
            Take::LegalStatus => self.with(Action::ViewLaw, |me| {
                me.title("legal_status", status.map(|status| status.code.as_str()))
            }),
            Take::LegalStatusSince => self.with(Action::ViewLaw, |_| day(status.map(|status| status.start))),
            Take::HomeSince => day(home.map(|home| home.start)),
            Take::HomeKind => self.title("placement_type", home.map(|home| home.code_on(on).as_str())),
            Take::HomeProvider => {
                self.title("placement_provider", home.and_then(|home| home.provider.as_deref()))
            }
            Take::HomeNumber => match home {
                // Whoever knows Ofsted's number of a home knows where it is.
                Some(home) if home.urn.is_none() && home.address_confidential => text(NOT_SHOWN),
                Some(home) => {
                    self.with(Action::ViewAddress, |_| home.urn.as_deref().map_or(ExportedCell::Empty, text))
                }
                None => ExportedCell::Empty,
            },
            Take::HomeLocation => self.title("location", home.and_then(|home| home.location.as_deref())),
            Take::Homes => {
                let begun = |home: &&kinfold_record::Placement| within(home.start) && !home.is_temporary();
                count(t.placements.iter().filter(begun).count())
            }
            Take::LastReview => self.last_day(EventKind::ReviewHeld),
            Take::Participation => self.seen(EventKind::ReviewHeld, |me| {
                let review = match of {
                    Of::Review(review) => Some(review),
                    _ => me.last(EventKind::ReviewHeld),
                };
                me.title("review_participation", review.and_then(|review| review.value("participation")))
            }),
            Take::LastVisit => self.last_day(EventKind::Visit),
            Take::LastHealthAssessment => self.last_day(EventKind::HealthAssessment),
            Take::LastDentalCheck => self.last_day(EventKind::DentalCheck),
            Take::LastSdq => self.seen(EventKind::Sdq, |me| {
                let scored = me.all(EventKind::Sdq).rev().find_map(|h| h.value("total")?.parse().ok());
                scored.map_or(ExportedCell::Empty, ExportedCell::Number)
            }),
            Take::LastEducationPlan => self.last_day(EventKind::EducationPlan),
            Take::TimesMissing => self.seen(EventKind::WentMissing, |me| count(me.of_episodes("M"))),
            Take::TimesAway => self.seen(EventKind::WentMissing, |me| count(me.of_episodes("A"))),
            Take::LastMissing => self.seen(EventKind::WentMissing, |me| {
                day(t.missing.iter().map(|m| m.start).filter(|start| *start <= me.today).max())
            }),
            Take::LeaverCategory => self.leaver_category.map_or(ExportedCell::Empty, |category| {
                let words = category.replace('_', " ");
                let mut letters = words.chars();
                let first = letters.next().map(|c| c.to_ascii_uppercase()).into_iter();
                text(first.chain(letters).collect::<String>())
            }),
            Take::LastInTouch => self.seen(EventKind::LeaverContact, |me| day(me.in_touch())),
            Take::NeedsAssessed => self.last_day(EventKind::NeedsAssessed),
            Take::PathwayPlan => self.seen(EventKind::PlanMade, |me| day(me.pathway_plan())),
            Take::AdoptionDecided => self.last_day(EventKind::AdoptionDecided),
            Take::AdoptersMatched => self.last_day(EventKind::AdoptersMatched),
            Take::AdoptionReversed => self.last_day(EventKind::AdoptionDecisionReversed),
            Take::EpisodeKind => match of {
                Of::Episode(episode) => self.title("missing_category", Some(&episode.category)),
                _ => ExportedCell::Empty,
            },
            Take::From => match of {
                Of::Episode(episode) => ExportedCell::Day(episode.start),
                _ => ExportedCell::Empty,
            },
            Take::Until => match of {
                Of::Episode(episode) => day(episode.end),
                _ => ExportedCell::Empty,
            },
            Take::ReturnInterview => match of {
                Of::Episode(episode) => self.seen(EventKind::ReturnInterview, |me| me.interview(episode)),
                _ => ExportedCell::Empty,
            },
            Take::HeldOn => match of {
                Of::Review(review) => ExportedCell::Day(review.on),
                _ => ExportedCell::Empty,
            },
            Take::ReviewKind => match of {
                Of::Review(review) => self.title("review", review.value("review")),
                _ => ExportedCell::Empty,
            },
        }
    }
}

//! What stands in each cell of an inspection's lists.

use jiff::ToSpan as _;
use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_guidance::inspection::{InspectionColumn, Take};
use kinfold_record::{EventKind, SpellKind};

use super::rows::{Listed, NOT_SHOWN, Of, count, day, text};
use crate::board::ExportedCell;

fn yes_or_no(holds: bool) -> ExportedCell {
    text(if holds { "Yes" } else { "No" })
}

/// The postcode that an address as it was typed ends with.
fn postcode_in(address: &str) -> Option<String> {
    let last = address.lines().rev().map(str::trim).find(|line| !line.is_empty())?;
    let words: Vec<&str> = last.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    // "AB1 2CD" is two words where it was typed with a space, and one where it was not.
    let ends = [words.len().checked_sub(2), words.len().checked_sub(1)].into_iter().flatten();
    ends.filter_map(|from| words.get(from..))
        .find_map(|end| kinfold_record::identifiers::postcode(&end.concat()).ok())
}

impl Listed<'_> {
    /// What stands in a column for this child.
    pub(super) fn cell(&self, column: &InspectionColumn, of: Of<'_>) -> ExportedCell {
        let t = self.timeline;
        let since = column.months.map_or(self.since, |months| self.today.saturating_sub(months.months()));
        let on = match of {
            Of::Child => self.today,
            Of::Episode(episode) => episode.start,
            Of::Review(review) => review.on,
        };
        let home = t.placement_on(on).or_else(|| t.placements.iter().rfind(|p| p.start <= on));
        let care = t.care.iter().rfind(|care| care.start <= self.today);
        let status = t.status_on(on).or_else(|| t.statuses.iter().rfind(|s| s.start <= on));
        let within = |day: Date| since <= day && day <= self.today;
        match column.take {
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
            Take::Unaccompanied => self.with(Action::ViewIdentity, |me| match column.months {
                None => me.holds(SpellKind::Unaccompanied),
                Some(_) => yes_or_no(t.spells.iter().any(|spell| {
                    let runs = spell.start <= me.today && spell.end.is_none_or(|end| since <= end);
                    spell.kind == SpellKind::Unaccompanied && runs
                })),
            }),
            Take::KeyWorker => self.named(t.key_worker_on(self.today)),
            Take::Adviser => self.named(self.adviser()),
            Take::Team => self.team.map_or(ExportedCell::Empty, text),
            Take::CareStarted => day(care.map(|care| care.start)),
            Take::CategoryOfNeed => self.with(Action::ViewLaw, |me| {
                me.title("category_of_need", care.and_then(|care| care.category_of_need.as_deref()))
            }),
            Take::TimesInCare => count(t.care.iter().filter(|care| within(care.start)).count()),
            Take::AgainInCare => yes_or_no(
                t.care
                    .iter()
                    .skip(1)
                    .any(|care| care.start <= self.today && care.end.is_none_or(|end| since <= end)),
            ),
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
            Take::HomePostcode => match home {
                Some(home) if home.address.is_none() && home.address_confidential => text(NOT_SHOWN),
                Some(home) => {
                    let found = home.address.as_deref().and_then(postcode_in);
                    self.with(Action::ViewAddress, |_| found.map_or(ExportedCell::Empty, text))
                }
                None => ExportedCell::Empty,
            },
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
            Take::OfficerSpoke => self.seen(EventKind::ReviewHeld, |me| {
                let mut held = me.all(EventKind::ReviewHeld).rev();
                day(held.find(|h| h.value("spoke_alone") == Some("yes")).map(|h| h.on))
            }),
            Take::LastVisit => self.last_day(EventKind::Visit),
            Take::LastHealthAssessment => self.health_day(EventKind::HealthAssessment),
            Take::LastDentalCheck => self.health_day(EventKind::DentalCheck),
            Take::LastSdq => self.seen(EventKind::Sdq, |me| {
                let scored = me.all(EventKind::Sdq).rev().find_map(|h| h.value("total")?.parse().ok());
                scored.map_or(ExportedCell::Empty, ExportedCell::Number)
            }),
            Take::LastSdqOn => self.health_day(EventKind::Sdq),
            Take::LastEducationPlan => self.last_day(EventKind::EducationPlan),
            Take::TimesMissing => self.seen(EventKind::WentMissing, |me| count(me.of_episodes("M", since))),
            Take::TimesAway => self.seen(EventKind::WentMissing, |me| count(me.of_episodes("A", since))),
            Take::LastMissing => self.seen(EventKind::WentMissing, |me| {
                day(t.missing.iter().map(|m| m.start).filter(|start| *start <= me.today).max())
            }),
            Take::ReturnOffered => self.seen(EventKind::ReturnInterview, |me| match me.last_interview() {
                Some("held" | "declined") => text("Yes"),
                Some("not_offered") => text("No"),
                other => me.title("return_interview_outcome", other),
            }),
            Take::ReturnAccepted => self.seen(EventKind::ReturnInterview, |me| match me.last_interview() {
                Some("held") => text("Yes"),
                Some("declined") => text("No"),
                _ => ExportedCell::Empty,
            }),
            Take::LeaverCategory => self.leaver_category.map_or(ExportedCell::Empty, |category| {
                let words = category.replace('_', " ");
                let mut letters = words.chars();
                let first = letters.next().map(|c| c.to_ascii_uppercase()).into_iter();
                text(first.chain(letters).collect::<String>())
            }),
            Take::LastInTouch => self.seen(EventKind::LeaverContact, |me| day(me.in_touch())),
            Take::Touch => self.seen(EventKind::LeaverContact, |me| {
                me.title("in_touch", me.last(EventKind::LeaverContact).and_then(|h| h.value("in_touch")))
            }),
            Take::Accommodation => {
                self.seen(EventKind::LeaverContact, |me| me.title("accommodation", me.accommodation()))
            }
            Take::Suitable => self.seen(EventKind::LeaverContact, |me| match me.accommodation() {
                Some(code) => yes_or_no(code.ends_with('1')),
                None => ExportedCell::Empty,
            }),
            Take::Activity => self.seen(EventKind::LeaverContact, |me| {
                let told = me.all(EventKind::LeaverContact).rev().find_map(|h| h.value("activity"));
                me.title("activity", told)
            }),
            Take::NeedsAssessed => self.last_day(EventKind::NeedsAssessed),
            Take::PathwayPlan => self.seen(EventKind::PlanMade, |me| day(me.pathway_plan())),
            Take::AdoptionDecided => self.last_day(EventKind::AdoptionDecided),
            Take::AdoptersMatched => self.last_day(EventKind::AdoptersMatched),
            Take::AdoptionReversed => self.last_day(EventKind::AdoptionDecisionReversed),
            Take::AdoptionReversedWhy => self.seen(EventKind::AdoptionDecisionReversed, |me| {
                let last = me.last(EventKind::AdoptionDecisionReversed);
                me.title("adoption_reversal_reason", last.and_then(|h| h.value("reason")))
            }),
            Take::PlacementOrder => self.with(Action::ViewLaw, |me| {
                let order =
                    |status: &&kinfold_record::LegalStatus| status.code == "E1" && status.start <= me.today;
                day(t.statuses.iter().rev().find(order).map(|status| status.start))
            }),
            Take::PlacedForAdoption => day(self.stayed(&["A3", "A4", "A5", "A6"])),
            Take::Adopted => self.with(Action::ViewLaw, |me| {
                let adopted = |reason: &str| matches!(reason, "E11" | "E12");
                let ended = t.care.iter().rev().find(|care| care.end_reason.as_deref().is_some_and(adopted));
                day(ended.and_then(|care| care.end).filter(|end| *end <= me.today))
            }),
            Take::FosteredToAdopt => day(self.stayed(&["U2", "U5"])),
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
                Of::Episode(episode) => self.seen(EventKind::ReturnInterview, |me| {
                    me.title("return_interview_outcome", me.interview(episode))
                }),
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

#[cfg(test)]
mod tests {
    use super::postcode_in;

    #[test]
    fn a_postcode_is_what_an_address_ends_with() {
        for (address, found) in [
            ("12 High Street, Ferntown\nFE1 2AB", Some("FE1 2AB")),
            ("12 High Street, Ferntown, FE12AB", Some("FE1 2AB")),
            ("fe1 2ab", Some("FE1 2AB")),
            ("12 High Street\nFerntown", None),
            ("", None),
        ] {
            assert_eq!(postcode_in(address).as_deref(), found, "{address}");
        }
    }
}

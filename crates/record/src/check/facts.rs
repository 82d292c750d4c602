//! What an entry says about itself: answers that contradict each other, numbers out of range, wrong identifiers.

use jiff::civil::Date;

use super::Check;
use super::Severity::{Doubtful, Impossible};
use crate::timeline::{Happening, years_between};
use crate::{Event, EventKind, identifiers};

/// Nobody is added to the record of a children's service at this age or above.
const OLDEST: i32 = 30;

impl Check<'_> {
    pub(super) fn facts(&mut self) {
        match &self.e.event {
            Event::ChildRegistered { date_of_birth, nhs_number, upn, .. } => {
                self.impossible(
                    self.t.born.is_some(),
                    "The child is already on the record. Record a change of personal details instead.",
                );
                self.born(*date_of_birth);
                self.numbers(nhs_number.as_deref(), upn.as_deref());
            }
            Event::IdentityChanged { date_of_birth, nhs_number, upn, sex, .. } => {
                if let Some(born) = *date_of_birth {
                    self.born(born);
                    self.impossible(
                        self.t.care.first().is_some_and(|p| p.start < born),
                        "With this date of birth the child came into care before they were born. Check both dates.",
                    );
                }
                self.numbers(nhs_number.as_deref(), upn.as_deref());
                let mother = self.t.happenings.iter().any(|h| h.kind == crate::EventKind::BecameMother);
                self.doubtful(
                    mother && sex.as_deref().is_some_and(is_male),
                    "The record says that this young person is a mother. Check the sex.",
                );
            }
            Event::BecameMother { baby_born_on } => {
                let male = self.t.identity.sex.as_deref().is_some_and(is_male);
                self.doubtful(
                    male,
                    "The record says that this young person is male. Check the sex recorded.",
                );
                self.impossible(
                    baby_born_on.is_some_and(|born| born > self.today),
                    "The baby's date of birth is in the future. Record it when the baby is born.",
                );
                let age = baby_born_on.zip(self.t.born).map(|(baby, born)| years_between(born, baby));
                self.doubtful(
                    age.is_some_and(|age| age < 11),
                    "The mother would have been under 11. Check both dates of birth.",
                );
            }
            Event::Visit { seen, seen_alone, not_seen_reason, .. } => {
                self.impossible(
                    !seen && *seen_alone == Some(true),
                    "A child who was not seen cannot have been seen alone. Change one of the two answers.",
                );
                self.doubtful(!seen && not_seen_reason.is_none(), "Say why the child was not seen.");
                self.doubtful(
                    *seen && not_seen_reason.is_some(),
                    "There is a reason for not seeing the child, but the child was seen. Change one of the two answers.",
                );
            }
            Event::Sdq { total, reason, .. } => {
                self.impossible(
                    total.is_some_and(|total| !(0..=40).contains(&total)),
                    "The total difficulties score is between 0 and 40. Add up the answers again.",
                );
                self.impossible(
                    total.is_some() == reason.is_some(),
                    "Give either the score or the reason why there is none.",
                );
            }
            Event::HealthAssessment { assessment, practitioner, .. } => {
                let not_doctor = practitioner.as_deref().is_some_and(|who| who != "doctor");
                self.doubtful(
                    assessment == "initial" && not_doctor,
                    "An initial health assessment is done by a registered medical practitioner (CPPCR 2010 reg 7). Check \
                     who did it.",
                );
            }
            Event::ComplaintMade { stage, .. } | Event::ComplaintAnswered { stage, .. } => self
                .impossible(!(1..=3).contains(stage), "A complaint has stage 1, 2 or 3. Choose one of them."),
            Event::AdoptersMatched { adopters, .. } => self.impossible(
                adopters.is_some_and(|n| !(1..=2).contains(&n)),
                "A child is adopted by 1 or 2 people. Change the number of adopters.",
            ),
            Event::CircleJoined { person, name, worker_id, .. } => self.doubtful(
                person.is_none() && name.is_none() && worker_id.is_none(),
                "Say who joined the circle: choose a person or write the name.",
            ),
            Event::Withdrawn { .. } => self.impossible(
                self.e.replaces.is_none(),
                "Say which entry is withdrawn: open that entry and withdraw it there.",
            ),
            Event::CareStarted { home_postcode, .. } => self.postcode(home_postcode.as_deref()),
            Event::PlacementStarted { postcode, urn, .. } => {
                self.postcode(postcode.as_deref());
                self.urn(urn.as_deref());
            }
            Event::HomeRegistered { urn, .. } => self.urn(urn.as_deref()),
            Event::NoticeAcknowledged { notice, .. } => self.acknowledged(notice),
            _ => {}
        }
    }

    /// A notice is answered after it was sent.
    fn acknowledged(&mut self, notice: &str) {
        let same = |h: &&Happening| h.kind == EventKind::NoticeSent && h.value("notice") == Some(notice);
        let sent: Vec<Date> = self.t.happenings.iter().filter(same).map(|h| h.on).collect();
        self.impossible(
            !sent.is_empty() && sent.iter().all(|day| *day > self.on),
            "It cannot have been acknowledged before it was sent. Check the date.",
        );
        self.doubtful(
            sent.is_empty(),
            "No such notice is on the record. Record when it was sent as well, or check which notice it was.",
        );
    }

    fn born(&mut self, born: Date) {
        self.impossible(born > self.today, "The date of birth is in the future. Check the year.");
        self.impossible(
            born <= self.today && born > self.on,
            "The date is before the date of birth given with it. Check both.",
        );
        self.impossible(
            years_between(born, self.on) >= OLDEST,
            "The date of birth is 30 years or more before this entry. Check the year.",
        );
    }

    fn numbers(&mut self, nhs_number: Option<&str>, upn: Option<&str>) {
        if let Some(Err(wrong)) = nhs_number.map(identifiers::nhs_number) {
            self.say(Impossible, wrong.to_string());
        }
        if let Some(Err(wrong)) = upn.map(identifiers::upn) {
            // Schools hold numbers whose letter does not fit, and a statutory return takes them as they are.
            let severity = if wrong == identifiers::UpnError::CheckLetter { Doubtful } else { Impossible };
            self.say(severity, wrong.to_string());
        }
    }

    /// Only doubtful: the place may be abroad.
    fn postcode(&mut self, postcode: Option<&str>) {
        if let Some(Err(wrong)) = postcode.map(identifiers::postcode) {
            self.say(Doubtful, wrong.to_string());
        }
    }

    fn urn(&mut self, urn: Option<&str>) {
        if let Some(Err(wrong)) = urn.map(identifiers::ofsted_urn) {
            self.say(Doubtful, wrong.to_string());
        }
    }
}

/// Male, in today's codes of the statutory return or those before 2024.
fn is_male(sex: &str) -> bool {
    matches!(sex, "M" | "1")
}

//! What an entry about health says about itself: measurements, scores, consent, and who may read it.

use jiff::civil::Date;

use super::Check;
use super::Severity::{Doubtful, Impossible};
use crate::{Event, EventKind, Sensitivity, limits};

/// Legal statuses under which the authority shares parental responsibility (CA89 s.33; Adoption and Children Act 2002
/// s.25): care orders and placement orders.
const AUTHORITY_SHARES: [&str; 4] = ["C1", "C2", "D1", "E1"];

/// How much shorter a child may measure than before without anybody wondering, in millimetres: two people measure
/// differently.
const SHRUNK_MM: i32 = 15;

impl Check<'_> {
    pub(super) fn health(&mut self) {
        self.compartment();
        self.days();
        match &self.e.event {
            Event::BirthDetails { gestation_weeks, gestation_days, weight_g, length_mm, head_mm, .. } => {
                self.gestation(*gestation_weeks, *gestation_days);
                self.measure(*weight_g, limits::BIRTH_WEIGHT_G, "birth weight", "grams");
                self.measure(*length_mm, limits::HEIGHT_MM, "length", "millimetres");
                self.measure(*head_mm, limits::HEAD_MM, "head", "millimetres");
            }
            Event::GrowthMeasured { weight_g, height_mm, head_mm, .. } => {
                self.impossible(
                    weight_g.is_none() && height_mm.is_none() && head_mm.is_none(),
                    "Nothing was measured. Give the weight, the height or the head, or leave the entry out.",
                );
                self.measure(*weight_g, limits::WEIGHT_G, "weight", "grams");
                self.measure(*height_mm, limits::HEIGHT_MM, "height", "millimetres");
                self.measure(*head_mm, limits::HEAD_MM, "head", "millimetres");
                self.shrunk("height_mm", *height_mm, "height");
                self.shrunk("head_mm", *head_mm, "head");
            }
            Event::ImmunisationGiven { vaccine, dose, .. } => {
                self.impossible(
                    dose.is_some_and(|dose| !(1..=9).contains(&dose)),
                    "The dose is counted from 1. Check its number.",
                );
                self.immunised_twice(vaccine, *dose);
            }
            Event::SdqAnswers { .. } => self.answers(),
            Event::Consent { .. } => self.consent(),
            Event::HealthAssessment { child_words, no_words_reason, .. } => self.impossible(
                child_words.is_some() && no_words_reason.is_some(),
                "There are words of the child, and a reason why there are none. Keep one of the two.",
            ),
            Event::RedBook { state, held_by, .. } => self.doubtful(
                state == "held" && held_by.is_none(),
                "Say who has the red book, or that nobody knows.",
            ),
            Event::EarlyHistory { known, asked, .. } => {
                self.doubtful(known == "asked" && asked.is_none(), "Say who was asked.");
            }
            Event::FamilyHistoryShared { decision, recipients, to, .. } => self.impossible(
                matches!(decision.as_str(), "share" | "share_in_part")
                    && recipients.is_none()
                    && to.is_none(),
                "Say with whom it is shared.",
            ),
            Event::HealthActionAnswered { outcome, reason, text, .. } => self.impossible(
                outcome == "not_provided" && reason.is_none() && text.is_none(),
                "Say why it is not provided: a recommendation that is not followed needs a reason.",
            ),
            Event::ReferralStep { step, reason, .. } => {
                self.doubtful(step == "declined" && reason.is_none(), "Say why the service declined.")
            }
            Event::ResponsibleCommissioner { disputed: Some(true), other_body, .. } => {
                self.doubtful(other_body.is_none(), "Say who else is said to be responsible.");
            }
            _ => {}
        }
    }

    /// A compartment is closed by the label of each entry in it: an entry labelled otherwise would lie open.
    fn compartment(&mut self) {
        let Some(own) = self.e.event.kind().compartment() else { return };
        self.impossible(
            self.e.sensitivity != own && self.e.sensitivity != Sensitivity::Restricted,
            "Entries of this kind are read only by those who may read their compartment. Leave how sensitive it is as \
             usual, or restrict it to named people.",
        );
    }

    /// Days named in an entry that can only lie before or after it.
    fn days(&mut self) {
        let on = self.on;
        let after: Option<Date> = match &self.e.event {
            Event::HealthAction { by, .. } | Event::HealthActionMoved { by, .. } => Some(*by),
            Event::Consent { until, .. } => *until,
            Event::ConsultationOffered { again_on, .. }
            | Event::WellbeingResponse { again_on, .. }
            | Event::DentalCheck { again_on, .. }
            | Event::EyeTest { again_on, .. }
            | Event::HearingTest { again_on, .. } => *again_on,
            Event::MedicineStarted { review_on, .. } => *review_on,
            _ => None,
        };
        self.impossible(
            after.is_some_and(|day| day < on),
            "The day by which something is to happen is before the day of the entry. Check both dates.",
        );
        let before = match &self.e.event {
            Event::ConditionNoted { since, .. } | Event::AllergyNoted { since, .. } => *since,
            Event::ReferralMade { waiting_since, .. } => *waiting_since,
            _ => None,
        };
        self.impossible(
            before.is_some_and(|day| day > on),
            "It cannot have begun after the day of the entry. Check both dates.",
        );
        self.impossible(
            before.zip(self.t.born).is_some_and(|(day, born)| day < born),
            "It cannot have begun before the child was born. Check both dates.",
        );
    }

    fn gestation(&mut self, weeks: Option<i32>, days: Option<i32>) {
        self.impossible(
            weeks.is_some_and(|weeks| !limits::GESTATION_WEEKS.contains(&weeks)),
            "A pregnancy of which a child is born lasts 22 to 44 weeks. Check the number of weeks.",
        );
        self.impossible(
            days.is_some_and(|days| !(0..=6).contains(&days)),
            "Seven days are a week. Give 0 to 6 days beside the whole weeks.",
        );
        self.impossible(days.is_some() && weeks.is_none(), "Give the whole weeks as well as the days.");
    }

    fn measure(&mut self, value: Option<i32>, may: std::ops::RangeInclusive<i32>, what: &str, unit: &str) {
        if value.is_some_and(|value| !may.contains(&value)) {
            let (least, most) = may.into_inner();
            self.say(
                Impossible,
                format!(
                    "No child has this {what}: it is given in {unit}, from {least} to {most}. Check the unit."
                ),
            );
        }
    }

    /// Children do not become smaller: one of the two was measured or written down wrongly.
    fn shrunk(&mut self, field: &str, now: Option<i32>, what: &str) {
        let Some(now) = now else { return };
        let earlier =
            self.t.happenings.iter().filter(|h| h.kind == EventKind::GrowthMeasured && h.on < self.on);
        let most = earlier.filter_map(|h| h.value(field)?.parse::<i32>().ok()).max();
        if most.is_some_and(|most| now < most - SHRUNK_MM) {
            self.say(Doubtful, format!("The {what} was more when it was measured before. Measure again."));
        }
    }

    fn immunised_twice(&mut self, vaccine: &str, dose: Option<i32>) {
        let dose = dose.map(|dose| dose.to_string());
        let mut given = self.t.happenings.iter().filter(|h| {
            h.kind == EventKind::ImmunisationGiven && h.value("vaccine").is_some_and(|v| v == vaccine)
        });
        let twice = given.any(|h| h.on == self.on || dose.is_some() && h.value("dose") == dose.as_deref());
        self.doubtful(
            twice,
            "This dose is on the record already. Check that it was not given twice or written twice.",
        );
    }

    fn answers(&mut self) {
        let Event::SdqAnswers {
            informant,
            form,
            answers,
            impact_answers,
            emotional,
            conduct,
            hyperactivity,
            peers,
            prosocial,
            impact,
            ..
        } = &self.e.event
        else {
            return;
        };
        let who = match form.as_str().chars().next() {
            Some('p') => "parent_carer",
            Some('t') => "teacher",
            _ => "self",
        };
        self.impossible(
            informant != who,
            "This form is filled in by somebody else. Check which form it was, or who filled it in.",
        );
        self.impossible(
            answers.as_ref().is_some_and(|a| a.len() != 25 || a.bytes().any(|b| !b"012-".contains(&b))),
            "There are 25 answers, each 0, 1 or 2, or - where there is none. Check the row of answers.",
        );
        self.impossible(
            impact_answers
                .as_ref()
                .is_some_and(|a| a.len() > 10 || a.bytes().any(|b| !b"0123-".contains(&b))),
            "The impact questions are answered with 0 to 3, or - where there is no answer. Check them.",
        );
        let scores = [emotional, conduct, hyperactivity, peers, prosocial, impact];
        self.impossible(
            scores.iter().any(|score| score.is_some_and(|score| !(0..=10).contains(&score))),
            "Each score is between 0 and 10. Add up the answers again.",
        );
        self.impossible(
            answers.is_none() && scores.iter().all(|score| score.is_none()),
            "Give the answers or the scores.",
        );
    }

    fn consent(&mut self) {
        let Event::Consent { outcome, by, gillick, reason, .. } = &self.e.event else { return };
        let age = self.t.age_on(self.on);
        let by = by.as_deref();
        let gillick = gillick.as_deref();
        self.impossible(
            gillick == Some("sixteen") && age.is_some_and(|age| age < 16),
            "The child is under 16: say whether they understand this decision well enough.",
        );
        self.impossible(
            by == Some("child") && outcome == "given" && gillick == Some("no"),
            "A child who does not understand this decision well enough cannot give consent to it. Ask somebody with \
             parental responsibility.",
        );
        self.doubtful(
            by == Some("child")
                && matches!(outcome.as_str(), "given" | "refused")
                && age.is_some_and(|age| age < 16)
                && gillick != Some("yes")
                && gillick != Some("no"),
            "The child is under 16 and decides: say whether they understand this decision well enough.",
        );
        self.doubtful(
            matches!(outcome.as_str(), "refused" | "not_obtainable") && reason.is_none(),
            "Say why there is no consent.",
        );
        self.doubtful(
            outcome == "given" && reason.is_some(),
            "There is consent, and a reason why there is none.",
        );
        let status = self.t.status_on(self.on).map(|s| s.code.as_str());
        self.doubtful(
            by == Some("authority")
                && outcome == "given"
                && !status.is_some_and(|code| AUTHORITY_SHARES.contains(&code)),
            "Under this legal status the authority has no parental responsibility. Check whose decision it is, or say \
             by whom it was delegated.",
        );
    }
}

//! Entries that are about another one: an outcome of an action, a step of a referral. The other one must be there.

use super::Check;
use super::Severity::{Doubtful, Impossible};
use crate::EventKind::{self, *};

/// A kind, the field that says what it is about, the kinds that begin that, and what a person calls it.
type Joined = (EventKind, &'static str, &'static [EventKind], &'static str);

const JOINED: [Joined; 19] = [
    (ConditionEnded, "item", &[ConditionNoted], "condition"),
    (AllergyEnded, "item", &[AllergyNoted], "allergy"),
    (MedicineStopped, "item", &[MedicineStarted], "medicine"),
    (FamilyHistoryShared, "item", &[FamilyHistory], "fact"),
    (HealthNeedClosed, "need", &[HealthNeed], "need"),
    (HealthActionMoved, "action", &[HealthAction], "action"),
    (HealthActionAnswered, "action", &[HealthAction], "action"),
    (HealthActionReviewed, "action", &[HealthAction], "action"),
    (ReviewActionMoved, "action", &[ReviewAction], "action"),
    (ReviewActionAnswered, "action", &[ReviewAction], "action"),
    (ReviewMoved, "occasion", &[ReviewCalled], "review"),
    (ReviewCalledOff, "occasion", &[ReviewCalled], "review"),
    (ReviewWishes, "occasion", &[ReviewCalled], "review"),
    (ReviewInvited, "occasion", &[ReviewCalled], "review"),
    (ReviewLeftOut, "occasion", &[ReviewCalled], "review"),
    (ReviewAnswered, "part", &[ReviewInvited], "invitation"),
    (ReviewPartIn, "part", &[ReviewInvited], "invitation"),
    (ReviewCopyReady, "part", &[ReviewInvited], "invitation"),
    (ReviewCopySent, "part", &[ReviewInvited], "invitation"),
];

impl Check<'_> {
    pub(super) fn joined(&mut self) {
        let kind = self.e.event.kind();
        if let Some((_, field, begins, word)) = JOINED.iter().find(|(joined, ..)| *joined == kind) {
            self.follows(field, begins, word);
        }
        match kind {
            ReferralStep => {
                self.follows("referral", &[ReferralMade], "referral");
                let closed = self.about("referral", &[ReferralStep]).any(|h| {
                    h.on < self.on
                        && h.value("step").is_some_and(|step| matches!(step, "closed" | "withdrawn"))
                });
                self.doubtful(
                    closed,
                    "This referral was closed before this date. Make another if it goes on.",
                );
            }
            HealthAction => self.only_once("action", &[HealthAction], "action"),
            ReferralMade => self.only_once("referral", &[ReferralMade], "referral"),
            ReviewAction => self.only_once("action", &[ReviewAction], "action"),
            ReviewCalled => self.only_once("occasion", &[ReviewCalled], "review"),
            ReviewActionAnswered => self.review_action_answered(),
            HealthActionAnswered => {
                let answered = self.about("action", &[HealthActionAnswered]).next().is_some();
                self.doubtful(
                    answered,
                    "This action was answered already. Correct that entry if it was wrong.",
                );
            }
            NoneKnown => self.none_known(),
            _ => {}
        }
    }

    /// What happened with the same reference, among these kinds.
    fn about(
        &self,
        field: &'static str,
        kinds: &'static [EventKind],
    ) -> impl Iterator<Item = &crate::Happening> {
        let mine = self.reference(field);
        self.t
            .happenings
            .iter()
            .filter(move |h| kinds.contains(&h.kind) && mine.is_some() && h.value(field) == mine.as_deref())
    }

    fn reference(&self, field: &str) -> Option<smol_str::SmolStr> {
        let at = self.e.event.kind().field(field)?;
        self.e.event.facts().into_iter().find(|fact| fact.field == at).map(|fact| fact.value)
    }

    fn follows(&mut self, field: &'static str, begins: &'static [EventKind], word: &str) {
        let first = self.about(field, begins).map(|h| h.on).min();
        match first {
            None => self.say(
                Impossible,
                format!(
                    "The {word} this is about is not on the record. Open the {word} and record it there."
                ),
            ),
            Some(first) if first > self.on => self.say(
                Impossible,
                format!("The {word} this is about began on {first}, after this date. Check both dates."),
            ),
            Some(_) => {}
        }
    }

    /// Two actions under one reference would be answered by one answer.
    fn only_once(&mut self, field: &'static str, kinds: &'static [EventKind], word: &str) {
        let taken = self.about(field, kinds).next().is_some();
        if taken {
            self.say(
                Impossible,
                format!("There is another {word} with this reference. Record this one with a reference of its own."),
            );
        }
    }

    /// What is not done is said with its reason: an action that fades away without one is what a review is there to find.
    fn review_action_answered(&mut self) {
        let crate::Event::ReviewActionAnswered { outcome, text, .. } = &self.e.event else { return };
        let silent = text.as_deref().is_none_or(|text| text.trim().is_empty());
        if outcome != "done" && silent {
            self.say(
                Impossible,
                "Say why the action was not done as it was decided: the child and everybody at the review is owed the reason.",
            );
        }
        let answered = self.about("action", &[ReviewActionAnswered]).next().is_some();
        self.doubtful(answered, "This action was answered already. Correct that entry if it was wrong.");
    }

    fn none_known(&mut self) {
        let crate::Event::NoneKnown { topic, .. } = &self.e.event else { return };
        let (noted, ended) = match topic.as_str() {
            "allergies" => (AllergyNoted, AllergyEnded),
            "conditions" => (ConditionNoted, ConditionEnded),
            _ => (MedicineStarted, MedicineStopped),
        };
        let on = self.on;
        let until_now = self.t.happenings.iter().filter(|h| h.on <= on);
        let over = |item: &str| until_now.clone().any(|h| h.kind == ended && h.value("item") == Some(item));
        let open =
            until_now.clone().any(|h| h.kind == noted && h.value("item").is_some_and(|item| !over(item)));
        if open {
            self.say(
                Doubtful,
                "The record has one that has not ended. End it there, or check who said this.",
            );
        }
    }
}

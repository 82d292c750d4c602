//! Who may usually read an event of a kind: the label that an entry gets when nobody chooses another.

use super::{EventKind, Strand};
use crate::Sensitivity;

impl EventKind {
    /// How sensitive an event of this kind usually is.
    pub fn usual_sensitivity(self) -> Sensitivity {
        if let Some(own) = self.compartment() {
            return own;
        }
        match self {
            Self::SubstanceMisuse | Self::SubstanceScreening => Sensitivity::SubstanceUse,
            Self::Restricted | Self::RestrictionLifted | Self::OwnPartClosed | Self::OwnPartOpened => {
                Sensitivity::Safeguarding
            }
            kind if kind.strand() == Strand::Health => Sensitivity::Health,
            _ => Sensitivity::Ordinary,
        }
    }

    /// The label that an entry of this kind is read under. What is said of alcohol and drugs was health before it had a label
    /// of its own: such entries stand as they were written, and are read as closed as the newer ones.
    pub fn read_as(self, label: Sensitivity) -> Sensitivity {
        match (self.usual_sensitivity(), label) {
            (Sensitivity::SubstanceUse, Sensitivity::Ordinary | Sensitivity::Health) => {
                Sensitivity::SubstanceUse
            }
            (_, label) => label,
        }
    }

    /// The compartment of its own that every event of this kind lies in, if it has one. Such an entry may be closed
    /// further ([`Sensitivity::Restricted`]) but never opened to more people by choosing another label.
    pub fn compartment(self) -> Option<Sensitivity> {
        match self {
            Self::FamilyHistory | Self::FamilyHistoryShared => Some(Sensitivity::FamilyHealth),
            Self::SexualHealthNote => Some(Sensitivity::SexualHealth),
            Self::TherapyNote => Some(Sensitivity::Therapy),
            Self::SdqAnswers => Some(Sensitivity::Answers),
            Self::VoiceSaid | Self::VoiceReplied => Some(Sensitivity::Voice),
            Self::CarerLogWritten
            | Self::CarerLogAnswered
            | Self::CarerLogWithdrawn
            | Self::CarerAsked
            | Self::CarerReplied => Some(Sensitivity::Carer),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_labelled_before_it_had_a_label_of_its_own_is_read_under_that() {
        for kind in [EventKind::SubstanceMisuse, EventKind::SubstanceScreening] {
            for open in [Sensitivity::Ordinary, Sensitivity::Health, Sensitivity::SubstanceUse] {
                assert_eq!(kind.read_as(open), Sensitivity::SubstanceUse);
            }
            // What somebody closed otherwise stays as closed as they wanted it.
            for other in [Sensitivity::Safeguarding, Sensitivity::Restricted, Sensitivity::ThirdParty] {
                assert_eq!(kind.read_as(other), other);
            }
        }
        for kind in [EventKind::AllergyNoted, EventKind::Note, EventKind::TherapyNote] {
            assert!(Sensitivity::ALL.into_iter().all(|label| kind.read_as(label) == label));
        }
    }
}

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

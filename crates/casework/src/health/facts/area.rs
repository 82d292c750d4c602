//! A home in another area: whether health there can meet the needs, who was told and answered, and which body pays for what.

use kinfold_record::{Entry, Event};
use smol_str::SmolStr;

use super::{HealthFacts, Source};

/// The notice of a home in another area: a code of `notice`.
const NOTICE: &str = "out_of_area_health";

/// Whether the services of another area can meet the child's needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feasibility {
    /// Where it stands.
    pub source: Source,
    /// A code of `feasibility`.
    pub outcome: SmolStr,
    /// What could not be met: codes of `health_area`.
    pub unmet: Vec<SmolStr>,
    /// Who was asked.
    pub asked: Option<String>,
    /// What was said.
    pub text: Option<String>,
}

/// Which body pays for a kind of service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// Where it stands.
    pub source: Source,
    /// A code of `commissioned_service`.
    pub service: SmolStr,
    /// Which body.
    pub body: String,
    /// Whether it is disputed.
    pub disputed: bool,
    /// Who else is said to be responsible.
    pub other_body: Option<String>,
    /// Who pays meanwhile.
    pub text: Option<String>,
}

/// A notice to the health services of another area, with who has answered it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaNotice {
    /// Where it stands.
    pub source: Source,
    /// Codes of `notifiee`.
    pub recipients: Vec<SmolStr>,
    /// Who acknowledged it.
    pub acknowledged: Vec<(SmolStr, Source)>,
}

impl HealthFacts {
    /// Entries of the day they happened, oldest first.
    pub(super) fn another_area(&mut self, entries: &[&Entry]) {
        for entry in entries {
            let source = Source::of(entry, None);
            match &entry.event {
                Event::HealthFeasibility { outcome, unmet, asked, text, .. } => {
                    self.feasibility = Some(Feasibility {
                        source,
                        outcome: outcome.clone(),
                        unmet: unmet.clone().unwrap_or_default(),
                        asked: asked.clone(),
                        text: text.clone(),
                    });
                }
                // The last word on each kind of service.
                Event::ResponsibleCommissioner { service, body, disputed, other_body, text } => {
                    self.payers.retain(|payer| payer.service != *service);
                    self.payers.push(Payer {
                        source,
                        service: service.clone(),
                        body: body.clone(),
                        disputed: *disputed == Some(true),
                        other_body: other_body.clone(),
                        text: text.clone(),
                    });
                }
                Event::NoticeSent { notice, recipients, .. } if notice == NOTICE => {
                    let recipients = recipients.clone().unwrap_or_default();
                    self.area_notice = Some(AreaNotice { source, recipients, acknowledged: Vec::new() });
                }
                Event::NoticeAcknowledged { notice, recipient } if notice == NOTICE => {
                    if let Some(sent) = &mut self.area_notice {
                        sent.acknowledged.push((recipient.clone(), source));
                    }
                }
                _ => {}
            }
        }
    }
}

//! The self-assessment of an invented council: led by a partner agency, partly answered, and looked at by a young auditor.

use jiff::ToSpan as _;
use kinfold_store::Unit;

use super::audit::{AuditEvent, Evidence};
use super::invented::Writers;
use crate::error::Result;
use crate::house::Casework;

impl Casework {
    /// The self-assessment with the judgements of partners who see some of it differently.
    pub(super) async fn invented_audit(&self, unit: &mut dyn Unit, who: Writers) -> Result<()> {
        let book = self.book();
        let Some(framework) = book.guidance.frameworks.on("healthy_care.audit", self.today()) else {
            return Ok(());
        };
        let today = self.today();
        let mut told = vec![(
            self.ago(40),
            who.lead,
            None,
            AuditEvent::AuditStarted {
                title: "Healthy Care this year".to_owned(),
                framework: framework.head.id.clone(),
                version: framework.head.version,
                hash: Some(framework.head.hash.clone()),
                location: Some("Whole county".to_owned()),
                from: today.saturating_sub(405.days()),
                to: today.saturating_sub(40.days()),
                partners: ["Council", "Health", "Schools"].map(str::to_owned).to_vec(),
                lead: who.lead,
            },
        )];
        let levels: Vec<_> = framework.scale.levels.iter().map(|level| level.code.clone()).collect();
        let (Some(low), Some(high)) = (levels.first(), levels.last()) else { return Ok(()) };
        let questions: Vec<_> = framework.items().map(|item| item.id.clone()).collect();
        for (at, question) in questions.iter().enumerate().take(9) {
            let owned = |partner: &str, person| AuditEvent::Owned {
                question: question.clone(),
                partner: partner.to_owned(),
                person,
            };
            told.push((self.ago(38), who.lead, None, owned("Council", who.director)));
            let council = if at % 3 == 0 { high } else { low };
            for (partner, level, reason) in [
                ("Council", council, "It is written down, and teams were asked whether they use it."),
                ("Health", if at % 4 == 0 { low } else { council }, "What we see in clinics tells us so."),
            ] {
                let (partner, reason) = (partner.to_owned(), reason.to_owned());
                let rated =
                    AuditEvent::Rated { question: question.clone(), partner, level: level.clone(), reason };
                told.push((self.ago(30), who.lead, None, rated));
            }
        }
        if let Some(question) = questions.first() {
            let words = "I would like to know where I can see a doctor without asking first.".to_owned();
            let evidence = Evidence::Quotation { words, of: "children".into() };
            let partner = "Council".to_owned();
            let event = AuditEvent::Evidenced { question: question.clone(), partner, evidence };
            told.push((self.ago(28), who.lead, None, event));
        }
        if let Some(young) = who.young {
            told.push((
                self.ago(27),
                who.lead,
                None,
                AuditEvent::YoungAuditorInvited { person: young, instead_of: None },
            ));
            for (question, level, reason) in [
                (
                    questions.first(),
                    low,
                    "I did not know that there were rules about this. Someone should tell us.",
                ),
                (questions.get(1), high, "My carer asks me first. That is good."),
            ] {
                let Some(question) = question.cloned() else { continue };
                let (level, reason) = (level.clone(), reason.to_owned());
                let rated = AuditEvent::YoungRated { question, level, reason };
                told.push((self.ago(20), young, None, rated));
            }
        }
        self.tell(unit, self.new_id(), told).await
    }
}

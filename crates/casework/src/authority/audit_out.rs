//! A self-assessment as a table that leaves the house: a row for each question and partner, so that nothing is averaged.

use kinfold_access::Action;
use serde_json::json;
use uuid::Uuid;

use super::audit::{Brought, Evidence};
use super::audits::AuditPage;
use crate::actor::Actor;
use crate::board::{Exported, ExportedCell};
use crate::error::Result;
use crate::house::Casework;

/// Evidence in one line.
pub fn evidence_line(brought: &Brought) -> String {
    match &brought.evidence {
        Evidence::Measure { title, figure, made_of, to, .. } => {
            let made_of = if made_of.is_empty() { String::new() } else { format!(" ({made_of})") };
            format!("{title}: {figure}{made_of}, counted to {}", to.strftime("%-d %B %Y"))
        }
        Evidence::Link { title, address } => format!("{title}, {address}"),
        Evidence::Document { title } | Evidence::File { title, .. } => format!("Document: {title}"),
        Evidence::List { title, .. } => format!("The children behind: {title}"),
        Evidence::Quotation { words, .. } => format!("“{words}”"),
    }
}

fn rows(page: &AuditPage) -> Vec<Vec<ExportedCell>> {
    let text = |words: &str| match words.trim().is_empty() {
        true => ExportedCell::Empty,
        false => ExportedCell::Text(words.to_owned()),
    };
    let title = |code: &str| page.framework.scale.level(code).map_or("", |level| level.title.as_str());
    let mut out = Vec::new();
    for part in &page.framework.parts {
        for item in &part.items {
            let answers = page.audit.answers(&item.id);
            for partner in &page.audit.partners {
                let judgement = answers.judgements.get(partner);
                let owner = answers.owners.get(partner).map(|(person, _)| page.name(Some(*person)));
                let evidence =
                    answers.evidence.iter().filter(|b| b.partner == *partner && b.withdrawn.is_none());
                let evidence: Vec<String> = evidence.map(evidence_line).collect();
                out.push(vec![
                    text(&part.number),
                    text(item.label()),
                    text(&item.text),
                    text(partner),
                    text(owner.unwrap_or_default()),
                    text(judgement.map_or("", |j| title(&j.level))),
                    text(judgement.map_or("", |j| j.reason.as_str())),
                    text(answers.agreed.as_ref().map_or("", |j| title(&j.level))),
                    text(answers.agreed.as_ref().map_or("", |j| j.reason.as_str())),
                    text(&evidence.join("\n")),
                ]);
            }
            for (person, judgement) in &answers.young {
                let mut row = vec![
                    text(&part.number),
                    text(item.label()),
                    text(&item.text),
                    text(page.name(Some(*person))),
                    ExportedCell::Empty,
                    text(title(&judgement.level)),
                    text(&judgement.reason),
                ];
                row.resize(10, ExportedCell::Empty);
                out.push(row);
            }
        }
    }
    out
}

impl Casework {
    /// A self-assessment as a table.
    ///
    /// # Errors
    /// As [`Casework::self_assessment`]; [`crate::Error::Reauthenticate`] unless the password was given lately.
    pub async fn export_self_assessment(&self, actor: &Actor, id: Uuid, format: &str) -> Result<Exported> {
        actor.require(Action::ViewPlans)?;
        actor.require_fresh()?;
        let page = self.one_audit(actor, id).await?;
        let rows = rows(&page);
        let columns = [
            "Part",
            "Question",
            "Words",
            "Partner",
            "Answers",
            "Judgement",
            "Why",
            "Agreed",
            "Why that was agreed",
            "Evidence",
        ];
        let detail = json!({"audit": id, "format": format, "rows": rows.len()});
        self.house.pen.write(vec![actor.line("export_self_assessment", None, true, &detail)]).await?;
        let name = format!("Self-assessment {}", self.today());
        Ok(Exported { name, columns: columns.map(str::to_owned).to_vec(), rows })
    }
}

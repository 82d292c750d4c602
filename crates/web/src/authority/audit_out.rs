//! A self-assessment as a file: CSV and XLSX for those who count, and a PDF that everybody can read.

use axum::extract::Path;
use axum::response::Response;
use kinfold_casework::Action;
use kinfold_casework::authority::{AuditPage, evidence_line};
use kinfold_paper::Block;
use uuid::Uuid;

use super::frozen::{plain_day, text_blocks};
use crate::board::export::{Format, file};
use crate::on_paper::{paper_of, pdf_file};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ViewPlans);
    vec![
        get("/audits/{audit}/audit.pdf", whom, on_paper),
        get("/audits/{audit}/audit.csv", whom, csv),
        get("/audits/{audit}/audit.xlsx", whom, xlsx),
    ]
}

async fn csv(visit: Visit, Path(id): Path<Uuid>) -> Reply {
    sheet(visit, id, Format::Csv).await
}

async fn xlsx(visit: Visit, Path(id): Path<Uuid>) -> Reply {
    sheet(visit, id, Format::Xlsx).await
}

async fn sheet(visit: Visit, id: Uuid, format: Format) -> Reply {
    let table = visit.casework().export_self_assessment(&visit.actor, id, format.extension()).await?;
    file(table, "self-assessment", format)
}

async fn on_paper(visit: Visit, Path(id): Path<Uuid>) -> Reply<Response> {
    let page = visit.casework().self_assessment(&visit.actor, id).await?;
    let from = visit.casework().settings().authority.clone();
    pdf_file(
        &paper_of(page.audit.title.clone(), from, visit.casework().today(), blocks(&page)),
        "self-assessment",
    )
}

fn blocks(page: &AuditPage) -> Vec<Block> {
    let audit = &page.audit;
    let mut out = vec![
        Block::Strong(page.framework.head.title.to_string()),
        Block::Text(format!(
            "{} to {}. Answered by {}.",
            plain_day(audit.from),
            plain_day(audit.to),
            audit.partners.join(", ")
        )),
    ];
    if let Some((_, Some(summary))) = &audit.closed {
        out.extend(text_blocks(summary));
    }
    let title = |code: &str| page.framework.scale.level(code).map_or("", |level| level.title.as_str());
    for part in &page.framework.parts {
        out.push(Block::Heading(2, format!("{} {} {}", page.framework.part_word, part.number, part.title)));
        let rows = part.items.iter().map(|item| {
            let answers = audit.answers(&item.id);
            let said = audit.partners.iter().map(|partner| match answers.judgements.get(partner) {
                Some(judgement) => format!("{partner}: {}. {}", title(&judgement.level), judgement.reason),
                None => format!("{partner}: not judged yet."),
            });
            let young = answers.young.iter();
            let young = young.map(|(person, j)| {
                format!("{}: {}. {}", page.name(Some(*person)), title(&j.level), j.reason)
            });
            let agreed = answers.agreed.iter().map(|j| format!("Agreed: {}. {}", title(&j.level), j.reason));
            let evidence = answers.evidence.iter().filter(|brought| brought.withdrawn.is_none());
            vec![
                format!("{} {}", item.label(), item.text),
                said.chain(young).chain(agreed).collect::<Vec<_>>().join("\n"),
                evidence.map(evidence_line).collect::<Vec<_>>().join("\n"),
            ]
        });
        out.push(Block::Table {
            caption: "Questions".to_owned(),
            heads: ["Question", "What partners say", "Evidence"].map(str::to_owned).to_vec(),
            rows: rows.collect(),
        });
    }
    out
}
